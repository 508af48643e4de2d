//! A row of a table: its cells in columns, from the side where the table begins, with lines between them.
//!
//! Each row knows the needs of all, so the columns of a table stand below each other though every row is laid out alone. A row
//! draws the line below it, the first also the one above. The bars of the row's own text are its frame.

use std::ops::Range;

use super::sheet::Sheet;
use crate::doc::{Column, Row, Side};
use crate::layout::{Layout, Options, lay_out};
use crate::text::{Direction, direction};

/// The width that a column keeps if its widest word asks for it.
const WORD: usize = 10;

/// The glyphs of a line across the table: its start, its crossings, its end, as they stand from left to right.
type Rule = [&'static str; 3];
const ABOVE: Rule = ["┌", "┬", "┐"];
const INSIDE: Rule = ["├", "┼", "┤"];
const BELOW: Rule = ["└", "┴", "┘"];

/// The columns of the screen that those of a table get.
struct Plan {
    widths: Vec<usize>,
    /// Blanks on both sides of a cell.
    blanks: usize,
    /// Whether some cell takes several lines: then lines part all rows.
    wraps: bool,
}

/// Lays a row out.
pub(super) fn lay_out_row(row: &Row, text: &str, options: &Options) -> Layout {
    match plan(&row.table.columns, options.width) {
        Some(plan) => in_columns(row, text, &plan, options),
        None => below(row, text, options),
    }
}

/// How wide each column is; nothing where there is no room for columns.
fn plan(columns: &[Column], room: usize) -> Option<Plan> {
    let wanted: usize = columns.iter().map(|column| column.widest.max(1)).sum();
    let least = |column: &Column| column.widest.min(column.word.min(WORD)).max(1);
    let needed: usize = columns.iter().map(least).sum();
    let frame = |blanks: usize| columns.len() * (2 * blanks + 1) + 1;
    let blanks = [1, 0]
        .into_iter()
        .find(|blanks| needed + frame(*blanks) <= room)?;
    let room = room - frame(blanks);
    let wraps = wanted > room;
    let free = room.min(wanted) - needed;
    let asked = (wanted - needed).max(1);
    // What is free is shared out as it is asked for, without losing a column to rounding.
    let (mut before, mut given) = (0, 0);
    let widths = columns.iter().map(|column| {
        before += column.widest.max(1) - least(column);
        let all = free * before / asked;
        let more = all - given;
        given = all;
        least(column) + more
    });
    Some(Plan {
        widths: widths.collect(),
        blanks,
        wraps,
    })
}

fn in_columns(row: &Row, text: &str, plan: &Plan, options: &Options) -> Layout {
    let base = options.direction;
    let cell = |index: usize| {
        row.cells
            .get(index)
            .cloned()
            .unwrap_or(text.len()..text.len())
    };
    let layouts: Vec<Layout> = plan
        .widths
        .iter()
        .enumerate()
        .map(|(index, width)| lay_out_cell(&text[cell(index)], *width, options))
        .collect();
    let height = layouts.iter().map(|layout| layout.lines().len()).max();
    let mut sheet = Sheet::new(base);
    sheet.woven(true);
    let mut bars = bars(row, text, plan.widths.len());
    if row.index == 0 {
        let first = bars[0].take();
        rule(&mut sheet, ABOVE, plan, base, first.as_ref());
    }
    let below = rule_below(row, plan);
    let last = below.and_then(|_| bars.last_mut().and_then(Option::take));
    for number in 0..height.unwrap_or(0) {
        sheet.begin(0..0);
        let mut order: Vec<usize> = (0..plan.widths.len()).collect();
        if base == Direction::Rtl {
            order.reverse();
        }
        for (place, index) in order.iter().copied().enumerate() {
            // The bar on the left: the one after the cell where the row runs to the left.
            bar(
                &mut sheet,
                &mut bars[if base == Direction::Rtl {
                    index + 1
                } else {
                    index
                }],
            );
            let layout = &layouts[index];
            let side = row.table.columns.get(index).and_then(|column| column.side);
            put_cell(
                &mut sheet,
                layout,
                number,
                cell(index).start,
                (plan, index),
                side,
            );
            if place + 1 == order.len() {
                bar(
                    &mut sheet,
                    &mut bars[if base == Direction::Rtl {
                        index
                    } else {
                        index + 1
                    }],
                );
            }
        }
        sheet.end_woven();
    }
    if let Some(glyphs) = below {
        rule(&mut sheet, glyphs, plan, base, last.as_ref());
    }
    sheet.finish()
}

/// The line below a row, if there is one.
fn rule_below(row: &Row, plan: &Plan) -> Option<Rule> {
    let is_last = row.index + 1 == row.table.rows;
    let ends_head = row.index + 1 == row.table.head;
    if is_last {
        Some(BELOW)
    } else {
        (ends_head || plan.wraps).then_some(INSIDE)
    }
}

/// The bytes of the bars of a row's text that stand before each cell and after the last; each is drawn once.
fn bars(row: &Row, text: &str, columns: usize) -> Vec<Option<Range<usize>>> {
    let mut bars = vec![None; columns + 1];
    bars[0] = Some(0..1);
    for (index, cell) in row.cells.iter().enumerate() {
        let rest = text.get(cell.end..).unwrap_or_default();
        bars[index + 1] = rest.find('|').map(|bar| cell.end + bar..cell.end + bar + 1);
    }
    if row.cells.len() < columns {
        let last = bars[row.cells.len()].take();
        bars[columns] = last;
    }
    bars
}

/// Draws a bar; what it stands for is shown by the first that is drawn.
fn bar(sheet: &mut Sheet, bytes: &mut Option<Range<usize>>) {
    match bytes.take() {
        Some(bytes) => sheet.sign("│", bytes),
        None => sheet.frame("│", 1),
    }
}

/// Draws a line across; the corner where the table begins stands for `bytes`.
fn rule(
    sheet: &mut Sheet,
    glyphs: Rule,
    plan: &Plan,
    base: Direction,
    bytes: Option<&Range<usize>>,
) {
    let [left, crossing, right] = glyphs;
    sheet.begin(bytes.cloned().unwrap_or_default());
    let corner = |sheet: &mut Sheet, glyph: &str, is_start: bool| match bytes.cloned() {
        Some(bytes) if is_start => sheet.sign(glyph, bytes),
        _ => sheet.frame(glyph, 1),
    };
    corner(sheet, left, base == Direction::Ltr);
    let mut widths = plan.widths.clone();
    if base == Direction::Rtl {
        widths.reverse();
    }
    for (index, width) in widths.iter().enumerate() {
        if index > 0 {
            sheet.frame(crossing, 1);
        }
        sheet.frame("─", width + 2 * plan.blanks);
    }
    corner(sheet, right, base == Direction::Rtl);
    sheet.end();
}

/// A cell's lines; it runs as a paragraph of its own would in a document that runs like the table.
fn lay_out_cell(text: &str, width: usize, options: &Options) -> Layout {
    lay_out(
        text,
        &Options {
            width,
            direction: direction::of_paragraph(text, Some(options.direction)),
            ..options.clone()
        },
    )
}

/// Puts one line of a cell, or blanks, between its bars.
fn put_cell(
    sheet: &mut Sheet,
    layout: &Layout,
    number: usize,
    start: usize,
    (plan, index): (&Plan, usize),
    side: Option<Side>,
) {
    let width = plan.widths[index];
    sheet.blank(plan.blanks);
    match layout.lines().get(number) {
        Some(line) => {
            let free = width.saturating_sub(line.width);
            let left = match (side, sheet.direction()) {
                (Some(Side::Left), _) | (None, Direction::Ltr) => 0,
                (Some(Side::Right), _) | (None, Direction::Rtl) => free,
                (Some(Side::Center), _) => free / 2,
            };
            sheet.blank(left);
            sheet.put_shifted(layout, line, start);
            sheet.blank(free - left);
        }
        None => sheet.blank(width),
    }
    sheet.blank(plan.blanks);
}

/// The cells below each other, those after the first a little further in.
fn below(row: &Row, text: &str, options: &Options) -> Layout {
    let mut sheet = Sheet::new(options.direction);
    let first = row.cells.iter().position(|cell| !cell.is_empty());
    let indent = 2.min(options.width / 4);
    for (index, cell) in row
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty())
    {
        let indent = if Some(index) == first { 0 } else { indent };
        let layout = lay_out_cell(&text[cell.clone()], options.width - indent, options);
        for line in layout.lines() {
            let start = cell.start + line.range.start;
            sheet.begin(start..cell.start + line.range.end);
            let free = options.width - indent - line.width.min(options.width - indent);
            let (left, right) = match options.direction {
                Direction::Rtl => (free, indent),
                Direction::Ltr => (indent, 0),
            };
            sheet.blank(left);
            sheet.put_shifted(&layout, line, cell.start);
            sheet.blank(right);
            sheet.end();
        }
    }
    let end = text.len();
    sheet.begin(end.saturating_sub(1)..end);
    let bar = options.width.min(3);
    sheet.sign("─", end.saturating_sub(1)..end);
    sheet.frame("─", bar - 1);
    sheet.end();
    sheet.finish()
}
