//! What speaks for visual order and what against it, counted in a text.
//!
//! With forms: a word begins with an initial form and ends with one that joins nothing further. With letters: ال begins words,
//! ة and ى end them, and stops follow them. In visual order all this is the other way round.

use super::forms::{is_form, is_letter};
use crate::text::fold;
use crate::text::joining::{Shape, form};
use crate::text::properties::{BidiClass, Properties};

/// What was counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    /// Signs of logical order.
    logical: usize,
    /// Signs of visual order.
    visual: usize,
    /// Marks that follow no letter.
    stray_marks: usize,
    /// Whether there are Arabic letters at all.
    pub holds_arabic: bool,
}

impl Evidence {
    /// Counts the signs in a text.
    pub fn of(text: &str) -> Self {
        let mut evidence = Self::default();
        let is_part = |c: char| is_letter(c) || is_form(c) || is_mark(c) || c == 'ـ';
        let mut rest = text;
        while let Some(start) = rest.find(is_part) {
            let word = &rest[start..];
            let end = word.find(|c| !is_part(c)).unwrap_or(word.len());
            evidence.word(&word[..end]);
            rest = &word[end..];
        }
        evidence.stops(text);
        evidence
    }

    /// Whether the text stands in visual order.
    pub const fn is_visual(&self) -> bool {
        self.visual >= 2 && self.visual > 3 * self.logical
    }

    /// Whether it clearly stands in logical order.
    pub const fn is_logical(&self) -> bool {
        self.logical >= 2 && self.logical > 3 * self.visual
    }

    /// Whether marks stand before their letters.
    pub const fn marks_first(&self) -> bool {
        self.stray_marks > 0
    }

    fn word(&mut self, word: &str) {
        self.stray_marks += usize::from(word.starts_with(is_mark));
        let letters = || word.chars().filter(|&c| !is_mark(c));
        let (Some(first), Some(last)) = (letters().next(), letters().next_back()) else {
            return;
        };
        self.holds_arabic = true;
        let count = letters().take(4).count();
        if count < 2 {
            return;
        }
        // A letter that could join further does so unless its word ends there.
        match joins_on(first) {
            Some(true) => self.logical += 1,
            Some(false) => self.visual += 1,
            None => {}
        }
        match joins_on(last) {
            Some(true) => self.visual += 1,
            Some(false) => self.logical += 1,
            None => {}
        }
        self.logical += usize::from(matches!(last, 'ة' | 'ى'));
        self.visual += usize::from(matches!(first, 'ة' | 'ى'));
        if count > 3 {
            let second = letters().nth(1);
            let last_but_one = letters().nth_back(1);
            self.logical += usize::from(first == 'ا' && second == Some('ل'));
            self.visual += usize::from(last_but_one == Some('ل') && last == 'ا');
        }
    }

    /// Counts stops that follow a word, and those that stand before one.
    fn stops(&mut self, text: &str) {
        let is_arabic = |c: Option<char>| c.is_some_and(|c| is_letter(c) || is_form(c));
        let is_open = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let mut before = None;
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            if matches!(c, '،' | '؛' | '؟' | '.' | ':') {
                let after = characters.peek().copied();
                self.logical += usize::from(is_arabic(before) && is_open(after));
                self.visual += usize::from(is_open(before) && is_arabic(after));
            }
            before = Some(c);
        }
    }
}

/// Whether the form of a letter that joins on both sides joins the letter after it; nothing for other letters and no forms.
fn joins_on(c: char) -> Option<bool> {
    if !is_form(c) {
        return None;
    }
    let mut letters = fold::letters(c)?.chars();
    let letter = letters.next().filter(|_| letters.next().is_none())?;
    let mut medial = Shape::JOINING;
    medial.add(Shape::JOINED);
    let [isolated, initial, joined] =
        [Shape::default(), Shape::JOINING, medial].map(|shape| form(letter, shape).0);
    (initial != isolated).then_some(c == initial || c == joined)
}

/// Whether this is a mark that rides on a letter.
fn is_mark(c: char) -> bool {
    !is_letter(c) && Properties::of(c).bidi_class() == BidiClass::NSM
}
