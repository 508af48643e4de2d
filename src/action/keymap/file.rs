//! A keymap file, TOML as anybody writes it, becomes tables in which every row is sound, or the first mistake in it with its line.

use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;

use super::{Binding, Keymap, Mode, lay_under, overlap};
use crate::action::keyboard::{Keyboard, digit};
use crate::action::{Action, Layout, Sequence};

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
    /// Reads a keymap file: TOML with the tables `reading`, `prompt`, `help` and, if wanted, those of the other modes.
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
        let reading = check(text, &file.reading)?;
        let mut sidebar = check(text, &file.sidebar)?;
        lay_under(&mut sidebar, &reading);
        let mut tables = Mode::ALL.iter().map(|mode| match mode {
            Mode::Reading => Ok(reading.clone()),
            Mode::Sidebar => Ok(sidebar.clone()),
            Mode::Selecting => check(text, &file.selecting),
            Mode::Marks => check(text, &file.marks),
            Mode::Names => check(text, &file.names),
            Mode::Correcting => check(text, &file.correcting),
            Mode::Prompt => check(text, &file.prompt),
            Mode::Help => check(text, &file.help),
        });
        let keymap = Self {
            tables: Default::default(),
            keyboard: Keyboard::new(layout),
        };
        for table in &keymap.tables {
            if let Some(rows) = tables.next() {
                let _ = table.set(rows?);
            }
        }
        Ok(keymap)
    }
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
