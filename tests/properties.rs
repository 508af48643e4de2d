//! The generated tables against the files that they were made from, character by character.

#![allow(clippy::unwrap_used)]

mod ucd;

use qari::text::mirror::mirrored;
use qari::text::properties::{Joining, Properties};
use qari::text::width::cluster_width;
use unicode_width::UnicodeWidthChar;

fn character(code: &str) -> char {
    char::from_u32(u32::from_str_radix(code.trim(), 16).unwrap()).unwrap()
}

#[test]
fn mirrors_every_pair_of_bidi_mirroring() {
    let file = ucd::read("BidiMirroring.txt");
    let pairs: Vec<(char, char)> = ucd::lines(&file)
        .map(|(_, data)| data.split_once(';').unwrap())
        .map(|(from, to)| (character(from), character(to)))
        .collect();
    assert_eq!(pairs.len(), 428);
    for (from, to) in &pairs {
        assert_eq!(mirrored(*from), Some(*to));
    }
    let all = ('\0'..=char::MAX).filter(|c| mirrored(*c).is_some());
    assert_eq!(all.count(), pairs.len());
}

#[test]
fn mirrors_every_bracket_with_its_pair() {
    let file = ucd::read("BidiBrackets.txt");
    for (_, data) in ucd::lines(&file) {
        let fields: Vec<&str> = data.split(';').collect();
        assert_eq!(mirrored(character(fields[0])), Some(character(fields[1])));
    }
}

#[test]
fn knows_every_joining_type() {
    let file = ucd::read("DerivedJoiningType.txt");
    let mut types = vec![Joining::Non; 0x11_0000];
    for (_, data) in ucd::lines(&file) {
        let (range, name) = data.split_once(';').unwrap();
        let (first, last) = range.trim().split_once("..").unwrap_or((range, range));
        let joining = match name.trim() {
            "R" => Joining::Right,
            "D" => Joining::Dual,
            "L" => Joining::Left,
            "C" => Joining::Causing,
            "T" => Joining::Transparent,
            name => panic!("unknown joining type {name}"),
        };
        types[character(first) as usize..=character(last) as usize].fill(joining);
    }
    for c in '\0'..=char::MAX {
        assert_eq!(Properties::of(c).joining(), types[c as usize], "{c:?}");
    }
}

#[test]
fn gives_every_arabic_character_the_columns_it_is_drawn_in() {
    let blocks = ('\u{600}'..='\u{8ff}')
        .chain('\u{fb50}'..='\u{fdff}')
        .chain('\u{fe70}'..='\u{feff}');
    for c in blocks {
        let columns = match c {
            // Never drawn.
            '\u{61c}' | '\u{70f}' | '\u{feff}' => 0,
            // Everything else has a cell, a mark alone on its dotted circle.
            _ => 1,
        };
        assert_eq!(cluster_width(&c.to_string()), columns, "{c:?}");
    }
}

#[test]
fn takes_widths_from_unicode_width() {
    for c in '\0'..=char::MAX {
        let width = c.width().unwrap_or(0);
        assert_eq!(usize::from(Properties::of(c).width()), width, "{c:?}");
    }
}
