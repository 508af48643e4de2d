//! Rows for kitty, which lets `HarfBuzz` shape every stretch of cells of one font without a blank, and so turns those of Arabic.
//!
//! Each stretch of Arabic letters and digits is sent turned, to be turned back. What touches it and is not Arabic would be drawn into
//! the turn where the font has both, and not where it has not; in the other weight it is of another font in any case, up to the next
//! blank, so that a number is of one weight. A cell's colours stay in its column, whatever glyph is drawn there.

use std::ops::Range;

use super::piece::{Piece, runs_of};

/// Turns the stretches, and sets apart what touches them.
pub(super) fn runs(pieces: &mut [Piece<'_>]) {
    let mut runs = runs_of(pieces, is_turned);
    runs.retain(|run| pieces[run.clone()].iter().any(has_script));
    for run in &runs {
        turn(&mut pieces[run.clone()]);
    }
    for run in &runs {
        let (before, after) = pieces.split_at_mut(run.end);
        set_apart(before[..run.start].iter_mut().rev());
        set_apart(after.iter_mut());
    }
}

/// Gives what touches a stretch the other weight, up to the next blank or stretch.
fn set_apart<'a: 'b, 'b>(pieces: impl Iterator<Item = &'b mut Piece<'a>>) {
    for piece in pieces.take_while(|piece| takes_weight(piece) && !is_turned(piece)) {
        piece.other_weight = true;
    }
}

/// The glyphs change places; columns and styles stay.
fn turn(run: &mut [Piece<'_>]) {
    let Range { mut start, mut end } = 0..run.len();
    while start + 1 < end {
        end -= 1;
        let (left, right) = run.split_at_mut(end);
        std::mem::swap(&mut left[start].text, &mut right[0].text);
        start += 1;
    }
}

/// Whether it belongs to a stretch that `HarfBuzz` turns: letters from right to left, and digits and signs of the Arabic script.
fn is_turned(piece: &Piece<'_>) -> bool {
    piece.is_rtl_letter()
        || matches!(piece.base(), '\u{606}'..='\u{60B}' | '\u{660}'..='\u{66D}' | '\u{6F0}'..='\u{6F9}')
}

/// Whether it is of one script: a stretch of signs that all scripts share is not turned (tatweel, `؟` and their like).
fn has_script(piece: &Piece<'_>) -> bool {
    !matches!(piece.base(), '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{640}')
}

/// Whether its weight says anything: a blank ends a stretch, and kitty draws boxes and blocks itself.
fn takes_weight(piece: &Piece<'_>) -> bool {
    !matches!(piece.base(), ' ' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{3000}' | '\u{2500}'..='\u{259F}' | '\u{2800}'..='\u{28FF}')
}
