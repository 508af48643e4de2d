//! The glyphs of common characters as text that stands ready: the forms of Arabic letters, and ASCII.
//!
//! A cell that shows one of them needs no text of its own, only a place in this one.

use super::joining::{FORMS, Shape, index_of};
use super::tables::FIRST_LETTER;

/// Bytes that a form has room for; one of two bytes is followed by a space.
const STRIDE: usize = 3;

/// Where the ASCII characters begin, from the space on.
const ASCII: usize = FORMS.len() * 4 * STRIDE;

const BYTES: [u8; ASCII + 95] = {
    let mut bytes = [b' '; ASCII + 95];
    let mut letter = 0;
    while letter < FORMS.len() {
        let mut shape = 0;
        while shape < 4 {
            let mut utf8 = [b' '; 4];
            FORMS[letter][shape].encode_utf8(&mut utf8);
            let mut byte = 0;
            while byte < STRIDE {
                bytes[(letter * 4 + shape) * STRIDE + byte] = utf8[byte];
                byte += 1;
            }
            shape += 1;
        }
        letter += 1;
    }
    let mut byte = ASCII;
    let mut ascii = b' ';
    while byte < bytes.len() {
        bytes[byte] = ascii;
        byte += 1;
        ascii += 1;
    }
    bytes
};

/// The bytes of each form; 0 for those of ۂ, which takes a mark along.
static LENGTHS: [u8; FORMS.len() * 4] = {
    let mut lengths = [3; FORMS.len() * 4];
    let mut form = 0;
    while form < lengths.len() {
        if FORMS[form / 4][form % 4] < '\u{800}' {
            lengths[form] = 2;
        }
        if let Some(own) = index_of('ۂ')
            && own == form / 4
        {
            lengths[form] = 0;
        }
        form += 1;
    }
    lengths
};

/// All of them, one after the other.
static GLYPHS: &str = match str::from_utf8(&BYTES) {
    Ok(glyphs) => glyphs,
    Err(_) => "",
};

/// The lengths of the forms that letters are drawn as, to be given to [`find`]: none of them where letters are not joined.
#[must_use]
pub const fn forms(join: bool) -> &'static [u8] {
    if join { &LENGTHS } else { &[] }
}

/// Where the form of a letter of this shape stands, and its length in bytes; nothing where it is none of the common ones.
#[must_use]
#[inline]
pub fn find(c: char, shape: Shape, forms: &[u8]) -> Option<(u32, u8)> {
    // What is no letter is beyond the last form.
    let form = (c as u32).wrapping_sub(FIRST_LETTER) as usize * 4 + shape.form();
    let length = forms.get(form).copied().unwrap_or(0);
    (length > 0).then(|| (place(form * STRIDE), length))
}

/// The same of an ASCII character, which has no shape.
#[must_use]
#[inline]
pub fn find_ascii(c: char) -> Option<(u32, u8)> {
    matches!(c, ' '..='~').then(|| (place(ASCII + (c as usize - 0x20)), 1))
}

/// The glyph that [`find`] or [`find_ascii`] found.
#[must_use]
pub fn get(start: u32, length: u8) -> &'static str {
    let start = start as usize;
    GLYPHS
        .get(start..start + usize::from(length))
        .unwrap_or_default()
}

/// A place among a few thousand bytes.
#[allow(clippy::cast_possible_truncation)]
const fn place(byte: usize) -> u32 {
    byte as u32
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{find, find_ascii, forms, get};
    use crate::text::cluster::{Cluster, clusters};
    use crate::text::joining::{form, shapes};

    #[test]
    fn says_what_the_forms_say() {
        let text: String = ('\0'..='\u{fff}')
            .flat_map(|c| ['ب', c, 'ب', ' ', c, ' '])
            .collect();
        let all: Vec<Cluster> = clusters(&text).collect();
        let shapes = shapes(&all, |_| 1);
        let mut found = 0;
        for (cluster, shape) in all.iter().zip(shapes) {
            for join in [true, false] {
                let letter = find(cluster.base, shape, forms(join));
                if letter.is_some() {
                    assert!(!cluster.properties.is_mirrored());
                }
                if let Some((start, length)) = letter.or_else(|| find_ascii(cluster.base)) {
                    let drawn = if join {
                        form(cluster.base, shape)
                    } else {
                        (cluster.base, None)
                    };
                    assert_eq!(drawn, (get(start, length).parse().unwrap(), None));
                    found += 1;
                }
            }
        }
        assert!(found > 10_000, "{found}");
    }
}
