//! Titles and table fields: one line, whatever the text holds.

use super::draw::{Slot, What};
use super::paragraph::{Item, Paragraph};
use super::wrap::{self, Span};
use super::{Layout, Options};
use crate::text::Direction;
use crate::text::bidi;

/// Lays a text out in exactly one line of at most `width` columns; with no column nothing is drawn.
///
/// What does not fit is lost at the logical end, and an ellipsis shows it; its cell stands for the bytes that are lost.
/// Line ends are shown as visible marks, a tab as one space.
#[must_use]
pub fn lay_out_label(text: &str, width: usize, direction: Direction) -> Layout {
    let options = Options {
        width,
        direction,
        ..Options::default()
    };
    let mut paragraph = Paragraph::read_label(text, &options);
    wrap::fit_wide_items(&mut paragraph, width);
    let count = paragraph.items.len();
    let (drawn, cut) = fit(&paragraph.items, width);
    if !paragraph.uniform {
        // The cut is a line's end to rule L1.
        let end = if cut { drawn } else { count };
        paragraph.reset_gaps(0..end);
    }
    let mut slots: Vec<Slot> = Vec::with_capacity(drawn + 1);
    for (place, item) in paragraph.items[..drawn].iter().enumerate() {
        if item.is_steering() {
            slots.push(Slot {
                what: What::Control,
                level: item.level,
            });
        } else if item.width > 0 {
            slots.push(Slot {
                what: What::Item(place),
                level: item.level,
            });
            if item.closes_sign {
                slots.push(Slot {
                    what: What::SignEnd(place),
                    level: item.level,
                });
            }
        }
    }
    if cut && width > 0 {
        slots.push(Slot {
            what: What::Ellipsis(drawn),
            level: direction.level(),
        });
    }
    bidi::reorder(&mut slots, |slot| slot.level);
    let mut layout = Layout::with_capacity(direction, &paragraph, 1);
    let span = Span {
        items: 0..count,
        drawn,
        hyphen: false,
    };
    layout.draw_slots(&paragraph, &slots, &span);
    layout
}

/// Where the drawn items end, and whether an ellipsis follows them.
fn fit(items: &[Item], width: usize) -> (usize, bool) {
    let end = items
        .iter()
        .rposition(|item| !item.vanishes())
        .map_or(0, |last| last + 1);
    let mut column = 0;
    // The last item before which the ellipsis still fits.
    let mut room = 0;
    for (place, item) in items[..end].iter().enumerate() {
        if column < width && item.width > 0 {
            room = place;
        }
        column += usize::from(item.width);
        if column > width {
            let kept = items[..room]
                .iter()
                .rposition(|item| !item.vanishes())
                .map_or(0, |last| last + 1);
            return (kept, true);
        }
    }
    (end, false)
}
