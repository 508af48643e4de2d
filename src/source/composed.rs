//! A document that a parser makes and that is too large to be held: its text stands in one file without a name, its blocks in another,
//! and articles are read from there while the parser still goes on.
//!
//! The text is cut into lots, none of which holds parts of two articles; of each is known where its text and the record of its blocks
//! begin, sixteen bytes in all. Places count bytes of the text. A record begins with where the title of its article stands, if it is
//! the article's first.

mod press;
mod record;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Problem;
use super::large::invalid;
use crate::doc::{
    Block, Builder, Document, Mark, Notice, Origin, Outlet, Passage, Pieces, Sheet, SpanKind,
    Title, Written,
};
use crate::text::Direction;

pub use press::Press;
use record::Reading;

/// How long a parser may be silent: as long as this, and as long again for each [`BYTES`] of its source.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What no parser needs so long for.
const BYTES: usize = 64 << 20;

/// What is kept of such a document.
#[derive(Debug, Default)]
pub struct Composed {
    state: Mutex<State>,
    changed: Condvar,
    /// How many bytes of the source its parser has read, and how many there are.
    consumed: Arc<AtomicUsize>,
    length: usize,
    /// How long its parser may be silent.
    patience: Duration,
}

#[derive(Debug, Default)]
struct State {
    /// Nothing as long as it may be held.
    files: Option<Arc<Files>>,
    lots: Vec<Lot>,
    /// The lots with which articles begin.
    firsts: Vec<u32>,
    /// How long its text is, and the records of its blocks.
    text: usize,
    records: usize,
    /// Where its links lead.
    targets: Vec<Option<usize>>,
    direction: Option<Direction>,
    written: Written,
    notices: Vec<Notice>,
    end: Option<End>,
}

/// What its parser came to.
#[derive(Debug)]
enum End {
    /// All is there; the document itself, if it was not too large.
    Done(Option<Box<Document>>),
    /// Something stood in the way; nothing once that was told.
    Failed(Option<Problem>),
}

#[derive(Debug)]
struct Files {
    text: File,
    records: File,
}

/// Where a lot's text and its record begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lot {
    text: usize,
    record: usize,
}

/// How far it has come since it was last asked.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct News {
    /// The marks of articles that have begun since.
    pub marks: Vec<Mark>,
    /// How long the text is now.
    pub text: usize,
    /// How many bytes of the source have been read.
    pub consumed: usize,
    /// Whether that is all.
    pub done: bool,
}

impl Composed {
    /// Nothing as yet, of a source of so many bytes; who reads that counts them in `consumed`.
    pub fn new(length: usize, consumed: Arc<AtomicUsize>) -> Arc<Self> {
        let times = u32::try_from(1 + length / BYTES).unwrap_or(1);
        Arc::new(Self {
            consumed,
            length,
            patience: PATIENCE.saturating_mul(times),
            ..Self::default()
        })
    }

    /// A document that is there whole.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn of(document: Document) -> Result<Arc<Self>, Problem> {
        let composed = Self::new(0, Arc::default());
        let mut press = Press::for_document(&composed);
        let mut targets = Vec::new();
        let mut articles = Vec::new();
        for mut article in document.articles {
            let spans = article.blocks.iter_mut().flat_map(|block| &mut block.spans);
            for span in spans {
                if let SpanKind::Jump(to) = &mut span.kind {
                    targets.push(Some(std::mem::replace(to, targets.len())));
                }
            }
            articles.push((article.title, article.blocks));
        }
        press.take(Sheet {
            text: document.text.to_string(),
            articles,
            goes_on: false,
            direction: document.direction,
            written: document.written,
            notices: document.notices,
        });
        press.end(targets);
        if let Some(End::Failed(Some(problem))) = composed.state().end.take() {
            return Err(problem);
        }
        composed.state().end = Some(End::Done(None));
        Ok(composed)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says what the parser came to.
    pub fn end(&self, result: Result<Document, Problem>) {
        let mut state = self.state();
        if state.end.is_none() {
            let is_held = state.files.is_none();
            state.end = Some(match result {
                Ok(document) => End::Done(is_held.then(|| Box::new(document))),
                Err(problem) => End::Failed(Some(problem)),
            });
        }
        self.changed.notify_all();
    }

    /// Waits until something of it can be read, or all of it is there: the document then, if it can be held.
    ///
    /// # Errors
    /// What stood in the way of the parser, or that it takes too long.
    pub fn begun(&self) -> Result<Option<Document>, Problem> {
        let mut state = self.wait(|state| state.files.is_none() && state.end.is_none());
        let is_begun = state.files.is_some();
        match &mut state.end {
            _ if is_begun => Ok(None),
            Some(End::Done(document)) => Ok(document.take().map(|document| *document)),
            Some(End::Failed(problem)) => Err(problem.take().unwrap_or(Problem::TooSlow)),
            None => Err(Problem::TooSlow),
        }
    }

    fn wait(&self, waits: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let waited = self
            .changed
            .wait_timeout_while(self.state(), self.patience, |state| waits(state));
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// What has come after so many marks and so many bytes of text; waits for something.
    ///
    /// # Errors
    /// What stood in the way of the parser, once all is told that came before.
    pub fn news(&self, marks: usize, text: usize) -> Result<News, Problem> {
        let mut state = self
            .wait(|state| state.end.is_none() && state.firsts.len() <= marks && state.text <= text);
        let begun = state.firsts.get(marks..).unwrap_or_default().iter();
        let begun = begun.map(|&lot| Mark::new(state.lot(lot).text, Title::FirstLine, false));
        let news = News {
            marks: begun.collect(),
            text: state.text,
            consumed: self.consumed.load(Ordering::Relaxed),
            done: state.end.is_some(),
        };
        if !news.marks.is_empty() || news.text > text {
            // What went wrong is told when there is nothing else to tell.
            let done = matches!(state.end, Some(End::Done(_)));
            return Ok(News { done, ..news });
        }
        match &mut state.end {
            Some(End::Failed(problem)) => problem.take().map_or(Ok(news), Err),
            Some(End::Done(_)) => Ok(news),
            None => Err(Problem::TooSlow),
        }
    }

    /// How many bytes its source has.
    pub const fn extent(&self) -> usize {
        self.length
    }

    /// How its letters were stored, and the direction of most of them.
    pub fn written(&self) -> (Written, Option<Direction>) {
        let state = self.state();
        (state.written, state.direction)
    }

    /// What there is to say of it.
    pub fn notices(&self) -> Vec<Notice> {
        self.state().notices.clone()
    }

    /// The title of the article that begins with `mark`.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn title(&self, mark: Mark) -> io::Result<String> {
        let (files, lot) = {
            let state = self.state();
            let lot = state.lots.get(state.lot_at(mark.offset())).copied();
            (state.files()?, lot)
        };
        lot.map_or_else(|| Ok(String::new()), |lot| files.title(lot.record))
    }

    /// The article that begins with `mark` and ends before `next`: whole if it is not longer than that, or the part of it around a byte
    /// of the text, or its start.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn passage(
        &self,
        name: &str,
        (mark, next): (Mark, Option<Mark>),
        around: Option<usize>,
        whole: usize,
    ) -> io::Result<Passage> {
        let (all, end) = {
            let state = self.state();
            let end = next.map_or(state.text, Mark::offset);
            (state.lot_at(mark.offset())..state.lot_at(end), end)
        };
        let held = match around {
            _ if end.saturating_sub(mark.offset()) <= whole => all.clone(),
            None => all.start..(all.start + 1).min(all.end),
            Some(byte) => {
                let at = self.state().lot_at(byte.saturating_add(1));
                let at = at.clamp(all.start + 1, all.end.max(all.start + 1)) - 1;
                at.saturating_sub(1).max(all.start)..(at + 2).min(all.end)
            }
        };
        let document = self.document(name, held.clone())?;
        let last = document.origin.source(document.text.len());
        let below = held.end < all.end;
        Ok(Passage {
            document: Arc::new(document),
            range: mark.offset()..if below { end } else { last },
            above: held.start > all.start,
            below,
        })
    }

    /// Articles in a row, whole: from the one that begins with the first mark to the one before `next`.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn articles(
        &self,
        name: &str,
        first: Option<Mark>,
        next: Option<Mark>,
    ) -> io::Result<Document> {
        let lots = {
            let state = self.state();
            let end = next.map_or(state.text, Mark::offset);
            state.lot_at(first.map_or(0, Mark::offset))..state.lot_at(end)
        };
        self.document(name, lots)
    }

    /// The document that some lots make.
    fn document(&self, name: &str, range: Range<usize>) -> io::Result<Document> {
        let (files, lots, ends, firsts, head, written, direction) = {
            let state = self.state();
            let lots = state.lots.get(range.clone()).unwrap_or_default().to_vec();
            let next = state.lots.get(range.end);
            let ends = next.map_or((state.text, state.records), |lot| (lot.text, lot.record));
            let head = state.first_of(range.start);
            let firsts = range.map(|lot| state.is_first(lot)).collect::<Vec<_>>();
            (
                state.files()?,
                lots,
                ends,
                firsts,
                head,
                state.written,
                state.direction,
            )
        };
        let start = lots.first().map_or(ends.0, |lot| lot.text);
        let bytes = files.text.read(start, ends.0)?;
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_end_matches('\n');
        let origin = Origin::at(start);
        let mut articles: Vec<(String, Vec<Block>)> = Vec::new();
        for (index, lot) in lots.iter().enumerate() {
            let end = lots.get(index + 1).map_or(ends.1, |next| next.record);
            let mut blocks = files.blocks(lot.record, end)?;
            self.settle(&mut blocks, lot.text - start, start..start + text.len());
            if let Some((_, before)) = articles.last_mut().filter(|_| !firsts[index]) {
                before.extend(blocks);
            } else {
                let record = if index == 0 { head } else { lot.record };
                articles.push((files.title(record)?, blocks));
            }
        }
        if articles.is_empty() {
            articles.push(Default::default());
        }
        let mut builder = Builder::new(name, text)
            .composed()
            .direction(direction)
            .written(written)
            .origin(origin);
        for (title, blocks) in articles {
            let from = blocks.first().map_or(0, |block| block.line().start);
            let end = blocks.last().map_or(from, |block| block.range.end);
            builder = builder.article(&title, from..end, blocks);
        }
        builder.build().map_err(invalid)
    }

    /// Puts the blocks of a lot in their place in a text that begins before them, and says where their links lead.
    fn settle(&self, blocks: &mut [Block], before: usize, held: Range<usize>) {
        let state = self.state();
        for block in blocks {
            block.range = block.range.start + before..block.range.end + before;
            block.spans.retain_mut(|span| {
                let target = match span.kind {
                    SpanKind::Jump(target) => state.targets.get(target).copied().flatten(),
                    SpanKind::Away(to) => Some(to),
                    _ => return true,
                };
                if let Some(to) = target {
                    span.kind = if held.contains(&to) {
                        SpanKind::Jump(to - held.start)
                    } else {
                        SpanKind::Away(to)
                    };
                }
                target.is_some()
            });
        }
    }
}

/// Its text.
impl Pieces for Composed {
    fn length(&self) -> io::Result<usize> {
        Ok(self.state().text)
    }

    fn read_at(&self, offset: usize, buffer: &mut [u8]) -> io::Result<usize> {
        let (files, end) = {
            let state = self.state();
            (state.files()?, state.text)
        };
        let most = buffer.len().min(end.saturating_sub(offset));
        files.text.read_at(offset, &mut buffer[..most])
    }
}

impl State {
    fn files(&self) -> io::Result<Arc<Files>> {
        self.files.clone().ok_or(io::ErrorKind::NotFound.into())
    }

    fn lot(&self, index: u32) -> Lot {
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        let after = Lot {
            text: self.text,
            record: self.records,
        };
        self.lots.get(index).copied().unwrap_or(after)
    }

    /// The first lot that does not begin before a byte.
    fn lot_at(&self, byte: usize) -> usize {
        self.lots.partition_point(|lot| lot.text < byte)
    }

    /// The record of the first lot of the article that a lot is of.
    fn first_of(&self, lot: usize) -> usize {
        let is_before = |first: &u32| usize::try_from(*first).is_ok_and(|first| first <= lot);
        let after = self.firsts.partition_point(is_before);
        let first = after.checked_sub(1).and_then(|at| self.firsts.get(at));
        first.map_or(0, |&first| self.lot(first).record)
    }

    /// Whether an article begins with a lot.
    fn is_first(&self, lot: usize) -> bool {
        u32::try_from(lot).is_ok_and(|lot| self.firsts.binary_search(&lot).is_ok())
    }
}

/// Bytes of a record before its blocks: where the title stands.
const HEAD: usize = 8;

impl Files {
    /// The title that a record names.
    fn title(&self, record: usize) -> io::Result<String> {
        let head = self.records.read(record, record + HEAD)?;
        let at = number(&head);
        let length = number(&self.records.read(at, at + HEAD)?);
        let title = self.records.read(at + HEAD, at + HEAD + length)?;
        Ok(String::from_utf8_lossy(&title).into_owned())
    }

    /// The blocks of a record that ends before a byte.
    fn blocks(&self, record: usize, end: usize) -> io::Result<Vec<Block>> {
        let bytes = self.records.read(record + HEAD, end)?;
        Reading::blocks(&bytes).ok_or(io::ErrorKind::InvalidData.into())
    }
}

fn number(bytes: &[u8]) -> usize {
    bytes.try_into().map_or(0, usize::from_le_bytes)
}
