//! The built-in keymap, row by row: every row stands on a line of its own and is written like the next.
//!
//! TOML can be written in many ways, and to be ready for all of them takes as long as a first frame does. Nothing is checked here: the
//! tests hold what comes out to what [`Keymap::parse`](super::Keymap::parse) makes of the same file.

use memchr::memmem;

use super::Binding;
use crate::action::Action;

/// What stands between the brackets of a table.
fn table<'f>(file: &'f str, name: &str) -> &'f str {
    let head = format!("\n{name} = [\n");
    let found = memmem::find(file.as_bytes(), head.as_bytes());
    let rest = found.map_or("", |at| &file[at + head.len()..]);
    let end = memmem::find(rest.as_bytes(), b"\n]").unwrap_or(0);
    &rest[..end]
}

/// The rows of a table, as they are written.
pub(super) fn rows<'f>(file: &'f str, name: &str) -> impl Iterator<Item = &'f str> {
    table(file, name).lines().map(str::trim)
}

/// The first row of a table that is of this action.
pub(super) fn row_of(file: &str, name: &str, action: Action) -> Option<Binding> {
    let table = table(file, name);
    let tail = format!("action = \"{}\" }},", action.name());
    let at = memmem::find(table.as_bytes(), tail.as_bytes())?;
    let start = table[..at].rfind('\n').unwrap_or(0);
    binding(table[start..at + tail.len()].trim())
}

/// `{ keys = ["j", "down"], action = "line-down" },`
pub(super) fn binding(row: &str) -> Option<Binding> {
    let row = row.strip_prefix("{ keys = [\"")?.strip_suffix("\" },")?;
    let (keys, action) = row.split_once("\"], action = \"")?;
    let action = Action::ALL.iter().find(|known| known.name() == action)?;
    let keys = keys.split("\", \"").map(str::parse);
    Some(Binding {
        action: *action,
        keys: keys.collect::<Result<_, _>>().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_is_written_otherwise_is_none() {
        assert!(binding("{ keys = [\"j\", \"g j\"], action = \"help\" },").is_some());
        for other in [
            "",
            "# A remark.",
            "{ keys = ['j'], action = \"help\" },",
            "{ keys = [\"j\"], action = \"halp\" },",
            "{ keys = [\"jj\"], action = \"help\" },",
            "{ keys = [], action = \"help\" },",
            "{ action = \"help\", keys = [\"j\"] },",
        ] {
            assert_eq!(binding(other), None, "{other}");
        }
    }

    #[test]
    fn a_table_ends_where_the_next_begins() {
        let file = "# a = [\n\na = [\n  one\n]\n\nb = [\n  two\n  three\n]\n";
        assert_eq!(rows(file, "a").collect::<Vec<_>>(), ["one"]);
        assert_eq!(rows(file, "b").collect::<Vec<_>>(), ["two", "three"]);
        assert_eq!(rows(file, "c").count(), 0);
        assert_eq!(row_of(file, "b", Action::Help), None);
    }
}
