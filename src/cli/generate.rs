//! The manual page, the completions and the README's table of keys, made when they are asked for: no build script, and always those of this program.

use clap::Command;
use clap_complete::aot::{Shell, generate as complete};
use clap_mangen::Man;

use crate::locale::Locale;
use crate::run::keys;

/// Writes one of `arguments::GENERATED`.
pub fn generate(root: Command, locale: &Locale, what: &str) -> String {
    let mut root = root.no_binary_name(false);
    let mut bytes = Vec::new();
    let shell = match what {
        "complete-bash" => Shell::Bash,
        "complete-zsh" => Shell::Zsh,
        "complete-fish" => Shell::Fish,
        // The keymap is part of the program; a test reads it.
        "keys" => return keys::table(locale),
        _ => return manual(root),
    };
    complete(shell, &mut root, "qari", &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One page for all: the sections of each command become subsections of its own.
fn manual(mut root: Command) -> String {
    root.build();
    let commands: Vec<Command> = root.get_subcommands().cloned().collect();
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = Man::new(root).render(&mut bytes);
    let mut page = String::from_utf8_lossy(&bytes).into_owned();
    for command in commands {
        let heading = format!(".SH \"{}\"\n", command.get_bin_name().unwrap_or_default());
        let page_of_command = Man::new(command);
        let mut bytes = Vec::new();
        let _ = page_of_command.render_synopsis_section(&mut bytes);
        let _ = page_of_command.render_description_section(&mut bytes);
        let _ = page_of_command.render_options_section(&mut bytes);
        page.push_str(&heading);
        page.push_str(&String::from_utf8_lossy(&bytes).replace(".SH ", ".SS "));
    }
    page
}
