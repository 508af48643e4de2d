//! The file of the open article, looked at now and then on a thread of its own: whether it has grown, was cut, or is gone.
//!
//! A look is one question to the system, once a second, and more often only while the file is followed.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::worker::Worker;
use crate::app::{Fate, Message};

/// How often a file is looked at.
const SELDOM: Duration = Duration::from_secs(1);
/// How often one that is followed is.
const OFTEN: Duration = Duration::from_millis(150);

/// The thread, from outside.
#[derive(Debug)]
pub struct Watching(Worker<Watched>);

/// A file to watch.
#[derive(Debug)]
pub struct Watched {
    /// The source's place among the sources.
    pub source: usize,
    /// Its file; nothing if it has none.
    pub path: Option<PathBuf>,
    /// How many bytes of it are known, if that is.
    pub length: Option<usize>,
    /// Whether a change is to be told at once.
    pub closely: bool,
}

/// What a file looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    device: u64,
    file: u64,
    length: usize,
    modified: (i64, i64),
}

impl Watched {
    fn look(&self) -> Option<Look> {
        let metadata = fs::metadata(self.path.as_ref()?).ok()?;
        Some(Look {
            device: metadata.dev(),
            file: metadata.ino(),
            length: usize::try_from(metadata.len()).unwrap_or(usize::MAX),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        })
    }
}

/// What has become of a file between two looks.
fn fate(before: Option<Look>, now: Option<Look>) -> Option<Fate> {
    match (before, now) {
        (None, None) => None,
        (Some(_), None) => Some(Fate::Gone),
        (None, Some(_)) => Some(Fate::Replaced),
        (Some(before), Some(now)) => {
            if (before.device, before.file) != (now.device, now.file) {
                return Some(Fate::Replaced);
            }
            if now.length > before.length {
                return Some(Fate::Grown(now.length));
            }
            if now.length < before.length {
                return Some(Fate::Shortened(now.length));
            }
            (before.modified != now.modified).then_some(Fate::Rewritten)
        }
    }
}

impl Watching {
    /// `send` gets what is seen.
    #[must_use]
    pub fn new(send: impl Fn(Message) + Send + 'static) -> Self {
        Self(Worker::new(move |waiting: Receiver<Watched>| {
            let Ok(mut watched) = waiting.recv() else {
                return;
            };
            let mut seen = first(&watched);
            loop {
                let next = if watched.path.is_none() {
                    if watched.closely {
                        send(Message::Changed {
                            source: watched.source,
                            fate: Fate::Fixed,
                        });
                    }
                    waiting.recv().map_err(|_| RecvTimeoutError::Disconnected)
                } else {
                    waiting.recv_timeout(if watched.closely { OFTEN } else { SELDOM })
                };
                match next {
                    Ok(next) => {
                        if next.source != watched.source || next.path != watched.path {
                            seen = first(&next);
                        }
                        watched = next;
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                let now = watched.look();
                if let Some(fate) = fate(seen, now) {
                    send(Message::Changed {
                        source: watched.source,
                        fate,
                    });
                }
                seen = now;
            }
        }))
    }

    /// Watches this file from now on, and no other.
    pub fn order(&self, watched: Watched) {
        self.0.order(watched);
    }
}

/// The look that later ones are compared with: the length is the one that is known.
fn first(watched: &Watched) -> Option<Look> {
    let look = watched.look()?;
    Some(Look {
        length: watched.length.unwrap_or(look.length),
        ..look
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_has_become_of_a_file() {
        let look = |file, length, modified| {
            Some(Look {
                device: 1,
                file,
                length,
                modified: (modified, 0),
            })
        };
        for (before, now, told) in [
            (look(1, 5, 1), look(1, 5, 1), None),
            (look(1, 5, 1), look(1, 9, 2), Some(Fate::Grown(9))),
            (look(1, 5, 1), look(1, 2, 2), Some(Fate::Shortened(2))),
            (look(1, 5, 1), look(1, 5, 2), Some(Fate::Rewritten)),
            (look(1, 5, 1), look(2, 9, 2), Some(Fate::Replaced)),
            (look(1, 5, 1), None, Some(Fate::Gone)),
            (None, look(1, 5, 1), Some(Fate::Replaced)),
            (None, None, None),
        ] {
            assert_eq!(fate(before, now), told, "{before:?} {now:?}");
        }
    }
}
