//! One cluster, or a lam with its alef, becomes the glyph of a cell: mirror images (L4), forms with their marks (L3), and what stands
//! for characters that terminals show in ways of their own.

use super::paragraph::{Paragraph, encloses};
use crate::text::cluster::{self, DOTTED_CIRCLE};
use crate::text::joining;
use crate::text::mirror::mirrored;
use crate::text::properties::{Kind, Properties};
use crate::text::{marks, visible};

/// Marks drawn in one cell; further ones stay in the text for copying and searching.
const MARKS: usize = 5;

/// Writes the glyph of one cell.
pub(super) struct Pen<'a> {
    pub paragraph: &'a Paragraph<'a>,
    pub glyphs: &'a mut String,
}

impl Pen<'_> {
    /// Draws the items `place..end`: one cluster, or a lam and its alef.
    pub fn draw(mut self, place: usize, end: usize, level: u8) {
        let items = &self.paragraph.items;
        let item = &items[place];
        let cluster = &item.cluster;
        let mut spent = None;
        match cluster.kind() {
            Kind::Base | Kind::Space => {
                spent = self.draw_base(place, end, level);
            }
            Kind::Mark | Kind::InvisibleMark => {
                // What takes room of its own needs no circle.
                if !cluster.tail.wide {
                    self.glyphs.push(DOTTED_CIRCLE);
                }
            }
            Kind::Tab => self.glyphs.push(' '),
            Kind::Control | Kind::Break => self.glyphs.push(visible::control(cluster.base)),
            Kind::Hidden => self.glyphs.push(visible::bidi_control(cluster.base)),
            Kind::Sign => self.glyphs.push(self.sign(place, level)),
            _ => {
                let text = &self.paragraph.text[cluster.range()];
                self.glyphs.push_str(cluster::shown(text));
                return;
            }
        }
        self.draw_marks(place, end, spent);
    }

    /// The letter of a cell; gives back the mark that the letter holds already.
    fn draw_base(&mut self, place: usize, end: usize, level: u8) -> Option<char> {
        let item = &self.paragraph.items[place];
        let cluster = &item.cluster;
        if item.shape.takes_alef() {
            let (alef, spent) = self.letter(end - 1);
            self.glyphs.extend(joining::ligature(item.shape, alef));
            return spent;
        }
        if level % 2 == 1 && cluster.properties.is_mirrored() {
            self.glyphs
                .push(mirrored(cluster.base).unwrap_or(cluster.base));
            return None;
        }
        if cluster.properties.width() == 0 {
            // Fillers and unassigned characters that terminals give no room.
            self.glyphs.push(char::REPLACEMENT_CHARACTER);
            return None;
        }
        if !self.paragraph.options.join {
            self.glyphs.push(cluster.base);
            return None;
        }
        let (letter, spent) = self.letter(place);
        let (form, mark) = joining::form(letter, item.shape);
        self.glyphs.push(form);
        self.glyphs.extend(mark);
        spent
    }

    /// An item's letter, with its hamza or madda where that makes another one.
    fn letter(&self, place: usize) -> (char, Option<char>) {
        let cluster = &self.paragraph.items[place].cluster;
        let composed = cluster.tail.any.then(|| {
            let marks = cluster.start as usize + cluster.base.len_utf8()..cluster.end as usize;
            joining::compose(cluster.base, &self.paragraph.text[marks])
        });
        composed
            .flatten()
            .map_or((cluster.base, None), |(letter, mark)| (letter, Some(mark)))
    }

    /// The marks of a cell's clusters, as many as a cell shows.
    fn draw_marks(self, place: usize, end: usize, spent: Option<char>) {
        let mut left = MARKS;
        for item in &self.paragraph.items[place..end] {
            let cluster = &item.cluster;
            let alone = matches!(cluster.kind(), Kind::Mark | Kind::InvisibleMark);
            if !cluster.tail.any && !alone {
                continue;
            }
            let marks = self.paragraph.text[cluster.range()]
                .chars()
                .skip(usize::from(!alone));
            for c in marks {
                let kind = Properties::of(c).kind();
                let shown = self.paragraph.options.tashkeel || !marks::is_tashkeel(c);
                if kind == Kind::WideMark {
                    self.glyphs.push(c);
                } else if kind == Kind::Mark && shown && left > 0 && Some(c) != spent {
                    self.glyphs.push(c);
                    left -= 1;
                }
            }
        }
    }

    /// What stands for a sign before a number: terminals disagree on the widths of the signs themselves.
    fn sign(&self, place: usize, level: u8) -> char {
        let items = &self.paragraph.items;
        let sign = items[place].cluster.base;
        if encloses(sign) {
            let number = items
                .get(place + 1)
                .is_some_and(|item| item.cluster.base.is_numeric());
            return match (number, level % 2) {
                (false, _) => '٭',
                (true, 1) => '\u{fd3f}',
                (true, _) => '\u{fd3e}',
            };
        }
        let letter = match sign {
            '\u{601}' | '\u{604}' => 'س',
            '\u{602}' => '*',
            '\u{603}' => 'ص',
            '\u{890}' => 'ج',
            '\u{891}' => 'ق',
            _ => '#',
        };
        if self.paragraph.options.join {
            joining::form(letter, joining::Shape::default()).0
        } else {
            letter
        }
    }
}
