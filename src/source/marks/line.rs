//! A line of a text, as far as marks are known by it: its first bytes, and whether there is something to see on it.

use super::super::lines::{Fence, fence, front_opening, is_blank_character};
use super::{HEAD, folded, heading, is_meaningful};

/// A line, as far as marks are known by it.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub start: usize,
    /// Its first bytes, at most [`HEAD`].
    head: Vec<u8>,
    /// Whether there is more of it.
    long: bool,
    /// Whether there is something to see on it.
    seen: bool,
    /// The bytes at the end of a line without anything to see so far that may begin a character.
    cut: Vec<u8>,
    /// A form feed stands before it.
    pub page: bool,
}

impl Line {
    pub fn reset(&mut self, start: usize, page: bool) {
        self.start = start;
        self.page = page;
        self.long = false;
        self.seen = false;
        self.head.clear();
        self.cut.clear();
    }

    pub fn extend(&mut self, bytes: &[u8]) {
        let room = HEAD - self.head.len();
        self.long |= bytes.len() > room;
        self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if self.seen {
            return;
        }
        // The first letter of an Arabic or a Latin line says it at once.
        let says_it = matches!(bytes, [b'!'..=b'~' | 0xD9..=0xDB, ..] | [0xD8, 0xA0..=0xBF, ..]);
        if self.cut.is_empty() && says_it {
            self.seen = true;
            return;
        }
        for piece in bytes.chunks(64) {
            if !self.seen {
                self.look(piece);
            }
        }
    }

    /// Looks for something to see.
    fn look(&mut self, bytes: &[u8]) {
        self.cut.extend_from_slice(bytes);
        let mut kept = 0;
        let mut chunks = self.cut.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.seen |= !chunk.valid().chars().all(is_blank_character);
            let rest = chunk.invalid();
            let may_go_on = |error: std::str::Utf8Error| error.error_len().is_none();
            if chunks.peek().is_none() && std::str::from_utf8(rest).is_err_and(may_go_on) {
                kept = rest.len();
            } else {
                self.seen |= !rest.is_empty();
            }
        }
        let settled = self.cut.len() - kept;
        self.cut.drain(..settled);
    }

    /// What is left over at the line's end is no character.
    pub fn close(&mut self) {
        self.seen |= !self.cut.is_empty();
    }

    pub fn is_blank(&self) -> bool {
        !self.seen
    }

    /// What stands on it, where it is short enough to say something.
    pub fn content(&self) -> Option<std::borrow::Cow<'_, str>> {
        (self.seen && !self.long).then(|| String::from_utf8_lossy(&self.head))
    }

    /// Whether it could be a title: it means something, and its folded white space leaves at most `most` characters.
    pub fn is_title(&self, most: usize) -> bool {
        self.content()
            .is_some_and(|content| is_meaningful(&content) && folded(&content).count() <= most)
    }

    pub fn is_heading(&self) -> bool {
        self.head.starts_with(b"# ")
            && self
                .content()
                .is_some_and(|content| heading(content.trim_end()).is_some())
    }

    /// Whether it holds three stars or dashes and nothing else.
    pub fn is_stars(&self) -> bool {
        self.may_begin_with(b"*-")
            && self
                .content()
                .is_some_and(|content| matches!(content.trim(), "***" | "---"))
    }

    pub fn fence(&self) -> Option<Fence> {
        if !self.may_begin_with(b"`~") {
            return None;
        }
        fence(self.content()?.trim_end())
    }

    /// Whether one of these bytes may stand first after white space; what is not ASCII may be white space.
    fn may_begin_with(&self, bytes: &[u8]) -> bool {
        let mut head = self.head.iter();
        head.find(|byte| !byte.is_ascii_whitespace())
            .is_some_and(|first| bytes.contains(first) || matches!(first, 0xC2 | 0xE1..=0xE3))
    }

    /// The opening line of front matter, if this line at the start of a text is one.
    pub fn opens_front(&self, next: Option<&Self>) -> Option<&'static str> {
        front_opening(self.content()?.trim_end(), next?.content()?.trim_end())
    }
}
