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
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
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

/// A command with its state in this folder.
fn command(state: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(QARI);
    command
        .args(["--lang", "en"])
        .args(arguments)
        .env("QARI_STATE", state)
        .stdin(Stdio::null());
    command
}

/// A run of a command with its state in this folder.
fn qari(state: &Path, arguments: &[&str]) -> Output {
    command(state, arguments).output().unwrap()
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

/// Numbers as if by chance, the same in each run (xorshift; Marsaglia 2003).
struct Chance(u64);

impl Chance {
    /// The next one below a number.
    fn below(&mut self, number: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % number
    }
}

/// Kills a process.
fn kill(process: u32) {
    let process = rustix::process::Pid::from_raw(process.cast_signed()).unwrap();
    rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
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
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut next = |below| chance.below(below);
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
        kill(pty.process());
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

/// Fetches and is killed, `rounds` times; what was kept once stays, and the state file opens each time.
fn kill_while_fetching(rounds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let count = Arc::new(AtomicUsize::new(0));
    let asked = Arc::clone(&count);
    // A feed that grows by an article each time it is asked for; each is some kilobytes.
    let address = serve(move |_| {
        let now = asked.fetch_add(1, Ordering::Relaxed) + 1;
        let mut feed = "<rss version='2.0'><channel><title>خلاصة</title>".to_owned();
        for number in 1..=now {
            let text = "كلام كثير ".repeat(300);
            let _ = write!(
                feed,
                "<item><guid>{number}</guid><title>مقال {number}</title><description>{text}</description></item>"
            );
        }
        feed.push_str("</channel></rss>");
        answer(
            "200 OK\r\nContent-Type: application/rss+xml",
            feed.as_bytes(),
        )
    });
    let list = folder.path().join("feeds.opml");
    let outline = format!("<opml><body><outline xmlUrl='{address}'/></body></opml>");
    fs::write(&list, outline).unwrap();
    assert!(
        qari(&state, &["add", list.to_str().unwrap()])
            .status
            .success()
    );
    let mut chance = Chance(0xD1B5_4A32_D192_ED03);
    let mut kept = 0;
    for round in 0..rounds {
        let mut fetch = command(&state, &["fetch"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_micros(chance.below(60_000)));
        kill(fetch.id());
        fetch.wait().unwrap();
        let mut library = Library::open_in(&state).unwrap();
        assert_eq!(library.notices(), [], "round {round}");
        let now = library.feed(&address).unwrap().len();
        assert!(now >= kept, "round {round}: {now} articles after {kept}");
        kept = now;
    }
    assert!(qari(&state, &["fetch"]).status.success());
    let mut library = Library::open_in(&state).unwrap();
    assert_eq!(
        library.feed(&address).unwrap().len(),
        count.load(Ordering::Relaxed)
    );
    assert_eq!(library.shelf().unwrap()[0].title, "خلاصة", "its own name");
}

#[test]
fn a_reader_that_is_killed_loses_no_more_than_a_second() {
    kill_at_random(6);
    kill_while_fetching(6);
}

#[test]
#[ignore = "takes minutes"]
fn two_hundred_kills() {
    kill_at_random(100);
    kill_while_fetching(100);
}

#[test]
fn two_readers_at_once_lose_nothing_of_each_other() {
    const EACH: usize = 4;
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let readers = [1, 2].map(|number| {
        let file = folder.path().join(format!("{number}.txt"));
        fs::write(
            &file,
            long_article().replace("فقرة", &format!("فقرة{number}")),
        )
        .unwrap();
        (file, state.clone())
    });
    // Programs that do nothing but work: the readers are long in coming to theirs.
    let over = Arc::new(AtomicBool::new(false));
    let busy: Vec<_> = (0..4)
        .map(|_| {
            let over = Arc::clone(&over);
            thread::spawn(move || while !over.load(Ordering::Relaxed) {})
        })
        .collect();
    let readers = readers.map(|(file, state)| {
        thread::spawn(move || {
            let variables = [("QARI_STATE", state.to_str().unwrap())];
            let mut pty = Pty::start_with(QARI, &[file.to_str().unwrap()], (60, 12), &variables);
            pty.wait("status line", |screen| screen.contents().contains('%'));
            for mark in 0..EACH {
                pty.send(&format!("jmعلامة{mark}\r"));
                pty.settle();
            }
            pty.send("q");
            let (status, _) = pty.end();
            assert!(status.success());
        })
    });
    for reader in readers {
        reader.join().unwrap();
    }
    over.store(true, Ordering::Relaxed);
    for busy in busy {
        busy.join().unwrap();
    }
    let (_, marks) = left_at(&state);
    assert_eq!(marks, 2 * EACH);
    let mut library = Library::open_in(&state).unwrap();
    assert_eq!(library.notices(), []);
    let articles: i64 = library
        .with(|connection| {
            connection.query_row("SELECT count(*) FROM article", [], |row| row.get(0))
        })
        .unwrap();
    assert_eq!(articles, 2);
}

/// An answer of a server.
fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// A server that answers each request with what `answers` makes of it; its address.
fn serve(answers: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let count = stream.read(&mut request).unwrap_or(0);
            let _ = stream.write_all(&answers(&String::from_utf8_lossy(&request[..count])));
        }
    });
    address
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
fn a_server_says_how_its_pages_are_written_and_where_they_are() {
    let folder = tempfile::tempdir().unwrap();
    // «سلام من صفحة قديمة» in windows-1256, which the page itself does not say.
    let (old, _, _) = encoding_rs::WINDOWS_1256.encode("<p>سلام من صفحة قديمة<p>وفقرة ثانية");
    let old = old.into_owned();
    let address = serve(move |request| {
        if request.starts_with("GET /old ") {
            let head = "200 OK\r\nContent-Type: text/html; charset=windows-1256";
            answer(head, &old)
        } else {
            answer("302 Found\r\nLocation: /old", b"")
        }
    });
    let page = qari(folder.path(), &["print", &format!("{address}/moved")]);
    assert_eq!(out(&page), "سلام من صفحة قديمة\n\nوفقرة ثانية\n", "{page:?}");
}

#[test]
fn what_is_new_in_an_open_directory_comes_into_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).unwrap();
    fs::write(texts.join("a.txt"), long_article()).unwrap();
    let state = folder.path().join("state");
    let variables = [("QARI_STATE", state.to_str().unwrap())];
    let arguments = ["--lang", "en", texts.to_str().unwrap()];
    let mut pty = Pty::start_with(QARI, &arguments, (100, 16), &variables);
    pty.wait("list", |screen| screen.contents().contains("Articles (1)"));
    pty.send("}}}}}}}}}}");
    pty.wait("place", |screen| screen.contents().contains("¶ 11/"));
    fs::write(texts.join("b.txt"), "مقال جديد\n\nنص.\n").unwrap();
    pty.wait("new", |screen| screen.contents().contains("Articles (2)"));
    assert!(pty.screen().contents().contains("¶ 11/"), "the place stays");
    let longer = long_article().replacen("\n\n", "\n\nفقرة جديدة.\n\n", 1);
    fs::write(texts.join("a.txt"), longer).unwrap();
    pty.wait("changed", |screen| {
        screen.contents().contains("has changed")
    });
    pty.send("l");
    pty.wait("moved", |screen| screen.contents().contains("¶ 12/"));
    pty.send("q");
    assert!(pty.end().0.success());
}

#[test]
fn the_place_in_a_large_file_is_kept_and_bookmarks_lead_back() {
    let folder = tempfile::tempdir().unwrap();
    let (state, file) = (folder.path().join("state"), folder.path().join("a.txt"));
    let mut text = "مقال\n".to_owned();
    for number in 1..=20_000 {
        let _ = writeln!(
            text,
            "\nالفقرة رقم {number} من هذا المقال الطويل جدا وفيها كلام كثير."
        );
    }
    fs::write(&file, text).unwrap();
    let variables = [("QARI_STATE", state.to_str().unwrap())];
    let run = |arguments: &[&str], steps: &[(&str, &str)]| {
        let mut pty = Pty::start_with(QARI, arguments, (60, 12), &variables);
        for (wanted, keys) in steps {
            pty.wait(wanted, |screen| screen.contents().contains(wanted));
            pty.send(keys);
        }
        assert!(pty.end().0.success());
    };
    let name = file.to_str().unwrap();
    let steps = [
        ("0%", "50%"),
        ("50%", "mhalf\r"),
        ("half", "G"),
        ("100%", "q"),
    ];
    run(&["--lang", "en", name], &steps);
    let steps = [("100%", "'"), ("half", "\r"), ("50%", "q")];
    run(&["--lang", "en", name], &steps);
    run(&["--lang", "en"], &[("50%", "q")]);
}

#[test]
fn an_article_of_a_large_file_is_gone_on_with_where_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let (state, file) = (folder.path().join("state"), folder.path().join("a.txt"));
    let mut text = String::new();
    for article in 1..=400 {
        let _ = writeln!(text, "مقال {article}\nمقال {article}");
        for number in 1..=60 {
            let _ = writeln!(text, "\nالفقرة {article}/{number} من هذا المقال الطويل.");
        }
        text.push('\n');
    }
    assert!(text.len() > 1 << 20);
    fs::write(&file, text).unwrap();
    let variables = [("QARI_STATE", state.to_str().unwrap())];
    let name = file.to_str().unwrap();
    let mut pty = Pty::start_with(QARI, &["--lang", "en", name], (90, 12), &variables);
    pty.wait("all", |screen| screen.contents().contains("Articles (400)"));
    pty.send(":350\r");
    pty.wait("350", |screen| screen.contents().contains("Article 350/"));
    pty.send("}}}}}}}}}}}}}}}}}}}}");
    pty.wait("place", |screen| screen.contents().contains("350/20"));
    pty.send("q");
    assert!(pty.end().0.success());
    let mut pty = Pty::start_with(QARI, &["--lang", "en"], (90, 12), &variables);
    pty.wait("the place", |screen| {
        let screen = screen.contents();
        screen.contains("Article 350/") && screen.contains("350/20")
    });
    let written = String::from_utf8_lossy(&pty.written);
    assert!(
        !written.contains(" 1/2 "),
        "the first article does not show"
    );
    pty.send("S");
    pty.wait("time", |screen| {
        screen.contents().contains("under a minute in this article")
    });
    pty.send("q");
    assert!(pty.end().0.success());
}

#[test]
fn a_large_file_is_read_in_another_way_where_the_reader_is() {
    let folder = tempfile::tempdir().unwrap();
    let (state, file) = (folder.path().join("state"), folder.path().join("a.txt"));
    let mut text = "مقال\n".to_owned();
    for number in 1..=14_000 {
        let line = format!("\nالفقرة رقم {number} من هذا المقال الطويل.\n");
        text.push_str(&qari::text::joining::shape(&line));
    }
    assert!(text.len() > 1 << 20);
    fs::write(&file, text).unwrap();
    let variables = [("QARI_STATE", state.to_str().unwrap())];
    let arguments = ["--lang", "en", file.to_str().unwrap()];
    let mut pty = Pty::start_with(QARI, &arguments, (90, 12), &variables);
    pty.wait("offer", |screen| screen.contents().contains("are stored"));
    pty.send("50%");
    pty.wait("middle", |screen| screen.contents().contains(" 50%"));
    for (key, wanted) in [
        ("R", "turned back"),
        ("R", "letters as stored"),
        ("E", "windows-1256"),
    ] {
        pty.send(key);
        pty.wait(wanted, |screen| screen.contents().contains(wanted));
        // The status line is no witness: it may tell how the letters are stored.
        pty.wait("place", |screen| {
            let contents = screen.contents();
            (6_900..7_100).any(|number| contents.contains(&format!(" {number} ")))
        });
    }
    pty.send("q");
    assert!(pty.end().0.success());
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

#[test]
fn the_proxy_is_that_of_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let address = serve(|request| {
        let asks = request.starts_with("GET http://name.invalid/page HTTP/1.1");
        let says = if asks {
            "من الوكيل"
        } else {
            "من الخادم"
        };
        answer("200 OK\r\nContent-Type: text/plain", says.as_bytes())
    });
    let print = |page: &str, none: &str| {
        let mut command = command(folder.path(), &["print", page]);
        command.env("http_proxy", &address).env("no_proxy", none);
        out(&command.output().unwrap())
    };
    assert_eq!(print("http://name.invalid/page", ""), "من الوكيل\n");
    assert_eq!(print(&address, "127.0.0.1"), "من الخادم\n");
}

#[test]
fn what_cannot_be_kept_is_not_said_to_be_done() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    fs::write(&file, "نص\n").unwrap();
    let state = folder.path().join("state");
    let name = file.to_str().unwrap();
    drop(Library::open_in(&state).unwrap());
    let holder = rusqlite::Connection::open(state.join("library.sqlite3")).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    for arguments in [["add", name], ["add", name]] {
        let output = qari(&state, &arguments);
        assert_eq!(
            (output.status.code(), out(&output)),
            (Some(2), String::new())
        );
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(told.matches("holds the state file").count(), 1, "{told}");
    }
    holder.execute_batch("ROLLBACK").unwrap();
    assert!(qari(&state, &["add", name]).status.success());
}

#[test]
fn a_broken_config_file_is_told_and_the_rest_of_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    fs::write(&file, "نص 12\n").unwrap();
    fs::create_dir(folder.path().join("qari")).unwrap();
    let config = folder.path().join("qari/config.toml");
    fs::write(&config, "language = \"en\"\ntashkeel = 7\nsidbar = 1\n").unwrap();
    let name = file.to_str().unwrap();
    let home = folder.path().to_str().unwrap();
    let mut command = Command::new(QARI);
    command.args(["print", name]).env("XDG_CONFIG_HOME", home);
    let output = command.env("QARI_STATE", folder.path()).output().unwrap();
    assert_eq!(
        (output.status.code(), out(&output)),
        (Some(0), "نص 12\n".into())
    );
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    for part in [
        "config.toml, line 2: tashkeel takes no value 7",
        "true, false",
        "line 3: there is no choice sidbar",
    ] {
        assert!(told.contains(part), "{told}");
    }
    let variables = [("XDG_CONFIG_HOME", home), ("QARI_STATE", home)];
    let mut pty = Pty::start_with(QARI, &[name], (150, 12), &variables);
    pty.wait("fault", |screen| {
        screen.contents().contains("tashkeel takes no value")
    });
    pty.send("q");
    assert!(pty.end().0.success());
}
