//! Unicode's own cases for the bidirectional algorithm, all of them: levels after L1 and order after L2, character by character.

#![allow(clippy::unwrap_used)]

mod ucd;

use qari::layout::{Options, lay_out};
use qari::text::Direction::{self, Ltr, Rtl};
use qari::text::bidi::{self, Gap};
use qari::text::cluster::clusters;
use qari::text::properties::Properties;

/// One character of a line.
#[derive(Clone, Copy)]
struct Place {
    index: usize,
    level: u8,
    gap: Gap,
    removed: bool,
}

/// The characters of a paragraph shown on one line, after L1.
fn line(text: &str, base: Direction) -> Vec<Place> {
    let levels = bidi::levels(text, base);
    let mut line: Vec<Place> = text
        .char_indices()
        .enumerate()
        .map(|(index, (byte, c))| {
            let class = Properties::of(c).bidi_class();
            Place {
                index,
                level: levels.at(byte),
                gap: Gap::of(class),
                removed: is_removed(class),
            }
        })
        .collect();
    bidi::reset_gaps(&mut line, base, |place| place.gap, |place| &mut place.level);
    line
}

/// Whether rule X9 removes the character: the files give no level for these.
fn is_removed(class: unicode_bidi::BidiClass) -> bool {
    use unicode_bidi::BidiClass::{BN, LRE, LRO, PDF, RLE, RLO};
    matches!(class, BN | LRE | LRO | PDF | RLE | RLO)
}

/// Whether a line's levels are these (none: removed), and its order this.
fn matches(text: &str, base: Direction, levels: &[Option<u8>], order: &[usize]) -> bool {
    let mut line = line(text, base);
    let right_levels = line
        .iter()
        .zip(levels)
        .all(|(place, level)| level.map_or(place.removed, |level| level == place.level));
    line.retain(|place| !place.removed);
    bidi::reorder(&mut line, |place| place.level);
    right_levels
        && line
            .iter()
            .map(|place| place.index)
            .eq(order.iter().copied())
}

fn parse_levels(field: &str) -> Vec<Option<u8>> {
    field
        .split_whitespace()
        .map(|level| (level != "x").then(|| level.parse().unwrap()))
        .collect()
}

fn parse_order(field: &str) -> Vec<usize> {
    field
        .split_whitespace()
        .map(|index| index.parse().unwrap())
        .collect()
}

/// A character of each class.
fn sample(class: &str) -> char {
    match class {
        "L" => 'a',
        "R" => 'א',
        "AL" => 'ا',
        "EN" => '1',
        "ES" => '+',
        "ET" => '%',
        "AN" => '١',
        "CS" => ',',
        "NSM" => '\u{300}',
        "BN" => '\u{ad}',
        "B" => '\u{2029}',
        "S" => '\t',
        "WS" => ' ',
        "ON" => '!',
        "LRE" => '\u{202a}',
        "LRO" => '\u{202d}',
        "RLE" => '\u{202b}',
        "RLO" => '\u{202e}',
        "PDF" => '\u{202c}',
        "LRI" => '\u{2066}',
        "RLI" => '\u{2067}',
        "FSI" => '\u{2068}',
        "PDI" => '\u{2069}',
        _ => panic!("unknown class {class}"),
    }
}

#[test]
fn passes_every_case_of_bidi_test() {
    let file = ucd::read("BidiTest.txt");
    let (mut levels, mut order) = (Vec::new(), Vec::new());
    let (mut cases, mut failed) = (0, Vec::new());
    for (number, data) in ucd::lines(&file) {
        if let Some(field) = data.strip_prefix("@Levels:") {
            levels = parse_levels(field);
        } else if let Some(field) = data.strip_prefix("@Reorder:") {
            order = parse_order(field);
        } else if !data.starts_with('@') {
            let (classes, directions) = data.split_once(';').unwrap();
            let text: String = classes.split_whitespace().map(sample).collect();
            let directions: u8 = directions.trim().parse().unwrap();
            for (bit, base) in [
                (1, bidi::first_strong(&text).unwrap_or_default()),
                (2, Ltr),
                (4, Rtl),
            ] {
                if directions & bit != 0 {
                    cases += 1;
                    if !matches(&text, base, &levels, &order) {
                        failed.push(number);
                    }
                }
            }
        }
    }
    assert_eq!(failed, [0_usize; 0]);
    assert_eq!(cases, 770_241);
}

#[test]
fn passes_every_case_of_bidi_character_test() {
    let file = ucd::read("BidiCharacterTest.txt");
    let (mut cases, mut failed) = (0, Vec::new());
    for (number, data) in ucd::lines(&file) {
        let fields: Vec<&str> = data.split(';').collect();
        let text: String = fields[0]
            .split(' ')
            .map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap())
            .collect();
        let base = match fields[1] {
            "0" => Ltr,
            "1" => Rtl,
            _ => bidi::first_strong(&text).unwrap_or_default(),
        };
        cases += 1;
        let resolved: u8 = fields[2].parse().unwrap();
        if base.level() != resolved
            || !matches(
                &text,
                base,
                &parse_levels(fields[3]),
                &parse_order(fields[4]),
            )
        {
            failed.push(number);
        }
    }
    assert_eq!(failed, [0_usize; 0]);
    assert_eq!(cases, 91_707);
}

/// The clusters that a layout draws on its only line, left to right; each by the number of its first character.
fn drawn(text: &str, base: Direction) -> Vec<usize> {
    let options = Options {
        width: 0,
        direction: base,
        join: false,
        ..Options::default()
    };
    let layout = lay_out(text, &options);
    let number = |byte: u32| text[..byte as usize].chars().count();
    let cells = layout.cells(&layout.lines()[0]);
    let mut drawn: Vec<usize> = cells.iter().map(|cell| number(cell.bytes.start)).collect();
    drawn.dedup();
    drawn
}

/// The same clusters in the order of their characters, as the file gives it; none if the order tears a cluster apart.
fn expected(text: &str, order: &[usize], drawn: &[usize]) -> Option<Vec<usize>> {
    let mut cluster_of = Vec::new();
    for cluster in clusters(text) {
        let first = cluster_of.len();
        let length = text[cluster.range()].chars().count();
        cluster_of.extend(std::iter::repeat_n(first, length));
    }
    let mut expected: Vec<usize> = order.iter().map(|index| cluster_of[*index]).collect();
    expected.dedup();
    expected.retain(|cluster| drawn.contains(cluster));
    (expected.len() == drawn.len()).then_some(expected)
}

/// How a drawn line may differ from the order that a file gives.
#[derive(Default)]
struct Drawing {
    /// The lines whose order tears a cluster apart.
    torn: Vec<usize>,
    failed: Vec<usize>,
}

impl Drawing {
    /// Draws the text of line `number` of a file and holds it against an order.
    fn compare(&mut self, number: usize, text: &str, base: Direction, order: &[usize]) {
        let drawn = drawn(text, base);
        match expected(text, order, &drawn) {
            Some(expected) if expected == drawn => {}
            Some(_) => self.failed.push(number),
            None => self.torn.push(number),
        }
    }
}

#[test]
fn draws_clusters_in_the_order_of_their_characters() {
    let file = ucd::read("BidiCharacterTest.txt");
    let mut drawing = Drawing::default();
    for (number, data) in ucd::lines(&file) {
        let fields: Vec<&str> = data.split(';').collect();
        let text: String = fields[0]
            .split(' ')
            .map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap())
            .collect();
        let base = if fields[2] == "0" { Ltr } else { Rtl };
        drawing.compare(number, &text, base, &parse_order(fields[4]));
    }
    assert_eq!(drawing.failed, [0_usize; 0]);
    // No line tears a cluster apart: the list of exceptions is empty.
    assert_eq!(drawing.torn, [0_usize; 0]);
}

#[test]
fn draws_clusters_in_the_order_of_their_classes() {
    let file = ucd::read("BidiTest.txt");
    let mut order = Vec::new();
    let (mut drawing, mut cases) = (Drawing::default(), 0);
    for (number, data) in ucd::lines(&file) {
        if let Some(field) = data.strip_prefix("@Reorder:") {
            order = parse_order(field);
        }
        let Some((classes, directions)) = data.split_once(';') else {
            continue;
        };
        let text: String = classes.split_whitespace().map(sample).collect();
        let directions: u8 = directions.trim().parse().unwrap();
        for (bit, base) in [
            (1, bidi::first_strong(&text).unwrap_or_default()),
            (2, Ltr),
            (4, Rtl),
        ] {
            if directions & bit != 0 {
                cases += 1;
                drawing.compare(number, &text, base, &order);
            }
        }
    }
    assert_eq!(drawing.failed, [0_usize; 0]);
    // Nor here.
    assert_eq!(drawing.torn, [0_usize; 0]);
    assert_eq!(cases, 770_241);
}

/// Characters of all classes but isolate controls, whose brackets `unicode-bidi` gets wrong; letters of one direction more often.
const ALPHABET: [char; 40] = [
    'ا', 'ب', 'ت', 'ل', 'م', 'א', 'ג', 'ي', 'و', ' ', ' ', ' ', '\t', '.', ',', ':', '،', '!', '…',
    '(', ')', '[', ']', '«', '»', '+', '-', '%', '$', '\u{64e}', '\u{651}', '\u{ad}', '\u{200f}',
    'a', 'z', '\u{200e}', '1', '9', '٣', '\u{202b}',
];

/// Holds so many random paragraphs against `unicode-bidi`; how many of them one level is proved for.
fn compare_random(paragraphs: usize) -> usize {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut uniform = 0;
    for _ in 0..paragraphs {
        // Two paragraphs of three hold nothing that the fast path does not know.
        let letters = if random(3) > 0 { 33 } else { ALPHABET.len() };
        let text: String = (0..random(40)).map(|_| ALPHABET[random(letters)]).collect();
        let base = if random(4) > 0 { Rtl } else { Ltr };
        let level = unicode_bidi::Level::new(base.level()).unwrap();
        let whole = unicode_bidi::ParagraphBidiInfo::new(&text, Some(level)).levels;
        let levels = bidi::levels(&text, base);
        uniform += usize::from(matches!(levels, bidi::Levels::Uniform(_)));
        for (byte, level) in whole.iter().enumerate() {
            assert_eq!(levels.at(byte), level.number(), "{text:?} at {byte}");
        }
    }
    uniform
}

#[test]
fn one_scan_says_what_the_whole_algorithm_says() {
    let uniform = compare_random(30_000);
    assert!(uniform > 10_000, "{uniform}");
}

#[test]
#[ignore = "a minute; the other one holds a share of it"]
fn one_scan_says_what_the_whole_algorithm_says_a_million_times() {
    let uniform = compare_random(2_500_000);
    assert!(uniform > 1_000_000, "{uniform}");
}
