//! Documents: articles, blocks and the ranges that name a place in them. Logical order only; nothing here knows columns.

mod builder;
mod document;
mod mark;
mod origin;
mod pieces;

pub use builder::{Builder, InvalidDocument, is_line_end};
pub use document::{Anchor, Article, Block, BlockKind, Document, Notice, UTF_8, Written};
pub use mark::{Mark, Title};
pub use origin::Origin;
pub use pieces::Pieces;
