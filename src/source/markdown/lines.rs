//! What stands in a paragraph becomes its text, or lines of verse where its lines are divided into hemistichs.

use std::ops::Range;

use pulldown_cmark::CowStr;

use crate::doc::{BlockKind, Writer};
use crate::source::verse;
use crate::text::Direction;

/// Blanks between two hemistichs that were divided by blanks.
const BLANKS: &str = "    ";

/// A part of a paragraph.
#[derive(Debug)]
pub(super) enum Inline<'a> {
    Text(CowStr<'a>),
    Code(CowStr<'a>),
    /// A line ends that is none to Markdown.
    SoftBreak,
    Break,
    /// Where it leads, and whether its text is that address.
    Link(CowStr<'a>, bool),
    EndLink,
    /// A picture and its words.
    Picture(String),
    /// The mark of a note: its number and its label.
    Note(usize, CowStr<'a>),
}

/// The words of a paragraph: its text without marks of notes.
pub(super) fn words(parts: &[Inline<'_>]) -> String {
    let words: String = parts.iter().map(words_of).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a part.
pub(super) fn words_of<'a>(part: &'a Inline<'_>) -> &'a str {
    match part {
        Inline::Text(text) | Inline::Code(text) => text,
        Inline::Picture(text) => text,
        Inline::SoftBreak | Inline::Break => " ",
        _ => "",
    }
}

/// The label of a note.
pub(super) fn note(label: &str) -> String {
    format!("^{label}")
}

/// The label that links have for a heading: its letters and digits, small, and hyphens for blanks.
pub(super) fn slug(words: &str) -> String {
    let kept = words.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
        _ => None,
    });
    kept.flat_map(char::to_lowercase).collect()
}

/// Writes a paragraph or a heading.
pub(super) fn write(
    page: &mut Writer,
    kind: BlockKind,
    direction: Option<Direction>,
    parts: &[Inline<'_>],
) {
    let plain = plain_lines(parts);
    let divided = if kind == BlockKind::Paragraph {
        verse::divide(plain.iter().map(|line| (line.as_str(), true)))
    } else {
        Vec::new()
    };
    if divided.iter().all(Option::is_none) {
        page.begin(kind, direction);
        for part in parts {
            write_part(page, part);
        }
        page.end();
        return;
    }
    let mut parts = parts.iter();
    let (mut in_poem, mut in_prose) = (false, false);
    for (division, text) in divided.iter().zip(&plain) {
        let line = parts.by_ref();
        let line = line.take_while(|part| !matches!(part, Inline::SoftBreak | Inline::Break));
        if let Some(division) = division {
            page.end();
            page.begin_verse(in_poem);
            write_verse(page, line, division, &between(&text[division.clone()]));
            page.end();
        } else {
            if !in_prose {
                page.begin(kind.clone(), direction);
            }
            line.for_each(|part| write_part(page, part));
            page.text(" ");
        }
        (in_poem, in_prose) = (division.is_some(), division.is_none());
    }
    page.end();
}

/// The text of each line.
fn plain_lines(parts: &[Inline<'_>]) -> Vec<String> {
    let mut lines = vec![String::new()];
    for part in parts {
        let line = lines.last_mut();
        match (part, line) {
            (Inline::SoftBreak | Inline::Break, _) => lines.push(String::new()),
            (Inline::Text(text), Some(line)) => line.push_str(text),
            _ => {}
        }
    }
    lines
}

/// Writes one line of verse, divided at bytes of its text.
fn write_verse<'a, 'b: 'a>(
    page: &mut Writer,
    line: impl Iterator<Item = &'a Inline<'b>>,
    division: &Range<usize>,
    between: &str,
) {
    let mut start = 0;
    for part in line {
        let Inline::Text(text) = part else {
            write_part(page, part);
            continue;
        };
        let end = start + text.len();
        let cut = |byte: usize| byte.clamp(start, end) - start;
        page.text(&text[..cut(division.start)]);
        if (start..end).contains(&division.start) {
            page.divide(between);
        }
        page.text(&text[cut(division.end)..]);
        start = end;
    }
}

/// What is written between two hemistichs for what divides them in the source.
fn between(divider: &str) -> String {
    match divider.trim() {
        "" => BLANKS.to_owned(),
        stars => format!(" {stars} "),
    }
}

/// Writes what stands in a line.
pub(super) fn write_part(page: &mut Writer, part: &Inline<'_>) {
    match part {
        Inline::Text(text) => page.text(text),
        Inline::Code(code) => {
            page.open_code();
            page.text(code);
            page.close();
        }
        Inline::SoftBreak => page.text(" "),
        Inline::Break => page.break_line(),
        // An address keeps its parts in order among Arabic letters.
        Inline::Link(address, true) => page.open_address(address),
        Inline::Link(address, false) => match address.strip_prefix('#') {
            Some(label) => page.open_jump(&decoded(label)),
            None => page.open_link(address),
        },
        Inline::EndLink => page.close(),
        Inline::Picture(words) => page.image(words),
        Inline::Note(number, label) => {
            page.open_jump(&note(label));
            page.text(&format!("[{number}]"));
            page.close();
        }
    }
}

/// A label without percent signs (RFC 3986, section 2.1).
fn decoded(label: &str) -> String {
    let mut bytes = Vec::with_capacity(label.len());
    let mut rest = label.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| first == b'%');
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
