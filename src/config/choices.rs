//! The user's config file becomes choices; what is wrong in it is told with its line.
//!
//! `assets/config.toml` shows all that can be chosen, with what holds when nothing is; a test holds it to the code.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde::Deserialize;
use thiserror::Error;

use crate::layout::{Digits, Justify};
use crate::locale::Language;
use crate::text::Direction;

/// A side of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Left of the text.
    Left,
    /// Right of the text, where an Arabic page begins.
    #[default]
    Right,
}

/// What the config file says; what it leaves out is as by default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// The language of the interface; none for that of the environment.
    pub language: Option<Language>,
    /// The direction of all paragraphs; none for each its own.
    pub direction: Option<Direction>,
    /// The name of the display profile; none for the one that is found or was chosen for the terminal.
    pub profile: Option<String>,
    /// Where the sidebar stands.
    pub sidebar: Side,
    /// How lines are filled.
    pub justify: Justify,
    /// Whether tashkeel is shown.
    pub tashkeel: bool,
    /// Whether tatweel is shown.
    pub tatweel: bool,
    /// The digits that numbers are drawn with.
    pub digits: Digits,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            language: None,
            direction: None,
            profile: None,
            sidebar: Side::default(),
            justify: Justify::default(),
            tashkeel: true,
            tatweel: true,
            digits: Digits::default(),
        }
    }
}

/// Why a config file cannot be used.
#[derive(Debug, Error)]
pub enum ChoicesError {
    /// It is there and cannot be read.
    #[error("{}: {error}", path.display())]
    Unreadable {
        /// Where it is.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It is no TOML, or says something that is no choice.
    #[error("{}: {error}", path.display())]
    Wrong {
        /// Where it is.
        path: PathBuf,
        /// What is wrong, with its line.
        error: toml::de::Error,
    },
}

impl Choices {
    /// Reads the user's config file; where there is none, nothing is chosen. `variable` gives what the environment says.
    ///
    /// # Errors
    /// When it is there and cannot be used.
    pub fn load(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ChoicesError> {
        let Some(path) = path(variable) else {
            return Ok(Self::default());
        };
        match fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|error| ChoicesError::Wrong { path, error }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(ChoicesError::Unreadable { path, error }),
        }
    }
}

/// Where the config file is: the XDG Base Directory Specification's folder, and ours in it.
fn path(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let set = |name: &str| {
        variable(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    // A relative path there is to be ignored, the specification says.
    let folder = set("XDG_CONFIG_HOME").filter(|folder| folder.is_absolute());
    let folder = folder.or_else(|| Some(set("HOME")?.join(".config")))?;
    Some(folder.join("qari").join("config.toml"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_is_shown_says_what_holds_by_default() {
        let shown = include_str!("../../assets/config.toml");
        assert_eq!(
            toml::from_str::<Choices>(shown).unwrap(),
            Choices::default()
        );
        let all = shown
            .replace("# language", "language")
            .replace("# direction", "direction")
            .replace("# profile", "profile");
        let table: toml::Table = all.parse().unwrap();
        assert_eq!(table.len(), 8, "every choice is shown");
        assert_eq!(
            toml::from_str::<Choices>(&all).unwrap().language,
            Some(Language::Arabic)
        );
    }

    #[test]
    fn the_file_is_where_the_environment_says() {
        let of = |pairs: &[(&str, &str)]| {
            let value = |name: &str| {
                pairs
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, value)| (*value).to_owned())
            };
            path(value).map(|path| path.display().to_string())
        };
        assert_eq!(
            of(&[("HOME", "/h")]).unwrap(),
            "/h/.config/qari/config.toml"
        );
        assert_eq!(
            of(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "/x")]).unwrap(),
            "/x/qari/config.toml"
        );
        assert_eq!(
            of(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "x")]).unwrap(),
            "/h/.config/qari/config.toml"
        );
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        for (text, told) in [
            ("justify = \"full\"\n", "line 1"),
            ("\nsidbar = \"left\"\n", "sidbar"),
            ("tashkeel = 1", "line 1"),
        ] {
            let error = toml::from_str::<Choices>(text).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
