//! Photographs that were taken with a camera held on its side are compared as they are shown.
//!
//! A browser and every viewer turn a JPEG or a WebP as its Exif orientation says; two files of the same
//! stored pixels and of different orientations do not look the same, and the other way round.

use crate::Size;
use image::metadata::Orientation;

/// The size as it is shown.
pub(super) fn size(stored: Size, orientation: Orientation) -> Size {
    if is_on_its_side(orientation) {
        Size { width: stored.height, height: stored.width }
    } else {
        stored
    }
}

const fn is_on_its_side(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// The pixels, so many bytes each, as they are shown.
pub(super) fn turned(
    pixels: Vec<u8>,
    bytes: usize,
    stored: Size,
    orientation: Orientation,
) -> Vec<u8> {
    if orientation == Orientation::NoTransforms {
        return pixels;
    }
    let (width, height) = (stored.width as usize, stored.height as usize);
    let shown = size(stored, orientation);
    let (right, bottom) = (width.saturating_sub(1), height.saturating_sub(1));
    let mut turned = Vec::with_capacity(pixels.len());
    for y in 0..shown.height as usize {
        for x in 0..shown.width as usize {
            // Where the pixel that is shown at x, y is stored.
            let (from_x, from_y) = match orientation {
                Orientation::NoTransforms => (x, y),
                Orientation::FlipHorizontal => (right - x, y),
                Orientation::Rotate180 => (right - x, bottom - y),
                Orientation::FlipVertical => (x, bottom - y),
                Orientation::Rotate90FlipH => (y, x),
                Orientation::Rotate90 => (y, bottom - x),
                Orientation::Rotate270FlipH => (right - y, bottom - x),
                Orientation::Rotate270 => (right - y, x),
            };
            let at = (from_y * width + from_x) * bytes;
            turned.extend_from_slice(&pixels[at..at + bytes]);
        }
    }
    turned
}
