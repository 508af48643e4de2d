//! A mention in its context: one line of its paragraph, laid out by the engine, with the name in the same column on every line.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use std::ops::Range;

use crate::app::{App, Rect, Slot};
use crate::layout::{Justify, Options, lay_out};
use crate::text::Direction;
use crate::text::marks::is_tashkeel;

use super::paint::put_glyph;

/// A mention to be drawn.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The text of its paragraph.
    pub text: &'a str,
    /// Its bytes there.
    pub name: Range<usize>,
    /// The way the paragraph runs.
    pub direction: Direction,
}

impl<'a> Context<'a> {
    /// Bytes of the paragraph of an article that starts at a byte of its source.
    pub fn of(app: &App, slot: &'a Slot, paragraph: usize, name: &Range<usize>) -> Self {
        let block = slot.block_at(paragraph);
        Self {
            text: slot.text(block),
            name: name.clone(),
            direction: slot.direction(block, app.settings.paragraphs),
        }
    }
}

/// Draws a mention in the first row of `area`: two fifths of it for what comes before the name, the rest for the name and what follows.
pub fn draw(
    context: &Context<'_>,
    drawing: &Options,
    area: Rect,
    (style, name_style): (Style, Style),
    buffer: &mut Buffer,
) {
    if area.is_empty() {
        return;
    }
    let before = usize::from(area.width) * 2 / 5;
    let after = usize::from(area.width) - before;
    let part = part(context.text, &context.name, before, after);
    let name = context.name.start - part.start..context.name.end - part.start;
    let options = Options {
        width: 0,
        direction: context.direction,
        justify: Justify::Ragged,
        ..drawing.clone()
    };
    let layout = lay_out(context.text.get(part).unwrap_or_default(), &options);
    let Some(line) = layout.lines().first() else {
        return;
    };
    let columns: Vec<Range<usize>> = layout.columns(line, name.clone()).collect();
    // The column of the line that comes to stand where the name begins.
    let (start, place) = match context.direction {
        Direction::Rtl => {
            let right = columns.iter().map(|columns| columns.end).max();
            (right.unwrap_or(0), after)
        }
        Direction::Ltr => {
            let left = columns.iter().map(|columns| columns.start).min();
            (left.unwrap_or(0), before)
        }
    };
    let mut column = 0;
    for cell in layout.cells(line) {
        let width = usize::from(cell.width).max(1);
        let x = (column + place).checked_sub(start);
        column += width;
        let Some(x) = x.filter(|x| x + width <= usize::from(area.width)) else {
            continue;
        };
        let style = if cell.shows(&name) { name_style } else { style };
        // Both are less than the area is wide.
        let (x, width) = (u16::try_from(x).unwrap_or(0), u16::from(cell.width).max(1));
        put_glyph(buffer, area.x + x, area.y, layout.glyph(cell), width, style);
    }
}

/// The bytes around a name that fit into so many columns before and after its start, cut at blanks.
fn part(text: &str, name: &Range<usize>, before: usize, after: usize) -> Range<usize> {
    let takes_room = |c: &char| !is_tashkeel(*c);
    let head = text.get(..name.start).unwrap_or_default();
    let mut start = name.start;
    let mut room = before;
    for (at, c) in head.char_indices().rev() {
        if takes_room(&c) {
            if room == 0 {
                break;
            }
            room -= 1;
        }
        if at == 0 {
            start = 0;
        } else if c.is_whitespace() {
            start = at + c.len_utf8();
        }
    }
    // A clitic stays with its name even where nothing else has room.
    let clitic = head.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let start = start.min(clitic.max(name.start.saturating_sub(8)));
    let start = (0..=start).rev().find(|&at| text.is_char_boundary(at));
    let tail = text.get(name.start..).unwrap_or_default();
    let mut end = name.end;
    let mut room = after;
    for (at, c) in tail.char_indices() {
        let at = name.start + at;
        if c.is_whitespace() && at > name.end {
            end = at;
        }
        if takes_room(&c) {
            if room == 0 {
                return start.unwrap_or(0)..end;
            }
            room -= 1;
        }
    }
    start.unwrap_or(0)..text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "وصل الرئيس إلى مدينة دمشق صباح يوم الخميس الماضي";

    fn cut(before: usize, after: usize) -> &'static str {
        let start = TEXT.find("دمشق").unwrap_or_default();
        &TEXT[part(TEXT, &(start..start + "دمشق".len()), before, after)]
    }

    #[test]
    fn keeps_whole_words_around_the_name() {
        assert_eq!(cut(100, 100), TEXT);
        assert_eq!(cut(11, 9), "إلى مدينة دمشق صباح");
        assert_eq!(cut(12, 12), "إلى مدينة دمشق صباح");
        assert_eq!(cut(0, 4), "دمشق");
        assert_eq!(cut(0, 0), "دمشق");
    }

    #[test]
    fn never_cuts_a_letter() {
        let text = "وَلِلْهِنْدِ رأي";
        let name = text.find('ه').unwrap_or_default();
        for before in 0..12 {
            for after in 0..12 {
                let part = part(
                    text,
                    &(name..text.find(' ').unwrap_or_default()),
                    before,
                    after,
                );
                assert!(text.get(part).is_some());
            }
        }
    }
}
