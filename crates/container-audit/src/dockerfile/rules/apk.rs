//! `apk`.

use leadforge_dockerfile_syntax::shell::Simple;

use crate::dockerfile::args::{calls, has_flag, packages, verb};
use crate::dockerfile::finding::{Finding, Severity};
use crate::dockerfile::scene::Scene;

const ADD: &[&str] = &["add"];

fn adds(command: &Simple) -> bool {
    calls(command, &["apk"], ADD)
}

/// Flags whose value is another word.
const VALUED: &[&str] = &[
    "-t",
    "--virtual",
    "-X",
    "--repository",
    "--repositories-file",
    "--keys-dir",
    "--wait",
    "-p",
    "--root",
    "--arch",
    "--cache-dir",
    "--cache-max-age",
    "--timeout",
];

pub(super) fn pinned(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands().filter(|(_, command)| adds(command)) {
        let pinned =
            |package: &str| package.contains(['=', '~', '>', '<']) || package.ends_with(".apk");
        if packages(command, ADD, VALUED).iter().any(|package| !pinned(&package.value)) {
            let message = "Pin versions in apk add: `<package>=<version>`";
            found.push(scene.finding("DL3018", Severity::Warning, run.at, message));
        }
    }
}

pub(super) fn cache(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands().filter(|(_, command)| adds(command)) {
        let mounted = run.instruction.flags.iter().any(|flag| {
            let target = flag.field(&["target", "dst", "destination"]).unwrap_or_default();
            flag.name == "mount"
                && matches!(flag.field(&["type"]), Some("cache" | "tmpfs"))
                && matches!(target.trim_end_matches('/'), "/var/cache/apk" | "/etc/apk/cache")
        });
        if !mounted && !has_flag(command, &["no-cache"]) {
            let message = "Use `apk add --no-cache`: it needs no `--update` and leaves no /var/cache/apk behind";
            let mut finding = scene.finding("DL3019", Severity::Info, run.at, message);
            finding.fix = verb(command, ADD).and_then(|w| scene.insert(w.span, " --no-cache"));
            found.push(finding);
        }
    }
}
