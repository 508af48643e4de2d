//! Raw HTML inside Markdown: its text without the tags, and the few tags that say something about text.

use crate::source::raised::{lowered, raised};
use crate::text::Direction;

/// A piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text between tags.
    Text(String),
    /// A line break.
    Break,
    /// The words of a picture.
    Image(String),
    /// An element that holds blocks begins, with the direction that it states.
    Open(Option<Direction>),
    /// Such an element ends.
    Close,
    /// Another block begins or ends.
    Block,
    /// Text above the line begins, below it, or on it again.
    Shift(Option<Shift>),
    /// Nothing to be seen.
    Nothing,
}

/// Where text stands that is not on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    Above,
    Below,
}

impl Shift {
    /// A text as it looks there, if it can.
    pub fn of(self, text: &str) -> Option<String> {
        match self {
            Self::Above => raised(text),
            Self::Below => lowered(text),
        }
    }
}

/// Elements that hold blocks.
const AROUND: [&str; 8] = [
    "div",
    "p",
    "section",
    "article",
    "main",
    "center",
    "details",
    "blockquote",
];

/// Elements that are blocks.
const BLOCKS: [&str; 15] = [
    "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr", "td", "th", "table", "hr",
    "summary",
];

/// Elements whose content is no text.
const SILENT: [&str; 2] = ["script", "style"];

/// The pieces of a block of HTML.
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some((open, length)) = next_tag(rest) {
        let (text, from) = rest.split_at(open);
        pieces.push(Piece::Text(plain(text)));
        let (whole, after) = from.split_at(length);
        pieces.push(tag(whole));
        rest = skip_silent(whole, after);
    }
    pieces.push(Piece::Text(plain(rest)));
    pieces.retain(|piece| !matches!(piece, Piece::Nothing) && *piece != Piece::Text(String::new()));
    pieces
}

/// Where the next tag or comment starts, and its bytes; nothing where one is never closed.
fn next_tag(text: &str) -> Option<(usize, usize)> {
    let is_start = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
    let open = text
        .match_indices('<')
        .map(|(at, _)| at)
        .find(|at| text[at + 1..].starts_with(is_start))?;
    let tag = &text[open..];
    if let Some(comment) = tag.strip_prefix("<!--") {
        return Some((open, comment.find("-->")? + 7));
    }
    let mut quote = None;
    let end = tag.bytes().position(|byte| {
        match quote {
            None if byte == b'>' => return true,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            Some(open) if byte == open => quote = None,
            _ => {}
        }
        false
    })?;
    Some((open, end + 1))
}

/// What follows the content of an element that is no text.
fn skip_silent<'a>(tag: &str, after: &'a str) -> &'a str {
    let name = name(tag);
    if !SILENT.contains(&name.as_str()) || tag.starts_with("</") {
        return after;
    }
    let is_end = |at: usize| {
        let end = after.as_bytes().get(at + 2..at + 2 + name.len());
        end.is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
    };
    let mut ends = after.match_indices("</").map(|(at, _)| at);
    ends.find(|at| is_end(*at)).map_or("", |at| &after[at..])
}

/// What one tag says.
pub(super) fn tag(tag: &str) -> Piece {
    let name = name(tag);
    let closes = tag.starts_with("</");
    match name.as_str() {
        "br" => Piece::Break,
        "img" => Piece::Image(plain(&attribute(tag, "alt").unwrap_or_default())),
        name if AROUND.contains(&name) && closes => Piece::Close,
        name if AROUND.contains(&name) => Piece::Open(
            match attribute(tag, "dir")
                .map(|dir| dir.to_ascii_lowercase())
                .as_deref()
            {
                Some("rtl") => Some(Direction::Rtl),
                Some("ltr") => Some(Direction::Ltr),
                _ => None,
            },
        ),
        name if BLOCKS.contains(&name) => Piece::Block,
        "sup" | "sub" if closes => Piece::Shift(None),
        "sup" => Piece::Shift(Some(Shift::Above)),
        "sub" => Piece::Shift(Some(Shift::Below)),
        _ => Piece::Nothing,
    }
}

fn name(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.chars().take_while(char::is_ascii_alphanumeric);
    name.collect::<String>().to_ascii_lowercase()
}

/// The value of an attribute.
fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once('=') {
        let name = before.trim_end();
        let name = &name[name.rfind(char::is_whitespace).map_or(0, |at| at + 1)..];
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, tail) = match quote {
            Some(quote) => after[1..].split_once(quote)?,
            None => after.split_at(after.find([' ', '>', '\n', '\t']).unwrap_or(after.len())),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value.to_owned());
        }
        rest = tail;
    }
    None
}

/// Text without character references.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let named = end.and_then(|end| Some((end, character(&rest[1..end])?)));
        let (end, c) = named.unwrap_or((0, '&'));
        plain.push(c);
        rest = &rest[end + 1..];
    }
    plain.push_str(rest);
    plain
}

/// The character that a reference names.
fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "rlm" => Some('\u{200f}'),
        "lrm" => Some('\u{200e}'),
        "zwnj" => Some('\u{200c}'),
        "hellip" => Some('…'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        "mdash" => Some('—'),
        "ndash" => Some('–'),
        _ => {
            let number = name.strip_prefix('#')?;
            let value = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_text_and_what_tags_say() {
        let html = "<div dir='RTL' class=\"a > b\">\n<b>نص</b> &amp; &#1587;<br/><img src=x alt=\"صورة\"></div><script>x < 'y'</script>1 < 2 <!-- c > --> z <b";
        assert_eq!(
            pieces(html),
            [
                Piece::Open(Some(Direction::Rtl)),
                Piece::Text("\n".into()),
                Piece::Text("نص".into()),
                Piece::Text(" & س".into()),
                Piece::Break,
                Piece::Image("صورة".into()),
                Piece::Close,
                Piece::Text("1 < 2 ".into()),
                Piece::Text(" z <b".into()),
            ]
        );
        let shift = Piece::Shift(Some(Shift::Above));
        assert_eq!(
            pieces("<sup>2</sup>"),
            [shift, Piece::Text("2".into()), Piece::Shift(None)]
        );
    }

    #[test]
    fn takes_bounded_time() {
        let html = "<a ".repeat(100_000) + &"&".repeat(100_000) + &"<script>".repeat(20_000);
        assert!(pieces(&html).len() < 10);
    }
}
