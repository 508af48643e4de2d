//! Errors and notices become messages in the reader's language: what happened, and what helps.

use std::path::Path;

use crate::doc::Notice;
use crate::library::{LibraryError, Notice as LibraryNotice};
use crate::locale::Locale;
use crate::source::{Problem, SourceError};
use crate::term::TerminalError;

use super::keeping::Trouble;
use super::reader::ReaderError;

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
        let shown = one_line(&error.name);
        let name = [("name", shown.as_str().into())];
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
            Problem::TooLarge => known("error-too-large", "hint-too-large"),
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
                hint: None,
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
                &[("name", one_line(name).as_str().into())],
            ),
            hint: Some(locale.format("hint-not-on-shelf", &[("shelf", "qari shelf".into())])),
        }
    }

    /// What happened to the state file.
    #[must_use]
    pub fn of_trouble(locale: &Locale, trouble: &Trouble) -> Self {
        let path = |path: &Path| one_line(&path.to_string_lossy());
        let named =
            |id: &str, file: &Path| locale.format(id, &[("name", path(file).as_str().into())]);
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
            Trouble::Failed(LibraryError::ReadOnly) => {
                hinted(locale.text("state-read-only"), "hint-state-not-kept")
            }
            Trouble::Failed(LibraryError::Busy) => Self {
                text: locale.text("state-busy"),
                hint: None,
            },
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
        let shown = one_line(name);
        let name = ("name", shown.as_str().into());
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

/// A name as one line: what would begin another, or a column of its own, becomes a visible mark (U+2400, Control Pictures).
fn one_line(name: &str) -> String {
    let picture = |c: char| match c {
        '\n' => '␊',
        '\r' => '␍',
        '\t' => '␉',
        c => c,
    };
    name.chars().map(picture).collect()
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
                Problem::TooLarge,
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
    fn counts_the_sequences_that_were_replaced() {
        let locale = Locale::new(Language::English);
        let words = |count| Message::of_notice(&locale, "-", &Notice::InvalidBytes { count }).text;
        assert!(words(1).contains("one sequence"));
        assert!(words(5).contains("5 sequences"));
    }
}
