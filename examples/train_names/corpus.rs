//! Corpora of one token and its label a line, as sentences with spans of tokens.

use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use qari::entity::{KINDS, Kind};

/// A sentence.
pub struct Line {
    /// Its tokens with a space between them.
    pub text: String,
    /// Where each token lies.
    pub tokens: Vec<Range<usize>>,
    /// Its names: first token, the token after the last, kind.
    pub names: Vec<(usize, usize, Kind)>,
}

/// Sentences as the paragraphs of one article, each with its start.
pub fn paragraphs(lines: &[Line]) -> impl Iterator<Item = (usize, &str)> {
    lines.iter().scan(0, |at, line| {
        let start = *at;
        *at += line.text.len() + 1;
        Some((start, line.text.as_str()))
    })
}

/// Reads a corpus in IOB2.
///
/// # Errors
/// Names the file that cannot be read.
pub fn read(path: &Path) -> Result<Vec<Line>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut lines = Vec::new();
    let mut open: Vec<(&str, &str)> = Vec::new();
    for line in text.lines().chain([""]) {
        let mut cells = line.split_whitespace();
        match (cells.next(), cells.next()) {
            (Some(token), label) => open.push((token, label.unwrap_or("O"))),
            (None, _) if open.is_empty() => {}
            (None, _) => lines.push(line_of(&std::mem::take(&mut open))),
        }
    }
    Ok(lines)
}

fn line_of(pairs: &[(&str, &str)]) -> Line {
    let mut line = Line {
        text: String::new(),
        tokens: Vec::new(),
        names: Vec::new(),
    };
    let mut open: Option<(usize, Option<Kind>)> = None;
    for (n, (token, label)) in pairs.iter().enumerate() {
        if n > 0 {
            line.text.push(' ');
        }
        let start = line.text.len();
        line.text.push_str(token);
        line.tokens.push(start..line.text.len());
        let kind = label.get(2..).and_then(kind);
        if let Some((first, kind_open)) = open
            && !(label.starts_with('I') && kind_open == kind)
        {
            line.names.extend(kind_open.map(|kind| (first, n, kind)));
            open = None;
        }
        if open.is_none() && *label != "O" {
            open = Some((n, kind));
        }
    }
    if let Some((first, Some(kind))) = open {
        line.names.push((first, pairs.len(), kind));
    }
    line
}

fn kind(label: &str) -> Option<Kind> {
    match label {
        "PERS" | "PER" => Some(KINDS[0]),
        "LOC" => Some(KINDS[1]),
        "ORG" => Some(KINDS[2]),
        _ if label.starts_with("MIS") => Some(KINDS[3]),
        _ => None,
    }
}
