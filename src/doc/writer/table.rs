//! A table becomes rows, each a block: `| one cell | another |`. What its columns need is known when it ends.

use std::sync::Arc;

use super::{Open, Writer};
use crate::doc::{BlockKind, Column, Row, Side, Table};
use crate::text::Direction;

/// The table that is being written.
#[derive(Debug)]
pub(super) struct Draft {
    table: Table,
    direction: Option<Direction>,
    /// Its first row among the article's blocks.
    first: usize,
    /// Where the open cell starts in the text.
    cell: Option<usize>,
    /// Tables inside its cells that are open: their cells are its text.
    inner: usize,
}

impl Writer {
    /// Begins a table: the sides on which its columns stand, as far as stated, and its direction.
    pub fn open_table(&mut self, sides: &[Option<Side>], direction: Option<Direction>) {
        if self.table.is_some() {
            self.enter_cell();
            self.table.iter_mut().for_each(|draft| draft.inner += 1);
            return;
        }
        self.end();
        let columns = sides.iter().map(|side| Column {
            side: *side,
            ..Column::default()
        });
        let table = Table {
            columns: columns.collect(),
            ..Table::default()
        };
        let first = self.article_at_hand().1.len();
        self.table = Some(Draft {
            table,
            direction,
            first,
            cell: None,
            inner: 0,
        });
    }

    /// Begins a row; rows before the first that is not part of the head are the head.
    pub fn open_row(&mut self, is_head: bool) {
        self.end_row();
        let Some(draft) = self.table.as_mut().filter(|draft| draft.inner == 0) else {
            self.space();
            return;
        };
        draft.table.head += usize::from(is_head && draft.table.head == draft.table.rows);
        let row = BlockKind::Row(Row {
            table: Arc::default(),
            index: draft.table.rows,
            cells: Vec::new(),
        });
        let gap = (draft.table.rows > 0).then_some(0);
        let direction = draft.direction;
        self.open_block(row, direction, gap);
        self.start();
        self.text.push('|');
    }

    /// Begins what is missing of a row and a cell before text that stands outside them.
    pub(super) fn enter_cell(&mut self) {
        if self
            .table
            .as_ref()
            .is_some_and(|draft| draft.cell.is_none())
        {
            if self.open.is_none() {
                self.open_row(false);
            }
            self.open_cell();
        }
    }

    /// Begins a cell of the open row.
    pub fn open_cell(&mut self) {
        self.end_cell();
        let (Some(draft), Some(open)) = (&mut self.table, &mut self.open) else {
            return;
        };
        if draft.inner > 0 {
            open.space = true;
            return;
        }
        self.text.push(' ');
        draft.cell = Some(self.text.len());
        (open.floor, open.space) = (self.text.len(), false);
    }

    fn end_cell(&mut self) {
        let (Some(draft), Some(open)) = (&mut self.table, &mut self.open) else {
            return;
        };
        let Some(start) = draft.cell.take_if(|_| draft.inner == 0) else {
            return;
        };
        let end = start + self.text[start..].trim_end().len();
        self.text.truncate(end);
        if let Some((_, block)) = &mut open.written
            && let BlockKind::Row(row) = &mut block.kind
        {
            let columns = &mut draft.table.columns;
            if columns.len() <= row.cells.len() {
                columns.push(Column::default());
            }
            columns[row.cells.len()].hold(&self.text[start..end]);
            let from = block.range.start;
            row.cells.push(start - from..end - from);
        }
        open.space = false;
        self.text.push_str(" |");
    }

    /// Ends the open row.
    pub fn end_row(&mut self) {
        self.end_cell();
        let Some(draft) = self.table.as_mut().filter(|draft| draft.inner == 0) else {
            return;
        };
        let has_cells = |open: &Open| {
            let block = open.written.as_ref().map(|(_, block)| &block.kind);
            matches!(block, Some(BlockKind::Row(row)) if !row.cells.is_empty())
        };
        if self.open.as_ref().is_some_and(has_cells) {
            draft.table.rows += 1;
            self.end_block();
        } else if let Some((before, _)) = self.open.take().and_then(|open| open.written) {
            self.text.truncate(before);
        }
    }

    /// Ends the table.
    pub fn end_table(&mut self) {
        self.end_row();
        if let Some(draft) = self.table.as_mut().filter(|draft| draft.inner > 0) {
            draft.inner -= 1;
            self.space();
            return;
        }
        let Some(draft) = self.table.take() else {
            return;
        };
        let table = Arc::new(draft.table);
        for block in &mut self.article_at_hand().1[draft.first..] {
            if let BlockKind::Row(row) = &mut block.kind {
                row.table = Arc::clone(&table);
            }
        }
    }
}
