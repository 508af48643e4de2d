//! What was typed becomes what it means: arguments in, a [`Command`] of our own or an [`Error`] with a hint out.
//!
//! The words come from the locale, so that help and errors speak the reader's language; clap's own words are never shown.
//! Nothing outside this room knows clap.

mod arguments;
mod generate;
mod mistakes;
mod names;
mod page;

use std::ffi::OsString;

use clap::ArgMatches;

use crate::config::Side;
use crate::error::Error;
use crate::locale::{Language, Locale};
use crate::run::articles;
use crate::run::export;
use crate::run::fetch;
use crate::run::print;
use crate::run::recognition::{VARIABLE, Wish};
use crate::run::shelf;
use crate::run::{Command, Encoding, Message, Read, Reading};
use crate::text::Direction;

/// The language that `--lang` asks for, if it does; known before all else, because errors are told in it.
#[must_use]
pub fn language(arguments: &[OsString]) -> Option<Language> {
    asked(arguments, "--lang", Language::from_tag)
}

/// What `--profile` wishes, if it does; known early too, because errors reach the terminal in this way.
#[must_use]
pub fn profile(arguments: &[OsString]) -> Option<Wish> {
    asked(arguments, "--profile", Wish::named)
}

/// Looks whether the profile that the environment wishes is one.
///
/// # Errors
/// Wrong usage, with the names that there are.
pub fn check_profile(locale: &Locale) -> Result<(), Error> {
    let wished = std::env::var(VARIABLE).unwrap_or_default();
    if wished.is_empty() || Wish::named(&wished).is_some() {
        return Ok(());
    }
    let values = Wish::words().join(", ");
    Err(Error::usage(Message {
        text: locale.format(
            "error-invalid-value",
            &[
                ("option", VARIABLE.into()),
                ("value", wished.as_str().into()),
            ],
        ),
        hint: Some(locale.format("hint-values", &[("values", values.as_str().into())])),
    }))
}

/// The last value of an option that means something.
fn asked<T>(arguments: &[OsString], option: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let mut arguments = arguments.iter().take_while(|argument| *argument != "--");
    let mut asked = None;
    while let Some(argument) = arguments.next() {
        let argument = argument.to_string_lossy();
        let rest = argument.strip_prefix(option);
        let value = match rest.map(|rest| (rest, rest.strip_prefix('='))) {
            Some((_, Some(value))) => read(value),
            Some(("", None)) => arguments
                .next()
                .and_then(|value| read(&value.to_string_lossy())),
            _ => None,
        };
        asked = value.or(asked);
    }
    asked
}

/// Reads the arguments, the program's name not among them.
///
/// # Errors
/// Wrong usage, with a hint at the right one.
pub fn parse(locale: &Locale, arguments: Vec<OsString>) -> Result<Command, Error> {
    if names_sources_only(&arguments) {
        return Ok(Command::Read(Read {
            sources: arguments,
            ..Read::default()
        }));
    }
    let mut root = arguments::root(locale);
    let matches = root
        .try_get_matches_from_mut(arguments)
        .map_err(|mistake| Error::usage(mistakes::message(locale, &mistake)))?;
    let (name, chosen) = match matches.subcommand() {
        Some((name, chosen)) => (name, chosen),
        None => ("", &matches),
    };
    if chosen.get_flag("help") {
        return Ok(Command::Help(page::page(locale, &root, name)));
    }
    if chosen.get_flag("version") {
        return Ok(Command::Write(
            concat!("qari ", env!("CARGO_PKG_VERSION"), "\n").into(),
        ));
    }
    if let Some(what) = word(&matches, "generate") {
        return Ok(Command::Write(generate::generate(root, locale, what)));
    }
    if let Some(source) = sources(&matches).first().filter(|_| !name.is_empty()) {
        return Err(Error::usage(late_command(
            locale,
            &source.to_string_lossy(),
            name,
        )));
    }
    let sources = sources(chosen);
    let reading = reading(locale, chosen)?;
    Ok(match name {
        "print" => Command::Print(print::Options {
            sources,
            reading,
            width: chosen.get_one::<u16>("width").copied().map(usize::from),
            order: word(chosen, "order").map(|order| match order {
                "visual" => print::Order::Visual,
                _ => print::Order::Logical,
            }),
            join: !chosen.get_flag("no-join"),
            justify: chosen.get_flag("justify"),
            align: word(chosen, "align").map(|align| match align {
                "start" => print::Align::Start,
                _ => print::Align::Left,
            }),
            direction: direction(chosen).or_else(|| direction(&matches)),
            color: chosen.get_flag("color"),
        }),
        "articles" => Command::Articles(articles::Options {
            sources,
            reading,
            json: chosen.get_flag("json"),
        }),
        "entities" => Command::Entities(names::entities(locale, chosen, reading)?),
        "index" => Command::Index(names::index(locale, chosen, reading)?),
        "graph" => Command::Graph(names::graph(locale, chosen, reading)?),
        "corrections" => Command::Corrections(names::corrections(locale, chosen)?),
        "shelf" => Command::Shelf(shelf::Options {
            sources,
            json: chosen.get_flag("json"),
        }),
        "add" => Command::Add(needed(locale, sources)?),
        "remove" => Command::Remove(needed(locale, sources)?),
        "fetch" => Command::Fetch(fetch::Options {
            sources,
            timeout: chosen.get_one("timeout").copied(),
        }),
        "export" => Command::Export(export::Options {
            sources,
            opml: chosen.get_flag("opml"),
        }),
        "doctor" => Command::Doctor,
        _ => Command::Read(Read {
            sources,
            reading,
            sidebar: word(chosen, "sidebar").map(|side| match side {
                "left" => Side::Left,
                _ => Side::Right,
            }),
            direction: direction(chosen),
            linear: chosen.get_flag("linear"),
        }),
    })
}

/// Whether there is nothing but sources: then the reader opens without the tables of options having been made.
fn names_sources_only(arguments: &[OsString]) -> bool {
    let is_option =
        |argument: &OsString| argument.as_encoded_bytes().starts_with(b"-") && argument.len() > 1;
    let is_command =
        |argument: &OsString| arguments::COMMANDS.iter().any(|(name, _)| argument == name);
    !arguments.iter().any(is_option) && !arguments.first().is_some_and(is_command)
}

/// The value of an option that takes one of some words.
fn word<'a>(matches: &'a ArgMatches, id: &str) -> Option<&'a str> {
    matches.get_one::<String>(id).map(String::as_str)
}

/// How letters are to be read: `--encoding`, under any of its names, and `--repair`.
fn reading(locale: &Locale, matches: &ArgMatches) -> Result<Reading, Error> {
    let name = word(matches, "encoding");
    let encoding = name.map(|name| Encoding::named(name).ok_or(name));
    let encoding = encoding.transpose().map_err(|name| {
        let values = Encoding::ARABIC.map(Encoding::name).join(", ");
        Error::usage(Message {
            text: locale.format(
                "error-invalid-value",
                &[("option", "--encoding".into()), ("value", name.into())],
            ),
            hint: Some(locale.format("hint-encodings", &[("values", values.as_str().into())])),
        })
    })?;
    Ok(Reading {
        encoding,
        repair: matches.get_flag("repair"),
    })
}

fn sources(matches: &ArgMatches) -> Vec<OsString> {
    matches
        .get_many("source")
        .unwrap_or_default()
        .cloned()
        .collect()
}

/// Sources, for a command that does nothing without them.
fn needed(locale: &Locale, sources: Vec<OsString>) -> Result<Vec<OsString>, Error> {
    if sources.is_empty() {
        return Err(Error::usage(Message {
            text: locale.text("error-no-source"),
            hint: Some(locale.format("hint-help", &[("help", "qari --help".into())])),
        }));
    }
    Ok(sources)
}

fn direction(matches: &ArgMatches) -> Option<Direction> {
    match word(matches, "direction") {
        Some("rtl") => Some(Direction::Rtl),
        Some("ltr") => Some(Direction::Ltr),
        _ => None,
    }
}

fn late_command(locale: &Locale, source: &str, command: &str) -> Message {
    let path = format!("./{command}");
    Message {
        text: locale.format(
            "error-late-command",
            &[("source", source.into()), ("command", command.into())],
        ),
        hint: Some(locale.format("hint-file-name", &[("path", path.as_str().into())])),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::entity::Kind;
    use crate::run::wanted::Wanted;
    use crate::run::{entities, graph, index};

    fn arguments(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    fn command(line: &str) -> Command {
        parse(&Locale::new(Language::English), arguments(line)).unwrap()
    }

    fn mistake(line: &str) -> String {
        let error = parse(&Locale::new(Language::English), arguments(line)).unwrap_err();
        let Message { text, hint } = error.message;
        crate::text::sanitise(&format!("{text} / {}", hint.unwrap_or("-".into()))).into_owned()
    }

    fn print() -> print::Options {
        print::Options {
            join: true,
            ..print::Options::default()
        }
    }

    #[test]
    fn reads_when_no_command_is_named() {
        assert_eq!(command(""), Command::Read(Read::default()));
        assert_eq!(
            command("--sidebar left --direction ltr a ./print -"),
            Command::Read(Read {
                sources: arguments("a ./print -"),
                reading: Reading::default(),
                sidebar: Some(Side::Left),
                direction: Some(Direction::Ltr),
                linear: false,
            })
        );
        let after_source = command("a print");
        assert!(
            matches!(after_source, Command::Read(options) if options.sources == arguments("a print"))
        );
        let after_dashes = command("-- --lang");
        assert!(
            matches!(after_dashes, Command::Read(options) if options.sources == arguments("--lang"))
        );
    }

    #[test]
    fn reads_every_option_of_print() {
        assert_eq!(command("print"), Command::Print(print()));
        assert_eq!(
            command(
                "print --width 40 --order visual --no-join --justify --align start --direction rtl --color a - b"
            ),
            Command::Print(print::Options {
                sources: arguments("a - b"),
                reading: Reading::default(),
                width: Some(40),
                order: Some(print::Order::Visual),
                join: false,
                justify: true,
                align: Some(print::Align::Start),
                direction: Some(Direction::Rtl),
                color: true,
            })
        );
        assert_eq!(
            command(
                "--lang ar --direction ltr print --width=0 --width=7 --order logical --align left"
            ),
            Command::Print(print::Options {
                width: Some(7),
                order: Some(print::Order::Logical),
                align: Some(print::Align::Left),
                direction: Some(Direction::Ltr),
                ..print()
            })
        );
        assert_eq!(command("print --direction auto"), Command::Print(print()));
    }

    #[test]
    fn reads_the_options_of_the_lists() {
        let articles = |json| {
            Command::Articles(articles::Options {
                sources: vec![],
                reading: Reading::default(),
                json,
            })
        };
        assert_eq!(command("articles"), articles(false));
        assert_eq!(command("articles --json"), articles(true));
        let entities = |format| {
            Command::Entities(entities::Options {
                format,
                ..entities::Options::default()
            })
        };
        assert_eq!(command("entities"), entities(None));
        assert_eq!(
            command("entities --json"),
            entities(Some(entities::Format::Json))
        );
        assert_eq!(
            command("entities --format json --json"),
            entities(Some(entities::Format::Json))
        );
        assert_eq!(
            command("entities --format tsv"),
            entities(Some(entities::Format::Tsv))
        );
        assert_eq!(
            command("entities --format table"),
            entities(Some(entities::Format::Table))
        );
    }

    #[test]
    fn reads_which_names_are_wanted() {
        let wanted = Wanted {
            kinds: vec![Kind::Person, Kind::Place],
            min_count: 2,
        };
        let options = "--kinds person,place --min-count 2";
        assert_eq!(
            command(&format!("entities {options} --format conll a")),
            Command::Entities(entities::Options {
                sources: arguments("a"),
                reading: Reading::default(),
                format: Some(entities::Format::Conll),
                wanted: wanted.clone(),
            })
        );
        assert_eq!(
            command("index --kinds person --kinds=place --min-count=2 --json"),
            Command::Index(index::Options {
                format: Some(index::Format::Json),
                wanted: wanted.clone(),
                ..index::Options::default()
            })
        );
        assert_eq!(
            command(&format!("graph {options}")),
            Command::Graph(graph::Options {
                wanted,
                ..graph::Options::default()
            })
        );
    }

    #[test]
    fn reads_the_commands_of_the_shelf() {
        assert_eq!(command("add a b"), Command::Add(arguments("a b")));
        assert_eq!(command("remove 1"), Command::Remove(arguments("1")));
        assert_eq!(
            command("shelf --json"),
            Command::Shelf(shelf::Options {
                sources: vec![],
                json: true,
            })
        );
        assert_eq!(
            command("fetch --timeout 5 a"),
            Command::Fetch(fetch::Options {
                sources: arguments("a"),
                timeout: Some(5),
            })
        );
        assert!(mistake("add").starts_with("This command needs a source."));
    }

    #[test]
    fn reads_how_letters_are_read() {
        let reading = |line: &str| match command(line) {
            Command::Print(options) => options.reading,
            Command::Articles(options) => options.reading,
            Command::Entities(options) => options.reading,
            Command::Index(options) => options.reading,
            Command::Graph(options) => options.reading,
            Command::Read(options) => options.reading,
            other => panic!("{other:?}"),
        };
        for line in ["", "print ", "articles ", "entities ", "index ", "graph "] {
            assert_eq!(reading(line), Reading::default());
            let asked = reading(&format!("{line}--encoding CP1256 --repair"));
            assert_eq!(asked.encoding.map(Encoding::name), Some("windows-1256"));
            assert!(asked.repair);
        }
        assert!(reading("--repair print --encoding cp864").repair);
        assert_eq!(
            mistake("print --encoding klingon a"),
            "--encoding takes no value “klingon”. / For Arabic there are UTF-8, windows-1256, ISO-8859-6, UTF-16LE, UTF-16BE, MacArabic, CP864; web names of other encodings do too."
        );
    }

    #[test]
    fn says_what_is_wrong_and_what_would_be_right() {
        insta::assert_snapshot!(
            [
                "--sidbar left",
                "print --widht 4",
                "print --width",
                "print --width x",
                "print --order up",
                "print --color=always",
                "entities --json --format tsv",
                "index --kinds person,town",
                "graph --json --format dot",
                "a --lang ar print",
                "-x",
            ]
            .map(mistake)
            .join("\n"),
            @r"
        There is no option --sidbar. / Did you mean --sidebar?
        There is no option --widht. / Did you mean --width?
        --width needs a value. / It takes a number from 0 to 65535.
        --width takes no value “x”. / It takes a number from 0 to 65535.
        --order takes no value “up”. / It takes one of these: visual, logical.
        --color takes no value. / qari --help shows what there is.
        --json and --format exclude each other. / -
        --kinds takes no value “town”. / It takes one of these: person, place, organization, group, date, number, money, percent, event, work, product.
        --json and --format exclude each other. / -
        A command comes before all sources, and a comes before print. / A file with the name of a command is written ./print.
        There is no option -x. / qari --help shows what there is.
        "
        );
    }

    #[test]
    fn every_mistake_has_words_in_arabic() {
        for line in [
            "--sidbar left",
            "print --width x",
            "print --order up",
            "a --lang ar print",
            "print --width",
        ] {
            let error = parse(&Locale::new(Language::Arabic), arguments(line)).unwrap_err();
            let is_arabic = |c| ('ء'..='ي').contains(&c);
            assert!(
                error.message.text.contains(is_arabic),
                "{}",
                error.message.text
            );
        }
    }

    #[test]
    fn knows_the_language_before_anything_else() {
        let asked = |line| language(&arguments(line));
        assert_eq!(asked("print --lang ar --nonsense"), Some(Language::Arabic));
        assert_eq!(asked("--lang=en a"), Some(Language::English));
        assert_eq!(asked("--lang fr"), None);
        assert_eq!(asked("-- --lang ar"), None);
    }

    #[test]
    fn shows_help_for_each_command() {
        for line in [
            "--help",
            "-h",
            "print --help",
            "--lang ar entities -h",
            "articles x --help",
        ] {
            assert!(matches!(command(line), Command::Help(_)), "{line}");
        }
    }

    #[test]
    fn generates_manual_and_completions() {
        for (what, part) in [
            ("man", ".TH qari"),
            ("complete-bash", "--no-join"),
            ("complete-zsh", "#compdef qari"),
            ("complete-fish", "no-join"),
        ] {
            let Command::Write(text) = command(&format!("--generate {what}")) else {
                panic!("{what}");
            };
            assert!(text.contains(part), "{what}: {text}");
        }
        assert!(
            matches!(command("--version"), Command::Write(text) if text.starts_with("qari 0."))
        );
    }

    #[test]
    fn builds_sound_arguments() {
        for (_, language) in Language::ALL {
            arguments::root(&Locale::new(language)).debug_assert();
        }
    }
}
