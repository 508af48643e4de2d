//! The index over the shelf in the reader: gathered article by article while somebody looks, listed, sorted and filtered.
//!
//! Articles are surveyed by a worker, a few at a time. While the index or a card is open each lot that comes back asks for the next one;
//! else a lot is ordered whenever nothing has happened for a moment and the names of the open article are known, so that the index is
//! there when it is asked for. Large articles wait until it is. What has been found stays, here and in the state file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::doc::Document;
use crate::entity::index::{Entry, Gathering, Index, Tally};
use crate::entity::{Correction, Names};

use super::card::Subject;
use super::correcting::Joined;
use super::filter::Filter;
use super::listing::ArticleId;
use super::message::Effect;
use super::sidebar::Cursor;
use super::slot::Slot;
use super::state::{App, Overlay};

/// Articles of more bytes wait until somebody asks for the index.
const LARGE: usize = 1 << 18;

/// The order of the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Most mentions first.
    #[default]
    Mentions,
    /// Most articles first.
    Articles,
    /// By kind, in each by name.
    Kind,
    /// By name.
    Name,
    /// In the order in which the shelf names them first.
    First,
}

impl Sort {
    /// The next order.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Mentions => Self::Articles,
            Self::Articles => Self::Kind,
            Self::Kind => Self::Name,
            Self::Name => Self::First,
            Self::First => Self::Mentions,
        }
    }

    /// Its word in the strings of the interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mentions => "mentions",
            Self::Articles => "articles",
            Self::Kind => "kind",
            Self::Name => "name",
            Self::First => "first",
        }
    }
}

/// The index as it lies over the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The row chosen and the first one shown.
    pub cursor: Cursor,
    /// Which entries are listed.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// The name that the chosen entry is another name of, while that is being asked.
    pub joined: Option<Joined>,
}

/// How the index stands to what has been gathered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// It is made of all that.
    #[default]
    Fresh,
    /// More has been gathered since.
    Behind,
    /// It is that of the survey before.
    Stale,
}

/// What has been gathered.
#[derive(Clone, Debug, Default)]
pub struct Register {
    gathering: Gathering,
    index: Arc<Index>,
    /// The row of the list of articles that comes next.
    next: usize,
    /// Whether a worker has an order.
    running: bool,
    /// How often the survey has begun anew; what comes from an earlier one is passed over.
    round: usize,
    state: State,
    /// Whether articles were passed over that wait until somebody asks for the index.
    passed: bool,
    /// The row from which on articles have come in since the order that a worker has.
    missed: Option<usize>,
    /// Articles that are not open, for the sake of their names.
    glimpses: BTreeMap<ArticleId, Slot>,
    asked: BTreeSet<ArticleId>,
}

impl Register {
    /// The index of what has been surveyed.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The number of the survey.
    #[must_use]
    pub const fn round(&self) -> usize {
        self.round
    }

    /// How many articles have been surveyed.
    #[must_use]
    pub fn surveyed(&self) -> usize {
        self.gathering.articles()
    }
}

/// An article's number in the index: in the order of the list, whatever comes to be in it.
const fn number(id: ArticleId) -> usize {
    (id.source << 32) | id.article
}

/// The article of a number.
#[must_use]
pub const fn article_of(number: usize) -> ArticleId {
    ArticleId {
        source: number >> 32,
        article: number & 0xFFFF_FFFF,
    }
}

/// Whether the index or a card is open.
fn is_asked(app: &App) -> bool {
    let open = [&app.overlay, &app.under];
    open.iter()
        .any(|overlay| matches!(overlay, Some(Overlay::Card(_) | Overlay::Index(_))))
}

/// Whether the article in a row of the list is to be surveyed now: that of a plain text that is read in passages never is, and what has
/// been surveyed not again; what takes its time only when asked for.
#[must_use]
pub fn is_wanted(app: &App, row: usize) -> bool {
    app.listing.id(row).is_some_and(|id| {
        let may_be = may_be_surveyed(app, id);
        let waits = || takes_time(app, id) && !is_asked(app);
        may_be && !waits() && !app.register.gathering.holds(number(id))
    })
}

/// Whether an article is no part of a plain text that is read in passages.
fn may_be_surveyed(app: &App, id: ArticleId) -> bool {
    let stored = app.listing.stored(id.source);
    stored.is_none_or(|stored| stored.composed)
}

/// Whether an article is large, or its file is to be read again.
fn takes_time(app: &App, id: ArticleId) -> bool {
    app.listing
        .document(id)
        .is_none_or(|(document, article)| document.articles[article].range.len() > LARGE)
}

/// Whether there is something to be surveyed while nothing happens.
#[must_use]
pub fn may_go_on(app: &App) -> bool {
    let register = &app.register;
    let tagged = app
        .listing
        .current()
        .is_none_or(|slot| slot.names.is_some());
    !register.running && register.next < app.listing.len() && tagged && !is_asked(app)
}

/// Orders one more lot, since nothing happens.
pub fn go_on(app: &mut App) -> Vec<Effect> {
    if !may_go_on(app) {
        return Vec::new();
    }
    let first = app.register.next;
    let next = (first..app.listing.len()).find(|&row| is_wanted(app, row));
    let next = next.unwrap_or(app.listing.len());
    app.register.passed |= (first..next).any(|row| {
        let id = app.listing.id(row);
        id.is_some_and(|id| may_be_surveyed(app, id) && takes_time(app, id))
    });
    app.register.next = next;
    if next == app.listing.len() {
        return Vec::new();
    }
    app.register.running = true;
    vec![Effect::Survey(next)]
}

/// Asks for what the index or the card that is open still lacks.
pub fn ask(app: &mut App) -> Vec<Effect> {
    let mut effects = Vec::new();
    if !is_asked(app) {
        return effects;
    }
    if app.register.state == State::Behind {
        app.register.index = Arc::new(app.register.gathering.index());
        app.register.state = State::Fresh;
    }
    if std::mem::take(&mut app.register.passed) {
        look_again(&mut app.register, 0);
    }
    if !app.register.running && app.register.next < app.listing.len() {
        app.register.running = true;
        effects.push(Effect::Survey(app.register.next));
    }
    if let Some(Overlay::Card(card)) = &app.overlay {
        let lacking: Vec<ArticleId> = super::card::lacking(app, &card.subject)
            .filter(|id| !app.register.asked.contains(id))
            .collect();
        app.register.asked.extend(&lacking);
        effects.extend(lacking.into_iter().map(Effect::Glimpse));
    }
    effects
}

/// Has the survey look once more at the articles from a row of the list on; those that were surveyed are passed over.
pub fn look_again(register: &mut Register, row: usize) {
    register.next = register.next.min(row);
    if register.running {
        let missed = register.missed.map_or(row, |missed| missed.min(row));
        register.missed = Some(missed);
    }
}

/// Makes corrections hold in what has been gathered: the survey begins anew, and the index stays as it was until that is done.
pub fn correct(app: &mut App, corrections: &[Correction]) {
    let register = &mut app.register;
    for slot in register.glimpses.values_mut() {
        slot.correct(corrections);
    }
    begin_anew(register);
}

fn begin_anew(register: &mut Register) {
    register.gathering = Gathering::default();
    register.next = 0;
    register.round += 1;
    register.running = false;
    register.state = State::Stale;
    register.passed = false;
    register.missed = None;
}

/// Takes what a worker has found in some articles; `next` is the row that it would have read next.
pub fn take(app: &mut App, round: usize, tallies: &[(ArticleId, Tally)], next: usize) {
    if round != app.register.round {
        return;
    }
    for (id, tally) in tallies {
        app.register.gathering.add(number(*id), tally);
    }
    // The index is made when somebody looks.
    if app.register.state != State::Stale || next >= app.listing.len() {
        app.register.state = State::Behind;
    }
    let missed = app.register.missed.take();
    app.register.next = missed.map_or(next, |missed| missed.min(next));
    app.register.running = false;
}

/// Takes the text and the names of an article that is not open.
pub fn glimpse(
    app: &mut App,
    id: ArticleId,
    (document, article): (Arc<Document>, usize),
    names: Arc<Names>,
) {
    let mut slot = Slot::new(document, article);
    slot.take_names(names, &app.corrections);
    app.register.glimpses.insert(id, slot);
}

/// An article whose names are known: one that was opened, or one that was only looked at for them.
#[must_use]
pub fn known(app: &App, id: ArticleId) -> Option<&Slot> {
    let opened = app.listing.slot(id).filter(|slot| slot.names.is_some());
    opened.or_else(|| app.register.glimpses.get(&id))
}

/// The rows of the index as it lies over the text: numbers of entries.
#[must_use]
pub fn rows(app: &App, view: &View) -> Vec<usize> {
    let entries = &app.register.index.entries;
    let wanted = |entry: &Entry| {
        view.filter.admits_kind(entry.kind)
            && entry
                .forms
                .iter()
                .map(|(form, _)| form)
                .chain([&entry.name])
                .any(|form| view.filter.admits_name(form))
    };
    let mut rows: Vec<usize> = (0..entries.len())
        .filter(|&row| wanted(&entries[row]))
        .collect();
    let first = |entry: &Entry| entry.places.first().map(|place| place.0);
    rows.sort_by(|&one, &other| {
        let (one, other) = (&entries[one], &entries[other]);
        match view.sort {
            Sort::Mentions => other.mentions.cmp(&one.mentions),
            Sort::Articles => other.places.len().cmp(&one.places.len()),
            Sort::Kind => (one.kind, &one.name).cmp(&(other.kind, &other.name)),
            Sort::Name => one.name.cmp(&other.name),
            Sort::First => first(one).cmp(&first(other)),
        }
    });
    rows
}

/// The entry under the mark.
#[must_use]
pub fn selected(app: &App, view: &View) -> Option<Subject> {
    let row = *rows(app, view).get(view.cursor.selected)?;
    let entry = app.register.index.entries.get(row)?;
    Some(Subject {
        kind: entry.kind,
        name: entry.name.clone(),
    })
}
