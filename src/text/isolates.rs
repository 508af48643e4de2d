//! Bidi levels of a paragraph with isolates: each isolate is resolved as a paragraph of its own.
//!
//! To the text around it an isolate is one neutral object, and inside it the algorithm starts anew (UAX #9 BD9–BD13, X5a–X6a).
//! Resolving them apart says the same as the whole algorithm and keeps away from a defect of `unicode-bidi` 0.3.18, which reads
//! the text before an isolate in the wrong order when it looks for the letter before a bracket (N0).

use unicode_bidi::{BidiClass, Level};

use super::Direction;
use super::bidi::{first_strong, resolve};
use super::properties::Properties;

/// Stands for an isolate control in the text around it: a neutral of the same length in bytes.
const NEUTRAL: char = '\u{fffc}';

/// Embeddings and isolates that may be open at once: each raises the level by two at most, and rule X1's limit is 125.
const DEEPEST: usize = 60;

/// The paragraph, or one isolate of it: its text without the isolates inside.
#[derive(Default)]
struct Part {
    text: String,
    /// Where each stretch of `text` stands in the paragraph, as (first byte here, first byte there).
    pieces: Vec<(usize, usize)>,
    /// The isolates inside, as (byte of the opener here, number of the part).
    inner: Vec<(usize, usize)>,
    /// The part around it and the control that opened it.
    opener: Option<(usize, BidiClass)>,
    /// Embeddings and isolates that are open around it.
    depth: usize,
    /// Embeddings that are open inside it, at the end of `text`.
    open: usize,
}

impl Part {
    fn push(&mut self, c: char, byte: usize) {
        let continues = self
            .pieces
            .last()
            .is_some_and(|(here, there)| there + (self.text.len() - here) == byte);
        if !continues {
            self.pieces.push((self.text.len(), byte));
        }
        self.text.push(c);
    }

    /// The explicit levels that rule X5 finds at the openers of the isolates inside, above the paragraph's own level.
    fn levels_at_openers(&self, base: u8) -> Vec<u8> {
        let mut openers = self.inner.iter().map(|(byte, _)| *byte).peekable();
        let mut found = Vec::with_capacity(self.inner.len());
        let mut stack = vec![base];
        for (byte, c) in self.text.char_indices() {
            let level = stack.last().copied().unwrap_or(base);
            if openers.next_if_eq(&byte).is_some() {
                found.push(level);
            }
            match Properties::of(c).bidi_class() {
                BidiClass::RLE | BidiClass::RLO => stack.push(above(level, Direction::Rtl)),
                BidiClass::LRE | BidiClass::LRO => stack.push(above(level, Direction::Ltr)),
                BidiClass::PDF if stack.len() > 1 => {
                    stack.pop();
                }
                _ => {}
            }
        }
        found
    }
}

/// The least level above this one with this direction.
const fn above(level: u8, direction: Direction) -> u8 {
    match direction {
        Direction::Rtl => (level + 1) | 1,
        Direction::Ltr => (level + 2) & !1,
    }
}

/// The levels of each byte, or none where embeddings and isolates nest so deep that rule X1's limit is near.
pub(super) fn levels(text: &str, base: Direction) -> Option<Vec<Level>> {
    let parts = cut_up(text)?;
    // A part comes before the isolates inside it, so that the level at its opener is known when its turn comes.
    let mut around = vec![0; parts.len()];
    let mut levels = vec![Level::ltr(); text.len()];
    for (number, part) in parts.iter().enumerate() {
        let (level, direction) = match part.opener {
            None => (base.level(), base),
            Some((_, class)) => {
                let direction = match class {
                    BidiClass::RLI => Direction::Rtl,
                    BidiClass::FSI => first_strong(&part.text).unwrap_or_default(),
                    _ => Direction::Ltr,
                };
                (above(around[number], direction), direction)
            }
        };
        for (level, (_, inner)) in part.levels_at_openers(level).iter().zip(&part.inner) {
            around[*inner] = *level;
        }
        let own = resolve(&part.text, direction);
        for (piece, (here, there)) in part.pieces.iter().enumerate() {
            let end = part.pieces.get(piece + 1).map_or(own.len(), |next| next.0);
            for (into, from) in levels[*there..].iter_mut().zip(&own[*here..end]) {
                *into = Level::new(from.number() + level - direction.level()).ok()?;
            }
        }
    }
    Some(levels)
}

/// The paragraph and its isolates, each with its own text.
fn cut_up(text: &str) -> Option<Vec<Part>> {
    let mut parts = vec![Part::default()];
    let mut at = 0;
    for (byte, c) in text.char_indices() {
        let class = Properties::of(c).bidi_class();
        match class {
            BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => {
                let inner = parts.len();
                let part = &mut parts[at];
                part.inner.push((part.text.len(), inner));
                part.push(NEUTRAL, byte);
                let depth = part.depth + part.open + 1;
                if depth > DEEPEST {
                    return None;
                }
                parts.push(Part {
                    opener: Some((at, class)),
                    depth,
                    ..Part::default()
                });
                at = inner;
                continue;
            }
            BidiClass::PDI => {
                if let Some((around, _)) = parts[at].opener {
                    at = around;
                    parts[at].push(NEUTRAL, byte);
                    continue;
                }
            }
            _ => {}
        }
        let part = &mut parts[at];
        part.push(c, byte);
        match class {
            BidiClass::LRE | BidiClass::RLE | BidiClass::LRO | BidiClass::RLO => part.open += 1,
            BidiClass::PDF => part.open = part.open.saturating_sub(1),
            _ => {}
        }
        if part.depth + part.open > DEEPEST {
            return None;
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::{levels, resolve};
    use crate::text::Direction;
    use crate::text::bidi::Gap;
    use crate::text::properties::Properties;
    use proptest::prelude::*;

    /// Levels of each character, as digits.
    fn shown(text: &str, base: Direction) -> String {
        let levels = levels(text, base).unwrap_or_default();
        text.char_indices()
            .map(|(byte, _)| levels[byte].number().to_string())
            .collect()
    }

    #[test]
    fn reads_the_letter_before_a_bracket_across_an_isolate() {
        // unicode-bidi 0.3.18 says 12121121: it takes the first letter of the run before the isolate, not the last.
        assert_eq!(shown("אa\u{2066}x\u{2069}(b)", Direction::Rtl), "12222222");
    }

    #[test]
    fn raises_an_isolate_from_the_explicit_level_around_it() {
        // The isolate stands between Latin letters at level 2, yet its own base comes from the paragraph's level 1.
        assert_eq!(shown("a\u{2067}ب\u{2069}b", Direction::Rtl), "22322");
        assert_eq!(
            shown("\u{202b}a\u{2066}x\u{2069}b", Direction::Rtl),
            "144444"
        );
    }

    #[test]
    fn gives_up_near_the_depth_limit() {
        let text = "\u{2066}".repeat(200) + "a";
        assert!(levels(&text, Direction::Ltr).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn says_what_the_crate_says_where_no_bracket_shows_its_defect(
            text in "[ابאa1٣\u{64b}\u{200f}\u{ad} +%,!\u{202a}-\u{202e}\u{2066}-\u{2069}\u{2066}-\u{2069}]{0,24}",
            base in prop_oneof![Just(Direction::Ltr), Just(Direction::Rtl)],
        ) {
            let (own, whole) = (levels(&text, base).unwrap_or_default(), resolve(&text, base));
            for (byte, c) in text.char_indices() {
                // X9 removes embeddings and BN: their levels mean nothing before L1.
                if Gap::of(Properties::of(c).bidi_class()) != Gap::Space || matches!(c, ' ' | '\u{2066}'..='\u{2069}') {
                    prop_assert_eq!(own[byte], whole[byte], "{:?} at {}", &text, byte);
                }
            }
        }
    }
}
