//! The signals of the system become events; none of them leaves a terminal in ruins.
//!
//! A thread of its own waits for them and hands them on. A program that was asked to end and does not is ended from here, with its
//! terminal put back.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle, sleep};
use std::time::Duration;

use nix::unistd::{getpgid, getpgrp, getppid, getsid};
use rustix::process::kill_current_process_group;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level::{emulate_default_handler, raise};

use crate::term::restore;

/// How long a program that was asked to end may take to do it.
const GRACE: Duration = Duration::from_secs(2);

/// Whether the next SIGTSTP is the one that we send to our own group.
static OWN_STOP: AtomicBool = AtomicBool::new(false);
/// Whether the next SIGCONT wakes us from a stop of our own.
static OWN_WAKE: AtomicBool = AtomicBool::new(false);

/// What the system tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// End (SIGTERM, SIGHUP, SIGINT, SIGQUIT): leave the terminal and call [`die`] with the number.
    End(i32),
    /// Stop (SIGTSTP): lend the terminal to [`stop`], as for the key.
    Stop,
    /// Running again after a stop that came from outside (SIGCONT): take the screen again and draw everything.
    Continue,
    /// The window has a new size (SIGWINCH).
    Resize,
}

/// Signals that are caught and wait to be heard.
#[derive(Debug)]
pub struct Caught(Signals);

impl Caught {
    /// Catches signals from now on.
    ///
    /// # Errors
    ///
    /// When the system does not let them be caught.
    pub fn catch() -> io::Result<Self> {
        let all = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
        Signals::new(all).map(Self)
    }
}

/// The thread that waits for signals; it stops when this is dropped.
#[derive(Debug)]
pub struct Watch {
    handle: Handle,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Catches signals and starts to wait, as [`Self::over`] does.
    ///
    /// # Errors
    ///
    /// When the system does not let signals be caught or gives no thread.
    pub fn spawn(send: impl FnMut(Signal) -> bool + Send + 'static) -> io::Result<Self> {
        Self::over(Caught::catch()?, send)
    }

    /// Starts to wait. `send` gets every signal and says whether there is anybody to hear it; if nobody is, or a second one asks to
    /// end, or the end does not come in time, the program ends here.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn over(
        caught: Caught,
        mut send: impl FnMut(Signal) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let Caught(mut signals) = caught;
        let handle = signals.handle();
        let thread = Builder::new().name("signals".into()).spawn(move || {
            let mut ending = false;
            for number in signals.forever() {
                let signal = match number {
                    SIGTSTP if OWN_STOP.swap(false, Ordering::SeqCst) => continue,
                    SIGCONT if OWN_WAKE.swap(false, Ordering::SeqCst) => continue,
                    SIGTSTP => Signal::Stop,
                    SIGCONT => Signal::Continue,
                    SIGWINCH => Signal::Resize,
                    number => Signal::End(number),
                };
                let heard = send(signal);
                if let Signal::End(number) = signal {
                    if ending || !heard {
                        end(number);
                    }
                    ending = true;
                    end_later(number);
                }
            }
        })?;
        Ok(Self {
            handle,
            thread: Some(thread),
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.handle.close();
        if let Some(thread) = self.thread.take() {
            // A panic in there was told by the hook.
            let _ = thread.join();
        }
    }
}

/// Stops the job, as Control-Z does where the terminal sees to it, and returns when the shell has woken it. The terminal must be lent
/// meanwhile.
///
/// Where no shell could wake it again (an orphaned process group, POSIX 3.259), it does not stop.
///
/// # Errors
///
/// When the system does not let it.
pub fn stop() -> io::Result<()> {
    if can_be_woken() {
        // The whole group: what feeds a pipe stops with its reader, or the shell would not see the job stop. We catch this one.
        OWN_STOP.store(true, Ordering::SeqCst);
        kill_current_process_group(rustix::process::Signal::TSTP)?;
        // This one reaches the thread that raises it before it goes on.
        OWN_WAKE.store(true, Ordering::SeqCst);
        raise(SIGSTOP)?;
    }
    Ok(())
}

/// Whether a shell watches over this job: our parent belongs to our session and is no part of a job of its own with us.
///
/// In a container, a parent, its group or its session can lie outside of what we may see: the system then calls them 0 (`rustix` takes
/// that for impossible and panics).
fn can_be_woken() -> bool {
    let parent = getppid();
    let (Ok(session), Ok(theirs)) = (getsid(None), getsid(Some(parent))) else {
        return false;
    };
    parent.as_raw() != 0
        && session == theirs
        && (parent != session || getpgid(Some(parent)).is_ok_and(|group| group != getpgrp()))
}

/// Ends the program as the signal would have: whoever waits for it sees that it was the signal.
pub fn die(number: i32) {
    // A signal that cannot be raised leaves the caller to end in another way.
    let _ = emulate_default_handler(number);
}

fn end(number: i32) {
    // A terminal that is gone needs nothing.
    let _ = restore();
    die(number);
}

/// Ends the program if it is still there after the grace. Without a thread to wait in, it ends at once.
fn end_later(number: i32) {
    let waiting = Builder::new().name("grace".into()).spawn(move || {
        sleep(GRACE);
        end(number);
    });
    if waiting.is_err() {
        end(number);
    }
}
