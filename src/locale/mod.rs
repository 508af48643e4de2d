//! The strings of the interface: Fluent files in `assets/i18n/`, one folder a language, one file a topic.
//!
//! All files are part of the program. An id that does not exist shows as itself; the tests see to it that none is missing
//! and that both languages have the same ids with the same arguments.

mod language;
mod strings;

pub use language::Language;
pub use strings::{Argument, Locale};
