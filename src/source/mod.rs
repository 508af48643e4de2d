//! Files, directories, standard input and the built-in shelf become documents.
//!
//! Nothing outside this room knows how a text was got: the rest of the house sees [`Document`]s and [`SourceError`]s.
//! A source that cannot be read is an error of its own and does not stop the others.

mod composed;
mod compressed;
mod decode;
mod directory;
mod encoding;
mod ends;
mod epub;
mod error;
mod feed;
mod files;
mod format;
mod html;
mod large;
mod letters;
mod lines;
mod markdown;
mod marks;
pub mod net;
pub mod opml;
mod order;
mod pdf;
mod pipe;
mod plain;
mod raised;
mod records;
mod repair;
mod shelf;
mod spool;
mod stream;
mod typed;
mod verse;
mod walk;

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::io::IsTerminal;
use std::io::Read;
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use encoding::Encoding;
pub use error::{Problem, SourceError};
pub use large::{Begun, Large, Progress, Sizes};
pub use shelf::Guide;
pub use spool::Halt;

use spool::Spool;
pub use walk::{Stretch, Walk};

use crate::doc::Document;

/// The name of standard input, on the command line and in a document.
pub const STANDARD_INPUT: &str = "-";

/// What the names of built-in documents begin with.
pub const BUILT_IN: &str = "qari:";

/// Where documents come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file, or a directory and everything readable in it.
    Path(PathBuf),
    /// An address in the net.
    Net(String),
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

/// What came through standard input: it cannot be asked for twice, and its reader may want it in another encoding.
static INPUT: OnceLock<Spool> = OnceLock::new();

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
                match argument.to_str().filter(|name| is_address(name)) {
                    Some(address) => Source::Net(address.to_owned()),
                    None => Source::Path(PathBuf::from(argument)),
                }
            }
        })
        .collect()
}

/// What a source turns out to be.
#[derive(Debug)]
pub enum Opened {
    /// A plain text that is read in passages; nothing has been read of it.
    Large(Large),
    /// One document.
    Document(Document),
    /// Whatever [`documents`] makes of it.
    Other(Source),
}

/// Opens a source: what is too large to be held is not read. What cannot be sought is read, and copied where it is too large.
///
/// # Errors
/// What stands in the way of something that can be read once only.
pub fn open(source: Source, reading: Reading) -> Result<Opened, SourceError> {
    open_until(source, reading, &Halt::default())
}

/// The same, until it is to end.
fn open_until(source: Source, reading: Reading, halt: &Halt) -> Result<Opened, SourceError> {
    let opened = match &source {
        Source::Path(path) => {
            files::piped(path, reading).or_else(|| files::large(path, reading, halt))
        }
        Source::StandardInput => match input()? {
            Spool::Filed(file) => {
                let copy = file.try_clone();
                let copy = copy.map_err(|error| SourceError::from_io(STANDARD_INPUT, error))?;
                Some(files::poured(
                    STANDARD_INPUT,
                    Spool::Filed(copy),
                    reading,
                    halt,
                ))
            }
            Spool::Held(_) => None,
        },
        _ => None,
    };
    opened.unwrap_or(Ok(Opened::Other(source)))
}

/// A source that is there in no time, if it is one: [`open`] and [`documents`] make the same of it.
#[must_use]
pub fn at_once(source: &Source, reading: Reading) -> Option<Opened> {
    match source {
        Source::Path(path) => files::at_once(path, reading),
        _ => None,
    }
}

/// The file of a document of this name, if it comes from one.
#[must_use]
pub fn file(name: &str) -> Option<PathBuf> {
    let is_file = name != STANDARD_INPUT && !name.starts_with(BUILT_IN) && !is_address(name);
    is_file.then(|| PathBuf::from(name))
}

/// Where a document of this name comes from, whatever the current directory is: an absolute path without links, or the name of
/// what is no file.
#[must_use]
pub fn whereabouts(name: &str) -> String {
    let path = file(name);
    let path = path.map(|path| path.canonicalize().or_else(|_| std::path::absolute(path)));
    match path {
        Some(Ok(path)) => path.to_string_lossy().into_owned(),
        _ => name.to_owned(),
    }
}

/// Whether a name is that of something in the net.
#[must_use]
pub fn is_address(name: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        name.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
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
                Source::Net(address) => {
                    Box::new(std::iter::once_with(move || net(&address, reading)))
                }
                Source::StandardInput => {
                    Box::new(std::iter::once_with(move || standard_input(reading)))
                }
                Source::Shelf(guide) => Box::new(shelf::documents(guide)),
            }
        })
}

/// A document as a text that is read in passages, if it is too large to be held.
///
/// # Errors
/// Whatever the system says when it is written down.
pub fn lay_down(document: Document) -> Result<Opened, SourceError> {
    if document.text.len() <= spool::HELD {
        return Ok(Opened::Document(document));
    }
    let name = document.name.clone();
    let composed = composed::Composed::of(document).map_err(|problem| SourceError {
        name: name.clone(),
        problem,
    })?;
    Ok(Opened::Large(Large::of_composed(&name, composed).copied()))
}

/// The beginning of a source whose whole takes its time, to be shown until the whole is there.
#[must_use]
pub fn opening(source: &Source, reading: Reading) -> Option<Document> {
    match source {
        Source::Path(path) => files::opening(path, reading),
        _ => None,
    }
}

/// The files of a directory and of all below it that are to be looked into.
pub fn files_below(directory: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    directory::walk(directory).filter_map(Result::ok)
}

/// The document of one file; nothing if it was not named itself and is no text.
#[must_use]
pub fn read_file(
    path: &Path,
    named: bool,
    reading: Reading,
) -> Option<Result<Document, SourceError>> {
    files::read(path, named, reading).transpose()
}

/// The document of an address, which is asked now.
fn net(address: &str, reading: Reading) -> Result<Document, SourceError> {
    let none = || SourceError {
        name: address.to_owned(),
        problem: Problem::NotFound,
    };
    let page = net::fetch(address, net::Limits::default(), &net::Marks::default())?;
    fetched(address, &page.ok_or_else(none)?, reading)
}

/// The document of what was fetched from an address. Its letters are read as they should be, else as the server says; what it is the
/// server may say where the bytes do not.
///
/// # Errors
/// What its format's parser says.
pub fn fetched(
    address: &str,
    page: &net::Fetched,
    reading: Reading,
) -> Result<Document, SourceError> {
    let error = |problem| SourceError {
        name: address.to_owned(),
        problem,
    };
    let is_text = page.bytes.is_empty()
        || page.media.starts_with("text/")
        || format::recognise(address, &page.bytes) != format::Format::Plain
        || format::holds_text(address, &page.bytes);
    if !is_text {
        return Err(error(Problem::NoLetters(page.media.clone())));
    }
    // Servers say Latin-1 where nobody has told them what they hold: sound UTF-8 is no Latin-1.
    let told = Encoding::named(&page.charset).filter(|told| {
        *told != Encoding::Standard(encoding_rs::WINDOWS_1252)
            || std::str::from_utf8(&page.bytes).is_err()
    });
    let reading = Reading {
        encoding: reading.encoding.or(told),
        ..reading
    };
    let bytes = page.bytes.clone();
    format::fetched(address, bytes, reading, &page.media).map_err(error)
}

/// What a feed that was fetched calls itself; empty where it does not say.
#[must_use]
pub fn title_of_feed(page: &net::Fetched, reading: Reading) -> String {
    let told = Encoding::named(&page.charset);
    let encoding = reading.encoding.or(told);
    feed::title(
        page.bytes.clone(),
        Reading {
            encoding,
            ..reading
        },
    )
}

/// Opens the source of a large text of this name once more, to read it in another way.
///
/// # Errors
/// What stands in the way now, a halt too; what came through a pipe cannot be had again.
pub fn open_again(name: &str, reading: Reading, halt: &Halt) -> Result<Opened, SourceError> {
    let source = match file(name) {
        Some(path) if path.metadata().is_ok_and(|metadata| metadata.is_file()) => {
            Source::Path(path)
        }
        None if name == STANDARD_INPUT => Source::StandardInput,
        _ => {
            return Err(SourceError {
                name: name.to_owned(),
                problem: Problem::NotFound,
            });
        }
    };
    match open_until(source, reading, halt)? {
        Opened::Other(Source::Path(path)) => files::document(&path, reading).map(Opened::Document),
        Opened::Other(_) => standard_input(reading).map(Opened::Document),
        opened => Ok(opened),
    }
}

/// Reads the source of a document once more, in another way.
///
/// # Errors
/// What stands in the way now.
pub fn read_again(document: &Document, reading: Reading) -> Result<Document, SourceError> {
    let name = document.name.as_str();
    if name == STANDARD_INPUT {
        return standard_input(reading);
    }
    if is_address(name) {
        return net(name, reading);
    }
    if shelf::holds(name) {
        // What comes with the program is read in the one way there is.
        return Ok(document.clone());
    }
    files::document(name.as_ref(), reading)
}

fn standard_input(reading: Reading) -> Result<Document, SourceError> {
    let input = input()?.try_clone();
    let input = input.map_err(|error| SourceError::from_io(STANDARD_INPUT, error))?;
    files::whole(STANDARD_INPUT, input, reading)
}

/// What comes through standard input, read to its end the first time.
fn input() -> Result<&'static Spool, SourceError> {
    if let Some(spool) = INPUT.get() {
        return Ok(spool);
    }
    let spool = Spool::of(io::stdin().lock().take(files::LIMIT + 1));
    let spool = spool.map_err(|error| SourceError::from_io(STANDARD_INPUT, error))?;
    Ok(INPUT.get_or_init(|| spool))
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

/// One source's bytes, unpacked, decoded and parsed.
fn document(name: &str, bytes: Vec<u8>, reading: Reading) -> Result<Document, SourceError> {
    format::document(name, bytes, reading).map_err(|problem| SourceError {
        name: name.to_owned(),
        problem,
    })
}
