//! A layer as a stream of entries: unpacked, digested and bounded as it passes.

mod header;
mod name;
mod unpack;

use std::io::{self, Read};

use crate::digest::Digest;
use crate::error::{Error, shown};
use crate::limits::Limits;
use crate::store::Part;

pub(crate) use header::{Found, Headers, Raw, Special};
pub(crate) use name::clean;
pub(crate) use unpack::Unpacked;

/// One entry of a layer, as it lies in the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Which layer it is of, counted from 0.
    pub layer: usize,
    /// Where it is below the root of the image, without a slash at either end; the root itself is
    /// empty. Of a whiteout it is what it hides. Bytes, because names need not be text.
    pub path: &'a [u8],
    /// What it is.
    pub kind: Kind<'a>,
    /// Bytes of a file; 0 for everything else.
    pub size: u64,
    /// Permission bits.
    pub mode: u32,
    /// Whose it is, as numbers: user and group.
    pub owner: (u64, u64),
    /// Seconds since 1970.
    pub mtime: u64,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// A file with content.
    File,
    /// A folder.
    Folder,
    /// A symbolic link to this target.
    Symlink(&'a [u8]),
    /// Another name of the file with this path, which may lie in a lower layer.
    HardLink(&'a [u8]),
    /// What has this path in lower layers is not there any more.
    Whiteout,
    /// What lower layers have in this folder is not there any more.
    Opaque,
    /// A device or a pipe.
    Other,
}

/// What was read of a layer once it has ended well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerRead {
    /// Bytes of the blob.
    pub packed: u64,
    /// Bytes of the archive in it.
    pub unpacked: u64,
    /// Entries.
    pub entries: u64,
}

/// The bytes of an entry, which may be read or left.
pub struct Content<'a> {
    from: &'a mut Unpacked,
    left: u64,
    sparse: bool,
}

impl Content<'_> {
    /// The first bytes, which are then behind us; nothing when there are fewer, or holes.
    pub fn head<const N: usize>(&mut self) -> Result<Option<[u8; N]>, Error> {
        if self.sparse || self.left < N as u64 {
            return Ok(None);
        }
        let mut head = [0; N];
        let mut have = 0;
        while have < N {
            let chunk = self.from.fill()?;
            if chunk.is_empty() {
                return Err(Error::invalid("", "is cut off"));
            }
            let take = chunk.len().min(N - have);
            head[have..have + take].copy_from_slice(&chunk[..take]);
            self.from.consume(take);
            have += take;
        }
        self.left -= N as u64;
        Ok(Some(head))
    }

    /// All of it, unless it has more than `limit` bytes.
    pub fn to_vec(&mut self, limit: u64) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        self.append(&mut bytes, limit)?;
        Ok(bytes)
    }

    /// All that is left of it, behind what is there already, unless that is more than `limit` bytes.
    pub fn append(&mut self, bytes: &mut Vec<u8>, limit: u64) -> Result<(), Error> {
        if self.sparse {
            return Err(Error::invalid("", "is a file with holes, which is not read"));
        }
        if self.left > limit {
            return Err(Error::too_much("", "bytes of a file", limit));
        }
        // No more than once: what grows by doubling holds twice what it needs.
        bytes.reserve_exact(usize::try_from(self.left).unwrap_or_default());
        while self.left > 0 {
            let chunk = self.from.fill()?;
            if chunk.is_empty() {
                return Err(Error::invalid("", "is cut off"));
            }
            let take = chunk.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
            bytes.extend_from_slice(&chunk[..take]);
            self.from.consume(take);
            self.left -= take as u64;
        }
        Ok(())
    }

    fn skip(&mut self) -> Result<(), Error> {
        skip(self.from, self.left)
    }
}

impl Read for Content<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.sparse {
            return Err(io::Error::other("is a file with holes, which is not read"));
        }
        if self.left == 0 || buffer.is_empty() {
            return Ok(0);
        }
        let chunk = self.from.fill().map_err(io::Error::other)?;
        if chunk.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        let take = chunk.len().min(buffer.len()).min(most);
        buffer[..take].copy_from_slice(&chunk[..take]);
        self.from.consume(take);
        self.left -= take as u64;
        Ok(take)
    }
}

/// What is left to spend on an image.
pub(crate) struct Budget {
    pub(crate) entries: u64,
    pub(crate) unpacked: u64,
}

/// A layer as its image names it.
pub(crate) struct Named<'a> {
    pub(crate) index: usize,
    pub(crate) digest: Option<&'a Digest>,
    pub(crate) diff_id: Option<&'a Digest>,
}

/// Takes an entry and its content.
pub(crate) type Visit<'v> = dyn FnMut(&Entry<'_>, &mut Content<'_>) -> Result<(), Error> + 'v;

/// Goes through a layer; what is verified is verified when this returns.
pub(crate) fn layer(
    part: Part,
    named: &Named<'_>,
    limits: &Limits,
    budget: &mut Budget,
    visit: &mut Visit<'_>,
) -> Result<LayerRead, Error> {
    let packed = part.left();
    let mut unpacked = Unpacked::open(part, named, limits, budget.unpacked)?;
    let entries = entries(&mut unpacked, named.index, limits, budget.entries, visit)?;
    let bytes = unpacked.finish()?;
    budget.entries -= entries;
    budget.unpacked = budget.unpacked.saturating_sub(bytes);
    Ok(LayerRead { packed, unpacked: bytes, entries })
}

fn entries(
    unpacked: &mut Unpacked,
    layer: usize,
    limits: &Limits,
    budget: u64,
    visit: &mut Visit<'_>,
) -> Result<u64, Error> {
    let mut headers = Headers::new(limits);
    let mut count = 0_u64;
    let mut block = [0; 512];
    while exactly(unpacked, &mut block)? {
        let Some(raw) = headers.block(&block)? else {
            break;
        };
        // Extended headers count as well: they are work, and nothing stops a file of them.
        count += 1;
        if count > budget {
            return Err(Error::too_much("", "entries of layers", limits.entries));
        }
        let stored = raw.size;
        if raw.special == Special::Extended {
            let mut content = Content { from: unpacked, left: stored, sparse: false };
            let bytes = content.to_vec(limits.header).map_err(|e| e.within(&raw.shown()))?;
            skip(unpacked, padding(stored))?;
            headers.extended(&raw, bytes)?;
            continue;
        }
        if raw.holes {
            let mut more = raw.more_holes();
            while more {
                if !exactly(unpacked, &mut block)? {
                    return Err(Error::invalid(raw.shown(), "is cut off"));
                }
                more = block[504] != 0;
            }
        }
        let found = headers.entry(raw)?;
        let mut content = Content { from: unpacked, left: stored, sparse: found.sparse };
        if let Some(entry) = entry(&found, layer)? {
            visit(&entry, &mut content)?;
        }
        content.skip().map_err(|e| e.within(&shown(&found.path)))?;
        skip(unpacked, padding(stored))?;
    }
    Ok(count)
}

/// What a name begins with that hides something.
const WHITEOUT: &[u8] = b".wh.";
/// The name that hides what lower layers have in its folder.
const OPAQUE: &[u8] = b".wh..wh..opq";
/// Names that a file system of old left behind and that mean nothing.
const LEFT_BEHIND: &[u8] = b".wh..wh.";

/// What an entry means; nothing for what means nothing.
fn entry(found: &Found, layer: usize) -> Result<Option<Entry<'_>>, Error> {
    let path = found.path.as_slice();
    let at = path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    let (folder, last) = (&path[..at.saturating_sub(1)], &path[at..]);
    let (path, kind) = if last == OPAQUE {
        (folder, Kind::Opaque)
    } else if last.starts_with(LEFT_BEHIND) {
        return Ok(None);
    } else if last.starts_with(WHITEOUT) {
        if matches!(&last[WHITEOUT.len()..], b"" | b"." | b"..") {
            return Err(Error::invalid(shown(path), "is a whiteout of nothing"));
        }
        return Ok(Some(Entry {
            layer,
            path: &found.hides,
            kind: Kind::Whiteout,
            size: 0,
            mode: found.mode,
            owner: found.owner,
            mtime: found.mtime,
        }));
    } else {
        let kind = match found.special {
            Special::File => Kind::File,
            Special::Folder => Kind::Folder,
            Special::Symlink => Kind::Symlink(&found.link),
            Special::HardLink => Kind::HardLink(&found.link),
            Special::Other | Special::Extended => Kind::Other,
        };
        (path, kind)
    };
    let size = if kind == Kind::File { found.size } else { 0 };
    let Found { mode, owner, mtime, .. } = *found;
    Ok(Some(Entry { layer, path, kind, size, mode, owner, mtime }))
}

/// Fills a block, or says that there is no byte left.
fn exactly(from: &mut Unpacked, block: &mut [u8; 512]) -> Result<bool, Error> {
    let mut have = 0;
    while have < block.len() {
        let chunk = from.fill()?;
        if chunk.is_empty() {
            if have == 0 {
                return Ok(false);
            }
            return Err(Error::invalid("", "is cut off in the middle of a header"));
        }
        let take = chunk.len().min(block.len() - have);
        block[have..have + take].copy_from_slice(&chunk[..take]);
        from.consume(take);
        have += take;
    }
    Ok(true)
}

fn skip(from: &mut Unpacked, mut left: u64) -> Result<(), Error> {
    while left > 0 {
        let chunk = from.fill()?;
        if chunk.is_empty() {
            return Err(Error::invalid("", "is cut off"));
        }
        let take = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        from.consume(take);
        left -= take as u64;
    }
    Ok(())
}

/// Bytes from the end of a content to the next header.
fn padding(size: u64) -> u64 {
    size.wrapping_neg() % 512
}
