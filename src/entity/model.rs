//! The trained model: hashed features and small weights in, the best sequence of labels out.
//!
//! A linear chain: each token has a score for each label, the sum of its features' weights; each pair of labels next to each other has one,
//! too; Viterbi's algorithm finds the sequence with the highest sum, in integers. A label inside a name never follows another kind's or
//! none. The weights lie in the program as they are written by `examples/train_names`: buckets by the upper bits of a feature's hash, in
//! each the weights of its features, every one with 20 more bits of the hash, its label and its eight bits.
//!
//! Opened, what a small number says lies in tables; any other feature is asked for in a filter first, because most have no weights.

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
const NEVER: i16 = -20_000;
/// No label's best sequence is taken for further below the best of all: with a step that is never taken it is still a number of 16 bits.
const LOWEST: i16 = -12_000;
/// The labels that are scored: all but none, against which the others stand. As many as a vector register holds.
const NAMED: usize = LABELS - 1;
/// The index of features has two to this power of places.
const INDEX_BITS: u32 = 17;
/// At most so many features are looked for at once; a power of two.
const MOST: usize = 256;

/// How much more speaks for each label of a name than for none.
pub type Scores = [i16; NAMED];

/// Adds what else speaks for each label.
#[inline]
pub fn add(sums: &mut Scores, more: &Scores) {
    for (sum, &more) in sums.iter_mut().zip(more) {
        *sum = sum.wrapping_add(more);
    }
}

/// Features of which there may be weights; kept to be used again.
pub struct Seen {
    /// Where each would stand in the index, what would stand there, and for which of several tokens it speaks.
    features: [(u32, u16, u16); MOST],
    count: usize,
    found: [(u16, u16); MOST],
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            features: [(0, 0, 0); MOST],
            count: 0,
            found: [(0, 0); MOST],
        }
    }
}

/// The weights of values that are small numbers, as `SEERS` tokens around see them.
pub struct Table<const SEERS: usize> {
    rows: Vec<[Scores; SEERS]>,
}

impl<const SEERS: usize> Table<SEERS> {
    /// What a value says to each of the tokens around.
    #[inline]
    pub fn get(&self, value: u16) -> Option<&[Scores; SEERS]> {
        self.rows.get(usize::from(value))
    }
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

/// Where a feature stands in the index, and what stands there for it.
#[allow(clippy::cast_possible_truncation)]
const fn index_place(bucket: usize, check: u32) -> (usize, u16) {
    let more = INDEX_BITS - BUCKET_BITS;
    (
        bucket << more | (check >> (20 - more)) as usize,
        check as u16,
    )
}

/// The weights, ready to be looked up.
pub struct Model {
    /// From each label to each label of a name, and to none.
    steps: [(Scores, i16); LABELS],
    /// For each feature, from its place on, 16 bits to know it by and its row; 0 where nothing stands.
    index: Vec<u32>,
    /// The features' weights; the first row is empty.
    rows: Vec<Scores>,
    /// A bit for the first bits of every feature that has weights.
    filter: Vec<u64>,
}

impl Model {
    /// Opens a model; bytes that are none label nothing.
    pub fn open(bytes: &[u8]) -> Self {
        let mut steps = [([NEVER; NAMED], NEVER); LABELS];
        for (n, pair) in bytes.chunks_exact(2).take(LABELS * LABELS).enumerate() {
            let (from, to) = (n / LABELS, n % LABELS);
            if may_follow(from, to) {
                let (named, none) = &mut steps[from];
                let step = to.checked_sub(1).map_or(none, |to| &mut named[to]);
                *step = i16::from_le_bytes([pair[0], pair[1]]).clamp(LOWEST / 4, -LOWEST / 4);
            }
        }
        let counts = bytes.get(COUNTS..ENTRIES).unwrap_or(&[]);
        let (entries, _) = bytes.get(ENTRIES..).unwrap_or(&[]).as_chunks();
        let mut model = Self {
            steps,
            index: vec![0; 1 << INDEX_BITS],
            rows: Vec::with_capacity(entries.len() / 2),
            filter: vec![0; 1 << (FILTER_BITS - 6)],
        };
        model.rows.push([0; NAMED]);
        let mut entries = entries.iter().copied().map(u32::from_le_bytes);
        for (bucket, &count) in counts.iter().enumerate() {
            let mut last = None;
            for entry in entries.by_ref().take(count.into()) {
                let check = entry >> 12;
                // The weights of one feature stand together.
                if last != Some(check) {
                    model.add_row(bucket, check);
                    last = Some(check);
                }
                let [weight, label, ..] = entry.to_le_bytes();
                let weight = i16::from(weight.cast_signed());
                let Some(row) = model.rows.last_mut() else {
                    continue;
                };
                match usize::from(label & 15).checked_sub(1) {
                    None => *row = row.map(|other| other.wrapping_sub(weight)),
                    Some(label) => {
                        if let Some(place) = row.get_mut(label) {
                            *place = place.wrapping_add(weight);
                        }
                    }
                }
            }
        }
        model
    }

    /// Makes room for the weights of a feature.
    fn add_row(&mut self, bucket: usize, check: u32) {
        let (mut at, tag) = index_place(bucket, check);
        // More rows than the index can tell would be no model of ours.
        let Some(row) = u16::try_from(self.rows.len()).ok() else {
            return;
        };
        while self.index[at] != 0 {
            at = (at + 1) % self.index.len();
        }
        self.index[at] = u32::from(tag) << 16 | u32::from(row);
        self.rows.push([0; NAMED]);
        let (word, bit) = filter_place(bucket, check);
        self.filter[word] |= bit;
    }

    /// Lays out the weights of values below `end`; `feature` gives the feature as which each token around sees one.
    pub fn table<const SEERS: usize>(
        &self,
        end: u16,
        feature: impl Fn(usize, u64) -> u64,
    ) -> Table<SEERS> {
        let mut seen = Seen::default();
        let rows = (0..end).map(|value| {
            let mut scores = [[0; NAMED]; SEERS];
            for seer in (0..SEERS).filter(|_| value != 0) {
                self.see(feature(seer, value.into()), seer, &mut seen);
            }
            self.sum(&mut seen, &mut scores);
            scores
        });
        Table {
            rows: rows.collect(),
        }
    }

    /// Whether there are weights.
    pub fn is_open(&self) -> bool {
        self.rows.len() > 1
    }

    /// Notes a feature that speaks for one of several tokens, if it may have weights.
    #[inline]
    pub fn see(&self, feature: u64, token: usize, seen: &mut Seen) {
        let (bucket, check) = place(feature);
        let (word, bit) = filter_place(bucket, check);
        let (at, tag) = index_place(bucket, check);
        #[allow(clippy::cast_possible_truncation)]
        let noted = (at as u32, tag, token as u16);
        seen.features[seen.count % MOST] = noted;
        seen.count += usize::from(self.filter.get(word).is_some_and(|bits| bits & bit != 0));
    }

    /// Adds the weights of what is seen, each to its token's, and makes room for what is seen next.
    ///
    /// Several short loops instead of one: none waits for memory, or guesses what will come, before it asks for more.
    pub fn sum(&self, seen: &mut Seen, sums: &mut [Scores]) {
        let count = seen.count.min(MOST);
        seen.count = 0;
        let (mut found, mut crowded) = (0, 0);
        for n in 0..count {
            let (at, tag, token) = seen.features[n];
            let entry = self.index.get(at as usize).copied().unwrap_or(0);
            let [low, high, ..] = entry.to_le_bytes();
            let is_it = entry >> 16 == u32::from(tag);
            seen.found[found] = (u16::from_le_bytes([low, high]), token);
            found += usize::from(is_it);
            seen.features[crowded] = (at, tag, token);
            crowded += usize::from(!is_it && entry != 0);
        }
        for &(at, tag, token) in &seen.features[..crowded] {
            let behind = (1..=BUCKETS).map(|n| self.index[(at as usize + n) % self.index.len()]);
            let is_it = |entry: &u32| entry >> 16 == u32::from(tag);
            let entry = behind.take_while(|&entry| entry != 0).find(is_it);
            if let Some(entry) = entry {
                let [low, high, ..] = entry.to_le_bytes();
                seen.found[found] = (u16::from_le_bytes([low, high]), token);
                found += 1;
            }
        }
        for &(row, token) in &seen.found[..found] {
            if let (Some(row), Some(sum)) = (
                self.rows.get(usize::from(row)),
                sums.get_mut(usize::from(token)),
            ) {
                add(sum, row);
            }
        }
    }
}

/// The best ways to each label, token by token; kept to be used again.
#[derive(Default)]
pub struct Trail {
    /// The sum of the best sequence to each label of the last token, below the best of all.
    best: [i16; LABELS],
    /// For each token, from which label the best way to each of its labels comes.
    back: Vec<[u8; LABELS]>,
}

impl Trail {
    /// Starts a sequence: before the first token stands no name.
    pub fn begin(&mut self) {
        self.back.clear();
        self.best = [LOWEST; LABELS];
        self.best[0] = 0;
    }

    /// Goes on to the next token.
    pub fn step(&mut self, model: &Model, own: &Scores) {
        let (mut next, mut back) = ([i16::MIN; NAMED], [0_i16; NAMED]);
        let (mut none, mut none_from) = (i16::MIN, 0_i16);
        for ((&best, (steps, to_none)), from) in self.best.iter().zip(&model.steps).zip(0..) {
            for lane in 0..NAMED {
                let sum = best.wrapping_add(steps[lane]);
                let better = sum > next[lane];
                back[lane] = if better { from } else { back[lane] };
                next[lane] = if better { sum } else { next[lane] };
            }
            let sum = best.wrapping_add(*to_none);
            none_from = if sum > none { from } else { none_from };
            none = none.max(sum);
        }
        let mut most = none;
        for lane in 0..NAMED {
            next[lane] = next[lane].saturating_add(own[lane]);
            most = most.max(next[lane]);
        }
        // Sums of a long text would overflow: only their differences count.
        for sum in &mut next {
            *sum = sum.saturating_sub(most).max(LOWEST);
        }
        self.best[0] = none.saturating_sub(most).max(LOWEST);
        self.best[1..].copy_from_slice(&next);
        let mut from = [none_from.to_le_bytes()[0]; LABELS];
        for lane in 0..NAMED {
            from[lane + 1] = back[lane].to_le_bytes()[0];
        }
        self.back.push(from);
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
    use super::super::fold::mix;
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

    fn sum(model: &Model, features: &[u64]) -> Scores {
        let mut seen = Seen::default();
        for &feature in features {
            model.see(feature, 0, &mut seen);
        }
        let mut sums = [[0; NAMED]];
        model.sum(&mut seen, &mut sums);
        sums[0]
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
            sum(&model, &[FIRST, 5, FURTHER]),
            [0, 0, 50, -7, 0, 0, 0, 0]
        );
    }

    #[test]
    fn what_speaks_for_no_name_speaks_against_all() {
        let model = model([(FIRST, 0, 50), (FURTHER, 4, -7)]);
        assert_eq!(
            sum(&model, &[FIRST, FURTHER]),
            [-50, -50, -50, -57, -50, -50, -50, -50]
        );
    }

    #[test]
    fn a_table_says_to_each_token_what_its_template_says() {
        let number = |seer: usize, value| mix([6, 2][seer] << 40, value);
        let model = model([(number(1, 7), 3, 50), (number(0, 7), 4, -7)]);
        let table = model.table::<2>(9, number);
        let rows = table.get(7).copied();
        assert_eq!(
            rows,
            Some([[0, 0, 0, -7, 0, 0, 0, 0], [0, 0, 50, 0, 0, 0, 0, 0]])
        );
        assert_eq!(table.get(3), Some(&[[0; NAMED]; 2]));
        assert_eq!(table.get(9), None);
    }

    #[test]
    fn features_that_would_stand_in_one_place_are_told_apart() {
        let (one, other) = (0x1234 << 48 | 1 << 12, 0x1234 << 48 | 2 << 12);
        let model = model([(one, 3, 50), (other, 4, -7)]);
        assert_eq!(sum(&model, &[one]), [0, 0, 50, 0, 0, 0, 0, 0]);
        assert_eq!(sum(&model, &[other, 3 << 12]), [0, 0, 0, -7, 0, 0, 0, 0]);
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
            assert_eq!(sum(&model, &[FIRST]), [0; NAMED]);
        }
    }
}
