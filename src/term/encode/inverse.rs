//! Rows for terminals that run UAX #9 over each row and cannot be stopped: what they are sent is what they turn into the row.
//!
//! First the row is treated as if it were logical text: in prose, what reordering does, reordering undoes. That is no general inverse
//! (numbers at the edge of Arabic break it: W2, W4–W7), so what the terminal will make of it is worked out with the same algorithm. If
//! that is not the row, words are set apart with marks (LRM) and turned one by one, which is exact wherever a mark takes no column; where
//! it takes one, the words are still right and some number stands on the wrong side of one.

use super::piece::{Piece, runs_of};
use super::{Base, Inverse, Scope};
use crate::text::Direction;
use crate::text::bidi::{Gap, first_strong, levels, reorder, reset_gaps};
use crate::text::mirror::mirrored;
use crate::text::properties::Properties;

const LRM: char = '\u{200E}';

/// Brings the row into the order, and the brackets into the shape, that the terminal turns into what is wanted.
pub(super) fn invert(pieces: &mut Vec<Piece<'_>>, how: Inverse) {
    let how = how.for_row(pieces);
    let otherwise = |stretch: &[_]| {
        if how.scope == Scope::Section {
            undo(stretch, how, Direction::Ltr)
        } else {
            set_apart(stretch)
        }
    };
    *pieces = stretches(pieces, how)
        .flat_map(|stretch| inverted(stretch, how).unwrap_or_else(|| otherwise(stretch)))
        .collect();
}

/// Whether order alone does not bring the row right.
pub(super) fn needs_marks(mut pieces: Vec<Piece<'_>>, how: Inverse) -> bool {
    let how = how.for_row(&pieces);
    stretches(&mut pieces, how).any(|stretch| inverted(stretch, how).is_none())
}

impl Inverse {
    /// How the terminal reorders this row.
    fn for_row(self, pieces: &[Piece<'_>]) -> Self {
        if self.scope == Scope::Section && pieces.iter().any(is_box) {
            let base = Base::Ltr;
            Self { base, ..self }
        } else {
            self
        }
    }
}

fn is_box(piece: &Piece<'_>) -> bool {
    matches!(piece.base(), '\u{2500}'..='\u{259F}')
}

/// The pieces that the terminal reorders together.
fn stretches<'a, 'b>(
    pieces: &'a mut [Piece<'b>],
    how: Inverse,
) -> impl Iterator<Item = &'a [Piece<'b>]> {
    if how.scope == Scope::Style {
        // Blanks in the other weight look the same and part the row into words, which are easier to bring right than lines.
        for blank in pieces.iter_mut().filter(|piece| piece.base() == ' ') {
            blank.other_weight = true;
        }
    }
    pieces.chunk_by(move |one, next| match how.scope {
        Scope::Row => true,
        Scope::Style => one.looks_like(next),
        Scope::Section => !is_box(one) && !is_box(next),
    })
}

/// What is sent for pieces that the terminal reorders together, if order alone brings them right.
fn inverted<'a>(row: &[Piece<'a>], how: Inverse) -> Option<Vec<Piece<'a>>> {
    let bases: &[Direction] = match how.base {
        Base::Ltr => &[Direction::Ltr],
        Base::FirstStrong => &[Direction::Ltr, Direction::Rtl],
    };
    let mut ways = bases.iter().map(|base| undo(row, how, *base));
    ways.find(|sent| shows(sent, row, how))
}

/// The row as if it were logical text, reordered.
fn undo<'a>(row: &[Piece<'a>], how: Inverse, base: Direction) -> Vec<Piece<'a>> {
    displayed(row, how, base)
        .into_iter()
        .map(|(place, mirror)| mirror_piece(&row[place], mirror))
        .collect()
}

/// Whether the terminal turns what is sent into the row.
fn shows(sent: &[Piece<'_>], row: &[Piece<'_>], how: Inverse) -> bool {
    let base = match how.base {
        Base::Ltr => Direction::Ltr,
        Base::FirstStrong => first_strong(&letters(sent, how)).unwrap_or(Direction::Ltr),
    };
    let shown = displayed(sent, how, base);
    shown.len() == row.len()
        && shown.into_iter().zip(row).all(|((place, mirror), wanted)| {
            let shown = mirror_piece(&sent[place], mirror);
            shown.column == wanted.column && shown.text == wanted.text
        })
}

/// Which piece the terminal shows in each place, from left to right, and whether mirrored.
fn displayed(sent: &[Piece<'_>], how: Inverse, base: Direction) -> Vec<(usize, bool)> {
    let text = letters(sent, how);
    let levels = levels(&text, base);
    let mut order: Vec<(usize, char, u8)> = text
        .char_indices()
        .enumerate()
        .map(|(place, (byte, c))| (place, c, levels.at(byte)))
        .collect();
    reset_gaps(
        &mut order,
        base,
        |(_, c, _)| Gap::of(Properties::of(*c).bidi_class()),
        |(_, _, level)| level,
    );
    reorder(&mut order, |(_, _, level)| *level);
    order
        .into_iter()
        .map(|(place, _, level)| (place, how.mirror && level % 2 == 1))
        .collect()
}

/// The characters that the terminal looks at.
fn letters(pieces: &[Piece<'_>], how: Inverse) -> String {
    let seen = |c| {
        if how.box_is_letter && ('\u{2500}'..='\u{25FF}').contains(&c) {
            'x'
        } else {
            c
        }
    };
    pieces.iter().map(|piece| seen(piece.base())).collect()
}

fn mirror_piece<'a>(piece: &Piece<'a>, mirror: bool) -> Piece<'a> {
    let mut piece = piece.clone();
    if mirror && let Some(image) = mirrored(piece.base()) {
        let marks: String = piece.text.chars().skip(1).collect();
        *piece.text.to_mut() = format!("{image}{marks}");
    }
    piece
}

/// Every word is turned in its place; marks keep numbers, brackets and blanks from left to right.
fn set_apart<'a>(row: &[Piece<'a>]) -> Vec<Piece<'a>> {
    let mut pieces = row.to_vec();
    for run in runs_of(&pieces, Piece::is_rtl_letter) {
        if let Some(before) = run.start.checked_sub(1) {
            pieces[before].append(LRM);
        }
        pieces[run.clone()].reverse();
        pieces[run.end - 1].append(LRM);
    }
    // Blanks between two Arabic numbers would follow them from right to left (N1).
    for piece in pieces.iter_mut().filter(|piece| piece.is_arabic_number()) {
        piece.append(LRM);
    }
    // The first strong character gives the base where it is asked for; a word at the very start keeps together.
    if let Some(first) = pieces.first_mut().filter(|first| !first.is_rtl_letter()) {
        first.append(LRM);
    }
    pieces
}
