//! What the terminal sends, and the thread that reads it: bytes → keys, mouse, pasted text, replies.
//!
//! This room owns the terminal's input for as long as the reader runs: nothing else reads it, a reply is never taken for keys however
//! late it comes, and the listener lets go of it when a child process or the shell is to have it.

mod listener;
mod parser;
mod tokens;

pub use listener::Listener;
pub use parser::Parser;

use crate::action::Key;

/// One thing that came from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key press.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// A text was pasted, as it was: control characters and all.
    Paste(String),
    /// The terminal answered a question.
    Reply(Reply),
    /// The terminal is gone; nothing comes after this.
    Closed,
}

/// What the mouse did, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// The column of the screen, from 0.
    pub column: u16,
    /// The row of the screen, from 0.
    pub row: u16,
    /// With Control.
    pub control: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift (most terminals keep that for their own selection).
    pub shift: bool,
}

/// What a mouse can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// A button went down.
    Press(Button),
    /// A button came up; old reports do not say which.
    Release(Option<Button>),
    /// Moved with a button down.
    Drag(Button),
    /// Moved with no button down.
    Move,
    /// The wheel, away from the hand.
    WheelUp,
    /// The wheel, towards the hand.
    WheelDown,
    /// The wheel, to the left.
    WheelLeft,
    /// The wheel, to the right.
    WheelRight,
}

/// The buttons of a mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// The left one.
    Left,
    /// The middle one.
    Middle,
    /// The right one.
    Right,
}

/// An answer of the terminal that something is done with; all others are swallowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// DA1, `CSI ? … c`: what it can do. Every terminal answers it, so it ends a row of questions.
    Attributes(Vec<u32>),
    /// DA2, `CSI > … c`: model and version.
    Model(Vec<u32>),
    /// XTVERSION, `DCS > | … ST`: name and version.
    Version(String),
    /// DECRQM, `CSI ? mode ; state $ y`: how a mode is set.
    Mode {
        /// Whether it is one of DEC's private modes (with `?`).
        private: bool,
        /// Its number.
        number: u32,
        /// Its state.
        state: ModeState,
    },
    /// OSC 10: the colour of the text, red, green and blue.
    Foreground([u8; 3]),
    /// OSC 11: the colour behind the text.
    Background([u8; 3]),
}

/// The state of a mode by DECRQM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModeState {
    /// 0: it knows no such mode.
    Unknown,
    /// 1.
    Set,
    /// 2.
    Reset,
    /// 3.
    AlwaysSet,
    /// 4.
    AlwaysReset,
}
