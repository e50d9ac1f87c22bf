//! What of the user's home a command finds at the same place in its private one: login files.
//!
//! The mark is the one of `rsync --relative`: a readable `/home/me/./.tool/login` is seen at
//! `$HOME/.tool/login`, and at its own place like every other readable path.
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Component, Path, PathBuf};

/// Between the home and the place in it.
const MARK: &[u8] = b"/./";

/// Marks `rest` as a place in `home`.
pub(crate) fn marked(home: &Path, rest: &Path) -> PathBuf {
    let plain = |path: &Path| path.components().collect::<PathBuf>().into_os_string();
    let mut whole = plain(home);
    whole.push(OsStr::from_bytes(MARK));
    whole.push(plain(rest));
    whole.into()
}

/// The place in the private home that a readable path asks for; none without the mark.
pub(crate) fn place(path: &Path) -> Option<&Path> {
    let bytes = path.as_os_str().as_bytes();
    let at = bytes.windows(MARK.len()).position(|part| part == MARK)?;
    Some(Path::new(OsStr::from_bytes(&bytes[at + MARK.len()..])))
}

/// True unless the path is marked and names no place in the home.
pub(crate) fn fits(path: &Path) -> bool {
    let normal = |place: &Path| {
        let mut parts = place.components();
        parts.next().is_some_and(|part| matches!(part, Component::Normal(_)))
            && parts.all(|part| matches!(part, Component::Normal(_)))
    };
    place(path).is_none_or(normal)
}

/// Source and place of everything marked, sorted; what lies in another of them comes with that.
pub(crate) fn placed(readable: &[PathBuf]) -> Vec<(&Path, &Path)> {
    let mut all: Vec<_> =
        readable.iter().filter_map(|path| Some((path.as_path(), place(path)?))).collect();
    all.sort_by_key(|(_, place)| *place);
    all.dedup_by_key(|(_, place)| *place);
    let places: Vec<&Path> = all.iter().map(|(_, place)| *place).collect();
    all.retain(|(_, place)| !places.iter().any(|at| at != place && place.starts_with(at)));
    all
}

/// Copies what is marked into the private home, where no fence can bind it.
pub(crate) fn furnish(home: &Path, readable: &[PathBuf]) -> io::Result<()> {
    for (from, place) in placed(readable) {
        let to = home.join(place);
        let parent = to.parent().expect("it is joined to the home");
        fs::create_dir_all(parent).and_then(|()| copy(from, &to)).map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", from.display()))
        })?;
    }
    Ok(())
}

/// Copies a file or a folder; links in a folder stay links, and what is neither is left out.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    // The listed path itself may be a link to where its owner keeps it.
    let mut open = vec![(from.to_owned(), to.to_owned(), fs::metadata(from)?)];
    while let Some((from, to, data)) = open.pop() {
        if data.is_dir() {
            fs::create_dir(&to)?;
            for entry in fs::read_dir(&from)? {
                let entry = entry?;
                open.push((entry.path(), to.join(entry.file_name()), entry.metadata()?));
            }
        } else if data.is_symlink() {
            symlink(fs::read_link(&from)?, &to)?;
        } else if data.is_file() {
            fs::copy(&from, &to)?;
            let mode = data.permissions().mode() & 0o777;
            fs::set_permissions(&to, fs::Permissions::from_mode(mode))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_names_the_place_in_the_home() {
        let path = marked(Path::new("/home/./me/"), Path::new("a//./b/"));
        assert_eq!(path.as_os_str(), "/home/me/./a/b");
        assert_eq!(place(&path), Some(Path::new("a/b")));
        assert_eq!(place(Path::new("/home/me/.a/b")), None);
        for yes in ["/home/me/a", "/home/me/./a", "/./a"] {
            assert!(fits(Path::new(yes)), "{yes}");
        }
        for no in ["/home/me/./", "/home/me/././", "/home/me/.//a", "/home/me/./../a"] {
            assert!(!fits(Path::new(no)), "{no}");
        }
    }

    #[test]
    fn what_lies_in_another_comes_with_it() {
        let list = ["/h/./b/c", "/x", "/h/./b", "/h/./ba", "/h/./a"].map(PathBuf::from);
        let places: Vec<_> = placed(&list).into_iter().map(|(_, place)| place).collect();
        assert_eq!(places, ["a", "b", "ba"].map(Path::new));
    }

    #[test]
    fn a_folder_is_copied_without_what_its_links_lead_to() {
        let outer = tempfile::tempdir().expect("a folder");
        let (user, home) = (outer.path().join("user"), outer.path().join("home"));
        fs::create_dir_all(user.join(".tool/deep")).expect("folders");
        fs::create_dir(&home).expect("a folder");
        fs::write(user.join(".tool/deep/login"), "key").expect("a file");
        fs::set_permissions(user.join(".tool/deep/login"), fs::Permissions::from_mode(0o4600))
            .expect("a mode");
        symlink("/etc", user.join(".tool/link")).expect("a link");
        let socket = std::os::unix::net::UnixListener::bind(user.join(".tool/agent"));
        symlink(user.join(".tool"), user.join(".named")).expect("a link");
        furnish(&home, &[marked(&user, Path::new(".named")), user.join(".tool")]).expect("copied");
        drop(socket.expect("a socket"));
        let login = home.join(".named/deep/login");
        assert_eq!(fs::read(&login).expect("copied"), b"key");
        assert_eq!(fs::metadata(&login).expect("copied").permissions().mode() & 0o7777, 0o600);
        assert!(fs::symlink_metadata(home.join(".named/link")).expect("copied").is_symlink());
        assert!(!home.join(".named/agent").exists() && !home.join(".tool").exists());
        let error = furnish(&home, &[marked(&user, Path::new("none"))]).expect_err("nothing there");
        assert!(error.to_string().contains("user/./none: "), "{error}");
    }
}
