//! What the rules found anywhere in the article, by word: the trained model sees of each word what its like elsewhere are taken for.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::candidate::Candidate;
use super::feature::stem_at;
use super::kind::Kind;
use super::reading::Reading;

/// How often a word was part of a name of each kind, and where in it.
#[derive(Clone, Copy, Default)]
struct Seen {
    counts: [u8; 4],
    led: bool,
    closed: bool,
}

/// What the rules found, by the number of a word's stem.
#[derive(Default)]
pub struct Evidence {
    seen: HashMap<u64, Seen, BuildHasherDefault<Ready>>,
}

impl Evidence {
    /// Takes in what was chosen in a paragraph.
    pub fn learn(&mut self, reading: &Reading, chosen: &[Candidate]) {
        for name in chosen {
            let kind = match name.kind {
                Kind::Person => 0,
                Kind::Place => 1,
                Kind::Organization => 2,
                Kind::Group => 3,
                _ => continue,
            };
            for n in (name.first..name.after).filter(|&n| reading.tokens.is_word(n)) {
                let seen = self.seen.entry(stem_at(reading, n)).or_default();
                seen.counts[kind] = seen.counts[kind].saturating_add(1);
                let several = name.after > name.first + 1;
                seen.led |= several && n == name.first;
                seen.closed |= several && n + 1 == name.after;
            }
        }
    }

    /// What is known of a stem as a small number from 1; 0 for nothing.
    pub fn of(&self, stem: u64) -> u16 {
        let Some(seen) = self.seen.get(&stem) else {
            return 0;
        };
        let total: u16 = seen.counts.iter().map(|&count| u16::from(count)).sum();
        let (kind, most) = seen
            .counts
            .iter()
            .enumerate()
            .max_by_key(|&(kind, count)| (count, 4 - kind))
            .map_or((0, 0), |(kind, &count)| (kind, u16::from(count)));
        let share = u16::from(most * 4 > total * 3);
        let often = match most {
            0 | 1 => 0,
            2 | 3 => 1,
            _ => 2,
        };
        let place = u16::from(seen.led) + 2 * u16::from(seen.closed);
        1 + ((u16::try_from(kind).unwrap_or(0) * 2 + share) * 3 + often) * 4 + place
    }
}

/// The keys are hashes already.
#[derive(Default)]
pub struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0 << 8 ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}
