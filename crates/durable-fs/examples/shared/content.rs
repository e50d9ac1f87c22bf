//! Content that describes itself, so that any tearing or mixing shows; shared by the two writers.

use std::fmt::Write as _;

/// Bytes for one round: a line with name, round, length and checksum, then as many bytes.
pub(crate) fn make(name: &str, round: u64, limit: usize) -> Vec<u8> {
    let length = scramble(round ^ crc(name.as_bytes())) as usize % limit.max(1);
    let mut body = Vec::with_capacity(length + 8);
    let mut state = round.wrapping_mul(31) ^ crc(name.as_bytes());
    while body.len() < length {
        state = scramble(state);
        body.extend_from_slice(&state.to_le_bytes());
    }
    body.truncate(length);
    let mut head = String::new();
    write!(head, "{name} {round} {length} {:08x}", crc(&body)).expect("a string takes everything");
    writeln!(head, " {:08x}", crc(head.as_bytes())).expect("a string takes everything");
    [head.as_bytes(), &body].concat()
}

/// The name and round of whole content, or what is wrong with it.
pub(crate) fn check(bytes: &[u8]) -> Result<(String, u64), String> {
    let end = bytes.iter().position(|b| *b == b'\n').ok_or("no first line")?;
    let head = std::str::from_utf8(&bytes[..end]).map_err(|_| "the first line is not text")?;
    let body = &bytes[end + 1..];
    let (fields, own) = head.rsplit_once(' ').ok_or("the first line has no fields")?;
    if format!("{:08x}", crc(fields.as_bytes())) != own {
        return Err("the first line is damaged".to_owned());
    }
    let [name, round, length, sum] = fields.split(' ').collect::<Vec<_>>()[..] else {
        return Err("the first line has other fields".to_owned());
    };
    if length != body.len().to_string() {
        return Err(format!("{} bytes of {length}", body.len()));
    }
    if format!("{:08x}", crc(body)) != sum {
        return Err("the content is damaged".to_owned());
    }
    let round = round.parse().map_err(|_| "the round is no number")?;
    Ok((name.to_owned(), round))
}

fn crc(bytes: &[u8]) -> u64 {
    crc32fast::hash(bytes).into()
}

/// SplitMix64's mixing step.
fn scramble(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
