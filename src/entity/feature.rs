//! What the trained model sees of a token: numbers for its letters, its class, what the lexicons and the rules say, and its neighbours.
//!
//! A feature is a hash of its template and its values; nothing is written out. Each token is looked at once (`Atom`); a feature of a
//! neighbour is the neighbour's atom under another template.

use super::candidate::Candidate;
use super::clitic::Clitic;
use super::evidence::Evidence;
use super::fold::{hash, mix};
use super::kind::Kind;
use super::reading::{Reading, is_definite};
use super::token::Shape;
use super::words::Word;

/// A family of features, so that one can be left out to see what it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Words as they stand, two to each side.
    Words,
    /// Beginnings and ends.
    Affixes,
    /// What kind of token it is.
    Shapes,
    /// Three and four letters in a row.
    Letters,
    /// Words without their clitics.
    Stems,
    /// Listed names that lie there, and words that serve in persons' names.
    Lexicons,
    /// Classes of words.
    Classes,
    /// Titles, generic words and their like.
    Cues,
    /// What the rules chose.
    Rules,
    /// What the rules chose for the same word elsewhere in the article.
    Article,
}

impl Group {
    /// All of them, each with its word.
    pub const ALL: [(&'static str, Self); 10] = [
        ("words", Self::Words),
        ("affixes", Self::Affixes),
        ("shapes", Self::Shapes),
        ("letters", Self::Letters),
        ("stems", Self::Stems),
        ("lexicons", Self::Lexicons),
        ("classes", Self::Classes),
        ("cues", Self::Cues),
        ("rules", Self::Rules),
        ("article", Self::Article),
    ];
}

/// One token, looked at once.
#[derive(Clone, Copy, Default)]
struct Atom {
    word: u64,
    stem: u64,
    class: u16,
    middle: u16,
    least: u16,
    /// How persons' names use it.
    unit: u16,
    /// How foreign it looks.
    look: u8,
    cue: u8,
    listed: u8,
    rule: u8,
    article: u16,
    shape: u8,
    titled: bool,
}

/// What is seen of a paragraph.
#[derive(Default)]
pub struct Sheet {
    atoms: Vec<Atom>,
}

/// So many atoms of nothing stand before the first token and after the last.
const EDGE: usize = 2;

impl Sheet {
    /// Looks at every token of a paragraph.
    pub fn fill(
        &mut self,
        reading: &Reading,
        chosen: &[Candidate],
        titles: &[i32],
        article: &Evidence,
    ) {
        self.atoms.clear();
        self.atoms.resize(EDGE, Atom::default());
        for n in 0..reading.len() {
            self.atoms.push(look(reading, n, titles, article));
        }
        self.atoms.resize(reading.len() + 2 * EDGE, Atom::default());
        for n in 0..reading.len() {
            for hit in reading.hits(n) {
                let words = hit.after - hit.first;
                let code = place_of(hit.kind) * 8 + u8::from(hit.entry.weak) * 4;
                for (nth, atom) in self.atoms[EDGE + n..EDGE + hit.after]
                    .iter_mut()
                    .enumerate()
                {
                    let part = 1 + code + part_of(nth, words);
                    // The longest listed name that lies here speaks; of equals the first.
                    if atom.listed == 0 || nth == 0 && words > 1 {
                        atom.listed = part;
                    }
                }
            }
        }
        for name in chosen {
            let words = name.after - name.first;
            let sure = u8::from(name.score >= 30 * i32::try_from(words).unwrap_or(1));
            let code = (place_of(name.kind) * 2 + sure) * 4;
            let atoms = &mut self.atoms[EDGE + name.first..EDGE + name.after];
            for (nth, atom) in atoms.iter_mut().enumerate() {
                atom.rule = 1 + code + part_of(nth, words);
            }
        }
    }

    /// Calls `see` with every feature of the token at `n`.
    #[inline]
    pub fn features(&self, reading: &Reading, n: usize, mut see: impl FnMut(Group, u64)) {
        let here = EDGE + n;
        let at = |offset: usize| &self.atoms[here + offset - EDGE];
        let mut template = 0_u64;
        let mut one = |group: Group, value: u64| {
            template += 1;
            if value != 0 {
                see(group, mix(template, value));
            }
        };
        for offset in 0..=2 * EDGE {
            let atom = at(offset);
            one(Group::Words, atom.word);
            one(Group::Classes, atom.class.into());
            one(Group::Classes, atom.least.into());
            one(Group::Cues, atom.cue.into());
        }
        for offset in 1..2 * EDGE {
            let atom = at(offset);
            one(Group::Stems, atom.stem);
            one(Group::Classes, atom.middle.into());
            one(Group::Lexicons, atom.unit.into());
            one(Group::Lexicons, atom.listed.into());
            one(Group::Shapes, atom.look.into());
            one(Group::Shapes, atom.shape.into());
            one(Group::Rules, atom.rule.into());
            one(Group::Article, atom.article.into());
        }
        let both = |a: u64, b: u64| if a == 0 || b == 0 { 0 } else { mix(a, b) };
        let (before, atom, after) = (at(1), at(2), at(3));
        one(Group::Words, both(before.word, atom.word));
        one(Group::Words, both(atom.word, after.word));
        one(Group::Classes, both(before.least.into(), atom.least.into()));
        one(Group::Classes, both(atom.least.into(), after.least.into()));
        one(
            Group::Classes,
            both(before.middle.into(), atom.middle.into()),
        );
        one(
            Group::Classes,
            both(atom.middle.into(), after.middle.into()),
        );
        one(
            Group::Classes,
            both(before.least.into(), after.least.into()),
        );
        one(Group::Lexicons, both(before.unit.into(), atom.unit.into()));
        one(Group::Lexicons, both(atom.unit.into(), after.unit.into()));
        one(Group::Lexicons, both(atom.listed.into(), atom.least.into()));
        one(Group::Cues, both(before.cue.into(), atom.unit.into()));
        one(Group::Cues, u64::from(atom.titled));
        one(Group::Cues, both(u64::from(atom.titled), atom.unit.into()));
        one(Group::Rules, both(atom.rule.into(), atom.least.into()));
        one(Group::Rules, both(before.rule.into(), atom.rule.into()));
        one(Group::Rules, both(atom.rule.into(), after.rule.into()));
        one(Group::Rules, both(atom.rule.into(), atom.listed.into()));
        one(Group::Rules, both(atom.rule.into(), before.cue.into()));
        one(Group::Article, both(atom.rule.into(), atom.article.into()));
        one(
            Group::Article,
            both(before.article.into(), atom.article.into()),
        );
        if !reading.tokens.is_word(n) {
            return;
        }
        let key = reading.tokens.key(n);
        for length in 1..=4_usize.min(key.len()) {
            see(Group::Affixes, mix(1000, bytes(&key[..length])));
            see(Group::Affixes, mix(1001, bytes(&key[key.len() - length..])));
        }
        for length in [3, 4] {
            for letters in key.windows(length) {
                see(Group::Letters, mix(1002, bytes(letters)));
            }
        }
        for way in reading.tokens.ways(n) {
            let rest = way.rest(key);
            let stem = stem(way, rest);
            see(Group::Stems, mix(1003, stem));
            if way != Clitic::NONE
                && let Some(word) = reading.lexicon.word(rest)
            {
                see(Group::Classes, mix(1004, word.class.into()));
                see(Group::Lexicons, mix(1005, unit(Some(word)).into()));
            }
        }
    }
}

/// Up to eight letters as a number.
fn bytes(letters: &[u8]) -> u64 {
    letters
        .iter()
        .fold(1, |sum, &byte| sum << 8 | u64::from(byte))
}

/// A stem's number, its swallowed ا given back.
fn stem(way: Clitic, rest: &[u8]) -> u64 {
    hash(rest, u64::from(way.swallowed))
}

/// The number of the word at `n` without what are clitics to all appearance.
pub fn stem_at(reading: &Reading, n: usize) -> u64 {
    let key = reading.tokens.key(n);
    if reading.tokens.seam(n).is_none() && reading.word(n).is_some() {
        return stem(Clitic::NONE, key);
    }
    let known = reading
        .tokens
        .ways(n)
        .find(|way| reading.lexicon.word(way.rest(key)).is_some());
    let way = known.unwrap_or(Clitic::NONE);
    stem(way, way.rest(key))
}

fn part_of(nth: usize, words: usize) -> u8 {
    match (nth, words) {
        (0, 1) => 0,
        (0, _) => 1,
        _ if nth + 1 < words => 2,
        _ => 3,
    }
}

fn place_of(kind: Kind) -> u8 {
    Kind::ALL
        .iter()
        .position(|&other| other == kind)
        .and_then(|place| u8::try_from(place).ok())
        .unwrap_or(0)
}

/// How persons' names use a word, from 1; 0 for an unknown one.
fn unit(word: Option<Word>) -> u16 {
    let Some(word) = word else { return 0 };
    let like = match word.like {
        None => 0,
        Some(0) => 1,
        Some(1..3) => 2,
        Some(3..5) => 3,
        Some(5..8) => 4,
        Some(_) => 5,
    };
    let bearers = match word.bearers {
        0 | 1 => 0,
        2..5 => 1,
        5..9 => 2,
        _ => 3,
    };
    1 + ((u16::from(word.given) + 2 * u16::from(word.surname)) * 4 + bearers) * 6 + like
}

fn look(reading: &Reading, n: usize, titles: &[i32], article: &Evidence) -> Atom {
    let key = reading.tokens.key(n);
    let Some(token) = reading.tokens.get(n) else {
        return Atom::default();
    };
    let (shape, word) = match token.shape {
        Shape::Word if key.first().is_some_and(u8::is_ascii) => (1, hash(key, 1)),
        Shape::Word if is_definite(key) => (2, hash(key, 1)),
        Shape::Word if token.tanwin => (3, hash(key, 1)),
        Shape::Word if token.maqsura => (4, hash(key, 1)),
        Shape::Word if key.len() < 4 => (5, hash(key, 1)),
        Shape::Word => (6, hash(key, 1)),
        Shape::Number if key.len() == 4 => (7, 7),
        Shape::Number => (8, 8),
        Shape::Mark(c) => (9, mix(9, c.into())),
    };
    let mut atom = Atom {
        word,
        shape,
        titled: titles.get(n).is_some_and(|&title| title > 0),
        cue: reading.cue(n).map_or(0, |cue| cue.cue as u8 + 1),
        ..Atom::default()
    };
    if token.shape != Shape::Word {
        return atom;
    }
    atom.stem = stem_at(reading, n);
    let own = reading.word(n);
    let known = own.or_else(|| {
        let mut ways = reading.tokens.ways(n);
        ways.find_map(|way| reading.lexicon.word(way.rest(key)))
    });
    if let Some(word) = known.filter(|word| word.class > 0) {
        let (middle, least) = reading.lexicon.coarse(word.class);
        (atom.class, atom.middle, atom.least) = (word.class, middle, least.into());
    } else {
        atom.least = if known.is_some() { 201 } else { 202 };
    }
    atom.unit = unit(known) + 200 * u16::from(own.is_none());
    let shape = reading.lexicon.shape(key);
    atom.look = u8::try_from((shape.clamp(-12, 12) + 12) / 3 + 1).unwrap_or(0);
    atom.article = article.of(atom.stem);
    atom
}
