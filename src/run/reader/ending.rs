//! The end of a sitting: what is kept, the terminal given back, and what is said then.

use std::sync::mpsc::Receiver;
use std::time::Instant;

use super::{Event, Flow, Reader, ReaderError};
use crate::run::keeping::{News, Trouble};
use crate::run::signals::{Signal, die};
use crate::source::SourceError;

/// What is to be said once the reader is closed.
#[derive(Debug, Default)]
pub struct Left {
    /// The sources that could not be read.
    pub unread: Vec<SourceError>,
    /// What happened to the state file.
    pub trouble: Vec<Trouble>,
}

impl Reader<'_> {
    /// Keeps what the next run should know.
    pub(super) fn close(&mut self) {
        self.sitting.end(&self.app, Instant::now());
        self.keep();
        self.remember();
    }

    /// Keeps what was chosen or found for the next run.
    fn remember(&mut self) {
        match self.chosen {
            Some(chosen) if chosen == self.recognition.verdict().profile => {
                self.recognition.choose(None);
            }
            Some(chosen) => self.recognition.choose(Some(chosen)),
            None => self.recognition.remember(),
        }
    }

    /// Keeps where the reader stands.
    pub(super) fn keep(&mut self) {
        for (id, progress) in self.sitting.take(&self.app, Instant::now()) {
            self.change(id, move |library, article| library.keep(article, &progress));
        }
    }

    /// Gives the terminal back, and ends as was asked for.
    pub(super) fn leave(
        self,
        flow: Result<Flow, ReaderError>,
        events: &Receiver<Event>,
    ) -> Result<Left, ReaderError> {
        let Self {
            terminal,
            listener,
            watch,
            keeping,
            unread,
            mut trouble,
            ..
        } = self;
        drop(listener);
        let left = terminal.leave();
        keeping.end();
        drop(watch);
        // A terminal that hangs up takes no last words, and the signal that says so may still be on its way through the channel.
        let mut told_to_end = match flow {
            Ok(Flow::Die(number)) => Some(number),
            _ => None,
        };
        for event in events.try_iter() {
            match event {
                Event::Signal(Signal::End(number)) => told_to_end = told_to_end.or(Some(number)),
                // The last that was to be kept may be what could not be.
                Event::Kept(News::Trouble(last)) => trouble.push(last),
                _ => {}
            }
        }
        if let Some(number) = told_to_end {
            die(number);
        }
        flow?;
        left?;
        Ok(Left { unread, trouble })
    }
}
