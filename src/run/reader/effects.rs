//! Effects: what an update asks for becomes orders to the threads, changes of the state file, and bytes to the terminal.
//!
//! What the first frame does not wait for is put off until it is drawn.

use std::sync::Arc;

use super::{Event, Flow, Reader, ReaderError};
use crate::app::{ArticleId, Effect};
use crate::doc::{Document, Passage, UTF_8, Written};
use crate::library::{Identity, Library, LibraryError};
use crate::run::clipboard;
use crate::run::keeping::told;
use crate::run::loading::{Again, read_again, read_large_again};
use crate::run::watching::Watched;
use crate::source;
use crate::source::{Encoding, Halt, Reading, SourceError};

impl Reader<'_> {
    /// Does what an update asks for.
    pub(super) fn perform(&mut self, effect: Effect) -> Result<Flow, ReaderError> {
        let is_for_later = matches!(
            effect,
            Effect::Tag(_) | Effect::Survey(_) | Effect::Titles { .. } | Effect::Watch { .. }
        );
        if let Some(later) = self.later.as_mut().filter(|_| is_for_later) {
            later.effects.push(effect);
            return Ok(Flow::On);
        }
        match effect {
            Effect::Quit => Ok(Flow::End),
            Effect::Redraw => self.redraw(),
            Effect::Suspend => self.suspend(),
            Effect::NextProfile => self.next_profile(),
            Effect::Mark(id, change) => {
                self.change(id, move |library, article| library.mark(article, &change));
                Ok(Flow::On)
            }
            Effect::ListMarks => {
                self.keeping.marks();
                Ok(Flow::On)
            }
            Effect::Count => {
                self.keep();
                self.keeping.statistics();
                Ok(Flow::On)
            }
            Effect::Recall(id) => {
                self.change(id, |_, _| Ok(()));
                Ok(Flow::On)
            }
            Effect::NextEncoding(id) => {
                self.read_again(id, |written| Reading {
                    encoding: Some(Encoding::named(written.encoding).unwrap_or_default().next()),
                    repair: written.repaired,
                });
                Ok(Flow::On)
            }
            Effect::Repair(id) => {
                self.read_again(id, |written| Reading {
                    encoding: Encoding::named(written.encoding),
                    repair: !written.repaired,
                });
                Ok(Flow::On)
            }
            Effect::Copy(text) => self.copy(&text),
            effect @ (Effect::Load { .. }
            | Effect::Titles { .. }
            | Effect::Hunt(_)
            | Effect::EndHunt
            | Effect::Scan { .. }
            | Effect::Watch { .. }
            | Effect::ReadAnew(_)) => {
                self.read_of(&effect);
                Ok(Flow::On)
            }
            Effect::Tag(id) => {
                if let Some(slot) = self.app.listing.slot(id) {
                    self.tagging.order(id, slot);
                }
                Ok(Flow::On)
            }
            Effect::Survey(row) => {
                self.tagging.survey(&self.app, &self.passages, row);
                Ok(Flow::On)
            }
            Effect::Correct(correction) => {
                self.keeping.order(move |library, tell| {
                    told(library.correct(&[correction]), tell);
                });
                Ok(Flow::On)
            }
            Effect::TakeBack(correction) => {
                self.keeping.order(move |library, tell| {
                    told(library.take_back(&correction), tell);
                });
                Ok(Flow::On)
            }
            Effect::Glimpse(id) => {
                let listing = &self.app.listing;
                self.tagging.glimpse(listing, &self.passages, id);
                Ok(Flow::On)
            }
            Effect::Resolve {
                article,
                paragraph,
                direction,
            } => {
                if let Some(slot) = self.app.listing.slot(article) {
                    self.resolving.order(article, slot, paragraph, direction);
                }
                Ok(Flow::On)
            }
        }
    }

    /// Reads, searches or watches what is not at hand whole.
    fn read_of(&mut self, effect: &Effect) {
        match *effect {
            Effect::Load { article, around } => {
                let comes = self.passages.fetch(&self.app.listing, article, around);
                self.awaited += usize::from(comes);
            }
            Effect::Titles { from, end } => {
                self.passages.fetch_titles(&self.app.listing, from, end);
            }
            Effect::Hunt(article) => {
                let needle = self.app.seek.needle.clone();
                self.passages.hunt(&self.app.listing, article, needle);
            }
            Effect::EndHunt => {
                self.passages.end_hunt();
            }
            Effect::Scan { source, .. } if self.passages.is_composed(source) => {
                self.read_anew(source);
            }
            Effect::Scan { source, rescan } => {
                self.passages.scan(source, rescan);
            }
            Effect::Watch { source, closely } => {
                self.watch(source, closely);
            }
            Effect::ReadAnew(source) => {
                self.read_anew(source);
            }
            _ => {}
        }
    }

    /// Puts a text into the clipboard.
    fn copy(&self, text: &str) -> Result<Flow, ReaderError> {
        clipboard::put(text, &mut self.terminal.output())?;
        Ok(Flow::On)
    }

    /// Orders a change to what is kept of an article.
    pub(super) fn change(
        &self,
        id: ArticleId,
        change: impl FnOnce(&mut Library, &Identity) -> Result<(), LibraryError> + Send + 'static,
    ) {
        if let Some((document, article)) = self.app.listing.document(id) {
            let document = Arc::clone(document);
            let identity = move || Identity::of(&document, article);
            self.keeping.article(id, identity, change);
        } else if let Some(filed) = self.app.listing.filed(id.source).cloned() {
            let identity = move || filed.identity(id.article);
            self.keeping.article(id, identity, change);
        } else if let Some(identity) = self.identities.get(&id).cloned() {
            self.keeping.article(id, move || Some(identity), change);
        }
    }

    /// Notes by what an article is known, when its start comes.
    pub(super) fn identify(&mut self, article: ArticleId, passage: &Passage) {
        if passage.above || self.identities.contains_key(&article) {
            return;
        }
        let stored = self.app.listing.stored(article.source);
        if let Some(identity) = Identity::of(&passage.document, 0) {
            let identity = Identity {
                ordinal: article.article,
                alone: stored.is_some_and(|stored| stored.done && stored.len() == 1),
                ..identity
            };
            self.identities.insert(article, identity);
        }
    }

    /// Watches the file of a source.
    fn watch(&self, source: usize, closely: bool) {
        let Some(slot) = self.app.listing.current() else {
            return;
        };
        let stored = self.app.listing.stored(source);
        self.watching.order(Watched {
            source,
            path: source::file(&slot.document.name).filter(|_| self.passages.is_live(source)),
            length: stored.map(|stored| stored.length),
            closely,
        });
    }

    /// Reads the source of an article of the list once more, in a way that depends on how it was read.
    fn read_again(&mut self, id: ArticleId, reading: impl FnOnce(Written) -> Reading) {
        let Some(slot) = self.app.listing.slot(id) else {
            return;
        };
        if !self.passages.holds(id.source) {
            self.read_source_again(id.source, &slot.document, reading(slot.document.written));
            return;
        }
        // What is being read already counts as read: pressed twice, the key goes two encodings on.
        let again = self.again.as_ref();
        let again = again.filter(|again| again.source == id.source && again.goes_on());
        let written = again.map_or(slot.document.written, |again| Written {
            encoding: again.reading.encoding.unwrap_or_default().name(),
            repaired: again.reading.repair,
        });
        let name = slot.document.name.clone();
        self.read_passages_again(id.source, name, reading(written), false);
    }

    /// Reads a source anew that has changed again while it was read.
    pub(super) fn catch_up(&mut self, source: usize) {
        let late = self.again.take_if(|again| again.source == source);
        if late.is_some_and(|again| again.is_late) {
            self.read_anew(source);
        }
    }

    /// Reads a source once more in the way in which it was read.
    fn read_anew(&mut self, source: usize) {
        let reading = |written: Written| Reading {
            encoding: Encoding::named(written.encoding).filter(|_| written.encoding != UTF_8),
            repair: written.repaired,
        };
        let id = ArticleId { source, article: 0 };
        if let Some((document, _)) = self.app.listing.document(id) {
            self.read_source_again(source, document, reading(document.written));
        } else if let Some(stored) = self.app.listing.stored(source) {
            let is_under_way = self.again.as_ref().is_some_and(UnderWay::goes_on);
            let (name, written) = (stored.name.clone(), stored.written);
            match &mut self.again {
                // It will be out of date when it comes.
                Some(again) if again.source == source && is_under_way => again.is_late = true,
                _ => self.read_passages_again(source, name, reading(written), true),
            }
        }
    }

    /// Reads a source once more that is read in passages; what was begun for another way of reading it ends.
    fn read_passages_again(
        &mut self,
        source: usize,
        name: String,
        reading: Reading,
        is_whole: bool,
    ) {
        let halt = Halt::default();
        let before = self.again.replace(UnderWay {
            source,
            reading,
            halt: halt.clone(),
            is_late: false,
        });
        if let Some(before) = before.filter(|before| before.source == source) {
            before.halt.set();
        }
        let send = self.send.clone();
        let keeping = self.keeping.clone();
        let ways = (keeping, halt);
        read_large_again(name, source, reading, ways, is_whole, move |result| {
            let _ = send.send(heard(source, result));
        });
    }

    fn read_source_again(&self, source: usize, document: &Arc<Document>, reading: Reading) {
        let send = self.send.clone();
        let keeping = self.keeping.clone();
        read_again(Arc::clone(document), reading, keeping, move |result| {
            let _ = send.send(heard(source, result));
        });
    }
}

/// A source that is read once more, in which way.
pub(super) struct UnderWay {
    source: usize,
    reading: Reading,
    /// Ends it.
    halt: Halt,
    /// Whether the source has changed since.
    is_late: bool,
}

impl UnderWay {
    fn goes_on(&self) -> bool {
        self.halt.is_heard()
    }
}

/// What became of a source that was read once more.
fn heard(source: usize, result: Result<Again, SourceError>) -> Event {
    match result {
        Ok(Again::Whole(message)) => Event::Message(message),
        Ok(Again::Large(large, opening)) => Event::Outgrown(source, Arc::new(large), opening),
        Err(error) => Event::Refused(error),
    }
}
