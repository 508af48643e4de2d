//! The arguments that there are, as data for clap.

use clap::{Arg, ArgAction, Command, ValueHint, value_parser};

use super::names;
use crate::locale::Locale;
use crate::run::recognition::Wish;

/// The commands beside the reader, with the id of what each does.
pub const COMMANDS: [(&str, &str); 12] = [
    ("print", "about-print"),
    ("articles", "about-articles"),
    ("entities", "about-entities"),
    ("index", "about-index"),
    ("graph", "about-graph"),
    ("corrections", "about-corrections"),
    ("shelf", "about-shelf"),
    ("add", "about-add"),
    ("fetch", "about-fetch"),
    ("remove", "about-remove"),
    ("export", "about-export"),
    ("doctor", "about-doctor"),
];

/// What `--generate` can write.
pub const GENERATED: [&str; 5] = [
    "man",
    "keys",
    "complete-bash",
    "complete-zsh",
    "complete-fish",
];

/// The whole command line.
pub fn root(locale: &Locale) -> Command {
    let mut root = command(locale, "qari", "about")
        .no_binary_name(true)
        .disable_help_subcommand(true)
        .args_override_self(true)
        .arg(
            choice("lang", &["ar", "en"])
                .help(locale.text("option-lang"))
                .global(true),
        )
        .arg(
            choice("profile", &Wish::words())
                .value_name("NAME")
                .help(locale.text("option-profile"))
                .global(true),
        )
        .arg(
            Arg::new("encoding")
                .long("encoding")
                .value_name("NAME")
                .help(locale.text("option-encoding"))
                .global(true),
        )
        .arg(
            flag("repair")
                .help(locale.text("option-repair"))
                .global(true),
        )
        .arg(flag("linear").help(locale.text("option-linear")))
        .arg(choice("sidebar", &["left", "right"]).help(locale.text("option-sidebar")))
        .arg(direction(locale))
        .arg(
            choice("generate", &GENERATED)
                .help(locale.text("option-generate"))
                .hide(true),
        );
    for (name, about) in COMMANDS {
        let command = command(locale, name, about);
        root = root.subcommand(match name {
            "doctor" | "add" | "remove" => command,
            "articles" | "shelf" => command.arg(flag("json").help(locale.text("option-json"))),
            "fetch" => command.arg(number("timeout").help(locale.text("option-timeout"))),
            "export" => command.arg(flag("opml").help(locale.text("option-opml"))),
            "print" => print(command, locale),
            "index" => names::index_arguments(command, locale),
            "graph" => names::graph_arguments(command, locale),
            "corrections" => names::corrections_arguments(command, locale),
            _ => names::entities_arguments(command, locale),
        });
    }
    root.arg(
        flag("help")
            .short('h')
            .help(locale.text("option-help"))
            .global(true),
    )
    .arg(
        flag("version")
            .short('V')
            .help(locale.text("option-version"))
            .global(true),
    )
}

fn command(locale: &Locale, name: &'static str, about: &str) -> Command {
    Command::new(name)
        .version(env!("CARGO_PKG_VERSION"))
        .about(locale.text(about))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(
            Arg::new("source")
                .value_name("SOURCE")
                .help(locale.text("argument-source"))
                .value_parser(value_parser!(std::ffi::OsString))
                .value_hint(ValueHint::AnyPath)
                .num_args(0..)
                .action(ArgAction::Append),
        )
}

fn print(command: Command, locale: &Locale) -> Command {
    command
        .arg(number("width").help(locale.text("option-width")))
        .arg(choice("order", &["visual", "logical"]).help(locale.text("option-order")))
        .arg(flag("justify").help(locale.text("option-justify")))
        .arg(flag("no-join").help(locale.text("option-no-join")))
        .arg(choice("align", &["start", "left"]).help(locale.text("option-align")))
        .arg(direction(locale))
        .arg(flag("color").help(locale.text("option-color")))
}

fn direction(locale: &Locale) -> Arg {
    choice("direction", &["auto", "rtl", "ltr"]).help(locale.text("option-direction"))
}

/// An option without a value.
pub fn flag(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

fn number(name: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("N")
        .value_parser(value_parser!(u16))
}

/// An option that takes one of some words.
pub fn choice(name: &'static str, words: &[&'static str]) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(words.join("|"))
        .value_parser(words.to_vec())
}
