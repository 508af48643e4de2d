//! Links and marks of notes in the open article: the walk from one to the next, and where they lead.

use crate::doc::{Anchor, Span, SpanKind};

use super::jumps;
use super::listing::ArticleId;
use super::message::Effect;
use super::page::Page;
use super::passage::Goal;
use super::reading::{self, Place};
use super::slot::Slot;
use super::state::App;
use super::status::Status;

/// The link at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    article: ArticleId,
    /// The block's index in the article, and the span's in the block.
    at: (usize, usize),
    /// The place that it was followed from.
    from: Option<Place>,
}

/// The links of an article, each with its block's index and its own in the block.
fn links(slot: &Slot) -> impl Iterator<Item = ((usize, usize), &Span)> {
    slot.blocks().iter().enumerate().flat_map(|(block, parts)| {
        let links = parts.spans.iter().enumerate();
        links
            .filter(|(_, span)| leads(&span.kind))
            .map(move |(index, span)| ((block, index), span))
    })
}

const fn leads(kind: &SpanKind) -> bool {
    matches!(
        kind,
        SpanKind::Link(_) | SpanKind::Jump(_) | SpanKind::Away(_)
    )
}

/// The link at hand in a block, by its index in the block.
#[must_use]
pub fn at_hand(app: &App, block: usize) -> Option<usize> {
    let link = app.link.as_ref()?;
    (link.article == app.listing.open_id() && link.at.0 == block).then_some(link.at.1)
}

/// Goes `step` links on (back when negative), round the article's end, and says where the link leads. The first is the one after the
/// top of the page.
pub fn walk(app: &mut App, step: isize) {
    let page = Page::of(app);
    let article = app.listing.open_id();
    let Some(slot) = app.listing.current() else {
        return;
    };
    let all: Vec<(usize, usize)> = links(slot).map(|(at, _)| at).collect();
    if all.is_empty() {
        app.status = Some(Status::NoLink);
        return;
    }
    let known = app.link.as_ref().filter(|link| link.article == article);
    let at_hand = known.and_then(|link| all.binary_search(&link.at).ok());
    let from = at_hand.map_or_else(
        || {
            let top = page.shown(slot).0;
            let before = |at: &(usize, usize)| start(slot, *at).is_some_and(|byte| byte < top);
            all.partition_point(before).cast_signed() - isize::from(step > 0)
        },
        usize::cast_signed,
    );
    let index = (from + step).rem_euclid(all.len().cast_signed());
    let at = all[index.cast_unsigned()];
    app.status = told(slot, at);
    let anchor = span(slot, at).map(|span| Anchor {
        paragraph: slot.start(at.0),
        byte: span.range.start,
    });
    app.link = Some(Link {
        article,
        at,
        from: None,
    });
    if let Some(anchor) = anchor {
        reading::show(app, anchor);
    }
}

/// Follows the link at hand: to a note and, asked again, back; of an address it says what it is.
pub fn follow(app: &mut App) -> Vec<Effect> {
    let open = app.listing.open_id();
    let Some(mut link) = app.link.take() else {
        return Vec::new();
    };
    if let Some(place) = link.from.take() {
        let effects = open_article(app, link.article);
        match app.listing.current_mut() {
            Some(slot) => slot.place = place,
            None => app.goal = Some(Goal::Offset(place.top.paragraph + place.top.byte)),
        }
        app.link = Some(link);
        return effects;
    }
    let Some(slot) = app.listing.current().filter(|_| link.article == open) else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    match span(slot, link.at).map(|span| span.kind.clone()) {
        Some(SpanKind::Jump(to)) => {
            let articles = &slot.document.articles;
            let article = articles.partition_point(|article| article.range.end <= to);
            let anchor = Anchor {
                paragraph: slot.document.origin.source(to),
                byte: 0,
            };
            link.from = Some(slot.place);
            jumps::mark(app);
            effects = open_article(app, ArticleId { article, ..open });
            reading::show(app, anchor);
        }
        Some(SpanKind::Away(to)) => {
            let stored = app.listing.stored(open.source);
            let article = stored.map_or(open.article, |stored| stored.article_at(to));
            link.from = Some(slot.place);
            jumps::mark(app);
            effects = open_article(app, ArticleId { article, ..open });
            if app.listing.current().is_some() {
                reading::to_offset(app, to);
            } else {
                app.goal = Some(Goal::Offset(to));
            }
        }
        _ => app.status = told(slot, link.at),
    }
    app.link = Some(link);
    effects
}

fn open_article(app: &mut App, id: ArticleId) -> Vec<Effect> {
    if id == app.listing.open_id() {
        return Vec::new();
    }
    reading::open(app, app.listing.row(id))
}

fn span(slot: &Slot, (block, index): (usize, usize)) -> Option<&Span> {
    slot.blocks().get(block)?.spans.get(index)
}

/// Where a link starts, as a byte of the source.
fn start(slot: &Slot, at: (usize, usize)) -> Option<usize> {
    Some(slot.start(at.0) + span(slot, at)?.range.start)
}

/// What to tell of a link: its address, or what stands where it leads.
fn told(slot: &Slot, at: (usize, usize)) -> Option<Status> {
    match &span(slot, at)?.kind {
        SpanKind::Link(address) => Some(Status::Link(address.to_string())),
        SpanKind::Jump(to) => {
            let blocks = slot
                .document
                .articles
                .iter()
                .flat_map(|article| &article.blocks);
            let block = blocks.clone().find(|block| block.range.start == *to)?;
            let line = slot.document.text.get(block.line())?;
            Some(Status::Note(line.to_owned()))
        }
        _ => None,
    }
}
