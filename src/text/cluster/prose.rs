//! The clusters of running text, handed over as they come: letters and spaces, which most of a text is, cost one look at its bytes.

use super::{Cluster, clusters};
use crate::text::properties::{LineClass, Properties, Touch};

/// Who takes the clusters of a text, in order, from [`walk`].
pub trait Taker {
    /// Takes letters one after the other, at least the first of them: what most clusters are.
    fn take_letters(&mut self, letters: &mut Letters);

    /// Takes a space of one byte that nothing rides on.
    fn take_space(&mut self, space: Cluster);

    /// Takes any other cluster.
    fn take(&mut self, cluster: Cluster);
}

/// Hands the clusters of a text to `taker`, in order; gives back the bidi classes that occur in it (see [`crate::text::bidi::classes`]).
///
/// The same as [`clusters`], for whoever wants all of them at once: letters and spaces cost one look at the text and no state.
#[inline]
pub fn walk(text: &str, taker: &mut impl Taker) -> u32 {
    let mut clusters = clusters(text);
    let text = clusters.text;
    let mut classes = 0;
    let mut start = 0;
    loop {
        if start >= clusters.complex_end {
            start = walk_prose(text, start, taker, &mut classes);
        }
        clusters.seek(start);
        let Some(cluster) = clusters.next_any() else {
            return classes;
        };
        classes |= crate::text::bidi::classes(&text[start..clusters.at]);
        start = clusters.at;
        taker.take(cluster);
    }
}

/// Hands over the letters and spaces from a byte on; where they end.
#[inline]
fn walk_prose(text: &str, start: usize, taker: &mut impl Taker, classes: &mut u32) -> usize {
    let text = text.as_bytes();
    let mut letters = Letters::from(text, start);
    loop {
        let start = letters.start;
        if letters.here.is_near_letter() {
            taker.take_letters(&mut letters);
            if letters.start == start {
                break;
            }
        } else if text.get(start) == Some(&b' ')
            && let Some(after) = Properties::near_after(text, start + 1)
        {
            let properties = Properties::of(' ');
            let line = LineClass::Space;
            taker.take_space(Cluster::simple(start, start + 1, ' ', properties, line));
            *classes |= properties.bidi_bit();
            letters.start += 1;
            (letters.base, letters.here) = after;
        } else {
            break;
        }
    }
    *classes |= Properties::classes_of_near_letters(letters.seen);
    letters.start
}

/// The letters of [`Properties::is_near_letter`] that stand in a row and that nothing rides on, and with each what it is to the one
/// after it.
#[derive(Clone)]
pub struct Letters<'a> {
    text: &'a [u8],
    /// Where the character at hand starts.
    start: usize,
    /// That character, and what it is; nothing at the text's end and for one that is not near.
    base: char,
    here: Properties,
    /// The records of all letters that were given away.
    seen: u32,
}

impl<'a> Letters<'a> {
    fn from(text: &'a [u8], start: usize) -> Self {
        let near = Properties::near(text, start);
        let (base, here) = near.map_or_else(Default::default, |(base, here, _)| (base, here));
        Self {
            text,
            start,
            base,
            here,
            seen: 0,
        }
    }
}

impl Letters<'_> {
    /// The letter at hand, if one is.
    #[must_use]
    #[inline]
    pub fn first(&self) -> Option<Cluster> {
        self.clone().next().map(|(letter, _)| letter)
    }
}

impl Iterator for Letters<'_> {
    type Item = (Cluster, Touch);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let Self {
            start, base, here, ..
        } = *self;
        if !here.is_near_letter() {
            return None;
        }
        // Near letters of right-to-left scripts have two bytes.
        let end = start + 2;
        let (next, after) = Properties::near_after(self.text, end)?;
        self.seen |= here.bits();
        (self.start, self.base, self.here) = (end, next, after);
        let letter = Cluster::simple(start, end, base, here, LineClass::Letter);
        Some((letter, here.touch(after)))
    }
}
