//! The reading of sources on a thread of its own, one after another, and then of what is new or has changed in them.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::answers::{Answer, Answers};
use super::gather::{Wanted, documents, kept, source_of};
use super::keeping::Keeping;
use super::lot::Lots;
use super::passages::Opening;
use super::rounds::{Neighbours, Rounds};
use crate::app::Message;
use crate::doc::Document;
use crate::library::{Address, Last};
use crate::source;
use crate::source::{Halt, Large, Opened, Reading, Source, SourceError, is_address};

/// What reading sources comes to, one after another.
#[derive(Debug)]
pub enum Loaded {
    /// A document.
    Document(Arc<Document>),
    /// Documents of files, which can be read again.
    Files(Vec<Arc<Document>>),
    /// The whole of a document whose beginning has come already.
    Completed(Arc<Document>),
    /// A text that is read in passages.
    Large(Large),
    /// The whole of a text whose beginning has come already; it is read in passages.
    Outgrown(Large),
    /// The large text that was told of last holds the article that was read last: the one of this number.
    LastLarge(usize),
    /// The article of this index in that document is the one that was read last; the document has come already.
    Last(Arc<Document>, usize),
    /// A document whose file is new or has changed since.
    Renewed(Arc<Document>, Neighbours),
    /// A source that could not be read.
    Unread(SourceError),
    /// So many have been read, and there are more.
    SoFar(usize),
    /// There are no more.
    All,
}

/// The reading of sources, and of what is new in them later; `send` gets what became of each. On the shelf the article that was read
/// last is looked for, and its source is read too if it is still there.
pub struct Loading<S> {
    sources: VecDeque<Source>,
    rounds: Rounds,
    reading: Reading,
    keeping: Keeping,
    lots: Arc<Lots<S>>,
}

impl<S: Fn(Loaded) + Send + Sync + 'static> Loading<S> {
    /// Nothing has been read yet.
    pub fn new(sources: Vec<Source>, reading: Reading, keeping: Keeping, send: S) -> Self {
        Self {
            rounds: Rounds::over(&sources),
            sources: sources.into(),
            reading,
            keeping,
            lots: Arc::new(Lots::new(send)),
        }
    }

    /// Reads the first source here and now, if that takes no time, and says whether: on a machine that has much to do a thread is long in coming.
    pub fn read_first(&mut self) -> bool {
        let first = self.sources.front();
        let Some(opened) = first.and_then(|source| source::at_once(source, self.reading)) else {
            return false;
        };
        self.sources.pop_front();
        match opened {
            Opened::Large(large) => {
                self.rounds.leave(large.name());
                self.lots.tell(Loaded::Large(large));
            }
            Opened::Document(document) => {
                self.rounds.know(&document.name);
                self.lots.tell(Loaded::Document(Arc::new(document)));
            }
            Opened::Other(source) => self.sources.push_front(source),
        }
        if self.sources.is_empty() {
            self.lots.tell(Loaded::All);
        }
        true
    }

    /// Reads the others on a thread of its own, which then looks for what is new.
    pub fn go_on(self) {
        if !(self.sources.is_empty() && self.rounds.is_empty()) {
            thread::spawn(move || self.work());
        }
    }

    fn work(mut self) {
        self.lots.watch();
        let sources = Vec::from(std::mem::take(&mut self.sources));
        let is_over = sources.is_empty();
        let resumes = is_shelf(&sources);
        let (sources, last) = if resumes {
            let (sources, last) = resume(sources, &self.keeping);
            self.rounds = Rounds::over(&sources);
            (sources, last)
        } else {
            (sources, None)
        };
        let wanted = if resumes { Wanted::Kept } else { Wanted::New };
        let mut answers = Answers::ask(&sources, self.reading, wanted, &self.keeping);
        for (at, source) in sources.into_iter().enumerate() {
            if matches!(source, Source::Net(_)) {
                if let Some(answer) = answers.soon(at) {
                    self.take_answer(answer, last.as_ref());
                }
            } else {
                self.read(source, wanted, last.as_ref());
            }
        }
        while let Some(answer) = answers.late() {
            self.take_answer(answer, last.as_ref());
        }
        if !is_over {
            self.lots.tell(Loaded::All);
        }
        while !self.rounds.is_empty() {
            let begun = Instant::now();
            self.look();
            thread::sleep(Rounds::pause(begun));
        }
    }

    /// Reads what is new or has changed.
    fn look(&mut self) {
        let mut rounds = std::mem::take(&mut self.rounds);
        rounds.look(|seen| {
            match source::read_file(&seen.path, seen.named, self.reading)? {
                Ok(document) => {
                    let name = document.name.clone();
                    self.lots
                        .tell(Loaded::Renewed(Arc::new(document), seen.neighbours));
                    return Some(name);
                }
                Err(error) => self.lots.tell(Loaded::Unread(error)),
            }
            None
        });
        self.rounds = rounds;
    }

    fn take_answer(&mut self, answer: Answer, last: Option<&Last>) {
        for document in answer {
            self.take(document, (false, false), last);
        }
    }

    fn read(&mut self, source: Source, wanted: Wanted, last: Option<&Last>) {
        // Where the reader goes on somewhere in the middle, the beginning would only be in the way.
        let opening = (wanted == Wanted::New)
            .then(|| source::opening(&source, self.reading))
            .flatten();
        let begun = opening.is_some();
        if let Some(opening) = opening {
            self.lots.tell(Loaded::Document(Arc::new(opening)));
        }
        let is_path = matches!(source, Source::Path(_));
        let opened = source::open(source, self.reading);
        let is_file = is_path && matches!(opened, Ok(Opened::Other(_)));
        let documents: Box<dyn Iterator<Item = _>> = match opened {
            Ok(Opened::Large(large)) => return self.take_large(large, begun, last),
            Ok(Opened::Document(document)) => Box::new(std::iter::once(Ok(document))),
            Ok(Opened::Other(source)) => Box::new(documents(
                vec![source],
                self.reading,
                wanted,
                self.keeping.clone(),
            )),
            Err(error) => return self.lots.tell(Loaded::Unread(error)),
        };
        for document in documents {
            self.take(document, (begun, is_file), last);
        }
    }

    /// Tells of a document: of one whose beginning was told before, of a file, or of any other.
    fn take(
        &mut self,
        document: Result<Document, SourceError>,
        (begun, is_file): (bool, bool),
        last: Option<&Last>,
    ) {
        // A file was opened as what it is.
        let document = document.and_then(|document| {
            if is_address(&document.name) {
                source::lay_down(document)
            } else {
                Ok(Opened::Document(document))
            }
        });
        let document = match document {
            Ok(Opened::Document(document)) => Arc::new(document),
            Ok(Opened::Large(large)) => return self.take_large(large, begun, last),
            Ok(Opened::Other(_)) => return,
            Err(error) => return self.lots.tell(Loaded::Unread(error)),
        };
        self.rounds.know(&document.name);
        let index = last.and_then(|last| last.find(&document));
        if begun {
            self.lots.tell(Loaded::Completed(Arc::clone(&document)));
        } else if is_file && index.is_none() {
            return self.lots.tell_of_file(document);
        } else {
            self.lots.tell(Loaded::Document(Arc::clone(&document)));
        }
        if let Some(index) = index {
            self.lots.tell(Loaded::Last(document, index));
        }
    }

    /// Takes in a source that is read in passages, in the place of its beginning if that has come.
    fn take_large(&mut self, large: Large, begun: bool, last: Option<&Last>) {
        self.rounds.leave(large.name());
        if begun {
            return self.lots.tell(Loaded::Outgrown(large));
        }
        let last = last.filter(|last| last.is_of(large.name()));
        self.lots.tell(Loaded::Large(large));
        if let Some(last) = last {
            self.lots.tell(Loaded::LastLarge(last.ordinal));
        }
    }
}

/// Whether nothing was named, so that the reader goes on where they were.
#[must_use]
pub fn is_shelf(sources: &[Source]) -> bool {
    matches!(sources, [Source::Shelf(_)])
}

/// The sources of the shelf before those that are built in, and before all the source of the article that was read last, unless
/// it stands on the shelf.
fn resume(built_in: Vec<Source>, keeping: &Keeping) -> (Vec<Source>, Option<Last>) {
    let known = keeping.ask(|library| {
        let shelf = library.shelf().unwrap_or_default();
        (shelf, library.last().ok().flatten())
    });
    let (shelf, last) = known.unwrap_or_default();
    let holds = |address: &Address, source: &str| match address {
        Address::Path(path) => Path::new(source).starts_with(path),
        Address::Net(address) => address == source,
    };
    let mut sources = Vec::new();
    if let Some(last) = &last
        && !shelf
            .iter()
            .any(|shelved| holds(&shelved.address, &last.source))
    {
        let path = Path::new(&last.source);
        if is_address(&last.source) {
            sources.push(Source::Net(last.source.clone()));
        } else if path.is_absolute() && path.is_file() {
            sources.push(Source::Path(path.to_owned()));
        }
    }
    sources.extend(shelf.into_iter().map(|shelved| source_of(shelved.address)));
    sources.extend(built_in);
    (sources, last)
}

/// A document once more; one of the net as it was fetched last, so that another encoding needs no second answer.
fn again(before: &Document, reading: Reading, keeping: &Keeping) -> Result<Document, SourceError> {
    if is_address(&before.name)
        && let Some(page) = kept(&before.name, keeping)
    {
        return source::fetched(&before.name, &page, reading);
    }
    source::read_again(before, reading)
}

/// What became of a source that was read once more.
#[derive(Debug)]
pub enum Again {
    /// A document in the place of the one before.
    Whole(Message),
    /// It is large now; its scan has been begun.
    Large(Large, Box<Opening>),
}

/// Reads the source of a document once more, on a thread of its own.
pub fn read_again(
    before: Arc<Document>,
    reading: Reading,
    keeping: Keeping,
    send: impl FnOnce(Result<Again, SourceError>) + Send + 'static,
) {
    thread::spawn(move || {
        let path = source::file(&before.name);
        let opened = path.map(|path| source::open(Source::Path(path), reading));
        let document = match opened {
            Some(Ok(Opened::Large(large))) => {
                let opening = Opening::of(&large);
                let opening = opening.map_err(|error| SourceError::from_io(large.name(), error));
                return send(opening.map(|opening| Again::Large(large, Box::new(opening))));
            }
            Some(Ok(Opened::Document(document))) => Ok(document),
            _ => again(&before, reading, &keeping),
        };
        send(document.map(|document| {
            Again::Whole(Message::ReadAgain {
                before,
                document: Arc::new(document),
            })
        }));
    });
}

/// Reads a source once more that is read in passages, in another way, on a thread of its own: it may be held whole then. It is told
/// of when something can be shown, or all of it; a halt ends it, and nothing is told.
pub fn read_large_again(
    name: String,
    source: usize,
    reading: Reading,
    (keeping, halt): (Keeping, Halt),
    is_whole: bool,
    send: impl FnOnce(Result<Again, SourceError>) + Send + 'static,
) {
    thread::spawn(move || {
        let again = |opened| match opened {
            Opened::Large(large) if reading.repair && !large.written().repaired => {
                Ok(Again::Whole(Message::NothingToRepair))
            }
            Opened::Large(large) => {
                let opening = if is_whole {
                    Opening::of_whole(&large, &halt)
                } else {
                    Opening::of(&large)
                };
                opening
                    .map_err(|error| SourceError::from_io(&name, error))
                    .map(|opening| Again::Large(large, Box::new(opening)))
            }
            Opened::Document(document) => Ok(Again::Whole(Message::Held {
                source,
                document: Arc::new(document),
            })),
            Opened::Other(_) => Ok(Again::Whole(Message::NothingToRepair)),
        };
        let page = is_address(&name).then(|| kept(&name, &keeping)).flatten();
        let opened = match page {
            Some(page) => source::fetched(&name, &page, reading).and_then(source::lay_down),
            None => source::open_again(&name, reading, &halt),
        };
        let result = opened.and_then(again);
        if !halt.is_set() {
            send(result);
        }
    });
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;

    #[test]
    fn no_source_waits_for_a_server_that_never_answers() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "نص\n").unwrap();
        let mute = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", mute.local_addr().unwrap());
        let (told, heard) = channel();
        let (keeping, _) = Keeping::later(|_| {});
        let tell = move |loaded| {
            let _ = told.send(loaded);
        };
        let sources = vec![Source::Net(address), Source::Path(path)];
        Loading::new(sources, Reading::default(), keeping, tell).go_on();
        let mut told = heard
            .iter()
            .filter(|told| !matches!(told, Loaded::SoFar(_)));
        let first = told.next().unwrap();
        assert!(matches!(&first, Loaded::Document(document) if document.name.ends_with("a.txt")));
        drop(mute);
        assert!(matches!(told.next().unwrap(), Loaded::Unread(_)));
        assert!(matches!(told.next().unwrap(), Loaded::All));
    }

    #[test]
    fn no_file_waits_to_be_told_of_for_a_source_that_is_long_in_coming() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let pipe = path("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).unwrap();
        let mut sources = Vec::new();
        for name in ["1.txt", "2.txt", "3.txt"] {
            fs::write(path(name), "نص\n").unwrap();
            sources.push(Source::Path(path(name)));
        }
        sources.push(Source::Path(pipe.clone()));
        let (told, heard) = channel();
        let (keeping, _) = Keeping::later(|_| {});
        let tell = move |loaded| {
            let _ = told.send(loaded);
        };
        Loading::new(sources, Reading::default(), keeping, tell).go_on();
        let mut files = 0;
        while files < 3 {
            files += match heard.recv_timeout(Duration::from_secs(20)).unwrap() {
                Loaded::Document(_) => 1,
                Loaded::Files(documents) => documents.len(),
                Loaded::SoFar(_) => 0,
                other => panic!("{other:?}"),
            };
        }
        fs::write(&pipe, "نص\n").unwrap();
        let mut rest = heard
            .iter()
            .filter(|told| !matches!(told, Loaded::SoFar(_)));
        assert!(matches!(rest.next().unwrap(), Loaded::Document(_)));
    }
}
