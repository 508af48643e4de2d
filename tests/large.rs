//! A text that is read in passages: walks through it with windows so small that every screen crosses some.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex};

use qari::action::{Code, Key, Keymap, Layout};
use qari::app::{
    App, ArticleId, Effect, Fate, Found, Message, Page, Rescan, Settings, Status, Stored, update,
};
use qari::doc::{Mark, Pieces, Written};
use qari::library::Record;
use qari::source::{Begun, Large, Progress, Sizes};

const SIZES: Sizes = Sizes {
    window: 2048,
    whole: 3000,
};

/// A reader with one large source, and what is done outside for it.
struct Reading {
    app: App,
    large: Arc<Large>,
    /// Where the scan ended, once it has.
    begun: Option<Begun>,
    /// What a search has found and not told.
    hits: VecDeque<Message>,
}

impl Reading {
    /// Opens a text whose articles are all known, or none of them.
    fn open(pieces: Box<dyn Pieces>, scanned: bool) -> Self {
        Self::of(Large::new("كتاب", pieces, SIZES).unwrap(), scanned)
    }

    fn of(large: Large, scanned: bool) -> Self {
        let keymap = Arc::new(Keymap::built_in(Layout::Pc));
        let mut reading = Self {
            app: App::new(keymap, Settings::default(), (60, 12)),
            large: Arc::new(large),
            begun: None,
            hits: VecDeque::new(),
        };
        let progress = if scanned {
            reading.scan()
        } else {
            Progress::default()
        };
        let stored = Stored {
            first: reading.large.first(),
            marks: progress.marks,
            scanned: progress.read,
            length: reading.large.extent().unwrap(),
            composed: reading.large.is_composed(),
            done: progress.done,
            ..Stored::default()
        };
        reading.tell(Message::Opened(stored));
        reading
    }

    fn text(text: &str) -> Self {
        Self::open(Box::new(text.as_bytes().to_vec()), true)
    }

    fn scan(&mut self) -> Progress {
        let begun = self.large.afresh();
        self.scan_on(begun)
    }

    fn scan_on(&mut self, mut begun: Begun) -> Progress {
        let mut all = self.large.go_on(&mut begun).unwrap();
        while !all.done {
            let next = self.large.go_on(&mut begun).unwrap();
            all.marks.extend(next.marks);
            (all.read, all.done) = (next.read, next.done);
        }
        self.begun = Some(begun);
        all
    }

    /// Takes a message in, and does all that it asks for.
    fn tell(&mut self, message: Message) {
        let mut effects: VecDeque<Effect> = update(&mut self.app, message).into();
        let mut rounds = 0;
        while let Some(effect) = effects.pop_front() {
            rounds += 1;
            assert!(rounds < 10_000, "asks for ever");
            if let Some(message) = self.perform(&effect) {
                effects.extend(update(&mut self.app, message));
            }
        }
    }

    fn perform(&mut self, effect: &Effect) -> Option<Message> {
        match *effect {
            Effect::Hunt(article) => {
                let stored = self.app.listing.stored(article.source)?;
                let (mark, next) = stored.bounds(article.article)?;
                let end = next.map_or(stored.length, Mark::offset);
                let needle = self.app.seek.needle.clone();
                let mut all = Vec::new();
                let take = |hits: Vec<usize>, _| {
                    all.extend(hits);
                    true
                };
                let range = mark.offset()..end;
                self.large.search(range, needle.as_bytes(), take).unwrap();
                self.hits.extend(lots(article, &needle, &all, end));
                self.hits.pop_front()
            }
            Effect::Scan { source, rescan } => {
                let begun = match rescan {
                    Rescan::On => self.begun.take().unwrap().resumed(),
                    Rescan::Afresh => self.large.afresh(),
                };
                let found = self.scan_on(begun);
                Some(Message::Marks {
                    source,
                    kept: found.kept,
                    marks: found.marks,
                    scanned: found.read,
                    text: None,
                    done: found.done,
                })
            }
            Effect::Load { article, around } => {
                let stored = self.app.listing.stored(article.source)?;
                let (mark, next) = stored.bounds(article.article)?;
                let passage = self.large.passage(mark, next, around).unwrap();
                Some(Message::Passage { article, passage })
            }
            Effect::Titles { from, end } => {
                let stored = self.app.listing.stored(0)?;
                let titles = (from..end).filter_map(|row| {
                    let (mark, next) = stored.bounds(row)?;
                    Some((row, self.large.title(mark, next).unwrap()))
                });
                Some(Message::Titles {
                    source: 0,
                    titles: titles.collect(),
                })
            }
            _ => None,
        }
    }

    fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            self.tell(Message::Key(key.parse().unwrap()));
        }
    }

    fn write(&mut self, text: &str) {
        for letter in text.chars() {
            self.tell(Message::Key(Key::plain(Code::Char(letter))));
        }
    }

    /// Whether a paragraph is shown that was read in pieces.
    fn is_in_windows(&self) -> bool {
        let slot = self.app.listing.current().unwrap();
        Page::of(&self.app).is_in_windows(slot)
    }

    /// Where each line that is shown stands in the source, and what stands on it.
    fn shown(&self) -> Vec<(usize, String)> {
        let page = Page::of(&self.app);
        let slot = self.app.listing.current().unwrap();
        let rows = page.rows().iter();
        rows.filter_map(|&row| {
            let (_, line) = page.line(row)?;
            let text = slot.text(row.block)[line.range.clone()].trim_end();
            Some((slot.start(row.block) + line.range.start, text.to_owned()))
        })
        .collect()
    }

    /// The lines that pass over the screen while `key` is pressed until nothing moves any more.
    fn walk(&mut self, key: &str) -> BTreeMap<usize, String> {
        let mut seen = BTreeMap::new();
        let mut last = None;
        for _ in 0..10_000 {
            let place = self.app.listing.current().unwrap().place;
            if last.replace(place) == Some(place) {
                return seen;
            }
            for (place, line) in self.shown() {
                let before = seen.insert(place, line.clone());
                assert!(
                    before.is_none_or(|before| before == line),
                    "{place}: {line}"
                );
            }
            self.press(key);
        }
        panic!("no end");
    }
}

/// A text of one article: numbered paragraphs, with line ends of every kind, blanks that do not break, a mark at the start.
fn one_article() -> String {
    let ends = ["\n", "\r\n", "\n\n", "\u{2028}", "\r", "\u{85}"];
    let mut text = "\u{feff}".to_owned();
    for number in 0..400 {
        text.extend(["فقرة ", &number.to_string(), "\u{a0}من نص طويل جدا "]);
        text += &"وفيها كلام كثير، ".repeat(number % 7);
        text += ends[number % ends.len()];
    }
    text
}

fn words(lines: &BTreeMap<usize, String>) -> Vec<&str> {
    lines
        .values()
        .flat_map(|line| line.split_whitespace())
        .collect()
}

#[test]
fn every_word_passes_over_the_screen_once_down_and_up() {
    let text = one_article();
    let expected: Vec<&str> = text
        .trim_start_matches('\u{feff}')
        .split_whitespace()
        .collect();
    for (down, up) in [("space", "b"), ("j", "k"), ("d", "u"), ("3 0 j", "3 0 k")] {
        let mut reading = Reading::text(&text);
        let seen = reading.walk(down);
        if down.len() == 1 || down == "space" {
            assert!(words(&seen) == expected, "{down}");
        }
        let bottom = reading.shown();
        let seen = reading.walk(up);
        if up.len() == 1 {
            assert!(words(&seen) == expected, "{up}");
        }
        assert!(reading.shown()[0].1.starts_with("فقرة 0"));
        reading.press("G");
        assert_eq!(reading.shown(), bottom, "{down}");
    }
}

#[test]
fn a_large_count_goes_as_far_as_single_steps() {
    let mut steps = Reading::text(&one_article());
    let mut leap = Reading::text(&one_article());
    for _ in 0..500 {
        steps.press("j");
    }
    leap.press("5 0 0 j");
    assert_eq!(leap.shown(), steps.shown());
    leap.press("4 9 0 k");
    for _ in 0..490 {
        steps.press("k");
    }
    assert_eq!(leap.shown(), steps.shown());
}

#[test]
fn goes_to_the_ends_and_anywhere_between() {
    let text = one_article();
    let mut reading = Reading::text(&text);
    reading.press("G");
    assert!(
        reading
            .shown()
            .iter()
            .any(|(_, line)| line.contains("فقرة 399"))
    );
    reading.press("g g");
    assert!(reading.shown()[0].1.contains("فقرة 0"));
    for (keys, percent) in [("5 0 %", 50), ("1 %", 1), ("9 0 %", 90), ("2 5 %", 25)] {
        reading.press(keys);
        let place = text.len() * percent / 100;
        let shown = reading.shown();
        assert!(
            shown[0].0 <= place && place < shown[2].0,
            "{keys}: {place} {shown:?}"
        );
    }
    reading.press(":");
    reading.write("٥٠٪");
    reading.press("enter");
    assert!(reading.shown()[0].0.abs_diff(text.len() / 2) < 200);
    reading.press("1 0 0 %");
    assert!(
        reading
            .shown()
            .iter()
            .any(|(_, line)| line.contains("فقرة 399"))
    );
}

/// A text of many articles.
fn many(count: usize) -> String {
    let article =
        |number| format!("مقال {number}\nمقال {number}\n\nنص المقال {number} كله هنا.\n\n");
    (1..=count).map(article).collect::<Vec<_>>().concat()
}

#[test]
fn goes_to_articles_by_number() {
    let mut reading = Reading::text(&many(500));
    assert_eq!(reading.app.listing.len(), 500);
    reading.press("g $");
    assert_eq!(reading.shown()[0].1, "مقال 500");
    assert_eq!(reading.app.listing.title(499), Some("مقال 500"));
    reading.press("g 0");
    assert_eq!(reading.shown()[0].1, "مقال 1");
    reading.press(":");
    reading.write("250");
    reading.press("enter J");
    assert_eq!(reading.shown()[0].1, "مقال 251");
    reading.press(":");
    reading.write("501");
    reading.press("enter");
    assert_eq!(reading.shown()[0].1, "مقال 251");
    assert!(reading.app.status.is_some());
}

#[test]
fn stays_where_it_is_when_articles_are_found() {
    let mut reading = Reading::open(Box::new(many(300).into_bytes()), false);
    assert_eq!(reading.app.listing.len(), 1);
    for _ in 0..20 {
        reading.press("space");
    }
    let before = reading.shown();
    let found = reading.scan();
    reading.tell(Message::Marks {
        source: 0,
        kept: 0,
        marks: found.marks,
        scanned: found.read,
        text: None,
        done: found.done,
    });
    assert_eq!(reading.app.listing.len(), 300);
    assert!(reading.app.listing.open_row() > 10);
    let now = reading.shown();
    let open = reading.app.listing.open_row() + 1;
    assert_eq!(now[0].1, format!("مقال {open}"));
    assert!(
        before
            .iter()
            .any(|line| line.1.contains(&format!("المقال {open} ")))
            || before[0].1.contains(&open.to_string())
    );
}

#[test]
fn a_line_without_end_is_read_in_pieces() {
    let words_of_it = (0..3000).map(|number| format!("كلمة{number} "));
    let text = words_of_it.collect::<Vec<_>>().concat();
    let mut reading = Reading::text(&text);
    let seen = reading.walk("space");
    assert_eq!(words(&seen), text.split_whitespace().collect::<Vec<_>>());
    reading.press("G");
    assert!(
        reading
            .shown()
            .iter()
            .any(|(_, line)| line.contains("كلمة2999"))
    );
    assert!(reading.is_in_windows());
    reading.press("g g");
    assert!(reading.shown()[0].1.starts_with("كلمة0 "));
    assert!(reading.is_in_windows(), "which the status line tells");
    let mut lines = Reading::text(&one_article());
    assert!(!lines.is_in_windows());
    lines.press("G");
    assert!(!lines.is_in_windows());
}

/// Bytes that others write to while they are read.
#[derive(Clone, Debug, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn append(&self, text: &str) -> usize {
        let mut bytes = self.0.lock().unwrap();
        bytes.extend(text.as_bytes());
        bytes.len()
    }
}

impl Pieces for Shared {
    fn length(&self) -> io::Result<usize> {
        self.0.lock().unwrap().length()
    }

    fn read_at(&self, offset: usize, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.lock().unwrap().read_at(offset, buffer)
    }
}

/// A reader of a text that grows.
fn growing(text: &str) -> (Shared, Reading) {
    let shared = Shared::default();
    shared.append(text);
    (shared.clone(), Reading::open(Box::new(shared), true))
}

impl Reading {
    fn grows(&mut self, shared: &Shared, text: &str) {
        let fate = Fate::Grown(shared.append(text));
        self.tell(Message::Changed { source: 0, fate });
    }

    fn shows(&self, words: &str) -> bool {
        self.shown().iter().any(|(_, line)| line.contains(words))
    }
}

#[test]
fn a_file_that_grows_is_followed_at_its_end() {
    let (shared, mut reading) = growing(&one_article());
    reading.press("F");
    assert!(reading.shows("فقرة 399"));
    for number in 400..420 {
        reading.grows(&shared, &format!("\nفقرة {number} من سطر جديد\n"));
        assert!(reading.shows(&format!("فقرة {number}")), "{number}");
    }
    assert_eq!(reading.app.status, None);
    reading.press("b b");
    let before = reading.shown();
    reading.grows(&shared, "\nفقرة 420 كذلك\n");
    assert_eq!(reading.shown(), before, "who has scrolled away stays there");
    reading.press("G");
    assert!(reading.shows("فقرة 420"));
    reading.press("F");
    reading.grows(&shared, &"\nسطر بعد سطر\n".repeat(40));
    assert!(reading.shows("فقرة 420"), "it is not followed any more");
    assert!(matches!(reading.app.status, Some(Status::Changed { .. })));
}

#[test]
fn articles_that_are_added_are_found_and_followed() {
    let (shared, mut reading) = growing(&many(300));
    reading.press("F");
    for number in 301..=330 {
        // Half a title first: it must not count for long.
        reading.grows(&shared, &format!("مقال {number}\nمقا"));
        reading.grows(
            &shared,
            &format!("ل {number}\n\nنص المقال {number} كله هنا.\n\n"),
        );
        assert_eq!(reading.app.listing.len(), number);
        assert_eq!(reading.app.listing.open_row(), number - 1);
    }
    let whole = Reading::open(Box::new(shared), true);
    let marks = |reading: &Reading| reading.app.listing.stored(0).unwrap().marks.clone();
    assert_eq!(marks(&reading), marks(&whole));
}

#[test]
fn of_a_file_that_is_cut_short_the_rest_is_shown() {
    let (shared, mut reading) = growing(&many(300));
    reading.press("g $");
    shared.0.lock().unwrap().truncate(5000);
    let fate = Fate::Shortened(5000);
    reading.tell(Message::Changed { source: 0, fate });
    assert!(matches!(reading.app.status, Some(Status::Changed { .. })));
    let left = reading.app.listing.len();
    assert!((10..100).contains(&left), "{left}");
    assert_eq!(reading.app.listing.open_row(), left - 1);
    assert!(!reading.shown().is_empty());
    reading.press("g 0");
    assert_eq!(reading.shown()[0].1, "مقال 1");
}

#[test]
fn a_place_in_a_large_article_is_taken_up() {
    let mut reading = Reading::text(&one_article());
    reading.press("5 0 %");
    let slot = reading.app.listing.current().unwrap();
    let record = Record {
        place: Some(slot.spot(slot.place.top)),
        ..Record::default()
    };
    let left = reading.shown();
    let mut again = Reading::text(&one_article());
    let article = again.app.listing.open_id();
    again.tell(Message::Recalled { article, record });
    assert_eq!(again.shown(), left);
    again.press("g g");
    assert!(again.shown()[0].1.starts_with("فقرة 0"), "once only");
}

#[test]
fn goes_on_in_an_article_that_the_scan_has_not_found_yet() {
    let mut reading = Reading::open(Box::new(many(300).into_bytes()), false);
    reading.tell(Message::ResumedLarge(249));
    assert_eq!(reading.app.listing.open_row(), 0, "not known yet");
    let found = reading.scan();
    let marks = |from: usize, to: usize, done| Message::Marks {
        source: 0,
        kept: from,
        marks: found.marks[from..to].to_vec(),
        scanned: found.read,
        text: None,
        done,
    };
    reading.tell(marks(0, 250, false));
    assert!(reading.app.resuming.is_some(), "its end is not known");
    reading.tell(marks(250, 300, true));
    assert_eq!(reading.app.listing.open_row(), 249);
    assert_eq!(reading.shown()[0].1, "مقال 250");
    let mut reading = Reading::open(Box::new(many(300).into_bytes()), false);
    reading.tell(Message::ResumedLarge(249));
    reading.press("j");
    reading.tell(marks(0, 300, true));
    assert_eq!(reading.app.listing.open_row(), 0, "who has moved stays");
}

#[test]
fn another_way_of_reading_leaves_the_reader_about_where_they_were() {
    let text = one_article();
    let mut reading = Reading::text(&text);
    reading.press("5 0 %");
    let before = reading.shown()[0].1.clone();
    reading.press("E");
    assert_eq!(reading.app.status, Some(Status::ReadingAgain));
    // Every letter takes other bytes there: as if it had been in an encoding of one byte a letter.
    let wide = text.replace(' ', "\u{3000}");
    let large = Large::new("كتاب", Box::new(wide.into_bytes()), SIZES).unwrap();
    let written = Written {
        encoding: "windows-1256",
        repaired: false,
    };
    let large = large.written_as(written);
    let stored = Stored {
        name: "كتاب".into(),
        written,
        first: large.first(),
        length: large.length().unwrap(),
        ..Stored::default()
    };
    reading.large = Arc::new(large);
    reading.tell(Message::Outgrown { source: 0, stored });
    let told = Status::Written {
        written,
        drawn: false,
    };
    assert_eq!(reading.app.status, Some(told));
    let number = |line: &str| {
        let digits: String = line.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<usize>().unwrap()
    };
    let now = reading.shown();
    let now = now.iter().find(|line| line.1.contains("فقرة")).unwrap();
    assert!(
        number(&before).abs_diff(number(&now.1)) < 5,
        "{before} {now:?}"
    );
}

/// Hits as a search tells them, ten at a time.
fn lots(article: ArticleId, needle: &str, hits: &[usize], end: usize) -> Vec<Message> {
    let told = |lot: &[usize], reached, done| {
        Message::Found(Found {
            article,
            needle: needle.to_owned(),
            hits: lot.to_owned(),
            reached,
            done,
        })
    };
    let lots = hits.chunks(10);
    let mut lots: Vec<Message> = lots
        .map(|lot| told(lot, lot.last().unwrap() + 1, false))
        .collect();
    lots.push(told(&[], end, true));
    lots
}

impl Reading {
    /// Searches; all that is found is told, or the first lots of it.
    fn seek(&mut self, words: &str, lots: usize) {
        self.press("/");
        self.write(words);
        self.press("enter");
        for _ in 1..lots {
            if let Some(found) = self.hits.pop_front() {
                self.tell(found);
            }
        }
    }
}

#[test]
fn hits_are_found_beyond_what_is_at_hand() {
    let mut reading = Reading::text(&one_article());
    reading.seek("فقرة 39", usize::MAX >> 50);
    assert!(reading.shows("فقرة 39"));
    let hit = |at, wrapped| {
        Some(Status::Hit {
            at,
            of: 11,
            wrapped,
        })
    };
    assert_eq!(reading.app.status, hit(1, false));
    reading.press("n n");
    assert!(reading.shows("فقرة 391"));
    assert_eq!(reading.app.status, hit(3, false));
    reading.press("1 0 n");
    assert_eq!(reading.app.status, hit(2, true));
    assert!(reading.shows("فقرة 390"));
    reading.press("g g N");
    assert_eq!(reading.app.status, hit(1, false));
    reading.press("N");
    assert_eq!(reading.app.status, hit(11, true));
    assert!(reading.shows("فقرة 399"));
    reading.seek("لا شيء من هذا", 2);
    assert!(matches!(reading.app.status, Some(Status::NotFound(_))));
}

#[test]
fn a_hit_that_is_not_known_yet_is_waited_for() {
    let mut reading = Reading::text(&one_article());
    reading.seek("فقرة ", 1);
    assert_eq!(reading.app.status, Some(Status::HitSoFar(1)));
    reading.press("2 0 n");
    assert!(matches!(reading.app.status, Some(Status::Seeking(_))));
    let before = reading.shown();
    let found = reading.hits.pop_front().unwrap();
    reading.tell(found);
    assert!(matches!(reading.app.status, Some(Status::Seeking(_))));
    let found = reading.hits.pop_front().unwrap();
    reading.tell(found);
    assert_eq!(reading.app.status, Some(Status::HitSoFar(21)));
    assert_ne!(reading.shown(), before);
    // Whoever does something else is not pulled away any more.
    reading.press("9 9 n k");
    let before = reading.shown();
    while let Some(found) = reading.hits.pop_front() {
        reading.tell(found);
    }
    assert_eq!(reading.shown(), before);
    reading.press("escape");
    assert_eq!(reading.app.seek.needle, "");
}

/// The records of two articles, the second of which is longer than any passage; nothing is told of the last paragraph.
fn records() -> String {
    let paragraphs =
        (0..60_000).map(|number| format!("الفقرة {number}، وفيها كلام كثير من كل لون ونوع.\\n"));
    let long: String = paragraphs.collect();
    let filling = "كلمات أخرى تملأ ما بقي من السطر. ".repeat(100_000);
    format!(
        "{{\"title\": \"أول\", \"text\": \"نص قصير\"}}\n{{\"title\": \"ثان\", \"text\": \"{long}النهاية\"}}\n{{\"text\": \"{filling}\"}}\n"
    )
}

#[test]
fn walks_through_what_a_parser_makes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.jsonl");
    std::fs::write(&path, records()).unwrap();
    let source = qari::source::Source::Path(path);
    let opened = qari::source::open(source, qari::source::Reading::default()).unwrap();
    let qari::source::Opened::Large(large) = opened else {
        panic!("{opened:?}");
    };
    let mut reading = Reading::of(large, true);
    assert_eq!(reading.app.listing.len(), 3);
    assert_eq!(reading.shown()[0].1, "أول");
    assert_eq!(reading.app.listing.title(1), Some("ثان"));
    reading.press("J");
    assert_eq!(reading.shown()[0].1, "ثان");
    reading.press("G");
    assert_eq!(reading.shown().last().unwrap().1, "النهاية");
    reading.press("5 0 %");
    let middle = reading.shown();
    assert!(
        middle.iter().any(|line| line.1.starts_with("الفقرة 30")),
        "{middle:?}"
    );
    reading.press("/");
    reading.write("الفقرة 59876");
    reading.press("enter");
    let found = reading.shown();
    assert!(
        found.iter().any(|line| line.1.starts_with("الفقرة 59876")),
        "{found:?}"
    );
    reading.press("g g");
    assert_eq!(reading.shown()[0].1, "ثان");
    reading.press("J G");
    let slot = reading.app.listing.current().unwrap();
    assert!(
        slot.is_piece(slot.blocks().len() - 1),
        "too long to be held"
    );
    reading.press("K K");
    assert_eq!(reading.shown()[0].1, "أول");
}
