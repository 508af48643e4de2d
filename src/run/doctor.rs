//! `qari doctor`: what the terminal was asked, what it answered, what was concluded and why; and the test sheet.
//!
//! On a terminal the sheet comes first, on a screen of its own; then the report, which stays. In a pipe there is only the report, of
//! what is known without asking.

mod sheet;

use super::output::{Output, row};
use super::recognition::{LineWay, Origin, Recognition};
use super::table::{Align, Fit, Table};
use super::{Failure, Outcome, paint};
use crate::layout::{Options, lay_out};
use crate::locale::Locale;
use crate::source::{Guide, Reading, Source, documents};
use crate::term::colours::Depth;
use crate::term::detect::{Answers, Clue, Emulator, Verdict};
use crate::term::encode;
use crate::term::events::ModeState;
use crate::term::{BidiMode, Switch};
use sheet::Pick;

/// How far the report's lines stand in.
const INDENT: usize = 2;

/// Examines the terminal.
///
/// # Errors
/// Whatever writing says, or the terminal.
pub fn run(locale: &Locale, output: &mut Output) -> Result<Outcome, Failure> {
    let mut recognition = Recognition::begin(output.wish());
    let mut pick = None;
    if output.is_terminal() && recognition.may_ask() {
        pick = sheet::show(&mut recognition, locale)?;
        match pick {
            Some(Pick::Profile(profile)) => recognition.choose(Some(profile)),
            Some(Pick::Automatic) => recognition.choose(None),
            None => recognition.remember(),
        }
        output.set_way(LineWay::of(&recognition));
    }
    report(&recognition, locale, output)?;
    let said = match pick {
        Some(Pick::Profile(profile)) => {
            locale.format("doctor-chosen", &[("profile", profile.name().into())])
        }
        Some(Pick::Automatic) => locale.text("doctor-automatic"),
        None => return Ok(Outcome::Done),
    };
    let direction = locale.language().direction();
    output.paragraph("", direction)?;
    output.paragraph(&said, direction)?;
    Ok(Outcome::Done)
}

/// Writes what is known.
fn report(recognition: &Recognition, locale: &Locale, output: &mut Output) -> Result<(), Failure> {
    let direction = locale.language().direction();
    let verdict = recognition.verdict();
    write(conclusions(recognition, &verdict, locale), locale, output)?;
    output.paragraph("", direction)?;
    output.paragraph(&locale.text("doctor-answers"), direction)?;
    write(answers(recognition.answers(), locale), locale, output)?;
    output.paragraph("", direction)?;
    output.paragraph(&locale.text("doctor-why"), direction)?;
    if verdict.clues.is_empty() {
        output.paragraph(&locale.text("doctor-no-clue"), direction)?;
    }
    let clues = verdict.clues.iter().map(|clue| told(clue, locale));
    write(clues.collect(), locale, output)?;
    if verdict.emulator == Emulator::Kitty {
        output.paragraph("", direction)?;
        output.paragraph(&locale.text("doctor-kitty"), direction)?;
    }
    if recognition.memory_was_broken() {
        output.paragraph(&locale.text("doctor-memory-broken"), direction)?;
    }
    Ok(())
}

/// Writes terms and what they are.
fn write(rows: Vec<(String, String)>, locale: &Locale, output: &mut Output) -> Result<(), Failure> {
    let mut table = Table::new(&[(Fit::Whole, Align::Start), (Fit::Wrapped, Align::Start)]);
    for (term, value) in rows {
        table.row(vec![term, value]);
    }
    output.table(&table, locale.language().direction(), INDENT)?;
    Ok(())
}

/// What was concluded, as terms and what they are.
fn conclusions(
    recognition: &Recognition,
    verdict: &Verdict,
    locale: &Locale,
) -> Vec<(String, String)> {
    let way = recognition.way();
    let profile = match way.origin {
        Origin::Wish => "doctor-profile-wish",
        Origin::Choice => "doctor-profile-choice",
        Origin::Memory => "doctor-profile-memory",
        Origin::Finding => "doctor-profile-finding",
    };
    let named = |id, name: &str| locale.format(id, &[("profile", name.into())]);
    let tashkeel = if way.tashkeel {
        "doctor-tashkeel-kept"
    } else {
        "doctor-tashkeel-hidden"
    };
    let before = match way.before {
        BidiMode::Implicit => "doctor-before-implicit",
        BidiMode::Explicit => "doctor-before-explicit",
    };
    let colours = match recognition.colours().depth {
        Depth::None => "doctor-colours-none",
        Depth::Ansi => "doctor-colours-ansi",
        Depth::Indexed => "doctor-colours-indexed",
        Depth::True => "doctor-colours-true",
    };
    let switch = match way.switch {
        None => locale.text("doctor-switch-none"),
        Some(Switch::Mlterm) => "OSC 5379 ; use_ctl".to_owned(),
    };
    let lines = LineWay::of(recognition);
    let (count, of) = marked_rows(lines, super::guide(locale.language()));
    let count = locale.format(
        "doctor-rows-count",
        &[("count", count.into()), ("of", of.into())],
    );
    let term = |id: &str, value: String| (locale.text(id), value);
    vec![
        term("doctor-terminal", terminal(verdict, locale)),
        term("doctor-profile", named(profile, way.profile.name())),
        term("doctor-found", verdict.profile.name().to_owned()),
        term("doctor-lines", lines.profile.name().to_owned()),
        term("doctor-tashkeel", locale.text(tashkeel)),
        term("doctor-switch", switch),
        term("doctor-before", locale.text(before)),
        term("doctor-colours", locale.text(colours)),
        term("doctor-rows", count),
    ]
}

/// The terminal's name, and what stands before it.
fn terminal(verdict: &Verdict, locale: &Locale) -> String {
    let name = match verdict.emulator {
        Emulator::Plain => locale.text("doctor-terminal-plain"),
        Emulator::PlainWithoutMarks => locale.text("doctor-terminal-marks"),
        emulator => locale.format("doctor-terminal-named", &[("name", emulator.name().into())]),
    };
    match verdict.behind {
        Some(multiplexer) => locale.format(
            "doctor-terminal-behind",
            &[
                ("name", name.as_str().into()),
                ("multiplexer", multiplexer.name().into()),
            ],
        ),
        None => name,
    }
}

/// The questions with their answers.
fn answers(answers: &Answers, locale: &Locale) -> Vec<(String, String)> {
    let numbers = |numbers: &Vec<u32>| {
        let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
        numbers.join(";")
    };
    let colour = |[red, green, blue]: [u8; 3]| format!("#{red:02x}{green:02x}{blue:02x}");
    let silent = if answers.are_complete() {
        locale.text("doctor-no-answer")
    } else {
        locale.text("doctor-not-asked")
    };
    let row = |id: &str, answer: Option<String>| {
        (locale.text(id), answer.unwrap_or_else(|| silent.clone()))
    };
    vec![
        row("doctor-ask-bidi", answers.bidi.map(state)),
        row("doctor-ask-direction", answers.direction.map(state)),
        row("doctor-ask-version", answers.version.clone()),
        row("doctor-ask-model", answers.model.as_ref().map(numbers)),
        row("doctor-ask-background", answers.background.map(colour)),
        row(
            "doctor-ask-attributes",
            answers.attributes.as_ref().map(numbers),
        ),
    ]
}

/// The number that DECRQM gives a state.
fn state(state: ModeState) -> String {
    let number = match state {
        ModeState::Unknown => 0,
        ModeState::Set => 1,
        ModeState::Reset => 2,
        ModeState::AlwaysSet => 3,
        ModeState::AlwaysReset => 4,
    };
    number.to_string()
}

/// A clue and what it said.
fn told(clue: &Clue, locale: &Locale) -> (String, String) {
    match clue {
        Clue::Bidi(answer) => (locale.text("doctor-ask-bidi"), state(*answer)),
        Clue::Version(name) => (locale.text("doctor-ask-version"), name.clone()),
        Clue::Model(model) => {
            let numbers: Vec<String> = model.iter().map(u32::to_string).collect();
            (locale.text("doctor-ask-model"), numbers.join(";"))
        }
        Clue::Client(name) => ("tmux".to_owned(), name.clone()),
        Clue::Variable(name, value) => ((*name).to_owned(), value.clone()),
    }
}

/// How many rows of the shelf come right only with marks, and of how many.
fn marked_rows(way: LineWay, guide: Guide) -> (usize, usize) {
    let (mut count, mut of) = (0, 0);
    // The shelf is part of the program: it can be read.
    for document in documents(vec![Source::Shelf(guide)], Reading::default()).flatten() {
        for block in document.articles.iter().flat_map(|article| &article.blocks) {
            let layout = lay_out(document.block_text(block), &Options::default());
            for line in layout.lines() {
                let row = row(&layout, line, |_| None);
                let cells = paint::cells(&row, way.tashkeel, way.colours.depth);
                count += usize::from(encode::needs_marks(way.profile, &cells));
                of += 1;
            }
        }
    }
    (count, of)
}
