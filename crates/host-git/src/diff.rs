//! What changed between two trees: status, paths, modes and line counts from one run of git.

use std::collections::BTreeMap;
use std::str;

use crate::{Error, Git, Oid};

/// One changed path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// What happened to it.
    pub status: Status,
    /// The path in the newer tree, or the removed one; bytes.
    pub path: Vec<u8>,
    /// Where a renamed or copied file came from.
    pub old_path: Option<Vec<u8>>,
    /// Lines added; `None` for binary content.
    pub added: Option<u64>,
    /// Lines removed; `None` for binary content.
    pub removed: Option<u64>,
    /// The mode before; 0 when it was not there.
    pub old_mode: u32,
    /// The mode after; 0 when it is gone.
    pub new_mode: u32,
}

/// What happened to a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It is new.
    Added,
    /// It is gone.
    Deleted,
    /// Its content or mode changed.
    Modified,
    /// It came from another path.
    Renamed,
    /// It was copied from another path.
    Copied,
    /// It became another kind: file, link or submodule.
    TypeChanged,
}

impl Git {
    /// The difference between two commits or trees, renames found, sorted by path.
    ///
    /// # Errors
    /// When an object cannot be read.
    pub fn diff(&self, a: &Oid, b: &Oid) -> Result<Vec<FileChange>, Error> {
        let output = self
            .run("diff-tree")?
            .args(["-r", "-z", "-M", "--raw", "--numstat", "--no-abbrev", "--no-color"])
            .args(["--no-ext-diff", "--no-textconv", "--no-commit-id", "--end-of-options"])
            // Attributes are read from a tree without any: whoever writes a change could otherwise say in
            // `.gitattributes` that its lines are no text.
            .env("GIT_ATTR_SOURCE", b.empty_tree().as_str())
            .args([a.as_str(), b.as_str()])
            .ok()?;
        let mut changes = parse(&output)?;
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(changes)
    }

    /// The difference as a unified diff for people and models; binary content is only named.
    ///
    /// # Errors
    /// When an object cannot be read, or the text is larger than [`Config::max_output`](crate::Config).
    pub fn patch(&self, a: &Oid, b: &Oid, context: u32) -> Result<Vec<u8>, Error> {
        self.run("diff-tree")?
            .args(["-r", "-p", "-M", "--no-color", "--no-ext-diff", "--no-textconv"])
            .args(["--no-commit-id", &format!("--unified={context}"), "--end-of-options"])
            // Attributes are read from a tree without any: whoever writes a change could otherwise say in
            // `.gitattributes` that its lines are no text.
            .env("GIT_ATTR_SOURCE", b.empty_tree().as_str())
            .args([a.as_str(), b.as_str()])
            .ok()
    }
}

/// First all raw records (`:old new oid oid S[score]`, path, path), then all line counts.
pub(crate) fn parse(output: &[u8]) -> Result<Vec<FileChange>, Error> {
    let mut fields = output.split(|&b| b == 0).peekable();
    let mut changes = Vec::new();
    let mut at = BTreeMap::new();
    while fields.peek().is_some_and(|field| field.starts_with(b":")) {
        let change = raw(&mut fields).ok_or_else(|| Error::output("diff-tree", "a cut record"))?;
        at.insert(change.path.clone(), changes.len());
        changes.push(change);
    }
    while let Some(field) = fields.next().filter(|field| !field.is_empty()) {
        let bad = || Error::output("diff-tree", String::from_utf8_lossy(field));
        let mut parts = field.splitn(3, |&b| b == b'\t');
        let mut count = || parts.next().and_then(|n| str::from_utf8(n).ok()).ok_or_else(bad);
        let (added, removed) = (count()?.parse().ok(), count()?.parse().ok());
        let path = match parts.next().ok_or_else(bad)? {
            // A rename has its two paths in the next two fields.
            b"" => fields.nth(1).ok_or_else(bad)?,
            path => path,
        };
        let change = at.get(path).and_then(|&at: &usize| changes.get_mut(at)).ok_or_else(bad)?;
        (change.added, change.removed) = (added, removed);
    }
    Ok(changes)
}

fn raw<'o>(fields: &mut impl Iterator<Item = &'o [u8]>) -> Option<FileChange> {
    let head = str::from_utf8(fields.next()?.strip_prefix(b":")?).ok()?;
    let mut parts = head.split(' ');
    let old_mode = u32::from_str_radix(parts.next()?, 8).ok()?;
    let new_mode = u32::from_str_radix(parts.next()?, 8).ok()?;
    let status = match parts.nth(2)?.bytes().next()? {
        b'A' => Status::Added,
        b'D' => Status::Deleted,
        b'R' => Status::Renamed,
        b'C' => Status::Copied,
        b'T' => Status::TypeChanged,
        _ => Status::Modified,
    };
    let first = fields.next()?.to_vec();
    let (path, old_path) = match status {
        Status::Renamed | Status::Copied => (fields.next()?.to_vec(), Some(first)),
        _ => (first, None),
    };
    Some(FileChange { status, path, old_path, added: None, removed: None, old_mode, new_mode })
}
