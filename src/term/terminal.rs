//! The terminal's life: opened, entered, suspended, resumed, left; and what is written at each turn.
//!
//! Nothing here waits for an answer. What enters is undone by `restore`, from wherever the program ends.

use std::io::{self, IsTerminal, Write, stderr, stdin, stdout};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::thread::current;
use std::time::{Duration, Instant};

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
};
use nix::unistd::{getpgrp, tcgetpgrp};
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetwinsize, tcsetattr,
    ttyname,
};
use thiserror::Error;

use super::detect::QUESTIONS;
use super::events::{Input, Listener, Parser, Reply};
use super::restore::{Record, Sides, leave_with, remember, restore, write_all};
use super::screen::Device;

/// Asks the terminal to leave cells where they are written (BDSM reset, ECMA-48 8.3.18). Those that do not know it ignore it.
pub(super) const BIDI_EXPLICIT: &str = "\x1b[8l";
/// Asks it to reorder by itself: what most that know the mode start with.
const BIDI_IMPLICIT: &str = "\x1b[8h";

/// The mouse: buttons and wheel, drags, reports in decimals (not every motion, which crossterm's own command asks for too).
const MOUSE: [&str; 2] = [
    "\x1b[?1000h\x1b[?1002h\x1b[?1006h",
    "\x1b[?1006l\x1b[?1002l\x1b[?1000l",
];
/// Pasted text in brackets.
const PASTE: [&str; 2] = ["\x1b[?2004h", "\x1b[?2004l"];
/// The pen at rest.
const REST: &str = "\x1b[m";

/// The bytes of a command of crossterm's.
fn bytes_of(command: &impl Command) -> String {
    let mut bytes = String::new();
    // Writing to a string does not fail.
    let _ = command.write_ansi(&mut bytes);
    bytes
}

/// The bytes that ask a terminal to put a text into its clipboard (OSC 52).
#[must_use]
pub fn copying(text: &str) -> String {
    bytes_of(&CopyToClipboard::to_clipboard_from(text))
}

/// What is written to enter, in this order: in VTE a row takes the bidi mode when it is cleared, so the mode comes before the clear.
fn enter() -> String {
    [
        bytes_of(&EnterAlternateScreen),
        BIDI_EXPLICIT.to_owned(),
        bytes_of(&Clear(ClearType::All)),
        bytes_of(&MoveTo(0, 0)),
        bytes_of(&Hide),
        MOUSE[0].to_owned(),
        PASTE[0].to_owned(),
    ]
    .concat()
}

/// What is written to leave, but for the bidi mode and the main screen, which come last.
fn leave() -> String {
    [
        // A frame may have been cut off.
        bytes_of(&EndSynchronizedUpdate),
        REST.to_owned(),
        PASTE[1].to_owned(),
        MOUSE[1].to_owned(),
        bytes_of(&Show),
    ]
    .concat()
}

/// How long a leave waits for answers that are on their way.
const PARTING: Duration = Duration::from_millis(100);

/// The bidi mode that the terminal had before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BidiMode {
    /// It reorders: the default of those that know the mode, and taken for granted until one says otherwise.
    #[default]
    Implicit,
    /// It leaves cells where they are.
    Explicit,
}

/// A switch of a terminal's own that stops it from reordering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// mlterm's `use_ctl`.
    Mlterm,
}

impl Switch {
    const fn on(self) -> &'static str {
        match self {
            Self::Mlterm => "\x1b]5379;use_ctl=false\x07",
        }
    }

    const fn off(self) -> &'static str {
        match self {
            Self::Mlterm => "\x1b]5379;use_ctl=true\x07",
        }
    }
}

/// Why there is no terminal to read in.
#[derive(Debug, Error)]
pub enum TerminalError {
    /// Neither standard input nor the controlling terminal can be read.
    #[error("there is no terminal to read keys from")]
    NoKeyboard(#[source] io::Error),
    /// The terminal does not do what it is asked.
    #[error("the terminal does not answer")]
    Broken(#[from] io::Error),
}

impl From<rustix::io::Errno> for TerminalError {
    fn from(error: rustix::io::Errno) -> Self {
        Self::Broken(error.into())
    }
}

/// The terminal that the reader sits at. While this lives the screen is up; dropping it puts everything back.
#[derive(Debug)]
pub struct Terminal {
    sides: Arc<Sides>,
    cooked: Termios,
    before: BidiMode,
    switch: Option<Switch>,
    /// Questions were asked, and the last is not answered yet.
    asked: bool,
}

impl Terminal {
    /// Opens the terminal and takes the whole screen. Keys come from standard input, or from the controlling terminal when that is
    /// something else; what is drawn goes to standard output. The thread that calls is the one that draws.
    ///
    /// # Errors
    ///
    /// [`TerminalError::NoKeyboard`] without a terminal to read from; [`TerminalError::Broken`] when it refuses.
    pub fn enter() -> Result<Self, TerminalError> {
        let tty = open_tty().map_err(TerminalError::NoKeyboard)?;
        let cooked = tcgetattr(&tty)?;
        let output = stdout().as_fd().try_clone_to_owned()?;
        let terminal = Self {
            sides: Arc::new(Sides { tty, output }),
            cooked,
            before: BidiMode::default(),
            switch: None,
            asked: false,
        };
        terminal.resume()?;
        Ok(terminal)
    }

    /// Goes back to the main screen and to the modes as they were. The listener must have been dropped.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn leave(self) -> io::Result<()> {
        if self.asked {
            self.swallow_answers();
        }
        restore()
    }

    /// Asks what the terminal is (see [`super::detect`]). The answers come as [`Input::Reply`]; nothing waits for them.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn ask(&mut self) -> io::Result<()> {
        self.asked = true;
        write_all(&self.sides.output, QUESTIONS.as_bytes())
    }

    /// The last question was answered: nothing more is on its way.
    pub const fn answered(&mut self) {
        self.asked = false;
    }

    /// Takes answers that are on their way, so that the shell does not find them typed.
    fn swallow_answers(&self) {
        let mut parser = Parser::default();
        let mut buffer = [0; 256];
        let end = Instant::now() + PARTING;
        while let Some(left) = end.checked_duration_since(Instant::now())
            && let Ok(left) = Timespec::try_from(left)
            && let Ok(1) = poll(
                &mut [PollFd::new(&self.sides.tty, PollFlags::IN)],
                Some(&left),
            )
            && let Ok(count @ 1..) = rustix::io::read(&self.sides.tty, &mut buffer)
        {
            if parser
                .feed(&buffer[..count])
                .iter()
                .any(|input| matches!(input, Input::Reply(Reply::Attributes(_))))
            {
                break;
            }
        }
    }

    /// Takes the screen, after a stop or a program that had it. Everything must be drawn anew.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn resume(&self) -> io::Result<()> {
        // First remembered, then changed: whatever happens in between can be undone.
        remember(Record {
            sides: Arc::clone(&self.sides),
            cooked: self.cooked.clone(),
            leave: leave_bytes(self.before, self.switch),
            owner: current().id(),
        });
        let mut raw = self.cooked.clone();
        raw.make_raw();
        // A read gives what there is and never waits; waiting is `poll`'s.
        raw.special_codes[SpecialCodeIndex::VMIN] = 0;
        raw.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(&self.sides.tty, OptionalActions::Now, &raw)?;
        write_all(&self.sides.output, enter_bytes(self.switch).as_bytes())
    }

    /// Gives the terminal away while `run` runs: to another program, or to the shell while this one is stopped. The listener must be
    /// paused meanwhile; everything must be drawn anew.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn lend<T>(&self, run: impl FnOnce() -> T) -> io::Result<T> {
        restore()?;
        let done = run();
        self.resume()?;
        Ok(done)
    }

    /// Turns a switch of the terminal's own, and notes how to leave it: in the bidi mode that it was in, the switch turned back.
    /// Everything must be drawn anew if there is a switch.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn adopt(&mut self, before: BidiMode, switch: Option<Switch>) -> io::Result<()> {
        let back = self.switch.filter(|old| Some(*old) != switch);
        let turns = [back.map_or("", Switch::off), switch.map_or("", Switch::on)];
        self.before = before;
        self.switch = switch;
        leave_with(leave_bytes(before, switch));
        write_all(&self.sides.output, turns.concat().as_bytes())
    }

    /// What is drawn on, for [`super::Screen`].
    #[must_use]
    pub fn output(&self) -> Output {
        Output {
            sides: Arc::clone(&self.sides),
        }
    }

    /// Starts the thread that reads the terminal; see [`Listener::spawn`].
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn listen(&self, send: impl FnMut(Input) -> bool + Send + 'static) -> io::Result<Listener> {
        Listener::spawn(self.sides.tty.try_clone()?, send)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A terminal that is gone needs nothing.
        let _ = restore();
    }
}

/// Asks the terminal without taking its screen, and hands on what it answers until `enough` says so, or the time is over. What is
/// typed meanwhile is lost; a job in the background does not ask.
///
/// Old parsers print the end of a question that they do not know (Konsole's code of old: a `p` for each mode asked for): the cursor
/// goes back to where it was, and what stands behind it is erased.
///
/// # Errors
///
/// When there is no terminal to ask.
pub fn inquire(wait: Duration, mut enough: impl FnMut(Reply) -> bool) -> io::Result<()> {
    let tty = open_tty()?;
    // Not rustix's: a group outside of our container has the number 0, which it takes for impossible.
    if tcgetpgrp(&tty)? != getpgrp() {
        return Ok(());
    }
    let cooked = tcgetattr(&tty)?;
    let mut raw = cooked.clone();
    raw.local_modes
        .remove(LocalModes::ICANON | LocalModes::ECHO);
    raw.special_codes[SpecialCodeIndex::VMIN] = 0;
    raw.special_codes[SpecialCodeIndex::VTIME] = 0;
    tcsetattr(&tty, OptionalActions::Now, &raw)?;
    let asked = write_all(&tty, format!("\x1b7{QUESTIONS}\x1b8\x1b[K").as_bytes());
    let mut parser = Parser::default();
    let mut buffer = [0; 256];
    let end = Instant::now() + wait;
    'answers: while asked.is_ok()
        && let Some(left) = end.checked_duration_since(Instant::now())
        && let Ok(left) = Timespec::try_from(left)
        && let Ok(1) = poll(&mut [PollFd::new(&tty, PollFlags::IN)], Some(&left))
        && let Ok(count @ 1..) = rustix::io::read(&tty, &mut buffer)
    {
        for input in parser.feed(&buffer[..count]) {
            if let Input::Reply(reply) = input
                && enough(reply)
            {
                break 'answers;
            }
        }
    }
    tcsetattr(&tty, OptionalActions::Now, &cooked)?;
    asked
}

/// The side of the terminal that is drawn on. What is written goes out at once: give it whole frames.
#[derive(Clone, Debug)]
pub struct Output {
    sides: Arc<Sides>,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        write_all(&self.sides.output, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Device for Output {
    /// The size that the terminal tells; 80 by 24 when it tells none.
    fn size(&self) -> io::Result<Size> {
        let size = tcgetwinsize(&self.sides.output).or_else(|_| tcgetwinsize(&self.sides.tty))?;
        Ok(if size.ws_col == 0 || size.ws_row == 0 {
            Size::new(80, 24)
        } else {
            Size::new(size.ws_col, size.ws_row)
        })
    }
}

fn enter_bytes(switch: Option<Switch>) -> String {
    [switch.map_or("", Switch::on), &enter()].concat()
}

fn leave_bytes(before: BidiMode, switch: Option<Switch>) -> Vec<u8> {
    let bidi = match before {
        BidiMode::Implicit => BIDI_IMPLICIT,
        BidiMode::Explicit => BIDI_EXPLICIT,
    };
    let main = bytes_of(&LeaveAlternateScreen);
    let last = [bidi, &main, switch.map_or("", Switch::off)];
    [leave(), last.concat()].concat().into_bytes()
}

/// Standard input if it is a terminal; else the terminal that output or errors go to, by its own name, since some systems cannot poll
/// `/dev/tty`; else that.
fn open_tty() -> io::Result<OwnedFd> {
    if stdin().is_terminal() {
        return stdin().as_fd().try_clone_to_owned();
    }
    let own = || {
        open(
            "/dev/tty",
            OFlags::RDWR | OFlags::CLOEXEC | OFlags::NOCTTY,
            Mode::empty(),
        )
    };
    let named = [ttyname(stdout(), Vec::new()), ttyname(stderr(), Vec::new())]
        .into_iter()
        .flatten();
    let mut named = named.filter_map(|name| {
        open(
            name,
            OFlags::RDWR | OFlags::CLOEXEC | OFlags::NOCTTY,
            Mode::empty(),
        )
        .ok()
    });
    Ok(named.next().map_or_else(own, Ok)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_entered_is_left_in_reverse() {
        let modes = |text: &str| -> Vec<String> {
            text.split("\x1b[?")
                .skip(1)
                .filter_map(|part| part.split_once(['h', 'l']))
                .map(|(mode, _)| mode.to_owned())
                .collect()
        };
        let leave = String::from_utf8(leave_bytes(BidiMode::Implicit, None)).unwrap_or_default();
        let mut left = modes(&leave);
        left.reverse();
        // A frame is opened and closed by itself.
        assert_eq!(left.pop().as_deref(), Some("2026"));
        assert_eq!(modes(&enter()), left);
    }

    #[test]
    fn the_bidi_mode_comes_before_the_clear_and_goes_back_to_what_it_was() {
        let enter = enter();
        assert!(enter.find("\x1b[?1049h") < enter.find("\x1b[8l"));
        assert!(enter.find("\x1b[8l") < enter.find("\x1b[2J"));
        assert!(leave_bytes(BidiMode::Implicit, None).ends_with(b"\x1b[8h\x1b[?1049l"));
        assert!(leave_bytes(BidiMode::Explicit, None).ends_with(b"\x1b[8l\x1b[?1049l"));
    }
}
