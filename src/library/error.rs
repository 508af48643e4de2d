//! Why something could not be kept, and what the reader should know about the state file.

use std::path::PathBuf;

use rusqlite::{Error, ErrorCode};
use thiserror::Error as Typed;

/// Why the state file did not do what was asked.
#[derive(Debug, Typed)]
pub enum LibraryError {
    /// The file, or the folder that it would be in, may not be written.
    #[error("the state file may not be written")]
    ReadOnly,
    /// Another qari has held the file for longer than one waits.
    #[error("the state file is in use")]
    Busy,
    /// Whatever else the database says.
    #[error(transparent)]
    Database(Error),
}

impl From<Error> for LibraryError {
    fn from(error: Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Database(error),
        }
    }
}

/// What the reader should know about the state file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The file was damaged; it was set aside and a fresh one begun.
    SetAside {
        /// Where the damaged file is now.
        kept: PathBuf,
    },
    /// Nothing can be kept in this run: there is no home, or the file may not be written.
    NotKept {
        /// The file, if there is a place for one.
        file: Option<PathBuf>,
        /// What the system says; empty where it was not asked.
        detail: String,
    },
    /// A newer qari wrote the file; this one leaves it alone and keeps nothing.
    Newer {
        /// The file.
        file: PathBuf,
    },
}
