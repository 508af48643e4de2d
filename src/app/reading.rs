//! The place in the open article, and the moves that change it.

use crate::doc::Anchor;

use super::jumps;
use super::message::Effect;
use super::page::{Column, Page, Row};
use super::pane::panes;
use super::passage::{self, Goal};
use super::sidebar;
use super::slot::Slot;
use super::state::{App, Focus};
use super::status::Status;

/// A place in an article: what stands at the top of the page, and the name at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The first byte of the top row.
    pub top: Anchor,
    /// Whether the top row is the gap after that paragraph.
    pub gap: bool,
    /// The mention at hand: an index into the article's mentions.
    pub mention: Option<usize>,
    /// The entity whose mentions are all marked: an index into the article's entities.
    pub entity: Option<usize>,
}

impl Place {
    /// The place with `top` on its first row.
    #[must_use]
    pub fn at(top: Anchor) -> Self {
        Self {
            top,
            ..Self::default()
        }
    }
}

/// Moves the top of the page: `to` gets the column, the row now at the top and the lowest row that may stand there, and may say
/// where the move still has to go when more of the article is at hand.
fn travel(app: &mut App, to: impl FnOnce(&mut Column<'_>, Row, Row) -> (Row, Option<Goal>)) {
    let text = panes(app).text;
    let settings = app.settings.clone();
    let Some(slot) = app.listing.current_mut() else {
        return;
    };
    if slot.blocks().is_empty() {
        return;
    }
    let mut column = Column::new(slot, text.width, &settings);
    let lowest = column.lowest_top(text.height);
    let top = column.top_of(&slot.place).min(lowest);
    let (row, goal) = to(&mut column, top, lowest);
    let row = row.min(lowest);
    let (anchor, gap) = column.anchor_of(row);
    slot.place.top = anchor;
    slot.place.gap = gap;
    app.goal = goal;
}

/// Moves the top of the page inside what is at hand.
fn move_top(app: &mut App, to: impl FnOnce(&mut Column<'_>, Row, Row) -> Row) {
    travel(app, |column, top, lowest| (to(column, top, lowest), None));
}

/// Whether the open article goes on above, and below, what is at hand.
fn more(app: &App) -> (bool, bool) {
    let slot = app.listing.current();
    slot.map_or((false, false), |slot| (slot.has_above(), slot.has_below()))
}

/// Scrolls `count` rows towards the article's end.
pub fn scroll_down(app: &mut App, count: usize) {
    let (_, more) = more(app);
    travel(app, |column, top, lowest| {
        let (row, left) = column.descend(top, count);
        let lost = left + column.rows_between(lowest, row);
        (row, (more && lost > 0).then_some(Goal::Down(lost)))
    });
}

/// Scrolls `count` rows towards the article's start.
pub fn scroll_up(app: &mut App, count: usize) {
    let (more, _) = more(app);
    travel(app, |column, top, _| {
        let (row, left) = column.ascend(top, count);
        (row, (more && left > 0).then_some(Goal::Up(left)))
    });
}

/// The rows of a page: one line of the last page stays in sight, so that the eye finds its place again.
pub fn page_rows(app: &App) -> usize {
    let height = usize::from(panes(app).text.height);
    if height > 3 {
        height - 1
    } else {
        height.max(1)
    }
}

/// The rows of half a page.
pub fn half_rows(app: &App) -> usize {
    (usize::from(panes(app).text.height) / 2).max(1)
}

/// Goes to the first row.
pub fn to_start(app: &mut App) {
    if more(app).0 {
        app.goal = Some(Goal::Start);
        return;
    }
    move_top(app, |_, _, _| Row::default());
}

/// Whether the page shows the end of the open article.
#[must_use]
pub fn shows_end(app: &App) -> bool {
    app.listing.current().is_some_and(|slot| {
        let (_, last) = Page::of(app).shown(slot);
        last >= slot.range().end
    })
}

/// Goes to the last page.
pub fn to_end(app: &mut App) {
    if more(app).1 {
        app.goal = Some(Goal::End);
        return;
    }
    move_top(app, |_, _, lowest| lowest);
}

/// Goes to the line that holds a byte of the source.
pub fn to_offset(app: &mut App, offset: usize) {
    let Some(slot) = app.listing.current() else {
        return;
    };
    let held = slot.held();
    if (slot.has_above() && offset < held.start) || (slot.has_below() && offset >= held.end) {
        app.goal = Some(Goal::Offset(offset));
        return;
    }
    let paragraph = slot.start(slot.block_at(offset));
    let anchor = Anchor {
        paragraph,
        byte: offset.saturating_sub(paragraph),
    };
    move_top(app, |column, _, _| column.row_of(anchor));
}

/// Goes so many hundredths of the article from its start.
pub fn to_percent(app: &mut App, percent: usize) {
    let Some(range) = app.listing.current().map(Slot::range) else {
        return;
    };
    match percent {
        0 => to_start(app),
        100.. => to_end(app),
        _ => to_offset(
            app,
            range.start + range.len() / 100 * percent + range.len() % 100 * percent / 100,
        ),
    }
}

/// Goes so many millionths of the article from its start.
pub fn to_share(app: &mut App, millionths: usize) {
    if let Some(range) = app.listing.current().map(Slot::range) {
        let above =
            range.len() / 1_000_000 * millionths + range.len() % 1_000_000 * millionths / 1_000_000;
        to_offset(app, range.start + above);
    }
}

/// Goes `count` paragraphs towards the end; the paragraph's first line comes to the top.
pub fn paragraph_down(app: &mut App, count: usize) {
    let (_, more) = more(app);
    travel(app, |column, top, lowest| {
        let block = column.slot().paragraph_after(top.block, count);
        if block == top.block {
            return (lowest, more.then_some(Goal::ParagraphsDown(count)));
        }
        let row = Row {
            block,
            ..Row::default()
        };
        let lost = row.block.saturating_sub(lowest.block);
        let goal = (more && row > lowest).then_some(Goal::ParagraphsDown(lost.max(1)));
        (row, goal)
    });
}

/// Goes `count` paragraphs towards the start; from inside a paragraph the first step goes to its first line.
pub fn paragraph_up(app: &mut App, count: usize) {
    let (more, _) = more(app);
    travel(app, |column, top, _| {
        let slot = column.slot();
        let inside = (top.window, top.line) > (0, 0) && slot.stands_apart(top.block);
        let back = if inside { count - 1 } else { count };
        let lost = back.saturating_sub(top.block);
        let row = Row {
            block: slot.paragraph_before(top.block, back),
            ..Row::default()
        };
        (row, (more && lost > 0).then_some(Goal::ParagraphsUp(lost)))
    });
}

/// Brings an anchor into sight: stays where it is when the page shows it, else puts it a third down the page.
pub fn show(app: &mut App, anchor: Anchor) {
    let height = usize::from(panes(app).text.height);
    if let Some(slot) = app.listing.current() {
        let held = slot.held();
        let above = slot.has_above() && anchor.paragraph < held.start;
        if above || (slot.has_below() && anchor.paragraph >= held.end) {
            app.goal = Some(Goal::Show(anchor));
            return;
        }
    }
    move_top(app, |column, top, _| {
        // An anchor out of the whole source may name no paragraph's start.
        let place = anchor.paragraph + anchor.byte;
        let slot = column.slot();
        let paragraph = slot.start(slot.block_at(anchor.paragraph));
        let anchor = Anchor {
            paragraph,
            byte: place.saturating_sub(paragraph),
        };
        let row = column.row_of(anchor);
        let bottom = column.below(top, height.saturating_sub(1));
        if (top..=bottom).contains(&row) {
            top
        } else {
            column.above(row, height / 3)
        }
    });
}

/// Opens the article at `index` of the list, where it was left.
pub fn open(app: &mut App, index: usize) -> Vec<Effect> {
    let Some(id) = app.listing.id(index) else {
        return Vec::new();
    };
    if id != app.listing.open_id() {
        // What could not be had may be there the next time.
        passage::forget(app);
    }
    app.listing.open(id);
    app.goal = None;
    let untagged = app
        .listing
        .current()
        .is_some_and(|slot| slot.names.is_none());
    sidebar::select(app, Focus::Articles, index);
    app.selection = None;
    app.name_cursor = sidebar::Cursor::default();
    app.filter.typed.clear();
    if untagged {
        vec![Effect::Tag(id)]
    } else {
        Vec::new()
    }
}

/// Opens the article `step` further in the list; says so when there is none.
pub fn open_by(app: &mut App, step: isize) -> Vec<Effect> {
    let last = app.listing.len().saturating_sub(1);
    let row = app.listing.open_row();
    let index = row.saturating_add_signed(step).min(last);
    if index == row {
        app.status = Some(Status::NoArticle);
        return Vec::new();
    }
    jumps::mark(app);
    open(app, index)
}
