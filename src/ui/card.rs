//! The card of a name, in a box over the text.

use ratatui::buffer::Buffer;

use crate::app::{Card, CardRow, Rect, Section, Subject, card_frame, card_rows, known};
use crate::entity::Kind;
use crate::text::Direction;

use super::Scene;
use super::frame;
use super::kwic;
use super::paint::{after, fill, put_label, put_title};
use super::palette::Palette;

/// Draws a card.
pub fn draw(scene: Scene<'_>, palette: Palette<'_>, card: &Card, buffer: &mut Buffer) {
    let app = scene.app;
    let direction = app.settings.direction;
    let frame = card_frame(app);
    let letter = scene
        .locale
        .text(&format!("kind-letter-{}", card.subject.kind));
    let title = format!("{} ({letter})", card.subject.name);
    frame::draw(frame, &title, direction, palette, buffer);
    let inside = frame.inner;
    let rows = card_rows(app, &card.subject);
    let shown = rows.iter().enumerate().skip(card.cursor.top);
    for ((index, row), y) in shown.zip(inside.y..inside.y + inside.height) {
        let area = Rect {
            y,
            height: 1,
            ..inside
        };
        let selected = index == card.cursor.selected;
        if selected {
            fill(buffer, area, Palette::chosen(Palette::text()));
        }
        let pen = Pen {
            scene,
            palette,
            direction,
            selected,
            area,
        };
        pen.draw(row, &card.subject, buffer);
    }
}

/// What drawing a row needs.
struct Pen<'a> {
    scene: Scene<'a>,
    palette: Palette<'a>,
    direction: Direction,
    selected: bool,
    area: Rect,
}

impl Pen<'_> {
    fn style(&self, style: ratatui::style::Style) -> ratatui::style::Style {
        Palette::row(style, self.selected)
    }

    fn draw(&self, row: &CardRow, subject: &Subject, buffer: &mut Buffer) {
        let locale = self.scene.locale;
        let faint = self.style(self.palette.faint());
        match row {
            CardRow::Gap => {}
            CardRow::Facts { mentions, articles } => {
                let kind = locale.text(&format!("kind-{}", subject.kind));
                let mentions = locale.format("card-mentions", &[("count", (*mentions).into())]);
                let articles = locale.format("card-articles", &[("count", (*articles).into())]);
                let text = format!("{kind} · {mentions} {articles}");
                put_label(buffer, self.area, &text, self.direction, faint);
            }
            CardRow::Heading(section) => self.heading(section, buffer),
            CardRow::Words(text, count) => {
                self.counted(text, *count, self.style(Palette::text()), buffer);
            }
            CardRow::Companion(other, count) => {
                let letter = locale.text(&format!("kind-letter-{}", other.kind));
                let style = self.kind_style(other.kind);
                let area = after(self.area, 2, self.direction);
                put_label(buffer, area, &letter, self.direction, style);
                let pen = Pen {
                    area: after(self.area, 2, self.direction),
                    ..*self
                };
                pen.counted(&other.name, *count, self.style(Palette::text()), buffer);
            }
            CardRow::Waiting => {
                let area = after(self.area, 2, self.direction);
                let words = locale.text("card-waiting");
                put_label(buffer, area, &words, self.direction, faint);
            }
            CardRow::Context(id, mention) => {
                let app = self.scene.app;
                let slot = known(app, *id);
                let names = slot.and_then(|slot| slot.names.as_deref());
                let (Some(slot), Some(names)) = (slot, names) else {
                    return;
                };
                let Some(mention) = names.mentions.get(*mention) else {
                    return;
                };
                let context = kwic::Context::of(app, slot, mention.paragraph, &mention.range);
                let styles = (
                    self.style(Palette::text()),
                    self.style(self.palette.name(mention.kind)),
                );
                let mut drawing = app.settings.drawing.clone();
                drawing.tashkeel &= app.settings.tashkeel_lands;
                kwic::draw(&context, &drawing, self.area, styles, buffer);
            }
        }
    }

    fn kind_style(&self, kind: Kind) -> ratatui::style::Style {
        self.style(self.palette.kind(kind))
    }

    fn heading(&self, section: &Section, buffer: &mut Buffer) {
        let locale = self.scene.locale;
        let style = self.style(self.palette.accent());
        let counted = |id, count: usize| locale.format(id, &[("count", count.into())]);
        let text = match section {
            Section::Forms => locale.text("card-forms"),
            Section::Roles => locale.text("card-roles"),
            Section::Together => locale.text("card-together"),
            Section::Here(count) => counted("card-here", *count),
            Section::There(id, count) => {
                let listing = &self.scene.app.listing;
                let title = listing.title(listing.row(*id)).unwrap_or_default();
                let taken = put_label(
                    buffer,
                    self.area,
                    &count.to_string(),
                    self.direction.flipped(),
                    style,
                );
                let area = after(self.area, taken + 1, self.direction.flipped());
                put_title(buffer, area, title, self.direction, style);
                return;
            }
        };
        put_label(buffer, self.area, &text, self.direction, style);
    }

    /// Words at the start of the row, with how often at its end.
    fn counted(&self, text: &str, count: usize, style: ratatui::style::Style, buffer: &mut Buffer) {
        let end = self.direction.flipped();
        let faint = self.style(self.palette.faint());
        let taken = put_label(buffer, self.area, &count.to_string(), end, faint);
        let area = after(after(self.area, taken + 1, end), 2, self.direction);
        put_title(buffer, area, text, self.direction, style);
    }
}
