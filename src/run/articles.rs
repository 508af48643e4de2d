//! The list of articles: a table for the eye, tab-separated lines in a pipe, JSON on request.

use std::ffi::OsString;
use std::io;

use serde::Serialize;

use super::characters::Characters;
use super::output::Output;
use super::record;
use super::table::{Align, Fit, Table};
use super::{Outcome, for_each_document};
use crate::doc::{Article, Document};
use crate::locale::Locale;
use crate::source::Reading;
use crate::text::words;

/// What the command line says about the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The sources, as named.
    pub sources: Vec<OsString>,
    /// How their letters are read.
    pub reading: Reading,
    /// Whether each article is a JSON object.
    pub json: bool,
}

/// An article as other programs see it. `start` and `end` count characters, `byte_*` bytes of the document text.
#[derive(Serialize)]
struct Record<'a> {
    file: &'a str,
    article: usize,
    title: &'a str,
    words: usize,
    start: usize,
    end: usize,
    byte_start: usize,
    byte_end: usize,
}

/// Lists the articles of the named sources.
///
/// # Errors
/// Whatever writing says.
pub fn run(options: &Options, locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    if options.json {
        return for_each_document(
            &options.sources,
            options.reading,
            locale,
            output,
            |document, _, output| print_json(document, output),
        );
    }
    let mut table = Table::new(&[
        (Fit::Whole, Align::End),
        (Fit::Cut, Align::Start),
        (Fit::Whole, Align::End),
    ]);
    table.row(
        ["table-number", "table-title", "table-words"]
            .map(|id| locale.text(id))
            .into(),
    );
    let mut number = 0;
    let outcome = for_each_document(
        &options.sources,
        options.reading,
        locale,
        output,
        |document, _, output| {
            for article in &document.articles {
                number += 1;
                let (place, words) = (number.to_string(), words(document, article).to_string());
                if output.columns().is_some() {
                    table.row(vec![place, article.title.clone(), words]);
                } else {
                    output.text(&record::tab_separated(&[&place, &article.title, &words]))?;
                }
            }
            Ok(())
        },
    )?;
    if output.columns().is_some() {
        output.table(&table, locale.language().direction(), 0)?;
    }
    Ok(outcome)
}

fn print_json(document: &Document, output: &mut Output) -> io::Result<()> {
    let mut characters = Characters::new(document);
    for (index, article) in document.articles.iter().enumerate() {
        let start = characters.before(article.range.start);
        let end = characters.before(article.range.end);
        let record = Record {
            file: &document.name,
            article: index,
            title: &article.title,
            words: words(document, article),
            start: start.character,
            end: end.character,
            byte_start: start.byte,
            byte_end: end.byte,
        };
        output.text(&record::json(&record)?)?;
    }
    Ok(())
}

/// How many words are printed of an article.
fn words(document: &Document, article: &Article) -> usize {
    let blocks = article.blocks.iter();
    blocks
        .map(|block| words::words(document.block_text(block)).count())
        .sum()
}
