//! What the trained model sees of a token: numbers for its letters, its class, what the lexicons and the rules say, and its neighbours.
//!
//! A feature is a hash of its template and its values; nothing is written out. What a word form says wherever it stands (`Face`) is apart
//! from what depends on its place (`Atom`): the one is the same each time an article repeats the form, and its weights are summed once. A
//! feature of a neighbour is the neighbour's own under another template.

use super::candidate::Candidate;
use super::clitic::{Clitic, stem};
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

/// What a word form says wherever it stands.
#[derive(Clone, Copy, Default)]
pub struct Face {
    word: u64,
    stem: u64,
    class: u16,
    middle: u16,
    least: u16,
    /// How persons' names use it.
    unit: u16,
    article: u16,
    /// How foreign it looks.
    look: u8,
    shape: u8,
}

/// One token in its place.
#[derive(Clone, Copy, Default)]
struct Atom {
    word: u64,
    middle: u16,
    least: u16,
    unit: u16,
    article: u16,
    cue: u8,
    listed: u8,
    rule: u8,
    titled: bool,
}

/// What is seen of a paragraph.
#[derive(Default)]
pub struct Sheet {
    atoms: Vec<Atom>,
}

/// So many tokens see a token: two before it, itself, two behind it.
pub const SEERS: usize = 5;
/// The token among them that sees itself.
const SELF: usize = 2;
/// Those that see more than the first few of its values: its neighbours and itself.
pub const CLOSE_SEERS: usize = 3;

/// The first template of those under which all five see a value, and of those under which three do. Who stands behind comes first.
const WIDE: (u64, u64) = (1, 4);
const CLOSE: (u64, u64) = (21, 8);
/// The first template of values in pairs.
const PAIRS: u64 = 45;
/// The first template of letters and of words without their clitics.
const INNER: u64 = 1000;

/// Values that are small numbers and that all five see.
#[derive(Clone, Copy)]
pub enum Wide {
    Class,
    Least,
    Cue,
}

/// Values that are small numbers and that three see.
#[derive(Clone, Copy)]
pub enum Close {
    Middle,
    Unit,
    Listed,
    Look,
    Shape,
    Rule,
    Article,
}

/// The values that are small numbers, each with its end: their weights can lie in tables.
pub const WIDE_ENDS: [(Wide, u16); 3] = [(Wide::Class, 1501), (Wide::Least, 203), (Wide::Cue, 37)];
pub const CLOSE_ENDS: [(Close, u16); 7] = [
    (Close::Middle, 401),
    (Close::Unit, 300),
    (Close::Listed, 96),
    (Close::Look, 10),
    (Close::Shape, 10),
    (Close::Rule, 96),
    (Close::Article, 100),
];

impl Wide {
    /// The template under which one of the five sees a value.
    pub const fn template(self, seer: usize) -> u64 {
        wide(seer) + 1 + self as u64
    }
}

impl Close {
    /// The template under which one of the three sees a value.
    pub const fn template(self, seer: usize) -> u64 {
        close(seer) + 1 + self as u64
    }
}

const fn wide(seer: usize) -> u64 {
    WIDE.0 + WIDE.1 * (SEERS - 1 - seer) as u64
}

const fn close(seer: usize) -> u64 {
    CLOSE.0 + CLOSE.1 * (CLOSE_SEERS - 1 - seer) as u64
}

/// Who is shown what a token says to those around it.
pub trait Eye {
    /// Takes in what one of the five sees: a value under a template.
    fn large(&mut self, group: Group, seer: usize, template: u64, value: u64);

    /// Takes in what all five see; 0 is no value.
    fn wide(&mut self, group: Group, which: Wide, value: u16);

    /// Takes in what three see; 0 is no value.
    fn close(&mut self, group: Group, which: Close, value: u16);
}

/// A feature's number.
pub fn feature(template: u64, value: u64) -> u64 {
    // Apart from the value's bits: neighbouring templates would share the numbers of neighbouring values.
    mix(template << 40, value)
}

/// What a form says to the tokens around it, wherever it stands; `n` is where it does.
#[inline]
pub fn own(face: &Face, reading: &Reading, n: usize, eye: &mut impl Eye) {
    if face.word != 0 {
        for seer in 0..SEERS {
            eye.large(Group::Words, seer, wide(seer), face.word);
        }
    }
    if face.stem != 0 {
        for seer in 0..CLOSE_SEERS {
            eye.large(Group::Stems, seer + 1, close(seer), face.stem);
        }
    }
    eye.wide(Group::Classes, Wide::Class, face.class);
    eye.wide(Group::Classes, Wide::Least, face.least);
    eye.close(Group::Classes, Close::Middle, face.middle);
    eye.close(Group::Lexicons, Close::Unit, face.unit);
    eye.close(Group::Shapes, Close::Look, face.look.into());
    eye.close(Group::Shapes, Close::Shape, face.shape.into());
    eye.close(Group::Article, Close::Article, face.article);
    if reading.tokens.is_word(n) {
        letters(reading.tokens.key(n), eye);
        for way in reading.ways(n) {
            eye.large(Group::Stems, SELF, INNER + 3, way.stem);
            if way.clitic != Clitic::NONE
                && let Some(word) = way.word
            {
                eye.large(Group::Classes, SELF, INNER + 4, word.class.into());
                eye.large(Group::Lexicons, SELF, INNER + 5, unit(Some(word)).into());
            }
        }
    }
}

impl Sheet {
    /// Lays out every token of a paragraph; `face` tells of each its form.
    pub fn fill(
        &mut self,
        reading: &Reading,
        chosen: &[Candidate],
        titles: &[i32],
        mut face: impl FnMut(usize) -> Face,
    ) {
        self.atoms.clear();
        self.atoms.reserve(reading.len() + 2);
        self.atoms.push(Atom::default());
        for n in 0..reading.len() {
            let face = face(n);
            self.atoms.push(Atom {
                word: face.word,
                middle: face.middle,
                least: face.least,
                unit: face.unit,
                article: face.article,
                cue: reading.cue(n).map_or(0, |cue| cue.cue as u8 + 1),
                titled: titles.get(n).is_some_and(|&title| title > 0),
                ..Atom::default()
            });
        }
        self.atoms.push(Atom::default());
        for n in 0..reading.len() {
            for hit in reading.hits(n) {
                let words = hit.after - hit.first;
                let code = place_of(hit.kind) * 8 + u8::from(hit.entry.weak) * 4;
                for (nth, atom) in self.atoms[1 + n..=hit.after].iter_mut().enumerate() {
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
            let atoms = &mut self.atoms[1 + name.first..=name.after];
            for (nth, atom) in atoms.iter_mut().enumerate() {
                atom.rule = 1 + code + part_of(nth, words);
            }
        }
    }

    /// What the token at `n` says to those around it beside what its form says.
    #[inline]
    pub fn met(&self, n: usize, eye: &mut impl Eye) {
        let atom = &self.atoms[n + 1];
        eye.wide(Group::Cues, Wide::Cue, atom.cue.into());
        eye.close(Group::Lexicons, Close::Listed, atom.listed.into());
        eye.close(Group::Rules, Close::Rule, atom.rule.into());
    }

    /// What the token at `n` sees in itself and its neighbours together.
    #[inline]
    pub fn pairs(&self, n: usize, eye: &mut impl Eye) {
        pairs(&self.atoms[n], &self.atoms[n + 1], &self.atoms[n + 2], eye);
    }
}

/// Shows the values of a token and of its neighbours in pairs.
#[inline]
fn pairs(before: &Atom, atom: &Atom, after: &Atom, eye: &mut impl Eye) {
    let mut template = PAIRS;
    let mut pair = |group: Group, a: u64, b: u64, both: u64| {
        if a != 0 && b != 0 {
            eye.large(group, SELF, template, both);
        }
        template += 1;
    };
    let mut words = |a: u64, b: u64| pair(Group::Words, a, b, mix(a, b));
    words(before.word, atom.word);
    words(atom.word, after.word);
    let mut pair = |group: Group, a: u16, b: u16| {
        let (a, b) = (u64::from(a), u64::from(b));
        pair(group, a, b, a << 16 | b);
    };
    pair(Group::Classes, before.least, atom.least);
    pair(Group::Classes, atom.least, after.least);
    pair(Group::Classes, before.middle, atom.middle);
    pair(Group::Classes, atom.middle, after.middle);
    pair(Group::Classes, before.least, after.least);
    pair(Group::Lexicons, before.unit, atom.unit);
    pair(Group::Lexicons, atom.unit, after.unit);
    pair(Group::Lexicons, atom.listed.into(), atom.least);
    pair(Group::Cues, before.cue.into(), atom.unit);
    pair(Group::Cues, atom.titled.into(), atom.unit);
    pair(Group::Rules, atom.rule.into(), atom.least);
    pair(Group::Rules, before.rule.into(), atom.rule.into());
    pair(Group::Rules, atom.rule.into(), after.rule.into());
    pair(Group::Rules, atom.rule.into(), atom.listed.into());
    pair(Group::Rules, atom.rule.into(), before.cue.into());
    pair(Group::Article, atom.rule.into(), atom.article);
    pair(Group::Article, before.article, atom.article);
    pair(Group::Cues, atom.titled.into(), 1);
}

/// Shows a word's beginnings and ends, and three and four letters in a row.
#[inline]
fn letters(key: &[u8], eye: &mut impl Eye) {
    let (mut begin, mut end) = (1, 0);
    for (length, (&first, &last)) in (1..=4_u64).zip(key.iter().zip(key.iter().rev())) {
        begin = begin << 8 | u64::from(first);
        end |= u64::from(last) << (8 * (length - 1));
        eye.large(Group::Affixes, SELF, INNER, begin);
        eye.large(Group::Affixes, SELF, INNER + 1, end | 1 << (8 * length));
    }
    let mut row = 0;
    for (&letter, count) in key.iter().zip(1..) {
        row = row << 8 | u64::from(letter);
        if count > 2 {
            eye.large(Group::Letters, SELF, INNER + 2, row & 0xFF_FFFF | 1 << 24);
        }
        if count > 3 {
            eye.large(Group::Letters, SELF, INNER + 2, row & 0xFFFF_FFFF | 1 << 32);
        }
    }
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

impl Face {
    /// Looks at the token at `n`; `article` is what the rules found anywhere.
    pub fn of(reading: &Reading, n: usize, article: &Evidence) -> Self {
        let key = reading.tokens.key(n);
        let Some(token) = reading.tokens.get(n) else {
            return Self::default();
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
        let mut face = Self {
            word,
            shape,
            ..Self::default()
        };
        if token.shape != Shape::Word {
            return face;
        }
        face.stem = stem_at(reading, n);
        let own = reading.word(n);
        let known = own.or_else(|| reading.ways(n).iter().find_map(|way| way.word));
        if let Some(word) = known.filter(|word| word.class > 0) {
            let (middle, least) = reading.lexicon.coarse(word.class);
            (face.class, face.middle, face.least) = (word.class, middle, least.into());
        } else {
            face.least = if known.is_some() { 201 } else { 202 };
        }
        face.unit = unit(known) + 200 * u16::from(own.is_none());
        let shape = reading.lexicon.shape(key);
        face.look = u8::try_from((shape.clamp(-12, 12) + 12) / 3 + 1).unwrap_or(0);
        face.article = article.of(face.stem);
        face
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_small_values_are_one_feature() {
        let wide =
            (0..SEERS).flat_map(|seer| WIDE_ENDS.map(|(which, end)| (which.template(seer), end)));
        let close = (0..CLOSE_SEERS)
            .flat_map(|seer| CLOSE_ENDS.map(|(which, end)| (which.template(seer), end)));
        let all: Vec<u64> = wide
            .chain(close)
            .flat_map(|(template, end)| (1..end).map(move |value| feature(template, value.into())))
            .collect();
        let distinct: HashSet<&u64> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }
}
