//! A keymap file becomes tables of bindings, one for each mode, in which no key can mean two things.
//!
//! What a key press does with a table is `step`'s. Where users' files are looked for and laid over the built-in one is `config`'s.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;

use super::keyboard::{Keyboard, digit};
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
}

/// One row of a table: an action and the keys that ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// What is asked for.
    pub action: Action,
    /// Each of these asks for it; at least one.
    pub keys: Vec<Sequence>,
}

/// Why a keymap file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeymapError {
    /// It is no TOML, or a name in it is unknown.
    #[error("line {line}: {message}")]
    Unreadable {
        /// Counted from 1.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// A key is bound twice in one mode.
    #[error("line {line}: `{keys}` already means `{other}`")]
    Taken {
        /// Counted from 1.
        line: usize,
        /// The keys as written.
        keys: String,
        /// What they mean already.
        other: Action,
    },
    /// A key is also the start of a longer sequence, so that one of the two could never be asked for.
    #[error("line {line}: `{keys}` and `{other}` start alike")]
    Overlapping {
        /// Counted from 1.
        line: usize,
        /// The keys as written.
        keys: String,
        /// The other sequence.
        other: String,
    },
    /// A sequence starts with a digit, which would be read as a count.
    #[error("line {line}: `{keys}` starts with a digit")]
    Count {
        /// Counted from 1.
        line: usize,
        /// The keys as written.
        keys: String,
    },
    /// A line that is typed knows no sequences.
    #[error("line {line}: `{keys}` is a sequence")]
    PromptSequence {
        /// Counted from 1.
        line: usize,
        /// The keys as written.
        keys: String,
    },
}

impl KeymapError {
    /// What to do about it, in one sentence.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => {
                "Write rows like { keys = [\"j\", \"down\"], action = \"line-down\" } in the tables reading, sidebar, prompt and help."
            }
            Self::Taken { .. } => "Take the key out of one of the two rows.",
            Self::Overlapping { .. } => "Give one of the two another first key.",
            Self::Count { .. } => "Digits typed first are a count; only 0 alone can be bound.",
            Self::PromptSequence { .. } => "Bind a single key: in a prompt the others are text.",
        }
    }
}

/// The keys of every mode.
#[derive(Clone, Debug)]
pub struct Keymap {
    reading: Vec<Binding>,
    sidebar: Vec<Binding>,
    selecting: Vec<Binding>,
    marks: Vec<Binding>,
    names: Vec<Binding>,
    correcting: Vec<Binding>,
    prompt: Vec<Binding>,
    help: Vec<Binding>,
    keyboard: Keyboard,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    reading: Vec<Row>,
    #[serde(default)]
    sidebar: Vec<Row>,
    #[serde(default)]
    selecting: Vec<Row>,
    #[serde(default)]
    marks: Vec<Row>,
    #[serde(default)]
    names: Vec<Row>,
    #[serde(default)]
    correcting: Vec<Row>,
    prompt: Vec<Row>,
    help: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    keys: Vec<Spanned<Sequence>>,
    action: Action,
}

impl Keymap {
    /// The keys that the program comes with.
    ///
    /// # Errors
    ///
    /// None that a test would not have found: the file is part of the program.
    pub fn built_in(layout: Layout) -> Result<Self, KeymapError> {
        let tables = plain_tables(BUILT_IN);
        tables.map_or_else(
            || Self::parse(BUILT_IN, layout),
            |tables| Ok(Self::of(tables, layout)),
        )
    }

    fn of(mut tables: BTreeMap<&str, Vec<Binding>>, layout: Layout) -> Self {
        let mut table = |name| tables.remove(name).unwrap_or_default();
        let (reading, mut sidebar) = (table("reading"), table("sidebar"));
        lay_under(&mut sidebar, &reading);
        Self {
            reading,
            sidebar,
            selecting: table("selecting"),
            marks: table("marks"),
            names: table("names"),
            correcting: table("correcting"),
            prompt: table("prompt"),
            help: table("help"),
            keyboard: Keyboard::new(layout),
        }
    }

    /// Reads a keymap file: TOML with the tables `reading`, `prompt`, `help` and, if wanted, `sidebar`.
    ///
    /// # Errors
    ///
    /// See [`KeymapError`]; the first mistake of the file is told.
    pub fn parse(text: &str, layout: Layout) -> Result<Self, KeymapError> {
        let unreadable = |error: toml::de::Error| KeymapError::Unreadable {
            line: line(text, error.span().map_or(0, |span| span.start)),
            message: error.message().to_owned(),
        };
        let file: File = toml::from_str(text).map_err(unreadable)?;
        check_prompt(text, &file.prompt)?;
        let tables = [
            ("reading", file.reading),
            ("sidebar", file.sidebar),
            ("selecting", file.selecting),
            ("marks", file.marks),
            ("names", file.names),
            ("correcting", file.correcting),
            ("prompt", file.prompt),
            ("help", file.help),
        ];
        let checked = tables
            .into_iter()
            .map(|(name, rows)| Ok((name, check(text, &rows)?)));
        Ok(Self::of(
            checked.collect::<Result<_, KeymapError>>()?,
            layout,
        ))
    }

    /// The rows of a mode, in the order of the file.
    #[must_use]
    pub fn bindings(&self, mode: Mode) -> &[Binding] {
        match mode {
            Mode::Reading => &self.reading,
            Mode::Sidebar => &self.sidebar,
            Mode::Selecting => &self.selecting,
            Mode::Marks => &self.marks,
            Mode::Names => &self.names,
            Mode::Correcting => &self.correcting,
            Mode::Prompt => &self.prompt,
            Mode::Help => &self.help,
        }
    }

    /// How the keys of an action are written, the usual one first; empty when it has none in this mode.
    #[must_use]
    pub fn keys_for(&self, mode: Mode, action: Action) -> Vec<String> {
        let rows = self
            .bindings(mode)
            .iter()
            .filter(|binding| binding.action == action);
        rows.flat_map(|binding| &binding.keys)
            .map(ToString::to_string)
            .collect()
    }

    pub(super) const fn keyboard(&self) -> &Keyboard {
        &self.keyboard
    }
}

/// The tables of a file in which every row stands on a line of its own and is written like the next, as in the built-in one; nothing
/// for any other. TOML can be written in many ways, and to be ready for all of them takes as long as a first frame does. Nothing
/// is checked here: the tests hold what comes out to what [`Keymap::parse`] makes of the same file.
fn plain_tables(text: &str) -> Option<BTreeMap<&str, Vec<Binding>>> {
    let mut tables = BTreeMap::new();
    let mut open = None;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_suffix(" = [") {
            open = Some(tables.entry(name).or_insert_with(Vec::new));
        } else if line == "]" {
            open = None;
        } else if !line.is_empty() && !line.starts_with('#') {
            open.as_mut()?.push(plain_row(line)?);
        }
    }
    Some(tables)
}

/// `{ keys = ["j", "down"], action = "line-down" },`
fn plain_row(line: &str) -> Option<Binding> {
    let row = line.strip_prefix("{ keys = [")?.strip_suffix("\" },")?;
    let (keys, action) = row.split_at(row.rfind(']')?);
    let action = action.strip_prefix("], action = \"")?;
    if keys.contains('\\') {
        return None;
    }
    let mut sequences = Vec::new();
    for (at, part) in keys.split('"').enumerate() {
        match part {
            _ if at % 2 == 1 => sequences.push(part.parse().ok()?),
            "" | ", " => {}
            _ => return None,
        }
    }
    let action = Action::ALL.iter().find(|known| known.name() == action)?;
    Some(Binding {
        action: *action,
        keys: sequences,
    })
}

/// The rows as bindings, when no key in them is in another's way.
fn check(text: &str, rows: &[Row]) -> Result<Vec<Binding>, KeymapError> {
    let mut seen: Vec<(&Sequence, Action)> = Vec::new();
    for row in rows {
        for keys in &row.keys {
            let line = || line(text, keys.span().start);
            let keys = keys.get_ref();
            let count = match keys.keys() {
                [first, rest @ ..] => first
                    .text()
                    .and_then(digit)
                    .is_some_and(|digit| digit != 0 || !rest.is_empty()),
                [] => false,
            };
            if count {
                return Err(KeymapError::Count {
                    line: line(),
                    keys: keys.to_string(),
                });
            }
            if let Some((other, action)) = seen.iter().find(|(other, _)| overlap(keys, other)) {
                return Err(if *other == keys {
                    KeymapError::Taken {
                        line: line(),
                        keys: keys.to_string(),
                        other: *action,
                    }
                } else {
                    KeymapError::Overlapping {
                        line: line(),
                        keys: keys.to_string(),
                        other: other.to_string(),
                    }
                });
            }
            seen.push((keys, row.action));
        }
    }
    Ok(rows.iter().map(Row::binding).collect())
}

fn check_prompt(text: &str, rows: &[Row]) -> Result<(), KeymapError> {
    let sequence = rows
        .iter()
        .flat_map(|row| &row.keys)
        .find(|keys| keys.get_ref().keys().len() > 1);
    sequence.map_or(Ok(()), |keys| {
        Err(KeymapError::PromptSequence {
            line: line(text, keys.span().start),
            keys: keys.get_ref().to_string(),
        })
    })
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

impl Row {
    fn binding(&self) -> Binding {
        Binding {
            action: self.action,
            keys: self
                .keys
                .iter()
                .map(|keys| keys.get_ref().clone())
                .collect(),
        }
    }
}

/// The line of a byte, counted from 1.
fn line(text: &str, byte: usize) -> usize {
    text.bytes()
        .take(byte)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn parse(reading: &str) -> Result<Keymap, KeymapError> {
        Keymap::parse(
            &format!("prompt = []\nhelp = []\nreading = [\n{reading}\n]"),
            Layout::Pc,
        )
    }

    #[test]
    fn the_built_in_file_is_read_the_quick_way_as_any_toml_is() {
        assert!(plain_tables(BUILT_IN).is_some());
        let quick = Keymap::built_in(Layout::Pc).unwrap();
        let slow = Keymap::parse(BUILT_IN, Layout::Pc).unwrap();
        for &mode in Mode::ALL {
            assert_eq!(quick.bindings(mode), slow.bindings(mode), "{mode:?}");
        }
        for other in [
            "a = [ { keys = [\"j\"], action = \"help\" } ]",
            "a = [\n{ keys = [\"j\"],\naction = \"help\" },\n]",
            "a = [\n{ keys = [\"\\u006a\"], action = \"help\" },\n]",
            "a = [\n{ keys = ['j'], action = \"help\" },\n]",
            "{ keys = [\"j\"], action = \"help\" },",
        ] {
            assert!(plain_tables(other).is_none(), "{other}");
        }
    }

    #[test]
    fn the_built_in_keys_are_clean_and_no_two_actions_share_one() {
        let keymap = Keymap::built_in(Layout::Pc).unwrap();
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
        let keymap = Keymap::built_in(Layout::Pc).unwrap();
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
            let keymap = Keymap::built_in(layout).unwrap();
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
    fn rows_keep_their_order_and_an_action_lists_its_keys() {
        let keymap = parse("{ keys = [\"j\", \"g j\"], action = \"line-down\" },\n{ keys = [\"k\"], action = \"line-up\" }").unwrap();
        assert_eq!(
            keymap.keys_for(Mode::Reading, Action::LineDown),
            ["j", "g j"]
        );
        assert_eq!(keymap.keys_for(Mode::Prompt, Action::LineDown), [""; 0]);
        let order: Vec<Action> = keymap
            .bindings(Mode::Reading)
            .iter()
            .map(|binding| binding.action)
            .collect();
        assert_eq!(order, [Action::LineDown, Action::LineUp]);
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

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let row = |keys: &str| {
            format!(
                "{{ keys = [{keys}], action = \"line-down\" }},\n{{ keys = [\"g g\"], action = \"help\" }},"
            )
        };
        assert_eq!(
            parse(&row("\"j\", \"j\"")).unwrap_err(),
            KeymapError::Taken {
                line: 4,
                keys: "j".into(),
                other: Action::LineDown
            }
        );
        assert_eq!(
            parse(&row("\"g g\"")).unwrap_err(),
            KeymapError::Taken {
                line: 5,
                keys: "g g".into(),
                other: Action::LineDown
            }
        );
        assert_eq!(
            parse(&row("\"g\"")).unwrap_err(),
            KeymapError::Overlapping {
                line: 5,
                keys: "g g".into(),
                other: "g".into()
            }
        );
        assert_eq!(
            parse(&row("\"g g g\"")).unwrap_err(),
            KeymapError::Overlapping {
                line: 5,
                keys: "g g".into(),
                other: "g g g".into()
            }
        );
        assert_eq!(
            parse(&row("\"3 j\"")).unwrap_err(),
            KeymapError::Count {
                line: 4,
                keys: "3 j".into()
            }
        );
        assert_eq!(
            parse(&row("\"٣\"")).unwrap_err(),
            KeymapError::Count {
                line: 4,
                keys: "٣".into()
            }
        );
        assert!(parse(&row("\"0\"")).is_ok());
        let prompt =
            "reading = []\nhelp = []\nprompt = [\n{ keys = [\"x y\"], action = \"erase\" }]";
        assert_eq!(
            Keymap::parse(prompt, Layout::Pc).unwrap_err(),
            KeymapError::PromptSequence {
                line: 4,
                keys: "x y".into()
            }
        );
    }

    #[test]
    fn unknown_names_are_told_with_their_line() {
        for (rows, word) in [
            ("\n{ keys = [\"j\"], action = \"line-dwn\" }", "line-dwn"),
            ("\n{ keys = [\"jj\"], action = \"line-down\" }", "jj"),
            ("\n{ keys = [\"\"], action = \"line-down\" }", "missing"),
            ("\n{ key = [\"j\"], action = \"line-down\" }", "key"),
        ] {
            let KeymapError::Unreadable { line, message } = parse(rows).unwrap_err() else {
                panic!("{rows}")
            };
            assert_eq!(line, 5, "{message}");
            assert!(message.contains(word), "{message}");
        }
    }
}
