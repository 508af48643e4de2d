//! Files and directories: which of them are read, and in which order.
//!
//! A file that is named is read, whatever is in it. A directory stands for the texts in it and below it, in natural
//! order: what `directory` passes over, empty files and files that look binary are left out.

use std::fs;
use std::fs::File;
use std::io;
use std::io::IsTerminal;
use std::io::Read;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use super::encoding::detect;
use super::format;
use super::format::{Format, Made};
use super::large::{Large, Sizes};
use super::repair::Drawn;
use super::spool::{HELD, Halt, Spool};
use super::{
    Encoding, Opened, Problem, Reading, SourceError, compressed, decode, directory, markdown, pipe,
    repair, spool,
};
use crate::doc::{Document, Pieces, Written};

/// The most bytes of one source that are read into memory.
pub const LIMIT: u64 = 1 << 30;

/// How much of a file is looked at to tell whether it is text.
const SNIFFED: u64 = 8 << 10;

/// The documents of a path.
pub fn documents(
    path: PathBuf,
    reading: Reading,
) -> impl Iterator<Item = Result<Document, SourceError>> {
    let one = |file| Box::new(std::iter::once(file));
    let (mut files, named): (Box<dyn Iterator<Item = _>>, _) = match fs::metadata(&path) {
        Err(_) if path.as_os_str().is_empty() => (one(Err(error(&path, Problem::NoName))), true),
        Ok(metadata) if metadata.is_dir() => (Box::new(directory::walk(&path)), false),
        Ok(metadata) if is_special(&metadata, &path) => {
            (one(Err(error(&path, Problem::Special))), true)
        }
        Ok(_) => (one(Ok(path.clone())), true),
        Err(problem) => (one(Err(from_io(&path, problem))), true),
    };
    let mut found = false;
    std::iter::from_fn(move || {
        loop {
            let document = match files.next() {
                Some(file) => file
                    .and_then(|file| read(&file, named, reading))
                    .transpose(),
                None if found => return None,
                None => Some(Err(error(&path, Problem::NoText))),
            };
            if document.is_some() {
                found = true;
                return document;
            }
        }
    })
}

/// Files beyond this size are read in passages, if they are plain text.
const LARGE: u64 = 1 << 20;

/// How much of a large file says what it is.
const TELLING: usize = 64 << 10;

/// How much of it says so where it is not all ASCII.
const HEAD: usize = 16 << 10;

/// A plain text up to this size is parsed in no time; less than is read to tell what it is.
const SHORT: u64 = 48 << 10;

/// A short plain text, or a long one that is read in passages as it lies: what is there in no time, if nothing is in the way.
pub fn at_once(path: &Path, reading: Reading) -> Option<Opened> {
    let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    // What the system makes up while it is read has no length (/proc).
    let is_short = (1..=SHORT).contains(&metadata.len());
    if !is_short && metadata.len() <= LARGE {
        return None;
    }
    let name = path.to_string_lossy();
    let file = File::open(path).ok()?;
    let telling = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    let mut head = file.read(0, if is_short { telling } else { HEAD }).ok()?;
    if !is_short && head.is_ascii() {
        head = file.read(0, TELLING).ok()?;
    }
    if format::recognise(&name, &head) != Format::Plain {
        return None;
    }
    if is_short {
        let document = super::document(&name, head, reading);
        return document.ok().map(Opened::Document);
    }
    let start = without_cut_letter(&head);
    if reading.repair || reading.encoding.unwrap_or_else(|| detect(start)) != Encoding::UTF_8 {
        return None;
    }
    let told = Reading {
        encoding: Some(Encoding::UTF_8),
        ..reading
    };
    let large = plain_from(&name, &name, (file, &head), told, &Halt::default())?;
    Some(Opened::Large(large))
}

/// What becomes of a file that is too large for its bytes to be held, if it is one.
pub fn large(path: &Path, reading: Reading, halt: &Halt) -> Option<Result<Opened, SourceError>> {
    let metadata = fs::metadata(path).ok()?;
    if !metadata.is_file() {
        return None;
    }
    let file = File::open(path).ok()?;
    let is_large =
        metadata.len() > LARGE || compressed::may_unpack_beyond(&file, metadata.len(), HELD);
    is_large.then(|| unheld(&path.to_string_lossy(), file, reading, halt))
}

/// What bytes become that are not held: plain text is read in passages, and so is what a parser makes of others, if that is too large.
pub fn unheld(
    name: &str,
    file: File,
    reading: Reading,
    halt: &Halt,
) -> Result<Opened, SourceError> {
    let copy = file.try_clone().ok();
    if let Some(large) = copy.and_then(|file| text(name, file, reading, halt)) {
        return Ok(Opened::Large(large));
    }
    if halt.is_set() {
        let halted = io::ErrorKind::ConnectionAborted.into();
        return Err(SourceError::from_io(name, halted));
    }
    let head = file.read(0, TELLING);
    let head = head.map_err(|problem| SourceError::from_io(name, problem))?;
    if format::is_plain(name, &head, reading) {
        return whole(name, Spool::Filed(file), reading).map(Opened::Document);
    }
    composed(name, Spool::Filed(file), reading, "")
}

/// What a parser makes of a source that is not held.
pub fn composed(
    name: &str,
    source: Spool,
    reading: Reading,
    media: &str,
) -> Result<Opened, SourceError> {
    let composed = format::compose(name, source, reading, media);
    let composed = composed.map_err(|problem| SourceError {
        name: name.to_owned(),
        problem,
    })?;
    Ok(match composed {
        Made::Document(document) => Opened::Document(document),
        Made::Large(large) => Opened::Large(large),
    })
}

/// What comes through a named pipe; it can be asked for once only.
pub fn piped(path: &Path, reading: Reading) -> Option<Result<Opened, SourceError>> {
    if !fs::metadata(path).ok()?.file_type().is_fifo() {
        return None;
    }
    let name = path.to_string_lossy();
    let spool = || Spool::of(pipe::open(path)?.take(LIMIT + 1));
    let spooled = spool().map_err(|problem| from_io(path, problem));
    Some(spooled.and_then(|spool| poured(&name, spool, reading, &Halt::default())))
}

/// What becomes of what came once: it cannot be had again.
pub fn poured(
    name: &str,
    spool: Spool,
    reading: Reading,
    halt: &Halt,
) -> Result<Opened, SourceError> {
    match spool {
        Spool::Filed(file) => Ok(match unheld(name, file, reading, halt)? {
            Opened::Large(large) => Opened::Large(large.copied()),
            opened => opened,
        }),
        held @ Spool::Held(_) => whole(name, held, reading).map(Opened::Document),
    }
}

/// The document of what was spooled.
pub fn whole(name: &str, spool: Spool, reading: Reading) -> Result<Document, SourceError> {
    let length = spool.length();
    let length = length.map_err(|problem| SourceError::from_io(name, problem))?;
    within_limit(name, length)?;
    let bytes = spool.into_bytes();
    let bytes = bytes.map_err(|problem| SourceError::from_io(name, problem))?;
    super::document(name, bytes, reading)
}

/// The plain text of a file to be read in passages: as it stands in UTF-8, else from a copy, if it is too large to be held.
fn text(name: &str, file: File, reading: Reading, halt: &Halt) -> Option<Large> {
    let length = file.metadata().ok()?.len();
    let head = file.read(0, TELLING).ok()?;
    let Some(kind) = compressed::Kind::of(&head) else {
        return plain(name, name, file, reading, halt);
    };
    let inner = compressed::inner_name(kind, name);
    let start = compressed::start(kind, &head);
    if format::recognise(inner, &start) != Format::Plain || markdown::is_named(inner) {
        return None;
    }
    let Spool::Filed(unpacked) = compressed::spool(kind, halt.over(file), length)? else {
        return None;
    };
    let large = plain(name, inner, unpacked, reading, halt)?;
    Some(large.copied())
}

fn plain(name: &str, inner: &str, file: File, reading: Reading, halt: &Halt) -> Option<Large> {
    let head = file.read(0, TELLING).ok()?;
    plain_from(name, inner, (file, &head), reading, halt)
}

/// The same for a file of which the head has been read.
fn plain_from(
    name: &str,
    inner: &str,
    (file, head): (File, &[u8]),
    reading: Reading,
    halt: &Halt,
) -> Option<Large> {
    let sound = without_cut_letter(head);
    let is_plain = format::recognise(inner, sound) == Format::Plain
        && format::holds_text(inner, sound)
        && !markdown::is_named(inner);
    if !is_plain {
        return None;
    }
    let length = file.length().ok()?;
    let encoding = reading.encoding.unwrap_or_else(|| detect(sound));
    let drawn = to_be_turned_back(head, encoding, reading);
    if encoding == Encoding::UTF_8 && drawn.is_none() {
        let sizes = Sizes::default();
        return Some(Large::beginning_with(head, name, Box::new(file), sizes));
    }
    if length <= HELD || !within(length) {
        return None;
    }
    let copy = spool::in_utf_8(halt.over(file), encoding, drawn).ok()?;
    let large = Large::new(name, Box::new(copy), Sizes::default()).ok()?;
    let written = Written {
        encoding: encoding.name(),
        repaired: drawn.is_some(),
    };
    Some(large.copied().written_as(written))
}

/// How letters are stored that are to be turned back, by the head of their text: on request, and those of CP864 always.
fn to_be_turned_back(head: &[u8], encoding: Encoding, reading: Reading) -> Option<Drawn> {
    if !reading.repair && encoding != Encoding::Cp864 {
        return None;
    }
    let characters = decode::characters(head.to_vec(), Some(encoding));
    let drawn = repair::look(&characters.text);
    drawn.is_repairable().then_some(drawn)
}

/// The start of a text without the letter that is cut off at its end, which says nothing of the encoding.
fn without_cut_letter(head: &[u8]) -> &[u8] {
    let tail = head.len().saturating_sub(4);
    let cut = head[tail..].utf8_chunks().last();
    let cut = cut.map_or(0, |chunk| chunk.invalid().len());
    &head[..head.len() - if cut < 4 { cut } else { 0 }]
}

/// Whether so many bytes may be read.
fn within(length: usize) -> bool {
    u64::try_from(length).is_ok_and(|length| length <= LIMIT)
}

/// The beginning of a file whose whole takes its time, if it is one.
pub fn opening(path: &Path, reading: Reading) -> Option<Document> {
    let metadata = fs::metadata(path).ok()?;
    if !metadata.is_file() || !(LARGE..LIMIT).contains(&metadata.len()) {
        return None;
    }
    let file = File::open(path).ok()?;
    let head = file.read(0, 256).ok()?;
    let name = path.to_string_lossy();
    (format::recognise(&name, &head) == Format::Epub)
        .then(|| format::opening(&name, Spool::Filed(file), reading))
        .flatten()
}

/// An error of too many bytes, if there are.
pub fn within_limit(name: &str, length: usize) -> Result<(), SourceError> {
    if within(length) {
        return Ok(());
    }
    Err(SourceError {
        name: name.to_owned(),
        problem: Problem::TooLarge { most: LIMIT },
    })
}

/// Reads one file that is a text, whatever it looks like.
pub fn document(path: &Path, reading: Reading) -> Result<Document, SourceError> {
    read(path, true, reading)?.ok_or_else(|| error(path, Problem::NoText))
}

/// Reads one file; nothing if it was not named itself and is no text.
pub fn read(path: &Path, named: bool, reading: Reading) -> Result<Option<Document>, SourceError> {
    let Some(bytes) = bytes(path, named).map_err(|problem| from_io(path, problem))? else {
        return Ok(None);
    };
    let name = path.to_string_lossy();
    within_limit(&name, bytes.len())?;
    super::document(&name, bytes, reading).map(Some)
}

fn bytes(path: &Path, named: bool) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    if fs::metadata(path)?.file_type().is_fifo() {
        pipe::open(path)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
        return Ok(Some(bytes));
    }
    let file = File::open(path)?;
    let is_made_up = file.metadata()?.len() == 0;
    let mut file = pipe::Patient::new(file, is_made_up);
    if !named {
        file.by_ref().take(SNIFFED).read_to_end(&mut bytes)?;
        if !format::holds_text(&path.to_string_lossy(), &bytes) {
            return Ok(None);
        }
    }
    file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Devices and sockets hold no text; a terminal and the null device may be read like a file, and pipes have names too.
fn is_special(metadata: &fs::Metadata, path: &Path) -> bool {
    let kind = metadata.file_type();
    let is_readable_device =
        || path == Path::new("/dev/null") || File::open(path).is_ok_and(|file| file.is_terminal());
    kind.is_socket() || kind.is_block_device() || (kind.is_char_device() && !is_readable_device())
}

fn error(path: &Path, problem: Problem) -> SourceError {
    SourceError {
        name: path.to_string_lossy().into_owned(),
        problem,
    }
}

fn from_io(path: &Path, problem: io::Error) -> SourceError {
    SourceError::from_io(&path.to_string_lossy(), problem)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A directory of one test, gone when the test ends.
    struct Directory(PathBuf);

    impl Directory {
        fn new(name: &str) -> Self {
            let path =
                std::env::temp_dir().join(format!("qari-files-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
            let path = self.0.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, content).unwrap();
            path
        }

        /// The names below the directory, or the problem.
        fn read(&self, path: &Path) -> Vec<String> {
            let below = |name: &str| {
                name.strip_prefix(&*self.0.to_string_lossy())
                    .unwrap_or(name)
                    .to_owned()
            };
            documents(path.to_owned(), Reading::default())
                .map(|document| match document {
                    Ok(document) => below(&document.name),
                    Err(error) => format!("{}: {}", below(&error.name), error.problem),
                })
                .collect()
        }
    }

    impl Drop for Directory {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn reads_a_directory_in_natural_order() {
        let directory = Directory::new("order");
        for name in [
            "b10.txt",
            "b2.txt",
            "b3/c.txt",
            "A.txt",
            ".hidden",
            ".git/config",
        ] {
            directory.file(name, "نص");
        }
        directory.file("empty.txt", "");
        directory.file("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
        assert_eq!(
            directory.read(&directory.0),
            ["/A.txt", "/b2.txt", "/b3/c.txt", "/b10.txt"]
        );
    }

    #[test]
    fn ends_in_a_loop_of_links() {
        let directory = Directory::new("loop");
        directory.file("a/b.txt", "نص");
        symlink(&directory.0, directory.0.join("a/up")).unwrap();
        symlink("nowhere", directory.0.join("a/broken")).unwrap();
        symlink(directory.0.join("a/b.txt"), directory.0.join("c.txt")).unwrap();
        assert_eq!(directory.read(&directory.0), ["/a/b.txt", "/c.txt"]);
    }

    #[test]
    fn says_what_stands_in_the_way() {
        let directory = Directory::new("errors");
        assert_eq!(
            directory.read(&directory.0),
            [": no text in this directory"]
        );
        let missing = directory.0.join("missing");
        assert_eq!(
            directory.read(&missing),
            ["/missing: no such file or directory"]
        );
        assert_eq!(
            directory.read(Path::new("/dev/zero")),
            ["/dev/zero: a device or a socket"]
        );
        let _socket = std::os::unix::net::UnixListener::bind(directory.0.join("socket")).unwrap();
        assert_eq!(
            directory.read(&directory.0.join("socket")),
            ["/socket: a device or a socket"]
        );
    }

    #[test]
    fn reads_what_is_named_whatever_it_is() {
        let directory = Directory::new("named");
        let binary = directory.file("binary", b"a\0\x01");
        assert_eq!(directory.read(&binary), ["/binary"]);
        let empty = directory.file(".empty", "");
        assert_eq!(directory.read(&empty), ["/.empty"]);
        assert_eq!(directory.read(Path::new("/dev/null")), ["/dev/null"]);
    }

    #[test]
    fn only_short_and_long_plain_texts_are_there_at_once() {
        let directory = Directory::new("at-once");
        let opened = |name: &str, content: &[u8]| {
            let path = directory.file(name, content);
            match at_once(&path, Reading::default()) {
                Some(Opened::Document(at_once)) => {
                    let whole = document(&path, Reading::default()).unwrap();
                    assert_eq!(format!("{at_once:?}"), format!("{whole:?}"));
                    "whole"
                }
                Some(Opened::Large(_)) => "in passages",
                _ => "not at once",
            }
        };
        let lines = |count: usize| "سطر من النص\n".repeat(count).into_bytes();
        assert_eq!(opened("short", &lines(9)), "whole");
        assert_eq!(opened("empty", b""), "not at once");
        assert_eq!(opened("middling", &lines(9_000)), "not at once");
        assert_eq!(opened("long", &lines(90_000)), "in passages");
        assert_eq!(opened("page", b"<html><p>\xd8\xb3"), "not at once");
        let wide = |count| {
            "سطر "
                .repeat(count)
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<u8>>()
        };
        assert_eq!(opened("wide", &wide(9)), "whole");
        assert_eq!(opened("long and wide", &wide(200_000)), "not at once");
        assert!(at_once(&directory.0, Reading::default()).is_none());
        assert!(at_once(Path::new("/dev/null"), Reading::default()).is_none());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_system_makes_up_has_no_length_and_is_read() {
        let path = Path::new("/proc/self/status");
        assert!(at_once(path, Reading::default()).is_none());
        let status = document(path, Reading::default()).unwrap();
        assert!(status.text.contains("Pid:"), "{}", status.text);
    }

    #[test]
    fn reads_the_whole_of_a_file_it_looked_into() {
        let directory = Directory::new("whole");
        directory.file("a.txt", "س".repeat(10_000));
        let document = documents(directory.0.clone(), Reading::default())
            .next()
            .unwrap()
            .unwrap();
        assert_eq!(document.text.len(), 20_000);
    }
}
