//! Bytes that stream by, in any encoding, become lines of characters, of which one is held at a time.

use std::io;
use std::io::Read;

use super::Encoding;
use super::encoding::detect;
use super::spool::Decoding;

/// How much is read at once.
const CHUNK: usize = 64 << 10;

/// How much of a text says which encoding it is in, and how its letters are stored.
const TELLING: usize = 256 << 10;

/// Lines of characters.
pub struct Lines<R> {
    from: R,
    encoding: Encoding,
    decoding: Decoding,
    /// Characters that were not given out, and where in them the next line begins.
    text: String,
    start: usize,
    /// How many invalid sequences became U+FFFD.
    replaced: usize,
    is_end: bool,
    /// The longest line that is given out.
    longest: usize,
}

/// A line, or what is in its place.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// A line, without its end.
    Line(String),
    /// A line that is longer than is given out.
    TooLong,
    /// There are no more.
    End,
}

impl<R: Read> Lines<R> {
    /// Begins, in the encoding that was asked for or seems to be theirs.
    ///
    /// # Errors
    /// What reading says.
    pub fn of(mut from: R, asked: Option<Encoding>, longest: usize) -> io::Result<Self> {
        let mut head = Vec::new();
        let telling = u64::try_from(TELLING).unwrap_or(u64::MAX);
        from.by_ref().take(telling).read_to_end(&mut head)?;
        let encoding = asked.unwrap_or_else(|| detect(&head));
        let mut lines = Self {
            from,
            encoding,
            decoding: Decoding::of(encoding),
            text: String::new(),
            start: 0,
            replaced: 0,
            is_end: false,
            longest,
        };
        lines.replaced += lines.decoding.take(&head, false, &mut lines.text);
        Ok(lines)
    }

    /// The characters that say what the letters are like: the first ones.
    pub fn head(&self) -> &str {
        &self.text
    }

    /// The encoding.
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How many invalid sequences became U+FFFD as yet.
    pub const fn replaced(&self) -> usize {
        self.replaced
    }

    /// The next line.
    ///
    /// # Errors
    /// What reading says.
    pub fn next(&mut self) -> io::Result<Next> {
        let (mut looked, mut is_too_long) = (self.start, false);
        loop {
            let end = memchr::memchr(b'\n', &self.text.as_bytes()[looked..]);
            let end = end.map(|end| looked + end);
            if let Some(end) = end.or(self.is_end.then_some(self.text.len())) {
                let next = if is_too_long {
                    Next::TooLong
                } else if self.start >= self.text.len() {
                    return Ok(Next::End);
                } else {
                    let line = &self.text[self.start..end];
                    Next::Line(line.strip_suffix('\r').unwrap_or(line).to_owned())
                };
                self.start = self.text.len().min(end + 1);
                return Ok(next);
            }
            self.text.drain(..self.start.min(self.text.len()));
            self.start = 0;
            if self.text.len() > self.longest {
                is_too_long = true;
                self.text.clear();
            }
            looked = self.text.len();
            self.read()?;
        }
    }

    fn read(&mut self) -> io::Result<()> {
        let mut bytes = vec![0; CHUNK];
        let count = match self.from.read(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(()),
            count => count?,
        };
        self.is_end = count == 0;
        let replaced = self
            .decoding
            .take(&bytes[..count], self.is_end, &mut self.text);
        self.replaced += replaced;
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The lines of some bytes, however they come.
    fn lines(bytes: &[u8], asked: Option<Encoding>, longest: usize) -> (Vec<Next>, usize) {
        let mut lines = Lines::of(bytes, asked, longest).unwrap();
        let mut all = Vec::new();
        loop {
            match lines.next().unwrap() {
                Next::End => return (all, lines.replaced()),
                next => all.push(next),
            }
        }
    }

    #[test]
    fn gives_every_line_once_wherever_chunks_end() {
        let wanted: Vec<String> = (0..40_000).map(|number| format!("سطر {number}")).collect();
        for end in ["\n", "\r\n"] {
            let (found, _) = lines(wanted.join(end).as_bytes(), None, 1 << 20);
            let found = found.iter().zip(&wanted);
            assert!(found.clone().count() == wanted.len());
            for (one, other) in found {
                assert_eq!(*one, Next::Line(other.clone()));
            }
        }
        assert_eq!(lines(b"", None, 9).0, []);
        let line = |line: &str| Next::Line(line.to_owned());
        assert_eq!(
            lines(b"a\n\nb\n", None, 9).0,
            [line("a"), line(""), line("b")]
        );
    }

    #[test]
    fn passes_over_what_is_too_long_and_counts_what_is_invalid() {
        let long = "س".repeat(500_000);
        let text = format!("أ\n{long}\nب");
        let line = |line: &str| Next::Line(line.to_owned());
        let (found, replaced) = lines(text.as_bytes(), None, 1 << 19);
        assert_eq!(found, [line("أ"), Next::TooLong, line("ب")]);
        assert_eq!(replaced, 0);
        let (found, replaced) = lines(b"\xd8\xa3\xff\n\xd8", Some(Encoding::UTF_8), 99);
        assert_eq!(found, [line("أ\u{fffd}"), line("\u{fffd}")]);
        assert_eq!(replaced, 2);
    }

    #[test]
    fn reads_other_encodings() {
        let text = "سلام\nعليكم\n".repeat(60_000);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(lines(&wide, None, 99).0.len(), 120_000);
    }
}
