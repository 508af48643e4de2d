//! What takes time, on threads of its own: reading sources, finding names, the levels of long paragraphs. Each result comes back as a message.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::gather::{Wanted, documents, kept, source_of};
use super::keeping::Keeping;
use super::passages::Opening;
use crate::app::{App, ArticleId, Listing, Message, Slot};
use crate::doc::{Block, Document};
use crate::entity::index::Tally;
use crate::entity::{Correction, Names, Tagger, correct};
use crate::library::{Address, Last};
use crate::source;
use crate::source::{Large, Opened, Reading, Source, SourceError, is_address};
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

    /// An article of the list, be it open or not.
    fn of_list(listing: &Listing, id: ArticleId) -> Option<Self> {
        let (document, article) = listing.document(id)?;
        Some(Self {
            id,
            document: Arc::clone(document),
            article,
            top: 0,
        })
    }
}

/// The thread that finds names, one article after another.
#[derive(Debug)]
pub struct Tagging {
    orders: Sender<Task>,
}

/// What the thread that finds names is asked for.
#[derive(Debug)]
enum Task {
    /// The names of an article that was opened.
    Open(Order),
    /// The names of an article that is not open, and its text.
    Glimpse(Order),
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
    orders: Vec<Order>,
    /// What the names are corrected by.
    corrections: Arc<Vec<Correction>>,
}

/// How long a survey goes on before it tells what it has: so long an article that is opened may have to wait.
const PERIOD: Duration = Duration::from_millis(30);

impl Tagging {
    /// Starts the thread; `send` gets what it finds.
    #[must_use]
    pub fn start(send: impl Fn(Message) + Send + 'static) -> Self {
        let (orders, waiting) = channel::<Task>();
        thread::spawn(move || {
            let mut tagger = None;
            for task in waiting {
                let tagger = tagger.get_or_insert_with(Tagger::new);
                // A panic over one text is told by the hook; the next article still gets its names.
                let message = match task {
                    Task::Open(order) => catch_unwind(AssertUnwindSafe(|| tag(tagger, &order))),
                    Task::Glimpse(order) => {
                        catch_unwind(AssertUnwindSafe(|| glimpse(tagger, order)))
                    }
                    Task::Survey(lot) => Ok(survey(tagger, &lot)),
                };
                if let Ok(message) = message {
                    send(message);
                }
            }
        });
        Self { orders }
    }

    /// Orders the names of an article of the list.
    pub fn order(&self, id: ArticleId, slot: &Slot) {
        // The thread ends with this sender only.
        let _ = self.orders.send(Task::Open(Order::new(id, slot)));
    }

    /// Orders the names of an article that is not open.
    pub fn glimpse(&self, listing: &Listing, id: ArticleId) {
        if let Some(order) = Order::of_list(listing, id) {
            let _ = self.orders.send(Task::Glimpse(order));
        }
    }

    /// Orders the names of some articles from a row of the list on.
    pub fn survey(&self, app: &App, first: usize) {
        const MOST: usize = 64;
        let listing = &app.listing;
        let is_held = |row: &usize| {
            listing
                .id(*row)
                .and_then(|id| listing.document(id))
                .is_some()
        };
        // What is read in passages is not read whole for this.
        let first = (first..listing.len())
            .find(is_held)
            .unwrap_or(listing.len());
        let rows = first..first.saturating_add(MOST);
        let orders = rows
            .map_while(|row| Order::of_list(listing, listing.id(row)?))
            .collect();
        let _ = self.orders.send(Task::Survey(Lot {
            round: app.register.round(),
            first,
            orders,
            corrections: Arc::clone(&app.corrections),
        }));
    }
}

/// Finds the names of an article that is not open.
fn glimpse(tagger: &Tagger, order: Order) -> Message {
    Message::Glimpsed {
        article: order.id,
        names: Arc::new(names(tagger, &order)),
        document: order.document,
        index: order.article,
    }
}

/// Counts the names of some articles, of as many as there is time for and of one at least.
fn survey(tagger: &Tagger, lot: &Lot) -> Message {
    let until = Instant::now() + PERIOD;
    let mut tallies = Vec::new();
    for order in &lot.orders {
        let tally = || {
            let article = order.document.articles.get(order.article)?;
            let text_of = |paragraph| {
                let block = article.block_at(order.document.origin.text(paragraph));
                let block = article.blocks.get(block);
                block.map_or("", |block| order.document.block_text(block))
            };
            let names = correct(&names(tagger, order), &lot.corrections, text_of);
            Some(Tally::of(&names, text_of))
        };
        let tally = catch_unwind(AssertUnwindSafe(tally)).ok().flatten();
        tallies.push((order.id, tally.unwrap_or_default()));
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
fn names(tagger: &Tagger, order: &Order) -> Names {
    let document = &order.document;
    let article = document.articles.get(order.article);
    let blocks = article.into_iter().flat_map(|article| &article.blocks);
    tagger.tag(blocks.map(|block| {
        let start = document.origin.source(block.range.start);
        (start, document.block_text(block))
    }))
}

/// Finds the names of an article, or of the part of it around the page, and counts its words.
fn tag(tagger: &Tagger, order: &Order) -> Message {
    let document = &order.document;
    let blocks = document
        .articles
        .get(order.article)
        .map_or(&[][..], |article| article.blocks.as_slice());
    let near = near(blocks, document.origin.text(order.top));
    let text = |block: &Block| words::words(document.block_text(block)).count();
    let paragraphs = blocks[near.clone()].iter().map(|block| {
        let start = document.origin.source(block.range.start);
        (start, document.block_text(block))
    });
    let names = tagger.tag(paragraphs);
    let edge = |block: Option<&Block>, of: fn(&Block) -> usize| block.map_or(0, of);
    let part = edge(blocks.get(near.start), |block| block.range.start)
        ..edge(blocks[near.clone()].last(), |block| block.range.end);
    let is_part = near.len() < blocks.len();
    Message::Tagged {
        article: order.id,
        names: Arc::new(names),
        part: is_part.then(|| document.origin.source(part.start)..document.origin.source(part.end)),
        words: blocks.iter().map(text).sum(),
    }
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
pub struct Resolving {
    orders: Sender<(Order, usize, Direction)>,
}

impl Resolving {
    /// Starts the thread; `send` gets what it finds.
    #[must_use]
    pub fn start(send: impl Fn(Message) + Send + 'static) -> Self {
        let (orders, waiting) = channel::<(Order, usize, Direction)>();
        thread::spawn(move || {
            for (order, paragraph, direction) in waiting {
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
        });
        Self { orders }
    }

    /// Orders the levels of the paragraph that starts at this byte of an article's source.
    pub fn order(&self, id: ArticleId, slot: &Slot, paragraph: usize, direction: Direction) {
        // The thread ends with this sender only.
        let _ = self
            .orders
            .send((Order::new(id, slot), paragraph, direction));
    }
}

/// What reading sources comes to, one after another.
#[derive(Debug)]
pub enum Loaded {
    /// A document.
    Document(Arc<Document>),
    /// A plain text that is read in passages.
    Large(Large),
    /// The article of this index in that document is the one that was read last; the document has come already.
    Last(Arc<Document>, usize),
    /// A source that could not be read.
    Unread(SourceError),
    /// There are no more.
    All,
}

/// Reads sources on a thread of its own; `send` gets what became of each. On the shelf the article that was read last is looked
/// for, and its source is read too if it is still there.
pub fn load(
    sources: Vec<Source>,
    reading: Reading,
    keeping: Keeping,
    send: impl Fn(Loaded) + Send + 'static,
) {
    thread::spawn(move || {
        let shelf = is_shelf(&sources);
        let (sources, last) = if shelf {
            resume(sources, &keeping)
        } else {
            (sources, None)
        };
        let wanted = if shelf { Wanted::Kept } else { Wanted::New };
        for source in sources {
            let source = match source::open(source, reading) {
                Ok(Opened::Large(large)) => {
                    send(Loaded::Large(large));
                    continue;
                }
                Ok(Opened::Document(document)) => {
                    send(Loaded::Document(Arc::new(document)));
                    continue;
                }
                Ok(Opened::Other(source)) => source,
                Err(error) => {
                    send(Loaded::Unread(error));
                    continue;
                }
            };
            for document in documents(vec![source], reading, wanted, keeping.clone()) {
                match document {
                    Ok(document) => {
                        let document = Arc::new(document);
                        send(Loaded::Document(Arc::clone(&document)));
                        let index = last.as_ref().and_then(|last| last.find(&document));
                        if let Some(index) = index {
                            send(Loaded::Last(document, index));
                        }
                    }
                    Err(error) => send(Loaded::Unread(error)),
                }
            }
        }
        send(Loaded::All);
    });
}

/// Whether nothing was named, so that the reader goes on where they were.
#[must_use]
pub fn is_shelf(sources: &[Source]) -> bool {
    matches!(sources, [Source::Shelf(_)])
}

/// The sources of the shelf before those that are built in, and before all the source of the article that was read last, unless
/// it stands on the shelf.
fn resume(built_in: Vec<Source>, keeping: &Keeping) -> (Vec<Source>, Option<Last>) {
    let known = keeping.ask(|library| {
        let shelf = library.shelf().unwrap_or_default();
        (shelf, library.last().ok().flatten())
    });
    let (shelf, last) = known.unwrap_or_default();
    let holds = |address: &Address, source: &str| match address {
        Address::Path(path) => Path::new(source).starts_with(path),
        Address::Net(address) => address == source,
    };
    let mut sources = Vec::new();
    if let Some(last) = &last
        && !shelf
            .iter()
            .any(|shelved| holds(&shelved.address, &last.source))
    {
        let path = Path::new(&last.source);
        if is_address(&last.source) {
            sources.push(Source::Net(last.source.clone()));
        } else if path.is_absolute() && path.is_file() {
            sources.push(Source::Path(path.to_owned()));
        }
    }
    sources.extend(shelf.into_iter().map(|shelved| source_of(shelved.address)));
    sources.extend(built_in);
    (sources, last)
}

/// A document once more; one of the net as it was fetched last, so that another encoding needs no second answer.
fn again(before: &Document, reading: Reading, keeping: &Keeping) -> Result<Document, SourceError> {
    if is_address(&before.name)
        && let Some(page) = kept(&before.name, keeping)
    {
        return source::fetched(&before.name, &page, reading);
    }
    source::read_again(before, reading)
}

/// What became of a source that was read once more.
#[derive(Debug)]
pub enum Again {
    /// A document in the place of the one before.
    Whole(Message),
    /// It is large now; its scan has been begun.
    Large(Large, Box<Opening>),
}

/// Reads the source of a document once more, on a thread of its own.
pub fn read_again(
    before: Arc<Document>,
    reading: Reading,
    keeping: Keeping,
    send: impl FnOnce(Result<Again, SourceError>) + Send + 'static,
) {
    thread::spawn(move || {
        let path = source::file(&before.name);
        let opened = path.map(|path| source::open(Source::Path(path), reading));
        if let Some(Ok(Opened::Large(large))) = opened
            && let Ok(opening) = Opening::of(&large)
        {
            return send(Ok(Again::Large(large, Box::new(opening))));
        }
        send(again(&before, reading, &keeping).map(|document| {
            Again::Whole(Message::ReadAgain {
                before,
                document: Arc::new(document),
            })
        }));
    });
}
