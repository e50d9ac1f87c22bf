//! A layer as a tree of members, written as an archive in the order of their paths.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use tar::{Builder, EntryType, Header};

use crate::error::{Error, shown};
use crate::read::clean;
use crate::store::Part;

/// Where the bytes of a file are.
#[derive(Debug)]
pub struct Source(Place);

#[derive(Debug)]
enum Place {
    Bytes(Vec<u8>),
    File(PathBuf, u64),
    Part(Part),
}

/// What a member is.
#[derive(Debug)]
pub enum Item {
    /// A folder.
    Folder,
    /// A file.
    File(Source),
    /// A symbolic link to this target.
    Symlink(Vec<u8>),
    /// Another name of the file at this path of the same layer.
    HardLink(Vec<u8>),
}

/// A member of a layer.
#[derive(Debug)]
pub struct Member {
    /// What it is.
    pub item: Item,
    /// Permission bits.
    pub mode: u32,
    /// User and group, as numbers.
    pub owner: (u64, u64),
}

/// The members of a layer by their paths.
#[derive(Debug, Default)]
pub struct LayerTree {
    members: BTreeMap<Vec<u8>, Member>,
}

impl Source {
    /// Bytes in memory.
    #[must_use]
    pub fn bytes(bytes: Vec<u8>) -> Self {
        Self(Place::Bytes(bytes))
    }

    /// A file of the disk, which is to have this length when it is read.
    #[must_use]
    pub fn file(path: PathBuf, length: u64) -> Self {
        Self(Place::File(path, length))
    }

    pub(crate) fn part(part: Part) -> Self {
        Self(Place::Part(part))
    }

    /// How many bytes there are.
    #[must_use]
    pub fn length(&self) -> u64 {
        match &self.0 {
            Place::Bytes(bytes) => bytes.len() as u64,
            Place::File(_, length) => *length,
            Place::Part(part) => part.left(),
        }
    }

    /// The bytes.
    ///
    /// # Errors
    /// When a file cannot be opened.
    pub fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match &self.0 {
            Place::Bytes(bytes) => Box::new(bytes.as_slice()),
            Place::File(path, length) => Box::new(File::open(path)?.take(*length)),
            Place::Part(part) => Box::new(part.again()),
        })
    }
}

impl LayerTree {
    /// Begins with nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a member at a path, in place of what was there; folders on the way are made, of root and open to read.
    ///
    /// # Errors
    /// When the path leads upwards.
    pub fn put(&mut self, path: &[u8], member: Member) -> Result<(), Error> {
        let path = clean(path)?;
        if path.is_empty() {
            return Ok(());
        }
        for (at, _) in path.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
            let folder = || Member { item: Item::Folder, mode: 0o755, owner: (0, 0) };
            self.members.entry(path[..at].to_vec()).or_insert_with(folder);
        }
        self.members.insert(path, member);
        Ok(())
    }

    /// The members in the order in which they are written.
    pub fn members(&self) -> impl Iterator<Item = (&[u8], &Member)> {
        self.members.iter().map(|(path, member)| (path.as_slice(), member))
    }

    /// What lies at a path.
    #[must_use]
    pub fn get(&self, path: &[u8]) -> Option<&Member> {
        self.members.get(path)
    }

    /// Whether there is no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Lets the first of the names of a file have its content, because a link has to come behind it.
    pub(crate) fn settle_links(&mut self) -> Result<(), Error> {
        const LINKS: usize = 64;
        let mut names: BTreeMap<Vec<u8>, Vec<Vec<u8>>> = BTreeMap::new();
        for (path, member) in &self.members {
            let Item::HardLink(target) = &member.item else { continue };
            let mut end = clean(target)?;
            for _ in 0..LINKS {
                match self.members.get(&end).map(|member| &member.item) {
                    Some(Item::HardLink(next)) => end = clean(next)?,
                    _ => break,
                }
            }
            match self.members.get(&end).map(|member| &member.item) {
                Some(Item::File(_)) => names.entry(end).or_default().push(path.clone()),
                _ => {
                    let reason =
                        format!("is a hard link to {}, which is no file here", shown(target));
                    return Err(Error::invalid(shown(path), reason));
                }
            }
        }
        for (end, links) in names {
            let first = links.first().filter(|first| **first < end).unwrap_or(&end).clone();
            if first != end
                && let Some(member) = self.members.remove(&end)
            {
                self.members.insert(first.clone(), member);
            }
            for name in links.into_iter().chain([end]).filter(|name| *name != first) {
                let (mode, owner) =
                    self.members.get(&first).map_or((0, (0, 0)), |m| (m.mode, m.owner));
                let link = Member { item: Item::HardLink(first.clone()), mode, owner };
                self.members.insert(name, link);
            }
        }
        Ok(())
    }

    /// Writes the archive: members in order, every time the same, owners as numbers alone.
    pub(crate) fn write(&self, mtime: u64, out: &mut dyn Write) -> io::Result<()> {
        let mut tar = Builder::new(out);
        for (path, member) in &self.members {
            let mut header = Header::new_gnu();
            header.set_mode(member.mode & 0o7777);
            header.set_uid(member.owner.0);
            header.set_gid(member.owner.1);
            header.set_mtime(mtime);
            header.set_size(0);
            let path = name(path);
            match &member.item {
                Item::Folder => {
                    header.set_entry_type(EntryType::Directory);
                    let mut path = path.into_os_string();
                    path.push("/");
                    tar.append_data(&mut header, PathBuf::from(path), io::empty())?;
                }
                Item::File(source) => {
                    header.set_entry_type(EntryType::Regular);
                    header.set_size(source.length());
                    let mut counted = Counted { from: source.open()?, bytes: 0 };
                    tar.append_data(&mut header, &path, &mut counted)?;
                    if counted.bytes != source.length() {
                        let shown = path.display();
                        return Err(io::Error::other(format!("{shown} changed while it was read")));
                    }
                }
                Item::Symlink(target) => {
                    header.set_entry_type(EntryType::Symlink);
                    tar.append_link(&mut header, &path, name(target))?;
                }
                Item::HardLink(target) => {
                    header.set_entry_type(EntryType::Link);
                    tar.append_link(&mut header, &path, name(target))?;
                }
            }
        }
        tar.finish()
    }
}

/// Counts what is read.
struct Counted<R> {
    from: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

/// Bytes as a path.
fn name(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}
