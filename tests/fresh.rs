//! What is made from other files is as fresh as they are: the tables of keys in the READMEs.
//!
//! `QARI_WRITE=1 cargo test --test fresh` writes them anew.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

const BEGIN: &str = "<!-- keys: made from assets/keymap.toml by `qari --generate keys` -->\n";
const END: &str = "<!-- /keys -->";

/// What the program writes for `--generate keys`.
fn table(language: &str) -> String {
    let made = Command::new(env!("CARGO_BIN_EXE_qari"))
        .args(["--lang", language, "--generate", "keys"])
        .output();
    let table = String::from_utf8(made.unwrap().stdout).unwrap();
    assert!(table.lines().count() > 20, "{table}");
    table
}

#[test]
fn the_keys_in_the_readmes_are_those_of_the_keymap() {
    for (file, language) in [("README.md", "en"), ("README.ar.md", "ar")] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once(BEGIN).unwrap();
        let (_, after) = rest.split_once(END).unwrap();
        let fresh = format!("{before}{BEGIN}\n{}\n{END}{after}", table(language));
        if std::env::var_os("QARI_WRITE").is_some() {
            fs::write(&path, &fresh).unwrap();
        }
        let now = fs::read_to_string(&path).unwrap();
        assert!(
            now == fresh,
            "{file} is stale: QARI_WRITE=1 cargo test --test fresh"
        );
    }
}
