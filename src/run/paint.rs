//! The colours of names in printed text: SGR sequences by kind.
//!
//! Colour and underline only: a change of weight or slant inside a word breaks the joining of its letters in some
//! terminals.

use crate::entity::Kind;

/// Ends what [`begin`] began.
pub const END: &str = "\x1b[24;39m";

/// Begins a name of this kind: underlined, in the one of eight colours that comes nearest to the built-in theme's. The eight
/// are the terminal's own, so a reader's choice of ground and a later `less -R` keep them readable.
#[must_use]
pub const fn begin(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "\x1b[4;34m",
        Kind::Place => "\x1b[4;32m",
        Kind::Organization => "\x1b[4;33m",
        Kind::Group => "\x1b[4;35m",
        Kind::Date | Kind::Number | Kind::Money | Kind::Percent => "\x1b[4;36m",
        Kind::Event | Kind::Work | Kind::Product => "\x1b[4;31m",
    }
}
