//! What the decoders give for pictures of every kind.

use crate::chunks::{ROWS, chunk, end, file, grey, header, stored};
use crate::made;
use png::{BitDepth, ColorType};

#[test]
fn every_layout_becomes_rgba() {
    let rgb = made::png(2, 1, ColorType::Rgb, &[1, 2, 3, 4, 5, 6]);
    assert_eq!(made::rgba(&rgb).unwrap(), [1, 2, 3, 255, 4, 5, 6, 255]);
    let rgba = made::png(1, 2, ColorType::Rgba, &[1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(made::rgba(&rgba).unwrap(), [1, 2, 3, 4, 5, 6, 7, 8]);
    let grey = made::png(2, 1, ColorType::Grayscale, &[9, 200]);
    assert_eq!(made::rgba(&grey).unwrap(), [9, 9, 9, 255, 200, 200, 200, 255]);
    let grey_alpha = made::png(1, 1, ColorType::GrayscaleAlpha, &[9, 200]);
    assert_eq!(made::rgba(&grey_alpha).unwrap(), [9, 9, 9, 200]);
    let bits = made::deep_png(3, 1, ColorType::Grayscale, BitDepth::Two, &[0b00_01_11_00]);
    assert_eq!(made::rgba(&bits).unwrap(), [0, 0, 0, 255, 85, 85, 85, 255, 255, 255, 255, 255]);
    let deep = made::deep_png(2, 1, ColorType::Grayscale, BitDepth::Sixteen, &[128, 0, 128, 255]);
    assert_eq!(made::rgba(&deep).unwrap(), [128, 128, 128, 255, 128, 128, 128, 255]);
}

#[test]
fn of_a_transparent_colour_only_the_bits_of_a_sample_count() {
    // PNG, third edition, 11.3.1.1: the least significant bits are used.
    let key = |high: u8, low: u8| grey(&[chunk(b"tRNS", &[high, low])], &stored(&ROWS));
    let alphas =
        |bytes: &[u8]| made::rgba(bytes).unwrap().chunks(4).map(|p| p[3]).collect::<Vec<_>>();
    assert_eq!(alphas(&key(0, 2)), [255, 0, 255, 255]);
    assert_eq!(alphas(&key(1, 2)), [255, 0, 255, 255]);
    let row = chunk(b"IDAT", &stored(&[0, 0b0001_1011]));
    let bits = file(&[header(4, 1, 2, 0, 0), chunk(b"tRNS", &[0, 0b111]), row, end()]);
    assert_eq!(alphas(&bits), [255, 255, 255, 0]);
}
