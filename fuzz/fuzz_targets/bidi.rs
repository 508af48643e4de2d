//! Levels and order against `unicode-bidi`, where it is right.
#![no_main]

mod alphabet;

use libfuzzer_sys::fuzz_target;
use qari::text::Direction;
use qari::text::bidi;
use unicode_bidi::{BidiInfo, Level, ParagraphBidiInfo};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let base = if first & 1 == 1 { Direction::Rtl } else { Direction::Ltr };
    // Isolates may only not panic: its brackets after isolates are known to be wrong.
    let isolates = first & 2 == 2;
    let text = alphabet::text(rest, isolates);
    let levels = bidi::levels(&text, base);
    let own: Vec<u8> = (0..text.len()).map(|byte| levels.at(byte)).collect();
    if !isolates {
        assert_eq!(own, resolved(&text, base), "{text:?}");
    }
    // A line of it, by its characters.
    let mut line: Vec<(usize, u8)> =
        text.char_indices().map(|(byte, _)| levels.at(byte)).enumerate().collect();
    let cut = usize::from(*first >> 2).min(line.len());
    line.drain(..cut);
    let whole: Vec<Level> =
        line.iter().map(|(_, level)| Level::new(*level).expect("a level of UAX #9")).collect();
    let order: Vec<usize> = BidiInfo::reorder_visual(&whole).iter().map(|place| place + cut).collect();
    bidi::reorder(&mut line, |(_, level)| *level);
    let drawn: Vec<usize> = line.iter().map(|(place, _)| *place).collect();
    assert_eq!(drawn, order, "{text:?}");
});

/// What `unicode-bidi` says of each paragraph between separators.
fn resolved(text: &str, base: Direction) -> Vec<u8> {
    let is_separator = |c: char| matches!(c, '\n' | '\r' | '\u{1c}' | '\u{85}' | '\u{2029}');
    let level = if base == Direction::Rtl { Level::rtl() } else { Level::ltr() };
    text.split_inclusive(is_separator)
        .flat_map(|part| ParagraphBidiInfo::new(part, Some(level)).levels)
        .map(|level| level.number())
        .collect()
}
