//! What a change brought in, took out and replaced, by the lock files of the two trees.

mod known;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use leadforge_cli_kit::Failure;
use leadforge_host_git::{Git, Oid};
use leadforge_markup::from_bytes;
use leadforge_sbom::diff::{Diff, Item, Move, diff};
use leadforge_sbom::{Config, Inventory, Tree, TreeError, inventory, wants};
use leadforge_scorecard::{At, Envelope, Exhibit, Finding, Level};

use super::Scene;

/// So many of a kind are named; the rest are counted.
const NAMED: usize = 40;
/// More bytes of lock files are not read: a run is not to be held up by what it landed.
const MOST: u64 = 64 << 20;

/// Compares what is inside at both ends; nothing to say where no file that says it changed.
pub(super) fn look(scene: &Scene<'_>) -> Result<Option<Envelope>, Failure> {
    let changes = scene.git.diff(scene.base, scene.tip).map_err(|e| Failure::git(&e))?;
    let paths: BTreeSet<String> = changes
        .iter()
        .flat_map(|change| [Some(&change.path), change.old_path.as_ref()])
        .flatten()
        .map(|path| from_bytes(path))
        .filter(|path| wants(path))
        .collect();
    if paths.is_empty() {
        return Ok(None);
    }
    let taken = |commit| -> Result<Inventory, Failure> {
        let revision = Revision::of(scene.git, commit)?;
        inventory(&revision, &Config::default())
            .map_err(|error| Failure::cannot_look("inventory", error))
    };
    let paths: Vec<String> = paths.into_iter().collect();
    Ok(Some(told(&taken(scene.base)?, &taken(scene.tip)?, &paths, scene.state)))
}

/// What is other in the second one, by the files that changed.
fn told(old: &Inventory, new: &Inventory, paths: &[String], state: Option<&PathBuf>) -> Envelope {
    let found = diff(old, new);
    let moved = |moves: &[Move]| -> Vec<String> {
        moves.iter().map(|one| format!("{} → {}", shown(&one.from), version(&one.to))).collect()
    };
    let items = |items: &[Item]| items.iter().map(shown).collect::<Vec<_>>();
    let groups = [
        ("added", items(&found.added)),
        ("removed", items(&found.removed)),
        ("upgraded", moved(&found.upgraded)),
        ("downgraded", moved(&found.downgraded)),
        ("from elsewhere", moved(&found.changed)),
    ];
    let mut summary: BTreeMap<_, serde_json::Value> = BTreeMap::new();
    summary.insert("components".to_owned(), new.components.len().into());
    let known = known::look(state, old, new);
    summary.extend(known.summary);
    let mut exhibits = known.exhibits;
    for (kind, names) in groups {
        if names.is_empty() {
            continue;
        }
        summary.insert(kind.to_owned(), names.len().into());
        exhibits.push(Exhibit {
            title: format!("{kind}: {}", names.len()),
            text: listed(&names),
            paths: paths.to_vec(),
            ..Exhibit::default()
        });
    }
    let mut findings = findings(old, new, &found);
    findings.extend(known.findings);
    let outcome = if findings.is_empty() { "clean" } else { "findings" }.to_owned();
    Envelope { outcome, summary, findings, exhibits, ..Envelope::default() }
}

/// What a reviewer should look at: nobody goes back to an older version by accident.
fn findings(old: &Inventory, new: &Inventory, found: &Diff) -> Vec<Finding> {
    let warning = |rule: &str, message: String, at: Option<At>| Finding {
        rule: format!("inventory.{rule}"),
        level: Level::Warning,
        message,
        at,
        ..Finding::default()
    };
    let mut findings = Vec::new();
    for one in &found.downgraded {
        let message =
            format!("{} went down from {} to {}", one.name, version(&one.from), version(&one.to));
        findings.push(warning("downgraded", message, None));
    }
    for one in &found.changed {
        let message = format!(
            "{} comes from elsewhere: {}, and not {}",
            one.name, one.to.purl, one.from.purl
        );
        findings.push(warning("elsewhere", message, None));
    }
    for one in &found.licences {
        let (from, to) = (one.from.join(", "), one.to.join(", "));
        let message = format!("{} is under {to} now, and was under {from}", one.name);
        findings.push(warning("licence", message, None));
    }
    let at = |path: &str, line: Option<u32>| {
        Some(At { path: path.to_owned(), line: line.map(u64::from) })
    };
    let known: BTreeSet<_> =
        old.warnings.iter().map(|one| (&one.path, one.rule, &one.message)).collect();
    for one in &new.warnings {
        if !known.contains(&(&one.path, one.rule, &one.message)) {
            findings.push(warning(
                one.rule,
                format!("{}: {}", one.path, one.message),
                at(&one.path, one.line),
            ));
        }
    }
    let unread: BTreeSet<&str> = old.unread.iter().map(|one| one.path.as_str()).collect();
    for one in new.unread.iter().filter(|one| !unread.contains(one.path.as_str())) {
        let message = format!("{} is {}, and was not read", one.path, one.what);
        findings.push(warning("unread", message, at(&one.path, None)));
    }
    findings
}

fn shown(item: &Item) -> String {
    format!("{} {}", item.name, version(item))
}

fn version(item: &Item) -> &str {
    item.version.as_deref().unwrap_or("without a version")
}

fn listed(names: &[String]) -> String {
    let mut text = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        text.push_str(&format!(", and {} more", names.len() - NAMED));
    }
    text
}

/// The plain files of a commit, of which those are read that an inventory wants.
struct Revision {
    paths: Vec<String>,
    wanted: BTreeMap<String, Vec<u8>>,
}

impl Revision {
    fn of(git: &Git, commit: &Oid) -> Result<Self, Failure> {
        let entries = git.ls_tree(commit, "").map_err(|e| Failure::git(&e))?;
        let (mut paths, mut wanted) = (Vec::new(), Vec::new());
        let mut bytes = 0;
        for entry in entries.into_iter().filter(|one| matches!(one.mode, 0o100_644 | 0o100_755)) {
            let path = from_bytes(&entry.path);
            if wants(&path) {
                bytes += entry.size.unwrap_or(0);
                wanted.push((path.clone(), entry.oid));
            }
            paths.push(path);
        }
        if bytes > MOST {
            let message = format!("its lock files have more than {} MiB", MOST >> 20);
            return Err(Failure::cannot_look("inventory", message));
        }
        paths.sort_unstable();
        let blobs: Vec<&str> = wanted.iter().map(|(_, blob)| blob.as_str()).collect();
        let contents = git.cat(&blobs).map_err(|e| Failure::git(&e))?;
        let found = wanted.iter().zip(contents).map(|((path, blob), content)| {
            let missing = || Failure::cannot_look("git", format!("{path}: {blob} is not there"));
            Ok((path.clone(), content.ok_or_else(missing)?))
        });
        Ok(Self { paths, wanted: found.collect::<Result<_, Failure>>()? })
    }
}

impl Tree for Revision {
    fn paths(&self) -> Result<Vec<String>, TreeError> {
        Ok(self.paths.clone())
    }

    fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, TreeError> {
        self.wanted.read(path, limit)
    }
}
