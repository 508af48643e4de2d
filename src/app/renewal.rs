//! A source that is read once more, because the reader asked for it or because it has changed: it takes the place of what it was, and
//! the reader stays where they are.

use std::sync::Arc;

use super::follow;
use super::listing::{ArticleId, Listing};
use super::message::{Effect, Message};
use super::reading::{self, Place};
use super::register;
use super::seek;
use super::slot::Slot;
use super::state::App;
use super::status::Status;
use super::update;
use crate::doc::{Document, Notice};

/// Takes in what was read once more.
pub fn hear(app: &mut App, message: Message) -> Vec<Effect> {
    match message {
        Message::ReadAgain { before, document } => read_again(app, &before, &document),
        Message::Renewed {
            document,
            after,
            before,
        } => renew(app, &document)
            .unwrap_or_else(|| come_in(app, &document, (after.as_deref(), before.as_deref()))),
        Message::Completed(document) => match app.listing.named(&document.name).map(Arc::clone) {
            Some(before) => complete(app, &before, &document),
            None => update::load(app, &document, Listing::add),
        },
        _ => Vec::new(),
    }
}

/// Takes a document in place of what it was before; the reader stays in the paragraph of the same number.
fn read_again(app: &mut App, before: &Arc<Document>, document: &Arc<Document>) -> Vec<Effect> {
    let is_open = |slot: &&Slot| Arc::ptr_eq(&slot.document, before);
    let open = app.listing.current().filter(is_open);
    let left = open.map(|slot| (slot.block_at(slot.place.top.paragraph), slot.place));
    if !app.listing.replace(before, document) {
        return Vec::new();
    }
    seek::forget(app);
    let is_other = before.written != document.written;
    if let (Some((block, place)), Some(slot)) = (left, app.listing.current_mut()) {
        slot.go_to(block);
        if !is_other && slot.place.top.paragraph == place.top.paragraph {
            // The file has only grown below.
            slot.place.top = place.top;
            slot.place.gap = place.gap;
        }
        slot.resumed = true;
    }
    if is_other {
        app.status = Some(Status::Written {
            written: document.written,
            drawn: document
                .notices
                .iter()
                .any(|notice| matches!(notice, Notice::StoredAsDrawn { .. })),
        });
    }
    let mut effects = reading::open(app, app.listing.open_row());
    if let Some(id) = app.listing.find(document, 0) {
        effects.extend(follow::go_on(app, id.source));
    }
    effects
}

/// Takes a new file into the list, between those to which it belongs. The mark of the list stays on the article that it is on.
fn come_in(
    app: &mut App,
    document: &Arc<Document>,
    (after, before): (Option<&str>, Option<&str>),
) -> Vec<Effect> {
    let cursor = app.article_cursor;
    let marked = app.listing.id(cursor.selected);
    let effects = update::load(app, document, Listing::add_file);
    app.listing.settle(after, before);
    if let Some(marked) = marked {
        let row = app.listing.row(marked);
        let moved = row.saturating_sub(cursor.selected);
        app.article_cursor.selected = row;
        app.article_cursor.top += moved;
    }
    let source = app.listing.sources() - 1;
    let row = app.listing.row(ArticleId { source, article: 0 });
    register::look_again(&mut app.register, row);
    effects
}

/// Takes a document whose file has changed in place of the one of its name; nothing if there is none of its name.
fn renew(app: &mut App, document: &Arc<Document>) -> Option<Vec<Effect>> {
    if let Some(source) = app.listing.file_again(document) {
        app.records.forget_source(source);
        return Some(Vec::new());
    }
    let before = Arc::clone(app.listing.named(&document.name)?);
    let is_open = open_in(app, &before).is_some();
    let effects = complete(app, &before, document);
    if is_open {
        app.status = Some(Status::Renewed(document.name.clone()));
    }
    Some(effects)
}

/// Takes a document in place of one that holds less or other text; the reader stays at the same words of the same article.
fn complete(app: &mut App, before: &Arc<Document>, document: &Arc<Document>) -> Vec<Effect> {
    let open = open_in(app, before);
    let kept = open.map(|slot| (slot.article().title.clone(), slot.spot(slot.place.top)));
    if !app.listing.replace(before, document) {
        return Vec::new();
    }
    let Some(source) = app.listing.find(document, 0).map(|id| id.source) else {
        return Vec::new();
    };
    app.records.forget_source(source);
    let Some((title, spot)) = kept else {
        return Vec::new();
    };
    let old = app.listing.open_id().article;
    let same = document.articles.iter().enumerate();
    let same = same.filter(|(_, article)| article.title == title);
    let article = same
        .map(|(index, _)| index)
        .min_by_key(|index| index.abs_diff(old));
    let article = article.unwrap_or(old);
    seek::forget(app);
    let row = app.listing.row(ArticleId { source, article });
    let effects = reading::open(app, row);
    if let Some(slot) = app.listing.current_mut() {
        if let Some(anchor) = slot.find(&spot) {
            slot.place = Place::at(anchor);
        }
        slot.resumed = true;
    }
    effects
}

/// The open article, if it is one of a document.
fn open_in<'a>(app: &'a App, document: &Arc<Document>) -> Option<&'a Slot> {
    let slot = app.listing.current()?;
    Arc::ptr_eq(&slot.document, document).then_some(slot)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::app::tests::{document, open, press, shown};
    use crate::app::update;

    fn renewed(document: Arc<Document>) -> Message {
        Message::Renewed {
            document,
            after: None,
            before: None,
        }
    }

    #[test]
    fn a_file_that_changes_leaves_the_reader_at_the_same_words() {
        let lines = [
            "ثان",
            "واحد",
            "اثنان",
            "ثلاثة",
            "أربعة",
            "خمسة",
            "ستة",
            "سبعة",
            "ثمانية",
        ];
        let mut app = open((40, 6), &[&["أول", "س"], &lines]);
        press(&mut app, "J j j j j");
        let before = shown(&app)[0].clone();
        assert!(lines[1..].contains(&before.as_str()));
        let grown = [
            &["جديد", "ص"][..],
            &["أول", "س"],
            &[
                "ثان",
                "صفر",
                "واحد",
                "اثنان",
                "ثلاثة",
                "أربعة",
                "خمسة",
                "ستة",
            ],
        ];
        update(&mut app, renewed(document(&grown)));
        assert_eq!(shown(&app)[0], before);
        assert_eq!((app.listing.len(), app.listing.open_row()), (3, 2));
        assert_eq!(app.status, Some(Status::Renewed("test".into())));
    }

    fn named(name: &str, articles: &[&[&str]]) -> Arc<Document> {
        let mut document = Arc::unwrap_or_clone(document(articles));
        document.name = name.into();
        Arc::new(document)
    }

    fn titles(app: &App) -> Vec<&str> {
        (0..app.listing.len())
            .filter_map(|row| app.listing.title(row))
            .collect()
    }

    #[test]
    fn a_new_file_comes_in_where_it_belongs_and_moves_nobody() {
        let mut app = open((60, 12), &[&["ب", "واحد", "اثنان", "ثلاثة"], &["ج", "س"]]);
        update(&mut app, Message::Arrived(vec![named("d", &[&["د", "س"]])]));
        press(&mut app, "j j tab j");
        let page = shown(&app);
        let come = |app: &mut App, name, title, after: Option<&str>, before: Option<&str>| {
            let message = Message::Renewed {
                document: named(name, &[&[title, "س"]]),
                after: after.map(str::to_owned),
                before: before.map(str::to_owned),
            };
            update(app, message);
        };
        come(&mut app, "a", "أ", None, Some("test"));
        come(&mut app, "c", "ج٢", Some("test"), None);
        come(&mut app, "e", "ه", Some("d"), None);
        come(&mut app, "f", "و", Some("none"), Some("none either"));
        assert_eq!(titles(&app), ["أ", "ب", "ج", "ج٢", "د", "ه", "و"]);
        assert_eq!(app.listing.open_row(), 1);
        assert_eq!(
            app.article_cursor.selected, 2,
            "still the second of the first file"
        );
        assert_eq!(shown(&app), page);
        for row in 0..app.listing.len() {
            assert_eq!(app.listing.row(app.listing.id(row).unwrap()), row);
        }
    }

    #[test]
    fn a_changed_file_that_was_laid_aside_stays_aside() {
        let long = "كلمة ".repeat(1 << 20);
        let mut app = open((40, 6), &[&["أ", "س"]]);
        let files = vec![named("b", &[&["ب", &long]]), named("c", &[&["ج", "س"]])];
        update(&mut app, Message::Arrived(files));
        assert!(app.listing.filed(1).is_some());
        update(&mut app, renewed(named("b", &[&["ب", "س"], &["بب", "س"]])));
        assert!(app.listing.filed(1).is_some());
        assert_eq!(titles(&app), ["أ", "ب", "بب", "ج"]);
    }

    #[test]
    fn what_is_not_open_changes_unseen() {
        let mut app = open(
            (40, 6),
            &[&["أول", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة"]],
        );
        let mut other = Arc::unwrap_or_clone(document(&[&["ثان", "س"]]));
        other.name = "other".into();
        update(&mut app, Message::Loaded(Arc::new(other.clone())));
        press(&mut app, "j j");
        let before = shown(&app);
        let mut grown = Arc::unwrap_or_clone(document(&[&["ثان", "س"], &["ثالث", "ع"]]));
        grown.name = "other".into();
        update(&mut app, renewed(Arc::new(grown)));
        assert_eq!((app.listing.len(), app.listing.open_row()), (3, 0));
        assert_eq!(shown(&app), before);
    }
}
