//! Search in an article that is not at hand whole: its hits come in while it streams by, and a step that leads beyond those that are
//! known waits for more.

use crate::doc::Anchor;

use super::listing::ArticleId;
use super::message::Effect;
use super::page::Page;
use super::passage::Goal;
use super::reading;
use super::seek;
use super::slot::Slot;
use super::state::App;
use super::status::Status;

/// What is known of the hits in one article.
#[derive(Clone, Debug)]
pub struct Hunt {
    article: ArticleId,
    /// Where they stand in the source, in order.
    hits: Vec<usize>,
    /// The byte of the source up to which has been searched.
    reached: usize,
    /// Whether that is all.
    done: bool,
    /// Whether it has been ordered.
    ordered: bool,
    /// A step that waits.
    wants: Option<isize>,
    /// The hit at hand.
    at: Option<usize>,
}

/// What a search has found since it told last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The article.
    pub article: ArticleId,
    /// What was sought.
    pub needle: String,
    /// Where it stands in the source, in order.
    pub hits: Vec<usize>,
    /// The byte of the source up to which has been searched.
    pub reached: usize,
    /// Whether that is all.
    pub done: bool,
}

/// Whether the open article has to be searched so.
pub fn is_needed(app: &App) -> bool {
    app.listing.current().is_some_and(|slot| !slot.is_whole())
}

/// Goes `step` hits on, as soon as they are known.
pub fn step(app: &mut App, step: isize) {
    let article = app.listing.open_id();
    let hunt = app.seek.hunt.take().filter(|hunt| hunt.article == article);
    let mut hunt = hunt.unwrap_or(Hunt {
        article,
        hits: Vec::new(),
        reached: 0,
        done: false,
        ordered: false,
        wants: None,
        at: None,
    });
    hunt.wants = Some(step);
    app.seek.hunt = Some(hunt);
    go(app);
}

/// Lets go of a step that waits: the reader does something else.
pub fn interrupt(app: &mut App) {
    if let Some(hunt) = &mut app.seek.hunt {
        hunt.wants = None;
    }
}

/// Asks for the search to be begun, or ended; marks the hits in what has come to hand.
pub fn ask(app: &mut App) -> Option<Effect> {
    let Some(hunt) = &mut app.seek.hunt else {
        return std::mem::take(&mut app.hunting).then_some(Effect::EndHunt);
    };
    let (article, at) = (hunt.article, hunt.at);
    let is_new = !std::mem::replace(&mut hunt.ordered, true);
    if article == app.listing.open_id() {
        seek::mark(app, at);
    }
    app.hunting |= is_new;
    is_new.then_some(Effect::Hunt(article))
}

/// Takes in what was found.
pub fn hear(app: &mut App, found: Found) {
    let is_it = |hunt: &&mut Hunt| hunt.article == found.article;
    if found.needle != app.seek.needle {
        return;
    }
    let Some(hunt) = app.seek.hunt.as_mut().filter(is_it) else {
        return;
    };
    hunt.hits.extend(found.hits);
    hunt.reached = found.reached;
    hunt.done = found.done;
    let of = hunt.hits.len();
    if let (true, Some(Status::HitSoFar(at))) = (hunt.done, &app.status) {
        app.status = Some(Status::Hit {
            at: *at,
            of,
            wrapped: false,
        });
    }
    go(app);
}

/// Goes on with the step that waits, if its hit is known.
fn go(app: &mut App) {
    let first = app
        .listing
        .current()
        .map_or(0, |slot| Page::of(app).shown(slot).0);
    let Some(hunt) = &mut app.seek.hunt else {
        return;
    };
    let Some(step) = hunt.wants else {
        return;
    };
    // Without a hit at hand, the first from the top of the page on is one step on.
    let from = hunt.at.unwrap_or(first);
    let after = hunt.at.is_some() && step > 0;
    let before = hunt
        .hits
        .partition_point(|hit| *hit < from || after && *hit == from);
    let index = before.cast_signed() + step - isize::from(step > 0);
    let count = hunt.hits.len();
    let is_known = (0..count.cast_signed()).contains(&index) && hunt.reached >= from;
    if !is_known && !hunt.done {
        let reached = hunt.reached;
        let range = app.listing.current().map(Slot::range).unwrap_or_default();
        let percent = reached.saturating_sub(range.start) / (range.len() / 100).max(1);
        app.status = Some(Status::Seeking(percent.min(99)));
        return;
    }
    hunt.wants = None;
    if count == 0 {
        app.status = Some(Status::NotFound(app.seek.needle.clone()));
        return;
    }
    let at = index.rem_euclid(count.cast_signed()).cast_unsigned();
    let hit = hunt.hits[at];
    hunt.at = Some(hit);
    app.status = Some(if hunt.done {
        Status::Hit {
            at: at + 1,
            of: count,
            wrapped: at.cast_signed() != index,
        }
    } else {
        Status::HitSoFar(at + 1)
    });
    show(app, hit);
}

/// Brings a byte of the source into sight.
fn show(app: &mut App, byte: usize) {
    let Some(slot) = app.listing.current() else {
        return;
    };
    let anchor = Anchor {
        paragraph: byte,
        byte: 0,
    };
    if slot.held().contains(&byte) {
        reading::show(app, anchor);
    } else {
        app.goal = Some(Goal::Show(anchor));
    }
}
