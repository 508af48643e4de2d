//! Figures above and below the line become the characters that say so: 10⁶ is not 106.

/// The characters of a raised text; nothing where one of them has no raised form.
pub fn raised(text: &str) -> Option<String> {
    shifted(text, |c| match c {
        '1' => Some('¹'),
        '2' => Some('²'),
        '3' => Some('³'),
        '0' | '4'..='9' => char::from_u32(u32::from(c) - u32::from('0') + 0x2070),
        '+' => Some('⁺'),
        '-' | '−' => Some('⁻'),
        'n' => Some('ⁿ'),
        'i' => Some('ⁱ'),
        _ => None,
    })
}

/// The characters of a lowered text; nothing where one of them has no lowered form.
pub fn lowered(text: &str) -> Option<String> {
    shifted(text, |c| match c {
        '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + 0x2080),
        '+' => Some('₊'),
        '-' | '−' => Some('₋'),
        _ => None,
    })
}

fn shifted(text: &str, shift: impl Fn(char) -> Option<char>) -> Option<String> {
    let ascii = |c: char| match c {
        '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10),
        '۰'..='۹' => char::from_digit(u32::from(c) - u32::from('۰'), 10),
        c => Some(c),
    };
    let shifted = text.chars().map(|c| shift(ascii(c)?));
    shifted
        .collect::<Option<String>>()
        .filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifts_figures_and_nothing_else() {
        assert_eq!(raised("6").as_deref(), Some("⁶"));
        assert_eq!(raised("-12").as_deref(), Some("⁻¹²"));
        assert_eq!(raised("٢").as_deref(), Some("²"));
        assert_eq!(lowered("20").as_deref(), Some("₂₀"));
        assert_eq!(raised("er"), None);
        assert_eq!(raised("(1)"), None, "the mark of a note");
        assert_eq!(raised("2م"), None);
        assert_eq!(lowered(""), None);
    }
}
