//! The two lists of the sidebar: moving in them, scrolling them, choosing from them.

use super::jumps;
use super::message::Effect;
use super::names::{self, NameRow};
use super::pane::{Rect, panes};
use super::reading;
use super::state::{App, Focus, Overlay};

/// A place in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The row that is chosen by Enter.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
}

/// The rows of a list, without its heading.
fn len(app: &App, list: Focus) -> usize {
    match list {
        Focus::Names => names::rows_of(app).len(),
        Focus::Articles | Focus::Text => app.listing.len(),
    }
}

/// The rows that a list's pane has for entries, below its heading.
#[must_use]
pub fn room(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(1))
}

/// The pane of a list.
fn area(app: &App, list: Focus) -> Rect {
    let panes = panes(app);
    if list == Focus::Names {
        panes.names
    } else {
        panes.articles
    }
}

/// The cursor of a list.
fn cursor(app: &mut App, list: Focus) -> &mut Cursor {
    match list {
        Focus::Names => &mut app.name_cursor,
        Focus::Articles | Focus::Text => &mut app.article_cursor,
    }
}

/// The row of a list that can be chosen, at a row or next to it, towards the end first; the headings of kinds cannot.
fn choosable(app: &App, list: Focus, row: usize) -> Option<usize> {
    if list != Focus::Names {
        return Some(row.min(app.listing.len().checked_sub(1)?));
    }
    let rows = names::rows_of(app);
    let row = row.min(rows.len().checked_sub(1)?);
    (row..rows.len())
        .chain((0..row).rev())
        .find(|&row| matches!(rows[row], NameRow::Entity(_)))
}

/// Selects a row (or the next one that can be chosen, towards the end first) and brings it into sight.
pub fn select(app: &mut App, list: Focus, row: usize) {
    let Some(found) = choosable(app, list, row) else {
        return;
    };
    let room = room(area(app, list)).max(1);
    let cursor = cursor(app, list);
    cursor.selected = found;
    // A kind's heading stays in sight above its first entity.
    let first = if list == Focus::Names {
        found.saturating_sub(1)
    } else {
        found
    };
    cursor.top = cursor.top.min(first).max((found + 1).saturating_sub(room));
}

/// The entity under the mark of the list of names: an index into the article's entities.
#[must_use]
pub fn selected_entity(app: &App) -> Option<usize> {
    match names::rows_of(app).get(app.name_cursor.selected) {
        Some(NameRow::Entity(entity)) => Some(*entity),
        _ => None,
    }
}

/// The entity whose places in the article are shown below the names: the one under the list's mark, else the one at hand.
#[must_use]
pub fn strip_entity(app: &App) -> Option<usize> {
    if app.focus == Focus::Names {
        selected_entity(app)
    } else {
        app.listing.current()?.place.entity
    }
}

/// Moves the selection by `step` rows that can be chosen.
pub fn step(app: &mut App, list: Focus, step: isize) {
    let selected = cursor(app, list).selected;
    if list != Focus::Names {
        select(app, list, selected.saturating_add_signed(step));
        return;
    }
    let rows = names::rows_of(app);
    let is_entity = |row: &usize| matches!(rows[*row], NameRow::Entity(_));
    let rows: Vec<usize> = (0..rows.len()).filter(is_entity).collect();
    let at = rows.partition_point(|&row| row < selected);
    let target = at
        .saturating_add_signed(step)
        .min(rows.len().saturating_sub(1));
    if let Some(&row) = rows.get(target) {
        select(app, list, row);
    }
}

/// Goes to the first row that can be chosen.
pub fn to_start(app: &mut App, list: Focus) {
    select(app, list, 0);
}

/// Goes to the last row that can be chosen.
pub fn to_end(app: &mut App, list: Focus) {
    select(app, list, usize::MAX);
}

/// Scrolls a list without moving its selection.
pub fn scroll(app: &mut App, list: Focus, rows: isize) {
    let lowest = len(app, list).saturating_sub(room(area(app, list)));
    let cursor = cursor(app, list);
    cursor.top = cursor.top.saturating_add_signed(rows).min(lowest);
}

/// The row of a list under a row of the screen; nothing on its heading or below its end.
#[must_use]
pub fn row_at(app: &App, list: Focus, area: Rect, row: u16) -> Option<usize> {
    let below = row.checked_sub(area.y + 1)?;
    let top = if list == Focus::Names {
        app.name_cursor.top
    } else {
        app.article_cursor.top
    };
    let index = top + usize::from(below);
    (index < len(app, list)).then_some(index)
}

/// Gives the focus to a pane, and shows the sidebar if that is needed.
pub fn focus(app: &mut App, focus: Focus) {
    app.focus = focus;
    if app.overlay == Some(Overlay::Sidebar) {
        app.overlay = None;
    }
    if focus != Focus::Text && panes(app).divider.is_empty() {
        app.settings.sidebar_shown = true;
        if panes(app).divider.is_empty() {
            app.overlay = Some(Overlay::Sidebar);
        }
    }
    if focus != Focus::Text {
        settle(app);
    }
}

/// Brings the selections back into their lists after the panes have changed.
pub fn settle(app: &mut App) {
    if panes(app).articles.is_empty() && panes(app).names.is_empty() {
        app.focus = Focus::Text;
    }
    for list in [Focus::Articles, Focus::Names] {
        let selected = cursor(app, list).selected;
        select(app, list, selected);
    }
}

/// Does what Enter does in the list that has the focus: opens the article, or jumps to the name's next mention.
pub fn choose(app: &mut App) -> Vec<Effect> {
    let effects = match app.focus {
        Focus::Text => return Vec::new(),
        Focus::Articles => {
            let index = app.article_cursor.selected;
            app.focus = Focus::Text;
            if index != app.listing.open_row() {
                jumps::mark(app);
            }
            reading::open(app, index)
        }
        Focus::Names => {
            // The focus stays, so that Enter walks on to the next mention.
            if let Some(entity) = selected_entity(app) {
                names::jump(app, entity);
            }
            Vec::new()
        }
    };
    if app.overlay == Some(Overlay::Sidebar) {
        app.overlay = None;
        app.focus = Focus::Text;
    }
    effects
}
