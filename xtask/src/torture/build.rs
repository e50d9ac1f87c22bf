//! The binaries that torture starts: sound ones, or some with one step left out.

use crate::sh::{self, Fail, Result};
use std::path::PathBuf;

/// The packages whose binaries and examples the parts start.
const PACKAGES: &[&str] = &["-p", "lead-forge", "-p", "lead-queue", "-p", "leadforge-durable-fs"];

/// What durable-fs can be built without, by `--cfg leadforge_sabotage="NAME"`.
const SABOTAGES: &[&str] = &["no-fsync", "no-dir-fsync", "fixed-temporary", "ignore-write-error"];

/// Builds what the parts start, and says where it lies.
///
/// A sabotaged build has a target folder of its own, and holds only what it is seen in:
/// durable-fs's writers, or for a write error that is ignored, the commands.
pub(super) fn bins(sabotage: Option<&str>) -> Result<PathBuf> {
    let mut command = sh::cargo();
    command.args(["build", "--locked"]);
    let target = match sabotage {
        None => {
            command.args(["--bins", "--examples"]).args(PACKAGES);
            sh::target()
        }
        Some(name) if SABOTAGES.contains(&name) => {
            let target = sh::scratch("sabotage").join(name);
            match name {
                "ignore-write-error" => {
                    command.args(["--bins", "-p", "lead-forge", "-p", "lead-queue"])
                }
                _ => command.args(["--examples", "-p", "leadforge-durable-fs"]),
            };
            command.env("CARGO_TARGET_DIR", &target);
            command.env("RUSTFLAGS", format!("--cfg leadforge_sabotage=\"{name}\""));
            target
        }
        Some(name) => {
            let known = SABOTAGES.join(", ");
            return Err(Fail::usage(format!("no sabotage {name}; there are {known}")));
        }
    };
    sh::run(&mut command)?;
    Ok(target.join("debug"))
}
