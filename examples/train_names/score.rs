//! Names found against names labelled: right, found, labelled, per kind.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use qari::entity::{KINDS, Kind, Tagger};

use crate::corpus::{Line, paragraphs};

/// How many names were right, found and labelled.
#[derive(Clone, Copy, Default)]
pub struct Count {
    right: usize,
    found: usize,
    labelled: usize,
}

impl Count {
    /// The harmonic mean of precision and recall, in percent.
    #[allow(clippy::cast_precision_loss)]
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.labelled).max(1) as f64
    }

    #[allow(clippy::cast_precision_loss)]
    fn share(part: usize, whole: usize) -> f64 {
        100.0 * part as f64 / whole.max(1) as f64
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.labelled += other.labelled;
    }
}

/// A count for each kind that the model labels.
#[derive(Clone, Copy, Default)]
pub struct Score(pub [Count; KINDS.len()]);

impl Score {
    /// The first so many kinds together: three without the rest, four with it.
    pub fn of(&self, kinds: usize) -> Count {
        let mut sum = Count::default();
        for &count in &self.0[..kinds] {
            sum += count;
        }
        sum
    }

    /// Prints a line for each kind and for three and four together.
    pub fn print(&self) {
        let line = |name: &str, count: Count| {
            println!(
                "  {name:<26} P {:5.1}  R {:5.1}  F1 {:5.2}",
                Count::share(count.right, count.found),
                Count::share(count.right, count.labelled),
                count.f1()
            );
        };
        for (kind, &count) in KINDS.iter().zip(&self.0) {
            line(kind.name(), count);
        }
        line("person+place+organization", self.of(3));
        line("all four", self.of(4));
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own += other;
        }
    }
}

/// Tags sentences as one article and counts exact names, widened to the corpus's tokens. Events, works and products count as one kind.
pub fn score(tagger: &Tagger, lines: &[Line]) -> Score {
    let names = tagger.tag(paragraphs(lines));
    let starts: Vec<usize> = paragraphs(lines).map(|(start, _)| start).collect();
    let mut found: Vec<BTreeSet<(usize, usize, Kind)>> = vec![BTreeSet::new(); lines.len()];
    for mention in &names.mentions {
        let line = starts.partition_point(|&start| start <= mention.paragraph) - 1;
        let tokens = &lines[line].tokens;
        let first = tokens.partition_point(|token| token.end <= mention.range.start);
        let after = tokens.partition_point(|token| token.start < mention.range.end);
        let kind = match mention.kind {
            Kind::Work | Kind::Product => Kind::Event,
            kind => kind,
        };
        found[line].insert((first, after, kind));
    }
    let mut score = Score::default();
    for (line, found) in lines.iter().zip(&found) {
        for (count, &kind) in score.0.iter_mut().zip(&KINDS) {
            let labelled = || line.names.iter().filter(|name| name.2 == kind);
            count.right += labelled().filter(|name| found.contains(name)).count();
            count.found += found.iter().filter(|name| name.2 == kind).count();
            count.labelled += labelled().count();
        }
    }
    score
}
