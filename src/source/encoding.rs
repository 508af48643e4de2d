//! Names of encodings, and which one a source is in.
//!
//! The Encoding Standard's are those of `encoding_rs`, under all its labels. `MacArabic` and CP864, which the web never knew, are
//! tables of our own (`assets/encodings/`). What nobody names is told by what is there: a byte order mark, bytes that lie as
//! those of UTF-16 do, sound UTF-8, a few words that are Arabic, and only then by `chardetng`, which is asked with an Arabic country
//! in mind.

mod few;

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

/// How much of a source is looked at to tell its encoding, from the first byte that says anything.
const LOOKED_AT: usize = 256 << 10;

/// Fewer bytes above ASCII than this tell nothing: they are taken for broken UTF-8.
const TELLING: usize = 4;

/// Up to so many bytes above ASCII are a few words.
const FEW: usize = 64;

/// A way to write characters as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// One of the Encoding Standard.
    Standard(&'static encoding_rs::Encoding),
    /// That of Arabic Macintoshes before Unicode.
    MacArabic,
    /// That of Arabic DOS: presentation forms.
    Cp864,
}

/// The characters of the 256 bytes of an encoding of our own; those that stand for nothing are U+FFFD.
pub(super) type Table = [char; 256];

static MAC_ARABIC: LazyLock<Table> =
    LazyLock::new(|| table(include_str!("../../assets/encodings/mac-arabic.txt")));
static CP864: LazyLock<Table> =
    LazyLock::new(|| table(include_str!("../../assets/encodings/cp864.txt")));

impl Default for Encoding {
    fn default() -> Self {
        Self::UTF_8
    }
}

impl Encoding {
    /// UTF-8, which everything is in that says nothing else.
    pub const UTF_8: Self = Self::Standard(UTF_8);

    /// Those in which Arabic is found, in the order in which the reader is offered them.
    pub const ARABIC: [Self; 7] = [
        Self::UTF_8,
        Self::Standard(encoding_rs::WINDOWS_1256),
        Self::Standard(encoding_rs::ISO_8859_6),
        Self::Standard(UTF_16LE),
        Self::Standard(UTF_16BE),
        Self::MacArabic,
        Self::Cp864,
    ];

    /// The encoding of this name, in any case: a label of the Encoding Standard or one of ours.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let label = name.trim().to_ascii_lowercase();
        match label.as_str() {
            "macarabic" | "mac-arabic" | "mac_arabic" | "x-mac-arabic" => Some(Self::MacArabic),
            "cp864" | "ibm864" | "ibm-864" | "csibm864" | "864" => Some(Self::Cp864),
            "utf16" => Some(Self::Standard(UTF_16LE)),
            label => encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())
                .map(Self::Standard),
        }
    }

    /// Its usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard(encoding) => encoding.name(),
            Self::MacArabic => "MacArabic",
            Self::Cp864 => "CP864",
        }
    }

    /// Whether it takes two bytes or more for each character.
    #[must_use]
    pub fn is_wide(self) -> bool {
        [UTF_16LE, UTF_16BE].map(Self::Standard).contains(&self)
    }

    /// The one that is offered after this one.
    #[must_use]
    pub fn next(self) -> Self {
        let place = Self::ARABIC.iter().position(|&encoding| encoding == self);
        Self::ARABIC[place.map_or(0, |place| (place + 1) % Self::ARABIC.len())]
    }

    /// The characters of an encoding of our own.
    pub(super) fn table(self) -> Option<&'static Table> {
        match self {
            Self::Standard(_) => None,
            Self::MacArabic => Some(&MAC_ARABIC),
            Self::Cp864 => Some(&CP864),
        }
    }
}

/// The encoding that bytes are in, by what they say of themselves.
#[must_use]
pub fn detect(bytes: &[u8]) -> Encoding {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return Encoding::Standard(encoding);
    }
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    if let Some(encoding) = utf_16(start) {
        return Encoding::Standard(encoding);
    }
    if is_clearly_utf_8(start) || simdutf8::basic::from_utf8(bytes).is_ok() || start.contains(&0) {
        return Encoding::UTF_8;
    }
    let Some(first) = bytes.iter().position(|byte| !byte.is_ascii()) else {
        return Encoding::UTF_8;
    };
    let part = &bytes[first..bytes.len().min(first + LOOKED_AT)];
    let count = part.iter().filter(|byte| !byte.is_ascii()).count();
    if is_cut_utf_8(bytes) || is_broken_utf_8(part) {
        return Encoding::UTF_8;
    }
    // A letter before the first of them may be part of the same word.
    let words = &bytes[first.saturating_sub(1)..first + part.len()];
    if count <= FEW
        && let Some(encoding) = few::words(words)
    {
        return Encoding::Standard(encoding);
    }
    if count < TELLING {
        return Encoding::UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(part, true);
    // Among like scores the country decides, and whoever reads Arabic expects it.
    Encoding::Standard(detector.guess(Some(b"sa"), Utf8Detection::Deny))
}

/// Whether bytes are in an encoding that takes two bytes or more for each character, which is the half of [`detect`] that takes no time.
#[must_use]
pub fn is_wide(bytes: &[u8]) -> bool {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => Encoding::Standard(encoding).is_wide(),
        None => utf_16(&bytes[..bytes.len().min(LOOKED_AT)]).is_some(),
    }
}

/// Whether a text begins with so much sound UTF-8 that is not ASCII that nothing after it can change that.
fn is_clearly_utf_8(start: &[u8]) -> bool {
    /// Much less than is looked at.
    const BEGINNING: usize = 4 << 10;
    let Some(beginning) = start.get(..BEGINNING) else {
        return false;
    };
    let sound = match std::str::from_utf8(beginning) {
        Ok(sound) => sound.len(),
        // The last letter is cut off.
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => return false,
    };
    beginning[..sound]
        .iter()
        .filter(|byte| !byte.is_ascii())
        .count()
        > BEGINNING / 4
}

/// UTF-16 without a mark: every second byte is the high one, 00 for ASCII, 06 for Arabic, FB to FE for presentation forms; no other
/// text has so many of these. What would be control characters is no text.
fn utf_16(start: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    memchr::memchr2(0x00, 0x06, start)?;
    let units = start.chunks_exact(2);
    let count = units.len();
    let (mut first, mut second, mut controls) = (0, 0, 0);
    let is_high = |byte| matches!(byte, 0x00 | 0x06 | 0xFB..=0xFE);
    for unit in units {
        first += usize::from(is_high(unit[0]));
        second += usize::from(is_high(unit[1]));
        controls +=
            usize::from(matches!(unit, [0, low] | [low, 0] if matches!(low, 0..=8 | 14..=31)));
    }
    // General punctuation and emoji have other high bytes.
    let is_most = |of: usize| of * 3 >= count * 2;
    let is_few = |of: usize| of * 6 <= count;
    if count == 0 || !is_few(controls) {
        None
    } else if is_most(second) && is_few(first) {
        Some(UTF_16LE)
    } else if is_most(first) && is_few(second) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether all of this is UTF-8, but for a letter that is cut off at either end.
fn is_cut_utf_8(bytes: &[u8]) -> bool {
    let is_continuing = |byte: &&u8| matches!(byte, 0x80..=0xBF);
    let start = bytes.iter().take(3).take_while(is_continuing).count();
    let rest = &bytes[start..];
    match std::str::from_utf8(rest) {
        Ok(sound) => !sound.is_ascii(),
        Err(error) => error.error_len().is_none() && !rest[..error.valid_up_to()].is_ascii(),
    }
}

/// Whether there is much more sound UTF-8 in this than there are sequences that are none.
fn is_broken_utf_8(part: &[u8]) -> bool {
    let (mut sound, mut broken) = (0, 0);
    for chunk in part.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken * 4
}

/// Reads a table: rows `8_` to `F_` of sixteen code points each, and those below that are not ASCII.
fn table(rows: &str) -> Table {
    let mut table = [char::REPLACEMENT_CHARACTER; 256];
    for byte in 0..0x80u8 {
        table[usize::from(byte)] = char::from(byte);
    }
    for row in rows.lines().filter(|row| !row.starts_with('#')) {
        let mut fields = row.split_whitespace();
        let first = fields
            .next()
            .and_then(|head| usize::from_str_radix(head.trim_end_matches('_'), 16).ok());
        let points = fields.map(|field| {
            let point = u32::from_str_radix(field, 16).ok();
            point
                .and_then(char::from_u32)
                .unwrap_or(char::REPLACEMENT_CHARACTER)
        });
        for (slot, point) in table.iter_mut().skip(first.unwrap_or(16) * 16).zip(points) {
            *slot = point;
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Python's codecs (`mac_arabic`, `cp864`, of 3.11) make of the bytes 00–FF; `U+FFFD` where they refuse.
    const RECORDED: &str = include_str!("../../tests/data/formats/encodings.tsv");

    const PROSE: &str = "في صباح هادئ من أيام الربيع جلس القارئ إلى طاولته، وفتح الكتاب على الفصل الأول؛ ثم سأل: من كتب هذا؟";

    fn encoded(encoding: &'static encoding_rs::Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    fn utf_16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn agrees_with_the_recorded_tables() {
        let mut rows = 0;
        for row in RECORDED.lines().filter(|row| !row.starts_with('#')) {
            let fields: Vec<&str> = row.split('\t').collect();
            let encoding = Encoding::named(fields[0]);
            let byte = usize::from_str_radix(fields[1], 16).unwrap_or(usize::MAX);
            let point = encoding
                .and_then(Encoding::table)
                .and_then(|table| table.get(byte))
                .map(|&point| format!("{:04X}", u32::from(point)));
            assert_eq!(point.as_deref(), Some(fields[2]), "{row}");
            rows += 1;
        }
        assert_eq!(rows, 512);
    }

    #[test]
    fn tells_the_encoding_of_prose() {
        for encoding in [encoding_rs::WINDOWS_1256, encoding_rs::ISO_8859_6] {
            assert_eq!(detect(&encoded(encoding, PROSE)).name(), encoding.name());
        }
        assert_eq!(detect(PROSE.as_bytes()), Encoding::UTF_8);
    }

    #[test]
    fn tells_the_encoding_of_a_few_words() {
        for text in ["سلام", "كتاب جديد", "مقدمة\r\n\r\nنص"] {
            let bytes = encoded(encoding_rs::WINDOWS_1256, text);
            assert_eq!(detect(&bytes).name(), "windows-1256", "{text}");
        }
        let mixed = encoded(encoding_rs::WINDOWS_1256, "<b>Windows 95</b> نظام تشغيل");
        assert_eq!(detect(&mixed).name(), "windows-1256");
    }

    #[test]
    fn tells_utf_16_with_and_without_a_mark() {
        for text in [
            PROSE,
            "سلام",
            "a",
            "Hello\r\n",
            "١٢٣ (نص)",
            "\u{feff}سلام",
            "\u{feff}ﺳﻼﻡ",
            "ﻢﻜﻴﻠﻋ ﻡﻼﺳ",
            "یہ کتاب پاکستان میں چھپی ہے، ۱۹۹۰ء",
        ] {
            let little = utf_16_bytes(text, u16::to_le_bytes);
            assert_eq!(detect(&little).name(), "UTF-16LE", "{text}");
            let big = utf_16_bytes(text, u16::to_be_bytes);
            assert_eq!(detect(&big).name(), "UTF-16BE", "{text}");
        }
    }

    #[test]
    fn takes_broken_utf_8_for_what_it_is() {
        let mut bytes = PROSE.as_bytes().to_vec();
        bytes[9] = 0xFF;
        assert_eq!(detect(&bytes), Encoding::UTF_8);
        assert_eq!(detect(b"a\xFFb\xFE"), Encoding::UTF_8);
        assert_eq!(
            detect(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xFF\xFE\x80"),
            Encoding::UTF_8
        );
        assert_eq!(detect(b"\0\x01\x02"), Encoding::UTF_8);
        assert_eq!(detect(b""), Encoding::UTF_8);
    }

    #[test]
    fn knows_utf_8_that_is_cut_off() {
        let text = "سلام".as_bytes();
        for part in [&text[..7], &text[1..], &text[1..7], &text[..3]] {
            assert_eq!(detect(part), Encoding::UTF_8, "{part:?}");
        }
    }

    #[test]
    fn knows_many_names() {
        for (name, known) in [
            ("utf-8", "UTF-8"),
            ("UTF8", "UTF-8"),
            ("utf-16", "UTF-16LE"),
            ("UTF-16BE", "UTF-16BE"),
            ("CP1256", "windows-1256"),
            ("arabic", "ISO-8859-6"),
            ("Mac-Arabic", "MacArabic"),
            ("ibm864", "CP864"),
            ("latin1", "windows-1252"),
        ] {
            let encoding = Encoding::named(name).map(Encoding::name);
            assert_eq!(encoding, Some(known), "{name}");
        }
        assert_eq!(Encoding::named("klingon"), None);
        assert_eq!(Encoding::named(""), None);
    }

    #[test]
    fn goes_round_those_of_arabic() {
        let mut encoding = Encoding::UTF_8;
        for expected in Encoding::ARABIC.iter().cycle().skip(1).take(14) {
            encoding = encoding.next();
            assert_eq!(encoding, *expected);
        }
        assert_eq!(
            Encoding::Standard(encoding_rs::KOI8_R).next(),
            Encoding::UTF_8
        );
    }
}
