//! What a terminal is sent, and what a pipe is.

use std::cell::RefCell;
use std::rc::Rc;

use super::*;
use crate::locale::Language;
use crate::term::encode::Profile;

/// A terminal that remembers all it is sent.
#[derive(Clone, Default)]
struct Screen(Rc<RefCell<Vec<u8>>>);

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Screen {
    fn shown(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }

    fn output(&self, columns: Option<usize>) -> Output {
        Output {
            wish: None,
            measure: columns,
            way: OnceCell::from(LineWay::default()),
            out: Stream::new(self.clone(), columns),
            err: Stream::new(self.clone(), columns),
            interrupted: Some(Arc::default()),
        }
    }
}

#[test]
fn switches_the_order_of_a_terminal_off_and_on_again() {
    let screen = Screen::default();
    let mut output = screen.output(Some(20));
    output.line("a", Order::Visual).unwrap();
    output.line("b", Order::Visual).unwrap();
    output.finish().unwrap();
    assert_eq!(screen.shown(), "\x1b[8la\nb\n\x1b[8h");
}

#[test]
fn leaves_a_terminal_that_did_not_reorder_as_it_was() {
    let screen = Screen::default();
    let mut output = screen.output(Some(20));
    output.way = OnceCell::from(LineWay {
        before: BidiMode::Explicit,
        ..LineWay::default()
    });
    output.line("a", Order::Visual).unwrap();
    output.finish().unwrap();
    assert_eq!(screen.shown(), "\x1b[8la\n\x1b[8l");
}

#[test]
fn sends_lines_as_the_terminal_needs_them() {
    let screen = Screen::default();
    let mut output = screen.output(Some(10));
    let profile = Profile::Override;
    output.way = OnceCell::from(LineWay {
        profile,
        tashkeel: false,
        ..LineWay::default()
    });
    output.paragraph("دارَ a", Direction::Rtl).unwrap();
    output.finish().unwrap();
    let row = " \u{202d}    a \u{202e}\u{fea9}\u{fe8d}\u{fead}\u{202c}";
    assert_eq!(screen.shown(), format!("\x1b[8l{row}\n\x1b[8h"));
}

#[test]
fn gives_the_mode_back_after_an_interrupt() {
    let screen = Screen::default();
    let mut output = screen.output(Some(20));
    output.line("a", Order::Visual).unwrap();
    output
        .interrupted
        .as_ref()
        .unwrap()
        .store(true, Ordering::Relaxed);
    let stopped = output.line("b", Order::Visual).unwrap_err();
    assert_eq!(stopped.kind(), io::ErrorKind::Interrupted);
    output.finish().unwrap();
    assert_eq!(screen.shown(), "\x1b[8la\nb\n\x1b[8h");
}

#[test]
fn switches_again_after_a_message() {
    let screen = Screen::default();
    let mut output = screen.output(Some(20));
    let message = Message {
        text: "x".into(),
        hint: None,
    };
    output.line("a", Order::Visual).unwrap();
    output
        .report(&Locale::new(Language::English), &message)
        .unwrap();
    output.line("b", Order::Visual).unwrap();
    output.finish().unwrap();
    let shown = screen.shown();
    assert_eq!(shown, "\x1b[8la\n\x1b[8lqari: x\n\x1b[8h\x1b[8lb\n\x1b[8h");
}

#[test]
fn sends_no_controls_into_a_pipe_or_with_logical_lines() {
    let screen = Screen::default();
    let mut output = screen.output(None);
    output.line("a", Order::Visual).unwrap();
    output
        .paragraph("قال\u{202e}\u{1b}[2J", Direction::Rtl)
        .unwrap();
    output.finish().unwrap();
    let mut terminal = screen.output(Some(20));
    terminal.line("b", Order::Logical).unwrap();
    terminal.finish().unwrap();
    assert!(
        !screen.shown().contains(['\u{1b}', '\u{202e}']),
        "{:?}",
        screen.shown()
    );
}

#[test]
fn sets_paragraphs_from_their_own_side() {
    let screen = Screen::default();
    let mut output = screen.output(Some(10));
    output.paragraph("ab cd ef gh", Direction::Ltr).unwrap();
    output.paragraph("دار", Direction::Rtl).unwrap();
    output.finish().unwrap();
    assert_eq!(screen.shown(), "\x1b[8lab cd ef\ngh\n       ﺭﺍﺩ\n\x1b[8h");
}

#[test]
fn indents_a_hint() {
    let screen = Screen::default();
    let message = Message {
        text: "x".into(),
        hint: Some("y".into()),
    };
    screen
        .output(None)
        .report(&Locale::new(Language::English), &message)
        .unwrap();
    assert_eq!(screen.shown(), "qari: x\n      y\n");
}
