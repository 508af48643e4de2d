//! What the reader knows: the list of articles, the place in each, the focus, what lies over the text.

use std::sync::Arc;

use crate::action::{Key, Keymap, Mode, Pending};
use crate::config::Side;
use crate::doc::{Document, Written};
use crate::entity::{Kind, Names};
use crate::layout::{Digits, Justify, Options};
use crate::text::Direction;
use crate::text::bidi::Levels;

use super::links::Link;
use super::listing::{ArticleId, Listing};
use super::pointer::Pointer;
use super::seek::Seek;
use super::sidebar::Cursor;

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
    /// The line that asks what to search for.
    Prompt {
        /// What has been typed.
        typed: String,
    },
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
    /// The names are still being found.
    StillTagging,
    /// This is the last (or first) article.
    NoArticle,
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
    /// There is nothing in the open article's source to turn back.
    NothingToRepair,
    /// These sources could not be read: the name of each, and why.
    Unread(Vec<(String, String)>),
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
    /// The place in the list of articles.
    pub article_cursor: Cursor,
    /// The place in the list of names.
    pub name_cursor: Cursor,
    /// The search at hand.
    pub seek: Seek,
    /// The link at hand.
    pub link: Option<Link>,
    /// What to tell the reader, until the next key.
    pub status: Option<Status>,
    /// Whether sources are still being read.
    pub loading: bool,
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
            article_cursor: Cursor::default(),
            name_cursor: Cursor::default(),
            seek: Seek::default(),
            link: None,
            status: None,
            loading: true,
            keymap,
            pending: Pending::default(),
        }
    }

    /// The table of keys that applies now.
    #[must_use]
    pub fn mode(&self) -> Mode {
        match (&self.overlay, self.focus) {
            (Some(Overlay::Prompt { .. }), _) => Mode::Prompt,
            (Some(Overlay::Help { .. }), _) => Mode::Help,
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
        /// How many words it has.
        words: usize,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Find the names of this article and count its words.
    Tag(ArticleId),
    /// Read the source of this article in the next encoding.
    NextEncoding(ArticleId),
    /// Turn the letters of the source of this article back, or leave them as they are stored.
    Repair(ArticleId),
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
