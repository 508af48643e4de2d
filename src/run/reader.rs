//! The reader's loop: one channel in, one frame out.
//!
//! Everything that happens comes through the channel. What waits in it is taken in whole, then the screen is drawn once, if
//! something has changed. What must be done outside the state is done here, and nowhere else.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use ratatui::Terminal as Frames;
use thiserror::Error;

use super::clipboard;
use super::jobs::{Resolving, Tagging};
use super::keeping::{Keeping, News, Trouble, told};
use super::loading::{Again, Loaded, Loading, is_shelf, read_again, read_large_again};
use super::passages::{Opening, Passages};
use super::recognition::{ANSWERS, Recognition, Way, Wish};
use super::report;
use super::rounds::Neighbours;
use super::signals::{Caught, Signal, Watch, die, stop};
use super::sitting::Sitting;
use super::watching::{Watched, Watching};
use crate::action::{Keymap, KeymapError, Layout};
use crate::app::{
    App, ArticleId, Effect, Message, Pointer, PointerKind, Settings, Status, may_survey, update,
};
use crate::config::{Colour, Theme, ThemeError};
use crate::doc::{Document, Passage, UTF_8, Written};
use crate::library::{Glance, Identity, Library, LibraryError};
use crate::locale::Locale;
use crate::source;
use crate::source::{Encoding, Large, Reading, Source, SourceError};
use crate::term::colours::{Colours, Depth};
use crate::term::encode::Profile;
use crate::term::events::{Button, Input, Listener, Mouse, MouseKind, Reply};
use crate::term::{Output, Screen, Terminal, TerminalError, guard_panics};
use crate::ui::{Scene, draw};

/// How long the first frame waits for the first source: a file is there by then, so no empty screen flashes up before it.
const FIRST_SOURCE: Duration = Duration::from_millis(80);

/// How long keys and frames wait for a passage that was asked for.
const PASSAGE: Duration = Duration::from_millis(100);
/// How long the first frame waits for the place where its article was left.
const FIRST_PLACE: Duration = Duration::from_millis(40);
/// When nothing has happened for so long, the names of some more articles are sought.
const IDLE: Duration = Duration::from_millis(120);

/// What can come through the channel.
#[derive(Debug)]
enum Event {
    Input(Input),
    Signal(Signal),
    Message(Message),
    /// A large source was opened and the scan for its articles begun.
    Opened(Arc<Large>, Box<Opening>),
    /// A source that was held whole is large now.
    Outgrown(usize, Arc<Large>, Box<Opening>),
    Unread(SourceError),
    Kept(News),
    /// A source that was read before cannot be read again.
    Refused(SourceError),
}

impl Event {
    /// The source that could not be read, if that is what it tells.
    fn unread(self) -> Option<SourceError> {
        match self {
            Self::Unread(error) => Some(error),
            _ => None,
        }
    }
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    On,
    End,
    /// End as the signal of this number would have it.
    Die(i32),
}

/// Why there is no reading.
#[derive(Debug, Error)]
pub enum ReaderError {
    /// There is no terminal, or it refuses.
    #[error(transparent)]
    Terminal(#[from] TerminalError),
    /// The terminal went away, or the system gave no thread.
    #[error(transparent)]
    System(#[from] io::Error),
    /// The built-in keymap is broken.
    #[error(transparent)]
    Keymap(#[from] KeymapError),
    /// The built-in theme is broken.
    #[error(transparent)]
    Theme(#[from] ThemeError),
}

/// The parts of the running reader.
struct Reader<'a> {
    app: App,
    locale: &'a Locale,
    theme: Theme,
    /// What can be coloured.
    colours: Colours,
    terminal: Terminal,
    /// Who hears the terminal, once the first frame is drawn or answers are waited for.
    listener: Option<Listener>,
    /// Who hears the system's signals, from then on too.
    watch: Option<Watch>,
    frames: Frames<Screen<Output>>,
    recognition: Recognition,
    /// How the terminal is written to now.
    way: Way,
    /// The profile that was chosen by key.
    chosen: Option<Profile>,
    tagging: Tagging,
    /// The way to this loop, for jobs that are begun in it.
    send: Sender<Event>,
    resolving: Resolving,
    passages: Passages,
    /// By what articles are known that are read in passages.
    identities: BTreeMap<ArticleId, Identity>,
    watching: Watching,
    /// How many passages have been ordered and have not come.
    awaited: usize,
    /// What the first frame does not wait for; nothing once that is drawn.
    later: Option<Later>,
    /// A look at what was kept, for the first frame.
    glance: Option<Glance>,
    keeping: Keeping,
    sitting: Sitting,
    tell: &'a dyn Fn(&SourceError) -> String,
    /// The sources that could not be read.
    unread: Vec<SourceError>,
    /// What happened to the state file.
    trouble: Vec<Trouble>,
}

/// What is put off until the first frame has been drawn: threads before it would only compete with it.
#[derive(Default)]
struct Later {
    effects: Vec<Effect>,
    /// The start of the thread that owns the state file.
    keep: Option<Box<dyn FnOnce()>>,
    /// The reading of what is not read yet.
    load: Option<Box<dyn FnOnce()>>,
    caught: Option<Caught>,
}

/// What is to be said once the reader is closed.
#[derive(Debug, Default)]
pub struct Left {
    /// The sources that could not be read.
    pub unread: Vec<SourceError>,
    /// What happened to the state file.
    pub trouble: Vec<Trouble>,
}

/// Reads sources until the reader is told to end; returns what is to be said then. When no source could be read, it does not begin.
/// `tell` puts what could not be read into words, for the status line; `wish` says how rows are sent, if the reader has said so.
///
/// # Errors
/// When there is no terminal, or it goes away.
pub fn read(
    sources: Vec<Source>,
    reading: Reading,
    settings: Settings,
    wish: Option<Wish>,
    locale: &Locale,
    tell: &dyn Fn(&SourceError) -> String,
) -> Result<Left, ReaderError> {
    let (sender, events) = channel();
    let resuming = is_shelf(&sources);
    let begun = begin(sources, reading, resuming, &sender);
    let (keeping, glance, mut later) = begun;
    let mut recognition = Recognition::begin(wish);
    let keymap = Arc::new(Keymap::built_in(Layout::default())?);
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
    let mut frames = Frames::new(Screen::new(terminal.output(), way.profile, colours)?)?;
    frames.backend_mut().set_tashkeel(way.tashkeel);
    let size = frames.size()?;
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
        frames,
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
        tell,
        unread: Vec::new(),
        trouble: Vec::new(),
    };
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

/// What became of a source that was read once more.
fn heard(source: usize, result: Result<Again, SourceError>) -> Event {
    match result {
        Ok(Again::Whole(message)) => Event::Message(message),
        Ok(Again::Large(large, opening)) => Event::Outgrown(source, Arc::new(large), opening),
        Err(error) => Event::Refused(error),
    }
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

/// The theme for the terminal's ground.
fn theme(recognition: &Recognition, depth: Depth) -> Result<Theme, ThemeError> {
    let ground = recognition.ground();
    let ground = ground.map(|[red, green, blue]| Colour(red, green, blue));
    Theme::for_ground(ground, depth == Depth::Ansi)
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
    /// Takes events in and draws until one of them ends it.
    fn run(&mut self, early: Vec<Event>, events: &Receiver<Event>) -> Result<Flow, ReaderError> {
        let mut waiting: VecDeque<Event> = early.into();
        let first = Instant::now() + FIRST_PLACE;
        loop {
            waiting.extend(events.try_iter());
            while let Some(event) = self.next_waiting(&mut waiting, events) {
                let acted = matches!(event, Event::Input(Input::Key(_) | Input::Mouse(_)));
                let flow = self.take(event)?;
                self.sitting.look(&self.app, Instant::now(), acted);
                if flow != Flow::On {
                    return Ok(flow);
                }
            }
            let left = first.saturating_duration_since(Instant::now());
            if !left.is_zero() && self.awaits_place() {
                // So that the article does not first show its beginning, then jump.
                if let Some(message) = self.glance() {
                    waiting.push_back(Event::Message(message));
                    continue;
                }
                self.begin_keeping();
                waiting.extend(events.recv_timeout(left));
                continue;
            }
            self.draw()?;
            match self.next(events) {
                Some(event) => waiting.push_back(event),
                None => return Ok(Flow::End),
            }
        }
    }

    /// The next event to take in. While a passage is awaited, keys wait for it, and so does the frame, but neither for long.
    fn next_waiting(
        &mut self,
        waiting: &mut VecDeque<Event>,
        events: &Receiver<Event>,
    ) -> Option<Event> {
        let until = Instant::now() + PASSAGE;
        while self.awaited > 0 {
            let first = waiting
                .iter()
                .position(|event| !matches!(event, Event::Input(_)));
            if let Some(first) = first {
                return waiting.remove(first);
            }
            let left = until.saturating_duration_since(Instant::now());
            match events.recv_timeout(left) {
                Ok(event) => waiting.push_back(event),
                Err(_) => self.awaited = 0,
            }
        }
        waiting.pop_front()
    }

    /// Waits for the next event, and meanwhile keeps what is to be kept when it is due.
    fn next(&mut self, events: &Receiver<Event>) -> Option<Event> {
        loop {
            let due = self.sitting.due(&self.app, Instant::now());
            let idle = may_survey(&self.app).then_some(IDLE);
            let Some(rest) = due.into_iter().chain(idle).min() else {
                return events.recv().ok();
            };
            // Where keys come without end it is due all the same.
            let event = if rest.is_zero() {
                Err(RecvTimeoutError::Timeout)
            } else {
                events.recv_timeout(rest)
            };
            match event {
                Ok(event) => return Some(event),
                Err(RecvTimeoutError::Timeout) if due == Some(rest) => self.keep(),
                Err(RecvTimeoutError::Timeout) => return Some(Event::Message(Message::Idle)),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Keeps where the reader stands.
    fn keep(&mut self) {
        for (id, progress) in self.sitting.take(&self.app, Instant::now()) {
            self.change(id, move |library, article| library.keep(article, &progress));
        }
    }

    /// Orders a change to what is kept of an article.
    fn change(
        &self,
        id: ArticleId,
        change: impl FnOnce(&mut Library, &Identity) -> Result<(), LibraryError> + Send + 'static,
    ) {
        if let Some((document, article)) = self.app.listing.document(id) {
            let document = Arc::clone(document);
            let identity = move || Identity::of(&document, article);
            self.keeping.article(id, identity, change);
        } else if let Some(filed) = self.app.listing.filed(id.source).cloned() {
            let identity = move || filed.identity(id.article);
            self.keeping.article(id, identity, change);
        } else if let Some(identity) = self.identities.get(&id).cloned() {
            self.keeping.article(id, move || Some(identity), change);
        }
    }

    /// What was kept of the open article, at a glance; the glance is taken once only.
    fn glance(&mut self) -> Option<Message> {
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
    fn begin_keeping(&mut self) {
        let keep = self.later.as_mut().and_then(|later| later.keep.take());
        if let Some(keep) = keep {
            keep();
        }
    }

    /// Whether it is not known yet where the open article was left.
    fn awaits_place(&self) -> bool {
        let open = self.app.listing.open_id();
        let is_known =
            self.app.listing.document(open).is_some() || self.identities.contains_key(&open);
        is_known && self.app.records.get(open).is_none()
    }

    /// Takes one event in.
    fn take(&mut self, event: Event) -> Result<Flow, ReaderError> {
        let message = match event {
            Event::Message(message) => {
                if let Message::Passage { article, passage } = &message {
                    self.awaited = self.awaited.saturating_sub(1);
                    self.identify(*article, passage);
                } else if matches!(message, Message::Fetched { .. }) {
                    self.awaited = self.awaited.saturating_sub(1);
                }
                message
            }
            Event::Opened(large, opening) => {
                let source = self.app.listing.sources();
                Message::Opened(self.passages.open(source, large, *opening))
            }
            Event::Outgrown(source, large, opening) => Message::Outgrown {
                source,
                stored: self.passages.open(source, large, *opening),
            },
            Event::Input(Input::Key(key)) => Message::Key(key),
            Event::Input(Input::Paste(text)) => Message::Paste(text),
            Event::Input(Input::Mouse(mouse)) => match self.pointer(mouse) {
                Some(pointer) => Message::Pointer(pointer),
                None => return Ok(Flow::On),
            },
            Event::Unread(error) => {
                let text = (self.tell)(&error);
                let name = error.name.clone();
                self.unread.push(error);
                Message::Unread { name, text }
            }
            Event::Kept(News::Record { article, record }) => Message::Recalled { article, record },
            Event::Kept(News::Corrections(corrections)) => Message::Corrections(corrections),
            Event::Kept(News::Marks(marks)) => Message::Marked(marks),
            Event::Kept(News::Statistics(read)) => Message::Statistics(read),
            Event::Kept(News::Trouble(trouble)) => {
                let text = report::Message::of_trouble(self.locale, &trouble).text;
                self.trouble.push(trouble);
                Message::Failed(text)
            }
            Event::Refused(error) => {
                self.awaited = 0;
                Message::Refused((self.tell)(&error))
            }
            Event::Input(Input::Reply(reply)) => return self.hear(reply),
            Event::Input(Input::Closed) => return Ok(Flow::End),
            Event::Signal(Signal::End(number)) => return Ok(Flow::Die(number)),
            Event::Signal(Signal::Stop) => return self.suspend(),
            Event::Signal(Signal::Continue) => {
                // Stopped from outside: the shell has had the terminal meanwhile.
                self.terminal.resume()?;
                return self.redraw();
            }
            Event::Signal(Signal::Resize) => {
                let size = self.frames.size()?;
                Message::Resize(size.width, size.height)
            }
        };
        for effect in update(&mut self.app, message) {
            let flow = self.perform(effect)?;
            if flow != Flow::On {
                return Ok(flow);
            }
        }
        Ok(Flow::On)
    }

    /// Puts a text into the clipboard.
    fn copy(&self, text: &str) -> Result<Flow, ReaderError> {
        clipboard::put(text, &mut self.terminal.output())?;
        Ok(Flow::On)
    }

    /// Does what an update asks for.
    fn perform(&mut self, effect: Effect) -> Result<Flow, ReaderError> {
        let is_for_later = matches!(
            effect,
            Effect::Tag(_) | Effect::Survey(_) | Effect::Titles { .. } | Effect::Watch { .. }
        );
        if let Some(later) = self.later.as_mut().filter(|_| is_for_later) {
            later.effects.push(effect);
            return Ok(Flow::On);
        }
        match effect {
            Effect::Quit => Ok(Flow::End),
            Effect::Redraw => self.redraw(),
            Effect::Suspend => self.suspend(),
            Effect::NextProfile => self.next_profile(),
            Effect::Mark(id, change) => {
                self.change(id, move |library, article| library.mark(article, &change));
                Ok(Flow::On)
            }
            Effect::ListMarks => {
                self.keeping.marks();
                Ok(Flow::On)
            }
            Effect::Count => {
                self.keep();
                self.keeping.statistics();
                Ok(Flow::On)
            }
            Effect::Recall(id) => {
                self.change(id, |_, _| Ok(()));
                Ok(Flow::On)
            }
            Effect::NextEncoding(id) => {
                self.read_again(id, |written| Reading {
                    encoding: Some(Encoding::named(written.encoding).unwrap_or_default().next()),
                    repair: written.repaired,
                });
                Ok(Flow::On)
            }
            Effect::Repair(id) => {
                self.read_again(id, |written| Reading {
                    encoding: Encoding::named(written.encoding),
                    repair: !written.repaired,
                });
                Ok(Flow::On)
            }
            Effect::Copy(text) => self.copy(&text),
            effect @ (Effect::Load { .. }
            | Effect::Titles { .. }
            | Effect::Hunt(_)
            | Effect::EndHunt
            | Effect::Scan { .. }
            | Effect::Watch { .. }
            | Effect::ReadAnew(_)) => {
                self.read_of(&effect);
                Ok(Flow::On)
            }
            Effect::Tag(id) => {
                if let Some(slot) = self.app.listing.slot(id) {
                    self.tagging.order(id, slot);
                }
                Ok(Flow::On)
            }
            Effect::Survey(row) => {
                self.tagging.survey(&self.app, row);
                Ok(Flow::On)
            }
            Effect::Correct(correction) => {
                self.keeping.order(move |library, tell| {
                    told(library.correct(&[correction]), tell);
                });
                Ok(Flow::On)
            }
            Effect::TakeBack(correction) => {
                self.keeping.order(move |library, tell| {
                    told(library.take_back(&correction), tell);
                });
                Ok(Flow::On)
            }
            Effect::Glimpse(id) => {
                self.tagging.glimpse(&self.app.listing, id);
                Ok(Flow::On)
            }
            Effect::Resolve {
                article,
                paragraph,
                direction,
            } => {
                if let Some(slot) = self.app.listing.slot(article) {
                    self.resolving.order(article, slot, paragraph, direction);
                }
                Ok(Flow::On)
            }
        }
    }

    /// Reads, searches or watches what is not at hand whole.
    fn read_of(&mut self, effect: &Effect) {
        match *effect {
            Effect::Load { article, around } => {
                let comes = self.passages.fetch(&self.app.listing, article, around);
                self.awaited += usize::from(comes);
            }
            Effect::Titles { from, end } => {
                self.passages.fetch_titles(&self.app.listing, from, end);
            }
            Effect::Hunt(article) => {
                let needle = self.app.seek.needle.clone();
                self.passages.hunt(&self.app.listing, article, needle);
            }
            Effect::EndHunt => {
                self.passages.end_hunt();
            }
            Effect::Scan { source, rescan } => {
                self.passages.scan(source, rescan);
            }
            Effect::Watch { source, closely } => {
                self.watch(source, closely);
            }
            Effect::ReadAnew(source) => {
                self.read_anew(source);
            }
            _ => {}
        }
    }

    /// Notes by what an article is known, when its start comes.
    fn identify(&mut self, article: ArticleId, passage: &Passage) {
        if passage.above || self.identities.contains_key(&article) {
            return;
        }
        let stored = self.app.listing.stored(article.source);
        if let Some(identity) = Identity::of(&passage.document, 0) {
            let identity = Identity {
                ordinal: article.article,
                alone: stored.is_some_and(|stored| stored.done && stored.len() == 1),
                ..identity
            };
            self.identities.insert(article, identity);
        }
    }

    /// Watches the file of a source.
    fn watch(&self, source: usize, closely: bool) {
        let Some(slot) = self.app.listing.current() else {
            return;
        };
        let stored = self.app.listing.stored(source);
        self.watching.order(Watched {
            source,
            path: source::file(&slot.document.name).filter(|_| self.passages.is_live(source)),
            length: stored.map(|stored| stored.length),
            closely,
        });
    }

    /// Reads the source of an article of the list once more, in a way that depends on how it was read.
    fn read_again(&self, id: ArticleId, reading: impl FnOnce(Written) -> Reading) {
        let Some(slot) = self.app.listing.slot(id) else {
            return;
        };
        let reading = reading(slot.document.written);
        if self.passages.holds(id.source) {
            let send = self.send.clone();
            let name = slot.document.name.clone();
            read_large_again(name, id.source, reading, move |result| {
                let _ = send.send(heard(id.source, result));
            });
            return;
        }
        self.read_source_again(id.source, &slot.document, reading);
    }

    /// Reads a source once more in the way in which it was read.
    fn read_anew(&self, source: usize) {
        let id = ArticleId { source, article: 0 };
        if let Some((document, _)) = self.app.listing.document(id) {
            let written = document.written;
            let is_told = written.encoding != UTF_8;
            let reading = Reading {
                encoding: Encoding::named(written.encoding).filter(|_| is_told),
                repair: written.repaired,
            };
            self.read_source_again(source, document, reading);
        }
    }

    fn read_source_again(&self, source: usize, document: &Arc<Document>, reading: Reading) {
        let send = self.send.clone();
        let keeping = self.keeping.clone();
        read_again(Arc::clone(document), reading, keeping, move |result| {
            let _ = send.send(heard(source, result));
        });
    }

    /// Gives the terminal back and stops until the shell says go on.
    fn suspend(&mut self) -> Result<Flow, ReaderError> {
        if let Some(listener) = &self.listener {
            listener.pause();
        }
        let stopped = self.terminal.lend(stop)?;
        if let Some(listener) = &self.listener {
            listener.resume();
        }
        stopped?;
        self.redraw()
    }

    /// Empties the screen, so that the next frame draws all of it, at the size that the terminal has now.
    fn redraw(&mut self) -> Result<Flow, ReaderError> {
        self.frames.clear()?;
        let size = self.frames.size()?;
        update(&mut self.app, Message::Resize(size.width, size.height));
        Ok(Flow::On)
    }

    /// Draws one frame.
    fn draw(&mut self) -> Result<(), ReaderError> {
        let scene = Scene {
            app: &self.app,
            locale: self.locale,
            theme: &self.theme,
        };
        self.frames.draw(|frame| draw(scene, frame.buffer_mut()))?;
        self.passages.go_on();
        self.begin_keeping();
        self.glance = None;
        if let Some(later) = self.later.take() {
            self.go_on(later)?;
        }
        Ok(())
    }

    /// Does what the first frame did not wait for.
    fn go_on(&mut self, later: Later) -> Result<(), ReaderError> {
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

    /// Takes an answer of the terminal, however late, and draws in another way if it says so.
    fn hear(&mut self, reply: Reply) -> Result<Flow, ReaderError> {
        self.recognition.take(reply);
        if self.recognition.answers().are_complete() {
            self.terminal.answered();
        }
        self.colours = self.recognition.colours();
        self.frames.backend_mut().set_colours(self.colours);
        self.theme = theme(&self.recognition, self.colours.depth)?;
        if self.chosen.is_none() {
            self.adopt(self.recognition.way(), None)?;
        }
        Ok(Flow::On)
    }

    /// Sends rows in the next way there is, from now on.
    fn next_profile(&mut self) -> Result<Flow, ReaderError> {
        let next = self.way.profile.next();
        self.chosen = Some(next);
        let status = Status::Profile {
            name: next.name(),
            found: next == self.recognition.verdict().profile,
        };
        self.adopt(self.recognition.way_with(next), Some(status))?;
        Ok(Flow::On)
    }

    /// Writes to the terminal in this way from now on.
    fn adopt(&mut self, way: Way, status: Option<Status>) -> Result<(), ReaderError> {
        if (way.before, way.switch) != (self.way.before, self.way.switch) {
            self.terminal.adopt(way.before, way.switch)?;
        }
        if (way.profile, way.switch) != (self.way.profile, self.way.switch) {
            self.frames.backend_mut().set_profile(way.profile);
            self.frames.clear()?;
        }
        self.frames.backend_mut().set_tashkeel(way.tashkeel);
        self.way = way;
        update(
            &mut self.app,
            Message::Terminal {
                tashkeel_lands: way.tashkeel,
                status,
            },
        );
        Ok(())
    }

    /// Gives the terminal back, and ends as was asked for.
    fn leave(
        self,
        flow: Result<Flow, ReaderError>,
        events: &Receiver<Event>,
    ) -> Result<Left, ReaderError> {
        let Self {
            terminal,
            listener,
            watch,
            keeping,
            unread,
            trouble,
            ..
        } = self;
        drop(listener);
        let left = terminal.leave();
        keeping.end();
        drop(watch);
        // A terminal that hangs up takes no last words, and the signal that says so may still be on its way through the channel.
        let told_to_end = match flow {
            Ok(Flow::Die(number)) => Some(number),
            _ => events.try_iter().find_map(|event| match event {
                Event::Signal(Signal::End(number)) => Some(number),
                _ => None,
            }),
        };
        if let Some(number) = told_to_end {
            die(number);
        }
        flow?;
        left?;
        Ok(Left { unread, trouble })
    }

    /// Keeps what the next run should know.
    fn close(&mut self) {
        self.sitting.end(&self.app, Instant::now());
        self.keep();
        self.remember();
    }

    /// Keeps what was chosen or found for the next run.
    fn remember(&mut self) {
        match self.chosen {
            Some(chosen) if chosen == self.recognition.verdict().profile => {
                self.recognition.choose(None);
            }
            Some(chosen) => self.recognition.choose(Some(chosen)),
            None => self.recognition.remember(),
        }
    }

    /// What the mouse does for the reader, of all that it can; the column is the one on the screen.
    fn pointer(&self, mouse: Mouse) -> Option<Pointer> {
        let kind = match mouse.kind {
            MouseKind::Press(Button::Left) => PointerKind::Press,
            MouseKind::Drag(Button::Left) => PointerKind::Drag,
            MouseKind::WheelUp => PointerKind::WheelUp,
            MouseKind::WheelDown => PointerKind::WheelDown,
            _ => return None,
        };
        let screen = self.frames.backend();
        Some(Pointer {
            kind,
            column: screen.shown_column(mouse.column, mouse.row),
            row: mouse.row,
        })
    }
}
