//! THE width: how many columns a cluster takes as the engine draws it.
//!
//! `unicode-width` counts lam and alef as one column wherever they meet in a string; terminals show the cells they are given.
//! So nobody asks for the width of a string: widths are those of single clusters, and a layout adds them up.

use super::cluster::clusters;

/// The columns that a cluster takes as drawn: 0 when it is never drawn, 1 for a mark alone, since a dotted circle carries it.
///
/// A tab counts 1; only a line knows how far it reaches. Of a longer text it is the sum over its clusters, without the lam-alef
/// that a layout draws in one cell.
#[must_use]
pub fn cluster_width(cluster: &str) -> usize {
    clusters(cluster)
        .map(|cluster| usize::from(cluster.width))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::cluster_width;

    #[test]
    fn gives_one_column_to_what_is_drawn_in_one() {
        for text in [
            "ا", "مُّ", "\u{fefb}", "۝", "\u{605}", "\u{64b}", "﷽", "ـ", "٪", "\u{1b}", "\u{9b}",
        ] {
            assert_eq!(cluster_width(text), 1, "{text:?}");
        }
    }

    #[test]
    fn gives_none_to_what_is_never_drawn() {
        for text in [
            "", "\u{200c}", "\u{200d}", "\u{200e}", "\u{61c}", "\u{202e}", "\u{2069}", "\u{ad}",
            "\u{feff}", "\u{2028}",
        ] {
            assert_eq!(cluster_width(text), 0, "{text:?}");
        }
    }

    #[test]
    fn gives_two_to_wide_ones() {
        for text in ["中", "👍", "👨\u{200d}👩\u{200d}👧", "🇸🇦", "각", "！"] {
            assert_eq!(cluster_width(text), 2, "{text:?}");
        }
    }
}
