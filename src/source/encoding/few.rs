//! A few words in one byte a letter: windows-1256 or ISO-8859-6, or neither. There is too little of them for a detector of all
//! encodings; what is looked at is whether all that is not ASCII are whole Arabic words, and in which of the two they are words
//! as Arabic has them.

use encoding_rs::{Encoding, ISO_8859_6, WINDOWS_1256};

/// How much better than that of windows-1256 the reading of the rarer encoding must be.
const RARE: i32 = 200;

/// How much the letters of what is Arabic in the rarer encoding only weigh at least, one with another: Cyrillic words weigh less.
const LEAST: i32 = -440;

/// How much a letter weighs that stands where no word has it.
const MISPLACED: i32 = -600;

/// How much the article weighs.
const ARTICLE: i32 = 150;

/// The letters by how often they come, in hundredths of the logarithm of their share.
const WEIGHTS: [(&str, i32); 7] = [
    ("ال", -210),
    ("يمونرت", -285),
    ("هبعدفةسأقك", -360),
    ("حجشصطخإىضذزآ", -450),
    ("ثءئغ", -520),
    ("ظؤ", -600),
    (
        "\u{64b}\u{64c}\u{64d}\u{64e}\u{64f}\u{650}\u{651}\u{652}ـ",
        -750,
    ),
];

/// What any other letter weighs: those of Persian and Urdu.
const OTHER: i32 = -800;

/// The encoding of a few words, if they are Arabic in one of the two.
pub fn words(bytes: &[u8]) -> Option<&'static Encoding> {
    let read = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        weight(&text)
    };
    match (read(WINDOWS_1256), read(ISO_8859_6)) {
        (Some(common), Some(rare)) if rare > common + RARE => Some(ISO_8859_6),
        (Some(_), _) => Some(WINDOWS_1256),
        (None, Some(rare)) if rare > LEAST * letters(bytes) => Some(ISO_8859_6),
        (None, _) => None,
    }
}

/// How many bytes are letters of another alphabet than ASCII's.
fn letters(bytes: &[u8]) -> i32 {
    let count = bytes.iter().filter(|byte| **byte > 0xC0).count();
    i32::try_from(count).unwrap_or(i32::MAX / LEAST.abs())
}

/// How much a text weighs as Arabic; nothing where something that is not ASCII is no Arabic word and none of its marks.
fn weight(text: &str) -> Option<i32> {
    let is_word = |c: char| c.is_alphabetic() || is_mark(c);
    let mut weight = 0;
    for part in text
        .split(|c: char| !is_word(c))
        .filter(|part| !part.is_ascii())
    {
        weight += weigh_word(part)?;
    }
    let is_known = |c: char| {
        c.is_ascii()
            || is_word(c)
            || matches!(
                c,
                '،' | '؛'
                    | '؟'
                    | '«'
                    | '»'
                    | '…'
                    | '“'
                    | '”'
                    | '‘'
                    | '’'
                    | '–'
                    | '—'
                    | '\u{a0}'
                    | '\u{200c}'..='\u{200f}'
            )
    };
    text.chars().all(is_known).then_some(weight)
}

fn weigh_word(word: &str) -> Option<i32> {
    if word.starts_with(|c| is_mark(c) || c == 'ـ')
        || !word.chars().all(|c| is_letter(c) || is_mark(c))
    {
        return None;
    }
    let of = |c: char| {
        let known = WEIGHTS.iter().find(|(letters, _)| letters.contains(c));
        known.map_or(OTHER, |(_, weight)| *weight)
    };
    let mut weight: i32 = word.chars().map(of).sum();
    let inner = word.trim_end_matches(is_mark);
    let last = inner.char_indices().next_back().map_or(0, |(last, _)| last);
    let misplaced = inner[..last].matches(['ة', 'ى']).count();
    weight += MISPLACED * i32::try_from(misplaced).unwrap_or(i32::MAX / MISPLACED.abs());
    if word.starts_with("ال") && word.chars().count() > 3 {
        weight += ARTICLE;
    }
    Some(weight)
}

const fn is_letter(c: char) -> bool {
    matches!(c, 'ء'..='ي' | '\u{671}'..='\u{6d3}')
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{652}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_short_words_in_both() {
        for text in [
            "السلام عليكم",
            "الله أكبر",
            "محمد علي",
            "He said \"السلام عليكم\" and left.",
            "الاسم,العمر,المدينة\nليلى,20,القاهرة",
            "هل قرأت؟ نعم!",
            "وإسقاط حكومتها، وتنصيب أخرى",
        ] {
            for encoding in [WINDOWS_1256, ISO_8859_6] {
                let (bytes, _, failed) = encoding.encode(text);
                assert!(!failed);
                let told = words(&bytes).map(Encoding::name);
                assert_eq!(told, Some(encoding.name()), "{text}");
            }
        }
        for text in [
            "سلام",
            "هنا",
            "في",
            "و",
            "لا",
            "من",
            "قلم",
            "كُتِبَ",
            "پژوهش",
            "«نعم»",
        ] {
            let (bytes, ..) = WINDOWS_1256.encode(text);
            let told = words(&bytes).map(Encoding::name);
            assert_eq!(told, Some("windows-1256"), "{text}");
        }
    }

    #[test]
    fn leaves_other_words_alone() {
        for bytes in [
            &b"caf\xE9"[..],
            b"\xE0 la carte",
            b"Z\xFCrich",
            b"\xF3 no",
            b"\xCF\xF0\xE8\xE2\xE5\xF2",
            b"\xD8\xB3\xD8",
            b"a\xFFb",
        ] {
            assert_eq!(words(bytes).map(Encoding::name), None, "{bytes:?}");
        }
    }
}
