//! What the reader knows: the list of articles, the place in each, the focus, what lies over the text.

use std::ops::Range;
use std::sync::Arc;

use crate::action::{Key, Keymap, Mode, Pending};
use crate::config::Side;
use crate::doc::{Document, Mark, Notice, Passage, Written};
use crate::entity::index::Tally;
use crate::entity::{Correction, Kind, Names};
use crate::layout::{Digits, Justify, Options};
use crate::library::{Change, Marked, Record, Statistics};
use crate::text::Direction;
use crate::text::bidi::Levels;

use super::card::Card;
use super::correcting::Correcting;
use super::filter::Filter;
use super::follow::{Fate, Follow, Rescan};
use super::hunt::Found;
use super::jumps::Jumps;
use super::keeping::Records;
use super::line::Line;
use super::links::Link;
use super::listing::{ArticleId, Listing};
use super::passage::{Asked, Goal, Resuming};
use super::pointer::Pointer;
use super::register::{Register, View};
use super::seek::Seek;
use super::selection::{Selection, Word};
use super::sidebar::Cursor;
use super::stored::Stored;

/// Which pane the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The text of the open article.
    #[default]
    Text,
    /// The list of articles.
    Articles,
    /// The names of the open article.
    Names,
}

/// What lies over the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The sidebar, on a narrow screen.
    Sidebar,
    /// The keys; `top` is the first row shown.
    Help {
        /// The first row shown.
        top: usize,
    },
    /// The card of a name.
    Card(Card),
    /// The index of names over the shelf.
    Index(View),
    /// What can be said of a name.
    Correcting(Correcting),
    /// The line that asks for something.
    Prompt {
        /// What it asks for.
        ask: Ask,
        /// What has been typed.
        line: Line,
    },
    /// The list of bookmarks and highlights.
    Marks {
        /// The place in it.
        cursor: Cursor,
        /// What it holds.
        marks: Arc<Vec<Marked>>,
    },
}

/// What a typed line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Words to search for.
    Search,
    /// A part of the names to list; the list follows what is typed.
    Filter,
    /// Where to go: an article's number or a percentage.
    Place,
    /// The name of a bookmark at this place.
    Bookmark,
    /// A note on what is being chosen.
    Note,
    /// Another name of the bookmark of this id.
    Rename(i64),
    /// Another note on the highlight of this id.
    Rewrite(i64),
}

impl Overlay {
    /// Whether a jump can lead to it.
    #[must_use]
    pub const fn is_a_place(&self) -> bool {
        matches!(self, Self::Card(_) | Self::Index(_))
    }
}

/// What the reader chose when it was started, or by a key since.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the sidebar stands.
    pub side: Side,
    /// Whether it stands beside the text when there is room.
    pub sidebar_shown: bool,
    /// The interface's direction: the house is mirrored in Arabic.
    pub direction: Direction,
    /// A direction for all paragraphs, if one was asked for.
    pub paragraphs: Option<Direction>,
    /// How text is drawn; width and direction are each paragraph's own.
    pub drawing: Options,
    /// Whether the terminal puts tashkeel on its letters; where it does not, none is drawn.
    pub tashkeel_lands: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            side: Side::Right,
            sidebar_shown: true,
            direction: Direction::Rtl,
            paragraphs: None,
            drawing: Options::default(),
            tashkeel_lands: true,
        }
    }
}

/// One thing to tell the reader in the status line; the words are the locale's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// No hit for these words in the open article.
    NotFound(String),
    /// Hit `at` of `of`; `wrapped` when the search went round the article's end.
    Hit {
        /// Its number, from 1.
        at: usize,
        /// How many there are.
        of: usize,
        /// Whether the article's end was passed.
        wrapped: bool,
    },
    /// This hit, of some number that is not known yet.
    HitSoFar(usize),
    /// The hit is still being looked for; so many hundredths of the article have been searched.
    Seeking(usize),
    /// No link in the open article.
    NoLink,
    /// A link leads to this address.
    Link(String),
    /// A link leads to this note or paragraph.
    Note(String),
    /// Nothing is being sought.
    NoSearch,
    /// No name after (or before) this place.
    NoMention,
    /// No name is at hand.
    NoNameAtHand,
    /// Only this kind of names is listed and walked, or all are.
    Kinds(Option<Kind>),
    /// What the reader has said of this name holds everywhere.
    Corrected(String),
    /// What was last said of this name does not hold any more.
    TakenBack(String),
    /// Nothing was corrected.
    NoCorrection,
    /// No jump is left to go back (or forward) over.
    NoJump,
    /// The names are still being found.
    StillTagging,
    /// This is the last (or first) article.
    NoArticle,
    /// A bookmark of this name was made.
    Bookmarked(String),
    /// What was chosen is highlighted.
    Highlighted,
    /// So many words were copied.
    Copied(usize),
    /// Nothing was marked yet.
    NoMarks,
    /// There is no word to begin a choice at.
    NoWord,
    /// The article of a mark is not in the list; this is its source.
    NotOpen(String),
    /// There is no such place; what was typed.
    NoPlace(String),
    /// The article of the number that was typed has not been found yet; so many hundredths have been scanned.
    Scanning {
        /// What was typed.
        typed: String,
        /// How much has been scanned.
        percent: usize,
    },
    /// Letters are stored as they are drawn, and can be turned back.
    StoredAsDrawn {
        /// Whether as presentation forms.
        forms: bool,
        /// Whether in visual order.
        visual: bool,
    },
    /// The source of the open article is read in this way now.
    Written {
        /// How.
        written: Written,
        /// Whether its letters are stored as they are drawn still.
        drawn: bool,
    },
    /// The file of the open article has changed and was read again; its name.
    Renewed(String),
    /// There is nothing in the open article's source to turn back.
    NothingToRepair,
    /// The source of the open article is being read once more, in another way.
    ReadingAgain,
    /// How long was read, in minutes.
    Read {
        /// In the open article.
        here: usize,
        /// Today.
        today: usize,
        /// In all.
        all: usize,
        /// How many articles were read to their end.
        finished: usize,
    },
    /// These sources could not be read: the name of each, and why.
    Unread(Vec<(String, String)>),
    /// Lines of a source hold no article.
    BadLines {
        /// The source's name.
        source: String,
        /// How many there are.
        count: usize,
        /// The number of the first one.
        first: usize,
    },
    /// Parts of a book cannot be read.
    MissingParts {
        /// The source's name.
        source: String,
        /// How many there are.
        count: usize,
    },
    /// `count` invalid byte sequences of `source` are shown as U+FFFD.
    InvalidBytes {
        /// The source's name.
        source: String,
        /// How many there are.
        count: usize,
    },
    /// Tashkeel is shown now, or hidden.
    Tashkeel(bool),
    /// Tatweel is shown now, or hidden.
    Tatweel(bool),
    /// Digits are drawn so now.
    Digits(Digits),
    /// Lines are filled so now.
    Justify(Justify),
    /// Bidi controls are shown now, or hidden.
    Controls(bool),
    /// Rows go to the terminal in this way from now on.
    Profile {
        /// The way's name.
        name: &'static str,
        /// Whether it is the one that was found without being told.
        found: bool,
    },
    /// The file of the open article has changed.
    Changed {
        /// What has become of it.
        fate: Fate,
        /// Whether what is shown is what was read before.
        held: bool,
    },
    /// The open article is of no file that could be followed.
    NotFollowed,
    /// Something went wrong outside; already in the reader's language.
    Failed(String),
}

/// The whole state.
#[derive(Clone, Debug)]
pub struct App {
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// Choices.
    pub settings: Settings,
    /// The articles and the open one.
    pub listing: Listing,
    /// Which pane the keys go to.
    pub focus: Focus,
    /// What lies over the text.
    pub overlay: Option<Overlay>,
    /// What lies under the help or a prompt, and comes back when that closes.
    pub under: Option<Overlay>,
    /// The place in the list of articles.
    pub article_cursor: Cursor,
    /// The place in the list of names.
    pub name_cursor: Cursor,
    /// Which names are listed and walked.
    pub filter: Filter,
    /// The index over the shelf, as far as it has been gathered.
    pub register: Register,
    /// What the reader has corrected in the names, in order.
    pub corrections: Arc<Vec<Correction>>,
    /// Where jumps began.
    pub jumps: Jumps,
    /// The search at hand.
    pub seek: Seek,
    /// Whether an article is being searched that is not at hand whole.
    pub hunting: bool,
    /// The link at hand.
    pub link: Option<Link>,
    /// What to tell the reader, until the next key.
    pub status: Option<Status>,
    /// Whether sources are still being read.
    pub loading: bool,
    /// The range that is being chosen.
    pub selection: Option<Selection>,
    /// The word that the pointer was on when its button went down.
    pub held: Option<Word>,
    /// Where a move still has to go when the text is there.
    pub goal: Option<Goal>,
    /// What has been asked for and has not come yet.
    pub asked: Asked,
    /// Where the reader goes on as soon as that has been found.
    pub resuming: Option<Resuming>,
    /// The file that is followed, and what is known of it.
    pub follow: Follow,
    /// What is kept of the articles.
    pub records: Records,
    /// Whether the reader has asked for anything yet.
    pub moved: bool,
    /// The keys that ask for actions.
    pub keymap: Arc<Keymap>,
    /// What has been typed of an unfinished key sequence.
    pub pending: Pending,
}

impl App {
    /// A reader with nothing open yet, that waits for its sources.
    #[must_use]
    pub fn new(keymap: Arc<Keymap>, settings: Settings, size: (u16, u16)) -> Self {
        Self {
            size,
            settings,
            listing: Listing::default(),
            focus: Focus::default(),
            overlay: None,
            under: None,
            article_cursor: Cursor::default(),
            name_cursor: Cursor::default(),
            filter: Filter::default(),
            register: Register::default(),
            corrections: Arc::default(),
            jumps: Jumps::default(),
            seek: Seek::default(),
            hunting: false,
            link: None,
            status: None,
            loading: true,
            selection: None,
            held: None,
            goal: None,
            asked: Asked::default(),
            resuming: None,
            follow: Follow::default(),
            records: Records::default(),
            moved: false,
            keymap,
            pending: Pending::default(),
        }
    }

    /// Lays something over what is there; the help and a prompt give it back when they close.
    pub fn cover(&mut self, overlay: Overlay) {
        if !matches!(
            self.overlay,
            None | Some(Overlay::Help { .. } | Overlay::Prompt { .. })
        ) {
            self.under = self.overlay.take();
        }
        self.overlay = Some(overlay);
    }

    /// Takes away what lies on top, and returns it; what lay under it comes back.
    pub fn uncover(&mut self) -> Option<Overlay> {
        let under = self.under.take();
        std::mem::replace(&mut self.overlay, under)
    }

    /// Whether the sidebar lies over the text, be it under the help or a prompt.
    #[must_use]
    pub fn sidebar_floats(&self) -> bool {
        [&self.overlay, &self.under].contains(&&Some(Overlay::Sidebar))
    }

    /// The table of keys that applies now.
    #[must_use]
    pub fn mode(&self) -> Mode {
        match (&self.overlay, self.focus) {
            (Some(Overlay::Prompt { .. }), _) => Mode::Prompt,
            (Some(Overlay::Help { .. }), _) => Mode::Help,
            (Some(Overlay::Marks { .. }), _) => Mode::Marks,
            (Some(Overlay::Card(_) | Overlay::Index(_)), _) => Mode::Names,
            (Some(Overlay::Correcting(_)), _) => Mode::Correcting,
            _ if self.selection.is_some() => Mode::Selecting,
            (_, Focus::Text) => Mode::Reading,
            (_, Focus::Articles | Focus::Names) => Mode::Sidebar,
        }
    }

    /// The mention at hand: its kind, its entity's name, its number among the entity's mentions and their count.
    #[must_use]
    pub fn mention_at_hand(&self) -> Option<(Kind, &str, usize, usize)> {
        let slot = self.listing.current()?;
        let names = slot.names.as_deref()?;
        let index = slot.place.mention?;
        let entity = names.entities.get(names.mentions.get(index)?.entity)?;
        let at = entity
            .mentions
            .iter()
            .position(|&mention| mention == index)?;
        Some((entity.kind, &entity.name, at + 1, entity.mentions.len()))
    }
}

/// What comes to the reader from outside.
#[derive(Clone, Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Pointer(Pointer),
    /// The screen has a new size: columns, rows.
    Resize(u16, u16),
    /// A source was read.
    Loaded(Arc<Document>),
    /// Files were read. They can be read again, so that not all have to be held.
    Arrived(Vec<Arc<Document>>),
    /// A file that was laid aside was read again, because one of its articles is open.
    Fetched {
        /// The source's place among the sources.
        source: usize,
        /// What was read.
        document: Arc<Document>,
    },
    /// All marks, as they were asked for.
    Marked(Vec<Marked>),
    /// A source was opened that is read in passages.
    Opened(Stored),
    /// Marks of articles were found in such a source.
    Marks {
        /// The source's place among the sources.
        source: usize,
        /// How many of those that were found before still hold.
        kept: usize,
        /// The new marks.
        marks: Vec<Mark>,
        /// How many bytes have been scanned.
        scanned: usize,
        /// Whether that is all.
        done: bool,
    },
    /// A source that was held whole has grown so that it is read in passages from now on.
    Outgrown {
        /// The source's place among the sources.
        source: usize,
        /// What is known of it.
        stored: Stored,
    },
    /// Hits were found in an article that is not at hand whole.
    Found(Found),
    /// The file of a source has changed.
    Changed {
        /// The source's place among the sources.
        source: usize,
        /// What has become of it.
        fate: Fate,
    },
    /// A passage was read.
    Passage {
        /// Its article.
        article: ArticleId,
        /// What was read.
        passage: Passage,
    },
    /// Titles of such a source were read, each with its article's place in it.
    Titles {
        /// The source's place among the sources.
        source: usize,
        /// What was read.
        titles: Vec<(usize, String)>,
    },
    /// A passage could not be read: why, in the reader's language.
    Refused(String),
    /// The source that was opened last, which is read in passages, holds the article that was read last: the one of this number.
    ResumedLarge(usize),
    /// A source that was read in passages is held whole now, because it was read in another way.
    Held {
        /// The source's place among the sources.
        source: usize,
        /// What was read.
        document: Arc<Document>,
    },
    /// There is something to say of a source that is read in passages.
    Noticed {
        /// The source's place among the sources.
        source: usize,
        /// What.
        notice: Notice,
    },
    /// There is nothing to turn back in a source that is read in passages.
    NothingToRepair,
    /// How much was read, as it was asked for.
    Statistics(Statistics),
    /// The whole of a source was read whose beginning is there already.
    Completed(Arc<Document>),
    /// A file was read that is new or has changed.
    Renewed {
        /// What was read.
        document: Arc<Document>,
        /// The source after which it belongs, if it is new in its folder.
        after: Option<String>,
        /// If there is none, the one before which it belongs.
        before: Option<String>,
    },
    /// All sources were read.
    AllLoaded,
    /// A source was read once more, in another way.
    ReadAgain {
        /// What it was before.
        before: Arc<Document>,
        /// What it is now.
        document: Arc<Document>,
    },
    /// A source could not be read: its name, and why, in the reader's language.
    Unread {
        /// The source as it was given.
        name: String,
        /// Why.
        text: String,
    },
    /// A job failed: what to tell, in the reader's language.
    Failed(String),
    /// How the terminal is written to has changed.
    Terminal {
        /// Whether it puts tashkeel on its letters.
        tashkeel_lands: bool,
        /// What to tell of it: [`Status::Profile`] after the reader has asked for another way.
        status: Option<Status>,
    },
    /// The names of an article were found.
    Tagged {
        /// Which article.
        article: ArticleId,
        /// What was found.
        names: Arc<Names>,
        /// The bytes of the source that they were sought in, if that is not all that is at hand.
        part: Option<Range<usize>>,
        /// How many words it has.
        words: usize,
    },
    /// Nothing has happened for a moment.
    Idle,
    /// The names of some articles were counted, for the index.
    Surveyed {
        /// The number of the survey, as the register has it.
        round: usize,
        /// Each article with its names.
        tallies: Vec<(ArticleId, Tally)>,
        /// The row of the list that comes next.
        next: usize,
    },
    /// The names of an article that is not open were found.
    Glimpsed {
        /// Which article.
        article: ArticleId,
        /// The document that holds it.
        document: Arc<Document>,
        /// Its index there.
        index: usize,
        /// What was found.
        names: Arc<Names>,
    },
    /// The corrections that are kept.
    Corrections(Vec<Correction>),
    /// What is kept of an article was looked up, or has changed.
    Recalled {
        /// The article.
        article: ArticleId,
        /// What is kept.
        record: Record,
    },
    /// The article that was read last is one of a document that was read.
    Resumed {
        /// The document.
        document: Arc<Document>,
        /// The article's index in it.
        article: usize,
    },
    /// The levels of a long paragraph were found.
    Resolved {
        /// Its article.
        article: ArticleId,
        /// Where it starts in the source.
        paragraph: usize,
        /// The way it runs.
        direction: Direction,
        /// What was found.
        levels: Arc<Levels>,
    },
}

/// What must be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Find the names of this article and count its words.
    Tag(ArticleId),
    /// Look up what is kept of this article.
    Recall(ArticleId),
    /// Change what is marked in this article, and look up what is kept of it then.
    Mark(ArticleId, Change),
    /// Look up all marks; a [`Message::Marked`] brings them.
    ListMarks,
    /// Count how much was read; a [`Message::Statistics`] tells it.
    Count,
    /// Read the source of this article in the next encoding.
    NextEncoding(ArticleId),
    /// Turn the letters of the source of this article back, or leave them as they are stored.
    Repair(ArticleId),
    /// Put this text into the clipboard.
    Copy(String),
    /// Read the passage of an article around a byte of its source.
    Load {
        /// The article.
        article: ArticleId,
        /// The byte; beyond the article's end for its end.
        around: usize,
    },
    /// Search an article that is not at hand whole for what is sought now, and no other any more.
    Hunt(ArticleId),
    /// End that search.
    EndHunt,
    /// Scan a source once more that is read in passages.
    Scan {
        /// The source's place among the sources.
        source: usize,
        /// How.
        rescan: Rescan,
    },
    /// Watch the file of a source, and of no other.
    Watch {
        /// The source's place among the sources.
        source: usize,
        /// Whether a change is to be told at once.
        closely: bool,
    },
    /// Read a source once more that is held whole.
    ReadAnew(usize),
    /// Read the titles of some rows of the list.
    Titles {
        /// The first row.
        from: usize,
        /// The row after the last.
        end: usize,
    },
    /// Count the names of some articles from this row of the list on; a [`Message::Surveyed`] tells them.
    Survey(usize),
    /// Find the names of an article that is not open; a [`Message::Glimpsed`] tells them.
    Glimpse(ArticleId),
    /// Keep a correction.
    Correct(Correction),
    /// Keep a correction no more.
    TakeBack(Correction),
    /// Find the levels of a long paragraph.
    Resolve {
        /// Its article.
        article: ArticleId,
        /// Where it starts in the source.
        paragraph: usize,
        /// The way it runs.
        direction: Direction,
    },
    /// Give the terminal back and stop until the shell says go on.
    Suspend,
    /// Draw the whole screen afresh.
    Redraw,
    /// Send rows to the terminal in the next way there is; a [`Message::Terminal`] says which.
    NextProfile,
    /// End.
    Quit,
}
