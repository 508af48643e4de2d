//! A paragraph's text becomes items: clusters with their level, shape, width and the breaks between them, in logical order.

use super::{Options, switches};
use crate::text::Direction;
use crate::text::bidi::{self, Gap, Levels};
use crate::text::breaks;
use crate::text::cluster::{Cluster, clusters};
use crate::text::joining::{Joiner, Shape};
use crate::text::properties::Kind;

/// Columns between tab stops.
const TAB: usize = 8;

/// One cluster of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub cluster: Cluster,
    /// Its embedding level; rule L1 changes it when the line is known.
    pub level: u8,
    pub shape: Shape,
    /// The columns it takes in this layout; 0 when it is not drawn.
    pub width: u8,
    /// Whether a line may start with it.
    pub opens: bool,
    /// Whether it stands between a lam and the alef in its cell, or is that alef.
    pub held: bool,
    /// Cells that justification adds after it: to a space blanks, to a letter kashida.
    pub added: u8,
    /// The last digit of a number under a sign that encloses it.
    pub closes_sign: bool,
}

impl Item {
    #[inline]
    fn new(cluster: Cluster, level: u8) -> Self {
        Self {
            cluster,
            level,
            shape: Shape::default(),
            width: cluster.width,
            opens: false,
            held: false,
            added: 0,
            closes_sign: false,
        }
    }

    /// Whether it is one letter in its cell, or anything as simple.
    #[inline]
    pub const fn is_plain(&self) -> bool {
        matches!(self.cluster.kind(), Kind::Base | Kind::Space)
            && !self.cluster.tail.any
            && self.cluster.properties.width() == self.width
            && !self.shape.takes_alef()
            && self.width > 0
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
}

impl<'a> Paragraph<'a> {
    /// Reads the text and finds shapes and breaks.
    pub fn read(text: &'a str, levels: &Levels, options: &'a Options) -> Self {
        let mut items: Vec<Item> = Vec::with_capacity(text.len() / 2 + 8);
        let mut joiner = Joiner::default();
        let (mut signs, mut special) = (false, false);
        for cluster in clusters(text) {
            let place = items.len();
            let mut item = Item::new(cluster, levels.at(spokesman(&cluster)));
            signs |= cluster.kind() == Kind::Sign;
            special |= matches!(cluster.kind(), Kind::Sign | Kind::Tab);
            if options.join {
                let link = joiner.feed(place, &cluster, item.level);
                item.shape = link.here;
                if let Some((before, shape)) = link.before {
                    items[before].shape.add(shape);
                    if link.here.is_taken() {
                        item.width = 0;
                        // No line starts between a lam and the alef in its cell.
                        item.held = true;
                        // Nor does a mark between them stand alone.
                        for between in &mut items[before + 1..] {
                            (between.held, between.width) = (true, 0);
                        }
                    }
                }
            }
            items.push(item);
        }
        let mut place = 0;
        for byte in breaks::opportunities(text, items.iter().map(|item| &item.cluster)) {
            while items
                .get(place)
                .is_some_and(|item| item.cluster.start < byte)
            {
                place += 1;
            }
            if let Some(item) = items.get_mut(place) {
                item.opens = item.cluster.start == byte && !item.held;
            }
        }
        if signs {
            close_signs(&mut items);
        }
        switches::apply(text, &mut items, options);
        Self {
            text,
            direction: options.direction,
            options,
            items,
            uniform: matches!(levels, Levels::Uniform(level) if *level == options.direction.level()),
            special,
        }
    }

    /// A text of one line: its line ends are drawn, its tabs are one column wide.
    pub fn read_label(text: &'a str, options: &'a Options) -> Self {
        let levels = bidi::levels(text, options.direction);
        let mut paragraph = Self::read(text, &levels, options);
        for item in &mut paragraph.items {
            if item.cluster.kind() == Kind::Break {
                item.width = 1;
            }
        }
        paragraph
    }

    /// The columns that an item takes at a column of its line.
    #[inline]
    pub fn width_at(&self, place: usize, column: usize) -> usize {
        let item = &self.items[place];
        if item.cluster.kind() == Kind::Tab {
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
            items[place - 1].width += 1;
        }
    }
}

/// Whether this sign is drawn around the number after it.
pub(super) const fn encloses(sign: char) -> bool {
    matches!(sign, '\u{6dd}' | '\u{8e2}')
}
