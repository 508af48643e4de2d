//! A paragraph becomes the lines that are printed of it, window by window, and one that comes in several pieces is one all the same.

use std::io;
use std::ops::Range;

use super::{Align, LINE_ENDS, Order, Printer};
use crate::doc::{Block, Document};
use crate::entity::Mention;
use crate::layout;
use crate::layout::{Justify, Layout, Line, Part, WHOLE, WINDOW, window_end};
use crate::run::{output, paint};
use crate::text::{Direction, bidi, direction, sanitise};

/// What is left of a paragraph that goes on: the beginning of its next line.
#[derive(Debug)]
pub struct Rest {
    pub text: String,
    /// The names in it.
    mentions: Vec<Mention>,
    /// The way the paragraph runs.
    direction: Direction,
}

/// A paragraph, or a piece of one.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    pub document: &'a Document,
    pub block: &'a Block,
    pub mentions: &'a [Mention],
    /// What is left of the pieces before.
    pub before: Option<&'a Rest>,
    /// The blanks between it and the next piece, if there is one.
    pub after: Option<&'a str>,
}

impl Printer {
    /// Gives `write` the lines of a paragraph, one after another, each with whether it is whole, and says what is left where another piece
    /// of it follows. A long one is laid out window by window, each from the last line of the one before on, which that had to cut
    /// short: so a line of any length takes no more memory than its text, and a piece leaves no more than its last line.
    pub fn for_each_line(
        &self,
        piece: Piece<'_>,
        mut write: impl FnMut(&str, bool) -> io::Result<()>,
    ) -> io::Result<Option<Rest>> {
        let Piece {
            document,
            block,
            before,
            after,
            ..
        } = piece;
        let own = || {
            self.direction.or(block.direction).unwrap_or_else(|| {
                direction::of_paragraph(document.block_text(block), document.direction)
            })
        };
        let direction = before.map_or_else(own, |before| before.direction);
        let options = self.options(direction);
        let in_block = self.order == Order::Visual && self.width > 0;
        let (text, mentions) = self.text_of(piece);
        if self.order == Order::Logical && self.width == 0 && !text.contains(LINE_ENDS) {
            write(
                &logical(&text, &(0..text.len()), &mentions, after.is_some()),
                after.is_none(),
            )?;
            return Ok(after.map(|_| Rest {
                text: String::new(),
                mentions: Vec::new(),
                direction,
            }));
        }
        let is_whole = self.width == 0 || text.len() <= WINDOW;
        let is_alone = before.is_none() && after.is_none();
        let levels =
            (!is_whole && is_alone && text.len() <= WHOLE).then(|| bidi::levels(&text, direction));
        let mut start = 0;
        loop {
            let end = if is_whole {
                text.len()
            } else {
                window_end(&text, start)
            };
            let window = text.get(start..end).unwrap_or_default();
            let mut layout = if in_block {
                let part = Part {
                    block,
                    lead: before.map_or_else(|| document.lead(block), |_| ""),
                    side: self.direction.or(document.direction).unwrap_or(direction),
                    text: window,
                    start,
                    levels: levels.as_ref().map(|levels| levels.part(start..end)),
                };
                layout::lay_out_block(&part, &options)
            } else {
                layout::lay_out(window, &options)
            };
            layout.shift(start);
            let is_last = end == text.len();
            let goes_on = !is_last || after.is_some();
            // A line that fills a window has to do.
            let is_cut = goes_on && (layout.lines().len() > 1 || is_last && window.len() < WINDOW);
            let lines = &layout.lines()[..layout.lines().len() - usize::from(is_cut)];
            for line in lines {
                let line = match self.order {
                    Order::Visual => self.visual(&layout, line, &mentions),
                    Order::Logical => logical(&text, &line.range, &mentions, false),
                };
                write(&line, true)?;
            }
            let last = layout.lines().last().filter(|_| is_cut);
            start = last.map_or(end, |line| line.range.start);
            if is_last {
                return Ok(after.map(|_| Rest {
                    text: text.get(start..).unwrap_or_default().to_owned(),
                    mentions: from(&mentions, start),
                    direction,
                }));
            }
        }
    }

    /// What is to be laid out: the text of a paragraph between what is left before it and the blanks after it, and the names in that.
    fn text_of(&self, piece: Piece<'_>) -> (String, Vec<Mention>) {
        let Piece {
            document, block, ..
        } = piece;
        // In other orders what stands before the block belongs to its line.
        let (own, lead) = if self.order == Order::Visual && self.width > 0 {
            (document.block_text(block), 0)
        } else {
            let line = document.text.get(block.line());
            (line.unwrap_or_default(), block.lead)
        };
        let rest = piece.before.map_or("", |before| &before.text);
        let mut mentions = piece
            .before
            .map_or_else(Vec::new, |before| before.mentions.clone());
        let shift = rest.len() + lead;
        mentions.extend(piece.mentions.iter().cloned().map(|mut mention| {
            mention.range.start += shift;
            mention.range.end += shift;
            mention
        }));
        let text = [rest, own, piece.after.unwrap_or_default()].concat();
        (text, mentions)
    }

    /// How text of this direction is laid out.
    pub fn options(&self, direction: Direction) -> layout::Options {
        layout::Options {
            width: self.width,
            direction,
            join: self.join && self.order == Order::Visual,
            justify: if self.justify {
                Justify::Kashida
            } else {
                Justify::Ragged
            },
            ..layout::Options::default()
        }
    }

    pub fn visual(&self, layout: &Layout, line: &Line, mentions: &[Mention]) -> String {
        let row = output::row(layout, line, |cell| {
            let name = mentions.get(first_after(mentions, cell.bytes.start as usize))?;
            cell.shows(&name.range).then(|| paint::begin(name.kind))
        });
        let margin = match layout.direction {
            Direction::Rtl if self.align == Align::Start => self.width.saturating_sub(line.width),
            _ => 0,
        };
        format!("{:margin$}{row}", "")
    }
}

/// A line in logical order, without the space at its end unless it goes on.
pub fn logical(text: &str, range: &Range<usize>, mentions: &[Mention], goes_on: bool) -> String {
    let part = |range: Range<usize>| sanitise(text.get(range).unwrap_or_default());
    let line = text.get(range.clone()).unwrap_or_default();
    let shown = if goes_on { line } else { line.trim_end() };
    let end = range.start + shown.len();
    let mut line = String::new();
    let mut written = range.start;
    let names = mentions[first_after(mentions, range.start)..].iter();
    for mention in names.take_while(|mention| mention.range.start < end) {
        let (from, to) = (mention.range.start.max(written), mention.range.end.min(end));
        if from < to {
            line.push_str(&part(written..from));
            line.extend([paint::begin(mention.kind), &part(from..to), paint::END]);
            written = to;
        }
    }
    line.push_str(&part(written..end));
    line
}

/// The index of the first mention that does not end before a byte.
fn first_after(mentions: &[Mention], byte: usize) -> usize {
    mentions.partition_point(|mention| mention.range.end <= byte)
}

/// The mentions that end after a byte, from there on.
fn from(mentions: &[Mention], start: usize) -> Vec<Mention> {
    let rest = mentions[first_after(mentions, start)..].iter().cloned();
    rest.map(|mut mention| {
        mention.range.start = mention.range.start.saturating_sub(start);
        mention.range.end -= start;
        mention
    })
    .collect()
}
