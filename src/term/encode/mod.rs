//! The last step: a row of finished cells becomes the bytes that make this terminal show it.
//!
//! Cells come in visual order, left to right, with one presentation form a letter. What a terminal makes of that differs, and a
//! [`Profile`] says which way of sending comes out right; see each one. Nothing here touches a terminal: rows in, bytes out.

mod glyph;
mod pen;

use std::io::Write;

use ratatui::buffer::{Cell, CellWidth};

use self::glyph::{glyph, steers};
use self::pen::Pen;
use super::colours::Colours;

/// How a terminal wants its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// It draws what it gets where it gets it (or does so after `CSI 8 l`): cells as they are.
    #[default]
    Visual,
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
    match profile {
        Profile::Visual => visual(out, colours, y, cells, changed),
    }
}

fn visual(out: &mut Vec<u8>, colours: Colours, y: u16, cells: &[Cell], changed: &[bool]) {
    let mut pen = Pen::new(colours);
    // Where the terminal's cursor stands.
    let mut cursor = None;
    let mut x = 0;
    while let Some(cell) = cells.get(x) {
        let columns = columns(cell, cells.len() - x);
        if changed.get(x).copied().unwrap_or(false) {
            if cursor != Some(x) {
                move_to(out, x, y);
            }
            pen.take(out, cell);
            out.extend_from_slice(glyph(cell, columns).as_bytes());
            cursor = Some(x + columns);
        }
        x += columns;
    }
    pen.rest(out);
}

/// How many columns a cell takes; at least one, and no more than there are.
fn columns(cell: &Cell, room: usize) -> usize {
    match usize::from(cell.cell_width()) {
        0 => 1,
        // A wide glyph that would stick out is shown as a blank; what is not fit to be sent, as one glyph.
        width if width > room || cell.symbol().contains(steers) => 1,
        width => width,
    }
}

/// `CSI row ; column H`; writing into memory cannot fail.
pub(super) fn move_to(out: &mut Vec<u8>, x: usize, y: u16) {
    let _ = write!(out, "\x1b[{};{}H", u32::from(y) + 1, x + 1);
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::CellDiffOption;
    use ratatui::style::{Color, Modifier};

    use super::*;
    use crate::term::colours::Depth;

    const PLAIN: Colours = Colours {
        depth: Depth::True,
        underline: true,
    };

    fn cells(glyphs: &[&str]) -> Vec<Cell> {
        glyphs
            .iter()
            .map(|glyph| Cell::default().set_symbol(glyph).clone())
            .collect()
    }

    /// The bytes with ESC as `^[`, for all cells changed.
    fn sent(cells: &[Cell], colours: Colours) -> String {
        sent_changes(cells, &vec![true; cells.len()], colours)
    }

    fn sent_changes(cells: &[Cell], changed: &[bool], colours: Colours) -> String {
        let mut out = Vec::new();
        row(&mut out, Profile::Visual, colours, 2, cells, changed);
        String::from_utf8_lossy(&out).replace('\x1b', "^[")
    }

    #[test]
    fn a_row_is_sent_from_its_start() {
        assert_eq!(sent(&cells(&["ﻢ", "ﻠ", "ﻗ", "│"]), PLAIN), "^[[3;1Hﻢﻠﻗ│");
    }

    #[test]
    fn only_what_changed_is_sent_and_neighbours_need_no_move() {
        let row = cells(&["a", "b", "c", "d", "e"]);
        assert_eq!(
            sent_changes(&row, &[false, true, true, false, true], PLAIN),
            "^[[3;2Hbc^[[3;5He"
        );
        assert_eq!(sent_changes(&row, &[false; 5], PLAIN), "");
    }

    #[test]
    fn marks_ride_with_their_base() {
        assert_eq!(sent(&cells(&["ﻢ\u{64F}", "x"]), PLAIN), "^[[3;1Hﻢ\u{64F}x");
    }

    #[test]
    fn a_wide_glyph_takes_the_cell_after_it() {
        assert_eq!(sent(&cells(&["漢", " ", "x"]), PLAIN), "^[[3;1H漢x");
        assert_eq!(sent(&cells(&["x", "漢"]), PLAIN), "^[[3;1Hx ");
        let mut forced = cells(&["لا", "?", "x"]);
        if let Some(cell) = forced.first_mut() {
            cell.set_diff_option(CellDiffOption::ForcedWidth(
                std::num::NonZeroU16::MIN.saturating_add(1),
            ));
        }
        assert_eq!(sent(&forced, PLAIN), "^[[3;1Hلاx");
    }

    #[test]
    fn a_cell_without_width_is_still_one_column() {
        assert_eq!(
            sent(&cells(&["", "\u{64F}", "x"]), PLAIN),
            "^[[3;1H  \u{64F}x"
        );
    }

    #[test]
    fn no_control_character_of_a_text_is_sent() {
        let evil = cells(&[
            "a\x1b[31m",
            "\u{9B}31m",
            "b\x07\r\n",
            "\u{202E}c\u{2066}",
            "\u{85}d",
            "\x1b\x1b",
            "e",
        ]);
        assert_eq!(sent(&evil, PLAIN), "^[[3;1Ha3bcd\u{FFFD}e");
    }

    #[test]
    fn a_style_is_set_once_and_reset_at_the_end() {
        let mut row = cells(&["a", "b", "c", "d"]);
        for cell in &mut row[1..3] {
            cell.fg = Color::Rgb(1, 2, 3);
            cell.bg = Color::Blue;
            cell.underline_color = Color::Indexed(200);
            cell.modifier = Modifier::UNDERLINED;
        }
        assert_eq!(
            sent(&row, PLAIN),
            "^[[3;1Ha^[[0;4;38;2;1;2;3;44;58:5:200mbc^[[md"
        );
        assert_eq!(
            sent(&row[1..3], PLAIN),
            "^[[3;1H^[[0;4;38;2;1;2;3;44;58:5:200mbc^[[m"
        );
    }

    #[test]
    fn styles_follow_what_the_terminal_can_show() {
        let mut row = cells(&["a"]);
        row[0].fg = Color::Rgb(255, 0, 0);
        row[0].bg = Color::LightYellow;
        row[0].underline_color = Color::Rgb(0, 0, 255);
        row[0].modifier = Modifier::UNDERLINED | Modifier::REVERSED;
        for (depth, underline, sgr) in [
            (Depth::True, true, "0;4;7;38;2;255;0;0;103;58:2::0:0:255"),
            (Depth::True, false, "0;4;7;38;2;255;0;0;103"),
            (Depth::Indexed, true, "0;4;7;38;5;196;103;58:5:21"),
            (Depth::Ansi, true, "0;4;7;91;103;58:5:4"),
            (Depth::None, false, "0;4;7"),
        ] {
            assert_eq!(
                sent(&row, Colours { depth, underline }),
                format!("^[[3;1H^[[{sgr}ma^[[m")
            );
        }
    }
}
