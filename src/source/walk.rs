//! A text that is read in passages, once from front to back: its articles in lots, each a document of its own, and an article that is
//! too large for one stretch by stretch. Nothing is held of what has gone by.
//!
//! Articles are given out as soon as their end is known, and the paragraphs of a large one as soon as no mark can come before
//! their end, so that nobody waits for the scan of the whole text.

use std::collections::VecDeque;
use std::io;
use std::ops::Range;

use super::large::{Begun, Large};
use crate::doc::{Document, Mark, Notice};

/// About how much is given out at once.
const LOT: usize = 256 << 10;

/// Some articles in a row, or a part of one.
#[derive(Debug)]
pub struct Stretch {
    /// Their document.
    pub document: Document,
    /// How many articles of the text stand before its first one.
    pub article: usize,
    /// Whether its first article has begun in the stretch before.
    pub continues: bool,
    /// The blanks between its last paragraph and the rest of that in the next stretch, where it was too long for one.
    pub after: Option<String>,
    /// How many characters and bytes of the text stand before the document's.
    pub before: (usize, usize),
}

/// The walk through a text.
#[derive(Debug)]
pub struct Walk {
    large: Large,
    begun: Begun,
    /// The marks from that of the article that comes next.
    marks: VecDeque<Mark>,
    done: bool,
    /// What ended the scan too early.
    failed: Option<io::Error>,
    /// How many articles are behind.
    number: usize,
    /// Where what was given out of a large article ends.
    given: Option<usize>,
    /// A byte of the source, and how many characters and bytes are printed of what stands before it.
    counted: (usize, (usize, usize)),
}

impl Walk {
    /// Begins at the front.
    #[must_use]
    pub fn new(large: Large) -> Self {
        let start = large.first().offset();
        Self {
            begun: large.afresh(),
            large,
            marks: VecDeque::new(),
            done: false,
            failed: None,
            number: 0,
            given: None,
            counted: (start, (0, 0)),
        }
    }

    /// The text's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.large.name()
    }

    /// What there is to say of the text when it has been walked through.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        if self.large.is_composed() {
            self.large.notices()
        } else {
            Vec::new()
        }
    }

    /// What comes next; nothing at the end.
    fn advance(&mut self) -> io::Result<Option<Stretch>> {
        loop {
            let front = self.marks.front().copied();
            let from = self.given.or(front.map(Mark::offset)).unwrap_or(0);
            self.scan(from);
            let Some(front) = front.or(self.marks.front().copied()) else {
                return Ok(None);
            };
            let ended = self.ended();
            if self.given.is_none() && ended > 0 {
                return self.lot(ended).map(Some);
            }
            let next = self.marks.get(1).copied();
            let is_end_known = next.is_some() || self.done;
            if let Some(stretch) = self.part(front, next, is_end_known)? {
                return Ok(Some(stretch));
            }
            if is_end_known {
                self.behind(1);
            }
        }
    }

    /// Scans as far as the next stretch needs it.
    fn scan(&mut self, from: usize) {
        let reach = |walk: &Self| {
            let marked = walk.marks.back().map_or(0, |mark| mark.offset());
            walk.marks.len() > 1 && marked >= from + LOT || walk.begun.settled() >= from + 2 * LOT
        };
        while !self.done && !reach(self) {
            match self.large.go_on(&mut self.begun) {
                Ok(progress) => {
                    self.marks.extend(progress.marks);
                    self.done = progress.done;
                }
                // What was found before comes first.
                Err(error) => (self.done, self.failed) = (true, Some(error)),
            }
        }
    }

    /// How many of the articles that come next are whole and together not too large.
    fn ended(&self) -> usize {
        let Some(first) = self.marks.front() else {
            return 0;
        };
        let end = self.large.length().unwrap_or(0);
        let last = self.done.then_some(end);
        let ends = self.marks.iter().skip(1).map(|mark| mark.offset());
        ends.chain(last)
            .take_while(|end| end.saturating_sub(first.offset()) <= LOT)
            .count()
    }

    /// So many whole articles.
    fn lot(&mut self, count: usize) -> io::Result<Stretch> {
        let marks: Vec<Mark> = self.marks.iter().take(count + 1).copied().collect();
        let document = self
            .large
            .articles(&marks[..count], marks.get(count).copied())?;
        let stretch = self.stretch(document, false)?;
        self.behind(count);
        Ok(stretch)
    }

    /// What comes next of a large article; nothing where nothing does as long as no more has been scanned.
    fn part(
        &mut self,
        front: Mark,
        next: Option<Mark>,
        is_end_known: bool,
    ) -> io::Result<Option<Stretch>> {
        let from = self.given.unwrap_or(front.offset());
        let limit = if is_end_known {
            usize::MAX
        } else {
            self.begun.settled()
        };
        let passage = self.large.passage(front, next, from)?;
        let mut document = (*passage.document).clone();
        let origin = document.origin.clone();
        let Some(article) = document.articles.first_mut() else {
            return Ok(None);
        };
        article.blocks.retain(|block| {
            let range = origin.source(block.range.start)..origin.source(block.range.end);
            range.start >= from && range.end < limit
        });
        let Some(range) = around(&article.blocks) else {
            return Ok(None);
        };
        article.range = range.clone();
        let continues = self.given.is_some();
        let mut stretch = self.stretch(document, continues)?;
        let given = origin.source(range.end);
        self.given = Some(given);
        if is_end_known && !passage.below {
            self.behind(1);
        } else {
            stretch.after = self.large.blanks_in_line(given)?;
        }
        Ok(Some(stretch))
    }

    fn stretch(&mut self, document: Document, continues: bool) -> io::Result<Stretch> {
        let start = document.origin.source(0);
        let (byte, (characters, bytes)) = self.counted;
        let between = self.large.characters(byte.min(start)..byte.max(start))?;
        let before = if start < byte {
            (characters - between.0, bytes - between.1)
        } else {
            (characters + between.0, bytes + between.1)
        };
        self.counted = (start, before);
        Ok(Stretch {
            document,
            article: self.number,
            continues,
            after: None,
            before,
        })
    }

    /// So many articles are behind.
    fn behind(&mut self, count: usize) {
        self.marks.drain(..count.min(self.marks.len()));
        self.number += count;
        self.given = None;
    }
}

impl Iterator for Walk {
    type Item = io::Result<Stretch>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.advance();
        if let Ok(None) = next {
            return self.failed.take().map(Err);
        }
        if next.is_err() {
            // What cannot be read any further has an end.
            (self.done, self.marks) = (true, VecDeque::new());
        }
        next.transpose()
    }
}

/// The bytes from the first block to the last.
fn around(blocks: &[crate::doc::Block]) -> Option<Range<usize>> {
    Some(blocks.first()?.range.start..blocks.last()?.range.end)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::source::decode::Decoded;
    use crate::source::large::Sizes;
    use crate::source::plain;

    const SIZES: Sizes = Sizes {
        window: 2048,
        whole: 3000,
    };

    /// The titles and paragraphs of a text, each with its article and where it stands, by characters.
    fn walked(text: &str) -> Vec<(usize, String, usize, String)> {
        let large = Large::new("-", Box::new(text.as_bytes().to_vec()), SIZES).unwrap();
        let mut found = Vec::new();
        for stretch in Walk::new(large) {
            let stretch = stretch.unwrap();
            for (index, article) in stretch.document.articles.iter().enumerate() {
                for block in &article.blocks {
                    let before = &stretch.document.text[..block.range.start];
                    found.push((
                        stretch.article + index,
                        article.title.clone(),
                        stretch.before.0 + before.chars().count(),
                        stretch.document.block_text(block).to_owned(),
                    ));
                }
            }
        }
        found
    }

    fn held(text: &str) -> Vec<(usize, String, usize, String)> {
        let decoded = Decoded {
            text: text.to_owned(),
            ..Decoded::default()
        };
        let document = plain::parse("-", decoded).unwrap();
        let mut found = Vec::new();
        for (index, article) in document.articles.iter().enumerate() {
            for block in &article.blocks {
                found.push((
                    index,
                    article.title.clone(),
                    document.text[..block.range.start].chars().count(),
                    document.block_text(block).to_owned(),
                ));
            }
        }
        found
    }

    #[test]
    fn gives_what_a_text_that_is_held_has() {
        let article = |number: usize| {
            let lines = "سطر من المقال، وفيه كلام كثير.\n\n".repeat(number % 40);
            format!("مقال {number}\nمقال {number}\n\n{lines}\n")
        };
        let text: String = (1..900).map(article).collect();
        assert_eq!(walked(&text), held(&text));
        let short: String = (1..5).map(article).collect();
        assert_eq!(walked(&short), held(&short));
        assert_eq!(walked(" \n\n"), []);
    }

    #[test]
    fn gives_a_large_article_stretch_by_stretch() {
        let lines = (0..30_000).map(|number| format!("الفقرة {number}\n\n"));
        let lines = lines.collect::<Vec<_>>().concat();
        let text = format!("أول\nأول\n\n{lines}***\n\nثان\n\nنص\n");
        let walked = walked(&text);
        let held = held(&text);
        assert_eq!(walked.len(), held.len());
        for (one, other) in walked.iter().zip(&held) {
            assert_eq!((one.0, one.2, &one.3), (other.0, other.2, &other.3));
        }
    }
}
