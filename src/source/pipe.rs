//! Named pipes, and files that are none: a text may come through one, but not from one that nobody writes into.

use std::fs::{File, OpenOptions};
use std::io;
use std::io::{Cursor, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};

/// How long a pipe may be without a writer.
const PATIENCE: Duration = Duration::from_secs(3);

/// How often is looked for one.
const INTERVAL: Duration = Duration::from_millis(20);

/// Opens a named pipe as soon as someone has written into it.
///
/// # Errors
/// `TimedOut` when nobody does.
pub fn open(path: &Path) -> io::Result<impl Read + use<>> {
    wait(path, PATIENCE)
}

fn wait(path: &Path, patience: Duration) -> io::Result<impl Read + use<>> {
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or(0);
    let mut pipe = OpenOptions::new()
        .read(true)
        .custom_flags(flags)
        .open(path)?;
    let until = Instant::now() + patience;
    let mut first = [0];
    loop {
        // Without a writer there is an end at once, with one that says nothing there would be a wait.
        match pipe.read(&mut first) {
            Ok(0) if Instant::now() >= until => return Err(io::ErrorKind::TimedOut.into()),
            Ok(0) => thread::sleep(INTERVAL),
            Ok(_) => {
                block(&pipe)?;
                return Ok(Cursor::new(first).chain(pipe));
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => block(&pipe)?,
            Err(error) => return Err(error),
        }
    }
}

/// Lets reads wait from now on.
fn block(pipe: &File) -> io::Result<()> {
    let flags = fcntl_getfl(pipe)?;
    Ok(fcntl_setfl(pipe, flags - OFlags::NONBLOCK)?)
}

/// A file that may be one in name only: what has no length is waited for, but not for long (`/proc/kmsg` says nothing until something
/// happens).
pub struct Patient {
    file: File,
    waits: bool,
    patience: Timespec,
}

impl Patient {
    /// Reads a file, waiting for each part of it where `waits`.
    pub fn new(file: File, waits: bool) -> Self {
        Self::within(file, waits, PATIENCE)
    }

    fn within(file: File, waits: bool, patience: Duration) -> Self {
        Self {
            file,
            waits,
            patience: Timespec::try_from(patience).unwrap_or_default(),
        }
    }
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.waits {
            let mut waiting = [PollFd::new(&self.file, PollFlags::IN)];
            if poll(&mut waiting, Some(&self.patience))? == 0 {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
        self.file.read(buffer)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;

    fn pipe(name: &str) -> std::path::PathBuf {
        let path = std::env::temp_dir().join(format!("qari-pipe-{name}-{}", std::process::id()));
        let _ = fs::remove_file(&path);
        rustix::fs::mkfifoat(
            rustix::fs::CWD,
            &path,
            rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        )
        .unwrap();
        path
    }

    #[test]
    fn a_pipe_that_nobody_writes_into_is_given_up() {
        let path = pipe("silent");
        let error = wait(&path, Duration::from_millis(60)).err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        fs::remove_file(path).unwrap();
    }

    #[test]
    fn what_says_nothing_is_given_up() {
        let (reader, mut writer) = io::pipe().unwrap();
        let silent = File::from(std::os::fd::OwnedFd::from(reader));
        let mut silent = Patient::within(silent, true, Duration::from_millis(20));
        writer.write_all(b"a").unwrap();
        let mut text = Vec::new();
        let end = silent.read_to_end(&mut text).unwrap_err();
        assert_eq!(
            (text.as_slice(), end.kind()),
            (&b"a"[..], io::ErrorKind::TimedOut)
        );
    }

    #[test]
    fn what_is_written_comes_whole_however_slowly() {
        let path = pipe("slow");
        let writer = path.clone();
        let writing = thread::spawn(move || {
            let mut pipe = OpenOptions::new().write(true).open(writer).unwrap();
            for part in ["سلا", "م ", "عليكم"] {
                thread::sleep(Duration::from_millis(30));
                pipe.write_all(part.as_bytes()).unwrap();
            }
        });
        let mut text = String::new();
        open(&path).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "سلام عليكم");
        writing.join().unwrap();
        fs::remove_file(path).unwrap();
    }
}
