//! Where a line may end (UAX #14).
//!
//! Prose of letters, spaces and common punctuation breaks at its spaces and nowhere else; one walk over its clusters proves it.
//! Only the stretches that hold anything else go through `icu_segmenter`.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use super::cluster::Cluster;
use super::properties::{LineClass, Properties};

/// The bytes before which a line may start, in order; neither 0 nor the text's end is among them.
///
/// A break that must be taken follows a cluster of [`super::properties::Kind::Break`]; it is among them too.
#[must_use]
pub fn opportunities<'a>(text: &str, clusters: impl Iterator<Item = &'a Cluster>) -> Vec<u32> {
    use LineClass::{Close, Letter, Mark, Open, Other, Space, Stop};
    let mut found = Vec::with_capacity(text.len() / 8);
    // A stretch between two such places as `letter, spaces | letter`, which break and which no rule looks across.
    let mut stretch = Stretch::default();
    let mut before = Space;
    let mut before_space = Space;
    for cluster in clusters {
        let class = cluster.line;
        match (before, class) {
            (Letter, Letter) => continue,
            (_, Other | Mark) | (Space, Close | Stop) | (Letter | Close | Stop, Open) => {
                stretch.plain = false;
            }
            (Open, Space | Close | Stop) | (Close, Letter) => stretch.plain = false,
            (Space, Letter) if before_space == Letter => {
                stretch.end(text, cluster.start, &mut found);
                found.push(cluster.start);
            }
            (Space, _) if class != Space && cluster.start > 0 => found.push(cluster.start),
            _ => {}
        }
        if class == Space && before != Space {
            before_space = before;
        }
        before = class;
    }
    stretch.end(
        text,
        u32::try_from(text.len()).unwrap_or(u32::MAX),
        &mut found,
    );
    found
}

/// A part of the text that can be cut up by itself.
struct Stretch {
    start: u32,
    /// How many breaks were found before it.
    found: usize,
    /// Whether it breaks at its spaces and nowhere else.
    plain: bool,
}

impl Default for Stretch {
    fn default() -> Self {
        Self {
            start: 0,
            found: 0,
            plain: true,
        }
    }
}

impl Stretch {
    /// Ends the stretch and begins the next one.
    fn end(&mut self, text: &str, end: u32, found: &mut Vec<u32>) {
        if !self.plain {
            found.truncate(self.found);
            let part = text.get(self.start as usize..end as usize);
            segment(part.unwrap_or_default(), self.start, found);
        }
        *self = Self {
            start: end,
            found: found.len() + 1,
            plain: true,
        };
    }
}

/// The whole algorithm, by the rules of Unicode 15.1, and rule LB 20a of later versions.
#[allow(clippy::cast_possible_truncation)] // clusters end at 4 GB
fn segment(text: &str, start: u32, found: &mut Vec<u32>) {
    let breaks = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default())
        .segment_str(text)
        .filter(|byte| 0 < *byte && *byte < text.len() && !follows_leading_hyphen(text, *byte))
        .map(|byte| start + byte as u32);
    found.extend(breaks);
}

/// LB 20a: whether a letter starts here after a hyphen that starts a word, as in a list's `-item`.
fn follows_leading_hyphen(text: &str, byte: usize) -> bool {
    let (before, after) = text.split_at(byte);
    let mut before = before
        .chars()
        .rev()
        .skip_while(|c| Properties::of(*c).line_class() == LineClass::Mark);
    let letter = |c: char| {
        Properties::of(c).line_class() == LineClass::Letter && !c.is_numeric() && c != '\u{a0}'
    };
    matches!(before.next(), Some('-' | '\u{2010}' | '\u{5be}'))
        && after.starts_with(letter)
        && before
            .next()
            .is_none_or(|c| c.is_whitespace() || c == '\u{200b}')
}

#[cfg(test)]
mod tests {
    use super::{opportunities, segment};
    use crate::text::cluster::{Cluster, clusters};
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<String> {
        let clusters: Vec<Cluster> = clusters(text).collect();
        let mut start = 0;
        let mut parts = Vec::new();
        for byte in opportunities(text, clusters.iter()) {
            parts.push(text[start..byte as usize].to_owned());
            start = byte as usize;
        }
        parts.push(text[start..].to_owned());
        parts
    }

    #[test]
    fn breaks_after_spaces() {
        assert_eq!(
            cut("قال (إنه  هنا)، ثم"),
            ["قال ", "(إنه  ", "هنا)، ", "ثم"]
        );
    }

    #[test]
    fn knows_quotes_hyphens_and_addresses() {
        assert_eq!(cut("«نحن هنا» (2024)"), ["«نحن ", "هنا» ", "(2024)"]);
        assert_eq!(cut("كتاب-مدرسة"), ["كتاب-", "مدرسة"]);
        assert_eq!(
            cut("http://example.com/a/b"),
            ["http://", "example.com/", "a/", "b"]
        );
        assert_eq!(cut("السلام،عليكم ١٬٠٠٠٫٥"), ["السلام،عليكم ", "١٬٠٠٠٫٥"]);
        assert_eq!(cut("السلام؛عليكم"), ["السلام؛", "عليكم"]);
        assert_eq!(cut("قال -لا- نعم"), ["قال ", "-لا- ", "نعم"]);
        assert_eq!(cut("« نص »"), ["« نص »"]);
        assert_eq!(cut("100\u{a0}كم هنا"), ["100\u{a0}كم ", "هنا"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn breaks_stretch_by_stretch_where_the_whole_algorithm_breaks(
            text in "[ابتلأ٣٤1a \"'(){}«»‹›“”.,:;،؛؟!%$/-–—…\u{64e}\u{651}\u{200d}\u{200b}\u{a0}\u{ad}\\[\\]\n中   اا]{0,32}"
        ) {
            let clusters: Vec<Cluster> = clusters(&text).collect();
            let mut whole = Vec::new();
            segment(&text, 0, &mut whole);
            prop_assert_eq!(opportunities(&text, clusters.iter()), whole);
        }
    }
}
