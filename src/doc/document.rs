//! What a parser makes of a source: one text in logical order, cut into articles and these into blocks, all by byte range.
//!
//! A block is one paragraph: it holds no line end, and ranges inside it (mentions, hits, selections) count from its start.

use std::ops::Range;
use std::sync::Arc;

use super::{Block, Origin};
use crate::text::Direction;

/// A place in a document that survives a resize: only `layout` knows columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// Where the paragraph starts, as a byte offset in the source (see [`Origin`]): the document text, if that is held whole.
    pub paragraph: usize,
    /// A byte offset in that paragraph's own text.
    pub byte: usize,
}

/// One source, decoded: its text and the articles in it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The source's name as it was given (`-` for standard input).
    pub name: String,
    /// The document text; every range below counts its UTF-8 bytes.
    pub text: Arc<str>,
    /// Whether it is the source's own text, as in plain text. The text of every other format is made by a [`super::Writer`], and is
    /// what is printed of it.
    pub verbatim: bool,
    /// At least one article, in order, not overlapping.
    pub articles: Vec<Article>,
    /// The direction of most of its strong letters, when that is right to left (see `text::direction`).
    pub direction: Option<Direction>,
    /// How its letters were stored.
    pub written: Written,
    /// What the reader should be told about how it was read.
    pub notices: Vec<Notice>,
    /// Where the text stands in its source; at its start, unless the document is a window of something larger.
    pub origin: Origin,
}

/// One article of a document.
#[derive(Clone, Debug)]
pub struct Article {
    /// The title to show: white space folded, marks of the format taken off.
    pub title: String,
    /// From the start of its first line to its last letter, a repeated title included.
    pub range: Range<usize>,
    /// Its paragraphs in order. A repeated title is one block, its second copy.
    pub blocks: Vec<Block>,
}

/// How the letters of a source were stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The name of its encoding.
    pub encoding: &'static str,
    /// Whether its letters were turned back: from presentation forms, from visual order.
    pub repaired: bool,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            encoding: UTF_8,
            repaired: false,
        }
    }
}

/// The name of the encoding that needs no naming.
pub const UTF_8: &str = "UTF-8";

/// Something about a source that the reader should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Its letters are stored as they are drawn: as presentation forms, in visual order, or both. They can be turned back.
    StoredAsDrawn {
        /// Whether they are presentation forms.
        forms: bool,
        /// Whether they stand in visual order.
        visual: bool,
    },
    /// Lines that hold no article, in a source whose lines are articles.
    BadLines {
        /// How many there are.
        count: usize,
        /// The number of the first one, from 1.
        first: usize,
    },
    /// Parts of a book that are not there or cannot be unpacked.
    MissingParts {
        /// How many there are.
        count: usize,
    },
    /// Bytes that stand for nothing in its encoding were replaced by U+FFFD, one for each invalid sequence.
    InvalidBytes {
        /// How many were replaced.
        count: usize,
    },
}

impl Document {
    /// The text of a block of this document.
    #[must_use]
    pub fn block_text(&self, block: &Block) -> &str {
        self.text.get(block.range.clone()).unwrap_or_default()
    }

    /// What stands before a block on its line: the mark of a list's item, the signs of quotes, blanks.
    #[must_use]
    pub fn lead(&self, block: &Block) -> &str {
        self.text
            .get(block.line().start..block.range.start)
            .unwrap_or_default()
    }
}

impl Article {
    /// The index of the block that starts at `paragraph` or, failing that, the last one before it.
    #[must_use]
    pub fn block_at(&self, paragraph: usize) -> usize {
        self.blocks
            .partition_point(|block| block.range.start <= paragraph)
            .saturating_sub(1)
    }
}
