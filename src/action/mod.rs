//! What a reader can ask for, by name, and the keys that ask for it: a key and a mode become an [`Action`] with a count.
//!
//! Bytes become keys in `term`, actions become a new state in `app`. The tables are data: `assets/keymap.toml` binds keys, and
//! `assets/keyboards/` says which key of the US layout an Arabic letter stands for, so that both layouts do the same.

mod actions;
mod key;
mod keyboard;
mod keymap;
mod step;

pub use actions::Action;
pub use key::{Code, Key, KeyError, Sequence};
pub use keyboard::{Layout, digit, lam_alef, letters};
pub use keymap::{Binding, Keymap, KeymapError, Mode};
pub use step::{MAX_COUNT, Pending, Step};
