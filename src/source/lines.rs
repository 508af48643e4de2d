//! A text becomes its lines: where each begins and ends.
//!
//! A line's range leaves out its line end and the white space before that: neither is drawn. What opens and closes the literal
//! parts of a text, front matter and fenced blocks, is told here too.

use std::ops::Range;

use super::ends;

/// The lines of a text in order, each without the white space at its end; empty where nothing on it shows. A line end at the end
/// of the text opens no further line.
pub fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut starts = vec![0];
    let mut stops = Vec::new();
    ends::for_each(text.as_bytes(), |end| {
        stops.push(end.start);
        starts.push(end.next);
    });
    stops.push(text.len());
    let last = starts.len() - 1;
    let ends_open = starts[last] < text.len();
    let whole = if ends_open { last + 1 } else { last };
    let ranges = starts.into_iter().zip(stops).take(whole);
    ranges.map(|(start, end)| {
        let content = text.get(start..end).unwrap_or_default();
        let seen = if content.chars().all(is_blank_character) {
            0
        } else {
            content.trim_end().len()
        };
        start..start + seen
    })
}

/// White space, and characters that draw nothing: joiners, bidi controls, a stray byte order mark.
pub fn is_blank_character(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}'
        )
}

/// What opens and closes front matter, when these are the first two lines of a text: `---` (or `+++`), and a first key.
pub fn front_opening(first: &str, second: &str) -> Option<&'static str> {
    let (opening, separator) = match first {
        "---" => ("---", ':'),
        "+++" => ("+++", '='),
        _ => return None,
    };
    (second.starts_with('#') || second.contains(separator)).then_some(opening)
}

/// Whether a line ends the front matter that `opening` began.
pub fn closes_front(line: &str, opening: &str) -> bool {
    line == opening || (opening == "---" && line == "...")
}

/// How many of a text's first lines are front matter: from the opening to the closing line.
pub fn front_matter<'a>(lines: impl IntoIterator<Item = &'a str>) -> usize {
    let mut lines = lines.into_iter();
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
        return 0;
    };
    let Some(opening) = front_opening(first, second) else {
        return 0;
    };
    std::iter::once(second)
        .chain(lines)
        .position(|line| closes_front(line, opening))
        .map_or(0, |closing| closing + 2)
}

/// A line that opens or closes a fenced block.
pub struct Fence {
    /// What it is made of: a backtick or a tilde.
    pub mark: char,
    /// How many of them.
    pub length: usize,
    /// Whether it may close a block: nothing follows the marks.
    pub closes: bool,
}

/// Reads a line as a fence: three or more backticks or tildes; what follows them may only stand on an opening one.
pub fn fence(content: &str) -> Option<Fence> {
    let content = content.trim_start();
    let mark = content.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = content.trim_start_matches(mark);
    let length = content.len() - info.len();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some(Fence {
        mark,
        length,
        closes: info.is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(text: &str) -> Vec<&str> {
        lines(text).map(|line| &text[line]).collect()
    }

    #[test]
    fn splits_at_every_kind_of_line_end() {
        assert_eq!(
            contents("a\nb\r\nc\rd\u{b}e\u{c}f\u{85}g\u{2028}h\u{2029}i"),
            ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
        );
        assert_eq!(contents("a\n\r\n\nb\n"), ["a", "", "", "b"]);
        assert!(contents("").is_empty());
    }

    #[test]
    fn leaves_white_space_out_at_the_end_only() {
        assert_eq!(contents("  سلام \u{a0}\t\r\nb"), ["  سلام", "b"]);
    }

    #[test]
    fn calls_a_line_blank_when_nothing_on_it_shows() {
        assert_eq!(
            contents(" \u{a0}\n\u{200f}\n\u{feff} \u{200c}\nـ"),
            ["", "", "", "ـ"]
        );
    }

    #[test]
    fn knows_front_matter() {
        let front = |text| front_matter(contents(text));
        assert_eq!(front("---\ntitle: x\n\n# y\n---\ntext"), 5);
        assert_eq!(front("+++\ntitle = \"x\"\n+++\ntext"), 3);
        assert_eq!(front("---\ntitle: x\n...\n"), 3);
        assert_eq!(front("---\ntitle: x\ntext"), 0, "never closed");
        assert_eq!(front("---\n\ntitle: x\n---\n"), 0, "a rule, then text");
        assert_eq!(front("text\n---\ntitle: x\n---\n"), 0, "not at the start");
    }

    #[test]
    fn knows_fences() {
        let read = |line| fence(line).map(|fence| (fence.mark, fence.length, fence.closes));
        assert_eq!(read("```"), Some(('`', 3, true)));
        assert_eq!(read("  ~~~~ sh"), Some(('~', 4, false)));
        assert_eq!(read("```a```"), None, "code in a line");
        assert_eq!(read("``"), None);
    }
}
