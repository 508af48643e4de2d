//! The rows of the help: each mode's bindings in the order of the keymap's file, all keys of each, on as many rows as they take.

use crate::action::{Action, Mode};

use super::frame::Frame;
use super::state::App;

/// The widest help, in columns.
const WIDEST: u16 = 76;
/// The columns between two keys.
const GAP: usize = 2;
/// Below this width what an action does stands below its keys.
const NARROW: u16 = 40;

/// A row of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpRow {
    /// Where the keys below it work.
    Heading(Mode),
    /// Keys, and beside the first of them what they ask for.
    Keys {
        /// As they are written in the keymap.
        keys: Vec<String>,
        /// What they ask for; nothing where that stands elsewhere.
        action: Option<Action>,
    },
    /// What the keys above ask for, on this row and the next.
    Words(Action),
    /// The word on counts.
    Count,
    /// The word on keys under an Arabic layout.
    Layout,
    /// An empty row.
    Gap,
}

/// The box of the help.
#[must_use]
pub fn frame(app: &App) -> Frame {
    Frame::over(app, WIDEST)
}

/// The columns for keys in a help of this width.
#[must_use]
pub const fn keys_width(width: u16) -> u16 {
    if width < NARROW {
        width
    } else {
        let part = width * 2 / 5;
        if part < 28 { part } else { 28 }
    }
}

impl App {
    /// All rows of the help.
    #[must_use]
    pub fn help(&self) -> Vec<HelpRow> {
        let width = frame(self).inner.width;
        let mut rows = vec![HelpRow::Count, HelpRow::Layout];
        for &mode in Mode::ALL {
            let reading = self.keymap.bindings(Mode::Reading);
            let bindings = self.keymap.bindings(mode).iter();
            // The sidebar has the keys of the text; only what it has besides is told.
            let own: Vec<_> = bindings
                .filter(|row| mode != Mode::Sidebar || !reading.contains(row))
                .collect();
            if own.is_empty() {
                continue;
            }
            rows.extend([HelpRow::Gap, HelpRow::Heading(mode)]);
            for binding in own {
                let keys = binding.keys.iter().map(ToString::to_string);
                add_binding(&mut rows, keys, binding.action, width);
            }
        }
        rows
    }

    /// How many rows the help has.
    #[must_use]
    pub fn help_rows(&self) -> usize {
        self.help().len()
    }
}

/// Adds the rows of one action.
fn add_binding(
    rows: &mut Vec<HelpRow>,
    keys: impl Iterator<Item = String>,
    action: Action,
    width: u16,
) {
    let room = usize::from(keys_width(width));
    let mut lines: Vec<Vec<String>> = vec![Vec::new()];
    let mut taken = 0;
    for key in keys {
        let columns = key.chars().count() + GAP;
        if taken > 0 && taken + columns - GAP > room {
            lines.push(Vec::new());
            taken = 0;
        }
        taken += columns;
        if let Some(line) = lines.last_mut() {
            line.push(key);
        }
    }
    let stacked = width < NARROW;
    for (number, keys) in lines.into_iter().enumerate() {
        let action = (number == 0 && !stacked).then_some(action);
        rows.push(HelpRow::Keys { keys, action });
    }
    if stacked {
        rows.extend([HelpRow::Words(action), HelpRow::Gap]);
    }
}
