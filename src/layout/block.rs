//! A block becomes lines: a paragraph beside what stands before it, a row of a table in columns, a line of verse in two.
//!
//! What is drawn beside and between the text maps to no bytes. Where there is no room for columns, what would stand in them
//! stands below each other; nothing of the text is ever left out.

mod row;
mod sheet;
#[cfg(test)]
mod tests;
mod verse;

use std::ops::Range;

use self::sheet::Sheet;
use super::{Digits, Justify, Layout, Options, WINDOW, lay_out, lay_out_resolved};
use crate::doc::{Block, BlockKind, SpanKind};
use crate::text::Direction;
use crate::text::bidi::Levels;
use crate::text::width::cluster_width;

/// The sign of a quote, and how it is drawn: beside every line of it.
const QUOTE: (char, &str) = ('>', "│");

/// What is laid out: a block, or a window of a long one.
#[derive(Debug)]
pub struct Part<'a> {
    /// The block.
    pub block: &'a Block,
    /// What stands before it on its line (see `Document::lead`).
    pub lead: &'a str,
    /// The side on which that stands: where the lines of its surroundings begin.
    pub side: Direction,
    /// Its text, or the window's.
    pub text: &'a str,
    /// Where that starts in the block: what stands before the block is not repeated beside later windows.
    pub start: usize,
    /// The window's levels, where they are known from the whole paragraph.
    pub levels: Option<Levels>,
}

/// Lays a block out in lines of at most `options.width` columns; with a width of 0 it is one line, as it is printed.
#[must_use]
pub fn lay_out_block(part: &Part<'_>, options: &Options) -> Layout {
    let kind = &part.block.kind;
    let mut options = settle(kind, options);
    options.code = code(part);
    let lead = lead(part, &options);
    let beside = lead.map_or(0, cluster_width);
    if options.width > 0 {
        options.width -= beside;
    }
    let is_whole = part.text.len() == part.block.range.len() && part.text.len() <= WINDOW;
    let content = match kind {
        BlockKind::Row(row) if is_whole && options.width > 0 => {
            row::lay_out_row(row, part.text, &options)
        }
        BlockKind::Verse(verse) if is_whole && options.width > 0 => {
            verse::lay_out_verse(verse, part.text, &options)
        }
        BlockKind::Rule if options.width > 0 => centred(&lay_out(part.text, &options), &options),
        _ => match &part.levels {
            Some(levels) => lay_out_resolved(part.text, levels, &options),
            None => lay_out(part.text, &options),
        },
    };
    match lead {
        Some(lead) => stand_beside(lead, part, &content, &options),
        None => content,
    }
}

/// The options that hold for a kind of block: only running text is filled up, and code is drawn as it was typed.
fn settle(kind: &BlockKind, options: &Options) -> Options {
    let mut options = options.clone();
    if !matches!(kind, BlockKind::Paragraph | BlockKind::Note) {
        options.justify = Justify::Ragged;
    }
    if *kind == BlockKind::Code {
        options.direction = Direction::Ltr;
        (options.tashkeel, options.tatweel) = (true, true);
        options.digits = Digits::AsWritten;
    }
    options
}

/// The bytes of the part's text that are code.
fn code(part: &Part<'_>) -> Vec<Range<usize>> {
    let spans = part.block.spans.iter();
    spans
        .filter(|span| span.kind == SpanKind::Code && span.range.end > part.start)
        .map(|span| span.range.start.saturating_sub(part.start)..span.range.end - part.start)
        .collect()
}

/// What stands before a block, as far as there is room for it: all, or only its mark, in half of the line.
fn lead<'a>(part: &Part<'a>, options: &Options) -> Option<&'a str> {
    let fits = |lead: &&str| {
        !lead.is_empty() && (options.width == 0 || cluster_width(lead) * 2 <= options.width)
    };
    let mark = part.lead.trim_start_matches([' ', QUOTE.0]);
    if matches!(part.block.kind, BlockKind::Verse(_))
        && mark.trim().is_empty()
        && !part.lead.contains(QUOTE.0)
    {
        // Verse has a place of its own.
        return None;
    }
    [part.lead, mark].into_iter().find(fits)
}

/// Sets lines beside what stands before the first of them.
fn stand_beside(lead: &str, part: &Part<'_>, content: &Layout, options: &Options) -> Layout {
    let blank = |c: char| match c {
        c if c == QUOTE.0 => c.to_string(),
        c => " ".repeat(cluster_width(c.encode_utf8(&mut [0; 4]))),
    };
    let after: String = lead.chars().map(blank).collect();
    let before = if part.start > 0 { &after } else { lead };
    // Blanks alone set code off from the side where its lines begin.
    let side = if lead.trim().is_empty() {
        options.direction
    } else {
        part.side
    };
    let leads = [before, &after].map(|lead| lay_out_lead(lead, side, options));
    let mut sheet = Sheet::new(side);
    sheet.woven(content.woven);
    for (number, line) in content.lines().iter().enumerate() {
        let beside = &leads[number.min(1)];
        // The blanks at its end hang.
        let drawn = beside.lines().first().map_or(0, |line| line.width);
        let mut blanks = cluster_width(lead).saturating_sub(drawn);
        if side != options.direction && options.width > 0 {
            blanks += options.width.saturating_sub(line.width);
        }
        sheet.begin(line.range.clone());
        if side == Direction::Rtl {
            sheet.put(content, line);
            sheet.blank(blanks);
        }
        for line in beside.lines() {
            sheet.put_frame(beside, line, QUOTE);
        }
        if side == Direction::Ltr {
            sheet.blank(blanks);
            sheet.put(content, line);
        }
        sheet.end();
    }
    sheet.finish()
}

/// What stands before a line, as one line of its own.
fn lay_out_lead(lead: &str, direction: Direction, options: &Options) -> Layout {
    let options = Options {
        width: 0,
        direction,
        justify: Justify::Ragged,
        ..options.clone()
    };
    lay_out(lead, &options)
}

/// Lines in the middle of the width.
fn centred(content: &Layout, options: &Options) -> Layout {
    let mut sheet = Sheet::new(options.direction);
    for line in content.lines() {
        let margin = options.width.saturating_sub(line.width) / 2;
        sheet.begin(line.range.clone());
        if options.direction == Direction::Ltr {
            sheet.blank(margin);
        }
        sheet.put(content, line);
        if options.direction == Direction::Rtl {
            sheet.blank(margin);
        }
        sheet.end();
    }
    sheet.finish()
}
