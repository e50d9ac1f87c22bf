//! Under Landlock as root: a user of its own for each run, since no fence confines what root owns.
//!
//! Landlock does not confine changes of mode, owner or times; ownership does. A fresh user owns
//! the tree and nothing else, so that those calls work where they should and nowhere else.
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, Dir, FileType, Gid, Mode, OFlags, Uid, chownat, openat, statat};
use rustix::io::Errno;
use rustix::thread::{CapabilitiesSecureBits, CapabilitySet};
use serde::{Deserialize, Serialize};

/// How deep folders are handed back; below it root, the only reader, needs no ownership.
const DEPTH: usize = 200;

/// Whom the command runs as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    uid: u32,
    /// Folders above what it may read are closed to others: it may pass through them.
    search: bool,
}

/// The tree and its like, lent to another user; handed back on drop.
#[derive(Debug)]
pub(crate) struct Lent {
    to: u32,
    back: Vec<(PathBuf, u32, u32)>,
}

/// A user that no account and no other run has.
pub(crate) fn fresh(paths: &[&Path]) -> io::Result<Identity> {
    let map = fs::read_to_string("/proc/self/uid_map")?;
    let pid = std::process::id();
    // Beyond what accounts and containers are given; else, in a small container, below its top.
    let wanted = [0x7000_0000 + pid, 60_000 + pid % 5_000, 1_000 + pid % 60_000];
    let uid = wanted.into_iter().find(|uid| maps(&map, *uid)).ok_or_else(|| {
        io::Error::other("no user id is free for the command: root in a namespace of one user")
    })?;
    let open = |path: &&Path| {
        let passable = path.ancestors().skip(1).all(|dir| mode(dir) & 0o001 != 0);
        passable && mode(path) & 0o004 != 0
    };
    Ok(Identity { uid, search: !paths.iter().all(open) })
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).map_or(0, |data| data.permissions().mode())
}

fn maps(map: &str, uid: u32) -> bool {
    map.lines().any(|line| {
        let mut parts = line.split_whitespace().map(str::parse::<u32>);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(Ok(first)), Some(Ok(_)), Some(Ok(count))) => uid >= first && uid - first < count,
            _ => false,
        }
    })
}

impl Identity {
    /// Lends the folders to the command's user.
    pub(crate) fn lend(self, folders: &[&Path]) -> io::Result<Lent> {
        let mut lent = Lent { to: self.uid, back: Vec::new() };
        for folder in folders {
            let data = fs::metadata(folder)?;
            lent.back.push(((*folder).to_owned(), data.uid(), data.gid()));
            own(folder, self.uid, self.uid, &mut |_| true)?;
        }
        Ok(lent)
    }

    /// The capability that stays.
    pub(crate) fn kept(self) -> CapabilitySet {
        if self.search { CapabilitySet::DAC_READ_SEARCH } else { CapabilitySet::empty() }
    }

    /// Before rights are dropped: lets a kept capability count for a user that is not root, also
    /// where programs ask (`access`) rather than try.
    pub(crate) fn prepare(self) -> io::Result<()> {
        let bits = CapabilitiesSecureBits::NO_SETUID_FIXUP;
        Ok(rustix::thread::set_capabilities_secure_bits(bits)?)
    }

    /// Becomes the user; the caller drops what capabilities are not kept.
    pub(crate) fn assume(self) -> io::Result<()> {
        rustix::thread::set_thread_groups(&[])?;
        let (uid, gid) = (Uid::from_raw(self.uid), Gid::from_raw(self.uid));
        rustix::thread::set_thread_res_gid(gid, gid, gid)?;
        rustix::thread::set_thread_res_uid(uid, uid, uid)?;
        Ok(())
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        for (folder, uid, gid) in &self.back {
            let to = self.to;
            let _ = own(folder, *uid, *gid, &mut |stat| stat.st_uid == to);
        }
    }
}

/// Gives `top` and all below it to a user; links are not followed.
fn own(
    top: &Path,
    uid: u32,
    gid: u32,
    which: &mut impl FnMut(&rustix::fs::Stat) -> bool,
) -> io::Result<()> {
    let (uid, gid) = (Uid::from_raw(uid), Gid::from_raw(gid));
    let mut seen = BTreeSet::new();
    let mut open = vec![(openat(CWD, top, folder_flags(), Mode::empty())?, 0)];
    chownat(CWD, top, Some(uid), Some(gid), AtFlags::SYMLINK_NOFOLLOW)?;
    while let Some((dir, depth)) = open.pop() {
        for entry in Dir::read_from(&dir)? {
            let entry = entry?;
            let name = entry.file_name();
            if matches!(name.to_bytes(), b"." | b"..") {
                continue;
            }
            let stat = statat(&dir, name, AtFlags::SYMLINK_NOFOLLOW)?;
            let folder = FileType::from_raw_mode(stat.st_mode) == FileType::Directory;
            if which(&stat) {
                if !folder && stat.st_nlink > 1 && seen.insert(stat.st_ino) {
                    split(&dir, name, &stat)?;
                }
                chownat(&dir, name, Some(uid), Some(gid), AtFlags::SYMLINK_NOFOLLOW)?;
            }
            if folder && depth < DEPTH {
                match openat(&dir, name, folder_flags(), Mode::empty()) {
                    Ok(below) => open.push((below, depth + 1)),
                    Err(Errno::MFILE) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
    Ok(())
}

const fn folder_flags() -> OFlags {
    OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC)
}

/// Makes a file with several names one of its own: another name may lie outside the tree.
fn split(
    dir: &rustix::fd::OwnedFd,
    name: &std::ffi::CStr,
    stat: &rustix::fs::Stat,
) -> io::Result<()> {
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Ok(());
    }
    let read = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut from = fs::File::from(openat(dir, name, read, Mode::empty())?);
    let make = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
    let mode = Mode::from_raw_mode(stat.st_mode & 0o777);
    let mut to = fs::File::from(openat(dir, c".leadforge-split", make, Mode::RUSR | Mode::WUSR)?);
    io::copy(&mut from, &mut to)?;
    rustix::fs::fchmod(&to, mode)?;
    rustix::fs::renameat(dir, c".leadforge-split", dir, name)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mapped_users_are_taken() {
        let whole = "         0          0 4294967295\n";
        assert!(maps(whole, 0x7000_0001));
        let small = "         0     100000      65536\n";
        assert!(!maps(small, 0x7000_0001) && maps(small, 60_001));
        assert!(!maps("", 0) && !maps("x y z\n", 0));
    }
}
