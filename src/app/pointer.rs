//! The mouse: a wheel turn scrolls the pane below it, a click chooses the row below it, a drag over the text chooses words.

use crate::action::Action;

use super::correcting;
use super::look;
use super::message::Effect;
use super::names;
use super::pane::{Rect, panes};
use super::state::{App, Focus, Overlay};
use super::{reading, selection, sidebar};

/// How many rows one turn of the wheel moves.
const WHEEL: usize = 3;

/// What the mouse did, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// What it did.
    pub kind: PointerKind,
    /// Column of the screen, from 0.
    pub column: u16,
    /// Row of the screen, from 0.
    pub row: u16,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerKind {
    /// The main button went down.
    Press,
    /// It moved with the main button down.
    Drag,
    /// The wheel turned away from the hand.
    WheelUp,
    /// The wheel turned towards the hand.
    WheelDown,
}

/// Does what the pointer asks for.
pub fn point(app: &mut App, pointer: Pointer) -> Vec<Effect> {
    app.moved = true;
    let is_wheel = matches!(pointer.kind, PointerKind::WheelUp | PointerKind::WheelDown);
    if matches!(app.overlay, Some(Overlay::Prompt { .. })) && !is_wheel {
        // What is being typed belongs to the range and the article at hand.
        return Vec::new();
    }
    if pointer.kind == PointerKind::Drag {
        selection::drag(app, pointer.column, pointer.row);
        return Vec::new();
    }
    if pointer.kind == PointerKind::Press {
        (app.held, app.selection) = (None, None);
    }
    if let Some(Overlay::Help { top }) = &mut app.overlay {
        match pointer.kind {
            PointerKind::WheelDown => *top = top.saturating_add(WHEEL),
            PointerKind::WheelUp => *top = top.saturating_sub(WHEEL),
            PointerKind::Press => drop(app.uncover()),
            PointerKind::Drag => {}
        }
        return Vec::new();
    }
    if matches!(app.overlay, Some(Overlay::Correcting(_))) {
        match pointer.kind {
            PointerKind::WheelDown => correcting::travel(app, Action::LineDown, 1),
            PointerKind::WheelUp => correcting::travel(app, Action::LineUp, 1),
            PointerKind::Press => return correcting::press(app, pointer.column, pointer.row),
            PointerKind::Drag => {}
        }
        return Vec::new();
    }
    if matches!(
        app.overlay,
        Some(Overlay::Card(_) | Overlay::Index(_) | Overlay::Marks { .. })
    ) {
        match pointer.kind {
            PointerKind::WheelDown => look::travel(app, Action::LineDown, WHEEL),
            PointerKind::WheelUp => look::travel(app, Action::LineUp, WHEEL),
            PointerKind::Press => return look::press(app, pointer.column, pointer.row),
            PointerKind::Drag => {}
        }
        return Vec::new();
    }
    let panes = panes(app);
    let (column, row) = (pointer.column, pointer.row);
    if panes.articles.holds(column, row) {
        press_list(app, pointer, Focus::Articles, panes.articles)
    } else if panes.names.holds(column, row) {
        press_list(app, pointer, Focus::Names, panes.names)
    } else if panes.reading.holds(column, row) {
        match pointer.kind {
            PointerKind::WheelDown => reading::scroll_down(app, WHEEL),
            PointerKind::WheelUp => reading::scroll_up(app, WHEEL),
            PointerKind::Press => {
                app.focus = Focus::Text;
                if app.overlay == Some(Overlay::Sidebar) {
                    app.overlay = None;
                } else {
                    names::take_at(app, column, row);
                    app.held = selection::word_at(app, column, row);
                }
            }
            PointerKind::Drag => {}
        }
        Vec::new()
    } else {
        Vec::new()
    }
}

/// A wheel turn or a click on one of the two lists.
fn press_list(app: &mut App, pointer: Pointer, list: Focus, area: Rect) -> Vec<Effect> {
    match pointer.kind {
        PointerKind::WheelDown => sidebar::scroll(app, list, WHEEL.cast_signed()),
        PointerKind::WheelUp => sidebar::scroll(app, list, -WHEEL.cast_signed()),
        PointerKind::Press => {
            app.focus = list;
            if let Some(row) = sidebar::row_at(app, list, area, pointer.row) {
                sidebar::select(app, list, row);
                return sidebar::choose(app);
            }
        }
        PointerKind::Drag => {}
    }
    Vec::new()
}
