//! What the reader knows: the list of articles, the place in each, the focus, what lies over the text.

use super::card::Card;
use super::correcting::Correcting;
use super::filter::Filter;
use super::follow::Follow;
use super::jumps::Jumps;
use super::keeping::Records;
use super::line::Line;
use super::links::Link;
use super::listing::Listing;
use super::passage::{Asked, Goal, Resuming};
use super::register::{Register, View};
use super::seek::Seek;
use super::selection::{Selection, Word};
use super::sidebar::Cursor;
use super::status::Status;
use crate::action::{Keymap, Mode, Pending};
use crate::config::Side;
use crate::entity::{Correction, Kind};
use crate::layout::Options;
use crate::library::Marked;
use crate::text::Direction;
use std::sync::Arc;

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
    /// How many have been read, once that takes its time.
    pub so_far: Option<usize>,
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
            so_far: None,
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
