//! Presentation forms become letters; signs among them that stand for themselves are kept.

use crate::text::fold;

/// Fewer forms than this may be there to be shown.
const FEW: usize = 3;

/// What some systems store besides a lam-alef, which takes one cell where two letters stood: a zero-width no-break space.
pub const FILLER: char = '\u{feff}';

/// Whether a good part of the Arabic letters of a text are presentation forms.
pub fn prevail(text: &str) -> bool {
    /// The first byte of all of them in UTF-8.
    const LEAD: u8 = 0xEF;
    if !text.as_bytes().contains(&LEAD) {
        return false;
    }
    let (mut forms, mut letters) = (0, 0);
    for c in text.chars() {
        forms += usize::from(is_form(c));
        letters += usize::from(is_letter(c));
    }
    forms >= FEW && forms * 20 >= forms + letters
}

/// Whether a character is the form of a letter or mark, and no sign of its own: ornate parentheses and ﷺ stay.
pub const fn is_form(c: char) -> bool {
    matches!(c, '\u{fb50}'..='\u{fbb1}' | '\u{fbd3}'..='\u{fd3d}' | '\u{fd50}'..='\u{fdc7}' | '\u{fdf2}' | '\u{fe70}'..='\u{fefc}')
}

/// Whether a character is an Arabic letter that is stored as one.
pub const fn is_letter(c: char) -> bool {
    matches!(c, 'ء'..='ي' | '\u{66e}'..='\u{6d3}' | '\u{6d5}' | '\u{6ee}' | '\u{6ef}' | '\u{6fa}'..='\u{6fc}')
        && c != 'ـ'
}

/// Appends a text with its forms turned to letters.
pub fn letters_of(text: &str, into: &mut String) {
    let is_lam_alef = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{fef5}'..='\u{fefc}'));
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let before = before.replace(c);
        if c == FILLER && (is_lam_alef(before) || is_lam_alef(chars.peek().copied())) {
            continue;
        }
        if !is_form(c) {
            into.push(c);
        } else if let Some(marks) = marks(c) {
            into.extend(marks.into_iter().flatten());
        } else {
            match fold::letters(c).filter(|letters| !letters.is_empty()) {
                Some(letters) => into.push_str(letters),
                None => into.push(c),
            }
        }
    }
}

/// The marks of a form that holds nothing else: FE70–FE7F, on nothing or on a tatweel, and those with a shadda.
fn marks(c: char) -> Option<[Option<char>; 2]> {
    let shadda = Some('\u{651}');
    Some(match c {
        // The tail of a letter that was drawn in two halves: no mark at all.
        '\u{fe73}' => [None, None],
        '\u{fe70}'..='\u{fe7f}' => [char::from_u32(0x64b + (u32::from(c) - 0xfe70) / 2), None],
        '\u{fc5e}'..='\u{fc62}' => [shadda, char::from_u32(0x64c + u32::from(c) - 0xfc5e)],
        '\u{fc63}' => [shadda, Some('\u{670}')],
        '\u{fcf2}'..='\u{fcf4}' => [shadda, char::from_u32(0x64e + u32::from(c) - 0xfcf2)],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(text: &str) -> String {
        let mut into = String::new();
        letters_of(text, &mut into);
        into
    }

    #[test]
    fn turns_letters_ligatures_and_marks() {
        for (stored, meant) in [
            ("\u{feb3}\u{fefc}\u{fee1}", "سلام"),
            ("\u{fdf2}", "الله"),
            ("\u{fc08}\u{fd0d}", "بمشر"),
            ("\u{fee3}\u{fe7c}\u{fe76}\u{fe70}", "مّ\u{64e}\u{64b}"),
            ("\u{fe91}\u{fc60}\u{fcf4}", "ب\u{651}\u{64e}\u{651}\u{650}"),
            ("\u{fb58}\u{fb94}", "پگ"),
            ("\u{feb1}\u{fe73}", "س"),
            ("\u{feff}\u{fefb} \u{fef7}\u{feff}\u{fee5}", "لا لأن"),
        ] {
            assert_eq!(turned(stored), meant, "{}", stored.escape_unicode());
        }
    }

    #[test]
    fn keeps_signs() {
        let signs = "\u{fdfa}\u{fdfd}\u{fdfc}\u{fd3e}\u{fd3f}\u{feff}ـ";
        assert_eq!(turned(signs), signs);
    }
}
