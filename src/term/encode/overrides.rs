//! Rows for terminals that reorder but obey the controls of UAX #9 (LRO, RLO, PDF, LRM).
//!
//! The controls ride in the cell before them, as marks do. None can stand before the first cell: terminals drop what has no cell to
//! ride in. So the first cell is outside of every override, and a word in it has to come right without one.

use super::piece::{Piece, runs_of};

const LRO: char = '\u{202D}';
const RLO: char = '\u{202E}';
const PDF: char = '\u{202C}';
const LRM: char = '\u{200E}';

/// The row stands as it is sent: an override after the first cell, up to the row's end.
pub(super) fn left_to_right(pieces: &mut [Piece<'_>]) {
    if let Some(first) = pieces.first_mut() {
        begin(first);
    }
}

/// The override begins after this cell. A letter from right to left would be taken behind all that follows it: a mark parts them.
fn begin(cell: &mut Piece<'_>) {
    if cell.is_rtl_letter() {
        cell.append(LRM);
    }
    cell.append(LRO);
}

/// The same, but each word is sent in logical order inside an override of its own, for terminals that join letters in the order in
/// which they are sent, and take presentation forms for their letters.
pub(super) fn runs(pieces: &mut [Piece<'_>]) {
    if !pieces.first().is_some_and(Piece::is_rtl_letter) {
        left_to_right(pieces);
    }
    for run in runs_of(pieces, Piece::is_rtl_letter) {
        pieces[run.clone()].reverse();
        if let Some(before) = run.start.checked_sub(1) {
            pieces[before].append(RLO);
            pieces[run.end - 1].append(PDF);
        } else {
            // A word in the first column turns by itself; the override begins after it.
            begin(&mut pieces[run.end - 1]);
        }
    }
}

/// The row stands as it is sent: a mark after each letter from right to left, which leaves nothing to turn, and after each Arabic
/// digit, whose neighbours would follow it (N1).
pub(super) fn marks(pieces: &mut [Piece<'_>]) {
    for piece in pieces {
        if piece.is_rtl_letter() || piece.is_arabic_number() {
            piece.append(LRM);
        }
    }
}
