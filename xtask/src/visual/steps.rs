//! `conform steps`: the visual history of a repository, against labels that were given by eye.

use super::ours::Said;
use super::{Data, table};
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The labels, and the screens with their stub answers.
const LABELS: &str = "tests/corpora/timeline.toml";
const SCREENS: &str = "tests/corpora/job-lead-finder.toml";
/// Distinct versions of both screens' sources over all refs.
const VERSIONS: usize = 61;
/// Of the steps that are labelled so, how many must align; of those named a recolour, and of those that are one.
const ALIGNED: usize = 26;
const PRECISION: f64 = 1.0;
const RECALL: f64 = 1.0;

/// Pictures of one pull request in which other colours are all that changed: everywhere, or of the cards.
const RECOLOURED: &[(&str, &str)] = &[
    ("job-search-before", "job-search"),
    ("dashboard-before", "dashboard"),
    ("ai-monitor", "ai-monitor-fixed"),
    ("ai-monitor-before", "ai-monitor"),
];

/// A step of the history: screen, commit before, commit after.
type Step = (String, String, String);

pub(super) fn check(data: &Data) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    let labels = labels(&std::fs::read_to_string(sh::root().join(LABELS))?);
    let steps = history(data.repo()?, &mut faults)?;
    for step in labels.keys().filter(|step| !steps.contains_key(*step)) {
        faults.push(format!("{} {:.9}..{:.9} did not change", step.0, step.1, step.2));
    }
    let mut rows = Vec::new();
    let [mut named, mut right, mut labelled, mut aligned, mut mistaken] = [0_usize; 5];
    for (step, [before, after]) in &steps {
        let Some(label) = labels.get(step) else {
            faults.push(format!("{} {:.9}..{:.9} has no label", step.0, step.1, step.2));
            continue;
        };
        let said = Said::of(before, after)?;
        let recolours = said.regions("recoloured");
        let (is, says) = (label["recolour"] != "none", recolours > 0);
        labelled += usize::from(is);
        named += usize::from(says);
        right += usize::from(is && says);
        let aligns = label["aligns"] == "true";
        aligned += usize::from(aligns && said.aligned());
        mistaken += usize::from(!aligns && said.aligned());
        rows.push([
            format!("{} {:.9}..{:.9}", step.0, step.1, step.2),
            label["what"].clone(),
            format!("{} / {recolours}{}", label["recolour"], if is == says { "" } else { " ✗" }),
            format!(
                "{aligns} / {}{}",
                said.aligned(),
                if aligns == said.aligned() { "" } else { " ✗" }
            ),
            said.summary().to_owned(),
        ]);
    }
    let pull = "job-lead-finder/docs/images/pr71";
    for (before, after) in RECOLOURED {
        let file = |name: &str| data.corpora.join(pull).join(format!("{name}.png"));
        let said = Said::of(&file(before), &file(after))?;
        let recolours = said.regions("recoloured");
        if recolours == 0 {
            faults.push(format!("{before} → {after}: no recolour named"));
        }
        rows.push([
            format!("{before} → {after}"),
            "other colours".to_owned(),
            format!("yes / {recolours}{}", if recolours > 0 { "" } else { " ✗" }),
            String::new(),
            said.summary().to_owned(),
        ]);
    }
    table(["step", "label", "recolour: label / regions", "aligns: label / said", "summary"], &rows);
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    let (precision, recall) = (share(right, named), share(right, labelled));
    let able = labels.values().filter(|label| label["aligns"] == "true").count();
    println!(
        "{} steps; recolour: precision {precision:.2} ({right} of {named}), recall {recall:.2} ({right} of \
         {labelled}); {aligned} of {able} align that are labelled so, {mistaken} of {} that are not",
        steps.len(),
        labels.len() - able,
    );
    if precision < PRECISION || recall < RECALL {
        faults.push(format!("recolour: precision {precision:.2}, recall {recall:.2}"));
    }
    if aligned < ALIGNED {
        faults.push(format!("{aligned} steps align, not {ALIGNED}"));
    }
    Ok(faults)
}

/// The steps whose pictures differ, with the pictures.
fn history(repo: &Path, faults: &mut Vec<String>) -> Result<BTreeMap<Step, [PathBuf; 2]>> {
    sh::run(sh::cargo().args(["build", "--release", "--locked", "-p", "lead-shot"]))?;
    let clone = sh::scratch("conform/job-lead-finder.git");
    if !clone.is_dir() {
        std::fs::create_dir_all(sh::scratch("conform"))?;
        sh::run(sh::program("git").args(["clone", "-q", "--mirror"]).arg(repo).arg(&clone))?;
    }
    let mut timeline = sh::program(sh::target().join("release/lead-shot"));
    timeline.args(["timeline", "--all", "--format", "json", "--config"]);
    let said = sh::capture(timeline.arg(sh::root().join(SCREENS)).current_dir(&clone))?;
    let wrong = |what: &str| Fail::gate(format!("lead-shot timeline: {what}"));
    let said: Value = serde_json::from_str(&said).map_err(|_| wrong("its answer is no JSON"))?;
    let versions = said["data"]["versions"].as_array().ok_or_else(|| wrong("no versions"))?;
    if versions.len() != VERSIONS {
        faults.push(format!("{} versions, not {VERSIONS}", versions.len()));
    }
    let text = |version: &Value, key: &str| version[key].as_str().unwrap_or_default().to_owned();
    let mut steps = BTreeMap::new();
    for pair in versions.windows(2) {
        let [before, after] = pair else { continue };
        if before["screen"] == after["screen"] && after["same"] == false {
            let step = (text(after, "screen"), text(before, "commit"), text(after, "commit"));
            steps.insert(step, [before, after].map(|one| PathBuf::from(text(one, "file"))));
        }
    }
    Ok(steps)
}

/// The labels by step; the file is a list of tables with plain values.
fn labels(text: &str) -> BTreeMap<Step, BTreeMap<String, String>> {
    let table = |part: &str| -> BTreeMap<String, String> {
        let pairs = part.lines().filter_map(|line| line.split_once(" = "));
        pairs.map(|(key, value)| (key.to_owned(), value.trim_matches('"').to_owned())).collect()
    };
    let step = |part: &str| {
        let one = table(part);
        Some((
            (one.get("screen")?.clone(), one.get("before")?.clone(), one.get("after")?.clone()),
            one,
        ))
    };
    text.split("[[step]]").filter_map(step).collect()
}
