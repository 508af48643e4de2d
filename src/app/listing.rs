//! Every article of every open source, in order: the list that the sidebar shows and that `J` and `K` walk.
//!
//! An article is known by its source and its number in it ([`ArticleId`]), so that it stays the same when a source before it
//! turns out to hold more articles. Rows of the list are counted over all sources.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::doc::{Anchor, Article, Block, Document};
use crate::entity::{Mention, Names};
use crate::text::{Direction, direction};

use super::long::Long;
use super::reading::Place;

/// One article, wherever it stands in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId {
    /// The source's place among the sources.
    pub source: usize,
    /// The article's place in its source.
    pub article: usize,
}

/// An article whose text is at hand.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The document that holds it.
    pub document: Arc<Document>,
    /// Its index in that document.
    pub article: usize,
    /// Where it was left.
    pub place: Place,
    /// The names in it, once a worker has found them, as corrected.
    pub names: Option<Arc<Names>>,
    /// The names as the worker found them.
    pub found: Option<Arc<Names>>,
    /// How many words it has, once counted.
    pub words: Option<usize>,
    /// A direction that the reader chose for it.
    pub direction: Option<Direction>,
    /// The levels of its long paragraphs.
    pub long: Long,
    /// Whether the place where it was left before was taken up, or the reader had moved already.
    pub resumed: bool,
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
            found: None,
            words: None,
            direction: None,
            long: Long::default(),
            resumed: false,
        };
        slot.place = Place::at(slot.beginning());
        slot
    }

    /// Where the article begins.
    #[must_use]
    pub fn beginning(&self) -> Anchor {
        Anchor {
            paragraph: self.start(0),
            byte: 0,
        }
    }

    /// Puts the start of block `index`, or of the last one, at the top of the page.
    pub fn go_to(&mut self, index: usize) {
        let last = self.blocks().len().saturating_sub(1);
        self.place = Place::at(Anchor {
            paragraph: self.start(index.min(last)),
            byte: 0,
        });
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

    /// Its bytes in the source.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        let Range { start, end } = self.article().range;
        self.document.origin.source(start)..self.document.origin.source(end)
    }

    /// Where block `index` starts in the source; the article's start where there is none.
    #[must_use]
    pub fn start(&self, index: usize) -> usize {
        let article = self.article();
        let block = self.blocks().get(index);
        let start = block.map_or(article.range.start, |block| block.range.start);
        self.document.origin.source(start)
    }

    /// The index of the block that starts at byte `paragraph` of the source or, failing that, the last one before it.
    #[must_use]
    pub fn block_at(&self, paragraph: usize) -> usize {
        self.article()
            .block_at(self.document.origin.text(paragraph))
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
        let text = self.text(self.block_at(mention.paragraph));
        text.get(mention.range.clone()).unwrap_or_default()
    }

    /// Whether an empty row stands before block `index`.
    #[must_use]
    pub fn stands_apart(&self, index: usize) -> bool {
        self.blocks().get(index).is_none_or(|block| block.gap > 0)
    }

    /// The block `count` paragraphs after block `index`, or the last; what stands together is one paragraph.
    #[must_use]
    pub fn paragraph_after(&self, index: usize, count: usize) -> usize {
        let starts = (index + 1..self.blocks().len()).filter(|index| self.stands_apart(*index));
        starts.take(count).last().unwrap_or(index)
    }

    /// The block `count` paragraphs before block `index`, or the first; from inside a paragraph its start is the first of them.
    #[must_use]
    pub fn paragraph_before(&self, index: usize, count: usize) -> usize {
        let starts = (0..index).rev();
        let starts = starts.filter(|index| *index == 0 || self.stands_apart(*index));
        starts.take(count).last().unwrap_or(index)
    }

    /// The side on which the marks of lists and quotes stand, for a block of this direction: where most lines begin.
    #[must_use]
    pub fn side(&self, direction: Direction, chosen: Option<Direction>) -> Direction {
        let told = self.direction.or(chosen).or(self.document.direction);
        told.unwrap_or(direction)
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
    /// The sources in order.
    sources: Vec<Arc<Document>>,
    /// How many articles stand before each source.
    firsts: Vec<usize>,
    /// How many articles there are.
    count: usize,
    /// The open one.
    open: ArticleId,
    /// The articles that have been opened.
    slots: BTreeMap<ArticleId, Slot>,
}

impl Listing {
    /// Adds a document's articles at the end.
    pub fn add(&mut self, document: &Arc<Document>) {
        self.firsts.push(self.count);
        self.count += document.articles.len();
        self.sources.push(Arc::clone(document));
    }

    /// Puts a document in the place of another one; says whether that was there.
    ///
    /// Its articles have to be opened anew; where one of them was open, the one of the same number is now.
    pub fn replace(&mut self, before: &Arc<Document>, document: &Arc<Document>) -> bool {
        let Some(source) = self.sources.iter().position(|one| Arc::ptr_eq(one, before)) else {
            return false;
        };
        self.sources[source] = Arc::clone(document);
        self.count = 0;
        for (first, document) in self.firsts.iter_mut().zip(&self.sources) {
            *first = self.count;
            self.count += document.articles.len();
        }
        self.slots.retain(|id, _| id.source != source);
        if self.open.source == source {
            let last = document.articles.len().saturating_sub(1);
            self.open.article = self.open.article.min(last);
            self.open(self.open);
        }
        true
    }

    /// How many articles there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The article in row `index` of the list.
    #[must_use]
    pub fn id(&self, index: usize) -> Option<ArticleId> {
        if index >= self.count {
            return None;
        }
        let source = self.firsts.partition_point(|&first| first <= index) - 1;
        Some(ArticleId {
            source,
            article: index - self.firsts[source],
        })
    }

    /// The row in which an article stands.
    #[must_use]
    pub fn row(&self, id: ArticleId) -> usize {
        self.firsts
            .get(id.source)
            .map_or(0, |first| first + id.article)
    }

    /// The title in row `index` of the list.
    #[must_use]
    pub fn title(&self, index: usize) -> Option<&str> {
        let id = self.id(index)?;
        let article = self.sources[id.source].articles.get(id.article)?;
        Some(&article.title)
    }

    /// The document that holds an article, and its index there.
    #[must_use]
    pub fn document(&self, id: ArticleId) -> Option<(&Arc<Document>, usize)> {
        let document = self.sources.get(id.source)?;
        (id.article < document.articles.len()).then_some((document, id.article))
    }

    /// The article of this index in a document of the list.
    #[must_use]
    pub fn find(&self, document: &Arc<Document>, article: usize) -> Option<ArticleId> {
        let is_it = |source: &Arc<Document>| Arc::ptr_eq(source, document);
        let source = self.sources.iter().position(is_it)?;
        (article < document.articles.len()).then_some(ArticleId { source, article })
    }

    /// Which article is open; the first one while there is none.
    #[must_use]
    pub const fn open_id(&self) -> ArticleId {
        self.open
    }

    /// The row of the open article.
    #[must_use]
    pub fn open_row(&self) -> usize {
        self.row(self.open)
    }

    /// Opens an article, at the place where it was left.
    pub fn open(&mut self, id: ArticleId) {
        self.open = id;
        if let Some(document) = self.sources.get(id.source)
            && id.article < document.articles.len()
        {
            self.slots
                .entry(id)
                .or_insert_with(|| Slot::new(Arc::clone(document), id.article));
        }
    }

    /// The open article, if its text is at hand.
    #[must_use]
    pub fn current(&self) -> Option<&Slot> {
        self.slots.get(&self.open)
    }

    /// The open article, to change its place.
    pub fn current_mut(&mut self) -> Option<&mut Slot> {
        self.slots.get_mut(&self.open)
    }

    /// An article whose text is at hand.
    #[must_use]
    pub fn slot(&self, id: ArticleId) -> Option<&Slot> {
        self.slots.get(&id)
    }

    /// Every article that has been opened.
    pub fn slots_mut(&mut self) -> impl Iterator<Item = &mut Slot> {
        self.slots.values_mut()
    }

    /// An article whose text is at hand, to change it.
    pub fn slot_mut(&mut self, id: ArticleId) -> Option<&mut Slot> {
        self.slots.get_mut(&id)
    }
}
