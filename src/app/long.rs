//! Paragraphs too long to be resolved at once: which of them the page shows, and their levels, once a worker has found them.
//!
//! Until then, and for good where a paragraph is beyond [`WHOLE`], each of its windows is laid out by itself, with the paragraph's
//! direction: what stands in another window has no say in its levels.

use std::sync::Arc;

use super::message::Effect;
use super::pane::panes;
use super::slot::Slot;
use super::state::App;
use crate::layout::{WHOLE, WINDOW};
use crate::text::Direction;
use crate::text::bidi::Levels;
use crate::text::visible::has_override;

/// Long paragraphs whose levels are kept: more than a page shows.
const KEPT: usize = 4;

/// The long paragraphs of an article whose levels were asked for.
#[derive(Clone, Debug, Default)]
pub struct Long {
    /// The one asked for last stands last.
    asked: Vec<Asked>,
}

/// A paragraph whose levels were asked for.
#[derive(Clone, Debug)]
struct Asked {
    /// Where it starts in the source.
    paragraph: usize,
    direction: Direction,
    levels: Option<Arc<Levels>>,
    /// Whether it overrides the direction of letters somewhere: then it may do so far from there.
    overridden: bool,
}

impl Long {
    /// The levels of the paragraph that starts at this byte of the source and runs this way, once they are there.
    #[must_use]
    pub fn levels(&self, paragraph: usize, direction: Direction) -> Option<&Levels> {
        self.find(paragraph, direction)?.levels.as_deref()
    }

    fn find(&self, paragraph: usize, direction: Direction) -> Option<&Asked> {
        let is_it = |asked: &&Asked| (asked.paragraph, asked.direction) == (paragraph, direction);
        self.asked.iter().find(is_it)
    }

    /// Notes that the levels of a paragraph are asked for; false where they have been.
    fn ask(&mut self, paragraph: usize, direction: Direction) -> bool {
        if self.find(paragraph, direction).is_some() {
            return false;
        }
        if self.asked.len() >= KEPT {
            self.asked.remove(0);
        }
        self.asked.push(Asked {
            paragraph,
            direction,
            levels: None,
            overridden: false,
        });
        true
    }

    /// Takes the levels of a paragraph, unless nobody waits for them any more.
    pub fn take(
        &mut self,
        (paragraph, text): (usize, &str),
        direction: Direction,
        levels: Arc<Levels>,
    ) {
        let mut asked = self.asked.iter_mut();
        if let Some(asked) =
            asked.find(|asked| (asked.paragraph, asked.direction) == (paragraph, direction))
        {
            asked.levels = Some(levels);
            asked.overridden = has_override(text);
        }
    }

    /// Whether the paragraph that starts at this byte is drawn by levels that an override anywhere in it may have set.
    #[must_use]
    pub fn is_overridden(&self, paragraph: usize) -> bool {
        let mut asked = self.asked.iter();
        asked.any(|asked| asked.paragraph == paragraph && asked.overridden)
    }
}

/// Asks for the levels of the long paragraphs near the page that nobody has asked for yet.
pub fn ask(app: &mut App) -> Vec<Effect> {
    let height = usize::from(panes(app).text.height);
    let chosen = app.settings.paragraphs;
    let article = app.listing.open_id();
    let Some(slot) = app.listing.current_mut() else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    for block in near(slot, height) {
        let direction = slot.direction(block, chosen);
        let paragraph = slot.start(block);
        if slot.long.ask(paragraph, direction) {
            effects.push(Effect::Resolve {
                article,
                paragraph,
                direction,
            });
        }
    }
    effects
}

/// The long paragraphs from the one before the page's top to its end, no more than are kept.
fn near(slot: &Slot, height: usize) -> Vec<usize> {
    let top = slot.block_at(slot.place.top.paragraph);
    let blocks = slot.blocks().iter().enumerate();
    blocks
        .skip(top.saturating_sub(1))
        .take(height + 1)
        .filter(|(_, block)| (WINDOW + 1..=WHOLE).contains(&block.range.len()))
        .map(|(index, _)| index)
        .take(KEPT - 1)
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use crate::app::tests::{document, press, reader};
    use crate::app::{App, Effect, Message, Page, update};
    use crate::text::Direction::Rtl;
    use crate::text::bidi;

    /// An isolate that is opened in the first window and closed in none.
    fn long() -> String {
        "ا \u{2066}".to_owned() + &"ab اب ".repeat(20_000)
    }

    /// The levels of the first row that is shown, from the left.
    fn shown(app: &App) -> Vec<u8> {
        let page = Page::of(app);
        let (_, layout, line) = page.line_at(0).unwrap();
        layout.cells(line).iter().map(|cell| cell.level).collect()
    }

    #[test]
    fn an_override_is_told_of_far_from_where_it_stands() {
        let text = "ا \u{202e}".to_owned() + &"ab اب ".repeat(20_000);
        let mut app = reader((80, 24));
        update(&mut app, Message::Loaded(document(&[&["عنوان", &text]])));
        let article = app.listing.open_id();
        let paragraph = app.listing.current().unwrap().start(1);
        press(&mut app, "G");
        let warns = |app: &App| app.listing.current().unwrap().long.is_overridden(paragraph);
        assert!(
            !warns(&app),
            "by itself a window knows nothing of the override"
        );
        let levels = std::sync::Arc::new(bidi::levels(&text, Rtl));
        let resolved = Message::Resolved {
            article,
            paragraph,
            direction: Rtl,
            levels,
        };
        update(&mut app, resolved);
        assert!(warns(&app));
    }

    #[test]
    fn windows_take_the_levels_of_their_paragraph_when_they_are_there() {
        let text = long();
        let mut app = reader((80, 24));
        let effects = update(&mut app, Message::Loaded(document(&[&["عنوان", &text]])));
        let article = app.listing.open_id();
        let paragraph = app.listing.current().unwrap().start(1);
        let asked = Effect::Resolve {
            article,
            paragraph,
            direction: Rtl,
        };
        assert!(effects.contains(&asked), "{effects:?}");
        let effects = press(&mut app, "G");
        assert!(!effects.contains(&asked), "asked twice");
        // By itself a window knows nothing of the isolate.
        assert_eq!(*shown(&app).iter().max().unwrap(), 2);
        let resolved = Message::Resolved {
            article,
            paragraph,
            direction: Rtl,
            levels: Arc::new(bidi::levels(&text, Rtl)),
        };
        assert_eq!(update(&mut app, resolved), []);
        assert_eq!(*shown(&app).iter().max().unwrap(), 3);
        // Turned round it is another paragraph.
        let effects = press(&mut app, "r");
        assert!(
            matches!(effects[..], [Effect::Resolve { direction, .. }] if direction != Rtl),
            "{effects:?}"
        );
    }

    #[test]
    fn asks_for_no_more_than_it_keeps() {
        let text = "كلمة ".repeat(20_000);
        let many = vec![text.as_str(); 30];
        let mut app = reader((80, 24));
        let effects = update(&mut app, Message::Loaded(document(&[&many])));
        let asked = |effects: &[Effect]| {
            let is_asked = |effect: &&Effect| matches!(effect, Effect::Resolve { .. });
            effects.iter().filter(is_asked).count()
        };
        assert_eq!(asked(&effects), 3);
        assert_eq!(asked(&press(&mut app, "j")), 0);
        assert_eq!(asked(&press(&mut app, "G")), 2);
    }
}
