//! The status line: the article, how far, how long still, which paragraph, the name at hand; or a message, or the search line.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::action::{Action, Mode};
use crate::app::{App, Ask, Fate, Line, Overlay, Page, Panes, ReadingTime, Rect, Slot, Status};
use crate::doc::UTF_8;
use crate::layout::{Digits, Justify, lay_out_label};
use crate::locale::Locale;
use crate::text::Direction;
use crate::text::bidi::first_strong;
use crate::text::visible::has_override;

use super::Scene;
use super::paint::{after, fill, mark, put_glyph, put_label, put_line};
use super::palette::Palette;

/// Words that a practised reader of Arabic reads in a minute.
const WORDS_A_MINUTE: usize = 180;
/// Bytes of UTF-8 that an Arabic word takes with its space, to guess with until the words have been counted.
const BYTES_A_WORD: usize = 11;

/// Draws the status line.
pub fn draw(
    scene: Scene<'_>,
    palette: Palette<'_>,
    panes: &Panes,
    page: &Page,
    buffer: &mut Buffer,
) {
    let Scene { app, locale, .. } = scene;
    let area = panes.status;
    if area.is_empty() {
        return;
    }
    let style = Palette::chosen(palette.faint());
    let direction = app.settings.direction;
    fill(buffer, area, style);
    let margin = u16::from(area.width > 10);
    let row = after(after(area, margin, Direction::Ltr), margin, Direction::Rtl);
    if let Some(Overlay::Prompt { ask, line }) = &app.overlay {
        let asked = locale.text(match ask {
            Ask::Search => "prompt-search",
            Ask::Filter => "prompt-filter",
            Ask::Place => "prompt-go-to",
            Ask::Bookmark | Ask::Rename(_) => "prompt-bookmark",
            Ask::Note | Ask::Rewrite(_) => "prompt-note",
        });
        let taken = put_label(buffer, row, &asked, direction, style);
        draw_typed(
            line,
            after(row, taken + 1, direction),
            direction,
            style,
            buffer,
        );
        return;
    }
    let left = match &app.status {
        Some(status) => message(status, app, locale),
        None if app.selection.is_some() => selecting(app, locale),
        None => app
            .listing
            .current()
            .map(|slot| place(app, slot, page, locale))
            .unwrap_or_default(),
    };
    let taken = put_label(buffer, row, &left, direction, style);
    let hints = hints(app, locale);
    let rest = after(row, taken + 2, direction);
    let width = crate::layout::lay_out_label(&hints, usize::from(u16::MAX), direction)
        .lines()
        .first()
        .map_or(0, |line| line.width);
    if width <= usize::from(rest.width) {
        put_label(
            buffer,
            rest_end(rest, width, direction),
            &hints,
            direction,
            style,
        );
    }
}

/// Draws a line that is being typed, and the caret on the letter that it stands before. The line runs as its own first strong letter
/// says; of one that is too long the part around the caret is shown.
fn draw_typed(line: &Line, area: Rect, direction: Direction, style: Style, buffer: &mut Buffer) {
    let text = line.text();
    let base = first_strong(text).unwrap_or(direction);
    // A column for a caret behind the last letter.
    let room = usize::from(area.width.saturating_sub(1)).max(1);
    let width = |text: &str| {
        let layout = lay_out_label(text, usize::from(u16::MAX), base);
        layout.lines().first().map_or(0, |line| line.width)
    };
    let mut from = 0;
    for (next, _) in text.char_indices() {
        if next > line.caret() || width(&text[from..line.caret()]) < room {
            break;
        }
        from = next;
    }
    let shown = &text[from..];
    let layout = lay_out_label(shown, room, base);
    let Some(row) = layout.lines().first() else {
        return;
    };
    let used = u16::try_from(row.width)
        .unwrap_or(area.width)
        .min(area.width);
    let (first, end) = match direction {
        Direction::Rtl => (area.x + area.width - used, area.x + area.width),
        Direction::Ltr => (area.x, area.x + used),
    };
    // Where the line runs against the interface, the caret behind its end takes the column before it.
    let shift = u16::from(base != direction);
    let first = match direction {
        Direction::Rtl => first.saturating_sub(shift),
        Direction::Ltr => first + shift,
    };
    put_line(buffer, (first, area.y), end + shift, &layout, row, style);
    let caret = line.caret() - from;
    let mut columns = layout.columns(row, caret..caret + 1);
    if columns.next().is_some() {
        mark(
            buffer,
            (first, area.y),
            &layout,
            row,
            caret..caret + 1,
            Palette::text(),
        );
        return;
    }
    let behind = match base {
        Direction::Rtl => first.checked_sub(1),
        Direction::Ltr => Some(first + used),
    };
    let is_inside = |x: &u16| (area.x..area.x + area.width).contains(x);
    if let Some(x) = behind.filter(is_inside) {
        put_glyph(buffer, x, area.y, " ", 1, Palette::text());
    }
}

/// The last `width` columns of an area, seen from where `direction` begins.
fn rest_end(area: crate::app::Rect, width: usize, direction: Direction) -> crate::app::Rect {
    let spare = area
        .width
        .saturating_sub(u16::try_from(width).unwrap_or(area.width));
    after(area, spare, direction)
}

/// The keys that a newcomer needs most, or what has been typed of a longer key.
fn hints(app: &App, locale: &Locale) -> String {
    let typed = app.pending.to_string();
    if !typed.is_empty() {
        return typed;
    }
    let (help, quit) = (first_key(app, Action::Help), first_key(app, Action::Quit));
    locale.format(
        "status-keys",
        &[
            ("help", help.as_str().into()),
            ("quit", quit.as_str().into()),
        ],
    )
}

/// The first of the keys that ask for an action.
fn first_key(app: &App, action: Action) -> String {
    let keys = app.keymap.keys_for(Mode::Reading, action);
    keys.into_iter().next().unwrap_or_default()
}

/// What can be done with what is being chosen.
fn selecting(app: &App, locale: &Locale) -> String {
    let key = |action| {
        let keys = app.keymap.keys_for(Mode::Selecting, action);
        keys.into_iter().next().unwrap_or_default()
    };
    let fixed = app
        .selection
        .as_ref()
        .is_some_and(|selection| selection.from.is_some());
    let id = if fixed {
        "status-selecting"
    } else {
        "status-looking"
    };
    let (select, choose) = (key(Action::Select), key(Action::Choose));
    let (note, copy) = (key(Action::Note), key(Action::Copy));
    locale.format(
        id,
        &[
            ("select", select.as_str().into()),
            ("choose", choose.as_str().into()),
            ("note", note.as_str().into()),
            ("copy", copy.as_str().into()),
        ],
    )
}

/// Where the reader is: the article, and in it how far, how long still, and which paragraph.
fn place(app: &App, slot: &Slot, page: &Page, locale: &Locale) -> String {
    let counted =
        |id, at: usize, of: usize| locale.format(id, &[("at", at.into()), ("of", of.into())]);
    let mut parts = vec![counted(
        "status-article",
        app.listing.open_row() + 1,
        app.listing.len(),
    )];
    let range = slot.range();
    let whole = range.len();
    if whole == 0 {
        return parts.remove(0);
    }
    let (first, last) = page.shown(slot);
    let read = last.saturating_sub(range.start).min(whole);
    parts.push(locale.format(
        "status-percent",
        &[("percent", (read.saturating_mul(100) / whole).into())],
    ));
    if read < whole {
        let counted = slot.words.filter(|_| slot.is_whole());
        let words = counted.unwrap_or(whole / BYTES_A_WORD);
        let left = words.saturating_mul(whole - read) / whole;
        let minutes = (left + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE;
        parts.push(locale.format("status-minutes", &[("minutes", minutes.into())]));
    }
    if slot.is_whole() {
        parts.push(counted(
            "status-paragraph",
            slot.block_at(first) + 1,
            slot.blocks().len(),
        ));
    }
    if let Some((kind, name, at, of)) = app.mention_at_hand() {
        let letter = locale.text(&format!("kind-letter-{kind}"));
        // The name at hand is what the reader just asked for: it comes first, where a narrow screen keeps it.
        let name = locale.format(
            "status-mention",
            &[
                ("letter", letter.as_str().into()),
                ("name", name.into()),
                ("at", at.into()),
                ("of", of.into()),
            ],
        );
        parts.insert(0, name);
    }
    if let Some(count) = app.so_far {
        parts.insert(
            0,
            locale.format("status-so-far", &[("count", count.into())]),
        );
    }
    if app.follow.is_on() {
        let key = first_key(app, Action::Cancel);
        parts.insert(
            0,
            locale.format("status-following", &[("key", key.as_str().into())]),
        );
    }
    if page.is_in_windows(slot) {
        parts.insert(0, locale.text("status-windows"));
    }
    let is_overridden = |block| slot.long.is_overridden(slot.start(block));
    if page.texts(slot).any(has_override) || page.blocks().any(is_overridden) {
        parts.insert(0, locale.text("status-override"));
    }
    if slot.document.written.encoding != UTF_8 {
        parts.push(slot.document.written.encoding.to_owned());
    }
    parts.join(" · ")
}

/// Why the reader cannot go to the place that was typed.
fn no_place(
    id: &str,
    typed: &str,
    (name, number): (&'static str, usize),
    locale: &Locale,
) -> String {
    locale.format(id, &[("typed", typed.into()), (name, number.into())])
}

/// Which keys lead to a name, and make one of words.
fn no_name(app: &App, locale: &Locale) -> String {
    let keys = [
        ("next", Action::NextMention),
        ("select", Action::Select),
        ("correct", Action::Correct),
    ];
    let keys = keys.map(|(name, action)| (name, first_key(app, action)));
    let words = keys
        .each_ref()
        .map(|(name, key)| (*name, key.as_str().into()));
    locale.format("message-no-name-at-hand", &words)
}

/// How long was read.
fn read(time: ReadingTime, locale: &Locale) -> String {
    [
        ("read-here", time.here),
        ("read-today", time.today),
        ("read-minutes", time.all),
        ("read-finished", time.finished),
    ]
    .map(|(id, count)| locale.format(id, &[("count", count.into())]))
    .join(" · ")
}

/// The words of a message.
fn message(status: &Status, app: &App, locale: &Locale) -> String {
    match status {
        Status::NotFound(needle) => {
            locale.format("message-not-found", &[("needle", needle.as_str().into())])
        }
        Status::Hit { at, of, wrapped } => {
            let id = if *wrapped {
                "message-hit-wrapped"
            } else {
                "message-hit"
            };
            locale.format(id, &[("at", (*at).into()), ("of", (*of).into())])
        }
        Status::NoLink => locale.text("message-no-link"),
        Status::Link(address) => {
            locale.format("message-link", &[("address", address.as_str().into())])
        }
        Status::Note(text) => locale.format("message-note", &[("text", text.as_str().into())]),
        Status::NoSearch => {
            let key = first_key(app, Action::Search);
            locale.format("message-no-search", &[("search", key.as_str().into())])
        }
        Status::NoMention => locale.text("message-no-mention"),
        Status::NoNameAtHand => no_name(app, locale),
        Status::Kinds(None) => locale.text("message-kind-all"),
        Status::Kinds(Some(kind)) => {
            let kind = locale.text(&format!("kinds-{kind}"));
            locale.format("message-kind-only", &[("kind", kind.as_str().into())])
        }
        Status::Corrected(name) => {
            let key = first_key(app, Action::TakeBack);
            locale.format(
                "message-corrected",
                &[
                    ("name", name.as_str().into()),
                    ("back", key.as_str().into()),
                ],
            )
        }
        Status::TakenBack(name) => {
            locale.format("message-taken-back", &[("name", name.as_str().into())])
        }
        Status::NoCorrection => locale.text("message-no-correction"),
        Status::NoJump => locale.text("message-no-place"),
        Status::StillTagging => locale.text("message-still-tagging"),
        Status::NoArticle => locale.text("message-no-article"),
        Status::Bookmarked(name) => {
            locale.format("message-bookmarked", &[("name", name.as_str().into())])
        }
        Status::Highlighted => locale.text("message-highlighted"),
        Status::Copied(words) => locale.format("message-copied", &[("count", (*words).into())]),
        Status::NoMarks => locale.text("message-no-marks"),
        Status::Read(time) => read(*time, locale),
        Status::NoWord => locale.text("message-no-word"),
        Status::NotOpen(source) => {
            locale.format("message-not-open", &[("source", source.as_str().into())])
        }
        Status::NoPlace(typed) => no_place(
            "message-no-such-place",
            typed,
            ("count", app.listing.len()),
            locale,
        ),
        Status::Scanning { typed, percent } => {
            no_place("message-scanning", typed, ("percent", *percent), locale)
        }
        Status::HitSoFar(_) | Status::Seeking(_) | Status::Changed { .. } | Status::NotFollowed => {
            large_message(status, app, locale)
        }
        Status::StoredAsDrawn { .. }
        | Status::Written { .. }
        | Status::NothingToRepair
        | Status::ReadingAgain
        | Status::Renewed(_)
        | Status::Unread(_)
        | Status::BadLines { .. }
        | Status::MissingParts { .. }
        | Status::InvalidBytes { .. } => source_message(status, app, locale),
        Status::Tashkeel(true) => locale.text("message-tashkeel-shown"),
        Status::Tashkeel(false) => locale.text("message-tashkeel-hidden"),
        Status::Tatweel(true) => locale.text("message-tatweel-shown"),
        Status::Tatweel(false) => locale.text("message-tatweel-hidden"),
        Status::Controls(true) => locale.text("message-controls-shown"),
        Status::Controls(false) => locale.text("message-controls-hidden"),
        Status::Digits(Digits::AsWritten) => locale.text("message-digits-written"),
        Status::Digits(Digits::Arabic) => locale.text("message-digits-arabic"),
        Status::Digits(Digits::Ascii) => locale.text("message-digits-ascii"),
        Status::Justify(Justify::Ragged) => locale.text("message-justify-ragged"),
        Status::Justify(Justify::Spaces) => locale.text("message-justify-spaces"),
        Status::Justify(Justify::Kashida) => locale.text("message-justify-kashida"),
        Status::Profile { name, found } => {
            let id = if *found {
                "message-profile-found"
            } else {
                "message-profile"
            };
            locale.format(id, &[("profile", (*name).into())])
        }
        Status::Failed(text) => text.clone(),
    }
}

/// The words of a message about a search that goes on, or a file that does.
fn large_message(status: &Status, app: &App, locale: &Locale) -> String {
    match status {
        Status::HitSoFar(at) => locale.format("message-hit-so-far", &[("at", (*at).into())]),
        Status::Seeking(percent) => {
            let key = first_key(app, Action::Cancel);
            locale.format(
                "message-seeking",
                &[("percent", (*percent).into()), ("key", key.as_str().into())],
            )
        }
        Status::Changed { fate, held } => changed(*fate, *held, app, locale),
        Status::NotFollowed => locale.text("message-not-followed"),
        _ => String::new(),
    }
}

/// What has become of the file of the open article.
fn changed(fate: Fate, held: bool, app: &App, locale: &Locale) -> String {
    let id = match (fate, held) {
        (Fate::Grown(_), _) => "message-grown",
        (Fate::Shortened(_), true) => "message-shortened-held",
        (Fate::Shortened(_), false) => "message-shortened",
        (Fate::Rewritten | Fate::Replaced, true) => "message-rewritten-held",
        (Fate::Rewritten, false) => "message-rewritten",
        (Fate::Replaced, false) => "message-replaced",
        (Fate::Gone | Fate::Fixed, _) => "message-gone",
    };
    let key = first_key(app, Action::Follow);
    locale.format(id, &[("key", key.as_str().into())])
}

/// The words of a message about how a source was read.
fn source_message(status: &Status, app: &App, locale: &Locale) -> String {
    match status {
        Status::StoredAsDrawn { forms, visual } => {
            let id = match (forms, visual) {
                (true, true) => "message-stored-both",
                (true, false) => "message-stored-forms",
                _ => "message-stored-visual",
            };
            let key = first_key(app, Action::Repair);
            locale.format(id, &[("key", key.as_str().into())])
        }
        Status::Written { written, drawn } => {
            let id = match (written.repaired, drawn) {
                (true, _) => "message-repaired",
                (false, true) => "message-as-stored",
                _ => "message-encoding",
            };
            locale.format(id, &[("encoding", written.encoding.into())])
        }
        Status::NothingToRepair => locale.text("message-nothing-to-repair"),
        Status::ReadingAgain => locale.text("message-reading-again"),
        Status::Renewed(name) => {
            locale.format("message-renewed", &[("name", name.as_str().into())])
        }
        Status::Unread(unread) => match unread.as_slice() {
            [(_, text)] => text.clone(),
            unread => {
                let names: Vec<&str> = unread.iter().map(|(name, _)| name.as_str()).collect();
                locale.format(
                    "message-unread",
                    &[
                        ("count", unread.len().into()),
                        (
                            "names",
                            names
                                .join(locale.text("list-comma").as_str())
                                .as_str()
                                .into(),
                        ),
                    ],
                )
            }
        },
        Status::BadLines {
            source,
            count,
            first,
        } => locale.format(
            "notice-bad-lines",
            &[
                ("name", source.as_str().into()),
                ("count", (*count).into()),
                ("first", (*first).into()),
            ],
        ),
        Status::MissingParts { source, count } => locale.format(
            "notice-missing-parts",
            &[("name", source.as_str().into()), ("count", (*count).into())],
        ),
        Status::InvalidBytes { source, count } => locale.format(
            "message-invalid-bytes",
            &[
                ("source", source.as_str().into()),
                ("count", (*count).into()),
            ],
        ),
        _ => String::new(),
    }
}
