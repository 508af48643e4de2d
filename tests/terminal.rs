//! The terminal in a real pseudo-terminal: what is written, and that everything is put back however the program ends.
//!
//! The program in it is this test binary itself, asked by a variable to act the reader (`act`).

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::env::{current_exe, var_os};
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use qari::action::{Code, Key};
use qari::run::signals::{Signal, Watch, die, stop};
use qari::term::colours::{Colours, Depth, Underline};
use qari::term::detect::QUESTIONS;
use qari::term::encode::Profile;
use qari::term::events::Input;
use qari::term::{BidiMode, Screen, Switch, Terminal, guard_panics};
use ratatui::widgets::{Paragraph, Widget};

const ACT: &str = "QARI_TEST_ACT";
const SOON: Duration = Duration::from_secs(20);

enum Event {
    Input(Input),
    Signal(Signal),
    Report(String),
}

/// The reader in little: it draws what came last, and does what a few keys say.
#[test]
fn act() {
    if var_os(ACT).is_none() {
        return;
    }
    let (send, events) = channel();
    let report = send.clone();
    guard_panics(move |panic| {
        let _ = report.send(Event::Report(panic));
    });
    let signals = send.clone();
    let watch = Watch::spawn(move |signal| signals.send(Event::Signal(signal)).is_ok()).unwrap();
    let mut terminal = Terminal::enter().unwrap();
    let listener = terminal
        .listen(move |input| send.send(Event::Input(input)).is_ok())
        .unwrap();
    let colours = Colours {
        depth: Depth::None,
        underline: Underline::Absent,
    };
    let mut screen = Screen::new(terminal.output(), Profile::Visual, colours).unwrap();
    let mut draw = |text: &str, whole: bool| {
        if whole {
            screen.clear();
        }
        screen
            // A blank cell is no change: with another character in it a line goes out in one piece.
            .draw(|sheet| Paragraph::new(text.replace(' ', "_")).render(sheet.area, sheet))
            .unwrap();
    };
    draw("ready", false);
    let key = |name: &str| -> Key { name.parse().unwrap() };
    loop {
        match events.recv().unwrap() {
            Event::Input(Input::Key(pressed)) if pressed == key("q") => break,
            Event::Input(Input::Key(pressed)) if pressed == key("p") => panic!("the reader fell"),
            Event::Input(Input::Key(pressed)) if pressed == key("w") => {
                let _ = spawn(|| panic!("a worker fell")).join();
            }
            Event::Input(Input::Key(pressed)) if pressed == key("s") => {
                draw("stuck", false);
                sleep(SOON);
            }
            Event::Input(Input::Key(pressed)) if pressed == key("a") => terminal.ask().unwrap(),
            Event::Input(Input::Key(pressed)) if pressed == key("m") => {
                terminal
                    .adopt(BidiMode::Explicit, Some(Switch::Mlterm))
                    .unwrap();
            }
            Event::Input(Input::Key(pressed)) if pressed == key("l") => {
                listener.pause();
                let line = terminal
                    .lend(|| {
                        println!("lent");
                        let mut line = String::new();
                        std::io::stdin().read_line(&mut line).unwrap();
                        line
                    })
                    .unwrap();
                listener.resume();
                draw(&format!("got {}", line.trim()), true);
            }
            Event::Input(Input::Key(Key {
                code: Code::Char('z'),
                control: true,
                ..
            }))
            | Event::Signal(Signal::Stop) => {
                listener.pause();
                terminal.lend(stop).unwrap().unwrap();
                listener.resume();
                draw("back", true);
            }
            Event::Input(Input::Closed) => return,
            Event::Input(input) => draw(&format!("{input:?}"), false),
            Event::Signal(Signal::End(number)) => {
                drop(listener);
                terminal.leave().unwrap();
                die(number);
                return;
            }
            Event::Signal(Signal::Continue) => {
                terminal.resume().unwrap();
                draw("awake", true);
            }
            Event::Signal(Signal::Resize) => draw("resized", false),
            Event::Report(text) => draw(
                &text.lines().last().unwrap_or_default().to_uppercase(),
                false,
            ),
        }
    }
    drop(listener);
    drop(watch);
    terminal.leave().unwrap();
    println!("left");
}

/// A program in a pseudo-terminal, and all that it has written.
struct Stage {
    master: Box<dyn MasterPty>,
    input: Box<dyn Write>,
    output: Receiver<Vec<u8>>,
    seen: String,
    child: Box<dyn Child>,
    modes_before: String,
}

impl Stage {
    /// The act, started by itself or in a shell command in which `%` stands for it.
    fn set(shell: Option<&str>) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize {
                rows: 10,
                cols: 60,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let binary = current_exe().unwrap().to_str().unwrap().to_owned();
        let act = [&binary, "act", "--exact", "--nocapture", "--quiet"];
        let mut command = match shell {
            None => CommandBuilder::from_argv(act.iter().map(Into::into).collect()),
            Some(line) => {
                let mut command = CommandBuilder::new("bash");
                command.args([
                    "--norc",
                    "--noprofile",
                    "-c",
                    &line.replace('%', &act.join(" ")),
                ]);
                command
            }
        };
        command.env(ACT, "1");
        command.env("TERM", "xterm-256color");
        let modes_before = modes(pair.master.as_ref());
        let mut reader = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (send, output) = channel();
        spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            master: pair.master,
            input,
            output,
            seen: String::new(),
            child,
            modes_before,
        }
    }

    /// Waits until the text was written after all that was waited for before; gives what came up to its end.
    fn wait_for(&mut self, text: &str) -> String {
        let start = Instant::now();
        loop {
            if let Some(at) = self.seen.find(text) {
                let rest = self.seen.split_off(at + text.len());
                return std::mem::replace(&mut self.seen, rest);
            }
            let left = SOON
                .checked_sub(start.elapsed())
                .unwrap_or_else(|| panic!("{text:?} never came; last: {:?}", self.seen));
            let bytes = self
                .output
                .recv_timeout(left)
                .unwrap_or_else(|_| panic!("{text:?} never came; last: {:?}", self.seen));
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    fn press(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(
            std::process::Command::new("kill")
                .args([&format!("-{name}"), &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// The program has ended; all that it still wrote.
    fn end(mut self) -> (String, portable_pty::ExitStatus) {
        let status = self.child.wait().unwrap();
        assert_eq!(
            self.modes_before,
            modes(self.master.as_ref()),
            "the modes are not as they were"
        );
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(300)) {
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
        (self.seen, status)
    }
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

const ENTERED: &str =
    "\x1b[?1049h\x1b[8l\x1b[2J\x1b[1;1H\x1b[?25l\x1b[?1000h\x1b[?1002h\x1b[?1006h\x1b[?2004h";
const LEFT: &str =
    "\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?25h\x1b[8h\x1b[?1049l";
const READY: &str = "\x1b[?2026h\x1b[1;1Hready\x1b[?2026l";

#[test]
fn it_enters_draws_listens_and_leaves() {
    let mut stage = Stage::set(None);
    stage.wait_for(ENTERED);
    assert_eq!(stage.wait_for(READY), READY);
    stage.press("j");
    stage.wait_for("Char('j')");
    stage.press("\x1b[<64;3;4M");
    stage.wait_for("WheelUp");
    stage.press("لا");
    stage.wait_for("ﻻ");
    stage.press("\x1b]11;rgb:0000/0000/0000\x1b\\q");
    stage.wait_for(LEFT);
    assert!(stage.wait_for("left\r\n").is_ascii());
    let (rest, status) = stage.end();
    assert!(status.success());
    assert!(!rest.contains('\x1b'), "{rest:?}");
}

#[test]
fn answers_are_inputs_and_those_that_come_too_late_are_swallowed() {
    let mut stage = Stage::set(None);
    stage.wait_for(READY);
    stage.press("a");
    stage.wait_for(QUESTIONS);
    stage.press("j\x1b[8;1$yk");
    stage.wait_for("Char('k')");
    stage.press("q");
    stage.press("\x1bP>|XTerm(379)\x1b\\\x1b[?62;1c");
    stage.wait_for(LEFT);
    let (rest, _) = stage.end();
    // The terminal would echo what nobody took.
    assert!(!rest.contains("XTerm") && !rest.contains("62"), "{rest:?}");
}

#[test]
fn a_switch_and_a_mode_are_left_as_they_were() {
    let mut stage = Stage::set(None);
    stage.wait_for(READY);
    stage.press("m");
    stage.wait_for("\x1b]5379;use_ctl=false\x07");
    stage.press("p");
    stage.wait_for("\x1b[?25h\x1b[8l\x1b[?1049l\x1b]5379;use_ctl=true\x07");
    stage.wait_for("the reader fell");
    stage.end();
}

#[test]
fn a_panic_is_told_on_the_terminal_as_it_was() {
    let mut stage = Stage::set(None);
    stage.wait_for(READY);
    stage.press("p");
    stage.wait_for(LEFT);
    stage.wait_for("the reader fell");
    let (rest, status) = stage.end();
    assert!(!status.success());
    assert!(!rest.contains('\x1b'), "{rest:?}");
}

#[test]
fn a_panic_of_a_worker_is_reported_and_the_screen_stays() {
    let mut stage = Stage::set(None);
    stage.wait_for(READY);
    stage.press("w");
    let told = stage.wait_for("A_WORKER_FELL");
    assert!(
        !told.contains("\x1b[?1049l") && !told.contains("a worker fell"),
        "{told:?}"
    );
    stage.press("q");
    stage.wait_for(LEFT);
    stage.wait_for("left");
    stage.end();
}

#[test]
fn signals_that_end_it_restore_the_terminal() {
    for (name, word) in [
        ("TERM", "Terminated"),
        ("HUP", "Hangup"),
        ("INT", "Interrupt"),
        ("QUIT", "Quit"),
    ] {
        let mut stage = Stage::set(None);
        stage.wait_for(READY);
        stage.signal(name);
        stage.wait_for(LEFT);
        let (rest, status) = stage.end();
        assert!(!status.success());
        assert!(status.to_string().contains(word), "{status}");
        assert!(!rest.contains('\x1b'), "{rest:?}");
    }
}

#[test]
fn a_reader_that_hangs_is_ended_and_the_terminal_restored() {
    let mut stage = Stage::set(None);
    stage.wait_for(READY);
    stage.press("s");
    stage.wait_for("stuck");
    stage.signal("TERM");
    stage.signal("TERM");
    stage.wait_for(LEFT);
    assert!(!stage.end().1.success());
}

#[test]
fn a_child_gets_the_terminal_and_its_keys() {
    let mut stage = Stage::set(None);
    stage.wait_for(READY);
    stage.press("l");
    stage.wait_for(LEFT);
    stage.wait_for("lent\r\n");
    stage.press("a line\r");
    // Echoed by the terminal, which is as it was before.
    stage.wait_for("a line\r\n");
    stage.wait_for(ENTERED);
    stage.wait_for("got_a_line");
    stage.press("q");
    stage.wait_for("left");
    stage.end();
}

#[test]
fn without_a_shell_to_wake_it_it_does_not_stop() {
    for stop in ["key", "TSTP"] {
        let mut stage = Stage::set(None);
        stage.wait_for(READY);
        if stop == "key" {
            stage.press("\x1a");
        } else {
            stage.signal(stop);
        }
        stage.wait_for(LEFT);
        stage.wait_for(ENTERED);
        stage.wait_for("back");
        stage.press("q");
        stage.wait_for("left");
        stage.end();
    }
}

#[test]
fn a_shell_stops_and_wakes_it() {
    // With job control the shell tells that the job stopped (128 and the signal's number), looks at the terminal, and wakes it.
    let mut stage = Stage::set(Some(
        "set -m; %; echo stopped $?; stty -a; fg >/dev/null; echo over $?",
    ));
    stage.wait_for(READY);
    stage.press("\x1a");
    stage.wait_for(LEFT);
    stage.wait_for("stopped 14");
    stage.wait_for(" icanon");
    stage.wait_for(ENTERED);
    stage.wait_for("back");
    stage.press("q");
    let told = stage.wait_for(LEFT);
    assert!(!told.contains("awake"), "{told:?}");
    stage.wait_for("left");
    stage.wait_for("over 0");
    stage.end();
}

#[test]
fn it_comes_back_from_a_stop_that_it_did_not_see_coming() {
    let mut stage = Stage::set(None);
    stage.wait_for(READY);
    stage.signal("STOP");
    stage.signal("CONT");
    stage.wait_for(ENTERED);
    stage.wait_for("awake");
    stage.press("q");
    stage.wait_for("left");
    stage.end();
}

#[test]
fn keys_come_from_the_terminal_while_a_pipe_is_read() {
    let mut stage = Stage::set(Some("echo text | %"));
    stage.wait_for(READY);
    stage.press("j");
    stage.wait_for("Char('j')");
    stage.press("q");
    stage.wait_for(LEFT);
    stage.wait_for("left");
    stage.end();
}

#[test]
fn a_new_size_is_told_and_drawn() {
    let mut stage = Stage::set(None);
    stage.wait_for(READY);
    stage
        .master
        .resize(PtySize {
            rows: 5,
            cols: 3,
            pixel_width: 0,
            pixel_height: 0,
        })
        .unwrap();
    stage.wait_for("\x1b[2J\x1b[1;1Hres\x1b[?2026l");
    stage.press("q");
    stage.wait_for("left");
    stage.end();
}
