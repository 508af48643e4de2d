//! What was marked becomes Markdown: under each article its bookmarks, and its highlights as quotations with their notes and source.

use std::ffi::OsString;
use std::io;

use super::keeping::Keeping;
use super::{Message, Outcome, Output, shelf};
use crate::library::{Library, Marked};
use crate::locale::Locale;
use crate::source::whereabouts;
use crate::text::sanitise;

/// What the command line says about the export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Only what was marked in these sources.
    pub sources: Vec<OsString>,
    /// Whether the feeds of the shelf are wanted instead, as OPML.
    pub opml: bool,
}

/// Writes what was marked, or the feeds of the shelf.
///
/// # Errors
/// What writing says.
pub fn run(options: &Options, locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    if options.opml {
        return shelf::export_feeds(locale, output);
    }
    let (keeping, trouble) = Keeping::collecting();
    let marked = keeping.ask(Library::marked);
    let wanted: Vec<String> = options
        .sources
        .iter()
        .map(|source| whereabouts(&source.to_string_lossy()))
        .collect();
    let holds = |source: &str| {
        let below = |folder: &String| {
            source
                .strip_prefix(folder.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        wanted.is_empty() || wanted.iter().any(below)
    };
    let marked: Vec<Marked> = marked
        .and_then(Result::ok)
        .unwrap_or_default()
        .into_iter()
        .filter(|marked| holds(&marked.source))
        .collect();
    if marked.is_empty() {
        output.report(
            locale,
            &Message {
                text: locale.text("message-no-marks"),
                hint: Some(locale.text("hint-no-marks")),
            },
        )?;
    }
    output.text(&markdown(&marked, locale))?;
    keeping.end();
    trouble.report(locale, output)?;
    Ok(Outcome::Done)
}

/// The marks as Markdown, in their order.
fn markdown(marked: &[Marked], locale: &Locale) -> String {
    let mut text = String::new();
    let mut article = None;
    for Marked {
        source,
        title,
        day,
        mark,
        ..
    } in marked
    {
        if article.replace((source, title)) != Some((source, title)) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.extend(["# ", &line(title), "\n\n<", &line(source), ">\n"]);
        }
        text.push('\n');
        if let Some(name) = &mark.name {
            let bookmark = locale.text("export-bookmark");
            let (name, words) = (line(name), line(&mark.quotation));
            text.extend([
                "- ", &bookmark, " **", &name, "** (", day, "): ", &words, "…\n",
            ]);
            continue;
        }
        for paragraph in mark.quotation.lines() {
            text.extend(["> ", &line(paragraph), "\n"]);
        }
        let comma = locale.text("list-comma");
        text.extend([">\n> — ", &line(title), &comma, day, "\n"]);
        if !mark.note.is_empty() {
            text.extend(["\n", &line(&mark.note), "\n"]);
        }
    }
    text
}

/// Text as one line of Markdown: what would be read as a mark of the format is escaped, nothing steers a terminal.
fn line(text: &str) -> String {
    let mut line = String::new();
    for character in sanitise(text).chars() {
        match character {
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' => line.extend(['\\', character]),
            '\n' | '\r' => line.push(' '),
            character => line.push(character),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Mark, Spot};
    use crate::locale::Language;

    fn marked(title: &str, name: Option<&str>, quotation: &str, note: &str) -> Marked {
        Marked {
            source: "/كتب/a.txt".into(),
            title: title.into(),
            ordinal: 0,
            fingerprint: Vec::new(),
            day: "2026-01-02".into(),
            mark: Mark {
                id: 1,
                name: name.map(str::to_owned),
                note: note.into(),
                quotation: quotation.into(),
                start: Spot::default(),
                end: Spot::default(),
            },
        }
    }

    #[test]
    fn marks_stand_under_their_articles_with_quotation_and_source() {
        let marks = [
            marked("الأول", Some("بداية"), "قال الراوي", ""),
            marked("الأول", None, "سطر *أول*\nسطر ثان", "رأيي"),
            marked("الثاني", None, "[نص]", ""),
        ];
        insta::assert_snapshot!(markdown(&marks, &Locale::new(Language::English)), @r"
        # الأول

        </كتب/a.txt>

        - Bookmark **بداية** (2026-01-02): قال الراوي…

        > سطر \*أول\*
        > سطر ثان
        >
        > — الأول, 2026-01-02

        رأيي

        # الثاني

        </كتب/a.txt>

        > \[نص\]
        >
        > — الثاني, 2026-01-02
        ");
    }
}
