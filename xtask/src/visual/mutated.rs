//! `conform pages`: pages that were changed, and how well the changes are named.

use super::{Data, ours};
use crate::sh::{self, Result};

const STYLES: &[&str] = &["first", "second"];
const SEEDS: &[&str] = &["1", "2"];
const PAGES: &str = "200";
/// The least macro-F1, the most regions for a change.
const LIMITS: [&str; 2] = ["0.95", "1.3"];

pub(super) fn check(_: &Data<'_>) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for style in STYLES {
        for seed in SEEDS {
            // Kept, because 400 pictures take ten minutes; another page is never taken for the same.
            let kept = sh::scratch("conform/pages").join(format!("{style}-{seed}"));
            let mut command = sh::program(ours::example("mutated_pages"));
            command.args(["--style", style, "--seed", seed, "--pages", PAGES, "--keep"]).arg(kept);
            match sh::run(command.arg("--limits").args(LIMITS)) {
                Err(fail) if fail.code == 1 => faults.push(format!("style {style}, seed {seed}")),
                other => other?,
            }
        }
    }
    Ok(faults)
}
