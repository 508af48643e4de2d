//! What cannot be sought becomes something that can: bytes in memory while they are few, a file without a name beyond that.

use std::fs::File;
use std::io;
use std::io::{BufWriter, Read, Seek, Write};

use encoding_rs::{CoderResult, Decoder};

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
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Held(bytes) => Ok(bytes.clone()),
            Self::Filed(file) => file.read(0, file.length()?),
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
enum Decoding {
    Standard(Decoder),
    Table(&'static Table),
}

impl Decoding {
    fn of(encoding: Encoding) -> Self {
        match (encoding, encoding.table()) {
            (_, Some(table)) => Self::Table(table),
            (Encoding::Standard(encoding), _) => {
                Self::Standard(encoding.new_decoder_with_bom_removal())
            }
            // Whatever has no table is one of the standard's.
            _ => Self::of(Encoding::UTF_8),
        }
    }

    /// Adds the characters of some more bytes to a text.
    fn take(&mut self, bytes: &[u8], is_end: bool, text: &mut String) {
        let decoder = match self {
            Self::Standard(decoder) => decoder,
            Self::Table(table) => {
                return text.extend(bytes.iter().map(|&byte| table[usize::from(byte)]));
            }
        };
        let mut rest = bytes;
        loop {
            text.reserve(4 * rest.len() + 16);
            let (result, read, _) = decoder.decode_to_string(rest, text, is_end);
            rest = rest.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                return;
            }
        }
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
            assert!(spool.bytes().unwrap() == bytes);
        }
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
