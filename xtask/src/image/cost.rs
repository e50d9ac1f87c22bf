//! What commands cost, by the kernel's count.

use crate::sh::{self, Fail, Result};
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::Stdio;

/// The median of several runs.
pub(super) struct Cost {
    /// User and system time in ms.
    pub(super) cpu: f64,
    /// The greatest resident memory in MB.
    pub(super) memory: f64,
    pub(super) said: String,
}

/// Runs each command so many times, in turn.
pub(super) fn cost(commands: &[Vec<String>], runs: u32) -> Result<Vec<Cost>> {
    let script = sh::root().join("xtask/src/visual/cost.py");
    let mut python = sh::program("python3");
    let mut child = python.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let asked = json!({ "runs": runs, "commands": commands }).to_string();
    child.stdin.take().expect("it was piped").write_all(asked.as_bytes())?;
    let output = child.wait_with_output()?;
    let lists: Vec<Value> = serde_json::from_slice(&output.stdout)
        .map_err(|error| Fail::missing(format!("python3 cost.py: {error}")))?;
    let number = |value: &Value, key: &str| value[key].as_f64().unwrap_or(f64::NAN);
    let cost = |cost: &Value| Cost {
        cpu: number(cost, "cpu"),
        memory: number(cost, "memory") * 1024.0 / 1_000_000.0,
        said: cost["said"].as_str().unwrap_or_default().to_owned(),
    };
    Ok(lists.iter().map(cost).collect())
}
