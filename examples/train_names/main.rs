//! Trains the model of names and measures it.
//!
//! ```text
//! cargo run --release --example train_names -- DATA [--tenths] [--write] [--without=GROUP,…] [--baseline]
//! ```
//!
//! DATA holds `anercorp/train.txt` and `aqmar/*.txt`, a token and its label a line. Without options a model is trained on all of the
//! training part and measured on AQMAR, of which it has seen nothing; `--write` puts it into `assets/entities/model.bin`. `--tenths` trains
//! three models, each without one contiguous tenth of the training part (the third, sixth and tenth by the order of sentences), and measures
//! each on its tenth, the document pass seeing only that tenth. `--without` leaves groups of features out (`words`, `affixes`, `shapes`,
//! `letters`, `stems`, `lexicons`, `classes`, `cues`, `rules`, `article`); `--baseline` leaves out the last three, which is what a model without
//! our rules would see. MISC stands for events, works and products.
//!
//! The lexicons come first: `examples/build_lexicons` says how they are made. The same data give the same bytes.

#![allow(clippy::print_stdout)]

mod corpus;
mod crf;
mod pack;
mod score;

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use corpus::{Line, paragraphs};
use crf::{Recipe, Sentence};
use qari::entity::{Group, KINDS, Observed, Tagger};
use score::Score;

/// How the shipped model is trained.
const RECIPE: Recipe = Recipe {
    rounds: 12,
    rate: 0.1,
    l1: 3.0,
    l2: 1.0,
};
/// Rarer features are not learnt.
const LEAST: u32 = 2;
/// So many sentences are read as one article when features are made: about what the tenths have.
const ARTICLE: usize = 400;

/// A sentence's tokens, each with its features and its label.
type Taught = Vec<(Vec<u64>, usize)>;

fn main() -> Result<()> {
    let (options, folders): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|arg| arg.starts_with("--"));
    let [data] = folders.as_slice() else {
        bail!("usage: train_names DATA [--tenths] [--write] [--without=GROUP,…] [--baseline]")
    };
    let data = Path::new(data);
    let has = |name: &str| options.iter().any(|option| option == name);
    let without = left_out(&options)?;
    let lines = corpus::read(&data.join("anercorp/train.txt"))?;
    let taught = teach(&Tagger::new(), &lines, &without);
    if has("--tenths") {
        tenths(&lines, &taught);
        return Ok(());
    }
    let model = train(&taught.iter().collect::<Vec<_>>());
    println!("{} bytes", model.len());
    if has("--write") {
        fs::write("assets/entities/model.bin", &model)?;
    }
    let tagger = Tagger::with_model(&model);
    let mut files: Vec<_> = fs::read_dir(data.join("aqmar"))?
        .map(|file| Ok(file?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    let mut sum = Score::default();
    for file in files {
        sum += score::score(&tagger, &corpus::read(&file)?);
    }
    println!("AQMAR, each article by itself:");
    sum.print();
    Ok(())
}

/// The groups of features to leave out.
fn left_out(options: &[String]) -> Result<Vec<Group>> {
    let named = options
        .iter()
        .filter_map(|option| option.strip_prefix("--without="))
        .flat_map(|list| list.split(','));
    let baseline = options.iter().any(|option| option == "--baseline");
    let baseline = baseline.then_some(["cues", "rules", "article"]);
    named
        .chain(baseline.into_iter().flatten())
        .map(|word| {
            let group = Group::ALL.iter().find(|(name, _)| *name == word);
            Ok(group
                .with_context(|| format!("no group of features: {word}"))?
                .1)
        })
        .collect()
}

fn tenths(lines: &[Line], taught: &[Taught]) {
    let mut sum = Score::default();
    let (mut three, mut four) = (Vec::new(), Vec::new());
    for tenth in [3, 6, 10] {
        let held = lines.len() * (tenth - 1) / 10..lines.len() * tenth / 10;
        let others: Vec<&Taught> = taught
            .iter()
            .enumerate()
            .filter(|(n, _)| !held.contains(n))
            .map(|(_, taught)| taught)
            .collect();
        let tagger = Tagger::with_model(&train(&others));
        let score = score::score(&tagger, &lines[held]);
        println!("tenth {tenth}:");
        score.print();
        three.push(score.of(3).f1());
        four.push(score.of(4).f1());
        sum += score;
    }
    println!("the three together:");
    sum.print();
    let mean = |list: &[f64]| list.iter().sum::<f64>() / 3.0;
    println!(
        "mean F1 {:.2} on three kinds, {:.2} on four",
        mean(&three),
        mean(&four)
    );
}

/// What the model sees of each sentence, with the labels it is to learn.
fn teach(tagger: &Tagger, lines: &[Line], without: &[Group]) -> Vec<Taught> {
    lines
        .chunks(ARTICLE)
        .flat_map(|article| {
            let observed = tagger.observe(paragraphs(article));
            article
                .iter()
                .zip(observed)
                .map(|(line, tokens)| {
                    let labels = labels(line, &tokens);
                    let features = tokens.into_iter().map(|token| {
                        let kept = token.features.into_iter();
                        kept.filter(|(group, _)| !without.contains(group))
                            .map(|(_, feature)| feature)
                            .collect()
                    });
                    features.zip(labels).collect::<Taught>()
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The labels of our tokens: those of the corpus's tokens that they lie in. Marks at a name's edge are no part of it.
fn labels(line: &Line, tokens: &[Observed]) -> Vec<usize> {
    let mut last = None;
    tokens
        .iter()
        .map(|token| {
            let own = line
                .tokens
                .partition_point(|range| range.end <= token.range.start);
            let name = line
                .names
                .iter()
                .position(|&(first, after, _)| (first..after).contains(&own));
            let Some(name) = name else {
                last = None;
                return 0;
            };
            let (first, after, kind) = line.names[name];
            let mark = !line.text[token.range.clone()]
                .chars()
                .any(char::is_alphanumeric);
            let edge = own == first && line.tokens[own].start == token.range.start
                || own + 1 == after && line.tokens[own].end == token.range.end;
            if mark && edge {
                return 0;
            }
            let begun = last == Some(name);
            last = Some(name);
            let kind = KINDS.iter().position(|&other| other == kind).unwrap_or(0);
            1 + 2 * kind + usize::from(begun)
        })
        .collect()
}

/// Trains a model and packs it.
fn train(taught: &[&Taught]) -> Vec<u8> {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for (features, _) in taught.iter().copied().flatten() {
        for &feature in features {
            *counts.entry(feature).or_default() += 1;
        }
    }
    let mut features: Vec<u64> = counts
        .into_iter()
        .filter(|&(_, count)| count >= LEAST)
        .map(|(feature, _)| feature)
        .collect();
    features.sort_unstable();
    let index: HashMap<u64, u32> = features.iter().copied().zip(0..).collect();
    let sentences: Vec<Sentence> = taught
        .iter()
        .map(|tokens| Sentence {
            features: tokens
                .iter()
                .map(|(list, _)| {
                    list.iter()
                        .filter_map(|feature| index.get(feature).copied())
                        .collect()
                })
                .collect(),
            labels: tokens.iter().map(|(_, label)| *label).collect(),
        })
        .collect();
    let weights = crf::train(&sentences, features.len(), &RECIPE);
    pack::pack(&features, &weights)
}
