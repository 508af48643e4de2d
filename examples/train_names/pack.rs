//! Trained weights become the bytes that the program reads: eight bits each, sorted into buckets.

use qari::entity::{BUCKET_BITS, place};

use crate::crf::Weights;

/// What one step of the eight bits is worth.
const STEP: f32 = 0.05;

/// The model's bytes; `features` are the hashes in the order of the weights.
pub fn pack(features: &[u64], weights: &Weights) -> Vec<u8> {
    let mut buckets: Vec<Vec<u32>> = vec![Vec::new(); 1 << BUCKET_BITS];
    for (&feature, row) in features.iter().zip(&weights.own) {
        let (bucket, check) = place(feature);
        for (label, &weight) in (0_u32..).zip(row) {
            let small = step(weight, 127.0);
            if small != 0 {
                let [low, ..] = small.to_le_bytes();
                buckets[bucket].push(check << 12 | label << 8 | u32::from(low));
            }
        }
    }
    let mut bytes = Vec::new();
    for &weight in weights.steps.iter().flatten() {
        bytes.extend(step(weight, 30_000.0).to_le_bytes());
    }
    let mut entries = Vec::new();
    for bucket in buckets {
        bytes.extend(number(entries.len()));
        entries.extend(bucket);
    }
    bytes.extend(number(entries.len()));
    bytes.extend(entries.into_iter().flat_map(u32::to_le_bytes));
    bytes
}

fn number(count: usize) -> [u8; 4] {
    u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes()
}

#[allow(clippy::cast_possible_truncation)]
fn step(weight: f32, most: f32) -> i16 {
    (weight / STEP).round().clamp(-most, most) as i16
}
