//! The names of an article for the commands: as the tagger finds them, as the reader has corrected them.

use std::cell::OnceCell;

use super::keeping::Keeping;
use crate::entity::{Correction, Names, Tagger, correct};

/// Finds names.
#[derive(Default)]
pub struct Naming {
    tagger: OnceCell<Tagger>,
    corrections: OnceCell<Vec<Correction>>,
}

impl Naming {
    /// The names in these paragraphs, in their order, each with its start in the document text.
    pub fn names(&self, paragraphs: &[(usize, &str)], keeping: &Keeping) -> Names {
        let tagger = self.tagger.get_or_init(Tagger::new);
        let corrections = self.corrections.get_or_init(|| {
            let kept = keeping.ask(|library| library.corrections().unwrap_or_default());
            kept.unwrap_or_default()
        });
        let found = tagger.tag(paragraphs.iter().copied());
        correct(&found, corrections, |start| {
            let paragraph = paragraphs.binary_search_by_key(&start, |&(start, _)| start);
            paragraph.map_or("", |paragraph| paragraphs[paragraph].1)
        })
    }
}
