//! `prove-gates`: plants a fault for every gate and sees the gate turn red.

mod copy;
mod gates;
mod rules;

use crate::sh::{Fail, Result};
use crate::tidy;
use copy::Copy;
use std::time::Instant;

const USAGE: &str = "cargo xtask prove-gates [--all | --list | GATE…]; `tidy` and the name of each of its rules are gates too";

pub(crate) fn main(args: &[&str]) -> Result {
    let (gates, rules) = (gates::gates(), tidy::rules());
    if args == ["--list"] {
        for (gate, _) in &gates {
            let when = if gate.dear { "with --all" } else { "" };
            println!("{:<16} {:<11} {}", gate.name, when, gate.fault);
        }
        for rule in &rules {
            println!("{:<16} {:<11} what breaks: {}", rule.name, "", rule.says);
        }
        return Ok(());
    }
    let all = args == ["--all"];
    let names: &[&str] = if all { &[] } else { args };
    let known = |name: &str| {
        name == "tidy"
            || gates.iter().any(|(gate, _)| gate.name == name)
            || rules.iter().any(|rule| rule.name == name)
    };
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        return Err(Fail::usage(format!("no gate {unknown}: {USAGE}")));
    }
    let asked = |name: &str| names.is_empty() || names.contains(&name);
    let copy = Copy::make()?;
    let mut green = Vec::new();
    let mut count = 0;
    let mut tell = |name: &'static str, start: Instant, seen: Option<String>| {
        count += 1;
        match seen {
            Some(line) => {
                println!("red    {name:<16} {:>6.1} s  {line}", start.elapsed().as_secs_f64());
            }
            None => green.push(name),
        }
    };
    for rule in rules.iter().filter(|rule| asked("tidy") || asked(rule.name)) {
        let start = Instant::now();
        tell(rule.name, start, rules::red(&copy, rule)?);
    }
    for (gate, mark) in &gates {
        if names.contains(&gate.name) || (names.is_empty() && (all || !gate.dear)) {
            let start = Instant::now();
            tell(gate.name, start, gate.red(&copy, mark)?);
        }
    }
    match green.as_slice() {
        [] => {
            println!("prove-gates: {count} gates, each red with its fault");
            Ok(())
        }
        _ => Err(Fail::gate(format!("these gates stayed green: {}", green.join(", ")))),
    }
}
