//! What speaks for visual order and what against it, counted in a text.
//!
//! With forms: a word begins with an initial form and ends with one that joins nothing further. With letters: ال begins words,
//! ة and ى end them, and stops follow them. In visual order all this is the other way round.

use super::forms::{FILLER, is_form, is_letter};
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
        let mut word = Word::default();
        // A stop waits for what comes after it, with what stood before it.
        let (mut before, mut stop) = (None, None);
        // Some fill the cell that a lam-alef leaves free with it.
        for c in text.chars().filter(|c| *c != FILLER) {
            if let Some(before) = stop.take() {
                evidence.stop(before, Some(c));
            }
            if let Some(part) = Part::of(c) {
                word.add(part, c);
            } else {
                if word.begun {
                    evidence.word(&std::mem::take(&mut word));
                }
                if matches!(c, '،' | '؛' | '؟' | '.' | ':') {
                    stop = Some(before);
                }
            }
            before = Some(c);
        }
        evidence.word(&word);
        if let Some(before) = stop {
            evidence.stop(before, None);
        }
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

    /// Whether so much speaks for logical order, and so little against it, that the rest of the text need not be heard.
    pub const fn is_beyond_doubt(&self) -> bool {
        self.logical >= 32 && self.logical > 8 * self.visual
    }

    /// Whether marks stand before their letters.
    pub const fn marks_first(&self) -> bool {
        self.stray_marks > 0
    }

    fn word(&mut self, word: &Word) {
        self.stray_marks += usize::from(word.marks_first);
        let (Some(first), Some(last)) = (word.first[0], word.last[1]) else {
            return;
        };
        self.holds_arabic = true;
        if word.letters < 2 {
            return;
        }
        // No word begins with a letter that joins one before it, or ends with one that reaches out for one after it.
        if let Some(joins) = Joins::of(first) {
            self.visual += usize::from(joins.before || joins.after == Some(false));
            self.logical += usize::from(!joins.before && joins.after == Some(true));
        }
        if let Some(joins) = Joins::of(last) {
            self.logical += usize::from(joins.before || joins.after == Some(false));
            self.visual += usize::from(joins.after == Some(true));
        }
        self.logical += usize::from(matches!(last, 'ة' | 'ى'));
        self.visual += usize::from(matches!(first, 'ة' | 'ى'));
        if word.letters > 3 {
            self.logical += usize::from(word.first == [Some('ا'), Some('ل')]);
            self.visual += usize::from(word.last == [Some('ل'), Some('ا')]);
        }
    }

    /// Counts a stop by what stands around it: it follows a word, or it stands before one.
    fn stop(&mut self, before: Option<char>, after: Option<char>) {
        let is_arabic = |c: Option<char>| c.is_some_and(|c| is_letter(c) || is_form(c));
        let is_open = |c: Option<char>| c.is_none_or(char::is_whitespace);
        self.logical += usize::from(is_arabic(before) && is_open(after));
        self.visual += usize::from(is_open(before) && is_arabic(after));
    }
}

/// What a character is to a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Letter,
    Mark,
}

impl Part {
    /// A letter, a form, a tatweel or a mark; nothing else is part of a word.
    fn of(c: char) -> Option<Self> {
        if is_letter(c) || c == 'ـ' {
            return Some(Self::Letter);
        }
        // Below are the letters and stops of Europe.
        if c < '\u{300}' {
            return None;
        }
        // Some forms are marks.
        match (is_mark(c), is_form(c)) {
            (true, _) => Some(Self::Mark),
            (false, true) => Some(Self::Letter),
            (false, false) => None,
        }
    }
}

/// What is told by a word's ends.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    begun: bool,
    marks_first: bool,
    letters: usize,
    /// Its first two letters.
    first: [Option<char>; 2],
    /// Its last two letters.
    last: [Option<char>; 2],
}

impl Word {
    fn add(&mut self, part: Part, c: char) {
        if part == Part::Mark {
            self.marks_first |= !self.begun;
        } else {
            if let Some(first) = self.first.get_mut(self.letters) {
                *first = Some(c);
            }
            self.last = [self.last[1], Some(c)];
            self.letters += 1;
        }
        self.begun = true;
    }
}

/// What a form says of the letters next to its own.
#[derive(Clone, Copy, Debug)]
struct Joins {
    /// It joins the letter before it.
    before: bool,
    /// It joins the letter after it; nothing for a letter that never does.
    after: Option<bool>,
}

impl Joins {
    /// What a form of one letter says; nothing for other letters and no forms.
    fn of(c: char) -> Option<Self> {
        if !is_form(c) {
            return None;
        }
        let mut letters = fold::letters(c)?.chars();
        let letter = letters.next().filter(|_| letters.next().is_none())?;
        let mut medial = Shape::JOINING;
        medial.add(Shape::JOINED);
        let [initial, last, medial] =
            [Shape::JOINING, Shape::JOINED, medial].map(|shape| form(letter, shape).0);
        Some(Self {
            before: c == last || c == medial,
            // Without such a form it is the letter itself.
            after: is_form(initial).then_some(c == initial || c == medial),
        })
    }
}

/// Whether this is a mark that rides on a letter.
fn is_mark(c: char) -> bool {
    Properties::of(c).bidi_class() == BidiClass::NSM
}
