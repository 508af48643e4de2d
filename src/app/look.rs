//! Boxes over the text that list something (cards, the index, the marks): opening them, moving in them, choosing from them.

use std::sync::Arc;

use crate::action::Action;
use crate::doc::Anchor;

use super::card::{self, Card, CardRow, Subject};
use super::correcting;
use super::frame::Frame;
use super::jumps;
use super::listing::ArticleId;
use super::marking;
use super::message::Effect;
use super::names;
use super::pane::Rect;
use super::passage::Goal;
use super::reading;
use super::register::{self, View};
use super::sidebar::{self, Cursor};
use super::state::{App, Focus, Overlay};
use super::status::Status;

/// The widest card, in columns.
const CARD: u16 = 100;
/// The widest index, in columns.
const INDEX: u16 = 76;
/// The widest list of marks, in columns.
const MARKS: u16 = 100;

/// The box of a card.
#[must_use]
pub fn card_frame(app: &App) -> Frame {
    Frame::over(app, CARD)
}

/// The box of the index.
#[must_use]
pub fn index_frame(app: &App) -> Frame {
    Frame::over(app, INDEX)
}

/// The box of the list of marks.
#[must_use]
pub fn marks_frame(app: &App) -> Frame {
    Frame::over(app, MARKS)
}

/// The rows of the index's box that list entries: all but the first, which sums up.
#[must_use]
pub fn index_list(frame: Frame) -> Rect {
    let taken = u16::from(frame.inner.height > 1);
    Rect {
        y: frame.inner.y + taken,
        height: frame.inner.height - taken,
        ..frame.inner
    }
}

/// Opens the card of the name at hand, of the list's or of the index's.
pub fn open_card(app: &mut App) {
    match subject(app) {
        Some(subject) => show(app, Overlay::Card(Card::of(subject))),
        None => app.status = Some(Status::NoNameAtHand),
    }
}

/// Opens the index.
pub fn open_index(app: &mut App) {
    show(app, Overlay::Index(View::default()));
}

fn show(app: &mut App, overlay: Overlay) {
    jumps::mark(app);
    app.under = None;
    app.overlay = Some(overlay);
}

/// The name that is meant.
fn subject(app: &App) -> Option<Subject> {
    match &app.overlay {
        Some(Overlay::Index(view)) => register::selected(app, view),
        Some(Overlay::Card(card)) => match card_row(app, card)? {
            CardRow::Companion(subject, _) => Some(subject),
            _ => None,
        },
        _ => {
            let slot = app.listing.current()?;
            let names = slot.names.as_deref()?;
            let entity = if app.focus == Focus::Names {
                sidebar::selected_entity(app)?
            } else {
                names.mentions.get(slot.place.mention?)?.entity
            };
            let entity = names.entities.get(entity)?;
            Some(Subject {
                kind: entity.kind,
                name: entity.name.clone(),
            })
        }
    }
}

fn card_row(app: &App, card: &Card) -> Option<CardRow> {
    card::rows(app, &card.subject)
        .get(card.cursor.selected)
        .cloned()
}

/// Does what Enter does on a row of a card or of the index.
pub fn choose(app: &mut App) -> Vec<Effect> {
    match &app.overlay {
        Some(Overlay::Card(card)) => match card_row(app, card) {
            Some(CardRow::Context(id, mention)) => return go(app, id, mention),
            Some(CardRow::Companion(..)) => open_card(app),
            _ => {}
        },
        Some(Overlay::Index(view)) => match (register::selected(app, view), &view.joined) {
            (Some(target), Some(joined)) => return correcting::join(app, joined.clone(), target),
            (Some(_), None) => open_card(app),
            (None, _) => {}
        },
        Some(Overlay::Marks { .. }) => return marking::go(app),
        _ => {}
    }
    Vec::new()
}

/// Goes to a mention in the text.
fn go(app: &mut App, id: ArticleId, mention: usize) -> Vec<Effect> {
    let known = register::known(app, id);
    let Some((names, found)) = known.and_then(|slot| slot.names.clone().zip(slot.found.clone()))
    else {
        return Vec::new();
    };
    let document = known.map(|slot| Arc::clone(&slot.document));
    let Some(target) = names.mentions.get(mention) else {
        return Vec::new();
    };
    jumps::mark(app);
    app.overlay = None;
    app.focus = Focus::Text;
    let mut effects = Vec::new();
    if id != app.listing.open_id() {
        if let Some(document) = document {
            // It may have been laid aside.
            app.listing.fetch(id.source, &document);
        }
        effects = reading::open(app, app.listing.row(id));
    }
    if let Some(slot) = app
        .listing
        .current_mut()
        .filter(|slot| slot.names.is_none())
    {
        slot.take_names(found, &app.corrections);
    }
    let anchor = Anchor {
        paragraph: target.paragraph,
        byte: target.range.start,
    };
    if app.listing.current().is_some() {
        names::take_anchor(app, anchor);
    } else {
        app.goal = Some(Goal::Show(anchor));
    }
    effects
}

/// Closes the box.
pub fn close(app: &mut App) {
    app.overlay = None;
    sidebar::settle(app);
}

/// Moves the mark of a list in a box.
pub fn travel(app: &mut App, action: Action, times: usize) {
    let (count, page) = match &app.overlay {
        Some(Overlay::Card(card)) => (card::rows(app, &card.subject).len(), card_frame(app).rows()),
        Some(Overlay::Index(view)) => {
            let list = index_list(index_frame(app));
            (
                register::rows(app, view).len(),
                usize::from(list.height).max(1),
            )
        }
        Some(Overlay::Marks { marks, .. }) => (marks.len(), marks_frame(app).rows()),
        _ => return,
    };
    let Some(cursor) = cursor(app) else { return };
    let rows = match action {
        Action::PageDown | Action::PageUp => times.saturating_mul(page),
        Action::HalfPageDown | Action::HalfPageUp => times.saturating_mul((page / 2).max(1)),
        _ => times,
    };
    let selected = match action {
        Action::LineDown | Action::PageDown | Action::HalfPageDown => {
            cursor.selected.saturating_add(rows)
        }
        Action::LineUp | Action::PageUp | Action::HalfPageUp => {
            cursor.selected.saturating_sub(rows)
        }
        Action::ArticleStart => 0,
        _ => usize::MAX,
    };
    put(cursor, selected, count, page);
}

/// Puts the mark on a row of a list and brings it into sight.
pub fn put(cursor: &mut Cursor, row: usize, count: usize, page: usize) {
    cursor.selected = row.min(count.saturating_sub(1));
    let lowest = (cursor.selected + 1).saturating_sub(page);
    cursor.top = cursor.top.min(cursor.selected).max(lowest);
}

/// The mark of what is open.
fn cursor(app: &mut App) -> Option<&mut Cursor> {
    match &mut app.overlay {
        Some(Overlay::Card(card)) => Some(&mut card.cursor),
        Some(Overlay::Index(view)) => Some(&mut view.cursor),
        Some(Overlay::Marks { cursor, .. }) => Some(cursor),
        _ => None,
    }
}

/// Chooses the row under a row of the screen.
pub fn press(app: &mut App, column: u16, row: u16) -> Vec<Effect> {
    let area = match &app.overlay {
        Some(Overlay::Card(_)) => card_frame(app).inner,
        Some(Overlay::Marks { .. }) => marks_frame(app).inner,
        _ => index_list(index_frame(app)),
    };
    if !area.holds(column, row) {
        return Vec::new();
    }
    let Some(cursor) = cursor(app) else {
        return Vec::new();
    };
    let index = cursor.top + usize::from(row - area.y);
    cursor.selected = index;
    choose(app)
}

/// Turns the order of the index.
pub fn turn_sort(app: &mut App) {
    if let Some(Overlay::Index(view)) = &mut app.overlay {
        view.sort = view.sort.next();
        view.cursor = Cursor::default();
    }
}
