//! Rows for terminals that reorder but obey the overrides of UAX #9 (LRO, RLO, PDF).
//!
//! The controls ride in the cell before them, as marks do. None can stand before the first cell: terminals drop what has no cell to
//! ride in. So the first cell is outside; it is a margin or a frame in every row of ours.

use super::piece::{Piece, runs_of};

const LRO: char = '\u{202D}';
const RLO: char = '\u{202E}';
const PDF: char = '\u{202C}';

/// The row stands as it is sent: an override after the first cell, up to the row's end.
pub(super) fn left_to_right(pieces: &mut [Piece<'_>]) {
    if let Some(first) = pieces.first_mut() {
        first.append(LRO);
    }
}

/// The same, but each word is sent in logical order inside an override of its own, for terminals that join letters in the order in
/// which they are sent, and take presentation forms for their letters.
pub(super) fn runs(pieces: &mut [Piece<'_>]) {
    left_to_right(pieces);
    for run in runs_of(pieces, Piece::is_rtl_letter) {
        // A letter in the first column has no cell before it and stays outside.
        let run = run.start.max(1)..run.end;
        if run.is_empty() {
            continue;
        }
        pieces[run.start - 1].append(RLO);
        pieces[run.clone()].reverse();
        pieces[run.end - 1].append(PDF);
    }
}
