//! RSS, Atom and JSON Feed become a document: each item is an article with its title, its author and date, and its full content.

mod mended;

use feed_rs::model::{Entry, FeedType, Link, Person, Text};
use feed_rs::parser;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde::Deserialize;

use super::epub::text as characters_of;
use super::html::{LARGEST, Place, Walk, as_page, characters, folded, tame};
use super::letters::Letters;
use super::records::opening;
use super::typed;
use super::{Problem, Reading};
use crate::doc::{BlockKind, Document, Writer};
use crate::source::decode::Characters;
use crate::text::Direction;
use mended::mended;

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
        .parse(mended(&text).as_bytes())
        .map_err(|error| Problem::Damaged(error.to_string()))?;
    let letters = Letters::of(&text, encoding.name(), replaced, reading);
    letters.tell(&mut writer);
    let direction = feed.language.as_deref().and_then(direction);
    if let Some(direction) = direction {
        writer.direction(direction);
    }
    if feed.entries.is_empty() {
        let title = feed.title.map(|title| plain(&title)).unwrap_or_default();
        writer.article(&letters.words(&title));
    }
    let around = Around {
        letters: &letters,
        // Only these say what is plain text.
        states_plain: matches!(feed.feed_type, FeedType::Atom | FeedType::JSON),
        authors: feed.authors,
    };
    for entry in &feed.entries {
        around.write(entry, &mut writer);
    }
    typed::mark_up_all(&mut writer);
    Ok(writer.finish()?)
}

/// What a feed calls itself; empty where it does not say. Nothing of its items is parsed.
pub fn title(bytes: Vec<u8>, reading: Reading) -> String {
    let text = characters(bytes, reading).text;
    let text = mended(&text);
    if text.starts_with('{') {
        let feed = serde_json::from_str::<Named>(&text);
        return feed.map_or_else(|_| String::new(), |feed| folded(&feed.title));
    }
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    // The elements that are open, and what stands in the title.
    let (mut open, mut title) = (Vec::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = tag.local_name().as_ref().to_ascii_lowercase();
                if open.len() > DEEPEST || matches!(name.as_str(), "item" | "entry") {
                    break;
                }
                open.push(name);
            }
            Ok(Event::End(_)) => {
                if is_title(&open) {
                    break;
                }
                open.pop();
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(Event::CData(text)) if is_title(&open) => title.push_str(&text),
            Ok(event) if is_title(&open) => title.push_str(&characters_of(&event)),
            Ok(_) => {}
        }
    }
    folded(&dom_query::Document::from(tame(&title, false)).text())
}

/// As much as is deeper than a feed's own title.
const DEEPEST: usize = 8;

/// Whether the title of a feed is open, and not that of a picture in it.
fn is_title(open: &[String]) -> bool {
    let names = open.iter().rev().take(2).map(String::as_str);
    matches!(names.collect::<Vec<_>>()[..], ["title", "channel" | "feed"])
}

/// A JSON Feed, as far as its title.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    title: String,
}

/// The direction of a language that is written in one only.
pub fn direction(language: &str) -> Option<Direction> {
    let language = language.split(['-', '_']).next().unwrap_or_default();
    let is_right_to_left = ["ar", "fa", "ur", "ps", "ckb", "sd", "ug", "he", "yi"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(language));
    is_right_to_left.then_some(Direction::Rtl)
}

/// What a feed says of all its entries.
struct Around<'a> {
    letters: &'a Letters,
    /// Whether it says which content is plain text.
    states_plain: bool,
    authors: Vec<Person>,
}

impl Around<'_> {
    fn write(&self, entry: &Entry, writer: &mut Writer) {
        let body = self.body(entry);
        let title = entry.title.as_ref().map(plain).unwrap_or_default();
        let title = self.letters.words(&title);
        if title.is_empty() {
            // Tags part words, too.
            let apart = body.as_ref().map(|body| body.replace('<', " <"));
            let words = dom_query::Document::from(apart.unwrap_or_default()).text();
            writer.article(&opening(&self.letters.words(&words)));
        } else {
            writer.article(&title);
            block(BlockKind::Title, &title, writer);
        }
        block(BlockKind::Paragraph, &self.about(entry), writer);
        if let Some(body) = body {
            let tree = dom_query::Document::from(body);
            let root = tree.body().unwrap_or_else(|| tree.html_root());
            Walk::new(writer, self.letters, Place::default())
                .after_title(&title)
                .all(&root);
        }
        let is_page = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
        let mut links = entry.links.iter();
        if let Some(link) = links.find(is_page) {
            writer.begin(BlockKind::Paragraph, Some(Direction::Ltr));
            writer.open_link(&link.href);
            writer.text(&link.href);
            writer.close();
            writer.end();
        }
    }

    /// Who wrote an entry, and when: its own authors or else those of the feed.
    fn about(&self, entry: &Entry) -> String {
        let authors = if entry.authors.is_empty() {
            &self.authors
        } else {
            &entry.authors
        };
        let names = authors.iter().filter_map(|author| {
            let name = self.letters.words(author.name.as_deref()?);
            // What is left of `address (name)`.
            let bare = name
                .strip_prefix('(')
                .and_then(|name| name.strip_suffix(')'));
            Some(bare.map_or_else(|| name.clone(), str::to_owned))
        });
        let date = entry.published.or(entry.updated);
        // Hyphens would let the parts of a date change places among Arabic letters (UAX #9 W4).
        let date = date.map(|date| date.format("%Y/%m/%d").to_string());
        let about: Vec<String> = names.chain(date).filter(|part| !part.is_empty()).collect();
        about.join(" · ")
    }

    /// What an entry holds, as a page.
    fn body(&self, entry: &Entry) -> Option<String> {
        let content = entry.content.as_ref().and_then(|content| {
            let body = content.body.as_deref()?;
            Some((body, content.content_type.as_str() == "text/plain"))
        });
        let summary = entry.summary.as_ref().map(|summary| {
            let is_plain = summary.content_type.as_str() == "text/plain";
            (summary.content.as_str(), is_plain)
        });
        // Some give a few words as the content and the article as its summary.
        let (body, is_plain) = match (content, summary) {
            (Some(content), Some(summary)) if summary.0.len() > content.0.len() => summary,
            (content, summary) => content.or(summary)?,
        };
        // Some say that markup is plain text.
        let is_plain =
            is_plain && self.states_plain && !body.contains("</") && !body.contains("<br");
        let escaped;
        let body = if is_plain {
            escaped = body.replace('&', "&amp;").replace('<', "&lt;");
            &escaped
        } else {
            body
        };
        Some(tame(&as_page(body), false))
    }
}

fn block(kind: BlockKind, text: &str, writer: &mut Writer) {
    writer.begin(kind, None);
    writer.text(text);
    writer.end();
}

/// A title, freed of the markup that feeds like to put into it.
fn plain(text: &Text) -> String {
    if text.content.contains(['<', '&']) {
        folded(&dom_query::Document::from(tame(&text.content, false)).text())
    } else {
        folded(&text.content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_called_what_it_calls_itself() {
        let item = "<item><title>خبر</title></item>";
        for (feed, called) in [
            (
                format!("<rss><channel><image><title>صورة</title></image><title> أخبار\n&amp; غيرها</title>{item}"),
                "أخبار & غيرها",
            ),
            (
                "<?xml version='1.0'?><feed><title type='html'><![CDATA[<b>أخبار</b>]]></title><entry>".into(),
                "أخبار",
            ),
            (format!("<rss><channel>{item}<title>بعد</title>"), ""),
            ("<a>".repeat(100_000), ""),
            ("{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"أخبار\"}".into(), "أخبار"),
            ("{".into(), ""),
        ] {
            assert_eq!(title(feed.into_bytes(), Reading::default()), called);
        }
    }
}
