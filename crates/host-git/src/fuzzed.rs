//! Fuzz target `git-output`: every reader of what git wrote, on any bytes and on what git would write.
//!
//! Built for `cargo xtask fuzz` and for the tests of this crate alone.

use std::path::{Path, PathBuf};

use crate::diff::Status;
use crate::{Merge, Oid, Worktree};
use crate::{diff, history, ini, listing, merge, objects, private, refs, run, support, worktree};

/// The first byte chooses a reader; from 128 on, the rest says what git would have written.
///
/// # Panics
/// When a promise of a reader does not hold.
pub fn git_output(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    if *choice < 128 {
        any(choice % 13, rest);
    } else {
        written(choice % 6, &mut Bytes(rest));
    }
}

/// Any bytes: no panic, and an error of one line.
fn any(choice: u8, rest: &[u8]) {
    let text = String::from_utf8_lossy(rest);
    let one_line = |error: &crate::Error| assert!(!error.to_string().contains('\n'), "{error}");
    match choice {
        0 => drop(diff::parse(rest).map_err(|error| one_line(&error))),
        1 => drop(history::parse(rest).map_err(|error| one_line(&error))),
        2 => drop(listing::parse(rest).map_err(|error| one_line(&error))),
        3 => drop(objects::entries(rest).map_err(|error| one_line(&error))),
        4 => drop(refs::parse(rest).map_err(|error| one_line(&error))),
        5 => drop(objects::contents(rest, &["HEAD:a", "x"]).map_err(|error| one_line(&error))),
        6 => drop(merge::parse(rest)),
        7 => settings(rest),
        8 => {
            let lines = text.lines().count();
            let found = support::filters(rest);
            assert!(
                found.iter().all(|(line, name)| (1..=lines).contains(line) && !name.contains('\n'))
            );
        }
        9 => checked_ref(&text),
        10 => drop(run::one_line("x", rest).map(|line| assert!(!line.contains('\n')))),
        11 => worktree::fill(&mut [tree("/a"), tree("/b c")], rest),
        _ => spelling(&text),
    }
}

/// The configuration that is read gives itself when it is written again.
fn settings(rest: &[u8]) {
    match ini::parse(rest) {
        Err(line) => {
            // A carriage return is one line end with the line feed behind it.
            let lines = rest.iter().filter(|b| **b == b'\n').count() + 1;
            assert!((1..=lines).contains(&line), "line {line} of {lines}");
        }
        Ok(found) => {
            for (name, value) in &found {
                let last = ini::last(&found, name).expect("it is there");
                let _ = ini::boolean(last);
                let Some(value) = value.as_deref().filter(|value| !value.contains('\n')) else {
                    continue;
                };
                let text = format!("[a]\n\tkey = {}\n", private::quoted(value));
                // A carriage return before the line feed is the line's end, quoted or not.
                let again = ini::parse(text.as_bytes()).expect("what we write can be read");
                assert_eq!(again, [("a.key".to_owned(), Some(value.to_owned()))]);
            }
        }
    }
}

/// A name of a ref that we let through is one that git takes.
fn checked_ref(text: &str) {
    if refs::check_ref(text).is_err() {
        return;
    }
    assert!(text.starts_with("refs/") && !text.contains("..") && !text.contains("//"), "{text:?}");
    assert!(!text.contains(|c: char| c.is_ascii_control() || " ~^:?*[\\".contains(c)), "{text:?}");
    assert!(!text.ends_with(['/', '.']) && !text.ends_with(".lock"), "{text:?}");
}

/// What git would refuse to store is what cannot be one of our paths for the same reason.
fn spelling(text: &str) {
    let refused = listing::refused(Path::new("/nonexistent"), text.as_bytes());
    if text.split('/').any(|part| part.eq_ignore_ascii_case(".git")) {
        assert!(refused, "{text:?} is a spelling of .git");
    }
    if text.bytes().all(|b| b.is_ascii_lowercase()) {
        assert!(!refused, "{text:?} is a plain name");
    }
    match Oid::parse(text) {
        Ok(oid) => assert!(oid.as_str().eq_ignore_ascii_case(text) && oid.short(7).len() == 7),
        Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
    }
}

/// What git would write is read back as it was.
fn written(choice: u8, bytes: &mut Bytes<'_>) {
    match choice {
        0 => changes(bytes),
        1 => tree_entries(bytes),
        2 => blobs(bytes),
        3 => merges(bytes),
        4 => worktrees(bytes),
        _ => commits(bytes),
    }
}

fn changes(bytes: &mut Bytes<'_>) {
    let (mut raw, mut counts, mut paths) =
        (Vec::new(), Vec::new(), std::collections::BTreeMap::new());
    for _ in 0..bytes.byte() % 5 {
        let (old, new, oid) = (bytes.path(), bytes.path(), bytes.oid());
        let (letter, status) =
            [('A', Status::Added), ('R', Status::Renamed), ('M', Status::Modified)]
                [usize::from(bytes.byte() % 3)];
        let lines = bytes.chance(2).then(|| u64::from(bytes.byte()));
        if paths.contains_key(&new) {
            continue;
        }
        raw.extend_from_slice(format!(":100644 100755 {oid} {oid} {letter}\0").as_bytes());
        let count = lines.map_or("-".to_owned(), |n| n.to_string());
        counts.extend_from_slice(format!("{count}\t{count}\t").as_bytes());
        if status == Status::Renamed {
            raw.extend([&old[..], b"\0"].concat());
            counts.extend([b"\0", &old[..], b"\0"].concat());
        }
        raw.extend([&new[..], b"\0"].concat());
        counts.extend([&new[..], b"\0"].concat());
        paths.insert(new, (status, lines, (status == Status::Renamed).then_some(old)));
    }
    let found = diff::parse(&[raw, counts].concat()).expect("git's own form");
    assert_eq!(found.len(), paths.len());
    for change in found {
        let (status, lines, old) = &paths[&change.path];
        assert_eq!((&change.status, &change.old_path), (status, old));
        assert_eq!((change.added, change.removed), (*lines, *lines));
    }
}

fn tree_entries(bytes: &mut Bytes<'_>) {
    let mut output = Vec::new();
    let mut paths = Vec::new();
    for _ in 0..bytes.byte() % 5 {
        let (path, oid) = (bytes.path(), bytes.oid());
        output.extend_from_slice(format!("100644 blob {oid} {:>7}\t", bytes.byte()).as_bytes());
        output.extend([&path[..], b"\0"].concat());
        paths.push(path);
    }
    let found = objects::entries(&output).expect("git's own form");
    assert!(found.iter().map(|entry| &entry.path).eq(&paths));
    assert!(found.iter().all(|entry| entry.size.is_some() && entry.mode == 0o100_644));
}

fn blobs(bytes: &mut Bytes<'_>) {
    let (mut output, mut names, mut contents) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bytes.byte() % 5 {
        let name = String::from_utf8_lossy(&bytes.path()).into_owned();
        let content = (!bytes.chance(3)).then(|| bytes.path());
        match &content {
            None => output.extend_from_slice(format!("{name} missing\n").as_bytes()),
            Some(content) => {
                let head = format!("{} blob {}\n", bytes.oid(), content.len());
                output.extend([head.as_bytes(), content, b"\n"].concat());
            }
        }
        names.push(name);
        contents.push(content);
    }
    assert_eq!(objects::contents(&output, &names).expect("git's own form"), contents);
}

fn merges(bytes: &mut Bytes<'_>) {
    let (mut output, mut expected) = (Vec::new(), Vec::new());
    for _ in 0..bytes.byte() % 4 {
        let tree = bytes.oid();
        if bytes.chance(2) {
            output.extend_from_slice(format!("1\0{tree}\0\0").as_bytes());
            expected.push(Merge::Clean { tree });
            continue;
        }
        output.extend_from_slice(format!("0\0{tree}\0").as_bytes());
        let paths: std::collections::BTreeSet<_> =
            (0..bytes.byte() % 3).map(|_| bytes.path()).collect();
        for path in &paths {
            output.extend_from_slice(format!("100644 {tree} 2\t").as_bytes());
            output.extend([&path[..], b"\0"].concat());
        }
        let path = bytes.path();
        output.extend([b"\x001\0", &path[..], b"\0CONFLICT\0a text\n\0\0"].concat());
        let paths = paths.into_iter().collect();
        expected.push(Merge::Conflict { tree, paths, messages: vec!["a text".to_owned()] });
    }
    assert_eq!(merge::parse(&output), expected);
    // A cut last answer is left out, and takes none of the others with it.
    let cut = output.len().saturating_sub(1 + usize::from(bytes.byte() % 8));
    let found = merge::parse(&output[..cut]);
    assert!(found.len() <= expected.len() && found[..] == expected[..found.len()]);
}

fn worktrees(bytes: &mut Bytes<'_>) {
    let (mut output, mut trees) = (Vec::new(), Vec::new());
    for number in 0..bytes.byte() % 4 {
        let (mut path, oid) = (bytes.path(), bytes.oid());
        path.push(b'0' + number);
        output.extend([b"worktree /", &path[..], format!("\0HEAD {oid}\0").as_bytes()].concat());
        let branch = bytes.chance(2).then(|| format!("lf/x/{}", bytes.byte()));
        let line = branch.as_ref().map(|branch| format!("branch refs/heads/{branch}\0\0"));
        let line = line.unwrap_or_else(|| "detached\0locked why not\0\0".to_owned());
        output.extend_from_slice(line.as_bytes());
        let path = run::path_from(&[b"/", &path[..]].concat());
        trees.push(Worktree {
            path,
            branch,
            head: Some(oid).filter(|oid| !oid.is_zero()),
            ..tree("")
        });
    }
    let mut found: Vec<_> =
        trees.iter().map(|known| Worktree { branch: None, head: None, ..known.clone() }).collect();
    worktree::fill(&mut found, &output);
    assert_eq!(found, trees);
}

fn commits(bytes: &mut Bytes<'_>) {
    let mut output = Vec::new();
    let mut expected = Vec::new();
    for _ in 0..bytes.byte() % 3 {
        let (oid, name, subject) = (bytes.oid(), bytes.path(), bytes.path());
        output.extend_from_slice(format!("{oid}\0{oid}\0{oid} {oid}\0").as_bytes());
        output.extend([&name[..], b"\0a@x\0", b"12 -0130", b"\0c\0c@x\x007 +0000\0"].concat());
        output.extend([&subject[..], b"\0", &name[..], b"\0K: v\n\0\n"].concat());
        expected.push((oid, String::from_utf8_lossy(&subject).into_owned()));
    }
    let found = history::parse(&output).expect("git's own form");
    assert_eq!(found.len(), expected.len());
    for (commit, (oid, subject)) in found.iter().zip(&expected) {
        assert_eq!((&commit.oid, &commit.subject), (oid, subject));
        assert_eq!(
            (commit.author.seconds, commit.author.offset, commit.parents.len()),
            (12, -90, 2)
        );
        assert_eq!(commit.trailers, [("K".to_owned(), "v".to_owned())]);
    }
}

fn tree(path: &str) -> Worktree {
    let (path, git_dir) = (path.into(), PathBuf::new());
    let held = Vec::new();
    Worktree { path, git_dir, branch: None, held, head: None, ours: true, missing: false }
}

/// The input as numbers and names.
struct Bytes<'d>(&'d [u8]);

impl Bytes<'_> {
    /// The next byte; 0 when there is none left.
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// True for one byte in so many.
    fn chance(&mut self, one_in: u8) -> bool {
        self.byte().is_multiple_of(one_in)
    }

    /// Up to 15 bytes as they may stand in a path: not none, and no NUL.
    fn path(&mut self) -> Vec<u8> {
        let length = usize::from(self.byte() % 16).min(self.0.len());
        let (path, rest) = self.0.split_at(length);
        self.0 = rest;
        let path: Vec<u8> = path.iter().copied().filter(|byte| *byte != 0).collect();
        if path.is_empty() { b"x".to_vec() } else { path }
    }

    fn oid(&mut self) -> Oid {
        Oid::parse(&format!("{:02x}", self.byte()).repeat(20)).expect("40 digits")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The committed corpus as an ordinary test; it is no part of the published package.
    #[test]
    fn replayed() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        for choice in 0..=u8::MAX {
            git_output(&[
                choice, 3, 2, b'a', b'b', 1, 1, b'\n', 0, 4, 1, b'c', 9, 7, 7, 1, 1, 1, 1, 1, 1, 1,
            ]);
        }
        if package.join("Cargo.toml.orig").exists() {
            return;
        }
        let files = std::fs::read_dir(package.join("fuzz/corpus/git-output")).expect("a corpus");
        let inputs: Vec<_> =
            files.map(|file| std::fs::read(file.expect("a file").path())).collect();
        assert!(inputs.len() >= 10, "the corpus has {} inputs", inputs.len());
        inputs.into_iter().for_each(|input| git_output(&input.expect("an input")));
    }

    /// Larger than any fuzzer makes them: one record of 16 MB gives an error that people can read.
    #[test]
    fn large_records_are_refused_in_one_short_line() {
        let record = vec![b'x'; 16 << 20];
        let short = |error: crate::Error| assert!(error.to_string().len() < 1000, "{error}");
        short(objects::entries(&record).expect_err("no record"));
        short(listing::parse(&record).expect_err("no record"));
        short(refs::parse(&record).expect_err("no record"));
        short(diff::parse(&record).expect_err("no record"));
        let settings = ini::parse(&record[..1 << 20]).expect("a long name");
        assert_eq!(settings[0].0.len(), 1 << 20);
    }
}
