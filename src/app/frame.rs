//! Where boxes over the text stand: the help, a card, the index, what is said of a name.

use super::pane::{Rect, panes};
use super::state::App;

/// A box and what is inside it; on a screen too small for a frame both are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The box.
    pub outer: Rect,
    /// The room inside.
    pub inner: Rect,
}

impl Frame {
    /// The box over all but the status line, at most `widest` columns wide.
    #[must_use]
    pub fn over(app: &App, widest: u16) -> Self {
        let columns = app.size.0;
        let width = columns.min(widest);
        let outer = Rect {
            x: (columns - width) / 2,
            y: 0,
            width,
            height: app.size.1 - panes(app).status.height,
        };
        let inner = if outer.width < 8 || outer.height < 4 {
            outer
        } else {
            Rect {
                x: outer.x + 2,
                y: outer.y + 1,
                width: outer.width - 4,
                height: outer.height - 2,
            }
        };
        Self { outer, inner }
    }

    /// The box of this many rows inside, at most `widest` columns wide, right above the status line.
    #[must_use]
    pub fn at_foot(app: &App, widest: u16, rows: usize) -> Self {
        let Self { outer, inner } = Self::over(app, widest);
        let edges = outer.height - inner.height;
        let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(inner.height);
        let fall = inner.height - rows;
        Self {
            outer: Rect {
                y: outer.y + fall,
                height: rows + edges,
                ..outer
            },
            inner: Rect {
                y: inner.y + fall,
                height: rows,
                ..inner
            },
        }
    }

    /// Whether there is room for a frame.
    #[must_use]
    pub fn is_drawn(self) -> bool {
        self.outer != self.inner
    }

    /// Rows inside.
    #[must_use]
    pub fn rows(self) -> usize {
        usize::from(self.inner.height).max(1)
    }
}
