//! What was fetched: pages as they came, and the articles of feeds, so that what was there once can be read without the net.

use rusqlite::{OptionalExtension, Result, params};

use super::article::{fingerprint, now};
use super::{Library, LibraryError, Standing};
use crate::doc::Document;
use crate::source::net::{Fetched, Marks};

/// An article of a feed, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedArticle {
    /// Its title.
    pub title: String,
    /// When it came: date and hour, local time.
    pub fetched: String,
    /// How far it was read.
    pub standing: Standing,
}

impl Library {
    /// Keeps what was fetched for an address, in place of what was fetched before.
    ///
    /// # Errors
    /// What the database says.
    pub fn keep_page(
        &mut self,
        address: &str,
        page: &Fetched,
    ) -> std::result::Result<(), LibraryError> {
        self.change(|change| {
            change.execute(
                "INSERT OR REPLACE INTO page VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    address,
                    now(),
                    page.media,
                    page.charset,
                    page.marks.etag,
                    page.marks.modified,
                    page.bytes
                ],
            )?;
            Ok(())
        })
    }

    /// What was fetched last for an address.
    ///
    /// # Errors
    /// What the database says.
    pub fn page(&mut self, address: &str) -> std::result::Result<Option<Fetched>, LibraryError> {
        self.with(|connection| {
            connection
                .query_row(
                    "SELECT media, charset, etag, modified, body FROM page WHERE address = ?1",
                    [address],
                    |row| {
                        Ok(Fetched {
                            media: row.get(0)?,
                            charset: row.get(1)?,
                            marks: Marks {
                                etag: row.get(2)?,
                                modified: row.get(3)?,
                            },
                            bytes: row.get(4)?,
                        })
                    },
                )
                .optional()
        })
    }

    /// The marks of what was fetched last for an address; empty when nothing was.
    ///
    /// # Errors
    /// What the database says.
    pub fn marks(&mut self, address: &str) -> std::result::Result<Marks, LibraryError> {
        self.with(|connection| {
            let marks = connection
                .query_row(
                    "SELECT etag, modified FROM page WHERE address = ?1",
                    [address],
                    |row| {
                        Ok(Marks {
                            etag: row.get(0)?,
                            modified: row.get(1)?,
                        })
                    },
                )
                .optional()?;
            Ok(marks.unwrap_or_default())
        })
    }

    /// Notes that an address was asked and has not changed.
    ///
    /// # Errors
    /// What the database says.
    pub fn unchanged(&mut self, address: &str) -> std::result::Result<(), LibraryError> {
        self.with(|connection| {
            let page = "UPDATE page SET fetched = ?2 WHERE address = ?1";
            connection.execute(page, params![address, now()]).map(drop)
        })
    }

    /// Keeps the articles of a feed that were not known yet; returns how many they are.
    ///
    /// # Errors
    /// What the database says.
    pub fn keep_feed(
        &mut self,
        address: &str,
        feed: &Document,
    ) -> std::result::Result<usize, LibraryError> {
        self.change(|change| {
            let mut insert = change.prepare(
                "INSERT INTO feed_article (address, fingerprint, title, fetched, body)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
            )?;
            let mut new = 0;
            // A feed lists its newest article first: they are entered from the last on, so that numbers grow with time.
            for article in feed.articles.iter().rev() {
                let mut body = String::new();
                for block in &article.blocks {
                    body.push_str(feed.block_text(block));
                    body.push('\n');
                }
                let print = fingerprint(feed, article);
                new += insert.execute(params![address, print, article.title, now(), body])?;
            }
            Ok(new)
        })
    }

    /// The articles that are kept of a feed, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn feed(&mut self, address: &str) -> std::result::Result<Vec<FeedArticle>, LibraryError> {
        self.with(|connection| {
            let mut articles = connection.prepare(
                "SELECT feed_article.title,
                    strftime('%Y-%m-%d %H:%M', feed_article.fetched / 1000, 'unixepoch', 'localtime'),
                    article.id IS NOT NULL, article.finished IS NOT NULL
                 FROM feed_article LEFT JOIN article ON article.fingerprint = feed_article.fingerprint
                 WHERE feed_article.address = ?1
                 GROUP BY feed_article.id ORDER BY feed_article.fetched DESC, feed_article.id DESC",
            )?;
            let rows = articles.query_map([address], |row| {
                Ok(FeedArticle {
                    title: row.get(0)?,
                    fetched: row.get(1)?,
                    standing: match (row.get(2)?, row.get(3)?) {
                        (_, true) => Standing::Finished,
                        (true, false) => Standing::Begun,
                        (false, false) => Standing::Unread,
                    },
                })
            })?;
            rows.collect::<Result<_>>()
        })
    }

    /// The articles that a feed no longer holds, the newest first: titles and texts.
    ///
    /// # Errors
    /// What the database says.
    pub fn past_articles(
        &mut self,
        address: &str,
        feed: &Document,
    ) -> std::result::Result<Vec<(String, String)>, LibraryError> {
        let present: Vec<_> = feed
            .articles
            .iter()
            .map(|article| fingerprint(feed, article))
            .collect();
        self.with(|connection| {
            let mut articles = connection.prepare(
                "SELECT fingerprint, title, body FROM feed_article WHERE address = ?1
                 ORDER BY fetched DESC, id DESC",
            )?;
            let rows = articles.query_map([address], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get(2)?))
            })?;
            let mut past = Vec::new();
            for row in rows {
                let (print, title, body) = row?;
                if !present.iter().any(|present| present[..] == print[..]) {
                    past.push((title, body));
                }
            }
            Ok(past)
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::app::tests::document;

    fn page(text: &str) -> Fetched {
        Fetched {
            bytes: text.into(),
            media: "text/html".into(),
            charset: "utf-8".into(),
            marks: Marks {
                etag: "\"1\"".into(),
                modified: String::new(),
            },
        }
    }

    #[test]
    fn a_page_is_kept_until_the_next_one_comes() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        assert_eq!(library.page("a").unwrap(), None);
        assert_eq!(library.marks("a").unwrap(), Marks::default());
        library.keep_page("a", &page("one")).unwrap();
        library.keep_page("a", &page("two")).unwrap();
        library.unchanged("a").unwrap();
        assert_eq!(library.page("a").unwrap(), Some(page("two")));
        assert_eq!(library.marks("a").unwrap(), page("").marks);
    }

    #[test]
    fn a_feed_forgets_its_articles_and_the_library_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::open_in(folder.path()).unwrap();
        let old = document(&[&["ب", "نص ب"], &["أ", "نص أ"]]);
        let new = document(&[&["ج", "نص ج"], &["ب", "نص ب"]]);
        assert_eq!(library.keep_feed("f", &old).unwrap(), 2);
        assert_eq!(library.keep_feed("f", &old).unwrap(), 0);
        assert_eq!(library.keep_feed("f", &new).unwrap(), 1);
        let titles: Vec<_> = library
            .feed("f")
            .unwrap()
            .into_iter()
            .map(|article| article.title)
            .collect();
        assert_eq!(titles, ["ج", "ب", "أ"]);
        let past = library.past_articles("f", &new).unwrap();
        assert_eq!(past, [("أ".to_owned(), "أ\nنص أ\n".to_owned())]);
    }
}
