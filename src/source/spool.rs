//! What cannot be sought becomes something that can: bytes in memory while they are few, a file without a name beyond that.

use std::fs::File;
use std::io;
use std::io::{BufWriter, Read, Seek, Write};

use encoding_rs::{CoderResult, Encoding};

use crate::doc::Pieces;

/// The most bytes that are held in memory.
pub const HELD: usize = 8 << 20;

/// How much is taken at once.
const CHUNK: usize = 64 << 10;

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

/// The characters of bytes in another encoding, as UTF-8 in a file without a name.
///
/// # Errors
/// What reading and writing say.
pub fn in_utf_8(mut from: impl Read, encoding: &'static Encoding) -> io::Result<File> {
    let mut file = BufWriter::new(tempfile::tempfile()?);
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut bytes = vec![0; CHUNK];
    let mut text = vec![0; 4 * CHUNK];
    loop {
        let count = match from.read(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            count => count?,
        };
        let mut rest = &bytes[..count];
        loop {
            let (result, read, written, _) = decoder.decode_to_utf8(rest, &mut text, count == 0);
            file.write_all(&text[..written])?;
            rest = rest.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        if count == 0 {
            let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.rewind()?;
            return Ok(file);
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
            let file = in_utf_8(bytes.as_slice(), encoding).unwrap();
            assert!(file.read(0, 1 << 20).unwrap() == text.as_bytes());
        }
    }
}
