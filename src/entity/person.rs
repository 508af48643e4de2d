//! Persons: chains of words that serve as parts of names, with or without a title before them.
//!
//! Each word has a score: known given names and surnames by how many bear them and how often newspapers use their like as names,
//! unknown words by how foreign they look, ordinary words below zero. A title before the chain adds to it; without one, something in it
//! must be a known name.

use super::candidate::Candidate;
use super::clitic::Clitic;
use super::fold::{ALEF, WAW};
use super::kind::Kind;
use super::lexicon::{Cue, Word};
use super::reading::{Reading, is_definite};

/// No name has more parts.
const PARTS: usize = 6;
/// What a title right before a name adds.
const TITLE: i32 = 26;
/// What a longer role before a name adds.
const ROLE: i32 = 18;
/// From this score on a part is surely a name's.
const SURE: i32 = 16;

/// Proposes every chain.
pub fn propose(reading: &Reading, out: &mut Vec<Candidate>) {
    let titles = titles(reading);
    for (n, &title) in titles.iter().enumerate() {
        if !reading.tokens.is_word(n) {
            continue;
        }
        for way in Clitic::ways(reading.tokens.key(n)).filter(|way| !way.swallowed) {
            chains(reading, n, way, title, out);
        }
    }
}

/// What a title before it adds to a name that starts at each token.
fn titles(reading: &Reading) -> Vec<i32> {
    let mut bonus = vec![0; reading.len()];
    for n in 0..reading.len() {
        let Some(cue) = reading.cue(n) else { continue };
        let (role, worth) = match cue.cue {
            Cue::Title => (false, TITLE),
            Cue::Role => (true, ROLE),
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
    let Some(mut part) = part(reading, n, way, 0, title > 0) else {
        return;
    };
    let mut score = title;
    let mut sure = title > 0;
    for count in 1..=PARTS {
        score += part.score;
        sure |= part.score >= SURE;
        if sure {
            out.push(Candidate {
                first: n,
                after: part.after,
                skip: way.skip,
                kind: Kind::Person,
                score,
                id: 0,
            });
        }
        match self::part(reading, part.after, Clitic::NONE, count, sure) {
            Some(next) => {
                part = next;
                score += 25;
            }
            None => return,
        }
    }
}

fn part(reading: &Reading, n: usize, way: Clitic, nth: usize, sure: bool) -> Option<Part> {
    if !reading.tokens.is_word(n) {
        return None;
    }
    if let Some(cue) = reading
        .cue(n)
        .filter(|cue| cue.skip == way.skip || way.skip == 0)
    {
        match cue.cue {
            Cue::Given if cue.skip == way.skip => {
                return Some(Part {
                    after: cue.after,
                    score: 26,
                });
            }
            Cue::Particle | Cue::Kunya if cue.skip == way.skip => {
                let next = part(reading, cue.after, Clitic::NONE, nth + 1, true)?;
                let alone = if cue.cue == Cue::Kunya { 14 } else { 4 };
                return Some(Part {
                    after: next.after,
                    score: next.score.max(4) + alone,
                });
            }
            _ if nth > 0
                && sure
                && reading.is_definite(n)
                && reading.word(n).is_some_and(|word| word.surname) => {}
            _ => return None,
        }
    }
    let listed = reading
        .hits(n)
        .iter()
        .find(|hit| hit.after == n + 1 && !hit.entry.weak && hit.kind != Kind::Person);
    let word = if way.skip == 0 {
        reading.word(n)
    } else {
        reading.lexicon.word(way.rest(reading.tokens.key(n)))
    };
    if let Some(hit) = listed
        && (hit.entry.state
            || hit.kind == Kind::Organization
            || nth == 0 && hit.kind != Kind::Group
            || word.is_none_or(|word| !word.is_unit()))
    {
        return None;
    }
    let rest = way.rest(reading.tokens.key(n));
    // و inside a chain joins the next name, unless this one is known to start with it.
    if nth > 0 && rest[0] == WAW && word.is_none_or(|word| !word.is_unit()) {
        return None;
    }
    let mut score = worth(
        reading,
        rest,
        word,
        reading.tokens.get(n).is_some_and(|token| token.maqsura),
    );
    if way.skip > 0 {
        score -= whole_word(reading, n, rest);
    }
    if is_definite(rest) && nth == 0 {
        score -= if sure { 4 } else { 14 };
    }
    let least = if nth == 0 && sure { -8 } else { 0 };
    (score > least).then_some(Part {
        after: n + 1,
        score,
    })
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
        None => (reading.lexicon.shape(key) - reading.lexicon.shape(rest) + 6).max(0),
    }
}

/// How much a word alone speaks for a person.
fn worth(reading: &Reading, key: &[u8], word: Option<Word>, maqsura: bool) -> i32 {
    if key.len() < 2 || key[0] < 0x80 {
        return -20;
    }
    let Some(word) = word else {
        let shape = reading.lexicon.shape(key);
        return if key.len() < 3 {
            -10
        } else if is_definite(key) {
            4
        } else if shape > 0 {
            8 + shape.min(10)
        } else {
            shape.max(-20)
        };
    };
    let like = i32::from(word.like.unwrap_or(9));
    if !word.is_unit() {
        return if like >= 5 { like } else { -25 + like * 3 };
    }
    if maqsura && key.len() == 3 && key[0] != ALEF {
        return -20; // على, not علي
    }
    let bearers = i32::from(word.bearers) * 2;
    match like {
        7.. => 20 + bearers,
        4..7 => 14 + bearers,
        2..4 => 8 + bearers,
        _ => 2 + bearers / 2,
    }
}
