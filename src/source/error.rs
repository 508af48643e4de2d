//! Why a source could not be read, typed; the words for it are found at the edge (`run`).

use std::io;

use thiserror::Error;

use crate::doc::InvalidDocument;

/// The system's number for links without end; its kind is not stable in the standard library.
const LOOP: i32 = rustix::io::Errno::LOOP.raw_os_error();

/// A source that gave no document.
#[derive(Debug, Error)]
#[error("{name}: {problem}")]
pub struct SourceError {
    /// The source as it was given.
    pub name: String,
    /// What stood in the way.
    #[source]
    pub problem: Problem,
}

/// What stood in the way of a source.
#[derive(Debug, Error)]
pub enum Problem {
    /// There is no such file.
    #[error("no such file or directory")]
    NotFound,
    /// The file may not be read.
    #[error("permission denied")]
    Permission,
    /// A device or a socket.
    #[error("a device or a socket")]
    Special,
    /// A link that leads to itself.
    #[error("a loop of links")]
    Loop,
    /// More bytes than are read into memory.
    #[error("larger than {most} bytes")]
    TooLarge {
        /// How many are read.
        most: u64,
    },
    /// Nobody has answered, or written into a pipe, in time.
    #[error("no answer within {seconds} s")]
    Silent {
        /// How long was waited.
        seconds: u64,
    },
    /// The server says no.
    #[error("the server says {code}")]
    Refused {
        /// The status code of HTTP.
        code: u16,
    },
    /// The server has no such page, or has it no more.
    #[error("the server has no such page: {code}")]
    NoPage {
        /// The status code of HTTP.
        code: u16,
    },
    /// What was named, or what a server sends one on to, is no address of the web.
    #[error("not an address of the web")]
    NoAddress,
    /// Nobody takes the connection; what the system or the proxy says.
    #[error("no connection: {0}")]
    NoConnection(String),
    /// The connection ended before all was there.
    #[error("broken off")]
    BrokenOff,
    /// What was answered makes no sense; why.
    #[error("an answer of no use: {0}")]
    Answer(String),
    /// A picture, a program, or whatever else is no text; the media type that the server tells.
    #[error("no text: {0}")]
    NoLetters(String),
    /// There is no such host.
    #[error("no such host")]
    NoHost,
    /// The server sends one on and on.
    #[error("redirected without end")]
    Redirects,
    /// A feed was expected, and this is none.
    #[error("not a feed")]
    NoFeed,
    /// A directory without a single text.
    #[error("no text in this directory")]
    NoText,
    /// A source without a name.
    #[error("no name")]
    NoName,
    /// More of it than is parsed: a page or a part of an archive.
    #[error("too much to parse")]
    TooMuch,
    /// It unpacks to far more than a text could.
    #[error("unpacks out of all proportion")]
    Bomb,
    /// Compressed more often than anybody does.
    #[error("compressed again and again")]
    Nested,
    /// An archive that is no book.
    #[error("an archive, and no book")]
    Archive,
    /// What it is made of does not hold together; the words are those of who tried to read it.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A parser was given up on.
    #[error("takes too long to read")]
    TooSlow,
    /// Pages for printing, and nothing that reads them.
    #[error("pdftotext is not installed")]
    NoPdftotext,
    /// Pages for printing that hold no letters, only pictures.
    #[error("no text in these pages")]
    NoTextInPages,
    /// The system says something else.
    #[error(transparent)]
    Io(io::Error),
    /// A parser of ours made a document that breaks its promises.
    #[error(transparent)]
    Parser(#[from] InvalidDocument),
}

impl SourceError {
    /// What an answer of the system means for the source of this name.
    #[must_use]
    pub fn from_io(name: &str, error: io::Error) -> Self {
        // What a parser came to may have passed for an answer of the system.
        let error = match error.downcast::<Problem>() {
            Ok(problem) => {
                return Self {
                    name: name.to_owned(),
                    problem,
                };
            }
            Err(error) => error,
        };
        let problem = match error.kind() {
            // A path that goes on below a file names nothing either.
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Problem::NotFound,
            io::ErrorKind::PermissionDenied => Problem::Permission,
            _ if error.raw_os_error() == Some(LOOP) => Problem::Loop,
            io::ErrorKind::TimedOut => Problem::Silent { seconds: 3 },
            // Only standard input comes here as a directory.
            io::ErrorKind::IsADirectory => Problem::Special,
            _ => Problem::Io(error),
        };
        Self {
            name: name.to_owned(),
            problem,
        }
    }
}
