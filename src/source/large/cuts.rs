//! Where a large text may be cut: at the first line end after each multiple of a window, or at a space where there is none.

use std::io;

use super::{LONGEST_END, Large};
use crate::doc::is_line_end;
use crate::source::ends;

/// More blanks than that in a row end a line.
const BLANKS: usize = 256;

impl Large {
    /// Where three windows are cut: the one that holds a byte, and one on either side.
    pub(super) fn cuts(&self, around: usize) -> io::Result<Vec<usize>> {
        let mut middle = around / self.sizes.window;
        if self.cut(middle)? > around {
            middle = middle.saturating_sub(1);
        }
        (middle.saturating_sub(1)..=middle + 2)
            .map(|index| self.cut(index))
            .collect()
    }

    /// Where window `index` begins.
    pub(super) fn cut(&self, index: usize) -> io::Result<usize> {
        let nominal = index.checked_mul(self.sizes.window);
        let nominal = nominal.filter(|nominal| *nominal > 0);
        nominal.map_or(Ok(0), |nominal| self.cut_after(nominal))
    }

    /// Where the text may be cut at a byte or soon after it.
    pub(super) fn cut_after(&self, nominal: usize) -> io::Result<usize> {
        // Hardly a line is longer than this.
        for size in [self.sizes.window.min(4 << 10), self.sizes.window] {
            let bytes = self.pieces.read(nominal, nominal + size + LONGEST_END)?;
            let settled = bytes.len() - ends::unsettled(&bytes);
            let mut first = None;
            ends::for_each(&bytes[..settled], |end| {
                first.get_or_insert(end.next);
            });
            if let Some(first) = first {
                return Ok(nominal + first);
            }
            if bytes.len() < size {
                return Ok(nominal + bytes.len());
            }
            if size == self.sizes.window {
                let space = memchr::memchr(b' ', &bytes).map(|space| space + 1);
                let letter = || bytes.iter().position(|byte| byte & 0xC0 != 0x80);
                return Ok(nominal + space.or_else(letter).unwrap_or(0));
            }
        }
        Ok(nominal)
    }

    /// The blanks between a byte and the next character of its line; nothing at a line's end.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn blanks_in_line(&self, byte: usize) -> io::Result<Option<String>> {
        let bytes = self.pieces.read(byte, byte + BLANKS)?;
        let text = String::from_utf8_lossy(&bytes);
        let blanks = text.find(|c: char| !c.is_whitespace() || is_line_end(c));
        let goes_on = blanks.filter(|&end| !text[end..].starts_with(is_line_end));
        Ok(goes_on.map(|end| text[..end].to_owned()))
    }
}
