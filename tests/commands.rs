//! The commands beside the reader, run as a user runs them: the real program, real files, real pipes.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A directory of one test, gone when the test ends.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("qari-commands-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.0.join(name), content).unwrap();
        self
    }

    /// The state of this test: hidden, so that it is no part of the directory.
    fn state(&self) -> PathBuf {
        self.0.join(".state")
    }

    /// The program in this directory, with these arguments (words) and no input.
    fn qari(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qari"));
        command
            .args(line.split_whitespace())
            .current_dir(&self.0)
            .stdin(Stdio::null())
            .env("XDG_STATE_HOME", self.state())
            .env("XDG_CONFIG_HOME", self.state())
            .env_remove("QARI_STATE")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env("LANG", "C.UTF-8");
        command
    }

    fn run(&self, line: &str) -> Output {
        self.qari(line).output().unwrap()
    }

    /// What a run writes that goes well.
    fn out(&self, line: &str) -> String {
        let output = self.run(line);
        assert_eq!(text(&output.stderr), "", "{line}");
        assert_eq!(output.status.code(), Some(0), "{line}");
        text(&output.stdout)
    }

    /// What a run writes that is given this input.
    fn fed(&self, line: &str, input: &[u8]) -> String {
        let mut child = self
            .qari(line)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        text(&child.wait_with_output().unwrap().stdout)
    }

    fn objects(&self, line: &str) -> Vec<Value> {
        self.out(line)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn number(value: &Value, key: &str) -> usize {
    usize::try_from(value[key].as_u64().unwrap()).unwrap()
}

/// Checks the four offsets of an object against the document text and returns what they cut out.
fn slice<'a>(document: &'a str, object: &Value) -> &'a str {
    let [start, end, byte_start, byte_end] =
        ["start", "end", "byte_start", "byte_end"].map(|key| number(object, key));
    let slice = &document[byte_start..byte_end];
    let characters: String = document.chars().skip(start).take(end - start).collect();
    assert_eq!(slice, characters, "{object}");
    slice
}

/// Two articles with repeated titles, with everything that makes offsets hard.
const TWO: &str = "\u{feff}وصل بوتين  إلى موسكو\r\nوصل بوتين إلى موسكو\r\n\r\nقال «لا» في كازاخستان 😀. \r\n\u{a0}\r\nنص\u{fffd}\r\n\r\nخبر ثان\r\nخبر ثان\r\n\r\nعاد بوتين إلى روسيا.\r\n";

#[test]
fn prints_logical_paragraphs_in_a_pipe() {
    let place = Place::new("print");
    place.file("a.txt", TWO);
    let expected = "وصل بوتين إلى موسكو\n\nقال «لا» في كازاخستان 😀.\n\nنص\u{fffd}\n\n\nخبر ثان\n\nعاد بوتين إلى روسيا.\n";
    assert_eq!(place.out("print a.txt"), expected);
    assert_eq!(place.out("a.txt"), expected, "no terminal to read on");
    assert_eq!(place.fed("print", TWO.as_bytes()), expected);
    assert_eq!(place.fed("print -", TWO.as_bytes()), expected);
    assert_eq!(place.fed("", TWO.as_bytes()), expected);
    let twice = place.out("print a.txt a.txt");
    assert_eq!(
        twice,
        format!("{expected}\n\n{expected}"),
        "two blank lines between files"
    );
}

#[test]
fn prints_plain_text_as_typed() {
    let place = Place::new("typed");
    place.file("a.txt", "# عنوان\n\n*مائل* و`رمز`\n\n    مسافة\n");
    assert_eq!(
        place.out("print a.txt"),
        "# عنوان\n\n*مائل* و`رمز`\n\n    مسافة\n"
    );
    place.file("b.txt", "قال:\u{202e}\u{200f} a\u{1b}[2Jb\u{9b}\u{200c}\n");
    let printed = place.out("print b.txt");
    assert!(
        !printed.contains(|c: char| c.is_control() && c != '\n'),
        "{printed:?}"
    );
    assert!(!printed.contains(['\u{202e}', '\u{200f}']), "{printed:?}");
}

#[test]
fn breaks_logical_lines_and_never_pads() {
    let place = Place::new("width");
    place.file("a.txt", "الكلام الأول هنا لا يطول كثيرا\n");
    assert_eq!(
        place.out("print --width 12 a.txt"),
        "الكلام الأول\nهنا لا يطول\nكثيرا\n"
    );
    assert_eq!(
        place.out("print --width 12 --align start a.txt"),
        "الكلام الأول\nهنا لا يطول\nكثيرا\n"
    );
    assert_eq!(
        place.out("print --width 0 a.txt"),
        "الكلام الأول هنا لا يطول كثيرا\n"
    );
}

#[test]
fn prints_visual_lines_on_request() {
    let place = Place::new("visual");
    place.file("a.txt", "سلام (لا) abc\n");
    assert_eq!(place.out("print --order visual a.txt"), "abc (ﻻ) ﻡﻼﺳ\n");
    assert_eq!(
        place.out("print --order visual --no-join a.txt"),
        "abc (ال) مالس\n"
    );
    assert_eq!(
        place.out("print --order visual --direction ltr a.txt"),
        "(ﻻ) ﻡﻼﺳ abc\n"
    );
    assert_eq!(
        place.out("print --order visual --align start a.txt"),
        "abc (ﻻ) ﻡﻼﺳ\n",
        "no width, no padding"
    );
    assert_eq!(
        place.out("print --order visual --width 20 a.txt"),
        "abc (ﻻ) ﻡﻼﺳ\n"
    );
    assert_eq!(
        place.out("print --order visual --width 20 --align start a.txt"),
        "         abc (ﻻ) ﻡﻼﺳ\n"
    );
    assert_eq!(
        place.out("print --order visual --width 20 --align start --direction ltr a.txt"),
        "(ﻻ) ﻡﻼﺳ abc\n"
    );
}

#[test]
fn colours_names_only_when_asked_in_a_pipe() {
    let place = Place::new("colour");
    place.file("a.txt", "زار كازاخستان أمس.\n");
    assert_eq!(place.out("print a.txt"), "زار كازاخستان أمس.\n");
    assert!(
        place
            .out("print --color a.txt")
            .contains("\x1b[4;32mكازاخستان\x1b[24;39m")
    );
    assert!(
        place
            .out("print --color --order visual a.txt")
            .contains("\x1b[4;32mﻥﺎﺘﺴﺧﺍﺯﺎﻛ\x1b[24;39m")
    );
}

#[test]
fn lists_articles_with_offsets() {
    let place = Place::new("articles");
    place.file("a.txt", TWO);
    let document = TWO.strip_prefix('\u{feff}').unwrap();
    let articles = place.objects("articles --json a.txt");
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[0]["file"], "a.txt");
    assert_eq!(articles[1]["article"], 1);
    assert_eq!(articles[0]["title"], "وصل بوتين إلى موسكو");
    assert_eq!(number(&articles[0], "words"), 9);
    assert_eq!(number(&articles[0], "start"), 0);
    let first = slice(document, &articles[0]);
    assert!(
        first.starts_with("وصل بوتين  إلى") && first.ends_with("نص\u{fffd}"),
        "{first:?}"
    );
    let second = slice(document, &articles[1]);
    assert!(
        second.starts_with("خبر ثان\r\nخبر") && second.ends_with("روسيا."),
        "{second:?}"
    );
    let keys = [
        "file",
        "article",
        "title",
        "words",
        "start",
        "end",
        "byte_start",
        "byte_end",
    ];
    assert_in_order(&place.out("articles --json a.txt"), &keys);
    assert_eq!(
        place
            .fed("articles --json -", TWO.as_bytes())
            .matches(r#""file":"-""#)
            .count(),
        2
    );
    assert_eq!(
        place.out("articles a.txt"),
        "1\tوصل بوتين إلى موسكو\t9\n2\tخبر ثان\t6\n"
    );
}

/// Every line of the output holds the keys of an object in this order.
fn assert_in_order(output: &str, keys: &[&str]) {
    for line in output.lines() {
        let places: Vec<usize> = keys
            .iter()
            .map(|key| line.find(&format!("\"{key}\":")).unwrap())
            .collect();
        assert!(places.is_sorted(), "{line}");
    }
}

#[test]
fn lists_names_with_offsets() {
    let place = Place::new("entities");
    place.file("a.txt", TWO);
    let document = TWO.strip_prefix('\u{feff}').unwrap();
    let mentions = place.objects("entities --json a.txt");
    let found: Vec<(&str, usize)> = mentions
        .iter()
        .map(|mention| {
            (
                mention["text"].as_str().unwrap(),
                number(mention, "article"),
            )
        })
        .collect();
    assert!(
        found.contains(&("كازاخستان", 0)) && found.contains(&("روسيا", 1)),
        "{found:?}"
    );
    for mention in &mentions {
        assert_eq!(slice(document, mention), mention["text"]);
    }
    let moscow: Vec<&Value> = mentions
        .iter()
        .filter(|mention| mention["text"] == "موسكو")
        .collect();
    assert_eq!(moscow.len(), 1, "a repeated title is read once");
    assert!(
        number(moscow[0], "byte_start") > document.find('\n').unwrap(),
        "in its second copy"
    );
    let keys = [
        "file",
        "article",
        "kind",
        "text",
        "name",
        "start",
        "end",
        "byte_start",
        "byte_end",
    ];
    assert_in_order(&place.out("entities --json a.txt"), &keys);
    assert_eq!(
        place.out("entities --format json a.txt"),
        place.out("entities --json a.txt")
    );
    let separated = place.out("entities a.txt");
    assert_eq!(separated.lines().count(), mentions.len());
    assert!(
        separated
            .lines()
            .all(|line| line.split('\t').count() == keys.len())
    );
    assert_eq!(separated, place.out("entities --format tsv a.txt"));
    let table = place.out("entities --format table a.txt");
    assert!(
        table.starts_with("Kind") && table.contains("كازاخستان"),
        "{table}"
    );
}

/// Three articles: a full name, then the surname alone, then another person.
const THREE: [(&str, &str); 3] = [
    (
        "a.txt",
        "زيارة\n\nزار الرئيس فلاديمير بوتين موسكو وكازاخستان. ثم عاد بوتين.\n",
    ),
    ("b.txt", "عودة\n\nوصل بوتين إلى موسكو في عام 2022.\n"),
    (
        "c.txt",
        "رأي\n\nيرى المستشار أولاف شولتس أن كازاخستان بعيدة.\n",
    ),
];

fn three(name: &str) -> Place {
    let place = Place::new(name);
    for (file, text) in THREE {
        place.file(file, text);
    }
    place
}

#[test]
fn lists_the_index_over_all_articles() {
    let place = three("index");
    let objects = place.objects("index --json a.txt b.txt c.txt");
    let putin = objects
        .iter()
        .find(|entry| entry["name"] == "فلاديمير بوتين")
        .unwrap();
    assert_eq!(
        (&putin["kind"], &putin["mentions"], &putin["articles"]),
        (&"person".into(), &3.into(), &2.into())
    );
    let places = putin["places"].as_array().unwrap();
    assert_eq!(places[1]["file"], "b.txt");
    assert_eq!(places[1]["title"], "عودة");
    assert_eq!(places[1]["article"], 0);
    assert_eq!(places[0]["mentions"], 2);
    let separated = place.out("index a.txt b.txt c.txt");
    assert!(
        separated.contains("person\tفلاديمير بوتين\t3\t2\t1\t2\n"),
        "{separated}"
    );
    assert_eq!(separated.lines().count(), objects.len());
    let few = place.out("index --kinds place --min-count 2 a.txt b.txt c.txt");
    assert_eq!(few.lines().count(), 2, "{few}");
    let table = place.out("index --format table a.txt b.txt c.txt");
    assert!(
        table.starts_with("Kind") && table.contains("بوتين"),
        "{table}"
    );
    assert!(place.out("index").contains("\tروسيا\t"), "the shelf");
}

#[test]
fn draws_who_is_named_together() {
    let place = three("graph");
    let graph: Value =
        serde_json::from_str(&place.out("graph --format json a.txt b.txt c.txt")).unwrap();
    let nodes = graph["nodes"].as_array().unwrap();
    let id = |name: &str| {
        let node = nodes.iter().find(|node| node["name"] == name).unwrap();
        node["id"].clone()
    };
    assert!(nodes.iter().all(|node| node["kind"] != "date"));
    let mut ends = [id("فلاديمير بوتين"), id("موسكو")];
    ends.sort_by_key(Value::as_u64);
    let edge = graph["edges"]
        .as_array()
        .unwrap()
        .iter()
        .find(|edge| [&edge["source"], &edge["target"]] == [&ends[0], &ends[1]])
        .unwrap();
    assert_eq!(edge["paragraphs"], 2);
    let dot = place.out("graph --min-count 2 a.txt b.txt c.txt");
    assert!(dot.starts_with("graph ") && dot.ends_with("}\n"), "{dot}");
    assert!(dot.contains(" -- ") && !dot.contains("شولتس"), "{dot}");
    assert_eq!(place.run("graph --kinds town a.txt").status.code(), Some(2));
    assert_eq!(place.run("index missing b.txt").status.code(), Some(2));
}

#[test]
fn writes_names_for_conll() {
    let place = three("conll");
    let lines = place.out("entities --format conll b.txt");
    let first = "عودة O\n\nوصل O\nبوتين B-person\nإلى O\nموسكو B-place\n";
    assert!(lines.starts_with(first), "{lines}");
    assert!(lines.ends_with("-date\n. O\n\n"), "{lines}");
    let places = place.out("entities --format conll --kinds place a.txt");
    assert!(places.contains("\nو O\nكازاخستان B-place\n"), "{places}");
    assert!(places.contains("\nبوتين O\n"), "{places}");
    let often = place.objects("entities --json --min-count 2 a.txt");
    assert!(
        often
            .iter()
            .all(|mention| mention["name"] == "فلاديمير بوتين")
    );
    assert_eq!(often.len(), 2);
}

#[test]
fn counts_right_in_real_articles() {
    let place = Place::new("real");
    let shelf = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/articles");
    let objects =
        ["articles", "entities"].map(|list| place.objects(&format!("{list} --json {shelf}")));
    assert!(objects.iter().all(|list| list.len() >= 7));
    for object in objects.iter().flatten() {
        let document = fs::read_to_string(object["file"].as_str().unwrap()).unwrap();
        let slice = slice(&document, object);
        assert_eq!(slice, slice.trim(), "{object}");
        assert!(
            object.get("text").is_none_or(|text| text == slice),
            "{object}"
        );
    }
    let printed = place.out(&format!("print {shelf}"));
    assert!(
        !printed.contains(['\u{200e}', '\u{200f}', '\u{61c}']),
        "no bidi controls"
    );
    for file in fs::read_dir(shelf).unwrap() {
        let source = fs::read_to_string(file.unwrap().path()).unwrap();
        for line in source.lines().filter(|line| !line.trim().is_empty()) {
            let line = line.trim_end().replace('\u{200e}', "");
            assert_eq!(printed.matches(&format!("{line}\n")).count(), 1, "{line}");
        }
    }
}

#[test]
fn reads_the_shelf_unless_told_otherwise() {
    let place = Place::new("shelf");
    let articles = place.objects("articles --json");
    assert!(articles.len() >= 7);
    assert_eq!(articles[0]["file"], "qari:guide");
    assert_eq!(articles[0]["title"], "A guide to qari");
    assert_eq!(
        place.objects("--lang ar articles --json")[0]["title"],
        "دليل قارئ"
    );
    assert!(place.out("print").starts_with("A guide to qari\n\n"));
    assert!(place.out("").starts_with("A guide to qari\n\n"));
    assert!(place.out("entities").starts_with("qari:"));
}

#[test]
fn shows_what_is_no_utf_8_and_says_so() {
    let place = Place::new("invalid");
    place.file("a.txt", b"\xEF\xBB\xBF\xD8\xB3\xFF\xE2\x82 \xD8\xB3\r\n");
    let output = place.run("print a.txt");
    assert_eq!(text(&output.stdout), "س\u{fffd}\u{fffd} س\n");
    assert_eq!(output.status.code(), Some(0));
    assert!(
        text(&output.stderr).starts_with("qari: a.txt: 2 sequences"),
        "{}",
        text(&output.stderr)
    );
    let article = &place.run("articles --json a.txt").stdout;
    let article: Value = serde_json::from_slice(article).unwrap();
    assert_eq!(
        slice("س\u{fffd}\u{fffd} س\r\n", &article),
        "س\u{fffd}\u{fffd} س"
    );
}

#[test]
fn does_the_other_sources_when_one_cannot_be_read() {
    let place = Place::new("unread");
    place.file("a.txt", "أول\n").file("b.txt", "ثان\n");
    fs::create_dir(place.0.join("empty")).unwrap();
    for (line, expected) in [
        ("print a.txt missing b.txt", "أول\n\n\nثان\n"),
        ("a.txt empty b.txt /dev/zero", "أول\n\n\nثان\n"),
        ("articles missing b.txt", "1\tثان\t1\n"),
    ] {
        let output = place.run(line);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert_eq!(text(&output.stdout), expected, "{line}");
        assert!(text(&output.stderr).starts_with("qari: "), "{line}");
    }
    let output = place.run("--lang ar entities missing");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).starts_with("qari: missing: لا يوجد"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn reads_files_named_like_commands_and_whole_directories() {
    let place = Place::new("names");
    place
        .file("print", "ملف\n")
        .file("b10", "عاشر\n")
        .file("b9", "تاسع\n")
        .file("-x", "شرطة\n");
    place.file("binary", b"\0\x01\x02");
    assert_eq!(place.out("./print"), "ملف\n");
    assert_eq!(place.out("print ./print"), "ملف\n");
    assert_eq!(place.out("print print"), "ملف\n");
    assert_eq!(place.out("-- print -x"), "ملف\n\n\nشرطة\n");
    let files: Vec<Value> = place
        .objects("articles --json .")
        .iter()
        .map(|object| object["file"].clone())
        .collect();
    assert_eq!(files, ["./-x", "./b9", "./b10", "./print"]);
}

#[test]
fn refuses_wrong_usage_with_a_hint() {
    let place = Place::new("usage");
    for line in [
        "--nonsense",
        "print --width x",
        "print --order up",
        "entities --format xml",
        "print --width",
    ] {
        let output = place.run(line);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert_eq!(text(&output.stdout), "", "{line}");
        assert_eq!(
            text(&output.stderr).lines().count(),
            2,
            "{line}: {}",
            text(&output.stderr)
        );
    }
    let arabic = text(
        &place
            .qari("print --order up")
            .env("LANG", "ar_EG.UTF-8")
            .output()
            .unwrap()
            .stderr,
    );
    assert!(arabic.contains("لا يقبل الخيار --order"), "{arabic}");
}

#[test]
fn explains_itself() {
    let place = Place::new("help");
    for command in ["", "print", "articles", "entities"] {
        let help = place.out(&format!("{command} --help"));
        assert!(
            help.contains(&format!("qari {command}").trim_end().to_owned()),
            "{help}"
        );
        assert!(help.contains("--lang ar|en"), "{help}");
        let arabic = place.out(&format!("{command} --help --lang ar"));
        assert!(arabic.contains("الخيارات"), "{arabic}");
    }
    let print = place.out("print --help");
    for option in [
        "--width",
        "--order",
        "--no-join",
        "--align",
        "--direction",
        "--color",
    ] {
        assert!(print.contains(option), "{option}");
    }
    assert!(place.out("--version").starts_with("qari "));
    assert!(place.out("--generate man").contains(".TH qari"));
}

#[test]
fn is_quiet_when_the_pipe_is_closed() {
    let place = Place::new("pipe");
    place.file("long.txt", "كلام طويل جدا\n".repeat(20_000));
    for line in ["print long.txt", "entities --json long.txt", "print --help"] {
        let mut child = place
            .qari(line)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(said, "", "{line}");
        assert_eq!(child.wait().unwrap().code(), Some(0), "{line}");
    }
}

#[test]
fn says_when_writing_fails() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let place = Place::new("full");
    let device = fs::OpenOptions::new().write(true).open(full).unwrap();
    let output = place.qari("print").stdout(device).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("qari: "));
}

/// A run on a terminal of its own: the terminal's other end, and the program.
fn start_on_a_terminal(
    place: &Place,
    line: &str,
    columns: u16,
    term: &str,
) -> (
    Box<dyn portable_pty::MasterPty>,
    Box<dyn portable_pty::Child>,
) {
    let size = portable_pty::PtySize {
        rows: 24,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = portable_pty::native_pty_system().openpty(size).unwrap();
    let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_qari"));
    command.args(line.split_whitespace());
    command.cwd(&place.0);
    command.env("TERM", term);
    command.env("LC_ALL", "C.UTF-8");
    command.env("XDG_STATE_HOME", place.state());
    command.env_remove("QARI_STATE");
    command.env_remove("NO_COLOR");
    // A terminal that is known without being asked: nobody answers here.
    if term == "xterm" {
        command.env("XTERM_VERSION", "XTerm(379)");
    }
    let child = pair.slave.spawn_command(command).unwrap();
    (pair.master, child)
}

/// What a run sends to a terminal of this many columns.
fn on_a_terminal(place: &Place, line: &str, columns: u16, term: &str) -> String {
    let (master, mut child) = start_on_a_terminal(place, line, columns, term);
    let mut sent = Vec::new();
    // The end of a pseudo-terminal is an error on some systems.
    let _ = master.try_clone_reader().unwrap().read_to_end(&mut sent);
    child.wait().unwrap();
    text(&sent)
}

#[test]
fn gives_the_terminal_back_after_an_interrupt() {
    let place = Place::new("interrupt");
    place.file("long.txt", "كلام طويل جدا\n".repeat(20_000));
    // Ctrl-C makes the kernel throw away what a terminal still holds; on a crowded machine that can reach what is written next.
    let told: Vec<String> = (0..3).map(|_| interrupted(&place)).collect();
    assert!(
        told.iter().any(|rest| rest.ends_with("\n\x1b[8h")),
        "{:?}",
        told.iter()
            .map(|rest| rest.lines().last())
            .collect::<Vec<_>>()
    );
}

/// What comes from a long print after it was interrupted.
fn interrupted(place: &Place) -> String {
    let (master, mut child) = start_on_a_terminal(place, "print long.txt", 40, "xterm");
    let mut reader = master.try_clone_reader().unwrap();
    let mut first = [0; 64];
    reader.read_exact(&mut first).unwrap();
    // The program waits with a full terminal before it until the rest is read.
    master.take_writer().unwrap().write_all(b"\x03").unwrap();
    let mut rest = Vec::new();
    let _ = reader.read_to_end(&mut rest);
    assert_eq!(child.wait().unwrap().exit_code(), 130);
    let rest = String::from_utf8_lossy(&rest).into_owned();
    assert!(rest.lines().count() < 20_000);
    rest
}

#[test]
fn sets_lines_for_the_eye_on_a_terminal() {
    let place = Place::new("terminal");
    place.file("a.txt", "سلام لا\n");
    assert_eq!(
        on_a_terminal(&place, "print a.txt", 12, "xterm"),
        "\x1b[8l       ﻻ ﻡﻼﺳ\r\n\x1b[8h"
    );
    let wide = on_a_terminal(&place, "print a.txt", 200, "xterm");
    assert_eq!(
        wide,
        format!("\x1b[8l{}ﻻ ﻡﻼﺳ\r\n\x1b[8h", " ".repeat(75)),
        "at most 80 columns"
    );
    assert_eq!(
        on_a_terminal(&place, "print --order logical a.txt", 12, "xterm"),
        "سلام لا\r\n"
    );
    assert_eq!(
        on_a_terminal(&place, "print a.txt", 12, "dumb"),
        "سلام لا\r\n"
    );
    place.file("long.txt", "كلام ".repeat(40));
    let lines = |columns| -> Vec<usize> {
        let sent = on_a_terminal(&place, "print long.txt", columns, "dumb");
        sent.lines().map(|line| line.chars().count()).collect()
    };
    assert_eq!(lines(12).first(), Some(&9), "words that fit 12 columns");
    assert_eq!(lines(200).first(), Some(&79), "at most 80 columns");
    let missing = on_a_terminal(&place, "--lang ar print missing", 80, "xterm");
    assert!(
        missing.starts_with("\x1b[8l") && missing.trim_end().ends_with("\x1b[8h"),
        "{missing:?}"
    );
    assert!(missing.contains("missing :qari"), "{missing:?}");
    let table = on_a_terminal(&place, "--lang ar articles a.txt", 40, "xterm");
    let row = table.lines().nth(1).unwrap_or_default();
    assert!(
        row.trim_start().starts_with("2 ") && row.ends_with("ﻻ ﻡﻼﺳ  1"),
        "mirrored: {table:?}"
    );
}

#[test]
fn what_a_terminal_prints_of_a_question_does_not_stay() {
    let place = Place::new("questions");
    place.file("a.txt", "سلام لا\n");
    // One that its environment names but does not answer for is asked; here nobody answers.
    let sent = on_a_terminal(&place, "print a.txt", 12, "konsole");
    let questions = sent.strip_prefix("\x1b7\x1b[8$p");
    let lines = questions.and_then(|rest| rest.split_once("\x1b[c\x1b8\x1b[K"));
    assert!(
        lines.is_some_and(|(_, lines)| lines.starts_with("\x1b[8l") && !lines.contains("$p")),
        "{sent:?}"
    );
}

#[test]
fn doctor_tells_what_helps_in_kitty() {
    let place = Place::new("kitty");
    let said = |term| {
        let output = place.qari("doctor").env("TERM", term).output().unwrap();
        text(&output.stdout).contains("font_size")
    };
    assert_eq!((said("xterm-kitty"), said("xterm")), (true, false));
}

/// Lines of the interface, of a text, of the terminal's state, and an error, in both directions.
const LINES: [&str; 8] = [
    "--help",
    "--lang ar --help",
    "--lang ar print --help",
    "--lang ar articles a.txt",
    "print a.txt",
    "--lang ar doctor",
    "--lang ar print missing",
    "--lang en print ملف",
];

#[test]
fn nothing_but_plain_text_goes_into_a_pipe() {
    let place = Place::new("plain");
    place.file("a.txt", "سلام (a) لا\n");
    for line in LINES {
        let output = place.run(line);
        let all = text(&output.stdout) + &text(&output.stderr);
        let unseen = |c: char| {
            matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                || (c.is_control() && !matches!(c, '\n' | '\t'))
        };
        assert!(!all.is_empty() && !all.contains(unseen), "{line}: {all:?}");
    }
}

#[test]
fn a_terminal_is_told_before_the_first_line_and_after_the_last() {
    let place = Place::new("told");
    place.file("a.txt", "سلام (a) لا\n");
    for line in LINES.into_iter().filter(|line| !line.ends_with("doctor")) {
        let sent = on_a_terminal(&place, line, 60, "xterm");
        let lines = sent
            .strip_prefix("\x1b[8l")
            .and_then(|rest| rest.strip_suffix("\r\n\x1b[8h"));
        let lines = lines.unwrap_or_else(|| panic!("{line}: {sent:?}"));
        assert!(!lines.contains("\x1b[8"), "{line}: {sent:?}");
    }
}

#[test]
fn corrections_hold_in_every_command_and_can_be_carried_along() {
    let place = Place::new("corrections");
    place
        .file("a.txt", TWO)
        .file("b.txt", "عاد بوتين إلى موسكو.\n");
    place.file(
        "corrections.jsonl",
        concat!(
            r#"{"correction":"kind","names":["موسكو"],"kind":"place","to":"event"}"#,
            "\n",
            r#"{"correction":"join","names":["روسيا"],"kind":"place","to":"كازاخستان","to_kind":"place"}"#,
            "\n",
        ),
    );
    for _ in 0..2 {
        assert_eq!(place.out("corrections corrections.jsonl"), "");
        assert_eq!(place.objects("corrections --json").len(), 2);
    }
    let named = |line: &str| -> Vec<String> {
        let objects = place.objects(line);
        let names = objects
            .iter()
            .map(|object| object["name"].as_str().unwrap());
        names.map(str::to_owned).collect()
    };
    assert_eq!(named("entities --json --kinds event b.txt"), ["موسكو"]);
    assert_eq!(
        named("entities --json --kinds place a.txt"),
        ["كازاخستان"; 2]
    );
    assert_eq!(
        named("index --json --kinds event,place a.txt b.txt"),
        ["كازاخستان", "موسكو"]
    );
    assert!(
        place
            .out("graph a.txt b.txt")
            .contains("label=\"موسكو\", class=\"event\"")
    );
    let written = place.out("corrections --json");
    let other = Place::new("corrections-other");
    other.file("c.jsonl", format!("{written}no correction\n"));
    let output = other.run("corrections c.jsonl");
    assert_eq!(
        output.status.code(),
        place.run("entities none.txt").status.code()
    );
    let trouble = text(&output.stderr);
    assert!(trouble.contains("line 3"), "{trouble}");
    assert_eq!(other.out("corrections --json"), written);
    let first = "kind\tplace\tموسكو\tevent\t\n";
    assert!(other.out("corrections").starts_with(first));
}

#[test]
fn what_was_found_for_the_index_is_kept_and_found_again() {
    let place = Place::new("kept-names");
    place
        .file("a.txt", TWO)
        .file("b.txt", "عاد بوتين إلى موسكو.\n");
    let first = place.out("index --json a.txt b.txt");
    let state = rusqlite::Connection::open(place.state().join("qari/library.sqlite3")).unwrap();
    let rows = || -> i64 {
        let count = "SELECT count(*) FROM names";
        state.query_row(count, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(rows(), 3, "two articles and one");
    assert_eq!(place.out("index --json a.txt b.txt"), first);
    assert_eq!(rows(), 3);
    state.execute("UPDATE names SET body = x'FF'", []).unwrap();
    assert_eq!(
        place.out("index --json a.txt b.txt"),
        first,
        "what makes no sense is found anew"
    );
}
