//! Very many files: those whose texts are not held are opened, left, looked up and counted like all others.

use super::*;
use crate::doc::Anchor;
use crate::library::{Identity, Record, Spot};

const LINES: &[&str] = &[
    "واحد",
    "اثنان",
    "ثلاثة",
    "أربعة",
    "خمسة",
    "ستة",
    "سبعة",
    "ثمانية",
];

/// A file of two articles.
fn file(number: usize) -> Arc<Document> {
    let titles = ["أ", "ب"].map(|part| format!("{number} {part}"));
    let articles = titles.each_ref().map(|title| {
        let title = std::iter::once(title.as_str());
        title.chain(LINES.iter().copied()).collect::<Vec<_>>()
    });
    let mut document = Arc::unwrap_or_clone(document(&[&articles[0], &articles[1]]));
    document.name = format!("{number}.txt");
    Arc::new(document)
}

/// A reader with a small file open, one that takes all the room there is, and 40 more.
fn many() -> App {
    let mut app = reader((70, 8));
    update(&mut app, Message::Loaded(file(0)));
    let large = "كلمة ".repeat(((8 << 20) - 6000) / 9);
    update(
        &mut app,
        Message::Arrived(vec![document(&[&["كبير", &large]])]),
    );
    update(&mut app, Message::Arrived((1..=40).map(file).collect()));
    update(&mut app, Message::AllLoaded);
    app
}

/// Brings the files that the effects ask for.
fn bring(app: &mut App, effects: &[Effect]) -> usize {
    let mut count = 0;
    for effect in effects {
        if let Effect::Load { article, .. } = *effect {
            let filed = app.listing.filed(article.source).unwrap();
            let number = filed.name.trim_end_matches(".txt").parse().unwrap();
            let source = article.source;
            let document = file(number);
            update(app, Message::Fetched { source, document });
            count += 1;
        }
    }
    count
}

/// Goes to the article of a number, whose file is read if need be.
fn go_to(app: &mut App, number: usize) -> usize {
    press(app, ":");
    write(app, &number.to_string());
    let effects = press(app, "enter");
    bring(app, &effects)
}

#[test]
fn a_file_that_was_laid_aside_is_read_again_when_it_is_opened() {
    let mut app = many();
    assert_eq!(app.listing.len(), 2 + 1 + 80);
    assert_eq!(app.listing.title(82), Some("40 ب"));
    assert_eq!(go_to(&mut app, 83), 1);
    assert_eq!(shown(&app)[0], "40 ب");
    press(&mut app, "j j j");
    let left = shown(&app);
    assert_eq!(go_to(&mut app, 82), 0, "of the same file");
    // So many that it is laid aside anew.
    for number in 30..70 {
        go_to(&mut app, number);
    }
    assert_eq!(go_to(&mut app, 83), 1);
    assert_eq!(shown(&app), left, "where it was left");
    let effects = press(&mut app, "ctrl-o ctrl-o ctrl-o");
    bring(&mut app, &effects);
    assert_eq!(
        shown(&app)[0],
        "32 ب",
        "jumps lead back into such files too"
    );
}

#[test]
fn what_is_kept_of_it_is_known_without_its_text() {
    let mut app = many();
    let effects = press(&mut app, "tab G");
    let last = app.listing.id(82).unwrap();
    assert!(effects.contains(&Effect::Recall(last)));
    let known = app.listing.filed(last.source).unwrap().identity(1).unwrap();
    assert_eq!(known, Identity::of(&file(40), 1).unwrap());
    let text = file(40);
    let anchor = Anchor {
        paragraph: text.articles[1].blocks[3].range.start,
        byte: 0,
    };
    let record = Record {
        place: Some(Spot::of(&text, &text.articles[1], anchor)),
        ..Record::default()
    };
    let article = last;
    update(&mut app, Message::Recalled { article, record });
    let effects = press(&mut app, "enter");
    assert_eq!(bring(&mut app, &effects), 1);
    assert_eq!(shown(&app)[0], "ثلاثة", "where it was left the last time");
}

#[test]
fn names_are_sought_in_it_when_somebody_asks_for_them() {
    let mut app = many();
    let rows = |app: &App| {
        (0..app.listing.len())
            .filter(|&row| is_surveyed(app, row))
            .count()
    };
    assert!(rows(&app) < 20, "what is held, while nothing else happens");
    press(&mut app, "I");
    assert_eq!(rows(&app), 83, "all");
}

#[test]
fn a_file_that_is_gone_is_told_of_and_another_can_be_opened() {
    let mut app = many();
    press(&mut app, ":");
    write(&mut app, "83");
    press(&mut app, "enter");
    update(&mut app, Message::Refused("غير موجود".into()));
    assert_eq!(app.status, Some(Status::Failed("غير موجود".into())));
    assert_eq!(go_to(&mut app, 1), 0);
    assert_eq!(shown(&app)[0], "0 أ");
    assert_eq!(go_to(&mut app, 83), 1, "it may be there again");
}
