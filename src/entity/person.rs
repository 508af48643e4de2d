//! Persons: chains of words that serve as parts of names, with or without a title before them.
//!
//! Each word has a score: known given names and surnames by how many bear them and how often newspapers use their like as names,
//! unknown words by how foreign they look, ordinary words below zero. A title before the chain adds to it; without one, something in it
//! must be a known name.

use super::candidate::{Candidate, Rule};
use super::clitic::Clitic;
use super::fold::{self, ALEF, BEH, LAM, WAW, YEH};
use super::kind::Kind;
use super::lexicon::Cue;
use super::reading::{CueHit, Hit, Reading, is_definite};
use super::token::{Token, Yeh};
use super::words::Word;

/// No name has more parts.
const PARTS: usize = 6;
/// What a title right before a name adds.
const TITLE: i32 = 26;
/// What a longer role before a name adds.
const ROLE: i32 = 10;
/// From this score on a part is surely a name's.
const SURE: i32 = 16;

/// Proposes every chain.
pub fn propose(reading: &Reading, titles: &[i32], out: &mut Vec<Candidate>) {
    for (n, &title) in titles.iter().enumerate() {
        for way in reading.ways(n).iter().filter(|way| !way.clitic.swallowed) {
            // A title stands right before the name: nothing is written together with it.
            let title = if way.clitic.skip == 0 { title } else { 0 };
            chains(reading, n, way.clitic, title, out);
        }
    }
}

/// What a title before it adds to a name that starts at each token.
pub fn titles(reading: &Reading) -> Vec<i32> {
    let mut bonus = vec![0; reading.len()];
    for n in 0..reading.len() {
        let Some(cue) = reading.cue(n) else { continue };
        let (role, worth) = match cue.cue {
            Cue::Title => (false, TITLE),
            Cue::Role => (true, ROLE),
            Cue::Founding => (false, ROLE),
            _ => continue,
        };
        let (at, comma) = after_title(reading, cue.after, role);
        if let Some(place) = bonus.get_mut(at) {
            *place = worth.max(*place) - if comma { 4 } else { 0 };
        }
    }
    bonus
}

/// Steps over what may stand between a title and the name: nationality, state, body, السابق, a comma.
fn after_title(reading: &Reading, from: usize, role: bool) -> (usize, bool) {
    let mut at = from;
    let mut comma = false;
    while at < from + 8 {
        let key = reading.tokens.key(at);
        if let Some(cue) = reading
            .cue(at)
            .filter(|cue| matches!(cue.cue, Cue::Modifier))
        {
            at = cue.after;
        } else if let Some(hit) = reading
            .hits(at)
            .iter()
            .filter(|hit| !hit.entry.weak)
            .max_by_key(|hit| hit.after)
        {
            if hit.kind == Kind::Person {
                break;
            }
            at = hit.after;
        } else if matches!(
            reading.tokens.mark(at),
            Some('،' | ',' | '«' | '"' | '(' | '-')
        ) && !comma
            && at > 0
        {
            comma = true;
            at += 1;
        } else if role
            && !comma
            && (is_definite(key) && reading.is_common(at) || reading.is_cue(at, Cue::Body))
        {
            at += 1;
        } else {
            break;
        }
    }
    (at, comma)
}

/// One part of a name: the token after it and its worth.
#[derive(Clone, Copy)]
struct Part {
    after: usize,
    score: i32,
}

fn chains(reading: &Reading, n: usize, way: Clitic, title: i32, out: &mut Vec<Candidate>) {
    let first = Spot {
        nth: 0,
        sure: title > 0,
        led: false,
        whole: false,
    };
    let Some(mut part) = part(reading, n, way, first) else {
        return;
    };
    let mut score = title;
    let mut sure = title > 0;
    let mut at = n;
    let mut whole = false;
    for nth in 1..=PARTS {
        score += part.score;
        sure |= part.score >= SURE;
        whole |= reading
            .hits(at)
            .iter()
            .any(|hit| hit.kind == Kind::Person && hit.after == part.after && hit.after > at + 1);
        at = part.after;
        if sure {
            out.push(Candidate {
                first: n,
                after: part.after,
                skip: way.skip,
                kind: Kind::Person,
                score,
                id: 0,
                rule: Rule::Chained,
            });
        }
        match self::part(
            reading,
            part.after,
            Clitic::NONE,
            Spot {
                nth,
                sure,
                led: false,
                whole,
            },
        ) {
            Some(next) => {
                part = next;
                score += 25;
            }
            None => return,
        }
    }
}

/// Where in a name a part would stand.
#[derive(Clone, Copy)]
struct Spot {
    /// How many parts stand before it.
    nth: usize,
    /// Whether what stands before is surely a name, or a title.
    sure: bool,
    /// Whether a particle asks for it: بن.
    led: bool,
    /// Whether what stands before is a whole listed name: only known parts follow.
    whole: bool,
}

fn part(reading: &Reading, n: usize, way: Clitic, spot: Spot) -> Option<Part> {
    if !reading.tokens.is_word(n) || spot.nth == 0 && !spot.sure && is_mine(reading, n) {
        return None;
    }
    if let Some(hit) = reading
        .hits(n)
        .iter()
        .filter(|hit| hit.kind == Kind::Person && hit.skip == way.skip && !hit.entry.weak)
        // One whole name does not end another: the next person begins.
        .filter(|hit| spot.nth == 0 || spot.led || hit.after == n + 1)
        .max_by_key(|hit| hit.after)
    {
        let words = i32::try_from(hit.after - n).unwrap_or(1);
        return Some(Part {
            after: hit.after,
            score: words * 45 - 17,
        });
    }
    if let Some(cue) = reading
        .cue(n)
        .filter(|cue| cue.skip <= way.skip || way.skip == 0)
    {
        match cued(reading, n, way, spot, cue) {
            Cued::Part(part) => return Some(part),
            Cued::Word => {}
            Cued::No => return None,
        }
    }
    let rest = way.rest(reading.tokens.key(n));
    let word = if way == Clitic::NONE {
        reading.word(n)
    } else {
        let known = reading.ways(n).iter().find(|known| known.clitic == way);
        known.and_then(|known| known.word)
    };
    let unit = word.is_some_and(Word::is_unit);
    if spot.whole && !unit
        || is_something_else(reading, n, spot, unit)
        || spot.nth > 0 && !unit && is_joined(reading, rest)
    {
        return None;
    }
    if word.is_some_and(|word| unit && !serves(word, rest, spot)) {
        return None;
    }
    let yeh = reading.tokens.get(n).map(|token| token.yeh);
    let maqsura = yeh == Some(Yeh::Maqsura);
    let mut score = worth(reading, rest, word, maqsura);
    if way.skip > 0 && reading.tokens.seam(n).is_none() {
        score -= whole_word(reading, n, rest);
    }
    if is_definite(rest) && spot.nth == 0 {
        score -= if spot.sure { 4 } else { 14 };
    }
    let least = match spot {
        Spot { led: true, .. } => -30,
        Spot {
            nth: 0, sure: true, ..
        } => -8,
        _ => 0,
    };
    (score > least).then_some(Part {
        after: n + 1,
        score,
    })
}

/// What a cue does to a part that starts with it.
enum Cued {
    Part(Part),
    /// The word is to be looked at like any other.
    Word,
    No,
}

fn cued(reading: &Reading, n: usize, way: Clitic, spot: Spot, cue: CueHit) -> Cued {
    // What reads as a cue with fewer letters cut off is no name with more.
    if cue.skip < way.skip {
        return Cued::No;
    }
    if cue.skip > way.skip {
        return if reading.word(n).is_some_and(Word::is_unit) {
            Cued::Word
        } else {
            Cued::No
        };
    }
    let word = reading
        .word(n)
        .filter(|word| word.is_unit())
        .unwrap_or_default();
    let inside = spot.nth > 0 && spot.sure;
    let single = cue.after == n + 1;
    match cue.cue {
        Cue::Given => Cued::Part(Part {
            after: cue.after,
            score: 32,
        }),
        Cue::Inner if spot.nth == 0 => Cued::No,
        Cue::Particle | Cue::Kunya | Cue::Inner if spot.nth < PARTS => {
            let led = Spot {
                nth: spot.nth + 1,
                sure: true,
                led: true,
                whole: false,
            };
            let alone = if cue.cue == Cue::Kunya { 14 } else { 4 };
            let next = part(reading, cue.after, Clitic::NONE, led);
            let next = next.filter(|next| cue.cue != Cue::Inner || next.score > 0);
            next.map_or(Cued::No, |next| {
                Cued::Part(Part {
                    after: next.after,
                    score: next.score.max(4) + alone,
                })
            })
        }
        Cue::Ordinal if inside => Cued::Part(Part {
            after: cue.after,
            score: 2,
        }),
        // على and علي are one word in old newspapers.
        Cue::Function if spot.sure && is_ali(reading, n) => Cued::Word,
        Cue::Function | Cue::Modifier | Cue::Percent | Cue::Ordinal => Cued::No,
        _ if single && spot.led => Cued::Word,
        Cue::Title if inside && word.bearers >= 5 && reading.is_definite(n) => Cued::Word,
        Cue::Title | Cue::Role
            if single && word.given && word.bearers >= 8 && !reading.is_definite(n) =>
        {
            Cued::Word
        }
        Cue::Title | Cue::Role | Cue::Numeral | Cue::Scale | Cue::Weekday => Cued::No,
        _ if single && spot.sure && word.bearers >= 2 && !reading.tokens.is_number(n + 1) => {
            Cued::Word
        }
        _ => Cued::No,
    }
}

/// علي, written with ي.
fn is_ali(reading: &Reading, n: usize) -> bool {
    let other = |token: &Token| token.yeh != Yeh::Plain;
    reading.tokens.key(n) == [fold::AIN, LAM, YEH] && !reading.tokens.get(n).is_some_and(other)
}

/// Whether a name cannot begin with the word at `n`: a preposition with its pronoun (لي أبي), or what is mine.
pub fn is_mine(reading: &Reading, n: usize) -> bool {
    let me = matches!(
        reading.tokens.key(n),
        [LAM | BEH, YEH] | [WAW | fold::FEH, LAM | BEH, YEH]
    );
    me || reading
        .tokens
        .get(n)
        .is_some_and(|token| token.yeh == Yeh::Mine)
}

/// Whether a listed name of another kind speaks against a part: a state always, others unless they serve as names, too.
fn is_something_else(reading: &Reading, n: usize, spot: Spot, unit: bool) -> bool {
    let single = |hit: &&Hit| hit.after == n + 1 && !hit.entry.weak && hit.kind != Kind::Person;
    reading.hits(n).iter().find(single).is_some_and(|hit| {
        let first = spot.nth == 0 && hit.kind != Kind::Group;
        hit.entry.state || hit.kind == Kind::Organization || first || !unit
    })
}

/// Whether a word inside a chain is the next name with its clitic: و, or ل and ب before a known name.
fn is_joined(reading: &Reading, rest: &[u8]) -> bool {
    let known = || {
        reading
            .lexicon
            .word(&rest[1..])
            .is_some_and(|word| word.is_unit() && word.like.is_none_or(|like| like > 3))
    };
    match rest.first() {
        Some(&WAW) => true,
        Some(&(LAM | BEH)) => known(),
        _ => false,
    }
}

/// Whether a name that is mostly an ordinary word serves here: it starts none without a title, and ends one only when many bear it.
fn serves(word: Word, rest: &[u8], spot: Spot) -> bool {
    let like = word.like.unwrap_or(10);
    let first = like >= 5 || like >= 2 && word.bearers >= 4 || word.bearers >= 9;
    match spot {
        Spot { led: true, .. } => true,
        Spot {
            nth: 0,
            sure: false,
            ..
        } if is_definite(rest) => first && word.given && word.bearers >= 4 && like >= 2,
        Spot {
            nth: 0,
            sure: false,
            ..
        } => first,
        Spot {
            nth: 0, sure: true, ..
        } => like >= 3 || word.bearers >= 5,
        _ if is_definite(rest) => like >= 2 || word.bearers >= 3,
        _ => like >= 5 || like >= 2 && word.bearers >= 2 || word.bearers >= 7,
    }
}

/// What speaks against cutting letters off: the word as it stands is known, or looks no less like a name.
fn whole_word(reading: &Reading, n: usize, rest: &[u8]) -> i32 {
    let key = reading.tokens.key(n);
    match reading.word(n) {
        Some(word) if word.is_unit() => 40,
        _ if rest.len() < 3 => 40,
        Some(word) if word.like.is_none_or(|like| like < 3) => 8,
        Some(_) => 2,
        None if reading.lexicon.word(rest).is_some_and(Word::is_unit) => 2,
        None => (reading.lexicon.shape(key) - reading.lexicon.shape(rest) + 12).max(8),
    }
}

/// أبو and عبد ال written together with the next word.
fn is_glued(key: &[u8]) -> bool {
    const ABU: [u8; 3] = [ALEF, BEH, WAW];
    const ABD_AL: [u8; 5] = [fold::AIN, BEH, fold::DAL, ALEF, LAM];
    key.len() > 6 && (key.starts_with(&ABU) || key.starts_with(&ABD_AL))
}

/// How much a word alone speaks for a person.
fn worth(reading: &Reading, key: &[u8], word: Option<Word>, maqsura: bool) -> i32 {
    if key.len() < 2 || key[0] < 0x80 {
        return -20;
    }
    if !word.is_some_and(Word::is_unit) && reading.lexicon.is_inflected(key) {
        return -20;
    }
    let Some(word) = word else {
        let shape = reading.lexicon.shape(key);
        return if is_glued(key) {
            22
        } else if key.len() < 3 {
            -10
        } else if is_definite(key) {
            4
        } else if shape > 2 {
            8 + shape.min(10)
        } else {
            shape.max(-20)
        };
    };
    let like = i32::from(word.like.unwrap_or(9));
    if !word.is_unit() {
        let foreign = like >= 2 && reading.lexicon.shape(key) > 5;
        return if like >= 5 {
            like
        } else if foreign {
            3
        } else {
            -25 + like * 3
        };
    }
    if maqsura && key.len() == 3 && key[0] != ALEF {
        return -20; // على, not علي
    }
    let bearers = i32::from(word.bearers);
    match like {
        7.. => 20 + bearers,
        4..7 => 14 + bearers,
        2..4 => 4 + bearers + bearers / 2,
        _ => 2 * bearers - 10,
    }
}
