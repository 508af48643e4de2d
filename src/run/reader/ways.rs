//! The way to the terminal: what it answers and what the reader chooses decide how rows, colours and marks are sent.

use super::{Flow, Reader, ReaderError};
use crate::app::{Message, Status, update};
use crate::config::{Colour, Theme, ThemeError};
use crate::run::recognition::{Recognition, Way};
use crate::run::signals::stop;
use crate::term::colours::Depth;
use crate::term::events::Reply;

/// The theme for the terminal's ground.
pub(super) fn theme(recognition: &Recognition, depth: Depth) -> Result<Theme, ThemeError> {
    let ground = recognition.ground();
    let ground = ground.map(|[red, green, blue]| Colour(red, green, blue));
    Theme::for_ground(ground, depth == Depth::Ansi)
}

impl Reader<'_> {
    /// Takes an answer of the terminal, however late, and draws in another way if it says so.
    pub(super) fn hear(&mut self, reply: Reply) -> Result<Flow, ReaderError> {
        self.recognition.take(reply);
        if self.recognition.answers().are_complete() {
            self.terminal.answered();
        }
        self.colours = self.recognition.colours();
        self.screen.set_colours(self.colours);
        self.theme = theme(&self.recognition, self.colours.depth)?;
        if self.chosen.is_none() {
            self.adopt(self.recognition.way(), None)?;
        }
        Ok(Flow::On)
    }

    /// Sends rows in the next way there is, from now on.
    pub(super) fn next_profile(&mut self) -> Result<Flow, ReaderError> {
        let next = self.way.profile.next();
        self.chosen = Some(next);
        let status = Status::Profile {
            name: next.name(),
            found: next == self.recognition.verdict().profile,
        };
        self.adopt(self.recognition.way_with(next), Some(status))?;
        Ok(Flow::On)
    }

    /// Writes to the terminal in this way from now on.
    fn adopt(&mut self, way: Way, status: Option<Status>) -> Result<(), ReaderError> {
        if (way.before, way.switch) != (self.way.before, self.way.switch) {
            self.terminal.adopt(way.before, way.switch)?;
        }
        if (way.profile, way.switch) != (self.way.profile, self.way.switch) {
            self.screen.set_profile(way.profile);
        }
        self.screen.set_tashkeel(way.tashkeel);
        self.way = way;
        update(
            &mut self.app,
            Message::Terminal {
                tashkeel_lands: way.tashkeel,
                status,
            },
        );
        Ok(())
    }

    /// Gives the terminal back and stops until the shell says go on.
    pub(super) fn suspend(&mut self) -> Result<Flow, ReaderError> {
        if let Some(listener) = &self.listener {
            listener.pause();
        }
        let stopped = self.terminal.lend(stop)?;
        if let Some(listener) = &self.listener {
            listener.resume();
        }
        stopped?;
        self.redraw()
    }

    /// Empties the screen, so that the next frame draws all of it, at the size that the terminal has now.
    pub(super) fn redraw(&mut self) -> Result<Flow, ReaderError> {
        self.screen.clear();
        let size = self.screen.size()?;
        update(&mut self.app, Message::Resize(size.width, size.height));
        Ok(Flow::On)
    }
}
