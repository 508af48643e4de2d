//! Screens as text: each row as its cells stand, and below the rows a map of their styles, a letter a cell.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::app::tests::{open, press, reader, tag, write};
use crate::app::{App, ArticleId, Message, Status, update};
use crate::config::{Colour, Ink, Theme};
use crate::doc::{BlockKind, Writer};
use crate::entity::Kind;
use crate::entity::index::Tally;
use crate::locale::{Language, Locale};
use crate::text::Direction;
use crate::text::marks::is_tashkeel;

use super::{Scene, draw};

/// An article with a name of each of three kinds, a Latin name, numbers and marks.
const NEWS: &[&str] = &[
    "زيارة إلى دمشق",
    "وصل سمير العلي إلى دمشق صباح الخميس، ثم التقى وفد الأمم المتحدة (UN) في فندق المدينة مدة 45 دقيقة.",
    "وقال سمير إن «الطريق طويل» وإن 30% من العمل قد تم.",
    "كَتَبَ الوَلَدُ الدَّرْسَ.",
];
/// A second one, with a title too long for the sidebar.
const OTHER: &[&str] = &[
    "مقال ثان له عنوان طويل لا يسعه الشريط الجانبي أبدا",
    "نص المقال الثاني.",
];

/// The buffer of a frame.
fn frame(app: &App, language: Language) -> Buffer {
    let locale = Locale::new(language);
    let theme = Theme::built_in().unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, app.size.0, app.size.1));
    draw(
        Scene {
            app,
            locale: &locale,
            theme: &theme,
        },
        &mut buffer,
    );
    buffer
}

/// The letter of a cell's style: `a` accent, `f` faint, `p` `l` `o` a name (underlined, so that it stands without colour), `k` a
/// kind's colour alone, `.` plain text; capital, or `#`, when reversed.
fn style_letter(cell: &ratatui::buffer::Cell, theme: &Theme) -> char {
    let colour = |ink| match ink {
        Ink::Colour(Colour(r, g, b)) => Color::Rgb(r, g, b),
        ink => panic!("{ink:?}"),
    };
    let kinds = [
        (Kind::Person, 'p'),
        (Kind::Place, 'l'),
        (Kind::Organization, 'o'),
    ];
    let letter = if cell.fg == Color::Reset {
        '.'
    } else if cell.fg == colour(theme.accent) {
        'a'
    } else if cell.fg == colour(theme.faint) {
        'f'
    } else {
        let kind = kinds
            .iter()
            .find(|(kind, _)| cell.fg == colour(theme.name(*kind)));
        match kind {
            Some((_, letter)) if cell.modifier.contains(Modifier::UNDERLINED) => *letter,
            Some(_) => 'k',
            None => '?',
        }
    };
    assert!(
        !cell.modifier.intersects(Modifier::BOLD | Modifier::ITALIC),
        "a change of font breaks joining"
    );
    match letter {
        '.' if cell.modifier.contains(Modifier::REVERSED) => '#',
        letter if cell.modifier.contains(Modifier::REVERSED) => letter.to_ascii_uppercase(),
        letter => letter,
    }
}

/// The rows of a buffer and the map of their styles.
fn picture(buffer: &Buffer) -> String {
    let theme = Theme::built_in().unwrap();
    let mut rows = String::new();
    let mut styles = String::new();
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let cell = buffer.cell((x, y)).unwrap();
            rows.push_str(cell.symbol());
            styles.push(style_letter(cell, &theme));
        }
        rows.push_str("|\n");
        styles.push('\n');
    }
    format!("{rows}\n{styles}")
}

/// A reader with both articles open and the names of the first found.
fn news(size: (u16, u16)) -> App {
    let mut app = open(size, &[NEWS, OTHER]);
    tag(
        &mut app,
        &[
            ("سمير", Kind::Person),
            ("دمشق", Kind::Place),
            ("الأمم المتحدة", Kind::Organization),
        ],
    );
    app
}

#[test]
fn reading_in_arabic() {
    insta::assert_snapshot!(picture(&frame(&news((80, 16)), Language::Arabic)));
}

#[test]
fn reading_in_english_with_the_sidebar_on_the_left() {
    let mut app = news((72, 12));
    app.settings.direction = Direction::Ltr;
    app.settings.side = crate::app::Side::Left;
    insta::assert_snapshot!(picture(&frame(&app, Language::English)));
}

#[test]
fn a_name_at_hand() {
    let mut app = news((80, 14));
    press(&mut app, "] ]");
    insta::assert_snapshot!(picture(&frame(&app, Language::Arabic)));
}

#[test]
fn the_names_have_the_focus() {
    let mut app = news((80, 14));
    press(&mut app, "tab tab j");
    insta::assert_snapshot!(picture(&frame(&app, Language::Arabic)));
}

#[test]
fn a_search() {
    let mut app = news((50, 12));
    press(&mut app, "/");
    write(&mut app, "سمير");
    insta::assert_snapshot!("a_search_typed", picture(&frame(&app, Language::Arabic)));
    press(&mut app, "enter");
    insta::assert_snapshot!("a_search_found", picture(&frame(&app, Language::Arabic)));
}

#[test]
fn the_floating_sidebar() {
    let mut app = news((40, 12));
    press(&mut app, "tab");
    insta::assert_snapshot!(picture(&frame(&app, Language::Arabic)));
}

#[test]
fn the_help() {
    let mut app = news((60, 14));
    press(&mut app, "?");
    insta::assert_snapshot!("the_help_arabic", picture(&frame(&app, Language::Arabic)));
    app.settings.direction = Direction::Ltr;
    insta::assert_snapshot!("the_help_english", picture(&frame(&app, Language::English)));
}

#[test]
fn nothing_to_read() {
    let mut app = reader((60, 6));
    insta::assert_snapshot!("nothing_yet", picture(&frame(&app, Language::Arabic)));
    update(&mut app, Message::AllLoaded);
    app.settings.direction = Direction::Ltr;
    insta::assert_snapshot!("nothing_at_all", picture(&frame(&app, Language::English)));
}

#[test]
fn an_index_without_names_says_so_when_all_is_read() {
    let mut app = open((60, 12), &[OTHER]);
    app.settings.direction = Direction::Ltr;
    press(&mut app, "I");
    let said = |app: &App| picture(&frame(app, Language::English)).contains("No names here");
    assert!(!said(&app), "who knows yet");
    let surveyed = Message::Surveyed {
        round: 0,
        tallies: vec![(ArticleId::default(), Tally::default())],
        next: 1,
    };
    update(&mut app, surveyed);
    assert!(said(&app));
}

#[test]
fn tashkeel_that_is_hidden_is_hidden_in_titles_too() {
    let marks = |app: &App| -> usize {
        let buffer = frame(app, Language::Arabic);
        let glyphs = buffer.content.iter().map(ratatui::buffer::Cell::symbol);
        glyphs.filter(|glyph| glyph.contains(is_tashkeel)).count()
    };
    let mut app = open((80, 12), &[&["كَتَبَ الوَلَدُ", "نص."]]);
    assert!(marks(&app) > 8, "in the list and in the text");
    app.settings.tashkeel_lands = false;
    assert_eq!(marks(&app), 0);
    app.settings.tashkeel_lands = true;
    app.settings.drawing.tashkeel = false;
    assert_eq!(marks(&app), 0);
}

#[test]
fn a_name_that_is_corrected() {
    let mut app = news((60, 20));
    press(&mut app, "] x h");
    insta::assert_snapshot!(
        "a_correction_arabic",
        picture(&frame(&app, Language::Arabic))
    );
    app.settings.direction = Direction::Ltr;
    press(&mut app, "j j");
    insta::assert_snapshot!(
        "a_correction_english",
        picture(&frame(&app, Language::English))
    );
    app.size = (20, 5);
    insta::assert_snapshot!("a_correction_tiny", picture(&frame(&app, Language::Arabic)));
}

#[test]
fn a_card() {
    let mut app = news((80, 24));
    press(&mut app, "] e");
    insta::assert_snapshot!("a_card_arabic", picture(&frame(&app, Language::Arabic)));
    app.settings.direction = Direction::Ltr;
    insta::assert_snapshot!("a_card_english", picture(&frame(&app, Language::English)));
    update(&mut app, Message::Resize(20, 5));
    press(&mut app, "G");
    insta::assert_snapshot!("a_card_tiny", picture(&frame(&app, Language::Arabic)));
}

#[test]
fn a_tiny_screen() {
    insta::assert_snapshot!(picture(&frame(&news((20, 5)), Language::Arabic)));
}

#[test]
fn every_size_can_be_drawn() {
    for width in (0..12).chain([20, 40, 59, 60, 61, 80, 200]) {
        for height in (0..8).chain([24, 60]) {
            for keys in ["g", "tab", "tab tab", "?", "/ a", "]", "] e", "I", "I f"] {
                let mut app = news((width, height));
                press(&mut app, keys);
                let buffer = frame(&app, Language::Arabic);
                assert_eq!((buffer.area.width, buffer.area.height), (width, height));
            }
        }
    }
}

/// A document with a block of every kind.
fn every_kind() -> App {
    let mut page = Writer::new("كل");
    page.article("كل الأنواع");
    page.begin(BlockKind::Title, None);
    page.text("كل الأنواع");
    page.begin(BlockKind::Paragraph, None);
    page.text("فقرة فيها ");
    page.open_link("https://example.org");
    page.text("رابط طويل");
    page.close();
    page.text(" وحاشية");
    page.open_jump("note");
    page.text("[1]");
    page.close();
    page.text(" ورمز ");
    page.open_code();
    page.text("let x");
    page.close();
    page.image("صورة");
    page.begin(BlockKind::Heading(2), None);
    page.text("فصل");
    page.open_list(false);
    for (mark, text) in [
        (
            "•",
            "بند أول طويل لا يسعه سطر واحد من سطور هذه الشاشة الضيقة",
        ),
        ("•", "Latin item"),
    ] {
        page.open_item(mark);
        page.begin(BlockKind::Paragraph, None);
        page.text(text);
        page.close_item();
    }
    page.close_list();
    page.open_quote();
    page.begin(BlockKind::Paragraph, None);
    page.text("قول منقول عن غير صاحبه يأخذ سطرين من سطور هذه الشاشة");
    page.close_quote();
    page.code("fn a() {\n    b();\n}");
    page.open_table(&[], None);
    for (index, row) in [["المدينة", "السكان"], ["دمشق", "2500000"]]
        .iter()
        .enumerate()
    {
        page.open_row(index == 0);
        for cell in row {
            page.open_cell();
            page.text(cell);
        }
    }
    page.end_table();
    for (index, (first, second)) in [
        ("صدر البيت الأول", "وعجز البيت"),
        ("صدر البيت", "وعجز البيت الثاني"),
    ]
    .iter()
    .enumerate()
    {
        page.begin_verse(index > 0);
        page.text(first);
        page.divide("    ");
        page.text(second);
        page.end();
    }
    page.rule();
    page.open_item("[1]");
    page.label("note");
    page.begin(BlockKind::Note, None);
    page.text("نص الحاشية");
    page.close_item();
    let mut app = reader((62, 36));
    update(&mut app, Message::Loaded(Arc::new(page.finish().unwrap())));
    update(&mut app, Message::AllLoaded);
    app
}

#[test]
fn every_kind_of_block() {
    let mut app = every_kind();
    insta::assert_snapshot!("every_kind", picture(&frame(&app, Language::Arabic)));
    press(&mut app, "o o");
    insta::assert_snapshot!("a_note_at_hand", picture(&frame(&app, Language::Arabic)));
}

#[test]
fn a_note_is_a_step_away_and_back() {
    let mut app = every_kind();
    app.size = (62, 12);
    let top = |app: &App| app.listing.current().unwrap().place.top;
    let start = top(&app);
    press(&mut app, "o");
    assert_eq!(app.status, Some(Status::Link("https://example.org".into())));
    press(&mut app, "o");
    assert_eq!(app.status, Some(Status::Note("[1] نص الحاشية".into())));
    press(&mut app, "enter");
    assert_ne!(top(&app), start);
    press(&mut app, "enter");
    assert_eq!(top(&app), start);
    press(&mut app, "O O");
    assert_eq!(
        app.status,
        Some(Status::Note("[1] نص الحاشية".into())),
        "round the end"
    );
}
