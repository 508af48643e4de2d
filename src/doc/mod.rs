//! Documents: articles, blocks and the ranges that name a place in them. Logical order only; nothing here knows columns.

mod document;

pub use document::{Anchor, Article, Block, BlockKind, Document, Notice};
