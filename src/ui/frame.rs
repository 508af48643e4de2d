//! A box over the text, with its title in the upper edge.

use ratatui::buffer::Buffer;

use crate::app::{Frame, Rect};
use crate::text::Direction;

use super::paint::{fill, put_glyph, put_title};
use super::palette::Palette;

/// Draws an empty box; on a screen too small for a frame the room alone is emptied.
pub fn draw(
    frame: Frame,
    title: &str,
    direction: Direction,
    palette: Palette<'_>,
    buffer: &mut Buffer,
) {
    fill(buffer, frame.outer, Palette::text());
    if frame.is_drawn() {
        draw_edges(frame.outer, palette, buffer);
        let edge = Rect {
            y: frame.outer.y,
            height: 1,
            ..frame.inner
        };
        let title = format!(" {title} ");
        put_title(buffer, edge, &title, direction, palette.accent());
    }
}

fn draw_edges(frame: Rect, palette: Palette<'_>, buffer: &mut Buffer) {
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
}
