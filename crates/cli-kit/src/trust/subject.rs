//! What would run: the configuration and the queued command lines, as lines with one digest.

use super::hex;
use crate::Config;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// Everything that would run, as sorted lines that a person can read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    pub(super) config: BTreeSet<String>,
    pub(super) commands: BTreeSet<String>,
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
pub(super) mod tests {
    use super::*;
    use std::path::Path;

    pub(in crate::trust) fn subject(config: &str, commands: &[&str]) -> Subject {
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
}
