//! The place in the open article, and the moves that change it.

use crate::doc::Anchor;

use super::page::{Column, Row};
use super::pane::panes;
use super::state::{App, Effect, Status};

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

/// Moves the top of the page: `to` gets the column, the row now at the top and the lowest row that may stand there.
fn move_top(app: &mut App, to: impl FnOnce(&mut Column<'_>, Row, Row) -> Row) {
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
    let row = to(&mut column, top, lowest).min(lowest);
    let (anchor, gap) = column.anchor_of(row);
    slot.place.top = anchor;
    slot.place.gap = gap;
}

/// Scrolls `count` rows towards the article's end.
pub fn scroll_down(app: &mut App, count: usize) {
    move_top(app, |column, top, _| column.below(top, count));
}

/// Scrolls `count` rows towards the article's start.
pub fn scroll_up(app: &mut App, count: usize) {
    move_top(app, |column, top, _| column.above(top, count));
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
    move_top(app, |_, _, _| Row::default());
}

/// Goes to the last page.
pub fn to_end(app: &mut App) {
    move_top(app, |_, _, lowest| lowest);
}

/// Goes `count` paragraphs towards the end; the paragraph's first line comes to the top.
pub fn paragraph_down(app: &mut App, count: usize) {
    move_top(app, |column, top, lowest| {
        let block = column.slot().paragraph_after(top.block, count);
        if block == top.block {
            return lowest;
        }
        Row {
            block,
            ..Row::default()
        }
        .min(lowest)
    });
}

/// Goes `count` paragraphs towards the start; from inside a paragraph the first step goes to its first line.
pub fn paragraph_up(app: &mut App, count: usize) {
    move_top(app, |column, top, _| {
        let slot = column.slot();
        let inside = (top.window, top.line) > (0, 0) && slot.stands_apart(top.block);
        let back = if inside { count - 1 } else { count };
        Row {
            block: slot.paragraph_before(top.block, back),
            ..Row::default()
        }
    });
}

/// Brings an anchor into sight: stays where it is when the page shows it, else puts it a third down the page.
pub fn show(app: &mut App, anchor: Anchor) {
    let height = usize::from(panes(app).text.height);
    move_top(app, |column, top, _| {
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
    app.listing.open(id);
    let untagged = app
        .listing
        .current()
        .is_some_and(|slot| slot.names.is_none());
    app.article_cursor.selected = index;
    app.name_cursor = super::sidebar::Cursor::default();
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
    open(app, index)
}
