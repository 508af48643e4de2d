//! What finding names costs: CPU time of one thread per word, for an article of 1,250 words, and until a tagger is ready.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    missing_docs
)]

mod clock;

use qari::entity::Tagger;

/// Articles of the shelf, one after another.
const TEXTS: [&str; 4] = [
    include_str!("../assets/articles/kazakhstan-2022.txt"),
    include_str!("../assets/articles/ukraine-first-year.txt"),
    include_str!("../assets/articles/arabic-newspaper.txt"),
    include_str!("../assets/articles/numbers-and-names.txt"),
];
/// The words of a middling article.
const WORDS: usize = 1250;

fn main() {
    let ready = clock::best_of(20, || {
        std::hint::black_box(Tagger::new());
    });
    println!("ready: {ready:?}");
    let tagger = Tagger::new();
    let lines: Vec<&str> = TEXTS.iter().flat_map(|text| text.lines()).collect();
    let mut words = 0;
    let article: Vec<&str> = lines
        .into_iter()
        .take_while(|line| {
            let goes_on = words < WORDS;
            words += line.split_whitespace().count();
            goes_on
        })
        .collect();
    let words: usize = article
        .iter()
        .map(|line| line.split_whitespace().count())
        .sum();
    for (times, rounds) in [(1, 40), (20, 5)] {
        let paragraphs = || {
            (0..times)
                .flat_map(|_| article.iter())
                .map(|line| (0, *line))
        };
        let took = clock::best_of(rounds, || {
            std::hint::black_box(tagger.tag(paragraphs()));
        });
        let count = words * times;
        println!(
            "{count} words: {took:?}, {:.2} µs a word",
            took.as_secs_f64() * 1e6 / count as f64
        );
    }
}
