//! Config: files of choices, read and checked; what is wrong is said with its line.

mod theme;

pub use theme::{Colour, Theme, ThemeError};
