//! A paragraph, looked up: its tokens, what is known of each word, the cues and the listed names that start there.
//!
//! Clitics are decided here for whatever is listed: the word as it stands goes first, and letters are taken off only where that gives
//! something known (بايدن stays whole because it is a surname, بروسيا loses its ب because روسيا is the commoner reading).

use super::fold::{ALEF, LAM, WAW};
use super::form::{Forms, Opening, Way};
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
    /// The number of each token's form.
    forms: Vec<u32>,
    words: Vec<Option<Word>>,
    ways: Vec<Way>,
    /// Of each token its cue: over how many tokens, without how many letters, and what it does.
    cues: Vec<Option<(u8, u8, Cue)>>,
    hits: Vec<Hit>,
    /// Where the ways and the hits of each token start.
    starts: Vec<(u32, u32)>,
}

impl<'l> Reading<'l> {
    /// Looks a paragraph up; `forms` are those of its article.
    pub fn of(text: &str, forms: &mut Forms<'l>) -> Self {
        let tokens = Tokens::of(text);
        let count = tokens.len();
        let mut reading = Self {
            tokens,
            lexicon: forms.lexicon,
            forms: Vec::with_capacity(count),
            words: Vec::with_capacity(count),
            ways: Vec::with_capacity(count + count / 2),
            cues: Vec::with_capacity(count),
            hits: Vec::new(),
            starts: Vec::with_capacity(count + 1),
        };
        for n in 0..count {
            reading.begin();
            let (form, word, openings) = forms.find(&reading.tokens, n);
            reading.forms.push(form);
            reading.words.push(word);
            let cue = reading.find_cue(n, openings);
            reading.cues.push(cue);
            reading.find_names(n, openings);
            reading
                .ways
                .extend(openings.iter().map(|opening| opening.way));
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

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The number of the form of the token at `n`: the same for the same form throughout an article.
    pub fn form(&self, n: usize) -> u32 {
        self.forms.get(n).copied().unwrap_or(u32::MAX)
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

    /// The cue at `n`: over how many tokens, without how many letters, and what it does.
    fn find_cue(&self, n: usize, openings: &[Opening]) -> Option<(u8, u8, Cue)> {
        openings.iter().find_map(|opening| {
            let (after, cue) = self.lexicon.cue(opening.cue.as_ref()?, &self.tokens, n)?;
            let clitic = opening.way.clitic;
            // Two-letter words are too short to be what is left of a longer one.
            let left = clitic.rest(self.tokens.key(n)).len();
            let whole = clitic.skip == 0 || left > 2 || after > n + 1;
            let over = u8::try_from(after - n).ok()?;
            whole.then_some((over, clitic.skip, cue))
        })
    }

    fn find_names(&mut self, n: usize, openings: &[Opening]) {
        if openings.iter().all(|opening| opening.name.is_none()) {
            return;
        }
        let first = self.hits.len();
        // كبرى is a word, no ك and a name.
        let plain = self.cues[n].is_some_and(|(_, skip, cue)| skip == 0 && cue == Cue::Function);
        let named = |word: &Word| word.is_unit() && word.like.is_none_or(|like| like >= 5);
        let unit = self.words[n].as_ref().is_some_and(named);
        let seldom = self.words[n].is_some_and(|word| word.bearers < 2);
        for opening in openings {
            let Some(begun) = &opening.name else { continue };
            let way = opening.way.clitic;
            let unit = unit && self.hits.len() == first;
            let (hits, tokens) = (&mut self.hits, &self.tokens);
            let left = way.rest(self.tokens.key(n)).len();
            self.lexicon.names(begun, &self.tokens, n, |after, entry| {
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
