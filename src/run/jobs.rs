//! What takes time, on threads of its own: finding names, the levels of long paragraphs. Each result comes back as a message.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::keeping::Keeping;
use super::naming::Naming;
use super::passages::Passages;
use super::worker::Worker;
use crate::app::{App, ArticleId, Listing, Message, Slot, is_surveyed};
use crate::doc::{Block, Document, Mark};
use crate::entity::index::Tally;
use crate::entity::{Correction, Names, correct};
use crate::source;
use crate::source::{Large, Reading};
use crate::text::{Direction, bidi, words};

/// An article of the list, and where it stands.
#[derive(Clone, Debug)]
struct Order {
    id: ArticleId,
    document: Arc<Document>,
    article: usize,
    /// The byte of the source at the top of the page.
    top: usize,
}

impl Order {
    fn new(id: ArticleId, slot: &Slot) -> Self {
        Self {
            id,
            document: Arc::clone(&slot.document),
            article: slot.article,
            top: slot.place.top.paragraph + slot.place.top.byte,
        }
    }
}

/// An article of the list, be it open or not.
#[derive(Clone, Debug)]
enum Listed {
    /// One that is held.
    Held(Order),
    /// One of a file that was laid aside.
    Filed(ArticleId, PathBuf),
    /// One that a parser has made, between two marks.
    Composed(ArticleId, Arc<Large>, (Mark, Option<Mark>)),
}

impl Listed {
    fn of(listing: &Listing, passages: &Passages, id: ArticleId) -> Option<Self> {
        if let Some(filed) = listing.filed(id.source) {
            return Some(Self::Filed(id, PathBuf::from(&*filed.name)));
        }
        if let Some(stored) = listing.stored(id.source) {
            let bounds = stored.bounds(id.article)?;
            return Some(Self::Composed(id, passages.large(id.source)?, bounds));
        }
        let (document, article) = listing.document(id)?;
        Some(Self::Held(Order {
            id,
            document: Arc::clone(document),
            article,
            top: 0,
        }))
    }

    const fn id(&self) -> ArticleId {
        match self {
            Self::Held(order) => order.id,
            Self::Filed(id, _) | Self::Composed(id, ..) => *id,
        }
    }

    /// The article with its text, which is read again where it is not held: of a large one the beginning.
    fn order(self, reading: Reading) -> Option<Order> {
        match self {
            Self::Held(order) => Some(order),
            Self::Composed(id, large, (mark, next)) => {
                let passage = large.passage(mark, next, mark.offset()).ok()?;
                Some(Order {
                    id,
                    document: passage.document,
                    article: 0,
                    top: 0,
                })
            }
            Self::Filed(id, path) => {
                let document = source::read_file(&path, true, reading)?.ok()?;
                Some(Order {
                    id,
                    document: Arc::new(document),
                    article: id.article,
                    top: 0,
                })
            }
        }
    }
}

/// The thread that finds names, one article after another.
#[derive(Debug)]
pub struct Tagging(Worker<Task>);

/// What the thread that finds names is asked for.
#[derive(Debug)]
enum Task {
    /// The names of an article that was opened.
    Open(Order),
    /// The names of an article that is not open, and its text.
    Glimpse(Listed),
    /// The names of some articles, counted.
    Survey(Lot),
}

/// Articles whose names are counted.
#[derive(Debug)]
struct Lot {
    /// The number of the survey.
    round: usize,
    /// The row of the first of them.
    first: usize,
    articles: Vec<Listed>,
    /// What the names are corrected by.
    corrections: Arc<Vec<Correction>>,
}

/// How long a survey goes on before it tells what it has: so long an article that is opened may have to wait.
const PERIOD: Duration = Duration::from_millis(30);

impl Tagging {
    /// `send` gets what is found, and `keeping` remembers it for the next time. In the way of `reading` files are read that were laid
    /// aside.
    #[must_use]
    pub fn new(
        reading: Reading,
        keeping: Keeping,
        send: impl Fn(Message) + Send + 'static,
    ) -> Self {
        Self(Worker::new(move |orders: Receiver<Task>| {
            let finding = Finding {
                reading,
                naming: Naming::default(),
                keeping,
            };
            for task in orders {
                // A panic over one text is told by the hook; the next article still gets its names.
                let _ = catch_unwind(AssertUnwindSafe(|| match task {
                    Task::Open(order) => finding.tag(&order, &send),
                    Task::Glimpse(listed) => {
                        if let Some(order) = listed.order(reading) {
                            send(finding.glimpse(order));
                        }
                    }
                    Task::Survey(lot) => send(finding.survey(lot)),
                }));
            }
        }))
    }

    /// Orders the names of an article of the list.
    pub fn order(&self, id: ArticleId, slot: &Slot) {
        self.0.order(Task::Open(Order::new(id, slot)));
    }

    /// Orders the names of an article that is not open.
    pub fn glimpse(&self, listing: &Listing, passages: &Passages, id: ArticleId) {
        if let Some(listed) = Listed::of(listing, passages, id) {
            self.0.order(Task::Glimpse(listed));
        }
    }

    /// Orders the names of some articles from a row of the list on.
    pub fn survey(&self, app: &App, passages: &Passages, first: usize) {
        const MOST: usize = 64;
        let listing = &app.listing;
        let is_wanted = |row: &usize| is_surveyed(app, *row);
        let first = (first..listing.len())
            .find(is_wanted)
            .unwrap_or(listing.len());
        let rows = first..first.saturating_add(MOST);
        let articles = rows
            .take_while(is_wanted)
            .map_while(|row| Listed::of(listing, passages, listing.id(row)?))
            .collect();
        self.0.order(Task::Survey(Lot {
            round: app.register.round(),
            first,
            articles,
            corrections: Arc::clone(&app.corrections),
        }));
    }
}

/// What the thread finds names with.
struct Finding {
    reading: Reading,
    naming: Naming,
    keeping: Keeping,
}

impl Finding {
    /// Finds the names of an article that is not open.
    fn glimpse(&self, order: Order) -> Message {
        Message::Glimpsed {
            article: order.id,
            names: Arc::new(self.names(&order)),
            document: order.document,
            index: order.article,
        }
    }

    /// Counts the names of some articles, of as many as there is time for and of one at least.
    fn survey(&self, lot: Lot) -> Message {
        let until = Instant::now() + PERIOD;
        let mut tallies = Vec::new();
        for listed in lot.articles {
            let id = listed.id();
            let tally = || {
                let order = listed.order(self.reading)?;
                let article = order.document.articles.get(order.article)?;
                let text_of = |paragraph| {
                    let block = article.block_at(order.document.origin.text(paragraph));
                    let block = article.blocks.get(block);
                    block.map_or("", |block| order.document.block_text(block))
                };
                let starts = article
                    .blocks
                    .iter()
                    .map(|block| order.document.origin.source(block.range.start));
                let names = correct(&self.names(&order), &lot.corrections, starts, text_of);
                Some(Tally::of(&names, text_of))
            };
            let tally = catch_unwind(AssertUnwindSafe(tally)).ok().flatten();
            tallies.push((id, tally.unwrap_or_default()));
            if Instant::now() > until {
                break;
            }
        }
        Message::Surveyed {
            round: lot.round,
            next: lot.first + tallies.len().max(1),
            tallies,
        }
    }

    /// The names of an article.
    fn names(&self, order: &Order) -> Names {
        let article = order.document.articles.get(order.article);
        let blocks = article.map_or(&[][..], |article| &article.blocks);
        let paragraphs = paragraphs(&order.document, blocks);
        self.naming.recall(&paragraphs, &self.keeping, |_| ())
    }

    /// Finds the names of an article, or of the part of it around the page, and counts its words. Where that takes long, the names of
    /// the page come first.
    fn tag(&self, order: &Order, send: &impl Fn(Message)) {
        let document = &order.document;
        let blocks = document
            .articles
            .get(order.article)
            .map_or(&[][..], |article| article.blocks.as_slice());
        let top = document.origin.text(order.top);
        let near = near(blocks, top);
        let text = |block: &Block| words::words(document.block_text(block)).count();
        let words = blocks.iter().map(text).sum();
        let tagged = |names, part| Message::Tagged {
            article: order.id,
            names: Arc::new(names),
            part,
            words,
        };
        let sought = &blocks[near.clone()];
        let names = self
            .naming
            .recall(&paragraphs(document, sought), &self.keeping, |naming| {
                let page = page(sought, top);
                if page.len() < sought.len() {
                    let names = naming.find(&paragraphs(document, &sought[page]));
                    send(tagged(names, None));
                }
            });
        let edge = |block: Option<&Block>, of: fn(&Block) -> usize| block.map_or(0, of);
        let part = edge(sought.first(), |block| block.range.start)..edge(sought.last(), |block| {
            block.range.end
        });
        let part = document.origin.source(part.start)..document.origin.source(part.end);
        let is_part = near.len() < blocks.len();
        send(tagged(names, is_part.then_some(part)));
    }
}

/// The paragraphs of some blocks, each with its start in the source.
fn paragraphs<'a>(document: &'a Document, blocks: &[Block]) -> Vec<(usize, &'a str)> {
    let blocks = blocks.iter();
    let paragraphs = blocks.map(|block| {
        let start = document.origin.source(block.range.start);
        (start, document.block_text(block))
    });
    paragraphs.collect()
}

/// The most text that a page is taken to hold.
const PAGE: usize = 8 << 10;

/// The blocks of the page that begins at a byte of the text.
fn page(blocks: &[Block], top: usize) -> Range<usize> {
    let start = blocks.partition_point(|block| block.range.end <= top);
    let end = blocks.partition_point(|block| block.range.start < top + PAGE);
    start..end.max(start)
}

/// The most text in which names are sought at once: what is remembered of each word takes many times its bytes.
const TAGGED: usize = 96 << 10;

/// The blocks around a byte of the text in which names are sought; all, unless that is too much.
fn near(blocks: &[Block], byte: usize) -> Range<usize> {
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
        return 0..0;
    };
    if last.range.end - first.range.start <= TAGGED {
        return 0..blocks.len();
    }
    let from = byte.saturating_sub(TAGGED / 3);
    let start = blocks.partition_point(|block| block.range.end <= from);
    let end = blocks.partition_point(|block| block.range.end <= from + TAGGED);
    // A paragraph that is longer than that has to do.
    start.min(blocks.len() - 1)..end.max(start + 1).min(blocks.len())
}

/// The thread that finds the levels of long paragraphs, one after another.
#[derive(Debug)]
pub struct Resolving(Worker<Resolve>);

/// The article, the start of the paragraph in its source, and the paragraph's direction.
type Resolve = (Order, usize, Direction);

impl Resolving {
    /// `send` gets what is found.
    #[must_use]
    pub fn new(send: impl Fn(Message) + Send + 'static) -> Self {
        Self(Worker::new(move |orders: Receiver<Resolve>| {
            for (order, paragraph, direction) in orders {
                // A panic over one text is told by the hook; the next paragraph still gets its levels.
                let levels = catch_unwind(AssertUnwindSafe(|| {
                    let article = order.document.articles.get(order.article)?;
                    let block = article.block_at(order.document.origin.text(paragraph));
                    let text = order.document.block_text(article.blocks.get(block)?);
                    Some(Arc::new(bidi::levels(text, direction)))
                }));
                if let Ok(Some(levels)) = levels {
                    send(Message::Resolved {
                        article: order.id,
                        paragraph,
                        direction,
                        levels,
                    });
                }
            }
        }))
    }

    /// Orders the levels of the paragraph that starts at this byte of an article's source.
    pub fn order(&self, id: ArticleId, slot: &Slot, paragraph: usize, direction: Direction) {
        self.0.order((Order::new(id, slot), paragraph, direction));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::BlockKind;

    #[test]
    fn a_page_is_the_blocks_from_the_top_on() {
        let kilobyte = |at: usize| Block::new(BlockKind::Paragraph, at << 10..(at << 10) + 1000);
        let blocks: Vec<Block> = (0..100).map(kilobyte).collect();
        assert_eq!(page(&blocks, 0), 0..8);
        assert_eq!(
            page(&blocks, (50 << 10) + 7),
            50..59,
            "the top is within one"
        );
        assert_eq!(page(&blocks, 99 << 10), 99..100);
        assert_eq!(page(&blocks[..3], 0), 0..3);
        assert_eq!(page(&[], 5), 0..0);
    }
}
