//! The trained model over a paragraph: what every token says to those around it is summed, and the best sequence of labels found.
//!
//! What a word form says is summed once in an article, however often it stands there; only what its place adds is looked for each time.

use super::candidate::Candidate;
use super::evidence::Evidence;
use super::feature::{
    CLOSE_ENDS, CLOSE_SEERS, Close, Eye, Face, Group, SEERS, Sheet, WIDE_ENDS, Wide, feature, own,
};
use super::model::{Model, Scores, Seen, Table, Trail, add};
use super::reading::Reading;

/// A model with what small numbers say laid out in tables.
pub struct Judge {
    model: Model,
    wide: [Table<SEERS>; WIDE_ENDS.len()],
    close: [Table<CLOSE_SEERS>; CLOSE_ENDS.len()],
}

impl Judge {
    /// Opens a model; bytes that are none label nothing.
    pub fn open(bytes: &[u8]) -> Self {
        let model = Model::open(bytes);
        let wide = WIDE_ENDS.map(|(which, end)| {
            model.table(end, |seer, value| feature(which.template(seer), value))
        });
        let close = CLOSE_ENDS.map(|(which, end)| {
            model.table(end, |seer, value| feature(which.template(seer), value))
        });
        Self { model, wide, close }
    }

    /// Whether there are weights.
    pub fn is_open(&self) -> bool {
        self.model.is_open()
    }
}

/// Room that is used again for every paragraph of an article.
#[derive(Default)]
pub struct Desk {
    sheet: Sheet,
    faces: Faces,
    seen: Seen,
    /// What speaks for each label of each token, and of those that would stand around the paragraph.
    sums: Vec<Scores>,
    trail: Trail,
    labels: Vec<u8>,
}

/// So many tokens to each side see what a token says.
const EDGE: usize = SEERS / 2;
/// So many forms are remembered with their scores.
const REMEMBERED: usize = 1 << 12;

/// Forms of an article with what they say to the tokens around them: an article repeats its words.
#[derive(Default)]
struct Faces {
    /// By the lower bits of a form's number, where it lies in the list, from 1.
    places: Vec<u16>,
    list: Vec<Known>,
}

/// A form by its number.
struct Known {
    form: u32,
    face: Face,
    scores: [Scores; SEERS],
}

impl Faces {
    /// The form of the token at `n`.
    fn get(
        &mut self,
        judge: &Judge,
        seen: &mut Seen,
        reading: &Reading,
        n: usize,
        article: &Evidence,
    ) -> &Known {
        let form = reading.form(n);
        if self.places.is_empty() {
            self.places.resize(REMEMBERED, 0);
        }
        let place = &mut self.places[form as usize % REMEMBERED];
        if *place == 0 {
            self.list.push(Known::of(judge, seen, reading, n, article));
            *place = u16::try_from(self.list.len()).unwrap_or(0);
        }
        let known = &mut self.list[usize::from(*place) - 1];
        if known.form != form {
            *known = Known::of(judge, seen, reading, n, article);
        }
        known
    }
}

impl Known {
    /// Looks at the form of the token at `n`.
    fn of(judge: &Judge, seen: &mut Seen, reading: &Reading, n: usize, article: &Evidence) -> Self {
        let face = Face::of(reading, n, article);
        let mut scores = [Scores::default(); SEERS];
        let mut sight = Sight {
            judge,
            seen,
            sums: &mut scores,
        };
        own(&face, reading, n, &mut sight);
        judge.model.sum(seen, &mut scores);
        Self {
            form: reading.form(n),
            face,
            scores,
        }
    }
}

impl Desk {
    /// The label of each token of a paragraph, given what the rules chose in the order of the text.
    ///
    /// All paragraphs are of one article, of which `article` tells.
    pub fn label(
        &mut self,
        judge: &Judge,
        reading: &Reading,
        chosen: &[Candidate],
        titles: &[i32],
        article: &Evidence,
    ) -> &[u8] {
        let Self {
            sheet, faces, seen, ..
        } = self;
        let sums = &mut self.sums;
        sums.clear();
        sums.resize(reading.len() + 2 * EDGE, Scores::default());
        sheet.fill(reading, chosen, titles, |n| {
            let known = faces.get(judge, seen, reading, n, article);
            for (sum, scores) in sums[n..n + SEERS].iter_mut().zip(&known.scores) {
                add(sum, scores);
            }
            known.face
        });
        self.trail.begin();
        for n in 0..reading.len() {
            let mut sight = Sight {
                judge,
                seen,
                sums: &mut sums[n..n + SEERS],
            };
            sheet.met(n, &mut sight);
            sheet.pairs(n, &mut sight);
            judge.model.sum(seen, &mut sums[n..n + SEERS]);
        }
        for sum in &sums[EDGE..EDGE + reading.len()] {
            self.trail.step(&judge.model, sum);
        }
        self.trail.end(&mut self.labels);
        &self.labels
    }
}

/// The model is shown what a token says to those around it.
struct Sight<'s> {
    judge: &'s Judge,
    seen: &'s mut Seen,
    sums: &'s mut [Scores],
}

impl Eye for Sight<'_> {
    #[inline]
    fn large(&mut self, _: Group, seer: usize, template: u64, value: u64) {
        let feature = feature(template, value);
        self.judge.model.see(feature, seer, self.seen);
    }

    #[inline]
    fn wide(&mut self, _: Group, which: Wide, value: u16) {
        let rows = self.judge.wide[which as usize].get(value);
        if let Some(rows) = rows.filter(|_| value != 0) {
            for (sum, row) in self.sums.iter_mut().zip(rows) {
                add(sum, row);
            }
        }
    }

    #[inline]
    fn close(&mut self, _: Group, which: Close, value: u16) {
        let rows = self.judge.close[which as usize].get(value);
        if let Some(rows) = rows.filter(|_| value != 0) {
            for (sum, row) in self.sums.iter_mut().skip(1).zip(rows) {
                add(sum, row);
            }
        }
    }
}
