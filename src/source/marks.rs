//! The lines of a plain text become the places where its articles start.
//!
//! An article starts at
//! * a line that stands twice in a row: the title, and the title again as the page's heading (white space folded, at most
//!   [`REPEATED_TITLE`] characters, the first copy at the start of the file or a page or after a blank line, the second
//!   followed by a blank line);
//! * a form feed;
//! * a `# ` heading, when the text has two or more of them;
//! * a lone `***` or `---` between blank lines, when the next line that is not blank is a title: at most [`TITLE`]
//!   characters, and followed by a blank line. The stars stand between the articles and belong to neither.
//!
//! Where two of these meet at one line they are one start. The end of the file is no blank line. A title holds a letter
//! or a digit, so that ornaments are none. Literal lines (see `lines`) mark nothing, and neither do underlines of
//! headings (no blank line before them) or stars between hemistichs.

use super::lines::{Line, Lines};

/// The most characters of a title that is known by standing twice.
const REPEATED_TITLE: usize = 200;

/// The most characters of a title that is known by standing alone.
pub const TITLE: usize = 120;

/// Where an article starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// Its first line that is not blank.
    pub line: usize,
    /// How its title is known.
    pub title: Title,
}

/// How the title of an article is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Title {
    /// It stands on the first line and again on the second.
    Repeated,
    /// It stands on the first line.
    FirstLine,
    /// Nothing says; the first line has to do.
    Unknown,
}

/// What the marks of a text say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The starts, in order.
    pub starts: Vec<Start>,
    /// The lines of stars or dashes that stand between articles.
    pub separators: Vec<usize>,
}

/// Finds where the articles of a text start.
pub fn find(text: &str, lines: &Lines) -> Marks {
    let page = Page {
        text,
        lines: &lines.lines,
    };
    let headings = page
        .lines
        .iter()
        .filter(|line| page.is_heading(line))
        .take(2)
        .count()
        == 2;
    let mut marks = Marks::default();
    let (mut after_form_feed, mut after_separator) = (false, false);
    for (index, line) in page.lines.iter().enumerate() {
        after_form_feed |= line.page && !line.literal;
        let is_second_copy = marks
            .starts
            .last()
            .is_some_and(|start| start.title == Title::Repeated && start.line + 1 == index);
        if line.is_blank() || is_second_copy {
            continue;
        }
        if page.is_separator(index) {
            marks.separators.push(index);
            after_separator = true;
            continue;
        }
        let title = if page.is_repeated_title(index) {
            Some(Title::Repeated)
        } else if after_separator || (headings && page.is_heading(line)) {
            Some(Title::FirstLine)
        } else {
            after_form_feed.then_some(Title::Unknown)
        };
        (after_form_feed, after_separator) = (false, false);
        marks
            .starts
            .extend(title.map(|title| Start { line: index, title }));
    }
    marks
}

/// The lines of a text, to be asked about.
struct Page<'a> {
    text: &'a str,
    lines: &'a [Line],
}

impl<'a> Page<'a> {
    fn content(&self, line: &Line) -> &'a str {
        self.text.get(line.range.clone()).unwrap_or_default()
    }

    fn is_blank(&self, index: usize) -> bool {
        self.lines.get(index).is_some_and(Line::is_blank)
    }

    /// Whether a line could be a title: it means something, and its folded white space leaves at most `most` characters.
    fn is_title(&self, line: &Line, most: usize) -> bool {
        !line.literal
            && is_meaningful(self.content(line))
            && folded(self.content(line)).count() <= most
    }

    fn is_heading(&self, line: &Line) -> bool {
        !line.literal && heading(self.content(line)).is_some()
    }

    fn is_repeated_title(&self, index: usize) -> bool {
        let (line, Some(second)) = (&self.lines[index], self.lines.get(index + 1)) else {
            return false;
        };
        (index == 0 || line.page || self.is_blank(index - 1))
            && !second.page
            && self.is_blank(index + 2)
            && self.is_title(line, REPEATED_TITLE)
            && folded(self.content(line)).eq(folded(self.content(second)))
    }

    fn is_separator(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let alone = matches!(self.content(line).trim(), "***" | "---")
            && !line.literal
            && index
                .checked_sub(1)
                .is_some_and(|before| self.is_blank(before))
            && self.is_blank(index + 1);
        if !alone {
            return false;
        }
        let next = self.lines[index + 1..]
            .iter()
            .position(|line| !line.is_blank());
        next.map(|distance| index + 1 + distance)
            .is_some_and(|title| {
                self.is_title(&self.lines[title], TITLE) && self.is_blank(title + 1)
            })
    }
}

/// What follows the `# ` of a heading.
pub fn heading(content: &str) -> Option<&str> {
    content
        .strip_prefix("# ")
        .filter(|title| is_meaningful(title))
}

/// Whether there is a letter or a digit in it.
pub fn is_meaningful(content: &str) -> bool {
    content.chars().any(char::is_alphanumeric)
}

/// The characters of a line, each run of white space as one space, none at the ends.
pub fn folded(content: &str) -> impl Iterator<Item = char> {
    content
        .split_whitespace()
        .enumerate()
        .flat_map(|(index, word)| (index > 0).then_some(' ').into_iter().chain(word.chars()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first lines of the articles, and the separators.
    fn marks(text: &str) -> (Vec<usize>, Vec<usize>) {
        let marks = find(text, &Lines::of(text));
        (
            marks.starts.iter().map(|start| start.line).collect(),
            marks.separators,
        )
    }

    fn starts(text: &str) -> Vec<usize> {
        marks(text).0
    }

    #[test]
    fn starts_at_a_line_that_stands_twice() {
        assert_eq!(
            starts("عنوان  أول\nعنوان أول \n\nنص\n\nعنوان\r\nعنوان\r\n\r\nنص"),
            [0, 5]
        );
        assert_eq!(
            starts("نص\n\u{a0}\nعنوان\nعنوان\n\u{a0}\nنص"),
            [2],
            "NBSP makes a blank line"
        );
        assert_eq!(
            starts("نص\nعنوان\nعنوان\n\nنص"),
            [0; 0],
            "no blank line before"
        );
        assert_eq!(starts("عنوان\nعنوان\nنص\n"), [0; 0], "no blank line after");
        assert_eq!(starts("عنوان\nعنوان\nعنوان\n\nنص"), [0; 0], "three times");
        assert_eq!(
            starts("نص\n\nلازمة\nلازمة\n"),
            [0; 0],
            "at the end of the file"
        );
        assert_eq!(starts("عنوان\n\nعنوان\n\nنص"), [0; 0], "not in a row");
    }

    #[test]
    fn holds_a_repeated_title_to_200_characters() {
        let text = |length| {
            let title = "ع".repeat(length);
            format!("{title}\n{title}\n\nنص")
        };
        assert_eq!(starts(&text(200)), [0]);
        assert_eq!(starts(&text(201)), [0; 0]);
        let spaced = format!("{}  {}", "ع".repeat(99), "ع".repeat(100));
        assert_eq!(
            starts(&format!("{spaced}\n{spaced}\n\nنص")),
            [0],
            "counted when folded"
        );
    }

    #[test]
    fn takes_no_ornament_for_a_title() {
        assert_eq!(starts("* * *\n* * *\n\nنص"), [0; 0]);
        assert_eq!(starts("نص\n\n***\n\n* * *\n\nنص"), [0; 0]);
        assert_eq!(starts("# ***\n\n# ---\n"), [0; 0]);
    }

    #[test]
    fn starts_at_a_form_feed() {
        assert_eq!(starts("أ\n\u{c}\nب\n\u{c}ج"), [3, 5]);
        assert_eq!(
            starts("\u{c}\u{c}أ\u{c}ب\u{c}\n"),
            [2, 3],
            "none for empty pages"
        );
        assert_eq!(
            starts("نص\n\u{c}عنوان\nعنوان\n\nنص"),
            [2],
            "a title at the start of a page"
        );
    }

    #[test]
    fn starts_at_headings_when_there_are_two() {
        assert_eq!(starts("# أ\nنص\n# ب\n"), [0, 2]);
        assert_eq!(starts("# أ\n\nنص"), [0; 0], "one alone");
        assert_eq!(
            starts("# أ\n## ب\n#ج\n#\n# \n"),
            [0; 0],
            "other levels, no title"
        );
        assert_eq!(
            starts("# أ\n# أ\n\nنص\n\n# ب"),
            [0, 5],
            "a heading that stands twice"
        );
    }

    #[test]
    fn starts_after_a_lone_line_of_stars_or_dashes() {
        assert_eq!(marks("نص\n\n***\n\nعنوان\n\nنص"), (vec![4], vec![2]));
        assert_eq!(
            marks("نص\n\u{a0}\n --- \n\n\nعنوان\n\nنص"),
            (vec![5], vec![2])
        );
        let none = (vec![], vec![]);
        assert_eq!(
            marks("نص\n***\n\nعنوان\n\nنص"),
            none,
            "no blank line before"
        );
        assert_eq!(marks("نص\n\n***\nعنوان\n\nنص"), none, "no blank line after");
        assert_eq!(
            marks("***\n\nعنوان\n\nنص"),
            none,
            "at the start of the file"
        );
        assert_eq!(
            marks("نص\n\n***\n\nعنوان\nنص"),
            none,
            "the title is not alone"
        );
        assert_eq!(marks("نص\n\n***\n\nتوقيع"), none, "nothing after the title");
        assert_eq!(marks("نص\n\n***\n\n"), none, "nothing after the stars");
        assert_eq!(marks("نص\n\n****\n\nعنوان\n\nنص"), none, "four stars");
    }

    #[test]
    fn holds_a_title_after_stars_to_120_characters() {
        let text = |length| format!("نص\n\n***\n\n{}\n\nنص", "ع".repeat(length));
        assert_eq!(starts(&text(120)), [4]);
        assert_eq!(starts(&text(121)), [0; 0]);
    }

    #[test]
    fn starts_once_where_marks_meet() {
        assert_eq!(starts("نص\n\n***\n\n\u{c}# أ\n\nنص\n\n# ب\n"), [5, 9]);
    }

    #[test]
    fn passes_by_what_only_looks_like_a_mark() {
        assert_eq!(starts("---\n# a: b\n# c\n---\nنص"), [0; 0], "front matter");
        assert_eq!(
            starts("نص\n\nعنوان\n---\n\nنص\n\nنص"),
            [0; 0],
            "a heading's underline"
        );
        assert_eq!(
            starts("```\n# أ\n\u{c}\n# ب\n\nت\nت\n\n***\n\nت\n\n```\n"),
            [0; 0],
            "a fenced block"
        );
        assert_eq!(
            starts("صدر *** عجز\n\nصدر\n***\nعجز\n\nصدر *** عجز\n"),
            [0; 0],
            "hemistichs"
        );
    }
}
