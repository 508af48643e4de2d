//! The binary: hands the arguments to the library and its answer to the system.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use qari::cli;
use qari::config::{Choices, ChoicesError};
use qari::error::{Error, exit_code};
use qari::locale::{Language, Locale};
use qari::run;
use qari::run::recognition::Wish;
use qari::run::{Outcome, Output};

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let choices = Choices::load(|name| env::var(name).ok());
    let chosen = choices.as_ref().ok().and_then(|choices| choices.language);
    let locale = Locale::new(
        cli::language(&arguments)
            .or(chosen)
            .unwrap_or_else(language),
    );
    let in_file = choices
        .as_ref()
        .ok()
        .and_then(|choices| choices.profile.as_deref());
    let wish = cli::profile(&arguments)
        .or_else(Wish::of_environment)
        .or_else(|| Wish::named(in_file?));
    let mut output = Output::standard(wish);
    exit_code(
        attempt(arguments, choices, &locale, &mut output).map_err(|error| {
            if error.kind.is_told() {
                // Standard output may be what failed; the message goes to standard error all the same.
                let _ = output.report(&locale, &error.message);
            }
            error.kind
        }),
    )
}

fn attempt(
    arguments: Vec<OsString>,
    choices: Result<Choices, ChoicesError>,
    locale: &Locale,
    output: &mut Output,
) -> Result<Outcome, Error> {
    let command = cli::parse(locale, arguments)?;
    let choices = choices.map_err(|error| Error::of_choices(locale, &error))?;
    cli::check_profiles(locale, choices.profile.as_deref())?;
    run::run(command, &choices, locale, output)
        .map_err(|failure| Error::of_failure(locale, &failure))
}

/// The language of the environment.
fn language() -> Language {
    let [all, messages, lang] = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| env::var(name).ok());
    Language::from_environment(all.as_deref(), messages.as_deref(), lang.as_deref())
}
