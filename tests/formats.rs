//! Every format and encoding, as a user meets them: the real program on real files, and on files made to do harm.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A directory of one test, gone when the test ends.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("qari-formats-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.0.join(name), content).unwrap();
        self
    }

    /// One of the samples of `tests/data/formats`.
    fn sample(&self, name: &str) -> &Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats");
        self.file(name, fs::read(path.join(name)).unwrap())
    }

    fn run(&self, line: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_qari"))
            .args(line.split_whitespace())
            .current_dir(&self.0)
            .stdin(Stdio::null())
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env("LANG", "C.UTF-8")
            .env("QARI_STATE", self.0.join(".state"))
            .env("XDG_CONFIG_HOME", self.0.join(".state"))
            .env("PATH", &self.0)
            .output()
            .unwrap()
    }

    /// What a run writes that goes well.
    fn out(&self, line: &str) -> String {
        let output = self.run(line);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
        assert_eq!(output.status.code(), Some(0), "{line}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a run writes, and what it tells.
    fn told(&self, line: &str, code: i32) -> (String, String) {
        let output = self.run(line);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{line}: {told}");
        (String::from_utf8(output.stdout).unwrap(), told)
    }

    fn json(&self, line: &str) -> Vec<Value> {
        let out = String::from_utf8(self.run(line).stdout).unwrap();
        out.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Holds the offsets of both lists against what is printed of a file.
    fn check_offsets(&self, file: &str) {
        let text = String::from_utf8(
            self.run(&format!("print --order logical --width 0 {file}"))
                .stdout,
        )
        .unwrap();
        let articles = self.json(&format!("articles --json {file}"));
        assert!(!articles.is_empty(), "{file}");
        let part = |row: &Value| {
            let at = |name: &str| usize::try_from(row[name].as_u64().unwrap()).unwrap();
            let part = text
                .get(at("byte_start")..at("byte_end"))
                .unwrap_or_else(|| panic!("{file}: {row}"));
            let characters: String = text
                .chars()
                .skip(at("start"))
                .take(at("end") - at("start"))
                .collect();
            assert_eq!(part, characters, "{file}: {row}");
            part.to_owned()
        };
        let printed: Vec<String> = articles.iter().map(&part).collect();
        assert_eq!(printed.join("\n\n\n"), text.trim_end(), "{file}");
        for row in self.json(&format!("entities --json {file}")) {
            assert_eq!(row["text"].as_str().unwrap(), part(&row), "{file}");
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const CONTAINER: &str =
    r#"<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"#;

/// A book of these files, in this order, with this navigation.
fn book(navigation: &str, files: &[(&str, &str)]) -> Vec<u8> {
    let mut manifest = String::new();
    let mut spine = String::new();
    for (at, (name, _)) in files.iter().enumerate() {
        let item = format!("<item id='i{at}' href='{name}' media-type='application/xhtml+xml'/>");
        manifest.push_str(&item);
        spine.extend(["<itemref idref='i", &at.to_string(), "'/>"]);
    }
    let package = format!(
        "<package><metadata><dc:title>كتاب الرحلة</dc:title><dc:language>ar</dc:language></metadata><manifest><item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>{manifest}</manifest><spine page-progression-direction='rtl'>{spine}</spine></package>"
    );
    let mut parts = vec![
        ("mimetype".to_owned(), "application/epub+zip".to_owned()),
        ("META-INF/container.xml".to_owned(), CONTAINER.to_owned()),
        ("OEBPS/book.opf".to_owned(), package),
        ("OEBPS/nav.xhtml".to_owned(), navigation.to_owned()),
    ];
    parts.extend(
        files
            .iter()
            .map(|(name, content)| (format!("OEBPS/{name}"), (*content).to_owned())),
    );
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, content)| (&**name, &**content))
        .collect();
    archive(&parts)
}

fn journey() -> Vec<u8> {
    book(
        r#"<html xmlns:epub="x"><nav epub:type="toc"><ol><li><a href="one.xhtml">الرحيل</a></li><li><a href="two.xhtml">الوصول</a></li><li><a href="two.xhtml#back">العودة</a></li></ol></nav></html>"#,
        &[
            (
                "cover.xhtml",
                "<html><head><title/></head><body><img src='c.png' alt='غلاف'/></body></html>",
            ),
            (
                "one.xhtml",
                r##"<?xml version="1.0"?><html xmlns:epub="x"><head><title>x</title></head><body><a id="top"/><h1>الرحيل</h1><p>خرجنا من دمشق<sup><a epub:type="noteref" href="#n1">1</a></sup> مع الفجر.</p><aside epub:type="footnote" id="n1"><p>عاصمة سورية.</p></aside></body></html>"##,
            ),
            (
                "more.xhtml",
                "<html><body><p>ومضينا يومين.</p></body></html>",
            ),
            (
                "two.xhtml",
                r#"<html><body><h1>الوصول</h1><p>رأينا البحر، وكنا قد تركنا <a href="one.xhtml#top">أول الطريق</a>.</p><h1 id="back">العودة</h1><p>ثم عدنا.</p></body></html>"#,
            ),
        ],
    )
}

#[test]
fn reads_every_encoding() {
    let place = Place::new("encodings");
    place
        .sample("utf-16.txt")
        .sample("dos.txt")
        .sample("visual.txt");
    assert_eq!(
        place.out("print utf-16.txt"),
        "رسالة\n\nهذا نص بترميز واسع، كتب في Windows 95.\n"
    );
    assert_eq!(place.out("print --encoding cp864 dos.txt"), "سلام عليكم\n");
    let mac = b"\xD3\xE4\xC7\xE5 \xB1\xB2";
    place.file("mac.txt", mac);
    assert_eq!(place.out("print --encoding macarabic mac.txt"), "سلام ١٢\n");
    let (_, told) = place.told("print --encoding klingon mac.txt", 2);
    assert!(told.contains("windows-1256, ISO-8859-6"), "{told}");
    let (text, told) = place.told("print visual.txt", 0);
    assert!(told.contains("visual order; --repair"), "{told}");
    assert!(text.contains("ةميدقلا"));
    assert_eq!(
        place.out("print --repair visual.txt"),
        "كانت المدينة القديمة هادئة في الصباح، والناس يسيرون إلى أعمالهم.\n\nقال التاجر: هذه البضاعة غالية، فمن يشتريها؟\n"
    );
    // The document text is the decoded source, its line ends and all.
    let articles = place.json("articles --json utf-16.txt");
    assert_eq!(
        articles[0]["byte_end"],
        "رسالة\r\n\r\nهذا نص بترميز واسع، كتب في Windows 95.".len()
    );
}

#[test]
fn reads_the_article_of_a_page() {
    let place = Place::new("page");
    place.sample("article.html");
    insta::assert_snapshot!(place.out("print article.html"));
    place.check_offsets("article.html");
    assert_eq!(
        place.json("articles --json article.html")[0]["title"],
        "سوق الكتب القديمة"
    );
}

#[test]
fn reads_an_old_page_whole() {
    let place = Place::new("old-page");
    place.sample("old-page.html");
    insta::assert_snapshot!(place.out("print old-page.html"));
    place.check_offsets("old-page.html");
}

#[test]
fn reads_a_book() {
    let place = Place::new("book");
    place.file("book.epub", journey());
    insta::assert_snapshot!(place.out("print book.epub"));
    place.check_offsets("book.epub");
    let titles: Vec<Value> = place
        .json("articles --json book.epub")
        .iter()
        .map(|row| row["title"].clone())
        .collect();
    assert_eq!(titles, ["كتاب الرحلة", "الرحيل", "الوصول", "العودة"]);
}

/// A book of one chapter without a table of contents, whose package says this of itself.
fn bare_book(metadata: &str, spine: &str, page: &str) -> Vec<u8> {
    let package = format!(
        "<package><metadata>{metadata}</metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine{spine}><itemref idref='a'/></spine></package>"
    );
    archive(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", &package),
        ("OEBPS/a.xhtml", page),
    ])
}

#[test]
fn goes_by_the_page_direction_of_a_book() {
    let place = Place::new("progression");
    let page = "<html><body><p>123</p><p>Words in English only.</p></body></html>";
    let arabic = "<dc:language>ar-EG</dc:language>";
    let turned = " page-progression-direction='rtl'";
    for (metadata, spine, is_rtl) in [
        ("", "", false),
        ("", turned, true),
        (arabic, "", true),
        (arabic, " page-progression-direction='default'", true),
        (
            "<dc:language>en</dc:language>",
            " page-progression-direction='ltr'",
            false,
        ),
    ] {
        place.file("a.epub", bare_book(metadata, spine, page));
        let out = place.out("print --order visual --align start --width 30 a.epub");
        let lines: Vec<&str> = out.lines().collect();
        let blanks = if is_rtl { 27 } else { 0 };
        assert_eq!(
            lines[0],
            format!("{}123", " ".repeat(blanks)),
            "{metadata} {spine}"
        );
        // What a page does not say of its paragraphs their letters say.
        assert_eq!(lines[2], "Words in English only.", "{metadata} {spine}");
    }
    let stated =
        "<html dir='rtl'><body><p>In English.</p><p dir='ltr'>In English.</p></body></html>";
    place.file("a.epub", bare_book("", "", stated));
    assert_eq!(
        place.out("print --order visual --align start --width 20 a.epub"),
        "         .In English\n\nIn English.\n"
    );
}

#[test]
fn reads_notes_and_pictures_of_a_book() {
    let place = Place::new("notes");
    let page = r##"<html xmlns:epub="x"><body><h1>فصل</h1>
<p>خرجنا<a epub:type="noteref" href="#n1">1</a> إلى السفح<sup><a epub:type="noteref" href="#n2">2</a></sup> ثم عدنا<a role="doc-noteref" href="#n3">[٣]</a>.</p>
<p><img src="a.png" alt="خريطة الجبل"/> <img src="b.png" alt=""/><img src="c.png"/></p>
<aside epub:type="footnote" id="n1"><p>مع الفجر.</p><p>وقبل الشمس.</p></aside>
<div epub:type="rearnote" id="n2">2. أسفل الجبل.</div>
<section epub:type="endnotes"><ol><li role="doc-endnote" id="n3"><p>بعد يومين.</p></li></ol></section></body></html>"##;
    place.file("a.epub", bare_book("", "", page));
    assert_eq!(
        place.out("print a.epub"),
        "فصل\n\nخرجنا[1] إلى السفح[2] ثم عدنا[٣].\n\n[خريطة الجبل]\n\n[1] مع الفجر.\n\n    وقبل الشمس.\n\n2. أسفل الجبل.\n\n1. بعد يومين.\n"
    );
    place.check_offsets("a.epub");
}

#[test]
fn makes_articles_of_the_files_of_a_book_without_contents() {
    let place = Place::new("contents");
    let page = |title: &str| {
        format!("<html><head><title>x</title></head><body><h2>{title}</h2><p>نص</p></body></html>")
    };
    let files = [("a.xhtml", page("الأول")), ("b.xhtml", page("الثاني"))];
    let files = files.each_ref().map(|(name, page)| (*name, page.as_str()));
    place.file("a.epub", book("<html/>", &files));
    let rows = place.json("articles --json a.epub");
    let titles: Vec<&str> = rows
        .iter()
        .map(|row| row["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, ["الأول", "الثاني"]);
}

#[test]
fn lets_stretches_of_a_line_run_by_themselves() {
    let place = Place::new("isolates");
    let page = "<html><body dir=rtl><p><span dir=ltr>Windows 95</span> نظام.</p><p>الهاتف: <span dir=ltr>+20 123-456</span> هنا.</p><p>لغة C++&rlm; هنا</p><p><a href='https://a.example/b/'>https://a.example/b/</a> هنا</p><p dir=ltr>He said <bdi>نعم!</bdi> twice.</p></body></html>";
    place.file("a.html", page);
    assert_eq!(
        place.out("print --order visual --no-join --width 40 a.html"),
        ".ماظن Windows 95\n\n.انه +20 123-456 :فتاهلا\n\nانه ++C ةغل\n\nانه https://a.example/b/\n\nHe said !معن twice.\n"
    );
    place.check_offsets("a.html");
}

#[test]
fn reads_pages_that_show_nothing() {
    let place = Place::new("silent");
    for (page, expected) in [
        (
            "<html><title>قديم</title><frameset><frame src=a.html name=قائمة><frame src=b.html><noframes><body><p>بلا <b>إطارات</b></body></noframes></frameset>",
            "قديم\n\nقائمة\n\nb.html\n\nبلا إطارات\n",
        ),
        (
            "<html><title>x</title><script type='application/ld+json'>{\"headline\": \"خبر\", \"author\": {\"name\": \"ليلى\"}, \"datePublished\": \"2024-02-01T08:00:00Z\", \"articleBody\": \"سطر.\\nسطر آخر.\"}</script><body><div id=root></div>",
            "خبر\n\nليلى · 2024-02-01\n\nسطر.\n\nسطر آخر.\n",
        ),
        (
            "<html><title>تطبيق</title><body><noscript>فعل النصوص.</noscript><script>x()</script>",
            "تطبيق\n\nفعل النصوص.\n",
        ),
        (
            "<html><title>روابط</title><body><nav><ul><li><a href=a>أول</a><li><a href=b>ثان</a></ul></nav>",
            "• أول\n• ثان\n",
        ),
        (
            "<html><body><div class=menu><a href=a>سياسة</a></div><main><h1>خبر قصير</h1><p>وصل القطار.</p></main><footer>الحقوق محفوظة</footer>",
            "خبر قصير\n\nوصل القطار.\n",
        ),
    ] {
        place.file("a.html", page);
        assert_eq!(place.out("print a.html"), expected, "{page}");
    }
}

#[test]
fn reads_lists_tables_and_verse_of_a_page() {
    let place = Place::new("shapes");
    let verse = ["قفا نبك من ذكرى حبيب", "بسقط اللوى بين الدخول"];
    let page = format!(
        "<html><body><ol reversed><li>أ<ol type=a><li>ب</ol><li>ج</ol><dl><dt>سفح<dd>أسفل الجبل</dl><p>10<sup>6</sup> وH<sub>2</sub>O</p><table><tr><th>أ<th>ب<th>ج<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5<tr><td colspan=2>6<td>7</table><p>قال:</p><table><tr><td>{0}<td><td>{1}<tr><td>{0}<td><td>{1}</table><p>{0} *** {1}</p><p>{0} *** {1}</p></body></html>",
        verse[0], verse[1]
    );
    place.file("a.html", page);
    let lines = "قفا نبك من ذكرى حبيب    بسقط اللوى بين الدخول";
    let stars = lines.replace("    ", " *** ");
    assert_eq!(
        place.out("print a.html"),
        format!(
            "2. أ\n   a. ب\n1. ج\n\nسفح\n   أسفل الجبل\n\n10⁶ وH₂O\n\n| أ | ب | ج |\n| 1 | 2 | 3 |\n|  | 4 | 5 |\n| 6 |  | 7 |\n\nقال:\n\n{lines}\n{lines}\n\n{stars}\n\n{stars}\n"
        )
    );
    place.check_offsets("a.html");
    let narrow = place.out("print --order visual --no-join --align start --width 24 a.html");
    assert!(
        narrow.contains("ىركذ نم كبن افق\n") && narrow.contains("نيب ىوللا طقسب"),
        "{narrow}"
    );
}

#[test]
fn reads_feeds() {
    let place = Place::new("feeds");
    place
        .sample("feed.xml")
        .sample("atom.xml")
        .sample("feed.json");
    insta::assert_snapshot!(place.out("print feed.xml atom.xml feed.json"));
    for file in ["feed.xml", "atom.xml", "feed.json"] {
        place.check_offsets(file);
    }
    let declared = "<?xml version='1.0' encoding='windows-1256'?><rss version='2.0'><channel><title>x</title><item><title>\u{1}</title></item></channel></rss>";
    let bytes: Vec<u8> = declared
        .bytes()
        .flat_map(|byte| {
            if byte == 1 {
                vec![0xD3, 0xE1, 0xC7, 0xE3]
            } else {
                vec![byte]
            }
        })
        .collect();
    place.file("old.rss", bytes);
    assert_eq!(place.json("articles --json old.rss")[0]["title"], "سلام");
}

#[test]
fn reads_records() {
    let place = Place::new("records");
    place.sample("records.jsonl");
    let (text, told) = place.told("print records.jsonl", 0);
    assert_eq!(
        text,
        "المقال الأول\n\nكريم · 2024-05-01\n\nنص المقال الأول.\n\nفقرة ثانية.\n\n\nالمقال الثاني\n\nنص المقال الثاني.\n"
    );
    assert!(told.contains("line 2 holds no article"), "{told}");
    place.check_offsets("records.jsonl");
}

#[test]
fn reads_more_than_is_held() {
    let place = Place::new("more");
    let paragraph = "فقرة من نص المقال، وفيها كلام كثير.";
    let (mut records, mut markdown, mut text) = (String::new(), String::new(), String::new());
    for number in 0..110 {
        let title = format!("مقال {number}");
        let paragraphs = vec![paragraph; 1400];
        let joined = paragraphs.join("\\n");
        records.extend([
            "{\"title\": \"",
            &title,
            "\", \"text\": \"",
            &joined,
            "\"}\n",
        ]);
        let joined = paragraphs.join("\n\n");
        markdown.extend(["# ", &title, "\n\n", &joined, "\n\n"]);
        let gap = if number > 0 { "\n\n" } else { "" };
        text.extend([gap, &title, "\n\n", &joined, "\n"]);
    }
    assert!(text.len() > 9 << 20);
    place
        .file("a.jsonl.gz", gzip(records.as_bytes()))
        .file("a.jsonl", &records)
        .file("a.md", markdown)
        .file("bad.jsonl", records + "no record\n");
    for name in ["a.jsonl", "a.jsonl.gz", "a.md"] {
        assert!(place.out(&format!("print {name}")) == text, "{name}");
    }
    let last = place.json("articles --json a.md").pop().unwrap();
    assert_eq!(
        (&last["title"], &last["article"]),
        (&"مقال 109".into(), &109.into())
    );
    let at = |name: &str| usize::try_from(last[name].as_u64().unwrap()).unwrap();
    assert!(text[at("byte_start")..at("byte_end")].starts_with("مقال 109"));
    assert_eq!(text[..at("byte_start")].chars().count(), at("start"));
    let (_, told) = place.told("articles bad.jsonl", 0);
    assert!(told.contains("line 111 holds no article"), "{told}");
}

#[test]
fn reads_what_is_compressed() {
    let place = Place::new("compressed");
    place.sample("article.html").file("book.epub", journey());
    let page = fs::read(place.0.join("article.html")).unwrap();
    let zstd =
        ruzstd::encoding::compress_to_vec(&page[..], ruzstd::encoding::CompressionLevel::Fastest);
    place
        .file("page.html.gz", gzip(&page))
        .file("page.zst", zstd)
        .file("twice.gz", gzip(&gzip("نص مضغوط مرتين".as_bytes())))
        .file("book.gz", gzip(&journey()));
    let printed = place.out("print article.html");
    assert_eq!(place.out("print page.html.gz"), printed);
    assert_eq!(place.out("print page.zst"), printed);
    assert_eq!(place.out("print twice.gz"), "نص مضغوط مرتين\n");
    assert_eq!(place.out("print book.gz"), place.out("print book.epub"));
    place.check_offsets("page.html.gz");
}

/// A stand-in for poppler's program, which says what it is told to say.
fn pdftotext(place: &Place, says: &str) {
    use std::os::unix::fs::PermissionsExt;
    place.file("says.txt", says);
    let script = format!(
        "#!/bin/sh\nexec /bin/cat '{}'\n",
        place.0.join("says.txt").display()
    );
    place.file("pdftotext", script);
    fs::set_permissions(place.0.join("pdftotext"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn reads_pages_for_printing_when_there_is_who_reads_them() {
    let place = Place::new("pdf");
    place.file("a.pdf", "%PDF-1.4\n");
    let (_, told) = place.told("print a.pdf", 2);
    assert!(told.contains("a.pdf") && told.contains("poppler"), "{told}");
    pdftotext(
        &place,
        "\u{202b}\u{fecb}\u{fee8}\u{feee}\u{fe8d}\u{fee5}\u{202c}\n\n\u{202b}ﻫﺬﺍ ﺳﻄﺮ ﻃﻮﻳﻞ ﻣﻦ ﺍﻟﺼﻔﺤﺔ ﺍﻷﻭﻟﻰ ﻳﻤﺘﺪ ﺣﺘﻰ ﺁﺧﺮ ﺍﻟﻌﺮﺽ ﺛﻢ\u{202c}\n\u{202b}ﻳﺘﻢ ﻫﻨﺎ.\u{202c}\n\u{c}",
    );
    assert_eq!(
        place.out("print a.pdf"),
        "عنوان\n\nهذا سطر طويل من الصفحة الأولى يمتد حتى آخر العرض ثم يتم هنا.\n"
    );
    place.check_offsets("a.pdf");
    pdftotext(&place, "\u{c}\u{c}");
    let (_, told) = place.told("print a.pdf", 2);
    assert!(told.contains("no text in these pages"), "{told}");
}

#[test]
fn survives_what_was_made_to_do_harm() {
    let place = Place::new("harm");
    let deep = format!(
        "<html><body>{}قاع{}<p>سطح",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let deep_b = format!("<html><body>{}قاع", "<b><i><q><span>".repeat(100_000));
    let fonts = format!(
        "<html><body>{}{}",
        (0..3000).fold(String::new(), |fonts, n| fonts
            + "<font size="
            + &n.to_string()
            + ">"),
        "<p>س".repeat(3000)
    );
    let tables = format!("<html><body>{}قاع", "<table><tr><td>".repeat(20_000));
    let lists = format!("<html><body>{}قاع", "<ul><li>".repeat(50_000));
    place
        .file("deep.html", deep)
        .file("b.html", deep_b)
        .file("fonts.html", fonts)
        .file("tables.html", tables)
        .file("lists.html", lists);
    for file in ["deep.html", "b.html", "tables.html", "lists.html"] {
        assert!(
            place.out(&format!("print {file}")).contains("قاع"),
            "{file}"
        );
    }
    assert!(place.out("print deep.html").contains("سطح"));
    assert_eq!(place.out("print fonts.html").matches('س').count(), 3000);

    let entities = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>x</title><item><title>عنوان &c;</title></item></channel></rss>"#;
    place.file("bomb.xml", entities);
    let output = place.run("print bomb.xml");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("hahahaha"));
}

#[test]
fn tells_what_is_wrong_with_each_and_reads_the_rest() {
    let place = Place::new("wrong");
    let zeros = gzip(&vec![b'a'; 40 << 20]);
    let mut cut = gzip("نص طويل ".repeat(1000).as_bytes());
    cut.truncate(cut.len() / 2);
    let mut half = journey();
    half.truncate(half.len() / 2);
    let swollen = format!("<html><body><p>{}", " ".repeat(33 << 20));
    let bomb = book("", &[("a.xhtml", &swollen)]);
    place
        .file("zeros.gz", &zeros)
        .file("cut.gz", cut)
        .file("half.epub", half)
        .file("bomb.epub", bomb)
        .file("thrice.gz", gzip(&gzip(&gzip(b"a"))))
        .file("x.zip", archive(&[("a.txt", "نص")]))
        .file(
            "empty.epub",
            archive(&[("mimetype", "application/epub+zip")]),
        )
        .file(
            "feed.xml",
            "<?xml version='1.0'?><rss version='2.0'><channel><item>",
        )
        .file("good.txt", "نص سليم");
    for (file, says) in [
        ("zeros.gz", "out of all proportion"),
        ("cut.gz", "damaged or cut off"),
        ("half.epub", "damaged or cut off"),
        ("bomb.epub", "out of all proportion"),
        ("thrice.gz", "again and again"),
        ("x.zip", "an archive, and no book"),
        ("empty.epub", "damaged or cut off"),
        ("feed.xml", "damaged or cut off"),
    ] {
        let (text, told) = place.told(&format!("print {file} good.txt"), 2);
        assert_eq!(text, "نص سليم\n", "{file}");
        assert!(told.contains(file) && told.contains(says), "{file}: {told}");
        assert!(told.lines().count() > 1, "a hint: {told}");
    }
    let (_, told) = place.told("print missing zeros.gz x.zip good.txt", 2);
    for file in ["missing", "zeros.gz", "x.zip"] {
        assert!(told.contains(file), "{told}");
    }
}

#[test]
fn reads_a_book_whose_paths_lead_out_of_it() {
    let place = Place::new("paths");
    let files = [
        ("one.xhtml", "<html><body><p>فصل</p></body></html>"),
        ("../../../etc/passwd", "x"),
        ("/etc/passwd", "x"),
        ("none.xhtml", ""),
    ];
    place.file("book.epub", book("", &files));
    let (text, _) = place.told("print book.epub", 0);
    assert_eq!(text, "فصل\n", "what is out of the book is no part of it");
}

#[test]
fn goes_by_content_where_names_lie() {
    let place = Place::new("names");
    place.file(
        "page.xml",
        "<!doctype html><title>خطأ</title><p>هذه الصفحة ليست خلاصة.",
    );
    assert!(place.out("print page.xml").contains("ليست خلاصة"));
    place
        .file("book.txt", journey())
        .file("text.epub", "نص")
        .file("text.html", "نص < نص");
    assert!(place.out("print book.txt").contains("خرجنا من دمشق"));
    assert_eq!(place.out("print text.epub"), "نص\n");
    assert_eq!(place.out("print text.html"), "نص < نص\n");
    let place = Place::new("directory");
    place
        .file("a.epub", journey())
        .file("b.gz", gzip("نص".as_bytes()))
        .file("c.tar.gz", gzip(b"x\0\0\0"))
        .file("d.zip", archive(&[("a", "b")]));
    let files: Vec<Value> = place
        .json("articles --json .")
        .iter()
        .map(|row| row["file"].clone())
        .collect();
    assert_eq!(files.last().unwrap(), "./b.gz");
    assert_eq!(files.len(), 5);
    let output = Command::new(env!("CARGO_BIN_EXE_qari"))
        .args(["print", ""])
        .env("LANG", "C.UTF-8")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("empty name"));
}
