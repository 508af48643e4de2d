//! Visible stand-ins for control characters, so that no text can steer the terminal.

use std::borrow::Cow;

/// The mark that stands for a control: its picture (U+2400–2421) for C0 and DEL, U+FFFD for C1.
#[must_use]
pub const fn control(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => match char::from_u32(0x2400 + c as u32) {
            Some(picture) => picture,
            None => char::REPLACEMENT_CHARACTER,
        },
        '\u{7f}' => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// The arrow that stands for a bidi control where a reader wants to see it.
#[must_use]
pub const fn bidi_control(c: char) -> char {
    match c {
        '\u{200e}' => '→',
        '\u{200f}' => '←',
        '\u{61c}' => '↞',
        '\u{202a}' => '⇢',
        '\u{202b}' => '⇠',
        '\u{202c}' => '↨',
        '\u{202d}' => '⇉',
        '\u{202e}' => '⇇',
        '\u{2066}' => '↦',
        '\u{2067}' => '↤',
        '\u{2068}' => '↔',
        '\u{2069}' => '↕',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// Whether the text overrides the direction of letters, so that it may read otherwise than it is (LRO, RLO).
#[must_use]
pub fn has_override(text: &str) -> bool {
    text.contains(['\u{202d}', '\u{202e}'])
}

/// Whether this is one of the twelve bidi controls (`Bidi_Control`).
#[must_use]
pub const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A name of something outside as one line that reads as it is: what would begin another line or a column, or turn letters around,
/// becomes a visible mark.
#[must_use]
pub fn name(name: &str) -> Cow<'_, str> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !name.chars().any(|c| c.is_control() || turns(c)) {
        return Cow::Borrowed(name);
    }
    let shown = name.chars().map(|c| match c {
        c if turns(c) => bidi_control(c),
        c if c.is_control() => control(c),
        c => c,
    });
    Cow::Owned(shown.collect())
}

/// The text in logical order, fit to be written to a terminal or a pipe: controls but tab and line feed become visible marks,
/// bidi controls are left out.
#[must_use]
pub fn sanitise(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| matches!(c, '\t' | '\n') || !(c.is_control() || is_bidi_control(c));
    if text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let visible = text
        .chars()
        .filter(|c| !is_bidi_control(*c))
        .map(|c| if harmless(c) { c } else { control(c) });
    Cow::Owned(visible.collect())
}

#[cfg(test)]
mod tests {
    use super::{name, sanitise};

    #[test]
    fn a_name_is_one_line_and_no_letter_of_it_turns_around() {
        let odd = "a\n\u{1b}[31m\tb\u{202e}txt.c";
        assert_eq!(name(odd), "a␊␛[31m␉b⇇txt.c");
        assert_eq!(name("مقال\u{200f} ١.txt"), "مقال\u{200f} ١.txt");
    }

    #[test]
    fn shows_controls_and_drops_bidi_controls() {
        assert_eq!(
            sanitise("\u{1b}[31mا\u{202e}ب\u{9b}\u{7f}\0"),
            "␛[31mاب\u{fffd}␡␀"
        );
        assert_eq!(sanitise("a\tb\nc"), "a\tb\nc");
        assert_eq!(sanitise("می\u{200c}خ"), "می\u{200c}خ");
    }

    #[test]
    fn leaves_harmless_text_alone() {
        assert!(matches!(sanitise("نص"), std::borrow::Cow::Borrowed(_)));
    }
}
