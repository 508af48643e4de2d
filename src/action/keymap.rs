//! Tables of bindings, one for each mode, in which no key can mean two things.
//!
//! The built-in table of a mode is read when it is first asked for (`plain`); any other file is read and checked whole (`file`).
//! What a key press does with a table is `step`'s.

mod file;
mod plain;

use std::sync::OnceLock;

pub use self::file::KeymapError;
use super::keyboard::Keyboard;
use super::{Action, Layout, Sequence};

const BUILT_IN: &str = include_str!("../../assets/keymap.toml");

/// What the keys are for at the moment: which table applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The text has the keys.
    #[default]
    Reading,
    /// The sidebar has the keys: the table of reading, with the sidebar's own rows before it.
    Sidebar,
    /// A range of the text is being chosen.
    Selecting,
    /// The list of bookmarks and highlights has the keys.
    Marks,
    /// The card of a name or the index of names lies over the text.
    Names,
    /// The box that says what a name is instead.
    Correcting,
    /// A line is being typed: what is no key of the table is text.
    Prompt,
    /// The help lies over everything.
    Help,
}

impl Mode {
    /// Every mode.
    pub const ALL: &[Self] = &[
        Self::Reading,
        Self::Sidebar,
        Self::Selecting,
        Self::Marks,
        Self::Names,
        Self::Correcting,
        Self::Prompt,
        Self::Help,
    ];

    /// The name of its table in a keymap file.
    const fn table(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Sidebar => "sidebar",
            Self::Selecting => "selecting",
            Self::Marks => "marks",
            Self::Names => "names",
            Self::Correcting => "correcting",
            Self::Prompt => "prompt",
            Self::Help => "help",
        }
    }
}

/// One row of a table: an action and the keys that ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// What is asked for.
    pub action: Action,
    /// Each of these asks for it; at least one.
    pub keys: Vec<Sequence>,
}

/// The keys of every mode.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// In the order of [`Mode`]; a table that is not there yet is the built-in one.
    tables: [OnceLock<Vec<Binding>>; Mode::ALL.len()],
    keyboard: Keyboard,
}

impl Keymap {
    /// The keys that the program comes with.
    #[must_use]
    pub fn built_in(layout: Layout) -> Self {
        Self {
            tables: Default::default(),
            keyboard: Keyboard::new(layout),
        }
    }

    /// The rows of a mode, in the order of the file.
    #[must_use]
    pub fn bindings(&self, mode: Mode) -> &[Binding] {
        self.tables[mode as usize].get_or_init(|| {
            let mut rows: Vec<Binding> = plain::rows(BUILT_IN, mode.table())
                .filter_map(plain::binding)
                .collect();
            if mode == Mode::Sidebar {
                lay_under(&mut rows, self.bindings(Mode::Reading));
            }
            rows
        })
    }

    /// How the keys of an action are written, the usual one first; empty when it has none in this mode.
    #[must_use]
    pub fn keys_for(&self, mode: Mode, action: Action) -> Vec<String> {
        let written = |keys: &[Sequence]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
        // A first frame names two keys: it need not wait for all of them.
        if self.tables[mode as usize].get().is_none() && mode != Mode::Sidebar {
            let row = plain::row_of(BUILT_IN, mode.table(), action);
            return row.map_or_else(Vec::new, |row| written(&row.keys));
        }
        let rows = self.bindings(mode).iter();
        rows.filter(|row| row.action == action)
            .flat_map(|row| written(&row.keys))
            .collect()
    }

    pub(super) const fn keyboard(&self) -> &Keyboard {
        &self.keyboard
    }
}

/// Appends the rows below, without the keys that the rows above need for themselves.
fn lay_under(above: &mut Vec<Binding>, below: &[Binding]) {
    let taken: Vec<Sequence> = above
        .iter()
        .flat_map(|binding| binding.keys.clone())
        .collect();
    for binding in below {
        let keys: Vec<Sequence> = binding
            .keys
            .iter()
            .filter(|keys| !taken.iter().any(|other| overlap(keys, other)))
            .cloned()
            .collect();
        if !keys.is_empty() {
            above.push(Binding {
                action: binding.action,
                keys,
            });
        }
    }
}

/// Whether one of the two starts with the other.
fn overlap(one: &Sequence, other: &Sequence) -> bool {
    one.keys().starts_with(other.keys()) || other.keys().starts_with(one.keys())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_is_read_row_by_row_as_any_toml_is() {
        let quick = Keymap::built_in(Layout::Pc);
        let slow = Keymap::parse(BUILT_IN, Layout::Pc).unwrap();
        for &mode in Mode::ALL {
            for &action in Action::ALL {
                let single = Keymap::built_in(Layout::Pc).keys_for(mode, action);
                assert_eq!(single, slow.keys_for(mode, action), "{mode:?} {action}");
            }
            assert_eq!(quick.bindings(mode), slow.bindings(mode), "{mode:?}");
        }
    }

    #[test]
    fn the_built_in_keys_are_clean_and_no_two_actions_share_one() {
        let keymap = Keymap::built_in(Layout::Pc);
        for &mode in Mode::ALL {
            let keys: Vec<&Sequence> = keymap
                .bindings(mode)
                .iter()
                .flat_map(|binding| &binding.keys)
                .collect();
            for (i, one) in keys.iter().enumerate() {
                assert!(
                    keys.iter().skip(i + 1).all(|other| !overlap(one, other)),
                    "{one} in {mode:?}"
                );
            }
            assert!(
                keymap
                    .bindings(mode)
                    .iter()
                    .all(|binding| !binding.keys.is_empty())
            );
        }
    }

    #[test]
    fn every_action_has_a_key_somewhere() {
        let keymap = Keymap::built_in(Layout::Pc);
        for &action in Action::ALL {
            assert!(
                Mode::ALL
                    .iter()
                    .any(|&mode| !keymap.keys_for(mode, action).is_empty()),
                "{action}"
            );
        }
    }

    #[test]
    fn no_key_is_lost_when_an_arabic_layout_is_on() {
        // Every key of the tables that the layout does not type as itself is typed by a letter that stands for it.
        for layout in [Layout::Pc, Layout::Mac] {
            let keymap = Keymap::built_in(layout);
            let letters: Vec<char> = ('\u{600}'..='\u{6FF}')
                .chain('\u{FEF5}'..='\u{FEFC}')
                .chain(['«', '»', '×', '÷', '‘', '’'])
                .collect();
            let stand_for: Vec<char> = letters.iter().map(|c| keymap.keyboard().us(*c)).collect();
            for key in [
                'j', 'k', 'b', 'd', 'u', 'g', ']', '[', '/', 'n', '?', 's', 'q', 'h', 'l', 'r',
            ] {
                let mac_types_it = layout == Layout::Mac && key == '/';
                assert!(
                    mac_types_it || stand_for.contains(&key),
                    "{key} with {layout:?}"
                );
            }
        }
    }

    #[test]
    fn the_sidebar_has_its_own_keys_and_then_those_of_reading() {
        let text = "prompt = []\nhelp = []\n\
                    sidebar = [{ keys = [\"j\"], action = \"choose\" }]\n\
                    reading = [{ keys = [\"j\", \"down\"], action = \"line-down\" }]";
        let keymap = Keymap::parse(text, Layout::Pc).unwrap();
        assert_eq!(keymap.keys_for(Mode::Sidebar, Action::Choose), ["j"]);
        assert_eq!(keymap.keys_for(Mode::Sidebar, Action::LineDown), ["down"]);
        assert_eq!(
            keymap.keys_for(Mode::Reading, Action::LineDown),
            ["j", "down"]
        );
    }
}
