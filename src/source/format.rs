//! What a source is, by its content first and its name second, and the way from its bytes to a document.
//!
//! Parsers of other people's formats run on a thread with a stack of its own and are not waited for longer than [`PATIENCE`]:
//! whatever a file does to one of them, the reader goes on.

use std::io;
use std::io::{BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;

use super::composed::{Composed, PATIENCE, Press};
use super::decode;
use super::encoding::{detect, is_wide};
use super::large::Large;
use super::spool::{HELD, Sought, Spool};
use super::{Problem, Reading};
use super::{compressed, epub, feed, html, markdown, pdf, plain, records};
use crate::doc::{Document, Pieces, Writer};

/// The stack of a parser's thread; memory is taken only as it is used.
const STACK: usize = 256 << 20;

/// How much of a source says what it is.
pub const TELLING: usize = 8 << 10;

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text, as it stands.
    Plain,
    /// A page of the web.
    Html,
    /// A book.
    Epub,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// JSON, one article a line.
    Records,
    /// Pages for printing.
    Pdf,
    /// Any of these, compressed.
    Compressed(compressed::Kind),
    /// An archive of something else.
    Archive,
}

/// Says what a source is, from its start.
pub fn recognise(name: &str, start: &[u8]) -> Format {
    if let Some(kind) = compressed::Kind::of(start) {
        return Format::Compressed(kind);
    }
    if start.starts_with(b"%PDF-") {
        return Format::Pdf;
    }
    if start.starts_with(b"PK\x03\x04") {
        return if epub::is_book(start) || has_extension(name, &["epub"]) {
            Format::Epub
        } else {
            Format::Archive
        };
    }
    recognise_text(name, start)
}

fn recognise_text(name: &str, start: &[u8]) -> Format {
    let start = &start[..start.len().min(TELLING)];
    let is_wide = is_wide(start);
    let is_blank =
        |byte: &u8| char::from(*byte).is_whitespace() || matches!(byte, 0xef | 0xbb | 0xbf);
    if !is_wide && !matches!(start.iter().find(|byte| !is_blank(byte)), Some(b'{' | b'<')) {
        return Format::Plain;
    }
    let text = if is_wide {
        decode::characters(start.to_vec(), Some(detect(start))).text
    } else {
        // All that is looked for is ASCII.
        start.iter().map(|&byte| char::from(byte)).collect()
    };
    let text = text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{feff}' | '\u{ef}' | '\u{bb}' | '\u{bf}')
    });
    if text.starts_with('{') {
        return if text.contains("://jsonfeed.org/version/")
            || text.contains(r":\/\/jsonfeed.org\/version\/")
        {
            Format::Feed
        } else if records::is_record(text) {
            Format::Records
        } else {
            Format::Plain
        };
    }
    let Some(tag) = first_tag(text) else {
        return Format::Plain;
    };
    match tag.as_str() {
        "rss" | "feed" | "rdf:rdf" => Format::Feed,
        "html" | "!doctype html" | "head" | "body" => Format::Html,
        _ if has_extension(name, &["html", "htm", "xhtml", "xht"]) => Format::Html,
        _ => Format::Plain,
    }
}

/// Whether a file in a directory is read, by its start: a format that is known, or a text.
pub fn holds_text(name: &str, start: &[u8]) -> bool {
    match recognise(name, start) {
        Format::Plain => is_wide(start) || looks_like_text(start),
        Format::Compressed(kind) => {
            let inner = compressed::start(kind, start);
            let name = compressed::inner_name(kind, name);
            // Twice compressed: whatever it is, it is rare.
            match recognise(name, &inner) {
                Format::Plain => looks_like_text(&inner),
                Format::Compressed(_) | Format::Archive => false,
                _ => true,
            }
        }
        Format::Archive => false,
        _ => true,
    }
}

/// Whether the start of a file is that of a text: something, no NUL, hardly a control character.
fn looks_like_text(start: &[u8]) -> bool {
    // Comparisons, which are made for many bytes at once; a pattern becomes a table.
    let is_control = |byte: &&u8| {
        let is_white = (0x09..=0x0D).contains(*byte);
        **byte == 0x7F || **byte < 0x20 && !is_white && **byte != 0x1B
    };
    let beginning = &start[..start.len().min(TELLING)];
    !start.is_empty()
        && memchr::memchr(0, start).is_none()
        && beginning.iter().filter(is_control).count() * 50 <= beginning.len()
}

/// The name of the first element of a text that begins with markup, after declarations and comments.
fn first_tag(text: &str) -> Option<String> {
    let mut rest = text;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
        } else if let Some(declaration) = rest.strip_prefix('?') {
            rest = declaration.split_once('>')?.1;
        } else {
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '!');
            let name = rest.split(|c| !is_name(c)).next()?.to_ascii_lowercase();
            if name != "!doctype" {
                return Some(name);
            }
            let (doctype, after) = rest.split_once('>')?;
            let kind = doctype.split_whitespace().nth(1)?.to_ascii_lowercase();
            if kind == "html" {
                return Some("!doctype html".into());
            }
            rest = after;
        }
    }
}

/// The beginning of a source whose whole takes its time: a book's first chapters.
pub fn opening(name: &str, source: Spool, reading: Reading) -> Option<Document> {
    let writer = Writer::new(name);
    within_bounds(move || epub::parse_opening(writer, source, reading))
        .ok()?
        .ok()
}

/// Whether there is markup in the start of a text.
fn has_tags(start: &[u8]) -> bool {
    let start = &start[..start.len().min(TELLING)];
    start.windows(2).any(|pair| {
        pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || matches!(pair[1], b'/' | b'!'))
    })
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        extensions
            .iter()
            .any(|known| known.eq_ignore_ascii_case(extension))
    })
}

/// One source's bytes become its document.
pub fn document(name: &str, bytes: Vec<u8>, reading: Reading) -> Result<Document, Problem> {
    fetched(name, bytes, reading, "")
}

/// The same where a server has said of which media type the bytes are: that counts where they do not say it themselves.
pub fn fetched(
    name: &str,
    bytes: Vec<u8>,
    reading: Reading,
    media: &str,
) -> Result<Document, Problem> {
    let (bytes, inner) = compressed::unpack(name, bytes)?;
    let format = format_of(inner, &bytes, media);
    if format == Format::Plain && !is_markdown(inner, &bytes, media, reading) {
        return Ok(plain::parse(name, decode::decode(bytes, reading))?);
    }
    let writer = Writer::new(name);
    within_bounds(move || parse(format, writer, Spool::Held(bytes), reading))?
}

/// Whether a text is Markdown, by its name, by what a server says, or by how it begins.
fn is_markdown(name: &str, start: &[u8], media: &str, reading: Reading) -> bool {
    if markdown::is_named(name) || media == "text/markdown" {
        return true;
    }
    let start = start[..start.len().min(markdown::TELLING)].to_vec();
    markdown::is_likely(&decode::characters(start, reading.encoding).text)
}

/// Parses a source of this format, plain text as Markdown.
fn parse(
    format: Format,
    writer: Writer,
    source: Spool,
    reading: Reading,
) -> Result<Document, Problem> {
    let bytes = |source: Spool| source.into_bytes().map_err(Problem::Io);
    match format {
        Format::Plain => {
            let decoded = decode::decode(bytes(source)?, reading);
            Ok(markdown::parse(writer, decoded)?)
        }
        Format::Html => html::parse(writer, bytes(source)?, reading),
        Format::Epub => epub::parse(writer, source, reading),
        Format::Feed => feed::parse(writer, bytes(source)?, reading),
        Format::Records => records::parse(writer, Sought::from_start(source), reading),
        Format::Pdf => pdf::parse(writer, bytes(source)?, reading),
        Format::Compressed(_) => Err(Problem::Nested),
        Format::Archive => Err(Problem::Archive),
    }
}

/// Whether a source is plain text, by its start, compressed or not.
pub fn is_plain(name: &str, start: &[u8], reading: Reading) -> bool {
    let (name, start) = match compressed::Kind::of(start) {
        Some(kind) => (
            compressed::inner_name(kind, name),
            compressed::start(kind, start),
        ),
        None => (name, start.to_vec()),
    };
    recognise(name, &start) == Format::Plain && !is_markdown(name, &start, "", reading)
}

/// What a source becomes.
#[derive(Debug)]
pub enum Made {
    /// One document.
    Document(Document),
    /// A text that is read in passages: its parser may still be at work.
    Large(Large),
}

/// Records that are so many bytes surely become a text that is too large to be held: its first articles are shown at once.
const SURELY: usize = 16 << 20;

/// How much of the text of those is held before it is handed out: enough to tell which way it runs.
const FIRST: usize = 128 << 10;

/// A source that is not held becomes a document, if its text can be held, or a text that is read in passages. Records are parsed as
/// they are unpacked; whatever else is compressed is unpacked first. A server may have said of which media type it is.
pub fn compose(name: &str, source: Spool, reading: Reading, media: &str) -> Result<Made, Problem> {
    let length = source.length().map_err(Problem::Io)?;
    let head = source.read(0, TELLING).map_err(Problem::Io)?;
    let consumed: Arc<AtomicUsize> = Arc::default();
    let composed = Composed::new(length, Arc::clone(&consumed));
    let counted = Counted {
        from: Sought::from_start(source),
        count: consumed,
    };
    let Some(kind) = compressed::Kind::of(&head) else {
        let format = format_of(name, &head, media);
        if format == Format::Records {
            let room = if length > SURELY { FIRST } else { HELD };
            let work = move |writer| records::parse(writer, counted, reading);
            return work_on(name, composed, room, work);
        }
        let source = counted.from.into_inner();
        return work_on(name, composed, HELD, move |writer| {
            parse(format, writer, source, reading)
        });
    };
    let inner = compressed::inner_name(kind, name);
    let start = compressed::start(kind, &head);
    if format_of(inner, &start, media) == Format::Records {
        let unpacked = compressed::reader(kind, BufReader::new(counted), length);
        let room = if length > SURELY / 4 { FIRST } else { HELD };
        let work = move |writer| records::parse(writer, unpacked, reading);
        return work_on(name, composed, room, work);
    }
    let unpacked = compressed::reader(kind, BufReader::new(counted), length);
    let unpacked = Spool::of(unpacked).map_err(|error| compressed::damaged(&error))?;
    let head = unpacked.read(0, TELLING).map_err(Problem::Io)?;
    if compressed::Kind::of(&head).is_some() {
        let bytes = unpacked.into_bytes().map_err(Problem::Io)?;
        return fetched(name, bytes, reading, media).map(Made::Document);
    }
    let format = format_of(inner, &head, media);
    work_on(name, composed, HELD, move |writer| {
        parse(format, writer, unpacked, reading)
    })
}

/// What a source is that is not compressed: by its start, else as the server says.
fn format_of(name: &str, start: &[u8], media: &str) -> Format {
    let is_page = matches!(media, "text/html" | "application/xhtml+xml");
    match recognise(name, start) {
        Format::Plain if is_page && has_tags(start) => Format::Html,
        format => format,
    }
}

/// Has a parser work on a thread of its own, until its document is there or is too large to be held; then it goes on.
fn work_on(
    name: &str,
    composed: Arc<Composed>,
    room: usize,
    parse: impl FnOnce(Writer) -> Result<Document, Problem> + Send + 'static,
) -> Result<Made, Problem> {
    let writer = Writer::to_outlet(name, room, Box::new(Press::for_document(&composed)));
    let listener = Arc::downgrade(&composed);
    let work = move || {
        let parsed = catch_unwind(AssertUnwindSafe(|| parse(writer)));
        let panicked = || Problem::Damaged("no parser can read it".into());
        if let Some(composed) = listener.upgrade() {
            composed.end(parsed.unwrap_or_else(|_| Err(panicked())));
        }
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(work);
    thread.map_err(Problem::Io)?;
    Ok(match composed.begun()? {
        Some(document) => Made::Document(document),
        None => Made::Large(Large::of_composed(name, composed)),
    })
}

/// Bytes that are counted as they are read.
struct Counted<R> {
    from: R,
    count: Arc<AtomicUsize>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.count.fetch_add(count, Ordering::Relaxed);
        Ok(count)
    }
}

/// Does work on a thread of its own, and gives up on it in the end.
fn within_bounds<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let (sender, result) = sync_channel(1);
    let thread = thread::Builder::new().stack_size(STACK).spawn(move || {
        // Nobody hears it when it took too long.
        let _ = sender.send(work());
    });
    thread.map_err(Problem::Io)?;
    result.recv_timeout(PATIENCE).map_err(|error| match error {
        RecvTimeoutError::Timeout => Problem::TooSlow,
        // The parser panicked.
        RecvTimeoutError::Disconnected => Problem::Damaged("no parser can read it".into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_by_content_first() {
        for (name, start, format) in [
            ("a.txt", "<!DOCTYPE html>\n<p>", Format::Html),
            ("a", "\u{feff}\n <!-- x --><HTML lang=ar>", Format::Html),
            (
                "a.xml",
                "<?xml version='1.0'?><rss version='2.0'>",
                Format::Feed,
            ),
            (
                "a.html",
                "<?xml version='1.0'?>\n<feed xmlns='x'>",
                Format::Feed,
            ),
            ("a", "<?xml version='1.0'?><rdf:RDF>", Format::Feed),
            (
                "a",
                "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>",
                Format::Html,
            ),
            ("a.epub", "نص", Format::Plain),
            ("a.html", "نص", Format::Plain),
            ("a.html", "<p>نص", Format::Html),
            ("a.txt", "<p>نص", Format::Plain),
            ("a.svg", "<?xml version='1.0'?><svg>", Format::Plain),
            (
                "a.json",
                "{\"version\": \"https://jsonfeed.org/version/1.1\"}",
                Format::Feed,
            ),
            (
                "a.txt",
                "{\"title\": \"أ\", \"text\": \"ب\"}\n{",
                Format::Records,
            ),
            ("a.jsonl", "{\"a\": 1}\n", Format::Plain),
            ("a.json", "{\n  \"text\": \"ب\"\n}", Format::Plain),
            ("a", "%PDF-1.7\n", Format::Pdf),
            ("a", "\x1f", Format::Plain),
            ("a", "", Format::Plain),
            ("a", "<", Format::Plain),
            ("a.epub", "PK\x03\x04rest", Format::Epub),
            ("a.docx", "PK\x03\x04rest", Format::Archive),
        ] {
            assert_eq!(recognise(name, start.as_bytes()), format, "{name}: {start}");
        }
    }

    #[test]
    fn believes_a_server_where_the_bytes_are_silent() {
        let paragraphs = |text: &str, media| {
            let document = fetched("http://a/", text.into(), Reading::default(), media);
            document.map_or(0, |document| document.articles[0].blocks.len())
        };
        let fragment = "سطر<br>سطر<p>فقرة</p>";
        assert_eq!(paragraphs(fragment, "text/plain"), 1);
        assert!(paragraphs(fragment, "text/html") > 1);
        assert_eq!(paragraphs("سطر\n\nفقرة 1 < 2", "text/html"), 2);
        let points = "فقرة\n* واحد\n* اثنان\n";
        assert_eq!(paragraphs(points, "text/markdown"), 3);
    }

    #[test]
    fn knows_markdown_without_its_name() {
        let is_markdown = |text: &str| markdown::is_likely(text);
        for text in [
            "# عنوان\n\nنص فيه [رابط](https://a.example/) و**تأكيد**.\n",
            "## قسم\n\n```\nlet a = 1;\n```\n",
            "| أ | ب |\n|---|---|\n| ج | د |\n\n* نقطة\n* نقطة\n",
        ] {
            assert!(is_markdown(text), "{text}");
        }
        for text in [
            "نص عادي لا غير.\n\nوفقرة ثانية.\n",
            "# مقال\n\nنص\n\n# مقال آخر\n\nنص\n",
            "- قال: نعم.\n- قال: لا.\n",
            "قال [المحقق](١) في هامشه.\n",
            "",
        ] {
            assert!(!is_markdown(text), "{text}");
        }
    }

    #[test]
    fn knows_a_page_in_utf_16() {
        let page: Vec<u8> = "<html><p>سلام"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(recognise("a", &page), Format::Html);
    }

    #[test]
    fn looks_into_what_is_compressed() {
        use std::io::Write;
        let gzip = |bytes: &[u8]| {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            let written = encoder.write_all(bytes);
            written.and_then(|()| encoder.finish()).unwrap_or_default()
        };
        let text = gzip("سلام".repeat(30_000).as_bytes());
        assert!(
            holds_text("a.gz", &text[..text.len() / 2]),
            "as far as it can be seen"
        );
        assert!(!holds_text("a.tar.gz", &gzip(b"ustar\0\0\0\x01\x02")));
        assert!(!holds_text("a.gz", b"\x1f\x8b\x08"));
        assert!(!holds_text("a", b""));
        assert!(holds_text("a", b"\xFF\xFE\x33\x06"));
    }

    #[test]
    fn survives_a_parser_that_panics() {
        let result: Result<(), _> = within_bounds(|| panic!("on purpose"));
        assert!(matches!(result, Err(Problem::Damaged(_))));
    }
}
