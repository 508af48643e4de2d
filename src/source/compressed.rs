//! gzip and Zstandard are unpacked into memory, as far as what comes out is in proportion to what goes in.

use std::fs::File;
use std::io;
use std::io::{BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use super::Problem;
use super::files;
use super::spool::Spool;
use crate::doc::Pieces;

/// Up to here anything may be unpacked.
const HARMLESS: u64 = 32 << 20;

/// Beyond that no text shrinks to less than one part in so many.
const RATIO: u64 = 100;

/// How much is unpacked of the start of a file, to see what it is.
const START: usize = 4 << 10;

/// How often something may be compressed.
const LAYERS: usize = 2;

/// A way to compress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

impl Kind {
    /// The way in which something is compressed that starts like this.
    pub fn of(start: &[u8]) -> Option<Self> {
        match start {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// What follows the name of a file that is compressed so.
    const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Gzip => &[".gz", ".gzip"],
            Self::Zstd => &[".zst", ".zstd"],
        }
    }
}

/// Takes compression off, with what it added to the name.
pub fn unpack(name: &str, bytes: Vec<u8>) -> Result<(Vec<u8>, &str), Problem> {
    let (mut bytes, mut name) = (bytes, name);
    for _ in 0..LAYERS {
        let Some(kind) = Kind::of(&bytes) else {
            break;
        };
        bytes = unpacked(kind, &bytes)?;
        name = inner_name(kind, name);
    }
    Ok((bytes, name))
}

/// The name of what is in a compressed file of this name.
pub fn inner_name(kind: Kind, name: &str) -> &str {
    let inner = kind
        .extensions()
        .iter()
        .find_map(|end| name.strip_suffix(end));
    inner.unwrap_or(name)
}

/// What can be unpacked of the start of a compressed file.
pub fn start(kind: Kind, start: &[u8]) -> Vec<u8> {
    let mut unpacked = vec![0; START];
    let mut filled = 0;
    let mut decoder = decoder(kind, start);
    while let Ok(count @ 1..) = decoder.read(&mut unpacked[filled..]) {
        filled += count;
    }
    unpacked.truncate(filled);
    unpacked
}

fn unpacked(kind: Kind, bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    read_in_proportion(decoder(kind, bytes), bytes.len())
}

/// Whether a file of so many bytes is compressed, and may hold more than `held` bytes: gzip says at its end how many they are.
pub fn may_unpack_beyond(file: &File, packed: u64, held: usize) -> bool {
    let start = file.read(0, 4).unwrap_or_default();
    let most = match Kind::of(&start) {
        Some(Kind::Gzip) => {
            let length = usize::try_from(packed).unwrap_or(usize::MAX);
            let end = file.read(length.saturating_sub(4), length);
            let size = end.unwrap_or_default().try_into();
            size.map_or(0, |size| u64::from(u32::from_le_bytes(size)))
        }
        Some(Kind::Zstd) => packed.saturating_mul(RATIO),
        None => 0,
    };
    usize::try_from(most).is_ok_and(|most| most > held)
}

/// What is in a compressed file of so many bytes; nothing where it is damaged or out of proportion.
pub fn spool(kind: Kind, file: impl Read + Send, packed: u64) -> Option<Spool> {
    let most = most(packed);
    let mut unpacked = decoder(kind, BufReader::new(file)).take(most + 1);
    let spool = Spool::of(&mut unpacked).ok()?;
    (unpacked.limit() > 0).then_some(spool)
}

/// What is in a compressed file of so many bytes, unpacked as it is read; an error where it is out of proportion.
pub fn reader<'a>(
    kind: Kind,
    from: impl BufRead + Send + 'a,
    packed: usize,
) -> impl Read + Send + 'a {
    InProportion {
        from: decoder(kind, from),
        left: most(u64::try_from(packed).unwrap_or(u64::MAX)),
    }
}

/// What an error of that reader means.
pub fn damaged(error: &io::Error) -> Problem {
    if error.kind() == io::ErrorKind::FileTooLarge {
        Problem::Bomb
    } else {
        Problem::Damaged(error.to_string())
    }
}

/// Bytes of which no more than so many may come.
struct InProportion<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for InProportion<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        let length = u64::try_from(count).unwrap_or(u64::MAX);
        self.left = self
            .left
            .checked_sub(length)
            .ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(count)
    }
}

fn decoder<'a>(kind: Kind, from: impl BufRead + Send + 'a) -> Box<dyn Read + Send + 'a> {
    match kind {
        Kind::Gzip => Box::new(Members::Between(from)),
        Kind::Zstd => Box::new(Frames::Between(from)),
    }
}

/// How much may come out of so many bytes.
fn most(packed: u64) -> u64 {
    packed.saturating_mul(RATIO).clamp(HARMLESS, files::LIMIT)
}

/// Reads all there is, unless it is out of proportion to the `packed` bytes that it comes from.
pub fn read_in_proportion(from: impl Read, packed: usize) -> Result<Vec<u8>, Problem> {
    let most = most(u64::try_from(packed).unwrap_or(u64::MAX));
    let mut bytes = Vec::new();
    from.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Problem::Damaged(error.to_string()))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= most) {
        Ok(bytes)
    } else {
        Err(Problem::Bomb)
    }
}

/// The members of a gzip file, one after another. What follows them is no part of it: a tape is filled up with zeros.
enum Members<R: BufRead> {
    /// Before a member, or at the end.
    Between(R),
    /// In one.
    In(Box<GzDecoder<R>>),
    /// Something went wrong.
    Broken,
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(self, Self::Broken) {
                Self::Between(mut from) => {
                    if from.fill_buf()?.first() != Some(&0x1f) {
                        *self = Self::Between(from);
                        return Ok(0);
                    }
                    *self = Self::In(Box::new(GzDecoder::new(from)));
                }
                Self::In(mut member) => {
                    let count = member.read(buffer)?;
                    if count > 0 || buffer.is_empty() {
                        *self = Self::In(member);
                        return Ok(count);
                    }
                    *self = Self::Between(member.into_inner());
                }
                Self::Broken => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
    }
}

/// The frames of a Zstandard file, one after another; those that are to be skipped hold no text.
enum Frames<R: Read> {
    /// Before a frame, or at the end.
    Between(R),
    /// In one.
    In(Box<StreamingDecoder<R, FrameDecoder>>),
    /// Something went wrong.
    Broken,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(self, Self::Broken) {
                Self::Between(mut from) => {
                    match from.fill_buf()?.first() {
                        None => {
                            *self = Self::Between(from);
                            return Ok(0);
                        }
                        Some(0x50..=0x5f) => {
                            skip_frame(&mut from)?;
                            *self = Self::Between(from);
                            continue;
                        }
                        Some(_) => {}
                    }
                    let frame = StreamingDecoder::new(from).map_err(io::Error::other)?;
                    *self = Self::In(Box::new(frame));
                }
                Self::In(mut frame) => {
                    let count = frame.read(buffer)?;
                    if count > 0 || buffer.is_empty() {
                        *self = Self::In(frame);
                        return Ok(count);
                    }
                    *self = Self::Between(frame.into_inner());
                }
                Self::Broken => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
    }
}

/// Passes a frame over that is to be skipped: a mark, its length, so many bytes (RFC 8878, section 3.1.2).
fn skip_frame(from: &mut impl Read) -> io::Result<()> {
    let mut head = [0; 8];
    from.read_exact(&mut head)?;
    let [_, 0x2a, 0x4d, 0x18, length @ ..] = head else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    let length = u64::from(u32::from_le_bytes(length));
    if io::copy(&mut from.take(length), &mut io::sink())? < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn problem(bytes: Vec<u8>) -> String {
        unpack("a", bytes).unwrap_err().to_string()
    }

    #[test]
    fn unpacks_twice_and_no_more() {
        let text = "سلام ".repeat(100).into_bytes();
        for (name, bytes, inner) in [
            ("a.txt", text.clone(), "a.txt"),
            ("a.txt.gz", gzip(&text), "a.txt"),
            ("a.html.zst", zstd(&text), "a.html"),
            ("a.gz.zst", zstd(&gzip(&text)), "a"),
            ("a.txt", gzip(&text), "a.txt"),
        ] {
            let (unpacked, name_inside) = unpack(name, bytes).unwrap();
            assert_eq!((unpacked, name_inside), (text.clone(), inner), "{name}");
        }
        let thrice = gzip(&gzip(&gzip(&text)));
        let (left, _) = unpack("a", thrice).unwrap();
        assert_eq!(Kind::of(&left), Some(Kind::Gzip));
    }

    #[test]
    fn unpacks_parts_one_after_another() {
        let gzip = [gzip(b"one "), gzip(b"two")].concat();
        assert_eq!(unpack("a", gzip).unwrap().0, b"one two");
        let zstd = [zstd(b"one "), zstd(b"two")].concat();
        assert_eq!(unpack("a", zstd).unwrap().0, b"one two");
    }

    #[test]
    fn passes_over_what_is_no_text() {
        let padded = [gzip(b"one "), gzip(b"two"), vec![0; 512]].concat();
        assert_eq!(unpack("a", padded).unwrap().0, b"one two");
        let skipped = b"\x5a\x2a\x4d\x18\x03\0\0\0abc";
        let frames = [skipped, &zstd(b"one ")[..], skipped, &zstd(b"two"), skipped].concat();
        assert_eq!(unpack("a", frames).unwrap().0, b"one two");
        let cut = [&zstd(b"one")[..], &skipped[..10]].concat();
        assert!(problem(cut).starts_with("damaged"));
    }

    #[test]
    fn refuses_what_is_cut_off() {
        let text = "سلام عليكم ورحمة الله".repeat(50).into_bytes();
        for mut packed in [gzip(&text), zstd(&text)] {
            packed.truncate(packed.len() - 6);
            assert!(problem(packed).starts_with("damaged"));
        }
    }

    #[test]
    fn refuses_what_swells() {
        let nothing = io::repeat(0).take(HARMLESS + 1);
        let refused = read_in_proportion(nothing, 1000).unwrap_err();
        assert!(matches!(refused, Problem::Bomb));
        let text = io::repeat(b'a').take(HARMLESS);
        assert!(read_in_proportion(text, 1000).is_ok());
    }
}
