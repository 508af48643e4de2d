//! Places, organisations, groups, events and works: what is listed, and what a generic word before it announces.
//!
//! Some generic words open the name (منظمة الصحة العالمية، نهر النيل), others only describe it (شركة تويوتا، مدينة حلب); the list of
//! cues says which. Listed names that are ordinary words too count only where such a word, a preposition or quotation marks support them.

use super::candidate::{Candidate, ENOUGH, score_of};
use super::kind::Kind;
use super::lexicon::Cue;
use super::reading::{Hit, Reading, is_and_definite, is_definite, is_for_definite};

/// The most words that a generic word may draw into a name.
const REACH: usize = 5;

/// Proposes everything that the lists know or announce.
pub fn propose(reading: &Reading, out: &mut Vec<Candidate>) {
    for n in 0..reading.len() {
        for hit in reading.hits(n) {
            out.push(listed(reading, hit));
        }
        let Some(cue) = reading.cue(n) else { continue };
        match cue.cue {
            Cue::Body => out.extend(body(reading, n, cue.after, cue.skip)),
            Cue::BodyBefore => {
                out.extend(after_description(reading, cue.after, Kind::Organization));
            }
            Cue::Land => out.extend(land(reading, n, cue.after, cue.skip)),
            Cue::LandBefore => out.extend(after_description(reading, cue.after, Kind::Place)),
            Cue::Writing => out.extend(with_place(reading, n, cue.after, cue.skip, Kind::Work)),
            Cue::Happening => out.extend(with_place(reading, n, cue.after, cue.skip, Kind::Event)),
            _ => {}
        }
    }
}

fn listed(reading: &Reading, hit: &Hit) -> Candidate {
    let words = score_of(hit.after - hit.first);
    let before = hit.first.checked_sub(1);
    let mut score = words;
    if hit.entry.weak {
        score = if is_supported(reading, hit, before) {
            ENOUGH + words / 4
        } else {
            words / 4
        };
    }
    if hit.entry.rare {
        // بروسيا after a preposition can only be Prussia; elsewhere the commoner reading without ب is offered beside it.
        let bound = before
            .is_some_and(|b| reading.is_cue(b, Cue::Function) || reading.is_cue(b, Cue::Land));
        score = if bound { words } else { ENOUGH };
    }
    Candidate {
        first: hit.first,
        after: hit.after,
        skip: hit.skip,
        kind: hit.kind,
        score: score - i32::from(hit.skip > 0),
        id: hit.entry.id,
    }
}

fn is_supported(reading: &Reading, hit: &Hit, before: Option<usize>) -> bool {
    let Some(before) = before else { return false };
    if let (Some(open), Some(_)) = (reading.tokens.mark(before), reading.tokens.mark(hit.after)) {
        return hit.kind == Kind::Organization && closing(open).is_some();
    }
    match (hit.kind, reading.cue(before).map(|cue| cue.cue)) {
        (Kind::Place, Some(Cue::LandBefore | Cue::Land))
        | (Kind::Organization, Some(Cue::BodyBefore | Cue::Body)) => true,
        (Kind::Place, _) => is_in(reading.tokens.key(before)),
        _ => false,
    }
}

/// في, the one preposition that mostly stands before places.
fn is_in(key: &[u8]) -> bool {
    use super::fold::{FEH, YEH};
    key == [FEH, YEH]
}

/// The mark that closes what `open` opens.
pub fn closing(open: char) -> Option<char> {
    match open {
        '«' => Some('»'),
        '“' | '„' => Some('”'),
        '"' => Some('"'),
        '(' => Some(')'),
        '[' => Some(']'),
        '‘' => Some('’'),
        _ => None,
    }
}

/// What stands between quotation marks from `n` on: the token after the opening mark and the closing mark, at most `REACH` words apart.
fn quoted(reading: &Reading, n: usize) -> Option<(usize, usize)> {
    let close = closing(reading.tokens.mark(n)?)?;
    let end = (n + 2..=n + 1 + REACH)
        .find(|&at| !reading.tokens.is_word(at) && !reading.tokens.is_number(at))?;
    (reading.tokens.mark(end) == Some(close)).then_some((n + 1, end))
}

/// A generic word and the definite words, listed names and foreign words that follow it.
fn body(reading: &Reading, n: usize, after: usize, skip: u8) -> Option<Candidate> {
    let candidate = |after, score| Candidate {
        first: n,
        after,
        skip,
        kind: Kind::Organization,
        score,
        id: 0,
    };
    if let Some((first, end)) = quoted(reading, after) {
        return Some(Candidate {
            first,
            after: end,
            skip: 0,
            kind: Kind::Organization,
            score: 50,
            id: 0,
        });
    }
    let mut at = after;
    let mut taken = 0;
    let mut proper = false;
    while at < after + REACH {
        let key = reading.tokens.key(at);
        let listed = reading
            .longest(at)
            .filter(|hit| !hit.entry.weak && hit.kind != Kind::Person);
        let goes_on = taken > 0 && is_definite(reading.tokens.key(at - 1));
        if let Some(hit) = listed {
            proper = true;
            at = hit.after;
        } else if reading
            .cue(at)
            .is_some_and(|cue| !matches!(cue.cue, Cue::Land | Cue::Body | Cue::Unit | Cue::Title))
        {
            break;
        } else if is_definite(key) || is_for_definite(key) || goes_on && is_and_definite(key) {
            at += 1;
        } else if reading.is_foreign(at) && (taken == 0 || proper) {
            proper = true;
            at += 1;
        } else {
            break;
        }
        taken += 1;
    }
    (taken > 0).then(|| candidate(at, score_of(at - n).min(100 + score_of(1))))
}

/// The name after a word that only describes it.
fn after_description(reading: &Reading, after: usize, kind: Kind) -> Option<Candidate> {
    if let Some((first, end)) = quoted(reading, after) {
        return Some(Candidate {
            first,
            after: end,
            skip: 0,
            kind,
            score: 50,
            id: 0,
        });
    }
    if reading.cue(after).is_some() {
        return None;
    }
    let mut at = after;
    let most = if kind == Kind::Place { 1 } else { 3 };
    while at < after + most && reading.is_foreign(at) && reading.cue(at).is_none() {
        at += 1;
    }
    let definite = at == after
        && reading.is_definite(at)
        && reading
            .word(at)
            .is_none_or(|word| word.like.is_none_or(|like| like >= 6));
    at += usize::from(definite && kind == Kind::Place);
    let score = i32::try_from(at - after).unwrap_or(0) * 20 + 14;
    (at > after).then_some(Candidate {
        first: after,
        after: at,
        skip: 0,
        kind,
        score,
        id: 0,
    })
}

/// A generic word of nature and the one name after it.
fn land(reading: &Reading, n: usize, after: usize, skip: u8) -> Option<Candidate> {
    let end = match reading.longest(after) {
        Some(hit) if hit.kind == Kind::Place => hit.after,
        None if reading.cue(after).is_some() => return None,
        None if reading.is_foreign(after) => after + 1,
        None if reading.is_definite(after) && !reading.is_common(after) => after + 1,
        _ => return None,
    };
    Some(Candidate {
        first: n,
        after: end,
        skip,
        kind: Kind::Place,
        score: score_of(end - n),
        id: 0,
    })
}

/// A treaty or battle that bears the name of a town: اتفاق مينسك.
fn with_place(
    reading: &Reading,
    n: usize,
    after: usize,
    skip: u8,
    kind: Kind,
) -> Option<Candidate> {
    let hit = reading.longest(after)?;
    let town = hit.kind == Kind::Place && !hit.entry.state && !hit.entry.weak;
    town.then(|| Candidate {
        first: n,
        after: hit.after,
        skip,
        kind,
        score: score_of(hit.after - n),
        id: 0,
    })
}
