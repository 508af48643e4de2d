//! Sources that are read in passages: their scans for articles, and the thread that reads passages and titles of them in the order
//! in which they are asked for. Each result comes back as a message.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::worker::Worker;
use crate::app::{ArticleId, Found, Listing, Message, Rescan, Stored};
use crate::doc::{Mark, Passage};
use crate::source;
use crate::source::{Begun, Halt, Large, Problem, Progress, Reading, SourceError};

/// How many marks are told at once, and how many bytes are read before progress is told.
const MARKS: usize = 1 << 16;
const STRETCH: usize = 32 << 20;
/// The most hits that are kept of a search.
const HITS: usize = 1 << 20;

/// What becomes of a result: a message, or what stood in its way; says whether anybody listens.
type Send = Arc<dyn Fn(Result<Message, SourceError>) -> bool + std::marker::Send + Sync>;

/// The sources, by their places among all sources, and the thread that reads of them.
pub struct Passages {
    /// How files are read that were laid aside.
    way: Reading,
    held: BTreeMap<usize, Held>,
    /// Scans that go on once a frame has been drawn.
    waiting: Vec<Box<dyn FnOnce()>>,
    /// The passage at the start of a source that was just opened.
    first: Option<(usize, Passage)>,
    reading: Worker<Fetch>,
    send: Send,
    /// Ends the search that goes on.
    hunt: Arc<AtomicBool>,
}

/// What was read of a source to open it.
#[derive(Debug)]
pub struct Opening {
    begun: Begun,
    progress: Progress,
    /// Its start.
    first: Option<Passage>,
}

impl Opening {
    /// Reads as much of a source as is shown first.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn of(large: &Large) -> io::Result<Self> {
        let (begun, progress) = large.begin()?;
        Ok(Self::after(large, begun, progress))
    }

    /// Reads all of a source, unless a halt is set.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn of_whole(large: &Large, halt: &Halt) -> io::Result<Self> {
        let (mut begun, mut progress) = large.begin()?;
        while !progress.done && !halt.is_set() {
            let next = large.go_on(&mut begun)?;
            progress.marks.extend(next.marks);
            (progress.read, progress.done) = (next.read, next.done);
        }
        Ok(Self::after(large, begun, progress))
    }

    fn after(large: &Large, begun: Begun, progress: Progress) -> Self {
        let mark = progress.marks.first().copied();
        let mark = mark.unwrap_or_else(|| large.first());
        let next = progress.marks.get(1).copied();
        // Whatever is wrong is told when it is asked for.
        let first = large.opening(mark, next).ok();
        Self {
            begun,
            progress,
            first,
        }
    }
}

/// One of the sources.
struct Held {
    large: Arc<Large>,
    /// Ends its scan when another text takes its place.
    ended: Arc<AtomicBool>,
    /// The way to its scan, which ends with this.
    scan: Sender<Rescan>,
}

/// What is to be read.
enum Fetch {
    /// A file that was laid aside.
    Whole {
        source: usize,
        path: PathBuf,
        way: Reading,
    },
    /// The passage of an article between two marks around a byte.
    Passage {
        article: ArticleId,
        large: Arc<Large>,
        bounds: (Mark, Option<Mark>),
        around: usize,
    },
    /// Titles of articles of a source, each article with its mark and that of the next one.
    Titles {
        source: usize,
        large: Arc<Large>,
        articles: Vec<(usize, (Mark, Option<Mark>))>,
    },
}

impl Passages {
    /// `send` gets what was read, and says whether anybody listens.
    #[must_use]
    pub fn new(
        way: Reading,
        send: impl Fn(Result<Message, SourceError>) -> bool + std::marker::Send + Sync + 'static,
    ) -> Self {
        let send: Send = Arc::new(send);
        let read = Arc::clone(&send);
        let reading = Worker::new(move |orders: Receiver<Fetch>| {
            for fetch in orders {
                read(fetch.read());
            }
        });
        Self {
            way,
            held: BTreeMap::new(),
            waiting: Vec::new(),
            first: None,
            reading,
            send,
            hunt: Arc::default(),
        }
    }

    /// Searches an article, and no other any more.
    pub fn hunt(&mut self, listing: &Listing, article: ArticleId, needle: String) {
        self.end_hunt();
        let stored = listing.stored(article.source);
        let bounds = stored.and_then(|stored| stored.bounds(article.article));
        let (Some((mark, next)), Some(held)) = (bounds, self.held.get(&article.source)) else {
            return;
        };
        let (large, send) = (Arc::clone(&held.large), Arc::clone(&self.send));
        let ended = Arc::clone(&self.hunt);
        thread::spawn(move || hunt(article, &large, (mark, next), &needle, &ended, &send));
    }

    /// Ends the search that goes on.
    pub fn end_hunt(&mut self) {
        self.hunt.store(true, Ordering::Relaxed);
        self.hunt = Arc::default();
    }

    /// Whether a source is one of them.
    #[must_use]
    pub fn holds(&self, source: usize) -> bool {
        self.held.contains_key(&source)
    }

    /// One of them.
    #[must_use]
    pub fn large(&self, source: usize) -> Option<Arc<Large>> {
        let held = self.held.get(&source)?;
        Some(Arc::clone(&held.large))
    }

    /// Whether a source is made by a parser, which cannot go on where it has ended.
    #[must_use]
    pub fn is_composed(&self, source: usize) -> bool {
        self.held
            .get(&source)
            .is_some_and(|held| held.large.is_composed())
    }

    /// Whether what becomes of a source's file is seen in it.
    #[must_use]
    pub fn is_live(&self, source: usize) -> bool {
        self.held
            .get(&source)
            .is_none_or(|held| !held.large.is_copy())
    }

    /// Takes a source in; its scan goes on with [`Self::go_on`].
    pub fn open(&mut self, source: usize, large: Arc<Large>, opening: Opening) -> Stored {
        let Opening {
            begun,
            progress,
            first,
        } = opening;
        self.first = first.map(|first| (source, first));
        let (scan, orders) = channel();
        let stored = Stored {
            name: large.name().to_owned(),
            written: large.written(),
            first: large.first(),
            marks: progress.marks,
            scanned: progress.read,
            length: large.extent().unwrap_or(0),
            composed: large.is_composed(),
            done: progress.done,
            titles: BTreeMap::new(),
        };
        let (read, all, done) = (Arc::clone(&large), Arc::clone(&self.send), progress.done);
        let ended: Arc<AtomicBool> = Arc::default();
        let over = Arc::clone(&ended);
        let send: Send = Arc::new(move |result| !over.load(Ordering::Relaxed) && all(result));
        let scan_on = move || {
            tell_notices(source, &read, &send);
            scan_on(source, &read, begun, done, &orders, &send);
        };
        self.waiting.push(Box::new(|| {
            thread::spawn(scan_on);
        }));
        let held = Held { large, ended, scan };
        if let Some(before) = self.held.insert(source, held) {
            before.ended.store(true, Ordering::Relaxed);
        }
        stored
    }

    /// Lets scans go on that have been begun.
    pub fn go_on(&mut self) {
        for scan in self.waiting.drain(..) {
            scan();
        }
    }

    /// Scans what has been added to a source, or all of it once more.
    pub fn scan(&self, source: usize, rescan: Rescan) {
        if let Some(held) = self.held.get(&source) {
            // The thread ends with this sender only.
            let _ = held.scan.send(rescan);
        }
    }

    /// Orders the passage of an article around a byte, or all of a file that was laid aside; says whether it will come.
    pub fn fetch(&mut self, listing: &Listing, article: ArticleId, around: usize) -> bool {
        if let Some(filed) = listing.filed(article.source) {
            self.reading.order(Fetch::Whole {
                source: article.source,
                path: PathBuf::from(&*filed.name),
                way: self.way,
            });
            return true;
        }
        let stored = listing.stored(article.source);
        let bounds = stored.and_then(|stored| stored.bounds(article.article));
        let (Some(bounds), Some(held)) = (bounds, self.held.get(&article.source)) else {
            return false;
        };
        if let Some((source, passage)) = self.first.take()
            && (source, 0, bounds.0.offset()) == (article.source, article.article, around)
        {
            return (self.send)(Ok(Message::Passage { article, passage }));
        }
        let large = Arc::clone(&held.large);
        self.reading.order(Fetch::Passage {
            article,
            large,
            bounds,
            around,
        });
        true
    }

    /// Orders the titles of some rows of the list, a source at a time.
    pub fn fetch_titles(&self, listing: &Listing, from: usize, end: usize) {
        let mut articles: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        for id in (from..end).filter_map(|row| listing.id(row)) {
            let stored = listing.stored(id.source);
            if let Some(bounds) = stored.and_then(|stored| stored.bounds(id.article)) {
                let of_source = articles.entry(id.source).or_default();
                of_source.push((id.article, bounds));
            }
        }
        for (source, articles) in articles {
            if let Some(held) = self.held.get(&source) {
                self.reading.order(Fetch::Titles {
                    source,
                    large: Arc::clone(&held.large),
                    articles,
                });
            }
        }
    }
}

impl Fetch {
    fn read(self) -> Result<Message, SourceError> {
        match self {
            Self::Whole { source, path, way } => {
                let none = || SourceError {
                    name: path.to_string_lossy().into_owned(),
                    problem: Problem::NoText,
                };
                let document = source::read_file(&path, true, way);
                let document = document.unwrap_or_else(|| Err(none()))?;
                Ok(Message::Fetched {
                    source,
                    document: Arc::new(document),
                })
            }
            Self::Passage {
                article,
                large,
                bounds: (mark, next),
                around,
            } => large
                .passage(mark, next, around)
                .map(|passage| Message::Passage { article, passage })
                .map_err(|error| SourceError::from_io(large.name(), error)),
            Self::Titles {
                source,
                large,
                articles,
            } => {
                let titles = articles.into_iter().map(|(article, (mark, next))| {
                    // The passage will say what is wrong.
                    (article, large.title(mark, next).unwrap_or_default())
                });
                Ok(Message::Titles {
                    source,
                    titles: titles.collect(),
                })
            }
        }
    }
}

/// Searches an article from its start, and tells what it finds: at once as long as that is little, then in lots.
fn hunt(
    article: ArticleId,
    large: &Large,
    (mark, next): (Mark, Option<Mark>),
    needle: &str,
    ended: &AtomicBool,
    send: &Send,
) {
    let end = next.map_or_else(|| large.length().unwrap_or(0), Mark::offset);
    let (mut found, mut count, mut told, mut lot) = (Vec::new(), 0, mark.offset(), 0);
    let tell = |hits: Vec<usize>, reached: usize, done: bool| {
        let found = Found {
            article,
            needle: needle.to_owned(),
            hits,
            reached,
            done,
        };
        send(Ok(Message::Found(found)))
    };
    let searched = large.search(mark.offset()..end, needle.as_bytes(), |hits, reached| {
        count += hits.len();
        found.extend(hits);
        if count >= HITS {
            return false;
        }
        if reached - told < lot {
            return !ended.load(Ordering::Relaxed);
        }
        told = reached;
        lot = (2 * lot).clamp(1 << 20, STRETCH);
        !ended.load(Ordering::Relaxed) && tell(std::mem::take(&mut found), reached, false)
    });
    if !ended.load(Ordering::Relaxed) {
        if let Err(error) = searched {
            send(Err(SourceError::from_io(large.name(), error)));
        }
        tell(found, end, true);
    }
}

/// Tells what there is to say of a source.
fn tell_notices(source: usize, large: &Large, send: &Send) {
    for notice in large.notices() {
        send(Ok(Message::Noticed { source, notice }));
    }
}

/// Scans a source to its end, and again from there or from its start whenever that is ordered.
fn scan_on(
    source: usize,
    large: &Large,
    mut begun: Begun,
    mut done: bool,
    orders: &Receiver<Rescan>,
    send: &Send,
) {
    loop {
        if !done && !scan_to_end(source, large, &mut begun, send) {
            return;
        }
        let Ok(order) = orders.recv() else {
            return;
        };
        // One scan serves all that was ordered meanwhile.
        let afresh = orders
            .try_iter()
            .chain([order])
            .any(|order| order == Rescan::Afresh);
        begun = if afresh {
            large.afresh()
        } else {
            begun.resumed()
        };
        done = false;
    }
}

/// Scans as far as the source goes now; whether anybody listens still.
fn scan_to_end(source: usize, large: &Large, begun: &mut Begun, send: &Send) -> bool {
    let (mut from, mut found, mut told) = (None, Vec::new(), begun.read());
    loop {
        // A source that cannot be read any further has no more marks.
        let progress = large.go_on(begun).unwrap_or_else(|error| {
            send(Err(SourceError::from_io(large.name(), error)));
            Progress {
                kept: begun.count(),
                read: begun.read(),
                done: true,
                ..Progress::default()
            }
        });
        let kept = *from.get_or_insert(progress.kept);
        found.extend(progress.marks);
        // What a parser makes comes more slowly.
        let (reached, stretch) = match progress.text {
            Some(text) => (text, STRETCH / 16),
            None => (progress.read, STRETCH),
        };
        let stretch = reached.abs_diff(told) >= stretch;
        if progress.done || stretch || found.len() >= MARKS {
            told = reached;
            from = None;
            let message = Message::Marks {
                source,
                kept,
                marks: std::mem::take(&mut found),
                scanned: progress.read,
                text: progress.text,
                done: progress.done,
            };
            if !send(Ok(message)) {
                return false;
            }
            if progress.done {
                if large.is_composed() {
                    tell_notices(source, large, send);
                }
                return true;
            }
        }
    }
}
