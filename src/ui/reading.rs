//! The reading pane: the page's lines with their names and hits, the scroll bar, or a word on why there is nothing.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::action::{Action, Mode};
use crate::app::{App, Page, Panes, Rect, Row, Slot, highlighted, link_at_hand, marks};
use crate::doc::{BlockKind, SpanKind};
use crate::layout::{Layout, Line};

use super::Scene;
use super::paint::{mark, put_glyph, put_line, put_words};
use super::palette::Palette;

/// Draws the reading pane.
pub fn draw(
    scene: Scene<'_>,
    palette: Palette<'_>,
    panes: &Panes,
    page: &Page,
    buffer: &mut Buffer,
) {
    let Some(slot) = scene
        .app
        .listing
        .current()
        .filter(|slot| !slot.blocks().is_empty())
    else {
        draw_nothing(scene, palette, panes, buffer);
        return;
    };
    let text = panes.text;
    for (index, y) in (text.y..text.y + text.height).enumerate() {
        if let Some((row, layout, line)) = page.line_at(index) {
            let x = text.x + Page::indent(layout, line, text.width);
            draw_line(
                scene.app,
                slot,
                palette,
                (x, y),
                (row, layout, line),
                text.x + text.width,
                buffer,
            );
        }
    }
    draw_bar(slot, page, palette, panes.scroll, buffer);
}

/// Draws one line: its text, then links and code in it, what is highlighted, names, hits, and above all what is being chosen.
fn draw_line(
    app: &App,
    slot: &Slot,
    palette: Palette<'_>,
    at: (u16, u16),
    (row, layout, line): (Row, &Layout, &Line),
    end: u16,
    buffer: &mut Buffer,
) {
    let Some(block) = slot.blocks().get(row.block) else {
        return;
    };
    put_line(buffer, at, end, layout, line, style(&block.kind, palette));
    if let BlockKind::Row(table) = &block.kind {
        let style = if table.index < table.table.head {
            Style::reset().patch(palette.accent())
        } else {
            Style::reset()
        };
        for cell in &table.cells {
            mark(buffer, at, layout, line, cell.clone(), style);
        }
    }
    let at_hand = link_at_hand(app, row.block);
    for (index, span) in block.spans.iter().enumerate() {
        let style = match span.kind {
            SpanKind::Link(_) | SpanKind::Jump(_) | SpanKind::Away(_) if at_hand == Some(index) => {
                Palette::chosen(palette.link())
            }
            SpanKind::Link(_) | SpanKind::Jump(_) | SpanKind::Away(_) => palette.link(),
            SpanKind::Code | SpanKind::Image | SpanKind::Page => palette.faint(),
        };
        mark(buffer, at, layout, line, span.range.clone(), style);
    }
    for range in highlighted(slot, row.block) {
        let style = Palette::chosen(palette.faint());
        mark(buffer, at, layout, line, range, style);
    }
    for name in marks(slot, row.block) {
        let style = if name.at_hand {
            Palette::chosen(palette.name(name.kind))
        } else if name.chosen {
            palette.kin()
        } else {
            palette.name(name.kind)
        };
        mark(buffer, at, layout, line, name.range, style);
    }
    for (hit, at_hand) in app
        .seek
        .hits_in(app.listing.open_id(), slot.start(row.block))
    {
        let style = if at_hand {
            Palette::chosen(palette.accent())
        } else {
            Palette::chosen(Palette::text())
        };
        mark(buffer, at, layout, line, hit.range.clone(), style);
    }
    let chosen = app.selection.as_ref();
    if let Some(range) = chosen.and_then(|selection| selection.part(slot, row.block)) {
        mark(
            buffer,
            at,
            layout,
            line,
            range,
            Palette::chosen(palette.accent()),
        );
    }
}

/// The style of a kind of block; of a table it is the lines between its cells.
fn style(kind: &BlockKind, palette: Palette<'_>) -> Style {
    match kind {
        BlockKind::Title | BlockKind::Heading(_) => palette.accent(),
        BlockKind::Row(_) | BlockKind::Rule => palette.faint(),
        _ => Palette::text(),
    }
}

/// Draws the scroll bar: a thumb for the part of the article's bytes that is shown. Nothing when all of it is.
fn draw_bar(slot: &Slot, page: &Page, palette: Palette<'_>, bar: Rect, buffer: &mut Buffer) {
    if bar.is_empty() {
        return;
    }
    let range = slot.range();
    let (first, last) = page.shown(slot);
    let whole = range.len().max(1);
    let rows = usize::from(bar.height);
    let (from, to) = (
        first.saturating_sub(range.start),
        last.saturating_sub(range.start),
    );
    if from == 0 && to >= range.len() {
        return;
    }
    let top = (from * rows / whole).min(rows - 1);
    let bottom = (to * rows).div_ceil(whole).clamp(top + 1, rows);
    for (index, y) in (bar.y..bar.y + bar.height).enumerate() {
        let (glyph, style) = if (top..bottom).contains(&index) {
            ("┃", palette.accent())
        } else {
            ("│", palette.faint())
        };
        put_glyph(buffer, bar.x, y, glyph, 1, style);
    }
}

/// Says why there is no text: still reading, nothing found, an empty article.
fn draw_nothing(scene: Scene<'_>, palette: Palette<'_>, panes: &Panes, buffer: &mut Buffer) {
    let Scene { app, locale, .. } = scene;
    let quit = app
        .keymap
        .keys_for(Mode::Reading, Action::Quit)
        .into_iter()
        .next()
        .unwrap_or_default();
    let text = if app.loading && app.listing.is_empty() {
        locale.text("empty-loading")
    } else if app.listing.is_empty() {
        locale.format("empty-nothing", &[("quit", quit.as_str().into())])
    } else {
        locale.text("empty-article")
    };
    put_words(
        buffer,
        panes.text,
        &text,
        app.settings.direction,
        palette.faint(),
    );
}
