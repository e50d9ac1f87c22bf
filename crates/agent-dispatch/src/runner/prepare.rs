//! Preparation: what `[[verify.prepare]]` builds once per digest of its lock files, mounted read-only afterwards.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use leadforge_host_git::{Oid, TreeEdit};

use crate::config::Prepare;
use crate::error::Error;
use crate::evidence::sha256_hex;

use super::cell::{Cell, word};
use super::shared::Shared;
use super::verify::shell;
use super::{Setup, scratch};

/// The cache folders for a tree, in the configuration's order; what is missing is built first.
pub(crate) fn ready(
    setup: &Setup<'_>,
    shared: &Shared<'_>,
    tree: &Oid,
) -> Result<Vec<PathBuf>, Error> {
    // One at a time: two checks that need the same cache must not both build it.
    let _building = shared.preparing();
    ready_in(setup, &setup.state().join("cache"), &shared.trusted_tree, tree)
}

/// The same in a folder of caches that nobody else uses meanwhile.
pub(crate) fn ready_in(
    setup: &Setup<'_>,
    folder: &Path,
    trusted: &Oid,
    tree: &Oid,
) -> Result<Vec<PathBuf>, Error> {
    let mut caches = Vec::new();
    for entry in &setup.config.verify.prepare {
        let locks = locks(setup, entry, tree)?;
        let cache = folder.join(digest(entry, &locks));
        let done = cache.with_extension("done");
        if !scratch::is_there(&done)? {
            scratch::remove(&cache)?;
            // The code that prepares is the run's base; of a change only the lock files count, so that no agent
            // decides what later checks are given.
            let tree = setup.git.edit_tree(trusted, &locks)?;
            build(setup, entry, &tree, &cache)?;
            leadforge_durable_fs::replace(setup.disk, &done, entry.command.as_bytes())?;
        }
        caches.push(cache);
    }
    Ok(caches)
}

/// The lock files as they are in a tree.
fn locks(setup: &Setup<'_>, entry: &Prepare, tree: &Oid) -> Result<Vec<TreeEdit>, Error> {
    let specs: Vec<String> = entry.locks.iter().map(|path| format!("{tree}:{path}")).collect();
    let blobs = setup.git.cat(&specs)?;
    let files = entry.locks.iter().zip(blobs).map(|(path, blob)| match blob {
        Some(bytes) => Ok(TreeEdit::Put { path: path.clone(), bytes, executable: false }),
        None => Err(Error::NoLock { path: path.clone() }),
    });
    files.collect()
}

fn digest(entry: &Prepare, locks: &[TreeEdit]) -> String {
    let mut all = entry.command.clone().into_bytes();
    for lock in locks {
        if let TreeEdit::Put { bytes, .. } = lock {
            all.push(0);
            all.extend_from_slice(sha256_hex(bytes).as_bytes());
        }
    }
    sha256_hex(&all)
}

fn build(setup: &Setup<'_>, entry: &Prepare, tree: &Oid, cache: &Path) -> Result<(), Error> {
    let place = scratch::make(&cache.with_extension("building"))?;
    let (checkout, log) = (place.join("tree"), place.join("log"));
    setup.git.export(tree, &checkout)?;
    scratch::make(cache)?;
    let outcome = Cell {
        argv: shell(&entry.command),
        tree: &checkout,
        git: None,
        scratch: &place,
        log: &log,
        stdin: None,
        env: BTreeMap::from([("LEADFORGE_CACHE".to_owned(), cache.to_string_lossy().into_owned())]),
        read: Vec::new(),
        write: vec![cache.to_owned()],
        hosts: entry.hosts.clone(),
        wall: Duration::from_secs(setup.config.sandbox.agent_seconds),
    }
    .run(setup)?;
    let tail = scratch::tail(&log, 2_048);
    scratch::remove(&place)?;
    if outcome.exit == Some(0) {
        return Ok(());
    }
    scratch::remove(cache)?;
    Err(Error::Prepare {
        command: entry.command.clone(),
        ended: outcome
            .exit
            .map_or_else(|| word(outcome.reason).to_owned(), |code| format!("exit {code}")),
        tail,
    })
}
