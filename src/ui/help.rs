//! The help: every key and what it does, from the keymap that the reader works by, in a box over the text.

use ratatui::buffer::Buffer;

use crate::action::Mode;
use crate::app::{HelpRow, Rect, help_frame, keys_width};
use crate::text::Direction;

use super::Scene;
use super::frame;
use super::paint::{after, put_label, put_words};
use super::palette::Palette;

/// Draws the help over the screen; `top` is its first row.
pub fn draw(scene: Scene<'_>, palette: Palette<'_>, top: usize, buffer: &mut Buffer) {
    let Scene { app, locale, .. } = scene;
    let direction = app.settings.direction;
    let frame = help_frame(app);
    frame::draw(
        frame,
        &locale.text("help-title"),
        direction,
        palette,
        buffer,
    );
    let inside = frame.inner;
    let help = app.help();
    let top = top.min(help.len().saturating_sub(usize::from(inside.height)));
    for (row, y) in help[top..].iter().zip(inside.y..inside.y + inside.height) {
        let area = Rect {
            y,
            height: 1,
            ..inside
        };
        let mut say = |id: &str, style| {
            put_label(buffer, area, &locale.text(id), direction, style);
        };
        match row {
            HelpRow::Gap => {}
            HelpRow::Count => say("help-count", palette.faint()),
            HelpRow::Layout => say("help-layout", palette.faint()),
            HelpRow::Heading(mode) => say(mode_id(*mode), palette.accent()),
            HelpRow::Words(action) => {
                let area = Rect {
                    height: (inside.y + inside.height - y).min(2),
                    ..area
                };
                let words = locale.text(&format!("action-{action}"));
                put_words(buffer, area, &words, direction, Palette::text());
            }
            HelpRow::Keys { keys, action } => {
                let width = keys_width(area.width);
                let rest = after(area, width + 1, direction);
                let keys_area = after(area, area.width - width, direction.flipped());
                put_keys(buffer, keys_area, keys, direction, palette);
                if let Some(action) = action {
                    let words = locale.text(&format!("action-{action}"));
                    put_label(buffer, rest, &words, direction, Palette::text());
                }
            }
        }
    }
}

/// Puts keys side by side, the first where `direction` begins; each for itself, so that no bracket of one mirrors for another.
fn put_keys(
    buffer: &mut Buffer,
    area: Rect,
    keys: &[String],
    direction: Direction,
    palette: Palette<'_>,
) {
    let mut free = area;
    for key in keys {
        let width = u16::try_from(key.chars().count()).unwrap_or(u16::MAX);
        let width = width.min(free.width);
        let spot = after(free, free.width - width, direction.flipped());
        put_label(buffer, spot, key, Direction::Ltr, palette.accent());
        free = after(free, width + 2, direction);
    }
}

/// The words for a mode.
const fn mode_id(mode: Mode) -> &'static str {
    match mode {
        Mode::Reading => "help-mode-reading",
        Mode::Sidebar => "help-mode-sidebar",
        Mode::Selecting => "help-mode-selecting",
        Mode::Marks => "help-mode-marks",
        Mode::Names => "help-mode-names",
        Mode::Correcting => "help-mode-correcting",
        Mode::Prompt => "help-mode-prompt",
        Mode::Help => "help-mode-help",
    }
}
