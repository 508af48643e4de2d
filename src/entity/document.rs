//! The second pass, over the whole article: what one place makes sure is known everywhere, and what is the same is joined.
//!
//! A surname or single name that stands in full or with its title somewhere is found wherever else it stands; what follows in brackets is
//! another name of the same; spellings that differ only in habit are one. Joining goes by the lexicons' numbers, then by the words.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::candidate::{Candidate, Rule};
use super::clitic::{Clitic, stem};
use super::evidence::Ready;
use super::fold::{ALEF, GHAIN, KAF, LAM, QAF, Sign, WAW, YEH, fold, hash, mix, sign};
use super::kind::Kind;
use super::listed::closing;
use super::reading::{Reading, is_definite};
use super::words::Word;
use super::{Entity, Mention, Names};

/// A paragraph with the names chosen in it.
pub struct Part<'a> {
    /// Where it starts in the document text.
    pub start: usize,
    /// Its text.
    pub text: &'a str,
    /// Its look-ups.
    pub reading: Reading<'a>,
    /// Its names, in order.
    pub chosen: Vec<Candidate>,
}

/// What the article itself has taught: the number of a word or of several, and what they name.
type Memory = HashMap<u64, (Kind, u32), BuildHasherDefault<Ready>>;

/// Completes the names of all paragraphs and joins them to entities.
pub fn complete(mut parts: Vec<Part>) -> Names {
    for part in &mut parts {
        drop_symbols(part);
        add_aliases(part);
    }
    let memory = remember(&parts);
    let quoted = quoted(&parts);
    for part in &mut parts {
        recall_quoted(part, &quoted);
        recall(part, &memory);
    }
    join(&parts)
}

/// Leaves out what a symbol in brackets shows to be a substance or a quantity: بلاتين (Pt), الكريبتون (Kr-86).
fn drop_symbols(part: &mut Part) {
    let (text, tokens) = (part.text, &part.reading.tokens);
    part.chosen.retain(|name| {
        let symbol = tokens
            .get(name.after + 1)
            .and_then(|token| text.get(token.range()));
        let [first, rest @ ..] = symbol.unwrap_or_default().as_bytes() else {
            return true;
        };
        let short = match rest {
            [] => true,
            [small] => small.is_ascii_lowercase(),
            _ => false,
        };
        let closed = matches!(tokens.mark(name.after + 2), Some(')' | '-' | '='));
        let open = tokens.mark(name.after) == Some('(');
        let single = name.after == name.first + 1;
        !(open && first.is_ascii_uppercase() && short && closed && single)
    });
}

/// Unlisted names in brackets right after an organisation: (CSTO).
fn add_aliases(part: &mut Part) {
    let tokens = &part.reading.tokens;
    let mut found = Vec::new();
    for (n, name) in part.chosen.iter().enumerate() {
        let open = name.after;
        let named = matches!(
            name.kind,
            Kind::Person | Kind::Place | Kind::Organization | Kind::Product | Kind::Work
        );
        if !named || tokens.mark(open).and_then(closing) != Some(')') {
            continue;
        }
        let latin = |at: usize| tokens.key(at).first().is_some_and(u8::is_ascii_alphabetic);
        let arabic = |at: usize| part.reading.is_foreign(at) && tokens.mark(at + 1) == Some(')');
        let joined = |at: usize| matches!(tokens.mark(at), Some('-' | '.' | '\''));
        let end = (open + 1..open + 9)
            .find(|&at| !(latin(at) || at > open + 1 && joined(at) && latin(at + 1)))
            .unwrap_or(open + 1);
        let end = if end == open + 1 && name.kind == Kind::Organization && arabic(end) {
            end + 1
        } else {
            end
        };
        let free = part.chosen.get(n + 1).is_none_or(|next| next.first >= end);
        if free && end > open + 1 && tokens.mark(end) == Some(')') {
            found.push(Candidate {
                first: open + 1,
                after: end,
                skip: 0,
                ..*name
            });
        }
    }
    part.chosen.extend(found);
    part.chosen.sort_by_key(|name| name.first);
}

/// The single words that the article makes sure.
fn remember(parts: &[Part]) -> Memory {
    let mut memory = Memory::default();
    for part in parts {
        for name in &part.chosen {
            let last = name.after - 1;
            let skip = if last == name.first {
                usize::from(name.skip)
            } else {
                0
            };
            let key = part.reading.tokens.key(last).get(skip..).unwrap_or(&[]);
            let single = last == name.first;
            let learnt = match name.kind {
                Kind::Person => !is_plain(part, last, key),
                Kind::Organization => single && name.id == 0 && is_rare(part, key),
                Kind::Place => {
                    let glossed = name.id == 0
                        && (name.rule == Rule::Described || is_glossed(part, name.after));
                    single && (is_weak(part, name) || glossed)
                }
                _ => false,
            };
            if learnt && key.len() >= 3 {
                memory
                    .entry(stem(Clitic::NONE, key))
                    .or_insert((name.kind, if single { name.id } else { 0 }));
            }
        }
    }
    memory
}

/// Whether Latin letters in brackets stand at `n`.
fn is_glossed(part: &Part, n: usize) -> bool {
    let tokens = &part.reading.tokens;
    let latin = tokens
        .key(n + 1)
        .first()
        .is_some_and(u8::is_ascii_alphabetic);
    tokens.mark(n) == Some('(') && latin
}

/// What stands between quotation marks and is a name somewhere: its words and what it names.
fn quoted(parts: &[Part]) -> Memory {
    let mut memory = Memory::default();
    for part in parts {
        for name in &part.chosen {
            let first = name.first.checked_sub(1);
            let marked = first.is_some_and(|open| quotation(part, open) == Some(name.after));
            if marked && !matches!(name.kind, Kind::Group | Kind::Date) {
                let key = joined(part, name.first, name.after);
                memory.entry(key).or_insert((name.kind, name.id));
                // «الوقائع» is short for «الوقائع المصرية».
                let head = part.reading.tokens.key(name.first);
                if name.kind == Kind::Organization
                    && name.after > name.first + 1
                    && is_definite(head)
                {
                    let head = hash(head, 0);
                    memory.entry(head).or_insert((name.kind, name.id));
                }
            }
        }
    }
    memory
}

/// Where the quotation that the mark at `open` opens is closed, if it is short.
fn quotation(part: &Part, open: usize) -> Option<usize> {
    let tokens = &part.reading.tokens;
    let close = closing(tokens.mark(open)?).filter(|&close| close != ')' && close != ']')?;
    let end = (open + 1..open + 7).find(|&at| !tokens.is_word(at) && !tokens.is_number(at))?;
    (end > open + 1 && tokens.mark(end) == Some(close)).then_some(end)
}

/// A number for some words in a row; that of a single word is the word's.
fn joined(part: &Part, first: usize, after: usize) -> u64 {
    let key = |n| hash(part.reading.tokens.key(n), 0);
    (first + 1..after).fold(key(first), |sum, n| mix(sum, key(n)))
}

/// Finds the same quotations again, over whatever was seen in them.
fn recall_quoted(part: &mut Part, memory: &Memory) {
    if memory.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for open in 0..part.reading.len() {
        let Some(after) = quotation(part, open) else {
            continue;
        };
        let first = open + 1;
        if let Some(&(kind, id)) = memory.get(&joined(part, first, after)) {
            found.push(Candidate {
                first,
                after,
                skip: 0,
                kind,
                score: 0,
                id,
                rule: Rule::Recalled,
            });
        }
    }
    // Quotations stand in order, none over another.
    part.chosen.retain(|other| {
        let behind = found.partition_point(|name| name.after <= other.first);
        found
            .get(behind)
            .is_none_or(|name| other.after <= name.first)
    });
    part.chosen.append(&mut found);
    part.chosen.sort_by_key(|name| name.first);
}

/// Whether newspapers do not use a word, or for names alone.
fn is_rare(part: &Part, key: &[u8]) -> bool {
    part.reading
        .lexicon
        .word(key)
        .is_none_or(|word| word.like.is_none_or(|like| like >= 7))
}

/// Whether a listed name counts only where something supports it: here something did.
fn is_weak(part: &Part, name: &Candidate) -> bool {
    part.reading
        .hits(name.first)
        .iter()
        .any(|hit| hit.entry.weak && hit.after == name.after && hit.skip == name.skip)
}

/// Whether a name's last word is too ordinary to be known again by itself.
fn is_plain(part: &Part, n: usize, key: &[u8]) -> bool {
    let reading = &part.reading;
    let listed = reading
        .longest(n)
        .is_some_and(|hit| matches!(hit.kind, Kind::Place | Kind::Group));
    let foreign = reading.lexicon.shape(key) > 4;
    let plain = match reading.lexicon.word(key) {
        None => reading.lexicon.shape(key) < -4 && !is_definite(key),
        Some(word) if word.is_unit() => {
            let (like, bearers) = (word.like.unwrap_or(10), word.bearers);
            let least = match (is_definite(key), bearers < 4) {
                (true, true) if key.last() == Some(&YEH) => 1,
                (true, true) => 3,
                (true, false) => 2,
                (false, true) => 5,
                (false, false) => 4,
            };
            like < least
        }
        Some(word) => word.like.is_some_and(|like| !foreign || like < 5),
    };
    listed || plain || reading.cue(n).is_some()
}

/// Finds the remembered words where no name is yet.
fn recall(part: &mut Part, memory: &Memory) {
    if memory.is_empty() {
        return;
    }
    let tokens = &part.reading.tokens;
    let mut taken = part.chosen.iter().peekable();
    let mut found = Vec::new();
    for n in 0..tokens.len() {
        while taken.next_if(|name| name.after <= n).is_some() {}
        if taken.peek().is_some_and(|name| name.first <= n) || !tokens.is_word(n) {
            continue;
        }
        if part.reading.cue(n).is_some_and(|cue| cue.skip == 0) {
            continue;
        }
        let known = part.reading.ways(n).iter().find_map(|way| {
            let (kind, id) = if way.clitic.swallowed {
                None
            } else {
                memory.get(&way.stem)
            }?;
            Some((way.clitic.skip, *kind, *id))
        });
        // Letters come off only a word that means nothing else as it stands.
        let whole = |word: Word| word.is_unit() || word.like.is_some_and(|like| like < 2);
        if let Some((skip, kind, id)) = known
            && !(skip > 0 && tokens.seam(n).is_none() && part.reading.word(n).is_some_and(whole))
        {
            found.push(Candidate {
                first: n,
                after: n + 1,
                skip,
                kind,
                score: 0,
                id,
                rule: Rule::Recalled,
            });
        }
    }
    part.chosen.extend(found);
    part.chosen.sort_by_key(|name| name.first);
}

/// A mention on its way to its entity.
struct Found<'p, 'a> {
    part: &'p Part<'a>,
    name: Candidate,
    /// What tells it from other names: a number for all its words together.
    whole: u64,
    /// A number for each of its words.
    words: Vec<u64>,
    alias_of_last: bool,
}

fn join(parts: &[Part]) -> Names {
    let mut joiner = Joiner::default();
    for part in parts {
        let mut last: Option<&Candidate> = None;
        for name in &part.chosen {
            let tokens = &part.reading.tokens;
            let bracket = |last: &Candidate| {
                name.first == last.after + 1
                    && tokens.mark(last.after) == Some('(')
                    && tokens.mark(name.after) == Some(')')
                    && last.kind == name.kind
            };
            let alias_of_last =
                last.is_some_and(bracket) && matches!(name.kind, Kind::Organization | Kind::Person);
            let (whole, words) = words(part, name);
            joiner.add(Found {
                part,
                name: *name,
                whole,
                words,
                alias_of_last,
            });
            last = Some(name);
        }
    }
    joiner.names
}

/// Numbers for a name without its clitic, and for each of its words: those of their skeletons.
fn words(part: &Part, name: &Candidate) -> (u64, Vec<u64>) {
    let tokens = &part.reading.tokens;
    let mut whole = first_word(part, name);
    let mut words = Vec::with_capacity(name.after - name.first);
    if !whole.is_empty() {
        words.push(bones(&whole));
    }
    for key in (name.first + 1..name.after).map(|n| tokens.key(n)) {
        if !key.is_empty() {
            words.push(bones(key));
            if !whole.is_empty() {
                whole.push(b' ');
            }
            whole.extend_from_slice(key);
        }
    }
    (bones(&whole), words)
}

/// The first word of a name, folded, without its clitic.
fn first_word(part: &Part, name: &Candidate) -> Vec<u8> {
    let tokens = &part.reading.tokens;
    if name.skip == 0 && tokens.is_word(name.first) {
        return tokens.key(name.first).to_vec();
    }
    let range = tokens.range(part.text, name.first, name.skip.into(), name.first + 1);
    restore(part, name, fold(&plain(part.text, range)))
}

/// A number for the skeleton of a key.
fn bones(key: &[u8]) -> u64 {
    hash(&skeleton(key), 0)
}

/// Gives back the ا that لل swallowed.
fn restore(part: &Part, name: &Candidate, key: Vec<u8>) -> Vec<u8> {
    let whole = part.reading.tokens.key(name.first);
    if is_swallowed(whole, name.skip.into()) {
        [&[ALEF], key.as_slice()].concat()
    } else {
        key
    }
}

/// Whether the name that starts after `skip` letters lacks its ا.
fn is_swallowed(whole: &[u8], skip: usize) -> bool {
    skip > 0 && whole.get(skip - 1..=skip) == Some(&[LAM, LAM])
}

/// The text of a range without tashkeel and tatweel.
fn plain(text: &str, range: Range<usize>) -> String {
    text[range]
        .chars()
        .filter(|&c| sign(c) != Sign::Silent)
        .collect()
}

#[derive(Default)]
struct Joiner {
    names: Names,
    by_id: HashMap<u64, usize, BuildHasherDefault<Ready>>,
    by_words: HashMap<u64, usize, BuildHasherDefault<Ready>>,
    /// Per entity, the most words that a mention of it has.
    fullest: Vec<Vec<u64>>,
    /// Persons by each of their words, the latest first.
    by_part: HashMap<u64, usize, BuildHasherDefault<Ready>>,
}

impl Joiner {
    fn add(&mut self, found: Found) {
        let (part, name) = (found.part, &found.name);
        let kind = name.kind;
        let entity = self.find(&found).unwrap_or_else(|| {
            self.names.entities.push(Entity {
                kind,
                name: String::new(),
                mentions: Vec::new(),
            });
            self.fullest.push(Vec::new());
            self.names.entities.len() - 1
        });
        if name.id != 0 {
            self.by_id
                .entry(of_kind(kind, name.id.into()))
                .or_insert(entity);
        }
        self.by_words.insert(of_kind(kind, found.whole), entity);
        if kind == Kind::Person {
            for &word in &found.words {
                self.by_part.insert(word, entity);
            }
        }
        let range = part
            .reading
            .tokens
            .range(part.text, name.first, name.skip.into(), name.after);
        if found.words.len() > self.fullest[entity].len() {
            self.fullest[entity] = found.words;
            let article = if is_swallowed(part.reading.tokens.key(name.first), name.skip.into()) {
                "ا"
            } else {
                ""
            };
            self.names.entities[entity].name =
                article.to_owned() + &plain(part.text, range.clone());
        }
        self.names.entities[entity]
            .mentions
            .push(self.names.mentions.len());
        self.names.mentions.push(Mention {
            kind,
            paragraph: part.start,
            range,
            entity,
        });
    }

    fn find(&self, found: &Found) -> Option<usize> {
        let name = &found.name;
        let by_id = || {
            (name.id != 0)
                .then(|| self.by_id.get(&of_kind(name.kind, name.id.into())))
                .flatten()
        };
        let by_words = || self.by_words.get(&of_kind(name.kind, found.whole));
        let last = || {
            if found.alias_of_last {
                self.names.mentions.last().map(|mention| mention.entity)
            } else {
                None
            }
        };
        by_id()
            .or_else(by_words)
            .copied()
            .or_else(last)
            .or_else(|| self.person(found))
    }

    /// A person of whom one name is part of the other: بوتين, فلاديمير بوتين.
    fn person(&self, found: &Found) -> Option<usize> {
        if found.name.kind != Kind::Person {
            return None;
        }
        let (first, last) = (found.words.first()?, found.words.last()?);
        let entity = *self.by_part.get(last).or_else(|| self.by_part.get(first))?;
        let known = &self.fullest[entity];
        let within = |short: &[u64], long: &[u64]| {
            let mut long = long.iter();
            short.iter().all(|word| long.any(|other| other == word))
        };
        (within(&found.words, known) || within(known, &found.words)).then_some(entity)
    }
}

/// A number for something of a kind.
fn of_kind(kind: Kind, number: u64) -> u64 {
    mix((kind as u64) << 40, number)
}

/// A key without what spelling habits vary in loanwords: long vowels after the first letter, and which letter writes g.
pub(super) fn skeleton(key: &[u8]) -> Vec<u8> {
    let mut bones: Vec<u8> = Vec::with_capacity(key.len());
    for (n, &byte) in key.iter().enumerate() {
        let first = n == 0 || key[n - 1] == b' ';
        match byte {
            ALEF | WAW | YEH if !first => {}
            QAF | GHAIN => bones.push(KAF),
            _ => bones.push(byte),
        }
    }
    // Too little is left of short words to tell them apart.
    if bones.len() < 4 { key.to_vec() } else { bones }
}
