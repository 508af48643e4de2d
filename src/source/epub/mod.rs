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
use super::typed;
use super::{Problem, Reading};
use crate::doc::{Document, Notice, UTF_8, Writer};

/// How much of a book says how its letters are stored.
const LOOKED_AT: usize = 256 << 10;

pub use archive::is_book;
pub use package::text;

/// Parses a book.
pub fn parse(name: &str, bytes: Vec<u8>, reading: Reading) -> Result<Document, Problem> {
    parse_part(name, bytes, reading, usize::MAX)
}

/// Parses the first chapters of a book, to show something while all of it is parsed.
pub fn parse_opening(name: &str, bytes: Vec<u8>, reading: Reading) -> Result<Document, Problem> {
    parse_part(name, bytes, reading, LOOKED_AT)
}

/// Parses chapters until so many bytes of them have been unpacked.
fn parse_part(
    name: &str,
    bytes: Vec<u8>,
    reading: Reading,
    most: usize,
) -> Result<Document, Problem> {
    let mut archive = Archive::open(bytes)?;
    let container = archive.read("META-INF/container.xml")?;
    let path = package::root_file(&container)
        .ok_or_else(|| Problem::Damaged("META-INF/container.xml".into()))?;
    let package = Package::parse(&path, &archive.read(&path)?);
    let contents = Contents::of(&package, &mut archive);

    let mut chapters = Vec::with_capacity(package.spine.len());
    let mut missing = 0;
    let mut encoding = UTF_8;
    let mut unpacked = 0;
    for item in &package.spine {
        if unpacked >= most {
            break;
        }
        match archive.read(&item.path) {
            Ok(bytes) => {
                unpacked += bytes.len();
                let page = html::characters(bytes, reading);
                if chapters.is_empty() {
                    encoding = page.encoding.name();
                }
                chapters.push((item, tame(&page.text, true)));
            }
            Err(Problem::Bomb | Problem::TooMuch) => return Err(Problem::Bomb),
            Err(_) => missing += 1,
        }
    }
    if chapters.is_empty() {
        return Err(Problem::Damaged("no chapters".into()));
    }
    let letters = Letters::of(&sample(&chapters), encoding, 0, reading);
    let mut writer = Writer::new(name);
    letters.tell(&mut writer);
    if missing > 0 {
        writer.notice(Notice::MissingParts { count: missing });
    }
    if let Some(direction) = package.direction() {
        writer.direction(direction);
    }
    let mut begun = false;
    for (item, page) in &chapters {
        let chapter = Chapter {
            item,
            page,
            contents: &contents,
        };
        begun |= chapter.write(&package.title, begun, &letters, &mut writer);
    }
    typed::mark_up_all(&mut writer);
    Ok(writer.finish()?)
}

/// The text of the first chapters.
fn sample(chapters: &[(&Item, String)]) -> String {
    let mut text = String::new();
    for (_, page) in chapters {
        if text.len() >= LOOKED_AT {
            break;
        }
        // Tags in between do no harm to the count.
        text.push_str(page);
    }
    text
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
