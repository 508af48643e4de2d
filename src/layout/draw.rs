//! One line of items becomes cells in visual order (L1 and L2). What a cell shows is `pen`'s.

use super::paragraph::{Item, Paragraph, Role};
use super::pen::Pen;
use super::wrap::Span;
use super::{Cell, Justify, Layout, Line};
use crate::text::Direction;
use crate::text::bidi;
use crate::text::glyphs;
use crate::text::joining;
use crate::text::mirror::mirrored;
use crate::text::properties::Kind;

/// The bytes of the glyphs that a paragraph has by itself, to begin with.
const GLYPHS: usize = 128;

/// Stands for a cluster that is wider than the line.
const TOO_WIDE: char = '\u{fffd}';

/// What an entry of a line's order shows.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    /// Which item; none for what the layout adds.
    pub what: What,
    pub level: u8,
}

/// See [`Slot`].
#[derive(Clone, Copy)]
pub(super) enum What {
    /// An item.
    Item(usize),
    /// A bidi control: not drawn, but it may keep the text on its sides apart.
    Control,
    /// A tab, of so many columns.
    Tab(usize, u8),
    /// The other half of the sign around a number that ends with this item.
    SignEnd(usize),
    /// Cells added after this item.
    Added(usize),
    /// The hyphen at a soft hyphen, which is this item.
    Hyphen(usize),
    /// The ellipsis for the items from this one on.
    Ellipsis(usize),
}

/// Items at one level that follow each other in the text, those among them that are not drawn at any.
pub(super) struct Run {
    items: std::ops::Range<usize>,
    level: u8,
}

/// What the lines of a layout share while they are drawn, so that none allocates anew.
#[derive(Default)]
pub(super) struct Room {
    slots: Vec<Slot>,
    runs: Vec<Run>,
}

impl Layout {
    /// An empty layout with room for a paragraph.
    pub(super) fn with_capacity(direction: Direction, paragraph: &Paragraph, lines: usize) -> Self {
        Self {
            direction,
            lines: Vec::with_capacity(lines),
            cells: Vec::with_capacity(paragraph.items.len()),
            glyphs: String::new(),
            woven: false,
        }
    }

    /// Adds one line; `room` is what the lines share.
    pub(super) fn draw_line(&mut self, paragraph: &mut Paragraph, span: &Span, room: &mut Room) {
        if !paragraph.uniform {
            paragraph.reset_gaps(span.items.clone());
        }
        let justified = paragraph.options.justify != Justify::Ragged;
        if !paragraph.special && !span.hyphen && !justified {
            self.draw_runs(paragraph, span, &mut room.runs);
            return;
        }
        fill_slots(&mut room.slots, paragraph, span);
        bidi::reorder(&mut room.slots, |slot| slot.level);
        self.draw_slots(paragraph, &room.slots, span);
    }

    /// Adds a line on which every item takes one cell at most, run by run.
    fn draw_runs(&mut self, paragraph: &Paragraph, span: &Span, runs: &mut Vec<Run>) {
        let start = self.cells.len();
        let drawn = span.items.start..span.drawn;
        runs.clear();
        if paragraph.uniform {
            let level = paragraph.direction.level();
            runs.push(Run {
                items: drawn,
                level,
            });
        } else {
            find_runs(runs, paragraph, drawn);
            bidi::reorder(runs, |run| run.level);
        }
        for run in runs {
            self.draw_run(paragraph, run);
        }
        self.end_line(paragraph, span, start);
    }

    /// Draws a run, its items in visual order.
    #[inline(never)]
    fn draw_run(&mut self, paragraph: &Paragraph, run: &Run) {
        let Run { items, level } = run;
        let items = items.clone();
        let forms = glyphs::forms(paragraph.options.join);
        for step in 0..items.len() {
            let place = if level % 2 == 0 {
                items.start + step
            } else {
                items.end - 1 - step
            };
            let item = &paragraph.items[place];
            if item.width == 0 {
                continue;
            }
            match item.role {
                Role::Letter => self.draw_letter(item, *level, forms),
                Role::Space => self.draw_space(item, *level),
                Role::Special => self.draw_special(paragraph, place, *level),
            }
        }
    }

    /// Adds a line whose slots stand in visual order.
    pub(super) fn draw_slots(&mut self, paragraph: &Paragraph, slots: &[Slot], span: &Span) {
        let start = self.cells.len();
        for slot in slots {
            self.draw(paragraph, *slot);
        }
        self.end_line(paragraph, span, start);
    }

    /// Adds the line whose cells start at `start`.
    fn end_line(&mut self, paragraph: &Paragraph, span: &Span, start: usize) {
        let width = self.cells[start..]
            .iter()
            .map(|cell| usize::from(cell.width))
            .sum();
        self.lines.push(Line {
            range: paragraph.start_of(span.items.start)..paragraph.start_of(span.items.end),
            width,
            cells: start..self.cells.len(),
        });
    }

    fn draw(&mut self, paragraph: &Paragraph, slot: Slot) {
        let level = slot.level;
        match slot.what {
            What::Item(place) => {
                self.draw_item(paragraph, place, &paragraph.items[place], level);
            }
            What::Control => {}
            What::Tab(place, width) => {
                for _ in 0..width {
                    self.cell(paragraph, place..place + 1, level, 1, |glyphs| {
                        glyphs.push(' ');
                    });
                }
            }
            What::SignEnd(place) => {
                self.cell(paragraph, place + 1..place + 1, level, 1, |glyphs| {
                    glyphs.push(if level % 2 == 1 {
                        '\u{fd3e}'
                    } else {
                        '\u{fd3f}'
                    });
                });
            }
            What::Added(place) => {
                let item = &paragraph.items[place];
                let glyph = if item.cluster.base == ' ' { ' ' } else { 'ـ' };
                for _ in 0..item.added {
                    self.cell(paragraph, place + 1..place + 1, level, 1, |glyphs| {
                        glyphs.push(glyph);
                    });
                }
            }
            What::Hyphen(place) => {
                self.cell(paragraph, place..place + 1, level, 1, |glyphs| {
                    glyphs.push('-');
                });
            }
            What::Ellipsis(place) => {
                self.cell(
                    paragraph,
                    place..paragraph.items.len(),
                    level,
                    1,
                    |glyphs| {
                        glyphs.push('…');
                    },
                );
            }
        }
    }

    fn draw_item(&mut self, paragraph: &Paragraph, place: usize, item: &Item, level: u8) {
        if item.width == 0 {
            return;
        }
        match item.role {
            Role::Letter => {
                self.draw_letter(item, level, glyphs::forms(paragraph.options.join));
            }
            Role::Space => self.draw_space(item, level),
            Role::Special => self.draw_special(paragraph, place, level),
        }
    }

    /// Draws what is one letter in its cell, with one of these forms if it has one: no such letter has a mirror image.
    #[inline]
    fn draw_letter(&mut self, item: &Item, level: u8, forms: &[u8]) {
        let form = glyphs::find(item.cluster.base, item.shape, forms);
        let glyph = match form {
            Some((glyph, length)) => (glyph, length, true),
            None => self.write_letter(item, level, !forms.is_empty()),
        };
        self.push(item, level, glyph);
    }

    /// Draws a space.
    #[inline]
    fn draw_space(&mut self, item: &Item, level: u8) {
        let glyph = match glyphs::find_ascii(item.cluster.base) {
            Some((glyph, length)) => (glyph, length, true),
            None => self.write_letter(item, level, false),
        };
        self.push(item, level, glyph);
    }

    /// Adds the cell of one item: where its glyph stands, the glyph's length, whether it is a common one.
    #[inline]
    fn push(&mut self, item: &Item, level: u8, (glyph, glyph_length, is_common): (u32, u8, bool)) {
        self.cells.push(Cell {
            bytes: item.cluster.start..item.cluster.end,
            level,
            width: item.width,
            glyph_length,
            is_common,
            glyph,
        });
    }

    /// Writes the glyph of one letter, unless that is a common one; where it stands, its length, and whether it is.
    #[inline(never)]
    fn write_letter(&mut self, item: &Item, level: u8, join: bool) -> (u32, u8, bool) {
        let base = item.cluster.base;
        let mirrors = level % 2 == 1 && item.cluster.properties.is_mirrored();
        if !mirrors && let Some((glyph, length)) = glyphs::find_ascii(base) {
            return (glyph, length, true);
        }
        let glyph = self.start_glyph();
        if mirrors {
            self.glyphs.push(mirrored(base).unwrap_or(base));
        } else if join {
            let (form, mark) = joining::form(base, item.shape);
            self.glyphs.push(form);
            self.glyphs.extend(mark);
        } else {
            self.glyphs.push(base);
        }
        let length = self.glyphs.len() - glyph;
        (offset(glyph), u8::try_from(length).unwrap_or(0), false)
    }

    /// Where the next glyph starts among the layout's own; there is room for a few.
    fn start_glyph(&mut self) -> usize {
        if self.glyphs.capacity() == 0 {
            self.glyphs.reserve(GLYPHS);
        }
        self.glyphs.len()
    }

    /// Draws what has marks, takes an alef or needs a stand-in.
    #[inline(never)]
    fn draw_special(&mut self, paragraph: &Paragraph, place: usize, level: u8) {
        let items = &paragraph.items;
        let item = &items[place];
        let width = item.width - u8::from(item.closes_sign);
        if width < item.cluster.width {
            self.cell(paragraph, place..place + 1, level, width, |glyphs| {
                glyphs.push(TOO_WIDE);
            });
            return;
        }
        let mut end = place + 1;
        if item.shape.takes_alef() {
            end += items[end..]
                .iter()
                .position(|item| item.shape.is_taken())
                .map_or(0, |taken| taken + 1);
        }
        self.cell(paragraph, place..end, level, width, |glyphs| {
            let pen = Pen { paragraph, glyphs };
            pen.draw(place, end, level);
        });
    }

    /// Adds a cell that shows some items, its glyph written by `write`.
    fn cell(
        &mut self,
        paragraph: &Paragraph,
        items: std::ops::Range<usize>,
        level: u8,
        width: u8,
        write: impl FnOnce(&mut String),
    ) {
        let glyph = self.start_glyph();
        write(&mut self.glyphs);
        let length = self.glyphs.len() - glyph;
        self.cells.push(Cell {
            bytes: offset(paragraph.start_of(items.start))..offset(paragraph.start_of(items.end)),
            level,
            width,
            glyph_length: u8::try_from(length).unwrap_or(0),
            is_common: false,
            glyph: offset(glyph),
        });
    }
}

/// Texts are laid out up to 4 GB.
#[allow(clippy::cast_possible_truncation)]
const fn offset(byte: usize) -> u32 {
    byte as u32
}

/// The runs of a line, in logical order, after rule L1.
fn find_runs(runs: &mut Vec<Run>, paragraph: &Paragraph, drawn: std::ops::Range<usize>) {
    let mut start = drawn.start;
    let mut level = None;
    for (offset, item) in paragraph.items[drawn.clone()].iter().enumerate() {
        if level == Some(item.level) || item.width == 0 && !item.is_steering() {
            continue;
        }
        if let Some(level) = level {
            let place = drawn.start + offset;
            runs.push(Run {
                items: start..place,
                level,
            });
            start = place;
        }
        level = Some(item.level);
    }
    runs.extend(level.map(|level| Run {
        items: start..drawn.end,
        level,
    }));
}

/// What a line draws, in logical order, after rule L1.
fn fill_slots(slots: &mut Vec<Slot>, paragraph: &Paragraph, span: &Span) {
    slots.clear();
    let mut column = 0;
    for place in span.items.start..span.drawn {
        let item = &paragraph.items[place];
        let level = item.level;
        let width = paragraph.width_at(place, column);
        column += width + usize::from(item.added);
        if item.width == 0 {
            if item.is_steering() {
                let what = What::Control;
                slots.push(Slot { what, level });
            }
            continue;
        }
        let what = if item.cluster.kind() == Kind::Tab {
            What::Tab(place, u8::try_from(width).unwrap_or(1))
        } else {
            What::Item(place)
        };
        slots.push(Slot { what, level });
        if item.added > 0 {
            let what = What::Added(place);
            slots.push(Slot { what, level });
        }
        if item.closes_sign {
            slots.push(Slot {
                what: What::SignEnd(place),
                level,
            });
        }
    }
    if span.hyphen {
        slots.push(Slot {
            what: What::Hyphen(span.items.end - 1),
            level: slots
                .last()
                .map_or(paragraph.direction.level(), |slot| slot.level),
        });
    }
}
