//! Which Arabic marks are tashkeel: vowel signs and recitation marks that a reader may hide.

/// Whether this mark only helps to read; madda and hamza (U+0653–0655) are parts of letters and are none.
#[must_use]
pub const fn is_tashkeel(c: char) -> bool {
    matches!(
        c,
        '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{652}'
            | '\u{656}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{6df}'..='\u{6e4}'
            | '\u{6e7}'
            | '\u{6e8}'
            | '\u{6ea}'..='\u{6ed}'
            | '\u{897}'..='\u{89f}'
            | '\u{8ca}'..='\u{8e1}'
            | '\u{8e3}'..='\u{8ff}'
    )
}
