//! Formats that are decoded as a whole: JPEG and WebP, each behind its feature.

use crate::made;
use image::codecs::{jpeg::JpegEncoder, webp::WebPEncoder};
use image::{ExtendedColorType, ImageEncoder};
use leadforge_visual_diff::{Cap, Error, Limits};

/// A slope of 40 × 30, as no line of it is like another.
fn slope() -> Vec<u8> {
    (0..40 * 30_u32).flat_map(|at| [at % 40 * 6, at / 40 * 8, 99].map(|c| c as u8)).collect()
}

fn webp() -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = WebPEncoder::new_lossless(&mut bytes);
    encoder.write_image(&slope(), 40, 30, ExtendedColorType::Rgb8).expect("it is a picture");
    bytes
}

fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.write_image(&slope(), 40, 30, ExtendedColorType::Rgb8).expect("it is a picture");
    bytes
}

#[test]
fn a_webp_without_loss_has_the_pixels_of_the_png() {
    let png = made::png(40, 30, png::ColorType::Rgb, &slope());
    assert!(made::rgba(&webp()).unwrap() == made::rgba(&png).unwrap());
}

#[test]
fn a_jpeg_has_nearly_the_pixels_of_the_png() {
    let png = made::rgba(&made::png(40, 30, png::ColorType::Rgb, &slope())).unwrap();
    let worst = made::rgba(&jpeg()).unwrap().iter().zip(&png).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(worst.unwrap() < 24, "{worst:?}");
}

#[test]
fn a_file_that_was_cut_is_refused() {
    for whole in [webp(), jpeg()] {
        for length in 0..whole.len() - 1 {
            let error = made::rgba(&whole[..length]).expect_err("it was cut");
            let refused = matches!(error, Error::Corrupt { .. } | Error::Unsupported { .. });
            assert!(refused, "{length} of {}: {error}", whole.len());
        }
    }
}

#[test]
fn their_own_cap_is_looked_at_first() {
    let limits = Limits { max_whole_pixels: 1199, ..Limits::default() };
    for whole in [webp(), jpeg()] {
        let refused = made::rgba_within(&whole, &limits);
        let Err(Error::TooLarge { cap: Cap::WholePixels, found: 1200, allowed: 1199, .. }) =
            refused
        else {
            panic!("{refused:?}")
        };
    }
    let small = Limits { max_chunk: 20, ..Limits::default() };
    let refused = made::rgba_within(&webp(), &small);
    assert!(matches!(refused, Err(Error::TooLarge { cap: Cap::Chunk, .. })), "{refused:?}");
}
