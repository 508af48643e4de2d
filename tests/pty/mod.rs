//! A program in a real pty, and the screen that its bytes make, read back by a terminal emulator.

#![allow(clippy::unwrap_used, dead_code)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long a screen may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long nothing must come for a screen to count as settled.
const CALM: Duration = Duration::from_millis(120);

/// Variables of the terminal that the tests themselves run in.
const TERMINALS: [&str; 12] = [
    "NO_COLOR",
    "COLORTERM",
    "TMUX",
    "STY",
    "ZELLIJ",
    "TERM_PROGRAM",
    "LC_TERMINAL",
    "KONSOLE_VERSION",
    "VTE_VERSION",
    "XTERM_VERSION",
    "KITTY_WINDOW_ID",
    "QARI_PROFILE",
];

/// A number of rows or columns; no screen has none.
fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

/// A running program and its screen.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    child: Box<dyn Child + Send + Sync>,
    parser: vt100::Parser,
    _state: tempfile::TempDir,
    /// Every byte that the program has written.
    pub written: Vec<u8>,
}

impl Pty {
    /// Starts the program in a terminal of `columns` × `rows`, which remembers nothing.
    pub fn start(program: &str, arguments: &[&str], size: (u16, u16)) -> Self {
        Self::start_with(program, arguments, size, &[])
    }

    /// The same, with more variables in the environment; one of them may name a state that is to be remembered.
    pub fn start_with(
        program: &str,
        arguments: &[&str],
        (columns, rows): (u16, u16),
        variables: &[(&str, &str)],
    ) -> Self {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "ar_EG.UTF-8");
        for name in TERMINALS {
            command.env_remove(name);
        }
        let state = tempfile::tempdir().unwrap();
        command.env("XDG_STATE_HOME", state.path());
        command.env("XDG_CONFIG_HOME", state.path());
        command.env_remove("QARI_STATE");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        let parser = vt100::Parser::new(cells(rows), cells(columns), 0);
        Self {
            master: pair.master,
            writer,
            bytes,
            child,
            parser,
            _state: state,
            written: Vec::new(),
        }
    }

    /// Types bytes.
    pub fn send(&mut self, bytes: &str) {
        self.writer.write_all(bytes.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.master
            .resize(PtySize {
                rows,
                cols: columns,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        self.parser
            .screen_mut()
            .set_size(cells(rows), cells(columns));
    }

    /// Takes in what comes within `time`; false when nothing did.
    fn take(&mut self, time: Duration) -> bool {
        match self.bytes.recv_timeout(time) {
            Ok(bytes) => {
                self.parser.process(&bytes);
                self.written.extend(bytes);
                true
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => false,
        }
    }

    /// Waits until the screen fulfils `wanted`.
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let begun = Instant::now();
        while !wanted(self.parser.screen()) {
            assert!(
                begun.elapsed() < PATIENCE,
                "no {what} on\n{}",
                self.parser.screen().contents()
            );
            self.take(CALM);
        }
    }

    /// Waits until nothing has come for a while.
    pub fn settle(&mut self) {
        while self.take(CALM) {}
    }

    /// The rows of the screen as they stand, cell by cell.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let screen = self.parser.screen();
        let (rows, columns) = screen.size();
        (0..rows.get())
            .map(|row| {
                (0..columns.get())
                    .map(|column| {
                        screen
                            .cell(row, column)
                            .map_or(String::new(), |cell| cell.contents().to_owned())
                    })
                    .collect()
            })
            .collect()
    }

    /// The screen.
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The process id of the program.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the end of the program and takes in its last words.
    pub fn end(mut self) -> (ExitStatus, Vec<u8>) {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                while self.take(CALM) {}
                return (status, std::mem::take(&mut self.written));
            }
            assert!(begun.elapsed() < PATIENCE, "the program does not end");
            self.take(CALM);
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A failed test leaves no program behind; one that has ended cannot be killed, and that is fine.
        let _ = self.child.kill();
    }
}
