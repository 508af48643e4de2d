//! The reader's loop: one channel in, one frame out.
//!
//! Everything that happens comes through the channel. What waits in it is taken in whole, then the screen is drawn once, if
//! something has changed. What must be done outside the state is done here, and nowhere else.

mod beginning;
mod effects;
mod ending;
mod ways;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use thiserror::Error;

use super::jobs::{Resolving, Tagging};
use super::keeping::{Keeping, News, Trouble};
use super::passages::{Opening, Passages};
use super::recognition::{Recognition, Way};
use super::report;
use super::signals::{Signal, Watch};
use super::sitting::Sitting;
use super::watching::Watching;
use crate::app::{App, ArticleId, Message, Pointer, PointerKind, may_survey, update};
use crate::config::{Theme, ThemeError};
use crate::library::{Glance, Identity};
use crate::locale::Locale;
use crate::source::{Large, SourceError};
use crate::term::colours::Colours;
use crate::term::encode::Profile;
use crate::term::events::{Button, Input, Listener, Mouse, MouseKind};
use crate::term::{Output, Screen, Terminal, TerminalError};
use crate::ui::{Scene, draw};
use beginning::Later;
pub use beginning::read;
use effects::UnderWay;
pub use ending::Left;

/// How long keys and frames wait for a passage that was asked for.
const PASSAGE: Duration = Duration::from_millis(100);
/// How long the first frame waits for the place where its article was left.
const FIRST_PLACE: Duration = Duration::from_millis(40);
/// How long the first frame waits for the scan of a large text to come to the article that is gone on with.
const FIRST_ARTICLE: Duration = Duration::from_millis(300);
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
    /// The whole of a source was opened whose beginning is there already.
    Completed(Arc<Large>, Box<Opening>),
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
    screen: Screen<Output>,
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
    /// The source that is being read once more.
    again: Option<UnderWay>,
    tell: &'a dyn Fn(&SourceError) -> String,
    /// The sources that could not be read.
    unread: Vec<SourceError>,
    /// What happened to the state file.
    trouble: Vec<Trouble>,
}

impl Reader<'_> {
    /// Takes events in and draws until one of them ends it.
    fn run(&mut self, early: Vec<Event>, events: &Receiver<Event>) -> Result<Flow, ReaderError> {
        let mut waiting: VecDeque<Event> = early.into();
        let mut first = Instant::now() + FIRST_PLACE;
        let article = Instant::now() + FIRST_ARTICLE;
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
            let left = article.saturating_duration_since(Instant::now());
            if !left.is_zero() && self.later.is_some() && self.app.resuming.is_some() {
                // So that no other article shows before it.
                self.passages.go_on();
                waiting.extend(events.recv_timeout(left));
                first = Instant::now() + FIRST_PLACE;
                continue;
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
            Event::Opened(large, opening) => self.open_large(None, large, *opening),
            Event::Completed(large, opening) => {
                let source = self.app.listing.source_of(large.name());
                self.open_large(source, large, *opening)
            }
            Event::Outgrown(source, large, opening) => {
                self.open_large(Some(source), large, *opening)
            }
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
                let size = self.screen.size()?;
                Message::Resize(size.width, size.height)
            }
        };
        let renewed = match &message {
            Message::Outgrown { source, .. } => Some(*source),
            _ => None,
        };
        for effect in update(&mut self.app, message) {
            let flow = self.perform(effect)?;
            if flow != Flow::On {
                return Ok(flow);
            }
        }
        if let Some(source) = renewed {
            self.catch_up(source);
        }
        Ok(Flow::On)
    }

    /// Takes in a source that is read in passages, in the place of another or as one more.
    fn open_large(
        &mut self,
        source: Option<usize>,
        large: Arc<Large>,
        opening: Opening,
    ) -> Message {
        let at = source.unwrap_or(self.app.listing.sources());
        let stored = self.passages.open(at, large, opening);
        match source {
            Some(source) => Message::Outgrown { source, stored },
            None => Message::Opened(stored),
        }
    }

    /// Draws one frame.
    fn draw(&mut self) -> Result<(), ReaderError> {
        let scene = Scene {
            app: &self.app,
            locale: self.locale,
            theme: &self.theme,
        };
        self.screen.draw(|sheet| draw(scene, sheet))?;
        self.passages.go_on();
        self.begin_keeping();
        self.glance = None;
        if let Some(later) = self.later.take() {
            self.go_on(later)?;
        }
        Ok(())
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
        Some(Pointer {
            kind,
            column: self.screen.shown_column(mouse.column, mouse.row),
            row: mouse.row,
        })
    }
}
