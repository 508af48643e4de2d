//! Which names the sidebar lists and the walk visits: of one kind, with what was typed in them.
//!
//! What is typed is compared without hamza, tashkeel, tatweel and the like, with every form in which the article writes the name.

use crate::entity::{Entity, Kind, Names};
use crate::text::fold::fold_str;

use super::line::Line;
use super::register;
use super::sidebar::{self, Cursor};
use super::slot::Slot;
use super::state::{App, Ask, Focus, Overlay};
use super::status::Status;

/// The names that are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only names with this in them; empty for all.
    pub typed: String,
}

impl Filter {
    /// Whether all names are wanted.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.kind.is_none() && self.typed.is_empty()
    }

    /// Whether a kind is wanted.
    #[must_use]
    pub fn admits_kind(&self, kind: Kind) -> bool {
        self.kind.is_none_or(|only| only == kind)
    }

    /// Whether a name has in it what was typed.
    #[must_use]
    pub fn admits_name(&self, name: &str) -> bool {
        self.typed.is_empty() || fold_str(name).contains(&fold_str(&self.typed))
    }

    /// Whether an entity of an article is wanted.
    #[must_use]
    pub fn admits(&self, slot: &Slot, names: &Names, entity: &Entity) -> bool {
        self.admits_kind(entity.kind)
            && (self.admits_name(&entity.name)
                || entity.mentions.iter().any(|&at| {
                    let mention = names.mentions.get(at);
                    mention.is_some_and(|mention| self.admits_name(slot.written(mention)))
                }))
    }
}

/// Begins to ask for what the names must have in them.
pub fn ask(app: &mut App) {
    let typed = match &app.overlay {
        Some(Overlay::Index(view)) => view.filter.typed.clone(),
        Some(Overlay::Card(_)) => return,
        _ => {
            sidebar::focus(app, Focus::Names);
            app.filter.typed.clone()
        }
    };
    app.cover(Overlay::Prompt {
        ask: Ask::Filter,
        line: Line::new(typed),
    });
}

/// Lists all names again.
pub fn clear(app: &mut App) {
    let typed = match (&mut app.overlay, &mut app.under) {
        (Some(Overlay::Index(view)), _) | (_, Some(Overlay::Index(view))) => &mut view.filter.typed,
        _ => &mut app.filter.typed,
    };
    typed.clear();
    sidebar::settle(app);
}

/// Lists by what has been typed so far.
pub fn follow(app: &mut App) {
    if let Some(Overlay::Prompt {
        ask: Ask::Filter,
        line,
    }) = &app.overlay
    {
        let typed = line.text().to_owned();
        if let Some(Overlay::Index(view)) = &mut app.under {
            view.filter.typed = typed;
            view.cursor = Cursor::default();
        } else {
            app.filter.typed = typed;
            sidebar::to_start(app, Focus::Names);
        }
    }
}

/// Wants the kind at hand alone, or all kinds again.
pub fn turn_kind(app: &mut App) {
    if let Some(Overlay::Index(view)) = &app.overlay {
        let kind = match view.filter.kind {
            Some(_) => None,
            None => register::selected(app, view).map(|subject| subject.kind),
        };
        set_kind(app, kind);
        return;
    }
    let kind = match app.filter.kind {
        Some(_) => None,
        None => kind_at_hand(app),
    };
    if kind.is_none() && app.filter.kind.is_none() {
        app.status = Some(Status::NoNameAtHand);
    } else {
        set_kind(app, kind);
    }
}

/// Wants the next kind that the article has; all kinds after the last.
pub fn next_kind(app: &mut App) {
    if let Some(Overlay::Index(view)) = &app.overlay {
        let mut kinds = Kind::ALL.into_iter();
        let next = kinds.find(|&kind| view.filter.kind.is_none_or(|now| kind > now));
        set_kind(app, next);
        return;
    }
    let names = app.listing.current().and_then(|slot| slot.names.as_deref());
    let entities = names.map_or(&[][..], |names| &names.entities);
    let mut kinds = Kind::ALL
        .into_iter()
        .filter(|&kind| entities.iter().any(|entity| entity.kind == kind));
    let next = kinds.find(|&kind| app.filter.kind.is_none_or(|now| kind > now));
    set_kind(app, next);
}

/// Wants one kind or all.
fn set_kind(app: &mut App, kind: Option<Kind>) {
    app.status = Some(Status::Kinds(kind));
    if let Some(Overlay::Index(view)) = &mut app.overlay {
        view.filter.kind = kind;
        view.cursor = Cursor::default();
        return;
    }
    app.filter.kind = kind;
    sidebar::to_start(app, Focus::Names);
}

/// The kind of the name under the list's mark, if the list has the focus, or of the mention at hand.
fn kind_at_hand(app: &App) -> Option<Kind> {
    if app.focus == Focus::Names {
        let selected = sidebar::selected_entity(app)?;
        let names = app.listing.current()?.names.as_deref()?;
        return Some(names.entities.get(selected)?.kind);
    }
    app.mention_at_hand().map(|(kind, ..)| kind)
}
