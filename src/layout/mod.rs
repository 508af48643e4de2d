//! A paragraph and a width become lines of cells, and the map between bytes and cells both ways.
//!
//! Levels come from the whole paragraph, lines are broken in logical order, and only then is each line put into visual order
//! (UAX #9 L1–L4) and its letters drawn as presentation forms. Where a line stands in a wider pane is up to who draws it.

mod block;
mod draw;
mod justify;
mod label;
mod paragraph;
mod pen;
mod switches;
#[cfg(test)]
mod tests;
mod window;
mod wrap;

use std::ops::Range;

use crate::text::Direction;
use crate::text::bidi::Levels;
use crate::text::glyphs;
pub use block::{Part, lay_out_block};
use draw::Room;
pub use justify::Justify;
pub use label::lay_out_label;
use paragraph::Paragraph;
pub use switches::Digits;
pub use window::{WHOLE, WINDOW, window_end, window_start, windows};

/// How a paragraph is laid out.
#[allow(clippy::struct_excessive_bools)] // a reader's switches
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Columns of a line; 0 for one line however long.
    pub width: usize,
    /// The paragraph's base direction.
    pub direction: Direction,
    /// Whether letters are drawn as presentation forms, lam and alef in one cell.
    pub join: bool,
    /// Whether tashkeel is drawn.
    pub tashkeel: bool,
    /// Whether tatweel inside words is drawn.
    pub tatweel: bool,
    /// The digits that numbers are drawn with; nothing changes in words with Latin letters, nor in code.
    pub digits: Digits,
    /// The bytes of the text that are code, in order.
    pub code: Vec<Range<usize>>,
    /// Whether bidi controls are shown as arrows.
    pub controls: bool,
    /// How lines are filled up to the width.
    pub justify: Justify,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 80,
            direction: Direction::Rtl,
            join: true,
            tashkeel: true,
            tatweel: true,
            digits: Digits::AsWritten,
            code: Vec::new(),
            controls: false,
            justify: Justify::Ragged,
        }
    }
}

/// A paragraph cut into lines of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The paragraph's base direction: the side on which its lines start.
    pub direction: Direction,
    lines: Vec<Line>,
    cells: Vec<Cell>,
    glyphs: String,
    /// Whether lines show bytes of several stretches side by side: their ranges do not follow one another then.
    woven: bool,
}

/// One line of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes, with the spaces that hang at its end: the lines' ranges follow each other through the whole text.
    pub range: Range<usize>,
    /// The columns that its cells take.
    pub width: usize,
    cells: Range<usize>,
}

/// One cluster on the screen; a lam with its alef is one cell too, a tab is as many as it is wide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The bytes that it shows; empty for a cell that only the layout put there.
    pub bytes: Range<u32>,
    /// Its embedding level after rule L1: odd from right to left.
    pub level: u8,
    /// The columns that it takes: 1, or 2 and seldom more for wide clusters.
    pub width: u8,
    glyph_length: u8,
    /// Whether `glyph` is a place in [`glyphs`], not in the layout's own text.
    is_common: bool,
    glyph: u32,
}

/// Lays a paragraph out in lines of at most `options.width` columns.
///
/// The text is one paragraph in logical order; line ends inside it end a line. Controls are shown as visible marks (C0 and
/// DEL as their pictures in U+2400–2421, C1 as U+FFFD) and a tab as the cells up to the next stop; a cluster wider than the
/// line itself is shown as U+FFFD. No glyph holds a control or a bidi control.
#[must_use]
pub fn lay_out(text: &str, options: &Options) -> Layout {
    draw_lines(Paragraph::read(text, options))
}

/// [`lay_out`] for a text whose levels are known: a window of a long paragraph, with its part of the whole paragraph's levels.
#[must_use]
pub fn lay_out_resolved(text: &str, levels: &Levels, options: &Options) -> Layout {
    draw_lines(Paragraph::read_resolved(text, levels, options))
}

/// Cuts a paragraph into lines and draws them.
fn draw_lines(mut paragraph: Paragraph) -> Layout {
    let options = paragraph.options;
    let spans = wrap::wrap(&mut paragraph, options.width);
    if options.width > 0 && options.justify != Justify::Ragged {
        justify::justify(&mut paragraph, &spans, options.width);
    }
    let mut layout = Layout::with_capacity(options.direction, &paragraph, spans.len());
    let mut room = Room::default();
    for span in spans {
        layout.draw_line(&mut paragraph, &span, &mut room);
    }
    layout
}

impl Layout {
    /// Counts its bytes from a point so many bytes before the text: a window's in its whole paragraph.
    pub fn shift(&mut self, bytes: usize) {
        for line in &mut self.lines {
            line.range.start += bytes;
            line.range.end += bytes;
        }
        // Texts are laid out up to 4 GB.
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        for cell in &mut self.cells {
            cell.bytes.start = cell.bytes.start.saturating_add(bytes);
            cell.bytes.end = cell.bytes.end.saturating_add(bytes);
        }
    }

    /// Its lines, at least one.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// A line's cells in visual order, left to right, without the spaces that hang at its end.
    #[must_use]
    pub fn cells(&self, line: &Line) -> &[Cell] {
        self.cells.get(line.cells.clone()).unwrap_or_default()
    }

    /// What a terminal is given for a cell: a form and its marks.
    #[must_use]
    pub fn glyph(&self, cell: &Cell) -> &str {
        if cell.is_common {
            return glyphs::get(cell.glyph, cell.glyph_length);
        }
        let start = cell.glyph as usize;
        self.glyphs
            .get(start..start + usize::from(cell.glyph_length))
            .unwrap_or_default()
    }

    /// The number of the line that holds a byte; the last one for a byte beyond the text.
    #[must_use]
    pub fn line_of(&self, byte: usize) -> usize {
        if self.woven {
            return self.woven_line_of(byte);
        }
        self.lines
            .partition_point(|line| line.range.end <= byte)
            .min(self.lines.len().saturating_sub(1))
    }

    /// The line whose cell shows the byte, or the last byte shown before it.
    fn woven_line_of(&self, byte: usize) -> usize {
        let lines = self.lines.iter().enumerate();
        let cells = lines.flat_map(|(number, line)| {
            let starts = self
                .cells(line)
                .iter()
                .filter(|cell| !cell.bytes.is_empty());
            starts.map(move |cell| (cell.bytes.start as usize, number))
        });
        cells
            .filter(|(start, _)| *start <= byte)
            .max_by_key(|(start, number)| (*start, std::cmp::Reverse(*number)))
            .map_or(0, |(_, number)| number)
    }

    /// The columns, from a line's left edge, that show bytes of this range: several runs where reordering cuts it up.
    pub fn columns(
        &self,
        line: &Line,
        range: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> + use<'_> {
        let mut column = 0;
        let mut cells = self.cells(line).iter();
        std::iter::from_fn(move || {
            let mut run: Option<Range<usize>> = None;
            for cell in cells.by_ref() {
                let start = column;
                column += usize::from(cell.width);
                if cell.shows(&range) {
                    run = Some(run.map_or(start, |run| run.start)..column);
                } else if run.is_some() {
                    break;
                }
            }
            run
        })
    }

    /// The first byte of what stands in a column, counted from the line's left edge.
    #[must_use]
    pub fn byte_at(&self, line: &Line, column: usize) -> Option<usize> {
        let mut end = 0;
        self.cells(line)
            .iter()
            .find(|cell| {
                end += usize::from(cell.width);
                column < end
            })
            .map(|cell| cell.bytes.start as usize)
    }
}

impl Cell {
    /// Whether it shows any byte of a range.
    #[must_use]
    pub fn shows(&self, range: &Range<usize>) -> bool {
        (self.bytes.start as usize) < range.end && range.start < self.bytes.end as usize
    }
}
