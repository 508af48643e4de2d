//! The scan of a large text for marks: begun, gone on with chunk by chunk, taken up again when the text has grown.
//!
//! What a parser makes needs no scan: its marks come as its articles are there.

use std::io;

use super::{CHUNK, FIRST_SCAN, Large};
use crate::doc::Mark;
use crate::source::Problem;
use crate::source::composed::Composed;
use crate::source::marks::Scan;

/// A scan for marks that has been begun.
#[derive(Clone, Debug)]
pub struct Begun {
    scan: Scan,
    /// What has been read and not used yet.
    buffer: Vec<u8>,
    /// Where the next byte is read.
    offset: usize,
    /// How many marks have been handed out.
    count: usize,
    /// How much of the text is there, where a parser makes it.
    composed: Option<usize>,
    /// The same before the text's end was taken in: from there it goes on when the text has grown.
    before_end: Option<Box<Self>>,
}

impl Begun {
    /// How many bytes have been read.
    #[must_use]
    pub const fn read(&self) -> usize {
        self.offset
    }

    /// The byte before which no more marks will be found.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.composed.unwrap_or_else(|| self.scan.settled())
    }

    /// How many marks have been handed out.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Goes back to where the end had not been taken for the end: the text has grown.
    #[must_use]
    pub fn resumed(self) -> Self {
        match self.before_end {
            Some(before) => *before,
            None => self,
        }
    }
}

/// How far a scan has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many of the marks that were handed out before still hold: the last ones may not, once a text has grown.
    pub kept: usize,
    /// The marks that follow them.
    pub marks: Vec<Mark>,
    /// How many bytes of the source have been read.
    pub read: usize,
    /// How much of the text is there, where a parser makes it.
    pub text: Option<usize>,
    /// Whether that is all.
    pub done: bool,
}

impl Large {
    /// Scans as much as can be scanned before anything is shown.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn begin(&self) -> io::Result<(Begun, Progress)> {
        let mut begun = self.afresh();
        let mut progress = Progress::default();
        while begun.offset < FIRST_SCAN && !progress.done {
            let next = self.advance(&mut begun, FIRST_SCAN)?;
            progress.marks.extend(next.marks);
            (progress.read, progress.done) = (next.read, next.done);
        }
        Ok((begun, progress))
    }

    /// A scan from the start, of which nothing has been done.
    #[must_use]
    pub fn afresh(&self) -> Begun {
        Begun {
            scan: Scan::from(self.start),
            buffer: Vec::new(),
            offset: self.start,
            count: 0,
            composed: None,
            before_end: None,
        }
    }

    /// Scans one chunk further.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn go_on(&self, begun: &mut Begun) -> io::Result<Progress> {
        self.advance(begun, CHUNK)
    }

    fn advance(&self, begun: &mut Begun, chunk: usize) -> io::Result<Progress> {
        if let Some(composed) = &self.composed {
            return hear(composed, begun);
        }
        let left = begun.buffer.len();
        begun.buffer.resize(left + chunk, 0);
        let count = match self.pieces.read_at(begun.offset, &mut begun.buffer[left..]) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
            Ok(count) => Some(count),
            Err(_) => None,
        };
        begun.buffer.truncate(left + count.unwrap_or(0));
        begun.offset += count.unwrap_or(0);
        let mut done = false;
        if let Some(count) = count {
            if count == 0 && begun.before_end.is_none() {
                begun.before_end = Some(Box::new(begun.clone()));
            }
            let used = begun.scan.feed(&begun.buffer, count == 0);
            begun.buffer.drain(..used);
            if count == 0 {
                match begun.scan.finish() {
                    Some(again) => begun.offset = again,
                    None => done = true,
                }
            }
        }
        let marks = begun.scan.take();
        let kept = begun.count;
        begun.count += marks.len();
        Ok(Progress {
            kept,
            marks,
            read: begun.offset,
            text: None,
            done,
        })
    }
}

/// What has come of a document that its parser goes on with; waits for something.
fn hear(composed: &Composed, begun: &mut Begun) -> io::Result<Progress> {
    let news = composed.news(begun.count, begun.offset);
    let news = news.map_err(|problem| match problem {
        Problem::Io(error) => error,
        problem => io::Error::other(problem),
    })?;
    let kept = begun.count;
    begun.count += news.marks.len();
    begun.offset = news.text;
    begun.composed = Some(news.text);
    Ok(Progress {
        kept,
        marks: news.marks,
        read: news.consumed,
        text: Some(news.text),
        done: news.done,
    })
}
