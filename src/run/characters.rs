//! Byte offsets in a text become character offsets, counted once from front to back.

/// Counts characters up to one byte offset after another.
pub struct Characters<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl<'a> Characters<'a> {
    /// Starts at the front of a text.
    pub const fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            count: 0,
        }
    }

    /// How many characters stand before a byte; a byte before the last one asked for is counted back to.
    pub fn before(&mut self, byte: usize) -> usize {
        let between = |start, end| {
            self.text
                .get(start..end)
                .map_or(0, |part| part.chars().count())
        };
        if byte >= self.byte {
            self.count += between(self.byte, byte);
        } else {
            self.count -= between(byte, self.byte);
        }
        self.byte = byte;
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_forth_and_back() {
        let text = "سلام\r\n😀a";
        let mut characters = Characters::new(text);
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
            assert_eq!(characters.before(byte), count, "before byte {byte}");
        }
    }
}
