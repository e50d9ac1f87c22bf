//! The bytes of a layer: unpacked and digested as they are asked for, and never more than allowed.

use std::io::{self, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use zlib_rs::{Inflate, InflateFlush, Status};

use super::Named;
use crate::digest::{Digest, Hasher};
use crate::error::Error;
use crate::limits::Limits;
use crate::store::Part;

/// Bytes that are read or unpacked at a time.
const CHUNK: usize = 128 << 10;
/// A small layer may be unpacked to more than its ratio allows.
const SMALL: u64 = 1 << 20;
/// Gzip around deflate with its largest window, as zlib names it.
const GZIP: u8 = 16 + 15;

/// The blob as it lies in the store.
struct Packed {
    part: Part,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    hashers: Vec<Hasher>,
}

enum Form {
    Plain,
    Gzip(Box<Inflate>),
    /// With whether a frame has begun.
    Zstd(Box<FrameDecoder>, bool),
}

/// A layer's archive, byte after byte.
pub(crate) struct Unpacked {
    packed: Packed,
    form: Form,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    ended: bool,
    hashers: Vec<Hasher>,
    bytes: u64,
    /// The most bytes by the budget, and by the ratio.
    most: (u64, u64),
    limits: Limits,
    /// What the blob has to be, and what is in it.
    expected: [Vec<Digest>; 2],
}

impl Packed {
    /// The bytes that wait, after reading more if there are none; empty at the end.
    fn fill(&mut self) -> Result<&[u8], Error> {
        if self.at == self.end {
            let read = self.part.read(&mut self.buffer).map_err(Error::io(""))?;
            if read == 0 && self.part.left() > 0 {
                return Err(Error::invalid("", "is cut off"));
            }
            (self.at, self.end) = (0, read);
            let fresh = &self.buffer[..read];
            self.hashers.iter_mut().for_each(|hasher| hasher.update(fresh));
        }
        Ok(&self.buffer[self.at..self.end])
    }
}

impl Read for Packed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let waiting = self.fill().map_err(io::Error::other)?;
        let take = waiting.len().min(buffer.len());
        buffer[..take].copy_from_slice(&waiting[..take]);
        self.at += take;
        Ok(take)
    }
}

/// One hasher for each algorithm that is asked for.
fn hashers(wanted: &[&Digest]) -> Vec<Hasher> {
    let mut algorithms: Vec<_> = wanted.iter().map(|digest| digest.algorithm()).collect();
    algorithms.sort_unstable();
    algorithms.dedup();
    algorithms.into_iter().map(Hasher::new).collect()
}

impl Unpacked {
    /// Begins a layer; how it is packed is seen from its first bytes.
    pub(crate) fn open(
        part: Part,
        named: &Named<'_>,
        limits: &Limits,
        budget: u64,
    ) -> Result<Self, Error> {
        let by_ratio = part.left().saturating_mul(limits.ratio).saturating_add(SMALL);
        let mut packed =
            Packed { part, buffer: vec![0; CHUNK], at: 0, end: 0, hashers: Vec::new() };
        // The first bytes are not digested twice: the hashers come after looking.
        let first = packed.fill()?;
        let form = match first {
            [0x1f, 0x8b, ..] => Form::Gzip(Box::new(Inflate::new(true, GZIP))),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => {
                let mut decoder = FrameDecoder::new();
                decoder.set_max_window_size(limits.window);
                Form::Zstd(Box::new(decoder), false)
            }
            _ => Form::Plain,
        };
        let (digest, diff_id) = (named.digest.into_iter(), named.diff_id.into_iter());
        let (outer, inner): (Vec<&Digest>, Vec<&Digest>) = match form {
            // What is not packed is digested once for both names.
            Form::Plain => (Vec::new(), digest.chain(diff_id).collect()),
            _ => (digest.collect(), diff_id.collect()),
        };
        packed.hashers = hashers(&outer);
        let seen = packed.buffer[..packed.end].to_vec();
        packed.hashers.iter_mut().for_each(|hasher| hasher.update(&seen));
        Ok(Self {
            packed,
            hashers: hashers(&inner),
            form,
            buffer: vec![0; CHUNK],
            at: 0,
            end: 0,
            ended: false,
            bytes: 0,
            most: (budget, by_ratio),
            limits: limits.clone(),
            expected: [outer, inner].map(|side| side.into_iter().cloned().collect()),
        })
    }

    /// The bytes that wait, after unpacking more if there are none; empty at the end.
    pub(crate) fn fill(&mut self) -> Result<&[u8], Error> {
        while self.at == self.end && !self.ended {
            self.at = 0;
            self.end = self.more()?;
            let fresh = &self.buffer[..self.end];
            self.hashers.iter_mut().for_each(|hasher| hasher.update(fresh));
            self.bytes += self.end as u64;
            if self.bytes > self.most.0 {
                let limit = self.limits.unpacked;
                return Err(Error::too_much("", "unpacked bytes of layers", limit));
            }
            if self.bytes > self.most.1 {
                let what = "times its packed size when it is unpacked";
                return Err(Error::too_much("", what, self.limits.ratio));
            }
        }
        Ok(&self.buffer[self.at..self.end])
    }

    /// Marks bytes as used.
    pub(crate) fn consume(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Unpacks the next bytes into the buffer; none may come although there are more.
    fn more(&mut self) -> Result<usize, Error> {
        match &mut self.form {
            Form::Plain => {
                let waiting = self.packed.fill()?.len();
                self.ended = waiting == 0;
                let take = &self.packed.buffer[self.packed.at..self.packed.end];
                self.buffer[..waiting].copy_from_slice(take);
                self.packed.at += waiting;
                Ok(waiting)
            }
            Form::Gzip(inflate) => {
                let waiting = self.packed.fill()?;
                if waiting.is_empty() {
                    return Err(Error::invalid("", "is cut off in the middle of its gzip stream"));
                }
                let (read, written) = (inflate.total_in(), inflate.total_out());
                let status = inflate
                    .decompress(waiting, &mut self.buffer, InflateFlush::NoFlush)
                    .map_err(|error| {
                    Error::invalid("", format!("is not sound gzip ({})", error.as_str()))
                })?;
                let used = usize::try_from(inflate.total_in() - read).expect("a part of a buffer");
                let made =
                    usize::try_from(inflate.total_out() - written).expect("a part of a buffer");
                self.packed.at += used;
                if status == Status::StreamEnd {
                    // Several streams may follow each other, and zeros the last one.
                    match self.packed.fill()? {
                        [] => self.ended = true,
                        [0, ..] => {
                            zeros(&mut self.packed)?;
                            self.ended = true;
                        }
                        _ => **inflate = Inflate::new(true, GZIP),
                    }
                } else if used == 0 && made == 0 {
                    return Err(Error::invalid("", "is not sound gzip"));
                }
                Ok(made)
            }
            Form::Zstd(decoder, begun) => {
                if !*begun {
                    if self.packed.fill()?.is_empty() {
                        self.ended = true;
                        return Ok(0);
                    }
                    match decoder.init(&mut self.packed) {
                        Ok(()) => *begun = true,
                        Err(FrameDecoderError::ReadFrameHeaderError(
                            ReadFrameHeaderError::SkipFrame { length, .. },
                        )) => skip(&mut self.packed, u64::from(length))?,
                        Err(error) => return Err(zstd(&error)),
                    }
                    return Ok(0);
                }
                if !decoder.is_finished() {
                    decoder
                        .decode_blocks(&mut self.packed, BlockDecodingStrategy::UptoBlocks(1))
                        .map_err(|error| zstd(&error))?;
                }
                let made = decoder.read(&mut self.buffer).map_err(Error::io(""))?;
                if made == 0 && decoder.is_finished() {
                    *begun = false;
                }
                Ok(made)
            }
        }
    }

    /// Reads to the end and verifies the digests; gives how many bytes there were.
    pub(crate) fn finish(mut self) -> Result<u64, Error> {
        loop {
            let waiting = self.fill()?.len();
            if waiting == 0 {
                break;
            }
            self.consume(waiting);
        }
        for (hashers, expected) in
            [self.packed.hashers, self.hashers].into_iter().zip(self.expected)
        {
            let found: Vec<Digest> = hashers.into_iter().map(Hasher::finish).collect();
            for expected in expected {
                let same = |digest: &&Digest| digest.algorithm() == expected.algorithm();
                let found = found.iter().find(same).cloned().expect("each has its hasher");
                if found != expected {
                    return Err(Error::Digest { at: String::new(), expected, found });
                }
            }
        }
        Ok(self.bytes)
    }
}

/// Passes zeros to the end.
fn zeros(packed: &mut Packed) -> Result<(), Error> {
    loop {
        let waiting = packed.fill()?;
        if waiting.iter().any(|byte| *byte != 0) {
            return Err(Error::invalid("", "has something behind its gzip stream"));
        }
        let length = waiting.len();
        if length == 0 {
            return Ok(());
        }
        packed.at += length;
    }
}

fn skip(packed: &mut Packed, mut left: u64) -> Result<(), Error> {
    while left > 0 {
        let waiting = packed.fill()?.len();
        if waiting == 0 {
            return Err(Error::invalid("", "is cut off"));
        }
        let take = waiting.min(usize::try_from(left).unwrap_or(usize::MAX));
        packed.at += take;
        left -= take as u64;
    }
    Ok(())
}

fn zstd(error: &FrameDecoderError) -> Error {
    Error::invalid("", format!("is not sound zstd ({error})"))
}
