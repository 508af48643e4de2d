//! The names of an article for the commands and for the reader's worker: as they were found before or are found now, and for the
//! commands as the reader has corrected them.

use std::cell::OnceCell;

use super::keeping::Keeping;
use crate::entity::{Correction, Names, Tagger, correct};
use crate::library::{Content, Finder};

/// Finds names; opens what it needs when it is needed first.
#[derive(Default)]
pub struct Naming {
    tagger: OnceCell<Tagger>,
    finder: OnceCell<Finder>,
    corrections: OnceCell<Vec<Correction>>,
}

impl Naming {
    /// The names in these paragraphs, in their order, each with its start in the document text, as corrected.
    pub fn names(&self, paragraphs: &[(usize, &str)], keeping: &Keeping) -> Names {
        self.corrected(&self.find(paragraphs), paragraphs, keeping)
    }

    /// The same; what was found in the same text before serves, and what is found now is kept.
    pub fn kept_names(&self, paragraphs: &[(usize, &str)], keeping: &Keeping) -> Names {
        self.corrected(
            &self.recall(paragraphs, keeping, |_| ()),
            paragraphs,
            keeping,
        )
    }

    /// The names in these paragraphs.
    pub fn find(&self, paragraphs: &[(usize, &str)]) -> Names {
        let tagger = self.tagger.get_or_init(Tagger::new);
        tagger.tag(paragraphs.iter().copied())
    }

    /// The names that were found in these paragraphs before; those that are found now are kept, and `early` is called before they are
    /// sought.
    pub fn recall(
        &self,
        paragraphs: &[(usize, &str)],
        keeping: &Keeping,
        early: impl FnOnce(&Self),
    ) -> Names {
        let content = Content::of(paragraphs.iter().map(|&(_, text)| text));
        let finder = *self.finder.get_or_init(Finder::default);
        let starts: Vec<usize> = paragraphs.iter().map(|&(start, _)| start).collect();
        let asked = starts.clone();
        let kept = keeping.ask(move |library| {
            let kept = library.names(content, finder, &asked);
            kept.unwrap_or_default()
        });
        if let Some(names) = kept.flatten() {
            return names;
        }
        early(self);
        let names = self.find(paragraphs);
        let found = names.clone();
        keeping.order(move |library, _| {
            // What cannot be kept is found again.
            let _ = library.keep_names(content, finder, &starts, &found);
        });
        names
    }

    fn corrected(&self, found: &Names, paragraphs: &[(usize, &str)], keeping: &Keeping) -> Names {
        let corrections = self.corrections.get_or_init(|| {
            let kept = keeping.ask(|library| library.corrections().unwrap_or_default());
            kept.unwrap_or_default()
        });
        let starts = paragraphs.iter().map(|&(start, _)| start);
        correct(found, corrections, starts, |start| {
            let paragraph = paragraphs.binary_search_by_key(&start, |&(start, _)| start);
            paragraph.map_or("", |paragraph| paragraphs[paragraph].1)
        })
    }
}
