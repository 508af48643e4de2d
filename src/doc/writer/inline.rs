//! The links, pictures and code that are open inside a block. One that goes on in the next block is cut in two.

use std::cmp::Reverse;
use std::ops::Range;

use super::Writer;
use crate::doc::{Span, SpanKind};

/// Begins a stretch that runs left to right by itself, and ends it: U+2066 and U+2069.
pub(super) const ISOLATE: char = '\u{2066}';
const POP_ISOLATE: char = '\u{2069}';

/// The spans of the block at hand.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// Those that are not closed, and where each starts in the text once something of it is written.
    open: Vec<(SpanKind, Option<usize>)>,
    /// How many of the open ones have started.
    started: usize,
    /// Closed ones, by bytes of the text.
    closed: Vec<Span>,
    /// The labels that links lead to: a `SpanKind::Jump` holds an index into them until the document is finished.
    targets: Vec<String>,
}

impl Spans {
    /// Notes that the next character is written at this byte.
    pub(super) fn start(&mut self, byte: usize) {
        for (_, start) in &mut self.open[self.started..] {
            *start = Some(byte);
        }
        self.started = self.open.len();
    }

    /// How many stretches of code start with the next character.
    pub(super) fn code_ahead(&self) -> usize {
        let ahead = self.open[self.started..].iter();
        ahead.filter(|(kind, _)| *kind == SpanKind::Code).count()
    }

    /// The label that a link leads to.
    pub(super) fn target(&self, index: usize) -> Option<&String> {
        self.targets.get(index)
    }

    /// How many links lead to labels.
    pub(super) const fn targets(&self) -> usize {
        self.targets.len()
    }

    /// The spans of the block that these bytes of the text are; what is open goes on in the next one.
    pub(super) fn cut(&mut self, block: Range<usize>) -> Vec<Span> {
        for (kind, start) in &mut self.open {
            if let Some(start) = start.take() {
                self.closed.push(Span {
                    range: start..block.end,
                    kind: kind.clone(),
                });
            }
        }
        self.started = 0;
        let mut spans = std::mem::take(&mut self.closed);
        spans.retain_mut(|span| {
            let (start, end) = (span.range.start, span.range.end.min(block.end));
            let is_kept = block.start <= start && start < end;
            span.range = start.saturating_sub(block.start)..end.saturating_sub(block.start);
            is_kept
        });
        spans.sort_by_key(|span| (span.range.start, Reverse(span.range.end)));
        spans
    }
}

impl Writer {
    /// Begins a link to an address outside the document.
    pub fn open_link(&mut self, address: &str) {
        self.open(SpanKind::Link(address.into()));
    }

    /// Begins a link to the block with this label.
    pub fn open_jump(&mut self, label: &str) {
        self.open(SpanKind::Jump(self.spans.targets.len()));
        self.spans.targets.push(label.to_owned());
    }

    /// Begins code inside running text: it runs left to right by itself (UAX #9, section 6.4), whatever stands around it.
    pub fn open_code(&mut self) {
        self.open(SpanKind::Code);
    }

    fn open(&mut self, kind: SpanKind) {
        self.spans.open.push((kind, None));
    }

    /// Ends the innermost link or code.
    pub fn close(&mut self) {
        if let Some((kind, Some(start))) = self.spans.open.pop() {
            let range = start..self.text.len();
            if kind == SpanKind::Code {
                self.text.push(POP_ISOLATE);
            }
            self.spans.closed.push(Span { range, kind });
        }
        self.spans.started = self.spans.started.min(self.spans.open.len());
    }

    /// Adds the words that stand for a picture, in brackets; nothing for a picture without any.
    pub fn image(&mut self, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        self.open(SpanKind::Image);
        self.text("[");
        self.text(words.trim());
        self.text("]");
        self.close();
    }
}
