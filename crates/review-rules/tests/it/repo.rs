//! A throw-away repository, made with plain git under a clean environment.

use std::ffi::OsStr;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use leadforge_review_rules::change::{Change, Kind, read_diff};

pub(crate) struct Repo {
    folder: tempfile::TempDir,
}

impl Repo {
    pub(crate) fn new() -> Self {
        let repo = Self { folder: tempfile::tempdir().unwrap() };
        repo.git(&["init", "-q", "-b", "main"]);
        repo.git(&["config", "user.name", "Ada"]);
        repo.git(&["config", "user.email", "ada@example.org"]);
        repo
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub(crate) fn write(&self, name: impl AsRef<OsStr>, content: impl AsRef<[u8]>) {
        let path = self.folder.path().join(name.as_ref());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "a state"]);
    }

    pub(crate) fn git(&self, args: &[&str]) -> Vec<u8> {
        git(self.folder.path(), args, &[])
    }

    /// The difference of two revisions, read, with everything checked against what git counts.
    pub(crate) fn change(&self, old: &str, new: &str) -> Change {
        let text = self.git(&["diff", "-M", old, new]);
        let change = read_diff(&text).unwrap();
        agrees(self.folder.path(), &change, old, new);
        change
    }
}

pub(crate) fn git(folder: &Path, args: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new("git")
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    drop(feeder.join().unwrap());
    assert!(output.status.success(), "git {args:?}");
    output.stdout
}

/// Paths and counts are those of git's own list; every new line has the text that stands at its
/// number; what is left of the new file stands in the old one in the same order.
pub(crate) fn agrees(folder: &Path, change: &Change, old: &str, new: &str) {
    let listed = git(folder, &["diff", "-M", "--numstat", "-z", old, new], &[]);
    let mut fields = listed.split(|&byte| byte == 0).filter(|field| !field.is_empty());
    let mut truth = Vec::new();
    while let Some(field) = fields.next() {
        let mut parts = field.splitn(3, |&byte| byte == b'\t');
        let mut count = || str::from_utf8(parts.next().unwrap()).unwrap().parse::<u32>().ok();
        let (added, removed) = (count(), count());
        let mut path = parts.next().unwrap();
        let mut from = None;
        if path.is_empty() {
            from = fields.next();
            path = fields.next().unwrap();
        }
        truth.push((path.to_vec(), from.map(<[u8]>::to_vec), added, removed));
    }
    truth.sort();
    let unknown: std::collections::BTreeSet<&[u8]> =
        truth.iter().filter(|row| row.2.is_none()).map(|row| &row.0[..]).collect();
    let ours: Vec<_> = change
        .files
        .iter()
        .map(|file| {
            // Of a binary file that only moved the text does not say what it is.
            let moved = file.kind == Kind::Renamed && file.added.is_empty() && file.removed == 0;
            let known = !(file.binary || moved && unknown.contains(file.path.as_bytes()));
            let count = |count: u32| known.then_some(count);
            let from = file.old_path.as_ref().map(|path| path.as_bytes().to_vec());
            (file.path.as_bytes().to_vec(), from, count(file.added.len()), count(file.removed))
        })
        .collect();
    assert_eq!(ours, truth, "{old}..{new}");
    for file in &change.files {
        if file.binary || matches!(file.kind, Kind::Submodule | Kind::Deleted | Kind::TypeChanged) {
            continue;
        }
        let show = |rev: &str, path: &[u8]| {
            let mut spec = format!("{rev}:").into_bytes();
            spec.extend_from_slice(path);
            let spec = OsStr::from_bytes(&spec).to_str().map(str::to_owned);
            spec.map(|spec| git(folder, &["cat-file", "blob", &spec], &[]))
        };
        let Some(after) = show(new, file.path.as_bytes()) else { continue };
        let lines: Vec<&[u8]> = after.split_inclusive(|&byte| byte == b'\n').collect();
        let added: Vec<&[u8]> = file.text.split_inclusive(|&byte| byte == b'\n').collect();
        for (number, text) in file.added.iter().zip(&added) {
            assert_eq!(lines.get(number as usize - 1), Some(text), "{}:{number}", file.path);
        }
        let source = file.old_path.as_ref().unwrap_or(&file.path);
        let before = (file.kind != Kind::Added).then(|| show(old, source.as_bytes()).unwrap());
        let before = before.unwrap_or_default();
        let mut before = before.split_inclusive(|&byte| byte == b'\n');
        for (at, line) in lines.iter().enumerate() {
            if !file.added.contains(u32::try_from(at).unwrap() + 1) {
                assert!(before.any(|old| old == *line), "{}:{}", file.path, at + 1);
            }
        }
    }
}
