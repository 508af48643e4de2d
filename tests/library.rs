//! The library from outside: places that outlive `kill -9`, the shelf's commands, a server that is there and then is not.

#![allow(clippy::unwrap_used)]

mod pty;

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use pty::Pty;
use qari::library::Library;

const QARI: &str = env!("CARGO_BIN_EXE_qari");

/// An article of numbered paragraphs.
fn long_article() -> String {
    let mut text = "مقال طويل\n".to_owned();
    for number in 1..=300 {
        let _ = writeln!(text, "\nالفقرة رقم {number} من هذا المقال الطويل.");
    }
    text
}

/// A run of a command with its state in this folder.
fn qari(state: &Path, arguments: &[&str]) -> Output {
    Command::new(QARI)
        .args(["--lang", "en"])
        .args(arguments)
        .env("QARI_STATE", state)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The number of the paragraph where the article was left, as the state file says.
fn left_at(state: &Path) -> (usize, usize) {
    let mut library = Library::open_in(state).unwrap();
    assert_eq!(library.notices(), [], "the state file opens as it is");
    let marks = library.marked().unwrap().len();
    let last = library.last().unwrap();
    let place = last.map_or(0, |_| {
        library
            .with(|connection| {
                connection.query_row(
                    "SELECT place_paragraph FROM article ORDER BY opened DESC LIMIT 1",
                    [],
                    |row| row.get::<_, i64>(0),
                )
            })
            .unwrap()
    });
    (usize::try_from(place).unwrap(), marks)
}

/// Reads, bookmarks and is killed, `rounds` times; what was done more than a second before must be there.
fn kill_at_random(rounds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (state, file) = (folder.path().join("state"), folder.path().join("a.txt"));
    fs::write(&file, long_article()).unwrap();
    let start = || {
        let variables = [("QARI_STATE", state.to_str().unwrap())];
        let mut pty = Pty::start_with(QARI, &[file.to_str().unwrap()], (60, 12), &variables);
        pty.wait("status line", |screen| screen.contents().contains('%'));
        pty
    };
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    let (mut known_place, mut known_marks) = (0, 0);
    for round in 0..rounds {
        let mut pty = start();
        let down = next(3) > 0;
        pty.send(if down { "jjjjj" } else { "kk" });
        let marks = next(2) == 0;
        if marks {
            pty.send("mعلامة\r");
        }
        let calm = next(3) == 0;
        if calm {
            // Long enough for all of it to be older than a second.
            thread::sleep(Duration::from_millis(1300));
        } else {
            thread::sleep(Duration::from_millis(next(400)));
            pty.send("jk");
        }
        let process = rustix::process::Pid::from_raw(pty.process().cast_signed()).unwrap();
        rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
        drop(pty);
        let (place, count) = left_at(&state);
        assert!(count >= known_marks, "round {round}: a bookmark is lost");
        if calm {
            assert_eq!(count, known_marks + usize::from(marks), "round {round}");
            if down {
                assert!(
                    place > known_place,
                    "round {round}: {place} after {known_place}"
                );
            }
        }
        (known_place, known_marks) = (place, count);
    }
}

#[test]
fn a_reader_that_is_killed_loses_no_more_than_a_second() {
    kill_at_random(6);
}

#[test]
#[ignore = "takes minutes"]
fn two_hundred_kills() {
    kill_at_random(200);
}

/// A server with one feed or page, and the switch that takes it away.
fn server(body: &'static str) -> (String, Arc<AtomicBool>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/feed", listener.local_addr().unwrap());
    let gone = Arc::new(AtomicBool::new(false));
    let is_gone = Arc::clone(&gone);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _count = stream.read(&mut [0; 4096]);
            if is_gone.load(Ordering::Relaxed) {
                continue;
            }
            let head =
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close";
            let _ = write!(
                stream,
                "{head}\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
        }
    });
    (address, gone)
}

#[test]
fn what_was_read_once_is_read_without_the_net() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path();
    let (address, gone) = server("عنوان الصفحة\n\nنص الصفحة من الشبكة.\n");
    let first = qari(state, &["print", &address]);
    assert!(out(&first).contains("نص الصفحة من الشبكة."), "{first:?}");
    gone.store(true, Ordering::Relaxed);
    let second = qari(state, &["print", &address]);
    assert_eq!((out(&second), second.status.code()), (out(&first), Some(0)));
    let elsewhere = tempfile::tempdir().unwrap();
    let never = qari(elsewhere.path(), &["print", &address]);
    assert_eq!(never.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&never.stderr).contains(&address));
}

#[test]
fn the_shelf_takes_lists_fetches_and_lets_go() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let (address, gone) = server("عنوان\n\nنص.\n");
    let file = folder.path().join("a.txt");
    fs::write(&file, "نص\n").unwrap();
    let list = folder.path().join("feeds.opml");
    fs::write(
        &list,
        "<opml version='2.0'><body><outline title='أخبار' xmlUrl='http://127.0.0.1:1/none'/></body></opml>",
    )
    .unwrap();
    let names = [
        file.to_str().unwrap(),
        &address,
        list.to_str().unwrap(),
        "/no/such",
    ];
    let added = qari(&state, &[&["add"][..], &names].concat());
    assert_eq!(added.status.code(), Some(2), "one of them is not there");
    assert!(String::from_utf8_lossy(&added.stderr).contains("/no/such"));
    let shelf = out(&qari(&state, &["shelf", "--json"]));
    let kinds: Vec<String> = shelf
        .lines()
        .map(|line| {
            let source: serde_json::Value = serde_json::from_str(line).unwrap();
            source["kind"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(kinds, ["file", "page", "feed"]);
    let fetched = qari(&state, &["fetch", "--timeout", "5"]);
    assert_eq!(fetched.status.code(), Some(2), "the feed cannot be reached");
    assert!(
        out(&fetched).contains("عنوان"),
        "the page is told all the same"
    );
    gone.store(true, Ordering::Relaxed);
    let opml = out(&qari(&state, &["export", "--opml"]));
    assert!(opml.contains("xmlUrl=\"http://127.0.0.1:1/none\"") && opml.contains("أخبار"));
    assert_eq!(
        qari(&state, &["remove", "3", &address]).status.code(),
        Some(0)
    );
    assert_eq!(out(&qari(&state, &["shelf"])).lines().count(), 1);
    assert_eq!(qari(&state, &["remove", "9"]).status.code(), Some(2));
}

#[test]
fn a_feed_that_answers_a_page_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let (address, _) = server("<!doctype html><title>Moved</title><p>We have moved.");
    let list = folder.path().join("feeds.opml");
    fs::write(
        &list,
        format!("<opml><body><outline xmlUrl='{address}'/></body></opml>"),
    )
    .unwrap();
    let state = folder.path().join("state");
    assert_eq!(
        qari(&state, &["add", list.to_str().unwrap()]).status.code(),
        Some(0)
    );
    let fetched = qari(&state, &["fetch"]);
    assert_eq!(fetched.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&fetched.stderr).contains("a feed was expected"),
        "{fetched:?}"
    );
}

#[test]
fn an_address_that_never_answers_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", mute.local_addr().unwrap());
    let list = folder.path().join("feeds.opml");
    fs::write(
        &list,
        format!("<opml><body><outline xmlUrl='{address}'/></body></opml>"),
    )
    .unwrap();
    let state = folder.path().join("state");
    qari(&state, &["add", list.to_str().unwrap()]);
    let begun = Instant::now();
    let fetched = qari(&state, &["fetch", "--timeout", "1"]);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(fetched.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&fetched.stderr).contains("no answer within"),
        "{fetched:?}"
    );
}

#[test]
fn a_damaged_state_is_set_aside_and_nothing_writable_is_no_hindrance() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    fs::create_dir(&state).unwrap();
    fs::write(state.join("library.sqlite3"), "damaged ".repeat(999)).unwrap();
    let shelf = qari(&state, &["shelf"]);
    assert!(
        String::from_utf8_lossy(&shelf.stderr).contains("set aside"),
        "{shelf:?}"
    );
    assert_eq!(
        String::from_utf8_lossy(&qari(&state, &["shelf"]).stderr),
        ""
    );
    let nowhere = Path::new("/dev/null/state");
    let mut pty = Pty::start_with(
        QARI,
        &["--lang", "en"],
        (100, 24),
        &[("QARI_STATE", "/dev/null/state")],
    );
    pty.wait("notice", |screen| screen.contents().contains("not kept"));
    pty.send("jq");
    assert!(pty.end().0.success());
    assert_eq!(qari(nowhere, &["print"]).status.code(), Some(0));
}

#[test]
fn the_next_run_goes_on_where_this_one_ended() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let file = folder.path().join("a.txt");
    fs::write(&file, long_article()).unwrap();
    let variables = [("QARI_STATE", state.to_str().unwrap())];
    let run = |arguments: &[&str], wanted: &str, keys: &str| {
        let mut pty = Pty::start_with(QARI, arguments, (60, 12), &variables);
        pty.wait(wanted, |screen| screen.contents().contains(wanted));
        pty.send(keys);
        assert!(pty.end().0.success());
    };
    run(&["--lang", "en"], "guide", "q");
    run(
        &[file.to_str().unwrap()],
        "%",
        "}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}q",
    );
    // The paragraph of that number stands at the top; the digits are drawn as they are.
    run(&[], "40", "q");
    let moved = folder.path().join("b.txt");
    fs::rename(&file, &moved).unwrap();
    run(&[moved.to_str().unwrap()], "40", "q");
}
