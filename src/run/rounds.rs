//! The files and directories that are open, looked at now and then: what is new in them, and what has changed.
//!
//! The system could tell of changes itself, but only folder by folder, and not of what another machine writes. Looking costs no more
//! than a list of the directories, and the pause after it is so long that it takes a fiftieth of the time at most.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use crate::source;
use crate::source::Source;

/// The shortest pause between two looks.
const CALM: Duration = Duration::from_secs(2);

/// By what a file is known to be the same as before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some(Self {
            modified: metadata.modified().ok(),
            length: metadata.len(),
        })
    }
}

/// What is watched, and what is known of the files in it.
#[derive(Debug, Default)]
pub struct Rounds {
    places: Vec<PathBuf>,
    known: HashMap<String, Stamp>,
}

impl Rounds {
    /// The rounds over the files and directories among sources.
    #[must_use]
    pub fn over(sources: &[Source]) -> Self {
        let places = sources.iter().filter_map(|source| match source {
            Source::Path(path) => Some(path.clone()),
            _ => None,
        });
        Self {
            places: places.collect(),
            known: HashMap::new(),
        }
    }

    /// Takes note of a document that has just been read.
    pub fn know(&mut self, name: &str) {
        if let Some(stamp) = Stamp::of(name.as_ref()) {
            self.known.insert(name.to_owned(), stamp);
        }
    }

    /// Lets a file be.
    pub fn leave(&mut self, name: &str) {
        self.places.retain(|place| place.to_string_lossy() != name);
    }

    /// Whether nothing is watched.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The files that are new or have changed since the last look, and of each whether it was named itself.
    pub fn look(&mut self) -> Vec<(PathBuf, bool)> {
        let Self { places, known } = self;
        let mut changed = Vec::new();
        let mut see = |path: PathBuf, named| {
            let Some(stamp) = Stamp::of(&path) else {
                return;
            };
            let before = known.insert(path.to_string_lossy().into_owned(), stamp);
            if before != Some(stamp) {
                changed.push((path, named));
            }
        };
        for place in places {
            if place.is_dir() {
                source::files_below(place).for_each(|path| see(path, false));
            } else {
                see(place.clone(), true);
            }
        }
        changed
    }

    /// How long to pause after a look that began then.
    #[must_use]
    pub fn pause(begun: Instant) -> Duration {
        CALM.max(begun.elapsed() * 50)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn sees_what_is_new_and_what_has_changed_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("texts")).unwrap();
        for name in ["texts/a.txt", "texts/b.txt", "c.txt", "d.txt"] {
            fs::write(path(name), "نص").unwrap();
        }
        let sources = ["texts", "c.txt", "d.txt", "none"].map(|name| Source::Path(path(name)));
        let mut watch = Rounds::over(&sources);
        for name in ["texts/a.txt", "texts/b.txt", "c.txt", "d.txt"] {
            watch.know(&path(name).to_string_lossy());
        }
        watch.leave(&path("d.txt").to_string_lossy());
        assert_eq!(watch.look(), []);
        fs::write(path("texts/b.txt"), "نص أطول").unwrap();
        fs::create_dir(path("texts/below")).unwrap();
        fs::write(path("texts/below/new.txt"), "نص").unwrap();
        fs::write(path("c.txt"), "نص أطول").unwrap();
        fs::write(path("d.txt"), "نص أطول").unwrap();
        fs::remove_file(path("texts/a.txt")).unwrap();
        let seen = [
            (path("texts/b.txt"), false),
            (path("texts/below/new.txt"), false),
            (path("c.txt"), true),
        ];
        assert_eq!(watch.look(), seen);
        assert_eq!(watch.look(), []);
    }
}
