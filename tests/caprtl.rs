//! Real situations, readable without Arabic: capitals stand for Arabic letters, the right column shows the line as drawn.

#![allow(clippy::unwrap_used)]

use qari::layout::{Options, lay_out};
use qari::text::Direction::{Ltr, Rtl};

/// One Arabic letter for each capital.
const LETTERS: [char; 26] = [
    'ا', 'ب', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', 'ذ', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط', 'ظ', 'ع', 'غ',
    'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه',
];

/// Arabic letters for capitals, ٠–٩ for digits after a tilde, controls for their names in braces.
fn encode(shown: &str) -> String {
    let named = [
        ("{lrm}", "\u{200e}"),
        ("{rlm}", "\u{200f}"),
        ("{alm}", "\u{61c}"),
        ("{lri}", "\u{2066}"),
        ("{rli}", "\u{2067}"),
        ("{fsi}", "\u{2068}"),
        ("{pdi}", "\u{2069}"),
        ("{rle}", "\u{202b}"),
        ("{lro}", "\u{202d}"),
        ("{rlo}", "\u{202e}"),
        ("{pdf}", "\u{202c}"),
        ("{nbsp}", "\u{a0}"),
    ];
    let mut text = shown.to_owned();
    for (name, control) in named {
        text = text.replace(name, control);
    }
    let mut arabic_digit = false;
    let mut encoded = String::new();
    for c in text.chars() {
        match c {
            '~' => arabic_digit = true,
            'A'..='Z' => encoded.push(LETTERS[usize::try_from(u32::from(c) - 65).unwrap()]),
            '0'..='9' if arabic_digit => {
                encoded.push(char::from_u32(0x660 + u32::from(c) - 48).unwrap());
            }
            _ => {
                arabic_digit &= matches!(c, '٫' | '٬' | '/' | ':' | '-' | '.' | ',');
                encoded.push(c);
            }
        }
    }
    encoded
}

/// The way back, for what was drawn.
fn decode(drawn: &str) -> String {
    drawn
        .chars()
        .map(|c| {
            let letter = LETTERS.iter().position(|letter| *letter == c);
            match c {
                '\u{a0}' => ' ',
                '٠'..='٩' => char::from_u32(u32::from(c) - 0x660 + 48).unwrap(),
                _ => letter.map_or(c, |place| char::from(b'A' + u8::try_from(place).unwrap())),
            }
        })
        .collect()
}

#[test]
fn draws_every_situation_as_written() {
    let table = include_str!("data/caprtl.txt");
    let mut cases = 0;
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| line.contains('|')) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [direction, logical, visual] = fields[..] else {
            panic!("three fields: {line}");
        };
        let options = Options {
            width: 0,
            direction: if direction == "rtl" { Rtl } else { Ltr },
            join: false,
            ..Options::default()
        };
        let layout = lay_out(&encode(logical), &options);
        let cells = layout.cells(&layout.lines()[0]);
        let drawn: String = cells.iter().map(|cell| layout.glyph(cell)).collect();
        cases += 1;
        if decode(&drawn) != visual {
            wrong.push(format!("{direction} | {logical} | {}", decode(&drawn)));
        }
    }
    assert!(wrong.is_empty(), "drawn otherwise:\n{}", wrong.join("\n"));
    assert!(cases >= 60, "{cases}");
}
