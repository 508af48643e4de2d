//! The files and directories that are open, looked at now and then: what is new in them, and what has changed.
//!
//! The system could tell of changes itself, but only folder by folder, and not of what another machine writes. Looking costs no more
//! than a list of the directories, and the pause after it is so long that it takes a fiftieth of the time at most.

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use crate::source;
use crate::source::Source;

/// The shortest pause between two looks.
const CALM: Duration = Duration::from_secs(2);

/// By what a file is known to be the same as before.
#[derive(Clone, Copy, Debug, Hash)]
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
    /// By what their names come to: there may be very many.
    known: HashMap<u64, Known>,
}

/// What is known of a file.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// What its stamp comes to.
    stamp: u64,
    /// Whether it became a source.
    is_source: bool,
}

/// A file that is new or has changed.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it was named itself.
    pub named: bool,
    /// What stands around it.
    pub neighbours: Neighbours,
}

/// Between which sources of its folder and those below a file stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one before it.
    pub after: Option<String>,
    /// If there is none, the one after it.
    pub before: Option<String>,
}

/// What something comes to.
fn digest(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
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
            let known = Known {
                stamp: digest(stamp),
                is_source: true,
            };
            self.known.insert(digest(name), known);
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

    /// Hands the files that are new or have changed since the last look to `read`, which gives back the name of the source that it
    /// makes of one.
    pub fn look(&mut self, mut read: impl FnMut(Seen) -> Option<String>) {
        for place in &self.places {
            let named = !place.is_dir();
            if named {
                let seen = see(&mut self.known, place.clone(), named);
                seen.ok().and_then(&mut read);
                continue;
            }
            let mut after = None;
            // Those that come before the first source.
            let mut first: Vec<Seen> = Vec::new();
            for path in source::files_below(place) {
                match see(&mut self.known, path, named) {
                    Err(None) => {}
                    Err(Some(name)) => {
                        read_first(&mut self.known, &mut first, Some(&name), &mut read);
                        after = Some(name);
                    }
                    Ok(seen) if after.is_none() => first.push(seen),
                    Ok(mut seen) => {
                        seen.neighbours.after.clone_from(&after);
                        after = source_of(&mut self.known, seen, &mut read).or(after);
                    }
                }
            }
            read_first(&mut self.known, &mut first, None, &mut read);
        }
    }

    /// How long to pause after a look that began then.
    #[must_use]
    pub fn pause(begun: Instant) -> Duration {
        CALM.max(begun.elapsed() * 50)
    }
}

/// Looks at a file: it is to be read, or it is as it was; then its name is told if it is a source.
fn see(
    known: &mut HashMap<u64, Known>,
    path: PathBuf,
    named: bool,
) -> Result<Seen, Option<String>> {
    let stamp = digest(Stamp::of(&path).ok_or(None)?);
    let name = path.to_string_lossy();
    let known = known.entry(digest(&*name)).or_insert(Known {
        stamp: !stamp,
        is_source: false,
    });
    if known.stamp == stamp {
        return Err(known.is_source.then(|| name.into_owned()));
    }
    known.stamp = stamp;
    Ok(Seen {
        path,
        named,
        neighbours: Neighbours::default(),
    })
}

/// Has a file read, and takes note of whether it is a source.
fn source_of(
    known: &mut HashMap<u64, Known>,
    seen: Seen,
    read: &mut impl FnMut(Seen) -> Option<String>,
) -> Option<String> {
    let name = read(seen)?;
    if let Some(known) = known.get_mut(&digest(&*name)) {
        known.is_source = true;
    }
    Some(name)
}

/// Has the files read that come before the first source of a folder: the first of them stands before that, and each further one after
/// the one before.
fn read_first(
    known: &mut HashMap<u64, Known>,
    files: &mut Vec<Seen>,
    before: Option<&str>,
    read: &mut impl FnMut(Seen) -> Option<String>,
) {
    let mut after = None;
    for mut seen in files.drain(..) {
        seen.neighbours = Neighbours {
            before: before.filter(|_| after.is_none()).map(str::to_owned),
            after: after.clone(),
        };
        after = source_of(known, seen, read).or(after);
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
        assert!(look(&mut watch).is_empty());
        fs::write(path("texts/b.txt"), "نص أطول").unwrap();
        fs::create_dir(path("texts/below")).unwrap();
        fs::write(path("texts/below/new.txt"), "نص").unwrap();
        fs::write(path("c.txt"), "نص أطول").unwrap();
        fs::write(path("d.txt"), "نص أطول").unwrap();
        fs::remove_file(path("texts/a.txt")).unwrap();
        let seen = look(&mut watch);
        let seen: Vec<_> = seen.iter().map(|seen| (&seen.path, seen.named)).collect();
        assert_eq!(
            seen,
            [
                (&path("texts/b.txt"), false),
                (&path("texts/below/new.txt"), false),
                (&path("c.txt"), true),
            ]
        );
        assert!(look(&mut watch).is_empty());
    }

    /// What a look sees; every file becomes a source, but none whose name ends in `x`.
    fn look(watch: &mut Rounds) -> Vec<Seen> {
        let mut all = Vec::new();
        watch.look(|seen| {
            let name = seen.path.to_string_lossy().into_owned();
            all.push(seen);
            (!name.ends_with('x')).then_some(name)
        });
        all
    }

    #[test]
    fn says_where_a_new_file_stands() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str| fs::write(path(name), "نص").unwrap();
        let mut watch = Rounds::over(&[Source::Path(folder.path().to_owned())]);
        write("3");
        watch.know(&path("3").to_string_lossy());
        let mut come = |names: &[&str]| {
            for name in names {
                write(name);
            }
            let short = |name: Option<String>| {
                let name = name.unwrap_or_default();
                name.rsplit('/').next().unwrap_or_default().to_owned()
            };
            look(&mut watch)
                .into_iter()
                .map(
                    |Seen {
                         path,
                         neighbours: Neighbours { after, before },
                         ..
                     }| {
                        let name = short(Some(path.to_string_lossy().into_owned()));
                        format!("{}<{name}<{}", short(after), short(before))
                    },
                )
                .collect::<Vec<_>>()
        };
        assert_eq!(come(&["4x", "5", "6"]), ["3<4x<", "3<5<", "5<6<"]);
        assert_eq!(come(&["0x", "1", "2"]), ["<0x<3", "<1<3", "1<2<"]);
        assert!(come(&[]).is_empty(), "all is as it was");
        assert_eq!(come(&["10", "3a"]), ["3<3a<", "6<10<"]);
    }
}
