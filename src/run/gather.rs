//! Sources become documents with the library's help: what is in the net is fetched and kept, and read from what was kept when
//! that is enough, or when there is no way to the net.

use std::sync::Arc;

use super::keeping::Keeping;
use crate::doc::{Article, Block, BlockKind, Document};
use crate::library::Address;
use crate::source;
use crate::source::net::{Fetched, Limits, fetch};
use crate::source::{Problem, Reading, Source, SourceError};

/// How new a page must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The server is asked; what was kept serves when it does not answer.
    New,
    /// What was kept is enough; the server is asked when nothing was.
    Kept,
}

/// The documents of these sources, one after another.
pub fn documents(
    sources: Vec<Source>,
    reading: Reading,
    wanted: Wanted,
    keeping: Keeping,
) -> impl Iterator<Item = Result<Document, SourceError>> {
    sources
        .into_iter()
        .flat_map(move |source| -> Box<dyn Iterator<Item = _>> {
            match source {
                Source::Net(address) => {
                    let keeping = keeping.clone();
                    Box::new(std::iter::once_with(move || {
                        read(&address, reading, wanted, &keeping)
                    }))
                }
                source => Box::new(source::documents(vec![source], reading)),
            }
        })
}

/// The document of an address.
fn read(
    address: &str,
    reading: Reading,
    wanted: Wanted,
    keeping: &Keeping,
) -> Result<Document, SourceError> {
    let kept = kept(address, keeping);
    if let (Wanted::Kept, Some(page)) = (wanted, &kept) {
        return document(address, page, reading, keeping);
    }
    match refresh(address, false, Limits::default(), reading, keeping) {
        Ok(Fresh::Page { document, .. }) => Ok(document),
        Ok(Fresh::Same) | Err(_) if kept.is_some() => {
            // Asked once more only to borrow it.
            kept.map_or_else(
                || Err(none(address)),
                |page| document(address, &page, reading, keeping),
            )
        }
        Ok(Fresh::Same) => Err(none(address)),
        Err(error) => Err(error),
    }
}

fn none(address: &str) -> SourceError {
    SourceError {
        name: address.to_owned(),
        problem: Problem::NotFound,
    }
}

/// What was fetched last for an address.
pub fn kept(address: &str, keeping: &Keeping) -> Option<Fetched> {
    let address = address.to_owned();
    keeping.ask(move |library| library.page(&address).ok().flatten())?
}

/// What asking a server came to.
#[derive(Debug)]
pub enum Fresh {
    /// Nothing has changed.
    Same,
    /// A page or a feed; it is kept.
    Page {
        /// How many articles of a feed were not known yet.
        new: Option<usize>,
        /// What a feed calls itself; empty for a page.
        title: String,
        /// What it holds.
        document: Document,
    },
}

/// Asks the server of an address, and keeps what it gives.
///
/// # Errors
/// What stood in the way; a feed that is none any more leaves what was kept as it was.
pub fn refresh(
    address: &str,
    is_feed: bool,
    limits: Limits,
    reading: Reading,
    keeping: &Keeping,
) -> Result<Fresh, SourceError> {
    let name = address.to_owned();
    let marks = keeping.ask(move |library| library.marks(&name).unwrap_or_default());
    let name = address.to_owned();
    let Some(page) = fetch(address, limits, &marks.unwrap_or_default())? else {
        keeping.order(move |library, tell| super::keeping::told(library.unchanged(&name), tell));
        return Ok(Fresh::Same);
    };
    if is_feed && !page.looks_like_feed() {
        return Err(SourceError {
            name,
            problem: Problem::NoFeed,
        });
    }
    let mut document = source::fetched(address, &page, reading)?;
    let is_feed = page.looks_like_feed();
    let title = if is_feed {
        source::title_of_feed(&page, reading)
    } else {
        String::new()
    };
    let feed = document.clone();
    let new = keeping.demand(move |library| {
        library.keep_page(&name, &page)?;
        if is_feed {
            library.keep_feed(&name, &feed).map(Some)
        } else {
            Ok(None)
        }
    });
    let new = new.flatten();
    if is_feed {
        document = with_past(document, keeping);
    }
    Ok(Fresh::Page {
        new,
        title,
        document,
    })
}

/// The document of a page that was kept.
fn document(
    address: &str,
    page: &Fetched,
    reading: Reading,
    keeping: &Keeping,
) -> Result<Document, SourceError> {
    let document = source::fetched(address, page, reading)?;
    Ok(if page.looks_like_feed() {
        with_past(document, keeping)
    } else {
        document
    })
}

/// A feed, and after it the articles that it no longer holds.
fn with_past(mut feed: Document, keeping: &Keeping) -> Document {
    let present = feed.clone();
    let past = keeping.ask(move |library| library.past_articles(&present.name, &present));
    let past = past.and_then(Result::ok).unwrap_or_default();
    if past.is_empty() {
        return feed;
    }
    let mut text = feed.text.to_string();
    for (title, body) in past {
        text.push_str("\n\n");
        let start = text.len();
        let mut blocks = Vec::new();
        for line in body.lines().filter(|line| !line.trim().is_empty()) {
            let from = text.len();
            text.push_str(line);
            let is_title = blocks.is_empty() && line == title;
            let kind = if is_title {
                BlockKind::Title
            } else {
                BlockKind::Paragraph
            };
            blocks.push(Block::new(kind, from..text.len()));
            text.push('\n');
        }
        let range = start..text.trim_end().len().max(start);
        feed.articles.push(Article {
            title,
            range,
            blocks,
        });
    }
    feed.text = Arc::from(text);
    feed
}

/// A source on the shelf, as it is read.
#[must_use]
pub fn source_of(address: Address) -> Source {
    match address {
        Address::Path(path) => Source::Path(path),
        Address::Net(address) => Source::Net(address),
    }
}
