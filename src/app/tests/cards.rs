//! Keys for cards and the index: what they show, where they lead, and back.

use super::*;
use crate::entity::index::Tally;

const FIRST: &[&str] = &[
    "قمة",
    "زار المستشار شولتس كييف مع وفد.",
    "وفي كييف قال شولتس إن الناتو باق.",
];
const SECOND: &[&str] = &["رأي", "لم يزر أولاف شولتس باريس."];
const THIRD: &[&str] = &["صمت", "لا أحد هنا."];

const FIRST_NAMES: &[(&str, Kind)] = &[
    ("شولتس", Kind::Person),
    ("كييف", Kind::Place),
    ("الناتو", Kind::Organization),
];
const SECOND_NAMES: &[(&str, Kind)] = &[("أولاف شولتس", Kind::Person), ("باريس", Kind::Place)];

/// Three articles, the first open with its names; the second's names once asked for.
pub fn shelf(size: (u16, u16)) -> App {
    let mut app = open(size, &[FIRST, SECOND, THIRD]);
    tag(&mut app, FIRST_NAMES);
    app
}

/// Does what workers do, until nothing is asked for.
pub fn work(app: &mut App, mut effects: Vec<Effect>) {
    while let Some(effect) = effects.pop() {
        let message = match effect {
            Effect::Survey(row) => {
                let id = app.listing.id(row).unwrap();
                let (document, article) = app.listing.document(id).unwrap();
                let document = Arc::clone(document);
                let names = names_of(app, row);
                let blocks = &document.articles[article];
                let text_of =
                    |paragraph| document.block_text(&blocks.blocks[blocks.block_at(paragraph)]);
                let starts = blocks.blocks.iter().map(|block| block.range.start);
                let names = crate::entity::correct(&names, &app.corrections, starts, text_of);
                let tally = Tally::of(&names, text_of);
                Message::Surveyed {
                    round: app.register.round(),
                    tallies: vec![(id, tally)],
                    next: row + 1,
                }
            }
            Effect::Glimpse(id) => {
                let (document, index) = app.listing.document(id).unwrap();
                let document = Arc::clone(document);
                let names = Arc::new(names_of(app, app.listing.row(id)));
                Message::Glimpsed {
                    article: id,
                    document,
                    index,
                    names,
                }
            }
            _ => continue,
        };
        effects.extend(update(app, message));
    }
}

/// The names of the article in a row of the list.
fn names_of(app: &App, row: usize) -> Names {
    let found = [FIRST_NAMES, SECOND_NAMES, &[]][row];
    let mut other = app.clone();
    other.overlay = None;
    super::super::reading::open(&mut other, row);
    tag(&mut other, found);
    let names = other.listing.current().unwrap().found.clone().unwrap();
    (*names).clone()
}

pub fn pressed(app: &mut App, keys: &str) {
    for key in keys.split_whitespace() {
        let effects = press(app, key);
        work(app, effects);
    }
}

/// The card that is open: its name and its rows in words.
pub fn card(app: &App) -> (String, Vec<String>) {
    let Some(Overlay::Card(card)) = &app.overlay else {
        panic!("{:?}", app.overlay)
    };
    let told = |row: CardRow| match row {
        CardRow::Facts { mentions, articles } => Some(format!("{mentions} in {articles}")),
        CardRow::Heading(section) => Some(format!("# {section:?}")),
        CardRow::Words(text, count) => Some(format!("{text} {count}")),
        CardRow::Companion(subject, count) => Some(format!("+ {} {count}", subject.name)),
        CardRow::Context(id, mention) => {
            let slot = known(app, id).unwrap();
            let mention = &slot.names.as_deref().unwrap().mentions[mention];
            Some(format!("> {} {}", id.article, slot.written(mention)))
        }
        CardRow::Waiting => Some("…".to_owned()),
        CardRow::Gap => None,
    };
    let rows = card_rows(app, &card.subject);
    (
        card.subject.name.clone(),
        rows.into_iter().filter_map(told).collect(),
    )
}

#[test]
fn a_card_gathers_the_whole_shelf() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "] e");
    let (name, rows) = card(&app);
    assert_eq!(name, "شولتس");
    let second = ArticleId {
        source: 0,
        article: 1,
    };
    assert_eq!(
        rows,
        [
            "3 in 2",
            "# Forms",
            "أولاف شولتس 1",
            "# Roles",
            "المستشار 1",
            "# Together",
            "+ كييف 2",
            "+ الناتو 1",
            "+ باريس 1",
            "# Here(2)",
            "> 0 شولتس",
            "> 0 شولتس",
            &format!("# There({second:?}, 1)"),
            "> 1 أولاف شولتس",
        ]
    );
}

#[test]
fn until_the_workers_answer_the_open_article_is_told() {
    let mut app = shelf((80, 24));
    let effects = press(&mut app, "] enter");
    assert_eq!(effects, [Effect::Survey(0)]);
    let (_, rows) = card(&app);
    assert_eq!(rows[0], "2 in 1");
    assert!(rows.contains(&"> 0 شولتس".to_owned()), "{rows:?}");
}

#[test]
fn from_a_mention_to_the_card_to_any_mention_and_back() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "] e G enter");
    assert_eq!(app.listing.open_row(), 1);
    assert_eq!(app.overlay, None);
    let at_hand = app.mention_at_hand();
    assert_eq!(at_hand, Some((Kind::Person, "أولاف شولتس", 1, 1)));
    pressed(&mut app, "ctrl-o");
    assert_eq!(card(&app).0, "شولتس", "the card again");
    assert_eq!(app.listing.open_row(), 0);
    pressed(&mut app, "ctrl-o");
    assert_eq!(app.overlay, None);
    assert_eq!(app.mention_at_hand(), Some((Kind::Person, "شولتس", 1, 2)));
    pressed(&mut app, "2 g o");
    assert_eq!((app.listing.open_row(), &app.overlay), (1, &None));
}

#[test]
fn from_a_name_to_those_named_with_it() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "] e");
    let row = |app: &App, wanted: &str| {
        let Some(Overlay::Card(card)) = &app.overlay else {
            return 0;
        };
        let rows = card_rows(app, &card.subject);
        let is_wanted =
            |row: &CardRow| matches!(row, CardRow::Companion(subject, _) if subject.name == wanted);
        rows.iter().position(is_wanted).unwrap()
    };
    for _ in 0..row(&app, "باريس") {
        pressed(&mut app, "j");
    }
    pressed(&mut app, "enter");
    let (name, rows) = card(&app);
    assert_eq!((name.as_str(), rows[0].as_str()), ("باريس", "1 in 1"));
    pressed(&mut app, "ctrl-o");
    assert_eq!(card(&app).0, "شولتس");
    pressed(&mut app, "q");
    assert_eq!(app.overlay, None);
}

#[test]
fn a_card_asks_for_a_name() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "e");
    assert_eq!(app.status, Some(Status::NoNameAtHand));
    pressed(&mut app, "tab tab j e");
    assert_eq!(card(&app).0, "كييف", "the list's");
}

/// The names that the index lists.
pub fn indexed(app: &App) -> Vec<String> {
    let view = [&app.overlay, &app.under].into_iter().find_map(|overlay| {
        if let Some(Overlay::Index(view)) = overlay {
            Some(view)
        } else {
            None
        }
    });
    let rows = index_rows(app, view.unwrap());
    let entries = &app.register.index().entries;
    rows.iter().map(|&row| entries[row].name.clone()).collect()
}

#[test]
fn the_index_lists_filters_and_sorts_the_names_of_the_shelf() {
    let mut app = shelf((80, 24));
    pressed(&mut app, "I");
    assert_eq!(app.register.surveyed(), 3);
    assert_eq!(indexed(&app), ["أولاف شولتس", "كييف", "باريس", "الناتو"]);
    pressed(&mut app, "o");
    assert_eq!(indexed(&app)[0], "أولاف شولتس");
    pressed(&mut app, "o o");
    assert_eq!(indexed(&app)[0], "أولاف شولتس");
    pressed(&mut app, "w");
    assert_eq!(indexed(&app), ["أولاف شولتس"]);
    pressed(&mut app, "w f");
    write(&mut app, "باريس");
    assert_eq!(indexed(&app), ["باريس"]);
    pressed(&mut app, "enter enter");
    assert_eq!(card(&app).0, "باريس");
    pressed(&mut app, "ctrl-o");
    assert_eq!(indexed(&app), ["باريس"]);
    pressed(&mut app, "escape");
    assert_eq!(indexed(&app).len(), 4);
    pressed(&mut app, "escape");
    assert_eq!(app.overlay, None);
}

#[test]
fn a_survey_stops_when_nobody_looks() {
    let mut app = shelf((80, 24));
    assert_eq!(press(&mut app, "I"), [Effect::Survey(0)]);
    assert_eq!(press(&mut app, "q"), []);
    let surveyed = Message::Surveyed {
        round: 0,
        tallies: vec![(ArticleId::default(), Tally::default())],
        next: 1,
    };
    assert_eq!(update(&mut app, surveyed), []);
    assert_eq!(press(&mut app, "I"), [Effect::Survey(1)], "and goes on");
}

#[test]
fn cards_and_the_index_stand_every_key_at_every_size() {
    let keys = "j k space b d u g g G f a enter escape w W o e x l H j enter X x G enter ctrl-o g o enter ? q q";
    for size in [(0, 0), (1, 1), (5, 3), (20, 5), (59, 10), (80, 24)] {
        for open in ["] e", "I", "I e", "] e G enter ctrl-o"] {
            let mut app = shelf(size);
            pressed(&mut app, open);
            pressed(&mut app, keys);
        }
    }
}

#[test]
fn the_shelf_is_surveyed_while_nothing_happens() {
    let mut app = open((80, 24), &[FIRST, SECOND, THIRD]);
    let idle = |app: &mut App| update(app, Message::Idle);
    assert_eq!(idle(&mut app), [], "the open article comes first");
    tag(&mut app, FIRST_NAMES);
    for row in 0..3 {
        let effects = idle(&mut app);
        assert_eq!(effects, [Effect::Survey(row)]);
        assert_eq!(idle(&mut app), [], "one lot at a time");
        work(&mut app, effects);
    }
    assert_eq!(idle(&mut app), []);
    assert_eq!(app.register.surveyed(), 3);
    assert_eq!(press(&mut app, "I"), [], "all is there at once");
    assert!(app.register.index().find(Kind::Place, "باريس").is_some());
}

#[test]
fn a_large_article_is_surveyed_when_the_index_is_opened() {
    let long = "كلمة ".repeat(40_000);
    let mut app = open((80, 24), &[FIRST, &["طويل", &long], SECOND]);
    tag(&mut app, FIRST_NAMES);
    let mut surveyed = Vec::new();
    loop {
        let effects = update(&mut app, Message::Idle);
        let Some(Effect::Survey(row)) = effects.first() else {
            break;
        };
        surveyed.push(*row);
        work(&mut app, effects);
    }
    assert_eq!(surveyed, [0, 2]);
    let effects = press(&mut app, "I");
    assert_eq!(effects, [Effect::Survey(0)]);
    work(&mut app, effects);
    assert_eq!(app.register.surveyed(), 3);
}
