//! The thread that reads the terminal and hands on what it says.
//!
//! It never blocks in a read: it polls the terminal together with a pipe of its own, so that it can be told to let go. While it is
//! paused nobody reads the terminal, and a child process or the shell gets every key.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::{Input, Parser};

/// How long after an ESC the rest of a sequence may come: what is slower is the Escape key.
const PATIENCE: Duration = Duration::from_millis(50);

/// What the thread is to do, and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Listening,
    Paused,
    Stopped,
}

#[derive(Debug)]
struct Gate {
    /// What is wanted, and what is the case.
    phases: Mutex<(Phase, Phase)>,
    changed: Condvar,
}

impl Gate {
    fn lock(&self) -> MutexGuard<'_, (Phase, Phase)> {
        self.phases.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Comes to what is wanted; waits here while that is a pause. False when the thread is to end.
    fn pass(&self) -> bool {
        let mut phases = self.lock();
        loop {
            phases.1 = phases.0;
            self.changed.notify_all();
            match phases.0 {
                Phase::Listening => return true,
                Phase::Stopped => return false,
                Phase::Paused => {
                    phases = self
                        .changed
                        .wait(phases)
                        .unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }

    /// The thread has ended, whatever was wanted.
    fn end(&self) {
        *self.lock() = (Phase::Stopped, Phase::Stopped);
        self.changed.notify_all();
    }
}

/// Tells when the thread has ended, also by a panic: nobody may wait for it then.
struct Ended(Arc<Gate>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// The thread that listens to the terminal; it stops when this is dropped.
#[derive(Debug)]
pub struct Listener {
    gate: Arc<Gate>,
    wake: PipeWriter,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    /// Starts to listen. `send` gets every input, in order, and says whether there is anybody to hear more.
    ///
    /// # Errors
    ///
    /// When the system gives no pipe or no thread.
    pub fn spawn(
        tty: OwnedFd,
        send: impl FnMut(Input) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let gate = Arc::new(Gate {
            phases: Mutex::new((Phase::Listening, Phase::Listening)),
            changed: Condvar::new(),
        });
        let (woken, wake) = io::pipe()?;
        let theirs = Ended(Arc::clone(&gate));
        let thread = Builder::new().name("listener".into()).spawn(move || {
            // All of it moves in, so that it ends with the thread.
            let theirs = theirs;
            listen(&tty, woken, &theirs.0, send);
        })?;
        Ok(Self {
            gate,
            wake,
            thread: Some(thread),
        })
    }

    /// Lets go of the terminal, and returns when it has.
    pub fn pause(&self) {
        self.come_to(Phase::Paused);
    }

    /// Listens again.
    pub fn resume(&self) {
        self.come_to(Phase::Listening);
    }

    fn come_to(&self, wanted: Phase) {
        let mut phases = self.gate.lock();
        if phases.1 == Phase::Stopped {
            return;
        }
        phases.0 = wanted;
        self.gate.changed.notify_all();
        // A full pipe wakes as well as one more byte.
        let _ = (&self.wake).write(&[0]);
        while phases.1 != wanted && phases.1 != Phase::Stopped {
            phases = self
                .gate
                .changed
                .wait(phases)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.come_to(Phase::Stopped);
        if let Some(thread) = self.thread.take() {
            // A panic in there was told by the hook.
            let _ = thread.join();
        }
    }
}

fn listen(tty: &OwnedFd, mut woken: PipeReader, gate: &Gate, mut send: impl FnMut(Input) -> bool) {
    let mut parser = Parser::default();
    let mut buffer = [0; 4096];
    while gate.pass() {
        let inputs = match wait(tty, &woken, parser.undecided()) {
            Ok(Heard::Wake) => {
                // Whoever read meanwhile may have taken the rest of a sequence.
                parser = Parser::default();
                if woken.read(&mut buffer).is_err() {
                    return;
                }
                continue;
            }
            Ok(Heard::Silence) => parser.silence(),
            Ok(Heard::Bytes { hung_up }) => match rustix::io::read(tty, &mut buffer) {
                Ok(0) if hung_up => vec![Input::Closed],
                // With a count of 0 somebody else was quicker.
                Ok(0) | Err(Errno::INTR | Errno::AGAIN) => continue,
                Ok(count) => parser.feed(&buffer[..count]),
                Err(_) => vec![Input::Closed],
            },
            Ok(Heard::End) | Err(_) => vec![Input::Closed],
        };
        for input in inputs {
            let last = input == Input::Closed;
            if !send(input) || last {
                return;
            }
        }
    }
}

enum Heard {
    Wake,
    Bytes { hung_up: bool },
    Silence,
    End,
}

fn wait(tty: &OwnedFd, woken: &PipeReader, undecided: bool) -> io::Result<Heard> {
    let patience = Timespec::try_from(PATIENCE).map_err(|_| io::ErrorKind::InvalidInput)?;
    loop {
        let mut watched = [
            PollFd::from_borrowed_fd(woken.as_fd(), PollFlags::IN),
            PollFd::from_borrowed_fd(tty.as_fd(), PollFlags::IN),
        ];
        match poll(&mut watched, undecided.then_some(&patience)) {
            Ok(0) => return Ok(Heard::Silence),
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
        let [woken, tty] = watched.map(|one| one.revents());
        return Ok(if woken.is_empty() {
            let hung_up = tty.intersects(PollFlags::HUP | PollFlags::ERR);
            if tty.contains(PollFlags::IN) {
                Heard::Bytes { hung_up }
            } else {
                Heard::End
            }
        } else {
            Heard::Wake
        });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;
    use crate::action::{Code, Key};

    const SOON: Duration = Duration::from_secs(10);

    fn listener() -> (Listener, PipeWriter, Receiver<Input>) {
        let (reader, writer) = io::pipe().unwrap();
        let (send, inputs) = channel();
        (
            Listener::spawn(reader.into(), move |input| send.send(input).is_ok()).unwrap(),
            writer,
            inputs,
        )
    }

    fn key(code: Code) -> Input {
        Input::Key(Key::plain(code))
    }

    #[test]
    fn what_is_typed_comes_through_and_the_end_is_told() {
        let (_listener, mut terminal, inputs) = listener();
        terminal.write_all(b"j\x1b[A").unwrap();
        assert_eq!(inputs.recv_timeout(SOON), Ok(key(Code::Char('j'))));
        assert_eq!(inputs.recv_timeout(SOON), Ok(key(Code::Up)));
        drop(terminal);
        assert_eq!(inputs.recv_timeout(SOON), Ok(Input::Closed));
        assert!(inputs.recv_timeout(SOON).is_err());
    }

    #[test]
    fn escape_alone_is_told_after_a_silence() {
        let (_listener, mut terminal, inputs) = listener();
        terminal.write_all(b"\x1b").unwrap();
        assert_eq!(inputs.recv_timeout(SOON), Ok(key(Code::Escape)));
    }

    #[test]
    fn a_paused_listener_reads_nothing_until_it_is_resumed() {
        let (listener, mut terminal, inputs) = listener();
        for _ in 0..50 {
            listener.pause();
            terminal.write_all(b"j").unwrap();
            assert!(inputs.try_recv().is_err());
            listener.resume();
            assert_eq!(inputs.recv_timeout(SOON), Ok(key(Code::Char('j'))));
        }
    }

    #[test]
    fn a_dropped_listener_leaves_what_was_not_read() {
        let (reader, mut terminal) = io::pipe().unwrap();
        let mut rest = reader.try_clone().unwrap();
        let (send, _inputs) = channel();
        let listener =
            Listener::spawn(reader.into(), move |input| send.send(input).is_ok()).unwrap();
        listener.pause();
        terminal.write_all(b"rest").unwrap();
        drop(listener);
        drop(terminal);
        let mut text = String::new();
        rest.read_to_string(&mut text).unwrap();
        assert_eq!(text, "rest");
    }

    #[test]
    fn nothing_hangs_when_the_thread_fell() {
        let (reader, mut terminal) = io::pipe().unwrap();
        let listener = Listener::spawn(reader.into(), |_| panic!("on purpose")).unwrap();
        terminal.write_all(b"j").unwrap();
        listener.pause();
        listener.resume();
    }

    #[test]
    fn nothing_hangs_when_nobody_hears() {
        let (reader, mut terminal) = io::pipe().unwrap();
        let listener = Listener::spawn(reader.into(), |_| false).unwrap();
        terminal.write_all(b"jjj").unwrap();
        listener.pause();
        listener.resume();
    }
}
