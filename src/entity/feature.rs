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
use super::token::{Shape, Yeh};
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
/// The first template of those that a token has of each of its five, its three nearest neighbours and itself, and how many each has.
const WIDE: (u64, u64) = (1, 4);
const CLOSE: (u64, u64) = (21, 8);
/// The first template of values in pairs.
const PAIRS: u64 = 45;
/// The first template of letters and of words without their clitics.
const INNER: u64 = 1000;

/// The templates whose values are small numbers, each with its values' end: their weights can lie in a table.
pub fn small() -> impl Iterator<Item = (u64, u16)> {
    const WIDE_ENDS: [(u64, u16); 3] = [(1, 1501), (2, 203), (3, 37)];
    const CLOSE_ENDS: [(u64, u16); 7] = [
        (1, 401),
        (2, 300),
        (3, 96),
        (4, 10),
        (5, 10),
        (6, 96),
        (7, 100),
    ];
    let wide =
        (0..5).flat_map(|place| WIDE_ENDS.map(|(n, end)| (WIDE.0 + WIDE.1 * place + n, end)));
    let close =
        (0..3).flat_map(|place| CLOSE_ENDS.map(|(n, end)| (CLOSE.0 + CLOSE.1 * place + n, end)));
    wide.chain(close)
}

/// Who is shown features.
pub trait Eye {
    /// Takes in a value under a template.
    fn large(&mut self, group: Group, template: u64, value: u64);

    /// The same for a template of [`small`]; 0 is no value.
    fn small(&mut self, group: Group, template: u64, value: u16) {
        if value != 0 {
            self.large(group, template, value.into());
        }
    }
}

/// A feature's number.
pub fn feature(template: u64, value: u64) -> u64 {
    mix(template, value)
}

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

    /// Shows `eye` every feature of the token at `n`.
    #[inline]
    pub fn features(&self, reading: &Reading, n: usize, eye: &mut impl Eye) {
        let around = &self.atoms[n..=n + 2 * EDGE];
        for (atom, place) in around.iter().zip(0..) {
            let template = WIDE.0 + WIDE.1 * place;
            if atom.word != 0 {
                eye.large(Group::Words, template, atom.word);
            }
            eye.small(Group::Classes, template + 1, atom.class);
            eye.small(Group::Classes, template + 2, atom.least);
            eye.small(Group::Cues, template + 3, atom.cue.into());
        }
        for (atom, place) in around[1..2 * EDGE].iter().zip(0..) {
            let template = CLOSE.0 + CLOSE.1 * place;
            if atom.stem != 0 {
                eye.large(Group::Stems, template, atom.stem);
            }
            eye.small(Group::Classes, template + 1, atom.middle);
            eye.small(Group::Lexicons, template + 2, atom.unit);
            eye.small(Group::Lexicons, template + 3, atom.listed.into());
            eye.small(Group::Shapes, template + 4, atom.look.into());
            eye.small(Group::Shapes, template + 5, atom.shape.into());
            eye.small(Group::Rules, template + 6, atom.rule.into());
            eye.small(Group::Article, template + 7, atom.article);
        }
        pairs(&around[1], &around[2], &around[3], eye);
        if reading.tokens.is_word(n) {
            letters(reading.tokens.key(n), eye);
            for way in reading.ways(n) {
                eye.large(Group::Stems, INNER + 3, way.stem);
                if way.clitic != Clitic::NONE
                    && let Some(word) = way.word
                {
                    eye.large(Group::Classes, INNER + 4, (word.class).into());
                    eye.large(Group::Lexicons, INNER + 5, unit(Some(word)).into());
                }
            }
        }
    }
}

/// Shows the values of a token and of its neighbours in pairs.
#[inline]
fn pairs(before: &Atom, atom: &Atom, after: &Atom, eye: &mut impl Eye) {
    let pairs: [(Group, u64, u64); 20] = [
        (Group::Words, before.word, atom.word),
        (Group::Words, atom.word, after.word),
        (Group::Classes, before.least.into(), atom.least.into()),
        (Group::Classes, atom.least.into(), after.least.into()),
        (Group::Classes, before.middle.into(), atom.middle.into()),
        (Group::Classes, atom.middle.into(), after.middle.into()),
        (Group::Classes, before.least.into(), after.least.into()),
        (Group::Lexicons, before.unit.into(), atom.unit.into()),
        (Group::Lexicons, atom.unit.into(), after.unit.into()),
        (Group::Lexicons, atom.listed.into(), atom.least.into()),
        (Group::Cues, before.cue.into(), atom.unit.into()),
        (Group::Cues, 0, 0),
        (Group::Cues, atom.titled.into(), atom.unit.into()),
        (Group::Rules, atom.rule.into(), atom.least.into()),
        (Group::Rules, before.rule.into(), atom.rule.into()),
        (Group::Rules, atom.rule.into(), after.rule.into()),
        (Group::Rules, atom.rule.into(), atom.listed.into()),
        (Group::Rules, atom.rule.into(), before.cue.into()),
        (Group::Article, atom.rule.into(), atom.article.into()),
        (Group::Article, before.article.into(), atom.article.into()),
    ];
    for ((group, a, b), template) in pairs.into_iter().zip(PAIRS..) {
        if a != 0 && b != 0 {
            eye.large(group, template, mix(a, b));
        }
    }
    // The twelfth has no partner.
    if atom.titled {
        eye.large(Group::Cues, PAIRS + 11, 1);
    }
}

/// Shows a word's beginnings and ends, and three and four letters in a row.
#[inline]
fn letters(key: &[u8], eye: &mut impl Eye) {
    let (mut begin, mut end) = (1, 0);
    for (length, (&first, &last)) in (1..=4_u64).zip(key.iter().zip(key.iter().rev())) {
        begin = begin << 8 | u64::from(first);
        end |= u64::from(last) << (8 * (length - 1));
        eye.large(Group::Affixes, INNER, begin);
        eye.large(Group::Affixes, INNER + 1, end | 1 << (8 * length));
    }
    let mut row = 0;
    for (&letter, count) in key.iter().zip(1..) {
        row = row << 8 | u64::from(letter);
        if count > 2 {
            eye.large(Group::Letters, INNER + 2, row & 0xFF_FFFF | 1 << 24);
        }
        if count > 3 {
            eye.large(Group::Letters, INNER + 2, row & 0xFFFF_FFFF | 1 << 32);
        }
    }
}

/// A stem's number, its swallowed ا given back.
pub fn stem(way: Clitic, rest: &[u8]) -> u64 {
    hash(rest, u64::from(way.swallowed))
}

/// The number of the word at `n` without what are clitics to all appearance.
pub fn stem_at(reading: &Reading, n: usize) -> u64 {
    let whole = || stem(Clitic::NONE, reading.tokens.key(n));
    if reading.tokens.seam(n).is_none() && reading.word(n).is_some() {
        return whole();
    }
    let known = reading.ways(n).iter().find(|way| way.word.is_some());
    known.map_or_else(whole, |way| way.stem)
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
        Shape::Word if token.yeh == Yeh::Maqsura => (4, hash(key, 1)),
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
    let known = own.or_else(|| reading.ways(n).iter().find_map(|way| way.word));
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
