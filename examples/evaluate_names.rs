//! Measures the tagger: exact spans and kinds against labels, per kind and for persons, places and organisations together.
//!
//! ```text
//! cargo run --release --example evaluate_names -- TEXT LABELS [--whole-words] [--quiet]
//! ```
//!
//! TEXT is plain UTF-8, a paragraph a line, one article. LABELS has a JSON object a line: `kind`, `text`, `start`, `end` in characters of the
//! whole file. A line that equals the next one but for white space (a title written twice) is skipped: only its second copy is labelled.
//! `--whole-words` widens both sides to white space, for corpora that label whole words with their clitics.

#![allow(clippy::print_stdout)]

use std::collections::BTreeSet;
use std::fs;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use qari::entity::{Kind, Tagger};

type Span = (usize, usize, Kind);

#[derive(serde::Deserialize)]
struct Label {
    kind: String,
    start: usize,
    end: usize,
}

fn main() -> Result<()> {
    let (options, files): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|arg| arg.starts_with("--"));
    let [text, labels] = files.as_slice() else {
        bail!("usage: evaluate_names TEXT LABELS [--whole-words] [--quiet]")
    };
    let has = |name: &str| options.iter().any(|option| option == name);
    let text = fs::read_to_string(text)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let wide = |span: Span| {
        if has("--whole-words") {
            widened(text, span)
        } else {
            span
        }
    };

    let mut gold = BTreeSet::new();
    for line in fs::read_to_string(labels)?
        .lines()
        .filter(|line| !line.trim().is_empty())
    {
        let label: Label = serde_json::from_str(line).with_context(|| line.to_owned())?;
        let (Some(&start), Some(&end)) = (bytes.get(label.start), bytes.get(label.end)) else {
            bail!("outside the text: {line}")
        };
        gold.insert(wide((start, end, label.kind.parse()?)));
    }
    let started = Instant::now();
    let tagger = Tagger::new();
    let ready = started.elapsed();
    let started = Instant::now();
    let names = tagger.tag(paragraphs(text));
    let took = started.elapsed();
    let found: BTreeSet<Span> = names
        .mentions
        .iter()
        .map(|mention| {
            wide((
                mention.paragraph + mention.range.start,
                mention.paragraph + mention.range.end,
                mention.kind,
            ))
        })
        .collect();

    if !has("--quiet") {
        print_differences(text, &gold, &found);
    }
    for kind in Kind::ALL {
        print_score(kind.name(), &gold, &found, &[kind]);
    }
    print_score(
        "person+place+organization",
        &gold,
        &found,
        &[Kind::Person, Kind::Place, Kind::Organization],
    );
    print_score("all", &gold, &found, &Kind::ALL);
    println!(
        "{} entities; ready in {ready:?}, tagged in {took:?}, {} words",
        names.entities.len(),
        text.split_whitespace().count()
    );
    Ok(())
}

/// The lines with their starts, without the first copy of a line that stands twice.
fn paragraphs(text: &str) -> Vec<(usize, &str)> {
    let folded = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line.trim_end_matches(['\n', '\r'])))
        })
        .collect();
    let twice = |n: usize| {
        let line = folded(lines[n].1);
        !line.is_empty()
            && lines[n + 1..]
                .iter()
                .map(|(_, next)| folded(next))
                .next()
                .is_some_and(|next| next == line)
    };
    (0..lines.len())
        .filter(|&n| !twice(n))
        .map(|n| lines[n])
        .collect()
}

fn widened(text: &str, (start, end, kind): Span) -> Span {
    let start = text[..start]
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + 1);
    let end = text[end..]
        .find(char::is_whitespace)
        .map_or(text.len(), |at| end + at);
    (start, end, kind)
}

fn print_differences(text: &str, gold: &BTreeSet<Span>, found: &BTreeSet<Span>) {
    let around = |&(start, end, kind): &Span| {
        let before: String = text[..start]
            .chars()
            .rev()
            .take(30)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let after: String = text[end..].chars().take(30).collect();
        format!(
            "{kind:<12} {}⟦{}⟧{}",
            before.replace('\n', "¶"),
            &text[start..end],
            after.replace('\n', "¶")
        )
    };
    for span in gold.difference(found) {
        println!("missed  {}", around(span));
    }
    for span in found.difference(gold) {
        println!("false   {}", around(span));
    }
}

#[allow(clippy::cast_precision_loss)]
fn print_score(name: &str, gold: &BTreeSet<Span>, found: &BTreeSet<Span>, kinds: &[Kind]) {
    let of =
        |spans: &BTreeSet<Span>| spans.iter().filter(|span| kinds.contains(&span.2)).count() as f64;
    let right = gold
        .intersection(found)
        .filter(|span| kinds.contains(&span.2))
        .count() as f64;
    let (gold, found) = (of(gold), of(found));
    let percent = |part: f64, whole: f64| {
        if whole > 0.0 {
            100.0 * part / whole
        } else {
            0.0
        }
    };
    let (precision, recall) = (percent(right, found), percent(right, gold));
    let f1 = percent(2.0 * precision * recall / 100.0, precision + recall);
    println!(
        "{name:<26} P {precision:5.1}  R {recall:5.1}  F1 {f1:5.1}  ({right} right of {found} found, {gold} labelled)"
    );
}
