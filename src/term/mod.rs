//! The terminal: what it sends, what it is sent, and how it was before.
//!
//! [`Terminal`] takes the screen and gives it back, [`Listener`] turns its bytes into [`Input`], [`Screen`] turns ratatui's cells into
//! its bytes. No other room knows what terminal this is.
//!
//! [`Listener`]: events::Listener
//! [`Input`]: events::Input

pub mod colours;
pub mod detect;
pub mod encode;
pub mod events;
mod restore;
mod screen;
mod terminal;

pub use restore::{guard_panics, restore};
pub use screen::{Device, Screen};
pub use terminal::{BidiMode, Output, Switch, Terminal, TerminalError, copying, inquire};
