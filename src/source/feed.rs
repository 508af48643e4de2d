//! RSS, Atom and JSON Feed become a document: each item is an article with its title, its author and date, and its full content.

use feed_rs::model::{Entry, Text};
use feed_rs::parser;

use super::html::{LARGEST, Place, Walk, characters, folded, tame};
use super::letters::Letters;
use super::{Problem, Reading};
use crate::doc::{BlockKind, Document, Writer};
use crate::source::decode::Characters;
use crate::text::Direction;

/// Parses a feed.
pub fn parse(mut writer: Writer, bytes: Vec<u8>, reading: Reading) -> Result<Document, Problem> {
    if bytes.len() > LARGEST {
        return Err(Problem::TooMuch);
    }
    let Characters {
        text,
        replaced,
        encoding,
    } = characters(bytes, reading);
    let parser = parser::Builder::new().sanitize_content(false).build();
    let feed = parser
        .parse(undeclared(&text).as_bytes())
        .map_err(|error| Problem::Damaged(error.to_string()))?;
    let letters = Letters::of(&text, encoding.name(), replaced, reading);
    letters.tell(&mut writer);
    let direction = feed.language.as_deref().and_then(direction);
    if feed.entries.is_empty() {
        let title = feed.title.map(|title| plain(&title)).unwrap_or_default();
        writer.article(&letters.read(&title));
    }
    for entry in feed.entries {
        write(entry, &letters, direction, &mut writer);
    }
    Ok(writer.finish()?)
}

/// XML without its declaration, whose encoding it has left.
fn undeclared(text: &str) -> &str {
    let text = text.trim_start();
    let declared = text
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"));
    declared.map_or(text, |(_, rest)| rest.trim_start())
}

/// The direction of a language that is written in one only.
pub fn direction(language: &str) -> Option<Direction> {
    let language = language.split(['-', '_']).next().unwrap_or_default();
    let is_right_to_left = ["ar", "fa", "ur", "ps", "ckb", "sd", "ug", "he", "yi"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(language));
    is_right_to_left.then_some(Direction::Rtl)
}

fn write(entry: Entry, letters: &Letters, direction: Option<Direction>, writer: &mut Writer) {
    let title = entry.title.as_ref().map(plain).unwrap_or_default();
    let title = letters.read(&title);
    writer.article(&title);
    if !title.is_empty() {
        writer.begin(BlockKind::Title, None);
        writer.text(&title);
        writer.end();
    }
    let authors = entry
        .authors
        .iter()
        .filter_map(|author| Some(folded(author.name.as_deref()?)));
    let date = entry.published.or(entry.updated);
    // Hyphens would let the parts of a date change places among Arabic letters (UAX #9 W4).
    let date = date.map(|date| date.format("%Y/%m/%d").to_string());
    let about: Vec<String> = authors
        .chain(date)
        .filter(|part| !part.is_empty())
        .collect();
    if !about.is_empty() {
        writer.begin(BlockKind::Paragraph, None);
        writer.text(&letters.read(&about.join(" · ")));
        writer.end();
    }
    let content = entry.content.and_then(|content| content.body);
    let summary = entry.summary.map(|summary| summary.content);
    // Some give a few words as the content and the article as its summary.
    let body = match (content, summary) {
        (Some(content), Some(summary)) if summary.len() > content.len() => Some(summary),
        (content, summary) => content.or(summary),
    };
    if let Some(body) = body {
        let tree = dom_query::Document::from(tame(&as_page(&body), false));
        let root = tree.body().unwrap_or_else(|| tree.html_root());
        Walk::new(writer, letters, Place::default())
            .in_direction(direction)
            .after_title(&title)
            .all(&root);
    }
    if let Some(link) = entry.links.first() {
        writer.begin(BlockKind::Paragraph, Some(Direction::Ltr));
        writer.open_link(&link.href);
        writer.text(&link.href);
        writer.close();
        writer.end();
    }
}

/// A content as a page: lines of plain text are paragraphs.
fn as_page(body: &str) -> String {
    if body.contains('<') || !body.contains('\n') {
        return body.to_owned();
    }
    body.replace('\n', "<p>")
}

/// A title, freed of the markup that feeds like to put into it.
fn plain(text: &Text) -> String {
    if text.content.contains(['<', '&']) {
        folded(&dom_query::Document::from(tame(&text.content, false)).text())
    } else {
        folded(&text.content)
    }
}
