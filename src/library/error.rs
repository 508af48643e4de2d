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
    /// There is no room left on the disk.
    #[error("no room is left on the disk")]
    Full,
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
            Some(ErrorCode::DiskFull) => Self::Full,
            // The index of the log is made as large as it is to be before it is written: SQLite has a code of its own for that.
            Some(ErrorCode::SystemIoFailure)
                if error.sqlite_error().is_some_and(|error| {
                    error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE
                }) =>
            {
                Self::Full
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
    /// Nothing can be kept in this run: there is no room left on the disk.
    Full {
        /// The file.
        file: PathBuf,
    },
    /// A newer qari wrote the file; this one leaves it alone and keeps nothing.
    Newer {
        /// The file.
        file: PathBuf,
    },
}
