//! One message in, the next state and the effects out.

use std::sync::Arc;

use crate::action::{Action, Code, Key, Mode, Step};
use crate::doc::{Document, Notice};
use crate::layout::{Digits, Justify};
use crate::library::{Statistics, minutes};

use super::correcting;
use super::filter;
use super::follow;
use super::hunt;
use super::jumps;
use super::keeping;
use super::links;
use super::listing::Listing;
use super::long;
use super::look;
use super::marking;
use super::message::{Effect, Message};
use super::names::{self, Walk};
use super::pane::panes;
use super::passage;
use super::pointer::point;
use super::prompt;
use super::reading;
use super::register;
use super::renewal;
use super::seek;
use super::selection;
use super::sidebar;
use super::state::{App, Ask, Focus, Overlay};
use super::status::{ReadingTime, Status};
use super::travel::{mark_ends, travel};
use crate::config::Side;

/// Takes one message into the state.
pub fn update(app: &mut App, message: Message) -> Vec<Effect> {
    let mut effects = take(app, message);
    effects.extend(keeping::ask(app));
    effects.extend(passage::ask(app));
    effects.extend(hunt::ask(app));
    effects.extend(follow::ask(app));
    effects.extend(long::ask(app));
    effects.extend(register::ask(app));
    effects
}

fn take(app: &mut App, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => press(app, key),
        Message::Paste(text) => {
            prompt::paste(app, &text);
            Vec::new()
        }
        Message::Pointer(pointer) => point(app, pointer),
        Message::Resize(width, height) => {
            app.size = (width, height);
            sidebar::settle(app);
            Vec::new()
        }
        message @ (Message::Loaded(_)
        | Message::Arrived(_)
        | Message::SoFar(_)
        | Message::AllLoaded) => arrive(app, message),
        message @ (Message::Opened(_)
        | Message::Marks { .. }
        | Message::Passage { .. }
        | Message::Titles { .. }
        | Message::Found(_)
        | Message::Changed { .. }
        | Message::Outgrown { .. }
        | Message::Fetched { .. }
        | Message::ResumedLarge(_)
        | Message::Held { .. }
        | Message::Noticed { .. }
        | Message::NothingToRepair
        | Message::Refused(_)) => passage::hear(app, message),
        message @ (Message::ReadAgain { .. } | Message::Renewed { .. } | Message::Completed(_)) => {
            renewal::hear(app, message)
        }
        Message::Unread { name, text } => tell_unread(app, name, text),
        Message::Failed(text) => {
            app.status = Some(Status::Failed(text));
            Vec::new()
        }
        Message::Terminal {
            tashkeel_lands,
            status,
        } => {
            app.settings.tashkeel_lands = tashkeel_lands;
            app.status = status.or(app.status.take());
            Vec::new()
        }
        Message::Marked(marks) => {
            marking::list(app, marks);
            Vec::new()
        }
        Message::Statistics(all) => {
            tell_read(app, &all);
            Vec::new()
        }
        message @ (Message::Tagged { .. }
        | Message::Surveyed { .. }
        | Message::Glimpsed { .. }
        | Message::Resolved { .. }) => {
            take_found(app, message);
            Vec::new()
        }
        Message::Idle => register::go_on(app),
        Message::Corrections(kept) => {
            correcting::recall(app, kept);
            Vec::new()
        }
        Message::Recalled { article, record } => {
            app.records.take(article, record);
            Vec::new()
        }
        Message::Resumed { document, article } => resume(app, &document, article),
    }
}

/// Takes in what workers have found in articles: names, their numbers, levels.
fn take_found(app: &mut App, message: Message) {
    match message {
        Message::Tagged {
            article,
            names,
            part,
            words,
        } => {
            if let Some(slot) = app.listing.slot_mut(article) {
                slot.take_names(names, &app.corrections);
                slot.named = part;
                slot.words = Some(words);
            }
            if article == app.listing.open_id() {
                sidebar::to_start(app, Focus::Names);
            }
        }
        Message::Surveyed {
            round,
            tallies,
            next,
        } => {
            register::take(app, round, &tallies, next);
        }
        Message::Glimpsed {
            article,
            document,
            index,
            names,
        } => {
            register::glimpse(app, article, (document, index), names);
        }
        Message::Resolved {
            article,
            paragraph,
            direction,
            levels,
        } => {
            if let Some(slot) = app.listing.slot_mut(article) {
                slot.resolve(paragraph, direction, levels);
            }
        }
        _ => {}
    }
}

/// Tells how long was read.
fn tell_read(app: &mut App, all: &Statistics) {
    let here = app.records.get(app.listing.open_id());
    app.status = Some(Status::Read(ReadingTime {
        here: minutes(here.map_or(0.0, |record| record.seconds)),
        today: minutes(all.today),
        all: minutes(all.seconds),
        finished: all.finished,
    }));
}

/// Tells that something takes its time.
fn tell_waiting(app: &mut App, effect: &Effect) {
    if let Effect::NextEncoding(id) = effect
        && app.listing.stored(id.source).is_some()
    {
        app.status = Some(Status::ReadingAgain);
    }
}

/// Takes in what was read of the sources.
fn arrive(app: &mut App, message: Message) -> Vec<Effect> {
    match message {
        Message::Loaded(document) => load(app, &document, Listing::add),
        Message::Arrived(documents) => {
            let documents = documents.iter();
            documents
                .flat_map(|document| load(app, document, Listing::add_file))
                .collect()
        }
        Message::SoFar(count) => {
            app.so_far = Some(count);
            Vec::new()
        }
        _ => {
            app.loading = false;
            app.so_far = None;
            Vec::new()
        }
    }
}

/// Takes a document into the list, in the way of `add`; the first one is opened.
pub fn load(
    app: &mut App,
    document: &Arc<Document>,
    add: fn(&mut Listing, &Arc<Document>),
) -> Vec<Effect> {
    let first = app.listing.is_empty();
    add(&mut app.listing, document);
    // What stood in the way of a source is not pushed aside by what is odd about another.
    if !matches!(app.status, Some(Status::Unread(_))) {
        app.status = notice(document).or(app.status.take());
    }
    if first {
        reading::open(app, 0)
    } else {
        Vec::new()
    }
}

/// Tells of a source that could not be read, beside those that could not before.
fn tell_unread(app: &mut App, name: String, text: String) -> Vec<Effect> {
    let mut unread = match app.status.take() {
        Some(Status::Unread(unread)) => unread,
        _ => Vec::new(),
    };
    unread.push((name, text));
    app.status = Some(Status::Unread(unread));
    Vec::new()
}

/// Opens the article that was read last, unless the reader has gone elsewhere since.
fn resume(app: &mut App, document: &Arc<Document>, article: usize) -> Vec<Effect> {
    let found = app.listing.find(document, article).filter(|_| !app.moved);
    found.map_or_else(Vec::new, |id| {
        let row = app.listing.row(id);
        let effects = reading::open(app, row);
        sidebar::select(app, Focus::Articles, row);
        effects
    })
}

/// What the reader is told of how a document was read; what can be done something about comes first.
fn notice(document: &Document) -> Option<Status> {
    let offers = |notice: &&Notice| matches!(notice, Notice::StoredAsDrawn { .. });
    let notices = &document.notices;
    notices
        .iter()
        .find(offers)
        .or(notices.last())
        .map(|notice| told(&document.name, notice))
}

/// A notice in the status line.
pub(super) fn told(name: &str, notice: &Notice) -> Status {
    match *notice {
        Notice::StoredAsDrawn { forms, visual } => Status::StoredAsDrawn { forms, visual },
        Notice::BadLines { count, first } => Status::BadLines {
            source: name.to_owned(),
            count,
            first,
        },
        Notice::MissingParts { count } => Status::MissingParts {
            source: name.to_owned(),
            count,
        },
        Notice::InvalidBytes { count } => Status::InvalidBytes {
            source: name.to_owned(),
            count,
        },
    }
}

/// Takes a key: text while the prompt is open, else an action by the keymap.
fn press(app: &mut App, key: Key) -> Vec<Effect> {
    if app.follow.is_on() && key == Key::new(Code::Char('c'), true, false, false) {
        // As in less: it interrupts the waiting, not the reading.
        follow::end(app);
        return Vec::new();
    }
    let keymap = Arc::clone(&app.keymap);
    let step = keymap.step(app.mode(), &mut app.pending, key);
    match step {
        Step::Act { action, count } => {
            app.moved = true;
            app.resuming = None;
            app.status = None;
            follow::acted(app);
            hunt::interrupt(app);
            act(app, action, count)
        }
        Step::Text(text) => {
            prompt::insert(app, &text);
            Vec::new()
        }
        Step::More | Step::Nothing => Vec::new(),
    }
}

/// What an action asks of the loop, where it asks for nothing else.
fn effect_of(app: &App, action: Action) -> Option<Effect> {
    match action {
        Action::Quit => Some(Effect::Quit),
        Action::Suspend => Some(Effect::Suspend),
        Action::Redraw => Some(Effect::Redraw),
        Action::NextProfile => Some(Effect::NextProfile),
        Action::Marks => Some(Effect::ListMarks),
        Action::Statistics => Some(Effect::Count),
        Action::NextEncoding if !app.listing.is_empty() => {
            Some(Effect::NextEncoding(app.listing.open_id()))
        }
        _ => None,
    }
}

/// Does what an action asks for, where the focus is.
fn act(app: &mut App, action: Action, count: Option<u32>) -> Vec<Effect> {
    let times = usize::try_from(count.unwrap_or(1))
        .unwrap_or(usize::MAX)
        .max(1);
    let step = isize::try_from(times).unwrap_or(isize::MAX);
    if let Some(effect) = effect_of(app, action) {
        tell_waiting(app, &effect);
        return vec![effect];
    }
    match action {
        Action::Repair => return repair(app),
        Action::NextEncoding => {}
        Action::NextArticle => return reading::open_by(app, step),
        Action::PreviousArticle => return reading::open_by(app, -step),
        Action::Choose => return choose(app),
        Action::NextLink => links::walk(app, step),
        Action::PreviousLink => links::walk(app, -step),
        Action::NextMention => names::walk(app, Walk::Wanted, step),
        Action::PreviousMention => names::walk(app, Walk::Wanted, -step),
        Action::NextSame => names::walk(app, Walk::Same, step),
        Action::PreviousSame => names::walk(app, Walk::Same, -step),
        Action::FilterNames => filter::ask(app),
        Action::OnlyKind => filter::turn_kind(app),
        Action::NextKind => filter::next_kind(app),
        Action::Card => look::open_card(app),
        Action::Index => look::open_index(app),
        Action::TurnSort => look::turn_sort(app),
        Action::Correct if app.mode() == Mode::Selecting => correcting::open_chosen(app),
        Action::Correct => correcting::open(app),
        Action::TakeBack => return correcting::take_back(app),
        Action::Back => return jumps::back(app, times),
        Action::Forward => return jumps::forward(app, times),
        Action::NextHit => seek::step(app, step),
        Action::PreviousHit => seek::step(app, -step),
        Action::NextParagraph | Action::PreviousParagraph if app.selection.is_some() => {
            selection::act(app, action, step);
        }
        Action::NextParagraph => reading::paragraph_down(app, times),
        Action::PreviousParagraph => reading::paragraph_up(app, times),
        Action::FlipDirection => flip(app),
        Action::Help => app.cover(Overlay::Help { top: 0 }),
        Action::Search => {
            app.focus = Focus::Text;
            prompt::open(app, Ask::Search);
        }
        Action::GoTo => prompt::open(app, Ask::Place),
        Action::Follow => return follow::turn(app),
        Action::Percent => {
            app.focus = Focus::Text;
            reading::to_percent(app, count.map_or(0, |_| times));
        }
        Action::FirstArticle => return reading::open(app, 0),
        Action::LastArticle => {
            return reading::open(app, app.listing.len().saturating_sub(1));
        }
        Action::Submit => return prompt::submit(app),
        Action::Bookmark | Action::Note | Action::Select | Action::Rename => {
            marking::act(app, action);
        }
        Action::Copy => return selection::copy(app),
        Action::Delete if matches!(app.overlay, Some(Overlay::Marks { .. })) => {
            return marking::delete(app);
        }
        Action::SelectParagraph
        | Action::SwapEnds
        | Action::NextWord
        | Action::PreviousWord
        | Action::WordLeft
        | Action::WordRight => selection::act(app, action, step),
        Action::Cancel => cancel(app),
        Action::Erase
        | Action::EraseWord
        | Action::EraseLine
        | Action::Delete
        | Action::CaretLeft
        | Action::CaretRight
        | Action::LineStart
        | Action::LineEnd => prompt::edit(app, action),
        Action::FocusNext | Action::FocusPrevious => turn_focus(app, action == Action::FocusNext),
        Action::FocusLeft => focus_side(app, Side::Left),
        Action::FocusRight => focus_side(app, Side::Right),
        Action::ToggleSidebar => toggle_sidebar(app),
        Action::ToggleTashkeel
        | Action::ToggleTatweel
        | Action::ToggleControls
        | Action::TurnDigits
        | Action::TurnJustify => switch(app, action),
        Action::ArticleStart | Action::ArticleEnd if count.is_some() => {
            // With a count both go to that line.
            mark_ends(app);
            travel(app, Action::ArticleStart, 1);
            travel(app, Action::LineDown, times - 1);
        }
        // All others move by lines, by pages, to an end, or an end itself.
        _ => {
            if matches!(action, Action::ArticleStart | Action::ArticleEnd) {
                mark_ends(app);
            }
            travel(app, action, times);
        }
    }
    Vec::new()
}

/// Does what Enter does where the keys go.
fn choose(app: &mut App) -> Vec<Effect> {
    match (&app.overlay, app.focus) {
        (Some(Overlay::Card(_) | Overlay::Index(_) | Overlay::Marks { .. }), _) => {
            look::choose(app)
        }
        (Some(Overlay::Correcting(_)), _) => correcting::choose(app),
        _ if app.selection.is_some() => marking::highlight(app, ""),
        (None, Focus::Text) if app.link.is_some() || app.mention_at_hand().is_none() => {
            links::follow(app)
        }
        (_, Focus::Text) => {
            if app.mention_at_hand().is_some() {
                look::open_card(app);
            }
            Vec::new()
        }
        _ => sidebar::choose(app),
    }
}

/// Flips the direction of the open article's paragraphs, from what its first one has now.
fn flip(app: &mut App) {
    let chosen = app.settings.paragraphs;
    if let Some(slot) = app.listing.current_mut() {
        slot.direction = match slot.direction {
            Some(_) => None,
            None => Some(slot.direction(0, chosen).flipped()),
        };
    }
}

/// Ask for the letters of the open article's source to be turned back, or left as they are stored.
fn repair(app: &mut App) -> Vec<Effect> {
    let id = app.listing.open_id();
    if app.listing.stored(id.source).is_some() {
        app.status = Some(Status::ReadingAgain);
        return vec![Effect::Repair(id)];
    }
    let Some(slot) = app.listing.current() else {
        return Vec::new();
    };
    let document = &slot.document;
    let offers = |notice: &Notice| matches!(notice, Notice::StoredAsDrawn { .. });
    if document.written.repaired || document.notices.iter().any(offers) {
        return vec![Effect::Repair(id)];
    }
    app.status = Some(Status::NothingToRepair);
    Vec::new()
}

/// Turns one of the switches of drawing, and says how it stands.
fn switch(app: &mut App, action: Action) {
    let drawing = &mut app.settings.drawing;
    app.status = Some(match action {
        Action::ToggleTashkeel => {
            drawing.tashkeel = !drawing.tashkeel;
            Status::Tashkeel(drawing.tashkeel)
        }
        Action::ToggleTatweel => {
            drawing.tatweel = !drawing.tatweel;
            Status::Tatweel(drawing.tatweel)
        }
        Action::ToggleControls => {
            drawing.controls = !drawing.controls;
            Status::Controls(drawing.controls)
        }
        Action::TurnDigits => {
            drawing.digits = match drawing.digits {
                Digits::AsWritten => Digits::Arabic,
                Digits::Arabic => Digits::Ascii,
                Digits::Ascii => Digits::AsWritten,
            };
            Status::Digits(drawing.digits)
        }
        _ => {
            drawing.justify = match drawing.justify {
                Justify::Ragged => Justify::Spaces,
                Justify::Spaces => Justify::Kashida,
                Justify::Kashida => Justify::Ragged,
            };
            Status::Justify(drawing.justify)
        }
    });
}

/// Lets go of one thing: what lies over the text, the focus in the sidebar, the marks of a search, the name at hand.
fn cancel(app: &mut App) {
    if matches!(
        app.overlay,
        Some(Overlay::Prompt {
            ask: Ask::Filter,
            ..
        })
    ) {
        app.uncover();
        filter::clear(app);
    } else if let Some(Overlay::Index(view)) = &app.overlay
        && !view.filter.typed.is_empty()
    {
        filter::clear(app);
    } else if matches!(
        app.overlay,
        Some(Overlay::Card(_) | Overlay::Index(_) | Overlay::Marks { .. })
    ) {
        look::close(app);
    } else if app.focus == Focus::Names && !app.filter.typed.is_empty() && app.overlay.is_none() {
        filter::clear(app);
    } else if matches!(
        app.overlay,
        Some(Overlay::Help { .. } | Overlay::Correcting(_))
    ) {
        app.uncover();
        sidebar::settle(app);
    } else if matches!(app.overlay, Some(Overlay::Prompt { .. })) {
        app.uncover();
    } else if app.overlay.take().is_some() {
        app.focus = Focus::Text;
    } else if app.selection.is_some() {
        app.selection = None;
    } else if app.focus != Focus::Text {
        app.focus = Focus::Text;
    } else if app.follow.is_on() {
        follow::end(app);
    } else if app.seek.needle.is_empty() {
        app.link = None;
        names::let_go(app);
    } else {
        seek::forget(app);
    }
}

/// Turns the focus: text, articles, names, text …; on a narrow screen the sidebar comes and goes with it.
fn turn_focus(app: &mut App, forward: bool) {
    let next = match (app.focus, forward) {
        (Focus::Text, true) | (Focus::Names, false) => Focus::Articles,
        (Focus::Articles, true) | (Focus::Text, false) => Focus::Names,
        (Focus::Names, true) | (Focus::Articles, false) => Focus::Text,
    };
    sidebar::focus(app, next);
}

/// Gives the focus to what stands on a side of the screen.
fn focus_side(app: &mut App, side: Side) {
    let to_sidebar = app.settings.side == side;
    if to_sidebar && app.focus == Focus::Text {
        sidebar::focus(app, Focus::Articles);
    } else if !to_sidebar && app.focus != Focus::Text {
        sidebar::focus(app, Focus::Text);
    }
}

/// Shows or hides the sidebar: beside the text where there is room, over it where there is none.
fn toggle_sidebar(app: &mut App) {
    if app.overlay == Some(Overlay::Sidebar) {
        app.overlay = None;
        app.focus = Focus::Text;
        return;
    }
    if panes(app).divider.is_empty() {
        sidebar::focus(app, Focus::Articles);
    } else {
        app.settings.sidebar_shown = false;
        app.focus = Focus::Text;
    }
}
