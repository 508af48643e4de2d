//! Bytes become the document text: from the encoding that was asked for, or else from the one that they seem to be in.
//!
//! A byte order mark is taken off and nothing else is changed, but for bytes that stand for nothing: each invalid sequence
//! becomes one U+FFFD. In UTF-8 that is each maximal subpart (Unicode 17, section 3.9, the practice of the Encoding Standard).

use std::borrow::Cow;
use std::string::FromUtf8Error;

use encoding_rs::{DecoderResult, UTF_8};

use super::Reading;
use super::encoding::{Encoding, detect};
use super::repair;
use crate::doc::{Notice, Written};

/// A byte order mark in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A text, how it was written, and what there is to say about that.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The document text.
    pub text: String,
    /// How it was written.
    pub written: Written,
    /// Invalid sequences, letters that can be turned back.
    pub notices: Vec<Notice>,
}

/// The characters of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Characters {
    /// The characters, and U+FFFD for what is none.
    pub text: String,
    /// How many invalid sequences became U+FFFD.
    pub replaced: usize,
    /// The encoding that they were in.
    pub encoding: Encoding,
}

/// Decodes a whole text: its characters, their letters turned back if that was asked for. Those of CP864 always are: forms are
/// all it has.
pub fn decode(bytes: Vec<u8>, reading: Reading) -> Decoded {
    let Characters {
        text,
        replaced,
        encoding,
    } = characters(bytes, reading.encoding);
    let mut notices = Vec::new();
    if replaced > 0 {
        notices.push(Notice::InvalidBytes { count: replaced });
    }
    let drawn = repair::look(&text);
    let repaired = drawn.is_repairable() && (reading.repair || encoding == Encoding::Cp864);
    if drawn.is_repairable() && !repaired {
        notices.push(drawn.notice());
    }
    Decoded {
        text: if repaired {
            repair::repair(&text, drawn)
        } else {
            text
        },
        written: Written {
            encoding: encoding.name(),
            repaired,
        },
        notices,
    }
}

/// The characters of bytes, in the encoding that was asked for if one was.
pub fn characters(bytes: Vec<u8>, asked: Option<Encoding>) -> Characters {
    match asked.unwrap_or_else(|| detect(&bytes)) {
        Encoding::Standard(encoding) if encoding == UTF_8 => utf_8(bytes),
        Encoding::Standard(encoding) => standard(&bytes, encoding),
        own => by_table(&bytes, own),
    }
}

fn utf_8(mut bytes: Vec<u8>) -> Characters {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    match sound(bytes) {
        Ok(text) => Characters {
            text,
            replaced: 0,
            encoding: Encoding::UTF_8,
        },
        Err(bytes) => replace(&bytes),
    }
}

/// Beyond this size, looking twice costs less than holding bytes twice.
const COPIED: usize = 1 << 20;

/// The text that bytes are, or the bytes, if they are no UTF-8.
pub fn sound(bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    if bytes.len() > COPIED {
        return String::from_utf8(bytes).map_err(FromUtf8Error::into_bytes);
    }
    match simdutf8::basic::from_utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(bytes),
    }
}

/// The text that bytes are, with U+FFFD for what is no UTF-8.
pub fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    simdutf8::basic::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

fn replace(bytes: &[u8]) -> Characters {
    let mut decoded = Characters {
        text: String::with_capacity(bytes.len()),
        replaced: 0,
        encoding: Encoding::UTF_8,
    };
    for chunk in bytes.utf8_chunks() {
        decoded.text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            decoded.text.push(char::REPLACEMENT_CHARACTER);
            decoded.replaced += 1;
        }
    }
    decoded
}

/// Decodes by the Encoding Standard, which says what an invalid sequence is.
fn standard(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Characters {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut characters = Characters {
        text: String::new(),
        replaced: 0,
        encoding: Encoding::Standard(encoding),
    };
    let mut rest = bytes;
    loop {
        let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
        // Anything will do where the length has no bound: a full buffer is only another round.
        characters.text.reserve(room.unwrap_or(rest.len()).max(16));
        let (result, read) =
            decoder.decode_to_string_without_replacement(rest, &mut characters.text, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => return characters,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                characters.text.push(char::REPLACEMENT_CHARACTER);
                characters.replaced += 1;
            }
        }
    }
}

fn by_table(bytes: &[u8], encoding: Encoding) -> Characters {
    let mut text = String::with_capacity(bytes.len() * 2);
    if let Some(table) = encoding.table() {
        text.extend(bytes.iter().map(|&byte| table[usize::from(byte)]));
    }
    Characters {
        replaced: text.matches(char::REPLACEMENT_CHARACTER).count(),
        text,
        encoding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, usize) {
        let Characters { text, replaced, .. } = utf_8(bytes.to_vec());
        (text, replaced)
    }

    #[test]
    fn leaves_sound_text_alone() {
        assert_eq!(decoded("سلام\r\n\t".as_bytes()), ("سلام\r\n\t".into(), 0));
        assert_eq!(decoded(b""), (String::new(), 0));
    }

    #[test]
    fn takes_one_byte_order_mark_off_the_start() {
        assert_eq!(decoded(b"\xEF\xBB\xBFa"), ("a".into(), 0));
        assert_eq!(decoded(b"\xEF\xBB\xBF"), (String::new(), 0));
        assert_eq!(
            decoded(b"\xEF\xBB\xBF\xEF\xBB\xBFa"),
            ("\u{feff}a".into(), 0)
        );
        assert_eq!(decoded(b"\xEF\xBB\xBFa\xFF"), ("a\u{fffd}".into(), 1));
    }

    #[test]
    fn replaces_each_maximal_subpart_once() {
        // Table 3-8 of the Unicode core specification.
        let (text, replaced) = decoded(b"\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64");
        assert_eq!(text, "a\u{fffd}\u{fffd}\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}d");
        assert_eq!(replaced, 6);
    }

    #[test]
    fn replaces_a_letter_cut_off_at_the_end() {
        assert_eq!(decoded(b"\xD8\xB3\xD8"), ("س\u{fffd}".into(), 1));
    }

    /// The text, the replacements and the encoding of a source.
    fn of(bytes: &[u8], asked: &str) -> (String, usize, &'static str) {
        let Characters {
            text,
            replaced,
            encoding,
        } = characters(bytes.to_vec(), Encoding::named(asked));
        (text, replaced, encoding.name())
    }

    #[test]
    fn decodes_utf_16() {
        let text = "سلام\r\n😀";
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let marked: Vec<u8> = "\u{feff}سلام\r\n😀".encode_utf16().flat_map(bytes).collect();
            let (decoded, replaced, name) = of(&marked, "");
            assert_eq!((decoded.as_str(), replaced), (text, 0));
            let (decoded, replaced, own) = of(&marked[2..], "");
            assert_eq!((decoded.as_str(), replaced, own), (text, 0, name));
        }
    }

    #[test]
    fn replaces_what_is_no_utf_16() {
        let lone = [0x33, 0x06, 0x00, 0xD8, 0x27, 0x06];
        assert_eq!(of(&lone, "utf-16le"), ("س\u{fffd}ا".into(), 1, "UTF-16LE"));
        assert_eq!(
            of(&lone[..5], "utf-16le").1,
            1,
            "half a pair and half a unit"
        );
    }

    #[test]
    fn decodes_the_pages_of_before() {
        assert_eq!(
            of(b"\xD3\xE1\xC7\xE3\xA1 95", ""),
            ("سلام، 95".into(), 0, "windows-1256")
        );
        assert_eq!(
            of(b"\xD3\xE4\xC7\xE5\xA1\xBF", "iso-8859-6"),
            ("سلام\u{fffd}؟".into(), 1, "ISO-8859-6")
        );
        assert_eq!(
            of(b"\xD3\xE4\xC7\xE5\xA0\xB1", "macarabic"),
            ("سلام ١".into(), 0, "MacArabic")
        );
        assert_eq!(
            of(b"\xD3\x9D\xEF\x9B%", "cp864"),
            ("\u{feb3}\u{fefb}\u{fee1}\u{fffd}٪".into(), 1, "CP864")
        );
    }

    #[test]
    fn obeys_whoever_names_the_encoding() {
        let (text, replaced, name) = of("سلام".as_bytes(), "windows-1256");
        assert_ne!(text, "سلام");
        assert_eq!((replaced, name), (0, "windows-1256"));
        assert_eq!(of(b"\xD3\xE1\xC7\xE3\xA1 95", "utf-8").1, 4);
    }

    #[test]
    fn offers_to_turn_letters_back_and_does_so_when_asked() {
        let stored = "\u{feb3}\u{fefc}\u{fee1} \u{feb3}\u{fefc}\u{fee1}";
        let offered = decode(stored.into(), Reading::default());
        assert_eq!(
            (offered.text.as_str(), offered.written.repaired),
            (stored, false)
        );
        assert_eq!(
            offered.notices,
            [Notice::StoredAsDrawn {
                forms: true,
                visual: false
            }]
        );
        let asked = Reading {
            repair: true,
            ..Reading::default()
        };
        let repaired = decode(stored.into(), asked);
        assert_eq!(
            (repaired.text.as_str(), repaired.written.repaired),
            ("سلام سلام", true)
        );
        assert_eq!(repaired.notices, []);
        let sound = decode("سلام".into(), asked);
        assert!(!sound.written.repaired);
    }

    #[test]
    fn always_turns_dos_letters_back() {
        let reading = Reading {
            encoding: Some(Encoding::Cp864),
            repair: false,
        };
        // سلام عليكم in logical order, one form for two shapes.
        let decoded = decode(b"\xD3\x9E\xEF \xD9\xE4\xEA\xE3\xEF".to_vec(), reading);
        assert_eq!(decoded.text, "سلام عليكم");
        assert!(decoded.written.repaired);
    }

    proptest::proptest! {
        #[test]
        fn loses_nothing_on_the_way_through_utf_16(text in "[ا-ي a-z0-9،.]{1,40}") {
            for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                let marked: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
                proptest::prop_assert_eq!(&of(&marked, "").0, &text);
            }
        }
    }
}
