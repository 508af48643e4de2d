//! A range of the text that is being chosen by keys: a caret that stands on words, and the word where the range was begun.
//!
//! The range goes from the earlier of the two words to the end of the later, over paragraphs if need be. Words are runs of letters,
//! digits and marks; moving looks at the text around the caret only, so a long paragraph costs no more than a short one.

use std::ops::Range;

use crate::action::Action;
use crate::doc::Anchor;
use crate::text::Direction;
use crate::text::marks::is_tashkeel;
use crate::text::words::words;

use super::message::Effect;
use super::names::mentions_in;
use super::page::Page;
use super::pane::panes;
use super::reading;
use super::slot::Slot;
use super::state::App;
use super::status::Status;

/// A word of the open article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The index of its block.
    pub block: usize,
    /// Bytes in the block.
    pub range: Range<usize>,
}

/// What is being chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where the range was begun; none while the caret looks for its start.
    pub from: Option<Word>,
    /// Where the caret stands.
    pub at: Word,
}

impl Selection {
    /// The first and the last word of the range.
    #[must_use]
    pub fn ends(&self) -> (&Word, &Word) {
        let from = self.from.as_ref().unwrap_or(&self.at);
        let key = |word: &Word| (word.block, word.range.start);
        if key(from) <= key(&self.at) {
            (from, &self.at)
        } else {
            (&self.at, from)
        }
    }

    /// The bytes of a block that the range holds.
    #[must_use]
    pub fn part(&self, slot: &Slot, block: usize) -> Option<Range<usize>> {
        let (first, last) = self.ends();
        if !(first.block..=last.block).contains(&block) {
            return None;
        }
        let start = if block == first.block {
            first.range.start
        } else {
            0
        };
        let end = if block == last.block {
            last.range.end
        } else {
            slot.text(block).len()
        };
        Some(start..end)
    }

    /// The text of the range, its paragraphs as lines.
    #[must_use]
    pub fn text(&self, slot: &Slot) -> String {
        let (first, last) = self.ends();
        let parts = (first.block..=last.block).filter_map(|block| {
            let range = self.part(slot, block)?;
            slot.text(block).get(range)
        });
        parts.collect::<Vec<_>>().join("\n")
    }

    /// The anchors of the range's start and end.
    #[must_use]
    pub fn anchors(&self, slot: &Slot) -> (Anchor, Anchor) {
        let (first, last) = self.ends();
        let anchor = |word: &Word, byte| Anchor {
            paragraph: slot.start(word.block),
            byte,
        };
        (
            anchor(first, first.range.start),
            anchor(last, last.range.end),
        )
    }
}

/// Does what an action asks for while a range is being chosen.
pub fn act(app: &mut App, action: Action, step: isize) {
    match action {
        Action::SelectParagraph => paragraph(app),
        Action::SwapEnds => swap(app),
        Action::NextWord => self::step(app, step),
        Action::PreviousWord => self::step(app, -step),
        Action::WordLeft | Action::WordRight => {
            // The caret follows the eye.
            let forward = (action == Action::WordLeft) == (direction(app) == Direction::Rtl);
            self::step(app, if forward { step } else { -step });
        }
        Action::NextParagraph => step_paragraphs(app, step),
        Action::PreviousParagraph => step_paragraphs(app, -step),
        Action::LineDown => step_rows(app, step),
        Action::LineUp => step_rows(app, -step),
        _ => {}
    }
}

/// Hands what is being chosen to the clipboard, as it is written, and ends the choice.
pub fn copy(app: &mut App) -> Vec<Effect> {
    let Some((slot, selection)) = app.listing.current().zip(app.selection.take()) else {
        return Vec::new();
    };
    let text = selection.text(slot);
    app.status = Some(Status::Copied(words(&text).count()));
    vec![Effect::Copy(text)]
}

/// The word under a cell of the reading pane, or near it on its row.
pub fn word_at(app: &App, column: u16, row: u16) -> Option<Word> {
    let text = panes(app).text;
    let slot = app.listing.current()?;
    let page = Page::of(app);
    let (at, layout, line) = page.line_at(usize::from(row.checked_sub(text.y)?))?;
    let indent = Page::indent(layout, line, text.width);
    let cell = column.saturating_sub(text.x).saturating_sub(indent);
    let last = line.width.saturating_sub(1);
    let byte = layout
        .byte_at(line, usize::from(cell).min(last))
        .unwrap_or(line.range.start);
    let text = slot.text(at.block);
    let range = word_from(text, byte).or_else(|| word_before(text, byte))?;
    Some(Word {
        block: at.block,
        range,
    })
}

/// Chooses from the word on which the button went down to the one under the pointer now; beyond the page's edge the text moves on.
pub fn drag(app: &mut App, column: u16, row: u16) {
    let Some(held) = app.held.clone() else {
        return;
    };
    let text = panes(app).text;
    let last = (text.y + text.height).saturating_sub(1);
    if row < text.y {
        reading::scroll_up(app, 1);
    } else if row > last {
        reading::scroll_down(app, 1);
    }
    let Some(at) = word_at(app, column, row.clamp(text.y, last)) else {
        return;
    };
    if app.selection.is_some() || at != held {
        app.selection = Some(Selection {
            from: Some(held),
            at,
        });
    }
}

/// The way the caret's paragraph runs.
fn direction(app: &App) -> Direction {
    let (slot, selection) = (app.listing.current(), app.selection.as_ref());
    slot.zip(selection)
        .map_or(Direction::Ltr, |(slot, selection)| {
            slot.direction(selection.at.block, app.settings.paragraphs)
        })
}

/// Begins to choose: the name at hand where there is one, else the first word of the page; false where there is no word.
pub fn begin(app: &mut App) -> bool {
    let found = name_at_hand(app).or_else(|| {
        let at = first_on_page(app)?;
        Some(Selection { from: None, at })
    });
    app.selection = found;
    app.selection.is_some()
}

/// The name at hand, as its first word and its last.
fn name_at_hand(app: &App) -> Option<Selection> {
    let slot = app.listing.current()?;
    let index = slot.place.mention?;
    let page = Page::of(app);
    let (block, range) = page.blocks().find_map(|block| {
        let (_, mention) = mentions_in(slot, block).find(|(at, _)| *at == index)?;
        Some((block, mention.range.clone()))
    })?;
    let text = slot.text(block);
    let name = |range| Word { block, range };
    let first = word_from(text, range.start)?;
    let last = word_before(text, range.end)?;
    // A name may begin or end inside a word, after a clitic.
    Some(Selection {
        from: Some(name(first.start.max(range.start)..first.end.min(range.end))),
        at: name(last.start.max(range.start)..last.end.min(range.end)),
    })
}

/// The first word of the page.
fn first_on_page(app: &App) -> Option<Word> {
    let slot = app.listing.current()?;
    let page = Page::of(app);
    let (row, line) = page
        .rows()
        .iter()
        .find_map(|&row| Some((row, page.line(row)?.1)))?;
    let start = Word {
        block: row.block,
        range: line.range.start..line.range.start,
    };
    let here = word_from(slot.text(row.block), line.range.start);
    here.map_or_else(
        || next(slot, &start),
        |range| {
            Some(Word {
                range,
                ..start.clone()
            })
        },
    )
}

/// Takes the caret's word as the start of the range, or lets the start go.
pub fn fix(app: &mut App) {
    if let Some(selection) = &mut app.selection {
        selection.from = match selection.from {
            None => Some(selection.at.clone()),
            Some(_) => None,
        };
    }
}

/// Gives the caret the other end of the range.
fn swap(app: &mut App) {
    if let Some(Selection {
        from: Some(from),
        at,
    }) = &mut app.selection
    {
        std::mem::swap(from, at);
    }
}

/// Chooses the whole paragraph.
fn paragraph(app: &mut App) {
    let Some((slot, selection)) = app.listing.current().zip(app.selection.as_ref()) else {
        return;
    };
    let block = selection.at.block;
    let text = slot.text(block);
    let ends = word_from(text, 0).zip(word_before(text, text.len()));
    if let Some((first, last)) = ends {
        app.selection = Some(Selection {
            from: Some(Word {
                block,
                range: first,
            }),
            at: Word { block, range: last },
        });
    }
}

/// Moves the caret `step` words (back when negative).
fn step(app: &mut App, step: isize) {
    for _ in 0..step.unsigned_abs() {
        let moved = app.listing.current().zip(app.selection.as_ref());
        let word = moved.and_then(|(slot, selection)| {
            if step > 0 {
                next(slot, &selection.at)
            } else {
                previous(slot, &selection.at)
            }
        });
        match word {
            Some(word) => put(app, word),
            None => return,
        }
    }
}

/// Moves the caret `step` rows of the screen (up when negative), to the word that stands there.
fn step_rows(app: &mut App, step: isize) {
    for _ in 0..step.unsigned_abs() {
        let Some(word) = beside(app, step > 0) else {
            return;
        };
        put(app, word);
    }
}

/// Moves the caret to the first word of another paragraph.
fn step_paragraphs(app: &mut App, step: isize) {
    let Some((slot, selection)) = app.listing.current().zip(app.selection.as_ref()) else {
        return;
    };
    let block = selection
        .at
        .block
        .saturating_add_signed(step)
        .min(slot.blocks().len().saturating_sub(1));
    if let Some(range) = word_from(slot.text(block), 0) {
        put(app, Word { block, range });
    }
}

/// Puts the caret on a word and brings it into sight.
fn put(app: &mut App, word: Word) {
    let anchor = app.listing.current().map(|slot| Anchor {
        paragraph: slot.start(word.block),
        byte: word.range.start,
    });
    if let Some(selection) = &mut app.selection {
        selection.at = word;
    }
    if let Some(anchor) = anchor {
        reading::show(app, anchor);
    }
}

/// The word in the next row of the page (or the one above), under the caret; scrolls when the page ends there.
fn beside(app: &mut App, down: bool) -> Option<Word> {
    let at = app.selection.as_ref()?.at.clone();
    for scroll in [false, true] {
        if scroll {
            // Over the gap between two paragraphs there are two rows to the next line.
            let scroll = if down {
                reading::scroll_down
            } else {
                reading::scroll_up
            };
            scroll(app, 2);
        }
        let page = Page::of(app);
        let width = panes(app).text.width;
        let slot = app.listing.current()?;
        let rows: Vec<_> = (0..page.rows().len())
            .filter_map(|index| page.line_at(index))
            .collect();
        let here = rows.iter().position(|(row, _, line)| {
            row.block == at.block && line.range.contains(&at.range.start)
        })?;
        let beside = if down {
            here.checked_add(1)
        } else {
            here.checked_sub(1)
        };
        let Some((row, layout, line)) = beside.and_then(|index| rows.get(index)) else {
            continue;
        };
        let (_, old_layout, old_line) = &rows[here];
        let columns = old_layout.columns(old_line, at.range.clone());
        let column = columns.into_iter().flatten().next().unwrap_or(0);
        let from = column + usize::from(Page::indent(old_layout, old_line, width));
        let column = from.saturating_sub(usize::from(Page::indent(layout, line, width)));
        let byte = layout
            .byte_at(line, column.min(line.width.saturating_sub(1)))
            .unwrap_or(line.range.start);
        let text = slot.text(row.block);
        let range = word_from(text, byte).or_else(|| word_before(text, byte))?;
        return Some(Word {
            block: row.block,
            range,
        });
    }
    None
}

/// The word after one, in its paragraph or the next that has one.
fn next(slot: &Slot, word: &Word) -> Option<Word> {
    let here = word_from(slot.text(word.block), word.range.end);
    let found = here.map(|range| (word.block, range)).or_else(|| {
        (word.block + 1..slot.blocks().len())
            .find_map(|block| Some((block, word_from(slot.text(block), 0)?)))
    });
    found.map(|(block, range)| Word { block, range })
}

/// The word before one, in its paragraph or the last before it that has one.
fn previous(slot: &Slot, word: &Word) -> Option<Word> {
    let here = word_before(slot.text(word.block), word.range.start);
    let found = here.map(|range| (word.block, range)).or_else(|| {
        (0..word.block).rev().find_map(|block| {
            let text = slot.text(block);
            Some((block, word_before(text, text.len())?))
        })
    });
    found.map(|(block, range)| Word { block, range })
}

/// The source's byte of each word's paragraph, to find the words again when another part of the article is at hand.
#[must_use]
pub fn lift(app: &App) -> Option<(Option<usize>, usize)> {
    let (slot, selection) = app.listing.current().zip(app.selection.as_ref())?;
    let start = |word: &Word| slot.start(word.block);
    Some((selection.from.as_ref().map(start), start(&selection.at)))
}

/// Gives the words the numbers that their paragraphs have now; a range that is not at hand any more is let go.
pub fn put_down(app: &mut App, lifted: Option<(Option<usize>, usize)>) {
    let Some(((from, at), selection)) = lifted.zip(app.selection.as_mut()) else {
        return;
    };
    let Some(slot) = app.listing.current() else {
        return;
    };
    let block =
        |start: usize| Some(slot.block_at(start)).filter(|&block| slot.start(block) == start);
    let begin = from.map_or(Some(None), |start| block(start).map(Some));
    let (Some(begin), Some(here)) = (begin, block(at)) else {
        app.selection = None;
        return;
    };
    selection.at.block = here;
    if let (Some(word), Some(block)) = (&mut selection.from, begin) {
        word.block = block;
    }
}

/// Whether a character is part of a word: tashkeel and tatweel are.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || is_tashkeel(character)
}

/// The word at or after a byte.
fn word_from(text: &str, byte: usize) -> Option<Range<usize>> {
    let rest = text.get(byte..)?;
    let start = byte + rest.find(is_word)?;
    // From inside a word its beginning counts too, unless the byte is where the last word ended.
    let begin = if start == byte {
        start
            - text[..start]
                .chars()
                .rev()
                .take_while(|c| is_word(*c))
                .map(char::len_utf8)
                .sum::<usize>()
    } else {
        start
    };
    let end = text[start..]
        .find(|c| !is_word(c))
        .map_or(text.len(), |end| start + end);
    Some(begin..end)
}

/// The word that ends at or before a byte.
fn word_before(text: &str, byte: usize) -> Option<Range<usize>> {
    let before = text.get(..byte)?;
    let (at, last) = before.char_indices().rev().find(|(_, c)| is_word(*c))?;
    let end = at + last.len_utf8();
    let start = text[..end]
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_word(*c))
        .last()
        .map_or(at, |(at, _)| at);
    Some(start..end)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::app::tests::{open, press, shown};
    use crate::app::{Effect, Message, Page, Pointer, PointerKind, panes, update};

    /// The pointer on the cell of the page that shows a byte of block `block`.
    fn on(app: &crate::app::App, kind: PointerKind, block: usize, byte: usize) -> Pointer {
        let page = Page::of(app);
        let text = panes(app).text;
        let (index, layout, line) = (0..page.rows().len())
            .find_map(|index| {
                let (row, layout, line) = page.line_at(index)?;
                (row.block == block && line.range.contains(&byte)).then_some((index, layout, line))
            })
            .unwrap();
        let column = layout.columns(line, byte..byte + 1).next().unwrap().start;
        Pointer {
            kind,
            column: text.x
                + Page::indent(layout, line, text.width)
                + u16::try_from(column).unwrap(),
            row: text.y + u16::try_from(index).unwrap(),
        }
    }

    #[test]
    fn what_is_copied_is_the_text_as_written() {
        let mut app = open((40, 6), &[&["عنوان", "قَرَأَ لا iPhone شيئًا"]]);
        let effects = press(&mut app, "v } v w w y");
        assert_eq!(effects, [Effect::Copy("قَرَأَ لا iPhone".to_owned())]);
        assert!(app.selection.is_none());
    }

    #[test]
    fn a_drag_chooses_from_word_to_word_either_way() {
        let text = "زار سمير iPhone دمشق";
        let byte = |word: &str| text.find(word).unwrap();
        for (from, to) in [("سمير", "دمشق"), ("دمشق", "سمير")] {
            let mut app = open((40, 6), &[&["عنوان", text]]);
            let pressed = on(&app, PointerKind::Press, 1, byte(from));
            update(&mut app, Message::Pointer(pressed));
            let dragged = on(&app, PointerKind::Drag, 1, byte(from) + 2);
            update(&mut app, Message::Pointer(dragged));
            assert!(app.selection.is_none(), "the hand shook");
            let dragged = on(&app, PointerKind::Drag, 1, byte(to));
            update(&mut app, Message::Pointer(dragged));
            assert_eq!(
                press(&mut app, "y"),
                [Effect::Copy("سمير iPhone دمشق".to_owned())]
            );
            update(&mut app, Message::Pointer(dragged));
            assert!(app.selection.is_some(), "the button is still down");
            update(&mut app, Message::Pointer(pressed));
            assert!(app.selection.is_none(), "a click lets go");
        }
    }

    #[test]
    fn a_click_costs_no_note_that_is_being_typed() {
        let mut app = open((40, 6), &[&["عنوان", "زار سمير دمشق"]]);
        press(&mut app, "v w v a");
        let chosen = app.selection.clone();
        for kind in [PointerKind::Press, PointerKind::Drag] {
            let pointer = on(&app, kind, 1, 0);
            update(&mut app, Message::Pointer(pointer));
            assert_eq!(app.selection, chosen);
        }
    }

    #[test]
    fn a_drag_beyond_the_page_moves_the_text_on() {
        let rows: Vec<String> = (0..30).map(|row| format!("سطر{row}")).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let mut app = open((40, 6), &[&rows]);
        let first = shown(&app);
        let pressed = on(&app, PointerKind::Press, 0, 0);
        update(&mut app, Message::Pointer(pressed));
        let below = Pointer {
            kind: PointerKind::Drag,
            row: 5,
            ..pressed
        };
        for _ in 0..3 {
            update(&mut app, Message::Pointer(below));
        }
        assert_ne!(shown(&app), first);
        assert!(app.selection.is_some());
    }
}
