//! The shelf: the sources that the reader has put there, and what is known of each.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Result, Row, params};

use super::article::from_number;
use super::{Library, LibraryError};
use crate::source::is_address;

/// Where a source on the shelf is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// An absolute path.
    Path(PathBuf),
    /// In the net.
    Net(String),
}

impl Address {
    /// As it is shown and looked up.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Path(path) => path.to_string_lossy().into_owned(),
            Self::Net(address) => address.clone(),
        }
    }
}

impl ToSql for Address {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        let bytes = match self {
            Self::Path(path) => path.as_os_str().as_bytes(),
            Self::Net(address) => address.as_bytes(),
        };
        Ok(ToSqlOutput::Borrowed(match std::str::from_utf8(bytes) {
            Ok(_) => ValueRef::Text(bytes),
            Err(_) => ValueRef::Blob(bytes),
        }))
    }
}

impl FromSql for Address {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        if let Some(address) = value.as_str().ok().filter(|address| is_address(address)) {
            return Ok(Self::Net(address.to_owned()));
        }
        let bytes = value.as_bytes()?;
        Ok(Self::Path(PathBuf::from(OsStr::from_bytes(bytes))))
    }
}

/// A source on the shelf.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelved {
    /// Where it is.
    pub address: Address,
    /// What it calls itself; may be empty.
    pub title: String,
    /// Whether it is known to be a feed.
    pub is_feed: bool,
    /// When it was last fetched: date and hour, local time.
    pub fetched: Option<String>,
    /// How many articles are kept of it (feeds only).
    pub articles: usize,
    /// How many articles of it were open.
    pub begun: usize,
    /// How many of these were read to the end.
    pub finished: usize,
    /// How many seconds it was read.
    pub seconds: f64,
}

/// How much was read, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Statistics {
    /// Articles that were open.
    pub begun: usize,
    /// Those that were read to the end.
    pub finished: usize,
    /// Seconds in all.
    pub seconds: f64,
    /// Seconds today.
    pub today: f64,
    /// Days on which something was read.
    pub days: usize,
}

/// Seconds as minutes.
#[must_use]
// Nobody reads for longer than a u32 of minutes.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn minutes(seconds: f64) -> usize {
    let minutes = (seconds / 60.0).round().max(0.0) as u32;
    usize::try_from(minutes).unwrap_or(0)
}

impl Library {
    /// Puts a source on the shelf, at its end; false when it stands there already. A title or kind that was not known is taken over.
    ///
    /// # Errors
    /// What the database says.
    pub fn add(
        &mut self,
        address: &Address,
        title: &str,
        is_feed: bool,
    ) -> std::result::Result<bool, LibraryError> {
        self.change(|change| {
            let added = change.execute(
                "INSERT INTO source (address, title, is_feed) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO NOTHING",
                params![address, title, is_feed],
            )?;
            change.execute(
                "UPDATE source SET title = CASE WHEN ?2 = '' THEN title ELSE ?2 END, is_feed = is_feed OR ?3
                 WHERE address = ?1",
                params![address, title, is_feed],
            )?;
            Ok(added > 0)
        })
    }

    /// Takes a source off the shelf, with what was fetched for it; false when it is not there. What was read of it stays known.
    ///
    /// # Errors
    /// What the database says.
    pub fn remove(&mut self, address: &Address) -> std::result::Result<bool, LibraryError> {
        self.change(|change| {
            change.execute("DELETE FROM page WHERE address = ?1", [address])?;
            change.execute("DELETE FROM feed_article WHERE address = ?1", [address])?;
            Ok(change.execute("DELETE FROM source WHERE address = ?1", [address])? > 0)
        })
    }

    /// The sources on the shelf, in the order in which they came.
    ///
    /// # Errors
    /// What the database says.
    pub fn shelf(&mut self) -> std::result::Result<Vec<Shelved>, LibraryError> {
        self.with(|connection| {
            let mut listed = connection.prepare(
                "SELECT source.address, source.title, source.is_feed,
                    strftime('%Y-%m-%d %H:%M', page.fetched / 1000, 'unixepoch', 'localtime'),
                    (SELECT count(*) FROM feed_article WHERE feed_article.address = source.address)
                 FROM source LEFT JOIN page ON page.address = source.address ORDER BY source.id",
            )?;
            let rows = listed.query_map([], shelved)?;
            let mut sources = rows.collect::<Result<Vec<_>>>()?;
            let mut read = connection.prepare(
                "SELECT count(*), count(finished), coalesce(sum(seconds), 0) FROM article
                 WHERE source = ?1 OR source BETWEEN ?1 || '/' AND ?1 || '/' || char(1114111)",
            )?;
            for source in &mut sources {
                let shown = source.address.shown();
                (source.begun, source.finished, source.seconds) =
                    read.query_row([shown], |row| {
                        Ok((
                            from_number(row.get(0)?),
                            from_number(row.get(1)?),
                            row.get(2)?,
                        ))
                    })?;
            }
            Ok(sources)
        })
    }

    /// How much was read.
    ///
    /// # Errors
    /// What the database says.
    pub fn statistics(&mut self) -> std::result::Result<Statistics, LibraryError> {
        self.with(|connection| {
            connection.query_row(
                "SELECT count(*), count(finished), coalesce(sum(seconds), 0),
                    (SELECT coalesce(sum(seconds), 0) FROM sitting WHERE day = date('now', 'localtime')),
                    (SELECT count(DISTINCT day) FROM sitting)
                 FROM article",
                [],
                |row| {
                    Ok(Statistics {
                        begun: from_number(row.get(0)?),
                        finished: from_number(row.get(1)?),
                        seconds: row.get(2)?,
                        today: row.get(3)?,
                        days: from_number(row.get(4)?),
                    })
                },
            )
        })
    }
}

fn shelved(row: &Row<'_>) -> Result<Shelved> {
    Ok(Shelved {
        address: row.get(0)?,
        title: row.get(1)?,
        is_feed: row.get(2)?,
        fetched: row.get(3)?,
        articles: from_number(row.get(4)?),
        begun: 0,
        finished: 0,
        seconds: 0.0,
    })
}

/// The address that a name on the command line means: paths become absolute, and need not exist.
#[must_use]
pub fn address(name: &OsStr) -> Address {
    if let Some(address) = name.to_str().filter(|name| is_address(name)) {
        return Address::Net(address.to_owned());
    }
    let path = Path::new(name);
    let absolute = path.canonicalize().or_else(|_| std::path::absolute(path));
    Address::Path(absolute.unwrap_or_else(|_| path.to_owned()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::library::{Identity, Progress, Spot};

    fn net(address: &str) -> Address {
        Address::Net(address.into())
    }

    #[test]
    fn sources_stand_in_the_order_in_which_they_came() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        let odd = Address::Path(PathBuf::from(OsStr::from_bytes(b"/a/\xff")));
        assert!(library.add(&net("https://b.example/"), "", false).unwrap());
        assert!(library.add(&odd, "", false).unwrap());
        assert!(!library.add(&net("https://b.example/"), "ب", true).unwrap());
        let shelf = library.shelf().unwrap();
        let addresses: Vec<_> = shelf.iter().map(|source| source.address.clone()).collect();
        assert_eq!(addresses, [net("https://b.example/"), odd.clone()]);
        assert_eq!((shelf[0].title.as_str(), shelf[0].is_feed), ("ب", true));
        assert!(library.remove(&odd).unwrap());
        assert!(!library.remove(&odd).unwrap());
        assert_eq!(library.shelf().unwrap().len(), 1);
    }

    #[test]
    fn what_was_read_of_a_source_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        library
            .add(&Address::Path("/books".into()), "", false)
            .unwrap();
        library
            .add(&Address::Path("/book".into()), "", false)
            .unwrap();
        for (number, (source, finished)) in [
            ("/books/a", true),
            ("/books/b/c", false),
            ("/booksellers", true),
        ]
        .into_iter()
        .enumerate()
        {
            let article = Identity {
                source: source.into(),
                ordinal: 0,
                alone: true,
                title: source.into(),
                fingerprint: [u8::try_from(number).unwrap(); 16],
            };
            let progress = Progress {
                place: Spot::default(),
                finished,
                seconds: 10.0,
            };
            library.keep(&article, &progress).unwrap();
        }
        let shelf = library.shelf().unwrap();
        assert_eq!((shelf[0].begun, shelf[0].finished), (2, 1));
        assert!((shelf[0].seconds - 20.0).abs() < 1e-9);
        assert_eq!(
            shelf[1].begun, 0,
            "not every name that begins so lies in it"
        );
        let all = library.statistics().unwrap();
        assert_eq!((all.begun, all.finished, all.days), (3, 2, 1));
        assert!((all.today - 30.0).abs() < 1e-9 && (all.seconds - 30.0).abs() < 1e-9);
    }

    #[test]
    fn a_name_means_an_address() {
        assert_eq!(
            address(OsStr::new("HTTPS://a.example/x")),
            net("HTTPS://a.example/x")
        );
        let here = std::env::current_dir().unwrap();
        let path = address(OsStr::new("no/such"));
        assert_eq!(path, Address::Path(here.join("no/such")));
    }
}
