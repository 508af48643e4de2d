//! The sidebar: the articles above, the names of the open one below, and the line that parts it from the text.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::app::{
    App, Cursor, Focus, NameRow, Panes, Rect, Standing, name_rows, spread, strip_entity,
};
use crate::text::Direction;
use crate::text::marks::is_tashkeel;

use super::Scene;
use super::paint::{after, fill, put_glyph, put_label, put_title};
use super::palette::Palette;

/// Draws the sidebar where the panes have one.
pub fn draw(scene: Scene<'_>, palette: Palette<'_>, panes: &Panes, buffer: &mut Buffer) {
    for area in [panes.divider, panes.articles, panes.names, panes.strip] {
        fill(buffer, area, Palette::text());
    }
    let divider = panes.divider;
    for y in divider.y..divider.y + divider.height {
        for x in divider.x..divider.x + divider.width {
            put_glyph(buffer, x, y, "│", 1, palette.faint());
        }
    }
    if !panes.articles.is_empty() {
        draw_articles(scene, palette, panes.articles, buffer);
    }
    if !panes.names.is_empty() {
        draw_names(scene, palette, panes.names, buffer);
    }
    if !panes.strip.is_empty() {
        draw_places(scene, palette, panes.strip, buffer);
    }
}

/// Draws where the name at hand occurs in the article.
fn draw_places(scene: Scene<'_>, palette: Palette<'_>, area: Rect, buffer: &mut Buffer) {
    let app = scene.app;
    let (Some(slot), Some(entity)) = (app.listing.current(), strip_entity(app)) else {
        return;
    };
    let names = slot.names.as_deref();
    let Some(found) = names.and_then(|names| names.entities.get(entity)) else {
        return;
    };
    let row = row_of(area, 0);
    let parts = spread(slot, entity, row.width.into());
    let styles = (palette.kind(found.kind), palette.faint());
    draw_strip(row, &parts, app.settings.direction, styles, buffer);
}

/// One row of a list's pane, without the column that stands free on either side.
fn row_of(area: Rect, index: u16) -> Rect {
    let margin = u16::from(area.width > 4);
    Rect {
        x: area.x + margin,
        y: area.y + index,
        width: area.width - 2 * margin,
        height: 1,
    }
}

/// Draws a list's heading, with a mark before it while the list has the focus.
fn draw_heading(
    area: Rect,
    text: &str,
    focused: bool,
    direction: Direction,
    style: Style,
    buffer: &mut Buffer,
) {
    let mark = match direction {
        Direction::Rtl => "◂",
        Direction::Ltr => "▸",
    };
    let row = row_of(area, 0);
    let taken = if focused {
        put_label(buffer, row, mark, direction, style) + 1
    } else {
        0
    };
    put_label(buffer, after(row, taken, direction), text, direction, style);
}

/// The rows of a list that its pane shows: index in the list and row of the pane.
fn shown(cursor: Cursor, len: usize, area: Rect) -> impl Iterator<Item = (usize, u16)> {
    (cursor.top..len).zip(1..area.height)
}

/// A title or a name with its tashkeel, or without where the reader hides it.
fn shown_title<'a>(app: &App, title: &'a str) -> Cow<'a, str> {
    if app.settings.drawing.tashkeel && app.settings.tashkeel_lands {
        Cow::Borrowed(title)
    } else {
        Cow::Owned(title.replace(is_tashkeel, ""))
    }
}

/// Draws the list of articles.
fn draw_articles(scene: Scene<'_>, palette: Palette<'_>, area: Rect, buffer: &mut Buffer) {
    let Scene { app, locale, .. } = scene;
    let direction = app.settings.direction;
    let focused = app.focus == Focus::Articles;
    let heading = locale.format("articles-heading", &[("count", app.listing.len().into())]);
    let heading = match app.listing.scanned() {
        Some(percent) => locale.format(
            "articles-scanning",
            &[
                ("count", app.listing.len().into()),
                ("percent", percent.into()),
            ],
        ),
        None => heading,
    };
    draw_heading(area, &heading, focused, direction, palette.accent(), buffer);
    for (index, y) in shown(app.article_cursor, app.listing.len(), area) {
        // Titles of a large source are read when they are shown.
        let title = app.listing.title(index).unwrap_or("…");
        let row = row_of(area, y);
        let open = index == app.listing.open_row();
        let style = if open {
            palette.accent()
        } else {
            Palette::text()
        };
        let style = if focused && index == app.article_cursor.selected {
            let style = Palette::chosen(style);
            fill(
                buffer,
                Rect {
                    y: area.y + y,
                    height: 1,
                    ..area
                },
                style,
            );
            style
        } else {
            style
        };
        let standing = app
            .listing
            .id(index)
            .and_then(|id| app.records.standing(id));
        let mark = match standing {
            _ if open => "•",
            Some(Standing::Unread) => "○",
            Some(Standing::Finished) => "✓",
            Some(Standing::Begun) | None => " ",
        };
        put_label(buffer, row, mark, direction, style);
        let title = shown_title(app, title);
        put_title(buffer, after(row, 2, direction), &title, direction, style);
    }
}

/// The columns kept for counts beside strips.
const COUNT: u16 = 3;

/// The columns of the strips in a list of names that is this wide: none where names would lose too much.
const fn strip_width(area: Rect) -> u16 {
    if area.width >= 32 { 8 } else { 0 }
}

/// Draws how the mentions of a name lie over the article: a cell for each part, the first where `direction` begins, the higher the more.
fn draw_strip(
    area: Rect,
    parts: &[usize],
    direction: Direction,
    (some, none): (Style, Style),
    buffer: &mut Buffer,
) {
    for (part, &count) in (0..area.width).zip(parts) {
        let x = match direction {
            Direction::Rtl => area.x + area.width - 1 - part,
            Direction::Ltr => area.x + part,
        };
        let (glyph, style) = match count {
            0 => ("▁", none),
            1 => ("▄", some),
            2 => ("▆", some),
            _ => ("█", some),
        };
        put_glyph(buffer, x, area.y, glyph, 1, style);
    }
}

/// Draws the row of an entity: its name, where it occurs if there is room for that, how often.
fn draw_entity(
    app: &App,
    palette: Palette<'_>,
    (entity, selected): (usize, bool),
    (area, row): (Rect, Rect),
    buffer: &mut Buffer,
) {
    let direction = app.settings.direction;
    let Some(slot) = app.listing.current() else {
        return;
    };
    let names = slot.names.as_deref();
    let Some(found) = names.and_then(|names| names.entities.get(entity)) else {
        return;
    };
    let mut style = Palette::text();
    let (mut count_style, mut strip_style) = (palette.faint(), palette.kind(found.kind));
    if selected {
        style = Palette::chosen(style);
        (count_style, strip_style) = (style, style);
        let whole = Rect {
            y: row.y,
            height: 1,
            ..area
        };
        fill(buffer, whole, style);
    } else if slot.place.entity == Some(entity) {
        style = palette.name(found.kind);
    }
    let end = direction.flipped();
    let count = found.mentions.len().to_string();
    let mut taken = put_label(buffer, row, &count, end, count_style);
    let strip = strip_width(area);
    if strip > 0 {
        taken = taken.max(COUNT) + 1;
        let room = after(row, taken, end);
        let place = after(room, room.width.saturating_sub(strip), direction);
        let parts = spread(slot, entity, strip.into());
        draw_strip(place, &parts, direction, (strip_style, count_style), buffer);
        taken += strip;
    }
    let free = after(after(row, taken + 1, end), 2, direction);
    let name = shown_title(app, &found.name);
    put_title(buffer, free, &name, direction, style);
}

/// Draws the list of names, or a word on why it is empty.
fn draw_names(scene: Scene<'_>, palette: Palette<'_>, area: Rect, buffer: &mut Buffer) {
    let Scene { app, locale, .. } = scene;
    let direction = app.settings.direction;
    let focused = app.focus == Focus::Names;
    let Some(slot) = app.listing.current() else {
        return;
    };
    let rows = name_rows(app);
    let heading = match slot.names.as_deref() {
        None => locale.text("names-tagging"),
        Some(names) if names.entities.is_empty() => locale.text("names-none"),
        Some(names) if !app.filter.is_empty() => {
            let shown = rows.iter().filter(|row| matches!(row, NameRow::Entity(_)));
            locale.format(
                "names-heading-filtered",
                &[
                    ("shown", shown.count().into()),
                    ("count", names.entities.len().into()),
                ],
            )
        }
        Some(names) => {
            let id = if slot.is_whole() && slot.named.is_none() {
                "names-heading"
            } else {
                "names-heading-part"
            };
            locale.format(id, &[("count", names.entities.len().into())])
        }
    };
    draw_heading(area, &heading, focused, direction, palette.accent(), buffer);
    for (index, y) in shown(app.name_cursor, rows.len(), area) {
        let row = row_of(area, y);
        match rows[index] {
            NameRow::Heading(kind, count) => {
                let letter = locale.text(&format!("kind-letter-{kind}"));
                put_label(
                    buffer,
                    row,
                    &letter,
                    direction,
                    Palette::chosen(palette.kind(kind)),
                );
                let name = locale.text(&format!("kinds-{kind}"));
                let text = format!("{name} ({count})");
                put_label(
                    buffer,
                    after(row, 2, direction),
                    &text,
                    direction,
                    palette.kind(kind),
                );
            }
            NameRow::Entity(entity) => {
                let selected = focused && index == app.name_cursor.selected;
                draw_entity(app, palette, (entity, selected), (area, row), buffer);
            }
        }
    }
}
