//! What a page says of its own encoding: a `meta` element near its start, or the declaration of XML.

use encoding_rs::{ISO_8859_6, UTF_8, WINDOWS_1252, WINDOWS_1256};

use crate::source::Reading;
use crate::source::decode::{self, Characters};
use crate::source::encoding::{Encoding, detect};

/// How far into a page its encoding is looked for; the standard says 1024 bytes, pages say it later.
const LOOKED_AT: usize = 8 << 10;

/// The characters of a page: in the encoding that the reader names, the one that a byte order mark or the page itself states, or
/// the one that its bytes seem to be in.
pub fn characters(bytes: Vec<u8>, reading: Reading) -> Characters {
    let asked = reading.encoding.or_else(|| {
        if encoding_rs::Encoding::for_bom(&bytes).is_some() {
            return None;
        }
        stated(&bytes).filter(|&stated| is_likely(stated, &bytes))
    });
    decode::characters(bytes, asked)
}

/// The encoding that a page states.
fn stated(bytes: &[u8]) -> Option<Encoding> {
    let start: String = bytes[..bytes.len().min(LOOKED_AT)]
        .iter()
        .map(|&byte| char::from(byte).to_ascii_lowercase())
        .collect();
    let declared = start
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .and_then(|(declaration, _)| value(declaration, "encoding"));
    let meta = || {
        start
            .split("<meta")
            .skip(1)
            .find_map(|meta| value(meta.split_once('>')?.0, "charset"))
    };
    let encoding = Encoding::named(declared.or_else(meta)?)?;
    // A page whose statement could be read as ASCII is not in UTF-16, whatever it states.
    Some(if encoding.is_wide() {
        Encoding::UTF_8
    } else {
        encoding
    })
}

/// What follows `name=` in a tag, in quotes or without.
fn value<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(name)?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| matches!(c, '"' | '\'' | ';' | '/') || c.is_whitespace());
    Some(&value[..end.unwrap_or(value.len())]).filter(|value| !value.is_empty())
}

/// Whether the bytes can be what the page states. Servers and editors state Western Europe's encoding without being asked.
fn is_likely(stated: Encoding, bytes: &[u8]) -> bool {
    if stated == Encoding::Standard(WINDOWS_1252) {
        let arabic = [WINDOWS_1256, ISO_8859_6].map(Encoding::Standard);
        return !arabic.contains(&detect(bytes));
    }
    // Text that only happens to be sound UTF-8 is very rare.
    stated == Encoding::Standard(UTF_8) || bytes.is_ascii() || std::str::from_utf8(bytes).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoding(page: &[u8]) -> &'static str {
        characters(page.to_vec(), Reading::default())
            .encoding
            .name()
    }

    fn page(head: &str, body: &[u8]) -> Vec<u8> {
        [head.as_bytes(), b"<body><p>", body].concat()
    }

    /// سلام عليكم in windows-1256.
    const WORDS: &[u8] = b"\xD3\xE1\xC7\xE3 \xDA\xE1\xED\xDF\xE3";

    #[test]
    fn believes_what_a_page_states() {
        for head in [
            "<meta charset=windows-1256>",
            "<META http-equiv=\"Content-Type\" content=\"text/html; charset=Windows-1256\">",
            "<?xml version='1.0' encoding='windows-1256'?><html>",
            "<html><head><title>x</title><meta charset = 'cp1256' /></head>",
        ] {
            assert_eq!(encoding(&page(head, WORDS)), "windows-1256", "{head}");
        }
        let latin = page(
            "<meta charset=iso-8859-1>",
            b"caf\xE9 \xE0 la carte, d\xE9j\xE0 vu",
        );
        assert_eq!(encoding(&latin), "windows-1252");
    }

    #[test]
    fn knows_better_than_some_pages() {
        assert_eq!(
            encoding(&page("<meta charset=iso-8859-1>", WORDS)),
            "windows-1256"
        );
        assert_eq!(
            encoding(&page("<meta charset=utf-16>", "سلام".as_bytes())),
            "UTF-8"
        );
        assert_eq!(
            encoding(&page("<meta charset=windows-1256>", "سلام".as_bytes())),
            "UTF-8"
        );
        assert_eq!(encoding(&page("<meta name=x>", WORDS)), "windows-1256");
    }

    #[test]
    fn obeys_the_reader() {
        let reading = Reading {
            encoding: Encoding::named("iso-8859-6"),
            repair: false,
        };
        let characters = characters(page("<meta charset=windows-1256>", WORDS), reading);
        assert_eq!(characters.encoding.name(), "ISO-8859-6");
    }
}
