//! Keys for names: the filter, the walks by kind and by name, the jumps.

use super::*;

/// A reader of an article with two persons, a place and an organisation.
fn news() -> App {
    let mut app = open(
        (80, 24),
        &[
            &[
                "خبر",
                "زار سمير دمشق",
                "عاد فؤاد وسمير",
                "وفد الأمم المتحدة في دمشق",
            ],
            OTHER,
        ],
    );
    tag(
        &mut app,
        &[
            ("سمير", Kind::Person),
            ("دمشق", Kind::Place),
            ("فؤاد", Kind::Person),
            ("الأمم المتحدة", Kind::Organization),
        ],
    );
    app
}

/// The names that the sidebar lists.
fn listed(app: &App) -> Vec<String> {
    let names = app.listing.current().unwrap().names.as_deref().unwrap();
    let rows = name_rows(app);
    rows.iter()
        .filter_map(|row| match row {
            NameRow::Entity(entity) => Some(names.entities[*entity].name.clone()),
            NameRow::Heading(..) => None,
        })
        .collect()
}

/// The name at hand and its number.
fn at_hand(app: &App) -> Option<(&str, usize)> {
    app.mention_at_hand().map(|(_, name, at, _)| (name, at))
}

#[test]
fn a_typed_filter_ignores_habits_of_spelling() {
    for (typed, found) in [
        ("فواد", vec!["فؤاد"]),
        ("فُؤاد", vec!["فؤاد"]),
        ("الامم المتحده", vec!["الأمم المتحدة"]),
        ("م", vec!["سمير", "دمشق", "الأمم المتحدة"]),
        ("غائب", vec![]),
    ] {
        let mut app = news();
        press(&mut app, "f");
        write(&mut app, typed);
        assert_eq!(listed(&app), found, "{typed}");
        press(&mut app, "enter");
        assert_eq!((&app.overlay, app.focus), (&None, Focus::Names));
        assert_eq!(listed(&app), found, "it stays");
        press(&mut app, "escape");
        assert_eq!(listed(&app).len(), 4, "and goes");
        assert_eq!(app.focus, Focus::Names);
    }
}

#[test]
fn a_filter_that_is_given_up_leaves_the_list_whole() {
    let mut app = news();
    press(&mut app, "f");
    write(&mut app, "مش");
    assert_eq!(listed(&app), ["دمشق"]);
    press(&mut app, "backspace");
    assert_eq!(listed(&app).len(), 3);
    press(&mut app, "escape");
    assert_eq!(listed(&app).len(), 4);
    press(&mut app, "f");
    write(&mut app, "سم");
    press(&mut app, "enter J K");
    assert_eq!(listed(&app).len(), 4, "another article begins afresh");
}

#[test]
fn enter_walks_the_mentions_of_the_first_name_found() {
    let mut app = news();
    press(&mut app, "f");
    write(&mut app, "دمشق");
    press(&mut app, "enter enter");
    assert_eq!(at_hand(&app), Some(("دمشق", 1)));
    press(&mut app, "enter");
    assert_eq!(at_hand(&app), Some(("دمشق", 2)));
}

#[test]
fn one_kind_alone_is_listed_and_walked() {
    let mut app = news();
    press(&mut app, "w");
    assert_eq!(app.status, Some(Status::NoNameAtHand));
    press(&mut app, "] w");
    assert_eq!(app.status, Some(Status::Kinds(Some(Kind::Person))));
    assert_eq!(listed(&app), ["سمير", "فؤاد"]);
    press(&mut app, "]");
    assert_eq!(at_hand(&app), Some(("فؤاد", 1)));
    press(&mut app, "]");
    assert_eq!(at_hand(&app), Some(("سمير", 2)));
    press(&mut app, "2 [");
    assert_eq!(at_hand(&app), Some(("سمير", 1)));
    press(&mut app, "w");
    assert_eq!(app.status, Some(Status::Kinds(None)));
    press(&mut app, "]");
    assert_eq!(at_hand(&app), Some(("دمشق", 1)));
}

#[test]
fn kinds_come_in_turn_and_then_all_again() {
    let mut app = news();
    let mut seen = Vec::new();
    for _ in 0..4 {
        press(&mut app, "W");
        seen.push(app.filter.kind);
    }
    let kinds = [Kind::Person, Kind::Place, Kind::Organization].map(Some);
    assert_eq!(seen, [&kinds[..], &[None]].concat());
}

#[test]
fn one_name_alone_is_walked() {
    let mut app = news();
    press(&mut app, ")");
    assert_eq!(app.status, Some(Status::NoNameAtHand));
    press(&mut app, "] )");
    assert_eq!(at_hand(&app), Some(("سمير", 2)));
    press(&mut app, ")");
    assert_eq!(app.status, Some(Status::NoMention));
    press(&mut app, "(");
    assert_eq!(at_hand(&app), Some(("سمير", 1)));
}

#[test]
fn a_strip_tells_where_a_name_occurs() {
    let app = news();
    let slot = app.listing.current().unwrap();
    assert_eq!(spread(slot, 3, 4), [0, 0, 1, 0]);
    assert_eq!(spread(slot, 1, 2), [1, 1]);
    assert!(spread(slot, 1, 0).is_empty());
    assert_eq!(spread(slot, 99, 2), [0, 0]);
}

#[test]
fn jumps_go_back_and_forward() {
    let mut app = news();
    press(&mut app, "J");
    assert_eq!(app.listing.open_row(), 1);
    press(&mut app, "ctrl-o");
    assert_eq!(app.listing.open_row(), 0);
    press(&mut app, "g o");
    assert_eq!(app.listing.open_row(), 1);
    press(&mut app, "g o");
    assert_eq!(app.status, Some(Status::NoJump));
    press(&mut app, "ctrl-o K");
    assert_eq!(app.listing.open_row(), 0, "there is none before the first");
    press(&mut app, "ctrl-o");
    assert_eq!(app.status, Some(Status::NoJump));
}

#[test]
fn control_and_i_jump_forward_and_tab_moves_the_focus() {
    let mut app = news();
    press(&mut app, "J ctrl-o ctrl-i");
    assert_eq!((app.listing.open_row(), app.focus), (1, Focus::Text));
    press(&mut app, "ctrl-o");
    for focus in [Focus::Articles, Focus::Names, Focus::Text] {
        press(&mut app, "tab");
        assert_eq!((app.listing.open_row(), app.focus), (0, focus));
    }
}

#[test]
fn a_jump_to_the_end_leads_back_to_the_line() {
    let long: Vec<String> = (0..40).map(|line| format!("سطر {line}")).collect();
    let lines: Vec<&str> = long.iter().map(String::as_str).collect();
    let mut app = open((40, 8), &[&lines]);
    press(&mut app, "7 j");
    let before = shown(&app);
    press(&mut app, "G");
    assert_ne!(shown(&app), before);
    press(&mut app, "ctrl-o");
    assert_eq!(shown(&app), before);
}

#[test]
fn the_help_has_room_for_every_key() {
    for width in [20, 30, 44, 60, 80, 120] {
        let app = reader((width, 10));
        let room = usize::from(keys_width(help_frame(&app).inner.width));
        let mut told = 0;
        for row in app.help() {
            if let HelpRow::Keys { keys, .. } = row {
                let columns: usize = keys.iter().map(|key| key.chars().count() + 2).sum();
                assert!(columns - 2 <= room || keys.len() == 1, "{width}: {keys:?}");
                told += keys.len();
            }
        }
        let modes = [Mode::Reading, Mode::Prompt, Mode::Help].iter();
        let bound: usize = modes
            .flat_map(|&mode| app.keymap.bindings(mode))
            .map(|binding| binding.keys.len())
            .sum();
        assert!(told >= bound, "{width}: {told} of {bound}");
    }
}
