//! The binary: hands the arguments to the library and its answer to the system.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use qari::cli;
use qari::config::{Choices, Faults};
use qari::error::{Error, exit_code};
use qari::locale::{Language, Locale};
use qari::run;
use qari::run::recognition::Wish;
use qari::run::{Outcome, Output};

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let (choices, faults) = Choices::load(
        |name| env::var(name).ok(),
        |name| Wish::named(name).is_some(),
    );
    let locale = Locale::new(
        cli::language(&arguments)
            .or(choices.language)
            .unwrap_or_else(language),
    );
    let wish = cli::profile(&arguments)
        .or_else(Wish::of_environment)
        .or_else(|| Wish::named(choices.profile.as_deref()?));
    let mut output = Output::standard(wish);
    exit_code(
        attempt(arguments, (&choices, &faults), &locale, &mut output).map_err(|error| {
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
    (choices, faults): (&Choices, &Faults),
    locale: &Locale,
    output: &mut Output,
) -> Result<Outcome, Error> {
    let command = cli::parse(locale, arguments)?;
    cli::check_profile(locale)?;
    run::run(command, choices, faults, locale, output)
        .map_err(|failure| Error::of_failure(locale, &failure))
}

/// The language of the environment.
fn language() -> Language {
    let [all, messages, lang] = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| env::var(name).ok());
    Language::from_environment(all.as_deref(), messages.as_deref(), lang.as_deref())
}
