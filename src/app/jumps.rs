//! Where jumps began: back over them, and forward again.
//!
//! A jump is what takes the reader further than the eye follows: another article, the article's ends, a search, a name of the list, a
//! card. A walk from mention to mention is none.

use super::listing::ArticleId;
use super::message::Effect;
use super::passage::Goal;
use super::reading::{self, Place};
use super::state::{App, Overlay};
use super::status::Status;

/// How many places are kept.
const MOST: usize = 100;

/// A place to come back to: an article, where in it, and what lay over it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spot {
    article: ArticleId,
    place: Place,
    overlay: Option<Overlay>,
}

impl Spot {
    fn here(app: &App) -> Option<Self> {
        Some(Self {
            article: app.listing.open_id(),
            place: app.listing.current()?.place,
            overlay: app.overlay.clone().filter(Overlay::is_a_place),
        })
    }

    /// Whether a jump from one to the other would show nothing else.
    fn shows_the_same(&self, other: &Self) -> bool {
        (self.article, self.place.top, &self.overlay)
            == (other.article, other.place.top, &other.overlay)
    }
}

/// The places, the latest last.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    back: Vec<Spot>,
    forward: Vec<Spot>,
}

impl Jumps {
    /// Forgets which names were at hand: after a correction their numbers mean others.
    pub fn forget_names(&mut self) {
        for spot in self.back.iter_mut().chain(&mut self.forward) {
            (spot.place.mention, spot.place.entity) = (None, None);
        }
    }
}

/// Keeps this place, from which a jump begins.
pub fn mark(app: &mut App) {
    let Some(spot) = Spot::here(app) else { return };
    app.jumps.forward.clear();
    if app.jumps.back.last() != Some(&spot) {
        app.jumps.back.push(spot);
    }
    let spare = app.jumps.back.len().saturating_sub(MOST);
    app.jumps.back.drain(..spare);
}

/// Goes back over `times` jumps.
pub fn back(app: &mut App, times: usize) -> Vec<Effect> {
    travel(app, times, |jumps| (&mut jumps.back, &mut jumps.forward))
}

/// Goes forward again over `times` jumps.
pub fn forward(app: &mut App, times: usize) -> Vec<Effect> {
    travel(app, times, |jumps| (&mut jumps.forward, &mut jumps.back))
}

fn travel(
    app: &mut App,
    times: usize,
    ends: impl Fn(&mut Jumps) -> (&mut Vec<Spot>, &mut Vec<Spot>),
) -> Vec<Effect> {
    let Some(mut here) = Spot::here(app) else {
        return Vec::new();
    };
    let mut target = None;
    let mut left = times;
    while left > 0 {
        let (from, to) = ends(&mut app.jumps);
        let Some(spot) = from.pop() else { break };
        if !spot.shows_the_same(&here) {
            to.push(here);
            here = spot.clone();
            target = Some(spot);
            left -= 1;
        }
    }
    let Some(spot) = target else {
        app.status = Some(Status::NoJump);
        return Vec::new();
    };
    arrive(app, spot)
}

fn arrive(app: &mut App, spot: Spot) -> Vec<Effect> {
    let effects = if spot.article == app.listing.open_id() {
        Vec::new()
    } else {
        reading::open(app, app.listing.row(spot.article))
    };
    if let Some(slot) = app.listing.current_mut() {
        slot.place = spot.place;
    } else {
        let top = spot.place.top;
        app.goal = Some(Goal::Offset(top.paragraph + top.byte));
    }
    app.under = None;
    app.overlay = spot.overlay;
    effects
}
