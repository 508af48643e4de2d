//! What is read line by line: a document that is held, or a large text of which one passage at a time is.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use crate::doc::{Block, Document, Mark};
use crate::source;
use crate::source::{Large, Opened, Reading, Source, SourceError};

/// One source.
pub enum Book {
    /// One that is held.
    Held(Arc<Document>),
    /// One that is read in passages, and the marks of its articles.
    Large(Box<Large>, Vec<Mark>),
}

/// What is at hand of an article.
#[derive(Default)]
pub struct Page {
    /// The document that holds it, and its place there.
    held: Option<(Arc<Document>, usize)>,
    /// Whether the article goes on above.
    above: bool,
    /// Whether it goes on below.
    below: bool,
}

impl Book {
    /// All that a source holds.
    pub fn all(
        source: Source,
        reading: Reading,
    ) -> Box<dyn Iterator<Item = Result<Self, SourceError>>> {
        let held = |document: Document| Self::Held(Arc::new(document));
        match source::open(source, reading) {
            Ok(Opened::Large(large)) => Box::new(std::iter::once(Self::scanned(large))),
            Ok(Opened::Document(document)) => Box::new(std::iter::once(Ok(held(document)))),
            Ok(Opened::Other(source)) => {
                let documents = source::documents(vec![source], reading);
                Box::new(documents.map(move |document| document.map(held)))
            }
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    }

    /// A large text with all its marks.
    fn scanned(large: Large) -> Result<Self, SourceError> {
        let mut begun = large.afresh();
        let mut marks = Vec::new();
        loop {
            let progress = large.go_on(&mut begun);
            let progress = progress.map_err(|error| SourceError::from_io(large.name(), error))?;
            marks.truncate(progress.kept);
            marks.extend(progress.marks);
            if progress.done {
                break;
            }
        }
        if marks.is_empty() {
            marks.push(large.first());
        }
        Ok(Self::Large(Box::new(large), marks))
    }

    /// How many articles it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Held(document) => document.articles.len(),
            Self::Large(_, marks) => marks.len(),
        }
    }

    /// An article, or the part of it around a byte of the source, or its start.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn page(&self, article: usize, around: Option<usize>) -> io::Result<Page> {
        match self {
            Self::Held(document) => Ok(Page {
                held: Some((Arc::clone(document), article)),
                above: false,
                below: false,
            }),
            Self::Large(large, marks) => {
                let mark = marks.get(article).copied().unwrap_or(large.first());
                let next = marks.get(article + 1).copied();
                let passage = large.passage(mark, next, around.unwrap_or(mark.offset()))?;
                Ok(Page {
                    held: Some((passage.document, 0)),
                    above: passage.above,
                    below: passage.below,
                })
            }
        }
    }
}

impl Page {
    /// The article's title, where its start is at hand.
    pub fn title(&self) -> &str {
        let held = self.held.as_ref();
        let article = held.and_then(|(document, article)| document.articles.get(*article));
        article.map_or("", |article| &article.title)
    }

    /// What is at hand of its blocks.
    pub fn blocks(&self) -> &[Block] {
        let held = self.held.as_ref();
        let article = held.and_then(|(document, article)| document.articles.get(*article));
        article.map_or(&[], |article| &article.blocks)
    }

    /// A part of the text, of a block.
    pub fn text(&self, block: usize, range: impl FnOnce(&Block) -> Range<usize>) -> &str {
        let range = self.blocks().get(block).map(range);
        let held = self.held.as_ref().zip(range);
        held.and_then(|((document, _), range)| document.text.get(range))
            .unwrap_or_default()
    }

    /// Where a block starts in the source.
    pub fn start(&self, block: usize) -> Option<usize> {
        let start = self.blocks().get(block)?.range.start;
        let (document, _) = self.held.as_ref()?;
        Some(document.origin.source(start))
    }

    /// The block that starts at a byte of the source or, failing that, the next one.
    pub fn block_at(&self, place: usize) -> usize {
        let Some((document, _)) = &self.held else {
            return 0;
        };
        self.blocks()
            .partition_point(|block| document.origin.source(block.range.start) < place)
    }

    /// A byte of the source below what is at hand, if the article goes on there.
    pub fn below(&self) -> Option<usize> {
        let (document, _) = self.held.as_ref().filter(|_| self.below)?;
        Some(document.origin.source(document.text.len()))
    }

    /// A byte of the source above what is at hand, if the article goes on there.
    pub fn above(&self) -> Option<usize> {
        let (document, _) = self.held.as_ref().filter(|_| self.above)?;
        Some(document.origin.source(0).saturating_sub(1))
    }
}
