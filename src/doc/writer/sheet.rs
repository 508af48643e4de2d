//! A document that is too large to be held is handed out while it is written, sheet by sheet, and nothing is kept of what is gone but
//! where its labels stand.

use std::borrow::Cow;
use std::fmt::Debug;

use super::Writer;
use crate::doc::block::measure_poems;
use crate::doc::{Block, BlockKind, Notice, Written};
use crate::text::Direction;
use crate::text::direction;
use crate::text::visible;

/// How much text a sheet holds, more or less.
const SHEET: usize = 256 << 10;

/// A poem is cut up where it goes on for so long.
const LONGEST_POEM: usize = 1 << 20;

/// A part of a document that is finished while the rest is being written.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its text, which follows that of the sheet before; all ranges below count from its start.
    pub text: String,
    /// Its articles: the title of each, and its blocks. In a link inside the document stands the number of its target.
    pub articles: Vec<(String, Vec<Block>)>,
    /// Whether the first of them began in a sheet before; its title may be another now.
    pub goes_on: bool,
    /// The document's direction.
    pub direction: Option<Direction>,
    /// How its letters were stored.
    pub written: Written,
    /// What there is to say of it that was not said before.
    pub notices: Vec<Notice>,
}

/// Who takes the sheets of a document.
pub trait Outlet: Debug + Send {
    /// Takes the next sheet; says whether any more are wanted.
    fn take(&mut self, sheet: Sheet) -> bool;

    /// Takes the places of the targets, by their numbers, as bytes of the whole text. There are no more sheets then.
    fn end(&mut self, targets: Vec<Option<usize>>);
}

/// What has become of the sheets before.
#[derive(Debug, Default)]
pub(super) struct Handed {
    outlet: Option<Box<dyn Outlet>>,
    /// How long the text may become before it is handed out.
    room: usize,
    /// How many bytes are gone.
    pub(super) bytes: usize,
    /// Whether the first article that is held began before.
    pub(super) goes_on: bool,
    /// Whether nobody wants any more.
    is_over: bool,
}

impl Writer {
    /// Starts a document that is handed out once its text is longer than `held` bytes.
    #[must_use]
    pub fn to_outlet(name: impl Into<String>, held: usize, outlet: Box<dyn Outlet>) -> Self {
        let mut writer = Self::new(name);
        writer.handed.outlet = Some(outlet);
        writer.handed.room = held;
        writer
    }

    /// Whether nobody wants what is written: who reads a long source may end then.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.handed.is_over
    }

    /// Whether the article at hand began in a sheet that is gone.
    pub(super) fn is_continued(&self) -> bool {
        self.handed.goes_on && self.articles.len() == 1
    }

    /// Hands out what is written, if that is enough; what belongs together stays together.
    pub(super) fn hand_out_enough(&mut self) {
        let last = self.articles.last().and_then(|(_, blocks)| blocks.last());
        let in_poem = last.is_some_and(|last| matches!(last.kind, BlockKind::Verse(_)));
        let room = self.handed.room + if in_poem { LONGEST_POEM } else { 0 };
        if self.handed.outlet.is_some() && self.table.is_none() && self.text.len() > room {
            self.hand_out();
        }
    }

    fn hand_out(&mut self) {
        if self.handed.bytes == 0 {
            let found = || direction::of_document(&self.text);
            self.direction = self.direction.or_else(found);
        }
        let text = std::mem::take(&mut self.text);
        let mut articles = std::mem::take(&mut self.articles);
        // What is written next belongs to the last article.
        let last = articles.last().map(|(title, _)| title.clone());
        self.articles.extend(last.map(|title| (title, Vec::new())));
        for (title, blocks) in &mut articles {
            *title = self.shown_title(title).into_owned();
            measure_poems(&text, blocks);
            for block in blocks {
                if let BlockKind::Row(_) = block.kind {
                    block
                        .direction
                        .get_or_insert(self.direction.unwrap_or_default());
                }
            }
        }
        self.handed.bytes += text.len();
        self.handed.room = SHEET;
        let goes_on = std::mem::replace(&mut self.handed.goes_on, true);
        let sheet = Sheet {
            text,
            articles,
            goes_on,
            direction: self.direction,
            written: self.written,
            notices: std::mem::take(&mut self.notices),
        };
        if let Some(outlet) = &mut self.handed.outlet
            && !self.handed.is_over
        {
            self.handed.is_over = !outlet.take(sheet);
        }
    }

    /// Hands out the rest of a document of which sheets are gone; says whether they are.
    pub(super) fn hand_out_rest(&mut self) -> bool {
        if self.handed.bytes == 0 {
            return false;
        }
        self.hand_out();
        let targets = (0..self.spans.targets()).map(|target| {
            let label = self.spans.target(target)?;
            self.labels.get(label).copied()
        });
        let targets = targets.collect();
        if let Some(outlet) = &mut self.handed.outlet {
            outlet.end(targets);
        }
        true
    }

    /// The title that is shown of an article: the document's name where it has none.
    pub(super) fn shown_title<'a>(&'a self, title: &'a str) -> Cow<'a, str> {
        if title.trim().is_empty() {
            visible::name(self.name.rsplit('/').next().unwrap_or_default())
        } else {
            title.into()
        }
    }
}
