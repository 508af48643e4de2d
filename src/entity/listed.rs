//! Places, organisations, groups, events and works: what is listed, and what a generic word before it announces.
//!
//! Some generic words open the name (منظمة الصحة العالمية، نهر النيل), others only describe it (شركة تويوتا، مدينة حلب); the list of
//! cues says which. Listed names that are ordinary words too count only where such a word, a preposition or quotation marks support them.

use super::candidate::{Candidate, ENOUGH, Rule, score_of};
use super::clitic::Clitic;
use super::fold::{ALEF, BEH, FEH, HEH, KAF, LAM, MEEM, NOON, TEH, THAL, WAW, YEH};
use super::kind::Kind;
use super::lexicon::Cue;
use super::reading::{CueHit, Hit, Reading, is_and_definite, is_definite, is_for_definite};
use super::token::Shape;
use super::words::Word;

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
        out.extend(dated(reading, n));
        out.extend(series(reading, n));
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
            Cue::Issuing | Cue::Founding => out.extend(issued(reading, cue.after)),
            Cue::ProductBefore => {
                out.extend(after_description(reading, cue.after, Kind::Product));
            }
            Cue::WorkBefore => out.extend(quotation(reading, cue.after, Kind::Work)),
            Cue::Function => {
                out.extend(from_to(reading, n));
                out.extend(glossed(reading, n));
            }
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
    if hit.kind == Kind::Organization && is_of_a_state(reading, hit.first, hit.after) {
        score = 0;
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

/// Whether a people's word makes a council that many states have that state's own: مجلس الأمن الروسي. By itself it is no name.
pub fn is_of_a_state(reading: &Reading, first: usize, after: usize) -> bool {
    let council = reading.is_cue(first, Cue::LooseBody) && after == first + 2;
    let people = |hit: &Hit| hit.kind == Kind::Group && hit.skip == 0;
    council
        && reading.is_definite(after - 1)
        && reading.is_definite(after)
        && reading.hits(after).iter().any(people)
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
    // بالتركية العثمانية is one language, and no noun is described by اليوم.
    let group = |hit: &&Hit| hit.kind == Kind::Group && hit.after == before + 1;
    if let Some(other) = reading.hits(before).iter().find(group) {
        return is_language(reading, other);
    }
    if reading.is_cue(before, Cue::Function) {
        return true;
    }
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
    quoted_within(reading, n, REACH)
}

/// The same for as many words as are given.
fn quoted_within(reading: &Reading, n: usize, reach: usize) -> Option<(usize, usize)> {
    let open = reading
        .tokens
        .mark(n)
        .filter(|&c| !matches!(c, '(' | '['))?;
    let close = closing(open)?;
    let end = (n + 2..=n + 1 + reach)
        .find(|&at| !reading.tokens.is_word(at) && !reading.tokens.is_number(at))?;
    (reading.tokens.mark(end) == Some(close)).then_some((n + 1, end))
}

/// What stands between quotation marks behind a generic word.
fn quotation(reading: &Reading, n: usize, kind: Kind) -> Option<Candidate> {
    let (first, after) = quoted_within(reading, n, 2 * REACH)?;
    Some(Candidate {
        first,
        after,
        skip: 0,
        kind,
        score: 50,
        id: 0,
        rule: Rule::Quoted,
    })
}

/// A word that nobody knows where a way begins or ends whose other end is a place: من … إلى برشلونة.
fn from_to(reading: &Reading, n: usize) -> Option<Candidate> {
    let from = matches!(reading.tokens.key(n), [MEEM, NOON] | [WAW, MEEM, NOON]);
    if !from || reading.tokens.key(n + 2) != [ALEF, LAM, YEH] {
        return None;
    }
    let place = |at: usize| {
        let sure = |hit: &Hit| hit.kind == Kind::Place && !hit.entry.weak;
        reading.longest(at).is_some_and(|hit| sure(&hit))
    };
    let ends = [(n + 1, n + 3), (n + 3, n + 1)];
    let unknown = |(at, other): (usize, usize)| place(other).then(|| unknown_place(reading, at))?;
    ends.into_iter().find_map(unknown)
}

/// The word at `at` as a place, where no list and no rule knows it.
fn unknown_place(reading: &Reading, at: usize) -> Option<Candidate> {
    let unknown = is_new(reading, at) && reading.hits(at).is_empty() && reading.cue(at).is_none();
    unknown.then_some(Candidate {
        first: at,
        after: at + 1,
        skip: 0,
        kind: Kind::Place,
        score: 36,
        id: 0,
        rule: Rule::Described,
    })
}

/// A word that nobody knows behind في or قرب, whose Latin spelling follows in brackets: a place.
fn glossed(reading: &Reading, n: usize) -> Option<Candidate> {
    let latin = reading
        .tokens
        .key(n + 3)
        .first()
        .is_some_and(u8::is_ascii_alphabetic);
    let bracket = reading.tokens.mark(n + 2) == Some('(') && latin;
    if !bracket || !is_in(reading.tokens.key(n)) {
        return None;
    }
    unknown_place(reading, n + 1)
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
    let last = || reading.tokens.key(at - 1);
    let after_definite = taken > 0 && (is_definite(last()) || is_for_definite(last()));
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
    if kind == Kind::Product {
        return product(reading, after, at);
    }
    // Only a definite noun is followed by التي: a word without ال before it is a name.
    if at == after && is_related(reading, at) {
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

/// A product's name of new words up to `at`, with the number behind them; what persons are called is none.
fn product(reading: &Reading, first: usize, mut at: usize) -> Option<Candidate> {
    let person = |n: usize| {
        reading.word(n).is_some_and(Word::is_unit)
            || reading.hits(n).iter().any(|hit| hit.kind == Kind::Person)
    };
    if at == first || person(first) {
        return None;
    }
    at += usize::from(reading.tokens.is_number(at));
    Some(Candidate {
        first,
        after: at,
        skip: 0,
        kind: Kind::Product,
        score: 40,
        id: 0,
        rule: Rule::Described,
    })
}

/// Whether a relative pronoun follows the indefinite word at `n`, behind a comma or not.
fn is_related(reading: &Reading, n: usize) -> bool {
    let comma = usize::from(reading.tokens.mark(n + 1) == Some('،'));
    let pronoun = matches!(
        reading.tokens.key(n + 1 + comma),
        [ALEF, LAM, THAL | TEH, YEH]
    );
    pronoun
        && reading.tokens.is_word(n)
        && !reading.is_definite(n)
        && reading.word(n).is_some_and(Word::is_unit)
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
    let end = end + usize::from(is_nisba(reading, end));
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

/// Whether the word at `n` says what a base, an airport or a forum is for: الجوية, الدولي.
fn is_nisba(reading: &Reading, n: usize) -> bool {
    let nisba = matches!(
        reading.tokens.key(n),
        [ALEF, LAM, _, .., YEH] | [ALEF, LAM, _, _, .., YEH, HEH]
    );
    let other = reading.cue(n).is_some_and(|cue| cue.cue != Cue::Modifier);
    nisba && !other && reading.is_common(n) && reading.hits(n).is_empty()
}

/// Latin letters and a number that belongs to them: VT100, ISO 8859-6, UAX #9; a work behind a word for one, else a product.
fn series(reading: &Reading, n: usize) -> Option<Candidate> {
    let tokens = &reading.tokens;
    let latin = |at: usize| tokens.key(at).first().is_some_and(u8::is_ascii_lowercase);
    let close = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced);
    let bracket = |c| closing(c).is_some();
    let joined = n > 0 && close(n) && !tokens.mark(n - 1).is_some_and(bracket);
    if !latin(n) || joined || reading.cue(n).is_some() || tokens.key(n).len() < 2 {
        return None;
    }
    let hash = usize::from(tokens.mark(n + 1) == Some('#'));
    let at = n + 1 + hash;
    let year =
        tokens.key(at).len() == 4 && !close(at) && hash == 0 && tokens.mark(at + 1) != Some('-');
    if !tokens.is_number(at) || year {
        return None;
    }
    let part = tokens.mark(at + 1) == Some('-')
        && close(at + 1)
        && close(at + 2)
        && tokens.is_number(at + 2);
    let bracket = usize::from(n > 0 && tokens.mark(n - 1) == Some('('));
    let work = hash > 0 || reading.told(n - bracket) == Some(Cue::WorkBefore);
    Some(Candidate {
        first: n,
        after: at + 1 + if part { 2 } else { 0 },
        skip: 0,
        kind: if work { Kind::Work } else { Kind::Product },
        score: 100,
        id: 0,
        rule: Rule::Quoted,
    })
}

/// An event of two definite words before its years in brackets: الحرب الأهلية (1975–1990).
fn dated(reading: &Reading, n: usize) -> Option<Candidate> {
    let bracket = reading.tokens.mark(n + 2) == Some('(')
        && reading.tokens.key(n + 3).len() == 4
        && reading.tokens.is_number(n + 3);
    if !bracket || !reading.is_definite(n) || !reading.is_definite(n + 1) {
        return None;
    }
    let bare = reading.tokens.key(n).get(2..)?;
    let begun = reading.lexicon.begin_cue(Clitic::NONE, bare)?;
    let (_, cue) = reading.lexicon.cue(&begun, &reading.tokens, n)?;
    (cue == Cue::Happening).then_some(Candidate {
        first: n,
        after: n + 2,
        skip: 0,
        kind: Kind::Event,
        score: score_of(2),
        id: 0,
        rule: Rule::Opened,
    })
}

/// حرب.
const WAR: [u8; 3] = [super::fold::HAH, super::fold::REH, super::fold::BEH];

/// What is said to be issued, between quotation marks and not far behind: أصدر خليل الخوري «حديقة الأخبار».
fn issued(reading: &Reading, after: usize) -> Option<Candidate> {
    let open = (after..after + 2 * REACH).find(|&at| {
        !reading.tokens.is_word(at)
            && !reading.tokens.is_number(at)
            && reading.tokens.mark(at) != Some('،')
    })?;
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
    let end = hit.after + usize::from(!wars && is_nisba(reading, hit.after));
    named.then(|| Candidate {
        first: n,
        after: end,
        skip,
        kind,
        score: score_of(end - n),
        id: 0,
        rule: Rule::Opened,
    })
}
