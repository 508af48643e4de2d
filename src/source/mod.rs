//! Files, directories, standard input and the built-in shelf become documents.
//!
//! Nothing outside this room knows how a text was got: the rest of the house sees [`Document`]s and [`SourceError`]s.
//! A source that cannot be read is an error of its own and does not stop the others.

mod decode;
mod encoding;
mod error;
mod files;
mod lines;
mod markdown;
mod marks;
mod order;
mod plain;
mod repair;
mod shelf;
mod typed;
mod verse;

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::io::IsTerminal;
use std::io::Read;
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::path::PathBuf;
use std::sync::OnceLock;

pub use encoding::Encoding;
pub use error::{Problem, SourceError};
pub use shelf::Guide;

use crate::doc::Document;

/// The name of standard input, on the command line and in a document.
pub const STANDARD_INPUT: &str = "-";

/// Where documents come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file, or a directory and everything readable in it.
    Path(PathBuf),
    /// Standard input, read to its end.
    StandardInput,
    /// The articles that come with the program, the guide first.
    Shelf(Guide),
}

/// How the letters of sources are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Their encoding, if it is not to be found out.
    pub encoding: Option<Encoding>,
    /// Whether letters that are stored as they are drawn are turned back.
    pub repair: bool,
}

/// What came through standard input, kept while it is small: it cannot be asked for twice, and its reader may want it in
/// another encoding.
static INPUT: OnceLock<Vec<u8>> = OnceLock::new();

/// The most bytes of standard input that are kept.
const KEPT: usize = 8 << 20;

/// What the command line names; nothing named means standard input when something is connected to it, else the shelf.
///
/// A device such as `/dev/null` is nothing connected: programs that start others without input give them that.
#[must_use]
pub fn named(arguments: &[OsString], guide: Guide) -> Vec<Source> {
    if arguments.is_empty() {
        return vec![if input_is_connected() {
            Source::StandardInput
        } else {
            Source::Shelf(guide)
        }];
    }
    arguments
        .iter()
        .map(|argument| {
            if argument == STANDARD_INPUT {
                Source::StandardInput
            } else {
                Source::Path(PathBuf::from(argument))
            }
        })
        .collect()
}

/// The documents of these sources, one after another, each read when it is asked for.
pub fn documents(
    sources: Vec<Source>,
    reading: Reading,
) -> impl Iterator<Item = Result<Document, SourceError>> {
    sources
        .into_iter()
        .flat_map(move |source| -> Box<dyn Iterator<Item = _>> {
            match source {
                Source::Path(path) => Box::new(files::documents(path, reading)),
                Source::StandardInput => {
                    Box::new(std::iter::once_with(move || standard_input(reading)))
                }
                Source::Shelf(guide) => Box::new(shelf::documents(guide)),
            }
        })
}

/// Reads the source of a document once more, in another way.
///
/// # Errors
/// What stands in the way now; standard input that was too large to be kept can only be read once.
pub fn read_again(document: &Document, reading: Reading) -> Result<Document, SourceError> {
    let name = document.name.as_str();
    if name == STANDARD_INPUT {
        return match INPUT.get() {
            Some(bytes) => self::document(name, bytes.clone(), reading),
            None => Err(SourceError {
                name: name.to_owned(),
                problem: Problem::ReadOnce,
            }),
        };
    }
    if shelf::holds(name) {
        // What comes with the program is read in the one way there is.
        return Ok(document.clone());
    }
    files::document(name.as_ref(), reading)
}

fn standard_input(reading: Reading) -> Result<Document, SourceError> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(files::LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| SourceError::from_io(STANDARD_INPUT, error))?;
    files::within_limit(STANDARD_INPUT, &bytes)?;
    if bytes.len() <= KEPT {
        // It is read once: a second `-` finds its end.
        let _ = INPUT.set(bytes.clone());
    }
    document(STANDARD_INPUT, bytes, reading)
}

/// Whether standard input is a pipe, a socket or a file.
fn input_is_connected() -> bool {
    let input = io::stdin();
    if input.is_terminal() {
        return false;
    }
    input
        .as_fd()
        .try_clone_to_owned()
        .and_then(|descriptor| File::from(descriptor).metadata())
        .is_ok_and(|metadata| !metadata.file_type().is_char_device())
}

/// One source's bytes, decoded and parsed.
fn document(name: &str, bytes: Vec<u8>, reading: Reading) -> Result<Document, SourceError> {
    let decoded = decode::decode(bytes, reading);
    let parsed = if markdown::is_named(name) {
        markdown::parse(name, decoded)
    } else {
        plain::parse(name, decoded)
    };
    parsed.map_err(|invalid| SourceError {
        name: name.to_owned(),
        problem: Problem::Parser(invalid),
    })
}
