//! Byte offsets in a document become places in what is printed of it, counted once from front to back.
//!
//! A plain text is counted as it stands. Of every other format's text the bidi controls are not counted: they steer the layout
//! and are never printed.

use std::borrow::Cow;

use crate::doc::Document;
use crate::text::sanitise;
use crate::text::visible::is_bidi_control;

/// Counts up to one byte offset after another.
pub struct Characters<'a> {
    text: &'a str,
    verbatim: bool,
    byte: usize,
    count: Place,
}

/// What stands before a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Characters.
    pub character: usize,
    /// Their bytes in UTF-8.
    pub byte: usize,
}

impl<'a> Characters<'a> {
    /// Starts at the front of a document.
    pub fn new(document: &'a Document) -> Self {
        Self {
            text: &document.text,
            verbatim: document.verbatim,
            byte: 0,
            count: Place::default(),
        }
    }

    /// Says what stands before the document.
    #[must_use]
    pub fn after(self, before: Place) -> Self {
        Self {
            count: before,
            ..self
        }
    }

    /// What stands before a byte; a byte before the last one asked for is counted back to.
    pub fn before(&mut self, byte: usize) -> Place {
        if byte >= self.byte {
            let more = self.between(self.byte, byte);
            self.count.character += more.character;
            self.count.byte += more.byte;
        } else {
            let less = self.between(byte, self.byte);
            self.count.character -= less.character;
            self.count.byte -= less.byte;
        }
        self.byte = byte;
        self.count
    }

    fn between(&self, start: usize, end: usize) -> Place {
        let part = self.text.get(start..end).unwrap_or_default();
        let counted = part
            .chars()
            .filter(|c| self.verbatim || !is_bidi_control(*c));
        counted.fold(Place::default(), |place, c| Place {
            character: place.character + 1,
            byte: place.byte + c.len_utf8(),
        })
    }

    /// The text between two bytes as it is counted.
    pub fn text(&self, start: usize, end: usize) -> Cow<'a, str> {
        let part = self.text.get(start..end).unwrap_or_default();
        if self.verbatim {
            Cow::Borrowed(part)
        } else {
            sanitise(part)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::doc::{BlockKind, Builder, Writer};

    #[test]
    fn counts_forth_and_back() {
        let document = Builder::new("t", "سلام\r\n😀a").article("", 0..0, vec![]);
        let document = document.build().unwrap();
        let mut characters = Characters::new(&document);
        for (byte, count) in [
            (0, 0),
            (2, 1),
            (8, 4),
            (10, 6),
            (2, 1),
            (14, 7),
            (15, 8),
            (15, 8),
        ] {
            let place = Place {
                character: count,
                byte,
            };
            assert_eq!(characters.before(byte), place, "before byte {byte}");
        }
    }

    #[test]
    fn counts_what_is_printed_of_a_format() {
        let mut page = Writer::new("t");
        page.begin(BlockKind::Paragraph, None);
        page.text("C++\u{200e} لغة");
        let document = page.finish().unwrap();
        let mut characters = Characters::new(&document);
        let place = characters.before(document.text.len());
        assert_eq!((place.character, place.byte), (7, 10));
        assert_eq!(characters.text(0, document.text.len()), "C++ لغة");
    }
}
