//! Joining against what `HarfBuzz` made of tricky strings, and against the rule of Unicode ch. 9 for all pairs of letters.

#![allow(clippy::unwrap_used)]

use qari::text::cluster::clusters;
use qari::text::joining::{form, shape, shapes};
use qari::text::properties::{Joining, Kind, Properties};

fn text(field: &str) -> String {
    field
        .split(' ')
        .filter(|code| !code.is_empty())
        .map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap())
        .collect()
}

/// The letters of a shaped text: no marks, no punctuation, isolated forms as plain letters.
fn letters(shaped: &str) -> String {
    shaped
        .chars()
        .filter(|c| c.is_alphanumeric())
        .filter(|c| Properties::of(*c).joining() != Joining::Transparent)
        .map(plain)
        .collect()
}

/// The letter of an isolated form; fonts draw one for the other. A lam-alef stays what it is.
fn plain(form_or_letter: char) -> char {
    ('\u{621}'..='\u{6d5}')
        .find(|letter| {
            Properties::of(*letter).joining() != Joining::Transparent
                && form(*letter, qari::text::joining::Shape::default()).0 == form_or_letter
        })
        .unwrap_or(form_or_letter)
}

/// Shapes every recorded string; how many there are.
fn compare(recorded: &str) -> usize {
    let mut cases = 0;
    for line in recorded.lines().filter(|line| !line.starts_with('#')) {
        let (source, expected) = line.split_once('\t').unwrap();
        let source = text(source);
        assert_eq!(
            letters(&shape(&source)),
            letters(&text(expected)),
            "{source} ({})",
            source.escape_unicode()
        );
        cases += 1;
    }
    cases
}

#[test]
fn joins_as_harfbuzz_does() {
    let cases = compare(include_str!("data/joining.tsv"));
    assert!(cases >= 150, "{cases}");
}

#[test]
fn joins_as_fribidi_does_where_it_is_right() {
    let cases = compare(include_str!("data/joining-fribidi.tsv"));
    assert!(cases >= 500, "{cases}");
}

#[test]
fn joins_every_pair_of_letters_by_their_joining_types() {
    let arabic = ('\u{620}'..='\u{6d5}')
        .chain('\u{750}'..='\u{77f}')
        .chain('\u{860}'..='\u{8c8}');
    let all: Vec<char> = arabic
        .filter(|c| Properties::of(*c).kind() == Kind::Base)
        .collect();
    for first in &all {
        for second in &all {
            let text: String = [*first, *second].into_iter().collect();
            let clusters: Vec<_> = clusters(&text).collect();
            let shapes = shapes(&clusters, |_| 1);
            let joins = |c: char| Properties::of(c).joining();
            let joined = matches!(joins(*first), Joining::Dual | Joining::Causing)
                && matches!(
                    joins(*second),
                    Joining::Dual | Joining::Right | Joining::Causing
                );
            assert_eq!(shapes[0].joins_after(), joined, "{text}");
            assert_eq!(shapes[1].joins_before(), joined, "{text}");
        }
    }
}
