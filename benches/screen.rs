//! What one screen of a file costs to lay out, from nothing, in thread CPU time.
//!
//! `cargo bench --bench screen -- FILE …` (the article rich in numbers without FILE). A screen starts at each paragraph in turn and
//! takes as many paragraphs as fill it, the last one whole; the best of 5 rounds counts, each of 100 screens. Printed: the
//! first screen, the mean of all that are full, and the dearest.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod clock;

use std::hint::black_box;

use qari::layout::{Options, lay_out};
use qari::text::direction;

const ROUNDS: usize = 5;
const SCREENS: u32 = 100;
const SIZES: [(usize, usize); 2] = [(80, 24), (200, 60)];

/// Lays out paragraphs until `height` lines stand; whether there were enough.
fn screen(paragraphs: &[(&str, Options)], height: usize) -> bool {
    let mut lines = 0;
    for (text, options) in paragraphs {
        lines += black_box(lay_out(black_box(text), options)).lines().len();
        if lines >= height {
            return true;
        }
    }
    false
}

/// Microseconds of CPU for each full screen; of the whole text where it fills none.
fn screens(paragraphs: &[(&str, Options)], height: usize) -> Vec<f64> {
    let starts = 0..paragraphs.len();
    starts
        .filter(|start| *start == 0 || screen(&paragraphs[*start..], height))
        .map(|start| {
            let best = clock::best_of(ROUNDS, || {
                for _ in 0..SCREENS {
                    screen(&paragraphs[start..], height);
                }
            });
            (best / SCREENS).as_secs_f64() * 1e6
        })
        .collect()
}

fn main() {
    let mut files: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    if files.is_empty() {
        let built_in = "/assets/articles/numbers-and-names.txt";
        files.push(env!("CARGO_MANIFEST_DIR").to_owned() + built_in);
    }
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let document = direction::of_document(&text);
        println!("{file}");
        for (width, height) in SIZES {
            let of_paragraph = |text| {
                let options = Options {
                    width,
                    direction: direction::of_paragraph(text, document),
                    ..Options::default()
                };
                (text, options)
            };
            let paragraphs: Vec<_> = text.lines().map(of_paragraph).collect();
            let times = screens(&paragraphs, height);
            let mean = times.iter().sum::<f64>() / f64::from(u32::try_from(times.len()).unwrap());
            let dearest = times.iter().copied().fold(0.0, f64::max);
            println!(
                "  {width}×{height}: first {:.1} µs, mean {mean:.1} µs, dearest {dearest:.1} µs of CPU ({} screens)",
                times[0],
                times.len()
            );
        }
    }
}
