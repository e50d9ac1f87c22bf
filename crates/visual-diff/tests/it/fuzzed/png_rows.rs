//! Fuzz target `png-rows`: any bytes as PNG, streaming and interlaced, beside crate `png` itself.

use leadforge_visual_diff::{Bytes, Limits, Rows};

/// Bytes of a PNG, whose checksums are put right first: a fuzzer cannot guess them.
pub(crate) fn run(data: &[u8]) {
    let mut bytes = data.to_vec();
    mend(&mut bytes);
    let limits = Limits {
        max_pixels: 1 << 18,
        max_whole_pixels: 1 << 16,
        max_width: 1 << 12,
        max_chunk: 1 << 12,
    };
    let (mended, raw) = (decode(&bytes, &limits), decode(data, &limits));
    assert_eq!(mended, decode(&bytes, &limits), "one file, two answers");
    if raw.is_some() && !cfg!(fuzzing) {
        assert_eq!(raw, mended, "only a wrong checksum is mended");
    }
    // Crate `png` refuses what is wrong with an animation; here nothing of one is read.
    let Some(pixels) = mended else { return };
    // Crate `png` looks at all bits of a transparent grey, however few a sample has.
    if bytes[24] < 8 && bytes[25] == 0 && bytes.windows(4).any(|kind| kind == b"tRNS") {
        return;
    }
    if let Some(theirs) = expanded(&bytes) {
        assert_eq!(pixels, theirs);
    }
}

fn decode(bytes: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    let source = Bytes { name: "fuzz", bytes };
    let mut rows = Rows::open(&source, limits).ok()?;
    let size = rows.facts().size;
    let mut pixels = Vec::new();
    while let Some(row) = rows.next_rgba().ok()? {
        assert_eq!(row.len(), size.width as usize * 4);
        pixels.extend_from_slice(row);
    }
    assert_eq!(pixels.len() as u64, size.pixels() * 4);
    Some(pixels)
}

/// The same by crate `png` alone, which has its own way to RGBA.
fn expanded(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let mut buffer = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut buffer).ok()?;
    let samples = info.color_type.samples();
    let mut narrow = buffer;
    if info.bit_depth == png::BitDepth::Sixteen {
        let sample =
            |pair: &[u8; 2]| (u32::from(u16::from_be_bytes(*pair)) * 255 + 32_767) / 65_535;
        narrow = narrow.as_chunks().0.iter().map(|pair| sample(pair) as u8).collect();
    }
    let rgba = |pixel: &[u8]| match *pixel {
        [v, a] => [v, v, v, a],
        [r, g, b, a] => [r, g, b, a],
        _ => unreachable!("there is always an alpha"),
    };
    Some(narrow.chunks_exact(samples).flat_map(rgba).collect())
}

/// Puts the checksum of each chunk right, as far as there are chunks.
fn mend(bytes: &mut [u8]) {
    let mut at = 8;
    while let Some(length) = bytes.get(at..at + 4) {
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let Some(body) = bytes.get(at + 4..(at + 8).saturating_add(length)) else { return };
        let crc = crc32fast::hash(body).to_be_bytes();
        let Some(sum) = bytes.get_mut(at + 8 + length..at + 12 + length) else { return };
        sum.copy_from_slice(&crc);
        at += 12 + length;
    }
}
