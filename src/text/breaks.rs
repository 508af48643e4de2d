//! Where a line may end (UAX #14).
//!
//! Prose of letters, spaces and common punctuation breaks at its spaces and nowhere else; one walk over its clusters proves it.
//! All else goes through `icu_segmenter`.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use super::cluster::Cluster;
use super::properties::{LineClass, Properties};

/// The bytes before which a line may start, in order; neither 0 nor the text's end is among them, unless a line must end there.
///
/// Breaks that must be taken follow a cluster of [`super::properties::Kind::Break`].
#[must_use]
pub fn opportunities(text: &str, clusters: &[Cluster]) -> Vec<u32> {
    plain(clusters).unwrap_or_else(|| segment(text))
}

/// The whole algorithm, by the rules of Unicode 15.1, and rule LB 20a of later versions.
#[allow(clippy::cast_possible_truncation)] // clusters end at 4 GB
fn segment(text: &str) -> Vec<u32> {
    LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default())
        .segment_str(text)
        .filter(|byte| 0 < *byte && *byte < text.len() && !follows_leading_hyphen(text, *byte))
        .map(|byte| byte as u32)
        .collect()
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

/// The opportunities of plain prose: after its spaces. None where the clusters are anything else.
fn plain(clusters: &[Cluster]) -> Option<Vec<u32>> {
    use LineClass::{Close, Letter, Mark, Open, Other, Space, Stop};
    let mut found = Vec::with_capacity(clusters.len() / 5);
    let mut before = Space;
    for cluster in clusters {
        match (before, cluster.line) {
            (_, Other | Mark) | (Space, Close | Stop) | (Letter | Close | Stop, Open) => {
                return None;
            }
            (Open, Space | Close | Stop) | (Close, Letter) => return None,
            (Space, _) if cluster.line != Space && cluster.start > 0 => found.push(cluster.start),
            _ => {}
        }
        before = cluster.line;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::{opportunities, plain, segment};
    use crate::text::cluster::{Cluster, clusters};
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<String> {
        let clusters: Vec<Cluster> = clusters(text).collect();
        let mut start = 0;
        let mut parts = Vec::new();
        for byte in opportunities(text, &clusters) {
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
        #[test]
        fn plain_prose_breaks_as_the_whole_algorithm_says(
            text in "[ابتلأ٣٤1a \"'(){}«»‹›“”.,:;،؛؟!\u{64e}\u{651}\u{200d}\u{a0}\\[\\] ]{0,24}"
        ) {
            let clusters: Vec<Cluster> = clusters(&text).collect();
            if let Some(found) = plain(&clusters) {
                prop_assert_eq!(found, segment(&text));
            }
        }
    }
}
