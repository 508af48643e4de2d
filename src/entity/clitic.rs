//! The letters that are written together with the word after them: و ف, then ب ل ك, and the ل that swallows the ا of ال.
//!
//! This room only lists the ways to read a word; which one is meant is for the lexicons to say.

use super::fold::{ALEF, BEH, FEH, KAF, LAM, WAW, hash};

/// One way to read a word's beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clitic {
    /// How many letters are not part of the name.
    pub skip: u8,
    /// Whether the name's own ا is unwritten (للأردن).
    pub swallowed: bool,
}

impl Clitic {
    /// The word as it stands.
    pub const NONE: Self = Self {
        skip: 0,
        swallowed: false,
    };

    /// What is left of the key; to be read after [`Clitic::article`].
    pub fn rest(self, key: &[u8]) -> &[u8] {
        key.get(usize::from(self.skip)..).unwrap_or(&[])
    }

    /// The letter that the rest lacks.
    pub fn article(self) -> &'static [u8] {
        if self.swallowed { &[ALEF] } else { &[] }
    }

    /// The ways to read a key, the word as it stands first; of any other at least two letters are left.
    pub fn ways(key: &[u8]) -> impl Iterator<Item = Self> + use<> {
        let and = usize::from(matches!(key.first(), Some(&(WAW | FEH))));
        let mut ways = [None; 6];
        let mut count = 0;
        let mut add = |skip: usize, swallowed: bool| {
            if key.len() >= skip + 2 || skip == 0 && !key.is_empty() {
                ways[count] = u8::try_from(skip).ok().map(|skip| Self { skip, swallowed });
                count += 1;
            }
        };
        for start in 0..=and {
            add(start, false);
            match key.get(start..) {
                Some([LAM, LAM, ..]) => {
                    add(start + 1, true);
                    add(start + 1, false);
                }
                Some([BEH | LAM | KAF, ..]) => add(start + 1, false),
                _ => {}
            }
        }
        ways.into_iter().flatten()
    }
}

/// The number of what a way leaves of a word, its swallowed ا given back.
#[must_use]
pub fn stem(way: Clitic, rest: &[u8]) -> u64 {
    hash(rest, u64::from(way.swallowed))
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    fn read(word: &str) -> Vec<(u8, Vec<u8>)> {
        let key = fold(word);
        Clitic::ways(&key)
            .map(|way| (way.skip, [way.article(), way.rest(&key)].concat()))
            .collect()
    }

    #[test]
    fn every_way_is_listed_once() {
        assert_eq!(read("موسكو"), [(0, fold("موسكو"))]);
        assert_eq!(
            read("ولروما"),
            [(0, fold("ولروما")), (1, fold("لروما")), (2, fold("روما"))]
        );
        assert_eq!(read("بكين"), [(0, fold("بكين")), (1, fold("كين"))]);
    }

    #[test]
    fn the_swallowed_alef_comes_back() {
        assert!(read("للهند").contains(&(1, fold("الهند"))));
        assert!(read("وللهند").contains(&(2, fold("الهند"))));
        assert!(read("للندن").contains(&(1, fold("لندن"))));
    }

    #[test]
    fn nothing_is_left_of_short_words() {
        assert_eq!(read("وب"), [(0, fold("وب"))]);
        assert!(read("").is_empty());
    }
}
