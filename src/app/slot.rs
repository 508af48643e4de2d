//! An article whose text is at hand: where the reader stands in it, what was found in it, and its blocks by their places in the source.

use std::ops::Range;
use std::sync::Arc;

use crate::doc::{Anchor, Article, Block, Document, Passage};
use crate::entity::{Mention, Names};
use crate::library::Spot;
use crate::text::bidi::Levels;
use crate::text::properties::{Kind, Properties};
use crate::text::{Direction, direction};

use super::drawn::Drawn;
use super::long::Long;
use super::marking::Highlight;
use super::reading::Place;

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

    /// Puts the reader where they left the article before it was out of reach. Names are found anew, and their numbers are others.
    pub fn take_place(&mut self, place: Place) {
        self.place = Place {
            mention: None,
            entity: None,
            ..place
        };
        self.resumed = true;
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
