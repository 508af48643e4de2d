//! The reader at work, and the commands beside it: what comes from the system and goes to it, around the pure rooms.
//!
//! The reader is a loop ([`reader`]) with its jobs and signals. Each command turns documents into text on standard output
//! and reports what it could not read. What a command needs of the command line is an `Options` of its own, plain data that `cli` fills in.

mod answers;
pub mod articles;
mod characters;
mod clipboard;
mod conll;
pub mod corrections;
mod doctor;
pub mod entities;
pub mod export;
pub mod fetch;
mod gather;
pub mod graph;
pub mod help;
pub mod index;
pub mod jobs;
mod keeping;
pub mod keys;
mod linear;
mod loading;
mod lot;
mod memory;
mod naming;
mod output;
mod paint;
mod passages;
pub mod print;
pub mod reader;
pub mod recognition;
mod record;
mod report;
mod rounds;
pub mod shelf;
pub mod signals;
mod sitting;
mod surroundings;
mod survey;
mod table;
pub mod wanted;
mod watching;
mod worker;

use std::ffi::OsString;
use std::io;

use thiserror::Error;

use characters::Place;
use gather::{Wanted, documents};
use keeping::Keeping;
pub use output::Output;
pub use report::Message;

use crate::app::Settings;
pub use crate::config::Side;
use crate::config::{Choices, Faults};
use crate::doc::Document;
use crate::layout;
use crate::locale::{Language, Locale};
use crate::source;
pub use crate::source::{Encoding, Reading};
use crate::source::{Guide, Opened, SourceError, Stretch, Walk};
use crate::text::Direction;

/// What the program is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open the reader.
    Read(Read),
    /// Print the articles as text.
    Print(print::Options),
    /// List the articles.
    Articles(articles::Options),
    /// List the names.
    Entities(entities::Options),
    /// List who and what is named in a set of articles.
    Index(index::Options),
    /// Write the graph of who is named together.
    Graph(graph::Options),
    /// List what the reader corrected in the names, or take corrections in.
    Corrections(corrections::Options),
    /// List the shelf.
    Shelf(shelf::Options),
    /// Put sources on the shelf.
    Add(Vec<OsString>),
    /// Take sources off the shelf.
    Remove(Vec<OsString>),
    /// Fetch what the shelf has in the net.
    Fetch(fetch::Options),
    /// Write what was marked, or the feeds of the shelf.
    Export(export::Options),
    /// Say how the terminal is written to, and let the reader choose.
    Doctor,
    /// Show a page of help.
    Help(help::Page),
    /// Write this text as it is: it is meant for programs.
    Write(String),
}

/// What the reader is told by the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The sources, as named.
    pub sources: Vec<OsString>,
    /// How their letters are read.
    pub reading: Reading,
    /// Where the sidebar stands, if not where the language puts it.
    pub sidebar: Option<Side>,
    /// The direction of all paragraphs, if not each its own.
    pub direction: Option<Direction>,
    /// Whether to read line by line.
    pub linear: bool,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All was done.
    Done,
    /// Something named could not be read; all else was done.
    Unread,
}

impl Outcome {
    /// The outcome of something that was done or was not.
    #[must_use]
    pub const fn of(done: bool) -> Self {
        if done { Self::Done } else { Self::Unread }
    }
}

/// Why a run ended before its work was done.
#[derive(Debug, Error)]
pub enum Failure {
    /// Standard output does not take what is written; `Interrupted` after Ctrl-C.
    #[error(transparent)]
    Writing(#[from] io::Error),
    /// There is no reading on this terminal.
    #[error(transparent)]
    Reading(#[from] reader::ReaderError),
}

/// Does what the command line asks for.
///
/// # Errors
/// Standard output that takes nothing more, or a terminal that cannot be read on.
pub fn run(
    command: Command,
    choices: &Choices,
    faults: &Faults,
    locale: &Locale,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let faults = faults
        .faults
        .iter()
        .map(|fault| Message::of_fault(locale, &faults.file, fault));
    let faults: Vec<Message> = faults.collect();
    let tells_itself = match &command {
        Command::Read(options) => !options.linear && output.is_terminal(),
        Command::Help(_) | Command::Write(_) => true,
        _ => false,
    };
    if !tells_itself {
        for fault in &faults {
            output.report(locale, fault)?;
        }
    }
    let outcome = match command {
        Command::Read(options) if options.linear => {
            let sources = source::named(&options.sources, guide(locale.language()));
            let outcome = linear::run(sources, options.reading, locale, output);
            output.finish()?;
            return outcome;
        }
        Command::Read(options) if output.is_terminal() => {
            return read(&options, choices, &faults, locale, output);
        }
        Command::Doctor => {
            let outcome = doctor::run(locale, output);
            output.finish()?;
            return outcome;
        }
        Command::Read(options) => print::run(&options.into(), locale, output),
        Command::Print(options) => print::run(&options, locale, output),
        Command::Articles(options) => articles::run(&options, locale, output),
        Command::Entities(options) => entities::run(&options, locale, output),
        Command::Index(options) => index::run(&options, locale, output),
        Command::Graph(options) => graph::run(&options, locale, output),
        Command::Corrections(options) => corrections::run(&options, locale, output),
        Command::Shelf(options) => shelf::list(&options, locale, output),
        Command::Add(sources) => shelf::add(&sources, locale, output),
        Command::Remove(sources) => shelf::remove(&sources, locale, output),
        Command::Fetch(options) => fetch::run(&options, locale, output),
        Command::Export(options) => export::run(&options, locale, output),
        Command::Help(page) => help::show(&page, locale, output).map(|()| Outcome::Done),
        Command::Write(text) => output.text(&text).map(|()| Outcome::Done),
    };
    // Whatever happened, the terminal gets its mode back.
    let finished = output.finish();
    let outcome = outcome?;
    finished?;
    Ok(outcome)
}

/// Opens the reader, and reports what it could not read once it is closed.
fn read(
    options: &Read,
    choices: &Choices,
    faults: &[Message],
    locale: &Locale,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let language = locale.language();
    let settings = Settings {
        side: options.sidebar.unwrap_or(choices.sidebar),
        direction: language.direction(),
        paragraphs: options.direction.or(choices.direction),
        drawing: drawing(choices),
        ..Settings::default()
    };
    let sources = source::named(&options.sources, guide(language));
    let tell = |error: &SourceError| Message::of_source_error(locale, error).text;
    let reader::Left { unread, trouble } = reader::read(
        sources,
        options.reading,
        settings,
        output.wish(),
        locale,
        (faults.first().map(|fault| fault.text.clone()), &tell),
    )?;
    for fault in faults {
        output.report(locale, fault)?;
    }
    for message in keeping::messages(locale, trouble) {
        output.report(locale, &message)?;
    }
    for error in &unread {
        output.report(locale, &Message::of_source_error(locale, error))?;
    }
    Ok(if unread.is_empty() {
        Outcome::Done
    } else {
        Outcome::Unread
    })
}

/// How text is drawn by the user's choices.
fn drawing(choices: &Choices) -> layout::Options {
    layout::Options {
        justify: choices.justify,
        tashkeel: choices.tashkeel,
        tatweel: choices.tatweel,
        digits: choices.digits,
        ..layout::Options::default()
    }
}

/// A document, or a part of a text that is too large to be one.
#[derive(Clone, Copy, Debug)]
struct Text<'a> {
    document: &'a Document,
    /// How many articles of its source stand before it.
    first: usize,
    /// Whether its first article has begun in the text before.
    continues: bool,
    /// The blanks between its last paragraph and the rest of that, which comes in the text after it.
    after: Option<&'a str>,
    /// What stands before it in its source.
    before: Place,
    /// Who knows what is kept.
    keeping: &'a Keeping,
}

/// Hands each document of the named sources to `each`; what cannot be read is reported and passed over. What is too large to be
/// held comes in parts, one after another.
fn for_each_text(
    named: &[OsString],
    reading: Reading,
    locale: &Locale,
    output: &mut Output,
    mut each: impl FnMut(Text<'_>, &mut Output) -> io::Result<()>,
) -> io::Result<Outcome> {
    let mut outcome = Outcome::Done;
    let (keeping, trouble) = Keeping::collecting();
    let mut hand = |stretch: Result<Stretch, SourceError>, output: &mut Output| {
        let stretch = match stretch {
            Ok(stretch) => stretch,
            Err(error) => {
                outcome = Outcome::Unread;
                return output.report(locale, &Message::of_source_error(locale, &error));
            }
        };
        let document = &stretch.document;
        for notice in &document.notices {
            let message = Message::of_notice(locale, &document.name, notice);
            output.report(locale, &message)?;
        }
        let (character, byte) = stretch.before;
        let text = Text {
            document,
            first: stretch.article,
            continues: stretch.continues,
            after: stretch.after.as_deref(),
            before: Place { character, byte },
            keeping: &keeping,
        };
        each(text, output)
    };
    for source in source::named(named, guide(locale.language())) {
        match source::open(source.clone(), reading) {
            Ok(Opened::Large(large)) if large.is_too_large() => {
                let mut walk = Walk::new(large);
                while let Some(stretch) = walk.next() {
                    let name = walk.name();
                    let stretch = stretch.map_err(|error| SourceError::from_io(name, error));
                    hand(stretch, output)?;
                }
                for notice in walk.notices() {
                    let message = Message::of_notice(locale, walk.name(), &notice);
                    output.report(locale, &message)?;
                }
            }
            Ok(Opened::Document(document)) => hand(Ok(whole(document)), output)?,
            Ok(_) => {
                for document in documents(vec![source], reading, Wanted::New, keeping.clone()) {
                    hand(document.map(whole), output)?;
                }
            }
            Err(error) => hand(Err(error), output)?,
        }
    }
    keeping.end();
    trouble.report(locale, output)?;
    Ok(outcome)
}

/// A document that is held, as a stretch.
const fn whole(document: Document) -> Stretch {
    Stretch {
        document,
        article: 0,
        continues: false,
        after: None,
        before: (0, 0),
    }
}

/// The guide in the language of the interface.
#[must_use]
pub const fn guide(language: Language) -> Guide {
    match language {
        Language::Arabic => Guide::Arabic,
        Language::English => Guide::English,
    }
}
