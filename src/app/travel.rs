//! Moves in whatever has the focus: the text, a list, the help, what lies over them.

use super::correcting;
use super::jumps;
use super::look;
use super::pane::panes;
use super::reading;
use super::selection;
use super::sidebar;
use super::state::{App, Focus, Overlay};
use crate::action::Action;

/// Moves the text, a list or the help, whichever has the focus.
pub fn travel(app: &mut App, action: Action, times: usize) {
    match (&app.overlay, app.focus) {
        (Some(Overlay::Help { .. }), _) => help(app, action, times),
        (Some(Overlay::Card(_) | Overlay::Index(_) | Overlay::Marks { .. }), _) => {
            look::travel(app, action, times);
        }
        (Some(Overlay::Correcting(_)), _) => correcting::travel(app, action, times),
        _ if app.selection.is_some() => {
            selection::act(app, action, isize::try_from(times).unwrap_or(isize::MAX));
        }
        (_, Focus::Text) => text(app, action, times),
        (_, pane) => list(app, pane, action, times),
    }
}

/// Moves the text.
fn text(app: &mut App, action: Action, times: usize) {
    match action {
        Action::LineDown => reading::scroll_down(app, times),
        Action::LineUp => reading::scroll_up(app, times),
        Action::PageDown => {
            reading::scroll_down(app, times.saturating_mul(reading::page_rows(app)));
        }
        Action::PageUp => reading::scroll_up(app, times.saturating_mul(reading::page_rows(app))),
        Action::HalfPageDown => {
            reading::scroll_down(app, times.saturating_mul(reading::half_rows(app)));
        }
        Action::HalfPageUp => {
            reading::scroll_up(app, times.saturating_mul(reading::half_rows(app)));
        }
        Action::ArticleStart => reading::to_start(app),
        _ => reading::to_end(app),
    }
}

/// Moves the selection of a list.
fn list(app: &mut App, list: Focus, action: Action, times: usize) {
    let panes = panes(app);
    let area = if list == Focus::Names {
        panes.names
    } else {
        panes.articles
    };
    let page = sidebar::room(area).max(1);
    let rows = match action {
        Action::PageDown | Action::PageUp => times.saturating_mul(page),
        Action::HalfPageDown | Action::HalfPageUp => times.saturating_mul((page / 2).max(1)),
        _ => times,
    };
    let rows = isize::try_from(rows).unwrap_or(isize::MAX);
    match action {
        Action::LineDown | Action::PageDown | Action::HalfPageDown => {
            sidebar::step(app, list, rows);
        }
        Action::LineUp | Action::PageUp | Action::HalfPageUp => sidebar::step(app, list, -rows),
        Action::ArticleStart => sidebar::to_start(app, list),
        _ => sidebar::to_end(app, list),
    }
}

/// Scrolls the help; drawing keeps its last page full.
fn help(app: &mut App, action: Action, times: usize) {
    let page = super::help::frame(app).rows();
    let rows = app.help_rows().saturating_sub(page);
    let Some(Overlay::Help { top }) = &mut app.overlay else {
        return;
    };
    let now = (*top).min(rows);
    *top = match action {
        Action::LineDown => now.saturating_add(times),
        Action::LineUp => now.saturating_sub(times),
        Action::PageDown | Action::HalfPageDown => now.saturating_add(times.saturating_mul(page)),
        Action::PageUp | Action::HalfPageUp => now.saturating_sub(times.saturating_mul(page)),
        Action::ArticleStart => 0,
        _ => rows,
    }
    .min(rows);
}

/// Keeps the place in the text before a jump to one of its ends.
pub fn mark_ends(app: &mut App) {
    if app.overlay.is_none() && app.focus == Focus::Text {
        jumps::mark(app);
    }
}
