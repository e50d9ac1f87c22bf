//! Fuzz target `config`: any bytes as `leadforge.toml`, and what a user is shown and trusts of them.

use leadforge_cli_kit::trust::Subject;
use leadforge_cli_kit::{Config, Exit, TABLES};
use std::collections::BTreeMap;
use std::path::Path;

/// A table as a binary would declare it.
#[derive(Debug, Default, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Agent {
    command: Vec<String>,
    hosts: Option<Vec<String>>,
    tries: u8,
    share: f64,
}

/// The configuration, and behind a line of `%%` command lines of tasks.
pub(crate) fn run(data: &[u8]) {
    let (bytes, commands) = match data.windows(4).position(|window| window == b"\n%%\n") {
        Some(at) => (&data[..=at], &data[at + 4..]),
        None => (data, &b""[..]),
    };
    let config = match Config::parse(Path::new("leadforge.toml"), bytes) {
        Ok(config) => config,
        Err(failure) => {
            assert_eq!(failure.exit, Exit::Usage);
            assert!(failure.message.starts_with("leadforge.toml:"), "{}", failure.message);
            assert!(!failure.message.contains('\n'), "{:?}", failure.message);
            return;
        }
    };
    assert!(config.table().keys().all(|name| TABLES.contains(&name.as_str())));
    for table in TABLES {
        match config.load_table::<BTreeMap<String, Agent>>(table) {
            Ok(found) => assert_eq!(found.len(), keys(&config, table)),
            Err(failure) => assert!(!failure.message.contains('\n'), "{:?}", failure.message),
        }
    }
    trusted(&config, &String::from_utf8_lossy(commands));
}

fn keys(config: &Config, table: &str) -> usize {
    config.table().get(table).and_then(|value| value.as_table()).map_or(0, toml::Table::len)
}

/// The digest changes with every command and every leaf, and with nothing else.
fn trusted(config: &Config, commands: &str) {
    let mut subject = Subject::new(config);
    let plain = subject.digest();
    let configured = subject.lines().count();
    let lines: std::collections::BTreeSet<&str> = commands.split('\0').collect();
    for line in &lines {
        subject.command("verify", line);
    }
    assert!(subject.lines().all(|line| !line.contains(['\n', '\r', '\u{1b}'])), "one line each");
    assert_eq!(subject.lines().count(), configured + lines.len(), "no line stands for two");
    assert_ne!(subject.digest(), plain);
    let written = toml::to_string(config.table()).expect("it was TOML");
    let again = Config::parse(Path::new("again.toml"), written.as_bytes()).expect("it still is");
    assert_eq!(Subject::new(&again).digest(), plain, "layout and comments do not count: {written}");
}
