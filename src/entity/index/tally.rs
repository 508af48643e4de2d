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
fn form(mention: &Mention, text: &str, name: &str) -> String {
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
    use crate::entity::Tagger;

    #[test]
    fn counts_the_forms_of_each_entity() {
        let text = "زار بوتين الهند، ثم عاد فلاديمير بوتين من الهنـد. وللهند رأي في بُوتين.";
        let names = Tagger::new().tag([(7, text)]);
        let tally = Tally::of(&names, |_| text);
        let forms = |name: &str| {
            let entity = tally.entities.iter().find(|entity| entity.name == name);
            entity.map(|entity| entity.forms.clone())
        };
        assert_eq!(forms("الهند"), Some(vec![("الهند".to_owned(), 3)]));
        assert_eq!(
            forms("فلاديمير بوتين"),
            Some(vec![
                ("بوتين".to_owned(), 2),
                ("فلاديمير بوتين".to_owned(), 1)
            ])
        );
    }
}
