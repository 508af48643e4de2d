//! The keymap becomes a table for the README, so that the page never lags behind the keys.

use crate::action::{Keymap, Layout, Mode};
use crate::locale::Locale;

/// The keys of the reading mode in Markdown, a row for each action, in the order of the keymap's file.
#[must_use]
pub fn table(locale: &Locale) -> String {
    let keymap = Keymap::built_in(Layout::default());
    let [keys, action] = ["keys-heading", "keys-action-heading"].map(|id| locale.text(id));
    let head = format!("| {keys} | {action} |\n|---|---|\n");
    let rows = keymap.bindings(Mode::Reading).iter().map(|binding| {
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
        let action = locale.text(&format!("action-{}", binding.action));
        format!("| {} | {action} |\n", keys.join(" "))
    });
    std::iter::once(head).chain(rows).collect()
}
