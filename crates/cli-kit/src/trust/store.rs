//! What the user accepted, kept outside the repository.

use super::{Status, Subject, hex};
use crate::Failure;
use leadforge_durable_fs::{Options, RealDisk, create_dir_all, read, remove, replace_with, sweep};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The records of what the user accepted, one file per repository.
#[derive(Clone, Debug)]
pub struct Store {
    dir: PathBuf,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    schema: String,
    repository: String,
    digest: String,
    config: BTreeSet<String>,
    commands: BTreeSet<String>,
}

/// More bytes than the commands of any queue.
const LIMIT: u64 = 64 << 20;
const SCHEMA: &str = "leadforge/trust/1";

impl Store {
    /// The store under the user's state folder, see [`crate::Context::state_dir`].
    #[must_use]
    pub fn new(state_dir: &Path) -> Self {
        Self { dir: state_dir.join("trust") }
    }

    /// Whether this subject was accepted for the repository with this git common directory.
    pub fn status(&self, repository: &Path, subject: &Subject) -> Result<Status, Failure> {
        if subject.is_empty() {
            return Ok(Status::Trusted);
        }
        let Some(record) = self.read(repository)? else {
            return Ok(Status::Untrusted);
        };
        let gone = |old: &BTreeSet<String>, new: &BTreeSet<String>| -> Vec<String> {
            old.difference(new).cloned().collect()
        };
        let mut added = gone(&subject.config, &record.config);
        added.extend(gone(&subject.commands, &record.commands));
        let removed = gone(&record.config, &subject.config);
        if added.is_empty() && removed.is_empty() {
            return Ok(Status::Trusted);
        }
        Ok(Status::Changed { added, removed })
    }

    /// Accepts a subject, durably, readable by the user alone.
    pub fn record(&self, repository: &Path, subject: &Subject) -> Result<(), Failure> {
        let record = Record {
            schema: SCHEMA.to_owned(),
            repository: repository.display().to_string(),
            digest: subject.digest(),
            config: subject.config.clone(),
            commands: subject.commands.clone(),
        };
        let bytes = serde_json::to_vec_pretty(&record).expect("a record has string keys");
        create_dir_all(&RealDisk, &self.dir)?;
        sweep(&RealDisk, &self.dir)?;
        Ok(replace_with(&RealDisk, &self.path(repository), &bytes, &Options::PRIVATE)?)
    }

    /// Forgets what was accepted; returns whether there was anything.
    pub fn forget(&self, repository: &Path) -> Result<bool, Failure> {
        Ok(remove(&RealDisk, &self.path(repository))?)
    }

    fn read(&self, repository: &Path) -> Result<Option<Record>, Failure> {
        let path = self.path(repository);
        let bytes = match read(&RealDisk, &path, LIMIT) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let damaged = || {
            Failure::refused("trust.record", format!("{} is damaged", path.display()))
                .hint("remove it and accept again with `lead-forge trust`")
        };
        let record: Record = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        let subject = Subject { config: record.config.clone(), commands: record.commands.clone() };
        if record.schema != SCHEMA || record.digest != subject.digest() {
            return Err(damaged());
        }
        Ok(Some(record))
    }

    fn path(&self, repository: &Path) -> PathBuf {
        let name = Sha256::digest(repository.as_os_str().as_encoded_bytes());
        self.dir.join(format!("{}.json", hex(&name[..16])))
    }
}

#[cfg(test)]
mod tests {
    use super::super::subject::tests::subject;
    use super::*;

    #[test]
    fn a_changed_command_loses_trust_and_a_finished_one_does_not() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let (store, repo) = (Store::new(dir.path()), Path::new("/repo/.git"));
        let before = subject("[run]\njobs = 2", &["make", "make test"]);
        store.record(repo, &before).expect("recorded");
        let fewer = subject("[run]\njobs = 2", &["make"]);
        assert_eq!(store.status(repo, &fewer).expect("read"), Status::Trusted);
        let changed = subject("[run]\njobs = 3", &["make", "make evil"]);
        let status = store.status(repo, &changed).expect("read");
        assert_eq!(
            status,
            Status::Changed {
                added: vec!["run.jobs = 3".into(), "task verify = \"make evil\"".into()],
                removed: vec!["run.jobs = 2".into()],
            }
        );
        let refused = status.require(&changed, None).expect_err("not accepted");
        assert_eq!(refused.exit, crate::Exit::Refused);
        assert_eq!(refused.details[1], "new: task verify = \"make evil\"");
        assert!(refused.hint.expect("a line to type").contains(&changed.digest()));
        assert!(status.require(&changed, Some(&changed.digest())).is_ok());
        assert!(status.require(&changed, Some(&before.digest())).is_err());
        let other = store.status(Path::new("/other/.git"), &before).expect("read");
        assert_eq!(other, Status::Untrusted);
        assert!(store.forget(repo).expect("removed"));
        assert_eq!(store.status(repo, &before).expect("read"), Status::Untrusted);
    }

    #[test]
    fn a_tampered_record_is_refused() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let (store, repo) = (Store::new(dir.path()), Path::new("/repo/.git"));
        let subject = subject("", &["make"]);
        store.record(repo, &subject).expect("recorded");
        let path = store.path(repo);
        let text = std::fs::read_to_string(&path).expect("readable").replace("make", "evil");
        std::fs::write(&path, text).expect("writable");
        let refused = store.status(repo, &subject).expect_err("damaged");
        assert_eq!((refused.exit, refused.code.as_str()), (crate::Exit::Refused, "trust.record"));
    }

    #[test]
    fn a_record_is_the_users_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().expect("a temporary folder");
        let (store, repo) = (Store::new(dir.path()), Path::new("/repo/.git"));
        store.record(repo, &subject("", &["make"])).expect("recorded");
        let record = std::fs::metadata(store.path(repo)).expect("it is there");
        assert_eq!(record.permissions().mode() & 0o777, 0o600);
    }
}
