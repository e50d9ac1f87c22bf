//! Tags with their days, the graph they stand in, and what a repository does not have of it.

use std::str;

use crate::history::{Commit, arguments, parse};
use crate::look::look;
use crate::run::one_line;
use crate::{Error, Git, Oid, ini};

/// A tag that names a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The name without `refs/tags/`.
    pub name: String,
    /// The commit.
    pub commit: Oid,
    /// When it was tagged, or for a tag without a message when its commit was recorded; seconds
    /// since 1970-01-01 UTC.
    pub seconds: i64,
}

const FORMAT: &str = "--format=%(refname)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00\
    %(*objectname)%00%(creatordate:raw)%00";
const FIELDS: usize = 6;

impl Git {
    /// Every tag of a commit, sorted by name; tags of trees and blobs are left out, as are names
    /// that are not UTF-8.
    ///
    /// # Errors
    /// When git cannot list them.
    pub fn tags(&self) -> Result<Vec<Tag>, Error> {
        let output = self.run("for-each-ref")?.args([FORMAT, "refs/tags/"]).ok()?;
        let mut found = Vec::new();
        for fields in records(&output)? {
            let Ok(name) = str::from_utf8(fields[0]) else { continue };
            let commit = match (fields[1], fields[3]) {
                (b"commit", _) => Some(Oid::from_bytes(fields[2])?),
                (b"tag", b"commit") => Some(Oid::from_bytes(fields[4])?),
                // A tag of a tag: older versions of git look through one of them only.
                (b"tag", b"tag") => self.resolve(name)?,
                _ => None,
            };
            let Some(commit) = commit else { continue };
            let date = String::from_utf8_lossy(fields[5]);
            let seconds = date.split(' ').next().and_then(|s| s.parse().ok()).unwrap_or(0);
            let name = name.strip_prefix("refs/tags/").unwrap_or(name).to_owned();
            found.push(Tag { name, commit, seconds });
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// Every commit that these reach, each with its parents, children before parents.
    ///
    /// # Errors
    /// When a commit cannot be read.
    pub fn graph(&self, tips: &[Oid]) -> Result<Vec<(Oid, Vec<Oid>)>, Error> {
        if tips.is_empty() {
            return Ok(Vec::new());
        }
        let tips = tips.iter().map(Oid::as_str);
        let run = self.run("rev-list")?.args(["--topo-order", "--parents", "--end-of-options"]);
        let output = run.args(tips).ok()?;
        let lines = output.split(|&b| b == b'\n').filter(|line| !line.is_empty());
        lines
            .map(|line| {
                let mut names = line.split(|&b| b == b' ').map(Oid::from_bytes);
                let own = names.next().unwrap_or_else(|| Oid::from_bytes(b""))?;
                Ok((own, names.collect::<Result<_, _>>()?))
            })
            .collect()
    }

    /// The commits that `newer` reaches and none of `older` does, newest first.
    ///
    /// # Errors
    /// When a commit cannot be read.
    pub fn log_between(&self, newer: &Oid, older: &[Oid]) -> Result<Vec<Commit>, Error> {
        let run = arguments(self.run("log")?).arg("--topo-order").arg("--end-of-options");
        let without = older.iter().map(|oid| format!("^{oid}"));
        parse(&run.arg(newer.as_str()).args(without).arg("--").ok()?)
    }

    /// The first commit of a commit's own line, which every whole clone has: of merged histories it is that of the first
    /// parent.
    ///
    /// # Errors
    /// When a commit cannot be read.
    pub fn first_commit(&self, of: &Oid) -> Result<Oid, Error> {
        let run = self.run("rev-list")?.args(["--first-parent", "--max-parents=0"]);
        let answer = run.args(["--end-of-options", of.as_str()]).ok()?;
        Oid::parse(&one_line("rev-list", &answer)?)
    }

    /// The address of a remote as the repository's configuration has it.
    #[must_use]
    pub fn remote(&self, name: &str) -> Option<&str> {
        ini::last(&self.layout.settings, &format!("remote.{name}.url"))
    }

    /// Why history or files may be missing: `shallow` or `partial`; `None` when nothing is.
    ///
    /// # Errors
    /// When the repository cannot be looked at.
    pub fn lacks(&self) -> Result<Option<&'static str>, Error> {
        if look(&self.common_dir().join("shallow"))?.is_some_and(|found| found.len() > 0) {
            return Ok(Some("shallow"));
        }
        let partial = ini::last(&self.layout.settings, "extensions.partialclone").is_some();
        Ok(partial.then_some("partial"))
    }
}

/// Records of [`FIELDS`] fields, each ended by NUL, with a line break between two records.
fn records(output: &[u8]) -> Result<Vec<[&[u8]; FIELDS]>, Error> {
    let fields: Vec<&[u8]> = output.split(|&b| b == 0).collect();
    if fields.len() % FIELDS != 1 {
        return Err(Error::output("for-each-ref", format!("{} fields", fields.len())));
    }
    let mut found: Vec<[&[u8]; FIELDS]> = Vec::new();
    for chunk in fields.chunks_exact(FIELDS) {
        let mut record: [&[u8]; FIELDS] = [&[]; FIELDS];
        record.copy_from_slice(chunk);
        record[0] = record[0].trim_ascii_start();
        found.push(record);
    }
    Ok(found)
}
