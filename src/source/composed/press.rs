//! Sheets of a document become lots: their text goes to the one file, their blocks to the other.
//!
//! A paragraph of more than [`LONGEST`] bytes is cut at a space into pieces, each a paragraph then, as in plain texts.

use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Weak};

use super::record::Record;
use super::{Composed, End, Files, HEAD, Lot};
use crate::doc::{Block, BlockKind, Outlet, Sheet, Span, SpanKind};
use crate::source::{Problem, typed};

/// How much text a lot holds, more or less.
const LOT: usize = 64 << 10;

/// The most bytes of a paragraph that is kept whole, and of a piece of one that is not.
const LONGEST: usize = 1 << 20;
const PIECE: usize = 256 << 10;

/// Takes the sheets of a document, as long as anybody wants to read it.
#[derive(Debug)]
pub struct Press {
    composed: Weak<Composed>,
    /// The record of the article at hand, and its title.
    article: Option<(usize, String)>,
}

impl Press {
    /// Nothing has been taken yet.
    pub fn for_document(composed: &Arc<Composed>) -> Self {
        Self {
            composed: Arc::downgrade(composed),
            article: None,
        }
    }

    fn write(&mut self, composed: &Composed, sheet: Sheet) -> io::Result<()> {
        let (files, text, records) = {
            let mut state = composed.state();
            if state.files.is_none() {
                (state.written, state.direction) = (sheet.written, sheet.direction);
            }
            let files = match &state.files {
                Some(files) => Arc::clone(files),
                None => Arc::new(Files {
                    text: tempfile::tempfile()?,
                    records: tempfile::tempfile()?,
                }),
            };
            (files, state.text, state.records)
        };
        let mut lots = Lots {
            text,
            records,
            bytes: Vec::new(),
            made: Vec::new(),
            firsts: Vec::new(),
        };
        for (index, (title, mut blocks)) in sheet.articles.into_iter().enumerate() {
            mark_up(&sheet.text, &mut blocks, text);
            let goes_on = index == 0 && sheet.goes_on;
            self.take_article(&title, blocks, goes_on, &sheet.text, &mut lots, &files)?;
        }
        write_at(&files.text, sheet.text.as_bytes(), text)?;
        write_at(&files.records, &lots.bytes, records)?;
        let mut state = composed.state();
        let count = state.lots.len();
        let number = |first: usize| u32::try_from(count + first).map_err(io::Error::other);
        let firsts: Vec<u32> = lots
            .firsts
            .into_iter()
            .map(number)
            .collect::<Result<_, _>>()?;
        state.firsts.extend(firsts);
        state.lots.extend(lots.made);
        state.text += sheet.text.len();
        state.records += lots.bytes.len();
        state.notices.extend(sheet.notices);
        state.files = Some(files);
        Ok(())
    }

    fn take_article(
        &mut self,
        title: &str,
        blocks: Vec<Block>,
        goes_on: bool,
        text: &str,
        lots: &mut Lots,
        files: &Files,
    ) -> io::Result<()> {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        match &mut self.article {
            Some((record, known)) if goes_on => {
                if *known != title {
                    let at = lots.title(&title);
                    write_at(&files.records, &at.to_le_bytes(), *record)?;
                    *known = title;
                }
            }
            // What holds no letter is nothing to open.
            _ if blocks.is_empty() => return Ok(()),
            _ => {
                let at = lots.title(&title);
                lots.firsts.push(lots.made.len());
                self.article = Some((lots.end(), title));
                lots.add(at, blocks, text);
                return Ok(());
            }
        }
        lots.add(0, blocks, text);
        Ok(())
    }
}

impl Outlet for Press {
    fn take(&mut self, sheet: Sheet) -> bool {
        let Some(composed) = self.composed.upgrade() else {
            return false;
        };
        let written = self.write(&composed, sheet);
        let went_well = written.is_ok();
        if let Err(error) = written {
            composed.state().end = Some(End::Failed(Some(Problem::Io(error))));
        }
        composed.changed.notify_all();
        went_well
    }

    fn end(&mut self, targets: Vec<Option<usize>>) {
        if let Some(composed) = self.composed.upgrade() {
            composed.state().targets = targets;
        }
    }
}

/// Marks what typists mean in the blocks of a sheet that stands at a byte of the text. Links of theirs lead to bytes of the sheet,
/// where those of the writer have the numbers of their targets.
fn mark_up(text: &str, blocks: &mut [Block], at: usize) {
    turn(blocks, 0);
    typed::mark_up_written(text, blocks);
    turn(blocks, at);
}

/// Makes numbers of targets what no link of a sheet is, and back, and bytes of the sheet bytes of the text.
fn turn(blocks: &mut [Block], at: usize) {
    for span in blocks.iter_mut().flat_map(|block| &mut block.spans) {
        span.kind = match &span.kind {
            SpanKind::Jump(to) => SpanKind::Away(at + to),
            SpanKind::Away(target) => SpanKind::Jump(*target),
            _ => continue,
        };
    }
}

fn write_at(file: &std::fs::File, bytes: &[u8], at: usize) -> io::Result<()> {
    FileExt::write_all_at(file, bytes, u64::try_from(at).unwrap_or(u64::MAX))
}

/// The lots of a sheet.
struct Lots {
    /// Where the text of the sheet stands in the whole text, and its records among all records.
    text: usize,
    records: usize,
    bytes: Vec<u8>,
    made: Vec<Lot>,
    firsts: Vec<usize>,
}

impl Lots {
    /// Where the next record will stand.
    const fn end(&self) -> usize {
        self.records + self.bytes.len()
    }

    /// Writes a title, and says where.
    fn title(&mut self, title: &str) -> usize {
        let at = self.end();
        self.bytes.extend(title.len().to_le_bytes());
        self.bytes.extend(title.as_bytes());
        at
    }

    /// Adds the blocks of an article, whose title stands there, if it begins here.
    fn add(&mut self, title: usize, blocks: Vec<Block>, text: &str) {
        let mut title = title;
        let mut lot: Vec<Block> = Vec::new();
        for block in blocks {
            for piece in pieces(block, text) {
                let start = lot.first().map(|block| block.line().start);
                if start.is_some_and(|start| piece.range.end - start > LOT) {
                    self.close(std::mem::take(&mut title), &mut lot);
                }
                lot.push(piece);
            }
        }
        self.close(title, &mut lot);
    }

    fn close(&mut self, title: usize, blocks: &mut Vec<Block>) {
        let Some(start) = blocks.first().map(|block| block.line().start) else {
            return;
        };
        for block in blocks.iter_mut() {
            block.range = block.range.start - start..block.range.end - start;
        }
        self.made.push(Lot {
            text: self.text + start,
            record: self.end(),
        });
        self.bytes.extend(title.to_le_bytes());
        self.bytes.extend(Record::of(blocks));
        blocks.clear();
    }
}

const _: () = assert!(HEAD == size_of::<usize>());

/// A block, in pieces if it is too long and may be cut.
fn pieces(block: Block, text: &str) -> Vec<Block> {
    let may_be_cut = !matches!(block.kind, BlockKind::Row(_) | BlockKind::Verse(_));
    if block.range.len() <= LONGEST || !may_be_cut {
        return vec![block];
    }
    let mut pieces = Vec::new();
    let mut start = block.range.start;
    while start < block.range.end {
        let end = cut(text, start, block.range.end);
        let within = start - block.range.start..end - block.range.start;
        let is_first = start == block.range.start;
        pieces.push(Block {
            kind: block.kind.clone(),
            range: start..end,
            lead: if is_first { block.lead } else { 0 },
            gap: if is_first { block.gap } else { 0 },
            direction: block.direction,
            spans: spans(&block.spans, &within),
        });
        start = end;
    }
    pieces
}

/// Where a piece that begins at a byte ends: after a space.
fn cut(text: &str, start: usize, end: usize) -> usize {
    let mut least = start + PIECE;
    if end < least + PIECE {
        return end;
    }
    while !text.is_char_boundary(least) {
        least += 1;
    }
    let space = text[least..end].find(' ').map(|space| least + space + 1);
    space
        .filter(|space| *space < end)
        .unwrap_or(if end - least > LONGEST { least } else { end })
}

/// The spans of a part of a block.
fn spans(spans: &[Span], part: &Range<usize>) -> Vec<Span> {
    let cut = spans.iter().map(|span| Span {
        range: span.range.start.clamp(part.start, part.end) - part.start
            ..span.range.end.clamp(part.start, part.end) - part.start,
        kind: span.kind.clone(),
    });
    cut.filter(|span| !span.range.is_empty()).collect()
}
