//! What is bad in other ways than its format: files that are none, files that may not be read, lines without end, books that bring
//! bombs along. Each is told by its name and with its reason, and what stands beside it is read.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

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
