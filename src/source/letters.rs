//! The letters of a format's text on their way into a document: turned back if they are stored as they are drawn, and freed of
//! bidi controls, which nothing prints and the document's offsets must not count.

use std::borrow::Cow;

use super::Reading;
use super::repair::{self, Drawn};
use crate::doc::{Notice, Writer, Written};
use crate::text::visible::is_bidi_control;

/// What is done to the letters of one source.
#[derive(Clone, Copy, Debug)]
pub struct Letters {
    drawn: Drawn,
    written: Written,
    replaced: usize,
}

impl Letters {
    /// Looks at the text of a source that was in this encoding, with so many invalid sequences.
    pub fn of(text: &str, encoding: &'static str, replaced: usize, reading: Reading) -> Self {
        let drawn = repair::look(text);
        Self {
            drawn,
            written: Written {
                encoding,
                repaired: reading.repair && drawn.is_repairable(),
            },
            replaced,
        }
    }

    /// A text as it goes into the document.
    pub fn read<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let plain = if text.contains(is_bidi_control) {
            Cow::Owned(text.chars().filter(|&c| !is_bidi_control(c)).collect())
        } else {
            Cow::Borrowed(text)
        };
        if self.written.repaired {
            Cow::Owned(repair::repair(&plain, self.drawn))
        } else {
            plain
        }
    }

    /// Tells the document how it was read.
    pub fn tell(&self, document: &mut Writer) {
        document.written(self.written);
        if self.replaced > 0 {
            document.notice(Notice::InvalidBytes {
                count: self.replaced,
            });
        }
        if self.drawn.is_repairable() && !self.written.repaired {
            document.notice(self.drawn.notice());
        }
    }
}
