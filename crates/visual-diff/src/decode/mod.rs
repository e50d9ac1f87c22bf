//! Pictures from bytes, row by row and within limits.

mod facts;
mod layout;
mod limits;
#[cfg(any(feature = "jpeg", feature = "webp"))]
mod other;
mod parts;
mod png;
mod source;
mod survey;
#[cfg(any(feature = "jpeg", feature = "webp"))]
mod upright;
mod whole;

pub use facts::{ColourSpace, Facts, Format};
pub use layout::Layout;
pub use limits::{Cap, Limits};
pub use source::{Bytes, Input, Source};

use crate::{Error, Size};
use survey::Fault;

/// The rows of one picture, from top to bottom.
///
/// Opening looks at the header and the order of the chunks; no pixel is inflated before all of it
/// is within the limits. A picture whose last row was read without an error is whole: every
/// checksum was right and nothing was missing.
pub struct Rows<'s> {
    name: String,
    facts: Facts,
    layout: Layout,
    steps: Steps<'s>,
    /// Rows that were read.
    read: u32,
    /// The last row that [`Rows::next_rgba`] expanded.
    row: Vec<u8>,
}

impl<'s> Rows<'s> {
    /// Opens a picture.
    ///
    /// # Errors
    /// The bytes cannot be read, are no picture that this build reads, or exceed the limits.
    pub fn open(source: &'s dyn Source, limits: &Limits) -> Result<Self, Error> {
        let name = source.name();
        let opened =
            source.open().map_err(|error| Fault::Read(error).into()).and_then(|mut input| {
                let mut start = [0; 12];
                let length = fill(&mut *input, &mut start[..8]).map_err(Fault::Read)?;
                if start[..length] == survey::SIGNATURE {
                    return png::open(input, limits);
                }
                let length =
                    length + fill(&mut *input, &mut start[length..]).map_err(Fault::Read)?;
                match &start[..length] {
                    #[cfg(feature = "jpeg")]
                    [0xff, 0xd8, 0xff, ..] => other::open(input, Format::Jpeg, limits),
                    #[cfg(feature = "webp")]
                    [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
                        other::open(input, Format::Webp, limits)
                    }
                    bytes => Err(Refused::Unsupported(guess(bytes))),
                }
            });
        match opened {
            Ok(Opened { facts, layout, steps }) => {
                Ok(Self { name, facts, layout, steps, read: 0, row: Vec::new() })
            }
            Err(refused) => Err(refused.of(name)),
        }
    }

    /// What the file says of the picture.
    #[must_use]
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What the bytes of a row mean.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Bytes of a row as the file has it.
    #[must_use]
    pub fn row_bytes(&self) -> usize {
        self.layout.row_bytes(self.facts.size.width)
    }

    /// Reads the next row as the file has it; false when there is none.
    ///
    /// # Errors
    /// The picture is damaged, or its bytes cannot be read.
    ///
    /// # Panics
    /// When `row` has not [`Rows::row_bytes`] bytes.
    pub fn read(&mut self, row: &mut [u8]) -> Result<bool, Error> {
        if self.read == self.facts.size.height {
            return Ok(false);
        }
        assert_eq!(row.len(), self.row_bytes(), "the row is as long as the picture is wide");
        let outcome = match &mut self.steps {
            Steps::Stream(stream) => stream.read(row),
            Steps::Whole(whole) => {
                whole.read(row);
                Ok(())
            }
        };
        outcome
            .and_then(|()| match self.layout.stray(row, self.facts.size.width as usize) {
                Some(stray) => Err(Refused::corrupt(format!("its palette has no colour {stray}"))),
                None => Ok(()),
            })
            .map_err(|refused| refused.of(self.name.clone()))?;
        self.read += 1;
        Ok(true)
    }

    /// Reads the next row and expands it to RGBA of 8 bits.
    ///
    /// # Errors
    /// As [`Rows::read`].
    pub fn next_rgba(&mut self) -> Result<Option<&[u8]>, Error> {
        let mut raw = vec![0; self.row_bytes()];
        if !self.read(&mut raw)? {
            return Ok(None);
        }
        self.row.resize(self.facts.size.width as usize * 4, 0);
        self.layout.rgba(&raw, &mut self.row);
        Ok(Some(&self.row))
    }
}

/// A picture that is ready to be decoded.
struct Opened<'s> {
    facts: Facts,
    layout: Layout,
    steps: Steps<'s>,
}

/// How rows are made.
enum Steps<'s> {
    Stream(Box<png::Stream<'s>>),
    Whole(whole::Whole),
}

/// Why a picture is not read; the name of the picture is not known here.
enum Refused {
    Fault(Fault),
    TooLarge { cap: Cap, found: u64, allowed: u64 },
    Unsupported(&'static str),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Refused {
    fn corrupt(what: impl Into<String>) -> Self {
        Self::Fault(Fault::Corrupt(what.into()))
    }

    fn of(self, picture: String) -> Error {
        match self {
            Self::Fault(Fault::Read(cause)) => Error::Read { picture, cause },
            Self::Fault(Fault::Corrupt(what)) => Error::Corrupt { picture, what },
            Self::Fault(Fault::Chunk { found, allowed }) => {
                Error::TooLarge { picture, cap: Cap::Chunk, found, allowed }
            }
            Self::TooLarge { cap, found, allowed } => {
                Error::TooLarge { picture, cap, found, allowed }
            }
            Self::Unsupported(what) => Error::Unsupported { picture, what },
        }
    }
}

/// Refuses a size that exceeds the limits.
fn within(size: Size, (cap, allowed): (Cap, u64), max_width: u32) -> Result<(), Refused> {
    let found = u64::from(size.width) * u64::from(size.height);
    if found > allowed {
        return Err(Refused::TooLarge { cap, found, allowed });
    }
    if size.width > max_width {
        let (found, allowed) = (size.width.into(), max_width.into());
        return Err(Refused::TooLarge { cap: Cap::Width, found, allowed });
    }
    Ok(())
}

/// Reads until the buffer is full or the input ends.
fn fill(input: &mut dyn Input, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match input.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// What a file seems to be that no decoder here reads.
fn guess(start: &[u8]) -> &'static str {
    match start {
        [] => "empty",
        [0xff, 0xd8, 0xff, ..] => "a JPEG",
        [b'R', b'I', b'F', b'F', ..] => "a WebP",
        [b'G', b'I', b'F', b'8', ..] => "a GIF",
        [b'B', b'M', ..] => "a BMP",
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "a TIFF",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "an AVIF or HEIC",
        [b'<', ..] => "a text, perhaps SVG",
        _ => "no picture",
    }
}
