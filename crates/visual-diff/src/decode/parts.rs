//! The bytes of a PNG that make its picture, as one stream for the decoder.

use super::source::Input;
use super::survey::{Header, SIGNATURE};
use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// A PNG without the chunks that do not make the picture, under a header of our own.
pub(super) struct Parts<'s> {
    input: Box<dyn Input + 's>,
    /// Signature and header.
    front: Vec<u8>,
    /// Bytes of `front` that have been read.
    read: usize,
    /// The parts behind the current one, the next one last.
    later: Vec<(u64, u64)>,
    /// Bytes left in the current part.
    left: u64,
}

impl<'s> Parts<'s> {
    pub(super) fn new(input: Box<dyn Input + 's>, header: &Header, parts: &[(u64, u64)]) -> Self {
        let chunk = [b"IHDR".as_slice(), &header.bytes].concat();
        let crc = crc32fast::hash(&chunk).to_be_bytes();
        let front = [SIGNATURE.as_slice(), &13_u32.to_be_bytes(), &chunk, &crc].concat();
        let later = parts.iter().rev().copied().collect();
        Self { input, front, read: 0, later, left: 0 }
    }

    /// The whole file again.
    pub(super) fn into_input(self) -> Box<dyn Input + 's> {
        self.input
    }
}

impl BufRead for Parts<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read < self.front.len() {
            return Ok(&self.front[self.read..]);
        }
        if self.left == 0 {
            let Some((at, length)) = self.later.pop() else { return Ok(&[]) };
            self.input.seek(SeekFrom::Start(at))?;
            self.left = length;
        }
        let buffer = self.input.fill_buf()?;
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        Ok(&buffer[..room])
    }

    fn consume(&mut self, amount: usize) {
        if self.read < self.front.len() {
            self.read += amount;
        } else {
            self.left -= amount as u64;
            self.input.consume(amount);
        }
    }
}

impl Read for Parts<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut buffer = self.fill_buf()?;
        let count = buffer.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl Seek for Parts<'_> {
    /// The decoder asks for a stream that can seek and, up to now, never seeks.
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
