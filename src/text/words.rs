//! The words of a paragraph (UAX #29): marks, tatweel and joiners stay inside them.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The byte ranges of the words, in order; what stands between them holds no letter and no digit.
///
/// A number with its separators is a word, also with the Arabic ones (١٬٠٠٠٫٥).
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.unicode_word_indices()
        .map(|(start, word)| start..start + word.len())
}

/// How many words a text has.
#[must_use]
pub fn count(text: &str) -> usize {
    words(text).count()
}

#[cfg(test)]
mod tests {
    use super::{count, words};

    fn cut(text: &str) -> Vec<&str> {
        words(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn keeps_marks_and_tatweel_inside() {
        assert_eq!(
            cut("قالَ مُحَمَّدٌ: «العــربية»، ثم…"),
            ["قالَ", "مُحَمَّدٌ", "العــربية", "ثم"]
        );
        assert_eq!(cut("می\u{200c}خواهم"), ["می\u{200c}خواهم"]);
    }

    #[test]
    fn takes_numbers_whole() {
        assert_eq!(
            cut("1,000.5 و ١٬٠٠٠٫٥ و٣٫٢%"),
            ["1,000.5", "و", "١٬٠٠٠٫٥", "و٣٫٢"]
        );
    }

    #[test]
    fn counts() {
        assert_eq!(count("السلام عليكم!"), 2);
        assert_eq!(count(" — "), 0);
    }
}
