//! The box in which the reader corrects a name, and the corrections that hold everywhere.
//!
//! What the tagger found stays as it is in every article ([`Slot::found`]); what is shown are the names as corrected, made anew whenever
//! a correction is made or taken back. The mention, the name of the list, or the entry of the card or of the index is what is corrected.

use std::ops::Range;
use std::sync::Arc;

use crate::action::Action;
use crate::entity::{Correction, Kind, Names, form};
use crate::text::Direction;
use crate::text::marks::is_tashkeel;
use crate::text::words;

use super::card::Subject;
use super::filter::Filter;
use super::frame::Frame;
use super::message::Effect;
use super::names::mentions_in;
use super::register::{self, View};
use super::sidebar::{self, Cursor};
use super::slot::Slot;
use super::state::{App, Focus, Overlay};
use super::status::Status;

/// No name reaches further than so many words.
const MOST_STOPS: usize = 100;

/// No name has more letters.
const MOST_LETTERS: usize = 200;

/// The widest box, in columns.
const WIDEST: u16 = 64;

/// A name that is being corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correcting {
    /// Whom or what.
    pub subject: Subject,
    /// The ways in which it is written, its name the first.
    forms: Vec<String>,
    /// The mention in the open article, if it is one that is corrected.
    pub bounds: Option<Bounds>,
    /// The row under the mark.
    pub selected: usize,
    /// Whether nobody has found it: only its kind is asked for.
    pub new: bool,
}

/// Where a mention begins and ends, and where it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The start of its block in the source.
    pub paragraph: usize,
    /// The bytes that are to be marked.
    pub range: Range<usize>,
    /// The bytes that are marked.
    was: Range<usize>,
    /// As it is written there.
    written: String,
}

/// What can be said of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It begins and ends here.
    Bounds,
    /// It is of this kind.
    Kind(Kind),
    /// It is another name of the same.
    Same,
    /// It is none.
    Nothing,
}

impl Correcting {
    /// What can be said of it, a row each.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice> {
        let kinds = Kind::ALL.into_iter();
        if self.new {
            return kinds.map(Choice::Kind).collect();
        }
        let kinds = kinds.filter(|&kind| kind != self.subject.kind);
        let bounds = self.bounds.as_ref().map(|_| Choice::Bounds);
        bounds
            .into_iter()
            .chain([Choice::Nothing, Choice::Same])
            .chain(kinds.map(Choice::Kind))
            .collect()
    }
}

/// The box, as high as it must be, at the foot of the screen.
#[must_use]
pub fn frame(app: &App, correcting: &Correcting) -> Frame {
    Frame::at_foot(app, WIDEST, correcting.choices().len() + 1)
}

/// The first row shown of the choices.
#[must_use]
pub fn top(frame: Frame, correcting: &Correcting) -> usize {
    let room = frame.rows().saturating_sub(1).max(1);
    (correcting.selected + 1).saturating_sub(room)
}

/// Opens the box for the name at hand, of the list's, the card's or the index's.
pub fn open(app: &mut App) {
    let found = match &app.overlay {
        Some(Overlay::Index(view)) => register::selected(app, view).map(|it| of_shelf(app, it)),
        Some(Overlay::Card(card)) => Some(of_shelf(app, card.subject.clone())),
        _ => of_article(app),
    };
    match found {
        Some(correcting) => app.cover(Overlay::Correcting(correcting)),
        None => app.status = Some(Status::NoNameAtHand),
    }
}

/// A name of the shelf's index.
fn of_shelf(app: &App, subject: Subject) -> Correcting {
    let index = app.register.index();
    let entry = index.find(subject.kind, &subject.name);
    let entry = entry.and_then(|at| index.entries.get(at));
    let others = entry.map_or(&[][..], |entry| &entry.forms).iter();
    let mut forms = vec![subject.name.clone()];
    forms.extend(entry.map(|entry| entry.name.clone()));
    forms.extend(others.map(|(form, _)| form.clone()));
    Correcting {
        subject,
        forms: once(forms),
        bounds: None,
        selected: 0,
        new: false,
    }
}

/// The mention at hand, or the name under the mark of the list.
fn of_article(app: &App) -> Option<Correcting> {
    let slot = app.listing.current()?;
    let names = slot.names.as_deref()?;
    let listed = (app.focus == Focus::Names)
        .then(|| sidebar::selected_entity(app))
        .flatten();
    let mention = match listed {
        Some(_) => None,
        None => Some(names.mentions.get(slot.place.mention?)?),
    };
    let entity = listed.or(mention.map(|mention| mention.entity))?;
    let entity = names.entities.get(entity)?;
    let written = |mention| {
        let block = slot.block_at(mention);
        slot.text(block)
    };
    let forms = entity.mentions.iter().filter_map(|&at| {
        let mention = names.mentions.get(at)?;
        Some(form(mention, written(mention.paragraph), &entity.name))
    });
    let forms = std::iter::once(entity.name.clone()).chain(forms).collect();
    Some(Correcting {
        subject: Subject {
            kind: entity.kind,
            name: entity.name.clone(),
        },
        forms: once(forms),
        bounds: mention.map(|mention| Bounds {
            paragraph: mention.paragraph,
            range: mention.range.clone(),
            was: mention.range.clone(),
            written: form(mention, written(mention.paragraph), &entity.name),
        }),
        selected: 0,
        new: false,
    })
}

/// Opens the box for the words that are being chosen: the mention that they are, or a name that nobody has found.
pub fn open_chosen(app: &mut App) {
    let Some(selection) = app.selection.take() else {
        return;
    };
    let chosen = app.listing.current().and_then(|slot| {
        let (first, last) = selection.ends();
        let range = first.range.start..last.range.end;
        let text = slot.text(first.block).get(range.clone())?;
        let letters = text.chars().filter(|&c| !is_tashkeel(c)).count();
        let whole = first.block == last.block && letters <= MOST_LETTERS;
        whole.then(|| (first.block, range, spoken(text)))
    });
    let Some((block, range, name)) = chosen.filter(|(.., name)| !name.is_empty()) else {
        app.status = Some(Status::NoNameAtHand);
        return;
    };
    let slot = app.listing.current();
    let found = slot.and_then(|slot| {
        let mut mentions = mentions_in(slot, block);
        mentions.find(|(_, mention)| mention.range == range)
    });
    if let Some((at, entity)) = found.map(|(at, mention)| (at, mention.entity)) {
        if let Some(slot) = app.listing.current_mut() {
            (slot.place.mention, slot.place.entity) = (Some(at), Some(entity));
        }
        app.focus = Focus::Text;
        return open(app);
    }
    let paragraph = slot.map_or(0, |slot| slot.start(block));
    app.cover(Overlay::Correcting(Correcting {
        subject: Subject {
            kind: Kind::Person,
            name: name.clone(),
        },
        forms: Vec::new(),
        bounds: Some(Bounds {
            paragraph,
            range: range.clone(),
            was: range,
            written: name,
        }),
        selected: 0,
        new: true,
    }));
}

/// A stretch of text as a name is kept: without tashkeel and tatweel, a blank between two words.
fn spoken(text: &str) -> String {
    let letters = |word: &str| {
        let letters = word.chars().filter(|&c| !is_tashkeel(c) && c != '\u{640}');
        letters.collect::<String>()
    };
    let words: Vec<String> = text.split_whitespace().map(letters).collect();
    words.join(" ")
}

/// Each of some words once, in order.
fn once(words: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        if !kept.contains(&word) {
            kept.push(word);
        }
    }
    kept
}

/// Moves the mark of the box, or a bound of the mention.
pub fn travel(app: &mut App, action: Action, times: usize) {
    let Some(Overlay::Correcting(correcting)) = &mut app.overlay else {
        return;
    };
    let last = correcting.choices().len() - 1;
    let selected = match action {
        Action::EndLeft | Action::EndRight | Action::StartLeft | Action::StartRight => {
            return move_bound(app, action, times);
        }
        Action::LineDown => correcting.selected.saturating_add(times),
        Action::LineUp => correcting.selected.saturating_sub(times),
        Action::ArticleStart | Action::PageUp | Action::HalfPageUp => 0,
        _ => last,
    };
    correcting.selected = selected.min(last);
}

/// Moves the start or the end of the mention so many stops to the left or to the right, as it stands on the screen.
fn move_bound(app: &mut App, action: Action, times: usize) {
    let next = |stops: &[usize], at, onward| {
        let steps = 0..times.min(MOST_STOPS);
        Some(steps.fold(at, |at, _| next(stops, at, onward).unwrap_or(at)))
    };
    let chosen = app.settings.paragraphs;
    let Some(Overlay::Correcting(correcting)) = &app.overlay else {
        return;
    };
    let found = app.listing.current().zip(correcting.bounds.as_ref());
    let Some((slot, bounds)) = found else {
        return;
    };
    let block = slot.block_at(bounds.paragraph);
    let onward = match slot.direction(block, chosen) {
        Direction::Rtl => matches!(action, Action::EndLeft | Action::StartLeft),
        Direction::Ltr => matches!(action, Action::EndRight | Action::StartRight),
    };
    let (starts, ends) = stops(slot.text(block));
    let Range { start, end } = bounds.range;
    let range = if matches!(action, Action::EndLeft | Action::EndRight) {
        let end = next(&ends, end, onward).filter(|&end| end > start);
        end.map(|end| start..end)
    } else {
        let start = next(&starts, start, onward).filter(|&start| start < end);
        start.map(|start| start..end)
    };
    let name = range.clone().and_then(|range| slot.text(block).get(range));
    let name = name.map(spoken).unwrap_or_default();
    if let (Some(range), Some(Overlay::Correcting(correcting))) = (range, &mut app.overlay)
        && let Some(bounds) = &mut correcting.bounds
    {
        bounds.range = range;
        if correcting.new {
            correcting.subject.name = name;
        } else {
            correcting.selected = 0;
        }
    }
}

/// The stop after a byte, or before it.
fn next(stops: &[usize], at: usize, onward: bool) -> Option<usize> {
    if onward {
        stops
            .get(stops.partition_point(|&stop| stop <= at))
            .copied()
    } else {
        let before = stops.partition_point(|&stop| stop < at);
        stops.get(before.checked_sub(1)?).copied()
    }
}

/// Where a name may begin, and where it may end: with a word, or after letters that are written together with one.
fn stops(text: &str) -> (Vec<usize>, Vec<usize>) {
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    for word in words::words(text) {
        ends.push(word.end);
        starts.push(word.start);
        let letters = text[word.clone()].char_indices();
        let mut letters = letters.filter(|&(_, c)| !is_tashkeel(c)).peekable();
        let clitics = [&['و', 'ف'][..], &['ب', 'ل', 'ك', 'س']];
        for clitic in clitics {
            let here = letters.next_if(|(_, c)| clitic.contains(c));
            if here.is_some()
                && let Some(&(at, _)) = letters.peek()
            {
                starts.push(word.start + at);
            }
        }
    }
    (starts, ends)
}

/// Does what the row under the mark says.
pub fn choose(app: &mut App) -> Vec<Effect> {
    let Some(Overlay::Correcting(correcting)) = app.uncover() else {
        return Vec::new();
    };
    let choice = correcting.choices().get(correcting.selected).copied();
    let Correcting {
        subject,
        forms: names,
        bounds,
        new,
        ..
    } = correcting;
    let kind = subject.kind;
    let correction = match choice {
        Some(Choice::Bounds) => {
            let bounds = bounds.filter(|bounds| bounds.range != bounds.was);
            let Some((bounds, slot)) = bounds.zip(app.listing.current()) else {
                return Vec::new();
            };
            let text = slot.text(slot.block_at(bounds.paragraph));
            let to = text.get(bounds.range).unwrap_or_default();
            Correction::Span {
                name: bounds.written,
                kind,
                to: to.to_owned(),
            }
        }
        Some(Choice::Kind(kind)) if new => Correction::Name {
            name: subject.name,
            kind,
        },
        Some(Choice::Kind(to)) => Correction::Kind { names, kind, to },
        Some(Choice::Same) => {
            app.under = None;
            app.overlay = Some(Overlay::Index(View {
                filter: Filter {
                    kind: Some(kind),
                    typed: String::new(),
                },
                joined: Some(Joined { subject, names }),
                ..View::default()
            }));
            return Vec::new();
        }
        Some(Choice::Nothing) => Correction::Nothing {
            // One mention speaks for what is written like it, not for all that its entity is called.
            names: bounds.map_or(names, |bounds| vec![bounds.written]),
            kind,
        },
        None => return Vec::new(),
    };
    make(app, correction)
}

/// A name that is to be joined with an entry of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// Whom or what.
    pub subject: Subject,
    /// The ways in which it is written.
    names: Vec<String>,
}

/// Joins a name with the entry of the index that was chosen.
pub fn join(app: &mut App, joined: Joined, target: Subject) -> Vec<Effect> {
    app.overlay = None;
    if joined.subject == target {
        return Vec::new();
    }
    make(
        app,
        Correction::Join {
            names: joined.names,
            kind: joined.subject.kind,
            to: target.name,
            to_kind: target.kind,
        },
    )
}

/// Makes a correction.
fn make(app: &mut App, correction: Correction) -> Vec<Effect> {
    // A card goes on with what it is about.
    if let Some(Overlay::Card(card)) = &mut app.overlay {
        match &correction {
            Correction::Kind { to, .. } => card.subject.kind = *to,
            Correction::Nothing { .. } => app.overlay = None,
            _ => {}
        }
    }
    let name = correction.names().first().cloned().unwrap_or_default();
    app.status = Some(Status::Corrected(name));
    Arc::make_mut(&mut app.corrections).push(correction.clone());
    hold(app);
    vec![Effect::Correct(correction)]
}

/// Takes the last correction back.
pub fn take_back(app: &mut App) -> Vec<Effect> {
    let Some(correction) = Arc::make_mut(&mut app.corrections).pop() else {
        app.status = Some(Status::NoCorrection);
        return Vec::new();
    };
    let name = correction.names().first().cloned().unwrap_or_default();
    app.status = Some(Status::TakenBack(name));
    hold(app);
    vec![Effect::TakeBack(correction)]
}

/// Takes the corrections that were kept, before those that were made meanwhile.
pub fn recall(app: &mut App, mut kept: Vec<Correction>) {
    kept.extend(app.corrections.iter().cloned());
    if !kept.is_empty() {
        app.corrections = Arc::new(kept);
        hold(app);
    }
}

/// Makes the corrections hold in every article whose names are known.
fn hold(app: &mut App) {
    let corrections = Arc::clone(&app.corrections);
    for slot in app.listing.slots_mut() {
        slot.correct(&corrections);
    }
    register::correct(app, &corrections);
    app.jumps.forget_names();
    sidebar::settle(app);
}

impl Slot {
    /// Takes the names that were found, and shows them as corrected.
    pub fn take_names(&mut self, found: Arc<Names>, corrections: &[Correction]) {
        self.found = Some(found);
        self.correct(corrections);
    }

    /// Shows the names that were found as corrected; the mention at hand stays at hand where it is still one.
    pub fn correct(&mut self, corrections: &[Correction]) {
        let Some(found) = self.found.clone() else {
            return;
        };
        let text_of = |paragraph| self.text(self.block_at(paragraph));
        let names = if corrections.is_empty() {
            found
        } else {
            let starts = (0..self.blocks().len()).map(|block| self.start(block));
            Arc::new(crate::entity::correct(&found, corrections, starts, text_of))
        };
        let Some(before) = self.names.replace(names) else {
            return;
        };
        let at_hand = self.place.mention;
        let at_hand = at_hand.and_then(|at| before.mentions.get(at).cloned());
        let names = self.names.as_deref();
        let now = names.zip(at_hand).and_then(|(names, old)| {
            names.mentions.iter().position(|mention| {
                mention.paragraph == old.paragraph
                    && mention.range.start < old.range.end
                    && old.range.start < mention.range.end
            })
        });
        let entity = now.and_then(|now| Some(names?.mentions.get(now)?.entity));
        (self.place.mention, self.place.entity) = (now, entity);
    }
}

/// Chooses the row under a row of the screen.
pub fn press(app: &mut App, column: u16, row: u16) -> Vec<Effect> {
    let Some(Overlay::Correcting(correcting)) = &mut app.overlay else {
        return Vec::new();
    };
    let mut correcting = correcting.clone();
    let frame = frame(app, &correcting);
    if !frame.outer.holds(column, row) {
        app.uncover();
        return Vec::new();
    }
    let selected = top(frame, &correcting) + usize::from(row.saturating_sub(frame.inner.y));
    if !frame.inner.holds(column, row) || selected >= correcting.choices().len() {
        return Vec::new();
    }
    correcting.selected = selected;
    app.overlay = Some(Overlay::Correcting(correcting));
    choose(app)
}

/// The place of the box's mark as lists have theirs.
#[must_use]
pub fn cursor(frame: Frame, correcting: &Correcting) -> Cursor {
    Cursor {
        selected: correcting.selected,
        top: top(frame, correcting),
    }
}
