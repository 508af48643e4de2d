//! What a layout promises: see `tests/` for the standards' own cases.

#![allow(clippy::unwrap_used, clippy::single_range_in_vec_init)]

use proptest::prelude::*;

use super::{Digits, Justify, Layout, Options, lay_out, lay_out_label, lay_out_resolved};
use crate::text::Direction::{self, Ltr, Rtl};
use crate::text::cluster::clusters;
use crate::text::joining;
use crate::text::marks::is_tashkeel;
use crate::text::properties::Kind;
use crate::text::width::cluster_width;

fn options(width: usize, direction: Direction) -> Options {
    Options {
        width,
        direction,
        join: false,
        ..Options::default()
    }
}

/// The lines as drawn, left to right.
fn shown(layout: &Layout) -> Vec<String> {
    layout
        .lines()
        .iter()
        .map(|line| {
            layout
                .cells(line)
                .iter()
                .map(|cell| layout.glyph(cell))
                .collect()
        })
        .collect()
}

fn drawn(text: &str, width: usize, direction: Direction) -> Vec<String> {
    shown(&lay_out(text, &options(width, direction)))
}

/// What a reader sees from right to left, cell by cell: easier to compare than visual order.
fn read_back(text: &str, width: usize) -> Vec<String> {
    let layout = lay_out(text, &options(width, Rtl));
    layout
        .lines()
        .iter()
        .map(|line| {
            layout
                .cells(line)
                .iter()
                .rev()
                .map(|cell| layout.glyph(cell))
                .collect()
        })
        .collect()
}

#[test]
fn a_word_of_any_length_is_cut_in_time_that_grows_with_it() {
    // Looking at the rest of the word for each line would take minutes.
    let word = "ابجد".repeat(200_000);
    let layout = lay_out(&word, &Options::default());
    assert_eq!(layout.lines().len(), 800_000 / 80);
}

#[test]
fn always_has_a_line() {
    let layout = lay_out("", &Options::default());
    assert_eq!(layout.lines().len(), 1);
    assert_eq!(layout.lines()[0].range, 0..0);
    assert_eq!(layout.lines()[0].width, 0);
}

#[test]
fn breaks_in_logical_order_and_hangs_spaces() {
    assert_eq!(read_back("كان هذا هو  النص", 7), ["كان هذا", "هو", "النص"]);
    let layout = lay_out("كان هذا  هو", &options(7, Rtl));
    let ranges: Vec<_> = layout
        .lines()
        .iter()
        .map(|line| line.range.clone())
        .collect();
    assert_eq!(ranges, [0..15, 15..19]);
    assert_eq!(layout.lines()[0].width, 7);
}

#[test]
fn reorders_a_line_with_levels_of_the_whole_paragraph() {
    assert_eq!(
        drawn("قال iPhone 12 (جديد)", 0, Rtl),
        ["(ديدج) iPhone 12 لاق"]
    );
    assert_eq!(drawn("abc قال 12 def", 0, Ltr), ["abc 12 لاق def"]);
}

#[test]
fn joins_and_draws_lam_alef_in_one_cell() {
    let layout = lay_out("سَلَامٌ", &Options::default());
    assert_eq!(
        shown(&layout),
        ["\u{fee1}\u{64c}\u{fefc}\u{64e}\u{feb3}\u{64e}"]
    );
    let line = &layout.lines()[0];
    assert_eq!(line.width, 3);
    assert_eq!(layout.columns(line, 4..10).collect::<Vec<_>>(), [1..2]);
    assert_eq!(layout.byte_at(line, 1), Some(4));
    // A mark that a format character parts from its lam.
    let layout = lay_out("ل\u{2060}\u{64e}ا", &Options::default());
    assert_eq!(shown(&layout), ["\u{fefb}\u{64e}"]);
}

#[test]
fn cuts_long_words_between_cells() {
    assert_eq!(read_back("استقلالية", 3), ["است", "قلا", "لية"]);
    let layout = lay_out(
        "بلا",
        &Options {
            width: 1,
            ..Options::default()
        },
    );
    assert_eq!(shown(&layout), ["\u{fe91}", "\u{fefc}"]);
}

#[test]
fn keeps_a_marked_space_at_its_level() {
    // Rule L1 resets white space at a line's end; under a mark it is none.
    assert_eq!(drawn("א\u{202b} \u{300}", 0, Ltr), [" \u{300}א"]);
    assert_eq!(drawn("א\u{202b} \u{200d}", 0, Ltr).concat().trim_end(), "א");
}

#[test]
fn leaves_no_opening_quote_behind() {
    assert_eq!(
        read_back("ابتث«جحخ»", 5),
        ["ابتث", "«جحخ»"].map(|line| line
            .replace('«', "\u{1}")
            .replace('»', "«")
            .replace('\u{1}', "»"))
    );
    assert_eq!(drawn("((((", 2, Ltr), ["((", "(("]);
}

#[test]
fn shows_controls_and_hides_bidi_controls() {
    assert_eq!(
        drawn("a\u{1b}[0m\u{202e}b\u{9b}", 0, Ltr),
        ["a␛[0mb\u{fffd}"]
    );
    assert_eq!(drawn("a\tb", 0, Ltr), ["a       b"]);
    assert_eq!(drawn("\u{64e}a", 0, Ltr), ["\u{25cc}\u{64e}a"]);
}

#[test]
fn ends_lines_at_line_ends() {
    assert_eq!(drawn("a\r\nb\u{2028}c\n", 0, Ltr), ["a", "b", "c"]);
}

#[test]
fn breaks_at_soft_hyphens_and_zero_width_spaces() {
    assert_eq!(drawn("foo\u{ad}bar", 5, Ltr), ["foo-", "bar"]);
    assert_eq!(drawn("foo\u{ad}bar", 6, Ltr), ["foobar"]);
    assert_eq!(drawn("foo\u{200b}bar", 5, Ltr), ["foo", "bar"]);
    assert_eq!(drawn("a b\u{a0}c", 4, Ltr), ["a", "b\u{a0}c"]);
}

#[test]
fn encloses_the_number_of_an_ayah() {
    assert_eq!(read_back("قل\u{6dd}١٢", 0), ["قل\u{fd3f}٢١\u{fd3e}"]);
    assert_eq!(read_back("قل\u{6dd}", 0), ["قل٭"]);
}

#[test]
fn draws_what_is_too_wide_as_one_mark() {
    assert_eq!(drawn("中a", 1, Ltr), ["\u{fffd}", "a"]);
    // Letters without room: a filler, an unassigned one.
    assert_eq!(drawn("\u{ffa0}\u{1d25b}", 9, Ltr), ["\u{fffd}\u{fffd}"]);
}

#[test]
fn draws_no_more_of_a_cluster_than_makes_sense() {
    // Found by fuzzing: the part that is drawn is narrower than the whole.
    let marks = format!("ᄀ{}{}", "\u{200d}".repeat(8), "\u{6d6}".repeat(20));
    let tones = format!("🏽{}🏽", "\u{200d}".repeat(20));
    for text in [marks, tones] {
        let layout = lay_out(&text, &Options::default());
        let cells = layout.cells(&layout.lines()[0]);
        assert_eq!(cells.len(), 1);
        let glyph = layout.glyph(&cells[0]);
        assert!(glyph.len() <= 64);
        assert_eq!(cluster_width(glyph), usize::from(cells[0].width));
    }
}

#[test]
fn keeps_marks_in_the_cell_of_their_base() {
    let layout = lay_out("ش\u{651}\u{64e}ب", &Options::default());
    assert_eq!(shown(&layout), ["\u{fe90}\u{feb7}\u{651}\u{64e}"]);
    // A cell shows five marks; the others stay in the text that it covers.
    let text = format!("ب{}", "\u{64e}".repeat(9));
    let layout = lay_out(&text, &Options::default());
    let cells = layout.cells(&layout.lines()[0]);
    assert_eq!(layout.glyph(&cells[0]).chars().count(), 6);
    assert_eq!(cells[0].bytes.end as usize, text.len());
    // A mark without a base stands on a circle.
    assert_eq!(
        shown(&lay_out("\u{651}ب", &Options::default())),
        ["ﺏ\u{25cc}\u{651}"]
    );
}

#[test]
fn hides_tashkeel() {
    let options = Options {
        tashkeel: false,
        ..options(0, Rtl)
    };
    assert_eq!(
        shown(&lay_out("مُحَمَّد \u{64e}آٓ", &options)),
        ["آ\u{653} دمحم"]
    );
}

#[test]
fn hides_tatweel_inside_words() {
    let options = Options {
        tatweel: false,
        join: true,
        ..options(0, Rtl)
    };
    let drawn = |text| shown(&lay_out(text, &options)).concat();
    assert_eq!(drawn("بـــب"), "\u{fe90}\u{fe91}");
    assert_eq!(drawn("ه\u{640}"), "\u{feeb}");
    assert_eq!(drawn("ـــ"), "ـــ");
}

#[test]
fn exchanges_digits_after_reordering() {
    let drawn = |text, digits| {
        let options = Options {
            digits,
            ..options(0, Rtl)
        };
        shown(&lay_out(text, &options)).concat()
    };
    let (arabic, ascii, as_written) = (Digits::Arabic, Digits::Ascii, Digits::AsWritten);
    assert_eq!(drawn("1,250.5 ٣", arabic), "٣ ١٬٢٥٠٫٥");
    assert_eq!(drawn("1,250.5 ٣", as_written), "٣ 1,250.5");
    assert_eq!(drawn("١٬٢٥٠٫٥ ٪٣ ۴", ascii), "4 3% 1,250.5");
    // European digits touch their percent sign, Arabic ones do not: the order is the text's, whatever is drawn.
    assert_eq!(drawn("17%", arabic), "١٧٪");
    assert_eq!(drawn("2.0.1 B12 x.com/5", arabic), "B12 x.com/5 ٢.٠.١");
    // A range of two fractions is no version; what NBSP parts from a Latin unit is a token of its own.
    assert_eq!(drawn("و3.5-4.5", arabic), "٤٫٥-٣٫٥و");
    assert_eq!(drawn("7\u{a0}kg", arabic), "kg\u{a0}٧");
    assert_eq!(drawn("é5", arabic), "é5");
    assert_eq!(drawn("ص.5، 3.", arabic), ".٣ ،٥.ص");
    // Code is never touched, not even where it is all numbers.
    let options = Options {
        digits: arabic,
        code: vec![3..8],
        ..options(0, Ltr)
    };
    assert_eq!(
        shown(&lay_out("7, 1 + 2 = 3", &options)).concat(),
        "٧, 1 + 2 = ٣"
    );
}

#[test]
fn shows_bidi_controls_on_request() {
    let options = Options {
        controls: true,
        ..options(0, Ltr)
    };
    assert_eq!(
        shown(&lay_out("a\u{202e}bc\u{202c}d", &options))
            .concat()
            .chars()
            .filter(|c| !c.is_ascii())
            .count(),
        2
    );
    assert_eq!(shown(&lay_out("a\u{200e}b", &options)), ["a→b"]);
    let joined = Options {
        join: true,
        ..options
    };
    assert_eq!(shown(&lay_out("ل\u{61c}ا", &joined)), ["\u{fefb}"]);
}

fn justified(text: &str, width: usize, justify: Justify) -> Layout {
    let options = Options {
        join: true,
        justify,
        ..options(width, Rtl)
    };
    lay_out(text, &options)
}

#[test]
fn widens_spaces_but_not_on_the_last_line() {
    let layout = justified("اب جد هو اب جد", 9, Justify::Spaces);
    let widths: Vec<_> = layout.lines().iter().map(|line| line.width).collect();
    assert_eq!(widths, [9, 5]);
    assert_eq!(
        layout
            .cells(&layout.lines()[0])
            .iter()
            .filter(|cell| cell.bytes.is_empty())
            .count(),
        1
    );
    // One word cannot be widened, and gaping lines stay ragged.
    assert_eq!(
        justified("ابتث جحخدذرز", 9, Justify::Spaces).lines()[0].width,
        4
    );
}

#[test]
fn draws_out_a_join_where_spaces_do_not_suffice() {
    let first =
        |text: &str, width: usize| shown(&justified(text, width, Justify::Kashida))[0].clone();
    let kashida = |text: &str, width: usize| {
        first(&format!("{text} ابتثجحخدذرزس"), width)
            .matches('ـ')
            .count()
    };
    assert_eq!(kashida("سلام عليكم", 11), 1);
    assert_eq!(kashida("سلام عليكم", 10), 0);
    // After the seen, not at the end; two cells at most in a word.
    let drawn = first("سبب مررت ابتثجحخدذرزس", 12);
    assert!(
        drawn.ends_with("ـــ\u{feb3}") || drawn.ends_with("ــ\u{feb3}"),
        "{drawn}"
    );
    // No place in these.
    for text in ["الله الله", "لله دار", "سببA سببB"] {
        assert_eq!(kashida(text, 13), 0, "{text}");
    }
    // Vocalised text keeps its joins.
    assert_eq!(kashida("سَلَامٌ عَلَيْكُمْ", 12), 0);
}

/// Where the first line of a justified text is drawn out: the letters before the added cells, in logical order.
fn drawn_out(words: &str, width: usize) -> Vec<char> {
    let text = format!("{words} ابتثجحخدذرزسشصض");
    let layout = justified(&text, width, Justify::Kashida);
    let cells = layout.cells(&layout.lines()[0]);
    let mut letters: Vec<char> = cells
        .windows(2)
        .filter(|pair| pair[0].bytes.is_empty() && layout.glyph(&pair[0]) == "ـ")
        .filter(|pair| !pair[1].bytes.is_empty())
        .map(|pair| text[pair[1].bytes.start as usize..].chars().next().unwrap())
        .collect();
    letters.reverse();
    letters
}

#[test]
fn draws_out_the_best_place_of_a_line_first() {
    // From rank to rank the better of two words takes the only cell, whichever comes first: the author's tatweel, a seen, a
    // final dal, a final kaf, a tooth before a final reh, a final waw, any join of a long word.
    let ranks = ["حـم", "حسم", "بعد", "ملك", "بير", "بلو", "معهم"];
    for (number, better) in ranks.iter().enumerate() {
        for worse in &ranks[number + 1..] {
            for (words, first) in [([better, worse], true), ([worse, better], false)] {
                let words = words.map(|word| *word).join(" ");
                // One space, which takes one cell before any kashida.
                let layout = justified(&words, 0, Justify::Ragged);
                let width = layout.lines()[0].width + 2;
                let text = format!("{words} ابتثجحخدذرزسشصض");
                let layout = justified(&text, width, Justify::Kashida);
                let line = &layout.lines()[0];
                assert_eq!(line.width, width, "{words}");
                let kashida = layout
                    .cells(line)
                    .iter()
                    .rposition(|cell| cell.bytes.is_empty() && layout.glyph(cell) == "ـ");
                let space = layout
                    .cells(line)
                    .iter()
                    .position(|cell| layout.glyph(cell) == " ");
                assert_eq!(kashida > space, first, "{words}");
            }
        }
    }
}

#[test]
fn draws_out_each_word_at_its_best_place() {
    for (word, letter) in [
        ("سببـح", 'ـ'),
        ("بسعد", 'س'),
        ("ضصطع", 'ص'),
        ("حجعد", 'ع'),
        ("ببعة", 'ع'),
        ("حجمل", 'م'),
        ("محبير", 'ب'),
        ("حجعو", 'ع'),
        ("حجعم", 'ع'),
    ] {
        let width = word.chars().count() + 1;
        assert_eq!(drawn_out(word, width), [letter], "{word}");
    }
    // Three letters are too few for just any join, a lam keeps its alef.
    for word in ["حجم", "حلا", "بلا"] {
        let width = word.chars().count() + 1;
        assert!(drawn_out(word, width).is_empty(), "{word}");
    }
}

#[test]
fn no_kashida_stands_under_another() {
    let words = "بسمحد بسمحد ";
    let layout = justified(&words.repeat(8), 16, Justify::Kashida);
    let columns = |line: &super::Line| -> Vec<usize> {
        let cells = layout.cells(line).iter().enumerate();
        cells
            .filter(|(_, cell)| cell.bytes.is_empty() && layout.glyph(cell) == "ـ")
            .map(|(column, _)| column)
            .collect()
    };
    let lines: Vec<_> = layout.lines().iter().map(columns).collect();
    assert!(lines.iter().any(|line| !line.is_empty()));
    for pair in lines.windows(2) {
        assert!(
            !pair[0].iter().any(|column| pair[1].contains(column)),
            "{lines:?}"
        );
    }
}

#[test]
fn never_draws_out_what_must_not_be() {
    // The name of God with what is written in front of it, a lam and its alef, Latin letters and digits in the word.
    for word in [
        "والله",
        "بالله",
        "اللهم",
        "فلله",
        "ٱلله",
        "حلا",
        "سبعB",
        "سبع5د",
        "سبع٥د",
    ] {
        let width = word.chars().count() + 1;
        assert!(drawn_out(word, width).is_empty(), "{word}");
    }
}

#[test]
fn tears_neither_lam_alef_nor_marks_where_a_word_is_cut() {
    let text = "بَلَاأُلَّإِلِأ".repeat(9);
    for width in 1..7 {
        let options = Options {
            width,
            ..Options::default()
        };
        let layout = lay_out(&text, &options);
        let cut: Vec<&str> = layout
            .lines()
            .iter()
            .map(|line| &text[line.range.clone()])
            .collect();
        for pair in cut.windows(2) {
            assert!(!pair[1].starts_with(is_tashkeel), "{pair:?}");
            let lam = pair[0].trim_end_matches(is_tashkeel);
            let alef = pair[1].starts_with(['ا', 'أ', 'إ', 'آ']);
            assert!(!(lam.ends_with('ل') && alef), "{pair:?}");
        }
        // The forms are those of the whole word.
        let whole: String = shown(&lay_out(
            &text,
            &Options {
                width: 0,
                ..options
            },
        ))
        .concat();
        let mut lines = shown(&layout);
        lines.reverse();
        assert_eq!(lines.concat(), whole);
    }
}

#[test]
fn maps_bytes_that_are_never_drawn() {
    // A space that hangs, controls, a soft hyphen, a line end, an alef in a lam's cell.
    let text = "كان  هذا\u{200f}\u{ad}لا\nآخر";
    let layout = lay_out(text, &options(5, Rtl));
    let line_of = |part: &str| layout.line_of(text.find(part).unwrap());
    assert_eq!([line_of("كان"), line_of(" "), line_of("  ")], [0, 0, 0]);
    assert_eq!(line_of("هذا"), line_of("\u{200f}"));
    assert_eq!(line_of("\n"), line_of("آخر") - 1);
    assert_eq!(layout.line_of(text.len()), layout.lines().len() - 1);
    assert_eq!(layout.line_of(usize::MAX), layout.lines().len() - 1);
    for part in ["  ", "\u{200f}", "\u{ad}", "\n"] {
        let start = text.find(part).unwrap();
        let line = &layout.lines()[layout.line_of(start)];
        let columns: Vec<_> = layout.columns(line, start..start + part.len()).collect();
        assert!(columns.is_empty(), "{part:?}");
    }
    // What stands on another line or nowhere has no columns here.
    let line = &layout.lines()[0];
    assert_eq!(layout.columns(line, text.len()..usize::MAX).count(), 0);
    let after = line.range.end..text.len();
    assert_eq!(layout.columns(line, after).count(), 0);
    assert_eq!(layout.columns(line, 2..2).count(), 0);
    assert_eq!(layout.byte_at(line, 99), None);
}

#[test]
fn takes_the_levels_of_a_longer_paragraph() {
    let text = "ا (abc def) ب";
    let levels = crate::text::bidi::levels(text, Rtl);
    let part = 7..text.len();
    let layout = lay_out_resolved(&text[part.clone()], &levels.part(part), &options(0, Rtl));
    // By itself the part would start with a space at its right edge.
    assert_eq!(shown(&layout), ["ب ( def"]);
}

#[test]
fn maps_a_range_that_reordering_cuts_up() {
    let text = "ا abc ب";
    let layout = lay_out(text, &options(0, Rtl));
    let line = &layout.lines()[0];
    // Drawn: ب abc ا
    assert_eq!(layout.columns(line, 0..4).collect::<Vec<_>>(), [2..3, 5..7]);
}

#[test]
fn labels_lose_their_end() {
    let label = |text, width, direction| shown(&lay_out_label(text, width, direction)).concat();
    assert_eq!(label("abcdef", 4, Ltr), "abc…");
    assert_eq!(label("abcdef", 6, Ltr), "abcdef");
    assert_eq!(label("abc def", 5, Ltr), "abc…");
    assert_eq!(label("دار", 2, Rtl), "…\u{fea9}");
    assert_eq!(
        label("دار abc def", 8, Rtl),
        "…abc \u{fead}\u{fe8d}\u{fea9}"
    );
    assert_eq!(label("a\nb\tc\u{7}", 9, Ltr), "a␊b c␇");
    assert_eq!(label("abc", 1, Ltr), "…");
    assert_eq!(label("abc", 0, Ltr), "");
    assert_eq!(label("中中", 3, Ltr), "中…");
    assert_eq!(label("", 3, Ltr), "");
}

/// Text of every kind that a layout treats apart.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        8 => "[ابتلاأإآملةىسدرو]{1,8}",
        3 => "[a-zA-Z]{1,6}",
        3 => "[0-9٠-٩۰-۹]{1,4}[.,٫٬%٪:/-]?",
        8 => " {1,2}",
        2 => "[\u{64b}-\u{652}\u{670}\u{654}\u{6d6}]{1,3}",
        2 => "[«»()\\[\\]\"“”‹›{}،؛؟.!:]",
        1 => "[\u{200c}\u{200d}\u{200e}\u{200f}\u{61c}\u{ad}\u{200b}\u{2060}\u{feff}]",
        1 => "[\u{202a}-\u{202e}\u{2066}-\u{2069}]",
        1 => "[\t\n\r\u{7}\u{1b}\u{85}\u{9b}\u{2028}\u{2029}\u{b}]",
        1 => "[中日각क्ष👍🏽👨👩\u{200d}🇸🇦☺\u{fe0f}]{1,3}",
        1 => "[\u{6dd}\u{600}\u{8e2}][٠-٩]{0,2}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

fn any_options() -> impl Strategy<Value = Options> {
    let switches = (
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        0_usize..3,
        0_usize..3,
    );
    (0_usize..24, any::<bool>(), any::<bool>(), switches).prop_map(
        |(width, right, join, (tashkeel, tatweel, controls, digits, justify))| Options {
            width,
            direction: if right { Rtl } else { Ltr },
            join,
            tashkeel,
            tatweel,
            controls,
            justify: [Justify::Ragged, Justify::Spaces, Justify::Kashida][justify],
            code: Vec::new(),
            digits: [Digits::AsWritten, Digits::Arabic, Digits::Ascii][digits],
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn lines_follow_each_other_through_the_text(text in text(), options in any_options()) {
        let layout = lay_out(&text, &options);
        let mut end = 0;
        for line in layout.lines() {
            prop_assert_eq!(line.range.start, end);
            prop_assert!(text.is_char_boundary(line.range.end));
            end = line.range.end;
        }
        prop_assert_eq!(end, text.len());
        prop_assert!(!layout.lines().is_empty());
    }

    #[test]
    fn no_line_is_too_wide(text in text(), options in any_options()) {
        let layout = lay_out(&text, &options);
        for line in layout.lines() {
            let width: usize = layout.cells(line).iter().map(|cell| usize::from(cell.width)).sum();
            prop_assert_eq!(width, line.width);
            prop_assert!(options.width == 0 || width <= options.width);
        }
    }

    #[test]
    fn every_cluster_is_drawn_once(text in text(), options in any_options()) {
        let layout = lay_out(&text, &options);
        let mut drawn: Vec<_> = Vec::new();
        for line in layout.lines() {
            for cell in layout.cells(line) {
                let bytes = cell.bytes.start as usize..cell.bytes.end as usize;
                if bytes.is_empty() {
                    continue;
                }
                prop_assert!(line.range.start <= bytes.start && bytes.end <= line.range.end);
                prop_assert!(text.get(bytes.clone()).is_some());
                drawn.push(bytes);
            }
        }
        drawn.sort_by_key(|bytes| bytes.start);
        drawn.dedup_by(|b, a| a == b && text[b.clone()] == *"\t");
        prop_assert!(drawn.windows(2).all(|pair| pair[0].end <= pair[1].start));
        for cluster in clusters(&text) {
            let range = cluster.range();
            let times = drawn.iter().filter(|bytes| bytes.start < range.end && range.start < bytes.end).count();
            let hangs = cluster.hangs();
            let hidden = cluster.width == 0 || !options.tashkeel || !options.tatweel;
            prop_assert!(times == 1 || times == 0 && (hangs || hidden) || text[range.clone()] == *"\u{ad}", "{:?}", &text[range]);
        }
    }

    #[test]
    fn glyphs_are_safe_and_as_wide_as_their_cells(text in text(), options in any_options()) {
        let layout = lay_out(&text, &options);
        for line in layout.lines() {
            for cell in layout.cells(line) {
                let glyph = layout.glyph(cell);
                prop_assert!(!glyph.is_empty());
                prop_assert!(!glyph.chars().any(|c| c.is_control() || crate::text::visible::is_bidi_control(c)));
                prop_assert_eq!(cluster_width(glyph), usize::from(cell.width), "{:?}", glyph);
            }
        }
    }

    #[test]
    fn columns_lead_to_bytes_and_back(text in text(), options in any_options()) {
        let layout = lay_out(&text, &options);
        for (number, line) in layout.lines().iter().enumerate() {
            let mut column = 0;
            for cell in layout.cells(line) {
                let bytes = cell.bytes.start as usize..cell.bytes.end as usize;
                if !bytes.is_empty() {
                    prop_assert_eq!(layout.byte_at(line, column), Some(bytes.start));
                    prop_assert_eq!(layout.line_of(bytes.start), number);
                    let runs: Vec<_> = layout.columns(line, bytes).collect();
                    prop_assert!(runs.iter().any(|run| run.contains(&column)));
                }
                column += usize::from(cell.width);
            }
            prop_assert_eq!(layout.byte_at(line, column), None);
        }
    }

    #[test]
    fn kashida_keeps_its_rules(
        text in "((حسم|بعد|ملك|بير|بلو|معهم|الله|سلام|لا|حـم|كتابة|مدرسة|قد|12|Ab)[ ]){1,60}",
        width in 6_usize..40,
    ) {
        let layout = justified(&text, width, Justify::Kashida);
        let mut above = Vec::new();
        for line in layout.lines() {
            prop_assert!(line.width <= width);
            // Columns from the right, where lines start.
            let cells: Vec<_> = layout.cells(line).iter().rev().collect();
            let here: Vec<usize> = (0..cells.len())
                .filter(|column| cells[*column].bytes.is_empty() && layout.glyph(cells[*column]) == "ـ")
                .collect();
            prop_assert!(!here.iter().any(|column| above.contains(column)), "{:?}", shown(&layout));
            for word in cells.split(|cell| layout.glyph(cell) == " ") {
                let added: Vec<bool> = word.iter().map(|cell| cell.bytes.is_empty()).collect();
                let runs = added.chunk_by(|a, b| a == b).filter(|run| run[0]);
                let runs: Vec<usize> = runs.map(<[bool]>::len).collect();
                prop_assert!(runs.is_empty() || runs == [1] || runs == [2], "{:?}", shown(&layout));
            }
            above = here;
        }
    }

    #[test]
    fn joins_while_reading_as_the_levels_say(text in text(), right in any::<bool>()) {
        let options = Options { direction: if right { Rtl } else { Ltr }, ..Options::default() };
        let levels = crate::text::bidi::levels(&text, options.direction);
        let items = super::paragraph::Paragraph::read(&text, &options).items;
        let clusters: Vec<_> = clusters(&text).collect();
        let shapes = joining::shapes(&clusters, |cluster| match cluster.kind() {
            Kind::InvisibleMark => levels.at(cluster.end as usize - 1),
            _ => levels.at(cluster.start as usize),
        });
        prop_assert_eq!(items.len(), clusters.len());
        for (item, shape) in items.iter().zip(shapes) {
            prop_assert_eq!(item.shape, shape, "{:?}", text);
            prop_assert!(item.held || item.width > 0 || item.cluster.width == 0);
        }
    }

    #[test]
    fn is_deterministic_and_labels_fit(text in text(), options in any_options()) {
        prop_assert_eq!(lay_out(&text, &options), lay_out(&text, &options));
        let label = lay_out_label(&text, options.width, options.direction);
        prop_assert_eq!(label.lines().len(), 1);
        prop_assert!(label.lines()[0].width <= options.width);
        prop_assert_eq!(label.lines()[0].range.clone(), 0..text.len());
    }
}
