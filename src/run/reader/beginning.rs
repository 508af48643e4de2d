//! The beginning of a sitting: from sources, settings and a terminal to a reader that has its first frame to draw.
//!
//! A start does the least that a picture needs. What is there in no time is read on the spot, what was kept is looked up at a
//! glance, and threads begin after the first frame ([`Later`]), unless something must be waited for anyway.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use super::ways::theme;
use super::{Event, Left, Reader, ReaderError};
use crate::action::{Keymap, Layout};
use crate::app::{App, Effect, Message, Settings};
use crate::library::{Glance, Identity};
use crate::locale::Locale;
use crate::run::jobs::{Resolving, Tagging};
use crate::run::keeping::Keeping;
use crate::run::loading::{Loaded, Loading, is_shelf};
use crate::run::passages::{Opening, Passages};
use crate::run::recognition::{ANSWERS, Recognition, Wish};
use crate::run::rounds::Neighbours;
use crate::run::signals::{Caught, Watch};
use crate::run::sitting::Sitting;
use crate::run::watching::Watching;
use crate::source::{Reading, Source, SourceError};
use crate::term::events::{Input, Listener};
use crate::term::{Screen, Terminal, guard_panics};

/// How long the first frame waits for the first source: a file is there by then, so no empty screen flashes up before it.
const FIRST_SOURCE: Duration = Duration::from_millis(80);

/// Puts what could not be read into words.
type Words<'a> = &'a dyn Fn(&SourceError) -> String;

/// What is put off until the first frame has been drawn: threads before it would only compete with it.
#[derive(Default)]
pub(super) struct Later {
    pub(super) effects: Vec<Effect>,
    /// The start of the thread that owns the state file.
    pub(super) keep: Option<Box<dyn FnOnce()>>,
    /// The reading of what is not read yet.
    load: Option<Box<dyn FnOnce()>>,
    caught: Option<Caught>,
}

/// Reads sources until the reader is told to end; returns what is to be said then. When no source could be read, it does not begin.
/// `told` is said in the status line of the first frame, and `tell` puts what could not be read into words for it; `wish` says how rows are sent, if the reader has said so.
///
/// # Errors
/// When there is no terminal, or it goes away.
pub fn read(
    sources: Vec<Source>,
    reading: Reading,
    settings: Settings,
    wish: Option<Wish>,
    locale: &Locale,
    (told, tell): (Option<String>, Words<'_>),
) -> Result<Left, ReaderError> {
    let (sender, events) = channel();
    let resuming = is_shelf(&sources);
    let begun = begin(sources, reading, resuming, &sender);
    let (keeping, glance, mut later) = begun;
    let mut recognition = Recognition::begin(wish);
    let keymap = Arc::new(Keymap::built_in(Layout::default()));
    let mut early = wait_for_first(&events, resuming);
    if is_in_vain(&early) {
        // All is read and nothing was a document: an empty screen would hide why.
        return Ok(Left {
            unread: early.into_iter().filter_map(Event::unread).collect(),
            ..Left::default()
        });
    }

    let panics = sender.clone();
    guard_panics(move |panic| {
        let _ = panics.send(Event::Message(Message::Failed(panic)));
    });
    later.caught = Some(Caught::catch()?);
    let mut terminal = Terminal::enter()?;
    let (tagging, resolving, passages, watching) = jobs(reading, &sender, &keeping);
    let (mut listener, mut watch) = (None, None);
    if recognition.way().waits {
        watch = later
            .caught
            .take()
            .map(|caught| hear(caught, &sender))
            .transpose()?;
        listener = Some(listen(&mut terminal, &recognition, &sender)?);
        wait_for_answers(&mut recognition, &events, &mut early);
    }
    if recognition.answers().are_complete() {
        terminal.answered();
    }
    let way = recognition.way();
    terminal.adopt(way.before, way.switch)?;
    let colours = recognition.colours();
    let theme = theme(&recognition, colours.depth)?;
    let mut screen = Screen::new(terminal.output(), way.profile, colours)?;
    screen.set_tashkeel(way.tashkeel);
    let size = screen.size()?;
    let settings = Settings {
        tashkeel_lands: way.tashkeel,
        ..settings
    };
    let app = App::new(keymap, settings, (size.width, size.height));
    let mut reader = Reader {
        app,
        locale,
        theme,
        colours,
        terminal,
        listener,
        watch,
        screen,
        recognition,
        way,
        chosen: None,
        tagging,
        send: sender,
        resolving,
        passages,
        identities: BTreeMap::new(),
        watching,
        awaited: 0,
        later: Some(later),
        glance,
        keeping,
        sitting: Sitting::begin(Instant::now()),
        again: None,
        tell,
        unread: Vec::new(),
        trouble: Vec::new(),
    };
    early.extend(told.map(|told| Event::Message(Message::Failed(told))));
    let flow = reader.run(early, &events);
    // It may have ended before anything was drawn.
    reader.begin_keeping();
    reader.close();
    reader.leave(flow, &events)
}

/// Begins with the sources and with what was kept, and puts off what the first frame does not wait for.
fn begin(
    sources: Vec<Source>,
    reading: Reading,
    resuming: bool,
    sender: &Sender<Event>,
) -> (Keeping, Option<Glance>, Later) {
    let kept = sender.clone();
    let (keeping, keep) = Keeping::later(move |news| {
        let _ = kept.send(Event::Kept(news));
    });
    // What is on the shelf is asked for at once.
    let glance = if resuming { None } else { Glance::take() };
    keeping.corrections();
    let mut later = Later::default();
    if glance.is_none() {
        keep();
        later.load = begin_loading(sources, reading, keeping.clone(), sender.clone());
        return (keeping, glance, later);
    }
    later.load = begin_loading(sources, reading, keeping.clone(), sender.clone());
    if later.load.is_some() {
        later.keep = Some(keep);
    } else {
        // Whoever reads the sources may ask what was kept.
        keep();
    }
    (keeping, glance, later)
}

/// Begins to read the sources, and tells what becomes of each. Where the first is there at once, the reading of the others is given
/// back, to be begun later.
fn begin_loading(
    sources: Vec<Source>,
    reading: Reading,
    keeping: Keeping,
    sender: Sender<Event>,
) -> Option<Box<dyn FnOnce()>> {
    let mut loading = Loading::new(sources, reading, keeping, move |source| {
        let event = match source {
            Loaded::Document(document) => Event::Message(Message::Loaded(document)),
            Loaded::Large(large) => match Opening::of(&large) {
                Ok(opening) => Event::Opened(Arc::new(large), Box::new(opening)),
                Err(error) => Event::Unread(SourceError::from_io(large.name(), error)),
            },
            Loaded::Outgrown(large) => match Opening::of(&large) {
                Ok(opening) => Event::Completed(Arc::new(large), Box::new(opening)),
                Err(error) => Event::Refused(SourceError::from_io(large.name(), error)),
            },
            Loaded::LastLarge(article) => Event::Message(Message::ResumedLarge(article)),
            Loaded::Last(document, article) => {
                Event::Message(Message::Resumed { document, article })
            }
            Loaded::Completed(document) => Event::Message(Message::Completed(document)),
            Loaded::Files(documents) => Event::Message(Message::Arrived(documents)),
            Loaded::Renewed(document, Neighbours { after, before }) => {
                Event::Message(Message::Renewed {
                    document,
                    after,
                    before,
                })
            }
            Loaded::Unread(error) => Event::Unread(error),
            Loaded::SoFar(count) => Event::Message(Message::SoFar(count)),
            Loaded::All => Event::Message(Message::AllLoaded),
        };
        // Nobody hears when the reader has ended.
        let _ = sender.send(event);
    });
    if loading.read_first() {
        return Some(Box::new(|| loading.go_on()));
    }
    loading.go_on();
    None
}

/// Hears the signals that are caught.
fn hear(caught: Caught, sender: &Sender<Event>) -> io::Result<Watch> {
    let signals = sender.clone();
    Watch::over(caught, move |signal| {
        signals.send(Event::Signal(signal)).is_ok()
    })
}

/// Hears the terminal, and asks it what it is.
fn listen(
    terminal: &mut Terminal,
    recognition: &Recognition,
    sender: &Sender<Event>,
) -> io::Result<Listener> {
    let inputs = sender.clone();
    let listener = terminal.listen(move |input| inputs.send(Event::Input(input)).is_ok())?;
    if recognition.may_ask() {
        terminal.ask()?;
    }
    Ok(listener)
}

/// Whether all is read and nothing was a document.
fn is_in_vain(early: &[Event]) -> bool {
    let is_document = |event: &Event| {
        matches!(
            event,
            Event::Message(Message::Loaded(_)) | Event::Opened(..)
        )
    };
    let is_end = |event: &Event| matches!(event, Event::Message(Message::AllLoaded));
    early.iter().any(is_end) && !early.iter().any(is_document)
}

/// Those who find names and levels, read passages, and watch files.
fn jobs(
    reading: Reading,
    sender: &Sender<Event>,
    keeping: &Keeping,
) -> (Tagging, Resolving, Passages, Watching) {
    let (named, resolved) = (sender.clone(), sender.clone());
    let (fetched, watched) = (sender.clone(), sender.clone());
    // Nobody hears when the reader has ended.
    let tagging = Tagging::new(reading, keeping.clone(), move |message| {
        let _ = named.send(Event::Message(message));
    });
    let resolving = Resolving::new(move |message| {
        let _ = resolved.send(Event::Message(message));
    });
    let passages = Passages::new(reading, move |result| {
        fetched
            .send(result.map_or_else(Event::Refused, Event::Message))
            .is_ok()
    });
    let watching = Watching::new(move |message| {
        let _ = watched.send(Event::Message(message));
    });
    (tagging, resolving, passages, watching)
}

/// Waits a moment for the first source, or for the one that was read last if the reader goes on with it; returns what came.
fn wait_for_first(events: &Receiver<Event>, resuming: bool) -> Vec<Event> {
    let until = Instant::now() + FIRST_SOURCE;
    let mut early = Vec::new();
    while let Ok(event) = events.recv_timeout(until.saturating_duration_since(Instant::now())) {
        let enough = match &event {
            Event::Message(Message::Loaded(_)) => !resuming,
            Event::Message(message) => {
                matches!(
                    message,
                    Message::Resumed { .. } | Message::ResumedLarge(_) | Message::AllLoaded
                )
            }
            event => matches!(event, Event::Opened(..)) && !resuming,
        };
        early.push(event);
        if enough {
            break;
        }
    }
    early
}

/// Waits for the terminal's answers, if the first frame depends on them; what else comes is put to `early`.
fn wait_for_answers(
    recognition: &mut Recognition,
    events: &Receiver<Event>,
    early: &mut Vec<Event>,
) {
    let until = Instant::now() + ANSWERS;
    while recognition.way().waits
        && let Ok(event) = events.recv_timeout(until.saturating_duration_since(Instant::now()))
    {
        match event {
            Event::Input(Input::Reply(reply)) => recognition.take(reply),
            event => early.push(event),
        }
    }
}

impl Reader<'_> {
    /// What was kept of the open article, at a glance; the glance is taken once only.
    pub(super) fn glance(&mut self) -> Option<Message> {
        let article = self.app.listing.open_id();
        let held = self.app.listing.document(article);
        let identity = held.map_or_else(
            || self.identities.get(&article).cloned(),
            |(document, index)| Identity::of(document, index),
        )?;
        let record = self.glance.take()?.recall(&identity)?;
        Some(Message::Recalled { article, record })
    }

    /// Starts the thread that owns the state file, if that was put off.
    pub(super) fn begin_keeping(&mut self) {
        let keep = self.later.as_mut().and_then(|later| later.keep.take());
        if let Some(keep) = keep {
            keep();
        }
    }

    /// Whether it is not known yet where the open article was left.
    pub(super) fn awaits_place(&self) -> bool {
        let open = self.app.listing.open_id();
        let is_known =
            self.app.listing.document(open).is_some() || self.identities.contains_key(&open);
        is_known && self.app.records.get(open).is_none()
    }

    /// Does what the first frame did not wait for.
    pub(super) fn go_on(&mut self, later: Later) -> Result<(), ReaderError> {
        if let Some(caught) = later.caught {
            self.watch = Some(hear(caught, &self.send)?);
        }
        if self.listener.is_none() {
            self.listener = Some(listen(&mut self.terminal, &self.recognition, &self.send)?);
        }
        if let Some(load) = later.load {
            load();
        }
        for effect in later.effects {
            self.perform(effect)?;
        }
        Ok(())
    }
}
