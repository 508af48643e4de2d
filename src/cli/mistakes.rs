//! Clap's errors become messages in the reader's language: what is wrong, and what would be right.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::locale::Locale;
use crate::run::Message;

/// The message for a mistake on the command line.
pub fn message(locale: &Locale, mistake: &Error) -> Message {
    let option = bare(&context(mistake, ContextKind::InvalidArg));
    let value = context(mistake, ContextKind::InvalidValue);
    let arguments = [
        ("option", option.as_str().into()),
        ("value", value.as_str().into()),
    ];
    let help = || locale.format("hint-help", &[("help", "qari --help".into())]);
    match mistake.kind() {
        ErrorKind::UnknownArgument => {
            let similar = context(mistake, ContextKind::SuggestedArg);
            let hint = if similar.is_empty() {
                help()
            } else {
                locale.format("hint-similar", &[("similar", similar.as_str().into())])
            };
            Message {
                text: locale.format("error-unknown-option", &arguments),
                hint: Some(hint),
            }
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let text = if value.is_empty() {
                locale.format("error-missing-value", &arguments)
            } else {
                locale.format("error-invalid-value", &arguments)
            };
            let values = context(mistake, ContextKind::ValidValue);
            let hint = if values.is_empty() {
                locale.format("hint-number", &[("most", usize::from(u16::MAX).into())])
            } else {
                locale.format("hint-values", &[("values", values.as_str().into())])
            };
            Message {
                text,
                hint: Some(hint),
            }
        }
        ErrorKind::TooManyValues => Message {
            text: locale.format("error-unexpected-value", &arguments),
            hint: Some(help()),
        },
        _ => Message {
            text: locale.format(
                "error-usage",
                &[("detail", mistake.kind().to_string().as_str().into())],
            ),
            hint: Some(help()),
        },
    }
}

/// What clap knows about a mistake, in words.
fn context(mistake: &Error, kind: ContextKind) -> String {
    match mistake.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) => words.join(", "),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// An option without the name of its value.
fn bare(option: &str) -> String {
    option
        .split([' ', '='])
        .next()
        .unwrap_or_default()
        .to_owned()
}
