//! The reader's state, and what a key, a click or a finished job makes of it.
//!
//! Pure: no terminal, no disk, no threads. What must be done outside is returned as an [`Effect`]; what comes back is a
//! [`Message`]. [`panes`] says where everything stands, for update, drawing and the mouse alike.

mod help;
mod links;
mod listing;
mod long;
mod names;
mod page;
mod pane;
mod pointer;
mod reading;
mod seek;
mod sidebar;
mod state;
mod update;

pub use help::HelpRow;
pub use links::{Link, at_hand as link_at_hand};
pub use listing::{ArticleId, Listing, Slot};
pub use names::{Mark, NameRow, marks, rows_of as name_rows};
pub use page::{Page, Row};
pub use pane::{Panes, Rect, panes};
pub use pointer::{Pointer, PointerKind};
pub use reading::Place;
pub use sidebar::Cursor;
pub use state::{App, Effect, Focus, Message, Overlay, Settings, Status};
pub use update::update;

pub use crate::config::Side;

#[cfg(test)]
pub(crate) mod tests;
