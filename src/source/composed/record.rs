//! Blocks become bytes and blocks again, for a file that nobody else reads: numbers of one to ten bytes, lengths before what they count.
//!
//! Tables are shared by their rows, so each is written once, before the first of them.

use std::ops::Range;
use std::sync::Arc;

use crate::doc::{Block, BlockKind, Column, Row, Side, Span, SpanKind, Table, Verse};
use crate::text::Direction;

/// Bytes that are being written.
#[derive(Debug, Default)]
pub struct Record {
    bytes: Vec<u8>,
    /// The tables that were written.
    tables: Vec<Arc<Table>>,
}

impl Record {
    /// The bytes of some blocks.
    pub fn of(blocks: &[Block]) -> Vec<u8> {
        let mut record = Self::default();
        record.number(blocks.len());
        for block in blocks {
            record.block(block);
        }
        record.bytes
    }

    fn number(&mut self, mut number: usize) {
        while number > 0x7f {
            self.bytes.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.bytes.push(number.to_le_bytes()[0]);
    }

    fn range(&mut self, range: &Range<usize>) {
        self.number(range.start);
        self.number(range.len());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.bytes.extend(text.as_bytes());
    }

    fn block(&mut self, block: &Block) {
        self.range(&block.range);
        self.number(block.lead);
        self.bytes.push(block.gap);
        self.bytes.push(match block.direction {
            None => 0,
            Some(Direction::Ltr) => 1,
            Some(Direction::Rtl) => 2,
        });
        self.kind(&block.kind);
        self.number(block.spans.len());
        for span in &block.spans {
            self.span(span);
        }
    }

    fn kind(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Title => self.bytes.push(0),
            BlockKind::Heading(level) => self.bytes.extend([1, *level]),
            BlockKind::Paragraph => self.bytes.push(2),
            BlockKind::Code => self.bytes.push(3),
            BlockKind::Row(row) => {
                self.bytes.push(4);
                self.row(row);
            }
            BlockKind::Verse(verse) => {
                self.bytes.push(5);
                self.range(&verse.between);
                self.number(verse.widest);
            }
            BlockKind::Note => self.bytes.push(6),
            BlockKind::Rule => self.bytes.push(7),
        }
    }

    fn row(&mut self, row: &Row) {
        let mut known = self.tables.iter();
        let known = known.position(|table| Arc::ptr_eq(table, &row.table));
        self.number(known.unwrap_or(self.tables.len()));
        if known.is_none() {
            self.table(&row.table);
        }
        self.number(row.index);
        self.number(row.cells.len());
        for cell in &row.cells {
            self.range(cell);
        }
    }

    fn table(&mut self, table: &Arc<Table>) {
        self.tables.push(Arc::clone(table));
        self.number(table.rows);
        self.number(table.head);
        self.number(table.columns.len());
        for column in &table.columns {
            self.bytes.push(match column.side {
                None => 0,
                Some(Side::Left) => 1,
                Some(Side::Center) => 2,
                Some(Side::Right) => 3,
            });
            self.number(column.widest);
            self.number(column.word);
        }
    }

    fn span(&mut self, span: &Span) {
        self.range(&span.range);
        match &span.kind {
            SpanKind::Code => self.bytes.push(0),
            SpanKind::Link(address) => {
                self.bytes.push(1);
                self.text(address);
            }
            SpanKind::Jump(to) => {
                self.bytes.push(2);
                self.number(*to);
            }
            SpanKind::Away(to) => {
                self.bytes.push(3);
                self.number(*to);
            }
            SpanKind::Image => self.bytes.push(4),
            SpanKind::Page => self.bytes.push(5),
        }
    }
}

/// Bytes that are being read.
#[derive(Debug)]
pub struct Reading<'a> {
    bytes: &'a [u8],
    tables: Vec<Arc<Table>>,
}

impl<'a> Reading<'a> {
    /// The blocks whose bytes these begin with; nothing where they are not such bytes.
    pub fn blocks(bytes: &'a [u8]) -> Option<Vec<Block>> {
        let mut reading = Self {
            bytes,
            tables: Vec::new(),
        };
        reading.many(Self::block)
    }

    fn many<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| one(self)).collect()
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<usize> {
        let (mut number, mut shift) = (0_usize, 0);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
    }

    fn range(&mut self) -> Option<Range<usize>> {
        let start = self.number()?;
        Some(start..start.checked_add(self.number()?)?)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        let (text, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }

    fn block(&mut self) -> Option<Block> {
        Some(Block {
            range: self.range()?,
            lead: self.number()?,
            gap: self.byte()?,
            direction: match self.byte()? {
                0 => None,
                1 => Some(Direction::Ltr),
                _ => Some(Direction::Rtl),
            },
            kind: self.kind()?,
            spans: self.many(Self::span)?,
        })
    }

    fn kind(&mut self) -> Option<BlockKind> {
        Some(match self.byte()? {
            0 => BlockKind::Title,
            1 => BlockKind::Heading(self.byte()?),
            2 => BlockKind::Paragraph,
            3 => BlockKind::Code,
            4 => BlockKind::Row(self.row()?),
            5 => BlockKind::Verse(Verse {
                between: self.range()?,
                widest: self.number()?,
            }),
            6 => BlockKind::Note,
            _ => BlockKind::Rule,
        })
    }

    fn row(&mut self) -> Option<Row> {
        let number = self.number()?;
        if number == self.tables.len() {
            let (rows, head) = (self.number()?, self.number()?);
            let columns = self.many(Self::column)?;
            self.tables.push(Arc::new(Table {
                columns,
                rows,
                head,
            }));
        }
        Some(Row {
            table: Arc::clone(self.tables.get(number)?),
            index: self.number()?,
            cells: self.many(Self::range)?,
        })
    }

    fn column(&mut self) -> Option<Column> {
        Some(Column {
            side: match self.byte()? {
                0 => None,
                1 => Some(Side::Left),
                2 => Some(Side::Center),
                _ => Some(Side::Right),
            },
            widest: self.number()?,
            word: self.number()?,
        })
    }

    fn span(&mut self) -> Option<Span> {
        Some(Span {
            range: self.range()?,
            kind: match self.byte()? {
                0 => SpanKind::Code,
                1 => SpanKind::Link(self.text()?.into()),
                2 => SpanKind::Jump(self.number()?),
                3 => SpanKind::Away(self.number()?),
                4 => SpanKind::Image,
                _ => SpanKind::Page,
            },
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::doc::Writer;

    #[test]
    fn blocks_come_back_as_they_were() {
        let mut page = Writer::new("t");
        page.article("أ");
        page.label("here");
        page.begin(BlockKind::Title, Some(Direction::Rtl));
        page.text("أ");
        page.begin(BlockKind::Heading(3), None);
        page.open_link("https://a.example/");
        page.text("رابط");
        page.close();
        page.text(" و");
        page.open_jump("here");
        page.text("إحالة");
        page.close();
        page.text(" و");
        page.open_code();
        page.text("let a");
        page.close();
        page.image("صورة");
        page.open_table(&[Some(Side::Left), Some(Side::Center)], None);
        for row in ["a", "ب", "ج"] {
            page.open_row(row == "a");
            page.open_cell();
            page.text(row);
            page.open_cell();
        }
        page.end_table();
        page.code("x\ny");
        page.begin_verse(false);
        page.text("صدر");
        page.divide("    ");
        page.text("عجز");
        page.rule();
        page.begin(BlockKind::Note, Some(Direction::Ltr));
        page.text(&"كلمة ".repeat(100_000));
        let document = page.finish().unwrap();
        let mut blocks = document.articles[0].blocks.clone();
        blocks[0].spans.push(Span {
            range: 0..2,
            kind: SpanKind::Page,
        });
        blocks[0].spans.push(Span {
            range: 0..2,
            kind: SpanKind::Away(usize::MAX),
        });
        let bytes = Record::of(&blocks);
        let read = Reading::blocks(&bytes).unwrap();
        assert_eq!(read, blocks);
        let tables = read.iter().filter_map(|block| match &block.kind {
            BlockKind::Row(row) => Some(Arc::as_ptr(&row.table)),
            _ => None,
        });
        let tables: Vec<_> = tables.collect();
        assert_eq!(tables.len(), 3);
        assert!(
            tables.iter().all(|table| *table == tables[0]),
            "shared again"
        );
        assert!(Reading::blocks(&bytes[..bytes.len() / 2]).is_none());
    }
}
