//! Keys and their names: `j`, `G`, `space`, `ctrl-c`, `shift-tab`, `g g` ⇄ [`Key`] and [`Sequence`].
//!
//! A key is what the reader meant, however the terminal spelled it: one spelling for each key, so that two equal keys compare equal.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use thiserror::Error;

/// What was pressed, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A key that types this character.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Escape,
    /// Tab.
    Tab,
    /// Tab with Shift.
    BackTab,
    /// The key that deletes backwards.
    Backspace,
    /// The key that deletes forwards.
    Delete,
    /// Insert.
    Insert,
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// The arrow left.
    Left,
    /// The arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F1 to F63.
    Function(u8),
}

/// The keys that have names, with the name that is written.
const NAMES: [(Code, &str); 17] = [
    (Code::Char(' '), "space"),
    (Code::Enter, "enter"),
    (Code::Escape, "escape"),
    (Code::Tab, "tab"),
    (Code::BackTab, "shift-tab"),
    (Code::Backspace, "backspace"),
    (Code::Delete, "delete"),
    (Code::Insert, "insert"),
    (Code::Up, "up"),
    (Code::Down, "down"),
    (Code::Left, "left"),
    (Code::Right, "right"),
    (Code::Home, "home"),
    (Code::End, "end"),
    (Code::PageUp, "pageup"),
    (Code::PageDown, "pagedown"),
    (Code::Enter, "return"),
];

/// One key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// With Control.
    pub control: bool,
    /// With Alt (Option, Meta).
    pub alt: bool,
    /// With Shift; never set for a character, which says it itself, nor for [`Code::BackTab`].
    pub shift: bool,
}

impl Key {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            control: false,
            alt: false,
            shift: false,
        }
    }

    /// A key with modifiers, in its one spelling: `Shift` goes into the character or the back tab, and Control takes it off a letter.
    #[must_use]
    pub fn new(code: Code, control: bool, alt: bool, shift: bool) -> Self {
        let (code, shift) = match code {
            Code::Char(c) if control => (Code::Char(c.to_ascii_lowercase()), false),
            Code::Char(c) if shift => (Code::Char(c.to_ascii_uppercase()), false),
            Code::Tab if shift => (Code::BackTab, false),
            Code::BackTab => (Code::BackTab, false),
            other => (other, shift),
        };
        Self {
            code,
            control,
            alt,
            shift,
        }
    }

    /// The character that the key types into a line, if it types one.
    #[must_use]
    pub const fn text(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.control && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.control, "ctrl-"),
            (self.alt, "alt-"),
            (self.shift, "shift-"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        if let Some((_, name)) = NAMES.iter().find(|(code, _)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(c) => write!(f, "{c}"),
            Code::Function(number) => write!(f, "f{number}"),
            _ => Ok(()),
        }
    }
}

/// Why a text names no key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// There is no key in it.
    #[error("a key is missing")]
    Empty,
    /// No key has this name.
    #[error("no key is called `{0}`")]
    Unknown(String),
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (mut control, mut alt, mut shift, mut rest) = (false, false, false, text);
        loop {
            let held = [
                ("ctrl-", &mut control),
                ("alt-", &mut alt),
                ("shift-", &mut shift),
            ]
            .into_iter()
            .find_map(|(name, held)| rest.strip_prefix(name).map(|rest| (held, rest)));
            match held {
                Some((held, after)) if !after.is_empty() => {
                    *held = true;
                    rest = after;
                }
                _ => break,
            }
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (None, _) => return Err(KeyError::Empty),
            (Some(c), None) if !c.is_whitespace() && !c.is_control() => Code::Char(c),
            _ => named(rest).ok_or_else(|| KeyError::Unknown(text.to_owned()))?,
        };
        Ok(Self::new(code, control, alt, shift))
    }
}

fn named(name: &str) -> Option<Code> {
    if let Some((code, _)) = NAMES.iter().find(|(_, known)| *known == name) {
        return Some(*code);
    }
    let number = name.strip_prefix('f')?.parse().ok()?;
    (1..=63).contains(&number).then_some(Code::Function(number))
}

/// Keys that are pressed one after the other; at least one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Sequence(Vec<Key>);

impl Sequence {
    /// The keys, in order.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.0
    }
}

impl FromStr for Sequence {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let keys = text
            .split_whitespace()
            .map(str::parse)
            .collect::<Result<Vec<Key>, _>>()?;
        if keys.is_empty() {
            Err(KeyError::Empty)
        } else {
            Ok(Self(keys))
        }
    }
}

impl TryFrom<String> for Sequence {
    type Error = KeyError;

    fn try_from(text: String) -> Result<Self, KeyError> {
        text.parse()
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, key) in self.0.iter().enumerate() {
            write!(f, "{}{key}", if i == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written_alike() {
        for name in [
            "j",
            "G",
            "?",
            "-",
            "؟",
            "ﻻ",
            "space",
            "ctrl-c",
            "ctrl--",
            "alt-backspace",
            "ctrl-alt-x",
            "tab",
            "shift-tab",
            "enter",
            "f1",
            "f12",
            "shift-up",
            "ctrl-space",
            "pagedown",
            "ctrl-shift-home",
        ] {
            assert_eq!(name.parse::<Key>().unwrap().to_string(), name);
        }
        for sequence in ["g g", "] [ }", "ctrl-x ctrl-c"] {
            assert_eq!(sequence.parse::<Sequence>().unwrap().to_string(), sequence);
        }
    }

    #[test]
    fn one_key_has_one_spelling() {
        for (one, other) in [
            ("shift-g", "G"),
            ("ctrl-C", "ctrl-c"),
            ("return", "enter"),
            ("ctrl-shift-c", "ctrl-c"),
            ("shift-shift-tab", "shift-tab"),
        ] {
            assert_eq!(
                one.parse::<Key>().unwrap(),
                other.parse::<Key>().unwrap(),
                "{one}"
            );
        }
    }

    #[test]
    fn what_names_no_key_is_an_error() {
        for (text, error) in [
            ("", KeyError::Empty),
            ("jj", KeyError::Unknown("jj".into())),
            ("ctrl-", KeyError::Unknown("ctrl-".into())),
            ("ctrl-spce", KeyError::Unknown("ctrl-spce".into())),
            ("f0", KeyError::Unknown("f0".into())),
            ("f64", KeyError::Unknown("f64".into())),
            ("\u{1b}", KeyError::Unknown("\u{1b}".into())),
        ] {
            assert_eq!(text.parse::<Key>(), Err(error), "{text:?}");
        }
        assert_eq!("  ".parse::<Sequence>(), Err(KeyError::Empty));
    }

    #[test]
    fn only_plain_characters_are_text() {
        assert_eq!("G".parse::<Key>().unwrap().text(), Some('G'));
        assert_eq!("space".parse::<Key>().unwrap().text(), Some(' '));
        assert_eq!("ctrl-g".parse::<Key>().unwrap().text(), None);
        assert_eq!("alt-g".parse::<Key>().unwrap().text(), None);
        assert_eq!("enter".parse::<Key>().unwrap().text(), None);
    }
}
