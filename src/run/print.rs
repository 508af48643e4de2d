//! Articles become lines of text: joined and reordered for the eye, or logical for other programs.
//!
//! A blank line stands between two paragraphs and two between articles. Visual order is padded only on request and only
//! when there is a width to pad to; logical order keeps the letters of the text and never pads. Neither holds bidi controls.

mod lines;

use std::env;
use std::ffi::OsString;
use std::io;

use super::keeping::Keeping;
use super::naming::Naming;
use super::output::Output;
use super::{Outcome, Read, Text};
use crate::doc::{Article, Document};
use crate::entity::Mention;
use crate::locale::Locale;
use crate::source::Reading;
use crate::text::Direction;
use lines::{Piece, Rest};

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
    /// What is left of a paragraph that goes on.
    rest: Option<Rest>,
}

/// Prints the articles of the named sources.
///
/// # Errors
/// Whatever writing says.
pub fn run(options: &Options, locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    let mut printer = Printer::new(options, output);
    let outcome = super::for_each_text(
        &options.sources,
        options.reading,
        locale,
        output,
        |text, output| printer.print(text, output),
    )?;
    printer.end_paragraph(output)?;
    Ok(outcome)
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
            rest: None,
        }
    }

    fn print(&mut self, text: Text<'_>, output: &mut Output) -> io::Result<()> {
        let document = text.document;
        let mentions = self.mentions(document, text.keeping);
        let count = document.articles.len();
        for (index, article) in document.articles.iter().enumerate() {
            if article.blocks.is_empty() {
                continue;
            }
            let continues = index == 0 && text.continues;
            if self.begun && !continues {
                self.end_paragraph(output)?;
                output.line("", self.order)?;
                output.line("", self.order)?;
            }
            self.begun = true;
            let after = text.after.filter(|_| index + 1 == count);
            self.print_article(document, (article, continues), &mentions, after, output)?;
        }
        Ok(())
    }

    /// Ends the line of a paragraph of which nothing more has come.
    fn end_paragraph(&mut self, output: &mut Output) -> io::Result<()> {
        match self.rest.take() {
            Some(rest) => output.line(rest.text.trim_end(), Order::Logical),
            None => Ok(()),
        }
    }

    fn print_article(
        &mut self,
        document: &Document,
        (article, continues): (&Article, bool),
        mentions: &[Mention],
        after: Option<&str>,
        output: &mut Output,
    ) -> io::Result<()> {
        for (number, block) in article.blocks.iter().enumerate() {
            let before = self.rest.take();
            let stands_apart = before.is_none() && (continues || number > 0);
            for _ in 0..if stands_apart { block.gap } else { 0 } {
                output.line("", self.order)?;
            }
            let start = block.range.start;
            let first = mentions.partition_point(|mention| mention.paragraph < start);
            let end = mentions.partition_point(|mention| mention.paragraph <= start);
            let after = article.blocks.get(number + 1).map_or(after, |next| {
                let between = document.text.get(block.range.end..next.line().start);
                between.filter(|between| !between.contains(LINE_ENDS))
            });
            let piece = Piece {
                document,
                block,
                mentions: &mentions[first..end],
                before: before.as_ref(),
                after,
            };
            self.rest = self.for_each_line(piece, |line, is_whole| {
                if is_whole {
                    output.line(line, self.order)
                } else {
                    output.text(line)
                }
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
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::lines::logical;
    use super::*;
    use crate::doc::{Block, BlockKind, Writer};
    use crate::layout;
    use crate::layout::WINDOW;
    use crate::text::sanitise;

    fn piece<'a>(document: &'a Document, block: &'a Block) -> Piece<'a> {
        Piece {
            document,
            block,
            mentions: &[],
            before: None,
            after: None,
        }
    }

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
                let write = |line: &str, _| {
                    lines.extend([line.trim_end(), "\n"]);
                    Ok(())
                };
                printer
                    .for_each_line(piece(document, block), write)
                    .unwrap();
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
            let write = |line: &str, _| {
                lines.push(line.to_owned());
                Ok(())
            };
            let alone = piece(&document, block);
            printer.for_each_line(alone, write).unwrap();
            let whole = layout::lay_out(text, &printer.options(Direction::Rtl));
            let wanted: Vec<String> = whole
                .lines()
                .iter()
                .map(|line| match order {
                    Order::Visual => printer.visual(&whole, line, &[]),
                    Order::Logical => logical(text, &line.range, &[], false),
                })
                .collect();
            assert_eq!(lines.len(), wanted.len());
            assert!(lines == wanted, "{order:?}");
        }
    }

    #[test]
    fn a_paragraph_in_pieces_is_printed_as_one() {
        let words = "كلمات من كل طول، and some in English، ثم ١٢٣ عددا. ".repeat(2000);
        let words = words.trim_end();
        let document = |text: &str| {
            let mut page = Writer::new("t");
            page.article("أ");
            page.begin(BlockKind::Paragraph, None);
            page.text(text);
            page.finish().unwrap()
        };
        let middle = words.floor_char_boundary(words.len() / 2);
        let cut = middle + words[middle..].find(' ').unwrap();
        let pieces = [document(&words[..cut]), document(&words[cut..])];
        let whole = document(words);
        for (order, width) in [
            (Order::Logical, 0),
            (Order::Logical, 40),
            (Order::Visual, 40),
        ] {
            let printer = printer(order, width);
            let mut joined = String::new();
            let mut rest = None;
            for (document, after) in pieces.iter().zip([Some(" "), None]) {
                let piece = Piece {
                    before: rest.as_ref(),
                    after,
                    ..piece(document, &document.articles[0].blocks[0])
                };
                let write = |line: &str, is_whole| {
                    joined.extend([line, if is_whole { "\n" } else { "" }]);
                    Ok(())
                };
                rest = printer.for_each_line(piece, write).unwrap();
            }
            let mut wanted = String::new();
            let write = |line: &str, _| {
                wanted.extend([line, "\n"]);
                Ok(())
            };
            let alone = piece(&whole, &whole.articles[0].blocks[0]);
            printer.for_each_line(alone, write).unwrap();
            assert!(joined == wanted, "{order:?} {width}");
        }
    }

    #[test]
    fn sets_blocks_in_their_width() {
        insta::assert_snapshot!(printed(&document(), &printer(Order::Visual, 24)));
    }
}
