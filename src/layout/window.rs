//! A paragraph of any size is laid out a window at a time, so that the cost of a screen does not depend on it.

use std::ops::Range;

/// Bytes of a window: paragraphs up to this size are resolved whole.
pub const WINDOW: usize = 64 * 1024;

/// Bytes of the longest paragraph whose levels are found whole, one byte each, when there is time; longer ones stay in windows.
pub const WHOLE: usize = 16 * 1024 * 1024;

/// The windows of a paragraph: each ends after the first space from 64 kB on, so that no word is cut, or at the text's end.
///
/// An empty text has one empty window. Where no space comes within another 64 kB, a window ends between two characters.
pub fn windows(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let end = window_end(text, start);
        next = (end < text.len()).then_some(end);
        Some(start..end)
    })
}

/// Where the window that starts at a byte ends.
#[must_use]
pub fn window_end(text: &str, start: usize) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let Some(beyond) = rest.get(WINDOW..) else {
        return text.len();
    };
    let near = &beyond[..beyond.len().min(WINDOW)];
    if let Some(space) = memchr::memchr(b' ', near) {
        return start + WINDOW + space + 1;
    }
    let end = start + WINDOW + near.len();
    (end..=text.len())
        .find(|byte| text.is_char_boundary(*byte))
        .unwrap_or(text.len())
}

/// Where the window starts that holds a byte; the last one for a byte beyond the text.
#[must_use]
pub fn window_start(text: &str, byte: usize) -> usize {
    let before = windows(text).take_while(|window| window.start <= byte);
    before.last().map_or(0, |window| window.start)
}

#[cfg(test)]
mod tests {
    use super::{WINDOW, window_start, windows};

    #[test]
    fn cuts_at_spaces() {
        let text = "كلمة ".repeat(40_000);
        let all: Vec<_> = windows(&text).collect();
        assert!(all.len() > 4);
        assert_eq!(all.first().map(|window| window.start), Some(0));
        assert_eq!(all.last().map(|window| window.end), Some(text.len()));
        for pair in all.windows(2) {
            assert_eq!(pair[0].end, pair[1].start);
            assert!(text[pair[0].clone()].ends_with(' '));
            assert!((WINDOW..WINDOW + 16).contains(&pair[0].len()));
        }
        for window in &all {
            assert_eq!(window_start(&text, window.start), window.start);
            assert_eq!(window_start(&text, window.end - 1), window.start);
        }
        assert_eq!(
            Some(window_start(&text, usize::MAX)),
            all.last().map(|window| window.start)
        );
    }

    #[test]
    fn copes_without_spaces() {
        let text = "ا".repeat(100_000);
        assert!(windows(&text).all(|window| text.get(window).is_some()));
        assert_eq!(windows("").collect::<Vec<_>>(), vec![0..0]);
        assert_eq!(windows("اب").count(), 1);
    }
}
