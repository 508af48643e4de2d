//! Articles become lines of text: joined and reordered for the eye, or logical for other programs.
//!
//! A blank line stands between two paragraphs and two between articles. Visual order is padded only on request and only
//! when there is a width to pad to; logical order keeps the letters of the text and never pads. Neither holds bidi controls.

use std::env;
use std::ffi::OsString;
use std::io;
use std::ops::Range;

use super::keeping::Keeping;
use super::naming::Naming;
use super::output;
use super::output::Output;
use super::{Outcome, Read, Text, paint};
use crate::doc::{Article, Block, Document};
use crate::entity::Mention;
use crate::layout;
use crate::layout::{Justify, Layout, Line, Part, WHOLE, WINDOW, window_end};
use crate::locale::Locale;
use crate::source::Reading;
use crate::text::{Direction, bidi, direction, sanitise};

pub use super::output::Order;

/// What ends a line inside a paragraph.
const LINE_ENDS: [char; 7] = [
    '\n', '\u{b}', '\u{c}', '\r', '\u{85}', '\u{2028}', '\u{2029}',
];

/// What the command line says about printing; what it leaves open depends on whether there is a terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The sources, as named.
    pub sources: Vec<OsString>,
    /// How their letters are read.
    pub reading: Reading,
    /// Columns of a line; 0 for one line a paragraph.
    pub width: Option<usize>,
    /// The order of the letters.
    pub order: Option<Order>,
    /// Whether letters are joined in visual order.
    pub join: bool,
    /// Whether lines in visual order are filled up to the width, by spaces and kashida.
    pub justify: bool,
    /// The side on which lines in visual order begin.
    pub align: Option<Align>,
    /// The direction of all paragraphs, if not each its own.
    pub direction: Option<Direction>,
    /// Whether names are coloured in a pipe too.
    pub color: bool,
}

/// The side on which lines in visual order begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The side where the paragraph begins: right-to-left lines are padded.
    Start,
    /// The left.
    Left,
}

impl From<Read> for Options {
    /// What printing makes of the reader's options when there is no screen to read on.
    fn from(read: Read) -> Self {
        Self {
            sources: read.sources,
            reading: read.reading,
            direction: read.direction,
            join: true,
            ..Self::default()
        }
    }
}

/// How to print, with nothing left open.
struct Printer {
    order: Order,
    width: usize,
    join: bool,
    justify: bool,
    align: Align,
    direction: Option<Direction>,
    /// Who finds the names, if they are coloured.
    naming: Option<Naming>,
    /// Whether an article was printed already.
    begun: bool,
}

/// Prints the articles of the named sources.
///
/// # Errors
/// Whatever writing says.
pub fn run(options: &Options, locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    let mut printer = Printer::new(options, output);
    super::for_each_text(
        &options.sources,
        options.reading,
        locale,
        output,
        |text, output| printer.print(text, output),
    )
}

impl Printer {
    fn new(options: &Options, output: &Output) -> Self {
        let is_terminal = output.is_terminal();
        let wants_colour = || env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let align = if is_terminal {
            Align::Start
        } else {
            Align::Left
        };
        let order = if is_terminal {
            Order::Visual
        } else {
            Order::Logical
        };
        Self {
            order: options.order.unwrap_or(order),
            width: options
                .width
                .unwrap_or_else(|| output.measure().unwrap_or(0)),
            join: options.join,
            justify: options.justify,
            align: options.align.unwrap_or(align),
            direction: options.direction,
            naming: (options.color || is_terminal && wants_colour()).then(Naming::default),
            begun: false,
        }
    }

    fn print(&mut self, text: Text<'_>, output: &mut Output) -> io::Result<()> {
        let document = text.document;
        let mentions = self.mentions(document, text.keeping);
        for (index, article) in document.articles.iter().enumerate() {
            if article.blocks.is_empty() {
                continue;
            }
            let continues = index == 0 && text.continues;
            if self.begun && !continues {
                output.line("", self.order)?;
                output.line("", self.order)?;
            }
            self.begun = true;
            self.print_article(document, (article, continues), &mentions, output)?;
        }
        Ok(())
    }

    fn print_article(
        &self,
        document: &Document,
        (article, continues): (&Article, bool),
        mentions: &[Mention],
        output: &mut Output,
    ) -> io::Result<()> {
        for (number, block) in article.blocks.iter().enumerate() {
            for _ in 0..if continues || number > 0 {
                block.gap
            } else {
                0
            } {
                output.line("", self.order)?;
            }
            let start = block.range.start;
            let first = mentions.partition_point(|mention| mention.paragraph < start);
            let end = mentions.partition_point(|mention| mention.paragraph <= start);
            let mentions = &mentions[first..end];
            self.for_each_line(document, block, mentions, |line| {
                output.line(line, self.order)
            })?;
        }
        Ok(())
    }

    /// The names to colour, in the order of the text.
    fn mentions(&self, document: &Document, keeping: &Keeping) -> Vec<Mention> {
        let Some(naming) = &self.naming else {
            return Vec::new();
        };
        let blocks = document.articles.iter().flat_map(|article| &article.blocks);
        let paragraphs: Vec<(usize, &str)> = blocks
            .map(|block| (block.range.start, document.block_text(block)))
            .collect();
        naming.names(&paragraphs, keeping).mentions
    }

    /// Gives `write` the lines of a paragraph, one after another. A long one is laid out window by window, each from the last line of
    /// the one before on, which that had to cut short: so a line of any length takes no more memory than its text.
    fn for_each_line(
        &self,
        document: &Document,
        block: &Block,
        mentions: &[Mention],
        mut write: impl FnMut(&str) -> io::Result<()>,
    ) -> io::Result<()> {
        let direction = self.direction.or(block.direction).unwrap_or_else(|| {
            direction::of_paragraph(document.block_text(block), document.direction)
        });
        let options = self.options(direction);
        let in_block = self.order == Order::Visual && self.width > 0;
        // In other orders what stands before the block belongs to its line.
        let (text, lead) = if in_block {
            (document.block_text(block), 0)
        } else {
            let line = document.text.get(block.line());
            (line.unwrap_or_default(), block.lead)
        };
        let shifted = mentions.iter().cloned().map(|mut mention| {
            mention.range.start += lead;
            mention.range.end += lead;
            mention
        });
        let mentions: &[Mention] = &shifted.collect::<Vec<_>>();
        if self.order == Order::Logical && self.width == 0 && !text.contains(LINE_ENDS) {
            return write(&logical(text, &(0..text.len()), mentions));
        }
        let is_whole = self.width == 0 || text.len() <= WINDOW;
        let levels = (!is_whole && text.len() <= WHOLE).then(|| bidi::levels(text, direction));
        let mut start = 0;
        loop {
            let end = if is_whole {
                text.len()
            } else {
                window_end(text, start)
            };
            let window = text.get(start..end).unwrap_or_default();
            let mut layout = if in_block {
                let part = Part {
                    block,
                    lead: document.lead(block),
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
            let is_cut = end < text.len() && layout.lines().len() > 1;
            let lines = &layout.lines()[..layout.lines().len() - usize::from(is_cut)];
            for line in lines {
                write(&match self.order {
                    Order::Visual => self.visual(&layout, line, mentions),
                    Order::Logical => logical(text, &line.range, mentions),
                })?;
            }
            if end == text.len() {
                return Ok(());
            }
            let last = layout.lines().last().filter(|_| is_cut);
            start = last.map_or(end, |line| line.range.start);
        }
    }

    /// How text of this direction is laid out.
    fn options(&self, direction: Direction) -> layout::Options {
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

    fn visual(&self, layout: &Layout, line: &Line, mentions: &[Mention]) -> String {
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

/// A line in logical order, without the space at its end.
fn logical(text: &str, range: &Range<usize>, mentions: &[Mention]) -> String {
    let part = |range: Range<usize>| sanitise(text.get(range).unwrap_or_default());
    let end = range.start
        + text
            .get(range.clone())
            .map_or(0, |line| line.trim_end().len());
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::doc::{BlockKind, Writer};

    /// A printer of logical or visual lines of this width, for a pipe.
    fn printer(order: Order, width: usize) -> Printer {
        let options = Options {
            order: Some(order),
            width: Some(width),
            align: Some(Align::Start),
            join: true,
            ..Options::default()
        };
        Printer::new(&options, &Output::standard(None))
    }

    /// All lines of a document.
    fn printed(document: &Document, printer: &Printer) -> String {
        let mut articles = Vec::new();
        for article in &document.articles {
            let mut lines = String::new();
            for (number, block) in article.blocks.iter().enumerate() {
                let gap = if number > 0 {
                    usize::from(block.gap)
                } else {
                    0
                };
                lines.extend(std::iter::repeat_n('\n', gap));
                let write = |line: &str| {
                    lines.extend([line.trim_end(), "\n"]);
                    Ok(())
                };
                printer.for_each_line(document, block, &[], write).unwrap();
            }
            articles.extend((!lines.is_empty()).then_some(lines));
        }
        articles.join("\n\n")
    }

    fn document() -> Document {
        let mut page = Writer::new("t");
        page.article("أ");
        page.begin(BlockKind::Title, None);
        page.text("أ\u{200f} \u{1b}");
        page.open_quote();
        page.open_list(false);
        for mark in ["1.", "2."] {
            page.open_item(mark);
            page.text("بند في قائمة");
            page.close_item();
        }
        page.close_list();
        page.close_quote();
        page.open_table(&[], None);
        for row in [["أ", "ب"], ["ج", ""]] {
            page.open_row(false);
            for cell in row {
                page.open_cell();
                page.text(cell);
            }
        }
        page.end_table();
        page.code("a\tb\n\n  c");
        page.article("ب");
        page.begin_verse(false);
        page.text("صدر");
        page.divide("    ");
        page.text("عجز");
        page.rule();
        page.finish().unwrap()
    }

    #[test]
    fn prints_the_document_text() {
        let document = document();
        let text = sanitise(&document.text);
        assert_eq!(
            printed(&document, &printer(Order::Logical, 0)),
            format!("{text}\n")
        );
    }

    #[test]
    fn long_paragraphs_are_cut_as_short_ones_are() {
        let words = "كلمات من كل طول، and some in English، ثم ١٢٣ عددا. ".repeat(3000);
        let mut page = Writer::new("t");
        page.article("أ");
        page.begin(BlockKind::Paragraph, None);
        page.text(words.trim_end());
        let document = page.finish().unwrap();
        let block = &document.articles[0].blocks[0];
        assert!(block.range.len() > 2 * WINDOW);
        let text = document.block_text(block);
        for order in [Order::Logical, Order::Visual] {
            let printer = printer(order, 40);
            let mut lines = Vec::new();
            let write = |line: &str| {
                lines.push(line.to_owned());
                Ok(())
            };
            printer.for_each_line(&document, block, &[], write).unwrap();
            let whole = layout::lay_out(text, &printer.options(Direction::Rtl));
            let wanted: Vec<String> = whole
                .lines()
                .iter()
                .map(|line| match order {
                    Order::Visual => printer.visual(&whole, line, &[]),
                    Order::Logical => logical(text, &line.range, &[]),
                })
                .collect();
            assert_eq!(lines.len(), wanted.len());
            assert!(lines == wanted, "{order:?}");
        }
    }

    #[test]
    fn sets_blocks_in_their_width() {
        insta::assert_snapshot!(printed(&document(), &printer(Order::Visual, 24)));
    }
}
