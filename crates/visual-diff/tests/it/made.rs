//! Pictures that the tests make themselves.

use leadforge_visual_diff::{Bytes, Error, Limits, Rows};

/// A PNG of 8 bits from raw rows.
pub(crate) fn png(width: u32, height: u32, colour: png::ColorType, pixels: &[u8]) -> Vec<u8> {
    deep_png(width, height, colour, png::BitDepth::Eight, pixels)
}

/// A PNG from raw rows.
pub(crate) fn deep_png(
    width: u32,
    height: u32,
    colour: png::ColorType,
    depth: png::BitDepth,
    pixels: &[u8],
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    let mut writer = encoder.write_header().expect("the size is not zero");
    writer.write_image_data(pixels).expect("the pixels fill the picture");
    writer.finish().expect("a vector takes everything");
    bytes
}

/// All pixels of a picture as RGBA of 8 bits.
pub(crate) fn rgba(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    rgba_within(bytes, &Limits::default())
}

/// All pixels of a picture as RGBA of 8 bits, within limits.
pub(crate) fn rgba_within(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    let source = Bytes { name: "made.png", bytes };
    let mut rows = Rows::open(&source, limits)?;
    let mut pixels = Vec::new();
    while let Some(row) = rows.next_rgba()? {
        pixels.extend_from_slice(row);
    }
    Ok(pixels)
}
