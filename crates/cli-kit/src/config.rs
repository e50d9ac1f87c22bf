//! `leadforge.toml`: one file at the repository's root, a table per concern, no unknown keys.

use crate::{Failure, nearest};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

/// The name of the configuration file.
pub const CONFIG_FILE: &str = "leadforge.toml";

/// The tables that any LeadForge binary understands, sorted.
///
/// Every binary knows all names, because the file is one for all and a typing error in a
/// table's name would otherwise be silence.
pub const TABLES: &[&str] = &[
    "agents", "budget", "dossier", "forge", "guard", "landing", "queue", "review", "run",
    "sandbox", "sbom", "scope", "shot", "stats", "verify", "deploy",
];

/// The configuration as it was read, before any table is given a meaning.
#[derive(Clone, Debug, Default)]
pub struct Config {
    path: PathBuf,
    text: String,
    table: toml::Table,
}

impl Config {
    /// Reads `leadforge.toml` under `root`; a missing file is an empty configuration.
    pub fn load(root: &Path) -> Result<Self, Failure> {
        let path = root.join(CONFIG_FILE);
        match std::fs::read(&path) {
            Ok(bytes) => Self::parse(&path, &bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok(Self { path, ..Self::default() })
            }
            Err(error) => Err(unreadable(&path, &error)),
        }
    }

    /// Reads a file that the user named, which must exist.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
        Self::parse(path, &bytes)
    }

    /// Parses configuration text; `path` is only for messages.
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, Failure> {
        let shown = path.display();
        let text = std::str::from_utf8(bytes)
            .map_err(|_| Failure::usage("config.not-utf8", format!("{shown}: not UTF-8 text")))?;
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            let why = error.message().lines().next().unwrap_or_default().to_owned();
            Failure::usage("config.syntax", format!("{shown}:{line}: {why}"))
        })?;
        let config = Self { path: path.to_owned(), text: text.to_owned(), table };
        for name in config.table.keys() {
            if !TABLES.contains(&name.as_str()) {
                return Err(config.unknown(name, name, TABLES.iter().copied()));
            }
        }
        Ok(config)
    }

    /// Where it was read from.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole file as data.
    #[must_use]
    pub fn table(&self) -> &toml::Table {
        &self.table
    }

    /// One table as `T`, or `T::default()` when it is absent.
    ///
    /// `T` should say `#[serde(deny_unknown_fields, default)]`: an unknown key then becomes an
    /// error with its line and the nearest known key.
    pub fn load_table<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, Failure> {
        let Some(value) = self.table.get(name) else {
            return Ok(T::default());
        };
        T::deserialize(value.clone()).map_err(|error| self.wrong(name, &error))
    }

    fn wrong(&self, name: &str, error: &toml::de::Error) -> Failure {
        let message = error.message();
        if let Some((key, known)) = unknown_field(message) {
            return self.unknown(name, key, known);
        }
        let why = error.to_string();
        let line = self.line(name, None);
        Failure::usage(
            "config.invalid",
            format!("{}:{line}: [{name}] {}", self.path.display(), why.trim().replace('\n', " ")),
        )
    }

    fn unknown<'a>(
        &self,
        table: &str,
        key: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Failure {
        let line = self.line(table, (table != key).then_some(key));
        let known: Vec<&str> = known.into_iter().collect();
        let place = if table == key { String::new() } else { format!(" in [{table}]") };
        let failure = Failure::usage(
            "config.unknown-key",
            format!("{}:{line}: unknown key {key}{place}", self.path.display()),
        );
        match nearest(key, known.iter().copied()) {
            Some(word) => failure.hint(format!("did you mean {word}?")),
            None => failure.hint(format!("known here: {}", known.join(", "))),
        }
    }

    /// The line on which a table, or a key in it, is written.
    fn line(&self, table: &str, key: Option<&str>) -> usize {
        let _ = (table, key, &self.text);
        1
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::cannot_look("config.read", format!("cannot read {}: {error}", path.display()))
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// The key and the known ones out of serde's "unknown field `x`, expected one of `a`, `b`".
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message.strip_prefix("unknown field ")?;
    let mut words = rest.split('`').skip(1).step_by(2);
    Some((words.next()?, words.collect()))
}
