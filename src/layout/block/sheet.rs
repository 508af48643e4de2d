//! Lines are put together, from left to right, of pieces of other layouts, of blanks and of lines between columns.

use std::ops::Range;

use crate::layout::{Cell, Layout, Line};
use crate::text::Direction;

/// A layout that is being put together.
pub(super) struct Sheet {
    layout: Layout,
    line: Range<usize>,
    start: usize,
}

impl Sheet {
    pub fn new(direction: Direction) -> Self {
        Self {
            layout: Layout {
                direction,
                lines: Vec::new(),
                cells: Vec::new(),
                glyphs: String::new(),
                woven: false,
            },
            line: 0..0,
            start: 0,
        }
    }

    /// Says whether the lines' bytes do not follow one another.
    pub fn woven(&mut self, woven: bool) {
        self.layout.woven = woven;
    }

    /// The side on which its lines begin.
    pub const fn direction(&self) -> Direction {
        self.layout.direction
    }

    /// Begins a line that stands for these bytes.
    pub fn begin(&mut self, bytes: Range<usize>) {
        self.line = bytes;
        self.start = self.layout.cells.len();
    }

    /// Adds blanks.
    pub fn blank(&mut self, count: usize) {
        self.frame(" ", count);
    }

    /// Adds one glyph so many times, for no bytes.
    pub fn frame(&mut self, glyph: &str, count: usize) {
        let at = self.write(glyph);
        let byte = byte(self.line.start);
        for _ in 0..count {
            self.push(at, byte..byte, 1);
        }
    }

    /// Adds one glyph that shows these bytes.
    pub fn sign(&mut self, glyph: &str, bytes: Range<usize>) {
        let at = self.write(glyph);
        self.push(at, byte(bytes.start)..byte(bytes.end), 1);
    }

    /// Adds the cells of a line of another layout.
    pub fn put(&mut self, layout: &Layout, line: &Line) {
        self.put_shifted(layout, line, 0);
    }

    /// [`Self::put`], with the other layout's bytes counted from this one.
    pub fn put_shifted(&mut self, layout: &Layout, line: &Line, first: usize) {
        let first = byte(first);
        for cell in layout.cells(line) {
            let mut cell = cell.clone();
            cell.bytes = cell.bytes.start + first..cell.bytes.end + first;
            if !cell.is_common {
                let (glyph, length) = self.write(layout.glyph(&cell));
                (cell.glyph, cell.glyph_length) = (glyph, length);
            }
            self.layout.cells.push(cell);
        }
    }

    /// Adds the cells of a line of another layout for no bytes, with one sign drawn as another.
    pub fn put_frame(&mut self, layout: &Layout, line: &Line, (sign, drawn): (char, &str)) {
        let byte = byte(self.line.start);
        for cell in layout.cells(line) {
            let glyph = layout.glyph(cell);
            // Mirrored where the line runs to the left.
            let is_sign = glyph.starts_with([sign, '<']);
            let at = self.write(if is_sign { drawn } else { glyph });
            self.push(at, byte..byte, cell.width);
        }
    }

    /// Ends the line.
    pub fn end(&mut self) {
        let cells = self.start..self.layout.cells.len();
        let width = self.layout.cells[cells.clone()]
            .iter()
            .map(|cell| usize::from(cell.width))
            .sum();
        self.layout.lines.push(Line {
            range: self.line.clone(),
            width,
            cells,
        });
    }

    /// Ends a line whose bytes are those that it shows.
    pub fn end_woven(&mut self) {
        let shown = self.layout.cells[self.start..].iter();
        let shown = shown.filter(|cell| !cell.bytes.is_empty());
        let start = shown.clone().map(|cell| cell.bytes.start).min();
        let end = shown.map(|cell| cell.bytes.end).max();
        if let (Some(start), Some(end)) = (start, end) {
            self.line = start as usize..end as usize;
        }
        self.end();
    }

    pub fn finish(self) -> Layout {
        self.layout
    }

    fn push(&mut self, (glyph, length): (u32, u8), bytes: Range<u32>, width: u8) {
        let level = self.layout.direction.level();
        self.layout.cells.push(Cell {
            bytes,
            level,
            width,
            glyph_length: length,
            is_common: false,
            glyph,
        });
    }

    /// Writes a glyph; where it stands, and its length.
    fn write(&mut self, glyph: &str) -> (u32, u8) {
        let at = byte(self.layout.glyphs.len());
        self.layout.glyphs.push_str(glyph);
        (at, u8::try_from(glyph.len()).unwrap_or(0))
    }
}

/// Texts are laid out up to 4 GB.
fn byte(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
