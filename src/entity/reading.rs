//! A paragraph with every look-up made once: its tokens, what is known of each word, the cues and the listed names that start there.
//!
//! Clitics are decided here for whatever is listed: the word as it stands goes first, and letters are taken off only where that gives
//! something known (بايدن stays whole because it is a surname, بروسيا loses its ب because روسيا is the commoner reading).

use super::clitic::Clitic;
use super::feature::stem;
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

/// A way to read a word's beginning, and what is left of it.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// What is taken off.
    pub clitic: Clitic,
    /// What is known of the rest.
    pub word: Option<Word>,
    /// The number of the rest.
    pub stem: u64,
}

/// A paragraph, looked up.
pub struct Reading<'l> {
    /// Its tokens.
    pub tokens: Tokens,
    /// The lexicons.
    pub lexicon: &'l Lexicon,
    words: Vec<Option<Word>>,
    ways: Vec<Way>,
    /// Of each token its cue: over how many tokens, without how many letters, and what it does.
    cues: Vec<Option<(u8, u8, Cue)>>,
    hits: Vec<Hit>,
    /// Where the ways and the hits of each token start.
    starts: Vec<(u32, u32)>,
}

impl<'l> Reading<'l> {
    /// Looks a paragraph up.
    pub fn of(text: &str, lexicon: &'l Lexicon) -> Self {
        let tokens = Tokens::of(text);
        let count = tokens.len();
        let mut reading = Self {
            tokens,
            lexicon,
            words: Vec::with_capacity(count),
            ways: Vec::with_capacity(count),
            cues: Vec::with_capacity(count),
            hits: Vec::new(),
            starts: Vec::with_capacity(count + 1),
        };
        for n in 0..count {
            reading.begin();
            if reading.tokens.is_word(n) {
                reading.look_up(n);
            } else {
                reading.words.push(None);
                reading.cues.push(None);
            }
        }
        reading.begin();
        reading
    }

    /// Notes where the ways and hits of the next token start.
    fn begin(&mut self) {
        let place = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        self.starts
            .push((place(self.ways.len()), place(self.hits.len())));
    }

    /// Looks the word at `n` up in every way.
    fn look_up(&mut self, n: usize) {
        let key = self.tokens.key(n);
        let whole = self.lexicon.word(key);
        self.words.push(whole);
        let first = self.ways.len();
        for clitic in self.tokens.ways(n) {
            let rest = clitic.rest(key);
            let word = if clitic == Clitic::NONE {
                whole
            } else {
                self.lexicon.word(rest)
            };
            self.ways.push(Way {
                clitic,
                word,
                stem: stem(clitic, rest),
            });
        }
        let cue = self.find_cue(n, first).and_then(|hit| {
            let over = u8::try_from(hit.after - n).ok()?;
            Some((over, hit.skip, hit.cue))
        });
        self.cues.push(cue);
        self.find_names(n, first);
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
        let (over, skip, cue) = self.cues.get(n).copied().flatten()?;
        let after = n + usize::from(over);
        Some(CueHit { after, skip, cue })
    }

    /// Whether the cue at `n` is `cue`.
    pub fn is_cue(&self, n: usize, cue: Cue) -> bool {
        self.cue(n).is_some_and(|hit| hit.cue == cue)
    }

    /// The listed names that start at `n`.
    pub fn hits(&self, n: usize) -> &[Hit] {
        match (self.starts.get(n), self.starts.get(n + 1)) {
            (Some(&(_, start)), Some(&(_, end))) => &self.hits[start as usize..end as usize],
            _ => &[],
        }
    }

    /// The ways to read the beginning of the word at `n`; none of what is no word.
    pub fn ways(&self, n: usize) -> &[Way] {
        match (self.starts.get(n), self.starts.get(n + 1)) {
            (Some(&(start, _)), Some(&(end, _))) => &self.ways[start as usize..end as usize],
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

    /// What the word before `n`, or before a quotation mark before it, says of a name that stands there.
    pub fn told(&self, n: usize) -> Option<Cue> {
        let quoted = n.checked_sub(1).filter(|&open| {
            let mark = self.tokens.mark(open);
            mark.is_some_and(|mark| matches!(mark, '«' | '“' | '"' | '„' | '‘'))
        });
        let end = quoted.unwrap_or(n);
        (1..=3).find_map(|back| {
            let cue = self.cue(end.checked_sub(back)?)?;
            (cue.after == end).then_some(cue.cue)
        })
    }

    fn find_cue(&self, n: usize, first: usize) -> Option<CueHit> {
        self.ways[first..].iter().find_map(|way| {
            let way = way.clitic;
            let (after, cue) = self.lexicon.cue(&self.tokens, n, way)?;
            let skip = way.skip;
            // Two-letter words are too short to be what is left of a longer one.
            let left = way.rest(self.tokens.key(n)).len();
            (skip == 0 || left > 2 || after > n + 1).then_some(CueHit { after, skip, cue })
        })
    }

    fn find_names(&mut self, n: usize, first_way: usize) {
        let first = self.hits.len();
        // كبرى is a word, no ك and a name.
        let plain = self.cues[n].is_some_and(|(_, skip, cue)| skip == 0 && cue == Cue::Function);
        let named = |word: &Word| word.is_unit() && word.like.is_none_or(|like| like >= 5);
        let unit = self.words[n].as_ref().is_some_and(named);
        let seldom = self.words[n].is_some_and(|word| word.bearers < 2);
        for way in &self.ways[first_way..] {
            let way = way.clitic;
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
                // A surname keeps its first letter, unless hardly anybody bears it or what is left is the beginning of a longer name.
                let unit = unit && (entry.weak || !seldom);
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
