//! What is known of what a change brought in and took out, by the index that `lead-sbom db` keeps.

use std::collections::BTreeMap;
use std::path::PathBuf;

use leadforge_durable_fs::{RealDisk, read};
use leadforge_sbom::Inventory;
use leadforge_sbom::vulns::{self, Class, Config, INDEX_FILE, Index, Unchecked, changes, scan};
use leadforge_scorecard::{At, Exhibit, Finding, Level};
use serde_json::Value;

use super::listed;

/// An index larger than this is not read here: a run is not to be held up by it.
const MOST: u64 = 1 << 30;

/// What is said of vulnerabilities: facts for the head of the section, findings, and lists.
#[derive(Default)]
pub(super) struct Known {
    pub(super) summary: BTreeMap<String, Value>,
    pub(super) findings: Vec<Finding>,
    pub(super) exhibits: Vec<Exhibit>,
}

/// What the index knows of both ends; or that nobody looked, and why.
pub(super) fn look(state: Option<&PathBuf>, old: &Inventory, new: &Inventory) -> Known {
    asked(state, old, new).unwrap_or_else(|why| {
        let mut known = Known::default();
        known.summary.insert("vulnerabilities".to_owned(), format!("not checked: {why}").into());
        known
    })
}

fn asked(state: Option<&PathBuf>, old: &Inventory, new: &Inventory) -> Result<Known, String> {
    let path = state.ok_or("there is no folder for the state of this user")?.join(INDEX_FILE);
    let bytes = match read(&RealDisk, &path, MOST) {
        Err(error) if error.is_not_found() => {
            return Err("there is no index of advisories; lead-sbom db fetch makes one".to_owned());
        }
        bytes => bytes.map_err(|error| error.to_string())?,
    };
    let index = Index::open(&bytes).map_err(|error| format!("the index {error}"))?;
    let ask = |inventory| {
        let report = scan(inventory, &index, &Config::default());
        report.map_err(|error| format!("the index {error}"))
    };
    Ok(told(&ask(old)?, &ask(new)?))
}

fn told(old: &vulns::Report, new: &vulns::Report) -> Known {
    let (introduced, resolved) = changes(old, new);
    let attacks = |list: &[vulns::Finding]| list.iter().filter(|one| attack(one)).count();
    let mut known = Known::default();
    let (came, went, all) = (attacks(&introduced), attacks(&resolved), attacks(&new.findings));
    let text = if new.checked == 0 {
        "not checked: the index holds nothing of these ecosystems".to_owned()
    } else {
        let checked = new.checked;
        format!("{came} introduced, {went} resolved, {all} in all of {checked} components checked")
    };
    known.summary.insert("vulnerabilities".to_owned(), text.into());
    known.summary.insert("advisories of".to_owned(), new.database.as_str().into());
    // Of its own parts no database can know.
    let missed = |one: &&Unchecked| one.reason != "part of the project";
    let missed: Vec<String> = new
        .unchecked
        .iter()
        .filter(missed)
        .map(|one| format!("{}: {}", one.count, one.reason))
        .collect();
    if !missed.is_empty() {
        known.summary.insert("not checked".to_owned(), missed.join("; ").into());
    }
    known.findings = introduced.iter().map(finding).collect();
    for (title, list) in [("introduced", &introduced), ("resolved", &resolved)] {
        if !list.is_empty() {
            let names: Vec<String> = list.iter().map(words).collect();
            known.exhibits.push(Exhibit {
                title: format!("advisories {title}: {}", list.len()),
                text: listed(&names),
                paths: files(list),
                ..Exhibit::default()
            });
        }
    }
    known
}

fn attack(finding: &vulns::Finding) -> bool {
    !finding.class.informational()
}

/// The files that name the components, each once.
fn files(list: &[vulns::Finding]) -> Vec<String> {
    let files = list.iter().map(|one| one.file.clone()).filter(|file| !file.is_empty());
    files.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

fn words(one: &vulns::Finding) -> String {
    format!("{} in {} {}", one.id, one.name, one.version)
}

/// What the change brought with it, for whoever reviews it.
fn finding(one: &vulns::Finding) -> Finding {
    let how = one.severity.as_ref().map_or_else(|| one.class.word(), |how| how.level.word());
    let mend = match one.fixed.first() {
        Some(version) => format!("fixed in {version}"),
        None => "no fixed version is known".to_owned(),
    };
    let by =
        if one.path.len() > 2 { format!("; by {}", one.path.join(" > ")) } else { String::new() };
    let about = if one.summary.is_empty() { String::new() } else { format!(": {}", one.summary) };
    let rule = if attack(one) { "inventory.vulnerability" } else { "inventory.advisory" };
    Finding {
        rule: rule.to_owned(),
        // A package that was made to do harm is no matter of taste.
        level: if one.class == Class::Malicious { Level::Error } else { Level::Warning },
        message: format!("{}, {how}{about}; {mend}{by}", words(one)),
        at: (!one.file.is_empty())
            .then(|| At { path: one.file.clone(), line: Some(u64::from(one.line)) }),
        ..Finding::default()
    }
}
