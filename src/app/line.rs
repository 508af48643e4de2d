//! A line that is being typed, and the caret in it. Logical order only: how it stands on the screen is for drawing to say.

use crate::text::cluster::clusters;

/// What was typed, and where the next letter goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// A byte of the text, on a character boundary.
    caret: usize,
}

impl Line {
    /// A line that holds this already, with the caret at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let caret = text.len();
        Self { text, caret }
    }

    /// What was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the next letter goes, as a byte of the text.
    #[must_use]
    pub const fn caret(&self) -> usize {
        self.caret
    }

    /// Puts text in at the caret.
    pub fn insert(&mut self, text: &str) {
        self.text.insert_str(self.caret, text);
        self.caret += text.len();
    }

    /// Takes back the character before the caret: a mark alone, so that a wrong tashkeel does not cost its letter.
    pub fn erase(&mut self) {
        if let Some((at, _)) = self.text[..self.caret].char_indices().next_back() {
            self.text.replace_range(at..self.caret, "");
            self.caret = at;
        }
    }

    /// Takes back the word before the caret.
    pub fn erase_word(&mut self) {
        let before = self.text[..self.caret].trim_end();
        let from = before
            .char_indices()
            .rev()
            .find(|(_, character)| character.is_whitespace())
            .map_or(0, |(at, character)| at + character.len_utf8());
        self.text.replace_range(from..self.caret, "");
        self.caret = from;
    }

    /// Takes back all before the caret.
    pub fn erase_line(&mut self) {
        self.text.replace_range(..self.caret, "");
        self.caret = 0;
    }

    /// Takes away the letter at the caret, with the marks on it.
    pub fn delete(&mut self) {
        let end = self.next();
        self.text.replace_range(self.caret..end, "");
    }

    /// Goes one letter on, over the marks on it.
    pub fn forward(&mut self) {
        self.caret = self.next();
    }

    /// Goes one letter back, over the marks on it.
    pub fn back(&mut self) {
        let before = clusters(&self.text).map(|cluster| cluster.range().start);
        self.caret = before
            .take_while(|start| *start < self.caret)
            .last()
            .unwrap_or(0);
    }

    /// Goes to the start of the line.
    pub const fn to_start(&mut self) {
        self.caret = 0;
    }

    /// Goes to the end of the line.
    pub const fn to_end(&mut self) {
        self.caret = self.text.len();
    }

    /// The end of the letter at the caret.
    fn next(&self) -> usize {
        clusters(&self.text)
            .map(|cluster| cluster.range().end)
            .find(|end| *end > self.caret)
            .unwrap_or(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The line with a bar at the caret.
    fn shown(line: &Line) -> String {
        let (before, after) = line.text.split_at(line.caret);
        format!("{before}|{after}")
    }

    #[test]
    fn letters_go_in_at_the_caret() {
        let mut line = Line::new("سلم");
        line.back();
        line.insert("ا");
        assert_eq!(shown(&line), "سلا|م");
        line.to_start();
        line.insert("و");
        line.to_end();
        line.insert("!");
        assert_eq!(shown(&line), "وسلام!|");
    }

    #[test]
    fn the_caret_goes_over_a_letter_with_its_marks() {
        let mut line = Line::new("مُدَّ");
        line.back();
        assert_eq!(shown(&line), "مُ|دَّ");
        line.back();
        line.back();
        assert_eq!(shown(&line), "|مُدَّ");
        line.forward();
        line.delete();
        assert_eq!(shown(&line), "مُ|");
        line.erase();
        assert_eq!(shown(&line), "م|", "a mark goes alone");
    }

    #[test]
    fn words_and_lines_are_taken_back_before_the_caret() {
        let mut line = Line::new("كتاب في اللغة");
        line.erase_word();
        line.erase_word();
        assert_eq!(shown(&line), "كتاب |");
        line.insert("آخر");
        line.back();
        line.erase_line();
        assert_eq!(shown(&line), "|ر");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn no_keys_leave_the_caret_inside_a_character(text in ".{0,12}", keys in prop::collection::vec(0..9_u8, 0..30)) {
            let mut line = Line::new(text);
            for key in keys {
                match key {
                    0 => line.insert("لا"),
                    1 => line.erase(),
                    2 => line.erase_word(),
                    3 => line.delete(),
                    4 => line.forward(),
                    5 => line.back(),
                    6 => line.to_start(),
                    7 => line.to_end(),
                    _ => line.insert("\u{64b}"),
                }
                prop_assert!(line.text.is_char_boundary(line.caret));
            }
        }
    }
}
