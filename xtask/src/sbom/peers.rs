//! The programs that are compared, and how each is called.

use crate::setup;
use crate::sh::{self, Result};
use std::path::{Path, PathBuf};

/// A program with its arguments.
pub(super) struct Program {
    pub(super) name: &'static str,
    pub(super) command: Vec<String>,
    /// The file that holds its answer, when it does not print it.
    pub(super) file: Option<PathBuf>,
    /// Whether it is ours.
    pub(super) ours: bool,
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn word(path: &Path) -> String {
    path.display().to_string()
}

/// `lead-sbom` with these arguments; `paths` stand behind them.
pub(super) fn ours(arguments: &str, paths: &[&Path]) -> Program {
    let mut command = vec![word(&sh::target().join("release/lead-sbom"))];
    command.extend(words(arguments));
    command.extend(paths.iter().map(|path| word(path)));
    Program { name: "lead-sbom", command, file: None, ours: true }
}

/// It looks for a newer version of itself unless told not to.
pub(super) fn syft(source: &str) -> Result<Program> {
    let binary = setup::syft()?;
    let mut command = words("/usr/bin/env SYFT_CHECK_FOR_APP_UPDATE=false");
    command.push(word(&binary));
    command.extend(words("scan --quiet --output cyclonedx-json"));
    command.push(source.to_owned());
    Ok(Program { name: "syft 1.18.1", command, file: None, ours: false })
}

/// Told to run no package manager.
pub(super) fn cdxgen(kind: &str, folder: &Path) -> Program {
    let script = sh::scratch("tools").join("node_modules/@cyclonedx/cdxgen/bin/cdxgen.js");
    let file = sh::scratch("bench-sbom").join("cdxgen.json");
    let mut command = vec![word(&sh::which("node").unwrap_or_default()), word(&script)];
    command.extend(words("--no-install-deps --no-banner -t"));
    command.extend([kind.to_owned(), "-o".to_owned(), word(&file), word(folder)]);
    Program { name: "cdxgen 12.8.4", command, file: Some(file), ours: false }
}

pub(super) fn uv(folder: &Path) -> Program {
    let mut command = vec![word(&setup::tool_path("uv"))];
    command.extend(words("export --quiet --frozen --offline --all-extras --format cyclonedx1.5"));
    command.extend(["--project".to_owned(), word(folder)]);
    Program { name: "uv 0.13.9", command, file: None, ours: false }
}

/// In a folder whose configuration tells it to ask no registry.
pub(super) fn audit(folder: &Path, database: &Path) -> Program {
    let mut command = words("/usr/bin/env -C");
    command.extend([word(folder), word(&setup::tool_path("cargo-audit"))]);
    command.extend(words("audit --json --no-fetch --stale --db"));
    command.push(word(database));
    Program { name: "cargo-audit 0.22.2", command, file: None, ours: false }
}

pub(super) fn hadolint(files: &[&Path]) -> Program {
    let mut command = vec![word(&setup::tool_path("hadolint"))];
    command.extend(words("--no-fail --format json"));
    command.extend(files.iter().map(|file| word(file)));
    Program { name: "hadolint 2.15.1", command, file: None, ours: false }
}
