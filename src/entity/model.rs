//! The trained model: hashed features and small weights in, the best sequence of labels out.
//!
//! A linear chain: each token has a score for each label, the sum of its features' weights; each pair of labels next to each other has one,
//! too; Viterbi's algorithm finds the sequence with the highest sum, in integers. A label inside a name never follows another kind's or
//! none. The weights lie in the program as they are written by `examples/train_names`: buckets by the upper bits of a feature's hash, in
//! each the weights of its features, every one with 20 more bits of the hash, its label and its eight bits.

use super::kind::Kind;

/// How many labels there are: none, and the first and any further word of each kind.
pub const LABELS: usize = 1 + 2 * KINDS.len();

/// The kinds that the model knows, in the order of its labels; `Event` stands for everything else that has a name.
pub const KINDS: [Kind; 4] = [Kind::Person, Kind::Place, Kind::Organization, Kind::Event];

/// The buckets are two to this power.
pub const BUCKET_BITS: u32 = 16;
const BUCKETS: usize = 1 << BUCKET_BITS;
const COUNTS: usize = LABELS * LABELS * 2;
const ENTRIES: usize = COUNTS + BUCKETS;
/// The filter has two to this power of bits.
const FILTER_BITS: u32 = 19;
/// Low enough that no sequence takes it, high enough that sums of it do not overflow.
const NEVER: i32 = -1_000_000;

/// A score for each label.
pub type Scores = [i32; LABELS];

/// Whether `next` may follow `label`.
#[must_use]
pub const fn may_follow(label: usize, next: usize) -> bool {
    next == 0 || next % 2 == 1 || label == next || label + 1 == next
}

/// Where a feature's weights lie: the bucket, and what its entries there carry.
#[must_use]
#[allow(clippy::cast_possible_truncation)]
pub const fn place(feature: u64) -> (usize, u32) {
    let upper = (feature >> (64 - BUCKET_BITS)) as usize;
    (upper, (feature as u32) >> 12)
}

/// The word and the bit of the filter for a feature.
const fn filter_place(bucket: usize, check: u32) -> (usize, u64) {
    let more = FILTER_BITS - BUCKET_BITS;
    let bit = bucket << more | (check >> (20 - more)) as usize;
    (bit >> 6, 1 << (bit & 63))
}

/// The weights, ready to be looked up.
pub struct Model {
    steps: [Scores; LABELS],
    /// Where each bucket's entries start; one more for the end.
    starts: Vec<u32>,
    entries: Vec<u32>,
    /// A bit for the first bits of every feature that has weights: most features have none, and need not be looked for.
    filter: Vec<u64>,
}

impl Model {
    /// Opens a model; bytes that are none label nothing.
    pub fn open(bytes: &[u8]) -> Self {
        let mut steps = [[0; LABELS]; LABELS];
        for (n, pair) in bytes.chunks_exact(2).take(LABELS * LABELS).enumerate() {
            let (from, to) = (n / LABELS, n % LABELS);
            steps[from][to] = if may_follow(from, to) {
                i32::from(i16::from_le_bytes([pair[0], pair[1]]))
            } else {
                NEVER
            };
        }
        let counts = bytes.get(COUNTS..ENTRIES).unwrap_or(&[]);
        let entries: Vec<u32> = bytes
            .get(ENTRIES..)
            .unwrap_or(&[])
            .chunks_exact(4)
            .map(|entry| u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]))
            .collect();
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut filter = vec![0; 1 << (FILTER_BITS - 6)];
        let mut start = 0;
        for (bucket, &count) in counts.iter().enumerate() {
            starts.push(start);
            let after = start + u32::from(count);
            for entry in entries.get(start as usize..after as usize).unwrap_or(&[]) {
                let (word, bit) = filter_place(bucket, entry >> 12);
                filter[word] |= bit;
            }
            start = after;
        }
        starts.push(start);
        Self {
            steps,
            starts,
            entries,
            filter,
        }
    }

    /// Whether there are weights.
    pub fn is_open(&self) -> bool {
        !self.entries.is_empty()
    }

    /// The sum of the weights of a token's features; leaves nothing in `features` that a caller could use.
    ///
    /// Three short loops instead of one: none of them waits for memory before it asks for more.
    pub fn sum(&self, features: &mut [u64], buckets: &mut Vec<(u32, u32, u32)>) -> Scores {
        let mut kept = 0;
        for n in 0..features.len() {
            let feature = features[n];
            let (bucket, check) = place(feature);
            let (word, bit) = filter_place(bucket, check);
            features[kept] = feature;
            kept += usize::from(self.filter.get(word).is_some_and(|bits| bits & bit != 0));
        }
        buckets.clear();
        buckets.extend(features[..kept].iter().map(|&feature| {
            let (bucket, check) = place(feature);
            match self.starts.get(bucket..bucket + 2) {
                Some(&[first, after]) => (first, after, check),
                _ => (0, 0, check),
            }
        }));
        let mut sums = [0; 16];
        for &(first, after, check) in &*buckets {
            let entries = self.entries.get(first as usize..after as usize);
            for &entry in entries.unwrap_or(&[]) {
                let [weight, label, ..] = entry.to_le_bytes();
                let is_it = i32::from(entry >> 12 == check);
                sums[usize::from(label & 15)] += is_it * i32::from(weight.cast_signed());
            }
        }
        std::array::from_fn(|label| sums[label])
    }

    /// The sequence of labels with the highest sum, into `labels`.
    pub fn decode(&self, scores: &[Scores], trail: &mut Trail, labels: &mut Vec<u8>) {
        labels.clear();
        trail.0.clear();
        // Before the first token stands no name.
        let mut best = [NEVER; LABELS];
        best[0] = 0;
        for own in scores {
            let mut next = [i32::MIN; LABELS];
            let mut back = [0_u8; LABELS];
            for (from, &sum) in best.iter().enumerate() {
                for (to, step) in self.steps[from].iter().enumerate() {
                    let sum = sum + step;
                    if sum > next[to] {
                        next[to] = sum;
                        back[to] = u8::try_from(from).unwrap_or(0);
                    }
                }
            }
            for (sum, own) in next.iter_mut().zip(own) {
                *sum += own;
            }
            // Sums of a long text would overflow: only their differences count.
            let most = next.iter().copied().max().unwrap_or(0);
            best = next.map(|sum| (sum - most).max(NEVER));
            trail.0.push(back);
        }
        let mut label = (0..LABELS)
            .max_by_key(|&label| (best[label], LABELS - label))
            .unwrap_or(0);
        for back in trail.0.iter().rev() {
            labels.push(u8::try_from(label).unwrap_or(0));
            label = usize::from(back[label]);
        }
        labels.reverse();
    }
}

/// For each token, from which label the best way to each of its labels comes; kept to be used again.
#[derive(Default)]
pub struct Trail(Vec<[u8; LABELS]>);

#[cfg(test)]
mod tests {
    use super::*;

    /// A model of two features: one speaks for the first word of a place, one for a further word.
    fn model(features: [(u64, u8, i8); 2]) -> Model {
        let mut bytes = vec![0; ENTRIES];
        let mut sorted = features;
        sorted.sort_by_key(|(feature, ..)| place(*feature).0);
        for (feature, label, weight) in sorted {
            let (bucket, check) = place(feature);
            bytes[COUNTS + bucket] += 1;
            let entry = check << 12 | u32::from(label) << 8 | u32::from(weight.cast_unsigned());
            bytes.extend(entry.to_le_bytes());
        }
        Model::open(&bytes)
    }

    fn labels(model: &Model, tokens: &[u64]) -> Vec<u8> {
        let mut buckets = Vec::new();
        let scores: Vec<Scores> = tokens
            .iter()
            .map(|&feature| model.sum(&mut [feature], &mut buckets))
            .collect();
        let mut labels = Vec::new();
        model.decode(&scores, &mut Trail::default(), &mut labels);
        labels
    }

    const FIRST: u64 = 0x1234_5678_9ABC_DEF0;
    const FURTHER: u64 = 0xFEDC_BA98_7654_3210;

    #[test]
    fn weights_are_found_again() {
        let model = model([(FIRST, 3, 50), (FURTHER, 4, -7)]);
        let mut buckets = Vec::new();
        assert_eq!(
            model.sum(&mut [FIRST, 5, FURTHER], &mut buckets),
            [0, 0, 0, 50, -7, 0, 0, 0, 0]
        );
    }

    #[test]
    fn no_name_begins_with_a_further_word() {
        let model = model([(FIRST, 3, 50), (FURTHER, 4, 50)]);
        assert_eq!(labels(&model, &[FIRST, FURTHER, 1, 1]), [3, 4, 0, 0]);
        assert_eq!(labels(&model, &[1, FURTHER]), [3, 4]);
        assert_eq!(labels(&model, &[FURTHER, 1]), [0, 0]);
    }

    #[test]
    fn bytes_that_are_no_model_label_nothing() {
        for bytes in [Vec::new(), vec![7; 100], vec![255; ENTRIES + 3]] {
            let model = Model::open(&bytes);
            assert!(!model.is_open());
            assert_eq!(model.sum(&mut [FIRST], &mut Vec::new()), [0; LABELS]);
        }
    }
}
