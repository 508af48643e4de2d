//! The links, pictures and code that are open inside a block. One that goes on in the next block is cut in two.

use std::cmp::Reverse;
use std::ops::Range;

use super::Writer;
use crate::doc::{Span, SpanKind};
use crate::text::Direction;

/// Begin a stretch that runs by itself: left to right, right to left, as its first strong letter does (UAX #9, section 2.4).
const LEFT_TO_RIGHT: char = '\u{2066}';
const RIGHT_TO_LEFT: char = '\u{2067}';
const FIRST_STRONG: char = '\u{2068}';
/// Ends such a stretch.
const POP_ISOLATE: char = '\u{2069}';

/// A stretch that is not closed.
#[derive(Debug)]
struct Stretch {
    /// What it is, if it is more than text.
    kind: Option<SpanKind>,
    /// What begins it, if it runs by itself.
    isolate: Option<char>,
    /// Where it starts in the text, once something of it is written.
    start: Option<usize>,
}

/// The spans of the block at hand.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// Those that are not closed.
    open: Vec<Stretch>,
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
        for stretch in &mut self.open[self.started..] {
            stretch.start = Some(byte);
        }
        self.started = self.open.len();
    }

    /// What begins the stretches that start with the next character.
    pub(super) fn isolates_ahead(&self) -> impl Iterator<Item = char> {
        let ahead = self.open[self.started..].iter();
        ahead.filter_map(|stretch| stretch.isolate)
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
        for stretch in &mut self.open {
            if let (Some(start), Some(kind)) = (stretch.start.take(), &stretch.kind) {
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
        self.open(Some(SpanKind::Link(address.into())), None);
    }

    /// Begins a link whose text is its address: it runs left to right by itself.
    pub fn open_address(&mut self, address: &str) {
        let link = SpanKind::Link(address.into());
        self.open(Some(link), Some(LEFT_TO_RIGHT));
    }

    /// Begins a link to the block with this label.
    pub fn open_jump(&mut self, label: &str) {
        self.open(Some(SpanKind::Jump(self.spans.targets.len())), None);
        self.spans.targets.push(label.to_owned());
    }

    /// Begins code inside running text: it runs left to right by itself (UAX #9, section 6.4), whatever stands around it.
    pub fn open_code(&mut self) {
        self.open(Some(SpanKind::Code), Some(LEFT_TO_RIGHT));
    }

    /// Begins running text that runs by itself: in a direction, or as its first strong letter does.
    pub fn open_isolate(&mut self, direction: Option<Direction>) {
        let isolate = match direction {
            Some(Direction::Ltr) => LEFT_TO_RIGHT,
            Some(Direction::Rtl) => RIGHT_TO_LEFT,
            None => FIRST_STRONG,
        };
        self.open(None, Some(isolate));
    }

    fn open(&mut self, kind: Option<SpanKind>, isolate: Option<char>) {
        self.spans.open.push(Stretch {
            kind,
            isolate,
            start: None,
        });
    }

    /// Ends the innermost link, code or text that runs by itself.
    pub fn close(&mut self) {
        if let Some(stretch) = self.spans.open.pop()
            && let Some(start) = stretch.start
        {
            let range = start..self.text.len();
            if stretch.isolate.is_some() {
                self.text.push(POP_ISOLATE);
            }
            let kind = stretch.kind;
            self.spans
                .closed
                .extend(kind.map(|kind| Span { range, kind }));
        }
        self.spans.started = self.spans.started.min(self.spans.open.len());
    }

    /// Adds the words that stand for a picture, in brackets; nothing for a picture without any.
    pub fn image(&mut self, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        self.open(Some(SpanKind::Image), None);
        self.text("[");
        self.text(words.trim());
        self.text("]");
        self.close();
    }
}
