//! What the reader corrected in the names, in the order in which it was done.

use rusqlite::{Result, params};

use super::article::now;
use super::{Library, LibraryError};
use crate::entity::Correction;

impl Library {
    /// All corrections, in order; one that a newer program wrote and this one does not understand is passed over.
    ///
    /// # Errors
    /// What the database says.
    pub fn corrections(&mut self) -> std::result::Result<Vec<Correction>, LibraryError> {
        self.with(|connection| {
            let mut all = connection.prepare("SELECT body FROM correction ORDER BY id")?;
            let bodies = all.query_map([], |row| row.get::<_, String>(0))?;
            let bodies: Vec<String> = bodies.collect::<Result<_>>()?;
            let corrections = bodies.iter().map(|body| serde_json::from_str(body));
            Ok(corrections.filter_map(std::result::Result::ok).collect())
        })
    }

    /// Keeps corrections, as the last ones.
    ///
    /// # Errors
    /// What the database says.
    pub fn correct(&mut self, corrections: &[Correction]) -> std::result::Result<(), LibraryError> {
        let bodies = bodies(corrections);
        self.change(|change| {
            let mut add = change.prepare("INSERT INTO correction (made, body) VALUES (?1, ?2)")?;
            for body in &bodies {
                add.execute(params![now(), body])?;
            }
            Ok(())
        })
    }

    /// Takes a correction back; of several that are the same, the last one.
    ///
    /// # Errors
    /// What the database says.
    pub fn take_back(&mut self, correction: &Correction) -> std::result::Result<(), LibraryError> {
        let bodies = bodies(std::slice::from_ref(correction));
        self.change(|change| {
            for body in &bodies {
                change.execute(
                    "DELETE FROM correction
                     WHERE id = (SELECT max(id) FROM correction WHERE body = ?1)",
                    [body],
                )?;
            }
            Ok(())
        })
    }
}

/// Corrections as they are kept.
fn bodies(corrections: &[Correction]) -> Vec<String> {
    let bodies = corrections.iter().map(serde_json::to_string);
    // Plain data of strings has no way to fail.
    bodies.filter_map(std::result::Result::ok).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::entity::Kind;

    fn nothing(name: &str) -> Correction {
        Correction::Nothing {
            names: vec![name.to_owned()],
            kind: Kind::Person,
        }
    }

    #[test]
    fn corrections_are_kept_in_order_and_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        library.correct(&[nothing("أ"), nothing("ب")]).unwrap();
        library.correct(&[nothing("أ"), nothing("ج")]).unwrap();
        let all = ["أ", "ب", "أ", "ج"].map(nothing);
        assert_eq!(library.corrections().unwrap(), all);
        library.take_back(&nothing("أ")).unwrap();
        drop(library);
        let mut library = Library::open_in(folder.path()).unwrap();
        assert_eq!(library.corrections().unwrap(), ["أ", "ب", "ج"].map(nothing));
    }

    #[test]
    fn what_is_not_understood_is_passed_over_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        library
            .change(|change| {
                change.execute("INSERT INTO correction (made, body) VALUES (1, '{}')", [])
            })
            .unwrap();
        library.correct(&[nothing("أ")]).unwrap();
        assert_eq!(library.corrections().unwrap(), [nothing("أ")]);
        let rows: i64 = library
            .with(|connection| {
                connection.query_row("SELECT count(*) FROM correction", [], |row| row.get(0))
            })
            .unwrap();
        assert_eq!(rows, 2);
    }
}
