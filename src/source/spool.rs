//! What cannot be sought becomes something that can: bytes in memory while they are few, a file without a name beyond that.

use std::fs::File;
use std::io;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use encoding_rs::{Decoder, DecoderResult};

use super::Encoding;
use super::encoding::Table;
use super::repair;
use super::repair::Drawn;
use crate::doc::{Pieces, is_line_end};

/// The most bytes that are held in memory.
pub const HELD: usize = 8 << 20;

/// How much is taken at once.
const CHUNK: usize = 64 << 10;

/// A line that is longer than this is turned back in pieces.
const LINE: usize = 4 << 20;

/// Ends work that takes its time, from outside: what is set for one clone is set for all.
#[derive(Clone, Debug, Default)]
pub struct Halt(Arc<AtomicBool>);

impl Halt {
    /// Has the work end.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the work is to end.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Whether anybody else holds a clone: the work goes on.
    #[must_use]
    pub fn is_heard(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    /// Bytes that cannot be read any further once it is set.
    pub const fn over<R>(&self, from: R) -> Halting<'_, R> {
        Halting { halt: self, from }
    }
}

/// Bytes that cannot be read any further once a halt is set.
#[derive(Debug)]
pub struct Halting<'a, R> {
    halt: &'a Halt,
    from: R,
}

impl<R: Read> Read for Halting<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.halt.is_set() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        self.from.read(buffer)
    }
}

/// Bytes that came once and can be read anywhere.
#[derive(Debug)]
pub enum Spool {
    /// In memory.
    Held(Vec<u8>),
    /// In a file that is gone when it is closed.
    Filed(File),
}

impl Spool {
    /// Takes all that comes.
    ///
    /// # Errors
    /// What reading says, or writing to the file.
    pub fn of(mut from: impl Read) -> io::Result<Self> {
        let mut held = Vec::new();
        let most = u64::try_from(HELD).unwrap_or(u64::MAX);
        from.by_ref().take(most + 1).read_to_end(&mut held)?;
        if held.len() <= HELD {
            return Ok(Self::Held(held));
        }
        let mut file = tempfile::tempfile()?;
        file.write_all(&held)?;
        drop(held);
        io::copy(&mut from, &mut file)?;
        Ok(Self::Filed(file))
    }

    /// All of it.
    ///
    /// # Errors
    /// What reading says.
    pub fn into_bytes(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Held(bytes) => Ok(bytes),
            Self::Filed(file) => file.read(0, file.length()?),
        }
    }

    /// The same once more.
    ///
    /// # Errors
    /// What the system says.
    pub fn try_clone(&self) -> io::Result<Self> {
        Ok(match self {
            Self::Held(bytes) => Self::Held(bytes.clone()),
            Self::Filed(file) => Self::Filed(file.try_clone()?),
        })
    }
}

impl Pieces for Spool {
    fn length(&self) -> io::Result<usize> {
        match self {
            Self::Held(bytes) => bytes.length(),
            Self::Filed(file) => file.length(),
        }
    }

    fn read_at(&self, offset: usize, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Held(bytes) => Pieces::read_at(bytes, offset, buffer),
            Self::Filed(file) => Pieces::read_at(file, offset, buffer),
        }
    }
}

/// The characters of bytes in another encoding, with their letters turned back as `drawn` says, as UTF-8 in a file without a name.
///
/// # Errors
/// What reading and writing say.
pub fn in_utf_8(mut from: impl Read, encoding: Encoding, drawn: Option<Drawn>) -> io::Result<File> {
    let mut file = BufWriter::new(tempfile::tempfile()?);
    let mut decoding = Decoding::of(encoding);
    let mut bytes = vec![0; CHUNK];
    let mut text = String::new();
    loop {
        let count = match from.read(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            count => count?,
        };
        let is_end = count == 0;
        decoding.take(&bytes[..count], is_end, &mut text);
        // Letters are turned back line by line.
        let settled = match drawn {
            Some(_) if !is_end && text.len() < LINE => {
                let mut ends = text.rmatch_indices(is_line_end);
                ends.next().map_or(0, |(at, end)| at + end.len())
            }
            _ => text.len(),
        };
        match drawn {
            Some(drawn) => file.write_all(repair::repair(&text[..settled], drawn).as_bytes())?,
            None => file.write_all(text.as_bytes())?,
        }
        text.drain(..settled);
        if is_end {
            let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.rewind()?;
            return Ok(file);
        }
    }
}

/// Bytes on their way to characters.
pub enum Decoding {
    /// As the Encoding Standard says.
    Standard(Decoder),
    /// By a table.
    Table(&'static Table),
}

impl Decoding {
    /// From this encoding.
    pub fn of(encoding: Encoding) -> Self {
        match (encoding, encoding.table()) {
            (_, Some(table)) => Self::Table(table),
            (Encoding::Standard(encoding), _) => {
                Self::Standard(encoding.new_decoder_with_bom_removal())
            }
            // Whatever has no table is one of the standard's.
            _ => Self::of(Encoding::UTF_8),
        }
    }

    /// Adds the characters of some more bytes to a text; says how many invalid sequences became U+FFFD.
    pub fn take(&mut self, bytes: &[u8], is_end: bool, text: &mut String) -> usize {
        let decoder = match self {
            Self::Standard(decoder) => decoder,
            Self::Table(table) => {
                text.extend(bytes.iter().map(|&byte| table[usize::from(byte)]));
                return 0;
            }
        };
        let (mut rest, mut replaced) = (bytes, 0);
        loop {
            let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
            // Anything will do where the length has no bound: a full buffer is only another round.
            text.reserve(room.unwrap_or(rest.len()).max(16));
            let (result, read) = decoder.decode_to_string_without_replacement(rest, text, is_end);
            rest = rest.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return replaced,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    text.push(char::REPLACEMENT_CHARACTER);
                    replaced += 1;
                }
            }
        }
    }
}

/// Bytes that can be read anywhere, read one after another.
#[derive(Debug)]
pub struct Sought<P> {
    pieces: P,
    at: usize,
}

impl<P: Pieces> Sought<P> {
    /// From the first byte on.
    pub const fn from_start(pieces: P) -> Self {
        Self { pieces, at: 0 }
    }

    /// The bytes themselves.
    pub fn into_inner(self) -> P {
        self.pieces
    }
}

impl<P: Pieces> Read for Sought<P> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.pieces.read_at(self.at, buffer)?;
        self.at += count;
        Ok(count)
    }
}

impl<P: Pieces> Seek for Sought<P> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let number = |offset: usize| u64::try_from(offset).unwrap_or(u64::MAX);
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => number(self.pieces.length()?).checked_add_signed(by),
            SeekFrom::Current(by) => number(self.at).checked_add_signed(by),
        };
        let at = at.ok_or(io::ErrorKind::InvalidInput)?;
        self.at = usize::try_from(at).map_err(io::Error::other)?;
        Ok(at)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn few_bytes_are_held_and_many_are_filed() {
        for (length, is_held) in [(0, true), (HELD, true), (HELD + 1, false)] {
            let bytes = vec![b'a'; length];
            let spool = Spool::of(bytes.as_slice()).unwrap();
            assert_eq!(matches!(spool, Spool::Held(_)), is_held, "{length}");
            assert!(spool.into_bytes().unwrap() == bytes);
        }
    }

    /// Letters without end, of which a halt makes one.
    struct Endless(Halt, usize);

    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 += 1;
            if self.1 == 3 {
                self.0.set();
            }
            buffer.fill(b'a');
            Ok(buffer.len())
        }
    }

    #[test]
    fn a_halt_ends_what_is_under_way() {
        let halt = Halt::default();
        let endless = Endless(halt.clone(), 0);
        let error = in_utf_8(halt.over(endless), Encoding::UTF_8, None).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionAborted);
    }

    #[test]
    fn characters_are_whole_wherever_the_chunks_end() {
        let text = "سلام عليكم، ".repeat(20_000);
        for encoding in [encoding_rs::WINDOWS_1256, encoding_rs::UTF_16LE] {
            let bytes: Vec<u8> = if encoding == encoding_rs::UTF_16LE {
                text.encode_utf16().flat_map(u16::to_le_bytes).collect()
            } else {
                encoding.encode(&text).0.into_owned()
            };
            let file = in_utf_8(bytes.as_slice(), Encoding::Standard(encoding), None).unwrap();
            assert!(file.read(0, 1 << 20).unwrap() == text.as_bytes());
        }
    }

    #[test]
    fn letters_are_turned_back_wherever_the_chunks_end() {
        let line = "كانت المدينة القديمة هادئة في الصباح";
        let forms = crate::text::joining::shape(line);
        for (end, count) in [("\n", 5_000), ("\r\n", 5_000), (" ", 2)] {
            let stored = format!("{forms}{end}").repeat(count);
            let drawn = repair::look(&stored);
            assert!(drawn.is_repairable());
            let file = in_utf_8(stored.as_bytes(), Encoding::UTF_8, Some(drawn)).unwrap();
            let text = String::from_utf8(file.read(0, 1 << 20).unwrap()).unwrap();
            assert!(text == format!("{line}{end}").repeat(count), "{end:?}");
        }
        let bytes: Vec<u8> = (0..=255).collect();
        let file = in_utf_8(bytes.as_slice(), Encoding::Cp864, None).unwrap();
        let held = super::super::decode::characters(bytes, Some(Encoding::Cp864));
        assert_eq!(file.read(0, 1 << 10).unwrap(), held.text.as_bytes());
    }
}
