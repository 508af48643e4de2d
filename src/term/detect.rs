//! Which terminal this is, and so how rows are sent: environment and answers → [`Verdict`], with the clues that led to it.
//!
//! Nothing is asked here and nothing waits; `run` asks, hands over what came, and asks again when more comes. What the terminal
//! answers counts more than the environment, which leaks through ssh, sudo and terminals started from terminals: every terminal that
//! needs another profile than `visual` gives itself away in an answer, save one that is known by its name and never asked. Only
//! behind a multiplexer, which answers for itself, the environment speaks for the terminal outside.

use super::encode::{Base, Inverse, Profile, Scope};
use super::events::{ModeState, Reply};
use super::terminal::{BidiMode, Switch};

/// The questions, in one piece: BDSM, direction by content, name, model, background, and last what every terminal answers (DA1).
pub const QUESTIONS: &str = "\x1b[8$p\x1b[?2501$p\x1b[>q\x1b[>c\x1b]11;?\x1b\\\x1b[c";

/// What the terminal has answered so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// DA1: what it can do. It comes last.
    pub attributes: Option<Vec<u32>>,
    /// DA2: model and version.
    pub model: Option<Vec<u32>>,
    /// XTVERSION: its name.
    pub version: Option<String>,
    /// How BDSM (mode 8) was set before.
    pub bidi: Option<ModeState>,
    /// How mode ?2501 (direction by content) was set before.
    pub direction: Option<ModeState>,
    /// OSC 11: the colour behind the text.
    pub background: Option<[u8; 3]>,
}

impl Answers {
    /// Takes an answer; answers to other questions are no concern of this.
    pub fn take(&mut self, reply: Reply) {
        match reply {
            Reply::Attributes(numbers) => self.attributes = Some(numbers),
            Reply::Model(numbers) => self.model = Some(numbers),
            Reply::Version(name) => self.version = Some(name),
            Reply::Background(colour) => self.background = Some(colour),
            Reply::Mode {
                private: false,
                number: 8,
                state,
            } => self.bidi = Some(state),
            Reply::Mode {
                private: true,
                number: 2501,
                state,
            } => self.direction = Some(state),
            Reply::Mode { .. } | Reply::Foreground(_) => {}
        }
    }

    /// Whether the last question is answered: what is missing now was not understood.
    #[must_use]
    pub const fn are_complete(&self) -> bool {
        self.attributes.is_some()
    }
}

/// What is known beside the answers.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The value of a variable of the environment.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// What tmux says its client is (`#{client_termtype}`: the name that the terminal outside answered).
    pub client: Option<&'a str>,
    /// Whether kitty was told to leave the order alone (`force_ltr yes` in its configuration; it cannot be asked).
    pub force_ltr: bool,
}

/// A terminal, as far as its ways with Arabic go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emulator {
    /// One that draws what it gets where it gets it, and any that is not known.
    Plain,
    /// Plain, but it puts marks on the wrong letters: Alacritty, foot, st.
    PlainWithoutMarks,
    /// GNOME Terminal and all others on VTE.
    Vte,
    /// Konsole, Yakuake.
    Konsole,
    /// qterminal and others on Konsole's code of old.
    OldKonsole,
    /// mlterm.
    Mlterm,
    /// mintty: Git Bash, MSYS2, Cygwin.
    Mintty,
    /// kitty.
    Kitty,
    /// iTerm2 from 3.7, which reorders.
    Iterm,
    /// Terminal of macOS.
    AppleTerminal,
    /// `PuTTY`.
    Putty,
    /// xterm.js: VS Code and terminals in browsers. Which of its renderers is at work cannot be asked.
    XtermJs,
}

impl Emulator {
    /// What its makers call it; the two plain ones are many.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain | Self::PlainWithoutMarks => "",
            Self::Vte => "VTE",
            Self::Konsole | Self::OldKonsole => "Konsole",
            Self::Mlterm => "mlterm",
            Self::Mintty => "mintty",
            Self::Kitty => "kitty",
            Self::Iterm => "iTerm2",
            Self::AppleTerminal => "Terminal (macOS)",
            Self::Putty => "PuTTY",
            Self::XtermJs => "xterm.js",
        }
    }
}

/// What stands between the program and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multiplexer {
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
    /// zellij.
    Zellij,
}

impl Multiplexer {
    /// What its makers call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tmux => "tmux",
            Self::Screen => "screen",
            Self::Zellij => "zellij",
        }
    }
}

/// Something that led to a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clue {
    /// The state of BDSM that it answered.
    Bidi(ModeState),
    /// The name that it answered.
    Version(String),
    /// The model that it answered.
    Model(Vec<u32>),
    /// The terminal outside, as tmux knows it.
    Client(String),
    /// A variable of the environment.
    Variable(&'static str, String),
}

/// How rows are sent, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The terminal outside all others.
    pub emulator: Emulator,
    /// What stands before it.
    pub behind: Option<Multiplexer>,
    /// How rows are sent.
    pub profile: Profile,
    /// A switch of its own that must be turned for that.
    pub switch: Option<Switch>,
    /// Whether marks come out on their letters.
    pub tashkeel: bool,
    /// How BDSM was set before.
    pub before: BidiMode,
    /// Whether to wait for answers before the first frame: the environment alone says more than that rows go out as they are.
    pub waits: bool,
    /// What led to it.
    pub clues: Vec<Clue>,
}

/// Whether the terminal may be asked at all: parsers of old may print parts of a question.
#[must_use]
pub fn may_be_asked(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let is = |name, wanted: &[&str]| {
        variable(name).is_some_and(|value| wanted.contains(&value.as_str()))
    };
    !is("TERM", &["linux", "dumb", ""])
        && variable("TERM").is_some()
        && !is("TERM_PROGRAM", &["Apple_Terminal"])
}

/// What to make of it all.
#[must_use]
pub fn detect(surroundings: Surroundings<'_>, answers: &Answers) -> Verdict {
    let mut clues = Vec::new();
    let behind = multiplexer(surroundings, answers, &mut clues);
    let emulator = match behind {
        Some(_) => outside(surroundings, &mut clues),
        None => {
            answered(answers, &mut clues).or_else(|| assumed(surroundings, answers, &mut clues))
        }
    };
    let emulator = emulator.unwrap_or(Emulator::Plain);
    let (profile, switch) = way(emulator, behind.is_some(), surroundings.force_ltr);
    let before = match answers.bidi {
        Some(ModeState::Reset) => BidiMode::Explicit,
        _ => BidiMode::Implicit,
    };
    Verdict {
        emulator,
        behind,
        profile,
        switch,
        tashkeel: !matches!(emulator, Emulator::PlainWithoutMarks) && profile != Profile::Kitty,
        before,
        waits: !answers.are_complete()
            && may_be_asked(surroundings.variable)
            && (profile != Profile::Visual || switch.is_some()),
        clues,
    }
}

/// How rows are sent to mlterm where its switch cannot be turned: through a multiplexer, and for lines that stay on the main screen.
pub const MLTERM_LINES: Profile = Profile::Inverse(Inverse::SECTIONS);

/// How rows are sent to a terminal, directly or through a multiplexer that swallows `CSI 8 l` and switches.
const fn way(emulator: Emulator, through: bool, force_ltr: bool) -> (Profile, Option<Switch>) {
    let profile = match emulator {
        Emulator::Mlterm if !through => return (Profile::Visual, Some(Switch::Mlterm)),
        Emulator::Mlterm => MLTERM_LINES,
        Emulator::Vte | Emulator::Mintty if through => Profile::VisualLro,
        Emulator::Konsole => Profile::Override,
        Emulator::Kitty if !force_ltr => Profile::Kitty,
        Emulator::OldKonsole => inverse(Base::Ltr, true, Scope::Style),
        Emulator::Iterm => inverse(Base::Ltr, false, Scope::Row),
        Emulator::AppleTerminal => inverse(Base::Ltr, true, Scope::Row),
        Emulator::Putty => inverse(Base::FirstStrong, true, Scope::Row),
        Emulator::XtermJs => Profile::VisualMarks,
        _ => Profile::Visual,
    };
    (profile, None)
}

const fn inverse(base: Base, mirror: bool, scope: Scope) -> Profile {
    Profile::Inverse(Inverse::of(base, mirror, scope))
}

/// The multiplexer that answers in the terminal's place. A terminal that answers with another name of its own has none before it,
/// whatever the environment says.
fn multiplexer(
    surroundings: Surroundings<'_>,
    answers: &Answers,
    clues: &mut Vec<Clue>,
) -> Option<Multiplexer> {
    if let Some(version) = &answers.version {
        let found = version.starts_with("tmux ").then_some(Multiplexer::Tmux);
        if found.is_some() {
            clues.push(Clue::Version(version.clone()));
        }
        return found;
    }
    if let Some(model) = &answers.model {
        let found = match model[..] {
            [84, ..] => Some(Multiplexer::Tmux),
            [83, ..] => Some(Multiplexer::Screen),
            _ => None,
        };
        if found.is_some() {
            clues.push(Clue::Model(model.clone()));
        }
        if found.is_some() || by_model(model).is_some() {
            return found;
        }
    }
    let names = [
        ("TMUX", Multiplexer::Tmux),
        ("ZELLIJ", Multiplexer::Zellij),
        ("STY", Multiplexer::Screen),
    ];
    names.into_iter().find_map(|(name, multiplexer)| {
        let value = set(surroundings, name)?;
        clues.push(Clue::Variable(name, value));
        Some(multiplexer)
    })
}

/// The terminal outside a multiplexer: as tmux names it, else as the environment does.
fn outside(surroundings: Surroundings<'_>, clues: &mut Vec<Clue>) -> Option<Emulator> {
    if let Some(client) = surroundings.client
        && let Some(emulator) = by_version(client)
    {
        clues.push(Clue::Client(client.to_owned()));
        return Some(emulator);
    }
    by_environment(surroundings, clues)
}

/// The terminal by its own answers.
fn answered(answers: &Answers, clues: &mut Vec<Clue>) -> Option<Emulator> {
    if let Some((version, emulator)) = answers
        .version
        .as_ref()
        .and_then(|version| Some((version, by_version(version)?)))
    {
        clues.push(Clue::Version(version.clone()));
        return Some(emulator);
    }
    if let Some((model, emulator)) = answers
        .model
        .as_ref()
        .and_then(|model| Some((model, by_model(model)?)))
    {
        clues.push(Clue::Model(model.clone()));
        return Some(emulator);
    }
    // Whoever has the mode obeys it: `CSI 8 l` is always sent.
    let state = answers
        .bidi
        .filter(|state| matches!(state, ModeState::Set | ModeState::Reset))?;
    clues.push(Clue::Bidi(state));
    Some(Emulator::Vte)
}

/// The terminal by its environment, where its answers do not say it. Those that need a profile of their own would have answered, but
/// for the one that is not asked.
fn assumed(
    surroundings: Surroundings<'_>,
    answers: &Answers,
    clues: &mut Vec<Clue>,
) -> Option<Emulator> {
    let mut found = Vec::new();
    let emulator = by_environment(surroundings, &mut found)?;
    if answers.are_complete()
        && !matches!(
            emulator,
            Emulator::AppleTerminal | Emulator::PlainWithoutMarks
        )
    {
        return None;
    }
    clues.extend(found);
    Some(emulator)
}

/// By the name that it answers (XTVERSION).
fn by_version(version: &str) -> Option<Emulator> {
    const NAMES: [(&str, Emulator); 13] = [
        ("VTE(", Emulator::Vte),
        ("Konsole", Emulator::Konsole),
        ("mlterm", Emulator::Mlterm),
        ("mintty", Emulator::Mintty),
        ("kitty(", Emulator::Kitty),
        ("foot(", Emulator::PlainWithoutMarks),
        ("XTerm(", Emulator::Plain),
        ("WezTerm", Emulator::Plain),
        ("ghostty", Emulator::Plain),
        ("contour", Emulator::Plain),
        ("xterm.js(", Emulator::XtermJs),
        ("Windows Terminal", Emulator::Plain),
        ("Warp", Emulator::Plain),
    ];
    if let Some(number) = version.strip_prefix("iTerm2 ") {
        return Some(iterm(number));
    }
    NAMES
        .iter()
        .find(|(name, _)| version.starts_with(name))
        .map(|(_, emulator)| *emulator)
}

/// iTerm2 reorders by default from 3.7 on.
fn iterm(version: &str) -> Emulator {
    let mut numbers = version.split('.').map(|part| {
        part.chars()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
            .parse()
            .unwrap_or(0)
    });
    let version: (u32, u32) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if version >= (3, 7) {
        Emulator::Iterm
    } else {
        Emulator::Plain
    }
}

/// By the model that it answers (DA2).
fn by_model(model: &[u32]) -> Option<Emulator> {
    match *model {
        [0, 115, ..] => Some(Emulator::OldKonsole),
        [1, 115, ..] => Some(Emulator::Konsole),
        [0, 136, ..] => Some(Emulator::Putty),
        [0, 276, 0] => Some(Emulator::XtermJs),
        [24, ..] => Some(Emulator::Mlterm),
        [61 | 65, version, ..] if version >= 1000 => Some(Emulator::Vte),
        [77, ..] => Some(Emulator::Mintty),
        [1, 4000..=4999, ..] => Some(Emulator::Kitty),
        [41 | 85, ..] => Some(Emulator::Plain),
        _ => None,
    }
}

/// By what the environment says, names that only one terminal takes first.
fn by_environment(surroundings: Surroundings<'_>, clues: &mut Vec<Clue>) -> Option<Emulator> {
    const TERMS: [(&str, Emulator); 10] = [
        ("xterm-kitty", Emulator::Kitty),
        ("konsole", Emulator::Konsole),
        ("mlterm", Emulator::Mlterm),
        ("alacritty", Emulator::PlainWithoutMarks),
        ("foot", Emulator::PlainWithoutMarks),
        ("st-", Emulator::PlainWithoutMarks),
        ("rxvt", Emulator::Plain),
        ("xterm-ghostty", Emulator::Plain),
        ("contour", Emulator::Plain),
        ("linux", Emulator::Plain),
    ];
    const VARIABLES: [(&str, Emulator); 8] = [
        ("MLTERM", Emulator::Mlterm),
        ("KONSOLE_VERSION", Emulator::Konsole),
        ("KITTY_WINDOW_ID", Emulator::Kitty),
        ("ALACRITTY_WINDOW_ID", Emulator::PlainWithoutMarks),
        ("WEZTERM_PANE", Emulator::Plain),
        ("WT_SESSION", Emulator::Plain),
        ("XTERM_VERSION", Emulator::Plain),
        ("VTE_VERSION", Emulator::Vte),
    ];
    const PROGRAMS: [(&str, Emulator); 6] = [
        ("Apple_Terminal", Emulator::AppleTerminal),
        ("mintty", Emulator::Mintty),
        ("vscode", Emulator::XtermJs),
        ("WezTerm", Emulator::Plain),
        ("ghostty", Emulator::Plain),
        ("WarpTerminal", Emulator::Plain),
    ];
    if let Some(term) = set(surroundings, "TERM")
        && let Some((_, emulator)) = TERMS.iter().find(|(name, _)| term.starts_with(name))
    {
        clues.push(Clue::Variable("TERM", term));
        return Some(*emulator);
    }
    // iTerm2 tells its version in variables, one of which passes through ssh.
    for (name, version) in [
        ("TERM_PROGRAM", "TERM_PROGRAM_VERSION"),
        ("LC_TERMINAL", "LC_TERMINAL_VERSION"),
    ] {
        let Some(program) = set(surroundings, name) else {
            continue;
        };
        let known = PROGRAMS
            .iter()
            .find(|(known, _)| *known == program)
            .map(|(_, emulator)| *emulator);
        let emulator = match &program[..] {
            "iTerm.app" | "iTerm2" => Some(iterm(&set(surroundings, version).unwrap_or_default())),
            _ => known,
        };
        if let Some(emulator) = emulator {
            clues.push(Clue::Variable(name, program));
            return Some(emulator);
        }
    }
    VARIABLES.iter().find_map(|(name, emulator)| {
        clues.push(Clue::Variable(name, set(surroundings, name)?));
        Some(*emulator)
    })
}

fn set(surroundings: Surroundings<'_>, name: &str) -> Option<String> {
    (surroundings.variable)(name).filter(|value| !value.is_empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
