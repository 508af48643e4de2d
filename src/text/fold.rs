//! Folding: different spellings of a word become one, so that names and searches find them all.
//!
//! أ إ آ ٱ are read as ا, ى as ي, ة as ه, ؤ as و, ئ as ي; Persian and Urdu shapes of yeh, kaf and heh as the Arabic ones; marks, tatweel
//! and format controls are dropped; presentation forms become letters, digits ASCII, capitals small. A map leads back to the text.

use std::ops::Range;

use super::properties::{Joining, Properties};
use super::tables::LETTERS;

/// A folded text and the way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, where the character it came from starts in the source; and at the end, the source's length.
    origin: Vec<u32>,
}

impl Folded {
    /// The bytes of the source that a range of the folded text stands for, with the dropped marks after its last letter.
    #[must_use]
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.origin.get(byte).map_or(0, |byte| *byte as usize);
        let last = self.origin.len().saturating_sub(1);
        let start = at(range.start.min(last));
        if range.is_empty() {
            return start..start;
        }
        // The end of a letter that became several is the start of the first byte from another one.
        let own = at(range.end.min(last).saturating_sub(1));
        let mut end = range.end.min(last);
        while end < last && at(end) == own {
            end += 1;
        }
        start..at(end)
    }
}

/// Folds a text.
#[must_use]
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded {
        text: String::with_capacity(text.len()),
        origin: Vec::with_capacity(text.len() + 1),
    };
    for (byte, c) in text.char_indices() {
        fold_char(c, &mut |c| folded.text.push(c));
        folded.origin.resize(folded.text.len(), offset(byte));
    }
    folded.origin.push(offset(text.len()));
    folded
}

/// Folds a text where the way back is not needed.
#[must_use]
pub fn fold_str(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut |c| folded.push(c));
    }
    folded
}

/// Offsets are 32 bits wide; texts are folded a paragraph or an article at a time.
#[allow(clippy::cast_possible_truncation)]
const fn offset(byte: usize) -> u32 {
    byte as u32
}

/// Hands over what one character becomes: nothing, one character, or a few.
fn fold_char(c: char, push: &mut impl FnMut(char)) {
    match c {
        '\0'..='\u{7f}' => push(c.to_ascii_lowercase()),
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => fold_form(c, push),
        '\u{fff9}'..='\u{fffb}' => {}
        _ if is_dropped(c) => {}
        _ => match letter(c) {
            Some(letter) => push(letter),
            None => c.to_lowercase().for_each(push),
        },
    }
}

/// Marks, tatweel and format controls: whatever joining sees through, and the joiners.
fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '\u{640}' | '\u{200c}' | '\u{200d}' | '\u{2066}'..='\u{2069}'
    ) || (Properties::of(c).joining() == Joining::Transparent)
}

/// The letters of a presentation form, without marks; nothing for what is no form.
#[must_use]
pub fn letters(form: char) -> Option<&'static str> {
    let form = u16::try_from(u32::from(form)).ok()?;
    let place = LETTERS.binary_search_by_key(&form, |entry| entry.0).ok()?;
    Some(LETTERS[place].1)
}

/// Folds the letters of a presentation form; a spacing mark among them has none.
fn fold_form(c: char, push: &mut impl FnMut(char)) {
    match letters(c) {
        Some(letters) => letters.chars().for_each(|c| fold_char(c, push)),
        None => push(c),
    }
}

/// The letter or digit that stands for this one.
const fn letter(c: char) -> Option<char> {
    let digit = match c {
        '\u{660}'..='\u{669}' => c as u32 - 0x660,
        '\u{6f0}'..='\u{6f9}' => c as u32 - 0x6f0,
        '\u{ff10}'..='\u{ff19}' => c as u32 - 0xff10,
        _ => 10,
    };
    if digit < 10 {
        return char::from_digit(digit, 10);
    }
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' | 'ی' | 'ۍ' | 'ې' => 'ي',
        'ة' | 'ۃ' | 'ہ' | 'ۂ' | 'ۀ' | 'ە' | 'ھ' => 'ه',
        'ؤ' => 'و',
        'ک' | 'ڪ' => 'ك',
        '\u{a0}' | '\u{202f}' => ' ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_str};

    #[test]
    fn folds_spellings_to_one() {
        for (text, folded) in [
            ("أإآٱا", "ااااا"),
            ("مُوسَى", "موسي"),
            ("مدرسة", "مدرسه"),
            ("رؤساء ورئيس", "روساء ورييس"),
            ("العــربية", "العربيه"),
            ("\u{fedf}\u{fefb}\u{fdf2}", "للاالله"),
            ("١٢٣ ۴۵ 6", "123 45 6"),
            ("NATO Élysée", "nato élysée"),
            ("می\u{200c}خواهم", "ميخواهم"),
            ("\u{202b}کتاب\u{202c}", "كتاب"),
            ("\u{fe77}", ""),
        ] {
            assert_eq!(fold_str(text), folded, "{text}");
            assert_eq!(fold(text).text, folded, "{text}");
        }
    }

    #[test]
    fn leads_back_to_the_text() {
        let text = "قالَ مُحَمَّدٌ: لا";
        let folded = fold(text);
        let start = folded.text.find("محمد").unwrap_or_default();
        assert_eq!(&text[folded.source(start..start + "محمد".len())], "مُحَمَّدٌ");
        assert_eq!(folded.source(0..folded.text.len()), 0..text.len());
        assert_eq!(folded.source(0..0), 0..0);
    }

    #[test]
    fn takes_a_ligature_whole() {
        let text = "ب\u{fefb}ب";
        let folded = fold(text);
        assert_eq!(folded.text, "بلاب");
        assert_eq!(&text[folded.source(2..4)], "\u{fefb}");
        assert_eq!(&text[folded.source(4..6)], "\u{fefb}");
    }
}
