//! The thread that owns the state file: whoever wants something of it sends an order, and nobody else waits for the disk.
//!
//! An order is a closure over the [`Library`], so each feature brings its own. What the reader should know about the file is
//! told as [`News`]; a question that meets an error is answered as if nothing had been kept. Only a first frame that waits for what
//! was kept may do the thread's work for it, where that takes no time.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::{Message, Output};
use crate::app::ArticleId;
use crate::entity::Correction;
use crate::library::{Identity, Library, LibraryError, Marked, Notice, Record};
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
    /// Reports all of it; whether there was any.
    ///
    /// # Errors
    /// What writing says.
    pub fn report(&self, locale: &Locale, output: &mut Output) -> io::Result<bool> {
        let mut any = false;
        for trouble in self.0.try_iter() {
            any = true;
            output.report(locale, &Message::of_trouble(locale, &trouble))?;
        }
        Ok(any)
    }
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

/// Where orders are done: by whoever has it.
struct Desk {
    /// Nothing before the first order.
    library: Option<Library>,
    /// Nothing when no more can be done.
    orders: Option<Receiver<Order>>,
    tell: Box<dyn Fn(News) + Send>,
}

impl Desk {
    /// Opens the state file unless that has been done, and does all that is ordered until the end.
    fn work(&mut self) {
        if self.library.is_none() {
            match Library::open() {
                Ok(library) => self.library = Some(library),
                Err(error) => (self.tell)(News::Trouble(Trouble::Failed(error))),
            }
        }
        self.tell_all();
        // An order that nobody will do is refused to whoever gives it.
        if let Some(orders) = self.orders.take().filter(|_| self.library.is_some()) {
            while let Ok(order) = orders.recv() {
                if let Some(done) = self.act(order) {
                    drop(self.library.take());
                    let _ = done.send(());
                    return;
                }
            }
        }
    }

    /// Does what has been ordered already, if the state file can be had at once.
    fn hurry(&mut self) {
        if self.library.is_none() {
            self.library = Library::open_at_once();
        }
        while self.library.is_some()
            && let Some(Ok(Order::Do(work))) = self.orders.as_ref().map(Receiver::try_recv)
        {
            self.act(Order::Do(work));
        }
    }

    /// Does an order; gives back whom to tell of the end, if it was that.
    fn act(&mut self, order: Order) -> Option<Sender<()>> {
        match order {
            Order::Do(work) => {
                if let Some(library) = &mut self.library {
                    // A panic over one order is told by the hook; the next is still done.
                    let _ = catch_unwind(AssertUnwindSafe(|| work(library, &self.tell)));
                }
                self.tell_all();
                None
            }
            Order::End(done) => Some(done),
        }
    }

    fn tell_all(&mut self) {
        for notice in self
            .library
            .as_mut()
            .map_or_else(Vec::new, Library::notices)
        {
            (self.tell)(News::Trouble(Trouble::File(notice)));
        }
    }
}

/// The thread, from outside. Clones are of the same thread.
#[derive(Clone)]
pub struct Keeping {
    orders: Sender<Order>,
    desk: Arc<Mutex<Desk>>,
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
        let (orders, waiting) = channel();
        let desk = Arc::new(Mutex::new(Desk {
            library: None,
            orders: Some(waiting),
            tell: Box::new(tell),
        }));
        let theirs = Arc::clone(&desk);
        thread::spawn(move || {
            theirs.lock().unwrap_or_else(PoisonError::into_inner).work();
        });
        Self { orders, desk }
    }

    /// Does here and now what was ordered, if the thread has not come to it: on a machine that has much to do it is long in coming.
    pub fn hurry(&self) {
        if let Ok(mut desk) = self.desk.try_lock() {
            desk.hurry();
        }
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
