//! The state becomes a frame: every cell of ratatui's buffer, from finished layouts only.
//!
//! Nothing here changes the state or speaks to the terminal. ratatui never measures a string for us: its widths are wrong for
//! Arabic, so all text arrives as cells of a layout.

mod card;
mod correcting;
mod frame;
mod help;
mod kwic;
mod marks;
mod paint;
mod palette;
mod reading;
mod register;
mod sidebar;
mod status;

use ratatui::buffer::Buffer;

use crate::app::{App, Overlay, Page, panes};
use crate::config::Theme;
use crate::locale::Locale;

use palette::Palette;
pub use palette::style_of;

/// What drawing needs besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The state.
    pub app: &'a App,
    /// The words of the interface.
    pub locale: &'a Locale,
    /// Its colours.
    pub theme: &'a Theme,
}

/// Draws the whole screen into `buffer`, which has been emptied.
pub fn draw(scene: Scene<'_>, buffer: &mut Buffer) {
    let area = buffer.area;
    let (width, height) = scene.app.size;
    if area.width < width || area.height < height {
        // The screen has shrunk and the news of it is still on its way: the next frame is drawn for the new size.
        return;
    }
    let panes = panes(scene.app);
    let palette = Palette::new(scene.theme);
    let page = Page::of(scene.app);
    reading::draw(scene, palette, &panes, &page, buffer);
    sidebar::draw(scene, palette, &panes, buffer);
    for overlay in [&scene.app.under, &scene.app.overlay] {
        match overlay {
            Some(Overlay::Card(card)) => card::draw(scene, palette, card, buffer),
            Some(Overlay::Index(view)) => register::draw(scene, palette, view, buffer),
            Some(Overlay::Correcting(correcting)) => {
                correcting::draw(scene, palette, correcting, buffer);
            }
            Some(Overlay::Marks { cursor, marks }) => {
                marks::draw(scene, palette, (*cursor, marks), buffer);
            }
            _ => {}
        }
    }
    if let Some(Overlay::Help { top }) = scene.app.overlay {
        help::draw(scene, palette, top, buffer);
    }
    status::draw(scene, palette, &panes, &page, buffer);
}

#[cfg(test)]
mod tests;
