//! Feeds and pages of the shelf are fetched: some at once, each told as it is done, until all are or Ctrl-C says enough.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::gather::{Fresh, refresh};
use super::keeping::Keeping;
use super::{Message, Outcome, Output};
use crate::library::{Address, Library, address};
use crate::locale::Locale;
use crate::source::net::Limits;
use crate::source::{Reading, SourceError};
use crate::text::visible;

/// How many are fetched at once.
const AT_ONCE: usize = 8;

/// How often is looked whether Ctrl-C was pressed.
const GLANCE: Duration = Duration::from_millis(100);

/// What the command line says about fetching.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What is fetched, if not all of the shelf.
    pub sources: Vec<OsString>,
    /// How many seconds one answer may take.
    pub timeout: Option<u16>,
}

/// Something to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// Where.
    pub address: String,
    /// What it is called.
    pub title: String,
    /// Whether nothing but a feed will do.
    pub is_feed: bool,
}

/// Fetches what the shelf has in the net, or what is named of it.
///
/// # Errors
/// What writing says; `Interrupted` after Ctrl-C.
pub fn run(options: &Options, locale: &Locale, output: &mut Output) -> io::Result<Outcome> {
    let (keeping, trouble) = Keeping::collecting();
    let shelf = keeping.demand(Library::shelf);
    let mut outcome = Outcome::of(shelf.is_some());
    let named: Vec<Address> = options.sources.iter().map(|name| address(name)).collect();
    let shelf = shelf.unwrap_or_default().into_iter();
    let mut errands: Vec<Errand> = shelf
        .filter(|source| named.is_empty() || named.contains(&source.address))
        .filter_map(|source| match source.address {
            Address::Net(address) => Some(Errand {
                address,
                title: source.title,
                is_feed: source.is_feed,
            }),
            Address::Path(_) => None,
        })
        .collect();
    for address in &named {
        let shown = address.shown();
        if !errands.iter().any(|errand| errand.address == shown) {
            outcome = Outcome::Unread;
            output.report(locale, &Message::not_on_shelf(locale, &shown))?;
        }
    }
    if errands.is_empty() && named.is_empty() && outcome == Outcome::Done {
        output.paragraph(&locale.text("fetch-nothing"), locale.language().direction())?;
    }
    let limits = options.timeout.map_or_else(Limits::default, within);
    if fetch_all(
        std::mem::take(&mut errands),
        limits,
        &keeping,
        locale,
        output,
    )? == Outcome::Unread
    {
        outcome = Outcome::Unread;
    }
    keeping.end();
    if trouble.report(locale, output)? {
        outcome = Outcome::Unread;
    }
    Ok(outcome)
}

/// The limits of a reader who waits so many seconds for an answer.
fn within(seconds: u16) -> Limits {
    let whole = Duration::from_secs(seconds.max(1).into());
    let limits = Limits::default();
    Limits {
        whole,
        connect: limits.connect.min(whole),
        ..limits
    }
}

/// Does all errands and says what became of each.
///
/// # Errors
/// What writing says; `Interrupted` after Ctrl-C.
pub fn fetch_all(
    errands: Vec<Errand>,
    limits: Limits,
    keeping: &Keeping,
    locale: &Locale,
    output: &mut Output,
) -> io::Result<Outcome> {
    let of = errands.len();
    let (sender, done) = channel();
    let waiting = Arc::new(Mutex::new(VecDeque::from(errands)));
    for _ in 0..AT_ONCE.min(of) {
        let (waiting, sender, keeping) = (Arc::clone(&waiting), sender.clone(), keeping.clone());
        // Not waited for: what is under way when Ctrl-C comes ends with the program, and each page is kept whole or not at all.
        thread::spawn(move || {
            while let Some(errand) = waiting.lock().ok().and_then(|mut all| all.pop_front()) {
                let result = refresh(
                    &errand.address,
                    errand.is_feed,
                    limits,
                    Reading::default(),
                    &keeping,
                );
                let result = result.map(|fresh| learn(&errand, fresh, &keeping));
                if sender.send(result).is_err() {
                    return;
                }
            }
        });
    }
    drop(sender);
    let direction = locale.language().direction();
    let mut outcome = Outcome::Done;
    let mut at = 0;
    loop {
        if output.is_interrupted() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match done.recv_timeout(GLANCE) {
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return Ok(outcome),
            Ok(Ok(done)) => {
                at += 1;
                output.paragraph(&line(&done, at, of, locale), direction)?;
            }
            Ok(Err(error)) => {
                at += 1;
                outcome = Outcome::Unread;
                report(&error, locale, output)?;
            }
        }
        output.flush()?;
    }
}

fn report(error: &SourceError, locale: &Locale, output: &mut Output) -> io::Result<()> {
    output.flush()?;
    output.report(locale, &Message::of_source_error(locale, error))
}

/// What became of an errand.
struct Done {
    /// What it is called now.
    title: String,
    /// New articles of a feed; nothing for a page.
    new: Option<usize>,
    /// Whether the server had something new.
    changed: bool,
}

/// Takes over what a page or a feed calls itself.
fn learn(errand: &Errand, fresh: Fresh, keeping: &Keeping) -> Done {
    let Fresh::Page {
        new,
        title,
        document,
    } = fresh
    else {
        return Done {
            title: name(errand),
            new: None,
            changed: false,
        };
    };
    let found = if new.is_some() {
        // A list of feeds has names for them, and a reader who made it knows them by these.
        Some(&errand.title)
            .filter(|known| !known.is_empty())
            .unwrap_or(&title)
            .clone()
    } else {
        document
            .articles
            .first()
            .map_or_else(String::new, |article| article.title.clone())
    };
    let (address, is_feed) = (Address::Net(errand.address.clone()), new.is_some());
    let title = found.clone();
    keeping.order(move |library, tell| {
        let on_shelf = library
            .shelf()
            .is_ok_and(|shelf| shelf.iter().any(|source| source.address == address));
        if on_shelf {
            super::keeping::told(library.add(&address, &title, is_feed).map(drop), tell);
        }
    });
    Done {
        title: if found.is_empty() {
            name(errand)
        } else {
            found
        },
        new,
        changed: true,
    }
}

fn name(errand: &Errand) -> String {
    if errand.title.is_empty() {
        errand.address.clone()
    } else {
        errand.title.clone()
    }
}

/// What is said of an errand that was done.
fn line(done: &Done, at: usize, of: usize, locale: &Locale) -> String {
    let id = match (done.changed, done.new) {
        (false, _) => "fetch-same",
        (true, None) => "fetch-page",
        (true, Some(_)) => "fetch-feed",
    };
    locale.format(
        id,
        &[
            ("at", at.into()),
            ("of", of.into()),
            ("title", visible::name(&done.title).as_ref().into()),
            ("count", done.new.unwrap_or(0).into()),
        ],
    )
}
