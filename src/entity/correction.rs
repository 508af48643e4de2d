//! The reader is right: what was corrected once holds in every article, over whatever the tagger finds.
//!
//! A correction says what it is about by words and kind, never by place, so that it holds wherever they are written alike: without
//! tashkeel and tatweel, whatever the hamza. Corrections are applied in the order in which they were made, each in time that grows with
//! the number of names; taking one back is applying the others anew.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::index::form;
use super::{Entity, Kind, Mention, Names};
use crate::text::fold::{Folded, fold, fold_str};

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "correction", rename_all = "lowercase", deny_unknown_fields)]
pub enum Correction {
    /// Who or what is called so is of another kind.
    Kind {
        /// Its name, and the other ways in which it is written.
        names: Vec<String>,
        /// What the tagger takes it for.
        kind: Kind,
        /// What it is.
        to: Kind,
    },
    /// What is so written is no name.
    Nothing {
        /// The ways in which it is written.
        names: Vec<String>,
        /// What the tagger takes it for.
        kind: Kind,
    },
    /// The name is longer or shorter than what the tagger marks.
    Span {
        /// What is marked.
        name: String,
        /// Its kind.
        kind: Kind,
        /// The name.
        to: String,
    },
    /// What is so written is a name, wherever no longer one is marked.
    Name {
        /// The name.
        name: String,
        /// What it is.
        kind: Kind,
    },
    /// Two names are of one entity.
    Join {
        /// Its name, and the other ways in which it is written.
        names: Vec<String>,
        /// Its kind.
        kind: Kind,
        /// What it is called from now on.
        to: String,
        /// The kind of that.
        #[serde(rename = "to_kind")]
        to_kind: Kind,
    },
}

impl Correction {
    /// The names that it is about, the fullest first.
    #[must_use]
    pub fn names(&self) -> &[String] {
        match self {
            Self::Kind { names, .. } | Self::Nothing { names, .. } | Self::Join { names, .. } => {
                names
            }
            Self::Span { name, .. } | Self::Name { name, .. } => std::slice::from_ref(name),
        }
    }

    /// The kind that the tagger gives them, or that they have.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Kind { kind, .. }
            | Self::Nothing { kind, .. }
            | Self::Span { kind, .. }
            | Self::Name { kind, .. }
            | Self::Join { kind, .. } => *kind,
        }
    }
}

/// Applies corrections to the names of an article; `starts` are where its paragraphs start, and `text_of` gives the text of each.
#[must_use]
pub fn correct<'t>(
    found: &Names,
    corrections: &[Correction],
    starts: impl IntoIterator<Item = usize>,
    text_of: impl Fn(usize) -> &'t str,
) -> Names {
    if corrections.is_empty() {
        return found.clone();
    }
    let mut draft = Draft::of(found, text_of);
    let adds = |correction: &Correction| matches!(correction, Correction::Name { .. });
    let texts: Vec<(usize, Folded)> = if corrections.iter().any(adds) {
        let folded = |start| (start, fold((draft.text_of)(start)));
        starts.into_iter().map(folded).collect()
    } else {
        Vec::new()
    };
    for correction in corrections {
        let names: Vec<String> = correction
            .names()
            .iter()
            .map(|name| fold_str(name))
            .collect();
        match correction {
            Correction::Kind { kind, to, .. } => draft.change_kind(*kind, &names, *to),
            Correction::Nothing { kind, .. } => draft.drop(*kind, &names),
            Correction::Span { name, kind, to } => draft.stretch(*kind, name, to),
            Correction::Name { name, kind } => draft.add(*kind, name, &texts),
            Correction::Join {
                kind, to, to_kind, ..
            } => draft.join(*kind, &names, (*to_kind, to)),
        }
    }
    draft.finish()
}

/// A mention being corrected, and its folded form.
struct Marked {
    mention: Mention,
    form: String,
}

/// An entity being corrected, and its folded name; its mentions know it, it does not know them.
struct Called {
    kind: Kind,
    name: String,
    folded: String,
}

/// Names being corrected.
struct Draft<F> {
    mentions: Vec<Marked>,
    entities: Vec<Called>,
    text_of: F,
}

impl<'t, F: Fn(usize) -> &'t str> Draft<F> {
    fn of(names: &Names, text_of: F) -> Self {
        let marked = |mention: &Mention| {
            let entity = names.entities.get(mention.entity);
            let name = entity.map_or("", |entity| &entity.name);
            Marked {
                form: fold_str(&form(mention, text_of(mention.paragraph), name)),
                mention: mention.clone(),
            }
        };
        let entities = names.entities.iter();
        Self {
            mentions: names.mentions.iter().map(marked).collect(),
            entities: entities
                .map(|entity| Called {
                    kind: entity.kind,
                    name: entity.name.clone(),
                    folded: fold_str(&entity.name),
                })
                .collect(),
            text_of,
        }
    }

    /// The entity of this kind and name, made if there is none.
    fn entity(&mut self, kind: Kind, name: &str) -> usize {
        let folded = fold_str(name);
        let alike = |other: &Called| other.kind == kind && other.folded == folded;
        self.entities.iter().position(alike).unwrap_or_else(|| {
            self.entities.push(Called {
                kind,
                name: name.to_owned(),
                folded,
            });
            self.entities.len() - 1
        })
    }

    /// Of each entity, whether it is called so, or written so wherever it is named.
    fn meant(&self, kind: Kind, names: &[String]) -> Vec<bool> {
        let mut written_so = vec![true; self.entities.len()];
        for marked in &self.mentions {
            written_so[marked.mention.entity] &= names.contains(&marked.form);
        }
        let entities = self.entities.iter().zip(written_so);
        entities
            .map(|(entity, so)| entity.kind == kind && (so || names.contains(&entity.folded)))
            .collect()
    }

    /// Makes the mentions of some entities those of another each.
    fn lead(&mut self, targets: &[Option<usize>]) {
        for Marked { mention, .. } in &mut self.mentions {
            if let Some(target) = targets.get(mention.entity).copied().flatten() {
                mention.entity = target;
                mention.kind = self.entities[target].kind;
            }
        }
    }

    fn change_kind(&mut self, kind: Kind, names: &[String], to: Kind) {
        let meant = self.meant(kind, names);
        let targets: Vec<Option<usize>> = meant
            .iter()
            .enumerate()
            .map(|(entity, meant)| {
                let name = meant.then(|| self.entities[entity].name.clone())?;
                Some(self.entity(to, &name))
            })
            .collect();
        self.lead(&targets);
    }

    fn join(&mut self, kind: Kind, names: &[String], to: (Kind, &str)) {
        let meant = self.meant(kind, names);
        if meant.contains(&true) {
            let target = self.entity(to.0, to.1);
            let targets: Vec<Option<usize>> =
                meant.iter().map(|meant| meant.then_some(target)).collect();
            self.lead(&targets);
        }
    }

    fn drop(&mut self, kind: Kind, names: &[String]) {
        self.mentions
            .retain(|marked| marked.mention.kind != kind || !names.contains(&marked.form));
    }

    /// Gives mentions that are written one way the bytes of another way that stands over them.
    fn stretch(&mut self, kind: Kind, name: &str, to: &str) {
        let (name, folded) = (fold_str(name), fold_str(to));
        let mut stretched = vec![false; self.mentions.len()];
        for (at, won) in stretched.iter_mut().enumerate() {
            let Marked { mention, form } = &self.mentions[at];
            if mention.kind != kind || *form != name {
                continue;
            }
            let Some(range) = place_of((self.text_of)(mention.paragraph), &folded, &mention.range)
            else {
                continue;
            };
            *won = true;
            self.mentions[at].mention.range = range;
            self.mentions[at].form.clone_from(&folded);
        }
        self.give_way(&stretched);
        // Whoever was called as it was marked, or is now marked by more words than before, is called by these.
        let words = |name: &str| name.split_whitespace().count();
        let mut targets = vec![None; self.entities.len()];
        for at in 0..self.mentions.len() {
            let entity = self.mentions[at].mention.entity;
            let known = &self.entities[entity];
            let grows = known.folded == name || words(&known.folded) < words(&folded);
            if self.mentions[at].form == folded && known.kind == kind && grows {
                let target = self.entity(kind, to);
                targets.resize(self.entities.len(), None);
                targets[entity] = Some(target);
            }
        }
        self.lead(&targets);
    }

    /// Marks what is written so, in the folded texts of all paragraphs.
    fn add(&mut self, kind: Kind, name: &str, texts: &[(usize, Folded)]) {
        let form = fold_str(name);
        let entity = self.entity(kind, name);
        let mut places = Vec::new();
        for (paragraph, text) in texts {
            places.extend(places_of(text, &form).map(|range| (*paragraph, range)));
        }
        // Both stand in order.
        let mut marked = self.mentions.iter().peekable();
        let key = |mention: &Mention| (mention.paragraph, mention.range.end);
        places.retain(|(paragraph, range)| {
            while marked
                .next_if(|marked| key(&marked.mention) < (*paragraph, range.end))
                .is_some()
            {}
            !marked.peek().is_some_and(|Marked { mention, .. }| {
                mention.paragraph == *paragraph
                    && mention.range.start <= range.start
                    && mention.range != *range
            })
        });
        let mut won = vec![false; self.mentions.len()];
        won.resize(self.mentions.len() + places.len(), true);
        self.mentions
            .extend(places.into_iter().map(|(paragraph, range)| Marked {
                mention: Mention {
                    kind,
                    paragraph,
                    range,
                    entity,
                },
                form: form.clone(),
            }));
        self.give_way(&won);
    }

    /// Takes away what the stretched mentions have grown over.
    fn give_way(&mut self, stretched: &[bool]) {
        let mut mentions: Vec<(Marked, bool)> = std::mem::take(&mut self.mentions)
            .into_iter()
            .zip(stretched.iter().copied())
            .collect();
        let key = |(marked, _): &(Marked, bool)| {
            let mention = &marked.mention;
            (mention.paragraph, mention.range.start, mention.range.end)
        };
        // Of two in the same place, what has grown comes last, and wins.
        mentions.sort_by_key(|next| (key(next), next.1));
        let mut kept: Vec<(Marked, bool)> = Vec::with_capacity(mentions.len());
        for next in mentions {
            let (paragraph, start, _) = key(&next);
            let overlaps = |last: &(Marked, bool)| {
                let (other, _, end) = key(last);
                other == paragraph && start < end
            };
            if next.1 {
                while kept.last().is_some_and(|last| overlaps(last) && !last.1) {
                    kept.pop();
                }
            }
            if !kept.last().is_some_and(overlaps) {
                kept.push(next);
            }
        }
        self.mentions = kept.into_iter().map(|(marked, _)| marked).collect();
    }

    /// Names with both ways of the map; entities without mentions are gone, the others stand in the order of their first one.
    fn finish(self) -> Names {
        let mut places = vec![None; self.entities.len()];
        let mut entities: Vec<Entity> = Vec::new();
        let mut mentions = Vec::with_capacity(self.mentions.len());
        for (at, Marked { mut mention, .. }) in self.mentions.into_iter().enumerate() {
            let Called { kind, name, .. } = &self.entities[mention.entity];
            let place = *places[mention.entity].get_or_insert_with(|| {
                entities.push(Entity {
                    kind: *kind,
                    name: name.clone(),
                    mentions: Vec::new(),
                });
                entities.len() - 1
            });
            mention.entity = place;
            entities[place].mentions.push(at);
            mentions.push(mention);
        }
        Names { mentions, entities }
    }
}

/// Where folded words stand in a folded text, each alone or behind letters that are written together with it; behind ل the article's own ا
/// is unwritten.
fn places_of<'t>(text: &'t Folded, words: &'t str) -> impl Iterator<Item = Range<usize>> {
    let whole = find(text, words, 0);
    let swallowed = words.strip_prefix("ال").filter(|rest| !rest.is_empty());
    let swallowed = swallowed.map(|rest| find(text, &format!("لل{rest}"), 'ل'.len_utf8()));
    let mut places: Vec<Range<usize>> = whole
        .into_iter()
        .chain(swallowed.into_iter().flatten())
        .collect();
    places.sort_by_key(|place| place.start);
    places.into_iter()
}

/// Where words stand in a folded text, without so many bytes at their beginning.
fn find(text: &Folded, words: &str, skip: usize) -> Vec<Range<usize>> {
    if words.trim().is_empty() {
        return Vec::new();
    }
    let long = words.chars().nth(2).is_some();
    let stands = |&(at, found): &(usize, &str)| {
        let before = text.text[..at].char_indices().rev();
        let letters = before.take(3).take_while(|(_, c)| c.is_alphanumeric());
        let start = letters.last().map_or(at, |(start, _)| start);
        let clitics = [
            "", "و", "ف", "ب", "ل", "ك", "س", "وب", "ول", "وك", "وس", "فب", "فل", "فك", "فس",
        ];
        let apart = if long { &clitics[..] } else { &clitics[..1] };
        let ends = !text.text[at + found.len()..].starts_with(char::is_alphanumeric);
        ends && apart.contains(&&text.text[start..at])
    };
    let places = text.text.match_indices(words).filter(stands);
    places
        .map(|(at, found)| text.source(at + skip..at + found.len()))
        .collect()
}

/// Where folded words stand in a text so that they overlap a range and end with a word.
fn place_of(text: &str, words: &str, range: &Range<usize>) -> Option<Range<usize>> {
    if words.is_empty() {
        return None;
    }
    // What overlaps it stands near: a letter may have a few marks, and take three bytes where its folded one takes two.
    let reach = words.len() * 6;
    let mut from = range.start.saturating_sub(reach);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (range.end + reach).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let near = fold(text.get(from..to)?);
    let mut places = near.text.match_indices(words);
    places.find_map(|(at, words)| {
        let place = near.source(at..at + words.len());
        let place = from + place.start..from + place.end;
        let overlaps = place.start < range.end && range.start < place.end;
        let ends = !text[place.end..].starts_with(char::is_alphanumeric);
        (overlaps && ends).then_some(place)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TEXT: &str = "زار أحمد علي باريس، ثم قال أحمد إن شركة أمازون في وباريس.";

    /// The names of the text: each word that stands alone, with its kind; equal words are one entity.
    fn names(found: &[(&str, Kind)]) -> Names {
        let mut mentions = Vec::new();
        let mut entities = Vec::new();
        for (entity, (word, kind)) in found.iter().enumerate() {
            let places = TEXT.match_indices(word);
            mentions.extend(places.map(|(at, word)| Mention {
                kind: *kind,
                paragraph: 0,
                range: at..at + word.len(),
                entity,
            }));
            entities.push(Entity {
                kind: *kind,
                name: (*word).to_owned(),
                mentions: Vec::new(),
            });
        }
        mentions.sort_by_key(|mention| mention.range.start);
        let draft = Draft::of(&Names { mentions, entities }, |_| TEXT);
        draft.finish()
    }

    /// Each mention: as written, its kind, its entity.
    fn told(names: &Names) -> Vec<String> {
        let mentions = names.mentions.iter().enumerate();
        mentions
            .map(|(at, mention)| {
                let entity = &names.entities[mention.entity];
                assert_eq!(entity.kind, mention.kind);
                assert!(entity.mentions.contains(&at));
                let written = &TEXT[mention.range.clone()];
                format!("{written} {} {}", mention.kind, entity.name)
            })
            .collect()
    }

    fn corrected(found: &[(&str, Kind)], corrections: &[Correction]) -> Vec<String> {
        told(&correct(&names(found), corrections, [0], |_| TEXT))
    }

    fn span(name: &str, to: &str, kind: Kind) -> Correction {
        Correction::Span {
            name: name.into(),
            kind,
            to: to.into(),
        }
    }

    #[test]
    fn another_kind_for_all_mentions() {
        let kind = Correction::Kind {
            names: vec!["امازون".into()],
            kind: Kind::Place,
            to: Kind::Organization,
        };
        let found = [("أمازون", Kind::Place), ("باريس", Kind::Place)];
        let expected = [
            "باريس place باريس",
            "أمازون organization أمازون",
            "باريس place باريس",
        ];
        assert_eq!(corrected(&found, &[kind]), expected);
    }

    #[test]
    fn of_the_same_word_only_the_kind_that_was_corrected_changes() {
        let kind = Correction::Kind {
            names: vec!["باريس".into()],
            kind: Kind::Person,
            to: Kind::Event,
        };
        let found = [("باريس", Kind::Place)];
        assert_eq!(corrected(&found, &[kind]), corrected(&found, &[]));
    }

    #[test]
    fn no_name_at_all() {
        let nothing = Correction::Nothing {
            names: vec!["باريس".into()],
            kind: Kind::Place,
        };
        let found = [("أمازون", Kind::Place), ("باريس", Kind::Place)];
        assert_eq!(corrected(&found, &[nothing]), ["أمازون place أمازون"]);
    }

    #[test]
    fn longer_and_shorter_names() {
        let longer = span("احمد", "أحمد علي", Kind::Person);
        let expected = ["أحمد علي person أحمد علي", "أحمد person أحمد علي"];
        let found = [("أحمد", Kind::Person)];
        assert_eq!(corrected(&found, std::slice::from_ref(&longer)), expected);
        let found = [("أحمد", Kind::Person), ("علي", Kind::Place)];
        assert_eq!(
            corrected(&found, &[longer]),
            expected,
            "it grows over what was there"
        );
        let shorter = span("أحمد علي باريس", "أحمد علي", Kind::Person);
        assert_eq!(
            corrected(&[("أحمد علي باريس", Kind::Person)], &[shorter]),
            ["أحمد علي person أحمد علي"]
        );
        let clitic = span("وباريس", "باريس", Kind::Place);
        let found = [("وباريس", Kind::Place)];
        assert_eq!(corrected(&found, &[clitic]), ["باريس place باريس"]);
        let within = span("أحمد", "أحمد عل", Kind::Person);
        let found = [("أحمد", Kind::Person)];
        assert_eq!(
            corrected(&found, &[within]),
            corrected(&found, &[]),
            "no name ends within a word"
        );
    }

    fn name(name: &str, kind: Kind) -> Correction {
        Correction::Name {
            name: name.into(),
            kind,
        }
    }

    #[test]
    fn what_was_not_found_is_a_name_wherever_it_stands() {
        let added = [name("باريس", Kind::Place)];
        let expected = ["باريس place باريس", "باريس place باريس"];
        assert_eq!(corrected(&[], &added), expected, "behind a clitic, too");
        let found = [("باريس", Kind::Person)];
        assert_eq!(corrected(&found, &added), expected, "as another kind");
        assert_eq!(
            corrected(&[], &[name("ار", Kind::Place)]),
            [""; 0],
            "no name stands within a word"
        );
        assert_eq!(corrected(&[], &[name(" ،", Kind::Place)]), [""; 0]);
    }

    #[test]
    fn of_two_names_in_one_place_the_longer_stays() {
        let whole = [("أحمد علي", Kind::Person)];
        let part = [name("علي", Kind::Person)];
        assert_eq!(corrected(&whole, &part), ["أحمد علي person أحمد علي"]);
        let longer = [name("أحمد علي", Kind::Person)];
        let found = [("علي", Kind::Place)];
        assert_eq!(corrected(&found, &longer), ["أحمد علي person أحمد علي"]);
        let taken = [
            name("باريس", Kind::Place),
            Correction::Nothing {
                names: vec!["باريس".into()],
                kind: Kind::Place,
            },
        ];
        assert_eq!(corrected(&[], &taken), [""; 0], "and none again");
    }

    #[test]
    fn the_article_that_is_unwritten_behind_l_is_its_own() {
        let text = "ذهب للمريخ والمريخ بعيد";
        let added = [name("المريخ", Kind::Place)];
        let names = correct(&Names::default(), &added, [7], |_| text);
        let written: Vec<&str> = names
            .mentions
            .iter()
            .map(|it| &text[it.range.clone()])
            .collect();
        assert_eq!(written, ["لمريخ", "المريخ"]);
        assert_eq!((names.entities.len(), names.mentions[0].paragraph), (1, 7));
    }

    #[test]
    fn two_names_of_one() {
        let join = Correction::Join {
            names: vec!["أمازون".into()],
            kind: Kind::Organization,
            to: "باريس".into(),
            to_kind: Kind::Place,
        };
        let found = [("أمازون", Kind::Organization), ("باريس", Kind::Place)];
        let expected = [
            "باريس place باريس",
            "أمازون place باريس",
            "باريس place باريس",
        ];
        assert_eq!(corrected(&found, std::slice::from_ref(&join)), expected);
        assert_eq!(
            corrected(&found[..1], &[join]),
            ["أمازون place باريس"],
            "also where the other does not stand"
        );
    }

    #[test]
    fn another_bearer_of_a_surname_is_not_meant() {
        let found = names(&[("أحمد", Kind::Person), ("علي", Kind::Person)]);
        // One person who is called by either word, and one correction about who is called by the first alone.
        let mut one = found.clone();
        one.entities[0].name = "أحمد علي".into();
        for mention in &mut one.mentions {
            mention.entity = 0;
        }
        let join = Correction::Join {
            names: vec!["أحمد".into()],
            kind: Kind::Person,
            to: "أحمد زويل".into(),
            to_kind: Kind::Person,
        };
        let entities =
            |names: &Names| correct(names, std::slice::from_ref(&join), [0], |_| TEXT).entities;
        assert_eq!(entities(&one)[0].name, "أحمد علي");
        assert_eq!(entities(&found)[0].name, "أحمد زويل");
    }

    #[test]
    fn corrections_build_on_those_before_them() {
        let nothing = Correction::Nothing {
            names: vec!["أحمد علي".into()],
            kind: Kind::Person,
        };
        let corrections = [span("أحمد", "أحمد علي", Kind::Person), nothing];
        let found = [("أحمد", Kind::Person)];
        assert_eq!(corrected(&found, &corrections), ["أحمد person أحمد علي"]);
    }

    #[test]
    fn a_correction_is_read_back_as_it_was_written() {
        let corrections = [
            span("أ", "أ ب", Kind::Work),
            name("أ", Kind::Work),
            Correction::Join {
                names: vec!["أ".into()],
                kind: Kind::Event,
                to: "ب".into(),
                to_kind: Kind::Work,
            },
        ];
        for correction in corrections {
            let line = serde_json::to_string(&correction).unwrap();
            assert_eq!(
                serde_json::from_str::<Correction>(&line).unwrap(),
                correction
            );
        }
        assert!(serde_json::from_str::<Correction>(r#"{"correction":"span"}"#).is_err());
    }
}
