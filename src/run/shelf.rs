//! The shelf from outside the reader: what stands on it, what is put there, what is taken off.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::fetch::{Errand, fetch_all};
use super::keeping::Keeping;
use super::record;
use super::table::{Align, Fit, Table};
use super::{Message, Outcome, Output};
use crate::library::{
    Address, FeedArticle, Library, Shelved, Standing, Statistics, address, minutes,
};
use crate::locale::Locale;
use crate::source::net::Limits;
use crate::source::opml;
use crate::source::{STANDARD_INPUT, SourceError};
use crate::text::visible;

/// The most bytes of a list of feeds.
const LIST: u64 = 16 << 20;

/// What the command line says about the list of the shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Feeds whose articles are listed, instead of the shelf.
    pub sources: Vec<OsString>,
    /// Whether each line is a JSON object.
    pub json: bool,
}

/// A source as other programs see it.
#[derive(Serialize)]
struct Record<'a> {
    number: usize,
    source: &'a str,
    title: &'a str,
    kind: &'static str,
    articles: usize,
    begun: usize,
    finished: usize,
    seconds: f64,
    fetched: Option<&'a str>,
}

/// An article of a feed as other programs see it.
#[derive(Serialize)]
struct ArticleRecord<'a> {
    source: &'a str,
    article: usize,
    title: &'a str,
    fetched: &'a str,
    standing: &'static str,
}

/// Lists the shelf, or the articles that are kept of feeds.
///
/// # Errors
/// What writing says.
pub fn list(options: &Options, locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    let (keeping, trouble) = Keeping::collecting();
    let shelf = keeping.demand(Library::shelf);
    let mut outcome = Outcome::of(shelf.is_some());
    let shelf = shelf.unwrap_or_default();
    if outcome == Outcome::Done && options.sources.is_empty() {
        list_shelf(&shelf, options.json, &keeping, locale, output)?;
    }
    for name in &options.sources {
        let Some(source) = find(&shelf, name) else {
            outcome = Outcome::Unread;
            let name = name.to_string_lossy();
            output.report(locale, &Message::not_on_shelf(locale, &name))?;
            continue;
        };
        list_feed(source, options.json, &keeping, locale, output)?;
    }
    keeping.end();
    trouble.report(locale, output)?;
    Ok(outcome)
}

/// The source that a name or a number of the list means.
fn find<'a>(shelf: &'a [Shelved], name: &OsString) -> Option<&'a Shelved> {
    let number = name.to_str().and_then(|name| name.parse::<usize>().ok());
    let numbered = number.and_then(|number| shelf.get(number.checked_sub(1)?));
    let wanted = address(name);
    shelf
        .iter()
        .find(|source| source.address == wanted)
        .or(numbered)
}

fn list_shelf(
    shelf: &[Shelved],
    json: bool,
    keeping: &Keeping,
    locale: &Locale,
    output: &mut Output,
) -> io::Result<()> {
    if json {
        for (index, source) in shelf.iter().enumerate() {
            let shown = source.address.shown();
            output.text(&record::json(&Record {
                number: index + 1,
                source: &shown,
                title: &source.title,
                kind: kind(source),
                articles: source.articles,
                begun: source.begun,
                finished: source.finished,
                seconds: source.seconds,
                fetched: source.fetched.as_deref(),
            })?)?;
        }
        return Ok(());
    }
    let mut table = Table::new(&[
        (Fit::Whole, Align::End),
        (Fit::Cut, Align::Start),
        (Fit::Whole, Align::Start),
        (Fit::Whole, Align::End),
        (Fit::Whole, Align::Start),
    ]);
    let heads = [
        "table-number",
        "table-source",
        "table-kind",
        "table-read",
        "table-fetched",
    ];
    table.row(heads.map(|id| locale.text(id)).into());
    for (index, source) in shelf.iter().enumerate() {
        let shown = source.address.shown();
        let name = if source.title.is_empty() {
            &shown
        } else {
            &source.title
        };
        let kind = locale.text(&format!("source-kind-{}", kind(source)));
        let read = if source.articles > 0 {
            format!("{}/{}", source.begun, source.articles)
        } else {
            source.begun.to_string()
        };
        let number = (index + 1).to_string();
        let fetched = source.fetched.clone().unwrap_or_default();
        if output.columns().is_some() {
            table.row(vec![number, name.clone(), kind, read, fetched]);
        } else {
            output.text(&record::tab_separated(&[
                &number, name, &kind, &read, &fetched, &shown,
            ]))?;
        }
    }
    if output.columns().is_none() {
        return Ok(());
    }
    let direction = locale.language().direction();
    if shelf.is_empty() {
        output.paragraph(&locale.text("shelf-empty"), direction)?;
    } else {
        output.table(&table, direction, 0)?;
    }
    let read = keeping.ask(|library| library.statistics().unwrap_or_default());
    output.paragraph("", direction)?;
    output.paragraph(&statistics(&read.unwrap_or_default(), locale), direction)
}

/// What was read in all.
fn statistics(read: &Statistics, locale: &Locale) -> String {
    let begun = locale.format("read-articles", &[("count", read.begun.into())]);
    let finished = locale.format("read-finished", &[("count", read.finished.into())]);
    let all = locale.format("read-minutes", &[("count", minutes(read.seconds).into())]);
    let today = locale.format("read-today", &[("count", minutes(read.today).into())]);
    [begun, finished, all, today].join(" · ")
}

/// What kind of source it is, as its word in JSON.
fn kind(source: &Shelved) -> &'static str {
    match &source.address {
        Address::Net(_) if source.is_feed => "feed",
        Address::Net(_) => "page",
        Address::Path(path) if path.is_dir() => "directory",
        Address::Path(path) if path.exists() => "file",
        Address::Path(_) => "missing",
    }
}

fn list_feed(
    source: &Shelved,
    json: bool,
    keeping: &Keeping,
    locale: &Locale,
    output: &mut Output,
) -> io::Result<()> {
    let shown = source.address.shown();
    let address = shown.clone();
    let articles = keeping.demand(move |library| library.feed(&address));
    let articles = articles.unwrap_or_default();
    let mut table = Table::new(&[
        (Fit::Whole, Align::End),
        (Fit::Whole, Align::Start),
        (Fit::Cut, Align::Start),
        (Fit::Whole, Align::Start),
    ]);
    for (index, article) in articles.iter().enumerate() {
        let number = (index + 1).to_string();
        let FeedArticle { title, fetched, .. } = article;
        let (word, mark) = match article.standing {
            Standing::Unread => ("unread", "○"),
            Standing::Begun => ("begun", " "),
            Standing::Finished => ("finished", "✓"),
        };
        if json {
            output.text(&record::json(&ArticleRecord {
                source: &shown,
                article: index,
                title,
                fetched,
                standing: word,
            })?)?;
        } else if output.columns().is_some() {
            table.row(vec![number, mark.into(), title.clone(), fetched.clone()]);
        } else {
            output.text(&record::tab_separated(&[&number, word, title, fetched]))?;
        }
    }
    if output.columns().is_some() && !json {
        output.table(&table, locale.language().direction(), 0)?;
    }
    Ok(())
}

/// Puts sources on the shelf: files, directories, addresses, and the feeds of OPML lists. Addresses that are named are fetched at once.
///
/// # Errors
/// What writing says; `Interrupted` after Ctrl-C.
pub fn add(sources: &[OsString], locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    let (keeping, trouble) = Keeping::collecting();
    let mut outcome = Outcome::Done;
    let mut errands = Vec::new();
    for name in sources {
        match entries(name) {
            Ok(entries) => {
                for entry in &entries {
                    put(entry, &keeping, locale, output)?;
                }
                if let [
                    Entry {
                        address: Address::Net(address),
                        title,
                        is_feed: false,
                    },
                ] = &entries[..]
                {
                    errands.push(Errand {
                        address: address.clone(),
                        title: title.clone(),
                        is_feed: false,
                    });
                }
            }
            Err(error) => {
                outcome = Outcome::Unread;
                output.report(locale, &Message::of_source_error(locale, &error))?;
            }
        }
    }
    if fetch_all(errands, Limits::default(), &keeping, locale, output)? == Outcome::Unread {
        outcome = Outcome::Unread;
    }
    keeping.end();
    if trouble.report(locale, output)? {
        outcome = Outcome::Unread;
    }
    Ok(outcome)
}

/// Something to put on the shelf.
struct Entry {
    address: Address,
    title: String,
    /// Whether a list says that it is a feed.
    is_feed: bool,
}

/// What a name on the command line stands for.
fn entries(name: &OsString) -> Result<Vec<Entry>, SourceError> {
    let address = address(name);
    if let Address::Path(path) = &address {
        let shown = name.to_string_lossy();
        let metadata = fs::metadata(path).map_err(|error| SourceError::from_io(&shown, error))?;
        if name == STANDARD_INPUT || !(metadata.is_dir() || metadata.is_file()) {
            // What cannot be opened again tomorrow has no place on a shelf.
            return Err(SourceError {
                name: shown.into_owned(),
                problem: crate::source::Problem::Special,
            });
        }
        if let Some(feeds) = list_of_feeds(path, metadata.len()) {
            let entry = |feed: opml::Outline| Entry {
                address: Address::Net(feed.address),
                title: feed.title,
                is_feed: true,
            };
            return Ok(feeds.into_iter().map(entry).collect());
        }
        if metadata.is_file() {
            fs::File::open(path).map_err(|error| SourceError::from_io(&shown, error))?;
        }
    }
    Ok(vec![Entry {
        address,
        title: String::new(),
        is_feed: false,
    }])
}

/// The feeds of a file, if it is a list of feeds.
fn list_of_feeds(path: &Path, length: u64) -> Option<Vec<opml::Outline>> {
    let may_be = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("opml") || end.eq_ignore_ascii_case("xml"));
    if !may_be || length > LIST {
        return None;
    }
    opml::read(&fs::read(path).ok()?)
}

/// Puts one source on the shelf, and says so.
fn put(entry: &Entry, keeping: &Keeping, locale: &Locale, output: &mut Output) -> io::Result<()> {
    let (address, title, is_feed) = (entry.address.clone(), entry.title.clone(), entry.is_feed);
    let added = keeping.demand(move |library| library.add(&address, &title, is_feed));
    let id = match added {
        Some(true) => "shelf-added",
        Some(false) => "shelf-there",
        None => return Ok(()),
    };
    let shown = entry.address.shown();
    let name = if entry.title.is_empty() {
        &shown
    } else {
        &entry.title
    };
    output.paragraph(
        &locale.format(id, &[("name", visible::name(name).as_ref().into())]),
        locale.language().direction(),
    )
}

/// Takes sources off the shelf, by name or by their number in the list.
///
/// # Errors
/// What writing says.
pub fn remove(sources: &[OsString], locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    let (keeping, trouble) = Keeping::collecting();
    let shelf = keeping.demand(Library::shelf);
    let mut outcome = Outcome::of(shelf.is_some());
    let shelf = shelf.unwrap_or_default();
    for name in sources {
        if outcome == Outcome::Unread && shelf.is_empty() {
            break;
        }
        let Some(source) = find(&shelf, name) else {
            outcome = Outcome::Unread;
            let name = name.to_string_lossy();
            output.report(locale, &Message::not_on_shelf(locale, &name))?;
            continue;
        };
        let address = source.address.clone();
        let removed = keeping.demand(move |library| library.remove(&address));
        if removed.is_none() {
            break;
        }
        let shown = source.address.shown();
        let shown = visible::name(&shown);
        output.paragraph(
            &locale.format("shelf-removed", &[("name", shown.as_ref().into())]),
            locale.language().direction(),
        )?;
    }
    keeping.end();
    if trouble.report(locale, output)? {
        outcome = Outcome::Unread;
    }
    Ok(outcome)
}

/// Writes the feeds of the shelf as a list that other programs take.
///
/// # Errors
/// What writing says.
pub fn export_feeds(locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    let (keeping, trouble) = Keeping::collecting();
    let shelf = keeping.demand(Library::shelf);
    let outcome = Outcome::of(shelf.is_some());
    let feeds: Vec<opml::Outline> = shelf
        .unwrap_or_default()
        .into_iter()
        .filter_map(|source| match source.address {
            Address::Net(address) if source.is_feed => Some(opml::Outline {
                address,
                title: source.title,
            }),
            _ => None,
        })
        .collect();
    output.text(&opml::write(&locale.text("shelf-title"), &feeds))?;
    keeping.end();
    trouble.report(locale, output)?;
    Ok(outcome)
}
