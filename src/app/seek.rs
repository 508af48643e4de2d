//! Plain search in the open article: what was asked for, where it stands, and the walk from hit to hit.

use std::ops::Range;

use crate::doc::Anchor;
use crate::search;

use super::hunt::{self, Hunt};
use super::listing::ArticleId;
use super::page::Page;
use super::reading;
use super::slot::Slot;
use super::state::App;
use super::status::Status;

/// A hit: a paragraph's start in the document text, and bytes in the paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where its paragraph starts.
    pub paragraph: usize,
    /// Bytes in that paragraph.
    pub range: Range<usize>,
}

/// The search at hand.
#[derive(Clone, Debug, Default)]
pub struct Seek {
    /// What is sought; empty when nothing is.
    pub needle: String,
    /// The article that was searched.
    article: Option<ArticleId>,
    /// The bytes of its source that were.
    held: Option<Range<usize>>,
    /// Its hits, in order.
    hits: Vec<Hit>,
    /// The hit at hand.
    at: Option<usize>,
    /// The hits in all of an article that is not at hand whole.
    pub hunt: Option<Hunt>,
}

impl Seek {
    /// The hits in the paragraph that starts at `paragraph` of article `article`, and whether each is the one at hand.
    pub fn hits_in(
        &self,
        article: ArticleId,
        paragraph: usize,
    ) -> impl Iterator<Item = (&Hit, bool)> {
        let hits = if Some(article) == self.article {
            &self.hits[..]
        } else {
            &[]
        };
        let first = hits.partition_point(|hit| hit.paragraph < paragraph);
        (first..)
            .zip(&hits[first..])
            .take_while(move |(_, hit)| hit.paragraph == paragraph)
            .map(|(index, hit)| (hit, self.at == Some(index)))
    }
}

/// Searches the open article for `needle` and goes to the first hit from the top of the page on.
pub fn begin(app: &mut App, needle: String) {
    app.seek = Seek {
        needle,
        ..Seek::default()
    };
    step(app, 1);
}

/// Forgets the search and its marks.
pub fn forget(app: &mut App) {
    app.seek = Seek::default();
}

/// Finds all hits of the needle in the open article.
fn search_article(app: &mut App) {
    let Some(slot) = app.listing.current() else {
        return;
    };
    let mut hits = Vec::new();
    for index in 0..slot.blocks().len() {
        let paragraph = slot.start(index);
        hits.extend(
            search::find(slot.text(index), &app.seek.needle).map(|range| Hit { paragraph, range }),
        );
    }
    app.seek.hits = hits;
    app.seek.article = Some(app.listing.open_id());
    app.seek.held = app.listing.current().map(Slot::held);
    app.seek.at = None;
}

/// Finds the hits in what is at hand now, unless that was searched before.
fn search_anew(app: &mut App) {
    let held = app.listing.current().map(Slot::held);
    if app.seek.article != Some(app.listing.open_id()) || app.seek.held != held {
        search_article(app);
    }
}

/// Marks the hits in what is at hand, and the one that stands at a byte of the source.
pub fn mark(app: &mut App, at: Option<usize>) {
    search_anew(app);
    let is_it = |hit: &Hit| Some(hit.paragraph + hit.range.start) == at;
    app.seek.at = app.seek.hits.iter().position(is_it);
}

/// Goes `step` hits on (back when negative), round the article's end if need be.
pub fn step(app: &mut App, step: isize) {
    if app.seek.needle.is_empty() {
        app.status = Some(Status::NoSearch);
        return;
    }
    if hunt::is_needed(app) {
        hunt::step(app, step);
        return;
    }
    search_anew(app);
    let count = app.seek.hits.len();
    if count == 0 {
        app.status = Some(Status::NotFound(app.seek.needle.clone()));
        return;
    }
    // Without a hit at hand, the first from the top of the page on is one step on, the one before it one step back.
    let from = app.seek.at.map_or_else(
        || first_from_page(app).cast_signed() - isize::from(step > 0),
        usize::cast_signed,
    );
    let target = from + step;
    let at = target.rem_euclid(count.cast_signed()).cast_unsigned();
    let wrapped = target != at.cast_signed();
    app.seek.at = Some(at);
    let hit = &app.seek.hits[at];
    let anchor = Anchor {
        paragraph: hit.paragraph,
        byte: hit.range.start,
    };
    app.status = Some(Status::Hit {
        at: at + 1,
        of: count,
        wrapped,
    });
    reading::show(app, anchor);
}

/// The index of the first hit that stands on the page or after it.
fn first_from_page(app: &App) -> usize {
    let Some(slot) = app.listing.current() else {
        return 0;
    };
    let (first, _) = Page::of(app).shown(slot);
    app.seek
        .hits
        .partition_point(|hit| hit.paragraph + hit.range.start < first)
}
