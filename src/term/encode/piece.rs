//! A row of cells becomes pieces that can be sent: what each shows, where, how wide, in what style.
//!
//! Layout has turned controls into visible marks and taken bidi controls out. This is the second lock on the same door: whatever a
//! cell holds, the terminal gets no control character, no bidi control that a profile did not put there, and one glyph for each piece.

use std::borrow::Cow;

use ratatui::buffer::{Cell, CellWidth};

use crate::text::Direction;
use crate::text::bidi::first_strong;
use crate::text::properties::Properties;
use crate::text::visible::is_bidi_control;

/// What is sent for one glyph.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    pub text: Cow<'a, str>,
    /// The column that it is drawn in.
    pub column: usize,
    /// How many columns it takes.
    pub columns: usize,
    /// The cell that has its style.
    pub style: &'a Cell,
    /// Drawn bold where the style is not, and the other way round.
    pub other_weight: bool,
}

/// The pieces of a row in visual order. The cells that a wide glyph covers have none of their own.
pub(super) fn pieces(cells: &[Cell]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(cells.len());
    let mut column = 0;
    while let Some(cell) = cells.get(column) {
        let (text, columns) = glyph(cell, cells.len() - column);
        pieces.push(Piece {
            text,
            column,
            columns,
            style: cell,
            other_weight: false,
        });
        column += columns;
    }
    pieces
}

/// What is sent for a cell, and how many columns that takes: at least one, and no more than there are.
fn glyph(cell: &Cell, room: usize) -> (Cow<'_, str>, usize) {
    let symbol = cell.symbol();
    // Most cells of a screen are blank.
    if let [b' '..=b'~'] = symbol.as_bytes() {
        return (Cow::Borrowed(symbol), 1);
    }
    if symbol.contains(steers) {
        let first = symbol.chars().find(|c| !steers(*c)).map(String::from);
        let kept = first.filter(|text| text.as_str().cell_width() == 1);
        return (Cow::Owned(kept.unwrap_or_else(|| "\u{FFFD}".to_owned())), 1);
    }
    match usize::from(cell.cell_width()) {
        // Marks without a base stand on a blank.
        0 => (Cow::Owned(format!(" {symbol}")), 1),
        // A wide glyph that would stick out is shown as a blank.
        width if width > room => (Cow::Borrowed(" "), 1),
        width => (Cow::Borrowed(symbol), width),
    }
}

/// Controls of the terminal (C0, DEL, C1), line and paragraph separators, bidi controls.
fn steers(c: char) -> bool {
    c.is_control() || is_bidi_control(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

impl Piece<'_> {
    /// The character that its cell is known by.
    pub fn base(&self) -> char {
        self.text.chars().next().unwrap_or(' ')
    }

    /// Whether it is sent in the same style.
    pub fn looks_like(&self, other: &Self) -> bool {
        let style = |piece: &Self| (piece.style.style(), piece.other_weight);
        style(self) == style(other)
    }

    /// Whether it is a letter from right to left.
    pub fn is_rtl_letter(&self) -> bool {
        first_strong(self.base().encode_utf8(&mut [0; 4])) == Some(Direction::Rtl)
    }

    /// Whether it is a digit of the Arabic script, of class AN.
    pub fn is_arabic_number(&self) -> bool {
        Properties::of(self.base()).bidi_bit() == Properties::of('٠').bidi_bit()
    }

    /// Adds a character without width to the cell.
    pub fn append(&mut self, c: char) {
        self.text.to_mut().push(c);
    }
}

/// The maximal runs of pieces for which something holds, as ranges.
pub(super) fn runs_of<'a>(
    pieces: &[Piece<'a>],
    holds: impl Fn(&Piece<'a>) -> bool,
) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (place, held) in pieces.iter().map(holds).chain([false]).enumerate() {
        match (start, held) {
            (None, true) => start = Some(place),
            (Some(first), false) => {
                runs.push(first..place);
                start = None;
            }
            _ => {}
        }
    }
    runs
}
