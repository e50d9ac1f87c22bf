//! The gates that are not rules of tidy, each with the fault that turns it red.

use super::copy::Copy;
use crate::sh::{self, Result};
use crate::tidy::Plant;
use crate::{fuzz, setup};
use std::process::Command;

/// One gate of the repository.
pub(super) struct Gate {
    pub(super) name: &'static str,
    /// The fault, in words.
    pub(super) fault: &'static str,
    /// Whether it takes minutes; such a gate is proven by name or with `--all`.
    pub(super) dear: bool,
    how: How,
}

/// How the fault comes about, and which command must then fail.
enum How {
    /// A change in the copy, and a command of cargo there.
    Copy(Plant, &'static [&'static str]),
    /// A change in the copy, and a checker from PyPI there.
    Tool(Plant, &'static str, &'static [&'static str]),
    /// Tests of the copy, built with a fault by `--cfg`.
    Planted(&'static str, &'static [&'static str]),
    /// A command of xtask, with nothing planted but what its arguments say, or what it misses.
    Here(&'static [&'static str]),
    /// A fuzz target, built with a fault by `--cfg`, for so many seconds.
    Fuzz(&'static str, &'static str, u32),
}

const LIB: &str = "crates/markup/src/lib.rs";

const fn gate(name: &'static str, dear: bool, fault: &'static str, how: How) -> Gate {
    Gate { name, fault, dear, how }
}

/// Every gate with the words by which its red is known to be about the fault.
pub(super) fn gates() -> Vec<(Gate, &'static str)> {
    vec![
        (
            gate(
                "fmt",
                false,
                "a function with two spaces",
                How::Copy(Plant::Append(LIB, "\nfn  planted() {}\n"), &["fmt", "--all", "--check"]),
            ),
            "fn  planted",
        ),
        (
            gate(
                "clippy",
                false,
                "an unwrap in a library",
                How::Copy(
                    Plant::Append(
                        LIB,
                        "\n/// Planted.\npub fn planted(x: Option<u8>) -> u8 {\n    x.unwrap()\n}\n",
                    ),
                    &["clippy", "-p", "leadforge-markup", "--lib", "--", "-D", "warnings"],
                ),
            ),
            "used `unwrap()`",
        ),
        (
            gate(
                "test",
                false,
                "a test that fails",
                How::Copy(
                    Plant::Append(
                        "crates/authorship/src/lib.rs",
                        "\n#[cfg(test)]\nmod planted {\n    #[test]\n    fn red() {\n        assert_eq!(1, 2);\n    }\n}\n",
                    ),
                    &["test", "-p", "leadforge-authorship", "--lib"],
                ),
            ),
            "planted::red ... FAILED",
        ),
        (
            gate(
                "doc",
                false,
                "a link to nothing",
                How::Copy(
                    Plant::Append(LIB, "\n/// See [`nowhere`].\npub fn planted() {}\n"),
                    &["doc", "-p", "leadforge-markup", "--no-deps"],
                ),
            ),
            "unresolved link to `nowhere`",
        ),
        (
            gate(
                "typos",
                false,
                "a word spelled wrong",
                How::Tool(
                    Plant::Create("docs/planted.md", concat!("They rec", "ieve it.\n")),
                    "typos",
                    &["--format", "brief"],
                ),
            ),
            "docs/planted.md",
        ),
        (
            gate(
                "zizmor",
                false,
                "a commit's message in a shell line of a workflow",
                How::Tool(
                    Plant::Create(
                        ".github/workflows/planted.yml",
                        "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ github.event.head_commit.message }}\n",
                    ),
                    "zizmor",
                    &["--offline", "--persona=pedantic", "--format=plain", ".github"],
                ),
            ),
            "template-injection",
        ),
        (
            gate(
                "conform",
                false,
                "a folder of corpora that is not there",
                How::Here(&["conform"]),
            ),
            "LEADFORGE_CORPORA",
        ),
        (
            gate(
                "fuzz-replay",
                false,
                "a parser that panics on a short name of .git, met by the replayed corpus",
                How::Planted(
                    "leadforge_plant=\"parser-panic\"",
                    &["test", "-p", "leadforge-durable-fs", "--test", "it", "fuzzed::path"],
                ),
            ),
            "planted: a short name",
        ),
        (
            gate(
                "mutants-list",
                false,
                "a survivor that may live, and no reason",
                How::Copy(
                    Plant::Append("docs/mutants.md", "- `crates/durable-fs/src/lib.rs: planted`\n"),
                    &["run", "--quiet", "-p", "xtask", "--", "mutants", "durable-fs"],
                ),
            ),
            "expected - `MUTANT`: REASON",
        ),
        (
            gate(
                "mutants",
                true,
                "a function that no test calls",
                How::Copy(
                    Plant::Append(
                        "crates/durable-fs/src/verbs.rs",
                        "\n/// Planted.\npub fn planted(x: u32) -> bool {\n    x > 7\n}\n",
                    ),
                    &[
                        "run",
                        "--quiet",
                        "-p",
                        "xtask",
                        "--",
                        "mutants",
                        "durable-fs",
                        "--in-diff",
                        "HEAD",
                    ],
                ),
            ),
            "verbs.rs: replace > with == in planted",
        ),
        (
            gate(
                "hostile",
                true,
                "a sandbox that shares the network of the machine",
                How::Copy(
                    Plant::Replace(
                        "crates/agent-dispatch/src/sandbox/bubblewrap.rs",
                        "        \"--unshare-net\",\n",
                        "",
                    ),
                    &[
                        "test",
                        "-p",
                        "leadforge-agent-dispatch",
                        "--test",
                        "it",
                        "hostile::bubblewrap_holds",
                    ],
                ),
            ),
            " escapes:",
        ),
        (
            gate(
                "torture-fsync",
                true,
                "files that are never synced, under power cuts",
                How::Here(&[
                    "torture",
                    "--sabotage",
                    "no-fsync",
                    "--only",
                    "power",
                    "--cases",
                    "8",
                ]),
            ),
            ": torn: ",
        ),
        (
            gate(
                "torture-folder",
                true,
                "folders that are never synced, under power cuts",
                How::Here(&[
                    "torture",
                    "--sabotage",
                    "no-dir-fsync",
                    "--only",
                    "power",
                    "--cases",
                    "100",
                ]),
            ),
            ": lost: ",
        ),
        (
            gate(
                "torture-names",
                true,
                "one temporary name for two writers, under kills",
                How::Here(&[
                    "torture",
                    "--sabotage",
                    "fixed-temporary",
                    "--only",
                    "kill",
                    "--cases",
                    "200",
                ]),
            ),
            "cannot rename a temporary",
        ),
        (
            gate(
                "simulate",
                false,
                "a lease that is taken without a look at its epoch, in simulated histories",
                How::Here(&[
                    "torture",
                    "--sabotage",
                    "no-epoch-check",
                    "--only",
                    "simulate",
                    "--seed",
                    "1",
                    "--cases",
                    "200",
                ]),
            ),
            "BROKEN an old holder is never accepted",
        ),
        (
            gate(
                "torture-faults",
                true,
                "writes whose failure is not looked at, under faults",
                How::Here(&[
                    "torture",
                    "--sabotage",
                    "ignore-write-error",
                    "--only",
                    "faults",
                    "--cases",
                    "200",
                ]),
            ),
            "neither old nor new state",
        ),
        (
            gate(
                "torture-full",
                true,
                "writes whose failure is not looked at, on full disks",
                How::Here(&[
                    "torture",
                    "--sabotage",
                    "ignore-write-error",
                    "--only",
                    "full",
                    "--cases",
                    "100",
                ]),
            ),
            "neither old nor new state",
        ),
        (
            gate(
                "torture-clock",
                true,
                "leases that end by the wall clock",
                How::Here(&[
                    "torture",
                    "--sabotage",
                    "wall-clock",
                    "--only",
                    "clock",
                    "--cases",
                    "12",
                ]),
            ),
            "ended with Some(0), not 1",
        ),
        (
            gate(
                "torture-crowd",
                true,
                "claims that do not look at who works already",
                How::Here(&[
                    "torture",
                    "--sabotage",
                    "forgotten-leases",
                    "--only",
                    "crowd",
                    "--cases",
                    "1",
                    "--minutes",
                    "1",
                ]),
            ),
            "is left, and not landed",
        ),
        (
            gate(
                "fuzz",
                true,
                "the same, met by the fuzzer",
                How::Fuzz("path", "leadforge_plant=\"parser-panic\"", 60),
            ),
            "panicked at",
        ),
        (
            gate(
                "codegen",
                true,
                "a manual page edited by hand",
                How::Copy(
                    Plant::Append("docs/cli/man/lead-queue.1", "planted\n"),
                    &["run", "--quiet", "-p", "xtask", "--", "codegen", "--check"],
                ),
            ),
            "generated files are stale",
        ),
        (
            gate(
                "contracts",
                true,
                "a library that starts a process",
                How::Copy(
                    Plant::Append(
                        LIB,
                        "\n/// Planted.\npub fn planted() {\n    drop(std::process::Command::new(\"x\").spawn());\n}\n",
                    ),
                    &["run", "--quiet", "-p", "lead-review", "--", "arch", "check", "--whole"],
                ),
            ),
            "leadforge_markup imports std::process",
        ),
        (
            gate(
                "diagram",
                true,
                "the drawing of who imports whom, without one of them",
                How::Copy(
                    Plant::Replace(
                        "docs/imports.svg",
                        "leadforge_host_git → leadforge_durable_fs",
                        "planted",
                    ),
                    &["run", "--quiet", "-p", "xtask", "--", "codegen", "--check"],
                ),
            ),
            "docs/imports.svg",
        ),
        (
            gate(
                "package",
                true,
                "a library that reads a file outside of its package",
                How::Copy(
                    Plant::Append(
                        LIB,
                        "\n/// Planted.\npub const PLANTED: &str = include_str!(\"../../../README.md\");\n",
                    ),
                    &["run", "--quiet", "-p", "xtask", "--", "package", "leadforge-markup"],
                ),
            ),
            "couldn't read",
        ),
    ]
}

impl Gate {
    /// The line that says why the gate is red with its fault; nothing when it stays green.
    pub(super) fn red(&self, copy: &Copy, mark: &str) -> Result<Option<String>> {
        match &self.how {
            How::Copy(plant, args) => copy.with(plant, || said(&mut cargo(copy, args), mark)),
            How::Tool(plant, tool, args) => {
                setup::ensure("ci")?;
                let mut command = Command::new(setup::tool_path(tool));
                copy.with(plant, || said(command.args(*args).current_dir(copy.dir()), mark))
            }
            How::Planted(cfg, args) => {
                let mut command = cargo(copy, args);
                let target = sh::scratch("planted").join("cfg");
                command.env("RUSTFLAGS", format!("--cfg {cfg}")).env("CARGO_TARGET_DIR", target);
                said(&mut command, mark)
            }
            How::Here(args) => {
                let mut command = sh::program(std::env::current_exe()?);
                said(command.args(*args).env_remove("LEADFORGE_CORPORA"), mark)
            }
            How::Fuzz(name, cfg, seconds) => {
                setup::ensure("fuzz")?;
                let targets = fuzz::targets()?;
                let target = targets.iter().find(|target| target.name == *name);
                let target = target.expect("the target of this file");
                let end = target.run(*seconds, &format!("--cfg {cfg}"))?;
                Ok(end.filter(|said| said.contains(mark)))
            }
        }
    }
}

/// cargo in the copy, with a target folder of its own.
fn cargo(copy: &Copy, args: &[&str]) -> Command {
    let mut cargo = sh::cargo();
    cargo.args(args).current_dir(copy.dir());
    cargo.env("CARGO_TARGET_DIR", sh::scratch("planted").join("target"));
    cargo.env("RUSTDOCFLAGS", "-D warnings").env("INSTA_UPDATE", "no");
    cargo
}

/// The line with the mark, when the command fails.
fn said(command: &mut Command, mark: &str) -> Result<Option<String>> {
    let output = command.env("TERM", "dumb").env("CARGO_TERM_COLOR", "never").output()?;
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    let line = text.lines().find(|line| line.contains(mark)).map(|line| line.trim().to_owned());
    if line.is_none() && !output.status.success() {
        eprintln!("{text}");
    }
    Ok(line.filter(|_| !output.status.success()))
}
