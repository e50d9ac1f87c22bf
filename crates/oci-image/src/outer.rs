//! The archive around an image: where each of its parts lies, found by reading its headers alone.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

use crate::error::{Error, shown};
use crate::limits::Limits;
use crate::read::{Headers, Raw, Special, clean};

/// How many links of an archive lead from one to the next.
const LINKS: usize = 16;

/// The parts of an archive by name: where each begins, and its length.
pub(crate) fn index(
    file: &File,
    length: u64,
    limits: &Limits,
) -> Result<BTreeMap<String, (u64, u64)>, Error> {
    let mut parts = BTreeMap::new();
    let mut links: BTreeMap<String, String> = BTreeMap::new();
    let mut headers = Headers::new(limits);
    let (mut at, mut entries, mut ended) = (0, 0_u64, false);
    let mut block = [0; 512];
    while at + 512 <= length {
        file.read_exact_at(&mut block, at).map_err(Error::io(""))?;
        at += 512;
        let raw = match headers.block(&block) {
            Ok(Some(raw)) => raw,
            Ok(None) => {
                ended = true;
                break;
            }
            Err(_) if entries == 0 => return Err(not_an_archive(&block)),
            Err(error) => return Err(error),
        };
        let body = at;
        at = body
            .checked_add(raw.padded())
            .filter(|end| *end <= length.next_multiple_of(512))
            .ok_or_else(|| Error::invalid(raw.shown(), "is cut off"))?;
        if let Special::Extended = raw.special {
            let mut bytes = vec![0; usize::try_from(raw.size).unwrap_or(usize::MAX)];
            file.read_exact_at(&mut bytes, body).map_err(cut_off)?;
            headers.extended(&raw, bytes)?;
            continue;
        }
        entries += 1;
        if entries > limits.entries {
            return Err(Error::too_much("", "entries", limits.entries));
        }
        enter(&headers.entry(raw)?, (body, length), (&mut parts, &mut links))?;
    }
    if !ended && at < length {
        return Err(Error::invalid("", "is cut off in the middle of a header"));
    }
    if entries == 0 {
        return Err(Error::invalid("", "is an empty archive"));
    }
    // Old versions of docker save a layer that two images share once, and as a link.
    for name in links.keys() {
        let mut target = name;
        for _ in 0..LINKS {
            match links.get(target) {
                Some(next) => target = next,
                None => break,
            }
        }
        if let Some(&place) = parts.get(target) {
            parts.insert(name.clone(), place);
        }
    }
    Ok(parts)
}

type Found<'a> = (&'a mut BTreeMap<String, (u64, u64)>, &'a mut BTreeMap<String, String>);

/// Notes one entry of the archive.
fn enter(
    found: &crate::read::Found,
    (body, length): (u64, u64),
    (parts, links): Found<'_>,
) -> Result<(), Error> {
    let name = clean(&found.path)?;
    // Names of parts are text; what is not text cannot be asked for.
    let Ok(name) = String::from_utf8(name) else {
        return Ok(());
    };
    let once = |new: bool| {
        if new {
            return Ok(());
        }
        Err(Error::invalid(shown(name.as_bytes()), "is there twice"))
    };
    match found.special {
        Special::File => {
            if body + found.size > length {
                return Err(Error::invalid(shown(name.as_bytes()), "is cut off"));
            }
            once(!links.contains_key(&name))?;
            once(parts.insert(name.clone(), (body, found.size)).is_none())
        }
        Special::Symlink | Special::HardLink => {
            let target = String::from_utf8_lossy(&found.link).into_owned();
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let below = if found.special == Special::Symlink { folder } else { "" };
            let Some(target) = walk(below, &target) else {
                let reason = "is a link that leads out of the archive";
                return Err(Error::invalid(shown(name.as_bytes()), reason));
            };
            once(!parts.contains_key(&name))?;
            once(links.insert(name.clone(), target).is_none())
        }
        _ => Ok(()),
    }
}

/// A relative path from a folder, nothing where it leads out.
fn walk(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn cut_off(_: io::Error) -> Error {
    Error::invalid("", "is cut off")
}

fn not_an_archive(block: &[u8]) -> Error {
    let reason = match block {
        [0x1f, 0x8b, ..] => "is compressed: unpack it first, with gzip -d",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "is compressed: unpack it first, with zstd -d",
        [b'B', b'Z', b'h', ..] => "is compressed: unpack it first, with bzip2 -d",
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => "is compressed: unpack it first, with xz -d",
        _ => "is not an archive of an image",
    };
    Error::invalid("", reason)
}

impl Raw {
    /// Bytes to the next header.
    fn padded(&self) -> u64 {
        self.size.saturating_add(511) / 512 * 512
    }
}
