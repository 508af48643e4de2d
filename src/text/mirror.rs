//! Mirror images for letters that stand at an odd level (UAX #9 L4).

use super::tables::MIRRORS;

/// The character that looks like the mirror image of `c`, for all 428 entries of `BidiMirroring.txt`.
///
/// Quotation marks « » ‹ › mirror; “ ” and the ornate parentheses ﴾ ﴿ do not.
#[must_use]
pub fn mirrored(c: char) -> Option<char> {
    MIRRORS
        .binary_search_by_key(&c, |pair| pair.0)
        .ok()
        .map(|place| MIRRORS[place].1)
}

#[cfg(test)]
mod tests {
    use super::mirrored;
    use crate::text::properties::Properties;

    #[test]
    fn mirrors_pairs_both_ways() {
        for (a, b) in [
            ('(', ')'),
            ('«', '»'),
            ('‹', '›'),
            ('<', '>'),
            ('≤', '≥'),
            ('[', ']'),
        ] {
            assert_eq!(mirrored(a), Some(b));
            assert_eq!(mirrored(b), Some(a));
        }
    }

    #[test]
    fn leaves_what_has_no_mirror_image() {
        for c in ['“', '”', '﴾', '﴿', 'ا', 'a', '∛'] {
            assert_eq!(mirrored(c), None);
        }
    }

    #[test]
    fn agrees_with_the_property_bit() {
        for c in '\0'..=char::MAX {
            assert_eq!(
                Properties::of(c).is_mirrored(),
                mirrored(c).is_some(),
                "{c:?}"
            );
        }
    }
}
