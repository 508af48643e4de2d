//! The roles that a text gives a name: the title before it (الرئيس الروسي), or after it and a comma (، وزير الخارجية).
//!
//! A role begins with a title or an office of the lexicon and goes on over the definite words that describe it.

use std::ops::Range;

use super::fold::{Sign, sign};
use super::form::Forms;
use super::lexicon::{Cue, Lexicon};
use super::reading::{Reading, is_definite};

/// The most words that describe a title: الرئيس الروسي السابق.
const DESCRIBING: usize = 3;
/// The most words before a name among which its title is looked for.
const REACH: usize = 7;

/// Finds roles.
pub struct Roles {
    lexicon: Lexicon,
}

impl Default for Roles {
    fn default() -> Self {
        Self {
            lexicon: Lexicon::open(),
        }
    }
}

impl Roles {
    /// The roles of the name at these bytes of a paragraph, as written, without tashkeel and tatweel.
    #[must_use]
    pub fn of(&self, text: &str, name: &Range<usize>) -> Vec<String> {
        // Roles stand close by: a long paragraph need not be read for them.
        let window = window(text, name);
        let near = text.get(window.clone()).unwrap_or_default();
        let reading = Reading::of(near, &mut Forms::new(&self.lexicon));
        let name = name.start - window.start..name.end.saturating_sub(window.start);
        [before(&reading, near, &name), after(&reading, near, &name)]
            .into_iter()
            .flatten()
            .map(|role| plain(&near[role]))
            .collect()
    }
}

/// The bytes around a name in which its roles can stand, cut at blanks.
fn window(text: &str, name: &Range<usize>) -> Range<usize> {
    const BYTES: usize = 160;
    let from = name.start.saturating_sub(BYTES);
    let from = (from..=name.start)
        .find(|&at| at == 0 || text.as_bytes().get(at - 1) == Some(&b' '))
        .unwrap_or(name.start);
    let to = (name.end + BYTES).min(text.len());
    let to = (name.end..=to)
        .rev()
        .find(|&at| at == text.len() || text.as_bytes().get(at) == Some(&b' '))
        .unwrap_or(name.end);
    from..to
}

/// Whether a role can begin with this cue.
const fn is_office(cue: Cue) -> bool {
    matches!(cue, Cue::Title | Cue::Role)
}

fn before(reading: &Reading, text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &reading.tokens;
    let first = (0..tokens.len()).find(|&n| {
        tokens
            .get(n)
            .is_some_and(|token| token.range().end > name.start)
    })?;
    // With letters of its own before it, the name is no apposition.
    if tokens.get(first)?.range().start < name.start {
        return None;
    }
    let from = first.saturating_sub(REACH);
    (from..first).find_map(|start| {
        let office = reading.cue(start).filter(|hit| is_office(hit.cue))?;
        let describes = |n: usize| tokens.is_word(n) && is_describing(reading, n);
        let whole = office.after <= first
            && first - office.after <= DESCRIBING
            && (office.after..first).all(describes);
        whole.then(|| tokens.range(text, start, office.skip.into(), first))
    })
}

fn after(reading: &Reading, text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &reading.tokens;
    let comma = (0..tokens.len()).find(|&n| {
        tokens
            .get(n)
            .is_some_and(|token| token.range().start >= name.end)
    })?;
    if !matches!(tokens.mark(comma), Some('،' | ',')) {
        return None;
    }
    let start = comma + 1;
    let office = reading
        .cue(start)
        .filter(|hit| is_office(hit.cue) && hit.skip == 0)?;
    let most = (office.after + DESCRIBING).min(tokens.len());
    let end = (office.after..most)
        .find(|&n| !tokens.is_word(n) || !is_describing(reading, n))
        .unwrap_or(most);
    Some(tokens.range(text, start, 0, end))
}

fn is_describing(reading: &Reading, n: usize) -> bool {
    is_definite(reading.tokens.key(n)) || reading.is_cue(n, Cue::Modifier)
}

fn plain(text: &str) -> String {
    text.chars().filter(|&c| sign(c) != Sign::Silent).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn roles(text: &str, name: &str) -> Vec<String> {
        let start = text.find(name).unwrap();
        Roles::default().of(text, &(start..start + name.len()))
    }

    #[test]
    fn titles_before_a_name() {
        for (text, name, role) in [
            (
                "قال الرئيس الروسي فلاديمير بوتين أمس",
                "فلاديمير بوتين",
                "الرئيس الروسي",
            ),
            (
                "ووزير الخارجية الأمريكي أنتوني بلينكن",
                "أنتوني بلينكن",
                "وزير الخارجية الأمريكي",
            ),
            ("زار المستشار شولتس كييف", "شولتس", "المستشار"),
            ("مع الرّئيس السابق بوروشنكو", "بوروشنكو", "الرئيس السابق"),
        ] {
            assert_eq!(roles(text, name), [role], "{text}");
        }
    }

    #[test]
    fn titles_after_a_name() {
        let text = "التقى شولتس، المستشار الألماني، وفدا";
        assert_eq!(roles(text, "شولتس"), ["المستشار الألماني"]);
    }

    #[test]
    fn other_words_are_no_role() {
        for (text, name) in [
            ("في مدينة حلب القديمة", "حلب"),
            ("الرئيس الذي زار موسكو", "موسكو"),
            ("بوتين", "بوتين"),
            ("قال الرئيس: بوتين هنا", "بوتين"),
        ] {
            assert!(
                roles(text, name).is_empty(),
                "{text}: {:?}",
                roles(text, name)
            );
        }
    }
}
