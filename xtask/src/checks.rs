//! `test` and `ci`: the same gates for people, agents and CI.

use crate::sh::{self, Fail, Result};
use crate::{codegen, fuzz, mutants, own, setup, tidy, torture};
use std::time::Instant;

/// `test`: every gate, then every test; cargo's own summary comes last.
pub(crate) fn test(args: &[&str]) -> Result {
    none(args, "test")?;
    setup::ensure("test")?;
    gates()?;
    tests()
}

/// `ci`: what `test` does, and what needs other tools.
pub(crate) fn ci(args: &[&str]) -> Result {
    none(args, "ci")?;
    setup::ensure("ci")?;
    gates()?;
    let doc = ["doc", "--workspace", "--no-deps", "--locked"];
    stage("doc", || sh::run(sh::cargo().args(doc).env("RUSTDOCFLAGS", "-D warnings")))?;
    stage("typos", || sh::run(&mut sh::program(setup::tool_path("typos"))))?;
    // Those that we give to others are held to the same.
    let given = ["visual", "supply-chain", "review", "review-post"]
        .map(|name| format!("bins/lead-forge/src/template/{name}.yml"));
    let flags = ["--offline", "--persona=pedantic", ".github"];
    stage("zizmor", || sh::run(sh::program(setup::tool_path("zizmor")).args(flags).args(&given)))?;
    stage("inventory", own::inventory)?;
    stage("review", own::review)?;
    stage("mutants", mutants::of_branch)?;
    tests()
}

fn none(args: &[&str], name: &str) -> Result {
    if args.is_empty() { Ok(()) } else { Err(Fail::usage(format!("cargo xtask {name}"))) }
}

fn gates() -> Result {
    stage("fmt", || sh::run(sh::cargo().args(["fmt", "--all", "--check"])))?;
    stage("tidy", || tidy::main(&[]))?;
    stage("fuzz locks", fuzz::locks)?;
    stage("clippy", || {
        let args = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
        sh::run(sh::cargo().args(args))
    })?;
    stage("codegen", || codegen::main(&["--check"]))?;
    stage("rules", own::rules)
}

/// A minute of torture, then every test of the workspace, examples in documentation included.
fn tests() -> Result {
    stage("torture", || torture::main(&["--minutes", "1"]))?;
    let mut command = sh::cargo();
    command.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    // A snapshot is reviewed by a person; no run of the tests writes one.
    command.env("INSTA_UPDATE", "no");
    command.env("LEADFORGE_BIN_DIR", sh::target().join("debug"));
    sh::run(&mut command)
}

fn stage(name: &str, work: impl FnOnce() -> Result) -> Result {
    println!("== {name}");
    let start = Instant::now();
    work()?;
    println!("== {name} took {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}
