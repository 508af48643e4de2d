//! What the status line tells, as data: the words are the locale's.

use super::follow::Fate;
use crate::doc::Written;
use crate::entity::Kind;
use crate::layout::{Digits, Justify};

/// How long was read, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingTime {
    /// In the open article.
    pub here: usize,
    /// Today.
    pub today: usize,
    /// In all.
    pub all: usize,
    /// How many articles were read to their end.
    pub finished: usize,
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
    /// How long was read.
    Read(ReadingTime),
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
