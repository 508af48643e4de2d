//! A text becomes its lines: where each begins and ends, whether it is blank, and whether it may mark anything.
//!
//! A line's range leaves out its line end and the white space before that: neither is drawn. Lines of front matter and of
//! fenced blocks are literal: whatever they look like, they mark no article. A fence that is never closed is no fence.

use std::ops::Range;

use crate::doc::is_line_end;

/// One line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes in the text, without the white space at its end; empty when the line is blank.
    pub range: Range<usize>,
    /// A form feed stands between the line before and this one.
    pub page: bool,
    /// Part of front matter or of a fenced block.
    pub literal: bool,
}

impl Line {
    /// Whether there is nothing to see on it.
    pub fn is_blank(&self) -> bool {
        self.range.is_empty()
    }
}

/// The lines of a text, and how many of them at its start are front matter.
#[derive(Debug)]
pub struct Lines {
    /// All lines in order; a line end at the end of the text opens no further one.
    pub lines: Vec<Line>,
    /// How many lines of front matter there are.
    pub front: usize,
}

impl Lines {
    /// Finds the lines of a text.
    pub fn of(text: &str) -> Self {
        let mut lines = split(text);
        let front = front_matter(text, &lines);
        for line in &mut lines[..front] {
            line.literal = true;
        }
        for fenced in fenced_blocks(text, &lines, front) {
            for line in &mut lines[fenced] {
                line.literal = true;
            }
        }
        Self { lines, front }
    }
}

fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut page) = (0, false);
    let mut ends = text
        .char_indices()
        .filter(|(_, c)| is_line_end(*c))
        .peekable();
    while let Some((end, character)) = ends.next() {
        lines.push(line(text, start..end, page));
        let mut next = end + character.len_utf8();
        if character == '\r' && ends.next_if_eq(&(next, '\n')).is_some() {
            next += 1;
        }
        page = character == '\u{c}';
        start = next;
    }
    if start < text.len() {
        lines.push(line(text, start..text.len(), page));
    }
    lines
}

fn line(text: &str, range: Range<usize>, page: bool) -> Line {
    let content = text.get(range.clone()).unwrap_or_default();
    let seen = if content
        .chars()
        .all(|c| c.is_whitespace() || is_invisible(c))
    {
        0
    } else {
        content.trim_end().len()
    };
    Line {
        range: range.start..range.start + seen,
        page,
        literal: false,
    }
}

/// Characters that draw nothing and are no white space: joiners, bidi controls, a stray byte order mark.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}'
    )
}

/// How many lines at the start are front matter: `---` (or `+++`), a first key, and all up to the closing line.
fn front_matter(text: &str, lines: &[Line]) -> usize {
    let content = |line: &Line| text.get(line.range.clone()).unwrap_or_default();
    let Some((opening, rest)) = lines.split_first() else {
        return 0;
    };
    let (opening, separator) = match content(opening) {
        "---" => ("---", ':'),
        "+++" => ("+++", '='),
        _ => return 0,
    };
    let has_key = rest.first().is_some_and(|line| {
        let first = content(line);
        first.starts_with('#') || first.contains(separator)
    });
    if !has_key {
        return 0;
    }
    rest.iter()
        .position(|line| content(line) == opening || (opening == "---" && content(line) == "..."))
        .map_or(0, |closing| closing + 2)
}

/// A line that opens or closes a fenced block.
struct Fence {
    line: usize,
    mark: char,
    length: usize,
    closes: bool,
}

/// The fenced blocks from line `first` on, their fences included.
fn fenced_blocks(text: &str, lines: &[Line], first: usize) -> Vec<Range<usize>> {
    let fences: Vec<Fence> = lines
        .iter()
        .enumerate()
        .skip(first)
        .filter_map(|(index, line)| fence(text.get(line.range.clone())?, index))
        .collect();
    let closable = longest_closings(&fences);
    let mut blocks = Vec::new();
    let mut open: Option<&Fence> = None;
    for (index, fence) in fences.iter().enumerate() {
        match open {
            Some(opening)
                if fence.closes && fence.mark == opening.mark && fence.length >= opening.length =>
            {
                blocks.push(opening.line..fence.line + 1);
                open = None;
            }
            Some(_) => {}
            None => {
                let [backticks, tildes] = closable[index];
                let longest = if fence.mark == '`' { backticks } else { tildes };
                if longest >= fence.length {
                    open = Some(fence);
                }
            }
        }
    }
    blocks
}

/// For each fence, the longest closing fence of backticks and of tildes that comes after it.
fn longest_closings(fences: &[Fence]) -> Vec<[usize; 2]> {
    let mut longest = [0, 0];
    let mut after: Vec<[usize; 2]> = fences
        .iter()
        .rev()
        .map(|fence| {
            let seen = longest;
            if fence.closes {
                let slot = &mut longest[usize::from(fence.mark == '~')];
                *slot = (*slot).max(fence.length);
            }
            seen
        })
        .collect();
    after.reverse();
    after
}

/// Reads a line as a fence: three or more backticks or tildes; what follows them may only stand on an opening one.
fn fence(content: &str, line: usize) -> Option<Fence> {
    let content = content.trim_start();
    let mark = content.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = content.trim_start_matches(mark);
    let length = content.len() - info.len();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some(Fence {
        line,
        mark,
        length,
        closes: info.is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(text: &str) -> Vec<&str> {
        Lines::of(text)
            .lines
            .iter()
            .map(|line| &text[line.range.clone()])
            .collect()
    }

    fn literal(text: &str) -> Vec<bool> {
        Lines::of(text)
            .lines
            .iter()
            .map(|line| line.literal)
            .collect()
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
    fn remembers_form_feeds() {
        let pages: Vec<bool> = Lines::of("a\u{c}b\nc\n\u{c}\n")
            .lines
            .iter()
            .map(|l| l.page)
            .collect();
        assert_eq!(pages, [false, true, false, false, true]);
    }

    #[test]
    fn knows_front_matter() {
        assert_eq!(Lines::of("---\ntitle: x\n\n# y\n---\ntext").front, 5);
        assert_eq!(Lines::of("+++\ntitle = \"x\"\n+++\ntext").front, 3);
        assert_eq!(Lines::of("---\ntitle: x\n...\n").front, 3);
        assert_eq!(Lines::of("---\ntitle: x\ntext").front, 0, "never closed");
        assert_eq!(
            Lines::of("---\n\ntitle: x\n---\n").front,
            0,
            "a rule, then text"
        );
        assert_eq!(
            Lines::of("text\n---\ntitle: x\n---\n").front,
            0,
            "not at the start"
        );
    }

    #[test]
    fn knows_fenced_blocks() {
        assert_eq!(
            literal("a\n```sh\n# b\n```\nc"),
            [false, true, true, true, false]
        );
        assert_eq!(literal("~~~\n```\n~~~~\nc"), [true, true, true, false]);
        assert_eq!(literal("````\n```\n````"), [true; 3]);
        assert_eq!(literal("```\n~~~\na"), [false; 3], "never closed");
        assert_eq!(
            literal("```x\na\n```y\nb\n```\n"),
            [true; 5],
            "an info string closes nothing"
        );
        assert_eq!(literal("```a```\nb\n```\n"), [false; 3], "code in a line");
    }
}
