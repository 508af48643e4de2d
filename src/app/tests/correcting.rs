//! Keys that correct names: what is shown afterwards, everywhere, and taken back.

use super::cards::{card, indexed, pressed, shelf, work};
use super::*;
use crate::entity::Correction;

/// The names of the open article: as written, kind, name.
fn told(app: &App) -> Vec<String> {
    let slot = app.listing.current().unwrap();
    let names = slot.names.as_deref().unwrap();
    let told = |mention: &Mention| {
        let entity = &names.entities[mention.entity];
        let letter = mention.kind.letter();
        format!("{} {letter} {}", slot.written(mention), entity.name)
    };
    names.mentions.iter().map(told).collect()
}

/// The box that is open.
fn correcting(app: &App) -> &Correcting {
    match &app.overlay {
        Some(Overlay::Correcting(correcting)) => correcting,
        other => panic!("{other:?}"),
    }
}

/// Puts the mark of the box on a choice, and chooses it; returns the effects.
fn say(app: &mut App, choice: Choice) -> Vec<Effect> {
    let choices = correcting(app).choices();
    let row = choices.iter().position(|&other| other == choice).unwrap();
    press(app, "g g");
    for _ in 0..row {
        press(app, "j");
    }
    press(app, "enter")
}

const BEFORE: [&str; 5] = [
    "شولتس p شولتس",
    "كييف l كييف",
    "كييف l كييف",
    "شولتس p شولتس",
    "الناتو o الناتو",
];

#[test]
fn another_kind_holds_everywhere_until_it_is_taken_back() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "] ] x");
    assert_eq!(correcting(&app).subject.name, "كييف");
    let effects = say(&mut app, Choice::Kind(Kind::Person));
    let correction = Correction::Kind {
        names: vec!["كييف".into()],
        kind: Kind::Place,
        to: Kind::Person,
    };
    assert_eq!(effects, [Effect::Correct(correction.clone())]);
    assert_eq!(app.overlay, None);
    assert_eq!(app.status, Some(Status::Corrected("كييف".into())));
    assert_eq!(told(&app)[1..3], ["كييف p كييف", "كييف p كييف"]);
    assert_eq!(app.mention_at_hand(), Some((Kind::Person, "كييف", 1, 2)));
    pressed(&mut app, "J I");
    assert!(app.register.index().find(Kind::Person, "كييف").is_some());
    assert!(app.register.index().find(Kind::Place, "كييف").is_none());
    pressed(&mut app, "q K");
    assert_eq!(press(&mut app, "X"), [Effect::TakeBack(correction)]);
    assert_eq!(told(&app), BEFORE);
    assert_eq!(press(&mut app, "X"), []);
    assert_eq!(app.status, Some(Status::NoCorrection));
}

#[test]
fn a_mention_grows_and_shrinks_by_words_as_the_eye_sees_them() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "] x");
    let marked = |app: &App| {
        let slot = app.listing.current().unwrap();
        let bounds = correcting(app).bounds.clone().unwrap();
        slot.text(slot.block_at(bounds.paragraph))[bounds.range].to_owned()
    };
    for (key, shown) in [
        ("h", "شولتس كييف"),
        ("left", "شولتس كييف مع"),
        ("l", "شولتس كييف"),
        ("right", "شولتس"),
        ("right", "شولتس"),
        ("H", "شولتس"),
        ("L", "المستشار شولتس"),
        ("shift-right", "زار المستشار شولتس"),
        ("H", "المستشار شولتس"),
    ] {
        press(&mut app, key);
        assert_eq!(marked(&app), shown, "{key}");
    }
    assert_eq!(marked(&app), "المستشار شولتس");
    let effects = press(&mut app, "enter");
    let correction = Correction::Span {
        name: "شولتس".into(),
        kind: Kind::Person,
        to: "المستشار شولتس".into(),
    };
    assert_eq!(effects, [Effect::Correct(correction)]);
    assert_eq!(told(&app)[0], "المستشار شولتس p المستشار شولتس");
    pressed(&mut app, "x enter");
    assert_eq!(
        app.corrections.len(),
        1,
        "bounds that are left alone say nothing"
    );
}

#[test]
fn what_is_no_name_is_gone_wherever_it_is_written_so() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "] x");
    say(&mut app, Choice::Nothing);
    assert_eq!(
        told(&app),
        &BEFORE[1..3]
            .iter()
            .chain(&BEFORE[4..])
            .copied()
            .collect::<Vec<_>>()[..]
    );
    assert_eq!(app.mention_at_hand(), None);
    pressed(&mut app, "I");
    assert_eq!(indexed(&app), ["كييف", "أولاف شولتس", "باريس", "الناتو"]);
    assert_eq!(
        app.register.index().entries[1].mentions,
        1,
        "the full name stays"
    );
}

#[test]
fn two_names_become_one_over_the_whole_shelf() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "] ] x");
    let effects = say(&mut app, Choice::Same);
    work(&mut app, effects);
    pressed(&mut app, "w");
    assert_eq!(indexed(&app).len(), 4, "of all kinds");
    pressed(&mut app, "f");
    write(&mut app, "باريس");
    pressed(&mut app, "enter enter");
    assert_eq!(app.overlay, None);
    assert_eq!(told(&app)[1], "كييف l باريس");
    pressed(&mut app, "I");
    let entry = app.register.index().find(Kind::Place, "كييف").unwrap();
    let entry = &app.register.index().entries[entry];
    assert_eq!((entry.name.as_str(), entry.mentions), ("باريس", 3));
    assert_eq!(
        app.register.index().find(Kind::Place, "باريس"),
        app.register.index().find(Kind::Place, "كييف")
    );
}

#[test]
fn a_card_goes_on_with_what_it_is_about() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "] e x");
    let effects = say(&mut app, Choice::Kind(Kind::Work));
    assert!(matches!(effects[0], Effect::Correct(_)));
    let (name, rows) = card(&app);
    assert_eq!((name.as_str(), rows[0].as_str()), ("شولتس", "2 in 1"));
    pressed(&mut app, "X");
    assert_eq!(app.corrections.len(), 0);
}

#[test]
fn the_lists_name_is_corrected_and_nothing_without_one() {
    let mut app = shelf((80, 24));
    press(&mut app, "x");
    assert_eq!(app.status, Some(Status::NoNameAtHand));
    pressed(&mut app, "tab tab j x");
    assert_eq!(correcting(&app).subject.name, "كييف");
    assert_eq!(correcting(&app).bounds, None);
    pressed(&mut app, "escape");
    assert_eq!(app.overlay, None);
    assert_eq!(app.corrections.len(), 0);
}

#[test]
fn what_was_kept_holds_before_what_is_made_meanwhile() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "] ] x");
    say(&mut app, Choice::Kind(Kind::Person));
    let kept = Correction::Kind {
        names: vec!["الناتو".into()],
        kind: Kind::Organization,
        to: Kind::Event,
    };
    update(&mut app, Message::Corrections(vec![kept]));
    assert_eq!(told(&app)[4], "الناتو e الناتو");
    assert_eq!(told(&app)[1], "كييف p كييف");
    press(&mut app, "X");
    assert_eq!(told(&app)[1], "كييف l كييف", "the last one goes first");
    assert_eq!(told(&app)[4], "الناتو e الناتو");
}

#[test]
fn words_that_nobody_found_become_a_name_everywhere() {
    let mut app = shelf((80, 24));
    // The caret goes to the second paragraph's "كييف", which is a name, and on to "قال", which is none.
    pressed(&mut app, "v w w w w");
    let at = |app: &App| {
        let slot = app.listing.current().unwrap();
        app.selection.as_ref().unwrap().text(slot)
    };
    while at(&app) != "وفد" {
        pressed(&mut app, "w");
    }
    pressed(&mut app, "x");
    assert_eq!(app.selection, None);
    assert_eq!(correcting(&app).subject.name, "وفد");
    assert_eq!(correcting(&app).choices().len(), Kind::ALL.len());
    // It begins one word earlier, on the right.
    pressed(&mut app, "L");
    assert_eq!(correcting(&app).subject.name, "مع وفد");
    pressed(&mut app, "H");
    let effects = say(&mut app, Choice::Kind(Kind::Organization));
    let correction = Correction::Name {
        name: "وفد".into(),
        kind: Kind::Organization,
    };
    assert_eq!(effects, [Effect::Correct(correction.clone())]);
    assert_eq!(told(&app)[2], "وفد o وفد");
    pressed(&mut app, "J I");
    assert!(
        app.register
            .index()
            .find(Kind::Organization, "وفد")
            .is_some()
    );
    pressed(&mut app, "q K");
    assert_eq!(press(&mut app, "X"), [Effect::TakeBack(correction)]);
    assert_eq!(told(&app), BEFORE);
}

#[test]
fn chosen_words_that_are_a_name_are_corrected_as_one() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "] ] v x");
    assert!(!correcting(&app).new);
    assert_eq!(correcting(&app).subject.name, "كييف");
    assert_eq!(app.mention_at_hand(), Some((Kind::Place, "كييف", 1, 2)));
}

#[test]
fn no_name_goes_over_paragraphs() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "v v } x");
    assert_eq!(app.overlay, None);
    assert_eq!(app.status, Some(Status::NoNameAtHand));
}
