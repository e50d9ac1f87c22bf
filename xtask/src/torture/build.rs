//! The binaries that torture starts: sound ones, or some with one step left out.

use crate::sh::{self, Fail, Result};
use std::path::PathBuf;

/// The packages whose binaries and examples the parts start.
const PACKAGES: &[&str] = &["-p", "lead-forge", "-p", "lead-queue", "-p", "leadforge-durable-fs"];

/// What a build can leave out or do wrong, by `--cfg leadforge_sabotage="NAME"`, and what is built so.
const SABOTAGES: &[(&str, &[&str])] = &[
    ("no-fsync", WRITERS),
    ("no-dir-fsync", WRITERS),
    ("fixed-temporary", WRITERS),
    ("ignore-write-error", BINARIES),
    ("wall-clock", BINARIES),
    ("forgotten-leases", BINARIES),
    ("no-epoch-check", SIMULATION),
    ("epoch-from-database", SIMULATION),
    ("late-settle", SIMULATION),
    ("land-out-of-order", SIMULATION),
];

const BINARIES: &[&str] = &["--bins", "-p", "lead-forge", "-p", "lead-queue"];
const WRITERS: &[&str] = &["--examples", "-p", "leadforge-durable-fs"];
pub(super) const SIMULATION: &[&str] = &["--example", "simulate", "-p", "e2e"];

/// Builds what the parts start, and says where it lies.
///
/// A sabotaged build has a target folder of its own, and holds only what it is seen in.
pub(super) fn bins(sabotage: Option<&str>) -> Result<PathBuf> {
    let mut command = sh::cargo();
    command.args(["build", "--locked"]);
    let target = match sabotage {
        None => {
            command.args(["--bins", "--examples"]).args(PACKAGES);
            sh::target()
        }
        Some(name) => {
            let Some((_, what)) = SABOTAGES.iter().find(|(known, _)| *known == name) else {
                let known: Vec<&str> = SABOTAGES.iter().map(|(known, _)| *known).collect();
                let known = known.join(", ");
                return Err(Fail::usage(format!("no sabotage {name}; there are {known}")));
            };
            let target = sh::scratch("sabotage").join(name);
            command.args(*what);
            command.env("CARGO_TARGET_DIR", &target);
            command.env("RUSTFLAGS", format!("--cfg leadforge_sabotage=\"{name}\""));
            target
        }
    };
    sh::run(&mut command)?;
    Ok(target.join("debug"))
}
