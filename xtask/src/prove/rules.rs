//! The rules of tidy: each has a fault of its own, planted in the scratch copy.

use super::copy::Copy;
use crate::sh::{self, Result};
use crate::tidy::Rule;

/// The line in which tidy names the rule, when its fault is planted; nothing when tidy stays green.
pub(super) fn red(copy: &Copy, rule: &Rule) -> Result<Option<String>> {
    copy.with(&rule.plant, || {
        let mut tidy = sh::program(std::env::current_exe()?);
        let output = tidy.args(["tidy", "--root"]).arg(copy.dir()).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mark = format!("[{}]", rule.name);
        let line = text.lines().find(|line| line.contains(&mark)).map(str::to_owned);
        Ok(line.filter(|_| output.status.code() == Some(1)))
    })
}
