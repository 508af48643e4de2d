//! What ends the program before its work is done: a kind, which decides the exit code, and a message with a hint.
//!
//! A source that cannot be read is none of these: it is reported while the others are still done, and the exit code comes
//! from the outcome of the whole run.

use std::io;
use std::process::ExitCode;

use crate::locale::Locale;
use crate::run::{Failure, Message, Outcome};

/// Why the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The command line makes no sense.
    Usage,
    /// Whoever read the output has gone; nobody is left to be told.
    BrokenPipe,
    /// Ctrl-C: the reader has seen enough.
    Interrupted,
    /// The system would not do what has to be done.
    Internal,
}

/// Why the program ends, and what it says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What kind of end this is.
    pub kind: Kind,
    /// What is said.
    pub message: Message,
}

impl Kind {
    /// The kind of an error in writing.
    fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            io::ErrorKind::Interrupted => Self::Interrupted,
            _ => Self::Internal,
        }
    }

    /// Whether there is something to say and somebody to say it to.
    #[must_use]
    pub const fn is_told(self) -> bool {
        matches!(self, Self::Usage | Self::Internal)
    }
}

impl Error {
    /// Wrong usage.
    #[must_use]
    pub const fn usage(message: Message) -> Self {
        Self {
            kind: Kind::Usage,
            message,
        }
    }

    /// What a run says that ended early.
    #[must_use]
    pub fn of_failure(locale: &Locale, failure: &Failure) -> Self {
        match failure {
            Failure::Writing(error) => {
                let detail = error.to_string();
                let text = locale.format("error-write", &[("detail", detail.as_str().into())]);
                Self {
                    kind: Kind::of(error),
                    message: Message { text, hint: None },
                }
            }
            Failure::Reading(error) => Self {
                kind: Kind::Internal,
                message: Message::of_reader_error(locale, error),
            },
        }
    }
}

/// The exit code of a run: 0 done, 1 a search that found nothing, 2 wrong usage or something that could not be read or
/// written, 130 after Ctrl-C. A closed pipe is a reader who has seen enough: 0.
#[must_use]
pub fn exit_code(result: Result<Outcome, Kind>) -> ExitCode {
    ExitCode::from(match result {
        Ok(Outcome::Done) | Err(Kind::BrokenPipe) => 0,
        Ok(Outcome::Unread) | Err(Kind::Usage | Kind::Internal) => 2,
        // 128 and the number of the signal, as shells count.
        Err(Kind::Interrupted) => 130,
    })
}
