//! Every version of a screen's sources, as the commits tell it.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_cli_kit::Failure;
use leadforge_durable_fs::RelPath;
use leadforge_host_git::{Commit, Git, Oid};
use leadforge_visual_diff::capture::Files;

use super::plan::Plan;
use super::served::Served;

/// A version of a screen's sources: the first commit that has them.
pub(crate) struct Version {
    pub(crate) commit: Commit,
    /// The page.
    pub(crate) blob: Oid,
    /// Page and served folders, as one line.
    pub(crate) sources: String,
    /// Whether the commit is part of what `HEAD` is.
    pub(crate) main: bool,
}

/// The versions of a screen, oldest first; each of them once.
pub(crate) fn versions(git: &Git, plan: &Plan, all: bool) -> Result<Vec<Version>, Failure> {
    let wrong = |e| Failure::git(&e);
    let Some(source) = &plan.source else { return Ok(Vec::new()) };
    let folders = plan.serve.iter().map(|(_, from)| from.as_str());
    let paths: Vec<&str> = std::iter::once(source.as_str()).chain(folders).collect();
    let folders = plan.serve.iter().map(|(_, from)| from.within());
    let inside: Vec<&str> = std::iter::once(source.as_str()).chain(folders).collect();
    let mut commits = git.touching(all, &paths).map_err(wrong)?;
    let main: BTreeSet<Oid> = if all {
        git.touching(false, &paths).map_err(wrong)?.into_iter().map(|commit| commit.oid).collect()
    } else {
        commits.iter().map(|commit| commit.oid.clone()).collect()
    };
    // Topological order, oldest first, and by time where the graph says nothing.
    commits.reverse();
    commits.sort_by_key(|commit| commit.committer.seconds);
    let specs: Vec<String> = commits
        .iter()
        .flat_map(|commit| inside.iter().map(move |path| format!("{}:{path}", commit.oid)))
        .collect();
    let objects = git.check(&specs).map_err(wrong)?;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut versions: Vec<Version> = Vec::new();
    for (commit, objects) in commits.into_iter().zip(objects.chunks(paths.len())) {
        let Some(blob) = objects[0].clone() else { continue };
        let names = objects.iter().map(|oid| oid.as_ref().map_or("-", Oid::as_str));
        let sources = names.collect::<Vec<_>>().join(" ");
        let main = main.contains(&commit.oid);
        match seen.get(&sources) {
            // The same sources came to the main line later: that is where they are found.
            Some(at) => versions[*at].main |= main,
            None => {
                seen.insert(sources.clone(), versions.len());
                versions.push(Version { commit, blob, sources, main });
            }
        }
    }
    Ok(versions)
}

/// A folder as a commit has it.
pub(crate) struct Past<'g> {
    pub(crate) git: &'g Git,
    pub(crate) commit: Oid,
    pub(crate) folder: Served,
}

impl Files for Past<'_> {
    fn file(&self, path: &RelPath) -> Result<Option<Vec<u8>>, String> {
        let whole = self.folder.file(path);
        let entries = self.git.ls_tree(&self.commit, &whole).map_err(|error| error.to_string())?;
        let Some(entry) = entries.first().filter(|entry| entry.path == whole.as_bytes()) else {
            return Ok(None);
        };
        if !matches!(entry.mode, 0o100_644 | 0o100_755) {
            return Err(format!("{whole} is no plain file"));
        }
        let found = self.git.cat(&[entry.oid.as_str()]).map_err(|error| error.to_string())?;
        Ok(found.into_iter().next().flatten())
    }
}
