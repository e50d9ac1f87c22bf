//! The first look at a PNG: its chunks, their sizes and checksums, before anything is inflated.
//!
//! Image data is only measured here, its checksum is the decoder's work. All other chunks are read
//! once, through a small buffer. What does not make the picture (profiles, texts, animation) is
//! noted and never reaches the decoder, so that nothing hidden in it can be inflated.

use super::facts::ColourSpace;
use super::source::Input;
use std::io::{self, SeekFrom};

pub(super) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// What the chunks of a PNG say.
pub(super) struct Survey {
    pub(super) header: Header,
    /// The file's parts that make the picture, in order: first byte and length.
    pub(super) parts: Vec<(u64, u64)>,
    pub(super) palette: Vec<[u8; 3]>,
    pub(super) transparency: Option<Vec<u8>>,
    pub(super) space: ColourSpace,
    pub(super) animated: bool,
    pub(super) trailing: bool,
}

/// The first chunk (PNG, third edition, section 11.2.1).
#[derive(Clone, Copy)]
pub(super) struct Header {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bits: u8,
    pub(super) colour: u8,
    pub(super) interlaced: bool,
    /// The chunk's 13 bytes.
    pub(super) bytes: [u8; 13],
}

/// Why a survey ended.
pub(super) enum Fault {
    Read(io::Error),
    Corrupt(String),
    /// A chunk is too large.
    Chunk {
        found: u64,
        allowed: u64,
    },
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Corrupt("it ends in the middle".to_owned()),
            _ => Self::Read(error),
        }
    }
}

fn corrupt<T>(what: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Corrupt(what.into()))
}

/// Reads the header behind the signature; nothing else has been read when this returns.
pub(super) fn header(input: &mut dyn Input) -> Result<Header, Fault> {
    let (length, kind) = begin(input)?;
    if kind != *b"IHDR" || length != 13 {
        return corrupt("its first chunk is no header");
    }
    let mut bytes = [0; 13];
    input.read_exact(&mut bytes)?;
    check(input, kind, crc32fast::hash(&[b"IHDR".as_slice(), &bytes].concat()))?;
    let number =
        |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let (width, height, bits, colour) = (number(0), number(4), bytes[8], bytes[9]);
    if !(1..1 << 31).contains(&width) || !(1..1 << 31).contains(&height) {
        return corrupt(format!("its size is {width} × {height}"));
    }
    let known = match colour {
        0 => matches!(bits, 1 | 2 | 4 | 8 | 16),
        2 | 4 | 6 => matches!(bits, 8 | 16),
        3 => matches!(bits, 1 | 2 | 4 | 8),
        _ => false,
    };
    if !known {
        return corrupt(format!("colour type {colour} with {bits} bits does not exist"));
    }
    if bytes[10] != 0 || bytes[11] != 0 || bytes[12] > 1 {
        return corrupt("its compression, filter or interlace method does not exist");
    }
    Ok(Header { width, height, bits, colour, interlaced: bytes[12] == 1, bytes })
}

/// Walks over the chunks behind the header to the end of the picture.
pub(super) fn chunks(
    input: &mut dyn Input,
    header: Header,
    max_chunk: u32,
) -> Result<Survey, Fault> {
    let mut survey = Survey {
        header,
        parts: Vec::new(),
        palette: Vec::new(),
        transparency: None,
        space: ColourSpace::default(),
        animated: false,
        trailing: false,
    };
    let end = input.seek(SeekFrom::End(0))?;
    // Signature, and the header with its length, kind and checksum.
    let mut at = 8 + 25;
    input.seek(SeekFrom::Start(at))?;
    let mut data = Data::Before;
    loop {
        let (length, kind) = begin(input)?;
        let whole = u64::from(length) + 12;
        if end - at < whole {
            return corrupt(format!("it ends in the middle of chunk {}", shown(kind)));
        }
        if kind != *b"IDAT" && length > max_chunk {
            return Err(Fault::Chunk { found: length.into(), allowed: max_chunk.into() });
        }
        data = match (data, kind == *b"IDAT") {
            (Data::Before | Data::Inside, true) => Data::Inside,
            (Data::Before, false) => Data::Before,
            (Data::Inside | Data::After, false) => Data::After,
            (Data::After, true) => return corrupt("its image data is interrupted"),
        };
        if kind == *b"IDAT" {
            // Relative, so that a buffered reader keeps what it has already read.
            input.seek_relative(i64::from(length) + 4)?;
        } else {
            survey.chunk(input, kind, length, data)?;
        }
        if matches!(&kind, b"IDAT" | b"PLTE" | b"IEND") {
            survey.part(at, whole);
        }
        at += whole;
        if kind == *b"IEND" {
            break;
        }
    }
    if matches!(data, Data::Before) {
        return corrupt("it has no image data");
    }
    if header.colour == 3 && survey.palette.is_empty() {
        return corrupt("its palette is missing");
    }
    survey.trailing = at < end;
    Ok(survey)
}

/// Where a chunk stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Data {
    Before,
    Inside,
    After,
}

impl Survey {
    /// Adds a part to be decoded; neighbours become one.
    fn part(&mut self, at: u64, length: u64) {
        match self.parts.last_mut() {
            Some((first, behind)) if *first + *behind == at => *behind += length,
            _ => self.parts.push((at, length)),
        }
    }

    /// Reads one chunk that is no image data, checks it and keeps what it says.
    fn chunk(
        &mut self,
        input: &mut dyn Input,
        kind: [u8; 4],
        length: u32,
        data: Data,
    ) -> Result<(), Fault> {
        // The chunks that are kept have at most so many bytes.
        let mut kept = Vec::with_capacity(768);
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&kind);
        let mut left = length as usize;
        while left > 0 {
            let buffer = input.fill_buf()?;
            let part = &buffer[..buffer.len().min(left)];
            if part.is_empty() {
                return corrupt(format!("it ends in the middle of chunk {}", shown(kind)));
            }
            hasher.update(part);
            let room = (768 - kept.len()).min(part.len());
            kept.extend_from_slice(&part[..room]);
            let taken = part.len();
            input.consume(taken);
            left -= taken;
        }
        let crc = hasher.finalize();
        check(input, kind, crc)?;
        // Where the standard forbids a chunk, or forbids its length, decoders leave it aside.
        match (&kind, data) {
            (b"IEND", _) if length > 0 => return corrupt("its end has content"),
            (b"PLTE", Data::Before) if self.palette.is_empty() => self.plte(&kept, length)?,
            (b"PLTE", _) => return corrupt("it has a second palette"),
            // Of two, decoders take the one or the other.
            (b"tRNS", Data::Before) if self.transparency.is_some() => {
                return corrupt("it says twice what is transparent");
            }
            (b"tRNS", Data::Before) if length <= 256 => self.transparency = Some(kept),
            (b"gAMA", Data::Before) => self.space.gamma = number(&kept, 0).filter(|_| length == 4),
            (b"sRGB", Data::Before) => self.space.srgb = kept.first().copied(),
            (b"cICP", Data::Before) => self.space.cicp = kept.try_into().ok(),
            (b"cHRM", Data::Before) if length == 32 => {
                let points = [0, 4, 8, 12, 16, 20, 24, 28].map(|at| number(&kept, at).unwrap_or(0));
                self.space.chromaticities = Some(points);
            }
            (b"iCCP", Data::Before) => self.space.profile = Some(crc),
            (b"acTL", Data::Before) => self.animated = true,
            (b"IEND", _) => {}
            ([first, ..], _) if first.is_ascii_uppercase() => {
                return corrupt(format!("nobody knows its chunk {}", shown(kind)));
            }
            _ => {}
        }
        Ok(())
    }

    fn plte(&mut self, bytes: &[u8], length: u32) -> Result<(), Fault> {
        let (colours, rest) = bytes.as_chunks::<3>();
        if length > 768
            || !rest.is_empty()
            || colours.is_empty()
            || matches!(self.header.colour, 0 | 4)
        {
            return corrupt(format!("a palette of {length} bytes cannot be"));
        }
        if self.header.colour == 3 && colours.len() > 1 << self.header.bits {
            return corrupt(format!("its palette has {} colours", colours.len()));
        }
        self.palette = colours.to_vec();
        Ok(())
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

/// Reads a chunk's length and kind.
fn begin(input: &mut dyn Input) -> Result<(u32, [u8; 4]), Fault> {
    let mut bytes = [0; 8];
    input.read_exact(&mut bytes)?;
    let [l0, l1, l2, l3, kind @ ..] = bytes;
    let length = u32::from_be_bytes([l0, l1, l2, l3]);
    if length >= 1 << 31 || !kind.iter().all(u8::is_ascii_alphabetic) {
        return corrupt(format!("{} is no chunk", shown(kind)));
    }
    Ok((length, kind))
}

/// Reads a chunk's checksum and compares it.
fn check(input: &mut dyn Input, kind: [u8; 4], expected: u32) -> Result<(), Fault> {
    let mut bytes = [0; 4];
    input.read_exact(&mut bytes)?;
    if u32::from_be_bytes(bytes) == expected {
        return Ok(());
    }
    corrupt(format!("the checksum of chunk {} is wrong", shown(kind)))
}

fn shown(kind: [u8; 4]) -> String {
    String::from_utf8_lossy(&kind).escape_debug().to_string()
}
