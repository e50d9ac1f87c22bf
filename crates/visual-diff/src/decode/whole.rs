//! Pictures that cannot be decoded row by row; they lie in memory under a cap of their own.

use super::Refused;
use super::parts::Parts;
use super::source::Input;
use super::survey::{Header, Survey};
use std::io::BufRead;

/// Decoded rows, one behind the other.
pub(super) struct Whole {
    pub(super) pixels: Vec<u8>,
    pub(super) at: usize,
}

impl Whole {
    /// Copies the next row.
    pub(super) fn read(&mut self, row: &mut [u8]) {
        row.copy_from_slice(&self.pixels[self.at..self.at + row.len()]);
        self.at += row.len();
    }
}

/// An interlaced PNG.
pub(super) fn interlaced<'s>(
    input: Box<dyn Input + 's>,
    survey: &Survey,
    row_bytes: usize,
) -> Result<Whole, Refused> {
    let mut parts = Parts::new(input, &survey.header, &survey.parts);
    check(&mut parts, &survey.header)?;
    let parts = Parts::new(parts.into_input(), &survey.header, &survey.parts);
    let mut reader = super::png::reader(parts)?;
    let mut pixels = vec![0; row_bytes * survey.header.height as usize];
    reader.next_frame(&mut pixels)?;
    Ok(Whole { pixels, at: 0 })
}

/// Inflates the image data once without keeping it: its length and checksums must be right.
///
/// The decoder that puts the passes together misses what is too short, but stops at the last
/// pixel, before what is too long and before the checksum.
fn check(parts: &mut Parts<'_>, header: &Header) -> Result<(), Refused> {
    let expected = interlaced_bytes(header);
    let mut options = png::DecodeOptions::default();
    options.set_ignore_checksums(false);
    let mut decoder = png::StreamingDecoder::new_with_options(options);
    let mut buffer = vec![0; 256 << 10];
    let mut region = png::UnfilterRegion::default();
    let mut inflated = 0;
    loop {
        if region.filled > buffer.len() / 2 {
            buffer.copy_within(region.available..region.filled, 0);
            region.filled -= region.available;
            region.available = 0;
        }
        let bytes = parts.fill_buf().map_err(png::DecodingError::IoError)?;
        if bytes.is_empty() {
            return Err(Refused::corrupt("it ends in the middle"));
        }
        let before = region.filled;
        let (taken, decoded) = decoder.update(bytes, Some(&mut region.as_buf(&mut buffer)))?;
        inflated += (region.filled - before) as u64;
        if inflated > expected {
            return Err(Refused::corrupt("its image data has more rows than its header"));
        }
        parts.consume(taken);
        if matches!(decoded, png::Decoded::ImageDataFlushed) {
            break;
        }
    }
    Ok(())
}

/// Bytes of all seven passes, with a filter byte in front of each row (Adam7).
fn interlaced_bytes(header: &Header) -> u64 {
    const PASSES: [[u32; 4]; 7] = [
        [0, 8, 0, 8],
        [4, 8, 0, 8],
        [0, 4, 4, 8],
        [2, 4, 0, 4],
        [0, 2, 2, 4],
        [1, 2, 0, 2],
        [0, 1, 1, 2],
    ];
    let samples = match header.colour {
        0 | 3 => 1,
        2 => 3,
        4 => 2,
        _ => 4,
    };
    let of =
        |length: u32, first: u32, step: u32| u64::from(length.saturating_sub(first).div_ceil(step));
    let bytes = PASSES.map(|[x, dx, y, dy]| {
        let columns = of(header.width, x, dx);
        let row = (columns * samples * u64::from(header.bits)).div_ceil(8);
        if columns == 0 { 0 } else { of(header.height, y, dy) * (row + 1) }
    });
    bytes.iter().sum()
}
