//! What crosses the state's border: messages come in, effects go out.

use super::follow::{Fate, Rescan};
use super::hunt::Found;
use super::listing::ArticleId;
use super::pointer::Pointer;
use super::status::Status;
use super::stored::Stored;
use crate::action::Key;
use crate::doc::{Document, Mark, Notice, Passage};
use crate::entity::index::Tally;
use crate::entity::{Correction, Names};
use crate::library::{Change, Marked, Record, Statistics};
use crate::text::Direction;
use crate::text::bidi::Levels;
use std::ops::Range;
use std::sync::Arc;

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
        /// How much of the text is there, where a parser makes it.
        text: Option<usize>,
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
    /// So many sources and files have been read, and there are more.
    SoFar(usize),
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
