//! What takes time, on threads of its own: reading sources, finding names, the levels of long paragraphs. Each result comes back as a message.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::{ArticleId, Listing, Message, Slot};
use crate::doc::Document;
use crate::entity::index::Tally;
use crate::entity::{Names, Tagger};
use crate::source;
use crate::source::{Reading, Source, SourceError, documents};
use crate::text::{Direction, bidi, words};

/// An article of the list, and where it stands.
#[derive(Clone, Debug)]
struct Order {
    id: ArticleId,
    document: Arc<Document>,
    article: usize,
}

impl Order {
    fn new(id: ArticleId, slot: &Slot) -> Self {
        Self {
            id,
            document: Arc::clone(&slot.document),
            article: slot.article,
        }
    }

    /// The article in a row of the list.
    fn of_row(listing: &Listing, row: usize) -> Option<Self> {
        let (document, article) = listing.document(row)?;
        Some(Self {
            id: listing.id(row)?,
            document,
            article,
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
    /// The names of some articles, counted; the row of the first of them.
    Survey(usize, Vec<Order>),
}

/// How long a survey goes on before it tells what it has: so long an article that is opened may have to wait.
const LOT: Duration = Duration::from_millis(30);

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
                    Task::Survey(first, orders) => Ok(survey(tagger, first, &orders)),
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
        if let Some(order) = Order::of_row(listing, listing.row(id)) {
            let _ = self.orders.send(Task::Glimpse(order));
        }
    }

    /// Orders the names of some articles from a row of the list on.
    pub fn survey(&self, listing: &Listing, first: usize) {
        const MOST: usize = 64;
        let rows = first..first.saturating_add(MOST);
        let orders = rows.map_while(|row| Order::of_row(listing, row)).collect();
        let _ = self.orders.send(Task::Survey(first, orders));
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
fn survey(tagger: &Tagger, first: usize, orders: &[Order]) -> Message {
    let until = Instant::now() + LOT;
    let mut tallies = Vec::new();
    for order in orders {
        let tally = || {
            let article = order.document.articles.get(order.article)?;
            let text_of = |paragraph| {
                let block = article.block_at(order.document.origin.text(paragraph));
                let block = article.blocks.get(block);
                block.map_or("", |block| order.document.block_text(block))
            };
            Some(Tally::of(&names(tagger, order), text_of))
        };
        let tally = catch_unwind(AssertUnwindSafe(tally)).ok().flatten();
        tallies.push((order.id, tally.unwrap_or_default()));
        if Instant::now() > until {
            break;
        }
    }
    let next = first + tallies.len().max(1);
    Message::Surveyed { tallies, next }
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

/// Finds the names of an article and counts its words.
fn tag(tagger: &Tagger, order: &Order) -> Message {
    let document = &order.document;
    let Some(article) = document.articles.get(order.article) else {
        return Message::Tagged {
            article: order.id,
            names: Arc::new(Names::default()),
            words: 0,
        };
    };
    let paragraphs = || {
        article.blocks.iter().map(|block| {
            let start = document.origin.source(block.range.start);
            (start, document.block_text(block))
        })
    };
    let names = tagger.tag(paragraphs());
    let words = paragraphs()
        .map(|(_, text)| words::words(text).count())
        .sum();
    Message::Tagged {
        article: order.id,
        names: Arc::new(names),
        words,
    }
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

/// Reads sources on a thread of its own; `send` gets what became of each, and nothing when there are no more.
pub fn load(
    sources: Vec<Source>,
    reading: Reading,
    send: impl Fn(Option<Result<Document, SourceError>>) + Send + 'static,
) {
    thread::spawn(move || {
        for document in documents(sources, reading) {
            send(Some(document));
        }
        send(None);
    });
}

/// Reads the source of a document once more, on a thread of its own.
pub fn read_again(
    before: Arc<Document>,
    reading: Reading,
    send: impl FnOnce(Result<Message, SourceError>) + Send + 'static,
) {
    thread::spawn(move || {
        send(
            source::read_again(&before, reading).map(|document| Message::ReadAgain {
                before,
                document: Arc::new(document),
            }),
        );
    });
}
