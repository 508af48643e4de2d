//! Rows → bytes: goldens for each profile, and what imitated terminals make of random rows.

#![allow(clippy::unwrap_used)]

use ratatui::buffer::CellDiffOption;
use ratatui::style::{Color, Modifier};

use super::*;
use crate::term::colours::{Depth, Underline};

const PLAIN: Colours = Colours {
    depth: Depth::True,
    underline: Underline::Coloured,
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
        (
            Depth::True,
            Underline::Coloured,
            "0;4;7;38;2;255;0;0;103;58:2::0:0:255",
        ),
        (Depth::True, Underline::Plain, "0;4;7;38;2;255;0;0;103"),
        (Depth::True, Underline::Absent, "0;7;38;2;255;0;0;103"),
        (
            Depth::Indexed,
            Underline::Coloured,
            "0;4;7;38;5;196;103;58:5:21",
        ),
        (Depth::Ansi, Underline::Coloured, "0;4;7;91;103;58:5:4"),
        (Depth::None, Underline::Plain, "0;4;7"),
    ] {
        assert_eq!(
            sent(&row, Colours { depth, underline }),
            format!("^[[3;1H^[[{sgr}ma^[[m")
        );
    }
}

/// What a profile sends for a whole row, with the controls by their names.
fn profile_sends(profile: Profile, glyphs: &[&str]) -> String {
    let cells = cells(glyphs);
    let mut out = Vec::new();
    row(
        &mut out,
        profile,
        PLAIN,
        0,
        &cells,
        &vec![true; cells.len()],
    );
    let text = String::from_utf8_lossy(&out).replace('\x1b', "^[");
    [
        ('\u{202D}', "<lro>"),
        ('\u{202E}', "<rlo>"),
        ('\u{202C}', "<pdf>"),
        ('\u{200E}', "<lrm>"),
    ]
    .iter()
    .fold(text, |text, (control, name)| text.replace(*control, name))
}

/// "قال: 12" in a frame, from left to right as it stands on the screen.
const LINE: [&str; 9] = ["│", "1", "2", " ", ":", "ﻝ", "ﺎ", "ﻗ", "│"];

#[test]
fn every_profile_sends_the_line_in_its_way() {
    for (profile, wanted) in [
        (Profile::Visual, "│12 :ﻝﺎﻗ│"),
        (Profile::VisualBase, "│12 :لاق│"),
        (Profile::VisualLro, "│<lro>12 :ﻝﺎﻗ│"),
        (Profile::VisualMarks, "│12 :ﻝ<lrm>ﺎ<lrm>ﻗ<lrm>│"),
        (Profile::Override, "│<lro>12 :<rlo>ﻗﺎﻝ<pdf>│"),
        (Profile::Kitty, "│12 ^[[0;1m:^[[mﻗﺎﻝ│"),
        (
            Profile::Inverse(Inverse {
                base: Base::Ltr,
                mirror: true,
                box_is_letter: true,
                scope: Scope::Row,
            }),
            "│12 :ﻗﺎﻝ│",
        ),
    ] {
        assert_eq!(
            profile_sends(profile, &LINE),
            format!("^[[1;1H{wanted}"),
            "{profile:?}"
        );
    }
}

#[test]
fn a_word_in_the_first_column_comes_right_without_an_override() {
    let glyphs = ["ﻝ", "ﺎ", "ﻗ", " ", "ﻝ", "ﺎ", "ﻗ"];
    assert_eq!(
        profile_sends(Profile::Override, &glyphs),
        "^[[1;1Hﻗﺎﻝ<lrm><lro> <rlo>ﻗﺎﻝ<pdf>"
    );
    assert_eq!(
        profile_sends(Profile::VisualLro, &glyphs),
        "^[[1;1Hﻝ<lrm><lro>ﺎﻗ ﻝﺎﻗ"
    );
}

#[test]
fn the_cell_with_the_override_is_always_sent() {
    let row_cells = cells(&["│", "a", "b", "c"]);
    let mut out = Vec::new();
    row(
        &mut out,
        Profile::VisualLro,
        PLAIN,
        0,
        &row_cells,
        &[false, false, true, false],
    );
    assert_eq!(
        String::from_utf8_lossy(&out),
        "\x1b[1;1H│\u{202D}\x1b[1;3Hb"
    );
}

#[test]
fn rows_are_sent_whole_where_a_part_can_move_another() {
    let row_cells = cells(&["│", "a", "b"]);
    for profile in [
        Profile::Override,
        Profile::Kitty,
        Profile::Inverse(Inverse {
            base: Base::FirstStrong,
            mirror: false,
            box_is_letter: false,
            scope: Scope::Row,
        }),
    ] {
        let mut out = Vec::new();
        row(
            &mut out,
            profile,
            PLAIN,
            0,
            &row_cells,
            &[false, false, true],
        );
        let text: String = String::from_utf8_lossy(&out)
            .chars()
            .filter(|c| !('\u{200E}'..='\u{202E}').contains(c))
            .collect();
        assert_eq!(text, "\x1b[1;1H│ab", "{profile:?}");
        out.clear();
        row(&mut out, profile, PLAIN, 0, &row_cells, &[false; 3]);
        assert!(out.is_empty());
    }
}

#[test]
fn colours_travel_with_letters_except_in_kitty() {
    let mut row_cells = cells(&[" ", "ﻝ", "ﺎ", "ﻗ"]);
    row_cells[1].fg = Color::Red;
    for (profile, wanted) in [
        (
            Profile::Override,
            " \u{202D}\u{202E}ﻗﺎ\x1b[0;31mﻝ\u{202C}\x1b[m",
        ),
        (Profile::Kitty, " \x1b[0;31mﻗ\x1b[mﺎﻝ"),
    ] {
        let mut out = Vec::new();
        row(&mut out, profile, PLAIN, 0, &row_cells, &[true; 4]);
        assert_eq!(String::from_utf8_lossy(&out), format!("\x1b[1;1H{wanted}"));
    }
}

#[test]
fn base_letters_keep_their_marks_and_lam_alef_stays_one_cell() {
    assert_eq!(
        profile_sends(Profile::VisualBase, &["ﻢ\u{64F}", "ﻻ", "ﻚ", "ﮎ", "ﺊ", "x"]),
        "^[[1;1Hم\u{64F}ﻻكکئx"
    );
}

#[test]
fn a_profile_is_found_by_its_name() {
    for (name, profile) in Profile::NAMED {
        assert_eq!(
            (Profile::named(name), profile.name()),
            (Some(profile), name)
        );
    }
    assert_eq!(Profile::named("logical"), None);
}

#[test]
fn a_click_is_found_where_its_cell_is_drawn() {
    let row = cells(&["│", "漢", " ", "ﻝ", "ﺎ", "ﻗ", "│"]);
    let columns = |profile| {
        (0..8)
            .map(|told| shown_column(profile, &row, told))
            .collect::<Vec<_>>()
    };
    assert_eq!(columns(Profile::Override), [0, 1, 2, 5, 4, 3, 6, 7]);
    assert_eq!(columns(Profile::Visual), [0, 1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn after_an_emoji_of_disputed_width_the_place_is_told_and_the_rest_sent_again() {
    let mut row = cells(&["👨\u{200d}👩\u{200d}👧", " ", "a", "b"]);
    row[1] = Cell::EMPTY;
    let mut out = Vec::new();
    super::row(
        &mut out,
        Profile::Visual,
        PLAIN,
        0,
        &row,
        &[true, false, false, false],
    );
    let sent = String::from_utf8(out).unwrap();
    assert!(sent.ends_with("\u{1b}[1;3Hab"), "{sent:?}");
}
