//! Names: which words of an article name a person, a place, an organisation …, and which of them are the same.
//!
//! The pieces, in the order in which a paragraph goes through them:
//! 1. `token` cuts it into words, numbers and marks with folded keys (`fold`);
//! 2. `reading` looks each word up in the `lexicon`s, once, with and without its `clitic`s;
//! 3. `listed`, `person` and `quantity` propose candidates with scores: today's rules, each for its kinds;
//! 4. `candidate` chooses the best set of candidates without overlap;
//! 5. `document`, over all paragraphs of the article: names that stand alone later, aliases in brackets, one entity for all mentions.
//!
//! A trained tagger joins at step 3: it reads the same `reading::Reading` and scores candidates of its own (or those of the rules); steps 4
//! and 5 stay. What counts as a name and where it ends is the same for both: without clitics, titles and quotation marks, with its article.

mod candidate;
mod clitic;
mod document;
mod fold;
pub mod index;
mod kind;
mod lexicon;
mod listed;
mod person;
mod quantity;
mod reading;
mod role;
mod token;

use std::ops::Range;

pub use fold::{ARABIC_LETTERS, OTHER, fold, rank};
pub use kind::{Kind, UnknownKind};
pub use lexicon::{Cue, Entry, Sort, Word, shape};
pub use role::Roles;

use document::Part;
use lexicon::Lexicon;
use reading::Reading;

/// A name where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What it names.
    pub kind: Kind,
    /// The start of its block in the document text.
    pub paragraph: usize,
    /// Its bytes in that paragraph.
    pub range: Range<usize>,
    /// The entity it belongs to: an index into [`Names::entities`].
    pub entity: usize,
}

/// One person, place …, with all its mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// The fullest form in the document, without tashkeel and tatweel, with its article.
    pub name: String,
    /// Indexes into [`Names::mentions`], in order.
    pub mentions: Vec<usize>,
}

/// All names of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// In order of the text.
    pub mentions: Vec<Mention>,
    /// In order of first mention.
    pub entities: Vec<Entity>,
}

/// Finds names.
pub struct Tagger {
    lexicon: Lexicon,
}

impl Default for Tagger {
    fn default() -> Self {
        Self::new()
    }
}

impl Tagger {
    /// Opens the lexicons in the program; costs next to nothing.
    #[must_use]
    pub fn new() -> Self {
        Self {
            lexicon: Lexicon::open(),
        }
    }

    /// The names of one article: its paragraphs in order, each with its start in the document text.
    pub fn tag<'a>(&self, paragraphs: impl IntoIterator<Item = (usize, &'a str)>) -> Names {
        let parts = paragraphs
            .into_iter()
            .map(|(start, text)| self.read(start, text))
            .collect();
        document::complete(parts)
    }

    fn read<'a>(&'a self, start: usize, text: &'a str) -> Part<'a> {
        let reading = Reading::of(text, &self.lexicon);
        let mut candidates = Vec::new();
        listed::propose(&reading, &mut candidates);
        person::propose(&reading, &mut candidates);
        quantity::propose(&reading, &mut candidates);
        let chosen = candidate::select(candidates, reading.len());
        Part {
            start,
            text,
            reading,
            chosen,
        }
    }
}
