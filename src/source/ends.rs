//! Where lines end, in bytes of UTF-8: what [`is_line_end`](crate::doc::is_line_end) says of characters, and CR LF as one.
//!
//! Bytes that are no UTF-8 change nothing: the first byte of each of these characters begins a character wherever it stands.

use memchr::{memchr3, memchr3_iter};

/// A line end: the bytes from `start` to `next`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Its first byte.
    pub start: usize,
    /// The first byte of the next line.
    pub next: usize,
    /// Whether it is a form feed.
    pub page: bool,
}

/// The line end whose first byte stands at `at`, if one does.
fn end_at(bytes: &[u8], at: usize) -> Option<End> {
    let length = match *bytes.get(at..)? {
        [b'\r', b'\n', ..] | [0xC2, 0x85, ..] => 2,
        [b'\n' | b'\r' | 0x0B | 0x0C, ..] => 1,
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
        _ => return None,
    };
    Some(End {
        start: at,
        next: at + length,
        page: bytes[at] == 0x0C,
    })
}

/// How many bytes at the end may belong to a line end that goes on in what follows.
#[must_use]
pub fn unsettled(bytes: &[u8]) -> usize {
    match *bytes {
        [.., 0xE2, 0x80] => 2,
        [.., b'\r' | 0xC2 | 0xE2] => 1,
        _ => 0,
    }
}

/// Hands each line end of `bytes` to `each`, in order.
pub fn for_each(bytes: &[u8], mut each: impl FnMut(End)) {
    let plain = memchr3(b'\r', 0x0B, 0x0C, bytes).is_none();
    if plain {
        for at in memchr3_iter(b'\n', 0xC2, 0xE2, bytes) {
            if let Some(end) = end_at(bytes, at) {
                each(end);
            }
        }
        return;
    }
    let mut free = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(byte, b'\n' | b'\r' | 0x0B | 0x0C | 0xC2 | 0xE2)
            && at >= free
            && let Some(end) = end_at(bytes, at)
        {
            free = end.next;
            each(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::is_line_end;

    fn ends(bytes: &[u8]) -> Vec<(usize, usize)> {
        let mut ends = Vec::new();
        for_each(bytes, |end| ends.push((end.start, end.next)));
        ends
    }

    #[test]
    fn knows_every_kind_of_line_end() {
        assert_eq!(ends(b"a\nb\n"), [(1, 2), (3, 4)]);
        assert_eq!(
            ends(b"a\r\nb\r\rc\n\r"),
            [(1, 3), (4, 5), (5, 6), (7, 8), (8, 9)]
        );
        let rare = "a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}";
        assert_eq!(
            ends(rare.as_bytes()),
            [(1, 2), (3, 4), (5, 7), (8, 11), (12, 15)]
        );
        assert_eq!(ends("«قال»\u{a0}…\u{2027}".as_bytes()), []);
        assert_eq!(ends(b"\xE2\x80\n\xC2"), [(2, 3)]);
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_the_characters(text in "[a\n\r\u{b}\u{c}\u{85}\u{2028}\u{2029}«س…]{0,24}") {
            let mut wanted = Vec::new();
            let mut characters = text.char_indices().peekable();
            while let Some((at, c)) = characters.next() {
                if is_line_end(c) {
                    let mut end = at + c.len_utf8();
                    if c == '\r' && characters.next_if_eq(&(end, '\n')).is_some() {
                        end += 1;
                    }
                    wanted.push((at, end));
                }
            }
            proptest::prop_assert_eq!(ends(text.as_bytes()), wanted);
        }

        #[test]
        fn holds_back_what_may_go_on(text in "[a\n\r\u{85}\u{2028}«س…]{0,12}", cut in 0_usize..30) {
            let bytes = text.as_bytes();
            let cut = cut.min(bytes.len());
            let settled = cut - unsettled(&bytes[..cut]);
            let mut found = ends(&bytes[..settled]);
            found.extend(ends(&bytes[settled..]).into_iter().map(|(start, end)| (start + settled, end + settled)));
            proptest::prop_assert_eq!(found, ends(bytes));
        }
    }
}
