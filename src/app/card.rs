//! The card of a name: what else it is called, the roles it is given, who is named with it, and every mention in its context.
//!
//! The open article comes first, then each other article of the shelf that names it, as workers find them. Rows are made of the state
//! whenever they are asked for; a card itself is only a name and a mark on one of its rows.

use std::collections::{BTreeMap, HashMap};

use crate::entity::index::{Entry, Pairs, Tally, pairs};
use crate::entity::{Entity, Kind, Names, Roles};
use crate::text::fold::fold_str;

use super::listing::ArticleId;
use super::register::{self, article_of};
use super::sidebar::Cursor;
use super::slot::Slot;
use super::state::App;

/// The most names that are told as named together with another.
const COMPANIONS: usize = 12;
/// The most other articles whose text is looked at for one card.
const ARTICLES: usize = 40;

/// Whom or what a card is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub kind: Kind,
    /// The name that some article has for it.
    pub name: String,
}

/// A card as it lies over the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Whom or what it is about.
    pub subject: Subject,
    /// The row chosen and the first one shown.
    pub cursor: Cursor,
}

impl Card {
    /// A card with its mark on the first row.
    #[must_use]
    pub fn of(subject: Subject) -> Self {
        Self {
            subject,
            cursor: Cursor::default(),
        }
    }
}

/// A part of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Section {
    /// Other forms of the name.
    Forms,
    /// Its roles.
    Roles,
    /// Who is named in the same paragraphs.
    Together,
    /// Its mentions in the open article, and how many.
    Here(usize),
    /// Its mentions in another article, and how many.
    There(ArticleId, usize),
}

/// A row of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardRow {
    /// What it is, how often it is named, in how many articles.
    Facts {
        /// Mentions in all articles that are known.
        mentions: usize,
        /// How many articles.
        articles: usize,
    },
    /// The heading of a part.
    Heading(Section),
    /// A form or a role, with how often.
    Words(String, usize),
    /// Another name, with the number of paragraphs that name both.
    Companion(Subject, usize),
    /// A mention in its context: the article, and an index into its mentions.
    Context(ArticleId, usize),
    /// The text of this article is on its way.
    Waiting,
    /// An empty row.
    Gap,
}

/// Whether an entity of some article is the subject of a card.
struct Meant<'a> {
    app: &'a App,
    subject: &'a Subject,
    entry: Option<usize>,
}

impl<'a> Meant<'a> {
    fn of(app: &'a App, subject: &'a Subject) -> Self {
        let entry = app.register.index().find(subject.kind, &subject.name);
        Self {
            app,
            subject,
            entry,
        }
    }

    fn entry(&self) -> Option<&'a Entry> {
        self.app.register.index().entries.get(self.entry?)
    }

    fn is(&self, entity: &Entity) -> bool {
        let found = self.app.register.index().find(entity.kind, &entity.name);
        let alike = entity.kind == self.subject.kind && entity.name == self.subject.name;
        alike || found.is_some() && found == self.entry
    }

    /// Its mentions in an article, in order.
    fn mentions(&self, names: &Names) -> Vec<usize> {
        let entities = names.entities.iter().filter(|entity| self.is(entity));
        let mut mentions: Vec<usize> = entities
            .flat_map(|entity| entity.mentions.iter().copied())
            .collect();
        mentions.sort_unstable();
        mentions
    }
}

/// The other articles that name it, in order, with how often each does.
fn others(app: &App, subject: &Subject) -> Vec<(ArticleId, usize)> {
    let places = Meant::of(app, subject).entry().map(|entry| &entry.places);
    let places = places.into_iter().flatten();
    places
        .map(|&(number, count)| (article_of(number), count))
        .filter(|(id, _)| *id != app.listing.open_id())
        .collect()
}

/// The articles whose names a card still lacks.
pub fn lacking<'a>(app: &'a App, subject: &Subject) -> impl Iterator<Item = ArticleId> + use<'a> {
    let others = others(app, subject).into_iter().take(ARTICLES);
    others
        .map(|(id, _)| id)
        .filter(|&id| register::known(app, id).is_none())
}

/// The rows of a card.
#[must_use]
pub fn rows(app: &App, subject: &Subject) -> Vec<CardRow> {
    let meant = Meant::of(app, subject);
    let open = app.listing.open_id();
    let here = app
        .listing
        .current()
        .and_then(|slot| Some((slot, slot.names.as_deref()?)));
    let here_mentions = here.map_or_else(Vec::new, |(_, names)| meant.mentions(names));
    let others = others(app, subject);
    let looked_at = others.iter().take(ARTICLES);
    let looked_at = looked_at.filter_map(|(id, _)| register::known(app, *id));
    let known: Vec<(&Slot, &Names)> = here
        .into_iter()
        .chain(looked_at.filter_map(|slot| Some((slot, slot.names.as_deref()?))))
        .collect();

    let elsewhere: usize = others.iter().map(|(_, count)| count).sum();
    let mut rows = vec![CardRow::Facts {
        mentions: here_mentions.len() + elsewhere,
        articles: others.len() + usize::from(!here_mentions.is_empty()),
    }];
    section(&mut rows, Section::Forms, forms(&meant, &known));
    section(&mut rows, Section::Roles, roles(&meant, &known));
    let companions = companions(&meant, &known).into_iter();
    let companions: Vec<_> = companions
        .map(|(subject, count)| CardRow::Companion(subject, count))
        .collect();
    if !companions.is_empty() {
        rows.extend([CardRow::Gap, CardRow::Heading(Section::Together)]);
        rows.extend(companions);
    }
    if !here_mentions.is_empty() {
        let heading = CardRow::Heading(Section::Here(here_mentions.len()));
        rows.extend([CardRow::Gap, heading]);
        let contexts = here_mentions.into_iter();
        rows.extend(contexts.map(|mention| CardRow::Context(open, mention)));
    }
    for (id, count) in others {
        rows.extend([CardRow::Gap, CardRow::Heading(Section::There(id, count))]);
        match register::known(app, id).and_then(|slot| slot.names.as_deref()) {
            Some(names) => {
                let contexts = meant.mentions(names).into_iter();
                rows.extend(contexts.map(|mention| CardRow::Context(id, mention)));
            }
            None => rows.push(CardRow::Waiting),
        }
    }
    rows
}

/// Adds a part that has any words.
fn section(rows: &mut Vec<CardRow>, section: Section, words: Vec<(String, usize)>) {
    if !words.is_empty() {
        rows.extend([CardRow::Gap, CardRow::Heading(section)]);
        rows.extend(
            words
                .into_iter()
                .map(|(text, count)| CardRow::Words(text, count)),
        );
    }
}

/// The other forms of the name.
fn forms(meant: &Meant, known: &[(&Slot, &Names)]) -> Vec<(String, usize)> {
    let own = fold_str(&meant.subject.name);
    let forms = match meant.entry() {
        Some(entry) => entry.forms.clone(),
        None => counted(known.iter().flat_map(|(slot, names)| {
            let tally = Tally::of(names, |paragraph| slot.text(slot.block_at(paragraph)));
            let entities = names.entities.iter().zip(tally.entities);
            let ours = entities.filter(|(entity, _)| meant.is(entity));
            ours.flat_map(|(_, tallied)| tallied.forms)
                .collect::<Vec<_>>()
        })),
    };
    let others = forms.into_iter().filter(|(form, _)| fold_str(form) != own);
    others.collect()
}

/// The roles that it is given.
fn roles(meant: &Meant, known: &[(&Slot, &Names)]) -> Vec<(String, usize)> {
    if !matches!(meant.subject.kind, Kind::Person | Kind::Organization) {
        return Vec::new();
    }
    let finder = Roles::default();
    counted(known.iter().flat_map(|(slot, names)| {
        let mentions = meant.mentions(names).into_iter();
        let mentions = mentions.filter_map(|at| names.mentions.get(at));
        mentions
            .flat_map(|mention| {
                let text = slot.text(slot.block_at(mention.paragraph));
                finder.of(text, &mention.range)
            })
            .map(|role| (role, 1))
            .collect::<Vec<_>>()
    }))
}

/// Sums up what is written alike, the most frequent first.
fn counted(words: impl Iterator<Item = (String, usize)>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for (text, count) in words {
        counts.entry(fold_str(&text)).or_insert((text, 0)).1 += count;
    }
    let mut words: Vec<(String, usize)> = counts.into_values().collect();
    words.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    words
}

/// Who is named in the same paragraphs, most often first; dates and numbers are left out.
fn companions(meant: &Meant, known: &[(&Slot, &Names)]) -> Vec<(Subject, usize)> {
    let mut numbers: HashMap<(Kind, String), usize> = HashMap::new();
    let mut subjects: Vec<Subject> = vec![meant.subject.clone()];
    let mut found = Pairs::new();
    for (_, names) in known {
        let own: Vec<Option<usize>> = names
            .entities
            .iter()
            .map(|entity| {
                if meant.is(entity) {
                    return Some(0);
                }
                let counts = matches!(
                    entity.kind,
                    Kind::Date | Kind::Number | Kind::Money | Kind::Percent
                );
                if counts {
                    return None;
                }
                let subject = whole(meant.app, entity);
                let key = (subject.kind, subject.name.clone());
                Some(*numbers.entry(key).or_insert_with(|| {
                    subjects.push(subject);
                    subjects.len() - 1
                }))
            })
            .collect();
        let place = |entity: &Entity| {
            let at = names
                .entities
                .iter()
                .position(|other| std::ptr::eq(other, entity))?;
            own[at]
        };
        pairs(names, place, &mut found);
    }
    let mut with: Vec<(Subject, usize)> = found
        .range((0, 0)..(1, 0))
        .map(|(&(_, other), &count)| (subjects[other].clone(), count))
        .collect();
    with.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    with.truncate(COMPANIONS);
    with
}

/// An entity by its name over the whole shelf.
fn whole(app: &App, entity: &Entity) -> Subject {
    let index = app.register.index();
    let entry = index
        .find(entity.kind, &entity.name)
        .and_then(|at| index.entries.get(at));
    Subject {
        kind: entity.kind,
        name: entry.map_or(&entity.name, |entry| &entry.name).clone(),
    }
}
