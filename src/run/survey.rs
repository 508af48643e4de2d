//! The names of all articles of some sources, and the index over them.

use std::ffi::OsString;
use std::io;

use super::naming::Naming;
use super::output::Output;
use super::{Outcome, for_each_text};
use crate::entity::Names;
use crate::entity::index::{Gathering, Index, Tally};
use crate::locale::Locale;
use crate::source::Reading;

/// An article, and the names in it.
pub struct Surveyed {
    /// Its source, as given.
    pub file: String,
    /// Its number in its source, from 0.
    pub article: usize,
    /// Its title.
    pub title: String,
    /// Its names.
    pub names: Names,
}

/// Articles and the index over them, which counts them as they stand here.
pub struct Survey {
    /// In the order of the sources.
    pub articles: Vec<Surveyed>,
    /// Who and what is named in them.
    pub index: Index,
    /// Whether all sources could be read.
    pub outcome: Outcome,
}

impl Survey {
    /// Finds the names of all articles of the named sources.
    ///
    /// # Errors
    /// Whatever writing reports says.
    pub fn of(
        sources: &[OsString],
        reading: Reading,
        locale: &Locale,
        output: &mut Output,
    ) -> io::Result<Self> {
        let naming = Naming::default();
        let mut gathering = Gathering::default();
        let mut articles = Vec::new();
        let outcome = for_each_text(sources, reading, locale, output, |text, _| {
            let document = text.document;
            for (number, article) in document.articles.iter().enumerate() {
                let blocks = article.blocks.iter();
                let paragraphs: Vec<(usize, &str)> = blocks
                    .map(|block| (block.range.start, document.block_text(block)))
                    .collect();
                let names = naming.names(&paragraphs, text.keeping);
                let text_of = |paragraph| {
                    let block = article.blocks.get(article.block_at(paragraph));
                    block.map_or("", |block| document.block_text(block))
                };
                gathering.add(articles.len(), &Tally::of(&names, text_of));
                articles.push(Surveyed {
                    file: document.name.clone(),
                    article: text.first + number,
                    title: article.title.clone(),
                    names,
                });
            }
            Ok(())
        })?;
        Ok(Self {
            articles,
            index: gathering.index(),
            outcome,
        })
    }
}
