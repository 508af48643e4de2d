//! Dates, numbers with what they count, money and percentages: by rule, in digits of all kinds and in words.
//!
//! A bare number is no name. Words for numbers count only as a whole chain (ثلاثة وعشرون ألفًا), months only where a number or a preposition
//! stands beside them (مارس is a verb, too).

use super::candidate::{Candidate, score_of};
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

fn candidate(reading: &Reading, first: usize, after: usize, kind: Kind) -> Candidate {
    let skip = reading.cue(first).map_or(0, |cue| cue.skip);
    Candidate {
        first,
        after,
        skip,
        kind,
        score: score_of(after - first),
        id: 0,
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

/// The month that starts at `n`, with its second name after a stroke: فبراير/شباط.
fn month(reading: &Reading, n: usize) -> Option<usize> {
    let hit = reading.cue(n).filter(|cue| cue.cue == Cue::Month)?;
    let stroke = |at| matches!(reading.tokens.mark(at), Some('/' | '-' | '('));
    if stroke(hit.after)
        && let Some(second) = reading
            .cue(hit.after + 1)
            .filter(|cue| cue.cue == Cue::Month)
    {
        let close = usize::from(reading.tokens.mark(second.after) == Some(')'));
        return Some(second.after + close);
    }
    Some(hit.after)
}

fn date(reading: &Reading, n: usize) -> Option<Candidate> {
    if let Some(hit) = reading.cue(n).filter(|cue| cue.cue == Cue::Weekday) {
        let comma = usize::from(reading.tokens.mark(hit.after) == Some('،'));
        let after = day_month(reading, hit.after + comma).unwrap_or(hit.after);
        return Some(candidate(reading, n, after, Kind::Date));
    }
    if let Some(after) = day_month(reading, n)
        .or_else(|| slashed(reading, n))
        .or_else(|| decade(reading, n))
        .or_else(|| century(reading, n))
    {
        return Some(candidate(reading, n, after, Kind::Date));
    }
    if let Some(after) = month(reading, n) {
        let end = after + usize::from(is_year(reading, after));
        let before = n.checked_sub(1);
        let bound = before.is_some_and(|b| {
            reading.cue(b).is_some_and(|cue| {
                matches!(cue.cue, Cue::Function | Cue::Year | Cue::Month | Cue::Unit)
            })
        });
        let skipped = reading.cue(n).is_some_and(|cue| cue.skip > 0);
        return (end > after || bound || skipped || after > n + 1)
            .then(|| candidate(reading, n, end, Kind::Date));
    }
    let years = |at: usize| reading.is_cue(at, Cue::Year);
    let pair =
        n > 3 && years(n - 3) && is_year(reading, n - 2) && reading.tokens.key(n - 1).len() == 1;
    let announced = pair || n.checked_sub(1).is_some_and(years);
    let bound = n
        .checked_sub(1)
        .is_none_or(|b| !reading.tokens.is_word(b) || reading.is_cue(b, Cue::Function));
    let counts = reading.tokens.is_word(n + 1)
        && !reading
            .cue(n + 1)
            .is_some_and(|cue| cue.cue == Cue::Function)
        && !announced;
    (is_year(reading, n) && (announced || bound && !counts)
        || announced && value(reading, n).is_some())
    .then(|| candidate(reading, n, n + 1, Kind::Date))
}

/// 24 فبراير 2022, and the same without its year.
fn day_month(reading: &Reading, n: usize) -> Option<usize> {
    if !is_day(reading, n) {
        return None;
    }
    let after = month(reading, n + 1)?;
    let comma = usize::from(reading.tokens.mark(after) == Some('،'));
    Some(if is_year(reading, after + comma) {
        after + comma + 1
    } else {
        after
    })
}

/// Ten years, with their century: ثمانينيات القرن العشرين.
fn decade(reading: &Reading, n: usize) -> Option<usize> {
    let after = reading.cue(n).filter(|cue| cue.cue == Cue::Decade)?.after;
    let own = reading
        .cue(after)
        .filter(|cue| cue.skip == 0)
        .and(century(reading, after));
    Some(own.unwrap_or(after))
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
    if value(reading, word).is_some_and(|number| (1..30).contains(&number)) {
        return Some(word + 1);
    }
    let after = which(word, 0)?.after;
    Some(which(after, 1).map_or(after, |second| second.after))
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
        if hit.skip > 1 {
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
    let after = number(reading, n)?;
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
                && !reading.tokens.is_number(hit.after) =>
        {
            Some(candidate(reading, n, hit.after, Kind::Number))
        }
        None if counted(reading, after, reading.is_cue(after - 1, Cue::Scale)) => {
            Some(candidate(reading, n, after + 1, Kind::Number))
        }
        _ => None,
    }
}

/// Whether the word at `n` can be what a number counts: indefinite, an ordinary word; after ألف and its like any such word serves, even if
/// persons are called so (100 ألف جندي).
fn counted(reading: &Reading, n: usize, scaled: bool) -> bool {
    let word = reading.word(n);
    let ordinary = word.is_some_and(|word| scaled && word.bearers < 6);
    (ordinary || reading.is_common(n))
        && !reading.is_definite(n)
        && reading.hits(n).is_empty()
        && reading.tokens.key(n).len() > 2
}
