//! Where a line may end (UAX #14).
//!
//! Prose of letters, spaces and common punctuation breaks at its spaces and nowhere else; one walk over its clusters proves it.
//! Only the stretches that hold anything else go through `icu_segmenter`.

use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use super::cluster::Cluster;
use super::properties::{LineClass, Properties};

/// The bytes before which a line may start, in order; neither 0 nor the text's end is among them.
///
/// A break that must be taken follows a cluster of [`super::properties::Kind::Break`]; it is among them too.
#[must_use]
pub fn opportunities<'a>(text: &str, clusters: impl Iterator<Item = &'a Cluster>) -> Vec<u32> {
    let mut found = Vec::with_capacity(text.len() / 8);
    let mut breaker = Breaker::default();
    let settle = |found: &mut Vec<u32>, rough: Option<Rough>| {
        let Some(rough) = rough else { return };
        while found.pop_if(|byte| *byte > rough.bytes.start).is_some() {}
        found.extend(rough.breaks(text));
    };
    for cluster in clusters {
        if breaker.feed(cluster) {
            settle(&mut found, breaker.rough());
            found.push(cluster.start);
        }
    }
    settle(&mut found, breaker.finish(text));
    found
}

/// Finds the breaks of one cluster after the other.
pub struct Breaker {
    /// Where the stretch at hand starts: it can be cut up by itself, since it begins with a break after `letter, spaces`, which no
    /// rule looks across.
    start: u32,
    /// Whether it breaks at its spaces and nowhere else.
    plain: bool,
    before: LineClass,
    before_space: LineClass,
    ended: Option<Rough>,
}

/// A stretch of text which the spaces alone do not say enough about.
pub struct Rough {
    /// Its bytes; a line may start with the first.
    pub bytes: Range<u32>,
}

impl Default for Breaker {
    fn default() -> Self {
        Self {
            start: 0,
            plain: true,
            before: LineClass::Space,
            before_space: LineClass::Space,
            ended: None,
        }
    }
}

impl Breaker {
    /// Takes the next cluster; whether a line may start with it, unless [`Self::rough`] or [`Self::finish`] says otherwise.
    #[inline]
    pub fn feed(&mut self, cluster: &Cluster) -> bool {
        use LineClass::{Letter, Space};
        // What prose is made of; the rest is found in [`Self::step`], which holds for these as well.
        match (self.before, cluster.line) {
            (Letter, Letter) => false,
            (Letter, Space) => {
                (self.before, self.before_space) = (Space, Letter);
                false
            }
            (Space, Letter) if self.plain && self.before_space == Letter => {
                (self.before, self.start) = (Letter, cluster.start);
                true
            }
            (_, class) => self.step(cluster.start, class),
        }
    }

    #[inline(never)]
    fn step(&mut self, start: u32, class: LineClass) -> bool {
        use LineClass::{Close, Letter, Mark, Open, Other, Space, Stop};
        let before = std::mem::replace(&mut self.before, class);
        if class == Space && before != Space {
            self.before_space = before;
        }
        match (before, class) {
            (_, Other | Mark)
            | (Space, Close | Stop)
            | (Letter | Close | Stop, Open)
            | (Open, Space | Close | Stop)
            | (Close, Letter) => {
                self.plain = false;
                false
            }
            (Space, Letter) if self.before_space == Letter => {
                if !self.plain {
                    let bytes = self.start..start;
                    self.ended = Some(Rough { bytes });
                }
                (self.start, self.plain) = (start, true);
                true
            }
            (Space, Space) => false,
            (Space, _) => start > 0,
            _ => false,
        }
    }

    /// The stretch that the last cluster ended, if it has to be cut up by [`Rough::breaks`]: what was said of it does not hold.
    #[inline]
    pub fn rough(&mut self) -> Option<Rough> {
        self.ended.take()
    }

    /// The same for the stretch that the text's end ends.
    #[must_use]
    pub fn finish(self, text: &str) -> Option<Rough> {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let bytes = self.start..end;
        (!self.plain).then_some(Rough { bytes })
    }
}

impl Rough {
    /// The bytes inside it before which a line may start, by the whole algorithm.
    #[allow(clippy::cast_possible_truncation)] // clusters end at 4 GB
    pub fn breaks(&self, text: &str) -> impl Iterator<Item = u32> {
        let part = text.get(self.bytes.start as usize..self.bytes.end as usize);
        segment(part.unwrap_or_default()).map(|byte| self.bytes.start + byte as u32)
    }
}

/// The whole algorithm, by the rules of Unicode 15.1, and rule LB 20a of later versions.
fn segment(text: &str) -> impl Iterator<Item = usize> {
    LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default())
        .segment_str(text)
        .filter(|byte| 0 < *byte && *byte < text.len() && !follows_leading_hyphen(text, *byte))
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
#[allow(clippy::unwrap_used)]
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
            let whole: Vec<u32> = segment(&text).map(|byte| u32::try_from(byte).unwrap()).collect();
            prop_assert_eq!(opportunities(&text, clusters.iter()), whole);
        }
    }
}
