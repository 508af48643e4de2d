//! The user's config file becomes choices. What is wrong in it is told with its line and does not hold; all the rest does.
//!
//! `assets/config.toml` shows all that can be chosen, with what holds when nothing is; a test holds it to the code.

use std::fs;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::layout::{Digits, Justify};
use crate::locale::Language;
use crate::text::Direction;

/// The most bytes of a config file.
const MOST: u64 = 1 << 20;

/// With more lines than this that are no TOML, a file is none.
const MOST_FAULTS: usize = 20;

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

/// What the config file says; what it leaves out, or says wrong, is as by default.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Something that is wrong with a config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is there and cannot be read; what the system says.
    Unreadable(String),
    /// It is not in UTF-8.
    NoText,
    /// A line is no TOML.
    Syntax {
        /// Its number, from 1.
        line: usize,
        /// What the parser says.
        detail: String,
    },
    /// There is nothing of this name to choose.
    Unknown {
        /// The number of its line, from 1.
        line: usize,
        /// Its name.
        key: String,
    },
    /// The choice is none of those that there are.
    Value {
        /// The number of its line, from 1.
        line: usize,
        /// What was to be chosen.
        key: String,
        /// What was chosen, as it is written.
        value: String,
    },
}

/// A config file with what is wrong in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Where it is.
    pub file: PathBuf,
    /// What is wrong, from its first line to its last.
    pub faults: Vec<Fault>,
}

/// Everything that can be chosen, and the words for it; those of a display profile are not known here.
pub const KEYS: [(&str, &[&str]); 8] = [
    ("language", &["ar", "en"]),
    ("direction", &["rtl", "ltr"]),
    ("profile", &[]),
    ("sidebar", &["right", "left"]),
    ("justify", &["ragged", "spaces", "kashida"]),
    ("tashkeel", &["true", "false"]),
    ("tatweel", &["true", "false"]),
    ("digits", &["as-written", "arabic", "ascii"]),
];

impl Choices {
    /// Reads the user's config file; where there is none, nothing is chosen. `variable` gives what the environment says, `is_profile`
    /// knows the names of display profiles.
    pub fn load(
        variable: impl Fn(&str) -> Option<String>,
        is_profile: impl Fn(&str) -> bool,
    ) -> (Self, Faults) {
        let Some(file) = path(variable) else {
            return Default::default();
        };
        let (choices, faults) = match bytes(&file) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Self::read(&text, is_profile),
                Err(_) => (Self::default(), vec![Fault::NoText]),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Default::default(),
            Err(error) => (Self::default(), vec![Fault::Unreadable(error.to_string())]),
        };
        (choices, Faults { file, faults })
    }

    /// Takes what is right from the text of a config file, and says what is wrong.
    fn read(text: &str, is_profile: impl Fn(&str) -> bool) -> (Self, Vec<Fault>) {
        let mut choices = Self::default();
        let (text, mut faults) = without_wrong_lines(text.trim_start_matches('\u{feff}'));
        let line = |at: usize| line_at(&text, at);
        let table = DeTable::parse(&text).map(Spanned::into_inner);
        let table = table.unwrap_or_default();
        for (key, value) in table {
            let line = line(key.span().start);
            let written = text.get(value.span()).unwrap_or_default().to_owned();
            let key = key.into_inner().into_owned();
            let fault = match choices.choose(&key, value) {
                None => Fault::Unknown { line, key },
                Some(true) => match &choices.profile {
                    Some(name) if key == "profile" && !is_profile(name) => {
                        choices.profile = None;
                        Fault::Value {
                            line,
                            key,
                            value: written,
                        }
                    }
                    _ => continue,
                },
                Some(false) => Fault::Value {
                    line,
                    key,
                    value: written,
                },
            };
            faults.push((line, fault));
        }
        faults.sort_by_key(|(line, _)| *line);
        (
            choices,
            faults.into_iter().map(|(_, fault)| fault).collect(),
        )
    }

    /// Takes one choice over: whether it is one of those that there are; nothing if there is nothing of this name to choose.
    fn choose(&mut self, key: &str, value: Spanned<DeValue<'_>>) -> Option<bool> {
        Some(
            match key {
                "language" => chosen(value).map(|value| self.language = Some(value)),
                "direction" => chosen(value).map(|value| self.direction = Some(value)),
                "profile" => chosen(value).map(|value| self.profile = Some(value)),
                "sidebar" => chosen(value).map(|value| self.sidebar = value),
                "justify" => chosen(value).map(|value| self.justify = value),
                "tashkeel" => chosen(value).map(|value| self.tashkeel = value),
                "tatweel" => chosen(value).map(|value| self.tatweel = value),
                "digits" => chosen(value).map(|value| self.digits = value),
                _ => return None,
            }
            .is_some(),
        )
    }
}

/// The number of the line of a byte, from 1.
fn line_at(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    memchr::memchr_iter(b'\n', before).count() + 1
}

/// A text without the lines that are no TOML, and what is wrong with these: one mistake shall not take the rest with it.
fn without_wrong_lines(text: &str) -> (String, Vec<(usize, Fault)>) {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let mut faults: Vec<(usize, Fault)> = Vec::new();
    loop {
        let text = lines.join("\n");
        let Err(error) = DeTable::parse(&text) else {
            return (text, faults);
        };
        let line = error.span().map_or(1, |span| line_at(&text, span.start));
        let at = (line - 1).min(lines.len() - 1);
        // What is wrong at the end began before it.
        let Some(at) = (0..=at).rev().find(|&at| !lines[at].trim().is_empty()) else {
            return (String::new(), faults);
        };
        lines[at] = "";
        let (line, detail) = (at + 1, error.message().to_owned());
        if faults.len() < MOST_FAULTS {
            faults.push((line, Fault::Syntax { line, detail }));
        } else {
            return (String::new(), faults);
        }
    }
}

fn chosen<T: DeserializeOwned>(value: Spanned<DeValue<'_>>) -> Option<T> {
    T::deserialize(ValueDeserializer::from(value)).ok()
}

/// The bytes of a config file. It is read before all else: what is no file, or has no end, is not.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
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

    fn read(text: &str) -> (Choices, Vec<Fault>) {
        Choices::read(text, |name| name == "visual")
    }

    #[test]
    fn the_file_that_is_shown_says_what_holds_by_default() {
        let shown = include_str!("../../assets/config.toml");
        assert_eq!(read(shown), (Choices::default(), vec![]));
        let all = shown
            .replace("# language", "language")
            .replace("# direction", "direction")
            .replace("# profile", "profile");
        let table: toml::Table = all.parse().unwrap();
        assert_eq!(table.len(), KEYS.len(), "every choice is shown");
        let (choices, faults) = read(&all);
        assert_eq!((choices.language, faults), (Some(Language::Arabic), vec![]));
    }

    #[test]
    fn every_word_that_is_offered_is_taken() {
        for (key, words) in KEYS {
            for word in words {
                let quote = if matches!(*word, "true" | "false") {
                    ""
                } else {
                    "\""
                };
                assert_eq!(read(&format!("{key} = {quote}{word}{quote}")).1, []);
            }
        }
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
    fn what_is_wrong_is_told_with_its_line_and_the_rest_holds() {
        let text = "sidebar = \"left\"\ntashkeel = 7\nsidbar = 1\n\nprofile = 'none'\ndigits = \"ascii\"\n";
        let (choices, faults) = read(text);
        assert_eq!(
            (
                choices.sidebar,
                choices.tashkeel,
                choices.digits,
                choices.profile
            ),
            (Side::Left, true, Digits::Ascii, None)
        );
        let (line, key) = (2, "tashkeel".to_owned());
        let value = "7".to_owned();
        let tashkeel = Fault::Value { line, key, value };
        let (line, key) = (3, "sidbar".to_owned());
        let sidbar = Fault::Unknown { line, key };
        let (line, key) = (5, "profile".to_owned());
        let value = "'none'".to_owned();
        let profile = Fault::Value { line, key, value };
        assert_eq!(faults, [tashkeel, sidbar, profile]);
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line_too() {
        let (choices, faults) = read("sidebar = \"left\"\nno toml\ndigits = \"arabic\"\n");
        assert_eq!(
            (choices.sidebar, choices.digits),
            (Side::Left, Digits::Arabic)
        );
        assert!(
            matches!(&faults[..], [Fault::Syntax { line: 2, .. }]),
            "{faults:?}"
        );
        for text in [
            "[[[[",
            "a = \"",
            "\0",
            "= 1",
            "a.b.c = [",
            "sidebar = \"left\"\nsidebar = \"left\"",
        ] {
            assert_ne!(read(text).1, [], "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().to_str().unwrap().to_owned();
        let file = folder.path().join("qari/config.toml");
        fs::create_dir(folder.path().join("qari")).unwrap();
        let load = || {
            let variable = |name: &str| (name == "XDG_CONFIG_HOME").then(|| home.clone());
            let (choices, faults) = Choices::load(variable, |_| true);
            assert_eq!((choices, &faults.file), (Choices::default(), &file));
            faults.faults
        };
        assert_eq!(load(), []);
        fs::write(&file, b"\xff\xfe\0").unwrap();
        assert_eq!(load(), [Fault::NoText]);
        fs::remove_file(&file).unwrap();
        for target in ["/dev/zero", "/"] {
            std::os::unix::fs::symlink(target, &file).unwrap();
            assert!(matches!(&load()[..], [Fault::Unreadable(_)]), "{target}");
            fs::remove_file(&file).unwrap();
        }
    }
}
