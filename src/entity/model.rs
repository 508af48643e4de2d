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
pub const BUCKET_BITS: u32 = 14;
const BUCKETS: usize = 1 << BUCKET_BITS;
const OFFSETS: usize = LABELS * LABELS * 2;
const ENTRIES: usize = OFFSETS + (BUCKETS + 1) * 4;
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

/// The weights as they lie in the program.
pub struct Model {
    bytes: &'static [u8],
    steps: [Scores; LABELS],
}

impl Model {
    /// Opens a model; bytes that are none label nothing.
    pub fn open(bytes: &'static [u8]) -> Self {
        let mut steps = [[0; LABELS]; LABELS];
        for (n, pair) in bytes.chunks_exact(2).take(LABELS * LABELS).enumerate() {
            let (from, to) = (n / LABELS, n % LABELS);
            steps[from][to] = if may_follow(from, to) {
                i32::from(i16::from_le_bytes([pair[0], pair[1]]))
            } else {
                NEVER
            };
        }
        Self { bytes, steps }
    }

    /// Whether there are weights.
    pub fn is_open(&self) -> bool {
        self.bytes.len() >= ENTRIES
    }

    /// Adds a feature's weights to a token's scores.
    #[inline]
    pub fn add(&self, feature: u64, scores: &mut Scores) {
        let (bucket, check) = place(feature);
        let at = OFFSETS + bucket * 4;
        let number = |at: usize| {
            let bytes = self.bytes.get(at..at + 4);
            let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
            bytes.map_or(0, u32::from_le_bytes) as usize
        };
        let (first, after) = (number(at), number(at + 4));
        let entries = self.bytes.get(ENTRIES + first * 4..ENTRIES + after * 4);
        for entry in entries.unwrap_or(&[]).chunks_exact(4) {
            let &[weight, middle, third, last] = entry else {
                continue;
            };
            let own = u32::from_le_bytes([weight, middle, third, last]);
            if own >> 12 == check
                && let Some(score) = scores.get_mut(usize::from(middle & 15))
            {
                *score += i32::from(weight.cast_signed());
            }
        }
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
