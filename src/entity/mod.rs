//! Names: which words of an article name a person, a place, an organisation …, and which of them are the same.
//!
//! The pieces, in the order in which a paragraph goes through them:
//! 1. `token` cuts it into words, numbers and marks with folded keys (`fold`);
//! 2. `reading` looks each word up in the `lexicon`s and in the table of `words`, with and without its `clitic`s, each `form` once;
//! 3. `listed`, `person` and `quantity` propose candidates with scores, each rule for its kinds, and `candidate` chooses the best set of them
//!    without overlap; `evidence` gathers over the whole article what each word was chosen as;
//! 4. `feature` makes of all this what the trained `model` sees, and `judge` has it label persons, places, organisations and whatever else
//!    has a name; `label` joins its names with those of the rules: groups, dates and quantities are the rules' alone;
//! 5. `document`, over all paragraphs of the article: names that stand alone later, aliases in brackets, one entity for all mentions.
//! 6. `correction`, over what was found: what the reader has said of names, in any article.
//!
//! What counts as a name and where it ends is the same for all: without clitics, titles and quotation marks, with its article. The model's
//! weights are CC BY-SA 4.0, see `assets/entities/NOTICE`.

mod candidate;
mod clitic;
mod correction;
mod document;
mod evidence;
mod feature;
mod fold;
mod form;
pub mod index;
mod judge;
mod kind;
mod label;
mod lexicon;
mod listed;
mod model;
mod person;
mod quantity;
mod reading;
mod role;
mod token;
mod trie;
mod words;

use std::ops::Range;

pub use correction::{Correction, correct};
pub use feature::Group;
pub use fold::{ARABIC_LETTERS, OTHER, fold, hash, rank};
pub use index::form;
pub use kind::{Kind, UnknownKind};
pub use lexicon::{CUES_FIRSTS, Cue, Entry, NAMES_FIRSTS, Sort, shape};
pub use model::{BUCKET_BITS, KINDS, LABELS, may_follow, place};
pub use role::Roles;
pub use trie::first_place;
pub use words::{Plan, Word};

use document::Part;
use evidence::Evidence;
use form::Forms;
use judge::{Desk, Judge};
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

/// All that names are found with, the trained model first: who has the same finds the same.
pub const DATA: [&[u8]; 7] = [
    MODEL,
    lexicon::NAMES,
    lexicon::CUES,
    lexicon::WORDS,
    lexicon::CLASSES,
    lexicon::SHAPE,
    lexicon::FIRSTS,
];

const MODEL: &[u8] = include_bytes!("../../assets/entities/model.bin");

/// Finds names.
pub struct Tagger {
    lexicon: Lexicon,
    judge: Judge,
}

/// A token as the trained model sees it.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Its bytes in the paragraph.
    pub range: Range<usize>,
    /// Its features.
    pub features: Vec<(Group, u64)>,
}

/// The tokens of a paragraph, one after another shown to those around it.
struct Watch<'o> {
    observed: &'o mut [Observed],
    /// The token that is shown.
    at: usize,
}

impl Watch<'_> {
    fn note(&mut self, group: Group, seer: usize, template: u64, value: u64) {
        let token = (self.at + seer).checked_sub(feature::SEERS / 2);
        if let Some(observed) = token.and_then(|token| self.observed.get_mut(token)) {
            let feature = feature::feature(template, value);
            observed.features.push((group, feature));
        }
    }
}

impl feature::Eye for Watch<'_> {
    fn large(&mut self, group: Group, seer: usize, template: u64, value: u64) {
        self.note(group, seer, template, value);
    }

    fn wide(&mut self, group: Group, which: feature::Wide, value: u16) {
        for seer in (0..feature::SEERS).filter(|_| value != 0) {
            self.note(group, seer, which.template(seer), value.into());
        }
    }

    fn close(&mut self, group: Group, which: feature::Close, value: u16) {
        for seer in (0..feature::CLOSE_SEERS).filter(|_| value != 0) {
            self.note(group, seer + 1, which.template(seer), value.into());
        }
    }
}

impl Default for Tagger {
    fn default() -> Self {
        Self::new()
    }
}

impl Tagger {
    /// Opens the lexicons and the model in the program; costs next to nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::with_model(MODEL)
    }

    /// The same with another model, as `examples/train_names` makes them.
    #[must_use]
    pub fn with_model(model: &[u8]) -> Self {
        Self {
            lexicon: Lexicon::open(),
            judge: Judge::open(model),
        }
    }

    /// The names of one article: its paragraphs in order, each with its start in the document text.
    pub fn tag<'a>(&self, paragraphs: impl IntoIterator<Item = (usize, &'a str)>) -> Names {
        let (parts, evidence) = self.read_all(paragraphs);
        let mut desk = Desk::default();
        let parts = parts.into_iter().map(|draft| {
            // The model has seen Arabic only, and takes any other running text for one long name.
            let chosen = if self.judge.is_open() && draft.part.reading.tokens.are_arabic() {
                let (reading, chosen) = (&draft.part.reading, &draft.part.chosen);
                let labels = desk.label(&self.judge, reading, chosen, &draft.titles, &evidence);
                label::choose(labels, reading, &draft.proposed, chosen)
            } else {
                draft.part.chosen
            };
            Part {
                chosen,
                ..draft.part
            }
        });
        document::complete(parts.collect())
    }

    /// What the trained model sees of each paragraph's tokens: for the program that trains it.
    pub fn observe<'a>(
        &self,
        paragraphs: impl IntoIterator<Item = (usize, &'a str)>,
    ) -> Vec<Vec<Observed>> {
        let (parts, evidence) = self.read_all(paragraphs);
        let mut sheet = feature::Sheet::default();
        parts
            .iter()
            .map(|draft| {
                let reading = &draft.part.reading;
                let look = |n| feature::Face::of(reading, n, &evidence);
                let faces: Vec<feature::Face> = (0..reading.len()).map(look).collect();
                sheet.fill(reading, &draft.part.chosen, &draft.titles, |n| faces[n]);
                let tokens = (0..reading.len()).filter_map(|n| reading.tokens.get(n));
                let mut observed: Vec<Observed> = tokens
                    .map(|token| Observed {
                        range: token.range(),
                        features: Vec::new(),
                    })
                    .collect();
                for (at, face) in faces.iter().enumerate() {
                    let observed = &mut observed;
                    let mut watch = Watch { observed, at };
                    feature::own(face, reading, at, &mut watch);
                    sheet.met(at, &mut watch);
                    sheet.pairs(at, &mut watch);
                }
                observed
            })
            .collect()
    }

    fn read_all<'s, 'a: 's>(
        &'s self,
        paragraphs: impl IntoIterator<Item = (usize, &'a str)>,
    ) -> (Vec<Draft<'s>>, Evidence) {
        let mut evidence = Evidence::default();
        let mut forms = Forms::new(&self.lexicon);
        let drafts = paragraphs
            .into_iter()
            .map(|(start, text)| {
                let reading = Reading::of(text, &mut forms);
                let mut proposed = Vec::new();
                let titles = person::titles(&reading);
                listed::propose(&reading, &mut proposed);
                person::propose(&reading, &titles, &mut proposed);
                quantity::propose(&reading, &mut proposed);
                proposed.sort_by_key(|name: &candidate::Candidate| name.first);
                let chosen = candidate::select(proposed.clone(), reading.len());
                evidence.learn(&reading, &chosen);
                Draft {
                    part: Part {
                        start,
                        text,
                        reading,
                        chosen,
                    },
                    proposed,
                    titles,
                }
            })
            .collect();
        (drafts, evidence)
    }
}

/// A paragraph that the rules have read.
struct Draft<'a> {
    part: Part<'a>,
    proposed: Vec<candidate::Candidate>,
    titles: Vec<i32>,
}
