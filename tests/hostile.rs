//! What is bad in other ways than its format: files that are none, files that may not be read, lines without end, books that bring
//! bombs along. Each is told by its name and with its reason, and what stands beside it is read.

#![allow(clippy::unwrap_used)]

mod pty;

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use pty::Pty;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Who owns nothing.
const NOBODY: u32 = 65534;

fn printing(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qari"));
    command
        .args(["--lang", "en", "print"])
        .args(arguments)
        .env("QARI_STATE", folder.join(".state"))
        .env("HOME", folder)
        .env_remove("XDG_CONFIG_HOME")
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

fn print(folder: &Path, arguments: &[&str]) -> Output {
    printing(folder, arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A book of one chapter; both files as they are given.
fn book(package: &str, chapter: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let container = "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>\
                     <rootfile full-path='book.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";
    for (name, content) in [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("book.opf", package),
        ("a.xhtml", chapter),
    ] {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn package(doctype: &str, title: &str) -> String {
    format!(
        "<?xml version='1.0'?>{doctype}<package xmlns='http://www.idpf.org/2007/opf' version='3.0'>\
         <metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{title}</dc:title></metadata>\
         <manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest>\
         <spine><itemref idref='a'/></spine></package>"
    )
}

#[test]
fn what_is_no_file_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("good.txt"), "نص سليم\n").unwrap();
    let _socket = UnixListener::bind(path("socket")).unwrap();
    symlink("round", path("round")).unwrap();
    for (name, says) in [
        ("socket", "a device or a socket"),
        ("/dev/zero", "a device or a socket"),
        ("/dev/urandom", "a device or a socket"),
        ("round", ""),
        ("missing", "no such file"),
    ] {
        let output = print(folder.path(), &[name, "good.txt"]);
        assert_eq!(out(&output), "نص سليم\n", "{name}");
        assert_eq!(output.status.code(), Some(2), "{name}");
        let told = told(&output);
        assert!(told.contains(name) && told.contains(says), "{told}");
    }
}

#[test]
fn a_directory_of_all_that_is_bad_is_read_as_far_as_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("texts/below")).unwrap();
    fs::write(path("texts/good.txt"), "نص سليم\n").unwrap();
    fs::write(path("texts/below/other.txt"), "نص آخر\n").unwrap();
    let _socket = UnixListener::bind(path("texts/socket")).unwrap();
    symlink("/dev/zero", path("texts/zero")).unwrap();
    symlink(path("texts"), path("texts/below/up")).unwrap();
    symlink("round", path("texts/round")).unwrap();
    fs::write(path("texts/cut.epub"), b"PK\x03\x04cut").unwrap();
    let output = print(folder.path(), &["texts"]);
    let text = out(&output);
    assert_eq!(text.matches("نص سليم").count(), 1, "{text}");
    assert_eq!(text.matches("نص آخر").count(), 1, "{text}");
    assert_eq!(output.status.code(), Some(2));
    let told = told(&output);
    assert!(
        told.contains("cut.epub") && !told.contains("socket"),
        "{told}"
    );
}

#[test]
fn what_may_not_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("good.txt"), "نص سليم\n").unwrap();
    fs::write(path("locked.txt"), "سر\n").unwrap();
    fs::set_permissions(path("locked.txt"), fs::Permissions::from_mode(0o0)).unwrap();
    // Nothing is locked for root, who reads as somebody else then.
    let is_root = fs::read(path("locked.txt")).is_ok();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    for arguments in [&["locked.txt", "good.txt"][..], &["."]] {
        let mut command = printing(folder.path(), arguments);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        let Ok(output) = command.output() else {
            // The program itself is out of their reach.
            assert!(is_root);
            return;
        };
        assert_eq!(out(&output), "نص سليم\n");
        let told = told(&output);
        assert!(
            told.contains("locked.txt") && told.contains("not permitted"),
            "{told}"
        );
    }
}

#[test]
fn a_line_without_end_is_printed_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let line = format!("{}\n", "كلام بلا نهاية ".repeat(300_000).trim_end());
    fs::write(folder.path().join("line.txt"), &line).unwrap();
    let output = print(folder.path(), &["--width", "0", "line.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(out(&output) == line, "every byte of it");
}

#[test]
fn a_book_brings_no_bomb_along() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut entities = "<!DOCTYPE package [<!ENTITY a0 'بوم'>".to_owned();
    for level in 1..30 {
        let before = level - 1;
        let _ = write!(
            entities,
            "<!ENTITY a{level} '&a{before};&a{before};&a{before};'>"
        );
    }
    entities.push_str("]>");
    let chapter = "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>فصل سليم</p></body></html>";
    let bombed = chapter.replace(
        "<html",
        &format!("{}<html", entities.replace("package", "html")),
    );
    let bombed = bombed.replace("سليم", "&a29;");
    let deep = format!(
        "<html xmlns='http://www.w3.org/1999/xhtml'><body>{}قاع{}</body></html>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    for (name, package, chapter, text) in [
        (
            "package.epub",
            package(&entities, "&a29;"),
            chapter,
            "فصل سليم",
        ),
        ("chapter.epub", package("", "كتاب"), &bombed, "فصل"),
        ("deep.epub", package("", "كتاب"), &deep, "قاع"),
    ] {
        fs::write(path(name), book(&package, chapter)).unwrap();
        let output = print(folder.path(), &[name]);
        let (printed, told) = (out(&output), told(&output));
        assert!(printed.len() < 2000, "{name}: {} bytes", printed.len());
        assert!(
            printed.contains(text) || told.contains(name),
            "{name} is read or told: {printed} {told}"
        );
    }
}

/// A feed that declares entities which stand for each other; the last comes to billions of letters.
fn bombed(kind: &str, body: &str) -> String {
    let mut declared = "<!ENTITY a0 'بوم'>".to_owned();
    for level in 1..30 {
        let before = level - 1;
        let _ = write!(
            declared,
            "<!ENTITY a{level} '&a{before};&a{before};&a{before};'>"
        );
    }
    format!("<?xml version='1.0'?><!DOCTYPE {kind} [{declared}]>{body}")
}

#[test]
fn no_entity_swells_in_feeds_and_lists_of_feeds() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let item = "<item><title>خبر &a29;</title><description>نص &a29;</description></item>";
    let feed = format!("<rss version='2.0'><channel><title>&a29;</title>{item}</channel></rss>");
    fs::write(path("feed.xml"), bombed("rss", &feed)).unwrap();
    let output = print(folder.path(), &["feed.xml"]);
    assert!(out(&output).len() < 3000, "{} bytes", output.stdout.len());
    assert!(out(&output).contains("خبر") || told(&output).contains("feed.xml"));
    let outline = "<outline text='&a29;' xmlUrl='http://127.0.0.1:1/f'/>";
    let list = format!("<opml version='2.0'><body>{outline}</body></opml>");
    fs::write(path("list.opml"), bombed("opml", &list)).unwrap();
    let add = |list: &str| {
        let mut add = Command::new(env!("CARGO_BIN_EXE_qari"));
        add.args(["--lang", "en", "add", list]);
        add.env("QARI_STATE", path(".state"))
            .current_dir(folder.path());
        add.output().unwrap()
    };
    let added = out(&add("list.opml"));
    assert!(added.starts_with("Added") && added.len() < 3000, "{added}");
    let deep = "<outline text='a'>".repeat(100_000);
    let inner = "<outline xmlUrl='http://127.0.0.1:1/deep'/>";
    fs::write(path("deep.opml"), format!("<opml><body>{deep}{inner}")).unwrap();
    assert_eq!(out(&add("deep.opml")).lines().count(), 1);
}

#[test]
fn what_is_nested_or_repeated_without_end_is_read_or_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let page = "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>قاع</p></body></html>";
    let again = package("", "كتاب").replace(
        "<itemref idref='a'/>",
        &"<itemref idref='a'/>".repeat(100_000),
    );
    let mut small = GzEncoder::new(Vec::new(), Compression::best());
    small.write_all(&vec![b' '; 64 << 20]).unwrap();
    let feed = |inner: &str| {
        format!("<?xml version='1.0'?><rss version='2.0'><channel>{inner}</channel></rss>")
    };
    // The second byte of each frame asks for a window of terabytes, or says that so much is to come (RFC 8878, 3.1.1.1).
    let window = [b"\x28\xb5\x2f\xfd\x00\xff\x01\x00\x00".as_slice(), &[0; 9]].concat();
    let size = [b"\x28\xb5\x2f\xfd\xe0".as_slice(), &[0xff; 8], &[1, 0, 0]].concat();
    for (name, content, wanted) in [
        ("spine.epub", book(&again, page), "قاع"),
        ("quotes.md", format!("# ع\n\n{} قاع\n", ">".repeat(100_000)).into(), "قاع"),
        ("quotes-apart.md", format!("# ع\n\n{}قاع\n", "> ".repeat(100_000)).into(), "قاع"),
        ("brackets.md", format!("# ع\n\n{} قاع\n", "[".repeat(1_000_000)).into(), "قاع"),
        ("lists.md", (0..2000).fold("# ع\n\n".into(), |all: String, level| all + &" ".repeat(2 * level) + "- قاع\n").into(), "قاع"),
        ("records.jsonl", format!("{{\"title\":\"ع\",\"text\":\"س\",\"x\":{}{}}}\n{{\"title\":\"ع\",\"text\":\"قاع\"}}\n", "[".repeat(100_000), "]".repeat(100_000)).into(), "قاع"),
        ("open.jsonl", format!("{{\"title\":\"ع\",\"text\":\"{}", "س ".repeat(1_000_000)).into(), "open.jsonl"),
        ("span.html", "<table><tr><td colspan=1000000000 rowspan=1000000000>س<td>ق<tr><td>قاع</table>".into(), "قاع"),
        ("numbers.html", "<ol start=99999999999999999999><li>س</ol><ol start=-9223372036854775808><li>س<li>قاع</ol>".into(), "قاع"),
        ("feed-deep.xml", feed(&"<a>".repeat(200_000)).into(), "feed-deep.xml"),
        ("feed-page.xml", feed(&format!("<item><title>ع</title><description>{}قاع</description></item>", "&lt;div&gt;".repeat(100_000))).into(), "قاع"),
        ("feed-many.xml", feed(&"<item><title>خبر</title></item>".repeat(1_000_000)).into(), "feed-many.xml"),
        ("spaces.gz", small.finish().unwrap(), "out of all proportion"),
        ("window.zst", window, "window.zst"),
        ("size.zst", size, "size.zst"),
    ] {
        fs::write(path(name), content).unwrap();
        let output = print(folder.path(), &[name]);
        let (text, told) = (out(&output), told(&output));
        assert!(text.contains(wanted) || told.contains(wanted), "{name}: {told}");
        if name == "spine.epub" {
            assert_eq!(text.matches(wanted).count(), 1, "a part is read once");
        }
        // Of lines of JSON each is told that holds no article; the file is read.
        if text.is_empty() && name != "open.jsonl" {
            assert_eq!(output.status.code(), Some(2), "{name}");
            assert!(told.lines().count() > 1, "a hint: {told}");
        }
    }
}

#[test]
fn no_name_of_a_file_steers_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let names: [&[u8]; 4] = [
        b"a\x1b[31mred.txt",
        "b\u{202e}txt.exe".as_bytes(),
        b"c\nqari: all is lost.txt",
        b"d\xff\xfe\x9b2J.txt",
    ];
    fs::create_dir(folder.path().join("texts")).unwrap();
    for name in names {
        // Nothing in it but its name.
        fs::write(
            folder.path().join("texts").join(OsStr::from_bytes(name)),
            "\n",
        )
        .unwrap();
    }
    let mut missing = printing(folder.path(), &[]);
    missing.args(names.map(OsStr::from_bytes));
    let told = told(&missing.output().unwrap());
    for shown in [
        "a␛[31mred.txt",
        "b⇇txt.exe",
        "c␊qari: all is lost.txt",
        "d\u{fffd}",
    ] {
        assert!(told.contains(shown), "{told}");
    }
    assert!(!told.contains(['\x1b', '\u{202e}', '\u{9b}']), "{told}");
    let state = folder.path().join(".state");
    let mut add = Command::new(env!("CARGO_BIN_EXE_qari"));
    add.args(["--lang", "en", "add"])
        .args(names.map(OsStr::from_bytes));
    add.env("QARI_STATE", &state)
        .current_dir(folder.path().join("texts"));
    let added = out(&add.output().unwrap());
    assert_eq!(added.lines().count(), 4, "one line each: {added}");
    assert!(!added.contains(['\x1b', '\u{202e}', '\u{9b}']), "{added}");
    let texts = folder.path().join("texts");
    let variables = [("QARI_STATE", state.to_str().unwrap())];
    let arguments = ["--lang", "en", texts.to_str().unwrap()];
    let mut pty = Pty::start_with(
        env!("CARGO_BIN_EXE_qari"),
        &arguments,
        (120, 20),
        &variables,
    );
    pty.wait("all", |screen| screen.contents().contains("Articles (4)"));
    let screen = pty.screen().contents();
    assert!(
        screen.contains("a␛[31mred") && screen.contains("b⇇"),
        "{screen}"
    );
    pty.send("q");
    assert!(pty.end().0.success());
}

#[test]
fn a_line_of_half_a_gigabyte_is_read_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.txt");
    let mut file = fs::File::create(&path).unwrap();
    let part = "كلام بلا نهاية ".repeat(40_000);
    file.write_all("بداية السطر ".as_bytes()).unwrap();
    for _ in 0..500_000_000 / part.len() {
        file.write_all(part.as_bytes()).unwrap();
    }
    file.write_all("خاتمة السطر".as_bytes()).unwrap();
    drop(file);
    let state = folder.path().join(".state");
    let variables = [("QARI_STATE", state.to_str().unwrap())];
    let arguments = ["--lang", "en", path.to_str().unwrap()];
    let mut pty = Pty::start_with(env!("CARGO_BIN_EXE_qari"), &arguments, (80, 12), &variables);
    let shaped = |words: &str| {
        let shaped = qari::text::joining::shape(words);
        shaped.chars().rev().collect::<String>()
    };
    for (keys, words) in [("", "بداية"), ("G", "خاتمة"), ("g g", "بداية")] {
        pty.send(&keys.replace(' ', ""));
        let wanted = shaped(words);
        pty.wait(words, |screen| screen.contents().contains(&wanted));
    }
    pty.send("50%");
    pty.wait("the middle", |screen| screen.contents().contains("50%"));
    pty.send("q");
    assert!(pty.end().0.success());
}
