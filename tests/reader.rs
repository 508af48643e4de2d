//! The reader in a real pty: what stands on the screen, whether all of the text passes over it, and how it ends.

#![allow(clippy::unwrap_used)]

mod pty;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use pty::Pty;
use qari::text::fold::fold;

const QARI: &str = env!("CARGO_BIN_EXE_qari");
const ENTER_ALTERNATE: &str = "\x1b[?1049h";
const LEAVE_ALTERNATE: &str = "\x1b[?1049l";

/// The path of a built-in article.
fn article(name: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("assets/articles")
        .join(name)
        .display()
        .to_string()
}

/// The letters and digits of a text, presentation forms as letters, counted: what reordering does not change.
fn letters<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for text in texts {
        for letter in fold(text).text.chars().filter(|c| c.is_alphanumeric()) {
            *counts.entry(letter).or_default() += 1;
        }
    }
    counts
}

/// The cells of the text pane of a screen of 50 columns, where no sidebar stands beside it: all but the scroll bar.
fn text_row(row: &[String]) -> String {
    row.iter()
        .map(|cell| {
            if cell.contains(['│', '┃']) {
                ""
            } else {
                cell.as_str()
            }
        })
        .collect()
}

/// The program without a state and choices of whoever runs the tests.
fn qari() -> Command {
    let nothing = std::env::temp_dir().join("qari-that-kept-nothing");
    let mut command = Command::new(QARI);
    command.env("QARI_STATE", &nothing);
    command.env("XDG_CONFIG_HOME", nothing);
    command
}

#[test]
fn every_letter_of_an_article_passes_over_the_screen_once() {
    // Another document can be tried: a plain text of one or more articles.
    let file =
        std::env::var("QARI_TEST_DOCUMENT").unwrap_or_else(|_| article("numbers-and-names.txt"));
    let listed = qari().args(["articles", "--json", &file]).output().unwrap();
    let count = String::from_utf8(listed.stdout).unwrap().lines().count();
    let mut pty = Pty::start(QARI, &[&file], (50, 12));
    pty.wait("status line", |screen| screen.contents().contains('%'));
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..count {
        pty.settle();
        let mut rows = pty.rows();
        seen.extend(rows[..11].iter().map(|row| text_row(row)));
        loop {
            pty.send("j");
            pty.settle();
            let next = pty.rows();
            if next[..11] == rows[..11] {
                break;
            }
            seen.push(text_row(&next[10]));
            rows = next;
        }
        pty.send("J");
    }
    pty.send("q");
    let printed = qari().args(["print", &file]).output().unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert_eq!(
        letters(seen.iter().map(String::as_str)),
        letters(printed.lines())
    );
    assert!(pty.end().0.success());
}

#[test]
fn the_sidebar_lists_articles_and_names_and_keys_work_in_arabic() {
    let mut pty = Pty::start(QARI, &[], (100, 30));
    pty.wait("scroll bar or divider", |screen| {
        screen.contents().contains('│')
    });
    // غ is u, ي is d, ؟ is ? on an Arabic keyboard.
    pty.send("؟");
    pty.wait("frame of the help", |screen| {
        screen.contents().contains('┌')
    });
    pty.send("ض");
    pty.wait("text again", |screen| !screen.contents().contains('┌'));
    pty.send("\t\t\r");
    pty.settle();
    let reversed = pty.rows().len();
    assert_eq!(reversed, 30);
    for size in [(20, 5), (1, 1), (100, 30)] {
        pty.resize(size.0, size.1);
        pty.settle();
    }
    pty.wait("divider after resizing", |screen| {
        screen.contents().contains('│')
    });
    pty.send("ض");
    assert!(pty.end().0.success());
}

#[test]
fn text_from_a_pipe_is_read_while_the_keyboard_works() {
    let file = article("bookseller.txt");
    let mut pty = Pty::start("sh", &["-c", &format!("cat '{file}' | '{QARI}'")], (60, 12));
    pty.wait("status line", |screen| screen.contents().contains('%'));
    let before = pty.rows();
    pty.send("j");
    pty.settle();
    assert_ne!(pty.rows(), before, "it scrolled");
    pty.send("q");
    let (status, written) = pty.end();
    let written = String::from_utf8_lossy(&written);
    assert!(status.success());
    assert!(written.contains(ENTER_ALTERNATE) && written.contains(LEAVE_ALTERNATE));
}

#[test]
fn the_terminal_is_given_back_when_the_program_is_told_to_end() {
    let mut pty = Pty::start(QARI, &[], (80, 24));
    pty.wait("status line", |screen| screen.contents().contains('%'));
    let process = pty.process().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &process])
            .status()
            .unwrap()
            .success()
    );
    let (_, written) = pty.end();
    let written = String::from_utf8_lossy(&written);
    let left = written.rfind(LEAVE_ALTERNATE).unwrap();
    assert!(
        written[..left].contains("\x1b[8h"),
        "the terminal's own bidi is on again"
    );
    assert!(written.find(ENTER_ALTERNATE).unwrap() < written.find("\x1b[8l").unwrap());
    assert!(
        written.find("\x1b[8l").unwrap() < written.find("\x1b[2J").unwrap(),
        "8l goes before the clear"
    );
}

#[test]
fn control_characters_of_a_text_never_reach_the_terminal() {
    let folder = tempfile();
    let file = folder.join("bad.txt");
    fs::write(
        &file,
        "عنوان\n\nنص \x1b]0;title\x07 \x1b[31mأحمر\u{9b}2J \u{202e}مقلوب\n",
    )
    .unwrap();
    let mut pty = Pty::start(QARI, &[&file.display().to_string()], (80, 12));
    pty.wait("status line", |screen| screen.contents().contains('%'));
    pty.send("q");
    let (_, written) = pty.end();
    let written = String::from_utf8_lossy(&written);
    for bad in ["\x1b]0", "\x1b[31m", "\u{9b}", "\u{202e}"] {
        assert!(!written.contains(bad), "{bad:?}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_copied_reaches_the_terminal_as_it_is_written() {
    let folder = tempfile();
    let file = folder.join("words.txt");
    fs::write(&file, "عنوان\n\nكلمة").unwrap();
    let mut pty = Pty::start(QARI, &[&file.display().to_string()], (80, 12));
    pty.wait("status line", |screen| screen.contents().contains('%'));
    pty.send("vy");
    pty.wait("word of it", |screen| !screen.contents().contains('%'));
    pty.send("q");
    let (_, written) = pty.end();
    let written = String::from_utf8_lossy(&written);
    // OSC 52 with the title in base64.
    assert!(written.contains("\x1b]52;c;2LnZhtmI2KfZhg==\x1b\\"));
    fs::remove_dir_all(folder).unwrap();
}

/// What Konsole answers.
const KONSOLE: &str = "\x1bP>|Konsole 22.12.3\x1b\\\x1b[>1;115;0c\x1b[?62;1;4c";
/// What begins a word of Arabic letters for it: an override from right to left.
const OVERRIDE: &str = "\u{202e}";

#[test]
fn a_late_answer_changes_how_rows_are_sent_and_is_never_taken_for_keys() {
    let mut pty = Pty::start(QARI, &[], (80, 24));
    pty.wait("status line", |screen| screen.contents().contains('%'));
    pty.settle();
    let shown = |pty: &Pty| String::from_utf8_lossy(&pty.written).contains(OVERRIDE);
    assert!(!shown(&pty), "nobody said so");
    let before = pty.rows();
    std::thread::sleep(std::time::Duration::from_secs(2));
    // In pieces, with a key in between.
    let (first, rest) = KONSOLE.split_at(9);
    pty.send(first);
    pty.settle();
    pty.send(rest);
    pty.settle();
    assert!(shown(&pty), "rows are sent in another way");
    assert_ne!(pty.rows(), before, "this screen obeys no overrides");
    let status = |pty: &Pty| pty.rows().last().unwrap().concat();
    assert!(status(&pty).contains('%'), "{}", status(&pty));
    pty.send("q");
    assert!(pty.end().0.success());
}

#[test]
fn answers_over_a_slow_line_are_used_and_never_taken_for_keys() {
    let environment = [
        ("SSH_CONNECTION", "10.0.0.1 22 10.0.0.2 22"),
        ("SSH_TTY", "/dev/pts/9"),
    ];
    let mut pty = Pty::start_with(QARI, &["--lang", "en"], (80, 24), &environment);
    pty.wait("status line", |screen| screen.contents().contains('%'));
    pty.settle();
    let text = |pty: &Pty| -> Vec<String> {
        let lines = pty.screen().contents();
        lines
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    };
    let before = text(&pty);
    let title = |pty: &Pty| pty.screen().cell(0, 1).unwrap().fgcolor();
    let colour = title(&pty);
    std::thread::sleep(std::time::Duration::from_secs(2));
    // Each of them broken off in the middle.
    for part in [
        "\x1b[8;1$",
        "y\x1b[?2501;2$y\x1bP>|VTE(7",
        "600)\x1b\\\x1b[>61;7600;1c\x1b]11;rgb:ffff/ff",
        "ff/ffff\x1b",
        "\\\x1b[?62;1",
        ";4c",
    ] {
        pty.send(part);
        pty.settle();
    }
    assert_ne!(title(&pty), colour, "the colours for a light ground");
    assert_eq!(text(&pty), before, "and nothing else happened");
    pty.send("q");
    assert!(pty.end().0.success());
}

#[test]
fn a_terminal_that_says_nothing_delays_the_first_screen_for_a_moment_only() {
    let environment = [("KONSOLE_VERSION", "221203")];
    let mut pty = Pty::start_with(QARI, &[], (80, 24), &environment);
    pty.wait("status line", |screen| screen.contents().contains('%'));
    assert!(String::from_utf8_lossy(&pty.written).contains(OVERRIDE));
    pty.send("q");
    assert!(pty.end().0.success());
}

#[test]
fn a_profile_that_was_chosen_by_key_is_kept_for_this_terminal() {
    let state = tempfile().join("state");
    let environment = [("XDG_STATE_HOME", state.to_str().unwrap())];
    let start = || Pty::start_with(QARI, &["--lang", "en"], (100, 24), &environment);
    let mut pty = start();
    pty.wait("status line", |screen| screen.contents().contains('%'));
    for name in ["visual-base", "visual-lro", "visual-marks", "override"] {
        pty.send("P");
        pty.wait(name, |screen| screen.contents().contains(name));
    }
    pty.send("q");
    assert!(pty.end().0.success());
    let mut pty = start();
    pty.wait("status line", |screen| screen.contents().contains('%'));
    assert!(String::from_utf8_lossy(&pty.written).contains(OVERRIDE));
    // Round to the one that is found anyway: nothing is to be kept any more.
    for _ in 0..7 {
        pty.send("P");
    }
    pty.wait("visual", |screen| screen.contents().contains("as found"));
    pty.send("q");
    assert!(pty.end().0.success());
    let kept = fs::read_to_string(state.join("qari/terminals.json")).unwrap();
    assert_eq!(kept.trim(), "[]");
    fs::remove_dir_all(state).unwrap();
}

#[test]
fn a_profile_can_be_told() {
    let written = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut pty = Pty::start_with(QARI, arguments, (80, 24), variables);
        pty.wait("status line", |screen| screen.contents().contains('%'));
        pty.send("q");
        String::from_utf8_lossy(&pty.end().1).into_owned()
    };
    assert!(written(&["--profile", "override"], &[]).contains(OVERRIDE));
    let variable = ("QARI_PROFILE", "override");
    assert!(written(&[], &[variable]).contains(OVERRIDE));
    assert!(!written(&["--profile=visual"], &[variable]).contains(OVERRIDE));
}

#[test]
fn line_by_line_there_are_only_lines_in_logical_order() {
    let file = article("kazakhstan-2022.txt");
    let read = qari()
        .args(["--linear", "--lang", "en", &file])
        .output()
        .unwrap();
    let all = String::from_utf8(read.stdout).unwrap();
    let printed = qari().args(["print", &file]).output().unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    let mut wanted: Vec<&str> = printed.lines().filter(|line| !line.is_empty()).collect();
    let title = format!("Article 1 of 1: {}", wanted[0]);
    wanted[0] = &title;
    wanted.push("End of the article.");
    assert_eq!(all.lines().collect::<Vec<_>>(), wanted);

    let mut pty = Pty::start(QARI, &["--linear", "--lang", "en", &file], (80, 24));
    pty.wait("title", |screen| {
        screen.contents().contains("Article 1 of 1")
    });
    pty.send("]\n");
    pty.wait("a name", |screen| screen.contents().contains(", 1 of "));
    pty.send("\n");
    pty.settle();
    pty.send("J\n");
    pty.wait("no article", |screen| {
        screen.contents().contains("No more articles")
    });
    pty.send("q\n");
    let (status, written) = pty.end();
    assert!(status.success());
    let written = String::from_utf8(written).unwrap();
    assert!(!written.contains('\x1b'), "no sequence at all");
    assert!(written.contains(wanted[1]), "the first paragraph was read");
}

#[test]
fn line_by_line_a_large_text_is_read_in_passages() {
    let folder = tempfile();
    let file = folder.join("large.txt");
    let mut text = String::new();
    for article in 1..=3 {
        let name = article.to_string();
        text.push_str(&format!("مقال {article}\n").repeat(2));
        for number in 1..=if article == 2 { 16_000 } else { 20 } {
            let number = number.to_string();
            text.extend([
                "\nالفقرة ",
                &number,
                " من المقال ",
                &name,
                "، وفيها كلام كثير.\n",
            ]);
        }
        text += "\n";
    }
    assert!(text.len() > 1 << 20);
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let read = qari()
        .args(["--linear", "--lang", "en", file])
        .output()
        .unwrap();
    let all = String::from_utf8(read.stdout).unwrap();
    let printed = qari().args(["print", file]).output().unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    let own = |line: &&str| !line.starts_with("Article ") && !line.starts_with("End of");
    let is_title = |line: &&str| line.starts_with("مقال ");
    let wanted: Vec<&str> = printed.lines().filter(|line| !line.is_empty()).collect();
    let wanted: Vec<&str> = wanted.into_iter().filter(|line| !is_title(line)).collect();
    assert_eq!(wanted.len(), 16_040);
    assert!(
        all.lines().filter(own).collect::<Vec<_>>() == wanted,
        "each once"
    );

    let mut pty = Pty::start(QARI, &["--linear", "--lang", "en", file], (80, 24));
    for (keys, wanted) in [
        ("J\n", "Article 2 of 3: مقال 2"),
        ("8000}\n", "الفقرة 8000 من"),
        ("4000{\n", "الفقرة 4000 من"),
        ("3990{\n", "الفقرة 10 من"),
    ] {
        pty.send(keys);
        pty.wait(wanted, |screen| screen.contents().contains(wanted));
    }
    pty.send("q\n");
    assert!(pty.end().0.success());
    fs::remove_dir_all(folder).unwrap();
}

/// A folder of this test run's own.
fn tempfile() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("qari-reader-{}-{number}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}
