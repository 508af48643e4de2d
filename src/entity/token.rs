//! A paragraph becomes words, numbers and marks, each with its bytes in the paragraph and its folded key.
//!
//! A word is a run of letters with the silent signs on them; letters and digits part (و50 is two tokens). A number keeps its separators.
//! Keys lie in one buffer, so a token costs no allocation. The key of a word longer than any name is cut off and matches nothing.
//!
//! `text::words` (UAX #29) would not serve: it joins letters and digits (و50), drops the marks that quantities and quotations need, and
//! its words would have to be gone over a second time for keys, clitics and spelling.

use std::ops::Range;

use super::clitic::Clitic;
use super::fold::{KAF, OTHER, Sign, YEH, sign};

/// No name has a longer word.
const LONGEST: usize = 40;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Letters.
    Word,
    /// Digits, with separators between them.
    Number,
    /// One character that is neither.
    Mark(char),
}

/// How a ي at the end of a word is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Yeh {
    /// As such, or there is none.
    #[default]
    Plain,
    /// As ى.
    Maqsura,
    /// With a vowel: عَلَيَّ is "on me", never the name.
    Mine,
}

/// One token of a paragraph.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub shape: Shape,
    /// Its first byte in the paragraph.
    start: u32,
    /// The byte after its last.
    end: u32,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// How the ي at its end is written.
    pub yeh: Yeh,
    /// Whether its end carries tanwin on ا: روسياً is an adjective, never a country.
    pub tanwin: bool,
    /// How many letters stand before the first أ or إ inside it. Both open words, so clitics before them are no part of one (فإن is never
    /// فان); but كأس is a word. 0 for none.
    pub seam: u8,
    key: (u32, u8),
}

impl Token {
    /// Its bytes in the paragraph.
    pub const fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place in a paragraph; none is so long that it lies beyond.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The tokens of one paragraph and their keys.
#[derive(Debug, Default)]
pub struct Tokens {
    list: Vec<Token>,
    keys: Vec<u8>,
}

impl Tokens {
    /// Cuts a paragraph up.
    pub fn of(text: &str) -> Self {
        let mut tokens = Self {
            list: Vec::with_capacity(text.len() / 8),
            keys: Vec::with_capacity(text.len() / 2),
        };
        let mut cutter = Cutter {
            tokens: &mut tokens,
            open: None,
            spaced: false,
        };
        for (at, c) in text.char_indices() {
            cutter.take(at, c, text);
        }
        cutter.close();
        tokens
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at `n`, if there is one.
    pub fn get(&self, n: usize) -> Option<&Token> {
        self.list.get(n)
    }

    /// The folded letters of the token at `n`; empty for marks and past the end.
    pub fn key(&self, n: usize) -> &[u8] {
        self.list.get(n).map_or(&[], |token| {
            let start = token.key.0 as usize;
            &self.keys[start..start + usize::from(token.key.1)]
        })
    }

    /// The ways to read the beginning of the word at `n`; only one where its spelling shows the seam.
    pub fn ways(&self, n: usize) -> impl Iterator<Item = Clitic> + use<> {
        let seam = self.seam(n);
        Clitic::ways(self.key(n)).filter(move |way| seam.is_none_or(|seam| fits(*way, seam)))
    }

    /// How many letters of the word at `n` are clitics for sure.
    pub fn seam(&self, n: usize) -> Option<u8> {
        let seam = self.list.get(n)?.seam;
        let is = (1..3).contains(&seam) && Clitic::ways(self.key(n)).any(|way| fits(way, seam));
        is.then_some(seam)
    }

    /// Whether the token at `n` is a word.
    pub fn is_word(&self, n: usize) -> bool {
        self.list
            .get(n)
            .is_some_and(|token| token.shape == Shape::Word)
    }

    /// Whether most of the words begin with an Arabic letter.
    pub fn are_arabic(&self) -> bool {
        let words = (0..self.len()).filter(|&n| self.is_word(n));
        let (mut arabic, mut others) = (0, 0);
        for n in words {
            match self.key(n).first() {
                Some(b'a'..=b'z' | &OTHER) => others += 1,
                _ => arabic += 1,
            }
        }
        arabic > others
    }

    /// Whether the token at `n` is a number in digits.
    pub fn is_number(&self, n: usize) -> bool {
        self.list
            .get(n)
            .is_some_and(|token| token.shape == Shape::Number)
    }

    /// The mark at `n`, if it is one.
    pub fn mark(&self, n: usize) -> Option<char> {
        match self.list.get(n)?.shape {
            Shape::Mark(c) => Some(c),
            _ => None,
        }
    }

    /// The bytes from the token `first`, without its first `skip` letters, to the end of the token before `after`.
    pub fn range(&self, text: &str, first: usize, skip: usize, after: usize) -> Range<usize> {
        let (Some(head), Some(tail)) = (self.list.get(first), self.list.get(after.wrapping_sub(1)))
        else {
            return 0..0;
        };
        let head = head.range();
        let start = text[head.clone()]
            .char_indices()
            .filter(|&(_, c)| matches!(sign(c), Sign::Letter(_) | Sign::Digit(_)))
            .nth(skip)
            .map_or(head.start, |(at, _)| head.start + at);
        start..tail.range().end
    }
}

/// Builds [`Tokens`] one character at a time.
struct Cutter<'t> {
    tokens: &'t mut Tokens,
    open: Option<Token>,
    spaced: bool,
}

impl Cutter<'_> {
    fn take(&mut self, at: usize, c: char, text: &str) {
        let end = at + c.len_utf8();
        match sign(c) {
            Sign::Letter(byte) => {
                self.push(Shape::Word, byte, at, end, c == 'ى');
                if matches!(c, 'إ' | 'أ')
                    && let Some(token) = &mut self.open
                    && token.seam == 0
                    && (c == 'إ' || self.tokens.keys.iter().rev().nth(1) != Some(&KAF))
                {
                    token.seam = token.key.1 - 1;
                }
            }
            Sign::Digit(byte) => self.push(Shape::Number, byte, at, end, false),
            Sign::Silent => {
                if let Some(token) = &mut self.open
                    && (c == '\u{640}' || !is_control(c))
                {
                    token.end = place(end);
                    token.tanwin |= c == '\u{64B}';
                    if c == '\u{64E}' && self.tokens.keys.last() == Some(&YEH) {
                        token.yeh = Yeh::Mine;
                    }
                }
            }
            Sign::Space => {
                self.close();
                self.spaced = true;
            }
            Sign::Mark(mark) => {
                let inside = matches!(mark, '.' | ',' | '٫' | '٬')
                    && self.open.is_some_and(|token| token.shape == Shape::Number)
                    && matches!(text[end..].chars().next().map(sign), Some(Sign::Digit(_)));
                if inside {
                    self.push(
                        Shape::Number,
                        if matches!(mark, '.' | '٫') {
                            b'.'
                        } else {
                            b','
                        },
                        at,
                        end,
                        false,
                    );
                } else {
                    self.close();
                    self.open(Shape::Mark(mark), at, end);
                    self.close();
                }
            }
        }
    }

    fn push(&mut self, shape: Shape, byte: u8, at: usize, end: usize, maqsura: bool) {
        if self.open.as_ref().is_none_or(|token| token.shape != shape) {
            self.close();
            self.open(shape, at, end);
        }
        let Some(token) = &mut self.open else { return };
        token.end = place(end);
        token.yeh = if maqsura { Yeh::Maqsura } else { Yeh::Plain };
        if usize::from(token.key.1) < LONGEST {
            self.tokens.keys.push(byte);
            token.key.1 += 1;
        } else if let Some(last) = self.tokens.keys.last_mut() {
            *last = OTHER;
        }
    }

    fn open(&mut self, shape: Shape, start: usize, end: usize) {
        let key = (u32::try_from(self.tokens.keys.len()).unwrap_or(u32::MAX), 0);
        self.open = Some(Token {
            shape,
            start: place(start),
            end: place(end),
            spaced: self.spaced,
            yeh: Yeh::Plain,
            tanwin: false,
            seam: 0,
            key,
        });
        self.spaced = false;
    }

    fn close(&mut self) {
        self.tokens.list.extend(self.open.take());
    }
}

/// Whether a way to read a word cuts it where `seam` letters are over.
fn fits(way: Clitic, seam: u8) -> bool {
    way.skip + u8::from(way.swallowed) == seam
}

/// Bidi controls and joiners at a word's edge are not part of it.
fn is_control(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{61C}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let tokens = Tokens::of(text);
        (0..tokens.len())
            .map(|n| &text[tokens.get(n).unwrap().range()])
            .collect()
    }

    #[test]
    fn words_keep_their_marks_and_lose_their_neighbours() {
        assert_eq!(
            pieces("قالَ «بوتين»، أمسِ."),
            ["قالَ", "«", "بوتين", "»", "،", "أمسِ", "."]
        );
        assert_eq!(pieces("و50 ألف"), ["و", "50", "ألف"]);
        assert_eq!(pieces("3.5 و1,200 ٣٫٥."), ["3.5", "و", "1,200", "٣٫٥", "."]);
    }

    #[test]
    fn keys_are_folded() {
        let tokens = Tokens::of("الأُرْدُنّ إلى");
        assert_eq!(tokens.key(0), fold("الاردن"));
        assert_eq!(tokens.get(1).unwrap().yeh, Yeh::Maqsura);
        assert_eq!(tokens.get(0).unwrap().yeh, Yeh::Plain);
        assert_eq!(Tokens::of("عَلَيَّ").get(0).unwrap().yeh, Yeh::Mine);
        assert_eq!(tokens.key(7), b"");
    }

    #[test]
    fn hamza_shows_where_a_word_begins() {
        let seams = |text: &str| Tokens::of(text).seam(0);
        assert_eq!(seams("فإن"), Some(1));
        assert_eq!(seams("ولأحمد"), Some(2));
        assert_eq!(seams("للأردن"), Some(2));
        for whole in ["فان", "كأس", "رأفت", "الأردن", "أحمد"] {
            assert_eq!(seams(whole), None, "{whole}");
        }
    }

    #[test]
    fn a_range_starts_after_the_clitic_and_its_mark() {
        let text = "وَلِلْأُرْدُنِّ";
        let tokens = Tokens::of(text);
        assert_eq!(&text[tokens.range(text, 0, 2, 1)], "لْأُرْدُنِّ");
    }

    #[test]
    fn an_endless_word_is_one_token_with_a_short_key() {
        let text = "م".repeat(100_000);
        let tokens = Tokens::of(&text);
        assert_eq!((tokens.len(), tokens.key(0).len()), (1, LONGEST));
        assert_eq!(tokens.key(0).last(), Some(&OTHER));
    }
}
