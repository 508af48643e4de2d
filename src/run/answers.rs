//! Sources in the net are asked for by threads of their own while the others are read: a server that never answers keeps nothing back.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::gather::{Wanted, documents};
use super::keeping::Keeping;
use crate::doc::Document;
use crate::source::{Reading, Source, SourceError};

/// How many are asked for at once.
const AT_ONCE: usize = 8;

/// How long all of them together may keep their places in the order of the sources; what comes later is told when it comes.
const IN_PLACE: Duration = Duration::from_millis(400);

/// What became of one source.
pub type Answer = Vec<Result<Document, SourceError>>;

/// What has come, and the way by which the rest will.
#[derive(Debug)]
pub struct Answers {
    come: BTreeMap<usize, Answer>,
    coming: Receiver<(usize, Answer)>,
    until: Instant,
}

impl Answers {
    /// Asks for those of the sources that are in the net.
    pub fn ask(sources: &[Source], reading: Reading, wanted: Wanted, keeping: &Keeping) -> Self {
        let net = sources.iter().enumerate();
        let net = net.filter(|(_, source)| matches!(source, Source::Net(_)));
        let waiting: VecDeque<_> = net.map(|(at, source)| (at, source.clone())).collect();
        let threads = waiting.len().min(AT_ONCE);
        let waiting = Arc::new(Mutex::new(waiting));
        let (sender, coming) = channel();
        for _ in 0..threads {
            let (waiting, sender, keeping) =
                (Arc::clone(&waiting), sender.clone(), keeping.clone());
            thread::spawn(move || {
                while let Some((at, source)) =
                    waiting.lock().ok().and_then(|mut all| all.pop_front())
                {
                    let answer =
                        documents(vec![source], reading, wanted, keeping.clone()).collect();
                    if sender.send((at, answer)).is_err() {
                        return;
                    }
                }
            });
        }
        Self {
            come: BTreeMap::new(),
            coming,
            until: Instant::now() + IN_PLACE,
        }
    }

    /// What became of the source at this place, if that is known soon.
    pub fn soon(&mut self, place: usize) -> Option<Answer> {
        loop {
            if let Some(answer) = self.come.remove(&place) {
                return Some(answer);
            }
            let left = self.until.saturating_duration_since(Instant::now());
            let (at, answer) = self.coming.recv_timeout(left).ok()?;
            self.come.insert(at, answer);
        }
    }

    /// The next one that has not been asked after yet; nothing when all have come.
    pub fn late(&mut self) -> Option<Answer> {
        let first = self.come.pop_first().map(|(_, answer)| answer);
        first.or_else(|| Some(self.coming.recv().ok()?.1))
    }
}
