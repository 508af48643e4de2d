//! The box in which a name is corrected: where it begins and ends, and what can be said of it.

use ratatui::buffer::Buffer;

use crate::action::{Action, Mode};
use crate::app::{Choice, Correcting, Rect, correcting_cursor, correcting_frame};
use crate::locale::Locale;

use super::Scene;
use super::frame;
use super::kwic;
use super::paint::{fill, put_label};
use super::palette::Palette;

/// Draws the box.
pub fn draw(scene: Scene<'_>, palette: Palette<'_>, correcting: &Correcting, buffer: &mut Buffer) {
    let Scene { app, locale, .. } = scene;
    let direction = app.settings.direction;
    let frame = correcting_frame(app, correcting);
    let kind = locale.text(&format!("kind-{}", correcting.subject.kind));
    let title = format!("{} · {kind}", correcting.subject.name);
    frame::draw(frame, &title, direction, palette, buffer);
    let inside = frame.inner;
    let cursor = correcting_cursor(frame, correcting);
    let choices = correcting.choices();
    let room = usize::from(inside.height).saturating_sub(1).max(1);
    let shown = choices.iter().enumerate().skip(cursor.top).take(room);
    for ((index, choice), y) in shown.zip(inside.y..inside.y + inside.height) {
        let area = Rect {
            y,
            height: 1,
            ..inside
        };
        let selected = index == cursor.selected;
        let style = |style| Palette::row(style, selected);
        if selected && *choice != Choice::Bounds {
            fill(buffer, area, style(Palette::text()));
        }
        let text = match choice {
            Choice::Bounds => {
                draw_bounds(scene, palette, (correcting, selected), area, buffer);
                continue;
            }
            Choice::Nothing => locale.text("correct-nothing"),
            Choice::Same => locale.text("correct-same"),
            Choice::Kind(kind) => {
                let word = locale.text(&format!("kind-{kind}"));
                locale.format("correct-kind", &[("kind", word.as_str().into())])
            }
        };
        put_label(buffer, area, &text, direction, style(Palette::text()));
    }
    if inside.height > 1 {
        let area = Rect {
            y: inside.y + inside.height - 1,
            height: 1,
            ..inside
        };
        let hint = match correcting.bounds {
            Some(_) => hint(scene, locale),
            None => String::new(),
        };
        put_label(buffer, area, &hint, direction, palette.faint());
    }
}

/// The keys that move the bounds.
fn hint(scene: Scene<'_>, locale: &Locale) -> String {
    let key = |action| {
        let keys = scene.app.keymap.keys_for(Mode::Correcting, action);
        keys.into_iter().next().unwrap_or_default()
    };
    let keys = [
        ("left", Action::EndLeft),
        ("right", Action::EndRight),
        ("first", Action::StartLeft),
        ("last", Action::StartRight),
        ("choose", Action::Choose),
    ]
    .map(|(name, action)| (name, key(action)));
    let words = keys
        .each_ref()
        .map(|(name, key)| (*name, key.as_str().into()));
    locale.format("correct-hint", &words)
}

/// The mention in its context, as far as it is to be marked.
fn draw_bounds(
    scene: Scene<'_>,
    palette: Palette<'_>,
    (correcting, selected): (&Correcting, bool),
    area: Rect,
    buffer: &mut Buffer,
) {
    let app = scene.app;
    let Some((slot, bounds)) = app.listing.current().zip(correcting.bounds.as_ref()) else {
        return;
    };
    let context = kwic::Context::of(app, slot, bounds.paragraph, &bounds.range);
    // What is to be marked stands out from the words around it, chosen or not.
    let around = if selected {
        Palette::text()
    } else {
        palette.faint()
    };
    let name = palette.name(correcting.subject.kind);
    let styles = (around, Palette::row(name, selected));
    let mut drawing = app.settings.drawing.clone();
    drawing.tashkeel &= app.settings.tashkeel_lands;
    kwic::draw(&context, &drawing, area, styles, buffer);
}
