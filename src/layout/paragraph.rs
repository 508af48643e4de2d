//! A paragraph's text becomes items: clusters with their level, shape, width and the breaks between them, in logical order.

use super::Options;
use crate::text::Direction;
use crate::text::bidi::{self, Gap};
use crate::text::breaks;
use crate::text::cluster::{Cluster, clusters};
use crate::text::joining::{self, Shape};
use crate::text::marks;
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
    /// The last digit of a number under a sign that encloses it.
    pub closes_sign: bool,
}

impl Item {
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
}

impl<'a> Paragraph<'a> {
    /// Reads the text once and finds levels, shapes and breaks.
    pub fn read(text: &'a str, options: &'a Options) -> Self {
        let clusters = gather(text);
        let classes = bidi::classes(text);
        let levels = bidi::levels_of(text, options.direction, classes);
        let level = |cluster: &Cluster| levels.at(spokesman(cluster));
        let shapes = if options.join {
            joining::shapes(&clusters, level)
        } else {
            Vec::new()
        };
        let breaks = breaks::opportunities(text, &clusters);
        let mut breaks = breaks.into_iter().peekable();
        let mut items: Vec<Item> = clusters
            .iter()
            .enumerate()
            .map(|(place, cluster)| {
                while breaks.next_if(|byte| *byte < cluster.start).is_some() {}
                let shape = shapes.get(place).copied().unwrap_or_default();
                Item {
                    cluster: *cluster,
                    level: level(cluster),
                    shape,
                    width: if shape.is_taken() || hides(text, cluster, options) {
                        0
                    } else {
                        cluster.width
                    },
                    opens: breaks.next_if_eq(&cluster.start).is_some(),
                    closes_sign: false,
                }
            })
            .collect();
        hold_ligatures(&mut items);
        close_signs(&mut items);
        Self {
            text,
            direction: options.direction,
            options,
            items,
            uniform: matches!(levels, bidi::Levels::Uniform(_)),
        }
    }

    /// A text of one line: its line ends are drawn, its tabs are one column wide.
    pub fn read_label(text: &'a str, options: &'a Options) -> Self {
        let mut paragraph = Self::read(text, options);
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

/// Whether a cluster is nothing but marks that the reader does not want to see.
fn hides(text: &str, cluster: &Cluster, options: &Options) -> bool {
    !options.tashkeel
        && cluster.kind() == Kind::Mark
        && text[cluster.range()].chars().all(marks::is_tashkeel)
}

/// The byte whose level is the cluster's: its base's, or its last mark's where a joiner without a base comes first.
fn spokesman(cluster: &Cluster) -> usize {
    let byte = match cluster.kind() {
        Kind::InvisibleMark => cluster.end - 1,
        _ => cluster.start,
    };
    byte as usize
}

fn gather(text: &str) -> Vec<Cluster> {
    let mut found = Vec::with_capacity(text.len() / 2 + 8);
    found.extend(clusters(text));
    found
}

/// No line starts between a lam and the alef in its cell.
fn hold_ligatures(items: &mut [Item]) {
    for place in 0..items.len() {
        if items[place].shape.is_taken() {
            for item in items[..=place].iter_mut().rev() {
                if item.shape.takes_alef() {
                    break;
                }
                item.opens = false;
            }
        }
    }
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
