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
use crate::layout::{Justify, Layout, Line, Part};
use crate::locale::Locale;
use crate::source::Reading;
use crate::text::direction;
use crate::text::{Direction, sanitise};

pub use super::output::Order;

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
            for line in self.lines(document, block, &mentions[first..end]) {
                output.line(&line, self.order)?;
            }
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

    /// The lines of a paragraph, ready to be written.
    fn lines(&self, document: &Document, block: &Block, mentions: &[Mention]) -> Vec<String> {
        let direction = self.direction.or(block.direction).unwrap_or_else(|| {
            direction::of_paragraph(document.block_text(block), document.direction)
        });
        let options = layout::Options {
            width: self.width,
            direction,
            join: self.join && self.order == Order::Visual,
            justify: if self.justify {
                Justify::Kashida
            } else {
                Justify::Ragged
            },
            ..layout::Options::default()
        };
        if self.order == Order::Visual && self.width > 0 {
            let part = Part {
                block,
                lead: document.lead(block),
                side: self.direction.or(document.direction).unwrap_or(direction),
                text: document.block_text(block),
                start: 0,
                levels: None,
            };
            let layout = layout::lay_out_block(&part, &options);
            let lines = layout.lines().iter();
            return lines
                .map(|line| self.visual(&layout, line, mentions))
                .collect();
        }
        // Here what stands before the block belongs to its line.
        let text = document.text.get(block.line()).unwrap_or_default();
        let shifted = mentions.iter().cloned().map(|mut mention| {
            mention.range.start += block.lead;
            mention.range.end += block.lead;
            mention
        });
        let mentions: &[Mention] = &shifted.collect::<Vec<_>>();
        let layout = layout::lay_out(text, &options);
        let line = |line: &Line| match self.order {
            Order::Visual => self.visual(&layout, line, mentions),
            Order::Logical => logical(text, &line.range, mentions),
        };
        layout.lines().iter().map(line).collect()
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
                for line in printer.lines(document, block, &[]) {
                    lines.push_str(line.trim_end());
                    lines.push('\n');
                }
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
    fn sets_blocks_in_their_width() {
        insta::assert_snapshot!(printed(&document(), &printer(Order::Visual, 24)));
    }
}
