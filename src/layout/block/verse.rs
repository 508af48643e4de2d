//! A line of verse: its hemistichs side by side in two columns as wide as the widest of the poem, in the middle of the width; where
//! there is no room for that, the second below the first and further in.

use super::sheet::Sheet;
use crate::doc::Verse;
use crate::layout::{Layout, Options, lay_out};
use crate::text::Direction;
use crate::text::width::cluster_width;

/// Columns between the hemistichs, where there is room.
const BETWEEN: usize = 4;

/// Columns that the second hemistich stands further in.
const INDENT: usize = 6;

/// Lays a line of verse out.
pub(super) fn lay_out_verse(verse: &Verse, text: &str, options: &Options) -> Layout {
    let [first, second] = verse.hemistichs(text);
    let (Some(one), Some(other)) = (text.get(first), text.get(second.clone())) else {
        return lay_out(text, options);
    };
    let divider = text.get(verse.between.clone()).unwrap_or_default();
    let blanks = divider.len() - divider.trim_start().len();
    let stars = divider.trim();
    let between = BETWEEN.max(cluster_width(stars) + 2);
    if 2 * verse.widest + between > options.width {
        return below(one, other, second.start, options);
    }
    let sides = Options {
        width: 0,
        ..options.clone()
    };
    let layouts = [
        lay_out(one, &sides),
        lay_out(stars, &sides),
        lay_out(other, &sides),
    ];
    let mut columns = [
        (&layouts[0], 0, verse.widest, false),
        (&layouts[1], verse.between.start + blanks, between, true),
        (&layouts[2], second.start, verse.widest, false),
    ];
    let margin = (options.width - 2 * verse.widest - between) / 2;
    let is_rtl = options.direction == Direction::Rtl;
    if is_rtl {
        columns.reverse();
    }
    let mut sheet = Sheet::new(options.direction);
    sheet.begin(0..text.len());
    if !is_rtl {
        sheet.blank(margin);
    }
    for (layout, byte, width, is_centred) in columns {
        let Some(line) = layout.lines().first() else {
            continue;
        };
        let free = width.saturating_sub(line.width);
        let left = match (is_centred, is_rtl) {
            (true, _) => free / 2,
            (false, true) => free,
            (false, false) => 0,
        };
        sheet.blank(left);
        sheet.put_shifted(layout, line, byte);
        sheet.blank(free - left);
    }
    if is_rtl {
        sheet.blank(margin);
    }
    sheet.end();
    sheet.finish()
}

/// The second hemistich, from byte `start` of the line on, below the first.
fn below(one: &str, other: &str, start: usize, options: &Options) -> Layout {
    let indent = INDENT.min(options.width / 4);
    let mut sheet = Sheet::new(options.direction);
    for (text, first, indent, end) in [
        (one, 0, 0, start),
        (other, start, indent, start + other.len()),
    ] {
        let layout = lay_out(
            text,
            &Options {
                width: options.width - indent,
                ..options.clone()
            },
        );
        let last = layout.lines().len().saturating_sub(1);
        for (number, line) in layout.lines().iter().enumerate() {
            let line_end = if number == last {
                end
            } else {
                first + line.range.end
            };
            sheet.begin(first + line.range.start..line_end);
            if options.direction == Direction::Ltr {
                sheet.blank(indent);
            }
            sheet.put_shifted(&layout, line, first);
            if options.direction == Direction::Rtl {
                sheet.blank(indent);
            }
            sheet.end();
        }
    }
    sheet.finish()
}
