//! The help: every key and what it does, from the keymap that the reader works by, in a box over the text.

use ratatui::buffer::Buffer;

use crate::action::Mode;
use crate::app::{HelpRow, Panes, Rect};
use crate::text::Direction;

use super::Scene;
use super::paint::{after, fill, put_glyph, put_label};
use super::palette::Palette;

/// The widest help, in columns.
const WIDEST: u16 = 76;

/// Draws the help over the screen; `top` is its first row.
pub fn draw(
    scene: Scene<'_>,
    palette: Palette<'_>,
    top: usize,
    panes: &Panes,
    buffer: &mut Buffer,
) {
    let Scene { app, locale, .. } = scene;
    let direction = app.settings.direction;
    let (columns, rows) = (app.size.0, app.size.1 - panes.status.height);
    let width = columns.min(WIDEST);
    let frame = Rect {
        x: (columns - width) / 2,
        y: 0,
        width,
        height: rows,
    };
    fill(buffer, frame, Palette::text());
    let inside = draw_frame(frame, palette, buffer);
    let title = Rect {
        x: inside.x,
        y: frame.y,
        width: inside.width,
        height: 1,
    };
    put_label(
        buffer,
        title,
        &format!(" {} ", locale.text("help-title")),
        direction,
        palette.accent(),
    );

    let help = app.help();
    let top = top.min(help.len().saturating_sub(usize::from(inside.height)));
    for (row, y) in help[top..].iter().zip(inside.y..inside.y + inside.height) {
        let area = Rect {
            y,
            height: 1,
            ..inside
        };
        match row {
            HelpRow::Gap => {}
            HelpRow::Count => {
                put_label(
                    buffer,
                    area,
                    &locale.text("help-count"),
                    direction,
                    palette.faint(),
                );
            }
            HelpRow::Layout => {
                put_label(
                    buffer,
                    area,
                    &locale.text("help-layout"),
                    direction,
                    palette.faint(),
                );
            }
            HelpRow::Heading(mode) => {
                put_label(
                    buffer,
                    area,
                    &locale.text(mode_id(*mode)),
                    direction,
                    palette.accent(),
                );
            }
            HelpRow::Binding { keys, action } => {
                let keys_area = Rect {
                    width: (area.width * 2 / 5).min(28),
                    ..area
                };
                let keys_area = if direction == Direction::Rtl {
                    Rect {
                        x: area.x + area.width - keys_area.width,
                        ..keys_area
                    }
                } else {
                    keys_area
                };
                put_keys(buffer, keys_area, keys, direction, palette);
                let words = locale.text(&format!("action-{}", action.name()));
                put_label(
                    buffer,
                    after(area, keys_area.width + 1, direction),
                    &words,
                    direction,
                    Palette::text(),
                );
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
        if width > free.width {
            break;
        }
        let spot = match direction {
            Direction::Rtl => Rect {
                x: free.x + free.width - width,
                width,
                ..free
            },
            Direction::Ltr => Rect { width, ..free },
        };
        put_label(buffer, spot, key, Direction::Ltr, palette.accent());
        free = after(free, width + 2, direction);
    }
}

/// The words for a mode.
const fn mode_id(mode: Mode) -> &'static str {
    match mode {
        Mode::Reading => "help-mode-reading",
        Mode::Sidebar => "help-mode-sidebar",
        Mode::Prompt => "help-mode-prompt",
        Mode::Help => "help-mode-help",
    }
}

/// Draws a frame and returns what is inside it; a screen too small for one has none.
fn draw_frame(frame: Rect, palette: Palette<'_>, buffer: &mut Buffer) -> Rect {
    if frame.width < 8 || frame.height < 4 {
        return frame;
    }
    let style = palette.faint();
    let (right, bottom) = (frame.x + frame.width - 1, frame.y + frame.height - 1);
    for x in frame.x + 1..right {
        put_glyph(buffer, x, frame.y, "─", 1, style);
        put_glyph(buffer, x, bottom, "─", 1, style);
    }
    for y in frame.y + 1..bottom {
        put_glyph(buffer, frame.x, y, "│", 1, style);
        put_glyph(buffer, right, y, "│", 1, style);
    }
    for (x, y, corner) in [
        (frame.x, frame.y, "┌"),
        (right, frame.y, "┐"),
        (frame.x, bottom, "└"),
        (right, bottom, "┘"),
    ] {
        put_glyph(buffer, x, y, corner, 1, style);
    }
    Rect {
        x: frame.x + 2,
        y: frame.y + 1,
        width: frame.width - 4,
        height: frame.height - 2,
    }
}
