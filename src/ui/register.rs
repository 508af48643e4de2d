//! The index of names over the shelf, in a box over the text.

use ratatui::buffer::Buffer;

use crate::app::{App, IndexView, Rect, index_frame, index_list, index_rows};
use crate::entity::index::Entry;
use crate::locale::Locale;

use super::Scene;
use super::frame;
use super::paint::{after, fill, put_label, put_title};
use super::palette::Palette;

/// From this width on a row tells its first and its last article.
const WIDE: u16 = 50;
/// The columns for a number.
const NUMBER: u16 = 5;

/// Draws the index.
pub fn draw(scene: Scene<'_>, palette: Palette<'_>, view: &IndexView, buffer: &mut Buffer) {
    let Scene { app, locale, .. } = scene;
    let direction = app.settings.direction;
    let frame = index_frame(app);
    let title = match &view.joined {
        Some(joined) => locale.format(
            "index-same",
            &[("name", joined.subject.name.as_str().into())],
        ),
        None => locale.text("index-title"),
    };
    frame::draw(frame, &title, direction, palette, buffer);
    let rows = index_rows(app, view);
    let top = Rect {
        height: frame.inner.height.min(1),
        ..frame.inner
    };
    let summary = summary(app, view, rows.len(), locale);
    put_label(buffer, top, &summary, direction, palette.faint());
    let inside = index_list(frame);
    let entries = &app.register.index().entries;
    if rows.is_empty() && app.register.surveyed() >= app.listing.len() {
        let none = locale.text("names-none");
        let first = Rect {
            height: inside.height.min(1),
            ..inside
        };
        put_label(buffer, first, &none, direction, palette.faint());
    }
    let shown = rows.iter().enumerate().skip(view.cursor.top);
    for ((index, &entry), y) in shown.zip(inside.y..inside.y + inside.height) {
        let area = Rect {
            y,
            height: 1,
            ..inside
        };
        if let Some(entry) = entries.get(entry) {
            let selected = index == view.cursor.selected;
            draw_entry(scene, palette, (entry, selected), area, buffer);
        }
    }
}

/// How many entries are listed, in which order, and how far the shelf has been read.
fn summary(app: &App, view: &IndexView, shown: usize, locale: &Locale) -> String {
    let all = app.register.index().entries.len();
    let count = locale.format(
        "names-heading-filtered",
        &[("shown", shown.into()), ("count", all.into())],
    );
    let mut parts = vec![
        count,
        locale.text(&format!("index-sort-{}", view.sort.name())),
    ];
    let (at, of) = (app.register.surveyed(), app.listing.len());
    if at < of {
        let progress = locale.format("index-progress", &[("at", at.into()), ("of", of.into())]);
        parts.insert(0, progress);
    }
    if let Some(kind) = view.filter.kind {
        parts.push(locale.text(&format!("kinds-{kind}")));
    }
    if !view.filter.typed.is_empty() {
        parts.push(format!("«{}»", view.filter.typed));
    }
    parts.join(" · ")
}

fn draw_entry(
    scene: Scene<'_>,
    palette: Palette<'_>,
    (entry, selected): (&Entry, bool),
    area: Rect,
    buffer: &mut Buffer,
) {
    let direction = scene.app.settings.direction;
    let chosen = |style| Palette::row(style, selected);
    if selected {
        fill(buffer, area, chosen(Palette::text()));
    }
    let letter = scene.locale.text(&format!("kind-letter-{}", entry.kind));
    put_label(
        buffer,
        area,
        &letter,
        direction,
        chosen(palette.kind(entry.kind)),
    );
    let mut free = after(area, 2, direction);
    let number = |place: Option<&(usize, usize)>| {
        let id = place.map(|&(number, _)| crate::app::article_of(number));
        id.map_or(0, |id| scene.app.listing.row(id) + 1)
    };
    let mut cells = vec![entry.mentions.to_string()];
    if area.width >= WIDE {
        let (first, last) = (number(entry.places.first()), number(entry.places.last()));
        cells.insert(0, entry.places.len().to_string());
        cells.insert(
            0,
            if first == last {
                first.to_string()
            } else {
                format!("{first}–{last}")
            },
        );
    }
    let end = direction.flipped();
    for (place, cell) in cells.iter().enumerate() {
        let room = if cells.len() > 1 && place == 0 {
            2 * NUMBER
        } else {
            NUMBER
        };
        let room = room.min(free.width / 2);
        let spot = after(free, free.width - room, direction);
        put_label(buffer, spot, cell, end, chosen(palette.faint()));
        free = after(free, room, end);
    }
    put_title(
        buffer,
        free,
        &entry.name,
        direction,
        chosen(Palette::text()),
    );
}
