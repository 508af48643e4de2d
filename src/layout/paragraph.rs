//! A paragraph's text becomes items: clusters with their level, shape, width and the breaks between them, in logical order.

use std::ops::Range;

use super::{Options, switches};
use crate::text::Direction;
use crate::text::bidi::{self, Gap, Levels};
use crate::text::breaks::{Breaker, Rough};
use crate::text::cluster::{self, Cluster, Letters, Taker};
use crate::text::joining::{self, Guess, Joiner, Shape};
use crate::text::properties::{BidiClass, Kind, Touch, mask_of};

/// Columns between tab stops.
const TAB: usize = 8;

const SEPARATORS: u32 = mask_of(&[BidiClass::S, BidiClass::B]);
const NUMBERS: u32 = mask_of(&[BidiClass::AN]);

/// One cluster of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub cluster: Cluster,
    /// Its embedding level; rule L1 changes it when the line is known.
    pub level: u8,
    pub shape: Shape,
    /// The columns it takes in this layout; 0 when it is not drawn.
    pub width: u8,
    /// Cells that justification adds after it: to a space blanks, to a letter kashida.
    pub added: u8,
    /// What it is to a line that is being filled.
    pub role: Role,
    /// Whether a line may start with it, unless it is held.
    pub opens: bool,
    /// Whether it stands between a lam and the alef in its cell, or is that alef.
    pub held: bool,
    /// The last digit of a number under a sign that encloses it.
    pub closes_sign: bool,
}

/// What an item is to a line that is being filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// One character as wide as its cluster, or not drawn while its width is 0.
    Letter,
    /// A space: hangs at a line's end.
    Space,
    /// Anything else.
    Special,
}

impl Item {
    #[inline]
    fn new(cluster: Cluster, level: u8) -> Self {
        let single = !cluster.tail.any && cluster.properties.width() == cluster.width;
        let role = if !single || !cluster.properties.is_plain() {
            Role::Special
        } else if cluster.properties.is_blank() {
            Role::Space
        } else {
            Role::Letter
        };
        Self::plain(cluster, level, role)
    }

    /// An item of this role.
    #[inline]
    fn plain(cluster: Cluster, level: u8, role: Role) -> Self {
        Self {
            cluster,
            level,
            shape: Shape::default(),
            width: cluster.width,
            added: 0,
            role,
            opens: false,
            held: false,
            closes_sign: false,
        }
    }

    /// A lam takes the alef after it into its cell.
    const fn take_alef(&mut self) {
        self.shape.add(Shape::TAKING);
        self.role = Role::Special;
    }

    /// No line starts between a lam and the alef in its cell, nor does a mark between them stand alone.
    const fn hold(&mut self) {
        (self.held, self.width) = (true, 0);
    }

    /// Gives it another width than its cluster's.
    pub const fn resize(&mut self, width: u8) {
        (self.width, self.role) = (width, Role::Special);
    }

    /// Whether it is white space that hangs at a line's end, or not drawn at all.
    #[inline]
    pub fn vanishes(&self) -> bool {
        self.width == 0 || self.cluster.hangs()
    }

    /// Whether it is a bidi control that rule X9 keeps: a mark or the control of an isolate.
    pub const fn is_steering(&self) -> bool {
        matches!(
            self.cluster.base,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}'
        )
    }

    /// The part it plays in rule L1.
    #[inline]
    pub fn gap(&self) -> Gap {
        match self.cluster.kind() {
            Kind::InvisibleMark if self.cluster.width > 0 => Gap::None,
            Kind::Space if self.cluster.tail.marked => Gap::None,
            _ => Gap::of(self.cluster.properties.bidi_class()),
        }
    }
}

/// A paragraph, ready to be cut into lines.
pub(super) struct Paragraph<'a> {
    pub text: &'a str,
    pub direction: Direction,
    pub options: &'a Options,
    pub items: Vec<Item>,
    /// Whether every item stands at this level, whatever line it is in.
    pub uniform: bool,
    /// Whether an item may take several cells: a tab, a sign around its number.
    pub special: bool,
    /// No item is wider than this.
    pub widest: u8,
    /// The bidi classes that occur in the text.
    classes: u32,
    /// Whether letters are joined as they have to be where no controls stand before the text.
    is_joined: bool,
}

impl<'a> Paragraph<'a> {
    /// Reads the text and finds levels, shapes and breaks.
    pub fn read(text: &'a str, options: &'a Options) -> Self {
        let mut paragraph = Self::new(text, options);
        let levels = bidi::levels_of(text, options.direction, paragraph.classes);
        let is_joined = paragraph.is_joined;
        paragraph.resolve(&levels, is_joined);
        paragraph
    }

    /// [`Self::read`] where the levels are known.
    pub fn read_resolved(text: &'a str, levels: &Levels, options: &'a Options) -> Self {
        let mut paragraph = Self::new(text, options);
        // Controls before the text may have put its letters at any level.
        let is_joined = paragraph.is_joined && matches!(levels, Levels::Uniform(1));
        paragraph.resolve(levels, is_joined);
        paragraph
    }

    /// The text's clusters, all at the paragraph's level, joined and with breaks between them as one walk finds them.
    fn new(text: &'a str, options: &'a Options) -> Self {
        let Options {
            direction, join, ..
        } = *options;
        let mut intake = Intake {
            // Letters of two bytes, spaces of one.
            items: Vec::with_capacity(text.len() / 8 * 5 + 8),
            level: direction.level(),
            join,
            guess: Guess::default(),
            breaker: Breaker::default(),
            rough: Vec::new(),
            widest: 1,
        };
        let classes = cluster::walk(text, &mut intake);
        let Intake {
            mut items,
            guess,
            breaker,
            mut rough,
            widest,
            ..
        } = intake;
        rough.extend(breaker.finish(text));
        for rough in rough {
            cut_up(&rough, text, &mut items);
        }
        Self {
            text,
            direction,
            options,
            items,
            uniform: true,
            special: false,
            widest,
            classes,
            is_joined: !join || guess.holds(classes),
        }
    }

    /// Sets the levels, joins anew what is not joined rightly, does what the options ask for.
    fn resolve(&mut self, levels: &Levels, is_joined: bool) {
        self.uniform = *levels == Levels::Uniform(self.direction.level());
        let items = &mut self.items;
        if !self.uniform {
            for item in items.iter_mut() {
                item.level = levels.at(spokesman(&item.cluster));
            }
        }
        if !is_joined && self.options.join {
            join(items);
        }
        // Tabs are among the separators, signs among the Arabic numbers.
        let is = |kind| move |item: &Item| item.cluster.kind() == kind;
        let tabs = self.classes & SEPARATORS != 0 && items.iter().any(is(Kind::Tab));
        let signs = self.classes & NUMBERS != 0 && items.iter().any(is(Kind::Sign));
        if signs {
            close_signs(items);
            self.widest = self.widest.saturating_add(1);
        }
        self.special = tabs || signs;
        switches::apply(self.text, items, self.options);
    }

    /// A text of one line: its line ends are drawn, its tabs are one column wide.
    pub fn read_label(text: &'a str, options: &'a Options) -> Self {
        let mut paragraph = Self::read(text, options);
        for item in &mut paragraph.items {
            if item.cluster.kind() == Kind::Break {
                item.resize(1);
            }
        }
        paragraph
    }

    /// L1 over the items of a line.
    pub fn reset_gaps(&mut self, line: Range<usize>) {
        let mut items = &mut self.items[line];
        if self.classes & SEPARATORS == 0 {
            // Only what stands at the line's end.
            let end = items.iter().rposition(|item| item.gap() == Gap::None);
            items = &mut items[end.unwrap_or(0)..];
        }
        bidi::reset_gaps(items, self.direction, Item::gap, |item| &mut item.level);
    }

    /// The columns that an item takes at a column of its line.
    #[inline]
    pub fn width_at(&self, place: usize, column: usize) -> usize {
        let item = &self.items[place];
        if item.role == Role::Special && item.cluster.kind() == Kind::Tab {
            TAB - column % TAB
        } else {
            usize::from(item.width)
        }
    }

    /// Where an item's bytes start; an item beyond the last starts where the text ends.
    pub fn start_of(&self, place: usize) -> usize {
        self.items
            .get(place)
            .map_or(self.text.len(), |item| item.cluster.start as usize)
    }
}

/// Makes items of clusters, as they come: joined, and with the breaks between them.
struct Intake {
    items: Vec<Item>,
    level: u8,
    join: bool,
    guess: Guess,
    breaker: Breaker,
    /// The stretches whose breaks the whole algorithm has to find.
    rough: Vec<Rough>,
    /// At least the widest cluster's columns, and cheaper to come by.
    widest: u8,
}

impl Intake {
    /// The number of the next item.
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // clusters end at 4 GB
    const fn place(&self) -> u32 {
        self.items.len() as u32
    }

    /// Finds whether a line may start with the next item.
    #[inline]
    fn open(&mut self, cluster: &Cluster) -> bool {
        let opens = self.breaker.feed(cluster);
        if opens {
            self.rough.extend(self.breaker.rough());
        }
        opens
    }

    /// Joins the items of these numbers; none stands between them but what joining does not see.
    #[inline(never)]
    fn connect(&mut self, last: u32, here: u32) {
        let touched = self.items.get_mut(last as usize..=here as usize);
        let Some([before, between @ .., item]) = touched else {
            return;
        };
        item.shape.add(Shape::JOINED);
        before.shape.add(Shape::JOINING);
        if joining::ligates(&before.cluster, &item.cluster) {
            before.take_alef();
            item.shape = Shape::TAKEN;
            item.hold();
            between.iter_mut().for_each(Item::hold);
        }
    }
}

impl Taker for Intake {
    // By itself, and with its own copy of the letters, its loop finds room in registers.
    #[inline(never)]
    fn take_letters(&mut self, letters: &mut Letters) {
        let mut own = letters.clone();
        let Some(first) = own.first() else {
            return;
        };
        let place = self.place();
        let mut opens = self.open(&first);
        let last = if self.join {
            self.guess.feed(place, &first)
        } else {
            None
        };
        let (level, join) = (self.level, self.join);
        let mut before = Touch::default();
        for (letter, after) in own.by_ref() {
            let mut item = Item::plain(letter, level, Role::Letter);
            item.opens = opens;
            if join {
                item.shape = Shape::between(before, after);
            }
            self.items.push(item);
            if before.ligates()
                && join
                && let [.., lam, alef] = &mut self.items[..]
            {
                lam.take_alef();
                alef.shape = Shape::TAKEN;
                alef.hold();
            }
            // Between two letters no line starts.
            (before, opens) = (after, false);
        }
        if join && let Some(last) = self.items.last() {
            let reaches = last.cluster.properties.joins_left();
            self.guess.pass(self.place() - 1, reaches);
        }
        if let Some(last) = last {
            self.connect(last, place);
        }
        *letters = own;
    }

    #[inline]
    fn take_space(&mut self, space: Cluster) {
        let mut item = Item::plain(space, self.level, Role::Space);
        item.opens = self.open(&space);
        self.guess.part();
        self.items.push(item);
    }

    #[inline(never)]
    fn take(&mut self, cluster: Cluster) {
        self.widest |= cluster.width;
        let mut item = Item::new(cluster, self.level);
        item.opens = self.open(&cluster);
        let place = self.place();
        let last = if self.join {
            self.guess.feed(place, &cluster)
        } else {
            None
        };
        self.items.push(item);
        if let Some(last) = last {
            self.connect(last, place);
        }
    }
}

/// Joins letters by their levels.
fn join(items: &mut [Item]) {
    for item in items.iter_mut().filter(|item| item.held) {
        (item.held, item.width) = (false, item.cluster.width);
    }
    let mut joiner = Joiner::default();
    for place in 0..items.len() {
        let item = &mut items[place];
        let link = joiner.feed(place, &item.cluster, item.level);
        item.shape = link.here;
        let Some((before, shape)) = link.before else {
            continue;
        };
        items[before].shape.add(shape);
        if link.here.is_taken() {
            items[before].take_alef();
            items[before + 1..=place].iter_mut().for_each(Item::hold);
        }
    }
}

/// Finds the breaks of a stretch by the whole algorithm.
fn cut_up(stretch: &Rough, text: &str, items: &mut [Item]) {
    let place = |byte: u32| items.partition_point(|item| item.cluster.start < byte);
    let mut here = place(stretch.bytes.start + 1);
    let end = place(stretch.bytes.end);
    for item in &mut items[here..end] {
        item.opens = false;
    }
    for byte in stretch.breaks(text) {
        while here < end && items[here].cluster.start < byte {
            here += 1;
        }
        if here < end {
            items[here].opens = items[here].cluster.start == byte;
        }
    }
}

/// The byte whose level is the cluster's: its base's, or its last mark's where a joiner without a base comes first.
fn spokesman(cluster: &Cluster) -> usize {
    let byte = match cluster.kind() {
        Kind::InvisibleMark => cluster.end - 1,
        _ => cluster.start,
    };
    byte as usize
}

/// Finds the numbers that follow a sign which encloses them (end of ayah), and gives their last digits room for its other half.
fn close_signs(items: &mut [Item]) {
    let mut place = 0;
    while place < items.len() {
        let sign = items[place].cluster;
        place += 1;
        if !encloses(sign.base) {
            continue;
        }
        let start = place;
        while place < items.len() && items[place].cluster.base.is_numeric() {
            place += 1;
        }
        if place > start {
            items[place - 1].closes_sign = true;
            let last = &mut items[place - 1];
            last.resize(last.width + 1);
        }
    }
}

/// Whether this sign is drawn around the number after it.
pub(super) const fn encloses(sign: char) -> bool {
    matches!(sign, '\u{6dd}' | '\u{8e2}')
}
