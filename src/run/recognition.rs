//! Which terminal this is and how rows are sent to it, from all that is known: what the reader wishes, what was chosen here before,
//! what the terminal answers, and until it does, what was found here before.
//!
//! Who asks, and when, is up to the reader's loop and to `output`; nothing here waits.

use super::memory::{Memory, Remembered};
use super::surroundings::{Surroundings, variable};
use std::time::Duration;

use crate::term::colours::{Colours, Depth, Underline, ground};
use crate::term::detect::{Answers, Emulator, MLTERM_LINES, Verdict, detect, may_be_asked};
use crate::term::encode::Profile;
use crate::term::events::Reply;
use crate::term::{BidiMode, Switch, inquire};

/// How long to wait for the terminal's answers, where what is known without them does not tell how to draw.
pub const ANSWERS: Duration = Duration::from_millis(200);
/// The variable that names a profile.
pub const VARIABLE: &str = "QARI_PROFILE";
/// The word for finding out, whatever was chosen before.
pub const AUTOMATIC: &str = "auto";

/// How rows are to be sent, if the reader has a say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// As is found out, whatever was chosen before.
    Automatic,
    /// In this way.
    Profile(Profile),
}

impl Wish {
    /// The wish of a word: a profile's name or `auto`.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        if word == AUTOMATIC {
            return Some(Self::Automatic);
        }
        Profile::named(word).map(Self::Profile)
    }

    /// All words that it understands.
    #[must_use]
    pub fn words() -> Vec<&'static str> {
        let names = Profile::NAMED.iter().map(|(name, _)| *name);
        [AUTOMATIC].into_iter().chain(names).collect()
    }

    /// The wish of the environment.
    #[must_use]
    pub fn of_environment() -> Option<Self> {
        Self::named(&variable(VARIABLE)?)
    }
}

/// Who says how rows are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An option or the environment.
    Wish,
    /// The reader, for this terminal.
    Choice,
    /// What was found here before; the terminal has not answered yet.
    Memory,
    /// The terminal's answers and its surroundings.
    Finding,
}

/// How a terminal is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// How rows are sent.
    pub profile: Profile,
    /// Who says so.
    pub origin: Origin,
    /// The terminal's own switch that belongs to it.
    pub switch: Option<Switch>,
    /// Whether marks come out on their letters.
    pub tashkeel: bool,
    /// The bidi mode that the terminal had.
    pub before: BidiMode,
    /// Whether to wait for answers before the first row.
    pub waits: bool,
}

/// How lines outside the panes are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineWay {
    /// How rows are sent.
    pub profile: Profile,
    /// Whether marks come out on their letters.
    pub tashkeel: bool,
    /// What can be coloured.
    pub colours: Colours,
    /// The bidi mode that the terminal had.
    pub before: BidiMode,
}

impl Default for LineWay {
    fn default() -> Self {
        Self {
            profile: Profile::Visual,
            tashkeel: true,
            colours: Colours {
                depth: Depth::Ansi,
                underline: Underline::Plain,
            },
            before: BidiMode::default(),
        }
    }
}

impl LineWay {
    /// The one for the terminal at hand, which is asked where its surroundings do not say enough.
    #[must_use]
    pub fn find(wish: Option<Wish>) -> Self {
        let mut recognition = Recognition::begin(wish);
        if recognition.must_ask() {
            // Whoever does not answer is known by the surroundings only.
            let _ = inquire(ANSWERS, |reply| {
                recognition.take(reply);
                recognition.answers.are_complete()
            });
            recognition.remember();
        }
        Self::of(&recognition)
    }

    /// The one for what is known now.
    #[must_use]
    pub fn of(recognition: &Recognition) -> Self {
        let way = recognition.way();
        let profile = match way.switch {
            // A switch turned back would turn these lines back too: they stay on the screen.
            Some(Switch::Mlterm) => MLTERM_LINES,
            None => way.profile,
        };
        Self {
            profile,
            tashkeel: way.tashkeel,
            colours: recognition.colours(),
            before: way.before,
        }
    }
}

/// All that is known of the terminal.
#[derive(Clone, Debug)]
pub struct Recognition {
    wish: Option<Wish>,
    surroundings: Surroundings,
    answers: Answers,
    memory: Memory,
}

impl Recognition {
    /// What is known before anything was asked.
    #[must_use]
    pub fn begin(wish: Option<Wish>) -> Self {
        Self {
            wish,
            surroundings: Surroundings::gather(),
            answers: Answers::default(),
            memory: Memory::recall(),
        }
    }

    /// Whether the terminal may be asked.
    #[must_use]
    pub fn may_ask(&self) -> bool {
        may_be_asked(&variable)
    }

    /// Whether nothing but answers can tell how lines outside the panes are sent.
    fn must_ask(&self) -> bool {
        let way = self.way();
        let knows_nothing = self.verdict().clues.is_empty();
        // It knows the mode, and only its user knows how it is set.
        let mode_is_open = variable("WEZTERM_PANE").is_some();
        let is_open = way.origin != Origin::Wish && (way.waits || knows_nothing);
        self.may_ask() && (is_open || mode_is_open)
    }

    /// Takes an answer.
    pub fn take(&mut self, reply: Reply) {
        self.answers.take(reply);
    }

    /// What the terminal has answered.
    #[must_use]
    pub const fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Whether the file of memories made no sense.
    #[must_use]
    pub const fn memory_was_broken(&self) -> bool {
        self.memory.was_broken
    }

    /// What is found, without wishes and memories.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        detect(self.surroundings.borrowed(), &self.answers)
    }

    /// What can be coloured, as far as is known now.
    #[must_use]
    pub fn colours(&self) -> Colours {
        Colours::detect(variable, &self.answers)
    }

    /// The colour behind the text, as far as is known now.
    #[must_use]
    pub fn ground(&self) -> Option<[u8; 3]> {
        // qterminal always says that it is dark.
        let told = || (self.verdict().emulator != Emulator::OldKonsole).then(|| ground(variable));
        self.answers.background.or_else(|| told().flatten())
    }

    /// How rows are sent, as far as is known now.
    #[must_use]
    pub fn way(&self) -> Way {
        let verdict = self.verdict();
        let (profile, origin) = match (self.wish, self.remembered()) {
            (Some(Wish::Profile(profile)), _) => (profile, Origin::Wish),
            (
                None,
                Some(Remembered {
                    profile,
                    chosen: true,
                }),
            ) => (profile, Origin::Choice),
            (None, Some(Remembered { profile, .. })) if !self.answers.are_complete() => {
                (profile, Origin::Memory)
            }
            _ => (verdict.profile, Origin::Finding),
        };
        Self::way_by(&verdict, profile, origin)
    }

    /// How rows are sent when they are to be sent in this way.
    #[must_use]
    pub fn way_with(&self, profile: Profile) -> Way {
        Self::way_by(&self.verdict(), profile, Origin::Wish)
    }

    fn way_by(verdict: &Verdict, profile: Profile, origin: Origin) -> Way {
        Way {
            profile,
            origin,
            // What is sent for a terminal that reorders needs one that does.
            switch: verdict
                .switch
                .filter(|_| !matches!(profile, Profile::Inverse(_) | Profile::Override)),
            tashkeel: verdict.emulator != Emulator::PlainWithoutMarks && profile != Profile::Kitty,
            before: verdict.before,
            waits: origin == Origin::Finding && verdict.waits,
        }
    }

    fn remembered(&self) -> Option<Remembered> {
        let surroundings = self.surroundings.identity();
        if self.answers.are_complete() {
            self.memory.of(&surroundings, &self.answer())
        } else {
            self.memory.around(&surroundings)
        }
    }

    /// What tells this terminal from others that are met in the same surroundings.
    fn answer(&self) -> String {
        match (&self.answers.version, &self.answers.model) {
            (Some(version), _) => version.clone(),
            (None, Some(model)) => {
                let numbers: Vec<String> = model.iter().map(u32::to_string).collect();
                numbers.join(";")
            }
            (None, None) => String::new(),
        }
    }

    /// Remembers the way that the reader chose, or that it is to be found out again. A memory that cannot be written costs nothing
    /// but that it must be chosen again.
    pub fn choose(&mut self, profile: Option<Profile>) {
        self.wish = None;
        let what = profile.map(|profile| Remembered {
            profile,
            chosen: true,
        });
        self.keep(what);
    }

    /// Remembers what was found, where that spares the next run a wait or a change.
    pub fn remember(&mut self) {
        if self.wish.is_some() || self.way().origin == Origin::Choice {
            return;
        }
        let alone = detect(self.surroundings.borrowed(), &Answers::default());
        let found = self.verdict().profile;
        let what = (alone.waits || alone.profile != found).then_some(Remembered {
            profile: found,
            chosen: false,
        });
        self.keep(what);
    }

    fn keep(&mut self, what: Option<Remembered>) {
        let (surroundings, answer) = (self.surroundings.identity(), self.answer());
        // The next run finds it out again.
        let _ = self.memory.keep(&surroundings, &answer, what);
    }
}
