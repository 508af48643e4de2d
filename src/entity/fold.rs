//! A letter becomes one byte of a small alphabet in which spelling habits are gone.
//!
//! أ إ آ ٱ are ا, ى is ي, ة is ه, ؤ is و, ئ is ي; marks and tatweel are nothing; Latin is lower case; every decimal digit is 0–9.
//! The lexicons are written in this alphabet, so looking a word up is walking bytes. Letters outside it are [`OTHER`], which no lexicon holds.
//!
//! `text::fold` is for searching and serves a different end: it writes a string with a way back, keeps every script, knows no `OTHER`,
//! and leaves ڤ پ چ ژ apart, which loanwords in names use for ف ب ج. Here one letter must be one byte, and a name must not depend on them.

/// Stands for a letter that the alphabet lacks.
pub const OTHER: u8 = 0xFF;

/// The letters that rules ask for by name, folded.
pub const ALEF: u8 = arabic('ا');
pub const BEH: u8 = arabic('ب');
pub const TEH: u8 = arabic('ت');
pub const HAH: u8 = arabic('ح');
pub const DAL: u8 = arabic('د');
pub const THAL: u8 = arabic('ذ');
pub const REH: u8 = arabic('ر');
pub const SEEN: u8 = arabic('س');
pub const AIN: u8 = arabic('ع');
pub const GHAIN: u8 = arabic('غ');
pub const FEH: u8 = arabic('ف');
pub const QAF: u8 = arabic('ق');
pub const KAF: u8 = arabic('ك');
pub const LAM: u8 = arabic('ل');
pub const MEEM: u8 = arabic('م');
pub const NOON: u8 = arabic('ن');
pub const HEH: u8 = arabic('ه');
pub const WAW: u8 = arabic('و');
pub const YEH: u8 = arabic('ي');

/// One more than the last letter's rank.
pub const ARABIC_LETTERS: usize = 0x2B;

const FIRST: u32 = 0x0620;
const BASE: u8 = 0x80;

#[allow(clippy::cast_possible_truncation)]
const fn arabic(letter: char) -> u8 {
    BASE + (letter as u32 - FIRST) as u8
}

/// What a character is to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A letter, folded.
    Letter(u8),
    /// A decimal digit.
    Digit(u8),
    /// Something that belongs to the letter before it and is not compared: tashkeel, tatweel, joiners, bidi controls.
    Silent,
    /// White space.
    Space,
    /// Anything else.
    Mark(char),
}

/// What the characters of the Arabic block are, as far as a table can say.
static ARABIC: [Option<Sign>; 0x100] = {
    let mut table = [None; 0x100];
    let (mut at, mut code) = (0, 0x600);
    while at < table.len() {
        table[at] = match char::from_u32(code) {
            Some(c) => known(c),
            None => None,
        };
        (at, code) = (at + 1, code + 1);
    }
    table
};

/// Sorts one character.
#[must_use]
#[inline]
pub fn sign(c: char) -> Sign {
    let at = (c as usize).wrapping_sub(0x600);
    match ARABIC.get(at) {
        Some(&Some(sign)) => sign,
        _ if c == ' ' => Sign::Space,
        _ => any(c),
    }
}

fn any(c: char) -> Sign {
    match known(c) {
        Some(sign) => sign,
        None if c.is_whitespace() => Sign::Space,
        None if c.is_alphabetic() => Sign::Letter(OTHER),
        None => Sign::Mark(c),
    }
}

/// Sorts the characters that can be told without Unicode's tables.
#[allow(clippy::cast_possible_truncation)]
const fn known(c: char) -> Option<Sign> {
    Some(match c {
        ' ' | '\t' | '\n' | '\r' => Sign::Space,
        '0'..='9' => Sign::Digit(c as u8),
        'a'..='z' => Sign::Letter(c as u8),
        'A'..='Z' => Sign::Letter(c.to_ascii_lowercase() as u8),
        '\u{640}'
        | '\u{610}'..='\u{61A}'
        | '\u{61C}'
        | '\u{64B}'..='\u{65F}'
        | '\u{670}'
        | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E4}'
        | '\u{6E7}'
        | '\u{6E8}'
        | '\u{6EA}'..='\u{6ED}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => Sign::Silent,
        'أ' | 'إ' | 'آ' | 'ٱ' => Sign::Letter(ALEF),
        'ى' | 'ئ' | 'ی' => Sign::Letter(YEH),
        'ة' => Sign::Letter(arabic('ه')),
        'ؤ' => Sign::Letter(WAW),
        'ک' | 'گ' => Sign::Letter(KAF),
        'ڤ' => Sign::Letter(FEH),
        'پ' => Sign::Letter(BEH),
        'چ' | 'ژ' => Sign::Letter(arabic('ج')),
        '\u{621}'..='\u{64A}' => Sign::Letter(arabic(c)),
        '\u{660}'..='\u{669}' => Sign::Digit(digit(c, 0x660)),
        '\u{6F0}'..='\u{6F9}' => Sign::Digit(digit(c, 0x6F0)),
        _ => return None,
    })
}

#[allow(clippy::cast_possible_truncation)]
const fn digit(c: char, zero: u32) -> u8 {
    b'0' + (c as u32 - zero) as u8
}

/// Mixes one number into another; every bit of the result depends on both.
#[must_use]
pub const fn mix(a: u64, b: u64) -> u64 {
    let product = (a ^ 0x2545_F491_4F6C_DD1D)
        .wrapping_add(b)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (product ^ product >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ product >> 32
}

/// A number for a key, another one for each seed.
#[must_use]
pub fn hash(key: &[u8], seed: u64) -> u64 {
    let mut sum = mix(seed, key.len() as u64);
    let (chunks, rest) = key.as_chunks();
    for &chunk in chunks {
        sum = mix(sum, u64::from_le_bytes(chunk));
    }
    if !rest.is_empty() {
        sum = mix(sum, little(rest));
    }
    sum
}

/// Fewer than eight bytes as a number, the first the least.
fn little(bytes: &[u8]) -> u64 {
    // Two overlapping halves agree where they overlap.
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(&low), Some(&high)) => {
            let over = 8 * (bytes.len() - 4);
            u64::from(u32::from_le_bytes(low)) | u64::from(u32::from_le_bytes(high)) << over
        }
        _ => bytes
            .iter()
            .rev()
            .fold(0, |sum, &byte| sum << 8 | u64::from(byte)),
    }
}

/// Where an Arabic letter stands in the alphabet, from 1; 0 for every other byte.
#[must_use]
pub const fn rank(byte: u8) -> usize {
    if byte > BASE && ((byte - BASE) as usize) < ARABIC_LETTERS {
        (byte - BASE) as usize
    } else {
        0
    }
}

/// Folds a whole string: letters and digits as bytes, one space between words.
#[must_use]
pub fn fold(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len());
    for c in text.chars() {
        match sign(c) {
            Sign::Letter(byte) | Sign::Digit(byte) => key.push(byte),
            Sign::Silent => {}
            Sign::Space | Sign::Mark(_) => {
                if key.last().is_some_and(|&last| last != b' ') {
                    key.push(b' ');
                }
            }
        }
    }
    if key.last() == Some(&b' ') {
        key.pop();
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_habits_fold_away() {
        assert_eq!(fold("أَمْرِيكَا"), fold("امريكا"));
        assert_eq!(fold("القـــاهرة"), fold("القاهره"));
        assert_eq!(fold("مصطفى"), fold("مصطفي"));
        assert_eq!(fold("NATO"), b"nato");
        assert_eq!(fold("٢٠۲2"), b"2022");
        assert_ne!(fold("سوريا"), fold("سورية"));
    }

    #[test]
    fn words_are_one_space_apart() {
        assert_eq!(fold("  تل-أبيب\u{a0} "), fold("تل أبيب"));
    }

    #[test]
    fn letters_outside_the_alphabet_are_never_equal_to_letters_in_it() {
        assert_eq!(fold("Ж"), [OTHER]);
        assert_eq!(rank(OTHER), 0);
        assert_eq!(rank(b'a'), 0);
        assert_eq!(rank(YEH), ARABIC_LETTERS - 1);
    }
}
