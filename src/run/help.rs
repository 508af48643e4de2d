//! A page of help becomes lines.

use std::io;

use super::output::Output;
use super::table::{Align, Fit, Table};
use crate::locale::Locale;

/// What the help of a command says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What the command does.
    pub about: String,
    /// The heading of the usage, and the ways to call the command.
    pub usage: (String, Vec<String>),
    /// What can be named, each part under its heading.
    pub sections: Vec<Section>,
    /// What else there is to know.
    pub footer: Vec<String>,
}

/// Terms and what they mean, under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Each term with its explanation.
    pub rows: Vec<(String, String)>,
}

/// How far terms stand in from the side where lines begin.
const INDENT: usize = 2;

/// Writes a page.
///
/// # Errors
/// Whatever writing says.
pub fn show(page: &Page, locale: &Locale, output: &mut Output) -> io::Result<()> {
    let direction = locale.language().direction();
    output.paragraph(&page.about, direction)?;
    output.paragraph("", direction)?;
    let (heading, calls) = &page.usage;
    output.paragraph(heading, direction)?;
    let mut usage = Table::new(&[(Fit::Wrapped, Align::Start)]);
    for call in calls {
        usage.row(vec![call.clone()]);
    }
    output.table(&usage, direction, INDENT)?;
    for section in &page.sections {
        output.paragraph("", direction)?;
        output.paragraph(&section.heading, direction)?;
        let mut table = Table::new(&[(Fit::Whole, Align::Start), (Fit::Wrapped, Align::Start)]);
        for (term, explanation) in &section.rows {
            table.row(vec![term.clone(), explanation.clone()]);
        }
        output.table(&table, direction, INDENT)?;
    }
    if !page.footer.is_empty() {
        output.paragraph("", direction)?;
    }
    for sentence in &page.footer {
        output.paragraph(sentence, direction)?;
    }
    Ok(())
}
