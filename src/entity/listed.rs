//! Places, organisations, groups, events and works: what is listed, and what a generic word before it announces.
//!
//! Some generic words open the name (منظمة الصحة العالمية، نهر النيل), others only describe it (شركة تويوتا، مدينة حلب); the list of
//! cues says which. Listed names that are ordinary words too count only where such a word, a preposition or quotation marks support them.

use super::candidate::{Candidate, ENOUGH, Rule, score_of};
use super::fold::{ALEF, BEH, FEH, HEH, KAF, LAM, WAW, YEH};
use super::kind::Kind;
use super::lexicon::Cue;
use super::reading::{CueHit, Hit, Reading, is_and_definite, is_definite, is_for_definite};
use super::token::Shape;

/// The most words that a generic word may draw into a name.
const REACH: usize = 5;

/// Proposes everything that the lists know or announce.
pub fn propose(reading: &Reading, out: &mut Vec<Candidate>) {
    for n in 0..reading.len() {
        for hit in reading.hits(n) {
            if hit.kind != Kind::Group || !is_language(reading, hit) {
                out.push(listed(reading, hit));
            }
        }
        let Some(cue) = reading.cue(n) else { continue };
        match cue.cue {
            Cue::Body | Cue::LooseBody => out.extend(body(reading, n, cue)),
            Cue::BodyBefore => {
                out.extend(after_description(reading, cue.after, Kind::Organization));
            }
            Cue::Land => out.extend(land(reading, n, cue.after, cue.skip)),
            Cue::LandBefore => out.extend(after_description(reading, cue.after, Kind::Place)),
            Cue::Writing => out.extend(with_place(reading, n, cue.after, cue.skip, Kind::Work)),
            Cue::Happening => out.extend(with_place(reading, n, cue.after, cue.skip, Kind::Event)),
            Cue::Issuing => out.extend(issued(reading, cue.after)),
            _ => {}
        }
    }
}

fn listed(reading: &Reading, hit: &Hit) -> Candidate {
    let words = match hit.kind {
        // A chain of parts may know more of the name.
        Kind::Person => i32::try_from(hit.after - hit.first).unwrap_or(1) * 45 - 10,
        _ => score_of(hit.after - hit.first),
    };
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
        rule: Rule::Listed,
    }
}

fn is_supported(reading: &Reading, hit: &Hit, before: Option<usize>) -> bool {
    let Some(before) = before else { return false };
    if let (Some(open), Some(_)) = (reading.tokens.mark(before), reading.tokens.mark(hit.after)) {
        return hit.kind == Kind::Organization && closing(open).is_some();
    }
    match (hit.kind, reading.cue(before).map(|cue| cue.cue)) {
        (Kind::Place, Some(Cue::LandBefore | Cue::Land | Cue::Near))
        | (Kind::Organization, Some(Cue::BodyBefore | Cue::Body | Cue::LooseBody)) => true,
        (Kind::Place, _) => is_in(reading.tokens.key(before)),
        _ => false,
    }
}

/// Whether a people's word stands for its language: التركية with no noun before it that it could describe.
fn is_language(reading: &Reading, hit: &Hit) -> bool {
    let key = reading.tokens.key(hit.first);
    let rest = &key[usize::from(hit.skip)..];
    let feminine = hit.after == hit.first + 1
        && matches!(rest, [ALEF, LAM, .., YEH, HEH] | [LAM, .., YEH, HEH]);
    if !feminine || rest[0] == LAM && hit.skip == 0 {
        return false;
    }
    if hit.skip > 0 && key[0] != WAW {
        return true;
    }
    let Some(before) = hit.first.checked_sub(1) else {
        return true;
    };
    let described = reading.is_definite(before)
        || reading.hits(before).iter().any(|hit| !hit.entry.weak)
        || reading.is_foreign(before)
        || reading.tokens.get(before).is_some_and(|token| {
            token.shape != Shape::Word
                && !matches!(token.shape, Shape::Mark('.' | '،' | ':' | '؟' | '!' | '؛'))
        })
        || reading.lexicon.is_inflected(reading.tokens.key(before));
    let defined = [WAW, BEH, LAM, FEH, KAF]
        .contains(&reading.tokens.key(before).first().copied().unwrap_or(0))
        && (is_definite(&reading.tokens.key(before)[1..])
            || is_for_definite(reading.tokens.key(before)));
    !described && !defined
}

/// في, the one preposition that mostly stands before places.
fn is_in(key: &[u8]) -> bool {
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
    let open = reading
        .tokens
        .mark(n)
        .filter(|&c| !matches!(c, '(' | '['))?;
    let close = closing(open)?;
    let end = (n + 2..=n + 1 + REACH)
        .find(|&at| !reading.tokens.is_word(at) && !reading.tokens.is_number(at))?;
    (reading.tokens.mark(end) == Some(close)).then_some((n + 1, end))
}

/// A generic word and the definite words, listed names and foreign words that follow it.
fn body(reading: &Reading, n: usize, cue: CueHit) -> Option<Candidate> {
    let loose = cue.cue == Cue::LooseBody;
    let (skip, kind, id) = (cue.skip, Kind::Organization, 0);
    if reading
        .hits(n)
        .iter()
        .any(|hit| hit.kind == kind && !hit.entry.weak)
    {
        return None;
    }
    if let Some((first, after)) = quoted(reading, cue.after) {
        return Some(Candidate {
            first,
            after,
            skip: 0,
            kind,
            score: 50,
            id,
            rule: Rule::Quoted,
        });
    }
    let mut at = cue.after;
    let mut taken = 0;
    let mut proper = false;
    let mut purpose = false;
    while at < cue.after + REACH {
        purpose |= is_for_definite(reading.tokens.key(at));
        match follower(reading, at, taken, proper) {
            Follower::Proper(after) => (at, proper) = (after, true),
            Follower::Words(after) => at = after,
            Follower::Last(after) => {
                at = after;
                taken += 1;
                break;
            }
            Follower::None => break,
        }
        taken += 1;
    }
    // A name that is whole by itself is only described: حلف الناتو.
    if taken == 1 && at == cue.after + 1 && is_whole(reading, cue.after) {
        return None;
    }
    // الحزب الحاكم is no name; الحزب الديمقراطي الكردستاني is one.
    let least = match (loose || reading.is_definite(n), purpose) {
        (true, true) => 2,
        (true, false) => 3,
        (false, _) => 1,
    };
    (taken > 0 && (proper || !loose && taken >= least)).then(|| Candidate {
        first: n,
        after: at,
        skip,
        kind,
        score: score_of(at - n).min(140),
        id,
        rule: Rule::Opened,
    })
}

/// Whether the word at `n` alone names an organisation for sure.
fn is_whole(reading: &Reading, n: usize) -> bool {
    reading.hits(n).iter().any(|hit| {
        hit.skip == 0 && hit.after == n + 1 && hit.kind == Kind::Organization && !hit.entry.weak
    })
}

/// What a word after a generic word is to the name.
enum Follower {
    /// A name itself.
    Proper(usize),
    /// Definite words, or a purpose: لنزع السلاح.
    Words(usize),
    /// A nationality, which ends the name.
    Last(usize),
    None,
}

fn follower(reading: &Reading, at: usize, taken: usize, proper: bool) -> Follower {
    let key = reading.tokens.key(at);
    let after_definite = taken > 0 && is_definite(reading.tokens.key(at - 1));
    if let Some(hit) = reading.longest(at).filter(|hit| !hit.entry.weak) {
        return match hit.kind {
            // المنظمة العربية للتنمية
            Kind::Group
                if taken == 0
                    && reading.is_definite(at)
                    && reading.is_definite(at - 1)
                    && is_for_definite(reading.tokens.key(hit.after)) =>
            {
                Follower::Words(hit.after)
            }
            Kind::Group if taken > 0 => Follower::Last(hit.after),
            Kind::Place | Kind::Organization => Follower::Proper(hit.after),
            Kind::Person if taken == 0 => Follower::Proper(hit.after),
            _ => Follower::None,
        };
    }
    match reading.cue(at).map(|cue| cue.cue) {
        Some(Cue::Title) if taken == 0 && reading.is_definite(at) => {
            return Follower::Words(at + 1);
        }
        Some(Cue::Land | Cue::Body | Cue::LooseBody | Cue::Unit) | None => {}
        Some(_) => return Follower::None,
    }
    if is_definite(key)
        || taken > 0 && is_for_definite(key)
        || after_definite && is_and_definite(key)
    {
        Follower::Words(at + 1)
    } else if taken > 0
        && key.len() > 3
        && key[0] == LAM
        && reading.is_definite(at + 1)
        && reading.is_common(at)
    {
        Follower::Words(at + 2)
    } else if reading.is_foreign(at) && (taken == 0 || proper || reading.is_cue(at - 1, Cue::Title))
    {
        Follower::Proper(at + 1)
    } else {
        Follower::None
    }
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
            rule: Rule::Quoted,
        });
    }
    if reading.cue(after).is_some() {
        return None;
    }
    let mut at = after;
    let most = if kind == Kind::Place { 1 } else { 3 };
    while at < after + most && is_new(reading, at) && reading.cue(at).is_none() {
        at += 1;
    }
    let definite = at == after
        && reading.is_definite(at)
        && reading.word(at).is_none_or(|word| {
            word.like
                .is_none_or(|like| like >= if word.is_unit() { 2 } else { 5 })
        });
    at += usize::from(definite && kind == Kind::Place);
    let score = i32::try_from(at - after).unwrap_or(0) * 20 + 14;
    (at > after).then_some(Candidate {
        first: after,
        after: at,
        skip: 0,
        kind,
        score,
        id: 0,
        rule: Rule::Described,
    })
}

/// A word that is known to nobody, or as a name.
fn is_new(reading: &Reading, n: usize) -> bool {
    let key = reading.tokens.key(n);
    let unknown = reading.tokens.is_word(n) && reading.word(n).is_none() && !is_definite(key);
    reading.is_foreign(n) || unknown && key.len() > 3 && reading.lexicon.shape(key) > -6
}

/// A generic word of nature and the one name after it.
fn land(reading: &Reading, n: usize, after: usize, skip: u8) -> Option<Candidate> {
    let end = match reading.longest(after) {
        Some(hit) if matches!(hit.kind, Kind::Place | Kind::Person) => hit.after,
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
        rule: Rule::Opened,
    })
}

/// حرب.
const WAR: [u8; 3] = [super::fold::HAH, super::fold::REH, super::fold::BEH];

/// What is said to be issued, between quotation marks and not far behind: أصدر خليل الخوري «حديقة الأخبار».
fn issued(reading: &Reading, after: usize) -> Option<Candidate> {
    let open = (after..after + REACH).find(|&at| !reading.tokens.is_word(at))?;
    let (first, end) = quoted(reading, open)?;
    Some(Candidate {
        first,
        after: end,
        skip: 0,
        kind: Kind::Organization,
        score: 45,
        id: 0,
        rule: Rule::Quoted,
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
    // States fight wars; an agreement or a summit of a state is no name.
    let wars = kind == Kind::Event && reading.tokens.key(n).get(usize::from(skip)..) == Some(&WAR);
    let named = hit.kind == Kind::Place && !hit.entry.weak && (wars || !hit.entry.state);
    named.then(|| Candidate {
        first: n,
        after: hit.after,
        skip,
        kind,
        score: score_of(hit.after - n),
        id: 0,
        rule: Rule::Opened,
    })
}
