//! A book (EPUB 2 and 3) becomes a document: its chapters in the order of the spine, its table of contents as the articles.
//!
//! Only what the spine names is unpacked, part by part and within bounds; nothing is written anywhere, so that paths which lead
//! out of the archive lead nowhere. Chapters that are missing are told of, and the rest of the book can be read.

mod archive;
mod contents;
mod package;

use std::collections::HashMap;

use dom_query::Document as Tree;

use archive::Archive;
use contents::Contents;
use package::{Item, Package};

use super::html::{self, Place, Walk, folded, tame};
use super::letters::Letters;
use super::spool::Spool;
use super::typed;
use super::{Problem, Reading};
use crate::doc::{Document, Notice, UTF_8, Writer};

/// How much of a book says how its letters are stored.
const LOOKED_AT: usize = 256 << 10;

pub use archive::is_book;
pub use package::text;

/// Parses a book.
pub fn parse(writer: Writer, book: Spool, reading: Reading) -> Result<Document, Problem> {
    parse_part(writer, book, reading, usize::MAX)
}

/// Parses the first chapters of a book, to show something while all of it is parsed.
pub fn parse_opening(writer: Writer, book: Spool, reading: Reading) -> Result<Document, Problem> {
    parse_part(writer, book, reading, LOOKED_AT)
}

/// Parses chapters until so many bytes of them have been unpacked. Only those that say how letters are stored are held together.
fn parse_part(
    mut writer: Writer,
    book: Spool,
    reading: Reading,
    most: usize,
) -> Result<Document, Problem> {
    let mut archive = Archive::open(book)?;
    let container = archive.read("META-INF/container.xml")?;
    let path = package::root_file(&container)
        .ok_or_else(|| Problem::Damaged("META-INF/container.xml".into()))?;
    let package = Package::parse(&path, &archive.read(&path)?);
    let contents = Contents::of(&package, &mut archive);

    let mut chapters = Chapters {
        archive,
        items: package.spine.iter(),
        reading,
        left: most,
        missing: 0,
        encoding: None,
    };
    let mut first = Vec::new();
    let mut sample = String::new();
    while sample.len() < LOOKED_AT
        && let Some((item, page)) = chapters.next()?
    {
        // Tags in between do no harm to the count.
        sample.push_str(&page);
        first.push((item, page));
    }
    if first.is_empty() {
        return Err(Problem::Damaged("no chapters".into()));
    }
    let encoding = chapters.encoding.unwrap_or(UTF_8);
    let letters = Letters::of(&sample, encoding, 0, reading);
    drop(sample);
    letters.tell(&mut writer);
    if let Some(direction) = package.direction() {
        writer.direction(direction);
    }
    let mut begun = false;
    let mut first = first.into_iter();
    while !writer.is_over() {
        let next = first
            .next()
            .map_or_else(|| chapters.next(), |one| Ok(Some(one)));
        let Some((item, page)) = next? else {
            break;
        };
        let chapter = Chapter {
            item,
            page: &page,
            contents: &contents,
        };
        begun |= chapter.write(&package.title, begun, &letters, &mut writer);
    }
    if chapters.missing > 0 {
        writer.notice(Notice::MissingParts {
            count: chapters.missing,
        });
    }
    typed::mark_up_all(&mut writer);
    Ok(writer.finish()?)
}

/// The files of the spine, unpacked one by one.
struct Chapters<'a> {
    archive: Archive,
    items: std::slice::Iter<'a, Item>,
    reading: Reading,
    /// How many bytes may still be unpacked.
    left: usize,
    /// How many are not there.
    missing: usize,
    /// The encoding of the first.
    encoding: Option<&'static str>,
}

impl<'a> Chapters<'a> {
    /// The next one that is there, and its page.
    fn next(&mut self) -> Result<Option<(&'a Item, String)>, Problem> {
        while self.left > 0
            && let Some(item) = self.items.next()
        {
            match self.archive.read(&item.path) {
                Ok(bytes) => {
                    self.left = self.left.saturating_sub(bytes.len());
                    let page = html::characters(bytes, self.reading);
                    self.encoding.get_or_insert(page.encoding.name());
                    return Ok(Some((item, tame(&page.text, true))));
                }
                Err(Problem::Bomb | Problem::TooMuch) => return Err(Problem::Bomb),
                Err(_) => self.missing += 1,
            }
        }
        Ok(None)
    }
}

/// One file of the spine.
struct Chapter<'a> {
    item: &'a Item,
    page: &'a str,
    contents: &'a Contents,
}

impl Chapter<'_> {
    /// Writes it down: as an article of its own if the table of contents knows it or there is none, or if none has begun; else as
    /// more of the last one. Says whether an article has begun.
    fn write(&self, book: &str, begun: bool, letters: &Letters, writer: &mut Writer) -> bool {
        let tree = Tree::from(self.page);
        let root = tree.html_root();
        let body = tree.body().unwrap_or(root);
        let empty = HashMap::new();
        let entry = self.contents.files.get(&self.item.path);
        let title = entry.and_then(|entry| entry.title.clone());
        let is_own = !begun || !self.item.is_linear || self.contents.files.is_empty();
        let title = title.or_else(|| {
            // What stands in the text says more than the title that a program has given the file.
            let told = |what| {
                tree.select(what)
                    .iter()
                    .map(|node| folded(&node.text()))
                    .find(|told| !told.is_empty())
            };
            is_own.then(|| {
                told("body h1, body h2, body h3")
                    .or_else(|| told("title"))
                    .unwrap_or_else(|| book.to_owned())
            })
        });
        let holds_text = !body.text().trim().is_empty() || !tree.select("img[alt]").is_empty();
        if !holds_text {
            return false;
        }
        let place = Place {
            path: Some(&self.item.path),
            starts: Some(entry.map_or(&empty, |entry| &entry.starts)),
        };
        writer.label(&place.label(""));
        let stated = [root, body]
            .iter()
            .rev()
            .find_map(|node| html::direction(&node.attr("dir")?));
        Walk::new(writer, letters, place)
            .in_direction(stated)
            .beginning(title.map(|title| letters.words(&title)))
            .all(&body);
        true
    }
}
