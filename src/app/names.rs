//! The names of the open article: the rows of their list, the walk from mention to mention, and what is marked in the text.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::doc::Anchor;
use crate::entity::{Kind, Mention, Names};

use super::filter::Filter;
use super::jumps;
use super::page::Page;
use super::pane::panes;
use super::reading;
use super::slot::Slot;
use super::state::App;
use super::status::Status;

/// A row of the list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRow {
    /// A kind and how many entities of it the article has.
    Heading(Kind, usize),
    /// An entity: an index into the article's entities.
    Entity(usize),
}

/// The rows of the list: kinds in their fixed order, in each the entities with most mentions first; only what is wanted.
fn rows(slot: &Slot, names: &Names, filter: &Filter) -> Vec<NameRow> {
    let mut kinds: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
    for (index, entity) in names.entities.iter().enumerate() {
        if filter.admits(slot, names, entity) {
            kinds.entry(entity.kind).or_default().push(index);
        }
    }
    let mut rows = Vec::with_capacity(names.entities.len() + kinds.len());
    for (kind, mut entities) in kinds {
        entities.sort_by_key(|&index| std::cmp::Reverse(names.entities[index].mentions.len()));
        rows.push(NameRow::Heading(kind, entities.len()));
        rows.extend(entities.into_iter().map(NameRow::Entity));
    }
    rows
}

/// The rows of the open article's list; none while its names are being found.
#[must_use]
pub fn rows_of(app: &App) -> Vec<NameRow> {
    let Some(slot) = app.listing.current() else {
        return Vec::new();
    };
    let names = slot.names.as_deref();
    names.map_or_else(Vec::new, |names| rows(slot, names, &app.filter))
}

/// How the mentions of an entity lie over the article: how many in each of so many equal parts, from its beginning.
#[must_use]
pub fn spread(slot: &Slot, entity: usize, parts: usize) -> Vec<usize> {
    let mut counts = vec![0; parts];
    let Some(names) = slot.names.as_deref() else {
        return counts;
    };
    let range = slot.range();
    let mentions = names.entities.get(entity).map(|entity| &entity.mentions);
    for mention in mentions
        .into_iter()
        .flatten()
        .filter_map(|&at| names.mentions.get(at))
    {
        let byte = mention.paragraph + mention.range.start;
        let part = byte.saturating_sub(range.start) * parts / range.len().max(1);
        if let Some(count) = counts.get_mut(part) {
            *count += 1;
        }
    }
    counts
}

/// The mentions inside block `index`, with their indexes.
pub fn mentions_in(slot: &Slot, index: usize) -> impl Iterator<Item = (usize, &Mention)> {
    let start = slot.start(index);
    let mentions = slot
        .names
        .as_deref()
        .map_or(&[][..], |names| &names.mentions[..]);
    let first = mentions.partition_point(|mention| mention.paragraph < start);
    (first..)
        .zip(&mentions[first..])
        .take_while(move |(_, mention)| mention.paragraph == start)
}

/// Where a mention begins.
fn anchor(mention: &Mention) -> Anchor {
    Anchor {
        paragraph: mention.paragraph,
        byte: mention.range.start,
    }
}

/// The place that a walk over mentions starts from: the mention at hand if the page shows it, else the page itself.
enum From {
    Mention(usize),
    Page(Anchor),
}

/// Finds out where a walk starts.
fn walk_start(app: &App, slot: &Slot, names: &Names) -> From {
    let page = Page::of(app);
    let (first, last) = page.shown(slot);
    let seen =
        |mention: &Mention| (first..last).contains(&(mention.paragraph + mention.range.start));
    if let Some(index) = slot.place.mention
        && names.mentions.get(index).is_some_and(seen)
    {
        return From::Mention(index);
    }
    let paragraph = slot.start(slot.block_at(first));
    From::Page(Anchor {
        paragraph,
        byte: first.saturating_sub(paragraph),
    })
}

/// Which mentions a walk stops at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// All of the wanted kind.
    Wanted,
    /// Those of the name at hand.
    Same,
}

/// Walks `step` mentions on (back when negative) from the place at hand.
pub fn walk(app: &mut App, which: Walk, step: isize) {
    let Some(slot) = app.listing.current() else {
        return;
    };
    let Some(names) = slot.names.clone() else {
        app.status = Some(Status::StillTagging);
        return;
    };
    if which == Walk::Same && slot.place.entity.is_none() {
        app.status = Some(Status::NoNameAtHand);
        return;
    }
    let stops: Vec<(usize, &Mention)> = names
        .mentions
        .iter()
        .enumerate()
        .filter(|(_, mention)| match which {
            Walk::Wanted => app.filter.admits_kind(mention.kind),
            Walk::Same => slot.place.entity == Some(mention.entity),
        })
        .collect();
    let (before, next) = match walk_start(app, slot, &names) {
        From::Mention(index) => (
            stops.partition_point(|(at, _)| *at < index),
            stops.partition_point(|(at, _)| *at <= index),
        ),
        From::Page(top) => {
            let next = stops.partition_point(|(_, mention)| anchor(mention) < top);
            (next, next)
        }
    };
    let target = if step > 0 {
        next.checked_add_signed(step - 1)
    } else {
        before.checked_add_signed(step)
    };
    match target.and_then(|target| stops.get(target)) {
        Some(&(index, _)) => take(app, &names, index),
        None => app.status = Some(Status::NoMention),
    }
}

/// Jumps to the next mention of `entity` after the place at hand, round the article's end if need be, and marks all of them.
pub fn jump(app: &mut App, entity: usize) {
    let Some(slot) = app.listing.current() else {
        return;
    };
    let Some(names) = slot.names.clone() else {
        return;
    };
    let Some(mentions) = names.entities.get(entity).map(|entity| &entity.mentions) else {
        return;
    };
    let next = match walk_start(app, slot, &names) {
        From::Mention(index) => mentions.iter().find(|&&mention| mention > index),
        From::Page(top) => mentions.iter().find(|&&mention| {
            names
                .mentions
                .get(mention)
                .is_some_and(|mention| anchor(mention) >= top)
        }),
    };
    if let Some(&index) = next.or(mentions.first()) {
        if slot.place.entity != Some(entity) {
            jumps::mark(app);
        }
        take(app, &names, index);
    }
}

/// Makes a mention the one at hand: it comes into sight, and every mention of its entity is marked.
fn take(app: &mut App, names: &Names, index: usize) {
    let Some(mention) = names.mentions.get(index) else {
        return;
    };
    if let Some(slot) = app.listing.current_mut() {
        slot.place.mention = Some(index);
        slot.place.entity = Some(mention.entity);
    }
    reading::show(app, anchor(mention));
}

/// Takes the mention that begins at a place.
pub fn take_anchor(app: &mut App, place: Anchor) {
    let slot = app.listing.current();
    let Some(names) = slot.and_then(|slot| slot.names.clone()) else {
        return;
    };
    if let Some(index) = names
        .mentions
        .iter()
        .position(|mention| anchor(mention) == place)
    {
        take(app, &names, index);
    }
}

/// Lets go of the mention at hand and its marks.
pub fn let_go(app: &mut App) {
    if let Some(slot) = app.listing.current_mut() {
        slot.place.mention = None;
        slot.place.entity = None;
    }
}

/// Takes the mention under a cell of the reading pane, or lets go where there is none.
pub fn take_at(app: &mut App, column: u16, row: u16) {
    let found = mention_at(app, column, row);
    let names = app.listing.current().and_then(|slot| slot.names.clone());
    match (found, names) {
        (Some(index), Some(names)) => take(app, &names, index),
        _ => let_go(app),
    }
}

/// The mention under a cell of the screen.
fn mention_at(app: &App, column: u16, row: u16) -> Option<usize> {
    let text = panes(app).text;
    let slot = app.listing.current()?;
    let page = Page::of(app);
    let (at, layout, line) = page.line_at(usize::from(row.checked_sub(text.y)?))?;
    let indent = Page::indent(layout, line, text.width);
    let cell = column.checked_sub(text.x)?.checked_sub(indent)?;
    let byte = layout.byte_at(line, usize::from(cell))?;
    mentions_in(slot, at.block)
        .find(|(_, mention)| mention.range.contains(&byte))
        .map(|(index, _)| index)
}

/// How a stretch of text is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Bytes in the block.
    pub range: Range<usize>,
    /// The kind of the name.
    pub kind: Kind,
    /// Whether its entity is the chosen one.
    pub chosen: bool,
    /// Whether it is the mention at hand.
    pub at_hand: bool,
}

/// The marks of block `index` of the open article, in order.
pub fn marks(slot: &Slot, index: usize) -> impl Iterator<Item = Mark> {
    mentions_in(slot, index).map(|(at, mention)| Mark {
        range: mention.range.clone(),
        kind: mention.kind,
        chosen: slot.place.entity == Some(mention.entity),
        at_hand: slot.place.mention == Some(at),
    })
}
