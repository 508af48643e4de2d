//! The direction of a document and of each of its paragraphs.
//!
//! An Arabic document stays right to left where a paragraph starts with a Latin name or holds no letter at all: only a paragraph
//! that is really in another script turns. Other documents go by the first strong letter (UAX #9 P2, P3).

use unicode_bidi::BidiClass;

use super::Direction;
use super::bidi::first_strong;
use super::properties::Properties;

/// How much of a document, or of a paragraph, says which way it runs.
const SAMPLE: usize = 64 * 1024;

/// Right to left, when most strong letters of the text's first 64 kB are; otherwise nothing.
#[must_use]
pub fn of_document(text: &str) -> Option<Direction> {
    let (mut left, mut right) = (0_usize, 0_usize);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at)
        && at < SAMPLE
    {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        if byte < 0x80 {
            left += usize::from(byte.is_ascii_alphabetic());
            at += 1;
        } else if (byte == 0xD8 && next >= 0xA1) || (byte == 0xD9 && next <= 0x8A) {
            // From ء to ي, which is most of what is read.
            right += 1;
            at += 2;
        } else if let Some(c) = text[at..].chars().next() {
            let direction = strong(c);
            left += usize::from(direction == Some(Direction::Ltr));
            right += usize::from(direction == Some(Direction::Rtl));
            at += c.len_utf8();
        }
    }
    (right > left).then_some(Direction::Rtl)
}

/// The direction of a paragraph of running text, in a document of this direction.
///
/// Its first 64 kB say it. In a right-to-left document: right to left, unless three quarters of the words with strong letters are left to right (each by its
/// first strong letter). A paragraph without strong letters follows its document. Code is not running text: it runs left to right.
#[must_use]
pub fn of_paragraph(text: &str, document: Option<Direction>) -> Direction {
    let end = (0..=text.len().min(SAMPLE)).rfind(|byte| text.is_char_boundary(*byte));
    let text = &text[..end.unwrap_or(0)];
    if document != Some(Direction::Rtl) {
        return first_strong(text).or(document).unwrap_or_default();
    }
    let (mut left, mut all) = (0_usize, 0_usize);
    for direction in text
        .split_whitespace()
        .filter_map(|word| word.chars().find_map(strong))
    {
        all += 1;
        left += usize::from(direction == Direction::Ltr);
    }
    if all > 0 && left * 4 >= all * 3 {
        Direction::Ltr
    } else {
        Direction::Rtl
    }
}

/// The direction of a strong letter.
fn strong(c: char) -> Option<Direction> {
    // Most of what is read needs no table.
    match c {
        'ء'..='ي' => return Some(Direction::Rtl),
        'a'..='z' | 'A'..='Z' => return Some(Direction::Ltr),
        '\0'..='\x7f' => return None,
        _ => {}
    }
    match Properties::of(c).bidi_class() {
        // The three marks among the bidi controls are strong too, but no letters.
        BidiClass::L if c != '\u{200e}' => Some(Direction::Ltr),
        BidiClass::R | BidiClass::AL if !matches!(c, '\u{200f}' | '\u{61c}') => {
            Some(Direction::Rtl)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Direction::{Ltr, Rtl};

    #[test]
    fn what_needs_no_table_is_as_in_the_table() {
        for c in ('\0'..='\x7f').chain('ء'..='ي') {
            let direction = match Properties::of(c).bidi_class() {
                BidiClass::L => Some(Ltr),
                BidiClass::R | BidiClass::AL => Some(Rtl),
                _ => None,
            };
            assert_eq!(strong(c), direction, "{c:?}");
        }
    }

    #[test]
    fn goes_by_most_letters_of_a_document() {
        assert_eq!(of_document("iPhone هاتف ذكي"), Some(Rtl));
        assert_eq!(of_document("The word سلام means peace"), None);
        assert_eq!(of_document("2024 …"), None);
        assert_eq!(of_document(""), None);
        let late = "x".repeat(70_000) + &"ا".repeat(200_000);
        assert_eq!(of_document(&late), None);
    }

    #[test]
    fn keeps_arabic_paragraphs_right_to_left() {
        for text in [
            "iPhone جديد",
            "2024",
            "",
            "BBC: قال الوزير",
            "NATO و EU و الأمم",
        ] {
            assert_eq!(of_paragraph(text, Some(Rtl)), Rtl, "{text}");
        }
    }

    #[test]
    fn turns_paragraphs_in_another_script() {
        for text in [
            "All of it in English.",
            "See you in القاهرة tomorrow",
            "3 words here",
        ] {
            assert_eq!(of_paragraph(text, Some(Rtl)), Ltr, "{text}");
        }
        // Three words of four are just enough, two of three are not.
        assert_eq!(of_paragraph("a b c ا", Some(Rtl)), Ltr);
        assert_eq!(of_paragraph("a b ا", Some(Rtl)), Rtl);
    }

    #[test]
    fn goes_by_the_first_strong_letter_elsewhere() {
        assert_eq!(of_paragraph("سلام means peace", None), Rtl);
        assert_eq!(of_paragraph("“salam” سلام", None), Ltr);
        assert_eq!(of_paragraph("\u{2067}سلام\u{2069} is", None), Ltr);
        assert_eq!(of_paragraph("123", None), Ltr);
    }
}
