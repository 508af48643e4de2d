//! A linear-chain conditional random field, trained one sentence at a time by FTRL-proximal steps, whose L1 part keeps few weights.

use qari::entity::{LABELS, may_follow};

/// A sentence to learn from.
pub struct Sentence {
    /// For each token its features, as indexes.
    pub features: Vec<Vec<u32>>,
    /// For each token its label.
    pub labels: Vec<usize>,
}

/// How the training goes.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// How often each sentence is seen.
    pub rounds: usize,
    /// How far the first steps go.
    pub rate: f32,
    /// What keeps weights at zero.
    pub l1: f32,
    /// What keeps weights small.
    pub l2: f32,
}

/// One weight with what its steps so far sum to.
#[derive(Clone, Copy, Default)]
struct Cell {
    weight: f32,
    lean: f32,
    heat: f32,
    root: f32,
}

impl Cell {
    fn step(&mut self, slope: f32, recipe: &Recipe) {
        self.heat += slope * slope;
        let root = self.heat.sqrt();
        self.lean += slope - (root - self.root) / recipe.rate * self.weight;
        self.root = root;
        let over = self.lean.abs() - recipe.l1;
        self.weight = if over <= 0.0 {
            0.0
        } else {
            -self.lean.signum() * over / ((1.0 + root) / recipe.rate + recipe.l2)
        };
    }
}

/// What was learnt.
pub struct Weights {
    /// For each feature, its weight for each label.
    pub own: Vec<[f32; LABELS]>,
    /// The weights of each label behind each other.
    pub steps: [[f32; LABELS]; LABELS],
}

const NEVER: f32 = -1e30;

/// Trains on sentences whose features are numbered below `features`.
pub fn train(sentences: &[Sentence], features: usize, recipe: &Recipe) -> Weights {
    let mut own = vec![[Cell::default(); LABELS]; features];
    let mut steps = [[Cell::default(); LABELS]; LABELS];
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut seed = 1_u64;
    for _ in 0..recipe.rounds {
        shuffle(&mut order, &mut seed);
        for &n in &order {
            learn(&sentences[n], &mut own, &mut steps, recipe);
        }
    }
    Weights {
        own: own
            .iter()
            .map(|cells| cells.map(|cell| cell.weight))
            .collect(),
        steps: steps.map(|row| row.map(|cell| cell.weight)),
    }
}

/// One step of every weight that a sentence touches.
fn learn(
    sentence: &Sentence,
    own: &mut [[Cell; LABELS]],
    steps: &mut [[Cell; LABELS]; LABELS],
    recipe: &Recipe,
) {
    let scores: Vec<[f32; LABELS]> = sentence
        .features
        .iter()
        .map(|list| {
            let mut scores = [0.0; LABELS];
            for &feature in list {
                for (score, cell) in scores.iter_mut().zip(&own[feature as usize]) {
                    *score += cell.weight;
                }
            }
            scores
        })
        .collect();
    let mut weights = [[NEVER; LABELS]; LABELS];
    for (from, to) in allowed() {
        weights[from][to] = steps[from][to].weight;
    }
    let (alone, pairs) = marginals(&scores, &weights);
    for ((list, share), &label) in sentence.features.iter().zip(&alone).zip(&sentence.labels) {
        for &feature in list {
            for (to, cell) in own[feature as usize].iter_mut().enumerate() {
                let slope = share[to] - f32::from(u8::from(to == label));
                if slope.abs() > 1e-4 {
                    cell.step(slope, recipe);
                }
            }
        }
    }
    let mut truth = [[0.0_f32; LABELS]; LABELS];
    let mut last = 0;
    for &label in &sentence.labels {
        truth[last][label] += 1.0;
        last = label;
    }
    let free = Recipe { l1: 0.0, ..*recipe };
    for (from, to) in allowed() {
        let slope = pairs[from][to] - truth[from][to];
        if slope != 0.0 {
            steps[from][to].step(slope, &free);
        }
    }
}

fn allowed() -> impl Iterator<Item = (usize, usize)> {
    (0..LABELS)
        .flat_map(|from| (0..LABELS).map(move |to| (from, to)))
        .filter(|&(from, to)| may_follow(from, to))
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for n in (1..order.len()).rev() {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        order.swap(n, usize::try_from(*seed >> 33).unwrap_or(0) % (n + 1));
    }
}

/// The chance of each label of each token, and the expected count of each step; before the first token stands label 0.
fn marginals(
    scores: &[[f32; LABELS]],
    steps: &[[f32; LABELS]; LABELS],
) -> (Vec<[f32; LABELS]>, [[f32; LABELS]; LABELS]) {
    let exp_steps =
        steps.map(|row| row.map(|weight| if weight <= NEVER { 0.0 } else { weight.exp() }));
    let own: Vec<[f32; LABELS]> = scores
        .iter()
        .map(|row| {
            let most = row.iter().copied().fold(f32::MIN, f32::max);
            row.map(|score| (score - most).exp())
        })
        .collect();
    // Each row of both tables is scaled to sum to one.
    let mut forward: Vec<[f32; LABELS]> = Vec::with_capacity(own.len());
    let mut last = std::array::from_fn(|label| f32::from(u8::from(label == 0)));
    for row in &own {
        let mut next: [f32; LABELS] = std::array::from_fn(|to| {
            row[to]
                * (0..LABELS)
                    .map(|from| last[from] * exp_steps[from][to])
                    .sum::<f32>()
        });
        scale(&mut next);
        forward.push(next);
        last = next;
    }
    let mut backward = vec![[1.0 / 9.0; LABELS]; own.len()];
    for n in (1..own.len()).rev() {
        let after = backward[n];
        let mut row: [f32; LABELS] = std::array::from_fn(|from| {
            (0..LABELS)
                .map(|to| exp_steps[from][to] * own[n][to] * after[to])
                .sum()
        });
        scale(&mut row);
        backward[n - 1] = row;
    }
    let alone: Vec<[f32; LABELS]> = forward
        .iter()
        .zip(&backward)
        .map(|(f, b)| {
            let mut row = std::array::from_fn(|label| f[label] * b[label]);
            scale(&mut row);
            row
        })
        .collect();
    let mut pairs = [[0.0; LABELS]; LABELS];
    for n in 0..own.len() {
        let before = if n == 0 {
            std::array::from_fn(|label| f32::from(u8::from(label == 0)))
        } else {
            forward[n - 1]
        };
        let mut here = [[0.0_f32; LABELS]; LABELS];
        let mut sum = 0.0;
        for from in 0..LABELS {
            for to in 0..LABELS {
                here[from][to] = before[from] * exp_steps[from][to] * own[n][to] * backward[n][to];
                sum += here[from][to];
            }
        }
        if sum > 0.0 {
            for from in 0..LABELS {
                for to in 0..LABELS {
                    pairs[from][to] += here[from][to] / sum;
                }
            }
        }
    }
    (alone, pairs)
}

fn scale(row: &mut [f32; LABELS]) {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 {
        for cell in row {
            *cell /= sum;
        }
    }
}
