//! Fills the table of words: peels off the keys that have a cell of their own, then gives each cell its value, last peeled first.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use qari::entity::{Plan, Word};

/// The table's bytes.
///
/// # Errors
/// When no seed of a thousand fills it, which only a repeated key can cause.
pub fn table(known: &BTreeMap<Vec<u8>, Word>) -> Result<Vec<u8>> {
    let (plan, order) = (1..1000)
        .find_map(|seed| {
            let plan = plan(known.len(), seed);
            Some((plan, peel(plan, known)?))
        })
        .context("no seed fills the table of words")?;
    let words: Vec<(&Vec<u8>, &Word)> = known.iter().collect();
    let mut cells = vec![0_u32; plan.cells()];
    for (word, own) in order.into_iter().rev() {
        let (key, value) = words[word];
        let (places, check) = plan.find(key);
        let others = places.iter().filter(|&&place| place != own);
        let sum = others.fold(0, |sum, &place| sum ^ cells[place]);
        cells[own] = Plan::sealed(value.pack(), check) ^ sum;
    }
    let cells = cells.iter().flat_map(|cell| cell.to_le_bytes());
    Ok(plan.head().into_iter().chain(cells).collect())
}

/// The sizes that the paper gives for three cells a key.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]
fn plan(words: usize, seed: u32) -> Plan {
    let count = words as f64;
    let segment_bits = (count.ln() / 3.33_f64.ln() + 2.25).floor() as u32;
    let room = (0.875 + 0.25 * 1e6_f64.ln() / count.ln()).max(1.125);
    let segments = (count * room / f64::from(1_u32 << segment_bits)).ceil() as u32;
    Plan {
        seed,
        segment_bits,
        segments: segments.saturating_sub(2).max(1),
    }
}

/// The words in the order in which each is alone in one of its cells, with that cell; none when some are never alone.
fn peel(plan: Plan, known: &BTreeMap<Vec<u8>, Word>) -> Option<Vec<(usize, usize)>> {
    let places: Vec<[usize; 3]> = known.keys().map(|key| plan.find(key).0).collect();
    // In each cell how many words lie, and the exclusive or of their numbers: the number itself when it is one.
    let mut cells = vec![(0_u32, 0_usize); plan.cells()];
    for (word, cell) in places
        .iter()
        .enumerate()
        .flat_map(|(word, cells)| cells.map(|cell| (word, cell)))
    {
        cells[cell].0 += 1;
        cells[cell].1 ^= word;
    }
    let mut alone: Vec<usize> = (0..cells.len())
        .filter(|&cell| cells[cell].0 == 1)
        .collect();
    let mut order = Vec::with_capacity(places.len());
    while let Some(cell) = alone.pop() {
        if cells[cell].0 != 1 {
            continue;
        }
        let word = cells[cell].1;
        order.push((word, cell));
        for place in places[word] {
            cells[place].0 -= 1;
            cells[place].1 ^= word;
            if cells[place].0 == 1 {
                alone.push(place);
            }
        }
    }
    (order.len() == places.len()).then_some(order)
}
