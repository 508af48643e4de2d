//! The list of articles: a table for the eye, tab-separated lines in a pipe, JSON on request.

use std::ffi::OsString;
use std::io;

use serde::Serialize;

use super::characters::{Characters, Place};
use super::output::Output;
use super::record;
use super::table::{Align, Fit, Table};
use super::{Outcome, Text, for_each_text};
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
    let mut list = List {
        json: options.json,
        table,
        last: None,
        count: 0,
    };
    let outcome = for_each_text(
        &options.sources,
        options.reading,
        locale,
        output,
        |text, output| list.take(text, output),
    )?;
    list.write_last(output)?;
    if !options.json && output.columns().is_some() {
        output.table(&list.table, locale.language().direction(), 0)?;
    }
    Ok(outcome)
}

/// The list as it is written.
struct List {
    json: bool,
    table: Table,
    /// The article that came last; of a large one more may come.
    last: Option<Listed>,
    count: usize,
}

/// An article of the list.
struct Listed {
    file: String,
    article: usize,
    title: String,
    words: usize,
    start: Place,
    end: Place,
}

impl List {
    fn take(&mut self, text: Text<'_>, output: &mut Output) -> io::Result<()> {
        let document = text.document;
        let mut characters = Characters::new(document).after(text.before);
        for (index, article) in document.articles.iter().enumerate() {
            let start = characters.before(article.range.start);
            let end = characters.before(article.range.end);
            let words = words(document, article);
            if let Some(last) = self.last.as_mut().filter(|_| index == 0 && text.continues) {
                last.words += words;
                last.end = end;
                continue;
            }
            self.write_last(output)?;
            self.last = Some(Listed {
                file: document.name.clone(),
                article: text.first + index,
                title: article.title.clone(),
                words,
                start,
                end,
            });
        }
        Ok(())
    }

    /// Writes the article that came last: it is whole now.
    fn write_last(&mut self, output: &mut Output) -> io::Result<()> {
        let Some(last) = self.last.take() else {
            return Ok(());
        };
        self.count += 1;
        if self.json {
            return output.text(&record::json(&Record {
                file: &last.file,
                article: last.article,
                title: &last.title,
                words: last.words,
                start: last.start.character,
                end: last.end.character,
                byte_start: last.start.byte,
                byte_end: last.end.byte,
            })?);
        }
        let (place, words) = (self.count.to_string(), last.words.to_string());
        if output.columns().is_some() {
            self.table.row(vec![place, last.title, words]);
            Ok(())
        } else {
            output.text(&record::tab_separated(&[&place, &last.title, &words]))
        }
    }
}

/// How many words are printed of an article.
fn words(document: &Document, article: &Article) -> usize {
    let blocks = article.blocks.iter();
    blocks
        .map(|block| words::words(document.block_text(block)).count())
        .sum()
}
