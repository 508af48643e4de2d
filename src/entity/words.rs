//! What is known of single words, in a table without the words: a key's hash leads to three cells, which together hold its value.
//!
//! A binary fuse table (Graf and Lemire, 2022, <https://arxiv.org/abs/2201.01174>): four bytes and a little for each word, three memory
//! accesses, no comparing of letters. A word that is not in it is taken for one that is about once in two thousand times.
//! `examples/build_lexicons` fills it; this file only says where a key's cells lie and what a value means.

use super::fold::hash;

/// How many bits of a cell tell a known word from an unknown one.
const CHECK_BITS: u32 = 11;
/// The bytes before the first cell.
const HEAD: usize = 12;

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Serves as a given name.
    pub given: bool,
    /// Serves as a surname.
    pub surname: bool,
    /// How many people bear it in the lists, as a power of two: 0 (one) to 15.
    pub bearers: u8,
    /// How many tenths of the words used like it in newspapers are known parts of names; none for words that newspapers do not use.
    pub like: Option<u8>,
    /// Its class of 1500 by how newspapers use it, from 1; 0 for none.
    pub class: u16,
}

impl Word {
    /// As the value of a cell: 21 bits.
    #[must_use]
    pub fn pack(self) -> u32 {
        u32::from(self.given)
            | u32::from(self.surname) << 1
            | u32::from(self.bearers.min(15)) << 2
            | u32::from(self.like.map_or(0, |tenths| tenths.min(10) + 1)) << 6
            | u32::from(self.class & 0x7FF) << 10
    }

    /// Back from the value of a cell.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)]
    pub fn unpack(value: u32) -> Self {
        Self {
            given: value & 1 == 1,
            surname: value >> 1 & 1 == 1,
            bearers: (value >> 2 & 15) as u8,
            like: ((value >> 6 & 15) as u8).checked_sub(1),
            class: (value >> 10 & 0x7FF) as u16,
        }
    }

    /// Whether persons are called so.
    #[must_use]
    pub fn is_unit(self) -> bool {
        self.given || self.surname
    }
}

/// Where the cells of a key lie: the numbers that a table was filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Chosen so that the table could be filled.
    pub seed: u32,
    /// A segment has two to this power of cells.
    pub segment_bits: u32,
    /// How many segments a first cell can lie in.
    pub segments: u32,
}

impl Plan {
    /// How many cells there are in all.
    #[must_use]
    pub fn cells(self) -> usize {
        (self.segments as usize + 2) << self.segment_bits
    }

    /// The three cells of a key, and the check that its value must carry.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)]
    pub fn find(self, key: &[u8]) -> ([usize; 3], u32) {
        let hash = hash(key, u64::from(self.seed));
        let size = 1_usize << self.segment_bits;
        let first =
            ((((hash >> 32) * u64::from(self.segments)) << self.segment_bits) >> 32) as usize;
        let cell = |nth: usize, bits: u64| (first + nth * size) ^ (bits as usize & (size - 1));
        let cells = [first, cell(1, hash >> 18), cell(2, hash)];
        let check = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - CHECK_BITS);
        (cells, check as u32)
    }

    /// A value with its check, as the three cells together hold it.
    #[must_use]
    pub fn sealed(value: u32, check: u32) -> u32 {
        value << CHECK_BITS | check
    }

    /// The bytes that stand before the cells.
    #[must_use]
    pub fn head(self) -> [u8; HEAD] {
        let mut head = [0; HEAD];
        for (bytes, number) in
            head.chunks_exact_mut(4)
                .zip([self.seed, self.segment_bits, self.segments])
        {
            bytes.copy_from_slice(&number.to_le_bytes());
        }
        head
    }
}

/// The table as it lies in the program.
pub struct Words {
    plan: Plan,
    cells: &'static [u8],
}

impl Words {
    /// Opens a table; one whose length is not what its head says knows no word.
    pub fn open(bytes: &'static [u8]) -> Self {
        let number = |at: usize| {
            let cell = bytes.get(at..at + 4).and_then(|cell| cell.try_into().ok());
            cell.map_or(0, u32::from_le_bytes)
        };
        let plan = Plan {
            seed: number(0),
            segment_bits: number(4).min(20),
            segments: number(8).min(1 << 20),
        };
        let cells = bytes.get(HEAD..).unwrap_or(&[]);
        Self {
            plan,
            cells: if cells.len() == plan.cells() * 4 {
                cells
            } else {
                &[]
            },
        }
    }

    /// What is known of a word.
    pub fn get(&self, key: &[u8]) -> Option<Word> {
        let (cells, check) = self.plan.find(key);
        let mut sealed = 0;
        for cell in cells {
            let bytes = self.cells.get(cell * 4..cell * 4 + 4)?;
            sealed ^= u32::from_le_bytes(bytes.try_into().ok()?);
        }
        (sealed & ((1 << CHECK_BITS) - 1) == check).then(|| Word::unpack(sealed >> CHECK_BITS))
    }

    /// Whether the table was whole.
    #[cfg(test)]
    pub fn is_open(&self) -> bool {
        !self.cells.is_empty()
    }

    /// How many bytes it takes.
    #[cfg(test)]
    pub fn size(&self) -> usize {
        self.cells.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_packing() {
        for like in [None, Some(0), Some(10)] {
            let word = Word {
                given: true,
                surname: false,
                bearers: 11,
                like,
                class: 1500,
            };
            assert_eq!(Word::unpack(word.pack()), word);
        }
    }

    #[test]
    fn the_cells_of_a_key_are_three_and_lie_in_the_table() {
        let plan = Plan {
            seed: 7,
            segment_bits: 4,
            segments: 9,
        };
        for n in 0..5000_u32 {
            let (cells, check) = plan.find(&n.to_le_bytes());
            assert!(cells.iter().all(|&cell| cell < plan.cells()));
            assert!(cells[0] != cells[1] && cells[1] != cells[2] && cells[0] != cells[2]);
            assert!(check < 1 << CHECK_BITS);
        }
    }

    #[test]
    fn bytes_that_are_no_table_know_no_word() {
        assert_eq!(Words::open(b"").get(b"word"), None);
        assert_eq!(Words::open(&[1; 40]).get(b"word"), None);
    }
}
