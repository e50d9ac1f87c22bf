//! Which calls of a process touch state files, read from a recording that strace made.

use std::collections::BTreeMap;

/// Every call that may touch a file's content, name, length, lock or description.
pub(super) const WATCHED: &str = "open,openat,creat,read,pread64,readv,write,pwrite64,writev,pwritev,\
    fsync,fdatasync,sync_file_range,syncfs,rename,renameat,renameat2,link,linkat,symlink,symlinkat,\
    unlink,unlinkat,rmdir,mkdir,mkdirat,truncate,ftruncate,fallocate,flock,fcntl,stat,lstat,fstat,\
    newfstatat,statx,access,faccessat,faccessat2,readlink,readlinkat,getdents64,mmap,chmod,fchmod,\
    fchmodat,fchown,copy_file_range,sendfile,utimensat";

/// One call of a process on a state file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// Which process made it: 0 is the command itself, others are the gits that it starts, from 1.
    pub(super) process: usize,
    /// The call's name.
    pub(super) name: String,
    /// It is the `nth` call of that name in its process, from 1.
    pub(super) nth: usize,
    /// The file.
    pub(super) path: String,
    /// The arguments and the answer, as strace shows them.
    pub(super) text: String,
}

impl Call {
    /// Says whether the arguments have this word.
    pub(super) fn has(&self, word: &str) -> bool {
        self.text.contains(word)
    }

    /// What the call answered, where that is a count.
    pub(super) fn answer(&self) -> Option<usize> {
        self.text.rsplit_once(" = ")?.1.split_whitespace().next()?.parse().ok()
    }
}

/// The calls of a recording on files below `root`, in the order in which they were made, by
/// processes that stand in `cwd`.
pub(super) fn below(recording: &str, root: &str, cwd: &str) -> Vec<Call> {
    let mut processes: Vec<&str> = Vec::new();
    let mut counts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in recording.lines() {
        let Some((pid, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        let Some((name, text)) = rest.split_once('(') else { continue };
        if !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
            continue;
        }
        let process = processes.iter().position(|known| *known == pid).unwrap_or_else(|| {
            processes.push(pid);
            processes.len() - 1
        });
        let count = counts.entry((process, name)).or_default();
        *count += 1;
        let Some(path) = path(name, text, cwd).filter(|path| path.starts_with(root)) else {
            continue;
        };
        calls.push(Call { process, name: name.into(), nth: *count, path, text: text.into() });
    }
    calls
}

/// The file that a call is about.
fn path(name: &str, text: &str, cwd: &str) -> Option<String> {
    if name == "mmap" {
        let (_, after) = text.split_once('<')?;
        return Some(after.split_once('>')?.0.to_owned());
    }
    let first = text.split([',', ')']).next()?;
    let held = first.split_once('<').and_then(|(_, rest)| rest.rsplit_once('>')).map(|(p, _)| p);
    if BY_HANDLE.contains(&name) {
        return held.map(str::to_owned);
    }
    let quoted = match name {
        // Its second word is the name that it makes; the first is what that leads to.
        "symlink" | "symlinkat" => text.rsplit('"').nth(1)?,
        _ => text.split_once('"').and_then(|(_, rest)| rest.split_once('"')).map(|(q, _)| q)?,
    };
    match (quoted, held) {
        (path, _) if path.starts_with('/') => Some(path.to_owned()),
        ("", held) => held.map(str::to_owned),
        (path, Some(held)) => Some(format!("{held}/{path}")),
        (path, None) => Some(format!("{cwd}/{path}")),
    }
}

/// Calls whose first argument is an open file.
const BY_HANDLE: &[&str] = &[
    "read",
    "pread64",
    "readv",
    "write",
    "pwrite64",
    "writev",
    "pwritev",
    "fsync",
    "fdatasync",
    "sync_file_range",
    "syncfs",
    "ftruncate",
    "fallocate",
    "flock",
    "fcntl",
    "fstat",
    "getdents64",
    "fchmod",
    "fchown",
    "copy_file_range",
    "sendfile",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_on_state_files_are_found_and_counted() {
        let recording = r#"7 openat(AT_FDCWD</c/repo>, "/etc/ld.so.cache", O_RDONLY) = 3</etc/ld.so.cache>
7 openat(AT_FDCWD</c/repo>, "/c/repo/.git/config", O_RDONLY|O_CLOEXEC) = 3</c/repo/.git/config>
7 read(3</c/repo/.git/config>, "[core]"..., 122) = 122
7 read(4</dev/urandom>, "\"/c/\"", 44) = 44
8 newfstatat(3</c/repo/a>, "", {st_mode=S_IFREG|0644, ...}, AT_EMPTY_PATH) = 0
7 newfstatat(AT_FDCWD</c/repo>, "b", 0x7ffe, 0) = -1 ENOENT (No such file or directory)
7 mkdir("docs", 0777) = 0
7 <... read resumed>"x", 1) = 1
7 symlink("../target", "/c/repo/link") = 0
7 mmap(NULL, 32768, PROT_READ, MAP_SHARED, 5</c/repo/q-shm>, 0) = 0x7f0
7 +++ exited with 0 +++
"#;
        let found = below(recording, "/c", "/c/repo");
        let found: Vec<_> =
            found.iter().map(|c| (c.process, c.name.as_str(), c.nth, c.path.as_str())).collect();
        let expected = [
            (0, "openat", 2, "/c/repo/.git/config"),
            (0, "read", 1, "/c/repo/.git/config"),
            (1, "newfstatat", 1, "/c/repo/a"),
            (0, "newfstatat", 1, "/c/repo/b"),
            (0, "mkdir", 1, "/c/repo/docs"),
            (0, "symlink", 1, "/c/repo/link"),
            (0, "mmap", 1, "/c/repo/q-shm"),
        ];
        assert_eq!(found, expected);
    }
}
