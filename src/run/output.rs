//! The one way in which text reaches a terminal outside the panes.
//!
//! A terminal is given lines in visual order, joined and placed, and is told not to reorder them again: `CSI 8 l` (BDSM,
//! ECMA-48 8.3.106: explicit) at column 0 before the first such line, and gets back its old mode at column 0 after the last; one that
//! knows no bidi ignores both. What else a terminal needs is up to its profile, as in the panes; it is asked only where its
//! surroundings do not say enough. Ctrl-C between the two ends the run after the line at hand, so that the mode is given back. Pipes, files and dumb terminals are given logical text and no controls at all.

use std::cell::OnceCell;
use std::env;
use std::io;
use std::io::{BufWriter, IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

use crate::layout;
use crate::layout::{Cell, Layout, Line};
use crate::locale::Locale;
use crate::run::Message;
use crate::run::paint;
use crate::run::recognition::{LineWay, Wish};
use crate::run::table::Table;
use crate::term::{BidiMode, encode};
use crate::text::{Direction, sanitise};

/// The most columns that are filled without being asked for more.
pub const MEASURE: usize = 80;

/// The columns of a terminal that does not say how many it has.
const UNKNOWN_COLUMNS: usize = 80;

const EXPLICIT: &str = "\x1b[8l";
const IMPLICIT: &str = "\x1b[8h";

/// The order of the letters in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As they stand on the screen, left to right.
    Visual,
    /// As they are read.
    Logical,
}

/// Standard output and standard error.
pub struct Output {
    out: Stream,
    err: Stream,
    /// The columns of the terminal that standard output is, also of one that shows plain lines only.
    measure: Option<usize>,
    /// How the reader wants rows to be sent.
    wish: Option<Wish>,
    /// How they are, once that is known.
    way: OnceCell<LineWay>,
    /// Set by Ctrl-C once the terminal was told to leave the order alone.
    interrupted: Option<Arc<AtomicBool>>,
}

impl Output {
    /// Those of the process; a wish says how rows are sent to a terminal.
    #[must_use]
    pub fn standard(wish: Option<Wish>) -> Self {
        Self {
            out: Stream::new(BufWriter::new(io::stdout()), columns(&io::stdout())),
            err: Stream::new(io::stderr(), columns(&io::stderr())),
            measure: measure(&io::stdout()),
            wish,
            way: OnceCell::new(),
            interrupted: None,
        }
    }

    /// How the reader wants rows to be sent, if there is such a wish.
    #[must_use]
    pub const fn wish(&self) -> Option<Wish> {
        self.wish
    }

    /// Whether standard output is a terminal that shows more than plain lines.
    #[must_use]
    pub const fn is_terminal(&self) -> bool {
        self.out.columns.is_some()
    }

    /// The columns of the terminal that standard output is, if it is one that shows more than plain lines.
    #[must_use]
    pub const fn columns(&self) -> Option<usize> {
        self.out.columns
    }

    /// The columns that text fills if nobody says how many: those of the terminal, whatever it shows, but no more than 80.
    #[must_use]
    pub fn measure(&self) -> Option<usize> {
        Some(self.measure?.min(MEASURE))
    }

    /// Sends lines in this way from now on.
    pub fn set_way(&mut self, way: LineWay) {
        self.way = OnceCell::from(way);
    }

    /// How lines are sent to the terminal; the first call may ask it.
    fn way(&self) -> LineWay {
        *self.way.get_or_init(|| LineWay::find(self.wish))
    }

    /// Writes a line that is in this order already.
    ///
    /// # Errors
    /// What the system says; `Interrupted` after Ctrl-C.
    pub fn line(&mut self, line: &str, order: Order) -> io::Result<()> {
        let way = self.way_for(order);
        self.out.line(line, order, way)?;
        if self.out.explicit && self.interrupted.is_none() {
            self.interrupted = Some(catch_interrupt()?);
        }
        if self.is_interrupted() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(())
    }

    /// Whether Ctrl-C was pressed since the terminal was told to leave the order alone; before that it ends the program.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        let is_set = |flag: &Arc<AtomicBool>| flag.load(Ordering::Relaxed);
        self.interrupted.as_ref().is_some_and(is_set)
    }

    /// Sends what was written so far: what is told while more is under way.
    ///
    /// # Errors
    /// What the system says.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.writer.flush()
    }

    /// Writes text that is meant for programs, as it is.
    ///
    /// # Errors
    /// What the system says.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.writer.write_all(text.as_bytes())
    }

    /// Lays a paragraph out and writes it.
    ///
    /// # Errors
    /// What the system says.
    pub fn paragraph(&mut self, text: &str, direction: Direction) -> io::Result<()> {
        let way = self.way_for(Order::Visual);
        self.out.paragraph(text, direction, 0, way)
    }

    /// How lines of this order are sent; nothing is asked for those that go out as they are.
    fn way_for(&self, order: Order) -> LineWay {
        if self.out.columns.is_some() && order == Order::Visual {
            self.way()
        } else {
            LineWay::default()
        }
    }

    /// Lays a table out and writes it, indented from the side where it starts.
    ///
    /// # Errors
    /// What the system says.
    pub fn table(&mut self, table: &Table, direction: Direction, indent: usize) -> io::Result<()> {
        let (lines, order) = match self.columns() {
            Some(columns) => (
                table.visual(columns.min(MEASURE), direction, indent),
                Order::Visual,
            ),
            None => (table.logical(indent), Order::Logical),
        };
        let way = self.way_for(order);
        lines
            .iter()
            .try_for_each(|line| self.out.line(line, order, way))
    }

    /// Tells the reader something on standard error, after all that was written so far.
    ///
    /// # Errors
    /// What the system says about standard output; where standard error leads nowhere, nobody listens.
    pub fn report(&mut self, locale: &Locale, message: &Message) -> io::Result<()> {
        let flushed = self.out.writer.flush();
        let direction = locale.language().direction();
        let way = if self.err.columns.is_some() {
            self.way()
        } else {
            LineWay::default()
        };
        let told = self
            .err
            .paragraph(&format!("qari: {}", message.text), direction, 0, way)
            .and_then(|()| match &message.hint {
                Some(hint) => self.err.paragraph(hint, direction, 6, way),
                None => Ok(()),
            })
            .and_then(|()| self.err.finish(way.before));
        if told.is_ok() && self.err.columns.is_some() {
            // Both lead to one terminal, and its mode is the old one again.
            self.out.explicit = false;
        }
        flushed
    }

    /// Gives the terminal its mode back and writes out what is still held.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(&mut self) -> io::Result<()> {
        // Where no line went out in visual order, nothing was asked and nothing is to be undone.
        let way = self.way.get().copied().unwrap_or_default();
        self.out.finish(way.before)
    }
}

/// One way out.
struct Stream {
    writer: Box<dyn Write>,
    columns: Option<usize>,
    /// Whether the terminal was told to leave the order alone.
    explicit: bool,
}

impl Stream {
    fn new(writer: impl Write + 'static, columns: Option<usize>) -> Self {
        Self {
            writer: Box::new(writer),
            columns,
            explicit: false,
        }
    }

    fn line(&mut self, line: &str, order: Order, way: LineWay) -> io::Result<()> {
        let is_placed = self.columns.is_some() && order == Order::Visual;
        if is_placed && !self.explicit {
            self.explicit = true;
            self.writer.write_all(EXPLICIT.as_bytes())?;
        }
        if is_placed {
            self.writer.write_all(&encoded(line, way))?;
        } else {
            self.writer.write_all(line.as_bytes())?;
        }
        self.writer.write_all(b"\n")
    }

    fn paragraph(
        &mut self,
        text: &str,
        direction: Direction,
        indent: usize,
        way: LineWay,
    ) -> io::Result<()> {
        let Some(columns) = self.columns else {
            let line = format!("{:indent$}{}", "", sanitise(text));
            return self.line(&line, Order::Logical, way);
        };
        let columns = columns.min(MEASURE);
        let options = layout::Options {
            width: columns.saturating_sub(indent).max(1),
            direction,
            ..layout::Options::default()
        };
        let layout = layout::lay_out(text, &options);
        for line in layout.lines() {
            let row = row(&layout, line, |_| None);
            let margin = match direction {
                Direction::Ltr => indent,
                Direction::Rtl => columns.saturating_sub(indent + line.width),
            };
            self.line(&format!("{:margin$}{row}", ""), Order::Visual, way)?;
        }
        Ok(())
    }

    fn finish(&mut self, before: BidiMode) -> io::Result<()> {
        if self.explicit {
            self.explicit = false;
            let back = match before {
                BidiMode::Implicit => IMPLICIT,
                BidiMode::Explicit => EXPLICIT,
            };
            self.writer.write_all(back.as_bytes())?;
        }
        self.writer.flush()
    }
}

/// A line as the terminal needs it.
fn encoded(line: &str, way: LineWay) -> Vec<u8> {
    let cells = paint::cells(line, way.tashkeel, way.colours.depth);
    let mut bytes = Vec::new();
    encode::line(&mut bytes, way.profile, way.colours, &cells);
    bytes
}

/// The glyphs of a line from left to right; `style` gives the sequence that begins a cell's colour, if it has one.
pub fn row(layout: &Layout, line: &Line, style: impl Fn(&Cell) -> Option<&'static str>) -> String {
    let mut row = String::new();
    let mut current = None;
    for cell in layout.cells(line) {
        let next = style(cell);
        if next != current {
            row.push_str(current.map_or("", |_| super::paint::END));
            row.push_str(next.unwrap_or_default());
            current = next;
        }
        row.push_str(layout.glyph(cell));
    }
    row.push_str(current.map_or("", |_| super::paint::END));
    row
}

/// A flag that Ctrl-C sets; pressed again, it ends the program at once.
fn catch_interrupt() -> io::Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    flag::register_conditional_default(SIGINT, Arc::clone(&flag))?;
    flag::register(SIGINT, Arc::clone(&flag))?;
    Ok(flag)
}

/// The columns of a terminal; nothing for what is none, or one that takes plain lines only.
fn columns(stream: &(impl AsFd + IsTerminal)) -> Option<usize> {
    let is_dumb = env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    if is_dumb { None } else { measure(stream) }
}

/// The columns of any terminal.
fn measure(stream: &(impl AsFd + IsTerminal)) -> Option<usize> {
    if !stream.is_terminal() {
        return None;
    }
    let columns = rustix::termios::tcgetwinsize(stream).map_or(0, |size| usize::from(size.ws_col));
    Some(if columns == 0 {
        UNKNOWN_COLUMNS
    } else {
        columns
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
