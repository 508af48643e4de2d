//! How the terminal was before, kept where everything that can end the program finds it: a leave, a panic, a signal.
//!
//! There is one screen in a process, so there is one record. Whoever comes first takes it and puts the terminal back; the others find
//! nothing left to do.

use std::io;
use std::os::fd::OwnedFd;
use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{ThreadId, current};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, Termios, tcsetattr};

/// The two sides of a terminal.
#[derive(Debug)]
pub(super) struct Sides {
    /// Where keys come from; it has the modes.
    pub tty: OwnedFd,
    /// What is drawn on.
    pub output: OwnedFd,
}

/// What it takes to put the terminal back.
#[derive(Debug)]
pub(super) struct Record {
    pub sides: Arc<Sides>,
    /// The modes as they were found.
    pub cooked: Termios,
    /// What is written, last.
    pub leave: Vec<u8>,
    /// The thread that draws: when it panics, the screen is over.
    pub owner: ThreadId,
}

static RECORD: Mutex<Option<Record>> = Mutex::new(None);

fn record() -> MutexGuard<'static, Option<Record>> {
    RECORD.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn remember(new: Record) {
    *record() = Some(new);
}

/// Changes what will be written last, if a screen is up.
pub(super) fn leave_with(leave: Vec<u8>) {
    if let Some(record) = record().as_mut() {
        record.leave = leave;
    }
}

/// Puts the terminal back as it was, if a screen is up; whoever calls, from whatever thread.
///
/// # Errors
///
/// When the terminal does not take it, which usually means that it is gone.
pub fn restore() -> io::Result<()> {
    // The lock is held to the end: nobody may go on, or exit, before the terminal is back.
    let mut record = record();
    let Some(Record {
        sides,
        cooked,
        leave,
        ..
    }) = record.take()
    else {
        return Ok(());
    };
    let written = write_all(&sides.output, &leave);
    let set = tcsetattr(&sides.tty, OptionalActions::Now, &cooked);
    written?;
    Ok(set?)
}

/// Writes it all, also to a terminal that someone else has set not to block.
pub(super) fn write_all(output: &OwnedFd, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(output, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => bytes = &bytes[count..],
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => match poll(&mut [PollFd::new(output, PollFlags::OUT)], None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            },
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// From now on a panic of the thread that draws restores the terminal before it is told; one of any other thread, while a screen is
/// up, is handed to `report` instead of being written over it.
pub fn guard_panics(report: impl Fn(String) + Send + Sync + 'static) {
    let tell = take_hook();
    set_hook(Box::new(move |panic: &PanicHookInfo<'_>| {
        let owner = record().as_ref().map(|record| record.owner);
        match owner {
            Some(owner) if owner != current().id() => report(panic.to_string()),
            _ => {
                // The terminal may be gone: the panic is told all the same.
                let _ = restore();
                tell(panic);
            }
        }
    }));
}
