//! The last step: a row of finished cells becomes the bytes that make this terminal show it.
//!
//! Cells come in visual order, left to right, with one presentation form a letter. What a terminal makes of that differs, and a
//! [`Profile`] says which way of sending comes out right; see each one. Nothing here touches a terminal: rows in, bytes out.

mod base;
mod inverse;
mod kitty;
mod overrides;
mod pen;
mod piece;

use ratatui::buffer::Cell;

use self::pen::Pen;
use self::piece::{Piece, pieces};
use super::colours::Colours;

/// How a terminal wants its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// It draws what it gets where it gets it (or does so after `CSI 8 l`): cells as they are.
    #[default]
    Visual,
    /// The same, but it shapes letters itself and its fonts lack the presentation forms: base letters in visual order.
    VisualBase,
    /// It reorders unless a row begins with an override (VTE behind a multiplexer that swallows `CSI 8 l`).
    VisualLro,
    /// It may reorder, and shows each cell in its place if no two letters from right to left touch (xterm.js, whose one renderer
    /// leaves cells alone and whose other hands them to a browser).
    VisualMarks,
    /// It reorders and joins in logical order, and obeys overrides (Konsole).
    Override,
    /// It turns every stretch of letters from right to left by itself, and nothing else (kitty).
    Kitty,
    /// It runs UAX #9 over every row and cannot be stopped: rows are sent so that this brings them right.
    Inverse(Inverse),
}

/// How a terminal that cannot be stopped reorders a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Inverse {
    /// The base direction of a row.
    pub base: Base,
    /// Whether it mirrors brackets at odd levels (L4).
    pub mirror: bool,
    /// Whether it takes box-drawing characters and blocks (U+2500–25FF) for letters from left to right.
    pub box_is_letter: bool,
    /// What it reorders alone.
    pub scope: Scope,
}

/// What a terminal reorders alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A row.
    Row,
    /// Every stretch of one style (old Konsole code, browsers).
    Style,
    /// Every section between boxes and blocks (U+2500–259F), with left to right as its base; marks take a column (mlterm).
    Section,
}

impl Inverse {
    /// For a terminal that takes box-drawing characters for what they are.
    #[must_use]
    pub const fn of(base: Base, mirror: bool, scope: Scope) -> Self {
        Self {
            base,
            mirror,
            box_is_letter: false,
            scope,
        }
    }

    /// mlterm, where its own switch cannot be turned.
    pub const SECTIONS: Self = Self::of(Base::FirstStrong, true, Scope::Section);
}

/// Where a terminal takes the base direction of a row from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// Every row runs from left to right.
    Ltr,
    /// The first strong letter of a row says it (P2, P3).
    FirstStrong,
}

impl Profile {
    /// The profiles that a reader can choose, by name, in the order in which a calibration shows them.
    pub const NAMED: [(&str, Self); 11] = [
        ("visual", Self::Visual),
        ("visual-base", Self::VisualBase),
        ("visual-lro", Self::VisualLro),
        ("visual-marks", Self::VisualMarks),
        ("override", Self::Override),
        ("kitty", Self::Kitty),
        (
            "inverse",
            Self::Inverse(Inverse::of(Base::Ltr, true, Scope::Row)),
        ),
        (
            "inverse-unmirrored",
            Self::Inverse(Inverse::of(Base::Ltr, false, Scope::Row)),
        ),
        (
            "inverse-auto",
            Self::Inverse(Inverse::of(Base::FirstStrong, true, Scope::Row)),
        ),
        (
            "inverse-words",
            Self::Inverse(Inverse::of(Base::Ltr, true, Scope::Style)),
        ),
        ("inverse-sections", Self::Inverse(Inverse::SECTIONS)),
    ];

    /// The profile of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMED
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, profile)| *profile)
    }

    /// Its name; a profile that has none is called by its kind.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMED
            .iter()
            .find(|(_, profile)| *profile == self)
            .map_or("inverse", |(name, _)| name)
    }

    /// The one after it in the order of [`Self::NAMED`], round and round.
    #[must_use]
    pub fn next(self) -> Self {
        let mut rest = Self::NAMED
            .iter()
            .skip_while(|(_, profile)| *profile != self)
            .skip(1);
        rest.next()
            .map_or_else(Self::default, |(_, profile)| *profile)
    }

    /// Whether rows are sent whole, because a part of one can move another.
    const fn sends_whole_rows(self) -> bool {
        matches!(self, Self::Override | Self::Kitty | Self::Inverse(_))
    }
}

/// Appends what must be sent so that the changed cells of row `y` are shown. `changed` has a flag for each cell.
///
/// The terminal's pen must be at rest (SGR 0), and is again afterwards.
pub fn row(
    out: &mut Vec<u8>,
    profile: Profile,
    colours: Colours,
    y: u16,
    cells: &[Cell],
    changed: &[bool],
) {
    if !changed.contains(&true) {
        return;
    }
    let pieces = sent(profile, cells);
    let mut pen = Pen::new(colours);
    if profile.sends_whole_rows() {
        move_to(out, 0, y);
        for piece in &pieces {
            piece.send(out, &mut pen);
        }
    } else {
        let mut cursor = None;
        // What a terminal drew too wide has covered what stands behind it.
        let mut covered = false;
        for piece in &pieces {
            let wanted = covered || changed.get(piece.column).copied().unwrap_or(false);
            // The override at the start of a row holds for all of it, and the row may have been blank.
            if wanted || (profile == Profile::VisualLro && piece.column == 0) {
                if cursor != Some(piece.column) {
                    move_to(out, piece.column, y);
                }
                piece.send(out, &mut pen);
                let disputed = piece.width_is_disputed();
                covered |= disputed;
                cursor = (!disputed).then_some(piece.column + piece.columns);
            }
        }
    }
    pen.rest(out);
}

/// Appends a line of text for a terminal that is not taken over: its cells from the cursor on.
pub fn line(out: &mut Vec<u8>, profile: Profile, colours: Colours, cells: &[Cell]) {
    let mut pen = Pen::new(colours);
    for piece in sent(profile, cells) {
        piece.send(out, &mut pen);
    }
    pen.rest(out);
}

/// Whether order alone does not bring a row right, so that marks have to.
#[must_use]
pub fn needs_marks(profile: Profile, cells: &[Cell]) -> bool {
    match profile {
        Profile::Inverse(how) => inverse::needs_marks(pieces(cells), how),
        _ => false,
    }
}

/// The pieces of a row, in the order in which they are sent.
fn sent(profile: Profile, cells: &[Cell]) -> Vec<Piece<'_>> {
    let mut pieces = pieces(cells);
    match profile {
        Profile::Visual => {}
        Profile::VisualBase => base::unshape(&mut pieces),
        Profile::VisualLro => overrides::left_to_right(&mut pieces),
        Profile::VisualMarks => overrides::marks(&mut pieces),
        Profile::Override => overrides::runs(&mut pieces),
        Profile::Kitty => kitty::runs(&mut pieces),
        Profile::Inverse(how) => inverse::invert(&mut pieces, how),
    }
    pieces
}

/// The column in which a row shows what the mouse is said to be on.
///
/// Konsole tells the place of a cell in the row as it was sent, not the place where it is drawn.
#[must_use]
pub fn shown_column(profile: Profile, cells: &[Cell], told: usize) -> usize {
    if profile != Profile::Override {
        return told;
    }
    let mut start = 0;
    for piece in sent(profile, cells) {
        if (start..start + piece.columns).contains(&told) {
            return piece.column + (told - start);
        }
        start += piece.columns;
    }
    told
}

impl Piece<'_> {
    /// Whether terminals differ on how wide it is: sequences of emoji, which some draw as one and some one by one (UTS #51).
    fn width_is_disputed(&self) -> bool {
        let joins = |c| matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{20e3}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}');
        self.text.contains(joins)
    }

    fn send(&self, out: &mut Vec<u8>, pen: &mut Pen) {
        pen.take(out, self.style, self.other_weight);
        out.extend_from_slice(self.text.as_bytes());
    }
}

/// `CSI row ; column H`.
fn move_to(out: &mut Vec<u8>, x: usize, y: u16) {
    out.extend_from_slice(b"\x1b[");
    number(out, usize::from(y) + 1);
    out.push(b';');
    number(out, x + 1);
    out.push(b'H');
}

/// Appends a number's decimal digits. A frame has hundreds of them, and formatting takes ten times as long.
fn number(out: &mut Vec<u8>, number: usize) {
    if number > 9 {
        self::number(out, number / 10);
    }
    out.push(b"0123456789"[number % 10]);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod imitated;
#[cfg(test)]
mod tests;
