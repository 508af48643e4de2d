//! Config: files of choices, read and checked; what is wrong is said with its line.

mod choices;
mod theme;

pub use choices::{Choices, Fault, Faults, KEYS, Side};
pub use theme::{Colour, Ink, Theme, ThemeError};
