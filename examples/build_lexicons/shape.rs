//! How foreign three letters look: their odds in transliterated names against Arabic words.

use std::collections::BTreeMap;

use qari::entity::{ARABIC_LETTERS, Kind, Word, rank};

use crate::NameMap;

/// Nats to steps of the table.
const SCALE: f64 = 14.0;
/// Counts that every triple starts with.
const PRIOR: f64 = 1.0;

/// The table, one byte per triple, 128 for even odds.
pub fn table(known: &BTreeMap<Vec<u8>, Word>, names: &NameMap) -> Vec<u8> {
    let foreign = known
        .iter()
        .filter(|(_, word)| word.is_unit() && word.like.is_none_or(|like| like >= 7))
        .map(|(key, _)| key);
    let foreign = count(
        foreign
            .chain(names.single(Kind::Place))
            .filter(|key| !is_definite(key)),
    );
    let arabic = count(
        known
            .iter()
            .filter(|(_, word)| !word.is_unit() && word.like.is_some_and(|like| like <= 3))
            .map(|(key, _)| key),
    );
    let total = |counts: &[f64]| counts.iter().sum::<f64>();
    let even = total(&arabic) / total(&foreign);
    foreign
        .iter()
        .zip(&arabic)
        .map(|(f, a)| step(((f + PRIOR / even) * even / (a + PRIOR)).ln()))
        .collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn step(nats: f64) -> u8 {
    (nats * SCALE + 128.0).round().clamp(0.0, 255.0) as u8
}

fn is_definite(key: &[u8]) -> bool {
    key.starts_with(&qari::entity::fold("ال"))
}

fn count<'k>(keys: impl Iterator<Item = &'k Vec<u8>>) -> Vec<f64> {
    let mut counts = vec![0.0; ARABIC_LETTERS.pow(3)];
    for key in keys {
        let (mut a, mut b) = (0, 0);
        for c in key.iter().map(|&byte| rank(byte)).chain([0]) {
            counts[(a * ARABIC_LETTERS + b) * ARABIC_LETTERS + c] += 1.0;
            (a, b) = (b, c);
        }
    }
    counts
}
