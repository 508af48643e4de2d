//! Candidates are stretches of tokens that may be a name, each with a score; the best set without overlap wins.
//!
//! Every rule only proposes. Choosing is one pass over the tokens: the set with the highest sum (weighted intervals). A trained tagger
//! takes its place beside the rules, or before them, by proposing and scoring the same candidates.

use super::kind::Kind;

/// A candidate with a lower score is no name on its own.
pub const ENOUGH: i32 = 30;

/// Which rule proposes a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The lists have it.
    Listed,
    /// It stands between quotation marks behind a generic word.
    Quoted,
    /// A generic word opens it.
    Opened,
    /// A generic word that only describes stands before it.
    Described,
    /// Words that serve in persons' names follow each other.
    Chained,
    /// A number with what belongs to it, a date.
    Counted,
    /// The trained model labels it.
    Learnt,
    /// The article knows it from elsewhere.
    Recalled,
}

/// A stretch of tokens that may be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its first token.
    pub first: usize,
    /// The token after its last.
    pub after: usize,
    /// Letters of the first token that are not part of it.
    pub skip: u8,
    /// What it would name.
    pub kind: Kind,
    /// How sure: a single listed name has 40.
    pub score: i32,
    /// The lexicon's number of the thing it names; 0 for none.
    pub id: u32,
    /// Where it comes from.
    pub rule: Rule,
}

/// The score of a sure name of so many words: more than its words have one by one.
pub fn score_of(words: usize) -> i32 {
    i32::try_from(words).unwrap_or(0) * 60 - 20
}

/// The set of candidates, none overlapping another, whose scores sum highest; in the order of the text.
pub fn select(mut candidates: Vec<Candidate>, tokens: usize) -> Vec<Candidate> {
    candidates.retain(|candidate| candidate.score >= ENOUGH && candidate.first < candidate.after);
    if candidates.is_empty() {
        return candidates;
    }
    candidates.sort_by_key(|candidate| (candidate.after, candidate.first));
    // The highest sum up to each token, and which candidate ends there for it, from 1.
    let mut best: Vec<(i32, u32)> = vec![(0, 0); tokens + 1];
    let mut waiting = candidates.iter().zip(1..).peekable();
    for after in 1..=tokens {
        best[after] = (best[after - 1].0, 0);
        while let Some((candidate, nth)) =
            waiting.next_if(|(candidate, _)| candidate.after <= after)
        {
            let sum = best[candidate.first].0 + candidate.score;
            if sum > best[after].0 {
                best[after] = (sum, nth);
            }
        }
    }
    let mut chosen = Vec::new();
    let mut after = tokens;
    while after > 0 {
        match (best[after].1 as usize).checked_sub(1) {
            Some(n) => {
                chosen.push(candidates[n]);
                after = candidates[n].first;
            }
            None => after -= 1,
        }
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(first: usize, after: usize, score: i32) -> Candidate {
        Candidate {
            first,
            after,
            skip: 0,
            kind: Kind::Place,
            score,
            id: 0,
            rule: Rule::Listed,
        }
    }

    #[test]
    fn the_highest_sum_wins_not_the_highest_score() {
        let [a, b, c] = [
            candidate(0, 2, 50),
            candidate(1, 4, 70),
            candidate(3, 5, 50),
        ];
        assert_eq!(select(vec![b, c, a], 6), [a, c]);
    }

    #[test]
    fn what_is_not_sure_enough_is_left_out() {
        assert_eq!(select(vec![candidate(0, 1, ENOUGH - 1)], 1), []);
        assert_eq!(select(vec![candidate(0, 0, 99)], 0), []);
    }
}
