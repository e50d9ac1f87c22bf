//! Contents of many objects as a stream, and which commit brought each content in.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::str;

use crate::{Error, Git, Oid, Worktree};

/// Where a content is first found in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The content.
    pub blob: Oid,
    /// The commit that brought it in: of those that have it none is older.
    pub commit: Oid,
    /// Its path there.
    pub path: Vec<u8>,
    /// Its place among all, the oldest first.
    pub age: usize,
}

/// A content that is staged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// The content.
    pub blob: Oid,
    /// Its path.
    pub path: Vec<u8>,
}

impl Git {
    /// Every content that files had in the history of these tips, each once, with the commit that brought it in.
    ///
    /// Sorted by path, the newest first: so lie contents near each other that git stores as differences. What a merge
    /// changed by itself is named with the merge. Links and submodules are left out.
    ///
    /// # Errors
    /// When a commit or a tree cannot be read.
    pub fn origins(&self, tips: &[Oid]) -> Result<Vec<Origin>, Error> {
        if tips.is_empty() {
            return Ok(Vec::new());
        }
        let run = self
            .run("log")?
            .args([
                "--reverse",
                "--topo-order",
                "--raw",
                "-r",
                "-m",
                "--root",
                "-z",
                "--no-renames",
            ])
            .args([
                "--no-abbrev",
                "--no-color",
                "--no-show-signature",
                "--no-decorate",
                "--no-notes",
            ])
            .args(["--no-ext-diff", "--no-textconv", "--format=tformat:commit %H", "--stdin"]);
        let input: String = tips.iter().map(|tip| format!("{tip}\n")).collect();
        let mut found = origins(&run.input(input).ok()?)?;
        found.reverse();
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    /// Hands out these contents one after the other, each as a reader; what is not read is passed over. Gives the
    /// indexes of those that are not there, as in a partial clone.
    ///
    /// One git process for all of them, and no content is held in memory.
    ///
    /// # Errors
    /// [`Error::Output`] when git ends early or `each` fails.
    pub fn each_blob(
        &self,
        blobs: &[Oid],
        mut each: impl FnMut(usize, u64, &mut dyn Read) -> io::Result<()>,
    ) -> Result<Vec<usize>, Error> {
        if blobs.is_empty() {
            return Ok(Vec::new());
        }
        let input: String = blobs.iter().map(|blob| format!("{blob}\n")).collect();
        let mut running =
            self.run("cat-file")?.args(["--batch", "--buffer"]).input(input).start()?;
        let broken = |error: io::Error| Error::output("cat-file", error.to_string());
        let mut missing = Vec::new();
        {
            let mut out = BufReader::with_capacity(64 << 10, running.stdout());
            for index in 0..blobs.len() {
                let Some(size) = size(&mut out).map_err(broken)? else {
                    missing.push(index);
                    continue;
                };
                let mut content = (&mut out).take(size);
                each(index, size, &mut content).map_err(broken)?;
                // What was left, and the line end behind it.
                let left = content.limit() + 1;
                let passed =
                    io::copy(&mut (&mut out).take(left), &mut io::sink()).map_err(broken)?;
                if passed < left {
                    return Err(Error::output("cat-file", "a cut object"));
                }
            }
        }
        running.end()?;
        Ok(missing)
    }

    /// The contents that are staged in an index of a worktree and differ from its commit. The index is
    /// [`Worktree::index`], unless git commits another one.
    ///
    /// # Errors
    /// When the index or the commit cannot be read.
    pub fn staged_blobs(&self, at: &Worktree, index: &Path) -> Result<Vec<Staged>, Error> {
        let run = match self.verify(&at.git_dir, "HEAD^{commit}")? {
            Some(head) => self
                .run_in("diff-index", at, index)?
                .args(["--cached", "--raw", "-r", "-z", "--no-renames", "--no-abbrev"])
                .arg(head.as_str()),
            None => self.run_in("ls-files", at, index)?.args(["--stage", "-z"]),
        };
        let output = run.ok()?;
        let mut fields = output.split(|&byte| byte == 0);
        let mut found = Vec::new();
        while let Some(head) = fields.next().filter(|field| !field.is_empty()) {
            let bad = || Error::output("diff-index", String::from_utf8_lossy(head));
            let (head, path) = match head.strip_prefix(b":") {
                Some(head) => (head.to_vec(), fields.next().ok_or_else(bad)?),
                None => {
                    // `MODE OID STAGE TAB PATH`, brought into the order of a raw line.
                    let tab = head.iter().position(|&byte| byte == b'\t').ok_or_else(bad)?;
                    let text = str::from_utf8(&head[..tab]).map_err(|_| bad())?;
                    let mut parts = text.split(' ');
                    let (mode, oid) =
                        (parts.next().ok_or_else(bad)?, parts.next().ok_or_else(bad)?);
                    (format!("0 {mode} 0 {oid} A").into_bytes(), &head[tab + 1..])
                }
            };
            if let Some(blob) = blob(&head)? {
                found.push(Staged { blob, path: path.to_vec() });
            }
        }
        Ok(found)
    }

    /// The paths that a worktree's index has, whether they are ignored or not, sorted.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn tracked(&self, at: &Worktree) -> Result<Vec<Vec<u8>>, Error> {
        let run = self.run_in("ls-files", at, &at.git_dir.join("index"))?.args(["--cached", "-z"]);
        Ok(crate::run::records(&run.ok()?).map(<[u8]>::to_vec).collect())
    }

    /// The checkout that the search began in, as a worktree.
    ///
    /// # Errors
    /// When `HEAD` cannot be read.
    pub fn checkout_here(&self) -> Result<Option<Worktree>, Error> {
        let Some(path) = &self.layout.here else { return Ok(None) };
        let head = self.head()?;
        Ok(Some(Worktree {
            path: path.clone(),
            git_dir: self.layout.git_dir.clone(),
            branch: head.branch,
            held: Vec::new(),
            head: head.commit,
            ours: false,
            missing: false,
        }))
    }
}

/// `OID TYPE SIZE`, or `OID missing`.
fn size(out: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut line = Vec::new();
    out.take(256).read_until(b'\n', &mut line)?;
    let text = str::from_utf8(&line).unwrap_or_default().trim_end();
    if text.ends_with(" missing") {
        return Ok(None);
    }
    let size = text.rsplit(' ').next().and_then(|size| size.parse().ok());
    size.map(Some).ok_or_else(|| io::Error::other(format!("no header in {text:?}")))
}

/// The new content of a raw line (`OLD NEW OLDOID NEWOID STATUS`), unless it is gone, a link or a submodule.
fn blob(head: &[u8]) -> Result<Option<Oid>, Error> {
    let bad = || Error::output("diff", String::from_utf8_lossy(head));
    let text = str::from_utf8(head).map_err(|_| bad())?;
    let mut parts = text.split(' ');
    let mode = parts.nth(1).ok_or_else(bad)?;
    let oid = Oid::parse(parts.nth(1).ok_or_else(bad)?)?;
    Ok((mode.starts_with("100") && !oid.is_zero()).then_some(oid))
}

/// Reads `log --raw -z`: `commit OID`, then `:head`, path and so on, all ended by NUL.
pub(crate) fn origins(output: &[u8]) -> Result<Vec<Origin>, Error> {
    let mut seen = std::collections::BTreeSet::new();
    let mut found = Vec::new();
    let mut commit: Option<Oid> = None;
    let mut fields = output.split(|&byte| byte == 0);
    while let Some(field) = fields.next() {
        let field = field.trim_ascii_start();
        if field.is_empty() {
            continue;
        }
        if let Some(name) = field.strip_prefix(b"commit ") {
            commit = Some(Oid::from_bytes(name)?);
            continue;
        }
        let bad = || Error::output("log", String::from_utf8_lossy(field));
        let head = field.strip_prefix(b":").ok_or_else(bad)?;
        let path = fields.next().ok_or_else(bad)?;
        if let Some(blob) = blob(head)?
            && seen.insert(blob.clone())
        {
            let commit = commit.clone().ok_or_else(bad)?;
            found.push(Origin { blob, commit, path: path.to_vec(), age: found.len() });
        }
    }
    Ok(found)
}
