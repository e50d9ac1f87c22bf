//! Gzip whose bytes depend on nothing but what is packed: one version of one deflate, a header without a time.

use std::io::{self, Write};

use zlib_rs::{Deflate, DeflateFlush, Status, crc32};

/// No time, no name, and no system that packed it.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
const LEVEL: i32 = 6;
/// Deflate's largest window, without zlib's own header.
const WINDOW: u8 = 15;

/// Packs what is written to it.
pub struct Gzip<W> {
    out: W,
    deflate: Deflate,
    buffer: Vec<u8>,
    sum: u32,
    length: u64,
}

impl<W: Write> Gzip<W> {
    /// Begins with the header.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(&HEADER)?;
        let deflate = Deflate::new(LEVEL, false, WINDOW);
        Ok(Self { out, deflate, buffer: vec![0; 64 << 10], sum: 0, length: 0 })
    }

    /// Ends the stream and gives the writer back.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn finish(mut self) -> io::Result<W> {
        while self.step(&[], DeflateFlush::Finish)?.1 != Status::StreamEnd {}
        self.out.write_all(&self.sum.to_le_bytes())?;
        // The length counts modulo 2^32.
        let low = u32::try_from(self.length & u64::from(u32::MAX)).expect("32 bits are left");
        self.out.write_all(&low.to_le_bytes())?;
        Ok(self.out)
    }

    /// Packs some bytes; says how many were taken.
    fn step(&mut self, bytes: &[u8], flush: DeflateFlush) -> io::Result<(usize, Status)> {
        let (read, written) = (self.deflate.total_in(), self.deflate.total_out());
        let status = self
            .deflate
            .compress(bytes, &mut self.buffer, flush)
            .map_err(|error| io::Error::other(error.as_str()))?;
        let part =
            |now: u64, before: u64| usize::try_from(now - before).expect("a part of a buffer");
        let taken = part(self.deflate.total_in(), read);
        let made = part(self.deflate.total_out(), written);
        self.out.write_all(&self.buffer[..made])?;
        Ok((taken, status))
    }
}

impl<W: Write> Write for Gzip<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let (taken, _) = self.step(rest, DeflateFlush::NoFlush)?;
            rest = &rest[taken..];
        }
        self.sum = crc32::crc32(self.sum, bytes);
        self.length += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
