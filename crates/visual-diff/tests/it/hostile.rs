//! Files that are not what they claim: refused with a reason, never a difference or a panic.

use crate::chunks::{ROWS, chunk, end, file, grey, header, stored};
use crate::made;
use leadforge_visual_diff::{Bytes, Cap, Config, Error, Limits, compare};

/// A stream of so many zeros in few bytes.
fn bomb(bytes: usize) -> Vec<u8> {
    let mut png = Vec::new();
    let width = 1 << 20;
    let mut encoder = png::Encoder::new(&mut png, width, (bytes as u32).div_ceil(width));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_deflate_compression(png::DeflateCompression::FdeflateUltraFast);
    let mut writer = encoder.write_header().expect("it has a size");
    writer
        .write_image_data(&vec![0; bytes.next_multiple_of(width as usize)])
        .expect("the rows are full");
    writer.finish().expect("a vector takes all");
    let at = png.windows(4).position(|kind| kind == b"IDAT").expect("it has data");
    let length = u32::from_be_bytes(png[at - 4..at].try_into().expect("four bytes")) as usize;
    png[at + 4..at + 4 + length].to_vec()
}

fn with_name(profile: &[u8]) -> Vec<u8> {
    [b"name\0\0".as_slice(), profile].concat()
}

/// Every file that must be refused, and why.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let good = grey(&[], &stored(&ROWS));
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let wrong_sum = {
        let mut stream = stored(&ROWS);
        *stream.last_mut().expect("it has a checksum") ^= 1;
        stream
    };
    let data = || chunk(b"IDAT", &stored(&ROWS));
    let idat = good.windows(4).position(|kind| kind == b"IDAT").expect("it has data");
    let palette = |colours: usize| chunk(b"PLTE", &vec![7; colours * 3]);
    let indexed = |chunks: Vec<Vec<u8>>| file(&[vec![header(2, 2, 8, 3, 0)], chunks].concat());
    let fc = |width: u32| {
        let numbers = [0, width, 2, 0, 0].map(u32::to_be_bytes).concat();
        chunk(b"fcTL", &[numbers, vec![0, 1, 0, 1, 0, 0]].concat())
    };
    vec![
        ("empty", Vec::new()),
        ("signature only", good[..8].to_vec()),
        ("no picture", b"hello".to_vec()),
        ("text with its line ends changed", [b"\x89PNG\n\x1a\n".as_slice(), &good[8..]].concat()),
        ("bad checksum of the header", flipped(17)),
        ("bad checksum of the image data", flipped(idat + 12)),
        ("bad checksum of a text", {
            let mut bytes = grey(&[chunk(b"tEXt", b"a\0b")], &stored(&ROWS));
            let at = bytes.windows(4).position(|kind| kind == b"tEXt").expect("it has one");
            bytes[at + 4] ^= 1;
            bytes
        }),
        ("bad checksum inside the compressed data", grey(&[], &wrong_sum)),
        ("cut in the header", good[..20].to_vec()),
        ("cut in the image data", good[..idat + 10].to_vec()),
        ("cut before the end", good[..good.len() - 12].to_vec()),
        ("cut in the end", good[..good.len() - 2].to_vec()),
        ("a row too few", grey(&[], &stored(&ROWS[..3]))),
        ("a byte too few", grey(&[], &stored(&ROWS[..5]))),
        ("a row too many", grey(&[], &stored(&[0, 1, 2, 0, 3, 4, 0, 5, 6]))),
        ("compressed data that never ends", grey(&[], &stored(&ROWS)[..12])),
        ("no compressed data", grey(&[], &[])),
        ("filter that does not exist", grey(&[], &stored(&[9, 1, 2, 0, 3, 4]))),
        ("no image data", file(&[header(2, 2, 8, 0, 0), end()])),
        ("image data with a gap", {
            let (left, right) =
                (chunk(b"IDAT", &stored(&ROWS)[..9]), chunk(b"IDAT", &stored(&ROWS)[9..]));
            file(&[header(2, 2, 8, 0, 0), left, chunk(b"tEXt", b"a\0b"), right, end()])
        }),
        ("no width", file(&[header(0, 10, 8, 0, 0), data(), end()])),
        ("no height", file(&[header(10, 0, 8, 0, 0), data(), end()])),
        ("negative size", file(&[header(u32::MAX, u32::MAX, 8, 0, 0), data(), end()])),
        ("greatest size", file(&[header((1 << 31) - 1, (1 << 31) - 1, 8, 6, 0), data(), end()])),
        ("three bits", file(&[header(2, 2, 3, 0, 0), data(), end()])),
        ("palette of 16 bits", file(&[header(2, 2, 16, 3, 0), palette(2), data(), end()])),
        ("unknown interlacing", file(&[header(2, 2, 8, 0, 2), data(), end()])),
        ("second header", file(&[header(2, 2, 8, 0, 0), header(4, 4, 8, 0, 0), data(), end()])),
        ("chunk before the header", file(&[palette(1), header(2, 2, 8, 0, 0), data(), end()])),
        ("unknown critical chunk", grey(&[chunk(b"NEED", b"")], &stored(&ROWS))),
        (
            "chunk longer than the file",
            grey(&[vec![0x7f, 255, 255, 255, b't', b'E', b'X', b't']], &[]),
        ),
        ("length of 2³¹ and more", grey(&[vec![255, 255, 255, 255, b't', b'E', b'X', b't']], &[])),
        ("no palette", indexed(vec![data(), end()])),
        ("empty palette", indexed(vec![chunk(b"PLTE", b""), data(), end()])),
        ("palette of two thirds", indexed(vec![chunk(b"PLTE", &[1, 2]), data(), end()])),
        ("palette that is too long", indexed(vec![palette(257), data(), end()])),
        ("palette twice", indexed(vec![palette(9), palette(9), data(), end()])),
        ("transparency twice", {
            let clear = |value: u8| chunk(b"tRNS", &[0, value]);
            grey(&[clear(1), clear(2)], &stored(&ROWS))
        }),
        ("palette behind the data", indexed(vec![data(), palette(9), end()])),
        ("colour that the palette lacks", indexed(vec![palette(4), data(), end()])),
        ("animation of another size", {
            let wrong = [chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]), fc(9)];
            let mut bytes = grey(&wrong, &stored(&ROWS));
            bytes.truncate(bytes.len() - 1);
            bytes
        }),
        (
            "interlaced, a row too few",
            file(&[header(2, 2, 8, 0, 1), chunk(b"IDAT", &stored(&[0, 1, 0, 2])), end()]),
        ),
        (
            "interlaced, a row too many",
            file(&[
                header(2, 2, 8, 0, 1),
                chunk(b"IDAT", &stored(&[0, 1, 0, 2, 0, 3, 4, 0, 3, 4])),
                end(),
            ]),
        ),
        ("interlaced, bad checksum inside", {
            let mut stream = stored(&[0, 1, 0, 2, 0, 3, 4]);
            *stream.last_mut().expect("it has a checksum") ^= 1;
            file(&[header(2, 2, 8, 0, 1), chunk(b"IDAT", &stream), end()])
        }),
    ]
}

#[test]
fn a_file_that_is_no_whole_picture_is_refused() {
    let good = grey(&[], &stored(&ROWS));
    assert_eq!(made::rgba(&good).unwrap()[..8], [1, 1, 1, 255, 2, 2, 2, 255]);
    let good = Bytes { name: "good.png", bytes: &good };
    for (what, bytes) in files() {
        let bad = Bytes { name: "bad.png", bytes: &bytes };
        for (before, after) in [(&bad, &good), (&good, &bad), (&bad, &bad)] {
            let error = compare(before, after, &Config::default()).expect_err(what);
            let text = error.to_string();
            assert!(text.starts_with("bad.png ") && !text.contains('\n'), "{what}: {text}");
        }
    }
}

#[test]
fn what_is_too_large_names_the_limit_and_is_never_inflated() {
    let huge = file(&[header(30_000, 30_000, 8, 6, 0), chunk(b"IDAT", &bomb(1 << 20)), end()]);
    let refused = |bytes: &[u8], limits: &Limits| match made::rgba_within(bytes, limits) {
        Err(Error::TooLarge { cap, found, allowed, .. }) => (cap, found, allowed),
        other => panic!("{other:?}"),
    };
    let limits = Limits::default();
    assert_eq!(refused(&huge, &limits), (Cap::Pixels, 900_000_000, 200_000_000));
    let wide = file(&[header(1 << 20, 1, 1, 0, 0), chunk(b"IDAT", &[]), end()]);
    assert_eq!(refused(&wide, &limits), (Cap::Width, 1 << 20, 131_072));
    let woven = file(&[header(5000, 4000, 1, 0, 1), chunk(b"IDAT", &[]), end()]);
    assert_eq!(refused(&woven, &limits), (Cap::WholePixels, 20_000_000, 16_000_000));
    let chatty = grey(&[chunk(b"tEXt", &[b'a'; 2000])], &stored(&ROWS));
    let small = Limits { max_chunk: 1999, ..limits };
    assert_eq!(refused(&chatty, &small), (Cap::Chunk, 2000, 1999));
    let text = made::rgba(&huge).unwrap_err().to_string();
    assert_eq!(text, "made.png has 900000000 pixels, 200000000 are allowed: raise --max-pixels");
}

#[test]
fn bombs_beside_the_picture_are_not_opened() {
    let bomb = bomb(16 << 20);
    let beside = [
        chunk(b"iCCP", &with_name(&bomb)),
        chunk(b"zTXt", &with_name(&bomb)),
        chunk(b"iTXt", &[b"name\0\x01\0\0\0".as_slice(), &bomb].concat()),
        chunk(b"eXIf", &bomb),
    ];
    let armed = grey(&beside, &stored(&ROWS));
    assert_eq!(made::rgba(&armed).unwrap(), made::rgba(&grey(&[], &stored(&ROWS))).unwrap());
}

#[test]
fn an_inflated_picture_ends_where_its_rows_end() {
    // 16 MiB of rows that the header does not know.
    let long = grey(&[], &bomb(16 << 20));
    let text = made::rgba(&long).unwrap_err().to_string();
    assert_eq!(
        text,
        "made.png is not a whole picture: its image data has more rows than its header"
    );
}

#[test]
fn what_follows_the_end_is_told_and_not_read() {
    let good = grey(&[], &stored(&ROWS));
    let longer = [good.as_slice(), b"<?php"].concat();
    let (good, longer) = (Bytes { name: "a", bytes: &good }, Bytes { name: "b", bytes: &longer });
    let report = compare(&good, &longer, &Config::default()).unwrap();
    insta::assert_json_snapshot!(report.warnings, @r#"
    [
      "trailing"
    ]
    "#);
    assert_eq!(report.counts, Default::default());
}

#[test]
fn a_damaged_byte_is_never_a_difference() {
    let good = made::png(9, 7, png::ColorType::Rgb, &(0..=188).collect::<Vec<u8>>());
    let source = Bytes { name: "good.png", bytes: &good };
    for at in 0..good.len() {
        for flip in [1, 0x80, 0xff] {
            let mut bytes = good.clone();
            bytes[at] ^= flip;
            let bad = Bytes { name: "bad.png", bytes: &bytes };
            assert!(compare(&source, &bad, &Config::default()).is_err(), "byte {at} ^ {flip}");
        }
    }
    for length in 0..good.len() {
        let cut = Bytes { name: "cut.png", bytes: &good[..length] };
        assert!(compare(&cut, &source, &Config::default()).is_err(), "cut at {length}");
    }
}
