//! Bidi levels of a right-to-left paragraph with some numbers and Latin in it, from a digest of it.
//!
//! Between two right-to-left letters that have nothing but neutrals and marks between them every level is 1, and nothing beyond them
//! looks across: they are the end of all that rules W1–W7 and N1–N2 read. So only the gaps with numbers or Latin letters go
//! through the algorithm, each with the letters on its two sides: most by the few rules that concern them (`gap`), those with
//! brackets one after the other in one short text. Brackets look further (N0): a pair with one bracket in such a gap takes all
//! that stands between them along.

use std::ops::Range;

use unicode_bidi::{BidiClass, BidiDataSource, Level};

use super::Direction;
use super::bidi::{Classes, resolve};
use super::gap;
use super::properties::{Properties, mask_of};

const STRONG: u32 = mask_of(&[BidiClass::R, BidiClass::AL]);
const WEAK_OR_LEFT: u32 = mask_of(&[BidiClass::L, BidiClass::EN, BidiClass::AN]);

/// Brackets that may be open at once; rule BD16 gives up at 63.
const DEEPEST: usize = 60;

/// An opening bracket that waits for its mate.
struct Open {
    bracket: char,
    /// Where the right-to-left letter before it stands.
    gap: usize,
}

/// What the walk over the text has found.
#[derive(Default)]
struct Walk {
    /// The gaps that the algorithm has to see, with the letters on both sides; in order, not overlapping but for those letters.
    gaps: Vec<Range<usize>>,
    /// From the letter before an opening bracket to the letter after its mate, where a letter stands between them.
    pairs: Vec<Range<usize>>,
    open: Vec<Open>,
}

/// The levels of each byte, or none where brackets do not nest well or nest too deep.
///
/// The text holds no bidi controls but marks and no paragraph separator.
pub(super) fn levels(text: &str) -> Option<Vec<Level>> {
    let mut levels = vec![Level::rtl(); text.len()];
    let mut digest = String::new();
    let mut digested = Vec::new();
    let mut room = Vec::new();
    for gap in find_gaps(text)? {
        let part = text.get(gap.clone())?;
        if !gap::resolve(part, &mut room, &mut levels[gap.clone()]) {
            digest.push_str(part);
            digested.push(gap);
        }
    }
    let resolved = resolve(&digest, Direction::Rtl);
    let mut from = resolved.as_slice();
    for gap in digested {
        let (own, rest) = from.split_at_checked(gap.len())?;
        levels[gap].copy_from_slice(own);
        from = rest;
    }
    Some(levels)
}

/// The gaps that the algorithm has to see.
fn find_gaps(text: &str) -> Option<Vec<Range<usize>>> {
    let mut walk = Walk::default();
    // The gap at hand starts with the last right-to-left letter.
    let mut gap = 0;
    let mut mixed = false;
    let mut closed = Vec::new();
    for (byte, c) in text.char_indices() {
        let properties = Properties::of(c);
        let bit = properties.bidi_bit();
        if bit & STRONG != 0 {
            let end = byte + c.len_utf8();
            walk.end_gap(gap..end, mixed, &mut closed);
            (gap, mixed) = (byte, false);
        } else if bit & WEAK_OR_LEFT != 0 {
            mixed = true;
        } else if properties.is_mirrored()
            && let Some(bracket) = Classes.bidi_matched_opening_bracket(c)
        {
            if bracket.is_open {
                walk.open.push(Open {
                    bracket: bracket.opening,
                    gap,
                });
            } else {
                closed.push(walk.close(bracket.opening)?);
            }
            if walk.open.len() > DEEPEST {
                return None;
            }
        }
    }
    walk.end_gap(gap..text.len(), mixed, &mut closed);
    walk.open.is_empty().then(|| walk.join())
}

impl Walk {
    /// Ends a gap, in which the brackets were closed whose mates stand in the gaps that start at `closed`.
    fn end_gap(&mut self, gap: Range<usize>, mixed: bool, closed: &mut Vec<usize>) {
        for open in closed.drain(..) {
            if open != gap.start {
                self.pairs.push(open..gap.end);
            }
        }
        if mixed {
            self.gaps.push(gap);
        }
    }

    /// Closes a bracket; where the gap of its mate starts. None when the last open bracket is no mate of it.
    fn close(&mut self, bracket: char) -> Option<usize> {
        let open = self.open.pop()?;
        (open.bracket == bracket).then_some(open.gap)
    }

    /// The gaps, those that share a pair of brackets in one.
    fn join(self) -> Vec<Range<usize>> {
        let Self { gaps, pairs, .. } = self;
        let touches = |pair: &Range<usize>| {
            gaps.binary_search_by_key(&pair.start, |gap| gap.start)
                .is_ok()
                || gaps.binary_search_by_key(&pair.end, |gap| gap.end).is_ok()
        };
        let mut all: Vec<Range<usize>> = pairs.into_iter().filter(touches).collect();
        if all.is_empty() {
            all = gaps;
        } else {
            all.extend(gaps);
            all.sort_by_key(|gap| (gap.start, gap.end));
        }
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(all.len());
        for gap in all {
            match joined.last_mut() {
                Some(last) if gap.start < last.end => last.end = last.end.max(gap.end),
                _ => joined.push(gap),
            }
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::{find_gaps, levels};
    use crate::text::Direction;
    use crate::text::bidi::resolve;
    use proptest::prelude::*;

    #[test]
    fn leaves_out_what_lies_between_right_to_left_letters() {
        let text = "كان في 12 مارس كل شيء (من abc) هناك";
        let gaps = find_gaps(text).unwrap_or_default();
        let seen: Vec<&str> = gaps.into_iter().map(|gap| &text[gap]).collect();
        assert_eq!(seen, ["ي 12 م", "ء (من abc) ه"]);
    }

    #[test]
    fn gives_up_on_brackets_that_do_not_nest() {
        for text in ["ا 1) ب", "ا ( a", "ا (a [b) c]"] {
            assert!(levels(text).is_none(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn says_what_the_whole_algorithm_says(
            text in "([ابא]{1,2}|[a1٣]|[ابא] |[+%,.:!«\u{64b}\u{ad}\u{200e}\t]|\\([اa ]{0,2}|\\)|\\[|\\]|\\([ا1]\\)){0,14}"
        ) {
            if let Some(own) = levels(&text) {
                prop_assert_eq!(own, resolve(&text, Direction::Rtl), "{:?}", text);
            }
        }
    }
}
