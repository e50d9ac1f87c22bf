//! `pip`.

use leadforge_dockerfile_syntax::shell::Simple;
use leadforge_dockerfile_syntax::{Kind, Pair};

use crate::dockerfile::args::{has_flag, plain_without, verb};
use crate::dockerfile::finding::{Finding, Severity};
use crate::dockerfile::scene::{Run, Scene};

const INSTALL: &[&str] = &["install"];

/// Whether a command is a `pip install`, also as `python -m pip`.
pub(in crate::dockerfile) fn installs(command: &Simple) -> bool {
    let Some(name) = command.name() else { return false };
    let by_name = name.starts_with("pip") && !name.starts_with("pipenv");
    let module = || {
        let words: Vec<&str> = command.args().iter().map(|word| word.value.as_str()).collect();
        name.starts_with("python") && words.windows(2).any(|pair| pair == ["-m", "pip"])
    };
    (by_name || module()) && verb(command, INSTALL).is_some()
}

/// Flags whose value is another word.
const VALUED: &[&str] = &[
    "-i",
    "--index-url",
    "--extra-index-url",
    "-f",
    "--find-links",
    "-t",
    "--target",
    "--prefix",
    "--root",
    "--trusted-host",
    "--no-binary",
    "--only-binary",
    "--proxy",
    "--platform",
    "--abi",
    "--implementation",
    "--python-version",
    "--python",
    "--progress-bar",
    "--src",
    "-b",
    "--build",
    "--upgrade-strategy",
    "--timeout",
    "--retries",
    "--cache-dir",
    "--cert",
    "--client-cert",
    "--log",
    "--exists-action",
    "--use-feature",
    "--use-deprecated",
    "--report",
    "-C",
    "--config-settings",
    "--global-option",
    "--install-option",
    "--hash",
    "--root-user-action",
    "--keyring-provider",
    "--group",
];

/// What a `pip install` installs by name, and everything else that it names.
pub(in crate::dockerfile) fn requirements(command: &Simple) -> Vec<String> {
    let words = plain_without(command, VALUED);
    let behind = words.iter().position(|word| word.value == "install").map_or(0, |at| at + 1);
    words[behind..].iter().map(|word| word.value.clone()).collect()
}

/// Whether a requirement says which version, or is a file that is one.
pub(in crate::dockerfile) fn is_pinned(requirement: &str) -> bool {
    let compared = ["==", ">=", "<=", "~=", "!=", ">", "<"];
    let compared = compared.iter().any(|operator| requirement.contains(operator));
    let scheme = requirement.split("://").next().unwrap_or_default();
    let versioned = requirement.contains("://") && scheme.contains('+');
    if versioned {
        return requirement.contains('@');
    }
    compared
        || requirement.contains('/')
        || [".whl", ".tar.gz"].iter().any(|e| requirement.ends_with(e))
}

pub(super) fn pinned(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands().filter(|(_, command)| installs(command)) {
        let long = ["requirement", "constraint", "editable"];
        let short = |word: &str| word.starts_with("-r") || word == "-c" || word == "-e";
        let elsewhere =
            has_flag(command, &long) || command.args().iter().any(|word| short(&word.value));
        let named = requirements(command);
        let local = named.iter().any(|name| name == ".");
        if !elsewhere && !local && named.iter().any(|name| !is_pinned(name)) {
            let message = "Pin versions in pip: `<package>==<version>` or `--requirement <file>`";
            found.push(scene.finding("DL3013", Severity::Warning, run.at, message));
        }
    }
}

/// Whether an environment switches pip's cache off.
fn switched_off(pairs: &[Pair]) -> bool {
    pairs.iter().any(|pair| {
        let value = pair.value.as_ref().map_or("", |word| word.value.trim_matches(['"', '\'']));
        let on =
            matches!(value.to_ascii_lowercase().as_str(), "1" | "on" | "true" | "yes" | "y" | "t");
        pair.key.value == "PIP_NO_CACHE_DIR" && on
    })
}

fn mounted(run: &Run<'_>) -> bool {
    run.instruction.flags.iter().any(|flag| {
        let target = flag.field(&["target", "dst", "destination"]).unwrap_or_default();
        flag.name == "mount"
            && matches!(flag.field(&["type"]), Some("cache" | "tmpfs"))
            && target.trim_end_matches('/').ends_with("/.cache/pip")
    })
}

pub(super) fn cache(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands().filter(|(_, command)| installs(command)) {
        let stages = run.stage.map_or_else(Vec::new, |stage| scene.ancestry(stage));
        let by_env = scene.instructions().any(|(at, stage, instruction)| {
            let here = stage.is_some_and(|stage| stages.contains(&stage));
            here && at < run.at
                && matches!(&instruction.kind, Kind::Env(pairs) if switched_off(pairs))
        });
        let by_shell = run.script.commands.iter().any(|other| {
            let words = other
                .assigns
                .iter()
                .chain(other.args().iter().filter(|_| other.name() == Some("export")));
            let mut words = words.map(|word| word.value.as_str());
            words.any(|word| {
                word.strip_prefix("PIP_NO_CACHE_DIR=")
                    .is_some_and(|value| !matches!(value, "0" | "off" | "false" | "no" | ""))
            })
        });
        let pipx = command.name().is_some_and(|name| name.starts_with("pipx"));
        if !by_env && !by_shell && !pipx && !mounted(run) && !has_flag(command, &["no-cache-dir"]) {
            let message = "Avoid pip's cache in the layer: `pip install --no-cache-dir <package>`";
            let mut finding = scene.finding("DL3042", Severity::Warning, run.at, message);
            let after = verb(command, INSTALL);
            finding.fix = after.and_then(|w| scene.insert(w.span, " --no-cache-dir"));
            found.push(finding);
        }
    }
}
