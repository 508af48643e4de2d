//! Fills lines up to the width: wider spaces first, then kashida, the drawn-out join between two letters.
//!
//! The order of the places for kashida is the one that calligraphers and typesetters use: after the author's own tatweel, after
//! seen and sad, before final round and tall letters, and last wherever letters join in a long word. A word has one such place
//! at most, of two cells at most, and never under one of the line before. What is added maps to no bytes.

use std::ops::Range;

use super::paragraph::{Item, Paragraph};
use super::wrap::Span;
use crate::text::Direction;
use crate::text::marks;
use crate::text::properties::Kind;

/// How lines are filled up to the width. The last line of a paragraph never is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Justify {
    /// Not at all.
    #[default]
    Ragged,
    /// By wider spaces only: for verse and headings.
    Spaces,
    /// By wider spaces, then by kashida.
    Kashida,
}

/// Columns that a space grows by before kashida is tried, and in the end.
const SPACE: (usize, usize) = (1, 3);

/// Cells of one kashida.
const KASHIDA: usize = 2;

/// Marks for each letter, as one in so many, from which on a text counts as vocalised.
const VOCALISED: usize = 3;

/// A place where a word may be drawn out.
struct Place {
    /// The item after which cells are added.
    item: usize,
    /// How well the place suits; less is better.
    rank: u8,
}

/// Gives the items of every line but the last the cells that are added after them.
pub(super) fn justify(paragraph: &mut Paragraph, spans: &[Span], width: usize) {
    let kashida = paragraph.options.justify == Justify::Kashida
        && paragraph.options.join
        && paragraph.direction == Direction::Rtl
        && !is_vocalised(paragraph);
    let mut above = Vec::new();
    for (number, span) in spans.iter().enumerate() {
        let items = span.items.start..span.drawn;
        let ends = paragraph.items[span.items.clone()]
            .last()
            .is_none_or(|item| item.cluster.kind() == Kind::Break);
        // What stands in columns keeps them.
        let tabs = paragraph.items[items.clone()]
            .iter()
            .any(|item| item.cluster.kind() == Kind::Tab);
        if ends || tabs || number + 1 == spans.len() {
            above.clear();
            continue;
        }
        let drawn = columns(paragraph, items.clone()) + usize::from(span.hyphen);
        let free = width.saturating_sub(drawn);
        above = fill(paragraph, items, free, kashida, &above);
    }
}

/// Fills one line that has `free` columns left; gives back the columns of its kashida, to be kept free on the next.
fn fill(
    paragraph: &mut Paragraph,
    items: Range<usize>,
    free: usize,
    kashida: bool,
    above: &[usize],
) -> Vec<usize> {
    let spaces = inner_spaces(paragraph, items.clone());
    let first = free.min(spaces.len() * SPACE.0);
    let mut places = if kashida && free > first {
        kashida_places(paragraph, items.clone())
    } else {
        Vec::new()
    };
    loop {
        let drawn_out = (free - first).min(places.len() * KASHIDA);
        // A line that would gape is better left ragged.
        if free - drawn_out > spaces.len() * SPACE.1 {
            clear(paragraph, items);
            return Vec::new();
        }
        spread(paragraph, &spaces, free - drawn_out);
        let mut left = drawn_out;
        for place in &places {
            let cells = left.min(KASHIDA);
            paragraph.items[place.item].added = narrow(cells);
            left -= cells;
        }
        // Only now do all cells stand where they will be seen: what comes to stand under the line above is taken back.
        let stands_under = |place: &Place| {
            kashida_columns(paragraph, items.start, place).any(|column| above.contains(&column))
        };
        let Some(taken) = places.iter().position(stands_under) else {
            let columns = |place| kashida_columns(paragraph, items.start, place);
            return places.iter().flat_map(columns).collect();
        };
        let place = places.remove(taken);
        paragraph.items[place.item].added = 0;
    }
}

/// Takes back all that was added to a line.
fn clear(paragraph: &mut Paragraph, items: Range<usize>) {
    for item in &mut paragraph.items[items] {
        item.added = 0;
    }
}

/// The columns of a place's kashida, in a line that starts at an item, as far as cells are added there.
fn kashida_columns(paragraph: &Paragraph, start: usize, place: &Place) -> Range<usize> {
    let end = columns(paragraph, start..place.item + 1);
    end - usize::from(paragraph.items[place.item].added)..end
}

/// The columns of some items of a line, with what was added; tabs count from the line's start.
fn columns(paragraph: &Paragraph, items: Range<usize>) -> usize {
    items.fold(0, |column, place| {
        column + paragraph.width_at(place, column) + usize::from(paragraph.items[place].added)
    })
}

/// The spaces between words; not those that a line starts with.
fn inner_spaces(paragraph: &Paragraph, items: Range<usize>) -> Vec<usize> {
    let start = items
        .clone()
        .find(|place| !paragraph.items[*place].vanishes())
        .unwrap_or(items.end);
    (start..items.end)
        .filter(|place| paragraph.items[*place].cluster.base == ' ')
        .collect()
}

/// Spreads cells evenly over the spaces.
fn spread(paragraph: &mut Paragraph, spaces: &[usize], cells: usize) {
    let count = spaces.len();
    for (number, space) in spaces.iter().enumerate() {
        let added = (number + 1) * cells / count - number * cells / count;
        paragraph.items[*space].added = narrow(added);
    }
}

fn narrow(cells: usize) -> u8 {
    u8::try_from(cells).unwrap_or(0)
}

/// Whether most words carry their vowel signs: kashida would come between a letter and what is read with it.
fn is_vocalised(paragraph: &Paragraph) -> bool {
    let is_mark = |c: &char| marks::is_tashkeel(*c);
    let marks = paragraph.text.chars().filter(is_mark).count();
    marks * VOCALISED > paragraph.items.len()
}

/// The best place of every word, the best first.
fn kashida_places(paragraph: &Paragraph, items: Range<usize>) -> Vec<Place> {
    let mut places = Vec::new();
    let mut start = items.start;
    for place in items.start..=items.end {
        let ends = place == items.end || paragraph.items[place].cluster.hangs();
        if ends {
            let word = &paragraph.items[start..place];
            places.extend(best_place(word).map(|(offset, rank)| Place {
                item: start + offset,
                rank,
            }));
            start = place + 1;
        }
    }
    places.sort_by_key(|place| place.rank);
    places
}

/// Where one word is drawn out best: the item before the added cells, and its rank.
fn best_place(word: &[Item]) -> Option<(usize, u8)> {
    let letters: Vec<usize> = (0..word.len())
        .filter(|place| word[*place].width > 0)
        .collect();
    let base = |place: usize| word[place].cluster.base;
    let name: String = word.iter().map(|item| item.cluster.base).collect();
    let is_foreign = |item: &Item| item.level != 1 || item.cluster.base.is_numeric();
    if word.iter().any(is_foreign) || name.contains("الله") || name.ends_with("لله") {
        return None;
    }
    let long = letters
        .iter()
        .filter(|place| base(**place).is_alphabetic())
        .count()
        >= 4;
    let mut best: Option<(usize, u8)> = None;
    for (number, pair) in letters.windows(2).enumerate() {
        let [here, next] = [&word[pair[0]], &word[pair[1]]];
        if !here.shape.joins_after() || here.shape.takes_alef() {
            continue;
        }
        let after = letters.get(number + 2).map(|place| &word[*place]);
        let Some(rank) = rank(here, next, after).or(long.then_some(7)) else {
            continue;
        };
        // Of equals the later: a word is drawn out towards its end.
        if best.is_none_or(|(_, known)| rank <= known) {
            best = Some((pair[0], rank));
        }
    }
    best
}

/// How well a join suits, between an item, the next one and the one after that.
fn rank(here: &Item, next: &Item, after: Option<&Item>) -> Option<u8> {
    let letter = next.cluster.base;
    let ends = !next.shape.joins_after() && !next.shape.takes_alef();
    match here.cluster.base {
        'ـ' => return Some(1),
        'س' | 'ش' | 'ص' | 'ض' => return Some(2),
        _ => {}
    }
    if ends {
        return match letter {
            'ة' | 'ه' | 'د' | 'ذ' => Some(3),
            'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ط' | 'ظ' | 'ل' | 'ك' | 'ک' | 'گ' => Some(4),
            'و' | 'ؤ' | 'ع' | 'غ' | 'ق' | 'ف' => Some(6),
            _ => None,
        };
    }
    let tooth = matches!(letter, 'ب' | 'ت' | 'ث' | 'ن' | 'ي' | 'ئ' | 'پ' | 'ی');
    let before_tail = after.is_some_and(|after| {
        matches!(after.cluster.base, 'ر' | 'ز' | 'ي' | 'ى' | 'ی') && !after.shape.joins_after()
    });
    (tooth && before_tail).then_some(5)
}
