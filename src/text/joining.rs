//! Cursive joining: which presentation form each letter of a paragraph takes (Unicode ch. 9, `Joining_Type`).
//!
//! Marks and format characters are seen through, ZWJ and ZWNJ obeyed, lam and alef become one. Letters join inside one run of a
//! level; in a run from left to right (an override) they join the way they stand, so that the drawn word still holds together.
//! Letters without presentation forms keep their code point, and their neighbours join them all the same.

use super::bidi::CONTROLS;
use super::cluster::{Cluster, clusters};
use super::properties::{BidiClass, Joining, Touch, mask_of};
use super::tables::{FIRST_LETTER, FORMS as FORM_TABLE};

const RIGHT_TO_LEFT: u32 = mask_of(&[BidiClass::R, BidiClass::AL]);

/// How a cluster's base joins its neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(u8);

impl Shape {
    const BEFORE: u8 = 1;
    const AFTER: u8 = 2;
    const LIGATES: u8 = 4;
    const LIGATED: u8 = 8;

    /// Of a letter that touches the one on its right.
    pub const JOINED: Self = Self(Self::BEFORE);
    /// Of a letter that touches the one on its left.
    pub const JOINING: Self = Self(Self::AFTER);
    /// Of an alef in the cell of a lam.
    pub const TAKEN: Self = Self(Self::BEFORE | Self::LIGATED);
    /// Of a lam with an alef in its cell.
    pub const TAKING: Self = Self(Self::AFTER | Self::LIGATES);

    /// Of a letter which is this to the one before it and to the one after it.
    #[must_use]
    #[inline]
    pub const fn between(before: Touch, after: Touch) -> Self {
        Self(before.joins() as u8 | (after.joins() as u8) << 1)
    }

    /// Whether it touches the letter on its right.
    #[must_use]
    #[inline]
    pub const fn joins_before(self) -> bool {
        self.0 & Self::BEFORE != 0
    }

    /// Whether it touches the letter on its left.
    #[must_use]
    #[inline]
    pub const fn joins_after(self) -> bool {
        self.0 & Self::AFTER != 0
    }

    /// Whether it is a lam that takes the alef after it into its cell.
    #[must_use]
    #[inline]
    pub const fn takes_alef(self) -> bool {
        self.0 & Self::LIGATES != 0
    }

    /// Whether it is an alef that stands in the cell of the lam before it.
    #[must_use]
    #[inline]
    pub const fn is_taken(self) -> bool {
        self.0 & Self::LIGATED != 0
    }

    /// The number of its form: isolated, final, initial, medial.
    #[inline]
    pub(super) const fn form(self) -> usize {
        (self.0 & 3) as usize
    }
}

/// The last character that joining did not see through.
#[derive(Clone, Copy)]
struct Last {
    /// Whether it can join the one after it in logical order.
    reaches: bool,
    level: u8,
    /// The letter, where it is drawn in a cell by itself; NUL for a joiner.
    letter: char,
    /// The cluster that it belongs to; none for a joiner.
    base: Option<usize>,
}

/// Joins clusters one after the other.
pub struct Joiner {
    last: Last,
}

impl Default for Joiner {
    fn default() -> Self {
        Self {
            last: Last {
                reaches: false,
                level: 0,
                letter: '\0',
                base: None,
            },
        }
    }
}

/// What one more cluster does to the shapes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Link {
    /// The new cluster's shape so far.
    pub here: Shape,
    /// An earlier cluster, and what is added to its shape.
    pub before: Option<(usize, Shape)>,
}

impl Shape {
    /// Both shapes in one.
    #[inline]
    pub const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl Joiner {
    /// Takes the next cluster, number `place`, which stands at this level.
    #[inline]
    pub fn feed(&mut self, place: usize, cluster: &Cluster, level: u8) -> Link {
        let mut link = Link::default();
        let joining = cluster.properties.joining();
        if joining != Joining::Transparent {
            let reach = reach(joining, level);
            if self.last.reaches && self.last.level == level && reach.back {
                connect(&mut link, self.last, cluster);
            }
            self.last = Last {
                reaches: reach.on,
                level,
                letter: if cluster.tail.wide {
                    '\0'
                } else {
                    cluster.base
                },
                base: Some(place),
            };
        }
        if let Some((first, last)) = cluster.tail.joining {
            self.pass_joiners(&mut link, (place, level), first, last);
        }
        link
    }

    /// Takes the joiners that ride on the cluster at hand.
    fn pass_joiners(
        &mut self,
        link: &mut Link,
        (place, level): (usize, u8),
        first: Joining,
        last: Joining,
    ) {
        if let Some(base) = self.last.base
            && self.last.reaches
            && reach(first, level).back
        {
            let side = Shape(forward(level));
            if base == place {
                link.here.add(side);
            } else {
                link.before = Some((base, side));
            }
        }
        self.last = Last {
            reaches: reach(last, level).on,
            level,
            letter: '\0',
            base: None,
        };
    }
}

/// Joins letters one after the other before any level is known.
///
/// Without bidi controls every letter of a right-to-left script stands at an odd level, the same one. So joining them needs no
/// levels; only where other characters join has [`Joiner`] to do it.
#[derive(Default)]
pub struct Guess {
    /// The last letter.
    last: u32,
    /// Whether it can join the one after it.
    reaches: bool,
    wrong: bool,
}

impl Guess {
    /// Takes the next cluster, number `place`; gives back the number of the one that it joins.
    #[inline]
    pub fn feed(&mut self, place: u32, cluster: &Cluster) -> Option<u32> {
        self.wrong |= cluster.tail.joining.is_some();
        let joining = cluster.properties.joining();
        if joining == Joining::Transparent {
            return None;
        }
        let is_joined = self.reaches && joining.joins_right();
        let last = std::mem::replace(&mut self.last, place);
        self.reaches = joining.joins_left();
        if joining != Joining::Non {
            self.wrong |= cluster.properties.bidi_bit() & RIGHT_TO_LEFT == 0;
        }
        is_joined.then_some(last)
    }

    /// Takes the last of some letters that are joined already, on which no joiners ride.
    #[inline]
    pub const fn pass(&mut self, place: u32, reaches: bool) {
        (self.last, self.reaches) = (place, reaches);
    }

    /// Takes what joins nothing, a space.
    #[inline]
    pub const fn part(&mut self) {
        self.reaches = false;
    }

    /// Whether the joins are right in a text in which these bidi classes occur.
    #[must_use]
    pub const fn holds(&self, classes: u32) -> bool {
        !self.wrong && classes & CONTROLS == 0
    }
}

/// Whether a lam takes this alef into its cell, when they join from right to left.
#[must_use]
#[inline]
pub fn ligates(lam: &Cluster, alef: &Cluster) -> bool {
    lam.base == 'ل' && lam_alef(alef.base).is_some() && !lam.tail.wide && !alef.tail.wide
}

/// The shapes of a paragraph's clusters, each at the level given for it.
#[must_use]
pub fn shapes(clusters: &[Cluster], level: impl Fn(&Cluster) -> u8) -> Vec<Shape> {
    let mut joiner = Joiner::default();
    let mut shapes: Vec<Shape> = Vec::with_capacity(clusters.len());
    for (place, cluster) in clusters.iter().enumerate() {
        let link = joiner.feed(place, cluster, level(cluster));
        shapes.push(link.here);
        if let Some((before, shape)) = link.before {
            shapes[before].add(shape);
        }
    }
    shapes
}

/// With which of its neighbours in logical order a character can join.
struct Reach {
    back: bool,
    on: bool,
}

/// The reach of a character in a run of this level.
#[inline]
const fn reach(joining: Joining, level: u8) -> Reach {
    let [right, left] = [joining.joins_right(), joining.joins_left()];
    // What stands first is on the right, unless the run goes from left to right.
    if level % 2 == 1 {
        Reach {
            back: right,
            on: left,
        }
    } else {
        Reach {
            back: left,
            on: right,
        }
    }
}

/// The side on which a letter touches the one after it in logical order.
const fn forward(level: u8) -> u8 {
    if level % 2 == 1 {
        Shape::AFTER
    } else {
        Shape::BEFORE
    }
}

/// Joins a cluster to the one before it.
#[inline]
fn connect(link: &mut Link, last: Last, cluster: &Cluster) {
    let side = forward(last.level);
    link.here.0 |= side ^ (Shape::BEFORE | Shape::AFTER);
    let Some(before) = last.base else {
        return;
    };
    let right_to_left = last.level % 2 == 1;
    let ligates = last.letter == 'ل'
        && right_to_left
        && lam_alef(cluster.base).is_some()
        && !cluster.tail.wide;
    let mut shape = Shape(side);
    if ligates {
        link.here.0 |= Shape::LIGATED;
        shape.0 |= Shape::LIGATES;
    }
    link.before = Some((before, shape));
}

/// Isolated and final ligature of lam with this alef.
const fn lam_alef(alef: char) -> Option<[char; 2]> {
    match alef {
        'آ' => Some(['\u{fef5}', '\u{fef6}']),
        'أ' => Some(['\u{fef7}', '\u{fef8}']),
        'إ' => Some(['\u{fef9}', '\u{fefa}']),
        'ا' => Some(['\u{fefb}', '\u{fefc}']),
        _ => None,
    }
}

/// The ligature of a lam of this shape with the alef after it.
#[must_use]
pub const fn ligature(lam: Shape, alef: char) -> Option<char> {
    match lam_alef(alef) {
        Some([isolated, joined]) => Some(if lam.joins_before() { joined } else { isolated }),
        None => None,
    }
}

/// The letter that a base makes with a madda or hamza among its marks, and that mark: forms are drawn whole.
#[must_use]
pub fn compose(base: char, marks: &str) -> Option<(char, char)> {
    if !matches!(base, 'ا' | 'و' | 'ي' | 'ە' | 'ے') {
        return None;
    }
    marks.chars().find_map(|mark| {
        let letter = match (base, mark) {
            ('ا', '\u{653}') => 'آ',
            ('ا', '\u{654}') => 'أ',
            ('ا', '\u{655}') => 'إ',
            ('و', '\u{654}') => 'ؤ',
            ('ي', '\u{654}') => 'ئ',
            ('ە', '\u{654}') => 'ۀ',
            ('ے', '\u{654}') => 'ۓ',
            _ => return None,
        };
        Some((letter, mark))
    })
}

/// The letters from [`FIRST_LETTER`] to ە, the last one that is drawn otherwise than it is written.
const LETTERS: usize = ('ە' as u32 - FIRST_LETTER) as usize + 1;

/// The forms of these letters, by shape; a letter without one stands for itself.
///
/// Three letters have no forms of their own and borrow those of their likes: ە those of ه, ۃ those of ة, ۂ those of ہ.
#[allow(clippy::cast_possible_truncation)] // a few hundred letters
pub(super) static FORMS: [[char; 4]; LETTERS] = {
    let mut forms = [['\0'; 4]; LETTERS];
    let mut place = 0;
    while place < forms.len() {
        let letter = FIRST_LETTER + place as u32;
        let lender = match letter {
            0x6d5 => 'ه',
            0x6c3 => 'ة',
            0x6c2 => 'ہ',
            _ => '\0',
        };
        let from = if lender == '\0' {
            place
        } else {
            (lender as u32 - FIRST_LETTER) as usize
        };
        let mut shape = 0;
        while shape < 4 {
            let form = if from < FORM_TABLE.len() && FORM_TABLE[from][shape] > 0 {
                FORM_TABLE[from][shape] as u32
            } else {
                letter
            };
            if let Some(form) = char::from_u32(form) {
                forms[place][shape] = form;
            }
            shape += 1;
        }
        place += 1;
    }
    forms
};

/// Where a letter's forms stand in [`FORMS`].
#[inline]
pub(super) const fn index_of(letter: char) -> Option<usize> {
    let index = (letter as u32).wrapping_sub(FIRST_LETTER) as usize;
    if index < LETTERS { Some(index) } else { None }
}

/// The presentation form of a letter of this shape, and the mark that the form leaves out: the hamza of ۂ.
///
/// What has no form stays as it is.
#[must_use]
#[inline]
pub fn form(letter: char, shape: Shape) -> (char, Option<char>) {
    let form = index_of(letter).map_or(letter, |index| FORMS[index][shape.form()]);
    (form, (letter == 'ۂ').then_some('\u{654}'))
}

/// The text with presentation forms for its letters, in logical order, ZWJ and ZWNJ dropped.
///
/// This is what shaping alone does to a word; a layout draws the same forms cell by cell.
#[must_use]
pub fn shape(text: &str) -> String {
    let clusters: Vec<Cluster> = clusters(text).collect();
    let shapes = shapes(&clusters, |_| 1);
    let mut out = String::with_capacity(text.len() * 3 / 2);
    for (place, (cluster, shape)) in clusters.iter().zip(&shapes).enumerate() {
        let rest = &text[cluster.start as usize + cluster.base.len_utf8()..cluster.end as usize];
        let composed = compose(cluster.base, rest);
        let (letter, spent) = composed.map_or((cluster.base, None), |(c, mark)| (c, Some(mark)));
        if shape.takes_alef() {
            let taken = (place + 1..clusters.len()).find(|place| shapes[*place].is_taken());
            let alef = taken.map(|place| {
                let alef = &clusters[place];
                let marks = &text[alef.start as usize + alef.base.len_utf8()..alef.end as usize];
                compose(alef.base, marks).map_or(alef.base, |(letter, _)| letter)
            });
            out.extend(alef.and_then(|alef| ligature(*shape, alef)));
        } else if !shape.is_taken() && !is_joiner(letter) {
            let (letter, mark) = form(letter, *shape);
            out.push(letter);
            out.extend(mark);
        }
        out.extend(rest.chars().filter(|c| !is_joiner(*c) && Some(*c) != spent));
    }
    out
}

/// Whether this is ZWNJ or ZWJ.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn joins_letters() {
        assert_eq!(shape("سلم"), "\u{feb3}\u{fee0}\u{fee2}");
        assert_eq!(shape("دار"), "\u{fea9}\u{fe8d}\u{fead}");
        assert_eq!(
            shape("هدى"),
            "\u{feeb}\u{fdaa}\u{feef}".replace('\u{fdaa}', "\u{feaa}")
        );
        assert_eq!(shape("بـب"), "\u{fe91}ـ\u{fe90}");
    }

    #[test]
    fn makes_one_of_lam_and_alef() {
        assert_eq!(shape("لا لأ لإ لآ"), "\u{fefb} \u{fef7} \u{fef9} \u{fef5}");
        assert_eq!(
            shape("بلا بلأ بلإ بلآ"),
            "\u{fe91}\u{fefc} \u{fe91}\u{fef8} \u{fe91}\u{fefa} \u{fe91}\u{fef6}"
        );
        assert_eq!(shape("لَّا"), "\u{fefb}\u{64e}\u{651}");
        assert_eq!(shape("الالا"), "\u{fe8d}\u{fefb}\u{fefb}");
        assert_eq!(shape("لـا"), "\u{fedf}ـ\u{fe8e}");
    }

    #[test]
    fn obeys_joiners_and_drops_them() {
        assert_eq!(shape("می\u{200c}خ"), "\u{fee3}\u{fbfd}\u{fea5}");
        assert_eq!(shape("ه\u{200d}"), "\u{feeb}");
        assert_eq!(shape("\u{200d}ه"), "\u{feea}");
        assert_eq!(shape("ل\u{200c}ا"), "\u{fedd}\u{fe8d}");
    }

    #[test]
    fn joins_across_marks_and_letters_without_forms() {
        assert_eq!(shape("بَت"), "\u{fe91}\u{64e}\u{fe96}");
        assert_eq!(shape("بڵب"), "\u{fe91}ڵ\u{fe90}");
        assert_eq!(shape("ب\u{200f}ت"), "\u{fe91}\u{200f}\u{fe96}");
    }

    #[test]
    fn draws_a_letter_and_its_hamza_as_one() {
        assert_eq!(shape("با\u{655}"), shape("بإ"));
        assert_eq!(shape("لا\u{653}"), shape("لآ"));
        assert_eq!(shape("ل\u{64e}ا\u{654}\u{64f}"), shape("ل\u{64e}أ\u{64f}"));
        assert_eq!(shape("بي\u{654}ب و\u{654}"), shape("بئب ؤ"));
    }

    #[test]
    fn borrows_forms() {
        assert_eq!(shape("ە بە"), "\u{fee9} \u{fe91}\u{feea}");
        assert_eq!(shape("بۃ"), "\u{fe91}\u{fe94}");
        assert_eq!(shape("بۂ"), "\u{fe91}\u{fba7}\u{654}");
    }
}
