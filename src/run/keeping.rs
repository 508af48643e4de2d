//! The thread that owns the state file: whoever wants something of it sends an order, and nobody else waits for the disk.
//!
//! An order is a closure over the [`Library`], so each feature brings its own. What the reader should know about the file is
//! told as [`News`]; a question that meets an error is answered as if nothing had been kept. Only the first frame looks for itself
//! what was kept, where nobody has the file open, and the thread starts after it.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use super::{Message, Output};
use crate::app::ArticleId;
use crate::entity::Correction;
use crate::library::{Identity, Library, LibraryError, Marked, Notice, Record, Statistics};
use crate::locale::Locale;

/// How long the end of the program waits for what is still to be kept.
const LAST_WORDS: Duration = Duration::from_secs(6);

/// What is wrong with keeping.
#[derive(Debug)]
pub enum Trouble {
    /// Something about the state file.
    File(Notice),
    /// Something that was to be kept is not.
    Failed(LibraryError),
}

/// What the thread has to say.
#[derive(Debug)]
pub enum News {
    /// What is wrong.
    Trouble(Trouble),
    /// The corrections of names that are kept.
    Corrections(Vec<Correction>),
    /// All marks.
    Marks(Vec<Marked>),
    /// How much was read.
    Statistics(Statistics),
    /// What is kept of an article of the list now.
    Record {
        /// The article.
        article: ArticleId,
        /// What is kept.
        record: Record,
    },
}

/// What went wrong while a command was at work.
#[derive(Debug)]
pub struct Collected(Receiver<Trouble>);

impl Collected {
    /// Reports all of it, each thing once; whether there was any.
    ///
    /// # Errors
    /// What writing says.
    pub fn report(&self, locale: &Locale, output: &mut Output) -> io::Result<bool> {
        let messages = messages(locale, self.0.try_iter());
        for message in &messages {
            output.report(locale, message)?;
        }
        Ok(!messages.is_empty())
    }
}

/// What is to be said of all that went wrong, each thing once: where nothing can be kept it is not told of every single thing.
pub fn messages(locale: &Locale, all: impl IntoIterator<Item = Trouble>) -> Vec<Message> {
    let all: Vec<Trouble> = all.into_iter().collect();
    let keeps_nothing = all.iter().any(|trouble| {
        matches!(
            trouble,
            Trouble::File(Notice::NotKept { .. } | Notice::Full { .. })
        )
    });
    let mut messages = Vec::new();
    for trouble in &all {
        let follows = matches!(
            trouble,
            Trouble::Failed(LibraryError::ReadOnly | LibraryError::Full)
        );
        let message = Message::of_trouble(locale, trouble);
        if !(follows && keeps_nothing || messages.contains(&message)) {
            messages.push(message);
        }
    }
    messages
}

/// Tells what went wrong with a change, if anything did.
pub fn told(result: Result<(), LibraryError>, tell: &dyn Fn(News)) {
    if let Err(error) = result {
        tell(News::Trouble(Trouble::Failed(error)));
    }
}

/// Something to do with the library.
type Work = Box<dyn FnOnce(&mut Library, &dyn Fn(News)) + Send>;

/// An order.
enum Order {
    Do(Work),
    End(Sender<()>),
}

/// Opens the state file and does what is ordered until the end.
fn work(orders: Receiver<Order>, tell: &dyn Fn(News)) {
    let mut library = match Library::open() {
        Ok(library) => library,
        Err(error) => return tell(News::Trouble(Trouble::Failed(error))),
    };
    let tell_all = |library: &mut Library| {
        for notice in library.notices() {
            tell(News::Trouble(Trouble::File(notice)));
        }
    };
    tell_all(&mut library);
    for order in orders {
        match order {
            Order::Do(work) => {
                // A panic over one order is told by the hook; the next is still done.
                let _ = catch_unwind(AssertUnwindSafe(|| work(&mut library, tell)));
                tell_all(&mut library);
            }
            Order::End(done) => {
                drop(library);
                let _ = done.send(());
                return;
            }
        }
    }
}

/// The thread, from outside. Clones are of the same thread.
#[derive(Clone)]
pub struct Keeping {
    orders: Sender<Order>,
}

impl fmt::Debug for Keeping {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Keeping").finish_non_exhaustive()
    }
}

impl Keeping {
    /// Starts the thread, which opens the state file at once; `tell` gets what it has to say.
    #[must_use]
    pub fn start(tell: impl Fn(News) + Send + 'static) -> Self {
        let (keeping, begin) = Self::later(tell);
        begin();
        keeping
    }

    /// The same, but the thread starts when the second is called; orders wait until then.
    #[must_use]
    pub fn later(tell: impl Fn(News) + Send + 'static) -> (Self, Box<dyn FnOnce()>) {
        let (orders, waiting) = channel();
        let begin = Box::new(move || {
            thread::spawn(move || work(waiting, &tell));
        });
        (Self { orders }, begin)
    }

    /// The same for a command: what it has to say is collected until the command has time for it.
    #[must_use]
    pub fn collecting() -> (Self, Collected) {
        let (sender, collected) = channel();
        let keeping = Self::start(move |news| {
            if let News::Trouble(trouble) = news {
                let _ = sender.send(trouble);
            }
        });
        (keeping, Collected(collected))
    }

    /// Orders something to be done.
    pub fn order(&self, work: impl FnOnce(&mut Library, &dyn Fn(News)) + Send + 'static) {
        // The thread ends before its senders only when it was told to, or could not begin and has said so.
        let _ = self.orders.send(Order::Do(Box::new(work)));
    }

    /// Has something done and waits for the answer; none where there is no library.
    pub fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Library) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = channel();
        self.order(move |library, _| {
            let _ = answer.send(work(library));
        });
        answered.recv().ok()
    }

    /// The same for what must not fail unnoticed: an error is told as news, and is no answer.
    pub fn demand<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Library) -> Result<T, LibraryError> + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = channel();
        self.order(move |library, tell| match work(library) {
            Ok(result) => {
                let _ = answer.send(result);
            }
            Err(error) => told(Err(error), tell),
        });
        answered.recv().ok()
    }

    /// Orders a change to what is kept of an article of the list, and the news of what is kept then.
    pub fn article(
        &self,
        id: ArticleId,
        identity: impl FnOnce() -> Option<Identity> + Send + 'static,
        change: impl FnOnce(&mut Library, &Identity) -> Result<(), LibraryError> + Send + 'static,
    ) {
        self.order(move |library, tell| {
            let Some(identity) = identity() else {
                return;
            };
            told(change(library, &identity), tell);
            let record = library.recall(&identity).unwrap_or_default();
            tell(News::Record {
                article: id,
                record,
            });
        });
    }

    /// Orders the news of all corrections.
    pub fn corrections(&self) {
        self.order(|library, tell| {
            tell(News::Corrections(library.corrections().unwrap_or_default()));
        });
    }

    /// Orders the news of how much was read.
    pub fn statistics(&self) {
        self.order(|library, tell| {
            tell(News::Statistics(library.statistics().unwrap_or_default()));
        });
    }

    /// Orders the news of all marks.
    pub fn marks(&self) {
        self.order(|library, tell| tell(News::Marks(library.marked().unwrap_or_default())));
    }

    /// Ends the thread once all that was ordered is done.
    pub fn end(&self) {
        let (done, ended) = channel();
        if self.orders.send(Order::End(done)).is_ok() {
            // Whoever holds the file for longer than this keeps the reader from leaving no more.
            let _ = ended.recv_timeout(LAST_WORDS);
        }
    }
}
