//! Files of other repositories, from clones that the caller names, at commits that are written down.

use crate::sh::{self, Fail, Result};
use std::path::{Path, PathBuf};

/// A repository at a commit.
pub(super) struct At {
    repository: &'static str,
    commit: &'static str,
}

pub(super) const UV: At =
    At { repository: "astral-sh/uv", commit: "26a9dd4b2125bc271b47855e1fa0c49af3365db5" };
/// Two releases, 0.11.0 and 0.12.5.
pub(super) const UV_OLD: At =
    At { repository: "astral-sh/uv", commit: "1f31f0e9fbcfcf95aed89b44a376596e14b40e06" };
pub(super) const UV_NEW: At =
    At { repository: "astral-sh/uv", commit: "210d1f6785e95a8c8c0d53e284408c9be1134700" };
/// From which the records of the corpora were made.
pub(super) const ADVISORIES: At =
    At { repository: "rustsec/advisory-db", commit: "bf5c0d245a92671908518d7e765914d437954ed6" };
/// The commit of the corpora.
pub(super) const JLF: At = At { repository: "vcaboara/job-lead-finder", commit: "38d937c" };

impl At {
    /// The files at these paths, or all, in a new folder.
    pub(super) fn files(&self, clones: &[&str], paths: &[&str], into: &Path) -> Result<PathBuf> {
        let commit = format!("{}^{{commit}}", self.commit);
        let has = |clone: &&&str| {
            let mut ask = sh::program("git");
            ask.args(["-C", clone, "cat-file", "-e", &commit]);
            ask.output().is_ok_and(|said| said.status.success())
        };
        let clone = clones.iter().find(has).ok_or_else(|| {
            let Self { repository, commit } = self;
            Fail::missing(format!("--repo CLONE: a clone of {repository} that has {commit}"))
        })?;
        sh::fresh(into)?;
        let archive = into.with_extension("tar");
        let mut pack = sh::program("git");
        pack.args(["-C", clone, "archive", "--format=tar", "-o"]).arg(&archive);
        sh::run(pack.arg(self.commit).arg("--").args(paths))?;
        sh::run(sh::program("tar").arg("-xf").arg(&archive).arg("-C").arg(into))?;
        std::fs::remove_file(archive)?;
        Ok(into.to_owned())
    }
}
