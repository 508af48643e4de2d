//! Every article of every open source, in order: the list that the sidebar shows and that `J` and `K` walk.

use std::sync::Arc;

use crate::doc::{Anchor, Article, Block, Document};
use crate::entity::{Mention, Names};
use crate::text::{Direction, direction};

use super::reading::Place;

/// One article of the list.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The document that holds it.
    pub document: Arc<Document>,
    /// Its index in that document.
    pub article: usize,
    /// Where it was left.
    pub place: Place,
    /// The names in it, once a worker has found them.
    pub names: Option<Arc<Names>>,
    /// How many words it has, once counted.
    pub words: Option<usize>,
    /// A direction that the reader chose for it.
    pub direction: Option<Direction>,
}

impl Slot {
    /// A slot at the article's start.
    #[must_use]
    pub fn new(document: Arc<Document>, article: usize) -> Self {
        let mut slot = Self {
            document,
            article,
            place: Place::default(),
            names: None,
            words: None,
            direction: None,
        };
        slot.place = Place::at(Anchor {
            paragraph: slot.start(0),
            byte: 0,
        });
        slot
    }

    /// The article.
    #[must_use]
    pub fn article(&self) -> &Article {
        &self.document.articles[self.article]
    }

    /// Its blocks.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.article().blocks
    }

    /// Where block `index` starts in the document text; the article's start where there is none.
    #[must_use]
    pub fn start(&self, index: usize) -> usize {
        self.blocks()
            .get(index)
            .map_or(self.article().range.start, |block| block.range.start)
    }

    /// The text of block `index`; empty where there is none.
    #[must_use]
    pub fn text(&self, index: usize) -> &str {
        self.blocks()
            .get(index)
            .map_or("", |block| self.document.block_text(block))
    }

    /// A mention as it is written in the text.
    #[must_use]
    pub fn written(&self, mention: &Mention) -> &str {
        let (start, end) = (mention.range.start, mention.range.end);
        let bytes = mention.paragraph + start..mention.paragraph + end;
        self.document.text.get(bytes).unwrap_or_default()
    }

    /// The way block `index` runs: the reader's choice, else the format's word, else DESIGN's rule for paragraphs.
    #[must_use]
    pub fn direction(&self, index: usize, chosen: Option<Direction>) -> Direction {
        let stated = self.blocks().get(index).and_then(|block| block.direction);
        self.direction
            .or(chosen)
            .or(stated)
            .unwrap_or_else(|| direction::of_paragraph(self.text(index), self.document.direction))
    }
}

/// The list itself, and which article of it is open.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The articles in order.
    pub slots: Vec<Slot>,
    /// The index of the open one.
    pub open: usize,
}

impl Listing {
    /// Adds a document's articles at the end.
    pub fn add(&mut self, document: &Arc<Document>) {
        let articles = 0..document.articles.len();
        self.slots
            .extend(articles.map(|article| Slot::new(Arc::clone(document), article)));
    }

    /// How many articles there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is none yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The open article, unless the list is empty.
    #[must_use]
    pub fn current(&self) -> Option<&Slot> {
        self.slots.get(self.open)
    }

    /// The open article, to change its place.
    pub fn current_mut(&mut self) -> Option<&mut Slot> {
        self.slots.get_mut(self.open)
    }
}
