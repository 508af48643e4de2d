//! Terminals imitated: what each kind makes of what a profile sends. Rows of random cells must come out as they were wanted.

use proptest::prelude::*;
use proptest::sample::select;

use super::piece::pieces;
use super::*;
use crate::text::Direction;
use crate::text::bidi::{Gap, first_strong, levels, reorder, reset_gaps};
use crate::text::mirror::mirrored;
use crate::text::properties::Properties;
use crate::text::visible::is_bidi_control;

const DEPTH: Colours = Colours {
    depth: crate::term::colours::Depth::None,
    underline: crate::term::colours::Underline::Absent,
};

fn cells(glyphs: &[&str]) -> Vec<Cell> {
    glyphs
        .iter()
        .map(|glyph| Cell::default().set_symbol(glyph).clone())
        .collect()
}

/// What is sent for a whole row, without the move before it.
fn sent(glyphs: &[&str], profile: Profile) -> String {
    let cells = cells(glyphs);
    let mut out = Vec::new();
    row(
        &mut out,
        profile,
        DEPTH,
        0,
        &cells,
        &vec![true; cells.len()],
    );
    String::from_utf8(out)
        .unwrap()
        .trim_start_matches("\x1b[1;1H")
        .to_owned()
}

/// The characters that a terminal's algorithm sees.
fn seen(sent: &str, box_is_letter: bool) -> String {
    let seen = |c| {
        if box_is_letter && ('\u{2500}'..='\u{25FF}').contains(&c) {
            'x'
        } else {
            c
        }
    };
    sent.chars().map(seen).collect()
}

/// A terminal that runs UAX #9 over the row: the glyphs from left to right, marks after their base.
fn reordered(sent: &str, base: Direction, mirror: bool, box_is_letter: bool) -> String {
    let seen = seen(sent, box_is_letter);
    // Marks ride in the cell before them; bidi controls take part in the order, and then disappear.
    let levels = levels(&seen, base);
    let mut cells: Vec<(String, char, u8)> = Vec::new();
    for ((byte, seen), c) in seen.char_indices().zip(sent.chars()) {
        match cells.last_mut() {
            Some((text, ..)) if Properties::of(c).width() == 0 && !is_bidi_control(c) => {
                text.push(c);
            }
            _ => cells.push((c.to_string(), seen, levels.at(byte))),
        }
    }
    reset_gaps(
        &mut cells,
        base,
        |(_, c, _)| Gap::of(Properties::of(*c).bidi_class()),
        |(_, _, level)| level,
    );
    reorder(&mut cells, |(_, _, level)| *level);
    let shown = cells.into_iter().flat_map(|(text, _, level)| {
        text.chars()
            .filter(|c| !is_bidi_control(*c))
            .map(|c| {
                if mirror && level % 2 == 1 {
                    mirrored(c).unwrap_or(c)
                } else {
                    c
                }
            })
            .collect::<Vec<_>>()
    });
    shown.collect()
}

/// kitty: stretches of one font without a blank; each that is Arabic is turned, brackets mirrored. Weights are fonts; a main font
/// with Arabic is the same for all, one without is another than that of the Arabic cells.
fn kitty(glyphs: &[&str], one_font: bool) -> String {
    let cells = cells(glyphs);
    let mut sent = pieces(&cells);
    super::kitty::runs(&mut sent);
    let is_arabic = |text: &str| {
        text.chars()
            .next()
            .is_some_and(|c| matches!(c, '\u{600}'..='\u{6FF}' | '\u{FB50}'..='\u{FEFF}'))
    };
    let font = |piece: &Piece<'_>| match piece.text.chars().next() {
        None | Some(' ') => None,
        Some('\u{2500}'..='\u{259F}') => Some((false, 2)),
        Some(_) => Some((
            piece.other_weight,
            u8::from(!one_font && is_arabic(&piece.text)),
        )),
    };
    let mut shown = String::new();
    for stretch in sent.chunk_by(|one, other| font(one).is_some() && font(one) == font(other)) {
        // The script is that of the first character that has one: commas and Latin digits have none.
        let decides = |piece: &&Piece<'_>| {
            piece.text.chars().next().is_some_and(|c| {
                (c.is_alphabetic() && c != 'ـ')
                    || matches!(c, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}')
            })
        };
        let turned = stretch
            .iter()
            .find(decides)
            .is_some_and(|piece| is_arabic(&piece.text));
        if turned {
            let mirror = |c: char| mirrored(c).unwrap_or(c);
            shown.extend(
                stretch
                    .iter()
                    .rev()
                    .flat_map(|piece| piece.text.chars().map(mirror).collect::<Vec<_>>()),
            );
        } else {
            shown.extend(stretch.iter().map(|piece| &*piece.text));
        }
    }
    shown
}

/// Glyphs as they stand on a screen: forms, a mark on a form, digits of three rows, Latin, brackets, commas, frames.
const GLYPHS: [&str; 30] = [
    "ﻢ",
    "ﺤ",
    "ﻣ",
    "ﺪ",
    "ﺍ",
    "ﻻ",
    "ﻞ\u{64E}",
    "ـ",
    " ",
    " ",
    " ",
    "،",
    ".",
    ":",
    "(",
    ")",
    "«",
    "»",
    "%",
    "-",
    "/",
    "1",
    "7",
    "٣",
    "٠",
    "۵",
    "a",
    "Z",
    "│",
    "؟",
];

/// A row with a margin, a frame or a letter at its start.
fn any_row() -> impl Strategy<Value = Vec<&'static str>> {
    row_after(&[" ", "│", "ﻣ", "a"])
}

/// A row that begins with a margin or a frame: where the first strong letter decides on the base, a mark after it can go before that.
fn row_with_margin() -> impl Strategy<Value = Vec<&'static str>> {
    row_after(&[" ", "│"])
}

fn row_after(first: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    (
        select(first),
        proptest::collection::vec(select(&GLYPHS[..]), 0..24),
    )
        .prop_map(|(first, rest)| [vec![first], rest].concat())
}

fn inverses() -> Vec<Inverse> {
    let flags = [(false, false), (true, false), (false, true), (true, true)];
    [Base::Ltr, Base::FirstStrong]
        .iter()
        .flat_map(|base| {
            flags.map(|(mirror, box_is_letter)| Inverse {
                base: *base,
                mirror,
                box_is_letter,
                scope: Scope::Row,
            })
        })
        .collect()
}

/// What an implicit terminal shows of an inverted row.
fn inverted(glyphs: &[&str], how: Inverse) -> String {
    let sent = sent(glyphs, Profile::Inverse(how));
    let base = match how.base {
        Base::Ltr => Direction::Ltr,
        Base::FirstStrong => {
            first_strong(&seen(&sent, how.box_is_letter)).unwrap_or(Direction::Ltr)
        }
    };
    reordered(&sent, base, how.mirror, how.box_is_letter)
}

/// What a terminal shows that reorders each stretch of one style by itself: here the styles are two weights.
fn inverted_by_style(glyphs: &[&str]) -> String {
    let how = Inverse {
        base: Base::Ltr,
        mirror: true,
        box_is_letter: false,
        scope: Scope::Style,
    };
    let sent = sent(glyphs, Profile::Inverse(how)).replace("\x1b[0;1m", "\x1b[m");
    sent.split("\x1b[m")
        .map(|stretch| reordered(stretch, Direction::Ltr, true, false))
        .collect()
}

/// mlterm: every box parts the row, and what stands between is reordered from left to right; a row without one goes by its first
/// strong letter. Marks take a column.
fn inverted_by_box(glyphs: &[&str]) -> String {
    let is_box = |c: char| ('\u{2500}'..='\u{259F}').contains(&c);
    let sent = sent(glyphs, Profile::Inverse(Inverse::SECTIONS));
    if sent.contains(is_box) {
        sent.split_inclusive(is_box)
            .map(|section| {
                reordered(
                    section.trim_end_matches(is_box),
                    Direction::Ltr,
                    true,
                    false,
                ) + section.trim_start_matches(|c| !is_box(c))
            })
            .collect()
    } else {
        let base = first_strong(&sent).unwrap_or(Direction::Ltr);
        reordered(&sent, base, true, false)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn sections_between_boxes_come_right_without_marks(glyphs in any_row()) {
        let profile = Profile::Inverse(Inverse::SECTIONS);
        let marked = sent(&glyphs, profile).contains('\u{200E}');
        prop_assert!(!marked);
        // What no order brings right, none of this does.
        if !needs_marks(profile, &cells(&glyphs)) {
            prop_assert_eq!(inverted_by_box(&glyphs), glyphs.concat());
        }
    }

    #[test]
    fn an_override_keeps_a_row_as_it_is(glyphs in any_row()) {
        let sent = sent(&glyphs, Profile::VisualLro);
        prop_assert_eq!(reordered(&sent, Direction::Ltr, true, false), glyphs.concat());
    }

    #[test]
    fn marks_keep_a_row_as_it_is_with_a_bidi_algorithm_and_without(glyphs in any_row()) {
        let sent = sent(&glyphs, Profile::VisualMarks);
        prop_assert_eq!(reordered(&sent, Direction::Ltr, true, false), glyphs.concat());
        prop_assert_eq!(sent.replace('\u{200E}', ""), glyphs.concat());
    }

    #[test]
    fn overridden_words_come_right(glyphs in any_row()) {
        let sent = sent(&glyphs, Profile::Override);
        prop_assert_eq!(reordered(&sent, Direction::Ltr, false, true), glyphs.concat());
    }

    #[test]
    fn kitty_turns_stretches_right_with_one_font_and_with_two(glyphs in any_row()) {
        prop_assert_eq!(kitty(&glyphs, true), glyphs.concat());
        prop_assert_eq!(kitty(&glyphs, false), glyphs.concat());
    }

    #[test]
    fn inverted_rows_come_right(glyphs in row_with_margin()) {
        for how in inverses() {
            prop_assert_eq!(inverted(&glyphs, how), glyphs.concat(), "{:?}", how);
        }
    }

    #[test]
    fn inverted_stretches_come_right(glyphs in any_row()) {
        prop_assert_eq!(inverted_by_style(&glyphs), glyphs.concat());
    }
}
