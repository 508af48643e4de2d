//! The built-in keymap, row by row: every row stands on a line of its own and is written like the next.
//!
//! TOML can be written in many ways, and to be ready for all of them takes as long as a first frame does. Nothing is checked here: the
//! tests hold what comes out to what [`Keymap::parse`](super::Keymap::parse) makes of the same file.

use super::Binding;
use crate::action::Action;

/// The rows of a table, as they are written.
pub(super) fn rows(file: &'static str, table: &str) -> impl Iterator<Item = &'static str> {
    let of_table = |line: &&str| line.strip_suffix(" = [") == Some(table);
    let lines = file.lines().skip_while(move |line| !of_table(line)).skip(1);
    lines.take_while(|line| *line != "]").map(str::trim)
}

/// The rows of a table that are of this action.
pub(super) fn rows_of(
    file: &'static str,
    table: &str,
    action: Action,
) -> impl Iterator<Item = Binding> {
    let is_of = move |row: &&str| row.contains(action.name());
    let bindings = rows(file, table).filter(is_of).filter_map(binding);
    bindings.filter(move |row| row.action == action)
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
        let file = "# a = [\na = [\n  one\n]\n\nb = [\n  two\n  three\n]\n";
        assert_eq!(rows(file, "a").collect::<Vec<_>>(), ["one"]);
        assert_eq!(rows(file, "b").collect::<Vec<_>>(), ["two", "three"]);
        assert_eq!(rows(file, "c").count(), 0);
    }
}
