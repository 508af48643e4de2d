//! Lines of JSON become articles: `{"title": …, "text": …, "author": …, "date": …}`, one a line.
//!
//! A line that is none of these is told of and passed over; it does not end the source.

mod fields;

use std::io;
use std::io::Read;

use serde_json::Value;

use super::html::{Place, Walk, tame};
use super::letters::Letters;
use super::stream::{Lines, Next};
use super::typed;
use super::{Problem, Reading, compressed};
use crate::doc::{BlockKind, Document, Notice, Writer};
use fields::{Fields, TEXTS, TITLES};

/// How many lines of JSON without an article may stand before the first.
const OTHERS: usize = 3;

/// Whether a text begins with an article in a line of JSON, maybe after a few other lines of JSON; a line that is longer than what
/// is at hand may be one.
pub fn is_record(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..=OTHERS {
        let Some((line, after)) = rest.split_once('\n') else {
            return record(rest).is_some() || is_cut_off(rest);
        };
        if record(line).is_some() {
            return true;
        }
        if !serde_json::from_str(line).is_ok_and(|value: Value| value.is_object()) {
            return false;
        }
        rest = after;
    }
    false
}

/// Whether this looks like the beginning of a line that is too long to be seen whole.
fn is_cut_off(text: &str) -> bool {
    let folded = text.to_lowercase().replace('_', "");
    let names_a_text = TITLES.iter().chain(&TEXTS).any(|name| {
        folded
            .split_once(&format!("\"{name}\""))
            .is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
    });
    let error = serde_json::from_str::<Value>(text).err();
    names_a_text && error.is_some_and(|error| error.is_eof())
}

fn record(line: &str) -> Option<Fields> {
    let Ok(Value::Object(record)) = serde_json::from_str(line) else {
        return None;
    };
    Fields::of(&record)
}

/// The most bytes of a line that is parsed: what is made of it takes several times as many.
const LONGEST: usize = 128 << 20;

/// Parses a source of such lines, of which one is held at a time.
pub fn parse(mut writer: Writer, from: impl Read, reading: Reading) -> Result<Document, Problem> {
    let damaged = |error: io::Error| compressed::damaged(&error);
    let mut lines = Lines::of(from, reading.encoding, LONGEST).map_err(damaged)?;
    let letters = Letters::of(lines.head(), lines.encoding().name(), 0, reading);
    letters.tell(&mut writer);
    let (mut number, mut bad, mut first) = (0, 0, 0);
    while !writer.is_over() {
        number += 1;
        let record = match lines.next().map_err(damaged)? {
            Next::End => break,
            Next::Line(line) if line.trim().is_empty() => continue,
            Next::Line(line) => record(&line),
            Next::TooLong if number == 1 => return Err(Problem::TooMuch),
            Next::TooLong => None,
        };
        if let Some(record) = record {
            write(&record, &letters, &mut writer);
        } else {
            bad += 1;
            first = if first == 0 { number } else { first };
        }
    }
    if lines.replaced() > 0 {
        writer.notice(Notice::InvalidBytes {
            count: lines.replaced(),
        });
    }
    if bad > 0 {
        writer.notice(Notice::BadLines { count: bad, first });
    }
    typed::mark_up_all(&mut writer);
    Ok(writer.finish()?)
}

fn write(record: &Fields, letters: &Letters, writer: &mut Writer) {
    let Fields { title, about, text } = record;
    let title = letters.words(title);
    let is_page = text.contains("</") || text.contains("<br");
    if title.is_empty() {
        let first = text.lines().find(|line| !line.trim().is_empty());
        writer.article(&letters.words(&opening(first.unwrap_or_default())));
    } else {
        writer.article(&title);
        writer.begin(BlockKind::Title, None);
        writer.text(&title);
        writer.end();
    }
    paragraph(&about.join(" · "), letters, writer);
    if is_page {
        let tree = dom_query::Document::from(tame(text, false));
        Walk::new(writer, letters, Place::default())
            .after_title(&title)
            .all(&tree.body().unwrap_or_else(|| tree.html_root()));
        return;
    }
    for line in text.lines() {
        paragraph(line, letters, writer);
    }
}

fn paragraph(text: &str, letters: &Letters, writer: &mut Writer) {
    writer.begin(BlockKind::Paragraph, None);
    writer.text(&letters.read(text));
    writer.end();
}

/// The first words of a text, for the list of articles.
pub fn opening(line: &str) -> String {
    let mut words = String::new();
    for word in line.split_whitespace().take(8) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().take(40));
    }
    words
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn document(lines: &str) -> Document {
        let writer = Writer::new("a.jsonl");
        parse(writer, lines.as_bytes(), Reading::default()).unwrap()
    }

    #[test]
    fn makes_an_article_of_each_line() {
        let document = document(
            "{\"title\": \"أول \", \"text\": \"سطر\\n\\nسطر  ثان\", \"date\": \"2024-05-01\", \"id\": 3}\n\n{\"text\": \"بلا عنوان\"}\n",
        );
        assert_eq!(
            &*document.text,
            "أول\n\n2024-05-01\n\nسطر\n\nسطر ثان\n\n\nبلا عنوان"
        );
        let titles: Vec<&str> = document
            .articles
            .iter()
            .map(|article| &*article.title)
            .collect();
        assert_eq!(titles, ["أول", "بلا عنوان"]);
        assert!(document.notices.is_empty());
    }

    #[test]
    fn passes_bad_lines_over_and_tells() {
        let document =
            document("{\"text\": \"أ\"}\n{\"text\": \n[1]\n{\"text\": 3}\n{\"text\": \"ب\"}");
        assert_eq!(&*document.text, "أ\n\n\nب");
        assert_eq!(document.notices, [Notice::BadLines { count: 3, first: 2 }]);
    }

    #[test]
    fn reads_markup_as_markup() {
        let document =
            document("{\"title\": \"أ\", \"content\": \"<p>ب <b>ج</b></p><p>1 < 2</p>\"}");
        assert_eq!(&*document.text, "أ\n\nب ج\n\n1 < 2");
    }

    #[test]
    fn knows_a_line_that_is_not_seen_whole() {
        assert!(is_record(
            "{\"id\": 1, \"title\": \"أ\", \"text\": \"كلمة كل"
        ));
        assert!(!is_record("{\"id\": 1, \"name\": \"أ"));
        assert!(is_record("{\"lang\": \"ar\"}\n{\"title\": \"أ\"}\n"));
        assert!(!is_record("{\"lang\": \"ar\"}\nنص\n{\"title\": \"أ\"}\n"));
        assert!(!is_record("{ not json \"text\":"));
    }
}
