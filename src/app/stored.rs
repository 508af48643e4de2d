//! What is known of a source whose text is not held: of a large one that is read in passages its marks, of a file that was laid aside
//! its titles.

use std::collections::BTreeMap;

use crate::doc::{Document, Mark, Written};
use crate::library::{Identity, fingerprint};

/// What is known of a source that is read in passages.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// Its name.
    pub name: String,
    /// How it was written.
    pub written: Written,
    /// The mark of its first article until the marks have been found.
    pub first: Mark,
    /// The marks that have been found, in order.
    pub marks: Vec<Mark>,
    /// How many of its bytes have been scanned for marks.
    pub scanned: usize,
    /// How many bytes it has.
    pub length: usize,
    /// Whether a parser makes its text: bytes of that are none of the source then.
    pub composed: bool,
    /// Whether all marks have been found.
    pub done: bool,
    /// Titles that have been read.
    pub titles: BTreeMap<usize, String>,
}

/// Titles that are kept, more than any screen shows.
pub(super) const TITLES: usize = 4096;

impl Stored {
    /// How many articles are known: one at least.
    #[must_use]
    pub fn len(&self) -> usize {
        self.marks.len().max(1)
    }

    /// Whether there is none; there always is one.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        false
    }

    /// The mark of an article and that of the next one, where it is known.
    #[must_use]
    pub fn bounds(&self, article: usize) -> Option<(Mark, Option<Mark>)> {
        let first = (article == 0).then_some(self.first);
        let mark = self.marks.get(article).copied().or(first)?;
        Some((mark, self.marks.get(article + 1).copied()))
    }

    /// The article that holds a byte of the source.
    #[must_use]
    pub fn article_at(&self, offset: usize) -> usize {
        let after = self.marks.partition_point(|mark| mark.offset() <= offset);
        after.saturating_sub(1)
    }
}

/// A file that was read and laid aside, because very many are open: it is read again when one of its articles is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Its name.
    pub name: Box<str>,
    /// Its articles.
    articles: Box<[Known]>,
}

/// What is kept of an article of such a file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    title: Box<str>,
    fingerprint: [u8; 16],
}

impl Filed {
    /// What is kept of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let articles = document.articles.iter().map(|article| Known {
            title: article.title.as_str().into(),
            fingerprint: fingerprint(document, article),
        });
        Self {
            name: document.name.as_str().into(),
            articles: articles.collect(),
        }
    }

    /// How many articles it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The title of one of its articles.
    #[must_use]
    pub fn title(&self, article: usize) -> Option<&str> {
        self.articles.get(article).map(|known| &*known.title)
    }

    /// The fingerprint of one of its articles.
    #[must_use]
    pub fn fingerprint(&self, article: usize) -> Option<[u8; 16]> {
        self.articles.get(article).map(|known| known.fingerprint)
    }

    /// By what one of its articles is known. This asks the system where the file is.
    #[must_use]
    pub fn identity(&self, article: usize) -> Option<Identity> {
        let known = self.articles.get(article)?;
        let place = (article, self.articles.len() == 1);
        Some(Identity::known(
            &self.name,
            place,
            &known.title,
            known.fingerprint,
        ))
    }
}
