//! What was found out about terminals, kept from one run to the next: a small file, one entry a terminal.
//!
//! A file that cannot be read counts as empty, one that makes no sense is set aside. It is replaced in one step, so that two runs at
//! once leave the file of one or the other, never a torn one. Nothing depends on it: a terminal that is not in it is found out again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::library::folder;
use crate::term::encode::Profile;

/// How many terminals are kept; the one that was left alone longest goes.
const MOST: usize = 50;

/// A terminal, and how rows are sent to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// What is known of it without asking.
    surroundings: String,
    /// What it answered; empty when it was silent.
    answers: String,
    /// The profile's name.
    profile: String,
    /// Whether the reader chose it.
    chosen: bool,
}

/// A profile that is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// How rows were sent.
    pub profile: Profile,
    /// Whether the reader chose it.
    pub chosen: bool,
}

/// What is remembered of all terminals.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    file: Option<PathBuf>,
    entries: Vec<Entry>,
    /// The file made no sense and was set aside.
    pub was_broken: bool,
}

impl Memory {
    /// Reads what is remembered: `terminals.json` in the folder of the state.
    #[must_use]
    pub fn recall() -> Self {
        folder().map_or_else(Self::default, |folder| {
            Self::read(folder.join("terminals.json"))
        })
    }

    fn read(file: PathBuf) -> Self {
        let mut memory = Self::default();
        if let Ok(text) = fs::read(&file) {
            if let Ok(entries) = serde_json::from_slice(&text) {
                memory.entries = entries;
            } else {
                memory.was_broken = true;
                // If it cannot be set aside, the next write replaces it.
                let _ = fs::rename(&file, file.with_extension("broken"));
            }
        }
        memory.file = Some(file);
        memory
    }

    /// What was last found in these surroundings, whatever the terminal had answered.
    #[must_use]
    pub fn around(&self, surroundings: &str) -> Option<Remembered> {
        self.last(|entry| entry.surroundings == surroundings)
    }

    /// What was found for a terminal that answers so.
    #[must_use]
    pub fn of(&self, surroundings: &str, answers: &str) -> Option<Remembered> {
        self.last(|entry| entry.is_of(surroundings, answers))
    }

    fn last(&self, is_meant: impl Fn(&Entry) -> bool) -> Option<Remembered> {
        let entry = self.entries.iter().rev().find(|entry| is_meant(entry))?;
        Some(Remembered {
            profile: Profile::named(&entry.profile)?,
            chosen: entry.chosen,
        })
    }

    /// Remembers how rows are sent to a terminal; nothing to remember drops it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep(
        &mut self,
        surroundings: &str,
        answers: &str,
        what: Option<Remembered>,
    ) -> io::Result<()> {
        let Some(file) = self.file.clone() else {
            return Ok(());
        };
        if self.of(surroundings, answers) == what {
            return Ok(());
        }
        // Another run may have written meanwhile.
        self.entries = Self::read(file.clone()).entries;
        self.entries
            .retain(|entry| !entry.is_of(surroundings, answers));
        self.entries.extend(what.map(|what| Entry {
            surroundings: surroundings.to_owned(),
            answers: answers.to_owned(),
            profile: what.profile.name().to_owned(),
            chosen: what.chosen,
        }));
        let spare = self.entries.len().saturating_sub(MOST);
        self.entries.drain(..spare);
        self.write(&file)
    }

    fn write(&self, file: &Path) -> io::Result<()> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let new = file.with_extension(format!("{}.new", std::process::id()));
        fs::write(&new, serde_json::to_string_pretty(&self.entries)?)?;
        fs::rename(&new, file)
    }
}

impl Entry {
    fn is_of(&self, surroundings: &str, answers: &str) -> bool {
        self.surroundings == surroundings && self.answers == answers
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const CHOSEN: Remembered = Remembered {
        profile: Profile::Kitty,
        chosen: true,
    };
    const FOUND: Remembered = Remembered {
        profile: Profile::Override,
        chosen: false,
    };

    /// A memory in a folder of this test's own.
    fn memory(test: &str) -> (PathBuf, Memory) {
        let folder = std::env::temp_dir().join(format!("qari-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let file = folder.join("qari/terminals.json");
        (file.clone(), Memory::read(file))
    }

    #[test]
    fn what_is_kept_is_there_in_the_next_run() {
        let (file, mut memory) = memory("kept");
        memory.keep("a", "1", Some(FOUND)).unwrap();
        memory.keep("b", "1", Some(CHOSEN)).unwrap();
        memory.keep("a", "1", Some(CHOSEN)).unwrap();
        let mut next = Memory::read(file.clone());
        assert_eq!(next.of("a", "1"), Some(CHOSEN));
        assert_eq!(next.of("a", "2"), None);
        assert_eq!(next.around("b"), Some(CHOSEN));
        next.keep("a", "1", None).unwrap();
        assert_eq!(Memory::read(file).around("a"), None);
    }

    #[test]
    fn a_run_beside_this_one_is_not_forgotten() {
        let (file, mut memory) = memory("beside");
        let mut other = Memory::read(file.clone());
        other.keep("a", "", Some(FOUND)).unwrap();
        memory.keep("b", "", Some(FOUND)).unwrap();
        let next = Memory::read(file);
        assert_eq!(
            (next.around("a"), next.around("b")),
            (Some(FOUND), Some(FOUND))
        );
    }

    #[test]
    fn a_broken_file_is_set_aside() {
        let (file, _) = memory("broken");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "{ no").unwrap();
        let mut memory = Memory::read(file.clone());
        assert!(memory.was_broken);
        assert_eq!(
            fs::read_to_string(file.with_extension("broken")).unwrap(),
            "{ no"
        );
        memory.keep("a", "", Some(FOUND)).unwrap();
        let next = Memory::read(file);
        assert!(!next.was_broken);
        assert_eq!(next.around("a"), Some(FOUND));
    }

    #[test]
    fn a_profile_of_another_version_is_passed_over() {
        let (file, _) = memory("version");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let entry = r#"[{"surroundings":"a","answers":"","profile":"no-such","chosen":true}]"#;
        fs::write(&file, entry).unwrap();
        assert_eq!(Memory::read(file).around("a"), None);
    }
}
