//! Text that comes in pieces: bytes that are read where they are needed, from a file or from memory.
//!
//! Nothing here says what the bytes mean. Whoever reads them asks for a range and takes what there is: a file may have
//! shrunk since it was measured, so fewer bytes than asked for are no error.

use std::fmt::Debug;
use std::io;
use std::sync::Arc;

/// Bytes that can be read anywhere.
pub trait Pieces: Debug + Send + Sync {
    /// How many bytes there are now.
    ///
    /// # Errors
    /// Whatever the system says.
    fn length(&self) -> io::Result<usize>;

    /// Fills as much of `buffer` as there is from byte `offset` on, and says how much that was; 0 only at the end.
    ///
    /// # Errors
    /// Whatever the system says.
    fn read_at(&self, offset: usize, buffer: &mut [u8]) -> io::Result<usize>;

    /// The bytes from `start` to `end`, or as many of them as there are.
    ///
    /// # Errors
    /// Whatever the system says.
    fn read(&self, start: usize, end: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; end.saturating_sub(start)];
        let mut filled = 0;
        while filled < bytes.len() {
            match self.read_at(start + filled, &mut bytes[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        bytes.truncate(filled);
        Ok(bytes)
    }
}

impl<P: Pieces + ?Sized> Pieces for Arc<P> {
    fn length(&self) -> io::Result<usize> {
        (**self).length()
    }

    fn read_at(&self, offset: usize, buffer: &mut [u8]) -> io::Result<usize> {
        (**self).read_at(offset, buffer)
    }
}

impl Pieces for Vec<u8> {
    fn length(&self) -> io::Result<usize> {
        Ok(self.len())
    }

    fn read_at(&self, offset: usize, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = self.get(offset..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn gives_what_there_is() {
        let bytes = b"0123456789".to_vec();
        assert_eq!(bytes.read(2, 5).unwrap(), b"234");
        assert_eq!(bytes.read(8, 20).unwrap(), b"89");
        assert_eq!(bytes.read(10, 20).unwrap(), b"");
        assert_eq!(bytes.read(30, 20).unwrap(), b"");
    }
}
