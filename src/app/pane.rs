//! Where everything stands: the screen's size and a few choices become plain rectangles.
//!
//! Update (half a page is half of what?), drawing and the mouse all ask here, so that many keys can be handled before
//! one draw and none of them has to wait for a frame.

use super::state::{App, Focus};
use crate::config::Side;
use crate::text::Direction;

/// From this width on the sidebar stands beside the text; below it, it lies over the text when it is asked for.
const WIDE: u16 = 60;
/// The widest comfortable line, in columns.
const MEASURE: u16 = 80;
/// The widest sidebar, in columns.
const SIDEBAR: u16 = 34;

/// From this height on a list of names can spare a row.
const TALL: u16 = 7;

/// A rectangle of the screen, in cells from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// Columns left of it.
    pub x: u16,
    /// Rows above it.
    pub y: u16,
    /// Its columns.
    pub width: u16,
    /// Its rows.
    pub height: u16,
}

impl Rect {
    /// Whether a cell lies in it.
    #[must_use]
    pub const fn holds(&self, column: u16, row: u16) -> bool {
        column >= self.x
            && column < self.x + self.width
            && row >= self.y
            && row < self.y + self.height
    }

    /// Whether it has no cell.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.width == 0 || self.height == 0
    }
}

/// The places of the screen. An empty rectangle is a part that is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// All that belongs to the reading pane, its margins included.
    pub reading: Rect,
    /// The lines of the text: at most 80 columns, in the middle of the reading pane.
    pub text: Rect,
    /// The scroll bar, one column at the edge where lines end.
    pub scroll: Rect,
    /// The line between text and sidebar.
    pub divider: Rect,
    /// The list of articles, its heading included.
    pub articles: Rect,
    /// The list of names, its heading included.
    pub names: Rect,
    /// Where the name at hand occurs in the article: one row below the names, where the list can spare it.
    pub strip: Rect,
    /// The status line.
    pub status: Rect,
    /// Whether the sidebar lies over the text.
    pub floating: bool,
}

/// Says where everything stands now.
#[must_use]
pub fn panes(app: &App) -> Panes {
    let (width, height) = app.size;
    let mut panes = Panes::default();
    let status = u16::from(height >= 3);
    panes.status = Rect {
        x: 0,
        y: height.saturating_sub(1),
        width,
        height: status,
    };
    let body = height - status;

    let wide = width >= WIDE && app.settings.sidebar_shown;
    panes.floating = width < WIDE && app.sidebar_floats();
    let beside = if wide { sidebar_width(width) } else { 0 };
    let divider = u16::from(wide);
    let reading = width - beside - divider;
    let side = app.settings.side;

    let (reading_x, sidebar_x) = match side {
        Side::Right => (0, reading + divider),
        Side::Left => (beside + divider, 0),
    };
    panes.reading = Rect {
        x: reading_x,
        y: 0,
        width: reading,
        height: body,
    };
    if wide {
        let divider_x = if side == Side::Right { reading } else { beside };
        panes.divider = Rect {
            x: divider_x,
            y: 0,
            width: 1,
            height: body,
        };
        (panes.articles, panes.names) = split_sidebar(
            app,
            Rect {
                x: sidebar_x,
                y: 0,
                width: beside,
                height: body,
            },
        );
    } else if panes.floating {
        let over = width.min(SIDEBAR);
        let x = if side == Side::Right { width - over } else { 0 };
        let room = over.saturating_sub(1);
        panes.divider = Rect {
            x: if side == Side::Right { x } else { room },
            y: 0,
            width: over - room,
            height: body,
        };
        let x = if side == Side::Right {
            x + (over - room)
        } else {
            0
        };
        (panes.articles, panes.names) = split_sidebar(
            app,
            Rect {
                x,
                y: 0,
                width: room,
                height: body,
            },
        );
    }
    if panes.names.height >= TALL {
        panes.names.height -= 1;
        panes.strip = Rect {
            y: panes.names.y + panes.names.height,
            height: 1,
            ..panes.names
        };
    }
    place_text(&mut panes, app.settings.direction);
    panes
}

/// The sidebar's columns on a screen of `width`.
fn sidebar_width(width: u16) -> u16 {
    (width * 3 / 10).clamp(20, SIDEBAR)
}

/// Articles above, names below: the articles take what they need, up to two fifths (all but three rows when they have the focus
/// on a low screen would hide the names for no gain, so the share does not follow the focus).
fn split_sidebar(app: &App, whole: Rect) -> (Rect, Rect) {
    if whole.height < 6 {
        // Too low for two lists: the one with the focus has it all.
        let none = Rect { height: 0, ..whole };
        return if app.focus == Focus::Names {
            (none, whole)
        } else {
            (whole, none)
        };
    }
    let wanted = u16::try_from(app.listing.len())
        .unwrap_or(u16::MAX)
        .saturating_add(1);
    let articles = wanted.clamp(2, (whole.height * 2 / 5).max(3));
    let above = Rect {
        height: articles,
        ..whole
    };
    let below = Rect {
        y: whole.y + articles,
        height: whole.height - articles,
        ..whole
    };
    (above, below)
}

/// Puts the scroll bar at the edge where the interface's lines end, and the text in the middle of the rest.
fn place_text(panes: &mut Panes, direction: Direction) {
    let reading = panes.reading;
    let bar = u16::from(reading.width >= 12);
    let room = reading.width - bar;
    let (bar_x, room_x) = match direction {
        Direction::Rtl => (reading.x, reading.x + bar),
        Direction::Ltr => (reading.x + room, reading.x),
    };
    panes.scroll = Rect {
        x: bar_x,
        width: bar,
        ..reading
    };
    let margin = u16::from(room >= 20);
    let width = (room - 2 * margin).min(MEASURE);
    panes.text = Rect {
        x: room_x + (room - width) / 2,
        width,
        ..reading
    };
}

#[cfg(test)]
mod tests {
    use super::super::state::Overlay;
    use super::*;

    fn at(width: u16, height: u16) -> Panes {
        let app = crate::app::tests::reader((width, height));
        panes(&app)
    }

    #[test]
    fn a_wide_screen_has_the_sidebar_on_the_right() {
        let panes = at(80, 24);
        assert_eq!(panes.articles.x + panes.articles.width, 80);
        assert_eq!(panes.divider.x, panes.reading.width);
        assert_eq!(
            panes.articles.height + panes.names.height + panes.strip.height,
            23
        );
        assert_eq!(
            panes.status,
            Rect {
                x: 0,
                y: 23,
                width: 80,
                height: 1
            }
        );
        assert!(!panes.floating);
    }

    #[test]
    fn a_very_wide_screen_keeps_the_measure_in_the_middle() {
        let panes = at(200, 50);
        assert_eq!(panes.text.width, MEASURE);
        let left = panes.text.x - panes.reading.x;
        let right = panes.reading.x + panes.reading.width - panes.text.x - panes.text.width;
        assert!(left.abs_diff(right) <= 2, "{left} {right}");
    }

    #[test]
    fn every_part_lies_on_the_screen_at_any_size() {
        let mut app = crate::app::tests::reader((0, 0));
        for width in 0..130 {
            for height in 0..40 {
                for overlay in [None, Some(Overlay::Sidebar)] {
                    for side in [Side::Left, Side::Right] {
                        app.size = (width, height);
                        app.overlay = overlay.clone();
                        app.settings.side = side;
                        let panes = panes(&app);
                        for rect in [
                            panes.reading,
                            panes.text,
                            panes.scroll,
                            panes.divider,
                            panes.articles,
                            panes.names,
                            panes.strip,
                            panes.status,
                        ] {
                            assert!(rect.x + rect.width <= width, "{rect:?} on {width}x{height}");
                            assert!(
                                rect.y + rect.height <= height,
                                "{rect:?} on {width}x{height}"
                            );
                        }
                    }
                }
            }
        }
    }
}
