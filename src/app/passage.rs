//! Articles that are not at hand whole: which part is needed next, and what is done once it is there.
//!
//! A move that leads beyond what is at hand asks for the rest and goes on when it comes. Near an edge the next part is asked for
//! before it is needed.

use std::sync::Arc;

use crate::doc::{Anchor, Document, Mark, Notice, Passage};

use super::follow;
use super::hunt;
use super::listing::ArticleId;
use super::message::{Effect, Message};
use super::pane::panes;
use super::reading;
use super::seek;
use super::selection;
use super::sidebar;
use super::slot::Slot;
use super::state::App;
use super::status::Status;
use super::stored::Stored;

/// Where a move still has to go when the text is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// To the article's start.
    Start,
    /// To its end.
    End,
    /// To a byte of the source.
    Offset(usize),
    /// Brings an anchor into sight.
    Show(Anchor),
    /// So many rows down.
    Down(usize),
    /// So many rows up.
    Up(usize),
    /// So many paragraphs down.
    ParagraphsDown(usize),
    /// So many paragraphs up.
    ParagraphsUp(usize),
    /// To a share of the article, in millionths.
    Share(usize),
    /// To a paragraph and a byte in it, both counted as they are kept: the paragraph from the article's start.
    Within(usize, usize),
}

/// An article of a source that is read in passages, which its scan may not have found yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resuming {
    /// The article.
    pub article: ArticleId,
    /// The share of it that is above the page, in millionths, if it is not to be looked up where it was left.
    pub share: Option<usize>,
}

/// What has been asked for and has not come yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// A passage.
    passage: Option<(ArticleId, usize)>,
    /// Titles: the first row, and the row after the last.
    titles: Option<(usize, usize)>,
}

/// The share of what is at hand that is left before more is asked for.
const MARGIN: usize = 8;

/// Asks for what the state lacks: a part of the open article, titles that are shown.
pub fn ask(app: &mut App) -> Vec<Effect> {
    let mut effects = Vec::new();
    let article = app.listing.open_id();
    if let Some(around) = lacking(app)
        && app.asked.passage != Some((article, around))
    {
        app.asked.passage = Some((article, around));
        effects.push(Effect::Load { article, around });
    }
    effects.extend(ask_titles(app));
    effects.extend(ask_names(app));
    effects
}

/// Asks for the names around the page when it has left the part in which names were sought.
fn ask_names(app: &mut App) -> Option<Effect> {
    let id = app.listing.open_id();
    let slot = app.listing.current_mut()?;
    let top = slot.place.top.paragraph + slot.place.top.byte;
    let named = slot.named.as_ref()?;
    let margin = named.len() / MARGIN;
    let held = slot.held();
    let above = top < named.start + margin && named.start > held.start;
    let below = top + margin > named.end && named.end < held.end;
    if !above && !below {
        return None;
    }
    slot.named = None;
    Some(Effect::Tag(id))
}

/// The byte of the open article's source around which text is lacking, if some is.
fn lacking(app: &App) -> Option<usize> {
    let id = app.listing.open_id();
    if app.listing.filed(id.source).is_some() {
        return Some(0);
    }
    let (mark, _) = app.listing.stored(id.source)?.bounds(id.article)?;
    let Some(slot) = app.listing.current() else {
        if app.goal == Some(Goal::End) {
            return Some(usize::MAX);
        }
        let left = app.listing.left_at(id);
        return Some(left.map_or(mark.offset(), |place| place.top.paragraph));
    };
    let top = slot.place.top.paragraph + slot.place.top.byte;
    if let Some(goal) = app.goal {
        return Some(match goal {
            Goal::Start => slot.range().start,
            Goal::End => usize::MAX,
            Goal::Offset(offset) => offset,
            Goal::Show(anchor) => anchor.paragraph + anchor.byte,
            Goal::Down(_)
            | Goal::ParagraphsDown(_)
            | Goal::Up(_)
            | Goal::ParagraphsUp(_)
            | Goal::Share(_)
            | Goal::Within(..) => top,
        });
    }
    let held = slot.held();
    let margin = held.len() / MARGIN;
    let near_above = slot.has_above() && top < held.start + margin;
    let near_below = slot.has_below() && top + margin > held.end;
    (near_above || near_below).then_some(top)
}

/// Asks for the titles in sight that have not been read.
fn ask_titles(app: &mut App) -> Option<Effect> {
    let area = panes(app).articles;
    let top = app.article_cursor.top;
    let end = (top + sidebar::room(area)).min(app.listing.len());
    let lacks = |row: &usize| app.listing.title(*row).is_none();
    let from = (top..end).find(lacks)?;
    if app.asked.titles == Some((from, end)) {
        return None;
    }
    app.asked.titles = Some((from, end));
    Some(Effect::Titles { from, end })
}

/// Takes in what comes from sources that are read in passages.
pub fn hear(app: &mut App, message: Message) -> Vec<Effect> {
    match message {
        Message::Opened(stored) => take_stored(app, stored),
        Message::Fetched { source, document } => fetch(app, source, &document),
        Message::Marks {
            source,
            kept,
            marks,
            scanned,
            text,
            done,
        } => {
            take_marks(app, source, (kept, marks), scanned, done);
            if let Some(text) = text {
                app.listing.lengthen(source, text);
            }
            let mut effects = resume(app);
            if done {
                effects.extend(follow::go_on(app, source));
            }
            effects
        }
        Message::ResumedLarge(article) => {
            let source = app.listing.sources().saturating_sub(1);
            let article = ArticleId { source, article };
            app.resuming = (!app.moved).then_some(Resuming {
                article,
                share: None,
            });
            resume(app)
        }
        Message::Held { source, document } => hold(app, source, &document),
        Message::Noticed { source, notice } => {
            if source == app.listing.open_id().source {
                let told =
                    super::update::told(app.listing.name(source).unwrap_or_default(), &notice);
                app.status.get_or_insert(told);
            }
            Vec::new()
        }
        Message::NothingToRepair => {
            app.status = Some(Status::NothingToRepair);
            Vec::new()
        }
        Message::Passage { article, passage } => take(app, article, passage),
        Message::Titles { source, titles } => {
            take_titles(app, source, titles);
            Vec::new()
        }
        Message::Found(found) => {
            hunt::hear(app, found);
            Vec::new()
        }
        Message::Changed { source, fate } => follow::hear(app, source, fate),
        Message::Outgrown { source, stored } => follow::store(app, source, stored),
        Message::Refused(text) => {
            refuse(app, text);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Takes a file up again that was laid aside, for the open article if that is one of its, and goes on with the move that waits for it.
fn fetch(app: &mut App, source: usize, document: &Arc<Document>) -> Vec<Effect> {
    app.asked.passage = None;
    let open = app.listing.open_id();
    let left = app.listing.left_at(open).copied();
    if !app.listing.fetch(source, document) || open.source != source {
        return Vec::new();
    }
    let goal = app.goal.take();
    let effects = reading::open(app, app.listing.open_row());
    if let (Some(place), Some(slot)) = (left, app.listing.current_mut()) {
        slot.take_place(place);
    }
    if let Some(goal) = goal {
        pursue(app, goal);
    }
    effects
}

/// Takes a source that is read in passages into the list; the first source is opened.
fn take_stored(app: &mut App, stored: Stored) -> Vec<Effect> {
    let first = app.listing.is_empty();
    app.listing.add_stored(stored);
    if first {
        reading::open(app, 0)
    } else {
        Vec::new()
    }
}

/// Goes on where the reader is to go on, once the scan has come beyond that article.
pub fn resume(app: &mut App) -> Vec<Effect> {
    let Some(Resuming { article, share }) = app.resuming else {
        return Vec::new();
    };
    let stored = app.listing.stored(article.source);
    let Some((count, done)) = stored.map(|stored| (stored.len(), stored.done)) else {
        return Vec::new();
    };
    let is_open = app.listing.open_id() == article;
    if !(done || is_open || article.article + 1 < count) {
        return Vec::new();
    }
    app.resuming = None;
    let last = count.saturating_sub(1);
    let article = ArticleId {
        article: article.article.min(last),
        ..article
    };
    let effects = if is_open {
        Vec::new()
    } else {
        reading::open(app, app.listing.row(article))
    };
    if let Some(share) = share {
        app.goal = Some(Goal::Share(share));
        if app.listing.current().is_some()
            && let Some(goal) = app.goal.take()
        {
            pursue(app, goal);
        }
    }
    effects
}

/// How far the reader is in a source that is about to be read in another way: its article, and the share of that above the page.
pub fn standing(app: &App) -> Option<Resuming> {
    let slot = app.listing.current()?;
    let range = slot.range();
    let top = slot.place.top.paragraph + slot.place.top.byte;
    let above = top.saturating_sub(range.start).min(range.len());
    let parts = above.saturating_mul(1_000_000) / range.len().max(1);
    Some(Resuming {
        article: app.listing.open_id(),
        share: Some(parts),
    })
}

/// Takes a source in that was read in passages and is held whole now, since it was read in another way.
fn hold(app: &mut App, source: usize, document: &Arc<Document>) -> Vec<Effect> {
    let left = standing(app).filter(|left| left.article.source == source);
    app.listing.hold(source, document);
    app.records.forget_source(source);
    seek::forget(app);
    forget(app);
    let drawn = |notice: &Notice| matches!(notice, Notice::StoredAsDrawn { .. });
    app.status = Some(Status::Written {
        written: document.written,
        drawn: document.notices.iter().any(drawn),
    });
    let effects = reading::open(app, app.listing.open_row());
    if let Some(slot) = app.listing.current_mut() {
        slot.resumed = true;
    }
    if let Some(share) = left.and_then(|left| left.share) {
        reading::to_share(app, share);
    }
    effects
}

/// Takes a passage in, if it is of the open article, and goes on with the move that waits for it.
fn take(app: &mut App, article: ArticleId, passage: Passage) -> Vec<Effect> {
    app.asked.passage = None;
    if article != app.listing.open_id() {
        return Vec::new();
    }
    if let [notice, ..] = &passage.document.notices[..] {
        let told = super::update::told(&passage.document.name, notice);
        app.status.get_or_insert(told);
    }
    let chosen = selection::lift(app);
    app.listing.take(passage);
    selection::put_down(app, chosen);
    if let Some(goal) = app.goal.take() {
        pursue(app, goal);
    }
    vec![Effect::Tag(article)]
}

/// Goes on with a move.
fn pursue(app: &mut App, goal: Goal) {
    match goal {
        Goal::Start => reading::to_start(app),
        Goal::End => reading::to_end(app),
        Goal::Offset(offset) => reading::to_offset(app, offset),
        Goal::Show(anchor) => reading::show(app, anchor),
        Goal::Down(rows) => reading::scroll_down(app, rows),
        Goal::Up(rows) => reading::scroll_up(app, rows),
        Goal::ParagraphsDown(count) => reading::paragraph_down(app, count),
        Goal::ParagraphsUp(count) => reading::paragraph_up(app, count),
        Goal::Share(millionths) => reading::to_share(app, millionths),
        Goal::Within(paragraph, byte) => {
            let start = app.listing.current().map_or(0, |slot| slot.range().start);
            reading::to_offset(app, start.saturating_add(paragraph).saturating_add(byte));
        }
    }
}

/// Takes marks in that were found in a source. Where they cut the open article up, the reader stays in the part that is shown.
fn take_marks(
    app: &mut App,
    source: usize,
    (kept, marks): (usize, Vec<Mark>),
    scanned: usize,
    done: bool,
) {
    let open = app.listing.open_id();
    let top = app
        .listing
        .current()
        .map(|slot: &Slot| slot.place.top.paragraph);
    let before = app.listing.stored(source).map_or(0, Stored::len);
    let found = !marks.is_empty();
    app.listing.change_stored(source, |stored| {
        stored.marks.truncate(kept);
        stored.marks.extend(marks);
        stored.scanned = scanned;
        stored.done = done;
    });
    if open.source != source {
        return;
    }
    if let Some(last) = app.listing.last_of(source).filter(|last| open > *last) {
        // There are fewer than before.
        app.listing.cut(last);
        forget(app);
        return;
    }
    if !found {
        return;
    }
    if open.article + 1 >= before
        && let Some(top) = top
    {
        // The last article that was known ends now.
        let stored = app.listing.stored(source);
        let article = stored.map_or(0, |stored| stored.article_at(top));
        app.listing.cut(ArticleId { source, article });
        app.asked = Asked::default();
    }
    app.asked.titles = None;
}

/// Forgets what was asked for: it is to be asked for anew.
pub fn forget(app: &mut App) {
    app.asked = Asked::default();
}

/// Takes titles in, from a row of the list on.
fn take_titles(app: &mut App, source: usize, titles: Vec<(usize, String)>) {
    app.listing
        .change_stored(source, |stored| stored.titles.extend(titles));
}

/// Says that a source cannot give a passage.
fn refuse(app: &mut App, text: String) {
    app.goal = None;
    app.status = Some(Status::Failed(text));
}
