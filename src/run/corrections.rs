//! What the reader corrected in the names: listed, written for other programs, taken in from what was written so.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::io::{Read, stdin};

use super::keeping::{Keeping, told};
use super::output::Output;
use super::record;
use super::table::{Align, Fit, Table};
use super::{Message, Outcome};
use crate::entity::Correction;
use crate::library::{Library, LibraryError};
use crate::locale::Locale;
use crate::source::{STANDARD_INPUT, SourceError};

/// The most bytes of a file of corrections.
const MOST: u64 = 16 << 20;

/// What the command line says about corrections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Files of corrections that are to be taken in; none to list those that hold.
    pub sources: Vec<OsString>,
    /// The form of the list: by default a table on a terminal and tab-separated lines in a pipe.
    pub format: Option<Format>,
}

/// The form of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One row a correction.
    Table,
    /// One line a correction: what was done, kind, names, what it is instead.
    Tsv,
    /// One JSON object a correction, as it can be taken in.
    Json,
}

/// Lists corrections, or takes some in.
///
/// # Errors
/// What writing says.
pub fn run(options: &Options, locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    let (keeping, trouble) = Keeping::collecting();
    let mut outcome = Outcome::Done;
    if options.sources.is_empty() {
        list(options, &keeping, locale, output)?;
    }
    for source in &options.sources {
        let name = source.to_string_lossy();
        match read(source).map_err(|error| SourceError::from_io(&name, error)) {
            Ok(text) => {
                let (corrections, bad) = parse(&text);
                if let Some(&first) = bad.first() {
                    let text = locale.format(
                        "notice-bad-corrections",
                        &[
                            ("name", name.as_ref().into()),
                            ("count", bad.len().into()),
                            ("first", first.into()),
                        ],
                    );
                    let hint = Some(locale.text("hint-bad-corrections"));
                    output.report(locale, &Message { text, hint })?;
                    outcome = Outcome::Unread;
                }
                keeping.order(move |library, tell| told(take_in(library, &corrections), tell));
            }
            Err(error) => {
                outcome = Outcome::Unread;
                output.report(locale, &Message::of_source_error(locale, &error))?;
            }
        }
    }
    keeping.end();
    if trouble.report(locale, output)? {
        outcome = Outcome::Unread;
    }
    Ok(outcome)
}

fn list(
    options: &Options,
    keeping: &Keeping,
    locale: &Locale,
    output: &mut Output,
) -> io::Result<()> {
    let kept = keeping.ask(|library| library.corrections().unwrap_or_default());
    let form = if output.columns().is_some() {
        Format::Table
    } else {
        Format::Tsv
    };
    let mut table = Table::new(&[
        (Fit::Cut, Align::Start),
        (Fit::Cut, Align::Start),
        (Fit::Cut, Align::Start),
    ]);
    let heading = ["table-kind", "table-name", "table-correction"];
    table.row(heading.map(|id| locale.text(id)).into());
    let format = options.format.unwrap_or(form);
    for correction in kept.unwrap_or_default() {
        match format {
            Format::Table => table.row(row(&correction, locale)),
            Format::Tsv => {
                let names = correction.names().join(", ");
                let (what, to, to_kind) = said(&correction);
                let kind = correction.kind().name();
                let fields = [what, kind, &names, to_kind, to];
                output.text(&record::tab_separated(&fields))?;
            }
            Format::Json => output.text(&record::json(&correction)?)?,
        }
    }
    if format == Format::Table {
        output.table(&table, locale.language().direction(), 0)?;
    }
    Ok(())
}

/// What was done, what the name is instead, and of which kind.
fn said(correction: &Correction) -> (&'static str, &str, &'static str) {
    match correction {
        Correction::Kind { to, .. } => ("kind", "", to.name()),
        Correction::Nothing { .. } => ("nothing", "", ""),
        Correction::Span { to, kind, .. } => ("span", to, kind.name()),
        Correction::Name { name, kind } => ("name", name, kind.name()),
        Correction::Join { to, to_kind, .. } => ("join", to, to_kind.name()),
    }
}

/// A row of the table: what the tagger takes it for, its name, what it is.
fn row(correction: &Correction, locale: &Locale) -> Vec<String> {
    let word = |kind| locale.text(&format!("kind-{kind}"));
    let is = match correction {
        Correction::Kind { to, .. } => word(*to),
        Correction::Nothing { .. } => locale.text("correction-nothing"),
        Correction::Name { .. } => locale.text("correction-name"),
        Correction::Span { to, .. } => to.clone(),
        Correction::Join { to, to_kind, .. } => format!("{to} ({})", word(*to_kind)),
    };
    let name = correction.names().first().cloned().unwrap_or_default();
    vec![word(correction.kind()), name, is]
}

/// The text of a file, or of standard input.
fn read(source: &OsString) -> io::Result<String> {
    let input: Box<dyn Read> = if source == STANDARD_INPUT {
        Box::new(stdin().lock())
    } else {
        Box::new(File::open(source)?)
    };
    let mut bytes = Vec::new();
    input.take(MOST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The corrections of a text, one a line, and the numbers of the lines that are none, from 1.
fn parse(text: &str) -> (Vec<Correction>, Vec<usize>) {
    let (mut corrections, mut bad) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{feff}').trim();
        match serde_json::from_str(line) {
            Ok(correction) => corrections.push(correction),
            Err(_) if line.is_empty() => {}
            Err(_) => bad.push(number),
        }
    }
    (corrections, bad)
}

/// Keeps the corrections that are not kept already.
fn take_in(library: &mut Library, corrections: &[Correction]) -> Result<(), LibraryError> {
    let kept = library.corrections()?;
    let new: Vec<Correction> = corrections
        .iter()
        .filter(|correction| !kept.contains(correction))
        .cloned()
        .collect();
    library.correct(&new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Kind;

    #[test]
    fn lines_that_are_no_corrections_are_counted() {
        let text =
            "\u{feff}{\"correction\":\"nothing\",\"names\":[\"أ\"],\"kind\":\"person\"}\n\n{}\nx\n";
        let nothing = Correction::Nothing {
            names: vec!["أ".into()],
            kind: Kind::Person,
        };
        assert_eq!(parse(text), (vec![nothing], vec![3, 4]));
    }
}
