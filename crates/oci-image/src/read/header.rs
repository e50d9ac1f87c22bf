//! Headers of archives: the fields of a block, and the long names and records that come before it.

use tar::Header;

use super::name::clean;
use crate::error::{Error, shown};
use crate::limits::Limits;

/// What a header is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Special {
    /// It describes the entry that comes after it.
    Extended,
    File,
    Folder,
    Symlink,
    HardLink,
    Other,
}

/// A header, and how many bytes lie between it and the next one.
pub(crate) struct Raw {
    block: [u8; 512],
    pub(crate) special: Special,
    /// Bytes that are stored, padding left aside.
    pub(crate) size: u64,
    /// A file of which the holes are left out, in GNU's old form.
    pub(crate) holes: bool,
}

/// An entry with all that was said of it.
pub(crate) struct Found {
    pub(crate) special: Special,
    pub(crate) path: Vec<u8>,
    /// What a whiteout of this name hides.
    pub(crate) hides: Vec<u8>,
    pub(crate) link: Vec<u8>,
    pub(crate) size: u64,
    pub(crate) mode: u32,
    pub(crate) owner: (u64, u64),
    pub(crate) mtime: u64,
    /// The stored bytes are not the content.
    pub(crate) sparse: bool,
}

/// What extended headers said of the entry that comes next.
#[derive(Default)]
struct Said {
    path: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
    size: Option<u64>,
    real_size: Option<u64>,
    uid: Option<u64>,
    gid: Option<u64>,
    mtime: Option<u64>,
    sparse: bool,
}

/// Reads the headers of an archive one after the other.
pub(crate) struct Headers<'l> {
    limits: &'l Limits,
    said: Said,
}

impl Raw {
    /// The name in the block, for messages.
    pub(crate) fn shown(&self) -> String {
        shown(&header(&self.block).path_bytes())
    }

    /// Whether another block of holes follows the header.
    pub(crate) fn more_holes(&self) -> bool {
        self.block[482] != 0
    }
}

fn header(block: &[u8; 512]) -> &Header {
    Header::from_byte_slice(block)
}

impl<'l> Headers<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self { limits, said: Said::default() }
    }

    /// The header in a block; nothing where the archive ends.
    pub(crate) fn block(&self, block: &[u8; 512]) -> Result<Option<Raw>, Error> {
        if block.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        let fields = header(block);
        if !sound(block) {
            return Err(Error::invalid("", "has a header with a wrong checksum"));
        }
        let type_flag = block[156];
        let at = || shown(&fields.path_bytes());
        let special = match type_flag {
            b'x' | b'g' | b'L' | b'K' => Special::Extended,
            // Archives of old tell folders by the slash.
            0 if fields.path_bytes().ends_with(b"/") => Special::Folder,
            b'0' | 0 | b'7' | b'S' => Special::File,
            b'1' => Special::HardLink,
            b'2' => Special::Symlink,
            b'5' => Special::Folder,
            _ => Special::Other,
        };
        let size = match (special, self.said.size) {
            // These have no content, whatever the field says.
            (Special::Folder | Special::Symlink | Special::HardLink, _) => 0,
            (Special::Other, _) if matches!(type_flag, b'3' | b'4' | b'6') => 0,
            (Special::Extended, _) | (_, None) => fields
                .entry_size()
                .map_err(|_| Error::invalid(at(), "has a size that is no number"))?,
            (_, Some(size)) => size,
        };
        if special == Special::Extended && size > self.limits.header {
            let what = "bytes of an extended header";
            return Err(Error::too_much(at(), what, self.limits.header));
        }
        if size > i64::MAX.unsigned_abs() {
            return Err(Error::invalid(at(), "has a size that no file can have"));
        }
        let holes = type_flag == b'S';
        Ok(Some(Raw { block: *block, special, size, holes }))
    }

    /// Takes in what an extended header holds.
    pub(crate) fn extended(&mut self, raw: &Raw, mut bytes: Vec<u8>) -> Result<(), Error> {
        match raw.block[156] {
            b'L' | b'K' => {
                let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
                bytes.truncate(end);
                let name = Some(self.bounded(bytes)?);
                if raw.block[156] == b'L' {
                    self.said.path = name;
                } else {
                    self.said.link = name;
                }
                Ok(())
            }
            b'x' => self.records(&bytes, &raw.shown()),
            // A global header speaks of the archive, not of its entries.
            _ => Ok(()),
        }
    }

    /// Records of the form `LENGTH KEY=VALUE\n`, of which a value may hold any byte.
    fn records(&mut self, mut bytes: &[u8], at: &str) -> Result<(), Error> {
        let wrong = || Error::invalid(at, "has an extended header that cannot be read");
        while !bytes.is_empty() {
            if bytes.iter().all(|byte| *byte == 0) {
                break;
            }
            let space = bytes.iter().take(20).position(|byte| *byte == b' ').ok_or_else(wrong)?;
            let length: usize = number(&bytes[..space]).ok_or_else(wrong)?;
            if length <= space + 1 || length > bytes.len() || bytes[length - 1] != b'\n' {
                return Err(wrong());
            }
            let record = &bytes[space + 1..length - 1];
            let equals = record.iter().position(|byte| *byte == b'=').ok_or_else(wrong)?;
            self.record(&record[..equals], &record[equals + 1..], &wrong)?;
            bytes = &bytes[length..];
        }
        Ok(())
    }

    fn record(&mut self, key: &[u8], value: &[u8], wrong: &dyn Fn() -> Error) -> Result<(), Error> {
        let size = || number::<u64>(value).ok_or_else(wrong).map(Some);
        // An empty value takes the record back.
        let kept = !value.is_empty();
        match key {
            b"path" if kept => self.said.path = Some(self.bounded(value.to_vec())?),
            b"linkpath" if kept => self.said.link = Some(self.bounded(value.to_vec())?),
            b"size" if kept => self.said.size = size()?,
            b"uid" if kept => self.said.uid = size()?,
            b"gid" if kept => self.said.gid = size()?,
            // Seconds with a fraction, and negative before 1970.
            b"mtime" if kept => {
                let whole = value.split(|byte| *byte == b'.').next().unwrap_or_default();
                self.said.mtime = Some(number(whole).unwrap_or(0));
            }
            b"GNU.sparse.name" if kept => self.said.path = Some(self.bounded(value.to_vec())?),
            b"GNU.sparse.realsize" | b"GNU.sparse.size" => {
                self.said.real_size = size()?;
                self.said.sparse = true;
            }
            b"GNU.sparse.major" | b"GNU.sparse.map" => self.said.sparse = true,
            _ => {}
        }
        Ok(())
    }

    fn bounded(&self, name: Vec<u8>) -> Result<Vec<u8>, Error> {
        if name.len() > self.limits.name {
            let limit = self.limits.name as u64;
            return Err(Error::too_much(shown(&name), "bytes of a name", limit));
        }
        if name.contains(&0) {
            return Err(Error::invalid(shown(&name), "is a name with a zero byte"));
        }
        Ok(name)
    }

    /// The entry that a header and what came before it describe.
    pub(crate) fn entry(&mut self, raw: Raw) -> Result<Found, Error> {
        let said = std::mem::take(&mut self.said);
        let fields = header(&raw.block);
        let name = said.path.unwrap_or_else(|| fields.path_bytes().into_owned());
        let path = clean(&name)?;
        let link = match (raw.special, said.link) {
            (Special::Symlink | Special::HardLink, Some(link)) => link,
            (Special::Symlink | Special::HardLink, None) => {
                fields.link_name_bytes().map(std::borrow::Cow::into_owned).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let link = if raw.special == Special::HardLink {
            clean(&link).map_err(|error| error.within(&shown(&path)))?
        } else {
            link
        };
        let real = if raw.holes { real_size(&raw.block) } else { said.real_size };
        let sparse = said.sparse || raw.holes;
        Ok(Found {
            special: raw.special,
            hides: hidden(&path),
            path,
            link,
            size: if sparse { real.unwrap_or(raw.size) } else { raw.size },
            mode: fields.mode().unwrap_or(0) & 0o7777,
            owner: (
                said.uid.unwrap_or_else(|| fields.uid().unwrap_or(0)),
                said.gid.unwrap_or_else(|| fields.gid().unwrap_or(0)),
            ),
            mtime: said.mtime.unwrap_or_else(|| fields.mtime().unwrap_or(0)),
            sparse,
        })
    }
}

/// A path whose last part has lost the mark of a whiteout.
fn hidden(path: &[u8]) -> Vec<u8> {
    let at = path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    match path[at..].strip_prefix(super::WHITEOUT) {
        Some(name) => [&path[..at], name].concat(),
        None => Vec::new(),
    }
}

/// The size of a file with holes, from the field that GNU's old form has for it.
fn real_size(block: &[u8; 512]) -> Option<u64> {
    header(block).as_gnu().and_then(|gnu| gnu.real_size().ok())
}

fn number<N: std::str::FromStr>(digits: &[u8]) -> Option<N> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Whether the checksum is that of the block; some programs of old took bytes as signed.
fn sound(block: &[u8; 512]) -> bool {
    let Ok(said) = header(block).cksum() else {
        return false;
    };
    let spaces = 8 * 32;
    let rest = || block[..148].iter().chain(&block[156..]);
    let sum = rest().map(|byte| u32::from(*byte)).sum::<u32>() + spaces;
    let signed =
        || rest().map(|byte| i64::from(byte.cast_signed())).sum::<i64>() + i64::from(spaces);
    said == sum || i64::from(said) == signed()
}
