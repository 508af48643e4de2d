//! Unicode's own cases for grapheme clusters and line breaks.

#![allow(clippy::unwrap_used)]

mod ucd;

use qari::text::breaks;
use qari::text::cluster::{Cluster, clusters};
use qari::text::properties::{Kind, Properties};

/// A line of a break test: its text, and the bytes where ÷ stands.
fn parse(data: &str) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut breaks = Vec::new();
    for token in data.split_whitespace() {
        match token {
            "÷" => breaks.push(text.len()),
            "×" => {}
            code => text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap()),
        }
    }
    (text, breaks)
}

/// Whether the tailoring of `text::cluster` breaks here: after an Arabic sign that stands before its number.
fn is_tailored(text: &str, byte: usize) -> bool {
    let before = text[..byte].chars().rev();
    let base = before.map(Properties::of).find(|own| {
        !matches!(
            own.kind(),
            Kind::Mark | Kind::WideMark | Kind::InvisibleMark
        )
    });
    base.is_some_and(|own| own.kind() == Kind::Sign)
}

#[test]
fn passes_every_case_of_grapheme_break_test() {
    let file = ucd::read("GraphemeBreakTest.txt");
    let (mut cases, mut failed) = (0, Vec::new());
    for (number, data) in ucd::lines(&file) {
        let (text, expected) = parse(data);
        let mut found: Vec<usize> = clusters(&text)
            .map(|cluster| cluster.start as usize)
            .filter(|byte| expected.contains(byte) || !is_tailored(&text, *byte))
            .collect();
        found.push(text.len());
        cases += 1;
        if found != expected {
            failed.push(number);
        }
    }
    assert_eq!(failed, [0_usize; 0]);
    assert_eq!(cases, 766);
}

/// Differences that `icu_segmenter`'s stable rules (Unicode 15.1, data of 18) have from the file, none of them in Arabic prose.
fn is_known(text: &str, byte: usize) -> bool {
    // Scripts that need a dictionary, aksara of 16.0, a symbol whose class changed in 18.0, East Asian quotes (LB19a of 16.0).
    let elsewhere = |c| {
        matches!(
            c,
            '\u{e01}' | '\u{e31}' | '\u{102c}' | '\u{11003}' | '\u{1b50}' | '\u{1f8ff}'
        )
    };
    // LB21a keeps Hebrew words together at their hyphens.
    let hebrew = |c| matches!(c, '\u{5d0}'..='\u{5ea}');
    let east_asian = |c| matches!(c, '\u{3400}'..='\u{9fff}');
    // LB25 kept currency and percent signs next to brackets, and numbers after a slash; LB20a before symbols.
    let sign = |c| matches!(c, '%' | '$' | '\\' | '\u{20a9}' | '\u{fe6a}');
    let bracket = |c| matches!(c, '(' | ')' | '{' | '}' | '\u{2329}' | '\u{232a}');
    let mut before = text[..byte].chars().rev().filter(|c| *c != '\u{308}');
    let (before, after) = (before.next().unwrap(), text[byte..].chars().next().unwrap());
    let symbol = matches!(
        after,
        '\u{25cc}' | '\u{2630}' | '\u{2757}' | '\u{efffd}' | '#' | '§'
    );
    text.contains(elsewhere)
        || text.contains(hebrew)
        || text.contains(east_asian)
        || sign(before) && bracket(after)
        || bracket(before) && sign(after)
        || before == '/' && after == '0'
        // LB15c: a number that starts with its point.
        || before == ' ' && after == '.'
        || before == '.' && after == '€'
        || matches!(before, '-' | '\u{5be}') && symbol
}

#[test]
fn passes_line_break_test_but_for_known_differences() {
    let file = ucd::read("LineBreakTest.txt");
    let (mut cases, mut known, mut failed) = (0, 0, Vec::new());
    for (number, data) in ucd::lines(&file) {
        let (text, expected) = parse(data);
        let all: Vec<Cluster> = clusters(&text).collect();
        let found = breaks::opportunities(&text, &all);
        let mut different = (1..text.len())
            .filter(|byte| {
                found.contains(&u32::try_from(*byte).unwrap()) != expected.contains(byte)
            })
            .peekable();
        cases += 1;
        if different.peek().is_some() {
            known += 1;
        }
        if !different.all(|byte| is_known(&text, byte)) {
            failed.push(number);
        }
    }
    assert_eq!(failed, [0_usize; 0]);
    assert_eq!((cases, known), (19_338, 296));
}
