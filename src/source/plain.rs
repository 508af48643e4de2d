//! A plain text becomes a document: its marks cut it into articles, and each line that is not blank is one paragraph.
//!
//! Everything is kept as it was typed; left out are only the white space around a line's end, the first copy of a title that
//! stands twice, and the stars between articles. What stands before the first mark is an article of its own (front matter joins
//! the first article instead).
//!
//! The title of an article without one of its own is its first line with a letter or digit in it, when that is short
//! enough for a title; otherwise the file's name or, where a file holds several articles or the text has no name, the
//! line's first words.

use std::borrow::Cow;
use std::ops::Range;

use super::STANDARD_INPUT;
use super::decode::Decoded;
use super::lines::{front_matter, lines};
use super::marks;
use super::typed;
use crate::doc::{Block, BlockKind, Builder, Document, InvalidDocument, Mark, Title};
use crate::text::{direction, visible};

/// The most characters of a title that is cut out of a longer line.
const OPENING_WORDS: usize = 60;

/// Parses a decoded text.
pub fn parse(name: &str, decoded: Decoded) -> Result<Document, InvalidDocument> {
    let Decoded {
        text,
        written,
        notices,
    } = decoded;
    let marks = marks::marks(text.as_bytes());
    let fallback = (marks.len() == 1 && name != STANDARD_INPUT).then(|| file_name(name));
    let mut articles = Vec::with_capacity(marks.len());
    for (index, mark) in marks.iter().enumerate() {
        let next = marks.get(index + 1);
        let end = next.map_or(text.len(), |next| next.offset());
        let part = Part {
            text: &text,
            range: mark.offset()..end,
            cuts: Vec::new(),
            opens: Some(*mark),
            is_first: index == 0,
            separated: next.is_some_and(|next| next.is_separated()),
        };
        articles.push(part.article(fallback.as_deref()));
    }
    if articles.is_empty() {
        articles.push((file_name(name).into_owned(), 0..0, Vec::new()));
    }
    let direction = direction::of_document(&text);
    let mut builder = Builder::new(name, text)
        .direction(direction)
        .written(written);
    for notice in notices {
        builder = builder.notice(notice);
    }
    for (title, range, blocks) in articles {
        builder = builder.article(&title, range, blocks);
    }
    builder.build()
}

/// What a text holds of one article: all of it, or some of its lines.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The text.
    pub text: &'a str,
    /// Whole lines of it.
    pub range: Range<usize>,
    /// Where lines are cut that are too long to be held whole.
    pub cuts: Vec<usize>,
    /// The article's mark, where the part begins with it.
    pub opens: Option<Mark>,
    /// Whether the article is the first one of its source, which may have front matter.
    pub is_first: bool,
    /// Whether the last line with something on it stands between this article and the next.
    pub separated: bool,
}

impl Part<'_> {
    fn content(&self, line: &Range<usize>) -> &str {
        self.text.get(line.clone()).unwrap_or_default()
    }

    /// The lines in their places in the text.
    fn lines(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut start = self.range.start;
        for end in self.cuts.iter().copied().chain([self.range.end]) {
            let text = self.text.get(start..end).unwrap_or_default();
            found.extend(lines(text).map(|line| line.start + start..line.end + start));
            start = end.max(start);
        }
        found
    }

    /// The article's title, its range and its blocks. Without a title of its own it gets `fallback` or its first words.
    pub fn article(&self, fallback: Option<&str>) -> (String, Range<usize>, Vec<Block>) {
        let mut lines = self.lines();
        let front = if self.is_first {
            front_matter(lines.iter().map(|line| self.content(line)))
        } else {
            0
        };
        let is_text = |line: &Range<usize>| !line.is_empty();
        if self.separated
            && let Some(stars) = lines.iter().rposition(is_text)
        {
            lines.truncate(stars);
        }
        if front > 0
            && self.opens.is_some_and(Mark::is_separated)
            && let Some(stars) = lines.iter().skip(front).position(is_text)
        {
            lines.remove(front + stars);
        }
        let (shown, title_line) = match self.opens {
            Some(mark) => self.title(&lines, front, mark.title(), fallback),
            None => (String::new(), None),
        };
        let is_repeated = self
            .opens
            .is_some_and(|mark| mark.title() == Title::Repeated);
        let folded = |line: usize| marks::folded(self.content(&lines[line]));
        let copy = title_line
            .filter(|_| is_repeated)
            .and_then(|line| Some((line, line.checked_sub(1)?)))
            .filter(|(line, first)| folded(*line).eq(folded(*first)))
            .map(|(_, first)| first);
        let mut blocks = Vec::new();
        let mut range: Option<Range<usize>> = None;
        for (index, line) in lines.into_iter().enumerate() {
            if line.is_empty() {
                continue;
            }
            let place = line;
            let whole = range.get_or_insert_with(|| place.clone());
            whole.end = place.end;
            if copy == Some(index) {
                continue;
            }
            let kind = if title_line == Some(index) {
                BlockKind::Title
            } else {
                BlockKind::Paragraph
            };
            blocks.push(Block::new(kind, place));
        }
        typed::mark_up(self.text, &mut blocks);
        let nothing = self.range.start..self.range.start;
        (shown, range.unwrap_or(nothing), blocks)
    }

    /// The title to show, and the line that it stands on.
    fn title(
        &self,
        lines: &[Range<usize>],
        front: usize,
        title: Title,
        fallback: Option<&str>,
    ) -> (String, Option<usize>) {
        let mut body = lines.iter().enumerate().skip(front);
        let Some((index, line)) = body.find(|(_, line)| marks::is_meaningful(self.content(line)))
        else {
            // Without a letter or a digit: an ornament.
            let first = lines.first().map_or("", |line| self.content(line));
            let title = fallback.map_or_else(|| opening_words(first), str::to_owned);
            return (title, None);
        };
        let content = self.content(line);
        let content = marks::heading(content).unwrap_or(content);
        match title {
            Title::Repeated if index + 1 < lines.len() => (content.to_owned(), Some(index + 1)),
            Title::Repeated | Title::FirstLine => (content.to_owned(), Some(index)),
            Title::Unknown if marks::folded(content).count() <= marks::TITLE => {
                (content.to_owned(), Some(index))
            }
            Title::Unknown => (
                fallback.map_or_else(|| opening_words(content), str::to_owned),
                None,
            ),
        }
    }
}

/// As many words from the start of a line as make a title, with `…` for the rest.
fn opening_words(content: &str) -> String {
    let mut words = String::new();
    for word in content.split_whitespace() {
        if !words.is_empty() {
            if words.chars().count() + 1 + word.chars().count() > OPENING_WORDS {
                words.push('…');
                break;
            }
            words.push(' ');
        }
        words.extend(word.chars().take(OPENING_WORDS));
    }
    words
}

/// The last part of a source's name, as a title.
fn file_name(name: &str) -> Cow<'_, str> {
    let last = name.trim_end_matches('/').rsplit('/').next();
    visible::name(last.unwrap_or(name))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::doc::Notice;

    fn document(text: &str) -> Document {
        let decoded = Decoded {
            text: text.to_owned(),
            ..Decoded::default()
        };
        parse("دفتر/كتاب.txt", decoded).unwrap()
    }

    /// Title, range and blocks of each article; a title block is in brackets.
    fn articles(text: &str) -> Vec<String> {
        let document = document(text);
        let block = |block: &Block| match block.kind {
            BlockKind::Title => format!("[{}]", document.block_text(block)),
            _ => document.block_text(block).to_owned(),
        };
        document
            .articles
            .iter()
            .map(|article| {
                let blocks: Vec<String> = article.blocks.iter().map(block).collect();
                format!("{}: {}", article.title, blocks.join(" | "))
            })
            .collect()
    }

    #[test]
    fn makes_one_article_of_an_unmarked_text() {
        assert_eq!(
            articles("عنوان\n\nنص أول \r\nنص ثان"),
            ["عنوان: [عنوان] | نص أول | نص ثان"]
        );
        assert_eq!(articles("***\n\nعنوان\n"), ["عنوان: *** | [عنوان]"]);
        assert_eq!(articles("# عنوان\n\nنص"), ["عنوان: [# عنوان] | نص"]);
    }

    #[test]
    fn takes_the_name_when_the_first_line_is_too_long() {
        let (title, text) = ("ع".repeat(120), "ع".repeat(121));
        assert_eq!(articles(&title), [format!("{title}: [{title}]")]);
        assert_eq!(articles(&text), [format!("كتاب.txt: {text}")]);
        assert_eq!(articles("* * *"), ["كتاب.txt: * * *"]);
    }

    #[test]
    fn makes_an_article_of_nothing() {
        assert_eq!(articles(""), ["كتاب.txt: "]);
        assert_eq!(articles("\n \u{a0}\r\n\u{c}\n"), ["كتاب.txt: "]);
        assert_eq!(document("\n\n").articles[0].range, 0..0);
    }

    #[test]
    fn shows_a_repeated_title_once() {
        let text = "\n عنوان  أول\n عنوان أول\n\nنص\n\nثان\nثان\n\nنص\n";
        assert_eq!(
            articles(text),
            ["عنوان أول: [ عنوان أول] | نص", "ثان: [ثان] | نص"]
        );
        let document = document(text);
        let first = document.articles[0].range.clone();
        assert_eq!(&document.text[first], " عنوان  أول\n عنوان أول\n\nنص");
    }

    #[test]
    fn keeps_the_blanks_before_a_first_line() {
        assert_eq!(
            articles("\n  نص أول\n  نص ثان"),
            ["نص أول: [  نص أول] |   نص ثان"]
        );
        assert_eq!(articles("  # عنوان\n\nنص"), ["# عنوان: [  # عنوان] | نص"]);
    }

    #[test]
    fn prints_headings_as_typed() {
        assert_eq!(articles("# أ\nب\n# ج\n"), ["أ: [# أ] | ب", "ج: [# ج]"]);
    }

    #[test]
    fn leaves_the_stars_between_articles_out() {
        assert_eq!(
            articles("أ\n\nب\n\n***\n\nج\n\nد"),
            ["أ: [أ] | ب", "ج: [ج] | د"]
        );
    }

    #[test]
    fn makes_an_article_of_what_stands_before_the_first_mark() {
        assert_eq!(
            articles("مقدمة\n# أ\n# ب"),
            ["مقدمة: [مقدمة]", "أ: [# أ]", "ب: [# ب]"]
        );
        let long = "كلمة ".repeat(30);
        let long = long.trim();
        let title = format!("{}…", "كلمة ".repeat(12).trim());
        assert_eq!(
            articles(&format!("{long}\n\u{c}ب")),
            [format!("{title}: {long}"), "ب: [ب]".into()]
        );
    }

    #[test]
    fn gives_front_matter_to_the_first_article() {
        assert_eq!(
            articles("---\na: b\n---\n\nعنوان\n\nنص"),
            ["عنوان: --- | a: b | --- | [عنوان] | نص"]
        );
        assert_eq!(
            articles("---\na: b\n---\n\n# أ\n\n# ب"),
            ["أ: --- | a: b | --- | [# أ]", "ب: [# ب]"]
        );
        assert_eq!(
            articles("---\na: b\n---\n\nأ\nأ\n\nنص"),
            ["أ: --- | a: b | --- | [أ] | نص"]
        );
        assert_eq!(
            articles("---\na: b\n---\nمقدمة\n# أ\n# ب"),
            ["مقدمة: --- | a: b | --- | [مقدمة]", "أ: [# أ]", "ب: [# ب]"]
        );
    }

    #[test]
    fn passes_notices_on() {
        let decoded = Decoded {
            text: "\u{fffd}".into(),
            notices: vec![Notice::InvalidBytes { count: 1 }],
            ..Decoded::default()
        };
        let document = parse("-", decoded).unwrap();
        assert_eq!(document.notices, [Notice::InvalidBytes { count: 1 }]);
    }

    #[test]
    fn gives_unnamed_text_its_first_words() {
        let decoded = Decoded {
            text: "كلمة ".repeat(60),
            ..Decoded::default()
        };
        assert!(
            parse("-", decoded).unwrap().articles[0]
                .title
                .ends_with("كلمة…")
        );
    }

    proptest::proptest! {
        #[test]
        fn loses_and_doubles_no_line(lines in proptest::collection::vec("(# )?[ab]?|\\*\\*\\*|---|```|\u{c}|a:", 0..24)) {
            let text = lines.join("\n");
            let document = document(&text);
            let shown: String = document
                .articles
                .iter()
                .flat_map(|article| &article.blocks)
                .map(|block| document.block_text(block))
                .collect();
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let repeated = find_repeated(&text);
            proptest::prop_assert_eq!(letters(&shown).len() + repeated, letters(&text).len());
        }
    }

    /// How many letters stand in titles that are shown once instead of twice.
    fn find_repeated(text: &str) -> usize {
        let lines: Vec<_> = lines(text).collect();
        let marks = marks::marks(text.as_bytes());
        let repeated = marks.iter().filter(|mark| mark.title() == Title::Repeated);
        repeated
            .filter_map(|mark| {
                // Front matter may stand before the title.
                let front = front_matter(lines.iter().map(|line| &text[line.clone()]));
                let start = lines.iter().position(|line| line.start == mark.offset())?;
                let is_title =
                    |line: &&std::ops::Range<usize>| marks::is_meaningful(&text[(*line).clone()]);
                lines[start.max(front)..].iter().find(is_title)
            })
            .map(|line| {
                text[line.clone()]
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .count()
            })
            .sum()
    }
}
