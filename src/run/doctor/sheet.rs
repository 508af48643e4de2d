//! The test sheet: one sentence in every profile, each on a row with its number; a key says which of them reads right.

use std::io::Write;
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use crate::action::{Code, Key};
use crate::layout::{Options, lay_out, lay_out_label};
use crate::locale::Locale;
use crate::run::output::row;
use crate::run::reader::ReaderError;
use crate::run::recognition::{ANSWERS, Recognition, Way};
use crate::run::signals::{Signal, Watch, die, stop};
use crate::run::{Failure, paint};
use crate::term::encode::{self, Profile};
use crate::term::events::{Input, Listener};
use crate::term::{Device, Terminal, guard_panics};
use crate::text::Direction;

/// The least window that the sheet is shown in.
const LEAST: (usize, usize) = (60, 16);

/// The keys of the profiles, in their order and in that of the keyboard.
const KEYS: &str = "1234567890-";

/// What the reader picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The row of this profile reads right.
    Profile(Profile),
    /// It is to be found out.
    Automatic,
}

/// What can happen while the sheet is up.
enum Event {
    Input(Input),
    Signal(Signal),
}

/// How it ends.
#[derive(Debug, PartialEq, Eq)]
enum End {
    Picked(Option<Pick>),
    /// As the signal of this number would have it.
    Die(i32),
}

/// The sheet on its screen.
struct Sheet<'a> {
    terminal: Terminal,
    listener: Listener,
    locale: &'a Locale,
    recognition: &'a mut Recognition,
    way: Way,
}

/// Asks the terminal, shows the sheet and waits for a key.
///
/// # Errors
/// When the terminal refuses or goes away.
pub fn show(recognition: &mut Recognition, locale: &Locale) -> Result<Option<Pick>, Failure> {
    let end = examine(recognition, locale).map_err(Failure::Reading)?;
    match end {
        End::Picked(pick) => Ok(pick),
        End::Die(number) => {
            die(number);
            Ok(None)
        }
    }
}

fn examine(recognition: &mut Recognition, locale: &Locale) -> Result<End, ReaderError> {
    let (sender, events) = channel();
    guard_panics(drop);
    let signals = sender.clone();
    let watch = Watch::spawn(move |signal| signals.send(Event::Signal(signal)).is_ok())?;
    let mut terminal = Terminal::enter()?;
    let listener = terminal.listen(move |input| sender.send(Event::Input(input)).is_ok())?;
    terminal.ask()?;
    let mut early = Vec::new();
    let until = Instant::now() + ANSWERS;
    while !recognition.answers().are_complete()
        && let Ok(event) = events.recv_timeout(until.saturating_duration_since(Instant::now()))
    {
        match event {
            Event::Input(Input::Reply(reply)) => recognition.take(reply),
            event => early.push(event),
        }
    }
    let way = recognition.way();
    let mut sheet = Sheet {
        terminal,
        listener,
        locale,
        recognition,
        way,
    };
    let end = sheet.run(early, &events);
    let Sheet {
        terminal, listener, ..
    } = sheet;
    drop(listener);
    let left = terminal.leave();
    drop(watch);
    let end = end?;
    left?;
    Ok(end)
}

impl Sheet<'_> {
    fn run(&mut self, early: Vec<Event>, events: &Receiver<Event>) -> Result<End, ReaderError> {
        self.adopt()?;
        for event in early.into_iter().chain(events) {
            if let Some(end) = self.take(event)? {
                return Ok(end);
            }
        }
        Ok(End::Picked(None))
    }

    /// Takes the terminal's own switch and draws.
    fn adopt(&mut self) -> Result<(), ReaderError> {
        self.way = self.recognition.way();
        if self.recognition.answers().are_complete() {
            self.terminal.answered();
        }
        // Each row says by itself how it is sent; what all of them stand on is what the terminal does with the plainest.
        let switch = self.recognition.verdict().switch;
        self.terminal.adopt(self.way.before, switch)?;
        self.draw()
    }

    fn take(&mut self, event: Event) -> Result<Option<End>, ReaderError> {
        match event {
            Event::Input(Input::Reply(reply)) => {
                self.recognition.take(reply);
                self.adopt()?;
            }
            Event::Input(Input::Key(key)) => return Ok(picked(key)),
            Event::Input(Input::Closed) => return Ok(Some(End::Picked(None))),
            Event::Signal(Signal::End(number)) => return Ok(Some(End::Die(number))),
            Event::Signal(Signal::Resize) => self.draw()?,
            Event::Signal(Signal::Continue) => {
                self.terminal.resume()?;
                self.draw()?;
            }
            Event::Signal(Signal::Stop) => {
                self.listener.pause();
                let stopped = self.terminal.lend(stop)?;
                self.listener.resume();
                stopped?;
                self.draw()?;
            }
            Event::Input(_) => {}
        }
        Ok(None)
    }

    fn draw(&self) -> Result<(), ReaderError> {
        let mut output = self.terminal.output();
        let size = output.size()?;
        let (width, height) = (usize::from(size.width), usize::from(size.height));
        // The mode before the clear: rows take it when they are cleared.
        let mut bytes = b"\x1b[8l\x1b[2J".to_vec();
        let colours = self.recognition.colours();
        let rows = rows(self.locale, self.way.profile, (width, height));
        for (y, (line, profile)) in (0..).zip(rows.iter().take(height)) {
            let tashkeel = self.recognition.way_with(*profile).tashkeel;
            let cells = paint::cells(&format!(" {line}"), tashkeel, colours.depth);
            let cells = cells.get(..width).unwrap_or(&cells);
            let all = vec![true; cells.len()];
            encode::row(&mut bytes, *profile, colours, y, cells, &all);
        }
        output.write_all(&bytes)?;
        Ok(())
    }
}

/// What a key ends the sheet with; nothing for one that has no meaning here.
fn picked(key: Key) -> Option<End> {
    if key == Key::plain(Code::Enter) || key == Key::plain(Code::Escape) {
        return Some(End::Picked(None));
    }
    let Code::Char(c) = key.code else {
        return None;
    };
    let digit = match c {
        '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10)?,
        // The key of `a` types `ش` in an Arabic layout, that of `q` types `ض`, that of `c` types `ؤ`.
        'a' | 'ش' => return Some(End::Picked(Some(Pick::Automatic))),
        'q' | 'ض' => return Some(End::Picked(None)),
        'c' | 'ؤ' if key.control => return Some(End::Picked(None)),
        c => c,
    };
    let place = KEYS.chars().position(|key| key == digit)?;
    let (_, profile) = Profile::NAMED.get(place)?;
    Some(End::Picked(Some(Pick::Profile(*profile))))
}

/// The rows of the sheet in visual order, each with the profile that it is sent in.
fn rows(
    locale: &Locale,
    profile: Profile,
    (width, height): (usize, usize),
) -> Vec<(String, Profile)> {
    // A column on either side stays blank.
    let room = width.saturating_sub(2).max(1);
    let direction = locale.language().direction();
    let mut rows: Vec<(String, Profile)> = Vec::new();
    if width < LEAST.0 || height < LEAST.1 {
        let small = paragraph(&locale.text("doctor-sheet-small"), room, direction);
        rows.extend(small.into_iter().map(|line| (line, profile)));
    }
    for id in [
        "doctor-sheet-question",
        "doctor-sheet-boxes",
        "doctor-sheet-keys",
    ] {
        let lines = paragraph(&locale.text(id), room, direction);
        rows.extend(lines.into_iter().map(|line| (line, profile)));
    }
    rows.push((String::new(), profile));
    let sample = locale.text("doctor-sample");
    for (key, (name, own)) in KEYS.chars().zip(Profile::NAMED) {
        let now = if own == profile { "*" } else { " " };
        let label = format!("{now}{key} {name:<20}");
        let rest = room.saturating_sub(label.len());
        let layout = lay_out_label(&sample, rest, Direction::Rtl);
        let mut sentence = String::new();
        let mut taken = 0;
        if let Some(line) = layout.lines().first() {
            sentence = row(&layout, line, |_| None);
            taken = line.width;
        }
        let gap = rest.saturating_sub(taken);
        rows.push((format!("{label}{:gap$}{sentence}", ""), own));
    }
    rows
}

/// The lines of a paragraph in visual order, on the side where it begins.
fn paragraph(text: &str, width: usize, direction: Direction) -> Vec<String> {
    let options = Options {
        width,
        direction,
        ..Options::default()
    };
    let layout = lay_out(text, &options);
    layout
        .lines()
        .iter()
        .map(|line| {
            let margin = match direction {
                Direction::Rtl => width.saturating_sub(line.width),
                Direction::Ltr => 0,
            };
            format!("{:margin$}{}", "", row(&layout, line, |_| None))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn every_profile_has_a_row_and_a_key() {
        for (_, language) in Language::ALL {
            let rows = rows(&Locale::new(language), Profile::Kitty, (80, 24));
            assert!(rows.len() <= 24);
            assert_eq!(KEYS.len(), Profile::NAMED.len());
            for (key, (name, profile)) in KEYS.chars().zip(Profile::NAMED) {
                let shown: Vec<_> = rows
                    .iter()
                    .filter(|(line, sent)| {
                        *sent == profile && line.contains(&format!("{key} {name} "))
                    })
                    .collect();
                assert_eq!(shown.len(), 1, "{name}");
                assert_eq!(
                    picked(Key::plain(Code::Char(key))),
                    Some(End::Picked(Some(Pick::Profile(profile))))
                );
            }
        }
    }

    #[test]
    fn other_keys_leave_or_do_nothing() {
        let key = |c| picked(Key::plain(Code::Char(c)));
        assert_eq!(key('a'), Some(End::Picked(Some(Pick::Automatic))));
        assert_eq!(key('ض'), Some(End::Picked(None)));
        assert_eq!(key('٣'), key('3'));
        assert_eq!(key('x'), None);
        assert_eq!(key('c'), None);
        assert_eq!(picked(Key::plain(Code::Up)), None);
    }
}
