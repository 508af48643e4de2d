//! The list of names: a table of entities for the eye, a line per mention (tab-separated or JSON) or per token (`CoNLL`) for other
//! programs.

use std::ffi::OsString;
use std::io;

use serde::Serialize;

use super::characters::Characters;
use super::conll;
use super::naming::Naming;
use super::output::Output;
use super::record;
use super::table::{Align, Fit, Table};
use super::wanted::Wanted;
use super::{Outcome, Text, for_each_text};
use crate::doc::Document;
use crate::entity::{Kind, Mention, Names};
use crate::locale::Locale;
use crate::source::Reading;

/// What the command line says about the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The sources, as named.
    pub sources: Vec<OsString>,
    /// How their letters are read.
    pub reading: Reading,
    /// The form of the list: by default a table on a terminal and tab-separated lines in a pipe.
    pub format: Option<Format>,
    /// Which names are wanted.
    pub wanted: Wanted,
}

/// The form of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One row an entity.
    Table,
    /// One line a mention: the fields of the JSON object with tabs between them.
    Tsv,
    /// One JSON object a mention.
    Json,
    /// One line a token, with its label.
    Conll,
}

/// A mention as other programs see it. `start` and `end` count characters, `byte_*` bytes of the document text.
#[derive(Serialize)]
struct Record<'a> {
    file: &'a str,
    article: usize,
    kind: Kind,
    text: &'a str,
    name: &'a str,
    start: usize,
    end: usize,
    byte_start: usize,
    byte_end: usize,
}

/// Lists the names in the named sources.
///
/// # Errors
/// Whatever writing says.
pub fn run(options: &Options, locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    let form = if output.columns().is_some() {
        Format::Table
    } else {
        Format::Tsv
    };
    let format = options.format.unwrap_or(form);
    let naming = Naming::default();
    let mut table = Table::new(&[
        (Fit::Cut, Align::Start),
        (Fit::Cut, Align::Start),
        (Fit::Head, Align::End),
    ]);
    table.row(
        ["table-kind", "table-name", "table-mentions"]
            .map(|id| locale.text(id))
            .into(),
    );
    let outcome = for_each_text(
        &options.sources,
        options.reading,
        locale,
        output,
        |text, output| {
            let document = text.document;
            let blocks = document.articles.iter().flat_map(|article| &article.blocks);
            let paragraphs: Vec<(usize, &str)> = blocks
                .map(|block| (block.range.start, document.block_text(block)))
                .collect();
            let names = naming.names(&paragraphs, text.keeping);
            match format {
                Format::Table => add_rows(&mut table, &names, &options.wanted, locale),
                Format::Conll => return print_tokens(document, &names, &options.wanted, output),
                Format::Tsv | Format::Json => {
                    return print_mentions(text, &names, (format, &options.wanted), output);
                }
            }
            Ok(())
        },
    )?;
    if format == Format::Table {
        output.table(&table, locale.language().direction(), 0)?;
    }
    Ok(outcome)
}

/// A row for each entity of a document: by kind, then in the order of their first mention.
fn add_rows(table: &mut Table, names: &Names, wanted: &Wanted, locale: &Locale) {
    let entities = names.entities.iter();
    let mut entities: Vec<_> = entities
        .filter(|entity| wanted.admits(entity.kind, entity.mentions.len()))
        .collect();
    entities.sort_by_key(|entity| entity.kind);
    for entity in entities {
        let kind = locale.text(&format!("kind-{}", entity.kind.name()));
        table.row(vec![
            kind,
            entity.name.clone(),
            entity.mentions.len().to_string(),
        ]);
    }
}

/// The wanted mentions, in order.
fn mentions<'a>(names: &'a Names, wanted: &'a Wanted) -> impl Iterator<Item = &'a Mention> {
    let mentions = names.mentions.iter();
    mentions.filter(|mention| wanted.admits_entity(names, mention.entity))
}

fn print_tokens(
    document: &Document,
    names: &Names,
    wanted: &Wanted,
    output: &mut Output,
) -> io::Result<()> {
    let mut left = mentions(names, wanted).peekable();
    for block in document.articles.iter().flat_map(|article| &article.blocks) {
        let start = block.range.start;
        let mut here = Vec::new();
        while let Some(mention) = left.next_if(|mention| mention.paragraph <= start) {
            here.push(mention);
        }
        output.text(&conll::paragraph(document.block_text(block), &here))?;
    }
    Ok(())
}

fn print_mentions(
    text: Text<'_>,
    names: &Names,
    (format, wanted): (Format, &Wanted),
    output: &mut Output,
) -> io::Result<()> {
    let document = text.document;
    let mut characters = Characters::new(document).after(text.before);
    for mention in mentions(names, wanted) {
        let (from, to) = (
            mention.paragraph + mention.range.start,
            mention.paragraph + mention.range.end,
        );
        let (start, end) = (characters.before(from), characters.before(to));
        let article = document
            .articles
            .partition_point(|article| article.range.end <= from);
        let record = Record {
            file: &document.name,
            article: text.first + article,
            kind: mention.kind,
            text: &characters.text(from, to),
            name: names
                .entities
                .get(mention.entity)
                .map_or("", |entity| &entity.name),
            start: start.character,
            end: end.character,
            byte_start: start.byte,
            byte_end: end.byte,
        };
        let line = match format {
            Format::Json => record::json(&record)?,
            _ => record.tab_separated(),
        };
        output.text(&line)?;
    }
    Ok(())
}

impl Record<'_> {
    fn tab_separated(&self) -> String {
        let numbers = [
            self.article,
            self.start,
            self.end,
            self.byte_start,
            self.byte_end,
        ]
        .map(|number| number.to_string());
        let [article, start, end, byte_start, byte_end] = numbers.each_ref().map(String::as_str);
        let kind = self.kind.name();
        record::tab_separated(&[
            self.file, article, kind, self.text, self.name, start, end, byte_start, byte_end,
        ])
    }
}
