//! Trust: no configured command runs until the user has seen it and said so.
//!
//! The [`Subject`] is what would run: every value of `leadforge.toml` and the command lines of
//! the queued tasks. A [`Store`] in the user's state folder, outside the repository, remembers
//! what was accepted. Comments, layout and prose are no part of a subject. A command that is
//! no longer there keeps the trust; one that is new or changed loses it, and so does any change
//! of configuration.
//!
//! ```
//! use leadforge_cli_kit::{Config, trust::{Status, Store, Subject}};
//! # let dir = std::env::temp_dir().join(format!("trust-doc-{}", std::process::id()));
//! let config = Config::parse("leadforge.toml".as_ref(), b"[verify]\nprepare = 'make'\n")?;
//! let mut subject = Subject::new(&config);
//! subject.command("verify", "cargo test");
//! let store = Store::new(&dir);
//! assert_eq!(store.status(&dir, &subject)?, Status::Untrusted);
//! store.record(&dir, &subject)?;
//! assert_eq!(store.status(&dir, &subject)?, Status::Trusted);
//! # std::fs::remove_dir_all(&dir)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::{Config, Failure};
use leadforge_durable_fs::{Options, RealDisk, create_dir_all, read, remove, replace_with, sweep};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Everything that would run, as sorted lines that a person can read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    config: BTreeSet<String>,
    commands: BTreeSet<String>,
}

impl Subject {
    /// The configuration's part.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let mut lines = BTreeSet::new();
        flatten("", &toml::Value::Table(config.table().clone()), &mut lines);
        Self { config: lines, commands: BTreeSet::new() }
    }

    /// Adds a command line of a queued task; `role` is the key that holds it (`run`, `verify`).
    pub fn command(&mut self, role: &str, line: &str) {
        self.commands.insert(format!("task {role} = {}", quoted(line)));
    }

    /// Every line, configuration first, each part sorted.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.config.iter().chain(&self.commands).map(String::as_str)
    }

    /// Whether there is nothing that could run.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.config.is_empty() && self.commands.is_empty()
    }

    /// The digest over all lines, `sha256:` and 64 hex digits.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        hash.update("leadforge-trust/1\n");
        for line in self.lines() {
            // No line holds a line feed: keys and values are quoted.
            hash.update(line);
            hash.update("\n");
        }
        format!("sha256:{}", hex(&hash.finalize()))
    }
}

/// Whether the user has accepted a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// This, or more, was accepted.
    Trusted,
    /// Nothing was ever accepted for this repository.
    Untrusted,
    /// Something else was accepted.
    Changed {
        /// Lines that nobody accepted.
        added: Vec<String>,
        /// Lines that were accepted and are gone.
        removed: Vec<String>,
    },
}

impl Status {
    /// Success when trusted, or when `given` (from `--trust DIGEST`) is the subject's digest.
    ///
    /// Otherwise exit 4 with what changed and the line to type.
    pub fn require(&self, subject: &Subject, given: Option<&str>) -> Result<(), Failure> {
        let digest = subject.digest();
        match given {
            Some(given) if given == digest => return Ok(()),
            Some(given) => {
                return Err(Failure::refused(
                    "trust.digest",
                    format!("--trust {given} is not the digest of what would run"),
                )
                .hint(format!("it is {digest}; lead-forge trust shows what it stands for")));
            }
            None => {}
        }
        let (code, message, details) = match self {
            Self::Trusted => return Ok(()),
            Self::Untrusted => {
                ("trust.none", "no command of this repository is trusted yet", Vec::new())
            }
            Self::Changed { added, removed } => {
                let added = added.iter().map(|line| format!("new: {line}"));
                let removed = removed.iter().map(|line| format!("gone: {line}"));
                ("trust.changed", "the trusted commands changed", added.chain(removed).collect())
            }
        };
        Err(Failure::refused(code, message).details(details).hint(format!(
            "look at them with `lead-forge trust`, accept them with `lead-forge trust --accept {digest}`"
        )))
    }
}

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

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// One line per leaf: `agent.claude.command = ["claude","-p"]`.
fn flatten(path: &str, value: &toml::Value, lines: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) if path.is_empty() || !table.is_empty() => {
            for (key, value) in table {
                let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
                let plain = !key.is_empty() && key.chars().all(bare);
                let key = if plain { key.clone() } else { quoted(key) };
                let path = if path.is_empty() { key } else { format!("{path}.{key}") };
                flatten(&path, value, lines);
            }
        }
        leaf => {
            lines.insert(format!("{path} = {}", inline(leaf)));
        }
    }
}

fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => quoted(text),
        toml::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(","))
        }
        toml::Value::Table(table) => {
            let mut items: Vec<String> = table
                .iter()
                .map(|(key, value)| format!("{}:{}", quoted(key), inline(value)))
                .collect();
            items.sort();
            format!("{{{}}}", items.join(","))
        }
        toml::Value::Float(number) => format!("{number:?}"),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Boolean(flag) => flag.to_string(),
        toml::Value::Datetime(time) => time.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(config: &str, commands: &[&str]) -> Subject {
        let config = Config::parse(Path::new("leadforge.toml"), config.as_bytes());
        let mut subject = Subject::new(&config.expect("the test's configuration is right"));
        for line in commands {
            subject.command("verify", line);
        }
        subject
    }

    #[test]
    fn layout_and_comments_do_not_matter() {
        let a = subject("[scope]\nunknown = 'exclusive'\n[run]\njobs = 2\n", &["make"]);
        let b = subject(
            "# hello\nrun = { jobs = 2 } # two\n\n[scope]\nunknown = \"exclusive\"",
            &["make"],
        );
        assert_eq!(a.digest(), b.digest());
        assert_eq!(
            a.lines().collect::<Vec<_>>(),
            ["run.jobs = 2", "scope.unknown = \"exclusive\"", "task verify = \"make\""]
        );
    }

    #[test]
    fn one_value_cannot_imitate_two_lines() {
        let one = subject("", &["a\ntask verify = b"]);
        let two = subject("", &["a", "b"]);
        assert_ne!(one.digest(), two.digest());
        assert_eq!(one.lines().count(), 1);
        let array = subject("[run]\na = ['1,2']", &[]);
        assert_ne!(array.digest(), subject("[run]\na = ['1', '2']", &[]).digest());
    }

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
}
