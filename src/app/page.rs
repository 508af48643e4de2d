//! The text as a column of rows: the lines of each block and one empty row before what stands apart. Only the blocks that are asked for are
//! laid out, and of a long block only windows of it, so a move or a frame costs what the screen shows, not what the article
//! holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::doc::Anchor;
use crate::layout::{
    Layout, Line, Options, Part, WHOLE, lay_out, lay_out_block, window_end, window_start,
};
use crate::text::Direction;

use super::drawn::{Key, Way};
use super::pane::panes;
use super::reading::Place;
use super::slot::Slot;
use super::state::{App, Settings};

/// A row of the column: a block, and a line of it; the row after its last line is the gap before the next block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Index of the block in the article.
    pub block: usize,
    /// Where the window of the block starts that the line is in, as a byte of the block; 0 in all but long blocks.
    pub window: usize,
    /// Index of the line in the window's layout, or their count for the gap.
    pub line: usize,
}

impl Row {
    const fn key(self) -> Key {
        (self.block, self.window)
    }
}

/// An article at one width.
#[derive(Debug)]
pub struct Column<'a> {
    slot: &'a Slot,
    width: usize,
    settings: &'a Settings,
    layouts: BTreeMap<Key, Arc<Layout>>,
}

impl<'a> Column<'a> {
    /// The column of `slot` for lines of `width` cells.
    #[must_use]
    pub fn new(slot: &'a Slot, width: u16, settings: &'a Settings) -> Self {
        Self {
            slot,
            width: usize::from(width).max(1),
            settings,
            layouts: BTreeMap::new(),
        }
    }

    /// The article.
    #[must_use]
    pub const fn slot(&self) -> &Slot {
        self.slot
    }

    /// The layout of a window of block `index`, made when it is first asked for; its bytes count from the block's start.
    fn layout(&mut self, (index, window): Key) -> &Layout {
        let (slot, width, settings) = (self.slot, self.width, self.settings);
        self.layouts.entry((index, window)).or_insert_with(|| {
            let direction = slot.direction(index, settings.paragraphs);
            let levels = slot.long.levels(slot.start(index), direction);
            let way = Way {
                options: Options {
                    width,
                    direction,
                    // A terminal that puts marks on the wrong letters gets none.
                    tashkeel: settings.drawing.tashkeel && settings.tashkeel_lands,
                    ..settings.drawing.clone()
                },
                side: slot.side(direction, settings.paragraphs),
                resolved: levels.is_some(),
            };
            let side = way.side;
            slot.drawn.get((index, window), way, |options| {
                let Some(block) = slot.blocks().get(index) else {
                    return lay_out("", options);
                };
                let text = slot.text(index);
                let bytes = window..window_end(text, window);
                let part = Part {
                    block,
                    lead: slot.document.lead(block),
                    side,
                    text: text.get(bytes.clone()).unwrap_or_default(),
                    start: window,
                    levels: levels.map(|levels| levels.part(bytes)),
                };
                let mut layout = lay_out_block(&part, options);
                layout.shift(window);
                layout
            })
        })
    }

    /// The index of the last block.
    fn last(&self) -> usize {
        self.slot.blocks().len().saturating_sub(1)
    }

    /// The window after one: of the same block or of the next.
    fn next(&self, (index, window): Key) -> Option<Key> {
        let text = self.slot.text(index);
        let end = window_end(text, window);
        if end < text.len() {
            return Some((index, end));
        }
        (index < self.last()).then_some((index + 1, 0))
    }

    /// The window before one: of the same block or of the one before.
    fn previous(&self, (index, window): Key) -> Option<Key> {
        let (index, last) = match window.checked_sub(1) {
            Some(last) => (index, last),
            None => (index.checked_sub(1)?, usize::MAX),
        };
        Some((index, window_start(self.slot.text(index), last)))
    }

    /// The last row of a window: the gap after its block, or its last line where more of the block follows or nothing at all.
    fn last_line(&mut self, key: Key) -> usize {
        let lines = self.layout(key).lines().len();
        match self.next(key) {
            Some((next, _)) if next > key.0 && self.slot.stands_apart(next) => lines,
            _ => lines.saturating_sub(1),
        }
    }

    /// The last row of a window.
    fn last_row(&mut self, key: Key) -> Row {
        Row {
            block: key.0,
            window: key.1,
            line: self.last_line(key),
        }
    }

    /// The last row of the column.
    pub fn end(&mut self) -> Row {
        let block = self.last();
        self.last_row((block, window_start(self.slot.text(block), usize::MAX)))
    }

    /// The row `count` rows below `row`, or the last one.
    pub fn below(&mut self, row: Row, count: usize) -> Row {
        self.descend(row, count).0
    }

    /// The row `count` rows below `row`, or the last one and how many rows were lacking.
    pub fn descend(&mut self, mut row: Row, mut count: usize) -> (Row, usize) {
        loop {
            let left = self.last_line(row.key()).saturating_sub(row.line);
            if count <= left {
                let line = row.line + count;
                return (Row { line, ..row }, 0);
            }
            count -= left;
            let Some((block, window)) = self.next(row.key()) else {
                return (self.end(), count);
            };
            count -= 1;
            row = Row {
                block,
                window,
                line: 0,
            };
        }
    }

    /// The row `count` rows above `row`, or the first one.
    pub fn above(&mut self, row: Row, count: usize) -> Row {
        self.ascend(row, count).0
    }

    /// The row `count` rows above `row`, or the first one and how many rows were lacking.
    pub fn ascend(&mut self, mut row: Row, mut count: usize) -> (Row, usize) {
        loop {
            if count <= row.line {
                let line = row.line - count;
                return (Row { line, ..row }, 0);
            }
            count -= row.line;
            let Some(key) = self.previous(row.key()) else {
                return (Row::default(), count);
            };
            count -= 1;
            row = self.last_row(key);
        }
    }

    /// How many rows `to` stands below `from`; none where it stands above.
    pub fn rows_between(&mut self, from: Row, to: Row) -> usize {
        let mut rows = 0;
        let mut row = from;
        while row < to {
            row = self.below(row, 1);
            rows += 1;
        }
        rows
    }

    /// The lowest row that may stand at the top of a page of `height` rows: no page is left half empty.
    pub fn lowest_top(&mut self, height: u16) -> Row {
        let end = self.end();
        self.above(end, usize::from(height.max(1)) - 1)
    }

    /// `top`, or the row above it from which a page of `height` rows is full: what [`Self::lowest_top`] allows, without a look at the end.
    fn fill(&mut self, top: Row, height: u16) -> Row {
        let (_, lacking) = self.descend(top, usize::from(height.max(1)) - 1);
        self.above(top, lacking)
    }

    /// The row that shows an anchor.
    pub fn row_of(&mut self, anchor: Anchor) -> Row {
        let block = self.slot.block_at(anchor.paragraph);
        let window = window_start(self.slot.text(block), anchor.byte);
        Row {
            block,
            window,
            line: self.layout((block, window)).line_of(anchor.byte),
        }
    }

    /// The row of a place's top.
    pub fn top_of(&mut self, place: &Place) -> Row {
        let row = self.row_of(place.top);
        if place.gap {
            Row {
                line: self.last_line(row.key()),
                ..row
            }
        } else {
            row
        }
    }

    /// The anchor of a row's first byte, and whether the row is a gap.
    pub fn anchor_of(&mut self, row: Row) -> (Anchor, bool) {
        let paragraph = self.slot.start(row.block);
        let lines = self.layout(row.key()).lines();
        let byte = lines
            .get(row.line)
            .or(lines.last())
            .map_or(0, |line| line.range.start);
        (Anchor { paragraph, byte }, row.line >= lines.len())
    }
}

/// What the reading pane shows now.
#[derive(Debug)]
pub struct Page {
    layouts: BTreeMap<Key, Arc<Layout>>,
    rows: Vec<Row>,
}

impl Page {
    /// Lays out what the reading pane shows now; nothing where no article is open or there is no room.
    #[must_use]
    pub fn of(app: &App) -> Self {
        let text = panes(app).text;
        let mut page = Self {
            layouts: BTreeMap::new(),
            rows: Vec::new(),
        };
        let Some(slot) = app.listing.current() else {
            return page;
        };
        if slot.blocks().is_empty() || text.is_empty() {
            return page;
        }
        let mut column = Column::new(slot, text.width, &app.settings);
        let top = column.top_of(&slot.place);
        let mut row = column.fill(top, text.height);
        for _ in 0..text.height {
            page.rows.push(row);
            let (next, lacking) = column.descend(row, 1);
            if lacking > 0 {
                break;
            }
            row = next;
        }
        page.layouts = column.layouts;
        page
    }

    /// The rows from the top down; fewer than the pane is high only where the whole article is shorter.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The blocks that are shown, in order.
    pub fn blocks(&self) -> impl Iterator<Item = usize> {
        let mut last = None;
        self.rows
            .iter()
            .map(|row| row.block)
            .filter(move |&block| last.replace(block) != Some(block))
    }

    /// The texts that are shown, of long blocks their windows.
    pub fn texts<'a>(&self, slot: &'a Slot) -> impl Iterator<Item = &'a str> {
        let mut last = None;
        self.rows
            .iter()
            .map(|row| row.key())
            .filter(move |&key| last.replace(key) != Some(key))
            .filter_map(|(block, window)| {
                let text = slot.text(block);
                text.get(window..window_end(text, window))
            })
    }

    /// Whether a paragraph is shown that is too long for its levels ever to be found whole.
    #[must_use]
    pub fn is_in_windows(&self, slot: &Slot) -> bool {
        self.blocks()
            .any(|block| slot.text(block).len() > WHOLE || slot.is_piece(block))
    }

    /// The layout and the line of a row; nothing for a gap.
    #[must_use]
    pub fn line(&self, row: Row) -> Option<(&Layout, &Line)> {
        let layout = self.layouts.get(&row.key())?;
        Some((layout, layout.lines().get(row.line)?))
    }

    /// The line of the page's row `index`, from the top.
    #[must_use]
    pub fn line_at(&self, index: usize) -> Option<(Row, &Layout, &Line)> {
        let row = *self.rows.get(index)?;
        let (layout, line) = self.line(row)?;
        Some((row, layout, line))
    }

    /// The column, from the text pane's left edge, at which a line of `width` columns begins.
    #[must_use]
    pub fn indent(layout: &Layout, line: &Line, room: u16) -> u16 {
        match layout.direction {
            Direction::Rtl => room.saturating_sub(u16::try_from(line.width).unwrap_or(room)),
            Direction::Ltr => 0,
        }
    }

    /// The first and the last byte of the article that are shown, as offsets in the document text.
    #[must_use]
    pub fn shown(&self, slot: &Slot) -> (usize, usize) {
        let start = slot.range().start;
        let edge = |row: Option<&Row>, of: fn(&Line) -> usize| {
            let row = *row?;
            let layout = self.layouts.get(&row.key())?;
            let lines = layout.lines();
            Some(slot.start(row.block) + of(lines.get(row.line).or(lines.last())?))
        };
        let first = edge(self.rows.first(), |line| line.range.start).unwrap_or(start);
        let last = edge(self.rows.last(), |line| line.range.end).unwrap_or(start);
        (first, last)
    }
}
