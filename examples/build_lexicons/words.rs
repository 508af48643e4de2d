//! What is known of single words: parts of persons' names from the lists of names, and how newspapers use the words like them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use qari::entity::{Kind, OTHER, Word, fold};
use serde_json::Value;

use crate::{NameMap, lines, read};

/// From this look on a word counts as foreign.
const FOREIGN: i32 = 8;

/// Every part of a person's name.
pub type People = BTreeMap<Vec<u8>, Word>;

/// The words of each class of 1500, and the classes of 100 and 400 that each of them belongs to.
pub type Classes = BTreeMap<u16, Vec<(Vec<u8>, u8, u16)>>;

/// Collects the parts of persons' names: arabic-name-romanizer, arabnamer, Faker and our own persons.
pub fn people(from: &Path, own: &Path) -> Result<People> {
    let mut counts: BTreeMap<Vec<u8>, (u64, u64)> = BTreeMap::new();
    let mut count = |name: &str, given: u64, surname: u64| {
        let key = fold(name);
        if key.len() > 1 && !key.contains(&b' ') && !key.contains(&OTHER) && key[0] >= 0x80 {
            let sum = counts.entry(key).or_default();
            sum.0 += given;
            sum.1 += surname;
        }
    };
    for line in read(&from.join("units.tsv"))?.lines() {
        let mut cells = line.split('\t');
        let (Some(name), Some(role), Some(bearers)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let bearers = bearers.parse().unwrap_or(1);
        match role {
            "given" => count(name, bearers, 0),
            "surname" => count(name, 0, bearers),
            _ => count(name, bearers.min(2), bearers.min(2)),
        }
    }
    let arabnamer: BTreeMap<String, String> =
        serde_json::from_str(&read(&from.join("py/arabnamer/data/dict_FINAL.json"))?)?;
    for name in arabnamer.values() {
        count(name, 1, 1);
    }
    for line in read(&from.join("faker.tsv"))?.lines() {
        match line.split_once('\t') {
            Some(("first_names", name)) => count(name, 3, 0),
            Some((_, name)) => count(name, 0, 3),
            None => {}
        }
    }
    for line in lines(&read(&own.join("persons.tsv"))?) {
        for name in line.split('|') {
            let parts: Vec<&str> = name.split(' ').collect();
            if let [first, .., last] = parts.as_slice() {
                count(first, 3, 0);
                count(last, 0, 3);
            }
        }
    }
    let word = |(given, surname): (u64, u64)| Word {
        given: given > 0,
        surname: surname > 0,
        bearers: (given + surname)
            .checked_ilog2()
            .and_then(|log| u8::try_from(log).ok())
            .unwrap_or(0),
        like: None,
        class: 0,
    };
    Ok(counts
        .into_iter()
        .map(|(key, sum)| (key, word(sum)))
        .collect())
}

/// Reads the classes of words.
pub fn classes(path: &Path) -> Result<Classes> {
    let mut classes = Classes::new();
    for line in lines(&read(path)?) {
        let mut cells = line.split('\t');
        let word = cells.next().context("a word")?;
        let mut number =
            || -> Result<u16> { Ok(cells.next().context("a class")?.parse::<u16>()? + 1) };
        let (least, middle, class) = (u8::try_from(number()?)?, number()?, number()?);
        let key = fold(word);
        if key.first().is_some_and(|&byte| byte >= 0x80)
            && !key.contains(&b' ')
            && !key.contains(&OTHER)
        {
            classes.entry(class).or_default().push((key, least, middle));
        }
    }
    Ok(classes)
}

/// Puts both together: `like` is how many tenths of a word's class are known names.
pub fn table(people: &People, classes: &Classes, names: &NameMap) -> BTreeMap<Vec<u8>, Word> {
    let mut table = people.clone();
    let seen = seen(classes);
    let places: BTreeSet<&Vec<u8>> = names.single(Kind::Place).collect();
    for (&class, words) in classes {
        let known = words
            .iter()
            .filter(|(word, ..)| people.contains_key(word) || places.contains(word))
            .count();
        let tenths = u8::try_from((known * 10 + words.len() / 2) / words.len()).unwrap_or(10);
        for (word, ..) in words {
            let most = match relatives(word, &seen) {
                0 | 1 => 10,
                2 => 6,
                3 => 4,
                4 => 3,
                _ => 1,
            };
            let entry = table.entry(word.clone()).or_default();
            (entry.like, entry.class) = (Some(tenths.min(most)), class);
        }
    }
    table
}

/// All words that have a class.
fn seen(classes: &Classes) -> BTreeSet<&Vec<u8>> {
    classes.values().flatten().map(|(word, ..)| word).collect()
}

/// For each class of 1500, from 0, the class of 400 (two bytes) and of 100 (one) that most of its words belong to.
pub fn coarse(classes: &Classes) -> Vec<u8> {
    let last = classes.keys().next_back().copied().unwrap_or(0);
    (0..=last)
        .flat_map(|class| {
            let words = classes.get(&class).map_or(&[][..], Vec::as_slice);
            let [low, high] = most(words.iter().map(|(.., middle)| *middle)).to_le_bytes();
            [low, high, most(words.iter().map(|(_, least, _)| *least))]
        })
        .collect()
}

/// The commonest of some numbers, the smallest of equally common ones.
fn most<N: Ord + Copy + Default>(numbers: impl Iterator<Item = N>) -> N {
    let mut counts: BTreeMap<N, usize> = BTreeMap::new();
    for number in numbers {
        *counts.entry(number).or_default() += 1;
    }
    let best = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    best.map(|(number, _)| number).unwrap_or_default()
}

/// Puts words right whose class says little: what looks foreign and has no forms of an Arabic word is a name.
pub fn raise_foreign(table: &mut BTreeMap<Vec<u8>, Word>, classes: &Classes, shape: &[u8]) {
    let seen = seen(classes);
    for (key, word) in table.iter_mut() {
        let (least, raised) = if word.is_unit() {
            (FOREIGN, 6)
        } else {
            (FOREIGN + 2, 5)
        };
        let looks = qari::entity::shape(shape, key) > least && key.len() > 3;
        if looks && relatives(key, &seen) < 2 && verb_forms(key, &seen) < 2 {
            word.like = word.like.map(|like| like.max(raised));
        }
    }
}

/// How many forms newspapers use that only verbs and their like have.
fn verb_forms(word: &[u8], seen: &BTreeSet<&Vec<u8>>) -> usize {
    let before = ["ي", "ت", "سي", "ست", "وي", "وت"]
        .into_iter()
        .map(|prefix| [fold(prefix).as_slice(), word].concat());
    let after = ["ت", "وا", "ون", "تها", "ته", "هما"]
        .into_iter()
        .map(|suffix| [word, fold(suffix).as_slice()].concat());
    before
        .chain(after)
        .filter(|form| seen.contains(form))
        .count()
}

/// How many forms of a word newspapers use that names do not have: with an article behind a clitic, with a pronoun, with an ending.
fn relatives(word: &[u8], seen: &BTreeSet<&Vec<u8>>) -> usize {
    let article = fold("ال");
    let stem = word.strip_prefix(article.as_slice()).unwrap_or(word);
    let before = ["وال", "بال", "ال", "لل", "فال", "كال"]
        .into_iter()
        .map(|prefix| [fold(prefix).as_slice(), stem].concat());
    let after = ["ها", "هم", "ه", "ا", "ات", "نا", "ين"]
        .into_iter()
        .map(|suffix| [stem, fold(suffix).as_slice()].concat());
    before
        .chain(after)
        .filter(|form| form != word && seen.contains(form))
        .count()
}

/// The strings of a JSON object's values, whatever it nests.
pub fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().flat_map(strings).collect(),
        Value::Object(map) => map.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}
