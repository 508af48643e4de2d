//! The parts of a zip archive, unpacked one by one, each and all of them within bounds.

use std::io::{BufReader, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::Problem;
use super::super::compressed::read_in_proportion;
use super::super::spool::{Sought, Spool};

/// The most parts that an archive may have.
const MOST_PARTS: usize = 20_000;

/// The most bytes of one part that is read.
const LARGEST_PART: u64 = 32 << 20;

/// The most bytes of all parts that are read together.
const LARGEST: u64 = 192 << 20;

/// An archive, and how much may still be read of it.
pub struct Archive {
    zip: ZipArchive<BufReader<Sought<Spool>>>,
    left: u64,
}

/// Whether an archive says in its first part that it is a book.
pub fn is_book(start: &[u8]) -> bool {
    let head = &start[..start.len().min(256)];
    memchr::memmem::find(head, b"application/epub+zip").is_some()
        || memchr::memmem::find(start, b"META-INF/container.xml").is_some()
}

impl Archive {
    /// Opens an archive, of which only what is asked for is read.
    pub fn open(archive: Spool) -> Result<Self, Problem> {
        let archive = BufReader::new(Sought::from_start(archive));
        let zip = ZipArchive::new(archive).map_err(|error| damaged(&error))?;
        if zip.len() > MOST_PARTS {
            return Err(Problem::TooMuch);
        }
        Ok(Self { zip, left: LARGEST })
    }

    /// Unpacks a part; an error of its own if there is none of this name.
    pub fn read(&mut self, path: &str) -> Result<Vec<u8>, Problem> {
        let part = self.zip.by_name(path).map_err(|error| damaged(&error))?;
        let packed = usize::try_from(part.compressed_size()).unwrap_or(usize::MAX);
        if part.size() > LARGEST_PART.min(self.left) {
            return Err(Problem::Bomb);
        }
        // What an archive says of its parts need not be true.
        let bytes = read_in_proportion(part.take(LARGEST_PART + 1), packed)?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > LARGEST_PART || length > self.left {
            return Err(Problem::Bomb);
        }
        self.left -= length;
        Ok(bytes)
    }
}

fn damaged(error: &ZipError) -> Problem {
    Problem::Damaged(error.to_string())
}
