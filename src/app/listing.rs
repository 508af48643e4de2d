//! Every article of every open source, in order: the list that the sidebar shows and that `J` and `K` walk.
//!
//! An article is known by its source and its number in it ([`ArticleId`]), so that it stays the same when a source before it
//! turns out to hold more articles. Rows of the list are counted over all sources.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::doc::{Anchor, Article, Block, Document, Mark, Passage};
use crate::entity::{Mention, Names};
use crate::library::Spot;
use crate::text::bidi::Levels;
use crate::text::properties::{Kind, Properties};
use crate::text::{Direction, direction};

use super::drawn::Drawn;
use super::long::Long;
use super::marking::Highlight;
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
    /// The bytes of the source that names were sought in, if that is not all that is at hand.
    pub named: Option<Range<usize>>,
    /// How many words it has, once counted.
    pub words: Option<usize>,
    /// A direction that the reader chose for it.
    pub direction: Option<Direction>,
    /// The levels of its long paragraphs.
    pub long: Long,
    /// Its layouts that were made lately.
    pub drawn: Drawn,
    /// What is highlighted in it.
    pub highlights: Vec<Highlight>,
    /// Whether the place where it was left before was taken up, or the reader had moved already.
    pub resumed: bool,
    /// What the document is a part of, if it does not hold the article whole.
    pub part: Option<Part>,
}

/// What a passage is a part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The whole article's bytes in the source.
    pub range: Range<usize>,
    /// Whether the article has more above.
    pub above: bool,
    /// Whether it has more below.
    pub below: bool,
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
            named: None,
            words: None,
            direction: None,
            long: Long::default(),
            drawn: Drawn::default(),
            highlights: Vec::new(),
            part: None,
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

    /// Whether the reader stands where an article stands that nobody has moved in.
    #[must_use]
    pub fn is_unmoved(&self) -> bool {
        !self.has_above() && self.place == Place::at(self.beginning())
    }

    /// Puts the start of block `index`, or of the last one, at the top of the page.
    pub fn go_to(&mut self, index: usize) {
        let last = self.blocks().len().saturating_sub(1);
        self.place = Place::at(Anchor {
            paragraph: self.start(index.min(last)),
            byte: 0,
        });
    }

    /// A slot for a passage of an article, at the passage's start.
    #[must_use]
    pub fn of_passage(passage: Passage) -> Self {
        let part = Part {
            range: passage.range,
            above: passage.above,
            below: passage.below,
        };
        Self {
            part: Some(part),
            ..Self::new(passage.document, 0)
        }
    }

    /// Whether the article goes on above what is at hand.
    #[must_use]
    pub fn has_above(&self) -> bool {
        self.part.as_ref().is_some_and(|part| part.above)
    }

    /// Whether the article goes on below what is at hand.
    #[must_use]
    pub fn has_below(&self) -> bool {
        self.part.as_ref().is_some_and(|part| part.below)
    }

    /// Whether block `index` is a piece of a paragraph that was too long to be read whole: no line ends between it and another piece.
    #[must_use]
    pub fn is_piece(&self, index: usize) -> bool {
        let blocks = self.blocks();
        let ends_line = |c| Properties::of(c).kind() == Kind::Break;
        let touch = |one: usize| {
            let between = blocks.get(one).zip(blocks.get(one + 1));
            between.is_some_and(|(first, next)| {
                let between = self.document.text.get(first.range.end..next.range.start);
                between.is_some_and(|between| !between.contains(ends_line))
            })
        };
        !self.is_whole() && (touch(index) || index.checked_sub(1).is_some_and(touch))
    }

    /// Whether the article is at hand from its first letter to its last.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.has_above() && !self.has_below()
    }

    /// The bytes of the source that are at hand.
    #[must_use]
    pub fn held(&self) -> Range<usize> {
        let origin = &self.document.origin;
        origin.source(0)..origin.source(self.document.text.len())
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
        if let Some(part) = &self.part {
            return part.range.clone();
        }
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

    /// An anchor as it is kept: it counts from the article's start, whatever of it is at hand.
    #[must_use]
    pub fn spot(&self, anchor: Anchor) -> Spot {
        Spot {
            paragraph: anchor.paragraph.saturating_sub(self.range().start),
            ..Spot::of(&self.document, self.article(), anchor)
        }
    }

    /// The anchor of a spot; nothing where that is not at hand.
    #[must_use]
    pub fn find(&self, spot: &Spot) -> Option<Anchor> {
        let held = self.held();
        let start = self.range().start;
        let paragraph = start.saturating_add(spot.paragraph);
        if (self.has_above() && paragraph < held.start)
            || (self.has_below() && paragraph >= held.end)
        {
            return None;
        }
        let first = self.document.origin.source(self.article().range.start);
        let spot = Spot {
            paragraph: paragraph.saturating_sub(first.max(start)),
            ..spot.clone()
        };
        Some(spot.find(&self.document, self.article()))
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

    /// Takes the levels of its long paragraph that starts at a byte of the source.
    pub fn resolve(&mut self, paragraph: usize, direction: Direction, levels: Arc<Levels>) {
        let mut long = std::mem::take(&mut self.long);
        let text = self.text(self.block_at(paragraph));
        long.take((paragraph, text), direction, levels);
        self.long = long;
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
    sources: Vec<Work>,
    /// How many articles stand before each source.
    firsts: Vec<usize>,
    /// How many articles there are.
    count: usize,
    /// The open one.
    open: ArticleId,
    /// The articles that have been opened and are at hand.
    slots: BTreeMap<ArticleId, Slot>,
    /// Where articles were left that are no longer at hand.
    left: BTreeMap<ArticleId, Place>,
}

/// A source of the list.
#[derive(Clone, Debug)]
enum Work {
    /// One that is held whole.
    Whole(Arc<Document>),
    /// One that is read in passages.
    Stored(Stored),
}

impl Work {
    fn len(&self) -> usize {
        match self {
            Self::Whole(document) => document.articles.len(),
            Self::Stored(stored) => stored.len(),
        }
    }
}

/// What is known of a source that is read in passages.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The mark of its first article until the marks have been found.
    pub first: Mark,
    /// The marks that have been found, in order.
    pub marks: Vec<Mark>,
    /// How many of its bytes have been scanned for marks.
    pub scanned: usize,
    /// How many bytes it has.
    pub length: usize,
    /// Whether all marks have been found.
    pub done: bool,
    /// Titles that have been read.
    pub titles: BTreeMap<usize, String>,
}

/// Titles that are kept, more than any screen shows.
const TITLES: usize = 4096;

impl Stored {
    /// How many articles are known: one at least.
    #[must_use]
    pub fn len(&self) -> usize {
        self.marks.len().max(1)
    }

    /// Whether there is none; there always is one.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        false
    }

    /// The mark of an article and that of the next one, where it is known.
    #[must_use]
    pub fn bounds(&self, article: usize) -> Option<(Mark, Option<Mark>)> {
        let first = (article == 0).then_some(self.first);
        let mark = self.marks.get(article).copied().or(first)?;
        Some((mark, self.marks.get(article + 1).copied()))
    }

    /// The article that holds a byte of the source.
    #[must_use]
    pub fn article_at(&self, offset: usize) -> usize {
        let after = self.marks.partition_point(|mark| mark.offset() <= offset);
        after.saturating_sub(1)
    }
}

impl Listing {
    /// Adds a document's articles at the end.
    pub fn add(&mut self, document: &Arc<Document>) {
        self.firsts.push(self.count);
        self.count += document.articles.len();
        self.sources.push(Work::Whole(Arc::clone(document)));
    }

    /// Adds a source that is read in passages.
    pub fn add_stored(&mut self, stored: Stored) {
        self.firsts.push(self.count);
        self.count += stored.len();
        self.sources.push(Work::Stored(stored));
    }

    /// How many sources there are.
    #[must_use]
    pub const fn sources(&self) -> usize {
        self.sources.len()
    }

    /// What is known of a source, if it is read in passages.
    #[must_use]
    pub fn stored(&self, source: usize) -> Option<&Stored> {
        match self.sources.get(source)? {
            Work::Stored(stored) => Some(stored),
            Work::Whole(_) => None,
        }
    }

    /// Changes what is known of a source that is read in passages.
    pub fn change_stored(&mut self, source: usize, change: impl FnOnce(&mut Stored)) {
        if let Some(Work::Stored(stored)) = self.sources.get_mut(source) {
            change(stored);
            if stored.titles.len() > TITLES {
                stored.titles.clear();
            }
            self.count_again();
        }
    }

    /// How many hundredths of the sources that are being scanned have been; nothing when all marks have been found.
    #[must_use]
    pub fn scanned(&self) -> Option<usize> {
        let works = self.sources.iter().filter_map(|work| match work {
            Work::Stored(stored) if !stored.done => Some((stored.scanned, stored.length)),
            _ => None,
        });
        let (scanned, length) = works.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        (length > 0).then(|| (scanned / (length / 100).max(1)).min(99))
    }

    /// The last article of a source.
    #[must_use]
    pub fn last_of(&self, source: usize) -> Option<ArticleId> {
        let article = self.sources.get(source)?.len().checked_sub(1)?;
        Some(ArticleId { source, article })
    }

    /// Says how long a source is now that is read in passages: its last article reaches as far, and none begins beyond.
    pub fn measure(&mut self, source: usize, length: usize) {
        self.change_stored(source, |stored| {
            stored.length = length;
            stored.marks.retain(|mark| mark.offset() < length);
        });
        let last = self.last_of(source);
        if let Some(last) = last.filter(|last| self.open > *last && self.open.source == source) {
            self.cut(last);
        }
        let part = last.and_then(|last| self.slots.get_mut(&last)?.part.as_mut());
        if let Some(part) = part {
            part.below |= part.range.end < length;
            part.range.end = length.max(part.range.start);
        }
    }

    /// Forgets what is at hand of a source that is read in passages; the reader stays where they are.
    pub fn drop_text(&mut self, source: usize) {
        let left = &mut self.left;
        self.slots.retain(|id, slot| {
            let drops = id.source == source;
            if drops {
                left.insert(*id, slot.place);
            }
            !drops
        });
        self.change_stored(source, |stored| stored.titles.clear());
    }

    /// Reads a source in passages from now on that was held whole; the reader stays where they are.
    pub fn store(&mut self, source: usize, stored: Stored) {
        self.drop_text(source);
        if let Some(work) = self.sources.get_mut(source) {
            *work = Work::Stored(stored);
            self.count_again();
        }
        if let Some(last) = self.last_of(source).filter(|_| self.open.source == source) {
            self.open = self.open.min(last);
        }
    }

    fn count_again(&mut self) {
        self.count = 0;
        for (first, work) in self.firsts.iter_mut().zip(&self.sources) {
            *first = self.count;
            self.count += work.len();
        }
    }

    /// The document of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Arc<Document>> {
        self.sources.iter().find_map(|work| match work {
            Work::Whole(document) if document.name == name => Some(document),
            _ => None,
        })
    }

    /// Puts a document in the place of another one; says whether that was there.
    ///
    /// Its articles have to be opened anew; where one of them was open, the one of the same number is now.
    pub fn replace(&mut self, before: &Arc<Document>, document: &Arc<Document>) -> bool {
        let is_it = |work: &Work| matches!(work, Work::Whole(one) if Arc::ptr_eq(one, before));
        let Some(source) = self.sources.iter().position(is_it) else {
            return false;
        };
        self.sources[source] = Work::Whole(Arc::clone(document));
        self.count_again();
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

    /// The title in row `index` of the list; nothing as long as it has not been read.
    #[must_use]
    pub fn title(&self, index: usize) -> Option<&str> {
        let id = self.id(index)?;
        match &self.sources[id.source] {
            Work::Whole(document) => Some(&document.articles.get(id.article)?.title),
            Work::Stored(stored) => stored.titles.get(&id.article).map(String::as_str),
        }
    }

    /// The document that holds an article, and its index there; nothing for one that is read in passages.
    #[must_use]
    pub fn document(&self, id: ArticleId) -> Option<(&Arc<Document>, usize)> {
        match self.sources.get(id.source)? {
            Work::Whole(document) if id.article < document.articles.len() => {
                Some((document, id.article))
            }
            _ => None,
        }
    }

    /// The article of this index in a document of the list.
    #[must_use]
    pub fn find(&self, document: &Arc<Document>, article: usize) -> Option<ArticleId> {
        let is_it = |work: &Work| matches!(work, Work::Whole(one) if Arc::ptr_eq(one, document));
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

    /// Opens an article, at the place where it was left. One that is not at hand is not there until its passage comes.
    pub fn open(&mut self, id: ArticleId) {
        let sources = &self.sources;
        let left = &mut self.left;
        self.slots.retain(|one, slot| {
            let keeps = *one == id || matches!(sources.get(one.source), Some(Work::Whole(_)));
            if !keeps {
                left.insert(*one, slot.place);
            }
            keeps
        });
        self.open = id;
        if let Some(Work::Whole(document)) = self.sources.get(id.source)
            && id.article < document.articles.len()
        {
            self.slots
                .entry(id)
                .or_insert_with(|| Slot::new(Arc::clone(document), id.article));
        }
    }

    /// Where an article was left that is no longer at hand.
    #[must_use]
    pub fn left_at(&self, id: ArticleId) -> Option<&Place> {
        self.left.get(&id)
    }

    /// Says that the open article turned out to end earlier: what is shown belongs to article `id` and has to be read anew.
    pub fn cut(&mut self, id: ArticleId) {
        if let Some(slot) = self.slots.remove(&self.open) {
            self.left.insert(id, slot.place);
        }
        self.open = id;
    }

    /// Takes a passage of the open article in; the reader stays where they are.
    pub fn take(&mut self, passage: Passage) {
        let mut slot = Slot::of_passage(passage);
        if let Some(before) = self.slots.get(&self.open) {
            slot.place = before.place;
            slot.direction = before.direction;
            slot.resumed = before.resumed;
        } else if let Some(place) = self.left.get(&self.open) {
            slot.place = *place;
            slot.resumed = true;
        }
        // Names are found anew, and their numbers are others.
        (slot.place.mention, slot.place.entity) = (None, None);
        self.slots.insert(self.open, slot);
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
