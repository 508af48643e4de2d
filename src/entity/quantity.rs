//! Dates, numbers with what they count, money and percentages: by rule, in digits of all kinds and in words.
//!
//! A bare number is no name. Words for numbers count only as a whole chain (ثلاثة وعشرون ألفًا), months only where a number or a preposition
//! stands beside them (مارس is a verb, too).

use super::candidate::{Candidate, Rule, score_of};
use super::fold::{ALEF, BEH, FEH, HEH, KAF, LAM, WAW, YEH};
use super::kind::Kind;
use super::lexicon::Cue;
use super::reading::Reading;

/// Proposes every quantity.
pub fn propose(reading: &Reading, out: &mut Vec<Candidate>) {
    let mut n = 0;
    while n < reading.len() {
        if let Some(ordinal) = reading.cue(n).filter(|cue| cue.cue == Cue::Ordinal) {
            n = ordinal.after;
            continue;
        }
        let found = date(reading, n).or_else(|| amount(reading, n));
        match found {
            Some(candidate) => {
                n = candidate.after;
                out.push(candidate);
            }
            None => n += 1,
        }
    }
}

/// Whether a number starts at `n` by itself: VT100 is a name, و50 and الـ600 are numbers behind what is written together with them.
fn is_apart(reading: &Reading, n: usize) -> bool {
    let attached = reading.tokens.get(n).is_some_and(|token| !token.spaced);
    let before = n
        .checked_sub(1)
        .filter(|&b| attached && reading.tokens.is_word(b));
    before.is_none_or(|b| is_proclitic(reading.tokens.key(b)))
}

/// Letters that are written together with a number.
fn is_proclitic(key: &[u8]) -> bool {
    match key {
        [WAW | FEH | BEH | LAM | KAF] | [WAW | FEH, BEH | LAM | KAF] | [LAM, LAM] => true,
        [rest @ .., ALEF, LAM] => rest.len() < 2,
        _ => false,
    }
}

fn candidate(reading: &Reading, first: usize, after: usize, kind: Kind) -> Candidate {
    let skip = reading.cue(first).map_or(0, |cue| cue.skip);
    Candidate {
        first,
        after,
        skip,
        kind,
        score: score_of(after - first),
        id: 0,
        rule: Rule::Counted,
    }
}

/// A number's value when it is short and whole.
fn value(reading: &Reading, n: usize) -> Option<u32> {
    let key = reading.tokens.key(n);
    if !reading.tokens.is_number(n) || key.len() > 4 {
        return None;
    }
    key.iter().try_fold(0, |sum, digit| {
        digit
            .is_ascii_digit()
            .then(|| sum * 10 + u32::from(digit - b'0'))
    })
}

fn is_year(reading: &Reading, n: usize) -> bool {
    value(reading, n).is_some_and(|year| (1000..2100).contains(&year))
        && reading.tokens.key(n).len() == 4
}

fn is_day(reading: &Reading, n: usize) -> bool {
    value(reading, n).is_some_and(|day| (1..=31).contains(&day))
}

/// A year, with what it is counted from and a second year behind a dash: 1975–1990, ٨٣٣ م.
fn year(reading: &Reading, n: usize) -> Option<usize> {
    let dash = |at: usize| matches!(reading.tokens.mark(at), Some('-' | '–' | '—' | '/'));
    let number = |at: usize, digits: usize| {
        value(reading, at).is_some() && reading.tokens.key(at).len() >= digits
    };
    if !number(n, 1) {
        return None;
    }
    if dash(n + 1) && number(n + 2, 2) {
        let after = era(reading, n + 2 + 1);
        if let Some(after) = after.filter(|_| number(n, 3)) {
            return Some(after);
        }
        if is_year(reading, n) && !dash(n + 3) {
            return Some(n + 3);
        }
    }
    match era(reading, n + 1) {
        Some(after) if number(n, 3) => Some(after),
        _ => is_year(reading, n).then_some(n + 1),
    }
}

/// What years are counted from, at `n`.
fn era(reading: &Reading, n: usize) -> Option<usize> {
    let hit = reading
        .cue(n)
        .filter(|cue| cue.cue == Cue::Era && cue.skip == 0)?;
    Some(hit.after)
}

/// The month that starts at `n`, with its second name after a stroke: فبراير/شباط.
fn month(reading: &Reading, n: usize) -> Option<usize> {
    let is_month = |cue: &super::reading::CueHit| matches!(cue.cue, Cue::Month | Cue::LooseMonth);
    let hit = reading.cue(n).filter(is_month)?;
    let stroke = |at| matches!(reading.tokens.mark(at), Some('/' | '-' | '('));
    if stroke(hit.after)
        && let Some(second) = reading.cue(hit.after + 1).filter(is_month)
    {
        let close = usize::from(reading.tokens.mark(second.after) == Some(')'));
        return Some(second.after + close);
    }
    Some(hit.after)
}

fn date(reading: &Reading, n: usize) -> Option<Candidate> {
    if reading.tokens.is_number(n) && !is_apart(reading, n) {
        return None;
    }
    if let Some(hit) = reading.cue(n).filter(|cue| cue.cue == Cue::Weekday) {
        let comma = usize::from(reading.tokens.mark(hit.after) == Some('،'));
        let alone = |at: usize| {
            is_day(reading, at) && (is_of_it(reading, at + 1) || !reading.tokens.is_word(at + 1))
        };
        let after = day_month(reading, hit.after + comma)
            .or_else(|| alone(hit.after).then_some(hit.after + 1));
        return Some(candidate(
            reading,
            n,
            after.unwrap_or(hit.after),
            Kind::Date,
        ));
    }
    if let Some(after) = day_month(reading, n)
        .or_else(|| slashed(reading, n))
        .or_else(|| decade(reading, n))
        .or_else(|| century(reading, n))
        .or_else(|| season(reading, n))
        .or_else(|| (is_day(reading, n) && is_of_it(reading, n + 1)).then_some(n + 1))
    {
        return Some(candidate(reading, n, after, Kind::Date));
    }
    if let Some(after) = month(reading, n) {
        let end = year_behind(reading, after);
        let before = n.checked_sub(1);
        let bound = before.is_some_and(|b| {
            reading.cue(b).is_some_and(|cue| {
                matches!(
                    cue.cue,
                    Cue::Function | Cue::Year | Cue::Month | Cue::LooseMonth | Cue::Unit
                )
            })
        });
        let sure = is_said_of_time(reading, n);
        return (end > after || bound || sure || after > n + 1)
            .then(|| candidate(reading, n, end, Kind::Date));
    }
    let announced = is_announced(reading, n);
    if announced && value(reading, n).is_some() {
        let after = year(reading, n).unwrap_or(n + 1);
        return Some(candidate(reading, n, after, Kind::Date));
    }
    let after = year(reading, n)?;
    let before = n.checked_sub(1);
    let bound =
        before.is_none_or(|b| !reading.tokens.is_word(b) || reading.is_cue(b, Cue::Function));
    let round = reading.tokens.key(n).ends_with(b"00");
    let within = before.is_some_and(|b| is_in(reading.tokens.key(b))) && !round;
    let measured = reading.cue(after).is_some_and(|cue| {
        matches!(
            cue.cue,
            Cue::Unit | Cue::Currency | Cue::Scale | Cue::Percent | Cue::Year
        )
    });
    let counts = reading.tokens.is_word(after)
        && !reading.is_cue(after, Cue::Function)
        && !reading.is_definite(after);
    let single = after == n + 1;
    (!single || !measured && (within || bound && !counts))
        .then(|| candidate(reading, n, after, Kind::Date))
}

/// Whether the month at `n` stands behind a noun that it defines (أواخر أغسطس) or is written together with a preposition.
fn is_said_of_time(reading: &Reading, n: usize) -> bool {
    let Some(cue) = reading.cue(n) else {
        return false;
    };
    let noun = || {
        let before = n.checked_sub(1).filter(|&b| reading.tokens.is_word(b));
        before.is_some_and(|b| !reading.is_definite(b))
    };
    match usize::from(cue.skip).checked_sub(1) {
        None => cue.cue == Cue::Month && noun(),
        Some(last) => reading.tokens.key(n).get(last) != Some(&WAW),
    }
}

/// في or منذ, behind which four digits are a year.
fn is_in(key: &[u8]) -> bool {
    matches!(
        key,
        [FEH, YEH]
            | [WAW | FEH, FEH, YEH]
            | [super::fold::MEEM, super::fold::NOON, super::fold::THAL]
    )
}

/// منه, of the month named before.
fn is_of_it(reading: &Reading, n: usize) -> bool {
    matches!(
        reading.tokens.key(n),
        [super::fold::MEEM, super::fold::NOON, HEH]
    )
}

/// Whether a word for a year stands before the number at `n`, or before the number before it: عامي 2001 و2003.
fn is_announced(reading: &Reading, n: usize) -> bool {
    let years = |at: usize| reading.is_cue(at, Cue::Year);
    let pair =
        n > 3 && years(n - 3) && is_year(reading, n - 2) && reading.tokens.key(n - 1).len() == 1;
    pair || n.checked_sub(1).is_some_and(years)
}

/// 24 فبراير 2022, and the same without its year.
fn day_month(reading: &Reading, n: usize) -> Option<usize> {
    if !is_day(reading, n) {
        return None;
    }
    Some(year_behind(reading, month(reading, n + 1)?))
}

/// The token after the year that stands at `n`, behind a comma or not; `n` if none does.
fn year_behind(reading: &Reading, n: usize) -> usize {
    let comma = usize::from(reading.tokens.mark(n) == Some('،'));
    year(reading, n + comma).unwrap_or(n)
}

/// A quarter of a year: صيف 2022.
fn season(reading: &Reading, n: usize) -> Option<usize> {
    let after = reading.cue(n).filter(|cue| cue.cue == Cue::Season)?.after;
    let announced = usize::from(reading.is_cue(after, Cue::Year));
    year(reading, after + announced)
}

/// Ten years, with their century: ثمانينيات القرن العشرين.
fn decade(reading: &Reading, n: usize) -> Option<usize> {
    let after = reading.cue(n).filter(|cue| cue.cue == Cue::Decade)?.after;
    let own = reading
        .cue(after)
        .filter(|cue| cue.skip == 0 && cue.cue == Cue::Century);
    let end = own.and_then(|own| {
        let known = reading
            .is_cue(own.after, Cue::Which)
            .then_some(own.after + 1);
        century(reading, after).or(known)
    });
    Some(end.unwrap_or(after))
}

/// A century with its number, or two: القرنين الثامن عشر والتاسع عشر.
fn century(reading: &Reading, n: usize) -> Option<usize> {
    let which = |at, most| {
        reading
            .cue(at)
            .filter(|cue| cue.cue == Cue::Ordinal && cue.skip <= most)
            .filter(|_| reading.is_definite(at) || most > 0)
    };
    let word = reading.cue(n).filter(|cue| cue.cue == Cue::Century)?.after;
    let after = if value(reading, word).is_some_and(|number| (1..30).contains(&number)) {
        word + 1
    } else {
        let after = which(word, 0)?.after;
        which(after, 1).map_or(after, |second| second.after)
    };
    Some(era(reading, after).unwrap_or(after))
}

/// 24/2/2022 and 2022-02-24.
fn slashed(reading: &Reading, n: usize) -> Option<usize> {
    let stroke = |at| matches!(reading.tokens.mark(at), Some('/' | '-'));
    let three = stroke(n + 1)
        && stroke(n + 3)
        && [n, n + 2, n + 4]
            .iter()
            .all(|&at| value(reading, at).is_some());
    (three && (is_year(reading, n) || is_year(reading, n + 4))).then_some(n + 5)
}

/// The chain of digits and number words that starts at `n`.
fn number(reading: &Reading, n: usize) -> Option<usize> {
    let counts = |at| {
        reading
            .cue(at)
            .filter(|cue| matches!(cue.cue, Cue::Numeral | Cue::Scale))
    };
    let mut at = if reading.tokens.is_number(n) {
        n + 1
    } else {
        counts(n)?.after
    };
    while let Some(hit) = counts(at) {
        // و alone joins; ب and ل open something new.
        if hit.skip > 1 || hit.skip == 1 && reading.tokens.key(at).first() != Some(&WAW) {
            break;
        }
        at = hit.after;
    }
    Some(at)
}

fn amount(reading: &Reading, n: usize) -> Option<Candidate> {
    let sign = |at| {
        reading
            .tokens
            .mark(at)
            .is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥' | '₽'))
    };
    let percent = |at| matches!(reading.tokens.mark(at), Some('%' | '٪'));
    if (sign(n) || percent(n)) && reading.tokens.is_number(n + 1) {
        let kind = if sign(n) { Kind::Money } else { Kind::Percent };
        return Some(candidate(reading, n, number(reading, n + 1)?, kind));
    }
    if reading.tokens.is_number(n) && !is_apart(reading, n) {
        return None;
    }
    let Some(after) = number(reading, n) else {
        return single(reading, n);
    };
    let after = power(reading, after);
    // الـ600 keeps its article.
    let own = |b: &usize| {
        let close = reading.tokens.get(n).is_some_and(|token| !token.spaced);
        close && reading.tokens.key(*b) == [ALEF, LAM]
    };
    let n = n.checked_sub(1).filter(own).unwrap_or(n);
    if percent(after) {
        return Some(candidate(reading, n, after + 1, Kind::Percent));
    }
    if sign(after) {
        return Some(candidate(reading, n, after + 1, Kind::Money));
    }
    match reading.cue(after) {
        Some(hit) if hit.cue == Cue::Percent => {
            Some(candidate(reading, n, hit.after, Kind::Percent))
        }
        Some(hit) if hit.cue == Cue::Currency && hit.skip == 0 => {
            let of = reading
                .longest(hit.after)
                .filter(|of| of.kind == Kind::Group);
            Some(candidate(
                reading,
                n,
                of.map_or(hit.after, |of| of.after),
                Kind::Money,
            ))
        }
        Some(hit)
            if matches!(hit.cue, Cue::Unit | Cue::Year)
                && hit.skip == 0
                && !(hit.cue == Cue::Year && reading.tokens.is_number(hit.after)) =>
        {
            let end = rate(reading, hit.after)
                .or_else(|| fraction(reading, hit.after))
                .or_else(|| era(reading, hit.after));
            Some(candidate(
                reading,
                n,
                end.unwrap_or(hit.after),
                Kind::Number,
            ))
        }
        Some(hit) if hit.cue == Cue::Function && is_of_many(reading, after) => {
            Some(candidate(reading, n, after + 3, Kind::Number))
        }
        Some(hit) if !may_be_counted(hit.cue) || hit.skip > 0 => None,
        _ if counted(reading, after) => Some(candidate(reading, n, after + 1, Kind::Number)),
        _ => None,
    }
}

/// One of something: كيلوغرام واحد.
fn single(reading: &Reading, n: usize) -> Option<Candidate> {
    let hit = reading.cue(n).filter(|cue| cue.skip == 0)?;
    let kind = match hit.cue {
        Cue::Unit => Kind::Number,
        Cue::Currency => Kind::Money,
        _ => return None,
    };
    let one = matches!(reading.tokens.key(hit.after), [WAW, ALEF, super::fold::HAH, super::fold::DAL, rest @ ..] if matches!(rest, [] | [HEH]));
    one.then(|| candidate(reading, n, hit.after + 1, kind))
}

/// What a unit is taken by: m/s, J·s.
fn rate(reading: &Reading, n: usize) -> Option<usize> {
    let latin = reading
        .tokens
        .key(n + 1)
        .first()
        .is_some_and(u8::is_ascii_lowercase);
    (matches!(reading.tokens.mark(n), Some('/' | '·')) && latin).then_some(n + 2)
}

/// The token after a power of ten that stands at `n`: × 10⁻³⁴.
fn power(reading: &Reading, n: usize) -> usize {
    let times = matches!(reading.tokens.mark(n), Some('×' | '·'));
    if !times || reading.tokens.key(n + 1) != b"10" {
        return n;
    }
    let raised = |c| {
        matches!(
            c,
            '⁻' | '⁺' | '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '^' | '-' | '−'
        )
    };
    let mut after = n + 2;
    while reading.tokens.mark(after).is_some_and(raised) {
        after += 1;
    }
    after
}

/// What is over of a unit, behind و: وثلثا ميل, ونصف.
fn fraction(reading: &Reading, n: usize) -> Option<usize> {
    let part = reading.tokens.key(n).strip_prefix(&[WAW])?;
    let known = ["نصف", "ثلث", "ثلثا", "ثلثي", "ربع", "خمس", "سدس", "ثمن"];
    let is = known.iter().any(|word| super::fold::fold(word) == part);
    is.then(|| {
        let unit = |hit: &super::reading::CueHit| hit.cue == Cue::Unit && hit.skip == 0;
        reading
            .cue(n + 1)
            .filter(unit)
            .map_or(n + 1, |hit| hit.after)
    })
}

/// Whether a scale before `n` counts some of many: 300 ألف من جنود الاحتياط.
fn is_of_many(reading: &Reading, n: usize) -> bool {
    let scale = n
        .checked_sub(1)
        .is_some_and(|b| reading.is_cue(b, Cue::Scale));
    let of = reading.tokens.key(n) == [super::fold::MEEM, super::fold::NOON];
    scale
        && of
        && counted(reading, n + 1)
        && reading.cue(n + 1).is_none()
        && reading.is_definite(n + 2)
}

/// Whether a word that is a cue elsewhere can be what a number counts.
fn may_be_counted(cue: Cue) -> bool {
    matches!(
        cue,
        Cue::Title
            | Cue::Role
            | Cue::Body
            | Cue::LooseBody
            | Cue::BodyBefore
            | Cue::Land
            | Cue::LandBefore
            | Cue::Near
            | Cue::Happening
            | Cue::Writing
            | Cue::Decade
            | Cue::Century
            | Cue::ProductBefore
            | Cue::WorkBefore
            | Cue::Citing
    )
}

/// Whether the word at `n` can be what a number counts: indefinite, no name and no verb's or pronoun's company; persons may be called so
/// (100 ألف جندي).
fn counted(reading: &Reading, n: usize) -> bool {
    let key = reading.tokens.key(n);
    let plain = match reading.word(n) {
        Some(word) if word.is_unit() => word.bearers < 6,
        Some(word) => word.like.is_some_and(|like| like < 5),
        None => matches!(key, [.., ALEF | HEH] | [.., ALEF, super::fold::TEH]),
    };
    let listed = reading
        .hits(n)
        .iter()
        .any(|hit| !hit.entry.weak || hit.after > n + 1);
    let opened = matches!(key, [BEH | KAF | WAW | FEH, ALEF, LAM, ..] | [LAM, LAM, ..]);
    let owned = reading.word(n).is_none_or(|word| !word.is_unit())
        && reading.lexicon.is_inflected(key)
        && key.last() != Some(&ALEF);
    plain && !listed && !opened && !owned && !reading.is_definite(n) && key.len() > 2
}
