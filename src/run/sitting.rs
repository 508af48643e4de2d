//! What a reader does at one sitting, as the state file should know it: which places have moved, how long each article was
//! read, whether its end was.
//!
//! Places are kept at once when nothing was kept within the last [`PERIOD`], else when it is over: a program that is killed
//! loses less than a second. Time counts while keys are pressed, and for [`IDLE`] after each.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use crate::app::{App, ArticleId, Place, Slot, shows_end};
use crate::library::Progress;

/// How long after one keeping the next may come.
const PERIOD: Duration = Duration::from_millis(900);

/// How long a reader who presses no key counts as reading.
const IDLE: Duration = Duration::from_secs(60);

/// How long an article must have been open for its end to count as read.
const GLANCE: Duration = Duration::from_secs(2);

/// What is to be kept of a sitting.
#[derive(Debug)]
pub struct Sitting {
    /// The open article and the place in it, when last looked at.
    at: Option<(ArticleId, Place)>,
    /// Since when it is open.
    since: Instant,
    /// The articles that have something to keep.
    moved: BTreeSet<ArticleId>,
    /// Seconds that are not kept yet.
    seconds: BTreeMap<ArticleId, f64>,
    /// When the reader last did something.
    active: Instant,
    /// When something was last kept.
    kept: Option<Instant>,
    /// The article whose end was kept as read.
    ended: Option<ArticleId>,
}

impl Sitting {
    /// A sitting that begins.
    #[must_use]
    pub fn begin(now: Instant) -> Self {
        Self {
            at: None,
            since: now,
            moved: BTreeSet::new(),
            seconds: BTreeMap::new(),
            active: now,
            kept: None,
            ended: None,
        }
    }

    /// Looks where the reader stands; `acted` says that a key or the mouse has brought this about.
    pub fn look(&mut self, app: &App, now: Instant, acted: bool) {
        if acted {
            if let Some((article, _)) = self.at {
                let read = now.saturating_duration_since(self.active).min(IDLE);
                *self.seconds.entry(article).or_default() += read.as_secs_f64();
            }
            self.active = now;
        }
        let Some(slot) = app.listing.current() else {
            return;
        };
        let open = app.listing.open_id();
        let here = Some((open, slot.place));
        if here == self.at {
            return;
        }
        if self.at.is_none_or(|(article, _)| article != open) {
            self.since = now;
        }
        self.at = here;
        self.moved.insert(open);
    }

    /// How long until something is to be kept; none when all is.
    #[must_use]
    pub fn due(&self, app: &App, now: Instant) -> Option<Duration> {
        if app.goal.is_some() || app.resuming.is_some() {
            // The reader is on the way to a place.
            return None;
        }
        let next = self.kept.map_or(now, |kept| kept + PERIOD);
        let known = |article: &ArticleId| app.records.get(*article).is_some();
        if self.moved.iter().any(|&article| is_settled(app, article)) {
            return Some(next.saturating_duration_since(now));
        }
        let (article, _) = self.at?;
        let ends = self.ended != Some(article) && known(&article) && shows_end(app);
        ends.then(|| {
            (self.since + GLANCE)
                .max(next)
                .saturating_duration_since(now)
        })
    }

    /// What is to be kept now, the open article last.
    pub fn take(&mut self, app: &App, now: Instant) -> Vec<(ArticleId, Progress)> {
        self.kept = Some(now);
        let open = app.listing.open_id();
        let is_read = now.saturating_duration_since(self.since) >= GLANCE && shows_end(app);
        if is_read && self.ended != Some(open) {
            self.ended = Some(open);
            self.moved.insert(open);
        }
        let mut ready: Vec<ArticleId> = self.moved.iter().copied().collect();
        ready.sort_by_key(|&article| article == open);
        let mut progress = Vec::new();
        for article in ready {
            let Some(slot) = app.listing.slot(article) else {
                // It is not at hand any more.
                self.moved.remove(&article);
                continue;
            };
            if !is_settled(app, article) {
                continue;
            }
            self.moved.remove(&article);
            progress.push((
                article,
                Progress {
                    place: slot.spot(slot.place.top),
                    finished: article == open && is_read,
                    seconds: self.seconds.remove(&article).unwrap_or(0.0),
                },
            ));
        }
        progress
    }

    /// Looks a last time: the time since the last key counts too.
    pub fn end(&mut self, app: &App, now: Instant) {
        self.look(app, now, true);
        self.moved.extend(self.seconds.keys());
    }
}

/// Whether the place in an article is the reader's own: where it was left may still be being looked for, and until that is known
/// the beginning of the article must not take its stead.
fn is_settled(app: &App, article: ArticleId) -> bool {
    let is_moved = |slot: &Slot| !slot.is_unmoved();
    app.records.get(article).is_some() || app.listing.slot(article).is_some_and(is_moved)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::app::tests::{open, press};
    use crate::app::{Message, update};
    use crate::library::Record;

    const LINES: &[&str] = &["عنوان", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة"];

    /// How many places are kept when the reader leaves after `keys`; `known` says that the article's record has come.
    fn kept(keys: &str, known: bool) -> usize {
        let mut app = open((40, 4), &[LINES]);
        if known {
            let record = Record::default();
            let article = app.listing.open_id();
            update(&mut app, Message::Recalled { article, record });
        }
        let mut sitting = Sitting::begin(Instant::now());
        sitting.look(&app, Instant::now(), false);
        press(&mut app, keys);
        sitting.end(&app, Instant::now());
        sitting.take(&app, Instant::now()).len()
    }

    #[test]
    fn a_reader_who_leaves_before_the_record_has_come_loses_no_place() {
        assert_eq!(kept("j j", false), 1);
        assert_eq!(kept("", false), 0, "the place of the last time stays");
        assert_eq!((kept("j j", true), kept("", true)), (1, 1));
    }
}
