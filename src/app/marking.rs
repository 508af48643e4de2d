//! Bookmarks, highlights and notes: made in the open article, listed over all of them, gone to, written anew, taken away.

use std::ops::Range;
use std::sync::Arc;

use crate::action::Action;
use crate::doc::Anchor;
use crate::library::{Change, Mark, Marked};

use super::jumps;
use super::line::Line;
use super::listing::ArticleId;
use super::look;
use super::message::Effect;
use super::passage::Goal;
use super::reading;
use super::reading::Place;
use super::selection;
use super::sidebar::{self, Cursor};
use super::slot::Slot;
use super::state::{App, Ask, Focus, Overlay};
use super::status::Status;

/// How many letters of a paragraph name a bookmark that is given no name.
const NAME: usize = 40;

/// A stretch of the text that is highlighted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    start: Anchor,
    end: Anchor,
}

/// The highlights among the marks of an article, where they stand in it now.
#[must_use]
pub fn highlights(slot: &Slot, marks: &[Mark]) -> Vec<Highlight> {
    marks
        .iter()
        .filter(|mark| mark.name.is_none())
        .filter_map(|mark| {
            Some(Highlight {
                start: slot.find(&mark.start)?,
                end: slot.find(&mark.end)?,
            })
        })
        .collect()
}

/// What is highlighted in block `index` of an article, as bytes of the block.
pub fn highlighted(slot: &Slot, index: usize) -> impl Iterator<Item = Range<usize>> {
    let (start, whole) = (slot.start(index), slot.text(index).len());
    slot.highlights.iter().filter_map(move |highlight| {
        let Highlight {
            start: from,
            end: to,
        } = highlight;
        let holds = (from.paragraph..=to.paragraph).contains(&start);
        let first = if from.paragraph == start {
            from.byte
        } else {
            0
        };
        let last = if to.paragraph == start {
            to.byte
        } else {
            whole
        };
        (holds && first < last).then_some(first..last)
    })
}

/// Does what an action asks for.
pub fn act(app: &mut App, action: Action) {
    match action {
        Action::Bookmark => ask_for_bookmark(app),
        Action::Note => ask_for_note(app),
        Action::Select => select(app),
        Action::Rename => rename(app),
        _ => {}
    }
}

/// Asks for the name of a bookmark at this place.
fn ask_for_bookmark(app: &mut App) {
    if app.listing.current().is_some() {
        app.focus = Focus::Text;
        prompt(app, Ask::Bookmark, Line::default());
    }
}

/// Asks for a note on what is being chosen.
fn ask_for_note(app: &mut App) {
    if app.selection.is_some() {
        prompt(app, Ask::Note, Line::default());
    }
}

fn prompt(app: &mut App, ask: Ask, line: Line) {
    app.cover(Overlay::Prompt { ask, line });
}

/// Makes a bookmark at the name at hand if the page shows it, else at the top of the page.
pub fn bookmark(app: &mut App, name: &str) -> Vec<Effect> {
    let Some(slot) = app.listing.current() else {
        return Vec::new();
    };
    let anchor = slot.place.top;
    let start = slot.spot(anchor);
    let here = slot.text(slot.block_at(anchor.paragraph));
    let words = here.get(anchor.byte..).unwrap_or_default().trim();
    let quotation: String = words.chars().take(2 * NAME).collect();
    let name = match name.trim() {
        "" => words.chars().take(NAME).collect(),
        name => name.to_owned(),
    };
    app.status = Some(Status::Bookmarked(name.clone()));
    make(
        app,
        Mark {
            id: 0,
            name: Some(name),
            note: String::new(),
            quotation,
            end: start.clone(),
            start,
        },
    )
}

/// Highlights what is being chosen, with a note if there is one, and ends the choice.
pub fn highlight(app: &mut App, note: &str) -> Vec<Effect> {
    let Some((slot, selection)) = app.listing.current().zip(app.selection.take()) else {
        return Vec::new();
    };
    let quoted = |anchor| slot.spot(anchor);
    let (start, end) = selection.anchors(slot);
    let mark = Mark {
        id: 0,
        name: None,
        note: note.trim().to_owned(),
        quotation: selection.text(slot),
        start: quoted(start),
        end: quoted(end),
    };
    app.status = Some(Status::Highlighted);
    make(app, mark)
}

fn make(app: &App, mark: Mark) -> Vec<Effect> {
    vec![Effect::Mark(app.listing.open_id(), Change::Make(mark))]
}

/// Begins to choose a range, or takes the word under the caret as its start.
fn select(app: &mut App) {
    if app.selection.is_some() {
        selection::fix(app);
    } else {
        app.focus = Focus::Text;
        app.overlay = None;
        if !selection::begin(app) {
            app.status = Some(Status::NoWord);
        }
    }
}

/// Shows the list of all marks: those of the open article first.
pub fn list(app: &mut App, mut marks: Vec<Marked>) {
    if marks.is_empty() {
        if matches!(app.overlay, Some(Overlay::Marks { .. })) {
            look::close(app);
        }
        app.status = Some(Status::NoMarks);
        return;
    }
    let open = app
        .listing
        .title(app.listing.open_row())
        .unwrap_or_default();
    marks.sort_by_key(|marked| marked.title != open);
    let mut cursor = match &app.overlay {
        Some(Overlay::Marks { cursor, .. }) => *cursor,
        None | Some(Overlay::Sidebar) => Cursor::default(),
        // The reader has gone on to something else.
        Some(_) => return,
    };
    let row = cursor.selected;
    look::put(&mut cursor, row, marks.len(), look::marks_frame(app).rows());
    let marks = Arc::new(marks);
    app.overlay = Some(Overlay::Marks { cursor, marks });
}

/// The mark that is selected in the list.
fn selected(app: &App) -> Option<&Marked> {
    match &app.overlay {
        Some(Overlay::Marks { cursor, marks }) => marks.get(cursor.selected),
        _ => None,
    }
}

/// Goes to the selected mark, in whichever article of the list it is.
pub fn go(app: &mut App) -> Vec<Effect> {
    let Some(marked) = selected(app).cloned() else {
        return Vec::new();
    };
    look::close(app);
    let open = app.listing.open_row();
    let Some(row) = row_of(app, &marked) else {
        app.status = Some(Status::NotOpen(marked.source));
        return Vec::new();
    };
    jumps::mark(app);
    app.focus = Focus::Text;
    let effects = if row == open {
        Vec::new()
    } else {
        reading::open(app, row)
    };
    sidebar::select(app, Focus::Articles, row);
    let spot = &marked.mark.start;
    let found = app.listing.current_mut().and_then(|slot| {
        slot.resumed = true;
        let anchor = slot.find(spot)?;
        slot.place = Place::at(anchor);
        Some(())
    });
    if found.is_none() {
        app.goal = Some(Goal::Within(spot.paragraph, spot.byte));
    }
    effects
}

/// The row of the article that a mark is in: the one of its fingerprint and, if that was edited, the one of its title, in its source if
/// they are several. Titles of a large source are not at hand; there its number has to do.
fn row_of(app: &App, marked: &Marked) -> Option<usize> {
    let listing = &app.listing;
    let open = listing.open_row();
    let is_source = |id: ArticleId| {
        let name = listing.name(id.source).unwrap_or_default();
        let name = name.trim_start_matches("./");
        !name.is_empty() && marked.source.ends_with(name)
    };
    let rows = std::iter::once(open).chain(0..listing.len());
    let best = rows.filter_map(|row| {
        let id = listing.id(row)?;
        let is_titled = listing.title(row) == Some(&marked.title);
        let is_numbered = listing.stored(id.source).is_some() && id.article == marked.ordinal;
        if !is_titled && !is_numbered {
            return None;
        }
        let fingerprint = listing.fingerprint(id);
        let is_same = fingerprint.is_some_and(|print| print[..] == marked.fingerprint);
        let worth = (
            is_same,
            is_source(id),
            is_titled,
            id.article == marked.ordinal,
        );
        // A number says nothing about another source.
        (is_titled || worth.1).then_some((worth, row))
    });
    // Of those that are alike the first.
    let first = |one: (_, usize), next: (_, usize)| if next.0 > one.0 { next } else { one };
    best.reduce(first).map(|(_, row)| row)
}

/// Asks for another name of the selected bookmark, or another note on the selected highlight.
fn rename(app: &mut App) {
    let Some(marked) = selected(app) else {
        return;
    };
    let Mark { id, name, note, .. } = &marked.mark;
    let line = Line::new(name.as_ref().unwrap_or(note).clone());
    let ask = if name.is_some() {
        Ask::Rename(*id)
    } else {
        Ask::Rewrite(*id)
    };
    prompt(app, ask, line);
}

/// Writes a bookmark's name or a highlight's note anew, and lists all marks again.
pub fn write(app: &mut App, id: i64, text: &str) -> Vec<Effect> {
    let text = text.trim().to_owned();
    changed(app, Change::Write { id, text })
}

/// Takes the selected mark away, and lists the others again.
pub fn delete(app: &mut App) -> Vec<Effect> {
    let Some(id) = selected(app).map(|marked| marked.mark.id) else {
        return Vec::new();
    };
    changed(app, Change::Delete(id))
}

fn changed(app: &mut App, change: Change) -> Vec<Effect> {
    let open: ArticleId = app.listing.open_id();
    // It may be a mark of another article, whose record is looked up anew when it comes into sight.
    app.records.forget_all_but(open);
    vec![Effect::Mark(open, change), Effect::ListMarks]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::app::tests::{document, open, press, shown, tag, write};
    use crate::app::{Message, update};
    use crate::entity::Kind;
    use crate::library::{Record, fingerprint};

    const TEXT: &[&str] = &[
        "عنوان",
        "زار سمير دمشق القديمة.",
        "ثم عاد إلى بيته مساء",
        "نهاية القصة هنا",
        "خامسة",
        "سادسة",
        "سابعة",
        "ثامنة",
    ];

    /// What the effects make of the open article's marks, as the library would.
    fn made(effects: &[Effect]) -> Mark {
        match effects {
            [Effect::Mark(_, Change::Make(mark))] => mark.clone(),
            other => panic!("{other:?}"),
        }
    }

    fn marked(mark: Mark) -> Marked {
        Marked {
            source: "/a".into(),
            title: "عنوان".into(),
            ordinal: 0,
            fingerprint: Vec::new(),
            day: "2026-01-01".into(),
            mark,
        }
    }

    #[test]
    fn a_bookmark_takes_the_name_that_is_typed_or_the_words_at_hand() {
        let mut app = open((40, 6), &[TEXT]);
        press(&mut app, "} m");
        write(&mut app, "بيت");
        let mark = made(&press(&mut app, "enter"));
        assert_eq!(mark.name.as_deref(), Some("بيت"));
        assert!(mark.quotation.starts_with("زار سمير"));
        press(&mut app, "m");
        let mark = made(&press(&mut app, "enter"));
        assert_eq!(mark.name.as_deref(), Some("زار سمير دمشق القديمة."));
    }

    #[test]
    fn a_range_is_chosen_by_words() {
        let mut app = open((40, 12), &[TEXT]);
        press(&mut app, "v w w v w");
        let mark = made(&press(&mut app, "enter"));
        assert_eq!(mark.quotation, "سمير دمشق");
        assert_eq!(mark.name, None);
        assert!(app.selection.is_none());
    }

    #[test]
    fn a_range_goes_over_paragraphs_and_back() {
        let mut app = open((40, 12), &[TEXT]);
        press(&mut app, "v } v } w");
        assert_eq!(
            made(&press(&mut app, "enter")).quotation,
            "زار سمير دمشق القديمة.\nثم عاد"
        );
        press(&mut app, "v } } v b o w");
        let mark = made(&press(&mut app, "enter"));
        assert_eq!(mark.quotation, "القديمة.\nثم عاد");
    }

    #[test]
    fn the_name_at_hand_or_a_paragraph_is_chosen_at_once() {
        let mut app = open((40, 12), &[TEXT]);
        tag(&mut app, &[("سمير", Kind::Person)]);
        press(&mut app, "] v");
        assert_eq!(made(&press(&mut app, "enter")).quotation, "سمير");
        press(&mut app, "v p");
        assert_eq!(
            made(&press(&mut app, "enter")).quotation,
            "زار سمير دمشق القديمة"
        );
    }

    #[test]
    fn a_note_is_typed_on_a_range_and_the_range_is_shown() {
        let mut app = open((40, 12), &[TEXT]);
        press(&mut app, "v p a");
        write(&mut app, "أحسن");
        let mark = made(&press(&mut app, "enter"));
        assert_eq!(
            (mark.note.as_str(), mark.quotation.as_str()),
            ("أحسن", "عنوان")
        );
        let record = Record {
            marks: vec![mark],
            ..Record::default()
        };
        let article = app.listing.open_id();
        update(&mut app, Message::Recalled { article, record });
        let slot = app.listing.current().unwrap();
        assert_eq!(highlighted(slot, 0).next(), Some(0.."عنوان".len()));
        assert_eq!(highlighted(slot, 1).count(), 0);
    }

    #[test]
    fn a_mark_leads_to_its_own_article_of_several_with_its_title() {
        let named = |name: &str, lines: &[&str]| {
            let mut document = Arc::unwrap_or_clone(document(&[lines, lines]));
            document.name = name.into();
            Arc::new(document)
        };
        let mut app = open((40, 6), &[TEXT]);
        press(&mut app, "} } m");
        let mark = made(&press(&mut app, "enter"));
        let edited = [&["عنوان", "فقرة أولى جديدة"], &TEXT[1..]].concat();
        let files = [named("a/x.txt", TEXT), named("b/x.txt", &edited)];
        let print = |file: usize| fingerprint(&files[file], &files[file].articles[0]).to_vec();
        update(&mut app, Message::Arrived(files.to_vec()));
        let mut go = |source: &str, fingerprint: Vec<u8>, ordinal| {
            let marked = Marked {
                source: source.into(),
                fingerprint,
                ordinal,
                ..marked(mark.clone())
            };
            update(&mut app, Message::Marked(vec![marked]));
            press(&mut app, "enter");
            app.listing.open_row()
        };
        assert_eq!(
            go("/moved/x.txt", print(1), 0),
            3,
            "the same words, in another place"
        );
        assert_eq!(
            go("/b/x.txt", vec![0; 16], 1),
            4,
            "other words, in its own place"
        );
        assert_eq!(go("/a/x.txt", print(0), 1), 2);
    }

    #[test]
    fn the_list_leads_to_marks_and_changes_them() {
        let mut app = open((40, 6), &[TEXT]);
        press(&mut app, "} } m");
        let mut mark = made(&press(&mut app, "enter"));
        mark.id = 7;
        press(&mut app, "g g");
        assert_eq!(press(&mut app, "'"), [Effect::ListMarks]);
        update(&mut app, Message::Marked(vec![marked(mark.clone())]));
        press(&mut app, "enter");
        assert_eq!(shown(&app)[0], "ثم عاد إلى بيته مساء");
        update(&mut app, Message::Marked(vec![marked(mark.clone())]));
        press(&mut app, "r ctrl-u");
        write(&mut app, "جديد");
        let effects = press(&mut app, "enter");
        let open = app.listing.open_id();
        let change = Change::Write {
            id: 7,
            text: "جديد".into(),
        };
        assert_eq!(effects, [Effect::Mark(open, change), Effect::ListMarks]);
        update(&mut app, Message::Marked(vec![marked(mark)]));
        let effects = press(&mut app, "d");
        assert_eq!(
            effects[..2],
            [Effect::Mark(open, Change::Delete(7)), Effect::ListMarks]
        );
        update(&mut app, Message::Marked(Vec::new()));
        assert_eq!((&app.overlay, &app.status), (&None, &Some(Status::NoMarks)));
    }
}
