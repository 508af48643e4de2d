//! Passages, places and titles of texts with small windows.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::source::decode::Decoded;
use crate::source::plain;

const SMALL: Sizes = Sizes {
    window: 64,
    whole: 100,
};

fn large(bytes: &[u8]) -> Large {
    Large::new("-", Box::new(bytes.to_vec()), SMALL).unwrap()
}

fn marks(large: &Large) -> Vec<Mark> {
    let (mut begun, mut progress) = large.begin().unwrap();
    let mut marks = progress.marks;
    while !progress.done {
        progress = large.go_on(&mut begun).unwrap();
        marks.extend(progress.marks);
    }
    marks
}

/// The paragraphs of all articles, walked from passage to passage, each with where it stands.
fn walk(large: &Large) -> Vec<(usize, String)> {
    let marks = marks(large);
    let mut found = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let next = marks.get(index + 1).copied();
        let mut around = mark.offset();
        loop {
            let passage = large.passage(*mark, next, around).unwrap();
            let document = &passage.document;
            for block in &document.articles[0].blocks {
                let place = document.origin.source(block.range.start);
                if found.last().is_none_or(|(last, _)| *last < place) {
                    found.push((place, document.block_text(block).to_owned()));
                }
            }
            if !passage.below {
                break;
            }
            around = document.origin.source(document.text.len());
        }
    }
    found
}

/// The same by a document that is held whole.
fn whole(text: &str) -> Vec<(usize, String)> {
    let decoded = Decoded {
        text: text.to_owned(),
        ..Decoded::default()
    };
    let document = plain::parse("-", decoded).unwrap();
    let blocks = document.articles.iter().flat_map(|article| &article.blocks);
    blocks
        .map(|block| (block.range.start, document.block_text(block).to_owned()))
        .collect()
}

proptest::proptest! {
    #[test]
    fn passages_hold_every_paragraph_once(
        lines in proptest::collection::vec("(# )?([ab]{0,3}|(كلمة ){1,6}ن)|\\*\\*\\*|\u{c}|```|\u{a0}", 0..60),
        end in "\n|\r\n|\u{2028}",
    ) {
        let text = lines.join(&end);
        proptest::prop_assert_eq!(walk(&large(text.as_bytes())), whole(&text));
    }

    #[test]
    fn any_byte_is_in_its_passage(
        lines in proptest::collection::vec("([ab]|سلام ){0,9}", 1..60),
        around in 0_usize..2000,
    ) {
        let text = lines.join("\n");
        let large = large(text.as_bytes());
        let around = around.min(text.len().saturating_sub(1));
        let passage = large.passage(large.first(), None, around).unwrap();
        let held = passage.document.origin.source(0)..=passage.document.origin.source(passage.document.text.len());
        proptest::prop_assert!(held.contains(&around), "{} in {:?}", around, held);
    }
}

#[test]
fn places_count_bytes_of_the_source() {
    let line = "كلمة ".repeat(5);
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    for _ in 0..40 {
        bytes.extend(line.as_bytes());
        bytes.extend(b"\xFF\xD8\n");
    }
    let large = large(&bytes);
    let found = walk(&large);
    assert_eq!(found.len(), 40);
    for (index, (place, text)) in found.iter().enumerate() {
        assert_eq!(*place, 3 + index * (line.len() + 3));
        assert_eq!(*text, format!("{line}\u{fffd}\u{fffd}"));
    }
}

#[test]
fn cuts_a_line_without_end_between_words() {
    let text = "كلمة ".repeat(200);
    let pieces = walk(&large(text.as_bytes()));
    assert!(pieces.len() > 10);
    let words: usize = pieces
        .iter()
        .map(|(_, piece)| {
            piece
                .split_whitespace()
                .filter(|word| *word == "كلمة")
                .count()
        })
        .sum();
    assert_eq!(words, 200);
    let text = "س".repeat(1000);
    let pieces = walk(&large(text.as_bytes()));
    let letters: usize = pieces.iter().map(|(_, piece)| piece.chars().count()).sum();
    assert_eq!(letters, 1000);
}

#[test]
fn reads_titles_and_what_is_left_of_a_file_that_shrank() {
    let text = "أول\nأول\n\nنص\n\nثان\nثان\n\nنص\n";
    let whole = large(text.as_bytes());
    let marks = marks(&whole);
    assert_eq!(marks.len(), 2);
    assert_eq!(whole.title(marks[0], Some(marks[1])).unwrap(), "أول");
    assert_eq!(whole.title(marks[1], None).unwrap(), "ثان");
    let shrunk = large(&text.as_bytes()[..12]);
    let passage = shrunk.passage(marks[1], None, marks[1].offset()).unwrap();
    assert!(passage.document.articles[0].blocks.is_empty());
    assert_eq!(shrunk.title(marks[1], None).unwrap(), "");
}
