//! The names of one article become what the index needs of them: each entity with the ways in which it is written.

use std::collections::HashMap;

use super::super::fold::{Sign, fold, sign};
use super::super::{Kind, Mention, Names};

/// The entities of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// In the order of the article's own list.
    pub entities: Vec<Tallied>,
}

/// One entity of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallied {
    /// What it is.
    pub kind: Kind,
    /// Its fullest name there.
    pub name: String,
    /// The ways in which it is written there, with how often; spellings that differ in habit only are one.
    pub forms: Vec<(String, usize)>,
}

impl Tallied {
    /// How often it is named.
    #[must_use]
    pub fn mentions(&self) -> usize {
        self.forms.iter().map(|(_, count)| count).sum()
    }
}

impl Tally {
    /// Counts the names of an article; `text_of` gives the text of the paragraph that starts at a byte of the document.
    pub fn of<'t>(names: &Names, text_of: impl Fn(usize) -> &'t str) -> Self {
        let entities = names.entities.iter().map(|entity| {
            let mut forms: Vec<(String, usize)> = Vec::new();
            let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
            let mentions = entity.mentions.iter();
            for mention in mentions.filter_map(|&at| names.mentions.get(at)) {
                let form = form(mention, text_of(mention.paragraph), &entity.name);
                let place = *places.entry(fold(&form)).or_insert(forms.len());
                if place == forms.len() {
                    forms.push((form, 0));
                }
                forms[place].1 += 1;
            }
            Tallied {
                kind: entity.kind,
                name: entity.name.clone(),
                forms,
            }
        });
        Self {
            entities: entities.collect(),
        }
    }
}

/// A mention as it is written, without tashkeel and tatweel; the ا that لل swallows is given back where its entity has one.
#[must_use]
pub fn form(mention: &Mention, text: &str, name: &str) -> String {
    let before = text.get(..mention.range.start).unwrap_or_default();
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|&c| sign(c) != Sign::Silent);
        letters.collect()
    };
    let form = plain(text.get(mention.range.clone()).unwrap_or_default());
    let swallowed = before.ends_with('ل') && form.starts_with('ل') && name.starts_with("ال");
    if swallowed { format!("ا{form}") } else { form }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;

    #[test]
    fn counts_the_forms_of_each_entity() {
        const TEXT: &str = "زار بوتين الهند، ثم عاد فلاديمير بوتين من الهنـد. وللهند رأي في بُوتين.";
        const FOUND: [(&str, usize); 6] = [
            ("بوتين", 0),
            ("الهند", 1),
            ("فلاديمير بوتين", 0),
            ("الهنـد", 1),
            ("لهند", 1),
            ("بُوتين", 0),
        ];
        let mut free = 0;
        let mentions = FOUND.map(|(word, entity)| {
            let start = free + TEXT[free..].find(word).unwrap_or_default();
            free = start + word.len();
            Mention {
                kind: Kind::Person,
                paragraph: 7,
                range: start..free,
                entity,
            }
        });
        let entity = |name: &str, mentions: [usize; 3]| Entity {
            kind: Kind::Person,
            name: name.to_owned(),
            mentions: mentions.into(),
        };
        let names = Names {
            mentions: mentions.into(),
            entities: vec![
                entity("فلاديمير بوتين", [0, 2, 5]),
                entity("الهند", [1, 3, 4]),
            ],
        };
        let tally = Tally::of(&names, |_| TEXT);
        let forms = |at: usize| &tally.entities[at].forms[..];
        let counted = |form: &str, count| (form.to_owned(), count);
        assert_eq!(forms(0), [counted("بوتين", 2), counted("فلاديمير بوتين", 1)]);
        assert_eq!(forms(1), [counted("الهند", 3)]);
    }
}
