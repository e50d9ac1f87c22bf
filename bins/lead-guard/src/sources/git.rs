//! What git holds: the index and the whole history, read from its objects.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use leadforge_authorship::{CommitFacts, Identities};
use leadforge_cli_kit::Failure;
use leadforge_cli_kit::host::staging;
use leadforge_host_git::{Commit, Config, Error, Git, Oid};
use leadforge_secret_scan::{Finding, Scanner};

use super::{Found, Looked, Who, readable};

/// The repository around the current folder.
pub(crate) fn repository() -> Result<Git, Failure> {
    Git::discover(Path::new("."), &Config::default()).map_err(|error| Failure::git(&error))
}

/// Looks at what is staged.
pub(crate) fn staged(scanner: &Scanner) -> Result<Looked, Failure> {
    let git = repository()?;
    let here = git.checkout_here().map_err(|error| Failure::git(&error))?;
    let here = here.ok_or_else(|| {
        Failure::usage("secrets.bare", "nothing is staged in a bare repository")
            .hint("--history looks at what it holds")
    })?;
    let staged = git.staged_blobs(&here, &staging(&here)).map_err(|error| Failure::git(&error))?;
    let (paths, blobs): (Vec<Vec<u8>>, Vec<Oid>) =
        staged.into_iter().map(|staged| (staged.path, staged.blob)).unzip();
    let mut looked = Looked::default();
    for (index, finding) in contents(&git, scanner, &paths, &blobs, &mut looked)? {
        looked.found.push(Found { path: shown(&paths[index]), commit: None, finding });
    }
    Ok(looked)
}

/// Looks at every content of the history.
pub(crate) fn history(scanner: &Scanner) -> Result<Looked, Failure> {
    let git = repository()?;
    let fault = |error: Error| Failure::git(&error);
    let refs = git.refs("").map_err(fault)?;
    let mut tips: Vec<Oid> = refs
        .into_iter()
        .filter(|(name, _)| !name.starts_with("refs/leadforge/"))
        .map(|(_, oid)| oid)
        .chain(git.head().map_err(fault)?.commit)
        .collect();
    tips.sort_unstable();
    tips.dedup();
    let origins = git.origins(&tips).map_err(fault)?;
    let paths: Vec<Vec<u8>> = origins.iter().map(|origin| origin.path.clone()).collect();
    let blobs: Vec<Oid> = origins.iter().map(|origin| origin.blob.clone()).collect();
    let mut looked = Looked::default();
    let mut found = contents(&git, scanner, &paths, &blobs, &mut looked)?;
    // A secret lies in every later version of its file, too: the first one tells who brought it in.
    found.sort_by(|(a, one), (b, other)| {
        let key = |index: &usize, finding: &Finding| {
            (
                paths[*index].clone(),
                finding.rule.clone(),
                finding.digest.clone(),
                origins[*index].age,
            )
        };
        key(a, one).cmp(&key(b, other))
    });
    found.dedup_by(|(a, one), (b, other)| {
        paths[*a] == paths[*b] && one.rule == other.rule && one.digest == other.digest
    });
    let mut makers: BTreeMap<Oid, Option<Who>> = BTreeMap::new();
    for (index, finding) in found {
        let commit = &origins[index].commit;
        if !makers.contains_key(commit) {
            let known = git.log(commit.as_str(), 1).map_err(fault)?;
            makers.insert(commit.clone(), known.first().map(who));
        }
        let commit = makers.get(commit).cloned().flatten();
        looked.found.push(Found { path: shown(&paths[index]), commit, finding });
    }
    looked.found.sort_by(|a, b| (&a.path, a.finding.start).cmp(&(&b.path, b.finding.start)));
    if let Some(lacks) = git.lacks().map_err(fault)? {
        let why =
            format!("the repository is {lacks}: what is older than its history was not looked at");
        looked.missed.push(why);
    }
    Ok(looked)
}

/// Scans contents as they come out of git; gives each finding with the index of its content.
fn contents(
    git: &Git,
    scanner: &Scanner,
    paths: &[Vec<u8>],
    blobs: &[Oid],
    looked: &mut Looked,
) -> Result<Vec<(usize, Finding)>, Failure> {
    let names: Vec<String> = paths.iter().map(|path| shown(path)).collect();
    let wanted: Vec<usize> =
        (0..blobs.len()).filter(|index| !scanner.skips(&names[*index])).collect();
    looked.skipped = (blobs.len() - wanted.len()) as u64;
    let asked: Vec<Oid> = wanted.iter().map(|index| blobs[*index].clone()).collect();
    let mut found = Vec::new();
    let gone = git.each_blob(&asked, |at, _, content| {
        let index = wanted[at];
        looked.texts += 1;
        looked.bytes += scanner
            .stream(&names[index], readable(content)?, |finding| found.push((index, finding)))?;
        Ok(())
    });
    for at in gone.map_err(|error| Failure::git(&error))? {
        let index = wanted[at];
        looked
            .missed
            .push(format!("{}: git does not have its content {}", names[index], blobs[index]));
    }
    Ok(found)
}

/// The files below a folder that git tracks; none where there is no repository.
pub(super) fn tracked_below(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let git = match Git::discover(root, &Config::default()) {
        Ok(git) => git,
        Err(Error::NotARepository { .. }) => return Ok(Vec::new()),
        Err(error) => return Err(Failure::git(&error)),
    };
    let fault = |error: Error| Failure::git(&error);
    let Some(here) = git.checkout_here().map_err(fault)? else { return Ok(Vec::new()) };
    let base = root.canonicalize().map_err(Failure::from)?;
    let tracked = git.tracked(&here).map_err(fault)?;
    let below = tracked.into_iter().filter_map(|path| {
        let full = here.path.join(OsStr::from_bytes(&path));
        full.strip_prefix(&base).ok().map(|inside| root.join(inside))
    });
    Ok(below.collect())
}

fn who(commit: &Commit) -> Who {
    let made = Identities::default().classify(&CommitFacts {
        author_name: &commit.author.name,
        author_email: &commit.author.email,
        committer_name: &commit.committer.name,
        committer_email: &commit.committer.email,
        subject: &commit.subject,
        body: &commit.body,
    });
    let date = jiff::Timestamp::from_second(commit.author.seconds);
    let date = date.map_or_else(|_| String::new(), |date| date.strftime("%Y-%m-%d").to_string());
    Who { commit: commit.oid.to_string(), date, kind: made.kind, identity: made.identity }
}

fn shown(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
}
