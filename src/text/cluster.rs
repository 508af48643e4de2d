//! Grapheme clusters of a paragraph, with what each needs for drawing: UAX #29, with one tailoring.
//!
//! The tailoring: an Arabic sign that stands before its number (U+0600–0605, 06DD, 0890, 0891, 08E2) does not swallow the number's
//! first digit, since each takes a cell of its own. Clusters of plain letters and marks are found by one table; what else
//! clusters (emoji, Hangul, Indic conjuncts) is left to `unicode-segmentation`.

mod prose;

use std::str::Chars;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use self::prose::{Letters, Taker, walk};
use super::properties::{BidiClass, Joining, Kind, LineClass, Properties};

/// Drawn under a mark that has no base.
pub const DOTTED_CIRCLE: char = '\u{25cc}';

/// Bytes of the longest cluster that is drawn whole; the longest emoji has 35.
const LONGEST: usize = 64;

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
    /// Whether there is a mark, not only joiners: white space under a mark is no white space to rule L1.
    pub marked: bool,
    /// Whether a mark in it takes room of its own.
    pub wide: bool,
}

impl Cluster {
    /// A letter, sign or space that nothing rides on.
    #[inline]
    fn plain(start: usize, end: usize, base: char, properties: Properties) -> Self {
        Self {
            start: offset(start),
            end: offset(end),
            base,
            properties,
            width: properties.width().max(1),
            tail: Tail::default(),
            line: properties.line_class(),
        }
    }

    /// A cluster of one character that nothing rides on and that takes one column.
    #[inline]
    fn simple(
        start: usize,
        end: usize,
        base: char,
        properties: Properties,
        line: LineClass,
    ) -> Self {
        Self {
            start: offset(start),
            end: offset(end),
            base,
            properties,
            width: 1,
            tail: Tail::default(),
            line,
        }
    }

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
        self.properties.is_blank() && !self.tail.any
    }
}

/// The clusters of a text, in order; together they are the whole text.
///
/// Texts over 4 GB are cut off there: offsets are 32 bits wide.
#[must_use]
pub fn clusters(text: &str) -> Clusters<'_> {
    let text = text.get(..u32::MAX as usize).unwrap_or(text);
    let mut clusters = Clusters {
        text,
        rest: text.chars(),
        at: 0,
        here: None,
        complex_end: 0,
    };
    clusters.seek(0);
    clusters
}

/// See [`clusters`].
#[derive(Clone)]
pub struct Clusters<'a> {
    text: &'a str,
    /// What follows the character at hand.
    rest: Chars<'a>,
    /// Where the character at hand stands.
    at: usize,
    here: Option<(char, Properties)>,
    /// Up to here `unicode-segmentation` cuts the text up.
    complex_end: usize,
}

impl Iterator for Clusters<'_> {
    type Item = Cluster;

    #[inline]
    fn next(&mut self) -> Option<Cluster> {
        self.next_any()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.text.len() - self.at))
    }
}

impl Clusters<'_> {
    /// The next cluster.
    #[inline]
    fn next_any(&mut self) -> Option<Cluster> {
        let (base, properties) = self.here?;
        if properties.is_plain() && self.at >= self.complex_end {
            let start = self.at;
            self.advance(base);
            if !self.rides() {
                return Some(Cluster::plain(start, self.at, base, properties));
            }
            return self.take(|rest| Some(rest.gather(start, base, properties)));
        }
        self.take(Self::next_special)
    }

    /// Takes a step on a copy, so that the common case keeps its state in registers.
    #[inline]
    fn take(&mut self, step: impl FnOnce(&mut Self) -> Option<Cluster>) -> Option<Cluster> {
        let mut copy = self.clone();
        let cluster = step(&mut copy);
        *self = copy;
        cluster
    }

    /// The next cluster where it is more than a plain letter.
    #[inline(never)]
    fn next_special(&mut self) -> Option<Cluster> {
        if self.at < self.complex_end {
            return self.next_complex();
        }
        let start = self.at;
        let (base, properties) = self.here?;
        self.advance(base);
        match properties.kind() {
            Kind::Control | Kind::Tab => Some(self.alone(start, base, properties, 1)),
            Kind::Hidden | Kind::SoftHyphen => Some(self.alone(start, base, properties, 0)),
            Kind::Break => {
                if base == '\r' && self.text[self.at..].starts_with('\n') {
                    self.advance('\n');
                }
                Some(self.alone(start, base, properties, 0))
            }
            Kind::Complex | Kind::Prefix => {
                self.find_complex_end(properties.kind());
                self.seek(start);
                self.next_complex()
            }
            _ => Some(self.gather(start, base, properties)),
        }
    }

    /// Steps over the character at hand.
    #[inline]
    fn advance(&mut self, c: char) {
        self.at += c.len_utf8();
        self.here = self.rest.next().map(|c| (c, Properties::of(c)));
    }

    /// Goes to a byte.
    fn seek(&mut self, byte: usize) {
        self.at = byte;
        self.rest = self.text[byte..].chars();
        self.here = self.rest.next().map(|c| (c, Properties::of(c)));
    }

    /// Whether the character at hand rides on the one before it.
    #[inline]
    fn rides(&self) -> bool {
        self.here.is_some_and(|(_, properties)| properties.rides())
    }

    /// A cluster of one character that nothing rides on.
    fn alone(&self, start: usize, base: char, properties: Properties, width: u8) -> Cluster {
        Cluster {
            start: offset(start),
            end: offset(self.at),
            base,
            properties,
            width,
            tail: Tail::default(),
            line: properties.line_class(),
        }
    }

    /// A cluster of a base and what rides on it, or of marks without a base.
    #[inline(never)]
    fn gather(&mut self, start: usize, base: char, properties: Properties) -> Cluster {
        let mut tail = Tail::default();
        let mut line = properties.line_class();
        let mut room = match properties.kind() {
            Kind::Base | Kind::Sign | Kind::Space => properties.width().max(1),
            _ => properties.width(),
        };
        let mut shown = properties.kind() != Kind::InvisibleMark;
        while let Some((c, next)) = self.here
            && next.rides()
        {
            match next.kind() {
                Kind::WideMark => {
                    (tail.wide, shown) = (true, true);
                    // What starts with one is drawn as it stands, and no more of it than makes sense.
                    let end = self.at + c.len_utf8() - start;
                    if properties.kind() != Kind::WideMark || end <= LONGEST {
                        room = room.saturating_add(next.width());
                    }
                }
                Kind::Mark => shown = true,
                _ => {}
            }
            tail.any = true;
            tail.marked |= next.bidi_class() != BidiClass::BN;
            if next.line_class() != LineClass::Mark || line == LineClass::Space {
                line = LineClass::Other;
            }
            if next.joining() != Joining::Transparent {
                let first = tail.joining.map_or(next.joining(), |(first, _)| first);
                tail.joining = Some((first, next.joining()));
            }
            self.advance(c);
        }
        Cluster {
            start: offset(start),
            end: offset(self.at),
            base,
            properties,
            width: if shown { room.max(1) } else { 0 },
            tail,
            line,
        }
    }

    /// Finds the stretch, whose first character was read, that is left to `unicode-segmentation`.
    fn find_complex_end(&mut self, mut last: Kind) {
        while let Some((c, properties)) = self.here {
            let kind = properties.kind();
            let after_prefix = last == Kind::Prefix && matches!(kind, Kind::Base | Kind::Space);
            if !matches!(kind, Kind::Complex | Kind::Prefix) && !properties.rides() && !after_prefix
            {
                break;
            }
            last = kind;
            self.advance(c);
        }
        self.complex_end = self.at;
    }

    fn next_complex(&mut self) -> Option<Cluster> {
        let start = self.at;
        let (base, properties) = self.here?;
        let grapheme = self.text[start..self.complex_end].graphemes(true).next()?;
        self.seek(start + grapheme.len());
        Some(Cluster {
            start: offset(start),
            end: offset(self.at),
            base,
            properties,
            width: narrow(shown(grapheme).width()).max(1),
            tail: Tail {
                any: grapheme.len() > base.len_utf8(),
                ..Tail::default()
            },
            line: LineClass::Other,
        })
    }
}

/// What is drawn of a cluster that is drawn as it stands, an emoji or a lone skin tone: no more of it than makes sense, no joiners at the end.
#[must_use]
pub fn shown(cluster: &str) -> &str {
    let end = (0..=cluster.len().min(LONGEST)).rfind(|byte| cluster.is_char_boundary(*byte));
    cluster[..end.unwrap_or(0)].trim_end_matches(['\u{200c}', '\u{200d}'])
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
    use super::{Cluster, Letters, Taker, clusters, walk};
    use crate::text::bidi::classes;
    use crate::text::joining::ligates;
    use crate::text::properties::{Kind, Touch};
    use proptest::prelude::*;

    /// Takes everything; and where a letter ends, what it is to the next.
    #[derive(Default)]
    struct All(Vec<Cluster>, Vec<(u32, Touch)>);

    impl Taker for All {
        fn take_letters(&mut self, letters: &mut Letters) {
            for (letter, touch) in letters {
                assert!(letter.properties.is_near_letter());
                self.1.push((letter.end, touch));
                self.0.push(letter);
            }
        }

        fn take_space(&mut self, space: Cluster) {
            assert_eq!(space.base, ' ');
            self.0.push(space);
        }

        fn take(&mut self, cluster: Cluster) {
            self.0.push(cluster);
        }
    }

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

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_walk_meets_the_same_clusters(
            text in "[ابلأء 1a.،\u{64e}\u{651}\u{200c}\u{200d}\u{903}\u{7ff}\u{800}\t\n👩🇸क्ᄀ가\u{6dd}\u{600}]{0,24}"
        ) {
            let mut all = All::default();
            prop_assert_eq!(walk(&text, &mut all), classes(&text));
            let whole: Vec<Cluster> = clusters(&text).collect();
            for (end, touch) in all.1 {
                let place = whole.partition_point(|cluster| cluster.end <= end);
                let (here, next) = (whole[place - 1], whole.get(place));
                let next = next.filter(|next| next.properties.is_near_letter());
                let joins = |next: &Cluster| here.properties.joins_left() && next.properties.joins_right();
                prop_assert_eq!(touch.joins(), next.is_some_and(joins));
                if let Some(free) = next.filter(|next| !next.tail.any) {
                    prop_assert_eq!(touch.ligates(), ligates(&here, free));
                }
            }
            prop_assert_eq!(all.0, whole);
        }
    }
}
