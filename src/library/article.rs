//! What is kept of an article: where the reader stands in it, how long it was read, whether to its end.
//!
//! An article is known by the fingerprint of its title and first words, so that it is found again when its file has moved; by
//! its source and title when its first words were edited; by its source alone when that holds no other article; and by its title when
//! its file was both moved and edited: then the file that had it is gone, and the folder or the file's name is the same.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::mark::marks_of;
use super::{Library, LibraryError, Mark, Spot};
use crate::doc::{Article, Document};
use crate::source::whereabouts;

/// How many words after the title the fingerprint counts in.
const WORDS: usize = 40;

/// An article, as the state file knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Where it comes from: an absolute path, an address, a built-in name.
    pub source: String,
    /// Which article of its source it is, from 0.
    pub ordinal: usize,
    /// Whether its source holds no other.
    pub alone: bool,
    /// Its title.
    pub title: String,
    /// Of its title and first words.
    pub fingerprint: [u8; 16],
}

impl Identity {
    /// The identity of article `index` of a document.
    #[must_use]
    pub fn of(document: &Document, index: usize) -> Option<Self> {
        let article = document.articles.get(index)?;
        Some(Self {
            source: whereabouts(&document.name),
            ordinal: index,
            alone: document.articles.len() == 1,
            title: article.title.clone(),
            fingerprint: fingerprint(document, article),
        })
    }

    /// The identity of an article of the document of this name whose fingerprint is known: its index there, and whether it is alone.
    #[must_use]
    pub fn known(
        name: &str,
        (ordinal, alone): (usize, bool),
        title: &str,
        fingerprint: [u8; 16],
    ) -> Self {
        Self {
            source: whereabouts(name),
            ordinal,
            alone,
            title: title.to_owned(),
            fingerprint,
        }
    }
}

/// The fingerprint of an article of a document: white space and the cut into paragraphs do not matter.
#[must_use]
pub fn fingerprint(document: &Document, article: &Article) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(article.title.as_bytes());
    let words = article
        .blocks
        .iter()
        .flat_map(|block| document.block_text(block).split_whitespace());
    for word in words.take(WORDS) {
        hasher.update(b"\n").update(word.as_bytes());
    }
    let mut fingerprint = [0; 16];
    hasher.finalize_xof().fill(&mut fingerprint);
    fingerprint
}

/// How far an article was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// It was never open.
    #[default]
    Unread,
    /// It was open.
    Begun,
    /// Its end was read.
    Finished,
}

/// What is kept of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Where it was left, if it was ever open.
    pub place: Option<Spot>,
    /// How far it was read.
    pub standing: Standing,
    /// How many seconds it was read in all.
    pub seconds: f64,
    /// What was marked in it, in the order of its text.
    pub marks: Vec<Mark>,
}

/// What changes while an article is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Where the reader stands now.
    pub place: Spot,
    /// Whether its end was read.
    pub finished: bool,
    /// How many seconds it was read since the last time.
    pub seconds: f64,
}

/// The article that was read last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// Where it comes from.
    pub source: String,
    /// Which article of its source it is.
    pub ordinal: usize,
    /// Its fingerprint.
    pub fingerprint: Vec<u8>,
}

impl Last {
    /// Whether the source of this name holds it.
    #[must_use]
    pub fn is_of(&self, name: &str) -> bool {
        whereabouts(name) == self.source
    }

    /// The index of this article in a document, if the document is the one that held it: its fingerprint decides, else its number.
    #[must_use]
    pub fn find(&self, document: &Document) -> Option<usize> {
        if !self.is_of(&document.name) {
            return None;
        }
        let is_it = |article: &Article| fingerprint(document, article)[..] == self.fingerprint;
        let found = document.articles.iter().position(is_it);
        found.or_else(|| Some(self.ordinal.min(document.articles.len().checked_sub(1)?)))
    }
}

impl Library {
    /// What is kept of an article; of one that was never open, that it was not.
    ///
    /// # Errors
    /// What the database says.
    pub fn recall(&mut self, article: &Identity) -> std::result::Result<Record, LibraryError> {
        self.with(|connection| {
            let Some(id) = id(connection, article)? else {
                return Ok(Record::default());
            };
            let mut record = connection.query_row(
                "SELECT place_paragraph, place_byte, place_words, place_lead, finished IS NOT NULL, seconds
                 FROM article WHERE id = ?1",
                [id],
                |row| {
                    Ok(Record {
                        place: Some(spot(row)?),
                        standing: if row.get(4)? {
                            Standing::Finished
                        } else {
                            Standing::Begun
                        },
                        seconds: row.get(5)?,
                        marks: Vec::new(),
                    })
                },
            )?;
            record.marks = marks_of(connection, id)?;
            Ok(record)
        })
    }

    /// Keeps how far an article is read; it is the one that was read last from now on.
    ///
    /// # Errors
    /// What the database says.
    pub fn keep(
        &mut self,
        article: &Identity,
        progress: &Progress,
    ) -> std::result::Result<(), LibraryError> {
        self.change(|change| {
            let id = enter(change, article, &progress.place)?;
            change.execute(
                "UPDATE article SET seconds = seconds + ?2,
                    finished = CASE WHEN ?3 THEN coalesce(finished, ?4) ELSE finished END
                 WHERE id = ?1",
                params![id, progress.seconds, progress.finished, now()],
            )?;
            if progress.seconds > 0.0 {
                change.execute(
                    "INSERT INTO sitting VALUES (date('now', 'localtime'), ?1, ?2)
                     ON CONFLICT DO UPDATE SET seconds = seconds + excluded.seconds",
                    params![id, progress.seconds],
                )?;
            }
            Ok(())
        })
    }

    /// The article that was read last, if one ever was.
    ///
    /// # Errors
    /// What the database says.
    pub fn last(&mut self) -> std::result::Result<Option<Last>, LibraryError> {
        self.with(|connection| {
            connection
                .query_row(
                    "SELECT source, ordinal, fingerprint FROM article WHERE source <> '-'
                     ORDER BY opened DESC, id DESC LIMIT 1",
                    [],
                    |row| {
                        Ok(Last {
                            source: row.get(0)?,
                            ordinal: from_number(row.get(1)?),
                            fingerprint: row.get(2)?,
                        })
                    },
                )
                .optional()
        })
    }
}

/// The row of an article, if it has one; of several with its fingerprint the one of its own source is meant.
pub(super) fn id(connection: &Connection, article: &Identity) -> Result<Option<i64>> {
    let ordinal = number(article.ordinal);
    // The first row is the one. A limit would have SQLite sort in a table of its own, which takes longer than all the rest.
    let same = connection
        .query_row(
            "SELECT id FROM article WHERE fingerprint = ?1
             ORDER BY source = ?2 DESC, ordinal = ?3 DESC, opened DESC",
            params![article.fingerprint, article.source, ordinal],
            |row| row.get(0),
        )
        .optional()?;
    if same.is_some() {
        return Ok(same);
    }
    let there = connection
        .query_row(
            "SELECT id FROM article WHERE source = ?1 AND (title = ?2 OR ?3 AND ordinal = 0)
             ORDER BY title = ?2 DESC, abs(ordinal - ?4)",
            params![article.source, article.title, article.alone, ordinal],
            |row| row.get(0),
        )
        .optional()?;
    if there.is_some() {
        return Ok(there);
    }
    moved(connection, article)
}

/// The row of an article whose file was moved and edited.
fn moved(connection: &Connection, article: &Identity) -> Result<Option<i64>> {
    let path = Path::new(&article.source);
    if article.title.is_empty() || !path.is_absolute() {
        return Ok(None);
    }
    let mut titled = connection
        .prepare("SELECT id, source FROM article WHERE title = ?1 ORDER BY opened DESC LIMIT 16")?;
    let mut rows = titled.query([&article.title])?;
    while let Some(row) = rows.next()? {
        let source: String = row.get(1)?;
        let before = Path::new(&source);
        let is_near = before.parent() == path.parent() || before.file_name() == path.file_name();
        if is_near && before.is_absolute() && !before.exists() {
            return Ok(Some(row.get(0)?));
        }
    }
    Ok(None)
}

/// The row of an article as it is now, made if it has none; its place is `place` from now on, and it is the one opened last.
pub(super) fn enter(connection: &Connection, article: &Identity, place: &Spot) -> Result<i64> {
    let known = id(connection, article)?;
    connection.query_row(
        "INSERT INTO article (id, fingerprint, source, ordinal, title, opened,
            place_paragraph, place_byte, place_words, place_lead)
         VALUES (?1, ?2, ?3, ?4, ?5,
            max(?10, (SELECT coalesce(max(opened) + 1, 0) FROM article)), ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET fingerprint = ?2, source = ?3, ordinal = ?4, title = ?5,
            opened = excluded.opened, place_paragraph = ?6, place_byte = ?7, place_words = ?8, place_lead = ?9
         RETURNING id",
        params![
            known,
            article.fingerprint,
            article.source,
            number(article.ordinal),
            article.title,
            number(place.paragraph),
            number(place.byte),
            place.words,
            number(place.lead),
            now(),
        ],
        |row| row.get(0),
    )
}

/// The four first columns of a row as a spot.
fn spot(row: &Row<'_>) -> Result<Spot> {
    Ok(Spot {
        paragraph: from_number(row.get(0)?),
        byte: from_number(row.get(1)?),
        words: row.get(2)?,
        lead: from_number(row.get(3)?),
    })
}

/// Milliseconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0))
}

/// A count as SQLite holds it.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count as SQLite held it.
pub(super) fn from_number(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::doc::{Block, BlockKind, Builder};

    /// A library of its own, with the folder that holds it.
    fn library() -> (tempfile::TempDir, Library) {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open_in(folder.path()).unwrap();
        (folder, library)
    }

    fn identity(source: &str, ordinal: usize, title: &str, fingerprint: u8) -> Identity {
        Identity {
            source: source.into(),
            ordinal,
            alone: true,
            title: title.into(),
            fingerprint: [fingerprint; 16],
        }
    }

    fn at(byte: usize) -> Progress {
        Progress {
            place: Spot {
                paragraph: 10,
                byte,
                words: "كلمة كلمة".into(),
                lead: 9,
            },
            finished: false,
            seconds: 1.5,
        }
    }

    fn byte(library: &mut Library, article: &Identity) -> Option<usize> {
        library.recall(article).unwrap().place.map(|spot| spot.byte)
    }

    #[test]
    fn an_article_is_unread_begun_finished_and_stays_so() {
        let (_folder, mut library) = library();
        let article = identity("/a", 0, "عنوان", 1);
        assert_eq!(library.recall(&article).unwrap(), Record::default());
        library.keep(&article, &at(5)).unwrap();
        let record = library.recall(&article).unwrap();
        assert_eq!(record.place, Some(at(5).place));
        assert_eq!(record.standing, Standing::Begun);
        let end = Progress {
            finished: true,
            ..at(90)
        };
        library.keep(&article, &end).unwrap();
        library.keep(&article, &at(7)).unwrap();
        let record = library.recall(&article).unwrap();
        assert_eq!(record.standing, Standing::Finished);
        assert_eq!(record.place, Some(at(7).place));
        assert!((record.seconds - 4.5).abs() < 1e-9);
    }

    #[test]
    fn an_article_is_found_again_in_a_file_that_moved_or_was_edited() {
        let (_folder, mut library) = library();
        library
            .keep(&identity("/a", 0, "عنوان", 1), &at(5))
            .unwrap();
        for (what, article) in [
            ("moved", identity("/b", 3, "عنوان", 1)),
            ("other first words", identity("/a", 0, "عنوان", 2)),
            (
                "other title too, alone in its file",
                identity("/a", 0, "غيره", 3),
            ),
        ] {
            assert_eq!(byte(&mut library, &article), Some(5), "{what}");
        }
        let mut among_others = identity("/a", 0, "غيره", 3);
        among_others.alone = false;
        assert_eq!(byte(&mut library, &among_others), None);
        let elsewhere = identity("/c/b", 0, "عنوان", 4);
        assert_eq!(byte(&mut library, &elsewhere), None);
    }

    #[test]
    fn an_article_is_found_again_in_a_file_that_moved_and_was_edited() {
        let (folder, mut library) = library();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        std::fs::create_dir(folder.path().join("new")).unwrap();
        let old = path("a.txt");
        std::fs::write(&old, "").unwrap();
        library
            .keep(&identity(&old, 2, "عنوان", 1), &at(5))
            .unwrap();
        let mut edited = identity(&path("b.txt"), 0, "عنوان", 2);
        assert_eq!(byte(&mut library, &edited), None, "the old file is there");
        std::fs::remove_file(&old).unwrap();
        assert_eq!(byte(&mut library, &edited), Some(5));
        edited.source = path("new/a.txt");
        assert_eq!(byte(&mut library, &edited), Some(5));
        edited.source = path("new/b.txt");
        assert_eq!(
            byte(&mut library, &edited),
            None,
            "another one of this title"
        );
        edited.source = path("b.txt");
        edited.title = "غيره".into();
        assert_eq!(byte(&mut library, &edited), None);
    }

    #[test]
    fn two_copies_are_told_apart_once_both_were_read() {
        let (_folder, mut library) = library();
        library.keep(&identity("/a", 0, "خبر", 1), &at(5)).unwrap();
        let edited = identity("/a", 0, "خبر", 2);
        library.keep(&edited, &at(6)).unwrap();
        let one: i64 = library
            .with(|connection| {
                connection.query_row("SELECT count(*) FROM article", [], |row| row.get(0))
            })
            .unwrap();
        assert_eq!(one, 1, "an edited article is no second one");
        assert_eq!(byte(&mut library, &edited), Some(6));
    }

    #[test]
    fn the_last_article_is_the_one_kept_last() {
        let (_folder, mut library) = library();
        assert_eq!(library.last().unwrap(), None);
        library.keep(&identity("/a", 0, "أ", 1), &at(5)).unwrap();
        library.keep(&identity("/b", 2, "ب", 2), &at(5)).unwrap();
        library.keep(&identity("-", 0, "ج", 3), &at(5)).unwrap();
        let last = library.last().unwrap().unwrap();
        assert_eq!((last.source.as_str(), last.ordinal), ("/b", 2));
    }

    #[test]
    fn a_fingerprint_knows_the_title_and_the_first_words_only() {
        let print = |body: &str| {
            let mut blocks = Vec::new();
            for line in body.split_inclusive('\n') {
                let from = blocks.last().map_or(0, |block: &Block| block.range.end + 1);
                blocks.push(Block::new(
                    BlockKind::Paragraph,
                    from..from + line.trim_end_matches('\n').len(),
                ));
            }
            let document = Builder::new("t", body)
                .article("عنوان", 0..body.len(), blocks)
                .build()
                .unwrap();
            Identity::of(&document, 0).unwrap().fingerprint
        };
        let long = "كلمة ".repeat(60);
        let one = print(&long);
        assert_eq!(one, print(&format!("{long} وزيادة\nفي آخره")));
        assert_eq!(one, print(&long.replacen(' ', "\n", 3)));
        assert_ne!(one, print(&format!("أولا {long}")));
    }
}
