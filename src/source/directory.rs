//! The files of a directory and of all below it, in natural order.
//!
//! Hidden files are passed over, and what `.gitignore` and `.ignore` files say (in a repository or not). Links are followed; a
//! folder that was visited already is not visited again, so loops of links end and none is read twice.

use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ignore::{DirEntry, WalkBuilder};

use super::order::natural;
use super::{Problem, SourceError};

/// Every regular file that is to be looked into; what cannot be listed is an error in its place.
pub fn walk(directory: &Path) -> impl Iterator<Item = Result<PathBuf, SourceError>> + use<> {
    let visited = Mutex::new(HashSet::new());
    let walk = WalkBuilder::new(directory)
        .follow_links(true)
        .require_git(false)
        .sort_by_file_name(|one, other| natural(&one.to_string_lossy(), &other.to_string_lossy()))
        .filter_entry(move |entry| is_new(entry, &visited))
        .build();
    walk.filter_map(|entry| match entry {
        Ok(entry) => entry
            .file_type()
            .is_some_and(|kind| kind.is_file())
            .then(|| Ok(entry.into_path())),
        Err(error) => told(error).map(Err),
    })
}

/// Whether an entry is a file, or a folder that was not visited before.
fn is_new(entry: &DirEntry, visited: &Mutex<HashSet<(u64, u64)>>) -> bool {
    let Ok(metadata) = entry.metadata() else {
        return true;
    };
    let Ok(mut visited) = visited.lock() else {
        return false;
    };
    !metadata.is_dir() || visited.insert((metadata.dev(), metadata.ino()))
}

/// What is to be said of an entry that cannot be listed; nothing of loops, and of links that lead nowhere.
fn told(error: ignore::Error) -> Option<SourceError> {
    let (path, error) = unwrap(error, None);
    let path = path.unwrap_or_default();
    let dangling = fs::symlink_metadata(&path).is_ok_and(|link| link.is_symlink());
    match error {
        ignore::Error::Io(_) if dangling => None,
        ignore::Error::Io(error) => Some(SourceError::from_io(&path.to_string_lossy(), error)),
        ignore::Error::Loop { .. } | ignore::Error::Glob { .. } => None,
        error => Some(SourceError {
            name: path.to_string_lossy().into_owned(),
            problem: Problem::Io(std::io::Error::other(error.to_string())),
        }),
    }
}

/// The error itself, and the path that it is about.
fn unwrap(error: ignore::Error, path: Option<PathBuf>) -> (Option<PathBuf>, ignore::Error) {
    match error {
        ignore::Error::WithPath { path, err } => unwrap(*err, Some(path)),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            unwrap(*err, path)
        }
        error => (path, error),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A directory of these files; a name that ends in `/` is a folder.
    fn directory(names: &[&str]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        for name in names {
            let path = directory.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "نص").unwrap();
        }
        directory
    }

    fn walked(directory: &Path) -> Vec<String> {
        walk(directory)
            .map(|file| {
                let file = file.unwrap();
                file.strip_prefix(directory)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect()
    }

    #[test]
    fn numbers_are_in_order_in_either_digits() {
        let names = ["فصل ١٠.txt", "فصل ٢.txt", "فصل 1/ب.txt", "a10", "a2"];
        assert_eq!(
            walked(directory(&names).path()),
            ["a2", "a10", "فصل 1/ب.txt", "فصل ٢.txt", "فصل ١٠.txt"]
        );
    }

    #[test]
    fn ignored_and_hidden_files_are_passed_over() {
        let directory = directory(&[
            "a.txt",
            "draft.txt",
            "b/draft.txt",
            "b/c.txt",
            ".git/x",
            ".h",
        ]);
        fs::write(directory.path().join(".gitignore"), "/draft.txt\n").unwrap();
        fs::write(directory.path().join("b/.ignore"), "c.*\n").unwrap();
        assert_eq!(walked(directory.path()), ["a.txt", "b/draft.txt"]);
    }

    #[test]
    fn links_that_lead_in_circles_end() {
        let directory = directory(&["a/one", "b/two"]);
        let path = |name: &str| directory.path().join(name);
        symlink(path("b"), path("a/to-b")).unwrap();
        symlink(path("a"), path("b/to-a")).unwrap();
        symlink(directory.path(), path("up")).unwrap();
        symlink("itself", path("itself")).unwrap();
        symlink("nowhere", path("broken")).unwrap();
        symlink(path("a/one"), path("c")).unwrap();
        let found = walked(directory.path());
        for name in ["one", "two"] {
            let times = found.iter().filter(|path| path.ends_with(name)).count();
            assert_eq!(times, 1, "{found:?}");
        }
        assert!(found.contains(&"c".to_owned()));
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn what_is_no_file_is_no_text() {
        let directory = directory(&["a"]);
        let pipe = directory.path().join("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(directory.path().join("s")).unwrap();
        symlink("/dev/zero", directory.path().join("zero")).unwrap();
        assert_eq!(walked(directory.path()), ["a"]);
    }
}
