//! The index over articles: whoever is named in several of them becomes one entry, with all its forms and where it is named.
//!
//! Names that are written alike (spelling habits folded) are one, and so is what an article itself calls by two names. A person known by
//! the surname alone joins the full name that ends in it, where only one does. What counts as a name is the tagger's matter.

mod graph;
mod tally;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use graph::{Pairs, pairs};
pub use tally::form;
pub use tally::{Tallied, Tally};

use super::Kind;
use super::document::skeleton;
use super::fold::fold;

/// One person, place … over all articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Its fullest name.
    pub name: String,
    /// The ways in which it is written, the most frequent first, with how often; spellings that differ in habit only are one.
    pub forms: Vec<(String, usize)>,
    /// How often it is named in all.
    pub mentions: usize,
    /// The articles that name it, in order, with how often each does.
    pub places: Vec<(usize, usize)>,
}

/// The finished index.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The entries, those with most mentions first.
    pub entries: Vec<Entry>,
    by_key: HashMap<Key, usize>,
}

impl Index {
    /// The entry of an entity that some article has under this name.
    #[must_use]
    pub fn find(&self, kind: Kind, name: &str) -> Option<usize> {
        self.by_key.get(&(kind, key(name))).copied()
    }
}

/// What makes two names one: their kind and their letters without spelling habits.
type Key = (Kind, Vec<u8>);

/// The letters of a name without spelling habits.
fn key(name: &str) -> Vec<u8> {
    skeleton(&fold(name))
}

/// The index while articles are still being added.
#[derive(Clone, Debug, Default)]
pub struct Gathering {
    groups: Vec<Group>,
    by_key: HashMap<Key, usize>,
    articles: BTreeSet<usize>,
}

/// A way in which something is written.
#[derive(Clone, Debug)]
struct Form {
    /// As first written.
    text: String,
    /// How often.
    count: usize,
    /// Whether some article has it as the name.
    named: bool,
}

impl Form {
    /// A form that stands nowhere yet.
    fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            count: 0,
            named: false,
        }
    }

    fn take(&mut self, other: &Self) {
        self.count += other.count;
        self.named |= other.named;
    }
}

/// What is the same by its names alone.
#[derive(Clone, Debug)]
struct Group {
    kind: Kind,
    /// By their folded letters.
    forms: BTreeMap<Vec<u8>, Form>,
    places: BTreeMap<usize, usize>,
    /// The group that it has become part of.
    part_of: Option<usize>,
}

impl Gathering {
    /// How many articles have been added.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.articles.len()
    }

    /// Whether the names of an article were added.
    #[must_use]
    pub fn holds(&self, article: usize) -> bool {
        self.articles.contains(&article)
    }

    /// Adds the names of an article; one that was added before is passed over.
    pub fn add(&mut self, article: usize, tally: &Tally) {
        if !self.articles.insert(article) {
            return;
        }
        for entity in &tally.entities {
            let keys: Vec<Key> = telling(entity)
                .map(|form| (entity.kind, key(form)))
                .collect();
            let group = self.group(entity.kind, &keys);
            let group = &mut self.groups[group];
            *group.places.entry(article).or_default() += entity.mentions();
            for (form, count) in &entity.forms {
                let known = group.forms.entry(fold(form));
                known.or_insert_with(|| Form::new(form)).count += count;
            }
            let own = group.forms.entry(fold(&entity.name));
            own.or_insert_with(|| Form::new(&entity.name)).named = true;
        }
    }

    /// The group that these keys lead to; groups that they join become one.
    fn group(&mut self, kind: Kind, keys: &[Key]) -> usize {
        let known: BTreeSet<usize> = keys
            .iter()
            .filter_map(|key| self.by_key.get(key))
            .map(|&group| self.root(group))
            .collect();
        let mut known = known.into_iter();
        let target = known.next().unwrap_or_else(|| {
            self.groups.push(Group {
                kind,
                forms: BTreeMap::new(),
                places: BTreeMap::new(),
                part_of: None,
            });
            self.groups.len() - 1
        });
        for other in known {
            let group = &mut self.groups[other];
            group.part_of = Some(target);
            let (forms, places) = (
                std::mem::take(&mut group.forms),
                std::mem::take(&mut group.places),
            );
            let target = &mut self.groups[target];
            for (key, form) in forms {
                let known = target.forms.entry(key);
                known.or_insert_with(|| Form::new(&form.text)).take(&form);
            }
            for (article, count) in places {
                *target.places.entry(article).or_default() += count;
            }
        }
        for key in keys {
            self.by_key.insert(key.clone(), target);
        }
        target
    }

    fn root(&self, mut group: usize) -> usize {
        while let Some(next) = self.groups[group].part_of {
            group = next;
        }
        group
    }

    /// The index of what has been added so far.
    #[must_use]
    pub fn index(&self) -> Index {
        let joined = self.surnames();
        let whole = |group: usize| {
            let mut group = self.root(group);
            while let Some(&next) = joined.get(&group) {
                group = next;
            }
            group
        };
        let mut parts: BTreeMap<usize, Vec<&Group>> = BTreeMap::new();
        for (at, group) in self.groups.iter().enumerate() {
            if group.part_of.is_none() {
                parts.entry(whole(at)).or_default().push(group);
            }
        }
        let mut entries: Vec<(usize, Entry)> = parts
            .into_iter()
            .map(|(at, groups)| (at, entry(&self.groups[at], &groups)))
            .collect();
        entries.sort_by(|(_, one), (_, other)| {
            let by_count = other.mentions.cmp(&one.mentions);
            by_count.then_with(|| (one.kind, &one.name).cmp(&(other.kind, &other.name)))
        });
        let place: HashMap<usize, usize> = (0..)
            .zip(&entries)
            .map(|(index, (at, _))| (*at, index))
            .collect();
        let by_key = self
            .by_key
            .iter()
            .filter_map(|(key, &group)| Some((key.clone(), *place.get(&whole(group))?)))
            .collect();
        Index {
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
            by_key,
        }
    }

    /// Persons whose name is the end, or a part of several words, of one longer name only: each with the group of that name.
    fn surnames(&self) -> HashMap<usize, usize> {
        let mut persons: Vec<(usize, Vec<Vec<u8>>)> = self
            .groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.kind == Kind::Person && group.part_of.is_none())
            .map(|(at, group)| (at, words(fullest(group))))
            .collect();
        persons.sort_by_key(|(at, words)| (std::cmp::Reverse(words.len()), *at));
        let mut by_surname: HashMap<&[u8], Vec<usize>> = HashMap::new();
        for (place, (_, words)) in persons.iter().enumerate() {
            for word in words {
                by_surname.entry(word).or_default().push(place);
            }
        }
        let mut joined: HashMap<usize, usize> = HashMap::new();
        for (at, short) in &persons {
            let Some(surname) = short.last() else {
                continue;
            };
            let longer = by_surname.get(surname.as_slice()).into_iter().flatten();
            let wholes: BTreeSet<usize> = longer
                .map(|&place| &persons[place])
                .filter(|(_, long)| is_short_for(short, long))
                .map(|(long, _)| joined.get(long).copied().unwrap_or(*long))
                .collect();
            if wholes.len() == 1 {
                joined.extend(wholes.into_iter().map(|whole| (*at, whole)));
            }
        }
        joined
    }
}

/// Whether a shorter name of a person can stand for a longer one: its words are among the other's in order, and one alone is the last.
fn is_short_for(short: &[Vec<u8>], long: &[Vec<u8>]) -> bool {
    let mut rest = long.iter();
    short.len() < long.len()
        && (short.len() > 1 || short.last() == long.last())
        && short.iter().all(|word| rest.any(|other| other == word))
}

/// The names of an entity that tell it from others anywhere: all but those that only cut its name short.
fn telling(entity: &Tallied) -> impl Iterator<Item = &str> {
    let name = words(&entity.name);
    let forms = entity.forms.iter().map(|(form, _)| form.as_str());
    let forms = forms.filter(move |form| {
        let form = words(form);
        let mut rest = name.iter();
        let is_part = form.iter().all(|word| rest.any(|other| other == word));
        let is_surname = entity.kind == Kind::Person && form.len() == 1;
        !(is_part && form.len() < name.len() || is_surname && name.len() > 1)
    });
    [entity.name.as_str()].into_iter().chain(forms)
}

fn words(name: &str) -> Vec<Vec<u8>> {
    fold(name)
        .split(|&byte| byte == b' ')
        .map(skeleton)
        .collect()
}

/// The form with most words of those that an article has as the name, of these the most frequent.
fn fullest(group: &Group) -> &str {
    let forms = group.forms.iter();
    let best = forms.max_by_key(|(key, form)| {
        let words = key.split(|&byte| byte == b' ').count();
        (form.named, words, form.count, std::cmp::Reverse(&form.text))
    });
    best.map_or("", |(_, form)| &form.text)
}

fn entry(main: &Group, groups: &[&Group]) -> Entry {
    let mut forms: BTreeMap<&[u8], (&str, usize)> = BTreeMap::new();
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for group in groups {
        for (key, form) in &group.forms {
            forms.entry(key).or_insert((&form.text, 0)).1 += form.count;
        }
        for (&article, &count) in &group.places {
            *places.entry(article).or_default() += count;
        }
    }
    let mut forms: Vec<(String, usize)> = forms
        .into_values()
        .filter(|&(_, count)| count > 0)
        .map(|(form, count)| (form.to_owned(), count))
        .collect();
    forms.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    Entry {
        kind: main.kind,
        name: fullest(main).to_owned(),
        forms,
        mentions: places.values().sum(),
        places: places.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An article's names: kind, and forms with their counts, the name first.
    fn tally(entities: &[(Kind, &[(&str, usize)])]) -> Tally {
        let entities = entities.iter().map(|(kind, forms)| Tallied {
            kind: *kind,
            name: forms[0].0.to_owned(),
            forms: forms
                .iter()
                .map(|(form, count)| ((*form).to_owned(), *count))
                .collect(),
        });
        Tally {
            entities: entities.collect(),
        }
    }

    fn index(articles: &[Tally]) -> Index {
        let mut gathering = Gathering::default();
        for (at, tally) in articles.iter().enumerate() {
            gathering.add(at, tally);
            gathering.add(at, tally);
        }
        gathering.index()
    }

    /// Each entry as `name mentions articles`.
    fn told(index: &Index) -> Vec<String> {
        let entries = index.entries.iter();
        entries
            .map(|entry| format!("{} {} {}", entry.name, entry.mentions, entry.places.len()))
            .collect()
    }

    #[test]
    fn a_surname_joins_the_one_full_name_that_ends_in_it() {
        let full: &[_] = &[("فلاديمير بوتين", 1), ("بوتين", 3)];
        let alone: &[_] = &[("بوتين", 2)];
        let index = index(&[
            tally(&[(Kind::Person, full)]),
            tally(&[(Kind::Person, alone)]),
        ]);
        assert_eq!(told(&index), ["فلاديمير بوتين 6 2"]);
        assert_eq!(index.find(Kind::Person, "بوتين"), Some(0));
        assert_eq!(index.find(Kind::Place, "بوتين"), None);
        assert_eq!(index.entries[0].forms[0], ("بوتين".to_owned(), 5));
    }

    #[test]
    fn a_surname_of_two_persons_stays_alone() {
        let index = index(&[
            tally(&[
                (Kind::Person, &[("جورج بوش", 1)]),
                (Kind::Person, &[("جيب بوش", 1)]),
            ]),
            tally(&[(Kind::Person, &[("بوش", 4)])]),
        ]);
        assert_eq!(told(&index), ["بوش 4 1", "جورج بوش 1 1", "جيب بوش 1 1"]);
    }

    #[test]
    fn names_within_names_are_one_person() {
        let index = index(&[
            tally(&[(Kind::Person, &[("بوتين", 1)])]),
            tally(&[(Kind::Person, &[("فلاديمير فلاديميروفيتش بوتين", 1)])]),
            tally(&[(Kind::Person, &[("فلاديمير بوتين", 1)])]),
        ]);
        assert_eq!(told(&index), ["فلاديمير فلاديميروفيتش بوتين 3 3"]);
    }

    #[test]
    fn a_given_name_alone_joins_nobody() {
        let index = index(&[
            tally(&[(Kind::Person, &[("محمد السادس", 2)])]),
            tally(&[(Kind::Person, &[("محمد", 1)])]),
        ]);
        assert_eq!(told(&index), ["محمد السادس 2 1", "محمد 1 1"]);
    }

    #[test]
    fn spelling_habits_do_not_part_what_is_one() {
        let index = index(&[
            tally(&[(Kind::Place, &[("أمريكا", 1)])]),
            tally(&[(Kind::Place, &[("أميركا", 1)])]),
            tally(&[(Kind::Place, &[("امريكا", 1)])]),
        ]);
        assert_eq!(index.entries.len(), 1);
        assert_eq!(index.entries[0].mentions, 3);
    }

    #[test]
    fn what_one_article_calls_by_two_names_is_one_everywhere() {
        let index = index(&[
            tally(&[(Kind::Organization, &[("الناتو", 2)])]),
            tally(&[(Kind::Organization, &[("حلف شمال الأطلسي", 2)])]),
            tally(&[(Kind::Organization, &[("حلف شمال الأطلسي", 1), ("الناتو", 1)])]),
        ]);
        assert_eq!(told(&index), ["حلف شمال الأطلسي 6 3"]);
    }

    #[test]
    fn a_name_cut_short_joins_no_other_article() {
        let union = |name, short| tally(&[(Kind::Organization, &[(name, 1), (short, 2)])]);
        let index = index(&[
            union("الاتحاد الأوروبي", "الاتحاد"),
            union("الاتحاد الأفريقي", "الاتحاد"),
        ]);
        assert_eq!(index.entries.len(), 2);
        let parts = tally(&[
            (Kind::Place, &[("السودان", 1)]),
            (Kind::Place, &[("جنوب السودان", 1)]),
        ]);
        assert_eq!(super::Gathering::default().index().entries, []);
        let mut gathering = Gathering::default();
        gathering.add(0, &parts);
        assert_eq!(gathering.index().entries.len(), 2);
        assert_eq!(gathering.articles(), 1);
    }
}
