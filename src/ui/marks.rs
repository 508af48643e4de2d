//! The list of bookmarks and highlights, in a box over the text: of each its name or note, and the words that it is about.

use ratatui::buffer::Buffer;

use crate::app::{Cursor, Rect, marks_frame};
use crate::library::Marked;
use crate::text::Direction;

use super::Scene;
use super::frame;
use super::paint::{after, fill, put_label, put_title};
use super::palette::Palette;

/// Draws the list over the screen.
pub fn draw(
    scene: Scene<'_>,
    palette: Palette<'_>,
    (cursor, marks): (Cursor, &[Marked]),
    buffer: &mut Buffer,
) {
    let Scene { app, locale, .. } = scene;
    let direction = app.settings.direction;
    let frame = marks_frame(app);
    let words = locale.format("marks-heading", &[("count", marks.len().into())]);
    frame::draw(frame, &words, direction, palette, buffer);
    let inside = frame.inner;
    for (index, y) in (cursor.top..marks.len()).zip(inside.y..inside.y + inside.height) {
        let row = Rect {
            y,
            height: 1,
            ..inside
        };
        let selected = index == cursor.selected;
        if selected {
            fill(buffer, row, Palette::row(Palette::text(), selected));
        }
        draw_row(&marks[index], row, selected, palette, direction, buffer);
    }
}

/// Draws one mark: its sign, its name or note, the words.
fn draw_row(
    marked: &Marked,
    row: Rect,
    selected: bool,
    palette: Palette<'_>,
    direction: Direction,
    buffer: &mut Buffer,
) {
    let style = |style| Palette::row(style, selected);
    let mark = &marked.mark;
    let (sign, words) = match &mark.name {
        Some(name) => ("▪", name),
        None => ("»", &mark.note),
    };
    put_label(buffer, row, sign, direction, style(palette.accent()));
    let rest = after(row, 2, direction);
    let room = Rect {
        width: (rest.width / 2).min(40),
        ..rest
    };
    let room = match direction {
        Direction::Ltr => room,
        Direction::Rtl => Rect {
            x: rest.x + rest.width - room.width,
            ..room
        },
    };
    let taken = put_title(buffer, room, words, direction, style(Palette::text()));
    let gap = if taken > 0 { 2 } else { 0 };
    let quoted = format!("{} · {}", mark.quotation.replace('\n', " "), marked.title);
    let rest = after(rest, taken + gap, direction);
    put_title(buffer, rest, &quoted, direction, style(palette.faint()));
}
