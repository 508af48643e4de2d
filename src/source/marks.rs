//! Bytes become the places where the articles of a plain text start, while they stream by: the whole text need not be at hand.
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
//! Where two of these meet at one line they are one start. What stands before the first mark is an article of its own; front
//! matter joins the first article instead. The end of the file is no blank line. A title holds a letter or a digit, so that
//! ornaments are none. Lines of front matter and of fenced blocks are literal: whatever they look like, they mark nothing.
//! Nothing longer than [`HEAD`] bytes is a title, a heading or a fence.
//!
//! Two rules look to the end of the text: a fence or front matter that is never closed is none, and one heading alone is none.
//! A fence is taken for closed until the end proves it wrong; then the text is read once more from there, and the closing
//! fences that came by say which others are closed. Marks after a lone heading are held back until there is a second.

use std::collections::VecDeque;

use super::ends;
use super::lines::{Fence, closes_front, fence, front_opening, is_blank_character};
use crate::doc::{Mark, Title};

/// The most characters of a title that is known by standing twice.
const REPEATED_TITLE: usize = 200;
/// The most characters of a title that is known by standing alone.
pub const TITLE: usize = 120;
/// The most bytes of a line that says something about articles.
pub const HEAD: usize = 1024;

/// The marks of a text that is at hand whole.
pub fn marks(text: &[u8]) -> Vec<Mark> {
    let mut scan = Scan::from(0);
    let mut from = 0;
    loop {
        scan.feed(&text[from..], true);
        match scan.finish() {
            Some(again) => from = again,
            None => return scan.take(),
        }
    }
}

/// A line, as far as marks are known by it.
#[derive(Clone, Debug, Default)]
struct Line {
    start: usize,
    /// Its first bytes, at most [`HEAD`].
    head: Vec<u8>,
    /// Whether there is more of it.
    long: bool,
    /// Whether there is something to see on it.
    seen: bool,
    /// The bytes at the end of a line without anything to see so far that may begin a character.
    cut: Vec<u8>,
    /// A form feed stands before it.
    page: bool,
}

impl Line {
    fn reset(&mut self, start: usize, page: bool) {
        self.start = start;
        self.page = page;
        self.long = false;
        self.seen = false;
        self.head.clear();
        self.cut.clear();
    }

    fn extend(&mut self, bytes: &[u8]) {
        let room = HEAD - self.head.len();
        self.long |= bytes.len() > room;
        self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if self.seen {
            return;
        }
        // The first letter of an Arabic or a Latin line says it at once.
        let says_it = matches!(bytes, [b'!'..=b'~' | 0xD9..=0xDB, ..] | [0xD8, 0xA0..=0xBF, ..]);
        if self.cut.is_empty() && says_it {
            self.seen = true;
            return;
        }
        for piece in bytes.chunks(64) {
            if !self.seen {
                self.look(piece);
            }
        }
    }

    /// Looks for something to see.
    fn look(&mut self, bytes: &[u8]) {
        self.cut.extend_from_slice(bytes);
        let mut kept = 0;
        let mut chunks = self.cut.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.seen |= !chunk.valid().chars().all(is_blank_character);
            let rest = chunk.invalid();
            let may_go_on = |error: std::str::Utf8Error| error.error_len().is_none();
            if chunks.peek().is_none() && std::str::from_utf8(rest).is_err_and(may_go_on) {
                kept = rest.len();
            } else {
                self.seen |= !rest.is_empty();
            }
        }
        let settled = self.cut.len() - kept;
        self.cut.drain(..settled);
    }

    /// What is left over at the line's end is no character.
    fn close(&mut self) {
        self.seen |= !self.cut.is_empty();
    }

    fn is_blank(&self) -> bool {
        !self.seen
    }

    /// What stands on it, where it is short enough to say something.
    fn content(&self) -> Option<std::borrow::Cow<'_, str>> {
        (self.seen && !self.long).then(|| String::from_utf8_lossy(&self.head))
    }

    /// Whether it could be a title: it means something, and its folded white space leaves at most `most` characters.
    fn is_title(&self, most: usize) -> bool {
        self.content()
            .is_some_and(|content| is_meaningful(&content) && folded(&content).count() <= most)
    }

    fn is_heading(&self) -> bool {
        self.head.starts_with(b"# ")
            && self
                .content()
                .is_some_and(|content| heading(content.trim_end()).is_some())
    }

    /// Whether it holds three stars or dashes and nothing else.
    fn is_stars(&self) -> bool {
        self.may_begin_with(b"*-")
            && self
                .content()
                .is_some_and(|content| matches!(content.trim(), "***" | "---"))
    }

    fn fence(&self) -> Option<Fence> {
        if !self.may_begin_with(b"`~") {
            return None;
        }
        fence(self.content()?.trim_end())
    }

    /// Whether one of these bytes may stand first after white space; what is not ASCII may be white space.
    fn may_begin_with(&self, bytes: &[u8]) -> bool {
        let mut head = self.head.iter();
        head.find(|byte| !byte.is_ascii_whitespace())
            .is_some_and(|first| bytes.contains(first) || matches!(first, 0xC2 | 0xE1..=0xE3))
    }

    /// The opening line of front matter, if this line at the start of a text is one.
    fn opens_front(&self, next: Option<&Self>) -> Option<&'static str> {
        front_opening(self.content()?.trim_end(), next?.content()?.trim_end())
    }
}

/// Where the text is literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Literal {
    No,
    Front(&'static str),
    Fenced { mark: char, length: usize },
}

/// What is remembered from line to line; small, so that a fence can keep what was before it.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own about the lines before.
struct State {
    literal: Literal,
    /// Nothing has been read yet.
    at_start: bool,
    /// The line before was blank.
    after_blank: bool,
    /// The next line is a title's second copy.
    second_copy: bool,
    after_form_feed: bool,
    /// The line of stars that the next text decides about, and whether a form feed stood before it.
    stars: Option<(usize, bool)>,
    /// Where front matter starts, until the first article does.
    front: Option<usize>,
    /// Whether the first article has started.
    begun: bool,
    headings: usize,
}

/// Where a fence was opened that may turn out to be none.
#[derive(Clone, Copy, Debug)]
struct Opened {
    start: usize,
    page: bool,
    before: State,
}

/// The closing fences that came by: where each stands and how long it is, of each mark only those that no later one outdoes.
#[derive(Clone, Debug, Default)]
struct Closings([Vec<(usize, usize)>; 2]);

impl Closings {
    fn add(&mut self, start: usize, fence: &Fence) {
        let stack = &mut self.0[usize::from(fence.mark == '~')];
        while stack
            .last()
            .is_some_and(|(_, length)| *length <= fence.length)
        {
            stack.pop();
        }
        stack.push((start, fence.length));
    }

    /// Whether a fence at `start` is closed further down.
    fn close(&self, start: usize, fence: &Fence) -> bool {
        let stack = &self.0[usize::from(fence.mark == '~')];
        let after = stack.partition_point(|(at, _)| *at <= start);
        stack
            .get(after)
            .is_some_and(|(_, length)| *length >= fence.length)
    }
}

/// The scan of one text. A copy of it made before its end goes on where the text does.
#[derive(Clone, Debug)]
pub struct Scan {
    /// The lines that the oldest of them needs to be judged, and no more.
    lines: VecDeque<Line>,
    /// The line that is being read.
    current: Line,
    spare: Vec<Line>,
    /// Where the next byte stands.
    offset: usize,
    state: State,
    opened: Option<Opened>,
    closings: Closings,
    /// Whether all closing fences are known.
    closings_known: bool,
    /// Whether front matter may still be found.
    front_allowed: bool,
    /// The first heading's mark if there are more headings, and if there are none.
    heading: Option<(Mark, Option<Mark>)>,
    /// Marks that wait for a second heading.
    held: Vec<Mark>,
    /// The marks at a fence that may turn out to be none.
    fenced: Vec<Mark>,
    ready: Vec<Mark>,
}

impl Scan {
    /// A scan of the text that begins at byte `offset` of its source.
    pub fn from(offset: usize) -> Self {
        let mut scan = Self {
            lines: VecDeque::with_capacity(4),
            current: Line::default(),
            spare: Vec::new(),
            offset,
            state: State {
                literal: Literal::No,
                at_start: true,
                after_blank: false,
                second_copy: false,
                after_form_feed: false,
                stars: None,
                front: None,
                begun: false,
                headings: 0,
            },
            opened: None,
            closings: Closings::default(),
            closings_known: false,
            front_allowed: true,
            heading: None,
            held: Vec::new(),
            fenced: Vec::new(),
            ready: Vec::new(),
        };
        scan.current.start = offset;
        scan
    }

    /// Takes the next bytes; returns how many it has used. The rest, two bytes at most, is to be given again with what follows.
    /// `last` says that nothing follows.
    pub fn feed(&mut self, bytes: &[u8], last: bool) -> usize {
        let used = if last {
            bytes.len()
        } else {
            bytes.len() - ends::unsettled(bytes)
        };
        let bytes = &bytes[..used];
        let base = self.offset;
        let mut from = 0;
        ends::for_each(bytes, |end| {
            self.current.extend(&bytes[from..end.start]);
            from = end.next;
            self.end_line(base + end.next, end.page);
        });
        self.current.extend(&bytes[from..]);
        self.offset = base + used;
        used
    }

    /// Takes the end of the text; returns the byte from which it must be fed once more, if it must.
    pub fn finish(&mut self) -> Option<usize> {
        if self.current.start < self.offset {
            self.end_line(self.offset, false);
        }
        while !self.lines.is_empty() {
            self.judge_oldest();
        }
        if matches!(self.state.literal, Literal::Front(_)) {
            let start = self.state.front.unwrap_or(0);
            *self = Self {
                front_allowed: false,
                ..Self::from(start)
            };
            return Some(start);
        }
        if let Some(opened) = self.opened.take() {
            self.closings_known = true;
            self.fenced.clear();
            self.state = opened.before;
            self.current.reset(opened.start, opened.page);
            self.offset = opened.start;
            return Some(opened.start);
        }
        if let Some((stars, form_feed)) = self.state.stars.take()
            && (form_feed || !self.state.begun)
        {
            self.start(stars, Title::Unknown, false);
        }
        if let Some(front) = self.state.front.filter(|_| !self.state.begun) {
            self.push(Mark::new(front, Title::Unknown, false));
        }
        if let Some((_, alone)) = self.heading.take() {
            self.ready.extend(alone);
            self.ready.append(&mut self.held);
        }
        None
    }

    /// The byte before which no more marks will be found.
    pub fn settled(&self) -> usize {
        let oldest = self.lines.front().unwrap_or(&self.current).start;
        let state = &self.state;
        let waiting = [
            state.stars.map(|(stars, _)| stars),
            state.front.filter(|_| !state.begun),
            self.opened.map(|opened| opened.start),
            self.heading.map(|(mark, _)| mark.offset()),
        ];
        waiting.into_iter().flatten().fold(oldest, usize::min)
    }

    /// Hands out the marks that are certain and have not been handed out, in order.
    pub fn take(&mut self) -> Vec<Mark> {
        std::mem::take(&mut self.ready)
    }

    fn end_line(&mut self, next: usize, page: bool) {
        self.current.close();
        let mut fresh = self.spare.pop().unwrap_or_default();
        fresh.reset(next, page);
        self.lines
            .push_back(std::mem::replace(&mut self.current, fresh));
        if self.lines.len() == 3 {
            self.judge_oldest();
        }
    }

    fn judge_oldest(&mut self) {
        if let Some(line) = self.lines.pop_front() {
            let (next, after) = (self.lines.pop_front(), self.lines.pop_front());
            self.judge(&line, next.as_ref(), after.as_ref());
            self.lines.extend(next);
            self.lines.extend(after);
            self.spare.push(line);
        }
    }

    fn judge(&mut self, line: &Line, next: Option<&Line>, after: Option<&Line>) {
        let before = self.state;
        let literal = self.is_literal(line, next);
        self.state.at_start = false;
        self.state.after_blank = line.is_blank();
        self.state.second_copy = false;
        self.state.after_form_feed |= line.page && !literal;
        let heading = !literal && line.is_heading();
        if heading {
            self.state.headings += 1;
        }
        if !line.is_blank() && !before.second_copy {
            self.judge_text(line, (next, after), before, literal, heading);
        }
        if heading && self.state.headings == 2 {
            self.release();
        }
    }

    /// Judges a line with something on it.
    fn judge_text(
        &mut self,
        line: &Line,
        (next, after): (Option<&Line>, Option<&Line>),
        before: State,
        literal: bool,
        heading: bool,
    ) {
        let is_blank = |line: Option<&Line>| line.is_some_and(Line::is_blank);
        let mut separated = false;
        if let Some((stars, form_feed)) = self.state.stars.take() {
            separated = !literal && is_blank(next) && line.is_title(TITLE);
            if separated {
                self.state.after_form_feed |= form_feed;
            } else if form_feed || !self.state.begun {
                self.start(stars, Title::Unknown, false);
            }
        }
        let alone = !before.at_start && before.after_blank && is_blank(next);
        if !literal && alone && line.is_stars() {
            self.state.stars = Some((line.start, std::mem::take(&mut self.state.after_form_feed)));
            return;
        }
        let may_repeat = before.at_start || line.page || before.after_blank;
        let repeated = !literal
            && may_repeat
            && is_blank(after)
            && next.is_some_and(|second| !second.page && is_repeated(line, second));
        let form_feed = std::mem::take(&mut self.state.after_form_feed);
        let title = if repeated {
            self.state.second_copy = true;
            Some(Title::Repeated)
        } else if separated {
            Some(Title::FirstLine)
        } else {
            (form_feed || !self.state.begun).then_some(Title::Unknown)
        };
        let is_front = |state: State| matches!(state.literal, Literal::Front(_));
        if is_front(before) || is_front(self.state) {
            self.state.front.get_or_insert(line.start);
            return;
        }
        self.start_with(line.start, title, separated, heading);
    }

    /// An article that starts here, whatever follows.
    fn start(&mut self, start: usize, title: Title, separated: bool) {
        self.start_with(start, Some(title), separated, false);
    }

    /// An article that may start here: at a heading it depends on whether there are others.
    fn start_with(&mut self, start: usize, title: Option<Title>, separated: bool, heading: bool) {
        let start = if self.state.begun {
            start
        } else {
            self.state.front.take().unwrap_or(start)
        };
        self.state.begun = true;
        let mark = |title| Mark::new(start, title, separated);
        if !heading || matches!(title, Some(Title::Repeated | Title::FirstLine)) {
            if let Some(title) = title {
                self.push(mark(title));
            }
        } else if self.state.headings == 1 {
            self.heading = Some((mark(Title::FirstLine), title.map(mark)));
        } else {
            self.release();
            self.push(mark(Title::FirstLine));
        }
    }

    fn push(&mut self, mark: Mark) {
        if self.opened.is_some() {
            self.fenced.push(mark);
        } else if self.heading.is_some() {
            self.held.push(mark);
        } else {
            self.ready.push(mark);
        }
    }

    /// There are two headings: the first is a mark, and nothing need wait any longer.
    fn release(&mut self) {
        if let Some((mark, _)) = self.heading.take() {
            self.ready.push(mark);
            self.ready.append(&mut self.held);
        }
    }

    /// Whether a line is literal; opens and closes what makes lines so.
    fn is_literal(&mut self, line: &Line, next: Option<&Line>) -> bool {
        match self.state.literal {
            Literal::Front(opening) => {
                let content = line.content();
                let content = content.as_deref().map_or("", str::trim_end);
                if closes_front(content, opening) {
                    self.state.literal = Literal::No;
                }
                true
            }
            Literal::Fenced { mark, length } => {
                let closing = line.fence().filter(|fence| fence.closes);
                match closing {
                    Some(fence) if fence.mark == mark && fence.length >= length => {
                        self.state.literal = Literal::No;
                        self.opened = None;
                        for mark in std::mem::take(&mut self.fenced) {
                            self.push(mark);
                        }
                        if !self.closings_known {
                            self.closings = Closings::default();
                        }
                    }
                    Some(fence) if !self.closings_known => self.closings.add(line.start, &fence),
                    _ => {}
                }
                true
            }
            Literal::No => self.opens(line, next),
        }
    }

    /// Whether front matter or a fenced block begins with this line.
    fn opens(&mut self, line: &Line, next: Option<&Line>) -> bool {
        if self.state.at_start
            && self.front_allowed
            && let Some(opening) = line.opens_front(next)
        {
            self.state.literal = Literal::Front(opening);
            return true;
        }
        let Some(fence) = line.fence() else {
            return false;
        };
        if self.closings_known && !self.closings.close(line.start, &fence) {
            return false;
        }
        if !self.closings_known {
            self.opened = Some(Opened {
                start: line.start,
                page: line.page,
                before: self.state,
            });
        }
        self.state.literal = Literal::Fenced {
            mark: fence.mark,
            length: fence.length,
        };
        true
    }
}

/// Whether two lines are a title and the same title again.
fn is_repeated(line: &Line, second: &Line) -> bool {
    let (Some(one), Some(other)) = (line.content(), second.content()) else {
        return false;
    };
    folded(&one).eq(folded(&other)) && line.is_title(REPEATED_TITLE)
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
    use crate::source::lines::lines;

    /// The lines that are marked, and the lines of stars before them. What merely stands before the first mark is left out.
    fn marks(text: &str) -> (Vec<usize>, Vec<usize>) {
        let lines: Vec<_> = lines(text).collect();
        let line_of = |mark: &Mark| lines.iter().position(|line| line.start == mark.offset());
        let is_marked =
            |mark: &Mark| mark.title() != Title::Unknown || text[..mark.offset()].contains('\u{c}');
        let mut marks = super::marks(text.as_bytes());
        marks.retain(is_marked);
        let stars = |start: usize| (0..start).rfind(|line| !lines[*line].is_empty());
        let separated = marks.iter().filter(|mark| mark.is_separated());
        (
            marks.iter().filter_map(line_of).collect(),
            separated.filter_map(line_of).filter_map(stars).collect(),
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
        let fenced =
            |open: &str, close: &str| starts(&format!("أ\n{open}\n\u{c}ب\n{close}\n\u{c}ت"));
        assert_eq!(fenced("```sh", "```"), [6]);
        assert_eq!(fenced("~~~\n```", "~~~~"), [7]);
        assert_eq!(fenced("````", "```"), [3, 6], "never closed");
        assert_eq!(
            fenced("```", "```y"),
            [3, 6],
            "an info string closes nothing"
        );
        assert_eq!(
            fenced("~~~~\n```", "```"),
            [7],
            "a fence after one that is none"
        );
        assert_eq!(
            starts("صدر *** عجز\n\nصدر\n***\nعجز\n\nصدر *** عجز\n"),
            [0; 0],
            "hemistichs"
        );
    }

    /// The marks of bytes that come in pieces of `size`.
    fn streamed(bytes: &[u8], size: usize) -> Vec<Mark> {
        let mut scan = Scan::from(0);
        let (mut from, mut to) = (0, 0);
        let mut found = Vec::new();
        loop {
            to = (to + size).min(bytes.len());
            let last = to == bytes.len();
            from += scan.feed(&bytes[from..to], last);
            found.extend(scan.take());
            if !last {
                continue;
            }
            let Some(again) = scan.finish() else {
                found.extend(scan.take());
                return found;
            };
            (from, to) = (again, again);
        }
    }

    proptest::proptest! {
        #[test]
        fn finds_the_same_in_pieces(
            lines in proptest::collection::vec("(# |\u{c})?[ab]?|\\*\\*\\*|---|~~~|```x?|a:|\u{a0}|«…»", 0..30),
            end in "\n|\r\n|\r|\u{85}|\u{2028}",
            size in 1_usize..9,
        ) {
            let text = lines.join(&end);
            let whole = super::marks(text.as_bytes());
            proptest::prop_assert_eq!(streamed(text.as_bytes(), size), whole);
        }

        #[test]
        fn survives_any_bytes(bytes in proptest::collection::vec(proptest::sample::select(&b"a#* \n\r\x0c\xE2\x80\xA8\xC2\x85\xD8`-"[..]), 0..60), size in 1_usize..9) {
            proptest::prop_assert_eq!(streamed(&bytes, size), super::marks(&bytes));
        }
    }
}
