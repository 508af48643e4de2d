//! Bytes become the document text: UTF-8, with or without a byte order mark.
//!
//! The mark is taken off and nothing else is changed, but for bytes that are no UTF-8: each maximal subpart of an
//! ill-formed sequence becomes one U+FFFD (Unicode 17, section 3.9, the practice of the Encoding Standard).

/// A byte order mark in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A text and how much of it had to be replaced.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The document text.
    pub text: String,
    /// How many invalid sequences became U+FFFD.
    pub replaced: usize,
}

/// Decodes a whole source.
pub fn decode(mut bytes: Vec<u8>) -> Decoded {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, replaced: 0 },
        Err(error) => replace(error.as_bytes()),
    }
}

fn replace(bytes: &[u8]) -> Decoded {
    let mut decoded = Decoded {
        text: String::with_capacity(bytes.len()),
        replaced: 0,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, usize) {
        let Decoded { text, replaced } = decode(bytes.to_vec());
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
}
