//! What the decoders give for pictures of every kind.

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
