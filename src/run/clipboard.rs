//! Text becomes what the terminal's clipboard holds: through tmux where that runs, else by OSC 52.
//!
//! A reader that draws letters as forms in visual order cannot leave copying to the terminal's own selection, which would take those.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use crate::term::copying;

/// Puts a text into the clipboard.
///
/// A terminal does not say whether it took it; some ask their user, or have it switched off.
///
/// # Errors
/// What writing to the terminal says.
pub fn put(text: &str, terminal: &mut impl Write) -> io::Result<()> {
    let in_tmux = std::env::var_os("TMUX").is_some_and(|socket| !socket.is_empty());
    if in_tmux && put_to_tmux(text).is_ok() {
        return Ok(());
    }
    terminal.write_all(copying(text).as_bytes())
}

/// Gives a text to tmux, which hands it on to the terminals that show it; by itself it lets no program inside do that (`set-clipboard`).
fn put_to_tmux(text: &str) -> io::Result<()> {
    let mut child = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let given = child
        .stdin
        .take()
        .map_or(Ok(()), |mut input| input.write_all(text.as_bytes()));
    let ended = child.wait()?;
    given?;
    if ended.success() {
        Ok(())
    } else {
        Err(io::Error::other("tmux refused"))
    }
}
