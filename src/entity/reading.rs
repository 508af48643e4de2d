//! A paragraph with every look-up made once: its tokens, what is known of each word, the cues and the listed names that start there.
//!
//! Clitics are decided here for whatever is listed: the word as it stands goes first, and letters are taken off only where that gives
//! something known (بايدن stays whole because it is a surname, بروسيا loses its ب because روسيا is the commoner reading).

use super::fold::{ALEF, LAM, WAW};
use super::kind::Kind;
use super::lexicon::{Cue, Entry, Lexicon, Sort};
use super::token::Tokens;
use super::words::Word;

/// A listed name in the text.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Its first token.
    pub first: usize,
    /// The token after its last.
    pub after: usize,
    /// Letters of the first token that are not part of it.
    pub skip: u8,
    /// What it is.
    pub kind: Kind,
    /// Its entry.
    pub entry: Entry,
}

/// A cue in the text.
#[derive(Clone, Copy, Debug)]
pub struct CueHit {
    /// The token after its last.
    pub after: usize,
    /// Letters of the first token that are not part of it.
    pub skip: u8,
    /// What it does.
    pub cue: Cue,
}

/// A paragraph, looked up.
pub struct Reading<'l> {
    /// Its tokens.
    pub tokens: Tokens,
    /// The lexicons.
    pub lexicon: &'l Lexicon,
    words: Vec<Option<Word>>,
    cues: Vec<Option<CueHit>>,
    hits: Vec<Hit>,
    /// Where the hits of each token start in `hits`.
    starts: Vec<usize>,
}

impl<'l> Reading<'l> {
    /// Looks a paragraph up.
    pub fn of(text: &str, lexicon: &'l Lexicon) -> Self {
        let tokens = Tokens::of(text);
        let count = tokens.len();
        let words = (0..count)
            .map(|n| {
                if tokens.is_word(n) {
                    lexicon.word(tokens.key(n))
                } else {
                    None
                }
            })
            .collect();
        let mut reading = Self {
            tokens,
            lexicon,
            words,
            cues: Vec::with_capacity(count),
            hits: Vec::new(),
            starts: Vec::with_capacity(count + 1),
        };
        for n in 0..count {
            reading.starts.push(reading.hits.len());
            let cue = reading.find_cue(n);
            reading.cues.push(cue);
            reading.find_names(n);
        }
        reading.starts.push(reading.hits.len());
        reading
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// What is known of the word at `n` as it stands.
    pub fn word(&self, n: usize) -> Option<Word> {
        self.words.get(n).copied().flatten()
    }

    /// The cue that starts at `n`.
    pub fn cue(&self, n: usize) -> Option<CueHit> {
        self.cues.get(n).copied().flatten()
    }

    /// Whether the cue at `n` is `cue`.
    pub fn is_cue(&self, n: usize, cue: Cue) -> bool {
        self.cue(n).is_some_and(|hit| hit.cue == cue)
    }

    /// The listed names that start at `n`.
    pub fn hits(&self, n: usize) -> &[Hit] {
        match (self.starts.get(n), self.starts.get(n + 1)) {
            (Some(&start), Some(&end)) => &self.hits[start..end],
            _ => &[],
        }
    }

    /// The longest listed name that starts at `n` as the word stands.
    pub fn longest(&self, n: usize) -> Option<Hit> {
        self.hits(n)
            .iter()
            .filter(|hit| hit.skip == 0)
            .max_by_key(|hit| hit.after)
            .copied()
    }

    /// Whether the word at `n` starts with ال.
    pub fn is_definite(&self, n: usize) -> bool {
        self.tokens.is_word(n) && is_definite(self.tokens.key(n))
    }

    /// Whether the word at `n` is one that newspapers use for other things than names, and no part of persons' names.
    pub fn is_common(&self, n: usize) -> bool {
        self.word(n)
            .is_some_and(|word| !word.is_unit() && word.like.is_some_and(|like| like < 5))
    }

    /// Whether the word at `n` is known to nobody and looks foreign.
    pub fn is_foreign(&self, n: usize) -> bool {
        let key = self.tokens.key(n);
        self.tokens.is_word(n)
            && key.len() >= 3
            && match self.word(n) {
                None => !is_definite(key) && self.lexicon.shape(key) > 0,
                Some(word) => word.like.is_none_or(|like| like >= 5),
            }
    }

    fn find_cue(&self, n: usize) -> Option<CueHit> {
        if !self.tokens.is_word(n) {
            return None;
        }
        self.tokens.ways(n).find_map(|way| {
            let (after, cue) = self.lexicon.cue(&self.tokens, n, way)?;
            let skip = way.skip;
            // Two-letter words are too short to be what is left of a longer one.
            let left = way.rest(self.tokens.key(n)).len();
            (skip == 0 || left > 2 || after > n + 1).then_some(CueHit { after, skip, cue })
        })
    }

    fn find_names(&mut self, n: usize) {
        if !self.tokens.is_word(n) {
            return;
        }
        let first = self.hits.len();
        // كبرى is a word, no ك and a name.
        let plain = self.cues[n].is_some_and(|cue| cue.skip == 0 && cue.cue == Cue::Function);
        let unit = self.words[n]
            .is_some_and(|word| word.is_unit() && word.like.is_none_or(|like| like >= 5));
        for way in self.tokens.ways(n) {
            let unit = unit && self.hits.len() == first;
            let (hits, tokens) = (&mut self.hits, &self.tokens);
            let left = way.rest(self.tokens.key(n)).len();
            self.lexicon.names(&self.tokens, n, way, |after, entry| {
                let Sort::Name(mut kind) = entry.sort else {
                    return;
                };
                if kind == Kind::Place && tokens.get(after - 1).is_some_and(|token| token.tanwin) {
                    kind = Kind::Group;
                }
                // A surname keeps its first letter, unless what is left is the beginning of a longer name.
                let stays = way.skip > 0
                    && after == n + 1
                    && (plain || unit || left < 3 || entry.weak && left < 4);
                if !stays {
                    hits.push(Hit {
                        first: n,
                        after,
                        skip: way.skip,
                        kind,
                        entry,
                    });
                }
            });
            if self.hits[first..].iter().any(|hit| !hit.entry.rare) {
                break;
            }
        }
    }
}

/// Whether a key starts with ال.
pub fn is_definite(key: &[u8]) -> bool {
    key.len() > 3 && key[0] == ALEF && key[1] == LAM
}

/// Whether a key starts with وال.
pub fn is_and_definite(key: &[u8]) -> bool {
    key.len() > 4 && key[0] == WAW && is_definite(&key[1..])
}

/// Whether a key starts with لل.
pub fn is_for_definite(key: &[u8]) -> bool {
    key.len() > 4 && key[0] == LAM && key[1] == LAM
}
