//! Grapheme clusters of a paragraph, with what each needs for drawing: UAX #29, with one tailoring.
//!
//! The tailoring: an Arabic sign that stands before its number (U+0600–0605, 06DD, 0890, 0891, 08E2) does not swallow the number's
//! first digit, since each takes a cell of its own. Clusters of plain letters and marks are found by one table; what else
//! clusters (emoji, Hangul, Indic conjuncts) is left to `unicode-segmentation`.

use std::str::CharIndices;

use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

use super::properties::{Joining, Kind, LineClass, Properties};

/// Drawn under a mark that has no base.
pub const DOTTED_CIRCLE: char = '\u{25cc}';

/// A user-perceived character: a base and what rides on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Where it starts, in bytes.
    pub start: u32,
    /// Where it ends, in bytes.
    pub end: u32,
    /// Its first character.
    pub base: char,
    /// The properties of its first character.
    pub properties: Properties,
    /// The columns it takes as drawn; 1 for a tab, whose width only a line knows.
    pub width: u8,
    /// What follows its first character, as joining sees it.
    pub tail: Tail,
    /// Its class in plain prose.
    pub line: LineClass,
}

/// What stands in a cluster after its first character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    /// Its first and its last character that joining does not see through (ZWJ, ZWNJ).
    pub joining: Option<(Joining, Joining)>,
    /// Whether there is anything at all.
    pub any: bool,
    /// Whether a mark in it takes room of its own.
    pub wide: bool,
}

impl Cluster {
    /// What part its first character plays.
    #[must_use]
    #[inline]
    pub const fn kind(&self) -> Kind {
        self.properties.kind()
    }

    /// Its bytes.
    #[must_use]
    pub const fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether it is white space that hangs at a line's end.
    #[must_use]
    #[inline]
    pub const fn hangs(&self) -> bool {
        matches!(self.kind(), Kind::Space | Kind::Tab) && !self.tail.any
    }
}

/// The clusters of a text, in order; together they are the whole text.
///
/// Texts over 4 GB are cut off there: offsets are 32 bits wide.
#[must_use]
pub fn clusters(text: &str) -> Clusters<'_> {
    Clusters {
        text: text.get(..u32::MAX as usize).unwrap_or(text),
        chars: text.char_indices(),
        pending: None,
        complex: None,
    }
}

/// See [`clusters`].
#[derive(Clone)]
pub struct Clusters<'a> {
    text: &'a str,
    chars: CharIndices<'a>,
    /// A character that was read and belongs to the next cluster.
    pending: Option<(usize, char, Properties)>,
    /// A stretch that `unicode-segmentation` cuts up, and where it starts.
    complex: Option<(usize, GraphemeIndices<'a>)>,
}

impl Iterator for Clusters<'_> {
    type Item = Cluster;

    #[inline]
    fn next(&mut self) -> Option<Cluster> {
        if let Some(cluster) = self.next_complex() {
            return Some(cluster);
        }
        let (start, base, properties) = self.pending.take().or_else(|| self.read())?;
        match properties.kind() {
            Kind::Control | Kind::Hidden | Kind::Tab | Kind::SoftHyphen => {
                Some(self.alone(start, base, properties))
            }
            Kind::Break => {
                if base == '\r' && self.chars.as_str().starts_with('\n') {
                    self.chars.next();
                }
                Some(self.alone(start, base, properties))
            }
            Kind::Complex | Kind::Prefix => {
                self.start_complex(start, properties.kind());
                self.next_complex()
            }
            _ => Some(self.gather(start, base, properties)),
        }
    }
}

impl Clusters<'_> {
    #[inline]
    fn read(&mut self) -> Option<(usize, char, Properties)> {
        self.chars
            .next()
            .map(|(byte, c)| (byte, c, Properties::of(c)))
    }

    /// A cluster of one character that nothing rides on.
    fn alone(&self, start: usize, base: char, properties: Properties) -> Cluster {
        Cluster {
            start: offset(start),
            end: offset(self.chars.offset()),
            base,
            properties,
            width: match properties.kind() {
                Kind::Control | Kind::Tab => 1,
                _ => 0,
            },
            tail: Tail::default(),
            line: properties.line_class(),
        }
    }

    /// A cluster of a plain base, or of marks without one.
    #[inline]
    fn gather(&mut self, start: usize, base: char, properties: Properties) -> Cluster {
        let mut tail = Tail::default();
        let mut line = properties.line_class();
        let mut room = match properties.kind() {
            Kind::Base | Kind::Sign => properties.width().max(1),
            _ => properties.width(),
        };
        let mut shown = properties.kind() != Kind::InvisibleMark;
        let mut end = self.text.len();
        while let Some((byte, c, next)) = self.read() {
            match next.kind() {
                Kind::Mark => shown = true,
                Kind::WideMark => {
                    (tail.wide, shown) = (true, true);
                    room = room.saturating_add(next.width());
                }
                Kind::InvisibleMark => {}
                _ => {
                    end = byte;
                    self.pending = Some((byte, c, next));
                    break;
                }
            }
            tail.any = true;
            if next.line_class() != LineClass::Mark || line == LineClass::Space {
                line = LineClass::Other;
            }
            if next.joining() != Joining::Transparent {
                let first = tail.joining.map_or(next.joining(), |(first, _)| first);
                tail.joining = Some((first, next.joining()));
            }
        }
        let width = if shown { room.max(1) } else { 0 };
        Cluster {
            start: offset(start),
            end: offset(end),
            base,
            properties,
            width,
            tail,
            line,
        }
    }

    /// Hands the stretch from here to the next plain character over to `unicode-segmentation`.
    fn start_complex(&mut self, start: usize, kind: Kind) {
        let mut end = self.text.len();
        let mut last = kind;
        while let Some((byte, c, properties)) = self.read() {
            let kind = properties.kind();
            let belongs = match kind {
                Kind::Complex
                | Kind::Prefix
                | Kind::Mark
                | Kind::WideMark
                | Kind::InvisibleMark => true,
                Kind::Base | Kind::Space => last == Kind::Prefix,
                _ => false,
            };
            if !belongs {
                end = byte;
                self.pending = Some((byte, c, properties));
                break;
            }
            last = kind;
        }
        self.complex = Some((start, self.text[start..end].grapheme_indices(true)));
    }

    fn next_complex(&mut self) -> Option<Cluster> {
        let (offset_of, graphemes) = self.complex.as_mut()?;
        let Some((byte, grapheme)) = graphemes.next() else {
            self.complex = None;
            return None;
        };
        let start = *offset_of + byte;
        let base = grapheme.chars().next()?;
        let properties = Properties::of(base);
        Some(Cluster {
            start: offset(start),
            end: offset(start + grapheme.len()),
            base,
            properties,
            width: narrow(grapheme.width()).max(1),
            tail: Tail {
                joining: None,
                any: grapheme.len() > base.len_utf8(),
                wide: false,
            },
            line: LineClass::Other,
        })
    }
}

/// An offset in a text of at most 4 GB.
#[allow(clippy::cast_possible_truncation)]
const fn offset(byte: usize) -> u32 {
    byte as u32
}

/// A width in columns; no cluster of sane text is as wide as a byte counts.
fn narrow(width: usize) -> u8 {
    u8::try_from(width).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Cluster, clusters};
    use crate::text::properties::Kind;

    fn cut(text: &str) -> Vec<&str> {
        clusters(text)
            .map(|cluster| &text[cluster.range()])
            .collect()
    }

    #[test]
    fn keeps_marks_with_their_base() {
        assert_eq!(cut("مُحَمَّد"), ["مُ", "حَ", "مَّ", "د"]);
        assert_eq!(cut("می\u{200c}خ"), ["م", "ی\u{200c}", "خ"]);
    }

    #[test]
    fn keeps_what_only_the_whole_rule_keeps() {
        assert_eq!(
            cut("a👨\u{200d}👩\u{200d}👧b"),
            ["a", "👨\u{200d}👩\u{200d}👧", "b"]
        );
        assert_eq!(cut("🇰🇿🇷🇺م"), ["🇰🇿", "🇷🇺", "م"]);
        assert_eq!(cut("क्षि،"), ["क्षि", "،"]);
        assert_eq!(cut("각\u{301}"), ["각\u{301}"]);
    }

    #[test]
    fn gives_a_sign_before_a_number_a_cell_of_its_own() {
        assert_eq!(cut("۝١٢"), ["۝", "١", "٢"]);
    }

    #[test]
    fn cuts_at_controls() {
        assert_eq!(cut("a\r\nb\u{200f}َ"), ["a", "\r\n", "b", "\u{200f}", "َ"]);
    }

    #[test]
    fn knows_widths() {
        let width = |text| {
            clusters(text)
                .map(|cluster| u32::from(cluster.width))
                .sum::<u32>()
        };
        assert_eq!(width("لا"), 2);
        assert_eq!(width("َ"), 1);
        assert_eq!(width("日本"), 4);
        assert_eq!(width("👍🏽"), 2);
        assert_eq!(width("\u{200f}\u{ad}\u{feff}\n"), 0);
        assert_eq!(width("\u{1b}"), 1);
    }

    #[test]
    fn names_the_part_that_each_plays() {
        let kinds = |text| {
            clusters(text)
                .map(|cluster: Cluster| cluster.kind())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            kinds("ا \t\u{ad}\u{7}\u{202e}\u{2028}۝"),
            [
                Kind::Base,
                Kind::Space,
                Kind::Tab,
                Kind::SoftHyphen,
                Kind::Control,
                Kind::Hidden,
                Kind::Break,
                Kind::Sign
            ]
        );
    }
}
