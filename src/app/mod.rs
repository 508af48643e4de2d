//! The reader's state, and what a key, a click or a finished job makes of it.
//!
//! Pure: no terminal, no disk, no threads. What must be done outside is returned as an [`Effect`]; what comes back is a
//! [`Message`]. [`panes`] says where everything stands, for update, drawing and the mouse alike.

mod card;
mod correcting;
mod drawn;
mod filter;
mod follow;
mod frame;
mod help;
mod hunt;
mod jumps;
mod keeping;
mod line;
mod links;
mod listing;
mod long;
mod look;
mod marking;
mod message;
mod names;
mod page;
mod pane;
mod passage;
mod pointer;
mod prompt;
mod reading;
mod register;
mod renewal;
mod seek;
mod selection;
mod sidebar;
mod slot;
mod state;
mod status;
mod stored;
mod travel;
mod update;

pub use card::{Card, CardRow, Section, Subject, rows as card_rows};
pub use correcting::{
    Bounds, Choice, Correcting, cursor as correcting_cursor, frame as correcting_frame,
};
pub use filter::Filter;
pub use follow::{Fate, Follow, Rescan};
pub use frame::Frame;
pub use help::{HelpRow, frame as help_frame, keys_width};
pub use hunt::{Found, Hunt};
pub use jumps::Jumps;
pub use keeping::Records;
pub use line::Line;
pub use links::{Link, at_hand as link_at_hand};
pub use listing::{ArticleId, Listing};
pub use look::{card_frame, index_frame, index_list, marks_frame};
pub use marking::{Highlight, highlighted};
pub use message::{Effect, Message};
pub use names::{Mark, NameRow, marks, rows_of as name_rows, spread};
pub use page::{Page, Row};
pub use pane::{Panes, Rect, panes};
pub use passage::{Asked, Goal, Resuming};
pub use pointer::{Pointer, PointerKind};
pub use reading::{Place, shows_end};
pub use register::{
    Register, Sort, View as IndexView, article_of, is_wanted as is_surveyed, known,
    may_go_on as may_survey, rows as index_rows,
};
pub use selection::{Selection, Word};
pub use sidebar::{Cursor, strip_entity};
pub use slot::{Part, Slot};
pub use state::{App, Ask, Focus, Overlay, Settings};
pub use status::{ReadingTime, Status};
pub use stored::{Filed, Stored};
pub use update::update;

pub use crate::config::Side;
pub use crate::library::Standing;

#[cfg(test)]
pub(crate) mod tests;
