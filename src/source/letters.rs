//! The letters of a format's text on their way into a document: turned back if they are stored as they are drawn. Bidi controls
//! stay, because they steer what is drawn; no offset that is told to anybody counts them.

use std::borrow::Cow;

use super::Reading;
use super::html::folded;
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
        if self.written.repaired {
            Cow::Owned(repair::repair(&freed(text), self.drawn))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// The words of a title or a name: white space folded, no bidi controls.
    pub fn words(&self, text: &str) -> String {
        folded(&freed(&self.read(text)))
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

/// A text without bidi controls.
pub fn freed(text: &str) -> Cow<'_, str> {
    if text.contains(is_bidi_control) {
        Cow::Owned(text.chars().filter(|&c| !is_bidi_control(c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}
