//! The rows of the help: each mode's bindings in the order of the keymap's file.

use crate::action::{Action, Mode};

use super::state::App;

/// A row of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpRow {
    /// Where the keys below it work.
    Heading(Mode),
    /// Keys and the action they ask for.
    Binding {
        /// As they are written in the keymap.
        keys: Vec<String>,
        /// What they ask for.
        action: Action,
    },
    /// The word on counts.
    Count,
    /// The word on keys under an Arabic layout.
    Layout,
    /// An empty row.
    Gap,
}

impl App {
    /// All rows of the help.
    #[must_use]
    pub fn help(&self) -> Vec<HelpRow> {
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
            rows.extend(own.into_iter().map(|binding| HelpRow::Binding {
                keys: binding.keys.iter().map(ToString::to_string).collect(),
                action: binding.action,
            }));
        }
        rows
    }

    /// How many rows the help has.
    #[must_use]
    pub fn help_rows(&self) -> usize {
        self.help().len()
    }
}
