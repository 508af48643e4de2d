//! Errors and notices become messages in the reader's language: what happened, and what helps.

use std::path::Path;

use crate::config::{Fault, KEYS};
use crate::doc::Notice;
use crate::library::{LibraryError, Notice as LibraryNotice};
use crate::locale::Locale;
use crate::source::{Problem, SourceError, is_address};
use crate::term::TerminalError;
use crate::text::visible;

use super::keeping::Trouble;
use super::reader::ReaderError;
use super::recognition::Wish;

/// What is said to the reader on standard error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What happened.
    pub text: String,
    /// What helps.
    pub hint: Option<String>,
}

impl Message {
    /// Why a source could not be read.
    #[must_use]
    pub fn of_source_error(locale: &Locale, error: &SourceError) -> Self {
        let shown = visible::name(&error.name);
        let name = [("name", shown.as_ref().into())];
        let known = |text: &str, hint: &str| Self {
            text: locale.format(text, &name),
            hint: Some(locale.text(hint)),
        };
        let detailed =
            |text: &str, detail: &str| locale.format(text, &[name[0], ("detail", detail.into())]);
        match &error.problem {
            Problem::NotFound => known("error-not-found", "hint-not-found"),
            Problem::Permission => known("error-permission", "hint-permission"),
            Problem::Special => known("error-special", "hint-special"),
            Problem::Loop => known("error-loop", "hint-loop"),
            Problem::TooLarge { most } => Self {
                text: locale.format(
                    "error-too-large",
                    &[name[0], ("size", size(*most).as_str().into())],
                ),
                hint: Some(locale.text(if is_address(&error.name) {
                    "hint-too-large-page"
                } else {
                    "hint-too-large"
                })),
            },
            Problem::NoText => known("error-no-text", "hint-no-text"),
            Problem::TooMuch => known("error-too-much", "hint-too-much"),
            Problem::Bomb => known("error-bomb", "hint-bomb"),
            Problem::Nested => known("error-nested", "hint-nested"),
            Problem::Archive => known("error-archive", "hint-archive"),
            Problem::TooSlow => known("error-too-slow", "hint-too-much"),
            Problem::NoPdftotext => known("error-no-pdftotext", "hint-no-pdftotext"),
            Problem::NoTextInPages => known("error-no-text-in-pages", "hint-no-text-in-pages"),
            Problem::Damaged(detail) => Self {
                text: detailed("error-damaged", detail),
                hint: Some(locale.text("hint-damaged")),
            },
            Problem::Silent { seconds } => Self {
                text: locale.format(
                    "error-silent",
                    &[
                        name[0],
                        (
                            "seconds",
                            usize::try_from(*seconds).unwrap_or(usize::MAX).into(),
                        ),
                    ],
                ),
                hint: Some(locale.text("hint-silent")),
            },
            Problem::Refused { code } => Self {
                text: locale.format(
                    "error-refused",
                    &[name[0], ("code", usize::from(*code).into())],
                ),
                hint: Some(locale.text(match code {
                    401 | 402 | 403 | 407 | 451 => "hint-refused",
                    _ => "hint-silent",
                })),
            },
            Problem::NoPage { code } => Self {
                text: locale.format(
                    "error-no-page",
                    &[name[0], ("code", usize::from(*code).into())],
                ),
                hint: Some(locale.text("hint-no-page")),
            },
            Problem::NoAddress => known("error-no-address", "hint-no-address"),
            Problem::NoConnection(detail) => Self {
                text: detailed("error-no-connection", detail),
                hint: Some(locale.text("hint-no-host")),
            },
            Problem::BrokenOff => known("error-broken-off", "hint-silent"),
            Problem::Answer(detail) => Self {
                text: detailed("error-answer", detail),
                hint: Some(locale.text("hint-answer")),
            },
            Problem::NoLetters(media) => Self {
                text: detailed("error-no-letters", media),
                hint: Some(locale.text("hint-no-letters")),
            },
            Problem::NoHost => known("error-no-host", "hint-no-host"),
            Problem::Redirects => known("error-redirects", "hint-redirects"),
            Problem::NoFeed => known("error-no-feed", "hint-no-feed"),
            Problem::NoName => known("error-no-name", "hint-no-name"),
            Problem::Io(error) => Self {
                text: detailed("error-io", &error.to_string()),
                hint: None,
            },
            Problem::Parser(invalid) => Self {
                text: detailed("error-parser", &invalid.to_string()),
                hint: Some(locale.text("hint-bug")),
            },
        }
    }

    /// What is wrong with the config file; what it is about is as by default.
    #[must_use]
    pub fn of_fault(locale: &Locale, file: &Path, fault: &Fault) -> Self {
        let file = file.to_string_lossy();
        let file = visible::name(&file);
        let name = ("name", file.as_ref().into());
        let listed = |id, values: &[&str]| {
            let values = values.join(", ");
            Some(locale.format(id, &[("values", values.as_str().into())]))
        };
        match fault {
            Fault::Unreadable(detail) => Self {
                text: locale.format(
                    "config-unreadable",
                    &[name, ("detail", detail.as_str().into())],
                ),
                hint: Some(locale.text("hint-config")),
            },
            Fault::NoText => Self {
                text: locale.format("config-no-text", &[name]),
                hint: Some(locale.text("hint-config")),
            },
            Fault::Syntax { line, detail } => Self {
                text: locale.format(
                    "config-syntax",
                    &[
                        name,
                        ("line", (*line).into()),
                        ("detail", detail.as_str().into()),
                    ],
                ),
                hint: Some(locale.text("hint-config")),
            },
            Fault::Unknown { line, key } => Self {
                text: locale.format(
                    "config-unknown",
                    &[
                        name,
                        ("line", (*line).into()),
                        ("key", visible::name(key).as_ref().into()),
                    ],
                ),
                hint: listed("hint-config-keys", &KEYS.map(|(key, _)| key)),
            },
            Fault::Value { line, key, value } => {
                let words = KEYS.iter().find(|(known, _)| known == key);
                let words = words.map_or(&[][..], |(_, words)| words);
                Self {
                    text: locale.format(
                        "config-value",
                        &[
                            name,
                            ("line", (*line).into()),
                            ("key", key.as_str().into()),
                            ("value", visible::name(value).as_ref().into()),
                        ],
                    ),
                    hint: if words.is_empty() {
                        listed("hint-values", &Wish::words())
                    } else {
                        listed("hint-values", words)
                    },
                }
            }
        }
    }

    /// Why the reader could not go on.
    #[must_use]
    pub fn of_reader_error(locale: &Locale, error: &ReaderError) -> Self {
        match error {
            ReaderError::Terminal(TerminalError::NoKeyboard(_)) => Self {
                text: locale.text("error-no-keyboard"),
                hint: Some(locale.text("hint-no-keyboard")),
            },
            error => {
                let detail = error.to_string();
                Self {
                    text: locale.format("error-terminal", &[("detail", detail.as_str().into())]),
                    hint: None,
                }
            }
        }
    }

    /// That a source is not on the shelf.
    #[must_use]
    pub fn not_on_shelf(locale: &Locale, name: &str) -> Self {
        Self {
            text: locale.format(
                "error-not-on-shelf",
                &[("name", visible::name(name).as_ref().into())],
            ),
            hint: Some(locale.format("hint-not-on-shelf", &[("shelf", "qari shelf".into())])),
        }
    }

    /// What happened to the state file.
    #[must_use]
    pub fn of_trouble(locale: &Locale, trouble: &Trouble) -> Self {
        let named = |id: &str, file: &Path| {
            let file = file.to_string_lossy();
            locale.format(id, &[("name", visible::name(&file).as_ref().into())])
        };
        let hinted = |text: String, hint: &str| Self {
            text,
            hint: Some(locale.text(hint)),
        };
        match trouble {
            Trouble::File(LibraryNotice::SetAside { kept }) => {
                hinted(named("state-set-aside", kept), "hint-state-set-aside")
            }
            Trouble::File(LibraryNotice::Newer { file }) => {
                hinted(named("state-newer", file), "hint-state-newer")
            }
            Trouble::File(LibraryNotice::NotKept {
                file: Some(file), ..
            }) => hinted(named("state-not-kept", file), "hint-state-not-kept"),
            Trouble::File(LibraryNotice::NotKept { file: None, .. }) => {
                hinted(locale.text("state-no-home"), "hint-state-not-kept")
            }
            Trouble::File(LibraryNotice::Full { file }) => {
                hinted(named("state-no-room", file), "hint-state-full")
            }
            Trouble::Failed(LibraryError::ReadOnly) => {
                hinted(locale.text("state-read-only"), "hint-state-not-kept")
            }
            Trouble::Failed(LibraryError::Full) => {
                hinted(locale.text("state-full"), "hint-state-full")
            }
            Trouble::Failed(LibraryError::Busy) => {
                hinted(locale.text("state-busy"), "hint-state-busy")
            }
            Trouble::Failed(LibraryError::Database(error)) => {
                let detail = error.to_string();
                Self {
                    text: locale.format("state-failed", &[("detail", detail.as_str().into())]),
                    hint: None,
                }
            }
        }
    }

    /// What there is to know about how a source was read.
    #[must_use]
    pub fn of_notice(locale: &Locale, name: &str, notice: &Notice) -> Self {
        let shown = visible::name(name);
        let name = ("name", shown.as_ref().into());
        let text = match *notice {
            Notice::InvalidBytes { count } => {
                locale.format("notice-invalid-bytes", &[name, ("count", count.into())])
            }
            Notice::BadLines { count, first } => locale.format(
                "notice-bad-lines",
                &[name, ("count", count.into()), ("first", first.into())],
            ),
            Notice::MissingParts { count } => {
                locale.format("notice-missing-parts", &[name, ("count", count.into())])
            }
            Notice::StoredAsDrawn { forms, visual } => {
                let id = match (forms, visual) {
                    (true, true) => "notice-stored-both",
                    (true, false) => "notice-stored-forms",
                    _ => "notice-stored-visual",
                };
                locale.format(id, &[name])
            }
        };
        Self { text, hint: None }
    }
}

/// A number of bytes in the largest unit that has it whole.
fn size(bytes: u64) -> String {
    match bytes {
        _ if bytes >= 1 << 30 => format!("{} GiB", bytes >> 30),
        _ if bytes >= 1 << 20 => format!("{} MiB", bytes >> 20),
        _ => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::doc::InvalidDocument;
    use crate::locale::Language;

    #[test]
    fn every_problem_has_words_in_both_languages() {
        let problems = || {
            [
                Problem::NotFound,
                Problem::Permission,
                Problem::Special,
                Problem::Loop,
                Problem::TooLarge { most: 1 << 30 },
                Problem::NoPage { code: 404 },
                Problem::NoAddress,
                Problem::NoConnection("x".into()),
                Problem::BrokenOff,
                Problem::Answer("x".into()),
                Problem::NoLetters("image/png".into()),
                Problem::NoText,
                Problem::Silent { seconds: 30 },
                Problem::Refused { code: 403 },
                Problem::NoHost,
                Problem::Redirects,
                Problem::NoFeed,
                Problem::TooMuch,
                Problem::Bomb,
                Problem::Nested,
                Problem::Archive,
                Problem::TooSlow,
                Problem::NoPdftotext,
                Problem::NoTextInPages,
                Problem::Damaged("x".into()),
                Problem::Io(io::Error::other("x")),
                Problem::Parser(InvalidDocument::NoArticle),
            ]
        };
        for (_, language) in Language::ALL {
            let locale = Locale::new(language);
            for problem in problems() {
                let name = "a.txt".to_owned();
                let message = Message::of_source_error(&locale, &SourceError { name, problem });
                assert!(message.text.contains("a.txt"), "{message:?}");
                assert!(!message.text.contains('$'), "{message:?}");
                assert!(
                    message.hint.is_none_or(|hint| hint.contains(' ')),
                    "an id is no hint"
                );
            }
        }
    }

    #[test]
    fn a_size_is_told_in_its_largest_unit() {
        assert_eq!(
            [size(1 << 30), size(32 << 20), size(9)],
            ["1 GiB", "32 MiB", "9 B"]
        );
    }

    #[test]
    fn counts_the_sequences_that_were_replaced() {
        let locale = Locale::new(Language::English);
        let words = |count| Message::of_notice(&locale, "-", &Notice::InvalidBytes { count }).text;
        assert!(words(1).contains("one sequence"));
        assert!(words(5).contains("5 sequences"));
    }
}
