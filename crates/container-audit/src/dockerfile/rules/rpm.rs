//! `yum`, `dnf` and `zypper`.

use leadforge_dockerfile_syntax::shell::Simple;

use crate::dockerfile::args::{calls, has_flag, packages, verb};
use crate::dockerfile::finding::{Finding, Severity};
use crate::dockerfile::scene::{Run, Scene};

const YES: &[&str] = &["y", "yes", "assumeyes"];
const DNF: &[&str] = &["dnf", "microdnf", "dnf5"];
const YUM: &[&str] = &["yum"];
const VALUED: &[&str] = &[
    "--setopt",
    "--enablerepo",
    "--disablerepo",
    "--repo",
    "--repoid",
    "--releasever",
    "--installroot",
    "-x",
    "--exclude",
    "-c",
    "--config",
];

/// Whether a name ends with a version: a hyphen, and a digit.
fn has_version(package: &str) -> bool {
    let digit = |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_digit());
    package.match_indices('-').any(|(at, _)| digit(&package[at + 1..]))
}

fn asks(
    scene: &Scene<'_>,
    found: &mut Vec<Finding>,
    names: &[&str],
    verbs: &[&str],
    rule: &'static str,
) {
    for (run, command) in scene.commands().filter(|(_, command)| calls(command, names, verbs)) {
        if !has_flag(command, YES) {
            let name = command.name().unwrap_or_default();
            let message =
                format!("Use `-y`: nobody answers `{name} install -y <package>` during a build");
            let mut finding = scene.finding(rule, Severity::Warning, run.at, message);
            finding.fix = verb(command, verbs).and_then(|word| scene.insert(word.span, " -y"));
            found.push(finding);
        }
    }
}

fn unpinned(scene: &Scene<'_>, found: &mut Vec<Finding>, names: &[&str], rule: &'static str) {
    for (run, command) in
        scene.commands().filter(|(_, command)| calls(command, names, &["install"]))
    {
        let module = command.args().iter().any(|word| word.value == "module");
        let named = packages(command, &["install"], VALUED);
        let named = named.iter().filter(|word| !matches!(word.value.as_str(), "module" | "group"));
        let pinned =
            |package: &str| if module { package.contains(':') } else { has_version(package) };
        let file = |package: &str| package.ends_with(".rpm") || package.contains("://");
        let group = command.args().iter().any(|word| word.value == "group");
        if !group && named.clone().any(|word| !pinned(&word.value) && !file(&word.value)) {
            let name = command.name().unwrap_or_default();
            let message = format!("Pin versions: `{name} install -y <package>-<version>`");
            found.push(scene.finding(rule, Severity::Warning, run.at, message));
        }
    }
}

/// Whether the cache of a package manager lies in a mount.
fn mounted(run: &Run<'_>, folders: &[&str]) -> bool {
    run.instruction.flags.iter().any(|flag| {
        let target = flag.field(&["target", "dst", "destination"]).unwrap_or_default();
        flag.name == "mount"
            && matches!(flag.field(&["type"]), Some("cache" | "tmpfs"))
            && folders.contains(&target.trim_end_matches('/'))
    })
}

/// Whether a later command deletes one of these folders.
fn deletes(command: &Simple, folders: &[&str]) -> bool {
    let covers = |path: &str| {
        let path = path.trim_end_matches('*').trim_end_matches('/');
        folders.contains(&path) || path == "/var/cache"
    };
    command.name() == Some("rm") && command.args().iter().any(|word| covers(&word.value))
}

struct Cleaning {
    names: &'static [&'static str],
    fetches: &'static [&'static str],
    cleans: &'static [&'static str],
    folders: &'static [&'static str],
}

fn dirty(scene: &Scene<'_>, found: &mut Vec<Finding>, rule: &'static str, how: &Cleaning) {
    for run in scene.runs.iter().filter(|run| !run.onbuild && !mounted(run, how.folders)) {
        let mut dirty = None;
        for command in &run.script.commands {
            if calls(command, how.names, how.fetches) {
                dirty = command.name();
            } else if calls(command, how.names, how.cleans) || deletes(command, how.folders) {
                dirty = None;
            }
        }
        if let Some(name) = dirty {
            let message = format!("`{name} clean all` is missing after `{name} install`");
            found.push(scene.finding(rule, Severity::Warning, run.at, message));
        }
    }
}

pub(super) fn yum_yes(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    asks(scene, found, YUM, &["install", "groupinstall", "localinstall"], "DL3030");
}

pub(super) fn yum_pinned(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    unpinned(scene, found, YUM, "DL3033");
}

pub(super) fn yum_clean(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let how = Cleaning {
        names: YUM,
        fetches: &["install"],
        cleans: &["clean"],
        folders: &["/var/cache/yum", "/var/cache/dnf"],
    };
    dirty(scene, found, "DL3032", &how);
}

pub(super) fn dnf_yes(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    asks(scene, found, DNF, &["install", "groupinstall", "localinstall"], "DL3038");
}

pub(super) fn dnf_pinned(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    unpinned(scene, found, DNF, "DL3041");
}

pub(super) fn dnf_clean(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let how = Cleaning {
        names: DNF,
        fetches: &["install", "upgrade"],
        cleans: &["clean"],
        folders: &["/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum"],
    };
    dirty(scene, found, "DL3040", &how);
}

const ZYPPER: &[&str] = &["zypper"];
const ZYPPER_INSTALL: &[&str] = &["install", "in"];

pub(super) fn zypper_yes(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    const VERBS: &[&str] = &["install", "in", "remove", "rm", "source-install", "si", "patch"];
    const QUIET: &[&str] = &["n", "non-interactive", "y", "no-confirm"];
    for (run, command) in scene.commands().filter(|(_, command)| calls(command, ZYPPER, VERBS)) {
        if !has_flag(command, QUIET) {
            let message = "zypper asks: `zypper install -y`";
            let mut finding = scene.finding("DL3034", Severity::Warning, run.at, message);
            finding.fix = verb(command, VERBS).and_then(|word| scene.insert(word.span, " -y"));
            found.push(finding);
        }
    }
}

pub(super) fn zypper_upgrade(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, _) in
        scene.commands().filter(|(_, command)| calls(command, ZYPPER, &["dist-upgrade", "dup"]))
    {
        let message = "Do not use `zypper dist-upgrade`: take a newer base image";
        found.push(scene.finding("DL3035", Severity::Warning, run.at, message));
    }
}

pub(super) fn zypper_clean(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let how = Cleaning {
        names: ZYPPER,
        fetches: ZYPPER_INSTALL,
        cleans: &["clean", "cc"],
        folders: &["/var/cache/zypp"],
    };
    dirty(scene, found, "DL3036", &how);
}

pub(super) fn zypper_pinned(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in
        scene.commands().filter(|(_, command)| calls(command, ZYPPER, ZYPPER_INSTALL))
    {
        let pinned = |package: &str| package.contains(['=', '>', '<']) || package.ends_with(".rpm");
        if packages(command, ZYPPER_INSTALL, &["-t", "--type"]).iter().any(|w| !pinned(&w.value)) {
            let message = "Pin versions: `zypper install -y <package>=<version>`";
            found.push(scene.finding("DL3037", Severity::Warning, run.at, message));
        }
    }
}
