//! Running a part in namespaces of its own, as root.
//!
//! What it mounts nobody else sees. When the part ends in any way the kernel ends everything that it
//! had started, and unmounts.

use super::{Bench, Part, Tally, report};
use crate::sh::{self, Fail, Result};
use std::time::Instant;

/// Starts this program once more for one part, and reads what it reports.
pub(super) fn run(part: &Part, bench: &Bench) -> Result<Tally> {
    let report = bench.scratch.join("report.json");
    let mut command = match sh::is_root() {
        true => sh::program("unshare"),
        false => {
            sh::capture(sh::program("sudo").args(["-n", "true"])).map_err(|_| {
                let name = part.name;
                Fail::missing(format!("{name} mounts file systems: be root, or let sudo -n work"))
            })?;
            let mut sudo = sh::program("sudo");
            sudo.args(["-n", "unshare"]);
            sudo
        }
    };
    command.args(["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]);
    command.args(["--mount-proc", "--"]).arg(std::env::current_exe()?);
    command.args(["torture", "--only", part.name, "--report"]).arg(&report);
    command.arg("--inside").arg(&bench.scratch).arg("--memory").arg(&bench.memory);
    command.arg("--bins").arg(&bench.bins);
    command.args(["--seed", &bench.seed.to_string(), "--from", &bench.from.to_string()]);
    let minutes = (bench.until - Instant::now()).as_secs_f64() / 60.0;
    command.args(["--minutes", &minutes.to_string()]);
    if let Some(cases) = bench.cases {
        command.args(["--cases", &cases.to_string()]);
    }
    if bench.sabotaged {
        command.args(["--sabotage", "built"]);
    }
    let status = command.status()?;
    // It ends with 1 when it has found violations, which the report tells.
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(Fail { code: 3, message: format!("{} in its namespace: {status}", part.name) });
    }
    report::read(&report)
}
