//! Bookmarks, highlights and notes: what a reader marks in an article, kept with the words that it is about.

use rusqlite::{Connection, Result, Row, params};

use super::article::{enter, from_number, id, now, number};
use super::{Identity, Library, LibraryError, Spot};

/// A mark in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its number in the state file.
    pub id: i64,
    /// A bookmark's name; none makes it a highlight.
    pub name: Option<String>,
    /// What the reader noted; may be empty.
    pub note: String,
    /// What was highlighted, or the words at the bookmark.
    pub quotation: String,
    /// Where it starts.
    pub start: Spot,
    /// Where it ends; a bookmark's ends where it starts.
    pub end: Spot,
}

/// What happens to the marks of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A mark is made; its id is chosen by the library.
    Make(Mark),
    /// A bookmark gets another name, or a highlight another note.
    Write {
        /// Which mark.
        id: i64,
        /// The name or the note.
        text: String,
    },
    /// A mark is taken away.
    Delete(i64),
}

/// A mark, and the article that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Where the article comes from.
    pub source: String,
    /// The article's title.
    pub title: String,
    /// Which article of its source it is, from 0.
    pub ordinal: usize,
    /// The article's fingerprint.
    pub fingerprint: Vec<u8>,
    /// The day on which it was made, local time.
    pub day: String,
    /// The mark.
    pub mark: Mark,
}

/// The columns of a mark, in the order of [`mark`].
const COLUMNS: &str =
    "mark.id, name, note, quotation, start_paragraph, start_byte, start_words, start_lead,
                       end_paragraph, end_byte, end_words, end_lead";

impl Library {
    /// Changes the marks of an article.
    ///
    /// # Errors
    /// What the database says.
    pub fn mark(
        &mut self,
        article: &Identity,
        what: &Change,
    ) -> std::result::Result<(), LibraryError> {
        self.change(|change| match what {
            Change::Make(mark) => make(change, article, mark),
            Change::Write { id, text } => change
                .execute(
                    "UPDATE mark SET name = CASE WHEN name IS NULL THEN NULL ELSE ?2 END,
                        note = CASE WHEN name IS NULL THEN ?2 ELSE note END WHERE id = ?1",
                    params![id, text],
                )
                .map(drop),
            Change::Delete(id) => change
                .execute("DELETE FROM mark WHERE id = ?1", [id])
                .map(drop),
        })
    }

    /// All marks, by article in the order in which these were first read, and in an article in the order of its text.
    ///
    /// # Errors
    /// What the database says.
    pub fn marked(&mut self) -> std::result::Result<Vec<Marked>, LibraryError> {
        self.with(|connection| {
            let mut marks = connection.prepare(&format!(
                "SELECT {COLUMNS}, source, title, date(made / 1000, 'unixepoch', 'localtime'),
                    ordinal, fingerprint
                 FROM mark JOIN article ON article.id = mark.article
                 ORDER BY article.id, start_paragraph, start_byte, mark.id"
            ))?;
            let rows = marks.query_map([], |row| {
                Ok(Marked {
                    source: row.get(12)?,
                    title: row.get(13)?,
                    day: row.get(14)?,
                    ordinal: from_number(row.get(15)?),
                    fingerprint: row.get(16)?,
                    mark: mark(row)?,
                })
            })?;
            rows.collect()
        })
    }
}

/// The marks of an article, in the order of its text.
pub(super) fn marks_of(connection: &Connection, article: i64) -> Result<Vec<Mark>> {
    let mut marks = connection.prepare(&format!(
        "SELECT {COLUMNS} FROM mark WHERE article = ?1 ORDER BY start_paragraph, start_byte, id"
    ))?;
    let rows = marks.query_map([article], mark)?;
    rows.collect()
}

/// Makes a mark; the article is entered if it is not known yet.
fn make(connection: &Connection, article: &Identity, mark: &Mark) -> Result<()> {
    let article = match id(connection, article)? {
        Some(id) => id,
        None => enter(connection, article, &mark.start)?,
    };
    connection
        .execute(
            "INSERT INTO mark (article, made, name, note, quotation,
                start_paragraph, start_byte, start_words, start_lead,
                end_paragraph, end_byte, end_words, end_lead)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                article,
                now(),
                mark.name,
                mark.note,
                mark.quotation,
                number(mark.start.paragraph),
                number(mark.start.byte),
                mark.start.words,
                number(mark.start.lead),
                number(mark.end.paragraph),
                number(mark.end.byte),
                mark.end.words,
                number(mark.end.lead),
            ],
        )
        .map(drop)
}

fn mark(row: &Row<'_>) -> Result<Mark> {
    let spot = |first: usize| -> Result<Spot> {
        Ok(Spot {
            paragraph: from_number(row.get(first)?),
            byte: from_number(row.get(first + 1)?),
            words: row.get(first + 2)?,
            lead: from_number(row.get(first + 3)?),
        })
    };
    Ok(Mark {
        id: row.get(0)?,
        name: row.get(1)?,
        note: row.get(2)?,
        quotation: row.get(3)?,
        start: spot(4)?,
        end: spot(8)?,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn article(fingerprint: u8) -> Identity {
        Identity {
            source: format!("/{fingerprint}"),
            ordinal: 0,
            alone: true,
            title: format!("مقال {fingerprint}"),
            fingerprint: [fingerprint; 16],
        }
    }

    fn at(byte: usize, name: Option<&str>) -> Mark {
        let spot = Spot {
            byte,
            words: "كلمة".into(),
            ..Spot::default()
        };
        Mark {
            id: 0,
            name: name.map(str::to_owned),
            note: String::new(),
            quotation: "كلمة".into(),
            start: spot.clone(),
            end: spot,
        }
    }

    fn names(library: &mut Library, of: u8) -> Vec<String> {
        let marks = library.recall(&article(of)).unwrap().marks;
        marks
            .into_iter()
            .map(|mark| mark.name.unwrap_or(mark.note))
            .collect()
    }

    #[test]
    fn marks_are_made_written_and_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        for mark in [at(9, Some("ب")), at(5, None), at(1, Some("أ"))] {
            library.mark(&article(1), &Change::Make(mark)).unwrap();
        }
        library
            .mark(&article(2), &Change::Make(at(0, Some("ج"))))
            .unwrap();
        assert_eq!(
            names(&mut library, 1),
            ["أ", "", "ب"],
            "in the order of the text"
        );
        let marks = library.recall(&article(1)).unwrap().marks;
        for (mark, text) in marks.iter().zip(["أول", "ملاحظة"]) {
            let change = Change::Write {
                id: mark.id,
                text: text.into(),
            };
            library.mark(&article(1), &change).unwrap();
        }
        assert_eq!(names(&mut library, 1), ["أول", "ملاحظة", "ب"]);
        library
            .mark(&article(1), &Change::Delete(marks[0].id))
            .unwrap();
        assert_eq!(names(&mut library, 1), ["ملاحظة", "ب"]);
        let all = library.marked().unwrap();
        let titles: Vec<_> = all.iter().map(|marked| marked.title.as_str()).collect();
        assert_eq!(titles, ["مقال 1", "مقال 1", "مقال 2"]);
        assert_eq!(all[0].mark.name, None);
    }
}
