//! The line that is typed: what comes into it, and what it was typed for.

use super::filter;
use super::jumps;
use super::line::Line;
use super::marking;
use super::message::Effect;
use super::reading;
use super::seek;
use super::state::{App, Ask, Focus, Overlay};
use super::status::Status;
use crate::action::{Action, digit};
use crate::text::Direction;
use crate::text::bidi::first_strong;

/// Adds what was typed to the prompt.
pub fn insert(app: &mut App, text: &str) {
    if let Some(Overlay::Prompt { line, .. }) = &mut app.overlay {
        line.insert(text);
    }
    filter::follow(app);
}

/// Takes pasted text: only the prompt has a use for it, and only for its first line.
pub fn paste(app: &mut App, text: &str) {
    let line = text.lines().next().unwrap_or_default();
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    insert(app, &line);
}

/// Asks for a line.
pub fn open(app: &mut App, ask: Ask) {
    app.overlay = Some(Overlay::Prompt {
        ask,
        line: Line::default(),
    });
}

/// Does what the line was typed for.
pub fn submit(app: &mut App) -> Vec<Effect> {
    let Some(Overlay::Prompt { ask, line }) = app.uncover() else {
        return Vec::new();
    };
    let typed = line.text();
    if matches!(ask, Ask::Search | Ask::Place) {
        jumps::mark(app);
    }
    match ask {
        // The list has followed what was typed.
        Ask::Filter => {}
        Ask::Place => return go_to(app, typed.trim()),
        // An empty line repeats the last search, as in less.
        Ask::Search if typed.is_empty() => seek::step(app, 1),
        Ask::Search => seek::begin(app, typed.to_owned()),
        Ask::Bookmark => return marking::bookmark(app, typed),
        Ask::Note => return marking::highlight(app, typed),
        Ask::Rename(id) | Ask::Rewrite(id) => return marking::write(app, id, typed),
    }
    Vec::new()
}

/// Goes to the article of a number, or to a percentage of the open one.
fn go_to(app: &mut App, typed: &str) -> Vec<Effect> {
    app.focus = Focus::Text;
    let number = typed.trim_end_matches(['%', '٪']);
    let digits = number.chars().map(|c| usize::try_from(digit(c)?).ok());
    let value = digits
        .collect::<Option<Vec<_>>>()
        .filter(|digits| !digits.is_empty())
        .map(|digits| {
            let add = |sum: usize, digit: usize| sum.saturating_mul(10).saturating_add(digit);
            digits.into_iter().fold(0, add)
        });
    match value {
        Some(percent) if number.len() < typed.len() => reading::to_percent(app, percent),
        Some(at) if (1..=app.listing.len()).contains(&at) => return reading::open(app, at - 1),
        _ if typed.is_empty() => {}
        _ => {
            let typed = typed.to_owned();
            app.status = Some(match app.listing.scanned() {
                Some(percent) if value.is_some() => Status::Scanning { typed, percent },
                _ => Status::NoPlace(typed),
            });
        }
    }
    Vec::new()
}

/// Changes what was typed, or moves the caret in it; an empty prompt closes when still more is taken back.
pub fn edit(app: &mut App, action: Action) {
    let Some(Overlay::Prompt { line, .. }) = &mut app.overlay else {
        return;
    };
    match action {
        Action::Erase if line.text().is_empty() => {
            app.uncover();
            return;
        }
        Action::Erase => line.erase(),
        Action::EraseWord => line.erase_word(),
        Action::Delete => line.delete(),
        Action::LineStart => line.to_start(),
        Action::LineEnd => line.to_end(),
        Action::CaretLeft | Action::CaretRight => {
            // The caret follows the eye, by the way that the line runs.
            let base = first_strong(line.text()).unwrap_or(app.settings.direction);
            if (action == Action::CaretLeft) == (base == Direction::Rtl) {
                line.forward();
            } else {
                line.back();
            }
        }
        _ => line.erase_line(),
    }
    filter::follow(app);
}
