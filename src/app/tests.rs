//! Triples: an article, keys, and where the reader is afterwards. All go through [`update`], as typed.

#![allow(clippy::unwrap_used)]

mod aside;
mod cards;
mod correcting;
mod names;

use std::sync::Arc;

use super::*;
use crate::action::{Code, Key, Keymap, Layout, Mode};
use crate::doc::{Article, Block, BlockKind, Document, Notice, Origin, Written};
use crate::entity::{Entity, Kind, Mention, Names};

/// A reader of `size` with nothing open.
pub fn reader(size: (u16, u16)) -> App {
    let keymap = Arc::new(Keymap::built_in(Layout::Pc));
    App::new(keymap, Settings::default(), size)
}

/// A document of articles; each is a title and paragraphs.
pub fn document(articles: &[&[&str]]) -> Arc<Document> {
    let mut text = String::new();
    let mut made = Vec::new();
    for lines in articles {
        let start = text.len();
        let mut blocks = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let from = text.len();
            text.push_str(line);
            let kind = if index == 0 {
                BlockKind::Title
            } else {
                BlockKind::Paragraph
            };
            blocks.push(Block::new(kind, from..text.len()));
            text.push('\n');
        }
        made.push(Article {
            title: lines[0].to_owned(),
            range: start..text.len() - 1,
            blocks,
        });
    }
    let direction = crate::text::direction::of_document(&text);
    Arc::new(Document {
        name: "test".into(),
        text: text.into(),
        verbatim: true,
        articles: made,
        direction,
        written: Written::default(),
        notices: Vec::new(),
        origin: Origin::default(),
    })
}

/// A reader with `articles` open, all sources read.
pub fn open(size: (u16, u16), articles: &[&[&str]]) -> App {
    let mut app = reader(size);
    update(&mut app, Message::Loaded(document(articles)));
    update(&mut app, Message::AllLoaded);
    app
}

/// Types keys as the keymap writes them, with blanks between them; returns the last effects.
pub fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in keys.split_whitespace() {
        effects = update(app, Message::Key(key.parse().unwrap()));
    }
    effects
}

/// Types text, character by character.
pub fn write(app: &mut App, text: &str) {
    for letter in text.chars() {
        update(app, Message::Key(Key::plain(Code::Char(letter))));
    }
}

/// The text of the page's lines, in logical order; `-` for a gap.
pub fn shown(app: &App) -> Vec<String> {
    let page = Page::of(app);
    let slot = app.listing.current().unwrap();
    let rows = page.rows().iter();
    rows.map(|&row| match page.line(row) {
        Some((_, line)) => slot.text(row.block)[line.range.clone()]
            .trim_end()
            .to_owned(),
        None => "-".to_owned(),
    })
    .collect()
}

/// Marks every place where one of `names` stands in the open article.
pub fn tag(app: &mut App, names: &[(&str, Kind)]) {
    let article = app.listing.open_id();
    let slot = app.listing.slot(article).unwrap();
    let mut found = Names::default();
    for index in 0..slot.blocks().len() {
        let text = slot.text(index);
        let mut here: Vec<_> = names
            .iter()
            .enumerate()
            .flat_map(|(entity, (name, kind))| {
                text.match_indices(name)
                    .map(move |(at, name)| (at..at + name.len(), entity, *kind))
            })
            .collect();
        here.sort_by_key(|(range, ..)| range.start);
        let paragraph = slot.start(index);
        found
            .mentions
            .extend(here.into_iter().map(|(range, entity, kind)| Mention {
                kind,
                paragraph,
                range,
                entity,
            }));
    }
    found.entities = names
        .iter()
        .enumerate()
        .map(|(entity, (name, kind))| Entity {
            kind: *kind,
            name: (*name).to_owned(),
            mentions: (0..found.mentions.len())
                .filter(|&at| found.mentions[at].entity == entity)
                .collect(),
        })
        .collect();
    update(
        app,
        Message::Tagged {
            article,
            names: Arc::new(found),
            part: None,
            words: 10,
        },
    );
}

/// Six short paragraphs below a title.
const SHORT: &[&str] = &["عنوان", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة"];
/// Another article.
const OTHER: &[&str] = &["آخر", "نص"];

#[test]
fn line_keys_scroll_and_stop_at_the_ends() {
    let mut app = open((40, 6), &[SHORT]);
    assert_eq!(shown(&app), ["عنوان", "-", "واحد", "-", "اثنان"]);
    press(&mut app, "j");
    assert_eq!(shown(&app)[1], "واحد");
    press(&mut app, "k k k");
    assert_eq!(shown(&app)[0], "عنوان");
    press(&mut app, "G");
    assert_eq!(shown(&app), ["أربعة", "-", "خمسة", "-", "ستة"]);
    press(&mut app, "j");
    assert_eq!(shown(&app)[4], "ستة");
    press(&mut app, "g g");
    assert_eq!(shown(&app)[0], "عنوان");
}

#[test]
fn counts_repeat_in_every_kind_of_digit() {
    for keys in ["3 j", "٣ j", "۳ j", "3 down", "٣ ت"] {
        let mut app = open((40, 6), &[SHORT]);
        press(&mut app, keys);
        assert_eq!(shown(&app)[1], "اثنان", "{keys}");
    }
}

#[test]
fn the_keys_to_the_ends_go_to_a_line_with_a_count() {
    for keys in ["3 G", "3 g g"] {
        let mut app = open((40, 6), &[SHORT]);
        press(&mut app, "j");
        press(&mut app, keys);
        assert_eq!(shown(&app)[0], "واحد", "{keys}");
    }
}

#[test]
fn a_page_keeps_one_line_in_sight() {
    let mut app = open((40, 6), &[SHORT]);
    press(&mut app, "space");
    assert_eq!(shown(&app)[0], "اثنان");
    press(&mut app, "b");
    assert_eq!(shown(&app)[0], "عنوان");
}

#[test]
fn paragraph_keys_bring_first_lines_to_the_top() {
    let mut app = open((40, 6), &[SHORT]);
    press(&mut app, "} }");
    assert_eq!(shown(&app)[0], "اثنان");
    press(&mut app, "{");
    assert_eq!(shown(&app)[0], "واحد");
    press(&mut app, "9 }");
    assert_eq!(shown(&app)[0], "أربعة", "the last page stays full");
}

#[test]
fn articles_are_left_and_found_again_at_their_place() {
    let mut app = open((40, 6), &[SHORT, OTHER]);
    press(&mut app, "j j");
    let before = shown(&app);
    let effects = press(&mut app, "J");
    assert_eq!(app.listing.open_row(), 1);
    let second = app.listing.id(1).unwrap();
    assert_eq!(effects, [Effect::Tag(second), Effect::Recall(second)]);
    press(&mut app, "K");
    assert_eq!(shown(&app), before);
    press(&mut app, "K");
    assert_eq!(app.status, Some(Status::NoArticle));
}

#[test]
fn the_sidebar_opens_the_chosen_article() {
    let mut app = open((80, 24), &[SHORT, OTHER]);
    press(&mut app, "tab j enter");
    assert_eq!((app.listing.open_row(), app.focus), (1, Focus::Text));
}

#[test]
fn focus_follows_the_eye() {
    let mut app = open((80, 24), &[SHORT, OTHER]);
    press(&mut app, "right");
    assert_eq!(
        app.focus,
        Focus::Articles,
        "the sidebar stands on the right"
    );
    press(&mut app, "left");
    assert_eq!(app.focus, Focus::Text);
    app.settings.side = Side::Left;
    press(&mut app, "h");
    assert_eq!(app.focus, Focus::Articles);
}

#[test]
fn mention_keys_walk_the_names_in_the_order_of_the_text() {
    let mut app = open(
        (40, 6),
        &[&["خبر", "زار سمير دمشق", "ثم", "ثم", "ثم", "عاد سمير"]],
    );
    tag(&mut app, &[("سمير", Kind::Person), ("دمشق", Kind::Place)]);
    press(&mut app, "]");
    assert_eq!(app.mention_at_hand(), Some((Kind::Person, "سمير", 1, 2)));
    press(&mut app, "]");
    assert_eq!(app.mention_at_hand(), Some((Kind::Place, "دمشق", 1, 1)));
    press(&mut app, "]");
    assert_eq!(app.mention_at_hand(), Some((Kind::Person, "سمير", 2, 2)));
    assert!(
        shown(&app).contains(&"عاد سمير".to_owned()),
        "it came into sight"
    );
    press(&mut app, "]");
    assert_eq!(app.status, Some(Status::NoMention));
    press(&mut app, "2 [");
    assert_eq!(app.mention_at_hand(), Some((Kind::Person, "سمير", 1, 2)));
}

#[test]
fn choosing_a_name_jumps_to_its_mentions_in_turn() {
    let mut app = open((80, 24), &[&["خبر", "زار سمير دمشق", "عاد سمير"]]);
    tag(&mut app, &[("سمير", Kind::Person), ("دمشق", Kind::Place)]);
    press(&mut app, "tab tab enter");
    assert_eq!(app.mention_at_hand(), Some((Kind::Person, "سمير", 1, 2)));
    press(&mut app, "enter");
    assert_eq!(app.mention_at_hand(), Some((Kind::Person, "سمير", 2, 2)));
    press(&mut app, "enter");
    assert_eq!(
        app.mention_at_hand(),
        Some((Kind::Person, "سمير", 1, 2)),
        "round the end"
    );
    press(&mut app, "j enter");
    assert_eq!(app.mention_at_hand(), Some((Kind::Place, "دمشق", 1, 1)));
}

#[test]
fn search_goes_from_hit_to_hit() {
    let mut app = open((40, 6), &[SHORT]);
    press(&mut app, "/");
    write(&mut app, "ست");
    press(&mut app, "enter");
    assert_eq!(
        app.status,
        Some(Status::Hit {
            at: 1,
            of: 1,
            wrapped: false
        })
    );
    assert!(shown(&app).contains(&"ستة".to_owned()));
    press(&mut app, "n");
    assert_eq!(
        app.status,
        Some(Status::Hit {
            at: 1,
            of: 1,
            wrapped: true
        })
    );
    press(&mut app, "/");
    write(&mut app, "مفقود");
    press(&mut app, "enter");
    assert_eq!(app.status, Some(Status::NotFound("مفقود".into())));
}

#[test]
fn search_starts_from_the_page_and_walks_both_ways() {
    let mut app = open(
        (40, 6),
        &[&["ا", "كلمة ١", "ا", "ا", "كلمة ٢", "ا", "كلمة ٣"]],
    );
    press(&mut app, "} }");
    press(&mut app, "/");
    write(&mut app, "كلمة");
    press(&mut app, "enter");
    assert_eq!(
        app.status,
        Some(Status::Hit {
            at: 2,
            of: 3,
            wrapped: false
        })
    );
    press(&mut app, "N");
    assert_eq!(
        app.status,
        Some(Status::Hit {
            at: 1,
            of: 3,
            wrapped: false
        })
    );
    press(&mut app, "N");
    assert_eq!(
        app.status,
        Some(Status::Hit {
            at: 3,
            of: 3,
            wrapped: true
        })
    );
}

#[test]
fn the_prompt_takes_text_and_gives_way_to_escape() {
    let mut app = open((40, 6), &[SHORT]);
    press(&mut app, "/");
    write(&mut app, "q3\u{FEFB}");
    assert_eq!(
        app.overlay,
        Some(Overlay::Prompt {
            ask: Ask::Search,
            line: Line::new("q3\u{644}\u{627}"),
        })
    );
    press(&mut app, "backspace backspace backspace backspace");
    assert_eq!(
        app.overlay,
        Some(Overlay::Prompt {
            ask: Ask::Search,
            line: Line::default(),
        })
    );
    press(&mut app, "escape");
    assert_eq!(app.overlay, None);
}

#[test]
fn the_sidebar_floats_on_a_narrow_screen() {
    let mut app = open((40, 12), &[SHORT, OTHER]);
    assert!(panes(&app).articles.is_empty());
    press(&mut app, "tab");
    assert!(panes(&app).floating);
    press(&mut app, "j enter");
    assert_eq!(
        (app.listing.open_row(), app.focus, &app.overlay),
        (1, Focus::Text, &None)
    );
    press(&mut app, "s");
    assert!(panes(&app).floating);
    press(&mut app, "s");
    assert!(!panes(&app).floating);
}

#[test]
fn a_resize_keeps_the_place() {
    let long = "كلمة ".repeat(300);
    let mut app = open((80, 12), &[&["عنوان", &long, "نهاية"]]);
    press(&mut app, "9 j");
    let anchor = app.listing.current().unwrap().place.top;
    for size in [(30, 8), (200, 60), (1, 1), (80, 12)] {
        update(&mut app, Message::Resize(size.0, size.1));
        assert_eq!(app.listing.current().unwrap().place.top, anchor, "{size:?}");
    }
}

#[test]
fn a_long_paragraph_is_walked_window_by_window() {
    let words: Vec<String> = (0..30_000).map(|number| format!("كلمة{number} ")).collect();
    let text = words.concat();
    let mut app = open((40, 10), &[&["عنوان", text.trim_end(), "آخر"]]);
    let settings = Settings::default();
    let slot = app.listing.current().unwrap().clone();
    let mut column = super::page::Column::new(&slot, 38, &settings);
    let mut rows = vec![super::page::Row::default()];
    while let Some(row) = rows.last().copied()
        && row != column.end()
    {
        rows.push(column.below(row, 1));
    }
    let windows: std::collections::BTreeSet<_> = rows
        .iter()
        .filter(|row| row.block == 1)
        .map(|row| row.window)
        .collect();
    assert!(windows.len() > 4);
    // Every row's first byte leads back to it, rows follow each other down and up, and only blocks have gaps after them.
    let mut gaps = 0;
    for (number, row) in rows.iter().enumerate() {
        let (anchor, gap) = column.anchor_of(*row);
        gaps += usize::from(gap);
        assert!(gap || column.row_of(anchor) == *row, "{row:?}");
        assert_eq!(
            column.above(rows[rows.len() - 1], rows.len() - 1 - number),
            *row
        );
    }
    assert_eq!(gaps, 2);
    press(&mut app, "G");
    assert_eq!(shown(&app).last().map(String::as_str), Some("آخر"));
    press(&mut app, "k { j");
    let at = app.listing.current().unwrap().place.top;
    assert!(at.byte > 0 && at.byte < 100, "{at:?}");
}

#[test]
fn help_opens_scrolls_and_closes() {
    let mut app = open((80, 12), &[SHORT]);
    press(&mut app, "? j j");
    assert_eq!(app.overlay, Some(Overlay::Help { top: 2 }));
    press(&mut app, "G");
    assert!(matches!(app.overlay, Some(Overlay::Help { top }) if top > 10));
    press(&mut app, "q");
    assert_eq!(app.overlay, None);
    assert_eq!(press(&mut app, "q"), [Effect::Quit]);
}

#[test]
fn a_click_on_a_row_of_the_sidebar_opens_its_article() {
    let mut app = open((80, 24), &[SHORT, OTHER]);
    let area = panes(&app).articles;
    let pointer = Pointer {
        kind: PointerKind::Press,
        column: area.x + 3,
        row: area.y + 2,
    };
    update(&mut app, Message::Pointer(pointer));
    assert_eq!(app.listing.open_row(), 1);
}

#[test]
fn the_wheel_scrolls_the_pane_below_it() {
    let mut app = open((80, 6), &[SHORT, OTHER]);
    let text = panes(&app).text;
    let pointer = Pointer {
        kind: PointerKind::WheelDown,
        column: text.x,
        row: 1,
    };
    update(&mut app, Message::Pointer(pointer));
    assert_eq!(shown(&app)[1], "اثنان");
}

#[test]
fn a_click_on_a_name_takes_it_and_one_beside_lets_go() {
    let mut app = open((80, 24), &[&["خبر", "زار سمير دمشق"]]);
    tag(&mut app, &[("سمير", Kind::Person), ("دمشق", Kind::Place)]);
    let text = panes(&app).text;
    // The line is 13 columns wide at the right edge; the last letter of the last word is its leftmost.
    let left = text.x + text.width - 13;
    let at = |column| Pointer {
        kind: PointerKind::Press,
        column,
        row: 2,
    };
    update(&mut app, Message::Pointer(at(left)));
    assert_eq!(app.mention_at_hand(), Some((Kind::Place, "دمشق", 1, 1)));
    update(&mut app, Message::Pointer(at(left - 1)));
    assert_eq!(app.mention_at_hand(), None);
}

#[test]
fn every_key_at_every_size_leaves_a_state_that_can_be_drawn() {
    let keys =
        "j k space b d u g g G J K ] [ } { tab shift-tab h l enter / a enter n N s r ? j q escape";
    for size in [(1, 1), (2, 2), (5, 3), (20, 5), (59, 10), (60, 4), (80, 24)] {
        let mut app = open(size, &[SHORT, OTHER, &["عنوان وحيد"]]);
        tag(&mut app, &[("واحد", Kind::Number)]);
        for key in keys.split_whitespace() {
            press(&mut app, key);
            let panes = panes(&app);
            assert!(Page::of(&app).rows().len() <= usize::from(panes.text.height));
        }
    }
}

#[test]
fn switches_change_what_is_drawn_and_say_so() {
    let mut app = open((40, 6), &[&["عنوان", "كَتَبَ ســـلام 12"]]);
    let drawn = |app: &App| -> String {
        let page = Page::of(app);
        let (_, layout, line) = page.line_at(2).unwrap();
        layout
            .cells(line)
            .iter()
            .map(|cell| layout.glyph(cell))
            .collect()
    };
    let before = drawn(&app);
    assert!(before.contains('\u{64e}') && before.contains('ـ') && before.contains("12"));
    press(&mut app, "t");
    assert_eq!(app.status, Some(Status::Tashkeel(false)));
    assert!(!drawn(&app).contains('\u{64e}'));
    press(&mut app, "y i");
    assert!(!drawn(&app).contains('ـ') && drawn(&app).contains("١٢"));
    press(&mut app, "t y i i");
    assert_eq!(drawn(&app), before);
}

/// The widths of the lines of a block on the page.
fn widths(app: &App, block: usize) -> Vec<usize> {
    let page = Page::of(app);
    let rows = page.rows().iter().filter(|row| row.block == block);
    rows.filter_map(|&row| page.line(row))
        .map(|(_, line)| line.width)
        .collect()
}

#[test]
fn justified_lines_fill_the_pane_but_titles_and_last_lines_do_not() {
    let long = "نص طويل يمتد على أسطر عدة ليظهر الضبط فيها واضحا للعين من أول وهلة".repeat(3);
    let title = "عنوان يمتد على سطرين اثنين لا على سطر واحد فقط";
    let mut app = open((40, 20), &[&[title, &long]]);
    let ragged = widths(&app, 0);
    press(&mut app, "= =");
    let width = usize::from(panes(&app).text.width);
    let body = widths(&app, 1);
    assert!(
        body.len() > 3 && body[..body.len() - 1].iter().all(|&line| line == width),
        "{body:?}"
    );
    assert!(*body.last().unwrap() < width);
    assert_eq!(widths(&app, 0), ragged);
}

fn id(source: usize, article: usize) -> ArticleId {
    ArticleId { source, article }
}

/// A document like another one, but read otherwise.
fn read_otherwise(articles: &[&[&str]], written: Written, notices: Vec<Notice>) -> Arc<Document> {
    let mut document = Document::clone(&document(articles));
    document.written = written;
    document.notices = notices;
    Arc::new(document)
}

const REPAIRED: Written = Written {
    encoding: "CP864",
    repaired: true,
};

#[test]
fn reads_an_article_again_where_it_was() {
    let long: Vec<String> = (0..40).map(|number| format!("فقرة {number}")).collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    let mut app = open((80, 10), &[&["أول"], &long, &["ثالث"]]);
    press(&mut app, "J } } }");
    assert_eq!(press(&mut app, "E"), [Effect::NextEncoding(id(0, 1))]);
    let before = Arc::clone(&app.listing.current().unwrap().document);
    let again = read_otherwise(&[&["غير"], &long], REPAIRED, Vec::new());
    let effects = update(
        &mut app,
        Message::ReadAgain {
            before,
            document: Arc::clone(&again),
        },
    );
    assert_eq!(effects, [Effect::Tag(id(0, 1))], "its names are found anew");
    assert_eq!((app.listing.len(), app.listing.open_row()), (2, 1));
    let slot = app.listing.current().unwrap();
    assert_eq!(slot.block_at(slot.place.top.paragraph), 3);
    assert!(matches!(app.status, Some(Status::Written { written, .. }) if written == REPAIRED));
}

#[test]
fn stays_in_its_article_while_another_source_is_read_again() {
    let mut app = open((80, 10), &[&["أول"], &["ثان"]]);
    update(&mut app, Message::Loaded(document(&[&["آخر"]])));
    let before = Arc::clone(&app.listing.current().unwrap().document);
    press(&mut app, "2 J");
    let document = read_otherwise(&[&["أول"]], REPAIRED, Vec::new());
    update(&mut app, Message::ReadAgain { before, document });
    assert_eq!(app.listing.current().unwrap().article().title, "آخر");
    let gone = document_of_none();
    let document = Arc::clone(&gone);
    assert_eq!(
        update(
            &mut app,
            Message::ReadAgain {
                before: gone,
                document
            }
        ),
        []
    );
}

/// A document that is not in the list.
fn document_of_none() -> Arc<Document> {
    document(&[&["لا أحد"]])
}

#[test]
fn turns_letters_back_only_where_there_is_something_to_turn() {
    let mut app = open((80, 10), &[&["أول"]]);
    assert_eq!(press(&mut app, "R"), []);
    assert_eq!(app.status, Some(Status::NothingToRepair));
    let drawn = Notice::StoredAsDrawn {
        forms: true,
        visual: false,
    };
    let stored = read_otherwise(&[&["شكل"]], Written::default(), vec![drawn]);
    update(&mut app, Message::Loaded(stored));
    assert!(matches!(
        app.status,
        Some(Status::StoredAsDrawn {
            forms: true,
            visual: false
        })
    ));
    press(&mut app, "J");
    assert_eq!(press(&mut app, "R"), [Effect::Repair(id(1, 0))]);
    let mut empty = reader((80, 10));
    assert_eq!(press(&mut empty, "E R"), []);
}

#[test]
fn tells_of_every_source_that_cannot_be_read() {
    let mut app = open((80, 10), &[&["أول"]]);
    for name in ["a", "b"] {
        let (name, text) = (name.to_owned(), format!("{name}: no"));
        update(&mut app, Message::Unread { name, text });
    }
    let stored = Notice::InvalidBytes { count: 1 };
    let odd = read_otherwise(&[&["شكل"]], Written::default(), vec![stored]);
    update(&mut app, Message::Loaded(odd));
    let unread = vec![("a".into(), "a: no".into()), ("b".into(), "b: no".into())];
    assert_eq!(app.status, Some(Status::Unread(unread)));
    press(&mut app, "j");
    assert_eq!(app.status, None);
}
