//! PNG files put together by hand, for what no encoder writes.

/// A chunk with its length and checksum.
pub(crate) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [kind.as_slice(), data].concat();
    let crc = crc32fast::hash(&body).to_be_bytes();
    [(data.len() as u32).to_be_bytes().as_slice(), &body, &crc].concat()
}

/// The signature and these chunks.
pub(crate) fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunks.concat()].concat()
}

/// A header; `kind` is the colour type.
pub(crate) fn header(width: u32, height: u32, bits: u8, kind: u8, interlaced: u8) -> Vec<u8> {
    let mut data = [width.to_be_bytes(), height.to_be_bytes()].concat();
    data.extend([bits, kind, 0, 0, interlaced]);
    chunk(b"IHDR", &data)
}

/// Bytes as a zlib stream that compresses nothing.
pub(crate) fn stored(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = data.chunks(0xffff).peekable();
    if blocks.peek().is_none() {
        stream.extend([1, 0, 0, 0xff, 0xff]);
    }
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler(data).to_be_bytes());
    stream
}

fn adler(data: &[u8]) -> u32 {
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    b << 16 | a
}

/// The end.
pub(crate) fn end() -> Vec<u8> {
    chunk(b"IEND", &[])
}

/// Grey of 8 bits, 2 × 2, whose image data is `stream`, with other chunks before it.
pub(crate) fn grey(before: &[Vec<u8>], stream: &[u8]) -> Vec<u8> {
    let data = [chunk(b"IDAT", stream), end()];
    file(&[&[header(2, 2, 8, 0, 0)], before, &data].concat())
}

/// The rows of [`grey`], each behind its filter.
pub(crate) const ROWS: [u8; 6] = [0, 1, 2, 0, 3, 4];
