//! The one way to make a [`Document`]: what a parser found goes in, a document that keeps its promises comes out.
//!
//! Nothing is corrected silently: a parser that breaks a promise has a bug, and the error says where. What is checked is
//! what the rooms above rely on: a block is one paragraph (it holds a character and no line end), ranges lie on
//! character boundaries, follow one another in the order of the text and never overlap, blocks lie in their article, and
//! there is at least one article.

use std::ops::Range;
use std::sync::Arc;

use memchr::{memchr3, memchr3_iter};
use thiserror::Error;

use super::block::measure_poems;
use super::{Article, Block, BlockKind, Document, Notice, Origin, Span, SpanKind, Written};
use crate::text::Direction;

/// Whether a character ends a line: the mandatory breaks of UAX #14 (LF, CR, VT, FF, NEL, U+2028, U+2029).
#[must_use]
pub const fn is_line_end(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The promise that a parser broke; articles and blocks count from 0.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum InvalidDocument {
    /// There is no article at all.
    #[error("the document holds no article")]
    NoArticle,
    /// An article's range is reversed, off a character boundary, outside the text, or starts before the last one ends.
    #[error("article {article} has a range that is out of place")]
    ArticleRange {
        /// Which article.
        article: usize,
    },
    /// A block's range is empty, off a character boundary, outside its article, or starts before the last one ends.
    #[error("block {block} of article {article} has a range that is out of place")]
    BlockRange {
        /// Which article.
        article: usize,
        /// Which of its blocks.
        block: usize,
    },
    /// A span, a cell, or what is between two hemistichs, has a range that is out of place in its block.
    #[error("block {block} of article {article} has a part that is out of place")]
    Part {
        /// Which article.
        article: usize,
        /// Which of its blocks.
        block: usize,
    },
    /// A link leads to a byte at which no block starts.
    #[error("block {block} of article {article} leads to no block")]
    Jump {
        /// Which article.
        article: usize,
        /// Which of its blocks.
        block: usize,
    },
    /// A block holds a line end, so it is more than one paragraph.
    #[error("block {block} of article {article} holds a line end")]
    LineEnd {
        /// Which article.
        article: usize,
        /// Which of its blocks.
        block: usize,
    },
}

/// Gathers the parts of a document and checks them in [`Builder::build`].
#[derive(Debug)]
pub struct Builder {
    document: Document,
}

impl Builder {
    /// Starts a document from its name and its whole text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self {
            document: Document {
                name: name.into(),
                text: text.into(),
                verbatim: true,
                articles: Vec::new(),
                direction: None,
                written: Written::default(),
                notices: Vec::new(),
                origin: Origin::default(),
            },
        }
    }

    /// States the document's direction.
    #[must_use]
    pub fn direction(mut self, direction: Option<Direction>) -> Self {
        self.document.direction = direction;
        self
    }

    /// Says that the text is not the source's own but what is printed of it.
    #[must_use]
    pub fn composed(mut self) -> Self {
        self.document.verbatim = false;
        self
    }

    /// States how the letters were stored.
    #[must_use]
    pub fn written(mut self, written: Written) -> Self {
        self.document.written = written;
        self
    }

    /// States where the text stands in its source.
    #[must_use]
    pub fn origin(mut self, origin: Origin) -> Self {
        self.document.origin = origin;
        self
    }

    /// Adds something that the reader should know.
    #[must_use]
    pub fn notice(mut self, notice: Notice) -> Self {
        self.document.notices.push(notice);
        self
    }

    /// Adds the next article; its title's white space is folded here.
    #[must_use]
    pub fn article(mut self, title: &str, range: Range<usize>, mut blocks: Vec<Block>) -> Self {
        measure_poems(&self.document.text, &mut blocks);
        self.document.articles.push(Article {
            title: title.split_whitespace().collect::<Vec<_>>().join(" "),
            range,
            blocks,
        });
        self
    }

    /// Checks the parts and hands out the document.
    ///
    /// # Errors
    /// The first broken promise, in the order of the text.
    pub fn build(self) -> Result<Document, InvalidDocument> {
        let document = self.document;
        if document.articles.is_empty() {
            return Err(InvalidDocument::NoArticle);
        }
        let mut free = 0;
        for (index, article) in document.articles.iter().enumerate() {
            if article.range.start < free || document.text.get(article.range.clone()).is_none() {
                return Err(InvalidDocument::ArticleRange { article: index });
            }
            check_blocks(&document.text, index, article)?;
            free = article.range.end;
        }
        check_jumps(&document)?;
        Ok(document)
    }
}

/// Checks the blocks of one article whose own range holds.
fn check_blocks(text: &str, article: usize, parts: &Article) -> Result<(), InvalidDocument> {
    let mut free = parts.range.start;
    for (block, part) in parts.blocks.iter().enumerate() {
        let line = part.line();
        let content = text
            .get(line.clone())
            .filter(|_| part.lead <= part.range.start && !part.range.is_empty())
            .filter(|_| text.is_char_boundary(part.range.start))
            .filter(|_| line.start >= free && line.end <= parts.range.end)
            .ok_or(InvalidDocument::BlockRange { article, block })?;
        if holds_line_end(content) {
            return Err(InvalidDocument::LineEnd { article, block });
        }
        if !parts_are_in_place(&content[part.lead..], part) {
            return Err(InvalidDocument::Part { article, block });
        }
        free = part.range.end;
    }
    Ok(())
}

/// Whether a line end stands in a text, by the first bytes of them all, which are looked for many at once.
fn holds_line_end(text: &str) -> bool {
    memchr3(b'\n', b'\r', 0x0C, text.as_bytes()).is_some()
        || memchr3_iter(0x0B, 0xC2, 0xE2, text.as_bytes())
            .any(|at| text[at..].starts_with(is_line_end))
}

/// Whether the ranges inside a block lie on its text's character boundaries and follow one another.
fn parts_are_in_place(text: &str, block: &Block) -> bool {
    let holds = |range: &Range<usize>| text.get(range.clone()).is_some();
    let spans = &block.spans;
    let spans_hold = spans
        .iter()
        .all(|span| holds(&span.range) && !span.range.is_empty())
        && spans.is_sorted_by_key(|span| span.range.start);
    spans_hold
        && match &block.kind {
            BlockKind::Verse(verse) => {
                holds(&verse.between)
                    && verse.between.start > 0
                    && verse.between.end < text.len()
                    && !verse.between.is_empty()
            }
            BlockKind::Row(row) => {
                row.index < row.table.rows
                    && row.cells.len() <= row.table.columns.len()
                    && row.cells.iter().all(holds)
                    && row.cells.is_sorted_by(|one, next| one.end <= next.start)
            }
            _ => true,
        }
}

/// Checks that every link inside the document leads to a block.
fn check_jumps(document: &Document) -> Result<(), InvalidDocument> {
    let starts = |target: usize| {
        let articles = &document.articles;
        let article = articles.partition_point(|article| article.range.end <= target);
        articles.get(article).is_some_and(|article| {
            let blocks = &article.blocks;
            blocks
                .binary_search_by_key(&target, |block| block.range.start)
                .is_ok()
        })
    };
    for (article, parts) in document.articles.iter().enumerate() {
        for (block, part) in parts.blocks.iter().enumerate() {
            let leads = |span: &Span| matches!(span.kind, SpanKind::Jump(to) if !starts(to));
            if part.spans.iter().any(leads) {
                return Err(InvalidDocument::Jump { article, block });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::single_range_in_vec_init)]
mod tests {
    use super::*;

    const TEXT: &str = "عنوان\nنص أول\nنص ثان\n";

    fn block(range: Range<usize>) -> Block {
        Block::new(BlockKind::Paragraph, range)
    }

    fn build(articles: &[(Range<usize>, &[Range<usize>])]) -> Result<Document, InvalidDocument> {
        let mut builder = Builder::new("t", TEXT);
        for (range, blocks) in articles {
            builder = builder.article(
                "t",
                range.clone(),
                blocks.iter().cloned().map(block).collect(),
            );
        }
        builder.build()
    }

    #[test]
    fn keeps_what_it_is_given() {
        let document = Builder::new("كتاب.txt", TEXT)
            .direction(Some(Direction::Rtl))
            .notice(Notice::InvalidBytes { count: 1 })
            .article(" عنوان \t آخر ", 0..22, vec![block(0..10), block(11..22)])
            .build()
            .unwrap();
        assert_eq!(document.name, "كتاب.txt");
        assert_eq!(document.articles[0].title, "عنوان آخر");
        assert_eq!(
            document.block_text(&document.articles[0].blocks[0]),
            "عنوان"
        );
        assert_eq!(document.direction, Some(Direction::Rtl));
        assert_eq!(document.notices.len(), 1);
    }

    #[test]
    fn refuses_a_document_without_articles() {
        assert_eq!(build(&[]).unwrap_err(), InvalidDocument::NoArticle);
    }

    #[test]
    fn refuses_articles_out_of_place() {
        let misplaced = |article| InvalidDocument::ArticleRange { article };
        assert_eq!(
            build(&[(0..1, &[])]).unwrap_err(),
            misplaced(0),
            "off a boundary"
        );
        assert_eq!(
            build(&[(0..999, &[])]).unwrap_err(),
            misplaced(0),
            "outside"
        );
        assert_eq!(
            build(&[(0..10, &[]), (8..12, &[])]).unwrap_err(),
            misplaced(1),
            "overlap"
        );
        #[allow(clippy::reversed_empty_ranges)]
        let reversed = 10..0;
        assert_eq!(
            build(&[(reversed, &[])]).unwrap_err(),
            misplaced(0),
            "reversed"
        );
    }

    #[test]
    fn refuses_blocks_out_of_place() {
        let misplaced = |block| InvalidDocument::BlockRange { article: 0, block };
        let one = |blocks| build(&[(0..22, blocks)]).unwrap_err();
        assert_eq!(one(&[0..10, 8..10]), misplaced(1), "overlap");
        assert_eq!(one(&[0..10, 11..34]), misplaced(1), "outside its article");
        assert_eq!(one(&[0..3]), misplaced(0), "off a boundary");
        assert_eq!(one(&[4..4]), misplaced(0), "empty");
    }

    #[test]
    fn refuses_a_block_of_two_lines() {
        assert_eq!(
            build(&[(0..22, &[0..22])]).unwrap_err(),
            InvalidDocument::LineEnd {
                article: 0,
                block: 0
            }
        );
    }
}
