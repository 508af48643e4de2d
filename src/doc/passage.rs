//! A part of an article that is too large to be held whole, or lies in a source that is: what is at hand of it.

use std::ops::Range;
use std::sync::Arc;

use super::Document;

/// Some paragraphs of an article in a row.
#[derive(Clone, Debug)]
pub struct Passage {
    /// One article with the paragraphs; its [`super::Origin`] says where they stand in the source.
    pub document: Arc<Document>,
    /// The whole article's bytes in the source.
    pub range: Range<usize>,
    /// Whether the article has more above.
    pub above: bool,
    /// Whether it has more below.
    pub below: bool,
}
