//! Cuts a paragraph's items into lines, in logical order.
//!
//! Spaces hang at a line's end and never push a word over. A word wider than a line is cut between two clusters, never inside one, nor
//! between a lam and its alef, and keeps the forms of the whole word; it never leaves an opening quote behind.

use std::ops::Range;

use super::paragraph::{Item, Paragraph, Role};
use crate::text::properties::{Kind, LineClass};

/// Columns of the widest cluster that is drawn as it is.
const WIDEST: usize = 8;

/// One line: which items it holds and which of them are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// All its items.
    pub items: Range<usize>,
    /// Where its drawn items end.
    pub drawn: usize,
    /// Whether it was broken at a soft hyphen, which shows.
    pub hyphen: bool,
}

/// The lines of a paragraph, none wider than `width` columns; at least one.
pub(super) fn wrap(paragraph: &mut Paragraph, width: usize) -> Vec<Span> {
    let limit = if width == 0 { usize::MAX } else { width };
    fit_wide_items(paragraph, limit);
    let mut spans = Vec::with_capacity(paragraph.items.len() / limit + 2);
    let mut start = 0;
    loop {
        let (end, cut) = line_end(paragraph, start, limit);
        let last = end >= paragraph.items.len();
        spans.push(span(paragraph, start..end, last || cut));
        if last {
            return spans;
        }
        start = end;
    }
}

/// What is wider than a whole line, or wider than any writing needs, takes one column, where a mark stands for it.
pub(super) fn fit_wide_items(paragraph: &mut Paragraph, limit: usize) {
    let limit = limit.min(WIDEST);
    if usize::from(paragraph.widest) <= limit {
        return;
    }
    for item in &mut paragraph.items {
        if usize::from(item.width) > limit {
            item.resize(1);
            item.closes_sign = false;
        }
    }
}

/// Where the line that starts at an item ends, which is the first item of the next line; and whether a word is cut there.
fn line_end(paragraph: &Paragraph, start: usize, limit: usize) -> (usize, bool) {
    let items = &paragraph.items;
    let mut column: usize = 0;
    let mut candidate = None;
    let mut blank = true;
    let mut place = start;
    while let Some(item) = items.get(place) {
        if item.opens && !blank && !item.held {
            let hyphenates = items[place - 1].cluster.kind() == Kind::SoftHyphen;
            if !hyphenates || column < limit {
                candidate = Some(place);
            }
        }
        if item.role == Role::Letter {
            let (end, width) = fill_with_letters(items, place, limit.saturating_sub(column));
            column += width;
            blank &= width == 0;
            if end > place {
                place = end;
                continue;
            }
        }
        let end = column + paragraph.width_at(place, column);
        if !item.vanishes() {
            if end > limit && place > start {
                return candidate.map_or_else(
                    || (cut_word(paragraph, start, place), true),
                    |place| (place, false),
                );
            }
            blank = false;
        }
        column = end;
        place += 1;
        if item.role == Role::Special && item.cluster.kind() == Kind::Break {
            return (place, false);
        }
    }
    (items.len(), false)
}

/// How far the letters from an item on, with no break among them, go into the room that is left, and the columns they take there.
#[inline]
fn fill_with_letters(items: &[Item], place: usize, room: usize) -> (usize, usize) {
    let (mut end, mut width) = (place, 0);
    for item in &items[place..] {
        let is_other = item.role != Role::Letter || item.opens && end > place;
        let wider = width + usize::from(item.width);
        if is_other || wider > room {
            break;
        }
        (end, width) = (end + 1, wider);
    }
    (end, width)
}

/// Where a word too long for its line is cut, the item at `place` being the first that does not fit.
fn cut_word(paragraph: &Paragraph, start: usize, place: usize) -> usize {
    let before = &paragraph.items[start..place];
    let Some(last) = before
        .iter()
        .rposition(|item| item.cluster.line != LineClass::Open && !item.vanishes())
    else {
        return place;
    };
    // What is not drawn stays with what it follows: the alef of a lam, a joiner.
    let after = before[last + 1..].iter();
    start + last + 1 + after.take_while(|item| item.vanishes()).count()
}

/// A line of these items; `bare` where no hyphen shows even after a soft one.
fn span(paragraph: &Paragraph, items: Range<usize>, bare: bool) -> Span {
    let drawn = paragraph.items[items.clone()]
        .iter()
        .rposition(|item| !item.vanishes())
        .map_or(items.start, |place| items.start + place + 1);
    let hyphen = !bare
        && items.end > items.start
        && paragraph.items[items.end - 1].cluster.kind() == Kind::SoftHyphen
        && drawn > items.start;
    Span {
        items,
        drawn,
        hyphen,
    }
}
