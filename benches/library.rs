//! How long it takes to list a feed of 1,000 articles from the state file: the file opened anew each time, median of 20.
//!
//! `cargo bench --bench library`. The feed has 1,000 articles of 4 KB; the state file is made in a temporary folder.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::fmt::Write;
use std::time::Instant;

use qari::doc::{Block, BlockKind, Builder, Document};
use qari::library::Library;

const ARTICLES: usize = 1_000;
const ROUNDS: usize = 20;

/// A feed of articles, each with a title and paragraphs.
fn feed() -> Document {
    let mut text = String::new();
    let mut articles = Vec::new();
    for number in 0..ARTICLES {
        let start = text.len();
        let title = format!("عنوان المقال رقم {number}");
        let mut blocks = Vec::new();
        for line in 0..20 {
            let from = text.len();
            let _ = write!(
                text,
                "{title}: الفقرة {line}، {}",
                "كلام من كلام كثير ".repeat(5)
            );
            blocks.push(Block::new(BlockKind::Paragraph, from..text.len()));
            text.push('\n');
        }
        articles.push((title, start..text.len() - 1, blocks));
    }
    let mut builder = Builder::new("https://feed.example/", text);
    for (title, range, blocks) in articles {
        builder = builder.article(&title, range, blocks);
    }
    builder.build().unwrap()
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let feed = feed();
    let begun = Instant::now();
    let mut library = Library::open_in(folder.path()).unwrap();
    assert_eq!(library.keep_feed(&feed.name, &feed).unwrap(), ARTICLES);
    println!("kept    {:7.2} ms", begun.elapsed().as_secs_f64() * 1000.0);
    drop(library);
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            let mut library = Library::open_in(folder.path()).unwrap();
            assert_eq!(library.feed(&feed.name).unwrap().len(), ARTICLES);
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "listed  {:7.2} ms (median of {ROUNDS}, opening included)",
        times[ROUNDS / 2]
    );
}
