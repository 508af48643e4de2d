//! What takes time, on threads of its own: reading sources, finding names, the levels of long paragraphs. Each result comes back as a message.

use std::collections::VecDeque;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::{Duration, Instant};

use super::gather::{Wanted, documents, kept, source_of};
use super::keeping::Keeping;
use super::naming::Naming;
use super::passages::Opening;
use super::rounds::Rounds;
use super::worker::Worker;
use crate::app::{App, ArticleId, Listing, Message, Slot, is_surveyed};
use crate::doc::{Block, Document};
use crate::entity::index::Tally;
use crate::entity::{Correction, Names, correct};
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
pub struct Tagging(Worker<Task>);

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
    /// `send` gets what is found, and `keeping` remembers it for the next time.
    #[must_use]
    pub fn new(keeping: Keeping, send: impl Fn(Message) + Send + 'static) -> Self {
        Self(Worker::new(move |orders: Receiver<Task>| {
            let finding = Finding {
                naming: Naming::default(),
                keeping,
            };
            for task in orders {
                // A panic over one text is told by the hook; the next article still gets its names.
                let _ = catch_unwind(AssertUnwindSafe(|| match task {
                    Task::Open(order) => finding.tag(&order, &send),
                    Task::Glimpse(order) => send(finding.glimpse(order)),
                    Task::Survey(lot) => send(finding.survey(&lot)),
                }));
            }
        }))
    }

    /// Orders the names of an article of the list.
    pub fn order(&self, id: ArticleId, slot: &Slot) {
        self.0.order(Task::Open(Order::new(id, slot)));
    }

    /// Orders the names of an article that is not open.
    pub fn glimpse(&self, listing: &Listing, id: ArticleId) {
        if let Some(order) = Order::of_list(listing, id) {
            self.0.order(Task::Glimpse(order));
        }
    }

    /// Orders the names of some articles from a row of the list on.
    pub fn survey(&self, app: &App, first: usize) {
        const MOST: usize = 64;
        let listing = &app.listing;
        let is_wanted = |row: &usize| is_surveyed(app, *row);
        let first = (first..listing.len())
            .find(is_wanted)
            .unwrap_or(listing.len());
        let rows = first..first.saturating_add(MOST);
        let orders = rows
            .take_while(is_wanted)
            .map_while(|row| Order::of_list(listing, listing.id(row)?))
            .collect();
        self.0.order(Task::Survey(Lot {
            round: app.register.round(),
            first,
            orders,
            corrections: Arc::clone(&app.corrections),
        }));
    }
}

/// What the thread finds names with.
struct Finding {
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
    fn survey(&self, lot: &Lot) -> Message {
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
                let starts = article
                    .blocks
                    .iter()
                    .map(|block| order.document.origin.source(block.range.start));
                let names = correct(&self.names(order), &lot.corrections, starts, text_of);
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

/// What reading sources comes to, one after another.
#[derive(Debug)]
pub enum Loaded {
    /// A document.
    Document(Arc<Document>),
    /// The whole of a document whose beginning has come already.
    Completed(Arc<Document>),
    /// A plain text that is read in passages.
    Large(Large),
    /// The article of this index in that document is the one that was read last; the document has come already.
    Last(Arc<Document>, usize),
    /// A document whose file is new or has changed since.
    Renewed(Arc<Document>),
    /// A source that could not be read.
    Unread(SourceError),
    /// There are no more.
    All,
}

/// The reading of sources, and of what is new in them later; `send` gets what became of each. On the shelf the article that was read
/// last is looked for, and its source is read too if it is still there.
pub struct Loading<S> {
    sources: VecDeque<Source>,
    rounds: Rounds,
    reading: Reading,
    keeping: Keeping,
    send: S,
}

impl<S: Fn(Loaded) + Send + 'static> Loading<S> {
    /// Nothing has been read yet.
    pub fn new(sources: Vec<Source>, reading: Reading, keeping: Keeping, send: S) -> Self {
        Self {
            rounds: Rounds::over(&sources),
            sources: sources.into(),
            reading,
            keeping,
            send,
        }
    }

    /// Reads the first source here and now, if that takes no time, and says whether: on a machine that has much to do a thread is long in coming.
    pub fn read_first(&mut self) -> bool {
        let first = self.sources.front();
        let Some(opened) = first.and_then(|source| source::at_once(source, self.reading)) else {
            return false;
        };
        self.sources.pop_front();
        match opened {
            Opened::Large(large) => {
                self.rounds.leave(large.name());
                (self.send)(Loaded::Large(large));
            }
            Opened::Document(document) => {
                self.rounds.know(&document.name);
                (self.send)(Loaded::Document(Arc::new(document)));
            }
            Opened::Other(source) => self.sources.push_front(source),
        }
        if self.sources.is_empty() {
            (self.send)(Loaded::All);
        }
        true
    }

    /// Reads the others on a thread of its own, which then looks for what is new.
    pub fn go_on(self) {
        if !(self.sources.is_empty() && self.rounds.is_empty()) {
            thread::spawn(move || self.work());
        }
    }

    fn work(mut self) {
        let sources = Vec::from(std::mem::take(&mut self.sources));
        let is_over = sources.is_empty();
        let resumes = is_shelf(&sources);
        let (sources, last) = if resumes {
            let (sources, last) = resume(sources, &self.keeping);
            self.rounds = Rounds::over(&sources);
            (sources, last)
        } else {
            (sources, None)
        };
        let wanted = if resumes { Wanted::Kept } else { Wanted::New };
        for source in sources {
            self.read(source, wanted, last.as_ref());
        }
        if !is_over {
            (self.send)(Loaded::All);
        }
        while !self.rounds.is_empty() {
            let begun = Instant::now();
            for (path, named) in self.rounds.look() {
                match source::read_file(&path, named, self.reading) {
                    Some(Ok(document)) => (self.send)(Loaded::Renewed(Arc::new(document))),
                    Some(Err(error)) => (self.send)(Loaded::Unread(error)),
                    None => {}
                }
            }
            thread::sleep(Rounds::pause(begun));
        }
    }

    fn read(&mut self, source: Source, wanted: Wanted, last: Option<&Last>) {
        let Self {
            rounds,
            reading,
            keeping,
            send,
            ..
        } = self;
        // Where the reader goes on somewhere in the middle, the beginning would only be in the way.
        let opening = (wanted == Wanted::New)
            .then(|| source::opening(&source, *reading))
            .flatten();
        let begun = opening.is_some();
        if let Some(opening) = opening {
            send(Loaded::Document(Arc::new(opening)));
        }
        let source = match source::open(source, *reading) {
            Ok(Opened::Large(large)) => {
                rounds.leave(large.name());
                return send(Loaded::Large(large));
            }
            Ok(Opened::Document(document)) => {
                return send(Loaded::Document(Arc::new(document)));
            }
            Ok(Opened::Other(source)) => source,
            Err(error) => return send(Loaded::Unread(error)),
        };
        for document in documents(vec![source], *reading, wanted, keeping.clone()) {
            match document {
                Ok(document) => {
                    let document = Arc::new(document);
                    rounds.know(&document.name);
                    let whole = Arc::clone(&document);
                    send(if begun {
                        Loaded::Completed(whole)
                    } else {
                        Loaded::Document(whole)
                    });
                    if let Some(index) = last.and_then(|last| last.find(&document)) {
                        send(Loaded::Last(document, index));
                    }
                }
                Err(error) => send(Loaded::Unread(error)),
            }
        }
    }
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
