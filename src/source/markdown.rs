//! Markdown becomes a document: headings, lists, quotes, code, tables, notes, links, pictures' words, front matter, verse.
//!
//! Each heading of level 1 starts an article when there are two or more. Notes stand at the end of their article, numbered as they
//! are met. Raw HTML leaves its text, its line breaks, its pictures' words and the `dir` of what stands around Markdown.

mod front;
mod html;
mod lines;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use self::front::Front;
use self::html::{Piece, Shift};
use self::lines::Inline;
use super::decode::Decoded;
use super::typed;
use crate::doc::{BlockKind, Document, InvalidDocument, Side, Writer};
use crate::text::Direction;

/// The most characters of a first paragraph that serves as a title.
const LONGEST: usize = 120;

/// Whether a source's name is that of a Markdown file.
pub fn is_named(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["md", "markdown", "mkd", "mdown"].contains(&extension.to_ascii_lowercase().as_str())
}

/// How much of a text is looked at to tell whether it is Markdown.
pub const TELLING: usize = 16 << 10;

/// Whether a text is Markdown beyond doubt, whatever it is called: marks of two kinds, of which one is hardly ever anything else.
pub fn is_likely(text: &str) -> bool {
    let mut end = text.len().min(TELLING);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (mut sure, mut heading, mut emphasis, mut points) = (HashSet::new(), false, false, 0);
    for line in text[..end].lines() {
        let trimmed = line.trim();
        let is_rule = |cell: &str| {
            let cell = cell.trim().trim_matches(':');
            cell.len() >= 3 && cell.bytes().all(|byte| byte == b'-')
        };
        let cells = trimmed.trim_matches('|');
        if trimmed.starts_with("```") {
            sure.insert("code");
        } else if trimmed.contains('|') && cells.split('|').all(is_rule) {
            sure.insert("table");
        } else if trimmed.contains("](http") || trimmed.contains("](#") {
            sure.insert("link");
        }
        let level = trimmed.bytes().take_while(|byte| *byte == b'#').count();
        heading |= (1..=6).contains(&level) && trimmed[level..].starts_with(' ');
        emphasis |= trimmed.matches("**").count() >= 2;
        points += usize::from(trimmed.starts_with("* ") || trimmed.starts_with("- "));
    }
    let kinds = sure.len() + usize::from(heading) + usize::from(emphasis) + usize::from(points > 1);
    !sure.is_empty() && kinds > 1
}

/// Parses a decoded text.
pub fn parse(writer: Writer, decoded: Decoded) -> Result<Document, InvalidDocument> {
    let Decoded {
        text,
        written,
        notices,
    } = decoded;
    let mut reading = Reading {
        page: writer,
        parts: has_parts(&text),
        ..Reading::default()
    };
    reading.page.written(written);
    for notice in notices {
        reading.page.notice(notice);
    }
    for event in Parser::new_ext(&text, options()) {
        reading.take(event);
        if reading.page.is_over() {
            break;
        }
    }
    reading.end_article();
    reading.write_byline();
    typed::mark_up_all(&mut reading.page);
    reading.page.finish()
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

/// Whether there are two headings of level 1 or more.
fn has_parts(text: &str) -> bool {
    let mut depth = 0_usize;
    let headings = Parser::new_ext(text, options()).filter(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => depth == 0 && *level == HeadingLevel::H1,
        Event::Start(Tag::BlockQuote(_) | Tag::Item | Tag::FootnoteDefinition(_)) => {
            depth += 1;
            false
        }
        Event::End(TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition) => {
            depth -= 1;
            false
        }
        _ => false,
    });
    headings.take(2).count() == 2
}

/// What is known while events come in.
#[derive(Default)]
struct Reading<'a> {
    page: Writer,
    /// Whether headings of level 1 start articles.
    parts: bool,
    /// How far the title of the article at hand is known.
    title: Title,
    /// The title that front matter gave: the same as a heading is not shown again.
    heading: Option<String>,
    /// Author and date, to be written below the title.
    byline: Option<String>,
    /// The words of a picture that are being gathered, and how many pictures they are in.
    picture: Option<(usize, String)>,
    /// Lists around: the number of the next item of those that are ordered.
    lists: Vec<Option<u64>>,
    /// Quotes and items around.
    depth: usize,
    /// Notes of the article that wait for its end: their labels and what is in them.
    notes: Vec<(String, Vec<Event<'a>>)>,
    /// Whether events belong to the last of these notes.
    in_note: bool,
    /// The numbers of notes, by label.
    numbers: HashMap<String, usize>,
    /// What is gathered until its end comes.
    gathered: Option<Gathered<'a>>,
    /// Where text stands, if not on the line, by raw HTML.
    shift: Option<Shift>,
    /// The directions that raw HTML states around, one for each open element that could.
    directions: Vec<Option<Direction>>,
}

/// How far an article's title is known.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Title {
    #[default]
    Unknown,
    /// Its first paragraph serves until a heading comes.
    Hinted,
    /// A heading or front matter gave it.
    Known,
}

/// What has to be seen whole.
enum Gathered<'a> {
    /// A paragraph or a heading.
    Lines(BlockKind, Option<String>, Vec<Inline<'a>>),
    Code(String),
    Html(String),
    Front(String),
}

impl<'a> Reading<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.notes.push((label.into_string(), Vec::new()));
                self.in_note = true;
            }
            Event::End(TagEnd::FootnoteDefinition) => self.in_note = false,
            event if self.in_note => {
                if let Some((_, events)) = self.notes.last_mut() {
                    events.push(event);
                }
            }
            event => self.read(event),
        }
    }

    fn read(&mut self, event: Event<'a>) {
        match (&mut self.gathered, event) {
            (
                Some(Gathered::Front(text) | Gathered::Code(text) | Gathered::Html(text)),
                Event::Text(more) | Event::Html(more),
            ) => {
                text.push_str(&more);
            }
            (_, Event::Start(tag)) => self.start(tag),
            (_, Event::End(tag)) => self.end(tag),
            (_, Event::Rule) => self.page.rule(),
            (_, event) => self.inline(event),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph => {
                if self.is_in_item() {
                    self.page.loosen();
                }
                self.gather(BlockKind::Paragraph, None);
            }
            Tag::Heading { level, id, .. } => {
                self.gather(BlockKind::Heading(level as u8), id.map(CowStr::into_string));
            }
            Tag::BlockQuote(_) => {
                self.depth += 1;
                self.page.open_quote();
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.gathered = Some(Gathered::Code(String::new()));
            }
            Tag::HtmlBlock => self.gathered = Some(Gathered::Html(String::new())),
            Tag::MetadataBlock(_) => self.gathered = Some(Gathered::Front(String::new())),
            Tag::List(first) => {
                self.lists.push(first);
                self.page.open_list(false);
            }
            Tag::Item => {
                self.depth += 1;
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let mark = format!("{number}.");
                        *number = number.saturating_add(1);
                        mark
                    }
                    _ => "•".to_owned(),
                };
                self.page.open_item(&mark);
            }
            Tag::Table(sides) => {
                let sides: Vec<_> = sides.into_iter().map(side).collect();
                let direction = self.direction();
                self.page.open_table(&sides, direction);
            }
            Tag::TableHead => self.page.open_row(true),
            Tag::TableRow => self.page.open_row(false),
            Tag::TableCell => self.page.open_cell(),
            Tag::Link {
                dest_url,
                link_type,
                ..
            } => {
                let is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.inline_part(Inline::Link(dest_url, is_address));
            }
            Tag::Image { .. } => self.picture.get_or_insert_default().0 += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_) => self.end_gathered(),
            TagEnd::BlockQuote(_) => {
                self.depth -= 1;
                self.page.close_quote();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.page.close_list();
            }
            TagEnd::Item => {
                self.depth -= 1;
                self.page.close_item();
            }
            TagEnd::TableHead | TagEnd::TableRow => self.page.end_row(),
            TagEnd::Table => self.page.end_table(),
            TagEnd::Link => self.inline_part(Inline::EndLink),
            TagEnd::Image => self.end_picture(),
            _ => {}
        }
    }

    /// What stands in a line.
    fn inline(&mut self, event: Event<'a>) {
        let part = match event {
            Event::Text(text) => Inline::Text(match self.shift.and_then(|shift| shift.of(&text)) {
                Some(shifted) => shifted.into(),
                None => text,
            }),
            Event::Code(code) => Inline::Code(code),
            Event::SoftBreak => Inline::SoftBreak,
            Event::HardBreak => Inline::Break,
            Event::FootnoteReference(label) => Inline::Note(self.number(&label), label),
            Event::TaskListMarker(done) => Inline::Text(if done { "[x] " } else { "[ ] " }.into()),
            Event::InlineHtml(tag) => match html::tag(&tag) {
                Piece::Break => Inline::Break,
                Piece::Image(words) => Inline::Picture(words),
                Piece::Shift(shift) => {
                    self.shift = shift;
                    return;
                }
                _ => return,
            },
            _ => return,
        };
        self.inline_part(part);
    }

    fn end_picture(&mut self) {
        if let Some((depth, _)) = &mut self.picture {
            *depth -= 1;
        }
        if let Some((_, words)) = self.picture.take_if(|(depth, _)| *depth == 0) {
            self.inline_part(Inline::Picture(words));
        }
    }

    fn inline_part(&mut self, part: Inline<'a>) {
        if let Some((_, words)) = &mut self.picture {
            words.push_str(lines::words_of(&part));
            return;
        }
        match &mut self.gathered {
            Some(Gathered::Lines(_, _, parts)) => parts.push(part),
            // An item without paragraphs, a cell.
            _ => lines::write_part(&mut self.page, &part),
        }
    }

    fn gather(&mut self, kind: BlockKind, label: Option<String>) {
        self.gathered = Some(Gathered::Lines(kind, label, Vec::new()));
    }

    fn end_gathered(&mut self) {
        self.shift = None;
        match self.gathered.take() {
            Some(Gathered::Lines(kind, label, parts)) => self.write_lines(kind, label, &parts),
            Some(Gathered::Code(code)) => self.page.code(&code),
            Some(Gathered::Html(text)) => self.write_html(&text),
            Some(Gathered::Front(text)) => self.write_front(Front::read(&text)),
            None => {}
        }
    }

    fn write_lines(&mut self, kind: BlockKind, label: Option<String>, parts: &[Inline<'a>]) {
        let words = lines::words(parts);
        if kind == BlockKind::Heading(1) && self.heading.take().is_some_and(|title| title == words)
        {
            return;
        }
        let kind = self.settle(kind, &words);
        if matches!(kind, BlockKind::Title | BlockKind::Heading(_)) {
            self.page
                .label(&label.unwrap_or_else(|| lines::slug(&words)));
        }
        let is_title = kind == BlockKind::Title;
        let direction = self.direction();
        lines::write(&mut self.page, kind, direction, parts);
        if is_title {
            self.write_byline();
        }
    }

    /// What a paragraph or a heading is to its article: it may start one, or be its title.
    fn settle(&mut self, kind: BlockKind, words: &str) -> BlockKind {
        if self.depth > 0 || words.is_empty() {
            return kind;
        }
        match kind {
            BlockKind::Heading(1) if self.parts => {
                self.end_article();
                self.page.article(words);
                self.title = Title::Known;
                BlockKind::Title
            }
            BlockKind::Heading(1) if self.title != Title::Known => {
                self.page.title(words);
                self.title = Title::Known;
                BlockKind::Title
            }
            BlockKind::Paragraph | BlockKind::Heading(_) if self.title == Title::Unknown => {
                self.title = Title::Hinted;
                if words.chars().count() <= LONGEST {
                    self.page.title(words);
                }
                kind
            }
            _ => kind,
        }
    }

    fn write_front(&mut self, front: Front) {
        let title = front.title.filter(|title| !title.is_empty());
        let mut byline = front.byline;
        match title {
            // What heads several articles is the title of none.
            Some(title) if self.parts => byline.insert(0, title),
            Some(title) => {
                self.page.title(&title);
                self.title = Title::Known;
                let direction = self.direction();
                self.page.begin(BlockKind::Title, direction);
                self.page.text(&title);
                self.page.end();
                self.heading = Some(title);
            }
            None => {}
        }
        self.byline = Some(byline.join(" · ")).filter(|line| !line.is_empty());
        if self.title == Title::Known {
            self.write_byline();
        }
    }

    /// Writes author and date, if they wait.
    fn write_byline(&mut self) {
        if let Some(line) = self.byline.take() {
            let direction = self.direction();
            self.page.begin(BlockKind::Paragraph, direction);
            self.page.text(&line);
            self.page.end();
        }
    }

    fn write_html(&mut self, text: &str) {
        for piece in html::pieces(text) {
            match piece {
                Piece::Text(text) => {
                    let shifted = self.shift.and_then(|shift| shift.of(&text));
                    self.page.text(shifted.as_deref().unwrap_or(&text));
                }
                Piece::Shift(shift) => self.shift = shift,
                Piece::Break => self.page.break_line(),
                Piece::Image(words) => self.page.image(&words),
                Piece::Open(direction) => {
                    self.page.end();
                    self.directions.push(direction);
                }
                Piece::Close => {
                    self.page.end();
                    self.directions.pop();
                }
                Piece::Block => self.page.end(),
                Piece::Nothing => {}
            }
        }
        self.shift = None;
        self.page.end();
    }

    /// Writes the notes that wait, below what they belong to.
    fn end_article(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.page.open_list(false);
        for (label, events) in std::mem::take(&mut self.notes) {
            let number = self.number(&label);
            self.page.open_item(&format!("[{number}]"));
            self.page.label(&lines::note(&label));
            let mut is_first = true;
            for event in events {
                self.read(event);
                if let Some(Gathered::Lines(kind, ..)) = &mut self.gathered
                    && std::mem::take(&mut is_first)
                {
                    *kind = BlockKind::Note;
                }
            }
            self.page.close_item();
        }
        self.page.close_list();
    }

    /// The number of a note: they are counted as they are met.
    fn number(&mut self, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(label.to_owned()).or_insert(next)
    }

    fn is_in_item(&self) -> bool {
        !self.lists.is_empty()
    }

    /// The direction that raw HTML around states.
    fn direction(&self) -> Option<Direction> {
        self.directions
            .iter()
            .rev()
            .find_map(|direction| *direction)
    }
}

fn side(alignment: Alignment) -> Option<Side> {
    match alignment {
        Alignment::None => None,
        Alignment::Left => Some(Side::Left),
        Alignment::Center => Some(Side::Center),
        Alignment::Right => Some(Side::Right),
    }
}
