//! Rules about packages of others.

use super::words::NONE;
use super::workspace::Workspace;
use super::{Fault, Plant, Rule};

/// Runtimes and what drives them.
const RUNTIMES: &[&str] =
    &["tokio", "async-std", "smol", "async-executor", "async-global-executor", "futures-executor"];

/// Packages that no build may contain, with the reason.
const BANNED: &[(&str, &str)] = &[
    ("beads_rust", "its licence does not fit ours"),
    ("openssl-sys", "a C library that the machine would have to bring"),
    ("native-tls", "a C library that the machine would have to bring"),
    ("libgit2-sys", "git is the user's own, spawned"),
    ("serde_yaml", "deprecated; serde-saphyr reads YAML"),
    ("chrono", "jiff reads dates"),
];

/// Licences that fit MIT OR Apache-2.0, by SPDX identifier.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Licences that fit where nothing of a package reaches a user: tools of our tests.
const LICENCES_OF_TESTS: &[&str] = &["MPL-2.0"];

const MANIFEST: &str = "crates/authorship/Cargo.toml";

pub(super) fn rules() -> Vec<Rule> {
    vec![
        Rule {
            name: "no-runtime",
            says: "no default build contains an async runtime",
            check: runtimes,
            plant: Plant::Replace(MANIFEST, "[dependencies]", "[dependencies]\ntokio = \"1\""),
            words: NONE,
        },
        Rule {
            name: "licences",
            says: "every package of others has a licence that fits ours, and none is banned",
            check: licences,
            plant: Plant::Replace(
                MANIFEST,
                "[dependencies]",
                "[dependencies]\nserde_yaml = \"0.9\"",
            ),
            words: NONE,
        },
    ]
}

fn runtimes(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    workspace
        .external
        .iter()
        .filter(|package| package.linked && RUNTIMES.contains(&package.name.as_str()))
        .map(|package| {
            let message = format!("{} is an async runtime in the default build", package.name);
            Fault::new("Cargo.lock", 1, message)
        })
        .collect()
}

fn licences(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    let mut faults = Vec::new();
    for package in &workspace.external {
        if let Some((name, reason)) = BANNED.iter().find(|(name, _)| *name == package.name) {
            faults.push(Fault::new("Cargo.lock", 1, format!("{name} is banned: {reason}")));
        }
        let of_tests = !package.linked && LICENCES_OF_TESTS.contains(&package.license.as_str());
        if !of_tests && !fits(&package.license) {
            let message = format!("{} has the licence {:?}", package.name, package.license);
            faults.push(Fault::new("Cargo.lock", 1, message));
        }
    }
    faults
}

/// Whether an SPDX expression offers a choice that fits; `/` is an old way to write `OR`.
fn fits(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any(&words, &mut at) && at == words.len()
}

fn any(words: &[&str], at: &mut usize) -> bool {
    let mut fits = all(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        fits |= all(words, at);
    }
    fits
}

fn all(words: &[&str], at: &mut usize) -> bool {
    let mut fits = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        fits &= one(words, at);
    }
    fits
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let Some(word) = words.get(*at) else {
        return false;
    };
    *at += 1;
    if *word == "(" {
        let fits = any(words, at);
        *at += 1;
        return fits;
    }
    let mut name = (*word).to_owned();
    if let [Some(&"WITH"), Some(exception)] = [words.get(*at), words.get(*at + 1)] {
        name = format!("{name} WITH {exception}");
        *at += 2;
    }
    LICENCES.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read() {
        assert!(fits("MIT OR Apache-2.0") && fits("MIT/Apache-2.0") && fits("GPL-3.0 OR MIT"));
        assert!(fits("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(fits("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"));
        assert!(!fits("GPL-3.0-only") && !fits("MIT AND GPL-3.0") && !fits(""));
        assert!(!fits("(MIT OR Apache-2.0) AND LGPL-2.1"));
    }
}
