//! Characters: clusters, widths, bidi levels, joining, line breaks, folding and words.
//!
//! Everything here works on one paragraph of logical text and knows nothing of documents, panes or terminals.

pub mod bidi;
pub mod breaks;
pub mod cluster;
mod digest;
pub mod direction;
pub mod fold;
mod gap;
pub mod glyphs;
mod isolates;
pub mod joining;
pub mod marks;
pub mod mirror;
pub mod properties;
mod tables;
pub mod visible;
pub mod width;
pub mod words;

pub use visible::sanitise;

/// The way a paragraph runs: the direction of its base embedding level (UAX #9, P2–P3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Left to right, base level 0.
    #[default]
    Ltr,
    /// Right to left, base level 1.
    Rtl,
}

impl Direction {
    /// The base embedding level: 0 or 1.
    #[must_use]
    pub const fn level(self) -> u8 {
        match self {
            Self::Ltr => 0,
            Self::Rtl => 1,
        }
    }

    /// The other direction.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Ltr => Self::Rtl,
            Self::Rtl => Self::Ltr,
        }
    }
}
