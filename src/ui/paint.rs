//! Finished lines become cells of the buffer.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::style::Style;

use crate::app::Rect;
use crate::layout::{Layout, Line, Options, lay_out, lay_out_label};
use crate::text::Direction;
use crate::text::bidi::first_strong;

/// Puts a line's cells from column `x` of row `y` on, no further than `end`.
pub fn put_line(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    end: u16,
    layout: &Layout,
    line: &Line,
    style: Style,
) {
    let mut x = x;
    for cell in layout.cells(line) {
        let width = u16::from(cell.width).max(1);
        if x + width > end {
            break;
        }
        put_glyph(buffer, x, y, layout.glyph(cell), width, style);
        x += width;
    }
}

/// Puts one glyph into a cell and empties those that it covers.
pub fn put_glyph(buffer: &mut Buffer, x: u16, y: u16, glyph: &str, width: u16, style: Style) {
    let Some(cell) = buffer.cell_mut((x, y)) else {
        return;
    };
    cell.set_symbol(glyph).set_style(style);
    if let Some(width) = NonZeroU16::new(width) {
        // Our width function has the word, not ratatui's own (see `text::width`).
        cell.set_diff_option(CellDiffOption::ForcedWidth(width));
    }
    for covered in 1..width {
        if let Some(cell) = buffer.cell_mut((x + covered, y)) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Adds `style` to the cells of a line that show some of `range`; the line begins at column `x`.
pub fn mark(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    layout: &Layout,
    line: &Line,
    range: std::ops::Range<usize>,
    style: Style,
) {
    for columns in layout.columns(line, range) {
        for column in columns {
            let Ok(column) = u16::try_from(column) else {
                return;
            };
            if let Some(cell) = buffer.cell_mut((x + column, y)) {
                cell.set_style(style);
            }
        }
    }
}

/// Fills an area with one style, and with blanks.
pub fn fill(buffer: &mut Buffer, area: Rect, style: Style) {
    for y in area.y..area.y + area.height {
        for x in area.x..area.x + area.width {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

/// Puts words of the interface into the first row of `area`, at the edge where `direction` begins; returns the columns they took.
pub fn put_label(
    buffer: &mut Buffer,
    area: Rect,
    text: &str,
    direction: Direction,
    style: Style,
) -> u16 {
    put_text(buffer, area, text, direction, direction, style)
}

/// Puts words of the interface into `area`, on as many rows as they take; returns how many.
pub fn put_words(
    buffer: &mut Buffer,
    area: Rect,
    text: &str,
    direction: Direction,
    style: Style,
) -> u16 {
    let options = Options {
        width: usize::from(area.width).max(1),
        direction,
        ..Options::default()
    };
    let layout = lay_out(text, &options);
    let mut rows = 0;
    for (line, y) in layout.lines().iter().zip(area.y..area.y + area.height) {
        let indent = match direction {
            Direction::Rtl => usize::from(area.width).saturating_sub(line.width),
            Direction::Ltr => 0,
        };
        let x = area.x + u16::try_from(indent).unwrap_or(0);
        put_line(buffer, (x, y), area.x + area.width, &layout, line, style);
        rows += 1;
    }
    rows
}

/// Puts words from a document into the first row of `area`: they run as their own first strong letter says (UAX #9 P2), so that a
/// title which is too long loses its end in any interface, and stand at the edge where `side` begins.
pub fn put_title(
    buffer: &mut Buffer,
    area: Rect,
    text: &str,
    side: Direction,
    style: Style,
) -> u16 {
    put_text(
        buffer,
        area,
        text,
        first_strong(text).unwrap_or(side),
        side,
        style,
    )
}

fn put_text(
    buffer: &mut Buffer,
    area: Rect,
    text: &str,
    base: Direction,
    side: Direction,
    style: Style,
) -> u16 {
    if area.is_empty() {
        return 0;
    }
    let layout = lay_out_label(text, usize::from(area.width), base);
    let Some(line) = layout.lines().first() else {
        return 0;
    };
    let width = u16::try_from(line.width)
        .unwrap_or(area.width)
        .min(area.width);
    let x = match side {
        Direction::Rtl => area.x + area.width - width,
        Direction::Ltr => area.x,
    };
    put_line(
        buffer,
        (x, area.y),
        area.x + area.width,
        &layout,
        line,
        style,
    );
    width
}

/// What is left of an area's columns when `columns` are taken off where `direction` begins.
pub const fn after(area: Rect, columns: u16, direction: Direction) -> Rect {
    let columns = if columns < area.width {
        columns
    } else {
        area.width
    };
    match direction {
        Direction::Rtl => Rect {
            width: area.width - columns,
            ..area
        },
        Direction::Ltr => Rect {
            x: area.x + columns,
            width: area.width - columns,
            ..area
        },
    }
}
