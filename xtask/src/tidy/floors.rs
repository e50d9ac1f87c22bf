//! Rules about who may stand on whom, and about names.

use super::exceptions::EXCEPTIONS;
use super::words::NONE;
use super::workspace::{Package, Workspace};
use super::{Fault, Plant, Rule};

/// The ground crates and the ground that each may stand on.
const GROUND: &[(&str, &[&str])] = &[
    ("durable-fs", &[]),
    ("host-git", &["durable-fs"]),
    ("oci-image", &[]),
    ("dockerfile-syntax", &[]),
    ("markup", &[]),
    ("authorship", &[]),
];

/// The rules that reviews hold a change against, the floors among them.
const RULES: &str = "docs/review/RULES.md";

pub(super) fn rules() -> Vec<Rule> {
    vec![
        Rule {
            name: "floors",
            says: "a domain crate stands on ground crates only, dev-dependencies included; \
                   of the ground, host-git alone stands on another (durable-fs)",
            check: floors,
            plant: Plant::Append(
                "crates/authorship/Cargo.toml",
                "\n[target.'cfg(unix)'.dev-dependencies]\nleadforge-durable-fs.workspace = true\n",
            ),
            words: NONE,
        },
        Rule {
            name: "cli-kit",
            says: "cli-kit is reachable from binaries alone",
            check: cli_kit,
            plant: Plant::Replace(
                "crates/authorship/Cargo.toml",
                "[dependencies]",
                "[dependencies]\nleadforge-cli-kit.workspace = true",
            ),
            words: NONE,
        },
        Rule {
            name: "tops",
            says: "nothing stands on a binary, on xtask or on the e2e package; \
                   xtask links no package of the workspace",
            check: tops,
            plant: Plant::Append("xtask/Cargo.toml", "leadforge-markup.workspace = true\n"),
            words: NONE,
        },
        Rule {
            name: "written",
            says: "every package stands in the layers that docs/review/RULES.md writes down",
            check: written,
            plant: Plant::Replace(RULES, "  \"(leadforge_durable_fs)\",\n", ""),
            words: NONE,
        },
        Rule {
            name: "names",
            says: "the package of crates/X is leadforge-X, the package and binary of bins/X is X",
            check: names,
            plant: Plant::Replace(
                "crates/markup/Cargo.toml",
                "[lints]",
                "[lib]\nname = \"mark\"\n\n[lints]",
            ),
            words: NONE,
        },
    ]
}

fn manifest(package: &Package) -> String {
    format!("{}/Cargo.toml", package.folder)
}

/// The part of a name that says which room it is: `leadforge-markup` is `markup`.
fn room(package: &Package) -> &str {
    package.folder.rsplit('/').next().unwrap_or_default()
}

fn ground(room: &str) -> Option<&'static [&'static str]> {
    GROUND.iter().find(|(name, _)| *name == room).map(|(_, on)| *on)
}

/// Each edge inside the workspace.
fn edges(workspace: &Workspace) -> impl Iterator<Item = (&Package, &Package, &str)> {
    workspace.packages.iter().flat_map(move |from| {
        from.dependencies.iter().filter_map(move |dependency| {
            let to = workspace.package(&dependency.name)?;
            Some((from, to, dependency.kind.as_str()))
        })
    })
}

fn floors(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    edges(workspace)
        .filter(|(from, to, _)| {
            from.folder.starts_with("crates/") && to.folder.starts_with("crates/")
        })
        .filter(|(from, to, _)| match ground(room(from)) {
            Some(on) => !on.contains(&room(to)),
            None => ground(room(to)).is_none(),
        })
        .map(|(from, to, kind)| {
            let message = format!("{} may not stand on {} ({kind} dependency)", from.name, to.name);
            Fault::new(manifest(from), 1, message)
        })
        .collect()
}

fn cli_kit(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    edges(workspace)
        .filter(|(from, to, _)| room(to) == "cli-kit" && !from.folder.starts_with("bins/"))
        .map(|(from, _, _)| Fault::new(manifest(from), 1, "only binaries depend on cli-kit"))
        .collect()
}

fn tops(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    edges(workspace)
        .filter(|(from, to, _)| from.folder == "xtask" || !to.folder.starts_with("crates/"))
        .map(|(from, to, _)| {
            Fault::new(manifest(from), 1, format!("{} may not depend on {}", from.name, to.name))
        })
        .collect()
}

/// A package that no layer names is judged by none: the contract would hold whatever it imports.
fn written(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    let text = workspace.files.get(RULES).map_or("", |file| file.text.as_str());
    let rule = text.split_once("{#floors}").map_or("", |(_, rest)| rest);
    let block = rule.split("\n```").nth(1).unwrap_or_default();
    let layers = block.split("\nbad").next().unwrap_or_default();
    let named: Vec<&str> = layers.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    let missing = workspace.packages.iter().map(|package| package.name.replace('-', "_"));
    missing
        .filter(|name| !named.contains(&name.as_str()))
        .map(|name| Fault::new(RULES, 1, format!("{name} stands in no layer of {{#floors}}")))
        .collect()
}

fn names(workspace: &Workspace, _: &Rule) -> Vec<Fault> {
    let mut faults = Vec::new();
    for package in &workspace.packages {
        let room = room(package);
        let (name, target) = match package.folder.split_once('/') {
            Some(("crates", _)) => {
                (format!("leadforge-{room}"), format!("leadforge_{}", room.replace('-', "_")))
            }
            Some(("bins", _)) => (room.to_owned(), room.to_owned()),
            _ => continue,
        };
        if package.name != name {
            faults.push(Fault::new(manifest(package), 1, format!("this package is {name}")));
        }
        for wrong in package.targets.iter().filter(|found| **found != target) {
            let path = format!("{}/src/bin/{wrong}.rs", package.folder);
            if !EXCEPTIONS.iter().any(|e| e.rule == "names" && e.path == path) {
                faults.push(Fault::new(
                    manifest(package),
                    1,
                    format!("{wrong} should be {target}"),
                ));
            }
        }
    }
    faults
}
