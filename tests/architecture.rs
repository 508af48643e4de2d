//! Holds the code against the table in ARCHITECTURE.md: which room uses which, and where each foreign crate is at home.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Crates that any room may use.
const EVERYWHERE: &[&str] = &[
    "std",
    "core",
    "alloc",
    "serde",
    "serde_json",
    "thiserror",
    "memchr",
    "log",
];

/// One row of the table.
#[derive(Debug, Default)]
struct Room {
    uses: BTreeSet<String>,
    home_of: BTreeSet<String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The names between backticks in a table cell.
fn names(cell: &str) -> BTreeSet<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(|name| name.replace('-', "_"))
        .collect()
}

/// The rows of the first table of ARCHITECTURE.md whose header begins with `room`, in order.
fn table() -> Vec<(String, Room)> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    text.lines()
        .skip_while(|line| !line.starts_with("| room"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
            let name = names(cells[0]).into_iter().next().unwrap();
            (
                name,
                Room {
                    uses: names(cells[2]),
                    home_of: names(cells[3]),
                },
            )
        })
        .collect()
}

/// Every Rust file of a room: a folder, or a file of that name.
fn files(room: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                into.push(path);
            }
        }
    }
    let source = root().join("src");
    let mut found = Vec::new();
    if source.join(room).is_dir() {
        walk(&source.join(room), &mut found);
    } else {
        found.push(source.join(format!("{room}.rs")));
    }
    found
}

/// The code of a file, without comments and without the tests beside it.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let kept = text.split("\n#[cfg(test)]\n").next().unwrap();
    kept.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The path heads in a file: `room` of every `crate::room`, and every foreign crate that a path begins with.
fn heads(code: &str, crates: &BTreeSet<String>) -> (BTreeSet<String>, BTreeSet<String>) {
    let word = |text: &str| -> String {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut rooms = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(list) => {
                let list = list.split('}').next().unwrap();
                rooms.extend(list.split(',').map(|item| word(item.trim())));
            }
            None => {
                rooms.insert(word(after));
            }
        }
    }
    let foreign = crates
        .iter()
        .filter(|name| {
            code.match_indices(&format!("{name}::")).any(|(at, _)| {
                !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
            })
        })
        .cloned()
        .collect();
    (rooms, foreign)
}

/// The dependencies of the package, by the names that code uses.
fn dependencies() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    text.split("[dependencies]")
        .nth(1)
        .unwrap()
        .lines()
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim().replace('-', "_"))
        .collect()
}

#[test]
fn rooms_use_only_what_the_table_says() {
    let table = table();
    let crates = dependencies();
    let known: BTreeSet<&str> = table.iter().map(|(name, _)| name.as_str()).collect();
    let mut wrong = Vec::new();
    for (name, room) in &table {
        for file in files(name) {
            let (rooms, foreign) = heads(&code(&file), &crates);
            let shown = file.strip_prefix(root()).unwrap().display().to_string();
            for used in rooms
                .iter()
                .filter(|used| known.contains(used.as_str()) && *used != name)
            {
                if !room.uses.contains(used) && !room.uses.contains("all") {
                    wrong.push(format!("{shown} uses the room `{used}`"));
                }
            }
            for used in foreign {
                let at_home = room.home_of.iter().any(|home| {
                    home == &used
                        || home
                            .strip_suffix('*')
                            .is_some_and(|head| used.starts_with(head))
                });
                if !at_home && !EVERYWHERE.contains(&used.as_str()) {
                    wrong.push(format!(
                        "{shown} uses the crate `{used}`, which is not at home there"
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "ARCHITECTURE.md says otherwise:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn rooms_use_only_rooms_above_them() {
    let table = table();
    let order: BTreeMap<&str, usize> = table
        .iter()
        .enumerate()
        .map(|(at, (name, _))| (name.as_str(), at))
        .collect();
    for (at, (name, room)) in table.iter().enumerate() {
        for used in room.uses.iter().filter(|used| *used != "all") {
            let above = order.get(used.as_str());
            assert!(
                above.is_some_and(|&above| above < at),
                "`{name}` uses `{used}`, which is not above it"
            );
        }
    }
}

#[test]
fn every_folder_of_the_source_is_a_room_of_the_table() {
    let table: BTreeSet<String> = table().into_iter().map(|(name, _)| name).collect();
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            name == "lib" || name == "main" || table.contains(&name),
            "`{name}` is no room of the table"
        );
    }
}

#[test]
fn every_dependency_has_a_home() {
    let table = table();
    for name in dependencies() {
        let housed = EVERYWHERE.contains(&name.as_str())
            || table
                .iter()
                .flat_map(|(_, room)| &room.home_of)
                .any(|home| {
                    home == &name
                        || home
                            .strip_suffix('*')
                            .is_some_and(|head| name.starts_with(head))
                });
        assert!(housed, "`{name}` is at home in no room");
    }
}

#[test]
fn what_goes_to_a_terminal_goes_through_layout_and_profile() {
    /// The one way for lines, and the screen.
    const WAYS: [&str; 2] = ["src/run/output.rs", "src/term/terminal.rs"];
    /// What writes to the outside with nothing in between.
    const DIRECT: [&str; 9] = [
        "stdout(",
        "stderr(",
        "print!(",
        "println!(",
        "eprint!(",
        "eprintln!(",
        "dbg!(",
        "/dev/tty",
        "/dev/std",
    ];
    let mut wrong = Vec::new();
    for (name, _) in table()
        .into_iter()
        .chain(["lib", "main"].map(|name| (name.to_owned(), Room::default())))
    {
        for file in files(&name) {
            let shown = file.strip_prefix(root()).unwrap().display().to_string();
            let code = code(&file);
            // `.stdout(…)` says where a program that is called writes to.
            let writes = |direct: &str| {
                code.match_indices(direct)
                    .any(|(at, _)| !code[..at].ends_with('.'))
            };
            let direct = DIRECT.iter().filter(|direct| writes(direct));
            wrong.extend(
                direct
                    .filter(|_| !WAYS.contains(&shown.as_str()))
                    .map(|direct| format!("{shown}: {direct}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
