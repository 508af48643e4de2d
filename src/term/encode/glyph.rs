//! What of a cell's text may reach the terminal.
//!
//! Layout has turned controls into visible marks and taken bidi controls out. This is the second lock on the same door: whatever a
//! cell holds, the terminal gets no control character, no bidi control that we did not mean, and one glyph for each column.

use std::borrow::Cow;

use ratatui::buffer::{Cell, CellWidth};

/// The text to send for a cell that takes so many columns.
pub(super) fn glyph(cell: &Cell, columns: usize) -> Cow<'_, str> {
    let symbol = cell.symbol();
    if symbol.contains(steers) {
        let kept: String = symbol.chars().filter(|c| !steers(*c)).take(1).collect();
        return Cow::Owned(if kept.cell_width() == 1 {
            kept
        } else {
            "\u{FFFD}".to_owned()
        });
    }
    match usize::from(cell.cell_width()) {
        // Marks without a base stand on a blank.
        0 => Cow::Owned(format!(" {symbol}")),
        width if width > columns => Cow::Borrowed(" "),
        _ => Cow::Borrowed(symbol),
    }
}

/// Controls of the terminal (C0, DEL, C1), line and paragraph separators, and the controls of UAX #9 (marks, embeddings, isolates).
pub(super) fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
