//! Removes a folder that a hostile command filled: any depth, any mode, no link followed.
use std::io;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, openat, renameat, statat, unlinkat};
use rustix::io::Errno;

/// Removes `dir` and all below it; nothing outside is touched, an absent folder is no error.
///
/// Nested folders are first moved up beside each other, so that depth costs neither stack nor
/// descriptors, and each is made accessible before it is opened.
///
/// # Errors
/// What the system refused, with the path in the text.
pub fn wipe(dir: &Path) -> io::Result<()> {
    flatten(dir).map_err(|error| {
        let error = io::Error::from(error);
        io::Error::new(error.kind(), format!("{}: {error}", dir.display()))
    })
}

fn flatten(dir: &Path) -> Result<(), Errno> {
    match statat(CWD, dir, AtFlags::SYMLINK_NOFOLLOW) {
        Err(Errno::NOENT) => return Ok(()),
        Err(error) => return Err(error),
        Ok(stat) if FileType::from_raw_mode(stat.st_mode) != FileType::Directory => {
            return unlinkat(CWD, dir, AtFlags::empty());
        }
        Ok(_) => {}
    }
    let top = open(CWD, dir)?;
    let mut serial = 0_u64;
    loop {
        let mut folders = Vec::new();
        for entry in Dir::read_from(&top)? {
            let entry = entry?;
            let name = entry.file_name();
            if !matches!(name.to_bytes(), b"." | b"..") && !unlinked(&top, name)? {
                folders.push(name.to_owned());
            }
        }
        if folders.is_empty() {
            break;
        }
        for folder in folders {
            let below = open(&top, &*folder)?;
            for entry in Dir::read_from(&below)? {
                let entry = entry?;
                let name = entry.file_name();
                if matches!(name.to_bytes(), b"." | b"..") || unlinked(&below, name)? {
                    continue;
                }
                // A folder must be writable for its `..` to change.
                drop(open(&below, name)?);
                loop {
                    serial += 1;
                    let up = format!(".wipe-{serial}");
                    if let Err(Errno::NOENT) = statat(&top, &*up, AtFlags::SYMLINK_NOFOLLOW) {
                        renameat(&below, name, &top, &*up)?;
                        break;
                    }
                }
            }
            unlinkat(&top, &*folder, AtFlags::REMOVEDIR)?;
        }
    }
    unlinkat(CWD, dir, AtFlags::REMOVEDIR)
}

/// Removes what is no folder; false says that `name` is one.
fn unlinked(at: impl rustix::fd::AsFd, name: &std::ffi::CStr) -> Result<bool, Errno> {
    let stat = statat(&at, name, AtFlags::SYMLINK_NOFOLLOW)?;
    if FileType::from_raw_mode(stat.st_mode) == FileType::Directory {
        return Ok(false);
    }
    unlinkat(&at, name, AtFlags::empty()).map(|()| true)
}

fn open<P: rustix::path::Arg + Copy>(
    at: impl rustix::fd::AsFd,
    name: P,
) -> Result<rustix::fd::OwnedFd, Errno> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    // The command is dead, so that nothing can be put in the folder's place between the calls.
    let mode = statat(&at, name, AtFlags::SYMLINK_NOFOLLOW)?.st_mode;
    if mode & 0o700 != 0o700 {
        rustix::fs::chmodat(&at, name, Mode::RWXU, AtFlags::empty())?;
    }
    openat(&at, name, flags, Mode::empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn links_modes_and_collisions_do_not_matter() {
        let outer = tempfile::tempdir().expect("a folder");
        let dir = outer.path().join("d");
        fs::write(outer.path().join("kept"), "x").expect("a file");
        fs::create_dir_all(dir.join("a/b/c")).expect("folders");
        fs::create_dir(dir.join(".wipe-1")).expect("a folder");
        fs::write(dir.join("a/b/c/f"), "x").expect("a file");
        symlink(outer.path(), dir.join("a/b/link")).expect("a link");
        for path in ["a/b/c", "a/b", "a", ""] {
            fs::set_permissions(dir.join(path), fs::Permissions::from_mode(0o0)).expect("a mode");
        }
        wipe(&dir).expect("wiped");
        assert!(!dir.exists());
        assert_eq!(fs::read(outer.path().join("kept")).expect("kept"), b"x");
        wipe(&dir).expect("twice is fine");
    }

    #[test]
    fn five_thousand_levels_are_no_problem() {
        let outer = tempfile::tempdir().expect("a folder");
        let dir = outer.path().join("d");
        fs::create_dir(&dir).expect("a folder");
        let mut at = openat(CWD, &dir, OFlags::RDONLY, Mode::empty()).expect("open");
        for _ in 0..5000 {
            rustix::fs::mkdirat(&at, "d", Mode::RWXU).expect("deeper");
            at = openat(&at, "d", OFlags::RDONLY, Mode::empty()).expect("open");
        }
        wipe(&dir).expect("wiped");
        assert!(!dir.exists());
    }
}
