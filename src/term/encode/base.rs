//! Rows without presentation forms: each form becomes its letter again, for terminals that shape letters in the order in which they
//! stand and have no font for the forms.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::piece::Piece;
use crate::text::joining::shape;

/// From a presentation form to its letter. The ligatures of lam and alef stay: their letters would need two cells.
static LETTERS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut letters = HashMap::new();
    // Beside neighbours that join on both sides, on one, and on none, a letter takes each of its forms.
    for letter in '\u{620}'..='\u{6FF}' {
        for (before, after) in [("", ""), ("ـ", ""), ("", "ـ"), ("ـ", "ـ")] {
            let shaped = shape(&format!("{before}{letter}{after}"));
            if let Some(form) = shaped
                .chars()
                .nth(before.chars().count())
                .filter(|form| *form >= '\u{FB50}')
            {
                letters.entry(form).or_insert(letter);
            }
        }
    }
    letters
});

/// Puts the letters for the forms.
pub(super) fn unshape(pieces: &mut [Piece<'_>]) {
    for piece in pieces {
        if let Some(letter) = LETTERS.get(&piece.base()) {
            let marks: String = piece.text.chars().skip(1).collect();
            *piece.text.to_mut() = format!("{letter}{marks}");
        }
    }
}
