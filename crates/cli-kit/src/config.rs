//! `leadforge.toml`: one file at the repository's root, a table per concern, no unknown keys.

use crate::{Failure, nearest};
use leadforge_durable_fs::{Error, RealDisk, read};
use leadforge_markup::visible;
use serde::de::DeserializeOwned;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, ValueDeserializer};

/// The name of the configuration file.
pub const CONFIG_FILE: &str = "leadforge.toml";

/// The tables that any LeadForge binary understands, sorted.
///
/// Every binary knows all names, because the file is one for all and a typing error in a
/// table's name would otherwise be silence.
pub const TABLES: &[&str] =
    &["agent", "review", "run", "sandbox", "sbom", "scope", "shot", "verify"];

/// The configuration as it was read, before any table is given a meaning.
#[derive(Clone, Debug, Default)]
pub struct Config {
    path: PathBuf,
    text: String,
    table: toml::Table,
}

/// Configuration larger than this is not configuration.
const LIMIT: u64 = 1 << 20;

impl Config {
    /// Reads `leadforge.toml` under `root`; a missing file is an empty configuration.
    pub fn load(root: &Path) -> Result<Self, Failure> {
        let path = root.join(CONFIG_FILE);
        match read(&RealDisk, &path, LIMIT) {
            Ok(bytes) => Self::parse(&path, &bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Ok(Self { path, ..Self::default() })
            }
            Err(_) if path.is_symlink() => {
                let why = format!("{} is a symbolic link", path.display());
                Err(Failure::usage("config.file", why).hint("name its target with --config"))
            }
            Err(error) => Err(unreadable(error)),
        }
    }

    /// Reads a file that the user named, which must exist; a link is followed.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let target = path.canonicalize().map_err(|error| {
            Failure::cannot_look("config.read", format!("cannot read {}: {error}", path.display()))
        })?;
        Self::parse(path, &read(&RealDisk, &target, LIMIT).map_err(unreadable)?)
    }

    /// Parses configuration text; `path` is only for messages.
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, Failure> {
        let text = std::str::from_utf8(bytes).map_err(|_| {
            Failure::usage("config.not-utf8", format!("{}: not UTF-8 text", path.display()))
        })?;
        let config = Self { path: path.to_owned(), text: text.to_owned(), ..Self::default() };
        let spanned = DeTable::parse(text).map_err(|error| config.wrong(None, &error))?;
        for (name, _) in spanned.get_ref() {
            if !TABLES.contains(&name.get_ref().as_ref()) {
                let line = line_of(text, name.span().start);
                return Err(config.unknown(line, None, name.get_ref(), TABLES));
            }
        }
        let table = text.parse().map_err(|error| config.wrong(None, &error))?;
        Ok(Self { table, ..config })
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
        // Parsed again for the places of keys, which plain data does not keep.
        let spanned = DeTable::parse(&self.text).map_err(|error| self.wrong(None, &error))?;
        match spanned.into_inner().remove(name) {
            Some(value) => T::deserialize(ValueDeserializer::from(value))
                .map_err(|error| self.wrong(Some(name), &error)),
            None => Ok(T::default()),
        }
    }

    fn wrong(&self, table: Option<&str>, error: &toml::de::Error) -> Failure {
        let line = error.span().map_or(1, |span| line_of(&self.text, span.start));
        if let (Some(table), Some((key, known))) = (table, unknown_field(error.message())) {
            return self.unknown(line, Some(table), key, &known);
        }
        let code = if table.is_some() { "config.invalid" } else { "config.syntax" };
        let place = table.map(|table| format!("[{table}] ")).unwrap_or_default();
        let why = error.message().lines().collect::<Vec<_>>().join(", ");
        let why = visible(&why);
        Failure::usage(code, format!("{}:{line}: {place}{why}", self.path.display()))
    }

    fn unknown(&self, line: usize, table: Option<&str>, key: &str, known: &[&str]) -> Failure {
        let (what, place) = match table {
            Some(table) => ("key", format!(" in [{table}]")),
            None => ("table", String::new()),
        };
        let failure = Failure::usage(
            "config.unknown-key",
            format!("{}:{line}: unknown {what} `{}`{place}", self.path.display(), visible(key)),
        );
        match nearest(key, known.iter().copied()) {
            Some(word) => failure.hint(format!("did you mean `{word}`?")),
            None => failure.hint(format!("known here: {}", known.join(", "))),
        }
    }
}

/// A link, a device or a huge file is no configuration; anything else could not be looked at.
fn unreadable(error: Error) -> Failure {
    match error {
        Error::NotAFile { .. } | Error::TooLarge { .. } => Failure::usage("config.file", error),
        error => Failure::cannot_look("config.read", error),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Debug, Default, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Agent {
        command: Vec<String>,
        tries: u8,
    }

    fn parse(text: &str) -> Result<Config, Failure> {
        Config::parse(Path::new("leadforge.toml"), text.as_bytes())
    }

    fn agents(text: &str) -> Result<BTreeMap<String, Agent>, Failure> {
        parse(text)?.load_table("agent")
    }

    fn line(failure: &Failure) -> String {
        format!("{} | {}", failure.message, failure.hint.as_deref().unwrap_or_default())
    }

    #[test]
    fn a_table_is_loaded() {
        let found = agents("[agent.a]\ncommand = ['x']\n").expect("right");
        assert_eq!(found["a"], Agent { command: vec!["x".into()], tries: 0 });
        assert!(agents("").expect("right").is_empty());
    }

    #[test]
    fn mistakes_name_file_line_and_the_nearest_word() {
        let table = parse("\n[agents.x]\n").expect_err("unknown table");
        insta::assert_snapshot!(line(&table), @"leadforge.toml:2: unknown table `agents` | did you mean `agent`?");
        let broken = parse("['a\tb']\n[\"\\n\"]\n").expect_err("unknown tables");
        assert!(!broken.message.contains(['\t', '\n']), "{}", broken.message);
        let key = agents("[agent.a]\n\ncomand = ['x']\n").expect_err("unknown key");
        insta::assert_snapshot!(line(&key), @"leadforge.toml:3: unknown key `comand` in [agent] | did you mean `command`?");
        let kind = agents("[agent.a]\ntries = 'two'\n").expect_err("wrong type");
        insta::assert_snapshot!(line(&kind), @"leadforge.toml:2: [agent] invalid type: string \"two\", expected u8 | ");
        let syntax = parse("[agent\n").expect_err("syntax");
        insta::assert_snapshot!(line(&syntax), @"leadforge.toml:1: unclosed table, expected `]` | ");
        let twice = parse("[run]\n[run]\n").expect_err("duplicate");
        insta::assert_snapshot!(line(&twice), @"leadforge.toml:2: duplicate key | ");
    }

    #[test]
    fn what_is_no_configuration_file_is_refused() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        assert!(Config::load(dir.path()).expect("absent is empty").table().is_empty());
        std::os::unix::fs::symlink("/dev/zero", dir.path().join(CONFIG_FILE)).expect("linked");
        let refused = Config::load(dir.path()).expect_err("a link");
        assert_eq!((refused.exit, refused.code.as_str()), (crate::Exit::Usage, "config.file"));
        let missing = Config::read(&dir.path().join("x.toml")).expect_err("missing");
        assert_eq!(missing.exit, crate::Exit::CannotLook);
    }
}
