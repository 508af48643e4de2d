//! Blocks as pictures: capitals and digits stand for Arabic letters, which are laid out from right to left.
//!
//! Every picture is written as it stands on the screen, a dot for each blank, so that edges can be seen.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::doc::{Article, Document, Side, Writer};

/// Capitals as Arabic letters that never join: A is alef, the others their own row of isolated letters.
fn arabic(text: &str) -> String {
    let letters = "اأدذرزوآإؤءةىٱڈڎۋۏۆۇۈۉۊڑړڗ";
    text.chars()
        .map(|c| match c {
            'A'..='Z' => letters.chars().nth(c as usize - 'A' as usize).unwrap(),
            c => c,
        })
        .collect()
}

/// The rows of all blocks of a document, left to right, with capitals for the letters of [`arabic`].
fn picture(document: &Document, width: usize) -> Vec<String> {
    let shown = arabic("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    let name = |c: char| match shown.chars().position(|letter| letter == c) {
        Some(place) => char::from(b'A' + u8::try_from(place).unwrap()),
        None if c == ' ' => '.',
        None => c,
    };
    let mut rows = Vec::new();
    for (layout, _) in layouts(document, width) {
        for line in layout.lines() {
            let glyphs: String = layout
                .cells(line)
                .iter()
                .map(|cell| layout.glyph(cell))
                .collect();
            let row: String = glyphs.chars().map(name).collect();
            rows.push(match layout.direction {
                Direction::Rtl => format!("{}{row}", ".".repeat(width - line.width)),
                Direction::Ltr => row,
            });
        }
    }
    rows
}

/// The layouts of all blocks of a document, and their texts.
fn layouts(document: &Document, width: usize) -> Vec<(Layout, &str)> {
    let blocks = document
        .articles
        .iter()
        .flat_map(|article: &Article| &article.blocks);
    let lay_out = |block: &Block| {
        let text = document.block_text(block);
        let direction = block
            .direction
            .unwrap_or_else(|| crate::text::direction::of_paragraph(text, document.direction));
        let part = Part {
            block,
            lead: document.lead(block),
            side: document.direction.unwrap_or(direction),
            text,
            start: 0,
            levels: None,
        };
        let options = Options {
            width,
            direction,
            join: false,
            ..Options::default()
        };
        (lay_out_block(&part, &options), document.block_text(block))
    };
    blocks.map(lay_out).collect()
}

fn table(sides: &[Option<Side>], rows: &[&[&str]]) -> Document {
    let mut page = Writer::new("t");
    page.open_table(sides, None);
    for (number, row) in rows.iter().enumerate() {
        page.open_row(number == 0);
        for cell in *row {
            page.open_cell();
            page.text(&arabic(cell));
        }
        page.end_row();
    }
    page.end_table();
    page.finish().unwrap()
}

fn poem(lines: &[(&str, &str)]) -> Document {
    let mut page = Writer::new("t");
    for (number, (first, second)) in lines.iter().enumerate() {
        page.begin_verse(number > 0);
        page.text(&arabic(first));
        page.divide(" * ");
        page.text(&arabic(second));
        page.end();
    }
    page.finish().unwrap()
}

#[test]
fn sets_columns_from_the_right() {
    let document = table(
        &[None, None, Some(Side::Center)],
        &[&["CITY", "PEOPLE", "N"], &["AB", "12", "abc"], &["C"]],
    );
    assert_eq!(
        picture(&document, 30),
        [
            ".......┌─────┬────────┬──────┐",
            ".......│..N..│.ELPOEP.│.YTIC.│",
            ".......├─────┼────────┼──────┤",
            ".......│.abc.│.....12.│...BA.│",
            ".......│.....│........│....C.│",
            ".......└─────┴────────┴──────┘",
        ]
    );
}

#[test]
fn sets_columns_from_the_left() {
    let document = table(
        &[None, Some(Side::Right)],
        &[&["city", "people"], &["ab", "12"]],
    );
    assert_eq!(
        picture(&document, 30),
        [
            "┌──────┬────────┐",
            "│.city.│.people.│",
            "├──────┼────────┤",
            "│.ab...│.....12.│",
            "└──────┴────────┘",
        ]
    );
}

#[test]
fn wraps_cells_in_their_columns() {
    let document = table(&[], &[&["A", "B"], &["CD", "EF GH IJ KL MN"], &["O", "P"]]);
    assert_eq!(
        picture(&document, 16),
        [
            "┌─────────┬────┐",
            "│.......B.│..A.│",
            "├─────────┼────┤",
            "│...HG.FE.│.DC.│",
            "│...LK.JI.│....│",
            "│......NM.│....│",
            "├─────────┼────┤",
            "│.......P.│..O.│",
            "└─────────┴────┘",
        ]
    );
}

#[test]
fn sets_cells_below_each_other_where_it_is_narrow() {
    let document = table(&[], &[&["AB", "CD", "EF"], &["GHIJ", "KLMN", ""]]);
    assert_eq!(
        picture(&document, 9),
        [
            ".......BA",
            ".....DC..",
            ".....FE..",
            "......───",
            ".....JIHG",
            "...NMLK..",
            "......───",
        ]
    );
}

#[test]
fn sets_hemistichs_side_by_side() {
    let document = poem(&[("AB CDE", "FG HI"), ("JKL", "MNO PQR")]);
    assert_eq!(
        picture(&document, 24),
        [".....IH.GF.*...EDC.BA...", "...RQP.ONM.*......LKJ..."]
    );
    assert_eq!(
        picture(&document, 12),
        [
            "......EDC.BA",
            "....IH.GF...",
            ".........LKJ",
            "..RQP.ONM..."
        ]
    );
}

#[test]
fn sets_marks_beside_their_lines() {
    let mut page = Writer::new("t");
    page.open_quote();
    page.begin(BlockKind::Paragraph, None);
    page.text(&arabic("AB CD EF"));
    page.end();
    page.open_list(false);
    for text in ["GH IJ KL", "abc def ghi"] {
        page.open_item("1.");
        page.begin(BlockKind::Paragraph, None);
        page.text(&arabic(text));
        page.end();
        page.close_item();
    }
    page.code("x = 1");
    let document = page.finish().unwrap();
    assert_eq!(
        picture(&document, 12),
        [
            "..FE.DC.BA.│",
            "..JI.HG..1.│",
            ".....LK....│",
            "abc.def..1.│",
            "ghi........│",
            "x.=.1......│",
        ]
    );
    assert_eq!(
        picture(&document, 3),
        [
            ".BA", ".DC", ".FE", ".HG", ".JI", ".LK", "abc", "def", "ghi", "x.=", "1"
        ]
    );
}

#[test]
fn goes_from_bytes_to_lines_and_back() {
    for width in 1..40 {
        let document = table(
            &[],
            &[&["A", "B"], &["CD EF GH", "EF GH IJ KL MN"], &["O", "P"]],
        );
        for (layout, _) in layouts(&document, width) {
            for (number, line) in layout.lines().iter().enumerate() {
                // A place is the first byte of a line: it has to lead back to that line.
                assert_eq!(
                    layout.line_of(line.range.start),
                    number,
                    "{width}: {layout:?}"
                );
                for cell in layout
                    .cells(line)
                    .iter()
                    .filter(|cell| !cell.bytes.is_empty())
                {
                    assert_eq!(layout.line_of(cell.bytes.start as usize), number, "{width}");
                }
            }
        }
    }
}

/// Parts of a document, as a parser would tell them.
fn parts() -> impl Strategy<Value = Vec<(u8, Vec<String>)>> {
    let text = "[A-Ea-c1-3 ﷽ُ中|*]{0,12}".prop_map(|text| arabic(&text));
    proptest::collection::vec((0..9_u8, proptest::collection::vec(text, 1..5)), 1..6)
}

fn write(parts: &[(u8, Vec<String>)]) -> Document {
    let mut page = Writer::new("t");
    for (kind, texts) in parts {
        match kind {
            0 => page.open_quote(),
            1 => page.close_quote(),
            2 => page.open_item("12."),
            3 => page.close_item(),
            4 => page.code(&texts.join("\n")),
            5 => {
                page.open_table(&[], None);
                for row in texts.chunks(2) {
                    page.open_row(false);
                    for cell in row {
                        page.open_cell();
                        page.text(cell);
                    }
                }
                page.end_table();
            }
            6 => {
                page.begin_verse(false);
                page.text(&texts[0]);
                page.divide("   ");
                page.text(&texts[texts.len() - 1]);
                page.end();
            }
            7 => page.rule(),
            _ => {
                page.begin(BlockKind::Paragraph, None);
                page.text(&texts.concat());
                page.end();
            }
        }
    }
    page.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn draws_every_cluster_once(parts in parts(), width in 1..60_usize) {
        let document = write(&parts);
        for (layout, text) in layouts(&document, width) {
            let mut drawn = vec![0; text.len()];
            for line in layout.lines() {
                prop_assert!(line.width <= width, "{} > {width}: {text}", line.width);
                for cell in layout.cells(line) {
                    for byte in cell.bytes.clone() {
                        drawn[byte as usize] += 1;
                    }
                }
            }
            for (byte, c) in text.char_indices() {
                let most = usize::from(!c.is_whitespace() && !matches!(c, '|'));
                prop_assert!(drawn[byte] <= 1, "{c} of {text:?} stands {} times", drawn[byte]);
                prop_assert!(drawn[byte] >= most, "{c} at {byte} of {text:?} is lost");
            }
        }
    }
}
