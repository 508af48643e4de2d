//! Documents: articles, blocks and the ranges that name a place in them. Logical order only; nothing here knows where lines break.

mod block;
mod builder;
mod document;
mod mark;
mod origin;
mod passage;
mod pieces;
mod writer;

pub use block::{Block, BlockKind, Column, Row, Side, Span, SpanKind, Table, Verse};
pub use builder::{Builder, InvalidDocument, is_line_end};
pub use document::{Anchor, Article, Document, Notice, UTF_8, Written};
pub use mark::{Mark, Title};
pub use origin::Origin;
pub use passage::Passage;
pub use pieces::Pieces;
pub use writer::{Outlet, Sheet, Writer};
