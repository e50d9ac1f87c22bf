//! Rules about the shape of files and manifests.

use super::words::NONE;
use super::workspace::Workspace;
use super::{Fault, Plant, Rule};

/// A file with more lines holds two ideas.
const LINES: usize = 600;

pub(super) fn rules() -> Vec<Rule> {
    let rule = |name, says, check, plant| Rule { name, says, check, plant, words: NONE };
    vec![
        rule(
            "envelope",
            "the envelope, SARIF, JUnit and annotations are written by cli-kit alone",
            envelope,
            Plant::Append(
                "crates/authorship/src/lib.rs",
                concat!("\nconst PLANTED: &str = \"partial", "Fingerprints\";\n"),
            ),
        ),
        rule(
            "head",
            "every Rust file begins with a `//!` sentence that says why it exists",
            head,
            Plant::Create("crates/markup/src/planted.rs", "fn planted() {}\n"),
        ),
        rule(
            "size",
            "no Rust file has more than 600 lines",
            size,
            Plant::Long("crates/markup/src/planted.rs", LINES + 1),
        ),
        rule(
            "readme",
            "every published package has a README that begins with its name",
            readme,
            Plant::Remove("crates/markup/README.md"),
        ),
        rule(
            "manifest",
            "versions and lints are set once, in the root; members inherit them",
            manifest,
            Plant::Append("crates/cli-kit/Cargo.toml", "\n[build-dependencies]\nserde = \"1\"\n"),
        ),
        rule(
            "one-test-binary",
            "a package has one integration test binary",
            one_test_binary,
            Plant::Append(
                "xtask/Cargo.toml",
                "\n[[test]]\nname = \"planted\"\npath = \"src/main.rs\"\n",
            ),
        ),
        rule(
            "run-all",
            "no test is ignored, but those that `cargo xtask conform` or the test beside them runs",
            run_all,
            Plant::Append(
                "crates/markup/src/lib.rs",
                "\n#[cfg(test)]\nmod planted {\n    #[test]\n    #[ignore]\n    fn f() {}\n}\n",
            ),
        ),
        rule(
            "places",
            "no file names a folder of one machine",
            places,
            Plant::Create("docs/planted.md", concat!("see /", "work/main\n")),
        ),
    ]
}

/// What only an envelope, a SARIF log or a workflow command has.
const ENVELOPE: &[&str] = &[
    concat!("partial", "Fingerprints"),
    concat!("sarif", "-schema"),
    concat!("<test", "suite"),
    concat!("\"::", "error"),
];

fn envelope(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    let mut faults = Vec::new();
    // Literals count here, so the whole text is searched: tests and comments of libraries too.
    let library = |path: &str| path.starts_with("crates/") && path.split('/').nth(2) == Some("src");
    let speaks =
        |path: &str| path.starts_with("crates/cli-kit/") || path.starts_with("crates/markup/");
    for (path, file) in workspace.rust().filter(|(path, _)| library(path) && !speaks(path)) {
        for (number, line) in file.text.lines().enumerate() {
            if let Some(mark) = ENVELOPE.iter().find(|mark| line.contains(**mark)) {
                faults.push(Fault::new(path, number + 1, format!("{mark} is cli-kit's to write")));
            }
        }
    }
    faults
}

fn head(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    workspace
        .rust()
        .filter(|(_, file)| !file.text.starts_with("//! "))
        .map(|(path, _)| Fault::new(path, 1, "begin with `//! ` and why this file exists"))
        .collect()
}

fn size(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    let lines = workspace.rust().map(|(path, file)| (path, file.text.lines().count()));
    lines
        .filter(|(_, lines)| *lines > LINES)
        .map(|(path, lines)| Fault::new(path, LINES, format!("{lines} lines hold two ideas")))
        .collect()
}

/// The median and the ninth decile of the published source files, as one line.
pub(super) fn sizes(workspace: &Workspace) -> String {
    let mut lines: Vec<usize> = workspace
        .rust()
        .filter(|(path, _)| path.split('/').nth(2) == Some("src"))
        .map(|(_, file)| file.text.lines().count())
        .collect();
    lines.sort_unstable();
    let at = |part: usize| lines.get(lines.len() * part / 10).copied().unwrap_or_default();
    let (median, ninth, most) = (at(5), at(9), lines.last().copied().unwrap_or_default());
    format!("tidy: {} source files, lines: median {median}, p90 {ninth}, max {most}", lines.len())
}

fn readme(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    let published = workspace.packages.iter().filter(|p| p.folder.contains('/'));
    published
        .filter_map(|package| {
            let path = format!("{}/README.md", package.folder);
            let text = workspace.files.get(&path).map_or("", |file| file.text.as_str());
            let right = text.starts_with(&format!("# {}\n", package.name));
            (!right).then(|| Fault::new(path, 1, format!("begin with `# {}`", package.name)))
        })
        .collect()
}

fn manifest(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    let mut faults = Vec::new();
    for package in &workspace.packages {
        let path = format!("{}/Cargo.toml", package.folder);
        let text = workspace.files.get(&path).map_or("", |file| file.text.as_str());
        if !text.contains("[lints]\nworkspace = true\n") {
            faults.push(Fault::new(&path, 1, "inherit the lints of the workspace"));
        }
        let mut dependencies = false;
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('[') {
                dependencies = line.trim_end_matches(']').ends_with("dependencies");
            } else if dependencies && line.contains('=') && !line.contains("workspace = true") {
                faults.push(Fault::new(
                    &path,
                    number + 1,
                    "set the version in the root: workspace = true",
                ));
            }
        }
    }
    faults
}

fn one_test_binary(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    let mut faults = Vec::new();
    for package in &workspace.packages {
        let path = match package.folder.split_once('/') {
            Some(("crates", _)) => "tests/it/main.rs",
            Some(("bins", _)) => "tests/cli/main.rs",
            _ => "e2e/main.rs",
        };
        for test in package.tests.iter().filter(|test| *test != path) {
            let at = format!("{}/{test}", package.folder);
            faults.push(Fault::new(at, 1, format!("the one test binary here is {path}")));
        }
    }
    faults
}

/// Why a test may be ignored: it runs, but started by something else.
const RUN_BY: &[&str] = &["cargo xtask conform", "a part of the test beside it"];

fn run_all(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    let mark = concat!("#[", "ignore");
    let mut faults = Vec::new();
    for (path, file) in workspace.rust() {
        let ignored = file.text.lines().map(str::trim).enumerate().filter(|(_, line)| {
            line.starts_with(mark) && !RUN_BY.iter().any(|reason| line.contains(reason))
        });
        for (number, _) in ignored {
            faults.push(Fault::new(path, number + 1, "a test that does not run proves nothing"));
        }
    }
    faults
}

fn places(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    let roots = [concat!("/", "work/"), concat!("/", "farm/")];
    let mut faults = Vec::new();
    for (path, file) in &workspace.files {
        for (number, line) in file.text.lines().enumerate() {
            let named = roots.iter().any(|root| {
                line.match_indices(root).any(|(at, _)| {
                    let next = line[at + root.len()..].chars().next();
                    let before = line[..at].chars().next_back();
                    next.is_some_and(|c| c.is_ascii_lowercase() || c == '.')
                        && !before.is_some_and(|c| c.is_alphanumeric() || "_-.}*".contains(c))
                })
            });
            if named {
                faults.push(Fault::new(path, number + 1, "a folder of one machine"));
            }
        }
    }
    faults
}
