//! The trained model's word on a paragraph: its labels become names, and they and what the rules chose become one set without overlap.
//!
//! The model is asked for persons, places, organisations and whatever else has a name; it sees what the rules chose. Groups, dates and
//! quantities are the rules' alone. Where a name begins inside its first word is decided as for the rules.

use super::candidate::{Candidate, Rule, score_of, select};
use super::clitic::Clitic;
use super::fold::{ALEF, WAW, YEH};
use super::kind::Kind;
use super::lexicon::Cue;
use super::listed::{closing, is_of_a_state};
use super::model::KINDS;
use super::person::is_mine;
use super::reading::{Hit, Reading};
use super::words::Word;

/// Makes names of the labels of a paragraph's tokens, given what the rules proposed and chose, both in the order of their first tokens.
pub fn choose(
    labels: &[u8],
    reading: &Reading,
    proposed: &[Candidate],
    chosen: &[Candidate],
) -> Vec<Candidate> {
    let mut page = Page {
        reading,
        proposed,
        chosen,
        names: Vec::new(),
    };
    let mut n = 0;
    while n < labels.len() {
        let label = usize::from(labels[n]);
        let first = n;
        n += 1;
        if label == 0 {
            continue;
        }
        while n < labels.len() && labels[n] == labels[first] + 1 {
            n += 1;
        }
        page.add(first, n, KINDS[(label - 1) / 2]);
    }
    page.join()
}

/// A paragraph with what the rules and the model say of it.
struct Page<'p, 'l> {
    reading: &'p Reading<'l>,
    proposed: &'p [Candidate],
    chosen: &'p [Candidate],
    names: Vec<Candidate>,
}

impl Page<'_, '_> {
    /// Takes in what the model labels as one name.
    fn add(&mut self, first: usize, after: usize, kind: Kind) {
        let reading = self.reading;
        let bare = |n: &usize| !reading.tokens.is_word(*n) && !reading.tokens.is_number(*n);
        let Some(mut first) = (first..after).find(|n| !bare(n)) else {
            return;
        };
        let mut after = (first..after).rfind(|n| !bare(n)).map_or(after, |n| n + 1);
        // المدينة alone is a word before it is Medina.
        if reading
            .cue(first)
            .is_some_and(|cue| cue.cue == Cue::Near && cue.after == after)
        {
            return;
        }
        after = with_number(reading, first, after);
        let mut kind = match kind {
            Kind::Event => match other_kind(reading, first, after) {
                Some(kind) => kind,
                None => return,
            },
            kind => kind,
        };
        if is_cited(reading, first) || is_sign(reading, first, after) {
            return;
        }
        kind = told(reading, first, after, kind);
        if kind == Kind::Person {
            first = behind_titles(reading, first, after);
            while first < after && is_mine(reading, first) {
                first += 1;
            }
            if first == after {
                return;
            }
            if let Some(place) = (first + 1..after).find(|&n| is_bound_place(reading, n, after)) {
                self.add(place, after, Kind::Place);
                after = place;
            }
        }
        if after == first + 1
            && kind == Kind::Person
            && (is_plain(reading, first) || is_no_name(reading, first))
        {
            return;
        }
        if after == first + 1 && is_adverb(reading, first)
            || kind == Kind::Organization && is_of_a_state(reading, first, after)
        {
            return;
        }
        if let Some(hit) = described(reading, first, after) {
            (first, kind) = (hit.first, hit.kind);
        }
        let same = begin_at(self.chosen, first)
            .iter()
            .find(|name| name.after == after && name.kind == kind);
        let skip = match same {
            Some(name) => name.skip,
            None => skip(reading, self.proposed, first, after, kind),
        };
        let is_it = |hit: &&Hit| hit.after == after && hit.skip == skip && hit.kind == kind;
        let id = reading
            .hits(first)
            .iter()
            .find(is_it)
            .map_or(0, |hit| hit.entry.id);
        self.names.push(Candidate {
            first,
            after,
            skip,
            kind,
            score: score_of(after - first) + if is_models(kind) { 30 } else { 0 },
            id,
            rule: Rule::Learnt,
        });
    }

    /// What the model labels and what stays of the rules, without overlap.
    fn join(mut self) -> Vec<Candidate> {
        self.names.sort_by_key(|name| name.first);
        let stay = |rule: &&Candidate| {
            let is_spoken_of =
                is_cited(self.reading, rule.first) || is_sign(self.reading, rule.first, rule.after);
            stays(self.reading, rule, &self.names) && !is_spoken_of
                || is_beside_a_place(self.reading, rule, self.chosen)
        };
        let mut rules: Vec<Candidate> = self.chosen.iter().filter(stay).copied().collect();
        for rule in &mut rules {
            if rule.rule == Rule::Listed {
                rule.after = with_number(self.reading, rule.first, rule.after);
                rule.kind = told(self.reading, rule.first, rule.after, rule.kind);
            }
            if rule.kind != Kind::Group && rule.rule != Rule::Counted {
                rule.score = score_of(rule.after - rule.first) + 60;
            }
        }
        self.names.extend(rules);
        select(self.names, self.reading.len())
    }
}

/// Those of some candidates, in the order of their first tokens, that begin at a token.
fn begin_at(candidates: &[Candidate], first: usize) -> &[Candidate] {
    let start = candidates.partition_point(|name| name.first < first);
    let rest = &candidates[start..];
    &rest[..rest.partition_point(|name| name.first == first)]
}

/// The listed name that ends where a name ends whose first words only describe it: حلف الناتو.
fn described(reading: &Reading, first: usize, after: usize) -> Option<Hit> {
    let generic = reading.cue(first).filter(|cue| {
        let describes = matches!(
            cue.cue,
            Cue::Body | Cue::LooseBody | Cue::BodyBefore | Cue::LandBefore
        );
        describes && cue.after < after
    })?;
    let whole = |hit: &&Hit| {
        let kind = if generic.cue == Cue::LandBefore {
            Kind::Place
        } else {
            Kind::Organization
        };
        hit.after == after && hit.skip == 0 && hit.kind == kind && !hit.entry.weak
    };
    reading.hits(generic.after).iter().find(whole).copied()
}

/// What a name is for whose kind the word before it speaks, where no list knows it: أهالي before persons makes a town of them. Nobody is
/// called by a number.
fn told(reading: &Reading, first: usize, after: usize, kind: Kind) -> Kind {
    let listed = reading.hits(first).iter().any(|hit| !hit.entry.weak);
    let unit = (first..after).any(|n| reading.word(n).is_some_and(Word::is_unit));
    let known = listed || unit;
    let as_listed = |kind: Kind| {
        let is_it = |hit: &&Hit| hit.after == after && hit.kind == kind && !hit.entry.weak;
        reading.hits(first).iter().any(|hit| is_it(&hit))
    };
    match reading.told(first) {
        Some(Cue::LandBefore) if !known && kind == Kind::Person => Kind::Place,
        Some(Cue::ProductBefore)
            if is_models(kind) && !unit && (!listed || is_quotation(reading, first, after)) =>
        {
            Kind::Product
        }
        _ if kind == Kind::Organization
            && reading.tokens.is_number(after - 1)
            && is_quotation(reading, first, after) =>
        {
            Kind::Product
        }
        // What the list has as nothing but an organisation is one.
        _ if kind == Kind::Place && !as_listed(kind) && as_listed(Kind::Organization) => {
            Kind::Organization
        }
        _ if kind == Kind::Person && (first..after).any(|n| reading.tokens.is_number(n)) => {
            Kind::Product
        }
        _ => kind,
    }
}

/// Whether a name is all that stands between two quotation marks.
fn is_quotation(reading: &Reading, first: usize, after: usize) -> bool {
    let open = first
        .checked_sub(1)
        .and_then(|open| reading.tokens.mark(open));
    open.and_then(closing).is_some_and(|close| {
        !matches!(close, ')' | ']') && reading.tokens.mark(after) == Some(close)
    })
}

/// The end of a name with the number that ends its quotation: «نورد ستريم 1».
fn with_number(reading: &Reading, first: usize, after: usize) -> usize {
    let number = reading.tokens.is_number(after) && is_quotation(reading, first, after + 1);
    after + usize::from(number)
}

/// Whether the text speaks of the word at `n`, not of what it names: كلمة «محمد».
fn is_cited(reading: &Reading, n: usize) -> bool {
    let quoted = n.checked_sub(1).and_then(|open| reading.tokens.mark(open));
    quoted.is_some_and(|open| closing(open).is_some() && open != '(')
        && reading.told(n) == Some(Cue::Citing)
}

/// Whether a letter or two of another script stand alone between quotation marks: a key to press (‹d›, «3j»), no thing.
fn is_sign(reading: &Reading, first: usize, after: usize) -> bool {
    let open = first
        .checked_sub(1)
        .and_then(|open| reading.tokens.mark(open));
    let close = match open {
        Some('‹') => Some('›'),
        // In brackets a measure may stand: (5 g).
        Some('(' | '[') | None => None,
        Some(open) => closing(open),
    };
    let is_one = |n| matches!(reading.tokens.key(n), [sign] if sign.is_ascii_alphanumeric());
    close.is_some() && reading.tokens.mark(after) == close && (first..after).all(is_one)
}

/// Whether a word is hardly a person's whole name: an ordinary one that no list has (لوجيستيا), or one that describes the noun before it
/// (القرار الحكيم).
fn is_plain(reading: &Reading, n: usize) -> bool {
    let listed = reading.hits(n).iter().any(|hit| !hit.entry.weak);
    let ordinary = reading
        .word(n)
        .is_some_and(|word| !word.is_unit() && word.like.is_some_and(|like| like < 2));
    let noun =
        |b: usize| reading.is_definite(b) && reading.is_common(b) && reading.cue(b).is_none();
    let described = reading.is_definite(n) && n.checked_sub(1).is_some_and(noun);
    !listed && (ordinary || described)
}

/// Whether a word is an ordinary one that says how or how long: طويلا. Names end in ا, too, but not behind such a word.
fn is_adverb(reading: &Reading, n: usize) -> bool {
    let [stem @ .., ALEF] = reading.tokens.key(n) else {
        return false;
    };
    let listed = reading.hits(n).iter().any(|hit| !hit.entry.weak);
    let named = reading.word(n).is_some_and(Word::is_unit);
    let ordinary = |word: Word| !word.is_unit() && word.like.is_some_and(|like| like < 2);
    let known = [reading.word(n), reading.lexicon.word(stem)];
    !listed && !named && stem.len() > 3 && known.into_iter().flatten().any(ordinary)
}

/// Whether a single word is no person: أبي without what follows it, and my money (ديناري).
fn is_no_name(reading: &Reading, n: usize) -> bool {
    let [coin @ .., YEH] = reading.tokens.key(n) else {
        return false;
    };
    let money = reading.lexicon.cue_of(coin) == Some(Cue::Currency);
    money || reading.is_cue(n, Cue::Kunya)
}

/// The first token of a person's name behind the titles before it.
fn behind_titles(reading: &Reading, mut first: usize, after: usize) -> usize {
    while let Some(title) = reading.cue(first)
        && title.cue == Cue::Title
        && title.skip == 0
        && title.after < after
    {
        first = title.after;
    }
    first
}

/// Whether a place with a clitic stands at `n`: it belongs to no person's name before it (بايدن لكييف).
fn is_bound_place(reading: &Reading, n: usize, after: usize) -> bool {
    reading.hits(n).iter().any(|hit| {
        let sure = !hit.entry.weak && !hit.entry.rare;
        hit.skip > 0 && hit.kind == Kind::Place && sure && hit.after <= after
    })
}

/// Whether what a rule chose stays beside what the model labels: where the model sees nothing, if the rule is sure; over what the model
/// labels, if it is the longer name of something else. The labelled names stand in order, none over another.
fn stays(reading: &Reading, rule: &Candidate, labelled: &[Candidate]) -> bool {
    let main = is_models(rule.kind);
    if rule.rule == Rule::Counted || rule.kind == Kind::Group {
        return true;
    }
    let behind = labelled.partition_point(|name| name.after <= rule.first);
    let mut over = labelled[behind..]
        .iter()
        .take_while(|name| name.first < rule.after)
        .filter(|name| is_models(name.kind) || !main)
        .peekable();
    let words = rule.after - rule.first;
    if over.peek().is_none() {
        return match rule.rule {
            Rule::Listed if words == 1 => {
                let state = || {
                    let is_it = |hit: &&Hit| hit.after == rule.after && hit.skip == rule.skip;
                    let hits = reading.hits(rule.first);
                    hits.iter()
                        .find(is_it)
                        .is_some_and(|hit| hit.entry.state && !hit.entry.weak)
                };
                !main || rule.kind == Kind::Organization && rule.score >= 40 || state()
            }
            Rule::Quoted | Rule::Described | Rule::Listed => true,
            Rule::Chained => rule.score > 60,
            _ => !main,
        };
    }
    let longer = over.all(|name| {
        let inside = rule.first <= name.first
            && name.after <= rule.after
            && words > name.after - name.first
            && (rule.rule != Rule::Chained || name.kind == rule.kind);
        let same = rule.id != 0
            && name.first == rule.first
            && reading.hits(name.first).iter().any(|hit| {
                hit.entry.id == rule.id && hit.after == name.after && hit.skip == name.skip
            });
        inside && !same
    });
    let chained =
        rule.rule == Rule::Chained && rule.score >= 30 * i32::try_from(words).unwrap_or(1);
    longer && (!main || chained || matches!(rule.rule, Rule::Quoted | Rule::Listed | Rule::Opened))
}

/// Whether a listed place stands behind another and a word that joins them: في بيروت أو في الرباط.
fn is_beside_a_place(reading: &Reading, rule: &Candidate, chosen: &[Candidate]) -> bool {
    let place = |name: &Candidate| name.kind == Kind::Place && name.rule == Rule::Listed;
    if !place(rule) {
        return false;
    }
    let behind = chosen.partition_point(|name| name.first < rule.first);
    let Some(last) = behind.checked_sub(1).and_then(|n| chosen.get(n)) else {
        return false;
    };
    let key = |n: usize| reading.tokens.key(n);
    let or = |n: usize| matches!(key(n), [ALEF, WAW] | [WAW]);
    let within = |n: usize| key(n) == key(last.first.wrapping_sub(1)) && !key(n).is_empty();
    let sure = reading
        .hits(last.first)
        .iter()
        .any(|hit| hit.after == last.after && !hit.entry.weak);
    place(last)
        && sure
        && match rule.first - last.after {
            1 => or(last.after),
            2 => or(last.after) && within(last.after + 1),
            _ => false,
        }
}

/// What a name is that is no person, place or organisation: an event by its first word, a work in quotation marks, else a product. None
/// for what the model was taught to take for a name and SPANS does not: currencies, الله, creeds.
fn other_kind(reading: &Reading, first: usize, after: usize) -> Option<Kind> {
    let money =
        (first..after).any(|n| reading.is_cue(n, Cue::Currency) || reading.is_cue(n, Cue::Unit));
    let function = after == first + 1 && reading.cue(first).is_some();
    let creed = reading
        .hits(first)
        .iter()
        .any(|hit| hit.kind == Kind::Group && hit.after >= after);
    if money || function || creed {
        return None;
    }
    if let Some(hit) = reading.hits(first).iter().find(|hit| hit.after == after) {
        return matches!(hit.kind, Kind::Event | Kind::Work | Kind::Product).then_some(hit.kind);
    }
    let quoted = first.checked_sub(1).is_some_and(|open| {
        reading
            .tokens
            .mark(open)
            .is_some_and(|open| closing(open).is_some() && open != '(')
    });
    Some(if reading.is_cue(first, Cue::Happening) {
        Kind::Event
    } else if quoted {
        Kind::Work
    } else {
        Kind::Product
    })
}

/// The kinds on which the model has the last word.
fn is_models(kind: Kind) -> bool {
    matches!(kind, Kind::Person | Kind::Place | Kind::Organization)
}

/// How many letters of a name's first word are clitics.
fn skip(reading: &Reading, proposed: &[Candidate], first: usize, after: usize, kind: Kind) -> u8 {
    let there = || begin_at(proposed, first).iter();
    let best = there()
        .filter(|name| name.kind == kind)
        .max_by_key(|name| (name.after == after, name.score))
        .or_else(|| there().max_by_key(|name| name.score));
    if let Some(name) = best {
        return name.skip;
    }
    if reading
        .word(first)
        .is_some_and(|word| word.is_unit() || word.like.is_some_and(|like| like > 4))
    {
        return 0;
    }
    let key = reading.tokens.key(first);
    let known = reading.ways(first).iter().find(|way| {
        way.clitic != Clitic::NONE && way.word.is_some() && way.clitic.rest(key).len() > 2
    });
    known.map_or(0, |way| way.clitic.skip)
}
