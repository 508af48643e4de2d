//! What becomes of sources is told by whoever reads them, but files of a folder in lots: a frame for each of very many would take
//! longer than reading them.
//!
//! A lot waits for [`PERIOD`] at most, whatever is being read meanwhile: a thread of its own sees to that. The same thread tells how
//! many have been read where that takes its time.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::loading::Loaded;
use crate::doc::Document;

/// How often documents of files are told.
const PERIOD: Duration = Duration::from_millis(50);

/// How long reading goes on before it is told how far it is, and how often it is told then.
const PROGRESS: Duration = Duration::from_millis(500);

/// The teller.
#[derive(Debug)]
pub struct Lots<S> {
    send: S,
    lot: Mutex<Lot>,
    changed: Condvar,
}

/// What is to be told together.
#[derive(Debug, Default)]
struct Lot {
    documents: Vec<Arc<Document>>,
    /// When something was last told; never before the first.
    told: Option<Instant>,
    /// How many sources and files have been read.
    count: usize,
    /// Whether all have been.
    done: bool,
}

impl<S: Fn(Loaded) + Send + Sync + 'static> Lots<S> {
    /// Nothing has been told yet; `send` gets what is.
    pub fn new(send: S) -> Self {
        Self {
            send,
            lot: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Sees to it from now on that no lot waits.
    pub fn watch(self: &Arc<Self>) {
        let lots = Arc::clone(self);
        thread::spawn(move || lots.work());
    }

    /// Tells what came of a source, after what was to be told before.
    pub fn tell(&self, loaded: Loaded) {
        let mut lot = self.lot();
        lot.tell(&self.send);
        match &loaded {
            Loaded::Document(_) | Loaded::Large(_) => lot.count += 1,
            Loaded::All => {
                lot.done = true;
                self.changed.notify_one();
            }
            _ => {}
        }
        (self.send)(loaded);
        lot.told = Some(Instant::now());
    }

    /// Tells of a file soon: of the first one at once.
    pub fn tell_of_file(&self, document: Arc<Document>) {
        let mut lot = self.lot();
        if lot.told.is_none() {
            drop(lot);
            return self.tell(Loaded::Document(document));
        }
        lot.count += 1;
        lot.documents.push(document);
        if lot.documents.len() == 1 {
            self.changed.notify_one();
        }
    }

    fn lot(&self) -> MutexGuard<'_, Lot> {
        self.lot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        let mut next = Instant::now() + PROGRESS;
        let mut lot = self.lot();
        while !lot.done {
            let now = Instant::now();
            if now >= next {
                lot.tell(&self.send);
                (self.send)(Loaded::SoFar(lot.count));
                next = now + PROGRESS;
            }
            let due = lot.told.map_or(now, |told| told + PERIOD);
            let rest = if lot.documents.is_empty() {
                next - now
            } else if due <= now {
                lot.tell(&self.send);
                continue;
            } else {
                next.min(due) - now
            };
            let waited = self.changed.wait_timeout(lot, rest);
            lot = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Lot {
    fn tell(&mut self, send: &impl Fn(Loaded)) {
        if !self.documents.is_empty() {
            send(Loaded::Files(std::mem::take(&mut self.documents)));
            self.told = Some(Instant::now());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;
    use crate::app::tests::document;

    const SOON: Duration = Duration::from_secs(20);

    fn lots() -> (Arc<Lots<impl Fn(Loaded)>>, Receiver<Loaded>) {
        let (told, heard) = channel();
        let lots = Arc::new(Lots::new(move |loaded| {
            let _ = told.send(loaded);
        }));
        lots.watch();
        (lots, heard)
    }

    #[test]
    fn a_lot_waits_for_no_other_file() {
        let (lots, heard) = lots();
        for _ in 0..3 {
            lots.tell_of_file(document(&[&["أ", "س"]]));
        }
        let first = heard.recv_timeout(SOON).unwrap();
        assert!(matches!(first, Loaded::Document(_)));
        let Loaded::Files(files) = heard.recv_timeout(SOON).unwrap() else {
            panic!("a lot");
        };
        assert_eq!(files.len(), 2);
        let Loaded::SoFar(count) = heard.recv_timeout(SOON).unwrap() else {
            panic!("how many");
        };
        assert_eq!(count, 3);
    }

    #[test]
    fn what_was_read_before_is_told_before() {
        let (lots, heard) = lots();
        lots.tell_of_file(document(&[&["أ", "س"]]));
        lots.tell_of_file(document(&[&["ب", "س"]]));
        lots.tell(Loaded::All);
        let told: Vec<Loaded> = heard.try_iter().collect();
        assert!(
            matches!(
                &told[..],
                [Loaded::Document(_), Loaded::Files(_), Loaded::All]
            ),
            "{told:?}"
        );
    }
}
