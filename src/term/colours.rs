//! How many colours the terminal shows, by its environment, and the nearest that it has to a colour that is wanted.
//!
//! A user's `NO_COLOR` (no-color.org) wins; then what the terminal says of itself; then what terminals of its name can do.

use ratatui::style::Color;

use super::detect::Answers;

/// How many colours there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None but the terminal's own two.
    None,
    /// The sixteen of the palette.
    Ansi,
    /// Those, a cube of 6 × 6 × 6 and 24 greys.
    Indexed,
    /// 24 bits.
    True,
}

/// How a line below letters comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Underline {
    /// In the letters' colour only, which would hide the dots of ب and ي, or as another colour altogether: none is drawn.
    Absent,
    /// In the letters' colour, for those who see no colours and have nothing else to go by.
    Plain,
    /// In a colour of its own (SGR 58), paler than the letters.
    Coloured,
}

/// What can be coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    /// How finely.
    pub depth: Depth,
    /// How underlines come out.
    pub underline: Underline,
}

impl Colours {
    /// What the environment says, and the terminal, as far as it has answered; `variable` gives the value of a variable that is set.
    pub fn detect(variable: impl Fn(&str) -> Option<String>, answers: &Answers) -> Self {
        let depth = depth(&variable);
        let underline = if depth == Depth::None {
            Underline::Plain
        } else if colours_underlines(&variable, answers) {
            Underline::Coloured
        } else {
            Underline::Absent
        };
        Self { depth, underline }
    }
}

/// The colour behind the text by what the environment says, for a terminal that has not answered: rxvt and Konsole tell the
/// palette's index, and the console of Linux starts out black. Behind tmux, which answers itself, the variable may be of another
/// terminal.
#[must_use]
pub fn ground(variable: impl Fn(&str) -> Option<String>) -> Option<[u8; 3]> {
    if variable("TMUX").is_some() {
        return None;
    }
    if variable("TERM").is_some_and(|term| term == "linux") {
        return Some(rgb(0));
    }
    let told = variable("COLORFGBG")?;
    let index: u8 = told.rsplit(';').next()?.parse().ok()?;
    (index < 16).then(|| rgb(index))
}

/// Parts of terminal names that mean 24 bits.
const TRUE_NAMES: [&str; 9] = [
    "-direct",
    "truecolor",
    "kitty",
    "ghostty",
    "alacritty",
    "foot",
    "wezterm",
    "contour",
    "iterm",
];
/// Names of terminals of glass and paper: no colours.
const PLAIN_NAMES: [&str; 6] = ["dumb", "vt1", "vt2", "vt3", "vt4", "xterm-mono"];

fn depth(variable: &impl Fn(&str) -> Option<String>) -> Depth {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return Depth::None;
    }
    let Some(term) = set("TERM") else {
        return Depth::None;
    };
    if PLAIN_NAMES.iter().any(|name| term.starts_with(name)) {
        return Depth::None;
    }
    // GNU screen shows 256 and lets the variable of the terminal around it through.
    let screen = set("STY").is_some() && set("TMUX").is_none();
    let told =
        set("COLORTERM").is_some_and(|value| ["truecolor", "24bit"].contains(&value.as_str()));
    if !screen
        && (told
            || set("WT_SESSION").is_some()
            || TRUE_NAMES.iter().any(|name| term.contains(name))
            || ["xterm", "mlterm"]
                .iter()
                .any(|name| term.starts_with(name))
                && !nested(&set)
                && is_true_by_version(&set))
    {
        Depth::True
    } else if term.contains("256color") || told || (!nested(&set) && set("XTERM_VERSION").is_some())
    {
        Depth::Indexed
    } else {
        Depth::Ansi
    }
}

/// Whether a multiplexer stands in between: it passes on what it knows, which nobody can tell, and the variables of the
/// terminal around it leak in.
fn nested(set: &impl Fn(&str) -> Option<String>) -> bool {
    ["TMUX", "STY", "ZELLIJ"]
        .iter()
        .any(|name| set(name).is_some())
}

/// Whether it is a terminal that says by its version that it shows 24 bits: VTE since 0.36, Konsole and mlterm since long.
fn is_true_by_version(set: &impl Fn(&str) -> Option<String>) -> bool {
    let vte = set("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
    vte.is_some_and(|version| version >= 3600)
        || set("KONSOLE_VERSION").is_some()
        || set("MLTERM").is_some()
}

/// Terminals that colour underlines, by the name that they answer, and the version from which on they do. xterm.js does too, but where
/// it is at home a line says that there is a link.
const UNDERLINE_NAMES: [(&str, (u32, u32)); 9] = [
    ("VTE(", (5200, 0)),
    ("Konsole ", (22, 12)),
    ("kitty(", (0, 0)),
    ("foot(", (1, 18)),
    ("WezTerm ", (0, 0)),
    ("ghostty ", (0, 0)),
    ("iTerm2 ", (3, 5)),
    ("mintty ", (3, 0)),
    ("contour ", (0, 0)),
];
/// The same by their models (DA2): the first number, and the second from which on they do.
const UNDERLINE_MODELS: [(u32, std::ops::RangeInclusive<u32>); 4] = [
    (61, 5200..=99_999),
    (65, 5200..=99_999),
    (1, 4000..=4999),
    (77, 30_000..=999_999),
];

/// Whether the terminal is one of those known to colour underlines. Others take the number for a blink, or forget the colour of the
/// letters over it, so doubt means no. Its name counts most, then its model, then the environment, which may be that of another.
fn colours_underlines(variable: &impl Fn(&str) -> Option<String>, answers: &Answers) -> bool {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if nested(&set) {
        return false;
    }
    if let Some(version) = &answers.version {
        return UNDERLINE_NAMES.iter().any(|(name, least)| {
            version
                .strip_prefix(name)
                .is_some_and(|number| numbers_of(number) >= *least)
        });
    }
    let is_of = |program: &str| set("TERM").is_some_and(|term| term.contains(program));
    // It has no name to answer, and its model's second number says 0.11 as 1100.
    let alacritty = is_of("alacritty") || set("ALACRITTY_WINDOW_ID").is_some();
    if let Some(model) = &answers.model {
        return match model[..] {
            [0, version, 1] if alacritty => version >= 1100,
            [1, 115, ..] => konsole(&set),
            [first, second, ..] => UNDERLINE_MODELS
                .iter()
                .any(|(model, versions)| *model == first && versions.contains(&second)),
            _ => false,
        };
    }
    let program = set("TERM_PROGRAM").unwrap_or_default();
    let vte = set("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
    !answers.are_complete()
        && (["kitty", "ghostty", "wezterm", "contour"]
            .into_iter()
            .any(is_of)
            || ["iTerm.app", "WezTerm", "ghostty", "mintty"].contains(&program.as_str())
            || vte.is_some_and(|version| version >= 5200)
            || konsole(&set))
}

/// Whether the environment names a Konsole that colours underlines.
fn konsole(set: &impl Fn(&str) -> Option<String>) -> bool {
    let version = set("KONSOLE_VERSION").and_then(|version| version.parse::<u32>().ok());
    version.is_some_and(|version| version >= 221_200)
}

/// The first two numbers of a version.
fn numbers_of(version: &str) -> (u32, u32) {
    let mut numbers = version
        .split(|c: char| !c.is_ascii_digit())
        .map(|number| number.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// The nearest colour that the depth has; None when there are no colours.
#[must_use]
pub fn degrade(colour: Color, depth: Depth) -> Option<Color> {
    match (depth, colour) {
        (_, Color::Reset) => Some(Color::Reset),
        (Depth::None, _) => None,
        (Depth::Indexed, Color::Rgb(r, g, b)) => Some(Color::Indexed(nearest_of_many([r, g, b]))),
        (Depth::Ansi, Color::Rgb(r, g, b)) => Some(Color::Indexed(nearest([r, g, b], 0..=15))),
        (Depth::Ansi, Color::Indexed(index @ 16..)) => {
            Some(Color::Indexed(nearest(rgb(index), 0..=15)))
        }
        (_, colour) => Some(colour),
    }
}

/// The sixteen as xterm shows them.
const ANSI: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];
/// The steps of the cube.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The colour of an index.
#[must_use]
pub fn rgb(index: u8) -> [u8; 3] {
    match index {
        0..=15 => ANSI[usize::from(index)],
        16..=231 => {
            let cube = usize::from(index - 16);
            [STEPS[cube / 36], STEPS[cube / 6 % 6], STEPS[cube % 6]]
        }
        232..=255 => [8 + 10 * (index - 232); 3],
    }
}

/// The nearest of the cube and the greys. Each channel's nearest step gives that of the cube, the lower of two like ones.
fn nearest_of_many(wanted: [u8; 3]) -> u8 {
    let step = |channel: u8| {
        let steps = (0..6).zip(STEPS);
        let nearest = steps.min_by_key(|(_, step)| step.abs_diff(channel));
        nearest.map_or(0, |(number, _): (u8, u8)| number)
    };
    let [red, green, blue] = wanted.map(step);
    let in_cube = 16 + 36 * red + 6 * green + blue;
    let grey = nearest_grey(wanted);
    if distance(wanted, rgb(grey)) < distance(wanted, rgb(in_cube)) {
        grey
    } else {
        in_cube
    }
}

/// The nearest of the greys, which is the nearest to the mean of the channels; the lower of two like ones.
fn nearest_grey(wanted: [u8; 3]) -> u8 {
    let sum: u16 = wanted.into_iter().map(u16::from).sum();
    // The greys are 8, 18, 28 …: three of them lie 30 apart in the sum, and half-way is nearer to the lower one.
    let step = (sum.saturating_sub(10) / 30).min(23);
    u8::try_from(step).map_or(255, |step| 232 + step)
}

/// How far two colours lie apart, squared.
fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    let channels = one.iter().zip(other);
    channels
        .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
        .sum()
}

fn nearest(wanted: [u8; 3], mut indices: std::ops::RangeInclusive<u8>) -> u8 {
    let first = *indices.start();
    let distance = |index: u8| distance(wanted, rgb(index));
    // The first of equals, so that the same colour always comes out the same.
    let mut best = (distance(first), first);
    for index in indices.by_ref().skip(1) {
        best = best.min((distance(index), index));
    }
    best.1
}

#[cfg(test)]
mod tests;
