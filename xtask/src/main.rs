//! The repository's own commands: `cargo xtask COMMAND`.
//!
//! xtask starts binaries and tools and links no library of the workspace, so that it builds in
//! seconds and still runs when a library does not compile.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "xtask speaks on the terminal")]

mod arch;
mod bench;
mod checks;
mod codegen;
mod conform;
mod cost;
mod docker;
mod dogfood;
mod forge;
mod fuzz;
mod image;
mod mutants;
mod own;
mod package;
mod plot;
mod prove;
mod review;
mod rulebook;
mod sbom;
mod secrets;
mod setup;
mod sh;
mod tidy;
mod torture;
mod verdicts;
mod visual;

use sh::{Fail, Result};
use std::process::ExitCode;

/// One command: its name, how its arguments look, what it does, and the function that does it.
struct Verb {
    name: &'static str,
    args: &'static str,
    what: &'static str,
    run: fn(&[&str]) -> Result,
}

const fn verb(
    name: &'static str,
    args: &'static str,
    what: &'static str,
    run: fn(&[&str]) -> Result,
) -> Verb {
    Verb { name, args, what, run }
}

const VERBS: &[Verb] = &[
    verb(
        "setup",
        "[PURPOSE]",
        "find or install what a purpose needs (Debian, Ubuntu)",
        setup::main,
    ),
    verb(
        "forge",
        "[--release]",
        "run the main job on a scratch clone of this repository",
        forge::main,
    ),
    verb("test", "", "every gate and every test", checks::test),
    verb("ci", "", "test, and documentation, spelling, workflows, our inventory", checks::ci),
    verb("tidy", "[--root DIR]", "prove the house's invariants", tidy::main),
    verb(
        "codegen",
        "[--check]",
        "write man pages, completions, references, schemas",
        codegen::main,
    ),
    verb(
        "conform",
        "[AREA] [--repo CLONE]",
        "compare with answers of other tools and with the truth",
        conform::main,
    ),
    verb(
        "gather",
        "dockerfiles --from CLONES [--fetch ADDRESS]",
        "bring the files of others that conform reads, each held beside its digest",
        docker::main,
    ),
    verb(
        "bench",
        "[queue|visual|sbom|installers|secrets] [--write] [--repo CLONE]…",
        "measure; --write updates docs/benchmarks.md",
        bench::main,
    ),
    verb(
        "dogfood",
        "--repo PATH [--kills N --runs R]",
        "run the main job on a clone of another repository",
        dogfood::main,
    ),
    verb(
        "torture",
        "[--seed N] [--minutes M] [--report FILE]",
        "kills, faults, power cuts, full disks: nothing may be lost",
        torture::main,
    ),
    verb(
        "fuzz",
        "[TARGET…] [--seconds N] [--minimize]",
        "run the fuzz targets, each within its bounds",
        fuzz::main,
    ),
    verb(
        "mutants",
        "[CRATE…] [--in-diff BASE] [--shard K/N]",
        "change the code a little, many times, and see tests turn red",
        mutants::main,
    ),
    verb(
        "image",
        "[--static] [BINARY…]",
        "pack our binaries with git and CA certificates, or one alone, and try them inside",
        image::own::main,
    ),
    verb(
        "secrets",
        "rules FILE | letters | samples GITLEAKS OUT | heldout OUT",
        "take over gitleaks' rules, make the judge's tables, gitleaks' samples and the corpus nobody tuned to",
        secrets::main,
    ),
    verb("package", "[CRATE…]", "build and test each published package on its own", package::main),
    verb(
        "prove-gates",
        "[--all | --list | GATE…]",
        "plant a fault for each gate and see it red",
        prove::main,
    ),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args.split_first() {
        Some((name, rest)) => match VERBS.iter().find(|verb| verb.name == *name) {
            Some(_) if rest.contains(&"--help") => help(),
            Some(verb) => (verb.run)(rest),
            None if matches!(*name, "--help" | "-h" | "help") => help(),
            None => Err(Fail::usage(format!("no command named {name}: cargo xtask --help"))),
        },
        None => help(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(fail) => {
            eprintln!("error: {}", fail.message);
            ExitCode::from(fail.code)
        }
    }
}

fn help() -> Result {
    println!("usage: cargo xtask COMMAND\n");
    for verb in VERBS {
        println!("  {:<24} {}", format!("{} {}", verb.name, verb.args), verb.what);
    }
    println!("\nexit: 0 done, 1 a gate failed, 2 usage, 3 something is missing on this machine");
    Ok(())
}
