//! What is kept of the articles in the list: asked for when they come into sight, and the place that is taken up again.

use std::collections::BTreeMap;

use super::listing::ArticleId;
use super::marking;
use super::message::Effect;
use super::pane::panes;
use super::passage::Goal;
use super::sidebar::room;
use super::state::App;
use crate::library::{Record, Standing};

/// The records that were asked for.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Nothing while a record is being looked up.
    asked: BTreeMap<ArticleId, Option<Record>>,
}

impl Records {
    /// What is kept of an article, once that is known.
    #[must_use]
    pub fn get(&self, article: ArticleId) -> Option<&Record> {
        self.asked.get(&article)?.as_ref()
    }

    /// How far an article was read; unread while that is not known.
    #[must_use]
    pub fn standing(&self, article: ArticleId) -> Option<Standing> {
        self.get(article).map(|record| record.standing)
    }

    /// Forgets all records but one, so that they are looked up anew when their articles come into sight.
    pub fn forget_all_but(&mut self, article: ArticleId) {
        self.asked.retain(|&id, _| id == article);
    }

    /// Forgets the records of a source's articles, which may be others now.
    pub fn forget_source(&mut self, source: usize) {
        self.asked.retain(|id, _| id.source != source);
    }

    /// Takes what is kept of an article now.
    pub fn take(&mut self, article: ArticleId, record: Record) {
        self.asked.insert(article, Some(record));
    }
}

/// Asks for the records of the open article and of those that the sidebar shows, unless they were asked for; takes the place up
/// where the open one was left, unless the reader has moved in it meanwhile.
pub fn ask(app: &mut App) -> Vec<Effect> {
    let rows = room(panes(app).articles);
    let top = app.article_cursor.top;
    let open = app.listing.open_id();
    let shown = (top..top.saturating_add(rows)).map_while(|row| app.listing.id(row));
    let mut effects = Vec::new();
    for id in std::iter::once(open).chain(shown) {
        // An article that is not held whole is known by its start.
        let at_start = || {
            let slot = app.listing.slot(id);
            slot.is_some_and(|slot| !slot.has_above())
        };
        let listing = &app.listing;
        let is_listed = listing.document(id).is_some() || listing.filed(id.source).is_some();
        let is_known = is_listed || at_start();
        if is_known && !app.records.asked.contains_key(&id) {
            app.records.asked.insert(id, None);
            effects.push(Effect::Recall(id));
        }
    }
    take_up(app, open);
    effects
}

/// Takes the place up where an article was left.
fn take_up(app: &mut App, id: ArticleId) {
    let Some(record) = app.records.get(id) else {
        return;
    };
    let Some(slot) = app.listing.slot_mut(id) else {
        return;
    };
    slot.highlights = marking::highlights(slot, &record.marks);
    if slot.resumed {
        return;
    }
    slot.resumed = true;
    if let Some(place) = &record.place
        && slot.is_unmoved()
    {
        if let Some(anchor) = slot.find(place) {
            slot.place.top = anchor;
        } else {
            let start = slot.range().start;
            app.goal = Some(Goal::Offset(start + place.paragraph + place.byte));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::tests::{document, open, press, reader, shown};
    use crate::app::{Message, update};
    use crate::doc::Anchor;
    use crate::library::Spot;

    const LINES: &[&str] = &["عنوان", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة"];

    /// The record of an article that was left at block `index`.
    fn left_at(app: &App, index: usize) -> Record {
        let slot = app.listing.current().unwrap();
        let anchor = Anchor {
            paragraph: slot.start(index),
            byte: 0,
        };
        Record {
            place: Some(Spot::of(&slot.document, slot.article(), anchor)),
            ..Record::default()
        }
    }

    fn recalled(app: &mut App, row: usize, record: Record) {
        let article = app.listing.id(row).unwrap();
        update(app, Message::Recalled { article, record });
    }

    #[test]
    fn an_article_opens_where_it_was_left() {
        let mut app = open((40, 6), &[LINES]);
        let record = left_at(&app, 3);
        recalled(&mut app, 0, record);
        assert_eq!(shown(&app)[0], "ثلاثة");
        press(&mut app, "k");
        let record = left_at(&app, 1);
        recalled(&mut app, 0, record);
        assert_eq!(shown(&app)[1], "ثلاثة", "what is kept later moves nothing");
    }

    #[test]
    fn a_reader_who_has_moved_already_stays_there() {
        let mut app = open((40, 6), &[LINES]);
        press(&mut app, "j j");
        let record = left_at(&app, 4);
        recalled(&mut app, 0, record);
        assert_eq!(shown(&app)[0], "واحد");
    }

    #[test]
    fn only_what_comes_into_sight_is_asked_for_and_once() {
        let mut app = reader((80, 24));
        let articles = vec![LINES; 200];
        let effects = update(&mut app, Message::Loaded(document(&articles)));
        let asked = |effects: &[Effect]| {
            let is_asked = |effect: &&Effect| matches!(effect, Effect::Recall(_));
            effects.iter().filter(is_asked).count()
        };
        assert!((2..24).contains(&asked(&effects)), "{}", asked(&effects));
        assert_eq!(asked(&press(&mut app, "j")), 0);
        assert!(asked(&press(&mut app, "tab G")) > 1);
    }

    #[test]
    fn the_article_that_was_read_last_is_opened_unless_another_was() {
        let document = document(&[LINES, LINES, LINES]);
        let resumed = Message::Resumed {
            document: Arc::clone(&document),
            article: 2,
        };
        let mut app = reader((80, 24));
        update(&mut app, Message::Loaded(Arc::clone(&document)));
        let effects = update(&mut app, resumed.clone());
        assert_eq!(
            (app.listing.open_row(), app.article_cursor.selected),
            (2, 2)
        );
        let third = app.listing.id(2).unwrap();
        assert!(effects.contains(&Effect::Tag(third)));
        let mut app = reader((80, 24));
        update(&mut app, Message::Loaded(document));
        press(&mut app, "J");
        update(&mut app, resumed);
        assert_eq!(app.listing.open_row(), 1);
    }
}
