//! Files that change while they are open: what the reader is told, and the file that is followed to its end as it grows.
//!
//! The page goes on to the new end only when the end was in sight; who has scrolled away stays there.

use super::message::Effect;
use super::passage::{self, Goal};
use super::reading;
use super::seek;
use super::state::{App, Focus};
use super::status::Status;
use super::stored::Stored;

/// What has become of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It has grown to so many bytes.
    Grown(usize),
    /// It has been cut to so many bytes.
    Shortened(usize),
    /// It has been written anew.
    Rewritten,
    /// Another file has taken its place.
    Replaced,
    /// It is not there any more.
    Gone,
    /// It is no file and cannot change.
    Fixed,
}

/// How a source is scanned once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rescan {
    /// From where it ended before.
    On,
    /// From its start.
    Afresh,
}

/// What is known of the files.
#[derive(Clone, Debug, Default)]
pub struct Follow {
    /// The source that is followed.
    source: Option<usize>,
    /// The source whose file is watched, and whether closely.
    watched: Option<(usize, bool)>,
    /// The source that is held whole and has changed since it was read.
    stale: Option<usize>,
    /// Whether the page goes on to the new end when that is at hand.
    sticks: bool,
}

impl Follow {
    /// Whether a source is followed.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.source.is_some()
    }
}

/// Follows the source of the open article from now on, at its end; or lets go of it.
pub fn turn(app: &mut App) -> Vec<Effect> {
    if app.follow.is_on() {
        end(app);
        return Vec::new();
    }
    let source = app.listing.open_id().source;
    if app.listing.current().is_none() {
        return Vec::new();
    }
    app.focus = Focus::Text;
    app.follow.source = Some(source);
    let mut effects = to_end(app, source);
    if app.follow.stale.take() == Some(source) {
        app.follow.sticks = true;
        effects.push(Effect::ReadAnew(source));
    }
    effects
}

/// Lets go of the file that is followed.
pub fn end(app: &mut App) {
    app.follow.source = None;
    app.follow.sticks = false;
}

/// Notes that the reader has done something: only the page that is shown then counts.
pub fn acted(app: &mut App) {
    app.follow.sticks = false;
}

/// Asks for the file of the open article to be watched.
pub fn ask(app: &mut App) -> Option<Effect> {
    let source = app.listing.open_id().source;
    app.listing.current()?;
    if app.follow.source.is_some_and(|followed| followed != source) {
        end(app);
    }
    let watched = (source, app.follow.is_on());
    if app.follow.watched.replace(watched) == Some(watched) {
        return None;
    }
    Some(Effect::Watch {
        source,
        closely: watched.1,
    })
}

/// Takes in what has become of the file of a source.
pub fn hear(app: &mut App, source: usize, fate: Fate) -> Vec<Effect> {
    let followed = app.follow.source == Some(source);
    if followed && reading::shows_end(app) && is_last(app, source) {
        app.follow.sticks = true;
    }
    let is_stored = app.listing.stored(source).is_some();
    if fate == Fate::Fixed {
        end(app);
        app.status = followed.then_some(Status::NotFollowed);
        return Vec::new();
    }
    let is_news = !(followed && matches!(fate, Fate::Grown(_)));
    if is_news {
        let held = !is_stored && !followed;
        app.status = Some(Status::Changed { fate, held });
    }
    match fate {
        Fate::Gone | Fate::Fixed => Vec::new(),
        Fate::Replaced if is_stored => Vec::new(),
        _ if is_stored => rescan(app, source, fate),
        _ if followed => vec![Effect::ReadAnew(source)],
        _ => {
            app.follow.stale = Some(source);
            Vec::new()
        }
    }
}

/// Whether the last article of a source is open.
fn is_last(app: &App, source: usize) -> bool {
    Some(app.listing.open_id()) == app.listing.last_of(source)
}

/// Has a source that is read in passages scanned as far as it goes now.
fn rescan(app: &mut App, source: usize, fate: Fate) -> Vec<Effect> {
    if app
        .listing
        .stored(source)
        .is_some_and(|stored| stored.composed)
    {
        // Its parser begins anew, and what it has made stays until it has something to show.
        let rescan = Rescan::Afresh;
        return vec![Effect::Scan { source, rescan }];
    }
    let rescan = if let Fate::Grown(length) = fate {
        app.listing.measure(source, length);
        Rescan::On
    } else {
        if let Fate::Shortened(length) = fate {
            app.listing.measure(source, length);
        }
        app.listing.drop_text(source);
        passage::forget(app);
        Rescan::Afresh
    };
    vec![Effect::Scan { source, rescan }]
}

/// Goes on to the end of a source that is followed, where the end was in sight.
pub fn go_on(app: &mut App, source: usize) -> Vec<Effect> {
    if app.follow.source == Some(source) && std::mem::take(&mut app.follow.sticks) {
        to_end(app, source)
    } else {
        Vec::new()
    }
}

/// Goes to the end of the last article of a source.
fn to_end(app: &mut App, source: usize) -> Vec<Effect> {
    let Some(last) = app.listing.last_of(source) else {
        return Vec::new();
    };
    let effects = if app.listing.open_id() == last {
        Vec::new()
    } else {
        reading::open(app, app.listing.row(last))
    };
    if app.listing.current().is_some() {
        reading::to_end(app);
    } else {
        app.goal = Some(Goal::End);
    }
    effects
}

/// Takes a source in that was held whole and is read in passages from now on.
pub fn store(app: &mut App, source: usize, stored: Stored) -> Vec<Effect> {
    let written = stored.written;
    let before = app.listing.current().map(|slot| slot.document.written);
    let is_open = app.listing.open_id().source == source;
    let left = passage::standing(app).filter(|_| is_open && before != Some(written));
    app.listing.store(source, stored);
    passage::forget(app);
    if left.is_none() {
        return go_on(app, source);
    }
    // It was read in another way, and no byte of it is where it was.
    app.listing.forget_places(source);
    app.records.forget_source(source);
    seek::forget(app);
    app.resuming = left;
    app.status = Some(Status::Written {
        written,
        drawn: before.is_some_and(|before| before.repaired) && !written.repaired,
    });
    passage::resume(app)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::tests::{document, open, press, shown};
    use crate::app::{Message, update};

    /// An article of so many lines.
    fn lines(count: usize) -> Vec<String> {
        (1..=count).map(|number| format!("سطر {number}")).collect()
    }

    fn reread(app: &mut App, count: usize) -> Vec<Effect> {
        let lines = lines(count);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let before = Arc::clone(&app.listing.current().unwrap().document);
        let document = document(&[&lines]);
        update(app, Message::ReadAgain { before, document })
    }

    fn reader() -> App {
        let lines = lines(50);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        open((40, 6), &[&lines])
    }

    fn becomes(app: &mut App, fate: Fate) -> Vec<Effect> {
        update(app, Message::Changed { source: 0, fate })
    }

    #[test]
    fn a_small_file_is_read_anew_as_it_grows() {
        let mut app = reader();
        press(&mut app, "F");
        assert_eq!(shown(&app).last().unwrap(), "سطر 50");
        let effects = becomes(&mut app, Fate::Grown(1000));
        assert!(effects.contains(&Effect::ReadAnew(0)));
        reread(&mut app, 60);
        assert_eq!(shown(&app).last().unwrap(), "سطر 60");
        assert_eq!(app.status, None);
        press(&mut app, "k k k");
        let before = shown(&app);
        becomes(&mut app, Fate::Grown(2000));
        reread(&mut app, 70);
        assert_eq!(shown(&app), before);
    }

    #[test]
    fn ctrl_c_escape_and_f_end_it_and_nothing_else() {
        for key in ["ctrl-c", "escape", "F", "g f"] {
            let mut app = reader();
            press(&mut app, "F");
            assert!(app.follow.is_on());
            let effects = press(&mut app, key);
            assert!(!app.follow.is_on(), "{key}");
            assert!(!effects.contains(&Effect::Quit), "{key}");
        }
    }

    #[test]
    fn a_change_is_told_and_read_when_asked_for() {
        let mut app = reader();
        for news in [Fate::Grown(900), Fate::Shortened(3), Fate::Gone] {
            let effects = becomes(&mut app, news);
            assert!(!effects.contains(&Effect::ReadAnew(0)));
            let told = Status::Changed {
                fate: news,
                held: true,
            };
            assert_eq!(app.status, Some(told));
        }
        assert_eq!(shown(&app)[0], "سطر 1");
        let effects = press(&mut app, "F");
        assert!(effects.contains(&Effect::ReadAnew(0)));
        reread(&mut app, 55);
        assert_eq!(shown(&app).last().unwrap(), "سطر 55");
    }

    #[test]
    fn what_is_no_file_is_not_followed() {
        let mut app = reader();
        press(&mut app, "F");
        becomes(&mut app, Fate::Fixed);
        assert!(!app.follow.is_on());
        assert_eq!(app.status, Some(Status::NotFollowed));
    }
}
