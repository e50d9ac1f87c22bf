//! Formats that are decoded as a whole: JPEG and WebP, each behind its feature.

use crate::made;
use image::codecs::{jpeg::JpegEncoder, webp::WebPEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbImage};
use leadforge_visual_diff::{Bytes, Cap, Config, Error, Limits, Rows, Size, compare};

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

/// A WebP without loss that says how the camera was held; so may a JPEG.
fn held(orientation: u8, width: u32, height: u32) -> [Vec<u8>; 2] {
    // One entry: tag 0x112, a short, one of it.
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    let (mut webp, mut jpeg) = (Vec::new(), Vec::new());
    let mut encoder = WebPEncoder::new_lossless(&mut webp);
    encoder.set_exif_metadata(exif.clone()).expect("it can have it");
    encoder.write_image(&slope(), width, height, ExtendedColorType::Rgb8).expect("it is a picture");
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 95);
    encoder.set_exif_metadata(exif).expect("it can have it");
    encoder.write_image(&slope(), width, height, ExtendedColorType::Rgb8).expect("it is a picture");
    [webp, jpeg]
}

#[test]
fn a_picture_is_read_as_viewers_turn_it() {
    let plain = made::rgba(&jpeg()).expect("it is a picture");
    for orientation in 1..=8 {
        let turned = |rgba: Vec<u8>| {
            let stored = image::RgbaImage::from_raw(40, 30, rgba).expect("40 × 30");
            let mut shown = DynamicImage::from(stored);
            shown.apply_orientation(Orientation::from_exif(orientation).expect("1 to 8"));
            shown
        };
        let slope = RgbImage::from_raw(40, 30, slope()).expect("40 × 30");
        let truth =
            [turned(DynamicImage::from(slope).to_rgba8().into_raw()), turned(plain.clone())];
        for (file, truth) in held(orientation, 40, 30).into_iter().zip(truth) {
            let png =
                made::png(truth.width(), truth.height(), png::ColorType::Rgba, truth.as_bytes());
            let files =
                [Bytes { name: "held", bytes: &file }, Bytes { name: "shown", bytes: &png }];
            let report = compare(&files[0], &files[1], &Config::default()).expect("both are read");
            assert_eq!(report.counts.different, 0, "{orientation}");
            assert_eq!(report.sizes[0], report.sizes[1], "{orientation}");
        }
    }
}

#[test]
fn the_widest_row_is_the_one_that_is_shown() {
    let limits = Limits { max_width: 30, ..Limits::default() };
    for file in held(6, 30, 40) {
        let refused = made::rgba_within(&file, &limits);
        let Err(Error::TooLarge { cap: Cap::Width, found: 40, allowed: 30, .. }) = refused else {
            panic!("{refused:?}")
        };
        let bytes = Bytes { name: "held", bytes: &file };
        let rows = Rows::open(&bytes, &Limits::default()).expect("within");
        assert_eq!(rows.facts().size, Size { width: 40, height: 30 });
    }
}
