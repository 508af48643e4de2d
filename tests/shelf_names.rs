//! Names in the built-in articles, held against labels by a reader who had not seen what the program finds (`tests/data/names`).

#![allow(clippy::unwrap_used, clippy::cast_precision_loss, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use qari::doc::Document;
use qari::entity::{Kind, Tagger};
use qari::source::{Guide, Reading, Source, documents};

/// A mention: where it stands in the document text, in bytes, and its kind.
type Span = (usize, usize, Kind);

/// The labelled articles, each with the labels' file.
fn labelled() -> Vec<(Document, PathBuf)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/names");
    documents(vec![Source::Shelf(Guide::English)], Reading::default())
        .map(Result::unwrap)
        .filter_map(|document| {
            let name = document.name.rsplit(':').next().unwrap().to_owned();
            let labels = folder.join(format!("{name}.jsonl"));
            labels.exists().then_some((document, labels))
        })
        .collect()
}

/// The labels of a file.
fn labels(file: &PathBuf) -> BTreeSet<Span> {
    let text = fs::read_to_string(file).unwrap();
    text.lines()
        .map(|line| {
            let label: serde_json::Value = serde_json::from_str(line).unwrap();
            let number = |key: &str| usize::try_from(label[key].as_u64().unwrap()).unwrap();
            let kind = label["kind"].as_str().unwrap().parse().unwrap();
            (number("byte_start"), number("byte_end"), kind)
        })
        .collect()
}

/// What the tagger finds in a document.
fn found(tagger: &Tagger, document: &Document) -> BTreeSet<Span> {
    let mut spans = BTreeSet::new();
    for article in &document.articles {
        let paragraphs = article
            .blocks
            .iter()
            .map(|block| (block.range.start, document.block_text(block)));
        for mention in tagger.tag(paragraphs).mentions {
            let start = mention.paragraph;
            spans.insert((
                start + mention.range.start,
                start + mention.range.end,
                mention.kind,
            ));
        }
    }
    spans
}

/// F1 over exact spans and kinds.
fn f1(found: usize, labelled: usize, right: usize) -> f64 {
    2.0 * right as f64 / (found + labelled) as f64
}

#[test]
fn persons_places_and_organizations_of_the_shelf_are_found() {
    let tagger = Tagger::new();
    let main = [Kind::Person, Kind::Place, Kind::Organization];
    let (mut all, mut wanted, mut right) = (0, 0, 0);
    for (document, file) in labelled() {
        let keep = |spans: BTreeSet<Span>| -> BTreeSet<Span> {
            spans
                .into_iter()
                .filter(|(.., kind)| main.contains(kind))
                .collect()
        };
        let (found, labels) = (keep(found(&tagger, &document)), keep(labels(&file)));
        let hits = found.intersection(&labels).count();
        println!(
            "{}: {:.3}",
            document.name,
            f1(found.len(), labels.len(), hits)
        );
        (all, wanted, right) = (all + found.len(), wanted + labels.len(), right + hits);
    }
    assert!(wanted > 250, "the labels are there");
    let score = f1(all, wanted, right);
    assert!(score >= 0.95, "F1 fell to {score:.3}");
}

#[test]
fn labels_stand_where_they_say() {
    for (document, file) in labelled() {
        for line in fs::read_to_string(&file).unwrap().lines() {
            let label: serde_json::Value = serde_json::from_str(line).unwrap();
            let at = |key: &str| usize::try_from(label[key].as_u64().unwrap()).unwrap();
            assert_eq!(
                &document.text[at("byte_start")..at("byte_end")],
                label["text"].as_str().unwrap()
            );
        }
    }
}
