//! The trained model: hashed features and small weights in, the best sequence of labels out.
//!
//! A linear chain: each token has a score for each label, the sum of its features' weights; each pair of labels next to each other has one,
//! too; Viterbi's algorithm finds the sequence with the highest sum, in integers. A label inside a name never follows another kind's or
//! none. The weights lie in the program as they are written by `examples/train_names`: buckets by the upper bits of a feature's hash, in
//! each the weights of its features, every one with 20 more bits of the hash, its label and its eight bits.

use super::fold::mix;
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
/// Low enough that no sequence takes it.
const NEVER: i16 = -30_000;
/// No label's best sequence is taken for further below the best of all.
const LOWEST: i16 = -12_000;
/// Scores have room for this many labels, because that is what a vector register holds.
const LANES: usize = 16;
/// The templates with tables are below this number.
const TABLED: usize = 48;
/// A token has at most this many features that have weights; a power of two.
const MOST: usize = 256;

/// A score for each label.
pub type Scores = [i16; LANES];

/// What a token shows of which there are weights; kept to be used again.
pub struct Seen {
    features: [u64; MOST],
    count: usize,
    /// For each feature its bucket's first row, the row after its last, and what its row carries.
    buckets: [(u16, u16, u32); MOST],
    found: [u16; MOST],
    rows: [u16; MOST],
    row_count: usize,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            features: [0; MOST],
            count: 0,
            buckets: [(0, 0, 0); MOST],
            found: [0; MOST],
            rows: [0; MOST],
            row_count: 0,
        }
    }
}

impl Seen {
    /// Makes room for the next token.
    pub fn clear(&mut self) {
        (self.count, self.row_count) = (0, 0);
    }
}

/// The weights of the templates with few values: they need not be looked for.
struct Tables {
    /// For each template where its values begin in `places`, and how many there are.
    templates: [(u32, u16); TABLED],
    /// For each value of each template its row; the first row is empty.
    places: Vec<u16>,
    rows: Vec<[i8; LANES]>,
}

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

/// A feature's weights.
#[derive(Clone, Copy)]
#[repr(align(16))]
struct Row {
    weights: [i8; ROOM],
    check: u32,
}

/// A row has room for so many labels.
const ROOM: usize = 12;

/// The weights, ready to be looked up.
pub struct Model {
    steps: [Scores; LABELS],
    /// Where each bucket's rows start; one more for the end.
    starts: Vec<u16>,
    /// One more than there are features, at most 65,535.
    rows: Vec<Row>,
    /// A bit for the first bits of every feature that has weights: most features have none, and need not be looked for.
    filter: Vec<u64>,
    tables: Tables,
}

impl Model {
    /// Opens a model; bytes that are none label nothing. `small` are the templates to be laid out as tables, each with its values' end.
    pub fn open(bytes: &[u8], small: impl Iterator<Item = (u64, u16)>) -> Self {
        let mut steps = [[NEVER; LANES]; LABELS];
        for (n, pair) in bytes.chunks_exact(2).take(LABELS * LABELS).enumerate() {
            let (from, to) = (n / LABELS, n % LABELS);
            if may_follow(from, to) {
                let step = i16::from_le_bytes([pair[0], pair[1]]);
                steps[from][to] = step.clamp(LOWEST / 4, -LOWEST / 4);
            }
        }
        let counts = bytes.get(COUNTS..ENTRIES).unwrap_or(&[]);
        let (entries, _) = bytes.get(ENTRIES..).unwrap_or(&[]).as_chunks();
        let mut entries = entries.iter().copied().map(u32::from_le_bytes);
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut filter = vec![0; 1 << (FILTER_BITS - 6)];
        let mut rows: Vec<Row> = Vec::with_capacity(entries.len() / 2);
        for (bucket, &count) in counts.iter().enumerate() {
            let first = rows.len();
            starts.push(u16::try_from(first).unwrap_or(u16::MAX));
            for entry in entries.by_ref().take(count.into()) {
                let check = entry >> 12;
                let known = rows[first..].iter().position(|row| row.check == check);
                let at = known.map_or(rows.len(), |known| first + known);
                if known.is_none() {
                    let weights = [0; ROOM];
                    rows.push(Row { weights, check });
                    let (word, bit) = filter_place(bucket, check);
                    filter[word] |= bit;
                }
                let [weight, label, ..] = entry.to_le_bytes();
                if let Some(place) = rows[at].weights.get_mut(usize::from(label & 15)) {
                    *place = weight.cast_signed();
                }
            }
        }
        starts.push(u16::try_from(rows.len()).unwrap_or(u16::MAX));
        rows.push(Row {
            weights: [0; ROOM],
            check: u32::MAX,
        });
        let mut model = Self {
            steps,
            starts,
            rows,
            filter,
            tables: Tables {
                templates: [(0, 0); TABLED],
                places: Vec::new(),
                rows: vec![[0; LANES]],
            },
        };
        model.lay_out(small);
        model
    }

    /// Fills the tables.
    fn lay_out(&mut self, small: impl Iterator<Item = (u64, u16)>) {
        let mut seen = Seen::default();
        for (template, end) in small {
            let slot = usize::try_from(template).ok();
            let Some(slot) = slot.and_then(|slot| self.tables.templates.get_mut(slot)) else {
                continue;
            };
            *slot = (u32::try_from(self.tables.places.len()).unwrap_or(0), end);
            for value in 0..end {
                seen.clear();
                self.see(mix(template, value.into()), &mut seen);
                let scores = self.sum(&mut seen);
                let row = if value == 0 || scores == [0; LANES] {
                    0
                } else {
                    let most = |score: i16| score.clamp(i8::MIN.into(), i8::MAX.into());
                    let small = scores.map(|score| i8::try_from(most(score)).unwrap_or(0));
                    self.tables.rows.push(small);
                    self.tables.rows.len() - 1
                };
                self.tables.places.push(u16::try_from(row).unwrap_or(0));
            }
        }
    }

    /// Whether there are weights.
    pub fn is_open(&self) -> bool {
        self.rows.len() > 1
    }

    /// Notes a feature, if it may have weights.
    #[inline]
    pub fn see(&self, feature: u64, seen: &mut Seen) {
        let (bucket, check) = place(feature);
        let (word, bit) = filter_place(bucket, check);
        seen.features[seen.count % MOST] = feature;
        seen.count += usize::from(self.filter.get(word).is_some_and(|bits| bits & bit != 0));
    }

    /// Notes a value of a template that has a table; any other as a feature.
    #[inline]
    pub fn see_small(&self, template: u64, value: u16, seen: &mut Seen) {
        #[allow(clippy::cast_possible_truncation)]
        let (start, end) = self.tables.templates[template as usize % TABLED];
        if value >= end {
            self.see(mix(template, value.into()), seen);
            return;
        }
        let row = self.tables.places[start as usize + usize::from(value)];
        seen.rows[seen.row_count % MOST] = row;
        seen.row_count += usize::from(row != 0);
    }

    /// The sum of the weights of what a token shows.
    pub fn sum(&self, seen: &mut Seen) -> Scores {
        let mut sums = [0_i16; LANES];
        for &row in &seen.rows[..seen.row_count.min(MOST)] {
            for (sum, &weight) in sums.iter_mut().zip(&self.tables.rows[usize::from(row)]) {
                *sum = sum.wrapping_add(weight.into());
            }
        }
        let found = self.find(seen);
        let mut own = [0_i16; ROOM];
        for &at in &seen.found[..found] {
            for (sum, &weight) in own.iter_mut().zip(&self.rows[usize::from(at)].weights) {
                *sum = sum.wrapping_add(weight.into());
            }
        }
        for (sum, own) in sums.iter_mut().zip(own) {
            *sum = sum.wrapping_add(own);
        }
        sums
    }

    /// Finds the rows of the features that are seen; how many have one.
    ///
    /// Several short loops instead of one: none waits for memory, or guesses what will come, before it asks for more.
    fn find(&self, seen: &mut Seen) -> usize {
        let count = seen.count.min(MOST);
        for (bucket, &feature) in seen.buckets.iter_mut().zip(&seen.features[..count]) {
            let (place, check) = place(feature);
            *bucket = match self.starts.get(place..place + 2) {
                Some(&[first, after]) => (first, after, check),
                _ => (0, 0, 0),
            };
        }
        let mut found = 0;
        let mut crowded = 0;
        for n in 0..count {
            let (first, after, check) = seen.buckets[n];
            let is_it = self
                .rows
                .get(usize::from(first))
                .is_some_and(|row| row.check == check && first < after);
            seen.found[found] = first;
            found += usize::from(is_it);
            seen.buckets[crowded] = (first, after, check);
            crowded += usize::from(!is_it && first + 1 < after);
        }
        for &(first, after, check) in &seen.buckets[..crowded] {
            let rows = self.rows.get(usize::from(first)..usize::from(after));
            let at = rows.and_then(|rows| rows.iter().position(|row| row.check == check));
            if let Some(at) = at.and_then(|at| u16::try_from(at).ok()) {
                seen.found[found] = first + at;
                found += 1;
            }
        }
        found
    }
}

/// The best ways to each label, token by token; kept to be used again.
#[derive(Default)]
pub struct Trail {
    /// The sum of the best sequence to each label of the last token, below the best of all.
    best: Scores,
    /// For each token, from which label the best way to each of its labels comes.
    back: Vec<[u8; LABELS]>,
}

impl Trail {
    /// Starts a sequence: before the first token stands no name.
    pub fn begin(&mut self) {
        self.back.clear();
        self.best = [NEVER; LANES];
        self.best[0] = 0;
    }

    /// Goes on to the next token.
    pub fn step(&mut self, model: &Model, own: &Scores) {
        let mut next = [i16::MIN; LANES];
        let mut back = [0_i16; LANES];
        for ((&sum, steps), from) in self.best.iter().zip(&model.steps).zip(0..) {
            for lane in 0..LANES {
                let sum = sum.saturating_add(steps[lane]);
                let better = sum > next[lane];
                back[lane] = if better { from } else { back[lane] };
                next[lane] = if better { sum } else { next[lane] };
            }
        }
        let mut most = i16::MIN;
        for lane in 0..LABELS {
            next[lane] = next[lane].saturating_add(own[lane]);
            most = most.max(next[lane]);
        }
        // Sums of a long text would overflow: only their differences count.
        self.best = next.map(|sum| sum.saturating_sub(most).max(LOWEST));
        let label = |lane: usize| u8::try_from(back[lane]).unwrap_or(0);
        self.back.push(std::array::from_fn(label));
    }

    /// The sequence of labels with the highest sum, into `labels`.
    pub fn end(&self, labels: &mut Vec<u8>) {
        labels.clear();
        let mut label = (0..LABELS)
            .max_by_key(|&label| (self.best[label], LABELS - label))
            .unwrap_or(0);
        for back in self.back.iter().rev() {
            labels.push(u8::try_from(label).unwrap_or(0));
            label = usize::from(back[label]);
        }
        labels.reverse();
    }
}

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
        Model::open(&bytes, std::iter::empty())
    }

    fn sum(model: &Model, features: &[u64]) -> Scores {
        let mut seen = Seen::default();
        for &feature in features {
            model.see(feature, &mut seen);
        }
        model.sum(&mut seen)
    }

    fn labels(model: &Model, tokens: &[u64]) -> Vec<u8> {
        let mut trail = Trail::default();
        trail.begin();
        for &feature in tokens {
            trail.step(model, &sum(model, &[feature]));
        }
        let mut labels = Vec::new();
        trail.end(&mut labels);
        labels
    }

    const FIRST: u64 = 0x1234_5678_9ABC_DEF0;
    const FURTHER: u64 = 0xFEDC_BA98_7654_3210;

    #[test]
    fn weights_are_found_again() {
        let model = model([(FIRST, 3, 50), (FURTHER, 4, -7)]);
        assert_eq!(
            sum(&model, &[FIRST, 5, FURTHER])[..LABELS],
            [0, 0, 0, 50, -7, 0, 0, 0, 0]
        );
    }

    #[test]
    fn a_template_with_a_table_says_the_same() {
        let features = [(mix(2, 7), 3, 50), (FURTHER, 4, -7)];
        let tabled = |small: &[(u64, u16)]| {
            let mut model = model(features);
            model.lay_out(small.iter().copied());
            let mut seen = Seen::default();
            for value in [3, 7, 8, 700] {
                model.see_small(2, value, &mut seen);
            }
            (model.sum(&mut seen), seen.row_count)
        };
        assert_eq!(tabled(&[]).0, tabled(&[(2, 9)]).0);
        assert_eq!((tabled(&[]).1, tabled(&[(2, 9)]).1), (0, 1));
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
            let model = Model::open(&bytes, std::iter::once((2, 9)));
            assert!(!model.is_open());
            assert_eq!(sum(&model, &[FIRST]), [0; LANES]);
        }
    }
}
