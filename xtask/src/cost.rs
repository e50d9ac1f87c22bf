//! What commands cost, by the kernel's count.

use crate::sh::{self, Fail, Result};
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::Stdio;

/// The medians of several runs.
#[derive(Clone)]
pub(crate) struct Cost {
    /// Milliseconds of user and system time.
    pub(crate) cpu: f64,
    /// Milliseconds on the wall.
    pub(crate) wall: f64,
    /// The greatest resident memory in bytes.
    pub(crate) memory: f64,
    pub(crate) said: String,
    /// The exit code of the last run; nothing when a signal ended it.
    pub(crate) code: Option<i64>,
}

impl Cost {
    /// The memory in MiB.
    pub(crate) fn mib(&self) -> f64 {
        self.memory / f64::from(1 << 20)
    }

    /// The memory in millions of bytes.
    pub(crate) fn mb(&self) -> f64 {
        self.memory / 1e6
    }
}

/// Runs each command so many times, in turn.
pub(crate) fn cost<C: AsRef<[String]>>(commands: &[C], runs: u32) -> Result<Vec<Cost>> {
    let commands: Vec<&[String]> = commands.iter().map(AsRef::as_ref).collect();
    let script = sh::root().join("xtask/src/cost.py");
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
        wall: number(cost, "wall"),
        memory: number(cost, "memory") * 1024.0,
        said: cost["said"].as_str().unwrap_or_default().to_owned(),
        code: cost["code"].as_i64(),
    };
    Ok(lists.iter().map(cost).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_told_by_what_it_said_and_how_it_ended() {
        let word = |text: &str| text.to_owned();
        let commands = [
            vec![word("/bin/sh"), word("-c"), word("echo one; exit 3")],
            vec![word("/bin/sh"), word("-c"), word("kill -9 $$")],
        ];
        let costs = cost(&commands, 2).expect("python3 is there");
        assert_eq!((costs[0].said.as_str(), costs[0].code), ("one\n", Some(3)));
        assert_eq!(costs[1].code, None);
        assert!(costs[0].cpu > 0.0 && costs[0].memory > 1e6);
    }
}
