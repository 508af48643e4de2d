//! A plain text that is not held in memory: its marks are found while it streams by, and passages of it are read where they
//! are needed.
//!
//! Where a passage may begin and end is a grid over the whole text: the first line end after each multiple of a window's size.
//! So two passages never cut a paragraph differently, wherever they were asked for. A line that is longer than a window is cut
//! at the first space after the multiple; each piece is a paragraph then.

mod cuts;
mod scanning;

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use super::composed::Composed;
use super::decode::{lossy, sound};
use super::lines::is_blank_character;
use super::marks::HEAD;
use super::plain::Part;
use super::repair;
use super::spool::HELD;
use crate::doc::{
    Builder, Document, InvalidDocument, Mark, Notice, Origin, Passage, Pieces, Title, Written,
};
use crate::text::direction;
use crate::text::visible::is_bidi_control;
pub use scanning::{Begun, Progress};

/// A byte order mark in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// How much of a text is looked at to tell which way it runs.
const SAMPLE: usize = 16 << 10;
/// How much of a text is scanned for marks before anything is shown.
const FIRST_SCAN: usize = 32 << 10;
/// How much of an article is read for a first screen: more than fits on most.
const OPENING: usize = 16 << 10;
/// How much is read at once while a text streams by.
const CHUNK: usize = 64 << 10;
/// How much is searched at once.
const SEARCHED: usize = 256 << 10;
/// Bytes of an article that its title is looked for in.
const TITLE: usize = 4 * HEAD;
/// The most blank lines, in bytes, that an article's end is looked for behind.
const BLANK: usize = 16 << 10;
/// Bytes of the longest line end.
const LONGEST_END: usize = 3;

/// How much is held of a text at once.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// The distance of the places where passages may begin.
    pub window: usize,
    /// Articles up to this size are read whole.
    pub whole: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            window: 64 << 10,
            whole: 256 << 10,
        }
    }
}

/// A plain text in UTF-8 that is read in pieces.
#[derive(Debug)]
pub struct Large {
    name: String,
    pieces: Box<dyn Pieces>,
    /// Where the text begins, after a byte order mark.
    start: usize,
    direction: Option<crate::text::Direction>,
    sizes: Sizes,
    written: Written,
    /// Whether it is a copy of what cannot be sought.
    is_copy: bool,
    /// What a parser makes of its source, if it is no plain text.
    composed: Option<Arc<Composed>>,
}

impl Pieces for File {
    fn length(&self) -> io::Result<usize> {
        let length = self.metadata()?.len();
        Ok(usize::try_from(length).unwrap_or(usize::MAX))
    }

    fn read_at(&self, offset: usize, buffer: &mut [u8]) -> io::Result<usize> {
        let offset = u64::try_from(offset).unwrap_or(u64::MAX);
        FileExt::read_at(self, buffer, offset)
    }
}

impl Large {
    /// A text of which so much is held at once.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn new(name: &str, pieces: Box<dyn Pieces>, sizes: Sizes) -> io::Result<Self> {
        let head = pieces.read(0, SAMPLE)?;
        Ok(Self::beginning_with(&head, name, pieces, sizes))
    }

    /// The same where the head of the text has been read.
    #[must_use]
    pub fn beginning_with(head: &[u8], name: &str, pieces: Box<dyn Pieces>, sizes: Sizes) -> Self {
        let head = &head[..head.len().min(SAMPLE)];
        let start = if head.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len()
        } else {
            0
        };
        Self {
            name: name.to_owned(),
            pieces,
            start,
            direction: direction::of_document(&lossy(&head[start..])),
            sizes,
            written: Written::default(),
            is_copy: false,
            composed: None,
        }
    }

    /// What a parser makes of a source, as far as it has come.
    #[must_use]
    pub fn of_composed(name: &str, composed: Arc<Composed>) -> Self {
        let (written, direction) = composed.written();
        Self {
            name: name.to_owned(),
            pieces: Box::new(Arc::clone(&composed)),
            start: 0,
            direction,
            sizes: Sizes::default(),
            written,
            is_copy: false,
            composed: Some(composed),
        }
    }

    /// Whether a parser makes it of its source.
    #[must_use]
    pub const fn is_composed(&self) -> bool {
        self.composed.is_some()
    }

    /// How many bytes are to be read of its source.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn extent(&self) -> io::Result<usize> {
        let composed = self.composed.as_ref();
        composed.map_or_else(|| self.length(), |composed| Ok(composed.extent()))
    }

    /// Says that it is a copy of what cannot be sought: what becomes of its file is no matter.
    #[must_use]
    pub fn copied(self) -> Self {
        Self {
            is_copy: true,
            ..self
        }
    }

    /// Says how it was written.
    #[must_use]
    pub fn written_as(self, written: Written) -> Self {
        Self { written, ..self }
    }

    /// How it was written.
    #[must_use]
    pub const fn written(&self) -> Written {
        self.written
    }

    /// What there is to say of it: of letters that are stored as they are drawn, by the head of the text, or what its parser says, all of
    /// which is known at its end.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let notice = || self.drawn().into_iter().collect();
        let composed = self.composed.as_ref();
        composed.map_or_else(notice, |composed| composed.notices())
    }

    fn drawn(&self) -> Option<Notice> {
        let head = self.pieces.read(self.start, self.start + SAMPLE).ok()?;
        let drawn = repair::look(&String::from_utf8_lossy(&head));
        drawn.is_repairable().then(|| drawn.notice())
    }

    /// Whether it is larger than what is held in memory of one source.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.is_composed() || self.length().is_ok_and(|length| length > HELD)
    }

    /// Whether it is a copy.
    #[must_use]
    pub const fn is_copy(&self) -> bool {
        self.is_copy
    }

    /// Its name as it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes it has now.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn length(&self) -> io::Result<usize> {
        self.pieces.length()
    }

    /// The mark of an article that begins where the text does.
    #[must_use]
    pub const fn first(&self) -> Mark {
        Mark::new(self.start, Title::Unknown, false)
    }

    /// The title of the article that begins with `mark` and ends before `next`.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn title(&self, mark: Mark, next: Option<Mark>) -> io::Result<String> {
        if let Some(composed) = &self.composed {
            return composed.title(mark);
        }
        let end = mark.offset() + TITLE;
        let end = next.map_or(end, |next| next.offset().min(end));
        let bytes = self.pieces.read(mark.offset(), end)?;
        let text = String::from_utf8_lossy(&bytes);
        let (title, ..) = self.part(&text, Some(mark), None).article(None);
        Ok(title.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The article that begins with `mark` and ends before `next`: whole, or the part of it around a byte of the source.
    ///
    /// # Errors
    /// Whatever the system says; a passage that breaks a promise of documents is [`io::ErrorKind::InvalidData`].
    pub fn passage(&self, mark: Mark, next: Option<Mark>, around: usize) -> io::Result<Passage> {
        if let Some(composed) = &self.composed {
            return composed.passage(&self.name, (mark, next), Some(around), self.sizes.whole);
        }
        self.passage_of(mark, next, |start, end| self.cuts(around.clamp(start, end)))
    }

    /// The start of an article, for a first screen: whole, or as much of it as fills one.
    ///
    /// # Errors
    /// As for [`Self::passage`].
    pub fn opening(&self, mark: Mark, next: Option<Mark>) -> io::Result<Passage> {
        if let Some(composed) = &self.composed {
            return composed.passage(&self.name, (mark, next), None, self.sizes.whole);
        }
        self.passage_of(mark, next, |start, _| {
            let window = start / self.sizes.window;
            let enough = OPENING.min(self.sizes.window);
            Ok(vec![self.cut(window)?, self.cut_after(start + enough)?])
        })
    }

    /// The passage between the first and the last of some cuts, unless the article is held whole.
    fn passage_of(
        &self,
        mark: Mark,
        next: Option<Mark>,
        cuts: impl FnOnce(usize, usize) -> io::Result<Vec<usize>>,
    ) -> io::Result<Passage> {
        let length = self.pieces.length()?;
        let start = mark.offset().min(length);
        let end = next.map_or(length, |next| next.offset().min(length));
        let cuts = if end - start <= self.sizes.whole {
            vec![start, end]
        } else {
            cuts(start, end)?
        };
        let edge = |cut: Option<&usize>| cut.copied().unwrap_or(start).clamp(start, end);
        let held = edge(cuts.first())..edge(cuts.last());
        let above = held.start > start;
        // Blank lines alone are nothing more to read; and only where nothing more comes do stars stand between articles.
        let below = held.end < end && !self.is_blank(held.end, end)?;
        let bytes = self.pieces.read(held.start, held.end)?;
        let (text, origin, replaced) = decode(bytes, held.start);
        let mut part = self.part(&text, (!above).then_some(mark), next.filter(|_| !below));
        let inside = cuts.iter().filter(|cut| held.contains(cut));
        part.cuts = inside.map(|cut| origin.text(*cut)).collect();
        let (title, range, blocks) = part.article(None);
        let builder = self.builder(&text, &origin, replaced);
        let last = origin.source(range.end);
        let document = builder
            .article(&title, range, blocks)
            .build()
            .map_err(invalid)?;
        Ok(Passage {
            document: Arc::new(document),
            range: start..if below { end } else { last },
            above,
            below,
        })
    }

    /// What builds a document out of decoded bytes; tells how many of them no letters were found for.
    fn builder(&self, text: &str, origin: &Origin, replaced: usize) -> Builder {
        let builder = Builder::new(self.name.as_str(), text)
            .direction(self.direction)
            .written(self.written)
            .origin(origin.clone());
        if replaced == 0 {
            return builder;
        }
        builder.notice(Notice::InvalidBytes { count: replaced })
    }

    /// Articles in a row, by their marks, whole; `next` is the mark of the article after them.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn articles(&self, marks: &[Mark], next: Option<Mark>) -> io::Result<Document> {
        if let Some(composed) = &self.composed {
            return composed.articles(&self.name, marks.first().copied(), next);
        }
        let length = self.pieces.length()?;
        let start = marks.first().map_or(0, |mark| mark.offset().min(length));
        let end = next.map_or(length, |next| next.offset().min(length));
        let bytes = self.pieces.read(start, end)?;
        let (text, origin, replaced) = decode(bytes, start);
        let mut builder = self.builder(&text, &origin, replaced);
        for (index, mark) in marks.iter().enumerate() {
            let after = marks.get(index + 1).copied().or(next);
            let end = after.map_or(text.len(), |after| origin.text(after.offset()));
            let mut part = self.part(&text, Some(*mark), after);
            part.range = origin.text(mark.offset())..end.min(text.len());
            let (title, range, blocks) = part.article(None);
            builder = builder.article(&title, range, blocks);
        }
        builder.build().map_err(invalid)
    }

    /// Hands the places of some bytes, between two bytes of the text, to `tell`, lot by lot, each with the byte up to which has been
    /// searched; as long as that says go on.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn search(
        &self,
        range: std::ops::Range<usize>,
        needle: &[u8],
        mut tell: impl FnMut(Vec<usize>, usize) -> bool,
    ) -> io::Result<()> {
        let finder = memchr::memmem::Finder::new(needle);
        let mut at = range.start;
        while at < range.end {
            let end = range.end.min(at + SEARCHED);
            // What begins in this lot may end in the next.
            let bytes = self
                .pieces
                .read(at, range.end.min(end + needle.len().saturating_sub(1)))?;
            let hits = finder.find_iter(&bytes).map(|hit| at + hit);
            let hits = hits.filter(|hit| *hit < end).collect();
            if bytes.is_empty() || !tell(hits, end) {
                break;
            }
            at = end;
        }
        Ok(())
    }

    /// How many characters and how many of their bytes are printed of what stands between two bytes.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn characters(&self, range: std::ops::Range<usize>) -> io::Result<(usize, usize)> {
        let (mut at, mut count) = (range.start, 0);
        let mut printed = range.len();
        while at < range.end {
            let bytes = self.pieces.read(at, range.end.min(at + CHUNK))?;
            if bytes.is_empty() {
                break;
            }
            let mut settled = bytes.len();
            if at + settled < range.end {
                // A character that is cut off is counted with what follows.
                settled -= bytes
                    .utf8_chunks()
                    .last()
                    .map_or(0, |last| last.invalid().len())
                    % 4;
            }
            for chunk in bytes[..settled].utf8_chunks() {
                count += chunk.valid().chars().count() + usize::from(!chunk.invalid().is_empty());
                if self.is_composed() {
                    // Controls steer the layout and are never printed.
                    let controls = chunk.valid().matches(is_bidi_control);
                    let (controls, bytes) = controls.fold((0, 0), |(count, bytes), control| {
                        (count + 1, bytes + control.len())
                    });
                    (count, printed) = (count - controls, printed - bytes);
                }
            }
            at += settled.max(1);
        }
        Ok((count, printed))
    }

    /// The part of an article that a text holds.
    fn part<'a>(&self, text: &'a str, opens: Option<Mark>, next: Option<Mark>) -> Part<'a> {
        Part {
            text,
            range: 0..text.len(),
            cuts: Vec::new(),
            opens,
            is_first: opens.is_some_and(|mark| mark.offset() == self.start),
            separated: next.is_some_and(Mark::is_separated),
        }
    }

    /// Whether there is nothing to see between two bytes that are not too far from each other.
    fn is_blank(&self, start: usize, end: usize) -> io::Result<bool> {
        if end - start > BLANK {
            return Ok(false);
        }
        let bytes = self.pieces.read(start, end)?;
        Ok(String::from_utf8_lossy(&bytes)
            .chars()
            .all(is_blank_character))
    }
}

/// What a document that breaks a promise means for who reads it.
pub fn invalid(error: InvalidDocument) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

/// The text of bytes that begin at `start` of their source, where it stands there, and how many invalid sequences became U+FFFD.
fn decode(bytes: Vec<u8>, start: usize) -> (String, Origin, usize) {
    let mut origin = Origin::at(start);
    let bytes = match sound(bytes) {
        Ok(text) => return (text, origin, 0),
        Err(bytes) => bytes,
    };
    let mut text = String::with_capacity(bytes.len());
    let (mut source, mut replaced) = (start, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        source += chunk.valid().len() + chunk.invalid().len();
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            origin.step(text.len(), source);
            replaced += 1;
        }
    }
    (text, origin, replaced)
}

#[cfg(test)]
mod tests;
