//! The tree of a format becomes a document whose text is exactly what is printed of it: `print --order logical --width 0`.
//!
//! A parser tells what it meets, in the order of the text; white space is folded, blank lines, marks of lists and signs of quotes
//! are written here, controls become visible marks, and what holds no text leaves no trace. Labels and the links to them may come
//! in any order.
//!
//! ```
//! use qari::doc::{BlockKind, Writer};
//!
//! let mut page = Writer::new("رحلة.html");
//! page.article("رحلة");
//! page.begin(BlockKind::Title, None);
//! page.text("رحلة");
//! page.end();
//! page.begin(BlockKind::Paragraph, None);
//! page.text("زرت  ");
//! page.open_link("https://example.org");
//! page.text("المدينة");
//! page.close();
//! page.text(".\n");
//! page.end();
//! page.open_list(false);
//! for place in ["السوق", "الميناء"] {
//!     page.open_item("•");
//!     page.begin(BlockKind::Paragraph, None);
//!     page.text(place);
//!     page.end();
//!     page.close_item();
//! }
//! page.close_list();
//! let document = page.finish()?;
//! assert_eq!(&*document.text, "رحلة\n\nزرت المدينة.\n\n• السوق\n• الميناء");
//! # Ok::<(), qari::doc::InvalidDocument>(())
//! ```

mod inline;
mod place;
mod sheet;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use self::inline::Spans;
use self::place::Place;
use self::sheet::Handed;
pub use self::sheet::{Outlet, Sheet};
use self::table::Draft;
use super::{
    Block, BlockKind, Builder, Document, InvalidDocument, Notice, SpanKind, Verse, Written,
};
use crate::text::Direction;
use crate::text::direction;
use crate::text::visible;

/// Spaces before a line of code.
const CODE: &str = "    ";

/// Writes a document, part after part.
#[derive(Debug, Default)]
pub struct Writer {
    name: String,
    text: String,
    direction: Option<Direction>,
    notices: Vec<Notice>,
    written: Written,
    articles: Vec<(String, Vec<Block>)>,
    /// The lists, items and quotes that are open.
    place: Place,
    open: Option<Open>,
    spans: Spans,
    table: Option<Draft>,
    /// Where the blocks start that have labels.
    labels: HashMap<String, usize>,
    /// Labels of the next block.
    waiting: Vec<String>,
    handed: Handed,
    /// Whether links lead to blocks; until then to labels.
    resolved: bool,
}

/// The block that is being written.
#[derive(Debug)]
struct Open {
    kind: BlockKind,
    direction: Option<Direction>,
    /// Blank lines before it, if the place does not say it.
    gap: Option<u8>,
    /// How long the text was before its line, and before itself, once something of it is written.
    written: Option<(usize, Block)>,
    /// White space to write before the next character.
    space: bool,
    /// No white space is written while the text is no longer than this.
    floor: usize,
}

impl Writer {
    /// Starts a document from its name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// States the document's direction; else most of its letters say it.
    pub const fn direction(&mut self, direction: Direction) {
        self.direction = Some(direction);
    }

    /// States how the letters were stored.
    pub const fn written(&mut self, written: Written) {
        self.written = written;
    }

    /// Adds something that the reader should know.
    pub fn notice(&mut self, notice: Notice) {
        self.notices.push(notice);
    }

    /// Begins the next article; an empty title is the document's name until [`Self::title`] says another.
    pub fn article(&mut self, title: &str) {
        self.end_table();
        self.end();
        self.place = Place::default();
        let title = visible::sanitise(title).into_owned();
        self.articles.push((title, Vec::new()));
    }

    /// Says the title of the article at hand.
    pub fn title(&mut self, title: &str) {
        self.article_at_hand().0 = visible::sanitise(title).into_owned();
    }

    /// Begins a block, with the direction that the format states. In a table's cell it is only a space.
    pub fn begin(&mut self, kind: BlockKind, direction: Option<Direction>) {
        self.begin_after(kind, direction, None);
    }

    /// Begins a block on the line right after the one before.
    pub fn begin_close(&mut self, kind: BlockKind, direction: Option<Direction>) {
        self.begin_after(kind, direction, Some(0));
    }

    fn begin_after(&mut self, kind: BlockKind, direction: Option<Direction>, gap: Option<u8>) {
        if self.table.is_some() {
            self.space();
            return;
        }
        self.end();
        self.open_block(kind, direction, gap);
    }

    fn open_block(&mut self, kind: BlockKind, direction: Option<Direction>, gap: Option<u8>) {
        self.open = Some(Open {
            kind,
            direction,
            gap,
            written: None,
            space: false,
            floor: 0,
        });
    }

    /// Adds running text, each stretch of white space as one space; without an open block it begins a paragraph.
    pub fn text(&mut self, text: &str) {
        for c in text.chars() {
            // A no-break space is no white space to a format.
            if c.is_ascii_whitespace() || super::is_line_end(c) {
                self.space();
            } else {
                self.push(c);
            }
        }
    }

    /// White space before the next character.
    fn space(&mut self) {
        if let Some(open) = &mut self.open {
            open.space = true;
        }
    }

    /// Adds one character as it is, after the white space that waits.
    fn push(&mut self, c: char) {
        if self.table.is_some() {
            self.enter_cell();
        }
        self.start();
        if let Some(open) = &mut self.open
            && std::mem::take(&mut open.space)
            && self.text.len() > open.floor
        {
            self.text.push(' ');
        }
        self.text.extend(self.spans.isolates_ahead());
        self.spans.start(self.text.len());
        let tab = c == '\t';
        self.text.push(if c.is_control() && !tab {
            visible::control(c)
        } else {
            c
        });
    }

    /// Writes what comes before the open block, unless that was done.
    fn start(&mut self) {
        if self.open.is_none() {
            self.open_block(BlockKind::Paragraph, None, None);
        }
        if self.articles.is_empty() {
            self.articles.push(Default::default());
        }
        let is_first = !self.is_continued()
            && self
                .articles
                .last()
                .is_none_or(|(_, blocks)| blocks.is_empty());
        let Some(open) = self.open.as_mut().filter(|open| open.written.is_none()) else {
            return;
        };
        let gap = open.gap.unwrap_or_else(|| self.place.gap());
        let before = self.text.len();
        if before + self.handed.bytes > 0 {
            let lines = if is_first { 3 } else { 1 + usize::from(gap) };
            self.text.extend(std::iter::repeat_n('\n', lines));
        }
        let line = self.text.len();
        self.place.write_lead(&mut self.text);
        if open.kind == BlockKind::Code {
            self.text.push_str(CODE);
        }
        let start = self.text.len();
        open.floor = start;
        let mut block = Block::new(open.kind.clone(), start..start);
        (block.lead, block.gap, block.direction) = (start - line, gap, open.direction);
        open.written = Some((before, block));
    }

    /// Ends the open block; one without text leaves no trace.
    pub fn end(&mut self) {
        if self.table.is_some() {
            self.space();
            return;
        }
        self.end_block();
    }

    fn end_block(&mut self) {
        let Some((before, mut block)) = self.open.take().and_then(|open| open.written) else {
            return;
        };
        let start = block.range.start;
        let end = start + self.text[start..].trim_end().len();
        block.spans = self.spans.cut(start..end);
        let is_seen = |c: char| !(c.is_whitespace() || visible::is_bidi_control(c));
        if !self.text[start..end].contains(is_seen) {
            self.text.truncate(before);
            return;
        }
        self.text.truncate(end);
        block.range = start..end;
        if let BlockKind::Verse(verse) = &block.kind
            && (verse.between.is_empty() || verse.between.end >= block.range.len())
        {
            block.kind = BlockKind::Paragraph;
        }
        self.place.mark_written();
        for label in self.waiting.drain(..) {
            let start = self.handed.bytes + start;
            self.labels.entry(label).or_insert(start);
        }
        self.article_at_hand().1.push(block);
        self.hand_out_enough();
    }

    fn article_at_hand(&mut self) -> &mut (String, Vec<Block>) {
        if self.articles.is_empty() {
            self.articles.push(Default::default());
        }
        let last = self.articles.len() - 1;
        &mut self.articles[last]
    }

    /// Goes on with the same block on a new line; in titles and cells it is a space.
    pub fn break_line(&mut self) {
        let Some(open) = &self.open else {
            return;
        };
        if self.table.is_some() || open.kind == BlockKind::Title || open.written.is_none() {
            self.space();
            return;
        }
        let (kind, direction) = (open.kind.clone(), open.direction);
        self.end();
        self.begin_close(kind, direction);
    }

    /// Begins a line of verse: its first hemistich; one of the same poem stands right below the one before.
    pub fn begin_verse(&mut self, is_next: bool) {
        let verse = BlockKind::Verse(Verse::default());
        self.begin_after(verse, None, is_next.then_some(0));
    }

    /// Ends the first hemistich of a line of verse with what divides it from the second: blanks, maybe with stars between them.
    pub fn divide(&mut self, between: &str) {
        let Some(open) = &mut self.open else {
            return;
        };
        if let (BlockKind::Verse(_), Some((_, block))) = (&open.kind, &mut open.written) {
            let at = self.text.len() - block.range.start;
            self.text.push_str(between);
            let between = at..at + between.len();
            block.kind = BlockKind::Verse(Verse { between, widest: 0 });
            open.space = false;
            open.floor = self.text.len();
        }
    }

    /// Adds the lines of a code block. Their blanks stay, those at their ends do not.
    pub fn code(&mut self, code: &str) {
        if self.table.is_some() {
            self.space();
            self.text(code);
            self.space();
            return;
        }
        self.end();
        let mut gap = None;
        for line in code.replace("\r\n", "\n").split(super::is_line_end) {
            if line.trim().is_empty() {
                gap = gap.map(|gap: u8| gap.saturating_add(1));
                continue;
            }
            self.open_block(BlockKind::Code, Some(Direction::Ltr), gap);
            line.trim_end().chars().for_each(|c| self.push(c));
            self.end();
            gap = Some(0);
        }
    }

    /// Adds an ornament between two parts.
    pub fn rule(&mut self) {
        self.begin(BlockKind::Rule, None);
        if self.table.is_none() {
            self.text("* * *");
            self.end();
        }
    }

    /// Names the block at hand, or the next one, for links to it.
    pub fn label(&mut self, label: &str) {
        self.waiting.push(label.to_owned());
    }

    /// Hands the text and the blocks of each article out, to be made more of: a block's place in the text stays.
    pub fn each_article(&mut self, mut each: impl FnMut(&str, &mut [Block])) {
        if self.handed.bytes > 0 {
            // Who takes the sheets does it.
            return;
        }
        self.end_table();
        self.end();
        self.resolve();
        for (_, blocks) in &mut self.articles {
            each(&self.text, blocks);
        }
    }

    /// Finds the blocks that links lead to; links to labels that nothing has are left out.
    fn resolve(&mut self) {
        if std::mem::replace(&mut self.resolved, true) {
            return;
        }
        let blocks = self.articles.iter_mut().flat_map(|(_, blocks)| blocks);
        for block in blocks {
            block.spans.retain_mut(|span| match &mut span.kind {
                SpanKind::Jump(to) => self
                    .spans
                    .target(*to)
                    .and_then(|label| self.labels.get(label))
                    .map(|start| *to = *start)
                    .is_some(),
                _ => true,
            });
        }
    }

    /// Hands out the document: nothing but its name where sheets of it are gone. Links to labels that nothing has are left out.
    ///
    /// # Errors
    /// See [`Builder::build`]; none is to be expected.
    pub fn finish(mut self) -> Result<Document, InvalidDocument> {
        self.end_table();
        self.end();
        if self.hand_out_rest() {
            self.articles.clear();
            self.text.clear();
        }
        self.article_at_hand();
        self.resolve();
        let direction = self
            .direction
            .or_else(|| direction::of_document(&self.text));
        let text: Arc<str> = std::mem::take(&mut self.text).into();
        let mut builder = Builder::new(self.name.clone(), Arc::clone(&text))
            .composed()
            .written(self.written)
            .direction(direction);
        for notice in std::mem::take(&mut self.notices) {
            builder = builder.notice(notice);
        }
        let mut end = 0;
        let base = direction.unwrap_or_default();
        for (title, mut blocks) in std::mem::take(&mut self.articles) {
            for block in &mut blocks {
                if let BlockKind::Row(_) = block.kind {
                    // The rows of a table all run the same way.
                    block.direction.get_or_insert(base);
                }
            }
            let start = blocks.first().map_or(end, |block| block.line().start);
            end = blocks.last().map_or(end, |block| block.range.end);
            let title = self.shown_title(&title).into_owned();
            builder = builder.article(&title, start..end, blocks);
        }
        builder.build()
    }
}
