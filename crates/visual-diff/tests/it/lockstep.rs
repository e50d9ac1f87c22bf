//! Two pictures side by side: sizes, threads, ignored places, observers.

use crate::made;
use leadforge_visual_diff::{
    Area, Bytes, Config, Counts, DiffPicture, Drawing, Error, Limits, Mark, Profile, RowPair, Size,
    compare, compare_with, mask,
};
use png::ColorType;

/// A picture of one colour, with some pixels of another.
fn page(width: u32, height: u32, dots: &[(u32, u32)]) -> Vec<u8> {
    let mut pixels = vec![240; (width * height * 3) as usize];
    for (x, y) in dots {
        pixels[((y * width + x) * 3) as usize..][..3].copy_from_slice(&[10, 20, 30]);
    }
    made::png(width, height, ColorType::Rgb, &pixels)
}

fn bytes<'b>(name: &'b str, bytes: &'b [u8]) -> Bytes<'b> {
    Bytes { name, bytes }
}

#[test]
fn of_different_sizes_the_common_part_is_compared() {
    let (small, large) = (page(8, 6, &[(1, 1), (7, 5)]), page(10, 9, &[(1, 1), (9, 5), (0, 8)]));
    let config = Config { include_aa: true, ..Config::default() };
    for (before, after) in [(&small, &large), (&large, &small)] {
        let mut seen = Vec::new();
        let mut watch = |row: &mut RowPair<'_, '_>| {
            let marks: Vec<Mark> = row.marks().filter(|mark| *mark != Mark::Same).collect();
            let (y, equal) = (row.y(), row.equal());
            let (before, after) = row.both();
            seen.push((y, before.len(), after.len(), equal, marks));
            Ok(())
        };
        let report =
            compare_with(&bytes("a", before), &bytes("b", after), &config, &mut [&mut watch])
                .unwrap();
        assert_eq!(report.counts, Counts { different: 1, counted: 1, ..Counts::default() });
        assert_eq!(seen.len(), 9);
        assert!(seen.iter().all(|row| !row.3), "no row is equal when the widths differ: {seen:?}");
        assert_eq!(seen[5].4, [Mark::Counted]);
        assert_eq!(seen[4].1.min(seen[4].2), 8);
        assert_eq!(seen[7].1.min(seen[7].2), 0);
    }
}

#[test]
fn threads_change_nothing() {
    let mut state = 1_u32;
    let mut noise = |share: u32| {
        let dots: Vec<(u32, u32)> = (0..700 * 500)
            .filter(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state >> 16 < share
            })
            .map(|at| (at % 700, at / 700))
            .collect();
        page(700, 500, &dots)
    };
    let (before, after) = (noise(900), noise(2000));
    let (before, after) = (bytes("a", &before), bytes("b", &after));
    let report = |threads| compare(&before, &after, &Config { threads, ..Config::default() });
    let alone = report(false).unwrap();
    assert!(alone.counts.counted > 100);
    assert_eq!(alone, report(true).unwrap());
    let cut = bytes("cut", &before.bytes[..before.bytes.len() / 2]);
    for threads in [false, true] {
        let config = Config { threads, ..Config::default() };
        let error = compare(&cut, &after, &config).unwrap_err();
        assert!(error.to_string().starts_with("cut is not a whole picture"), "{error}");
    }
}

#[test]
fn rows_that_are_longer_than_a_block_have_their_neighbours() {
    let dots = |step: u32| (0..9_u32).map(|y| (y * step + 3, y)).collect::<Vec<_>>();
    let (before, after) = (page(60_000, 9, &dots(500)), page(60_000, 9, &dots(501)));
    let (before, after) = (bytes("a", &before), bytes("b", &after));
    for threads in [false, true] {
        let counts =
            compare(&before, &after, &Config { threads, ..Config::default() }).unwrap().counts;
        assert_eq!(counts, Counts { different: 16, counted: 16, ..Counts::default() });
    }
}

#[test]
fn what_lies_in_an_ignored_place_is_counted_apart() {
    let (before, after) = (page(9, 9, &[]), page(9, 9, &[(0, 0), (4, 4), (8, 8)]));
    let ignore = vec![
        Area { x: 3, y: 3, width: 2, height: 2 },
        Area { x: 4, y: 4, width: u32::MAX, height: u32::MAX },
    ];
    let config = Config { ignore, include_aa: true, ..Config::default() };
    let counts = compare(&bytes("a", &before), &bytes("b", &after), &config).unwrap().counts;
    assert_eq!(counts, Counts { different: 1, counted: 1, ignored: 2, ..Counts::default() });
}

#[test]
fn a_mask_becomes_areas() {
    // A bar with a gap in its second row, and a corner.
    let rows = ["####..", "##.#..", "##.#..", ".....#"].concat();
    let pixels: Vec<u8> = rows.bytes().map(|dot| if dot == b'#' { 200 } else { 0 }).collect();
    let picture = made::png(6, 4, ColorType::Grayscale, &pixels);
    let areas = mask(&bytes("mask", &picture), &Limits::default()).unwrap();
    let area = |x, y, width, height| Area { x, y, width, height };
    assert_eq!(areas, [area(0, 0, 4, 1), area(0, 1, 2, 2), area(3, 1, 1, 2), area(5, 3, 1, 1)]);
    let (before, after) = (page(6, 4, &[]), page(6, 4, &[(0, 0), (2, 1), (3, 2), (5, 3), (0, 3)]));
    let config = Config { ignore: areas, include_aa: true, ..Config::default() };
    let counts = compare(&bytes("a", &before), &bytes("b", &after), &config).unwrap().counts;
    assert_eq!(counts, Counts { different: 2, counted: 2, ignored: 3, ..Counts::default() });
    let noise: Vec<u8> = (0..600 * 400_u32).map(|at| u8::from((at + at / 600) % 2 == 0)).collect();
    let noise = made::png(600, 400, ColorType::Grayscale, &noise);
    let error = mask(&bytes("noise", &noise), &Limits::default()).unwrap_err().to_string();
    assert!(error.ends_with("as a mask it has more than 100000 areas"), "{error}");
}

#[test]
fn the_low_byte_of_16_bits_is_a_difference_that_is_not_counted() {
    let deep =
        |low: u8| made::deep_png(1, 1, ColorType::Grayscale, png::BitDepth::Sixteen, &[0x80, low]);
    let (before, after) = (deep(0x00), deep(0xff));
    let report = compare(&bytes("a", &before), &bytes("b", &after), &Config::default()).unwrap();
    assert_eq!(report.counts, Counts { different: 1, ..Counts::default() });
    let flat = made::png(1, 1, ColorType::Grayscale, &[0x80]);
    let report = compare(&bytes("a", &deep(0x80)), &bytes("b", &flat), &Config::default()).unwrap();
    assert_eq!(report.counts, Counts::default());
    insta::assert_json_snapshot!(report.warnings, @r#"
    [
      {
        "bits": [
          16,
          8
        ]
      }
    ]
    "#);
}

#[test]
fn a_palette_with_the_same_colours_is_the_same_picture() {
    let indexed = |palette: &[u8], pixels: &[u8]| {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(palette.to_vec());
        let mut writer = encoder.write_header().expect("it has a size");
        writer.write_image_data(pixels).expect("the row is full");
        writer.finish().expect("a vector takes all");
        bytes
    };
    let one = indexed(&[1, 2, 3, 9, 9, 9], &[0, 1]);
    let other = indexed(&[9, 9, 9, 1, 2, 3], &[1, 0]);
    let report = compare(&bytes("a", &one), &bytes("b", &other), &Config::default()).unwrap();
    assert_eq!(report.counts, Counts::default());
    let rgba = made::png(2, 1, ColorType::Rgba, &[1, 2, 3, 255, 9, 9, 9, 255]);
    let report = compare(&bytes("a", &one), &bytes("b", &rgba), &Config::default()).unwrap();
    assert_eq!(report.counts, Counts::default());
}

#[test]
fn transparent_and_white_are_the_same_in_one_profile_only() {
    let clear = made::png(1, 1, ColorType::Rgba, &[0, 0, 0, 0]);
    let white = made::png(1, 1, ColorType::Rgba, &[255; 4]);
    let half = made::png(1, 1, ColorType::Rgba, &[0, 0, 0, 128]);
    let grey = made::png(1, 1, ColorType::Rgba, &[127, 127, 127, 255]);
    let counted = |before: &[u8], after: &[u8], profile, checkerboard| {
        let config = Config { profile, checkerboard, ..Config::default() };
        compare(&bytes("a", before), &bytes("b", after), &config).unwrap().counts.counted
    };
    assert_eq!(counted(&clear, &white, Profile::Pm5, true), 0);
    assert_eq!(counted(&clear, &white, Profile::Pm7, true), 1);
    assert_eq!(counted(&clear, &white, Profile::Pm7, false), 0);
    assert_eq!(counted(&half, &grey, Profile::Pm7, true), 1);
    assert_eq!(counted(&half, &grey, Profile::Pm7, false), 0);
}

#[test]
fn an_opaque_background_and_a_failing_writer_are_drawn_and_told() {
    let before = made::png(3, 1, ColorType::Grayscale, &[0, 240, 240]);
    let after = made::png(3, 1, ColorType::Grayscale, &[0, 0, 240]);
    let (before, after) = (bytes("a", &before), bytes("b", &after));
    let config = Config { include_aa: true, ..Config::default() };
    let mut png = Vec::new();
    let drawing = Drawing { alpha: 1.0, ..Drawing::default() };
    let mut picture = DiffPicture::new(drawing, &config, &mut png).unwrap();
    compare_with(&before, &after, &config, &mut [&mut picture]).unwrap();
    picture.finish().unwrap();
    assert_eq!(made::rgba(&png).unwrap(), [0, 0, 0, 255, 255, 0, 0, 255, 240, 240, 240, 255]);
    let mut full: &mut [u8] = &mut [0; 60];
    let mut picture = DiffPicture::new(drawing, &config, &mut full).unwrap();
    compare_with(&before, &after, &config, &mut [&mut picture]).unwrap();
    assert!(matches!(picture.finish(), Err(Error::Write(_))));
}

#[test]
fn settings_that_mean_nothing_are_refused() {
    let page = page(1, 1, &[]);
    let page = bytes("a", &page);
    for threshold in [-0.1, 1.1, f64::NAN] {
        let config = Config { threshold, ..Config::default() };
        let error = compare(&page, &page, &config).unwrap_err().to_string();
        assert_eq!(error, "threshold has to be from 0 to 1");
    }
    let size = compare(&page, &page, &Config::default()).unwrap().sizes[0];
    assert_eq!(size, Size { width: 1, height: 1 });
}
