//! What finding names costs: CPU time of one thread per word, for an article of 1,250 words, and until a tagger is ready; and for texts
//! that are none, how much longer twice as much takes.

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
/// The bytes of a text that is none.
const HALF: usize = 1 << 19;

/// Texts that are none, of so many bytes: each with what it is.
fn odd_texts(bytes: usize) -> Vec<(&'static str, String)> {
    let filled = |unit: &str| unit.repeat(bytes / unit.len());
    let mut state = 1_u64;
    let random: Vec<u8> = std::iter::repeat_with(|| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        state.to_be_bytes()[0]
    })
    .take(bytes / 2)
    .collect();
    vec![
        ("one word again and again", filled("بوتين ")),
        ("no spaces", filled("بوتينوموسكو")),
        ("all tashkeel", filled("مُحَمَّدٌ ")),
        ("marks alone", filled("\u{64e}")),
        ("Latin only", filled("Moscow and Putin, ")),
        ("titles", filled("الرئيس المستشار ")),
        ("opening quotation marks", filled("«")),
        ("digits", filled("1,")),
        (
            "random bytes",
            String::from_utf8_lossy(&random).into_owned(),
        ),
    ]
}

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
    for ((what, half), (_, whole)) in odd_texts(HALF).iter().zip(&odd_texts(2 * HALF)) {
        let [half, whole] = [half, whole].map(|text| {
            clock::best_of(3, || {
                std::hint::black_box(tagger.tag([(0, text.as_str())]));
            })
        });
        println!(
            "{what}: 1 MB {whole:?}, {:.2} times half of it",
            whole.as_secs_f64() / half.as_secs_f64()
        );
    }
}
