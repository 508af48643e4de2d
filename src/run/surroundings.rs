//! What is known of the terminal without asking it: the environment, tmux's client, kitty's configuration.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::term::detect;

/// How long tmux may take to name its client.
const TMUX: Duration = Duration::from_millis(100);

/// Variables that differ from terminal to terminal, not from window to window.
const VALUES: [&str; 9] = [
    "TERM",
    "COLORTERM",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "LC_TERMINAL",
    "LC_TERMINAL_VERSION",
    "KONSOLE_VERSION",
    "VTE_VERSION",
    "XTERM_VERSION",
];
/// Variables that only say by being there.
const PRESENCES: [&str; 9] = [
    "TMUX",
    "STY",
    "ZELLIJ",
    "KITTY_WINDOW_ID",
    "ALACRITTY_WINDOW_ID",
    "WEZTERM_PANE",
    "WT_SESSION",
    "MLTERM",
    "SSH_CONNECTION",
];

/// What is known beside the terminal's answers.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    client: Option<String>,
    force_ltr: bool,
}

impl Surroundings {
    /// Looks around.
    #[must_use]
    pub fn gather() -> Self {
        Self {
            client: variable("TMUX").and_then(|_| client()),
            force_ltr: configuration().is_some_and(|text| is_forced(&text)),
        }
    }

    /// The same, as detection wants it.
    #[must_use]
    pub fn borrowed(&self) -> detect::Surroundings<'_> {
        detect::Surroundings {
            variable: &variable,
            client: self.client.as_deref(),
            force_ltr: self.force_ltr,
        }
    }

    /// One line that is the same whenever the program runs here again.
    #[must_use]
    pub fn identity(&self) -> String {
        let values = VALUES
            .iter()
            .filter_map(|name| Some(format!("{name}={}", variable(name)?)));
        let presences = PRESENCES
            .iter()
            .filter(|name| variable(name).is_some())
            .map(|name| (*name).to_owned());
        let client = self.client.iter().map(|name| format!("client={name}"));
        let parts: Vec<String> = values.chain(presences).chain(client).collect();
        parts.join(" ")
    }
}

/// The value of a variable that is set and not empty.
#[must_use]
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The terminal outside, as tmux knows it. A tmux that hangs is left alone.
fn client() -> Option<String> {
    let (sender, named) = channel();
    thread::spawn(move || {
        let output = Command::new("tmux")
            .args(["display-message", "-p", "#{client_termtype}"])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output();
        let name = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
        // Nobody waits any longer.
        let _ = sender.send(name);
    });
    let name = named.recv_timeout(TMUX).ok()?.ok()?;
    Some(name).filter(|name| !name.is_empty())
}

/// kitty's configuration, if this is a kitty of this machine.
fn configuration() -> Option<String> {
    let is_here = variable("SSH_CONNECTION").is_none()
        && (variable("KITTY_WINDOW_ID").is_some() || variable("TERM")? == "xterm-kitty");
    if !is_here {
        return None;
    }
    let own = variable("KITTY_CONFIG_DIRECTORY").map(PathBuf::from);
    let below = |base: PathBuf| base.join("kitty");
    let folder = own
        .or_else(|| variable("XDG_CONFIG_HOME").map(|base| below(base.into())))
        .or_else(|| variable("HOME").map(|home| below(PathBuf::from(home).join(".config"))))?;
    fs::read_to_string(folder.join("kitty.conf")).ok()
}

/// Whether a configuration of kitty's says `force_ltr yes`; the last line counts.
fn is_forced(configuration: &str) -> bool {
    let mut values = configuration.lines().filter_map(|line| {
        line.trim()
            .strip_prefix("force_ltr")?
            .split_whitespace()
            .next()
    });
    values
        .next_back()
        .is_some_and(|value| ["yes", "y", "true"].contains(&value.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_a_configuration_counts() {
        assert!(is_forced("font_size 12\nforce_ltr yes\n"));
        assert!(is_forced("force_ltr no\n  force_ltr   Y"));
        assert!(!is_forced("force_ltr yes\nforce_ltr no\n"));
        assert!(!is_forced("# force_ltr yes\n"));
        assert!(!is_forced(""));
    }
}
