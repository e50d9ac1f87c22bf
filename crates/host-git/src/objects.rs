//! Reading objects in batches: one process for any number of names.

use std::str;

use crate::run::records;
use crate::{Error, Git, Oid};

/// An entry of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeEntry {
    /// The mode as git writes it: `0o100644`, `0o100755`, `0o120000` (link), `0o160000` (submodule).
    pub mode: u32,
    /// The blob, or the commit of a submodule.
    pub oid: Oid,
    /// The size of a blob in bytes.
    pub size: Option<u64>,
    /// The whole path in bytes, `/` between parts.
    pub path: Vec<u8>,
}

impl Git {
    /// The contents that names such as `COMMIT:path` or object names stand for, in their order.
    ///
    /// A name that stands for nothing, or for an object that is missing, is `None`.
    ///
    /// # Errors
    /// When git fails, which a damaged object causes.
    pub fn cat<S: AsRef<str>>(&self, specs: &[S]) -> Result<Vec<Option<Vec<u8>>>, Error> {
        contents(&self.batch("--batch", specs)?, specs)
    }

    /// The objects that names such as `COMMIT:path` stand for, without their contents; none where there is none.
    ///
    /// # Errors
    /// When git fails, which a damaged object causes.
    pub fn check<S: AsRef<str>>(&self, specs: &[S]) -> Result<Vec<Option<Oid>>, Error> {
        let output = self.batch("--batch-check", specs)?;
        let mut rest = output.as_slice();
        let found =
            specs.iter().map(|spec| Ok(header(&mut rest, spec.as_ref())?.map(|(oid, _)| oid)));
        found.collect()
    }

    /// Every file below `prefix` (a folder or a file, `""` for all) in a commit or tree, sorted as git does.
    ///
    /// # Errors
    /// [`Error::Command`] when the tree cannot be read.
    pub fn ls_tree(&self, commit: &Oid, prefix: &str) -> Result<Vec<TreeEntry>, Error> {
        self.in_tree(commit, prefix, &["-r", "-z", "-l", "--full-tree"])
    }

    /// As [`Git::ls_tree`], and no entry has its size: git opens no file for it, which is most of what a list costs.
    ///
    /// # Errors
    /// [`Error::Command`] when the tree cannot be read.
    pub fn ls_paths(&self, commit: &Oid, prefix: &str) -> Result<Vec<TreeEntry>, Error> {
        self.in_tree(commit, prefix, &["-r", "-z", "--full-tree"])
    }

    fn in_tree(&self, commit: &Oid, prefix: &str, flags: &[&str]) -> Result<Vec<TreeEntry>, Error> {
        let prefix = prefix.trim_end_matches('/');
        let mut run = self.run("ls-tree")?.args(flags).arg(commit.as_str());
        if !prefix.is_empty() {
            run = run.arg("--").arg(prefix);
        }
        entries(&run.ok()?)
    }

    fn batch<S: AsRef<str>>(&self, mode: &str, specs: &[S]) -> Result<Vec<u8>, Error> {
        if specs.is_empty() {
            return Ok(Vec::new());
        }
        let mut input = Vec::new();
        for spec in specs {
            if spec.as_ref().contains('\0') || spec.as_ref().is_empty() {
                return Err(Error::refused(spec.as_ref(), "an object name without NUL is needed"));
            }
            input.extend_from_slice(spec.as_ref().as_bytes());
            input.push(0);
        }
        self.run("cat-file")?.args([mode, "-z", "--buffer"]).input(input).ok()
    }
}

/// What `cat-file --batch` says about each of these names.
pub(crate) fn contents<S: AsRef<str>>(
    output: &[u8],
    specs: &[S],
) -> Result<Vec<Option<Vec<u8>>>, Error> {
    let mut rest = output;
    let mut found = Vec::with_capacity(specs.len());
    for spec in specs {
        let Some((_, size)) = header(&mut rest, spec.as_ref())? else {
            found.push(None);
            continue;
        };
        let body = rest.get(..size).ok_or_else(|| Error::output("cat-file", "a cut object"))?;
        found.push(Some(body.to_vec()));
        rest = rest.get(size + 1..).unwrap_or_default();
    }
    Ok(found)
}

/// Takes one header line: `OID TYPE SIZE`, or what git says when there is no such object.
fn header(rest: &mut &[u8], spec: &str) -> Result<Option<(Oid, usize)>, Error> {
    // A name may hold a line break, so its own echo is compared whole before lines are cut.
    for answer in [" missing\n", " ambiguous\n"] {
        let absent = format!("{spec}{answer}");
        if let Some(after) = rest.strip_prefix(absent.as_bytes()) {
            *rest = after;
            return Ok(None);
        }
    }
    let bad = || Error::output("cat-file", format!("no header for {spec:?}"));
    let end = rest.iter().position(|&b| b == b'\n').ok_or_else(bad)?;
    let line = str::from_utf8(&rest[..end]).map_err(|_| bad())?;
    *rest = &rest[end + 1..];
    let mut parts = line.split(' ');
    let oid = Oid::parse(parts.next().unwrap_or_default()).map_err(|_| bad())?;
    let size = parts.nth(1).and_then(|size| size.parse().ok()).ok_or_else(bad)?;
    Ok(Some((oid, size)))
}

/// The files that `ls-tree -z` lists, with `-l` or without it.
pub(crate) fn entries(output: &[u8]) -> Result<Vec<TreeEntry>, Error> {
    records(output).map(entry).collect()
}

/// `MODE TYPE OID SIZE TAB PATH`, the size padded and `-` for what is no blob, or not there.
fn entry(record: &[u8]) -> Result<TreeEntry, Error> {
    let bad = || Error::output("ls-tree", String::from_utf8_lossy(record));
    let tab = record.iter().position(|&b| b == b'\t').ok_or_else(bad)?;
    let head = str::from_utf8(&record[..tab]).map_err(|_| bad())?;
    let mut parts = head.split_ascii_whitespace();
    let mode = parts.next().and_then(|mode| u32::from_str_radix(mode, 8).ok()).ok_or_else(bad)?;
    let oid = Oid::parse(parts.nth(1).ok_or_else(bad)?)?;
    let size = parts.next().and_then(|size| size.parse().ok());
    Ok(TreeEntry { mode, oid, size, path: record[tab + 1..].to_vec() })
}
