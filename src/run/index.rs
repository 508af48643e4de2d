//! The index: who and what is named in a set of articles, how often and in which; a table, tab-separated lines or JSON.

use std::ffi::OsString;
use std::io;

use serde::Serialize;

use super::Outcome;
use super::output::Output;
use super::record;
use super::survey::Survey;
use super::table::{Align, Fit, Table};
use super::wanted::Wanted;
use crate::entity::Kind;
use crate::entity::index::Entry;
use crate::locale::Locale;
use crate::source::Reading;

/// On a terminal of fewer columns the table leaves the articles out.
const WIDE: usize = 60;

/// What the command line says about the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The sources, as named.
    pub sources: Vec<OsString>,
    /// How their letters are read.
    pub reading: Reading,
    /// The form: by default a table on a terminal and tab-separated lines in a pipe.
    pub format: Option<Format>,
    /// Which names are wanted.
    pub wanted: Wanted,
}

/// The form of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One row an entry.
    Table,
    /// One line an entry: kind, name, mentions, articles, number of the first and of the last article.
    Tsv,
    /// One JSON object an entry.
    Json,
}

/// An entry as other programs see it.
#[derive(Serialize)]
struct Record<'a> {
    kind: Kind,
    name: &'a str,
    forms: Vec<&'a str>,
    mentions: usize,
    articles: usize,
    places: Vec<Place<'a>>,
}

/// An article that names it; `article` counts from 0 in its file, as everywhere in JSON.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    article: usize,
    title: &'a str,
    mentions: usize,
}

/// Lists the index over the named sources.
///
/// # Errors
/// Whatever writing says.
pub fn run(options: &Options, locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    let form = if output.columns().is_some() {
        Format::Table
    } else {
        Format::Tsv
    };
    let survey = Survey::of(&options.sources, options.reading, locale, output)?;
    let entries = survey.index.entries.iter();
    let entries = entries.filter(|entry| options.wanted.admits(entry.kind, entry.mentions));
    match options.format.unwrap_or(form) {
        Format::Table => {
            let table = table(entries, locale, output.columns().unwrap_or(WIDE));
            output.table(&table, locale.language().direction(), 0)?;
        }
        Format::Tsv => {
            for entry in entries {
                let numbers = numbers(entry);
                let [mentions, articles, first, last] = numbers.each_ref().map(String::as_str);
                let fields = [
                    entry.kind.name(),
                    &entry.name,
                    mentions,
                    articles,
                    first,
                    last,
                ];
                output.text(&record::tab_separated(&fields))?;
            }
        }
        Format::Json => {
            for entry in entries {
                output.text(&record::json(&object(entry, &survey))?)?;
            }
        }
    }
    Ok(survey.outcome)
}

/// Mentions, articles, and the numbers of the first and the last of these, from 1 as in the list of articles.
fn numbers(entry: &Entry) -> [String; 4] {
    let number = |place: Option<&(usize, usize)>| place.map_or(0, |(article, _)| article + 1);
    [
        entry.mentions,
        entry.places.len(),
        number(entry.places.first()),
        number(entry.places.last()),
    ]
    .map(|number| number.to_string())
}

fn table<'a>(entries: impl Iterator<Item = &'a Entry>, locale: &Locale, columns: usize) -> Table {
    let numbers_shown = if columns < WIDE { 1 } else { 4 };
    let mut fits = vec![(Fit::Cut, Align::Start); 2];
    fits.extend([(Fit::Head, Align::End); 4].iter().take(numbers_shown));
    let mut table = Table::new(&fits);
    let heading = [
        "table-kind",
        "table-name",
        "table-mentions",
        "table-articles",
        "table-first",
        "table-last",
    ];
    let heading = heading.iter().take(2 + numbers_shown);
    table.row(heading.map(|id| locale.text(id)).collect());
    for entry in entries {
        let kind = locale.text(&format!("kind-{}", entry.kind));
        let mut row = vec![kind, entry.name.clone()];
        row.extend(numbers(entry).into_iter().take(numbers_shown));
        table.row(row);
    }
    table
}

fn object<'a>(entry: &'a Entry, survey: &'a Survey) -> Record<'a> {
    let places = entry.places.iter().filter_map(|&(article, mentions)| {
        let article = survey.articles.get(article)?;
        Some(Place {
            file: &article.file,
            article: article.article,
            title: &article.title,
            mentions,
        })
    });
    Record {
        kind: entry.kind,
        name: &entry.name,
        forms: entry.forms.iter().map(|(form, _)| form.as_str()).collect(),
        mentions: entry.mentions,
        articles: entry.places.len(),
        places: places.collect(),
    }
}
