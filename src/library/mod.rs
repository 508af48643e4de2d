//! What qari keeps: one SQLite file with places, marks, the shelf and what was fetched for it.
//!
//! The file is opened, migrated and, where it is damaged, set aside by `file`; every other file here is one feature: its own
//! tables, its own record types, and an `impl Library` whose methods read and write them. Records are plain data that other
//! rooms may hold; statements and connections stay here. A [`Library`] belongs to one thread: in the reader to
//! `run::keeping`, whose orders are closures, so that a new feature needs no new kind of order.
//!
//! To add a table: write `src/library/schema/NNN-feature.sql`, add it at the end of `schema::MIGRATIONS` (a migration that has
//! landed is never changed), and write `feature.rs` with its methods, each of them through [`Library::with`] (one statement, or
//! several that only read) or [`Library::change`] (several that belong together). Both begin the file anew when it turns out to
//! be damaged, and answer [`LibraryError`] for the rest; what was lost on the way is told once by [`Library::notices`].

mod article;
mod correction;
mod error;
mod file;
mod mark;
mod names;
mod page;
mod schema;
mod shelf;
mod spot;

pub use article::{Identity, Last, Progress, Record, Standing, fingerprint};
pub use error::{LibraryError, Notice};
pub use file::{Glance, Library, folder};
pub use mark::{Change, Mark, Marked};
pub use names::{Content, Finder};
pub use page::FeedArticle;
pub use shelf::{Address, Shelved, Statistics, address, minutes};
pub use spot::Spot;
