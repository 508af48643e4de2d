//! One paragraph of an article: what it is, what stands before it on its line, and what its ranges are besides text.
//!
//! A block holds no line end. What takes several lines in a format is several blocks: the lines of code, the rows of a table,
//! the lines of a poem; [`Block::gap`] says which of them stand together.

use std::ops::Range;
use std::sync::Arc;

use crate::text::Direction;
use crate::text::width::cluster_width;

/// One paragraph of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the document text, without the line end.
    pub range: Range<usize>,
    /// How many bytes right before `range` stand on its line: the mark of a list's item, `> ` for each quote it is in, blanks.
    pub lead: usize,
    /// Blank lines before it: 1 between paragraphs, 0 inside lists, code, tables and poems.
    pub gap: u8,
    /// The direction that the format states, if it states one.
    pub direction: Option<Direction>,
    /// Parts of its text that are more than text, in order of their starts; they may lie in one another.
    pub spans: Vec<Span>,
}

/// The role of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The article's title, where it stands in the text.
    Title,
    /// The heading of a part, from level 1 down.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A line of code: left to right, as it was typed.
    Code,
    /// A row of a table.
    Row(Row),
    /// A line of verse.
    Verse(Verse),
    /// A note that marks in the text lead to.
    Note,
    /// A line or an ornament between two parts.
    Rule,
}

/// A row: its text is `| one cell | another |`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it shares with the other rows.
    pub table: Arc<Table>,
    /// Its number in the table, from 0.
    pub index: usize,
    /// The cells in order, as bytes of the block; there may be fewer than columns.
    pub cells: Vec<Range<usize>>,
}

/// What the rows of a table share, so that each can be laid out without the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns in the order of reading.
    pub columns: Vec<Column>,
    /// How many rows there are.
    pub rows: usize,
    /// How many of them, from the first, are its head.
    pub head: usize,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// The side that its cells stand on; without one they stand where lines start.
    pub side: Option<Side>,
    /// The columns of the screen that its widest cell takes on one line.
    pub widest: usize,
    /// The columns of the screen that its widest word takes.
    pub word: usize,
}

/// Where a cell stands in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// On the left.
    Left,
    /// In the middle.
    Center,
    /// On the right.
    Right,
}

/// A line of verse: two hemistichs and what divides them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verse {
    /// What stands between the hemistichs, as bytes of the block: blanks, and maybe stars or an ellipsis.
    pub between: Range<usize>,
    /// The columns of the screen that the widest hemistich of the poem takes.
    pub widest: usize,
}

/// A part of a block's text that is more than text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the block.
    pub range: Range<usize>,
    /// What it is.
    pub kind: SpanKind,
}

/// What a part of a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpanKind {
    /// Code inside running text.
    Code,
    /// A link to this address.
    Link(Arc<str>),
    /// A link to the block of this document that starts at this byte: a footnote's mark, a reference.
    Jump(usize),
    /// The same where that block is not at hand: it starts at this byte of the source.
    Away(usize),
    /// The words that stand for a picture.
    Image,
    /// The mark of a page of the printed book.
    Page,
}

impl Block {
    /// A block with nothing before it on its line and a blank line above.
    #[must_use]
    pub const fn new(kind: BlockKind, range: Range<usize>) -> Self {
        Self {
            kind,
            range,
            lead: 0,
            gap: 1,
            direction: None,
            spans: Vec::new(),
        }
    }

    /// Its bytes in the document text, with what stands before it on its line.
    #[must_use]
    pub const fn line(&self) -> Range<usize> {
        self.range.start.saturating_sub(self.lead)..self.range.end
    }
}

/// Says in every line of verse how wide the widest hemistich of its poem is: of the lines that follow each other.
pub(super) fn measure_poems(text: &str, blocks: &mut [Block]) {
    let is_verse = |block: &Block| matches!(block.kind, BlockKind::Verse(_));
    for poem in blocks.chunk_by_mut(|one, next| is_verse(one) && is_verse(next)) {
        let widths = poem.iter().map(|block| match &block.kind {
            BlockKind::Verse(verse) => {
                let line = text.get(block.range.clone()).unwrap_or_default();
                let widths = verse.hemistichs(line);
                let widths = widths.map(|part| line.get(part).map_or(0, cluster_width));
                // It may be more than these lines.
                widths[0].max(widths[1]).max(verse.widest)
            }
            _ => 0,
        });
        let width = widths.max().unwrap_or(0);
        for block in poem {
            if let BlockKind::Verse(verse) = &mut block.kind {
                verse.widest = width;
            }
        }
    }
}

impl Verse {
    /// The two hemistichs, as bytes of the line.
    #[must_use]
    pub fn hemistichs(&self, line: &str) -> [Range<usize>; 2] {
        [0..self.between.start, self.between.end..line.len()]
    }
}

impl Column {
    /// Makes room for a cell's text.
    pub fn hold(&mut self, cell: &str) {
        self.widest = self.widest.max(cluster_width(cell));
        let words = cell.split_whitespace().map(cluster_width);
        self.word = self.word.max(words.max().unwrap_or(0));
    }
}
