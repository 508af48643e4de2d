//! The built-in shelf: the articles that come with the program, under names that stay the same (`qari:guide`).

use super::{Reading, SourceError};
use crate::doc::Document;

/// The language of the guide that stands first on the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guide {
    /// دليل قارئ
    Arabic,
    /// A guide to qari
    English,
}

impl Guide {
    const fn text(self) -> &'static str {
        match self {
            Self::Arabic => include_str!("../../assets/articles/guide.ar.txt"),
            Self::English => include_str!("../../assets/articles/guide.en.txt"),
        }
    }
}

/// The name of the guide, in either language.
const GUIDE: &str = "qari:guide";

/// The articles after the guide, by name.
const ARTICLES: [(&str, &str); 6] = [
    (
        "qari:reading-in-terminals",
        include_str!("../../assets/articles/reading-in-terminals.txt"),
    ),
    (
        "qari:kazakhstan-2022",
        include_str!("../../assets/articles/kazakhstan-2022.txt"),
    ),
    (
        "qari:ukraine-first-year",
        include_str!("../../assets/articles/ukraine-first-year.txt"),
    ),
    (
        "qari:arabic-newspaper",
        include_str!("../../assets/articles/arabic-newspaper.txt"),
    ),
    (
        "qari:numbers-and-names",
        include_str!("../../assets/articles/numbers-and-names.txt"),
    ),
    (
        "qari:bookseller",
        include_str!("../../assets/articles/bookseller.txt"),
    ),
];

/// The documents of the shelf.
pub fn documents(guide: Guide) -> impl Iterator<Item = Result<Document, SourceError>> {
    std::iter::once((GUIDE, guide.text()))
        .chain(ARTICLES)
        .map(|(name, text)| read(name, text))
}

/// Whether a document of this name is on the shelf.
pub fn holds(name: &str) -> bool {
    let mut names = std::iter::once(GUIDE).chain(ARTICLES.map(|(name, _)| name));
    names.any(|known| known == name)
}

fn read(name: &str, text: &str) -> Result<Document, SourceError> {
    super::document(name, text.as_bytes().to_vec(), Reading::default())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::doc::BlockKind;

    #[test]
    fn holds_one_titled_article_a_document() {
        for guide in [Guide::Arabic, Guide::English] {
            for document in documents(guide) {
                let document = document.unwrap();
                assert_eq!(document.articles.len(), 1, "{}", document.name);
                assert_eq!(document.articles[0].blocks[0].kind, BlockKind::Title);
                assert!(document.articles[0].blocks.len() > 3, "{}", document.name);
                assert!(document.notices.is_empty());
            }
        }
    }

    #[test]
    fn opens_with_the_guide() {
        let titles =
            |guide| documents(guide).map(|document| document.unwrap().articles[0].title.clone());
        assert_eq!(titles(Guide::Arabic).next().unwrap(), "دليل قارئ");
        assert_eq!(titles(Guide::English).next().unwrap(), "A guide to qari");
        assert!(
            titles(Guide::Arabic)
                .skip(1)
                .eq(titles(Guide::English).skip(1))
        );
    }
}
