//! Pages for printing are read by poppler's `pdftotext`, when it is installed, and put in order.
//!
//! It gives lines, mostly in logical order, wrapped in embedding controls, often in presentation forms. Lines become
//! paragraphs again; forms and lines in visual order are always turned back here: no one ever typed a PDF that way.

use std::io;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use super::letters::{Letters, freed};
use super::{Problem, Reading};
use crate::doc::{BlockKind, Document, UTF_8, Writer};

/// The program that is asked.
const PROGRAM: &str = "pdftotext";

/// The most text that is taken from it.
const MOST: u64 = 64 << 20;

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// The most letters of a line that may be a heading; shorter ones that end without a stop stand alone.
const HEADING: usize = 40;

/// Parses the pages.
pub fn parse(mut writer: Writer, bytes: Vec<u8>, reading: Reading) -> Result<Document, Problem> {
    let text = extract(bytes)?;
    let repairing = Reading {
        repair: true,
        ..reading
    };
    let letters = Letters::of(&text, UTF_8, 0, repairing);
    letters.tell(&mut writer);
    let mut title = true;
    for page in text.split('\u{c}') {
        // Its controls embed lines, and paragraphs are put together from these.
        for paragraph in paragraphs(&freed(&letters.read(page))) {
            if std::mem::take(&mut title) && paragraph.chars().count() <= 3 * HEADING {
                writer.article(&paragraph);
                writer.begin(BlockKind::Title, None);
            } else {
                writer.begin(BlockKind::Paragraph, None);
            }
            writer.text(&paragraph);
            writer.end();
        }
    }
    if title {
        // Pictures of pages, or nothing.
        return Err(Problem::NoTextInPages);
    }
    Ok(writer.finish()?)
}

/// The lines of a page, put together to paragraphs.
fn paragraphs(page: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in page.lines() {
        let line = super::html::folded(line);
        if line.is_empty() {
            goes_on = false;
            continue;
        }
        let is_short = line.chars().count() < HEADING;
        let ends = line.ends_with(['.', '!', '?', '؟', ':', '»', '…']);
        match paragraphs.last_mut().filter(|_| goes_on) {
            Some(paragraph) => {
                paragraph.push(' ');
                paragraph.push_str(&line);
            }
            None => paragraphs.push(line),
        }
        // A full line goes on; a short one with a stop ends its paragraph.
        goes_on = !(is_short && ends);
    }
    paragraphs
}

/// The text of the pages, as the program gives it.
fn extract(bytes: Vec<u8>) -> Result<String, Problem> {
    let mut child = Command::new(PROGRAM)
        .args(["-enc", "UTF-8", "-q", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Problem::NoPdftotext,
            _ => Problem::Io(error),
        })?;
    let input = child.stdin.take();
    let writing = thread::spawn(move || {
        // It may have seen enough before the end.
        let _ = input.map(|mut input| input.write_all(&bytes));
    });
    let (sender, result) = channel();
    let output = child.stdout.take();
    thread::spawn(move || {
        let mut text = Vec::new();
        let read = output.map(|output| output.take(MOST + 1).read_to_end(&mut text));
        let _ = sender.send(read.transpose().map(|_| text));
    });
    let text = result.recv_timeout(PATIENCE);
    if text.is_err() {
        // It is ours, and it hangs.
        let _ = child.kill();
    }
    let too_much = matches!(&text, Ok(Ok(text)) if u64::try_from(text.len()).is_ok_and(|length| length > MOST));
    if too_much {
        let _ = child.kill();
    }
    let status = child.wait().map_err(Problem::Io)?;
    let _ = writing.join();
    if too_much {
        return Err(Problem::Bomb);
    }
    let text = text.map_err(|_| Problem::TooSlow)?.map_err(Problem::Io)?;
    if !status.success() && text.is_empty() {
        return Err(Problem::Damaged(format!("{PROGRAM}: {status}")));
    }
    Ok(String::from_utf8(text)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_lines_together() {
        let long = "هذا سطر طويل من نص عربي يمتد حتى آخر عرض الصفحة ثم";
        assert_eq!(
            paragraphs(&format!("عنوان\n\n{long}\nيتم هنا.\nفقرة ثانية\n")),
            [
                "عنوان".to_owned(),
                format!("{long} يتم هنا."),
                "فقرة ثانية".to_owned()
            ]
        );
    }
}
