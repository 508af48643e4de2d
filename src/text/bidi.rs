//! Bidi levels of a whole paragraph, and the order of one line of it (UAX #9).
//!
//! Rules P2–I2 are `unicode-bidi`'s, one paragraph at a time; most Arabic paragraphs need none of them, because one scan
//! of their classes proves that every level is the same. L1 and L2 are here. L3 and L4 are up to who draws the clusters.

use unicode_bidi::{BidiClass, BidiDataSource, Level, ParagraphBidiInfo};

use super::Direction;
use super::digest;
use super::isolates;
use super::properties::{Properties, mask_of};

/// The embedding levels of a paragraph, before L1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Levels {
    /// All the same.
    Uniform(u8),
    /// One for each byte of the text.
    Mixed(Vec<Level>),
}

impl Levels {
    /// The levels of a part of the text.
    #[must_use]
    pub fn part(&self, bytes: std::ops::Range<usize>) -> Self {
        match self {
            Self::Uniform(level) => Self::Uniform(*level),
            Self::Mixed(levels) => Self::Mixed(levels.get(bytes).unwrap_or_default().to_vec()),
        }
    }

    /// The level of the character that holds this byte; 0 beyond the text's end.
    #[must_use]
    #[inline]
    pub fn at(&self, byte: usize) -> u8 {
        match self {
            Self::Uniform(level) => *level,
            Self::Mixed(levels) => levels.get(byte).map_or(0, Level::number),
        }
    }
}

/// What a character is to rule L1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Text: white space before it keeps its level.
    None,
    /// White space, isolate controls and what rule X9 removes: reset at a line's end and before a separator.
    Space,
    /// A segment or paragraph separator: reset, with the spaces before it.
    Separator,
}

impl Gap {
    /// The part that a character of this class plays.
    #[must_use]
    #[inline]
    pub const fn of(class: BidiClass) -> Self {
        use BidiClass::{B, BN, FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO, S, WS};
        match class {
            B | S => Self::Separator,
            WS | FSI | LRI | RLI | PDI | BN | LRE | LRO | RLE | RLO | PDF => Self::Space,
            _ => Self::None,
        }
    }
}

/// Our table of bidi classes: newer than the crate's own, and quicker.
pub(super) struct Classes;

impl BidiDataSource for Classes {
    #[inline]
    fn bidi_class(&self, c: char) -> BidiClass {
        Properties::of(c).bidi_class()
    }
}

const NEUTRAL: u32 = {
    use BidiClass::{B, BN, CS, ES, ET, NSM, ON, S, WS};
    mask_of(&[NSM, WS, ON, CS, ES, ET, BN, B, S])
};
const ALL_RIGHT: u32 = NEUTRAL | mask_of(&[BidiClass::R, BidiClass::AL]);
const ALL_LEFT: u32 = NEUTRAL | mask_of(&[BidiClass::L, BidiClass::EN]);
/// The controls of embeddings, overrides and isolates.
pub(super) const CONTROLS: u32 = {
    use BidiClass::{FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO};
    mask_of(&[LRE, LRO, RLE, RLO, PDF, LRI, RLI, FSI, PDI])
};
const SEPARATOR: u32 = mask_of(&[BidiClass::B]);
const ISOLATES: u32 = {
    use BidiClass::{FSI, LRI, RLI};
    mask_of(&[LRI, RLI, FSI])
};

/// The bidi classes that occur in a text, as a mask of [`Properties::bidi_bit`]s.
#[must_use]
pub fn classes(text: &str) -> u32 {
    text.chars()
        .fold(0, |mask, c| mask | Properties::of(c).bidi_bit())
}

/// The level that every character has, where the classes alone prove it.
///
/// Without a letter of the other direction, a number (right to left) or a bidi control, rules W1–I2 give every character
/// the paragraph's level: separators and terminators become neutral (W6), and neutrals follow the letters (N1, N2).
#[must_use]
pub const fn uniform(classes: u32, base: Direction) -> Option<u8> {
    let harmless = match base {
        Direction::Rtl => ALL_RIGHT,
        Direction::Ltr => ALL_LEFT,
    };
    if classes & !harmless == 0 {
        Some(base.level())
    } else {
        None
    }
}

/// The levels of one paragraph (P2–I2) whose base direction is known.
#[must_use]
pub fn levels(text: &str, base: Direction) -> Levels {
    levels_of(text, base, classes(text))
}

/// [`levels`] of a text whose `classes` were collected before.
#[must_use]
pub fn levels_of(text: &str, base: Direction, classes: u32) -> Levels {
    if let Some(level) = uniform(classes, base) {
        return Levels::Uniform(level);
    }
    if base == Direction::Rtl && classes & (SEPARATOR | CONTROLS) == 0 {
        let levels = digest::levels(text).unwrap_or_else(|| resolve(text, base));
        return Levels::Mixed(levels);
    }
    let resolve = if classes & ISOLATES == 0 {
        resolve
    } else {
        resolve_with_isolates
    };
    if classes & SEPARATOR == 0 {
        return Levels::Mixed(resolve(text, base));
    }
    // P1: what a separator leaves open is closed there.
    let is_separator = |c| Properties::of(c).bidi_bit() == SEPARATOR;
    let parts = text.split_inclusive(is_separator);
    Levels::Mixed(parts.flat_map(|part| resolve(part, base)).collect())
}

fn resolve_with_isolates(text: &str, base: Direction) -> Vec<Level> {
    isolates::levels(text, base).unwrap_or_else(|| resolve(text, base))
}

/// The whole algorithm, as the crate does it.
pub(super) fn resolve(text: &str, base: Direction) -> Vec<Level> {
    let level = match base {
        Direction::Ltr => Level::ltr(),
        Direction::Rtl => Level::rtl(),
    };
    ParagraphBidiInfo::new_with_data_source(&Classes, text, Some(level)).levels
}

/// The direction of the first strong letter outside isolates (P2, P3); none when there is no such letter.
#[must_use]
pub fn first_strong(text: &str) -> Option<Direction> {
    let mut depth = 0_usize;
    for c in text.chars() {
        match Properties::of(c).bidi_class() {
            BidiClass::L if depth == 0 => return Some(Direction::Ltr),
            BidiClass::R | BidiClass::AL if depth == 0 => return Some(Direction::Rtl),
            BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => depth += 1,
            BidiClass::PDI => depth = depth.saturating_sub(1),
            BidiClass::B => return None,
            _ => {}
        }
    }
    None
}

/// L1 over the characters or clusters of one line, in logical order.
pub fn reset_gaps<T>(
    line: &mut [T],
    base: Direction,
    gap: impl Fn(&T) -> Gap,
    level: impl Fn(&mut T) -> &mut u8,
) {
    let mut resetting = true;
    for item in line.iter_mut().rev() {
        match gap(item) {
            Gap::Separator => resetting = true,
            Gap::Space => {}
            Gap::None => resetting = false,
        }
        if resetting {
            *level(item) = base.level();
        }
    }
}

/// L2: puts `order`, whose items stand in logical order, into visual order, left to right.
pub fn reorder<T>(order: &mut [T], level: impl Fn(&T) -> u8) {
    let Some(highest) = order.iter().map(&level).max() else {
        return;
    };
    let lowest = order.iter().map(&level).min().unwrap_or(highest);
    if lowest == highest {
        if highest % 2 == 1 {
            order.reverse();
        }
        return;
    }
    // Reversing the runs of every level from the highest down to the lowest odd one; each pass keeps a run's items
    // together, so that the next pass still finds it in one piece.
    for at_least in (lowest | 1..=highest).rev() {
        let mut rest = &mut *order;
        while let Some(start) = rest.iter().position(|item| level(item) >= at_least) {
            rest = &mut rest[start..];
            let end = rest
                .iter()
                .position(|item| level(item) < at_least)
                .unwrap_or(rest.len());
            let (run, tail) = rest.split_at_mut(end);
            run.reverse();
            rest = tail;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Levels, classes, first_strong, levels, reorder, resolve, uniform};
    use crate::text::Direction::{self, Ltr, Rtl};
    use proptest::prelude::*;

    /// The level of each character, as digits.
    fn shown(text: &str, base: Direction) -> String {
        let levels = levels(text, base);
        text.char_indices()
            .map(|(byte, _)| levels.at(byte).to_string())
            .collect()
    }

    #[test]
    fn takes_the_levels_of_the_whole_paragraph() {
        assert_eq!(shown("قال abc 12", Rtl), "1111222222");
        assert_eq!(shown("a قال", Ltr), "00111");
        assert_eq!(shown("سعر 5%", Rtl), "111121");
    }

    #[test]
    fn copes_with_nothing_and_with_line_ends() {
        assert_eq!(levels("", Rtl), Levels::Uniform(1));
        assert_eq!(shown("ا1\r\n", Rtl), "1211");
        // P1: an embedding ends with its paragraph.
        assert_eq!(shown("\u{202b}a\u{2029}a", Ltr).chars().last(), Some('0'));
    }

    #[test]
    fn orders_a_line_at_the_deepest_level() {
        let mut line = [126_u8; 3];
        reorder(&mut line, |level| *level);
        let text = "\u{2068}".repeat(140) + "1";
        assert!(levels(&text, Rtl).at(text.len() - 1) >= 124);
    }

    #[test]
    fn orders_by_nested_runs() {
        let mut line: Vec<(usize, u8)> = [1, 1, 2, 2, 1, 4, 4, 3, 0, 1, 1]
            .into_iter()
            .enumerate()
            .collect();
        reorder(&mut line, |place| place.1);
        let order: Vec<usize> = line.iter().map(|place| place.0).collect();
        assert_eq!(order, [7, 5, 6, 4, 2, 3, 1, 0, 8, 10, 9]);
    }

    #[test]
    fn finds_the_first_strong_letter_outside_isolates() {
        assert_eq!(first_strong("12 \u{2067}ا\u{2069} a"), Some(Ltr));
        assert_eq!(first_strong("(«ا"), Some(Rtl));
        assert_eq!(first_strong("12"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

        #[test]
        fn one_look_at_the_classes_says_what_the_whole_algorithm_says(
            text in "[ابאa1٣\u{64b}\u{200f}\u{200e}\u{ad} \t+%,.:()\\[\\]«»!…\u{2029}]{0,16}",
            base in prop_oneof![Just(Ltr), Just(Rtl)],
        ) {
            if let Some(level) = uniform(classes(&text), base) {
                prop_assert!(resolve(&text, base).iter().all(|own| own.number() == level));
            }
        }
    }
}
