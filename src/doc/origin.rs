//! Where a document's text stands in its source, for a text that is a window of something larger.
//!
//! A place in a large source is an offset in the source's bytes, so that it needs nothing before it. Text and source run side
//! by side, but for invalid bytes: each such sequence, of one to three bytes, is U+FFFD in the text, which has three.

/// Turns offsets in a document's text into offsets in its source, and back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Where the text begins in the source.
    start: usize,
    /// After each replacement: the offset in the text, and that in the source.
    steps: Vec<(usize, usize)>,
}

impl Origin {
    /// A text that begins at byte `start` of its source.
    #[must_use]
    pub const fn at(start: usize) -> Self {
        Self {
            start,
            steps: Vec::new(),
        }
    }

    /// Notes that byte `text` of the text is byte `source` of the source, and all that follows accordingly.
    pub fn step(&mut self, text: usize, source: usize) {
        self.steps.push((text, source));
    }

    /// The offset in the source of a byte of the text.
    #[must_use]
    pub fn source(&self, byte: usize) -> usize {
        let before = self.steps.partition_point(|(text, _)| *text <= byte);
        match before.checked_sub(1).map(|last| self.steps[last]) {
            Some((text, source)) => source + (byte - text),
            None => self.start + byte,
        }
    }

    /// The byte of the text that an offset in the source is; 0 for what comes before the text.
    #[must_use]
    pub fn text(&self, offset: usize) -> usize {
        let before = self.steps.partition_point(|(_, source)| *source <= offset);
        let next = self.steps.get(before).map_or(usize::MAX, |(text, _)| *text);
        let byte = match before.checked_sub(1).map(|last| self.steps[last]) {
            Some((text, source)) => text + (offset - source),
            None => offset.saturating_sub(self.start),
        };
        byte.min(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_from_where_the_text_begins() {
        let origin = Origin::at(1000);
        assert_eq!((origin.source(0), origin.source(7)), (1000, 1007));
        assert_eq!((origin.text(1007), origin.text(3)), (7, 0));
        assert_eq!(Origin::default().source(5), 5);
    }

    #[test]
    fn steps_over_what_was_replaced() {
        // "a", one invalid byte, "b", two invalid bytes as one, "c".
        let mut origin = Origin::at(10);
        origin.step(4, 12);
        origin.step(8, 15);
        let places = [(0, 10), (1, 11), (4, 12), (5, 13), (8, 15), (9, 16)];
        for (text, source) in places {
            assert_eq!(origin.source(text), source, "text {text}");
            assert_eq!(origin.text(source), text, "source {source}");
        }
        assert_eq!(origin.text(14), 6, "inside what was replaced");
    }
}
