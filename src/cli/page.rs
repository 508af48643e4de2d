//! The help of a command, as a page for `run::help` to lay out.

use clap::{Arg, Command};

use super::arguments::COMMANDS;
use crate::locale::Locale;
use crate::run::help::{Page, Section};

/// The kinds of sources, with the id of what each is.
const SOURCES: [(&str, &str); 5] = [
    ("FILE", "source-file"),
    ("DIR", "source-directory"),
    ("URL", "source-net"),
    ("-", "source-input"),
    ("", "source-none"),
];

/// The help page of the program (no name) or of a command.
pub fn page(locale: &Locale, root: &Command, name: &str) -> Page {
    let command = root.find_subcommand(name).unwrap_or(root);
    let mut usage = vec![
        ["qari", name, "[OPTION]… [SOURCE]…"]
            .join(" ")
            .replace("  ", " "),
    ];
    let mut sections = Vec::new();
    if name.is_empty() {
        usage.push("qari COMMAND [OPTION]… [SOURCE]…".into());
        sections.push(section(locale, "help-commands", rows(locale, &COMMANDS)));
    }
    sections.push(section(locale, "help-sources", rows(locale, &SOURCES)));
    let options = command
        .get_arguments()
        .filter(|argument| !argument.is_positional() && !argument.is_hide_set())
        .map(|argument| (term(argument), explanation(argument)));
    sections.push(section(locale, "help-options", options.collect()));
    Page {
        about: command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default(),
        usage: (locale.text("help-usage"), usage),
        sections,
        footer: if name.is_empty() {
            footer(locale)
        } else {
            Vec::new()
        },
    }
}

fn footer(locale: &Locale) -> Vec<String> {
    vec![
        locale.format("help-more", &[("help", "qari COMMAND --help".into())]),
        locale.format("hint-file-name", &[("path", "./print".into())]),
    ]
}

fn section(locale: &Locale, heading: &str, rows: Vec<(String, String)>) -> Section {
    Section {
        heading: locale.text(heading),
        rows,
    }
}

fn rows(locale: &Locale, entries: &[(&str, &str)]) -> Vec<(String, String)> {
    entries
        .iter()
        .map(|(term, id)| ((*term).to_owned(), locale.text(id)))
        .collect()
}

/// How an option is written: `-h, --help`, `--width N`, `--order visual|logical`.
fn term(argument: &Arg) -> String {
    let short = argument
        .get_short()
        .map(|short| format!("-{short}, "))
        .unwrap_or_default();
    let value = argument
        .get_value_names()
        .filter(|_| argument.get_action().takes_values())
        .and_then(|names| names.first())
        .map(|name| format!(" {name}"))
        .unwrap_or_default();
    format!(
        "{short}--{}{value}",
        argument.get_long().unwrap_or_default()
    )
}

fn explanation(argument: &Arg) -> String {
    argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default()
}
