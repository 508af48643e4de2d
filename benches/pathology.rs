//! Texts made to be slow: the time for twice as much of each, in thread CPU time, must be about twice as long.
//!
//! `cargo bench --bench pathology` lays out 29 patterns of 50 and 100 kB (a number after `--` for other kilobytes), as a paragraph of 80
//! columns, right to left, and prints t(2n) / t(n) by the best of 5 rounds, the two sizes in turns; it fails where one is above 2.5.
//! What is above at first is measured up to four times more, since other work on the machine never makes a round quicker.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod clock;

use std::hint::black_box;
use std::time::Duration;

use qari::layout::{Options, lay_out};

const ROUNDS: usize = 5;
const TRIALS: usize = 5;
const LIMIT: f64 = 2.5;

/// What is repeated up to the size: something before it all, the pattern, something after it all.
const PATTERNS: [(&str, [&str; 3]); 29] = [
    ("pairs of brackets", ["ا", "()", ""]),
    ("opening brackets", ["ا", "(", ""]),
    ("closing brackets", ["ا", ")", ""]),
    ("brackets of two kinds, crossed", ["ا a", "([)]", ""]),
    ("brackets around letters", ["ا", "(a)", ""]),
    ("brackets around numbers", ["ا", "[1]", "a"]),
    ("brackets left open by words", ["", "(ا a ", ""]),
    (
        "neutrals in brackets",
        ["ا a ((((((((((", "!", "))))))))))"],
    ),
    ("neutrals", ["ا", "!", "a"]),
    ("numbers and terminators", ["ا", "1%$", ""]),
    ("terminators without a number", ["ا", "$", ""]),
    ("separators", ["ا 1", ",.", ""]),
    ("marks", ["ا", "\u{64e}", "a"]),
    ("marks in words", ["", "بِسْمِ ", "1"]),
    ("directions in turns", ["", "ا a ", ""]),
    ("words without a space", ["", "ابجد", ""]),
    ("Latin without a space", ["ا", "abcd", ""]),
    ("lam and alef", ["", "لا", ""]),
    ("lam and marks, no alef", ["ل", "\u{2060}\u{64e}", ""]),
    ("embeddings", ["", "\u{202b}", "ا a"]),
    ("embeddings, closed", ["", "\u{202a}ا\u{202c}", ""]),
    ("overrides", ["", "\u{202e}a\u{202c} ا", ""]),
    ("closings of embeddings", ["ا", "\u{202c}", "a"]),
    ("isolates", ["", "\u{2068}", "ا a"]),
    ("isolates, closed", ["ا", "\u{2068}a\u{2069}", ""]),
    ("brackets in isolates", ["ا", "(\u{2067}a\u{2069})", ""]),
    (
        "isolates in brackets, left open",
        ["ا", "\u{2066}(\u{2069}", ""],
    ),
    ("joiners and emoji", ["ا", "👨\u{200d}", "a"]),
    ("flags and conjuncts", ["ا", "🇸क्", ""]),
];

/// So many bytes of a pattern.
fn text([before, again, after]: [&str; 3], bytes: usize) -> String {
    before.to_owned() + &again.repeat(bytes / again.len()) + after
}

fn time(text: &str) -> Duration {
    let options = Options::default();
    clock::best_of(1, || {
        black_box(lay_out(black_box(text), &options));
    })
}

/// The best times for a pattern of so many bytes and of twice as many.
fn times(pattern: [&str; 3], bytes: usize) -> [f64; 2] {
    let texts = [bytes, 2 * bytes].map(|bytes| text(pattern, bytes));
    let mut best = [f64::MAX; 2];
    for _ in 0..TRIALS {
        for _ in 0..ROUNDS {
            for (best, text) in best.iter_mut().zip(&texts) {
                *best = best.min(time(text).as_secs_f64());
            }
        }
        if best[1] <= LIMIT * best[0] {
            break;
        }
    }
    best
}

fn main() {
    let kilobytes = std::env::args().find_map(|argument| argument.parse::<usize>().ok());
    let bytes = kilobytes.unwrap_or(50) * 1000;
    let mut slow = 0;
    for (name, pattern) in PATTERNS {
        let [once, twice] = times(pattern, bytes);
        let ratio = twice / once;
        let verdict = if ratio > LIMIT { "  TOO SLOW" } else { "" };
        slow += usize::from(ratio > LIMIT);
        println!(
            "{ratio:5.2}  {:8.2} ms {:6.1} MB/s  {name}{verdict}",
            twice * 1e3,
            2e-6 * f64::from(u32::try_from(bytes).unwrap()) / twice
        );
    }
    assert_eq!(slow, 0, "patterns that take more than twice as long");
}
