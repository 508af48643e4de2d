//! The options of the commands that list names.

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::arguments::{choice, flag};
use super::{sources, word};
use crate::entity::Kind;
use crate::error::Error;
use crate::locale::Locale;
use crate::run::wanted::Wanted;
use crate::run::{Message, Reading, corrections, entities, graph, index};

/// The arguments of the list of names.
pub fn entities_arguments(command: Command, locale: &Locale) -> Command {
    let forms = ["table", "tsv", "json", "conll"];
    wanted_arguments(command, locale, &forms, "option-format")
}

/// The arguments of the index.
pub fn index_arguments(command: Command, locale: &Locale) -> Command {
    wanted_arguments(command, locale, &["table", "tsv", "json"], "option-format")
}

/// The arguments of the graph.
pub fn graph_arguments(command: Command, locale: &Locale) -> Command {
    wanted_arguments(command, locale, &["dot", "json"], "option-graph-format")
}

/// The arguments of the list of corrections.
pub fn corrections_arguments(command: Command, locale: &Locale) -> Command {
    command
        .mut_arg("source", |source| {
            source.help(locale.text("argument-corrections"))
        })
        .arg(choice("format", &["table", "tsv", "json"]).help(locale.text("option-format")))
        .arg(flag("json").help(locale.text("option-json")))
}

fn wanted_arguments(
    command: Command,
    locale: &Locale,
    forms: &[&'static str],
    about: &str,
) -> Command {
    let kinds = Kind::ALL.map(Kind::name).join(", ");
    command
        .arg(choice("format", forms).help(locale.text(about)))
        .arg(flag("json").help(locale.text("option-json")))
        .arg(
            Arg::new("kinds")
                .long("kinds")
                .value_name("KIND,…")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .value_parser(Kind::ALL.map(Kind::name).to_vec())
                .help(locale.format("option-kinds", &[("kinds", kinds.as_str().into())])),
        )
        .arg(
            Arg::new("min-count")
                .long("min-count")
                .value_name("N")
                .value_parser(value_parser!(u16))
                .help(locale.text("option-min-count")),
        )
}

/// What is asked of the list of names.
pub fn entities(
    locale: &Locale,
    matches: &ArgMatches,
    reading: Reading,
) -> Result<entities::Options, Error> {
    let form = form(locale, matches)?;
    Ok(entities::Options {
        sources: sources(matches),
        reading,
        format: form.map(|form| match form {
            "table" => entities::Format::Table,
            "tsv" => entities::Format::Tsv,
            "conll" => entities::Format::Conll,
            _ => entities::Format::Json,
        }),
        wanted: wanted(matches),
    })
}

/// What is asked of the index.
pub fn index(
    locale: &Locale,
    matches: &ArgMatches,
    reading: Reading,
) -> Result<index::Options, Error> {
    let form = form(locale, matches)?;
    Ok(index::Options {
        sources: sources(matches),
        reading,
        format: form.map(|form| match form {
            "table" => index::Format::Table,
            "tsv" => index::Format::Tsv,
            _ => index::Format::Json,
        }),
        wanted: wanted(matches),
    })
}

/// What is asked of the corrections.
pub fn corrections(locale: &Locale, matches: &ArgMatches) -> Result<corrections::Options, Error> {
    let form = form(locale, matches)?;
    Ok(corrections::Options {
        sources: sources(matches),
        format: form.map(|form| match form {
            "table" => corrections::Format::Table,
            "tsv" => corrections::Format::Tsv,
            _ => corrections::Format::Json,
        }),
    })
}

/// What is asked of the graph.
pub fn graph(
    locale: &Locale,
    matches: &ArgMatches,
    reading: Reading,
) -> Result<graph::Options, Error> {
    let form = form(locale, matches)?;
    Ok(graph::Options {
        sources: sources(matches),
        reading,
        format: match form {
            Some("json") => graph::Format::Json,
            _ => graph::Format::Dot,
        },
        wanted: wanted(matches),
    })
}

/// The form of the list; `--json` is the short way to say `--format json`.
fn form<'a>(locale: &Locale, matches: &'a ArgMatches) -> Result<Option<&'a str>, Error> {
    let form = word(matches, "format");
    match form {
        form if !matches.get_flag("json") => Ok(form),
        None | Some("json") => Ok(Some("json")),
        Some(_) => Err(Error::usage(Message {
            text: locale.format(
                "error-conflict",
                &[("option", "--json".into()), ("other", "--format".into())],
            ),
            hint: None,
        })),
    }
}

fn wanted(matches: &ArgMatches) -> Wanted {
    let kinds = matches.get_many::<String>("kinds").unwrap_or_default();
    Wanted {
        kinds: kinds.filter_map(|kind| kind.parse().ok()).collect(),
        min_count: matches
            .get_one::<u16>("min-count")
            .copied()
            .unwrap_or_default()
            .into(),
    }
}
