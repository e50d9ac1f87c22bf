//! `conform image`: what we say of images beside what Python's tarfile finds in them, and what that costs.

pub(crate) mod made;
pub(crate) mod own;
pub(crate) mod packed;

use crate::cost::cost;
use crate::setup;
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// One call: what it is about, its image, and the most CPU seconds and MB that it may take.
struct Call<'a> {
    what: &'a str,
    image: &'a Path,
    cpu: Option<f64>,
    memory: f64,
    truth: &'a Value,
}

/// Builds the images, looks at them with both, and compares.
pub(crate) fn conform(corpora: &Path) -> Result {
    setup::ensure("image")?;
    let mut dive = sh::cargo();
    dive.args(["test", "--locked", "-p", "leadforge-container-audit", "--test", "it"]);
    sh::run(dive.args(["dive", "--", "--ignored"]).env("LEADFORGE_CORPORA", corpora))?;
    sh::run(sh::cargo().args(["build", "--release", "--locked", "-p", "lead-sbom"]))?;
    let test = made::test_image(corpora)?;
    let truth = made::truth(&test.join("image.tar"))?;
    let (large, large_truth) = made::synthetic()?;
    let (archive, layout) = (test.join("image.tar"), test.join("oci"));
    let calls = [
        Call {
            what: "docker archive",
            image: &archive,
            cpu: Some(0.6),
            memory: 48.0,
            truth: &truth,
        },
        Call {
            what: "OCI layout, gzip",
            image: &layout,
            cpu: Some(1.5),
            memory: 48.0,
            truth: &truth,
        },
        Call {
            what: "5 GB, 1,000,000 files",
            image: &large,
            cpu: None,
            memory: 96.0,
            truth: &large_truth,
        },
    ];
    let mut faults = Vec::new();
    println!(
        "| image | entries | files, bytes | hidden | wasted | packages, squashed/all layers | CPU, s | MB |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for call in &calls {
        faults.extend(look(call)?);
    }
    if faults.is_empty() { Ok(()) } else { Err(Fail::gate(faults.join("\n       "))) }
}

fn look(call: &Call<'_>) -> Result<Vec<String>> {
    let sbom = |name: &str| sh::scratch("image").join(format!("{name}.cdx.json"));
    let image = call.image.display().to_string();
    let base =
        [sh::target().join("release/lead-sbom").display().to_string(), "image".to_owned(), image];
    let with = |more: &[&str], file: &Path| {
        let words = more.iter().map(|word| (*word).to_owned());
        let file = ["--sbom".to_owned(), file.display().to_string()];
        base.iter().cloned().chain(words).chain(file).collect::<Vec<_>>()
    };
    let commands = [
        with(&["--format", "json"], &sbom("squashed")),
        with(&["--format", "json", "--all-layers"], &sbom("all")),
    ];
    let runs = if call.cpu.is_some() { 5 } else { 1 };
    let costs = cost(&commands, runs)?;
    let said: Value = serde_json::from_str(&costs[0].said)
        .map_err(|error| Fail::gate(format!("{}: lead-sbom said no JSON: {error}", call.what)))?;
    let report = &said["data"]["image"];
    let layers = report["layers"].as_array().into_iter().flatten();
    let entries: u64 = layers.filter_map(|layer| layer["entries"].as_u64()).sum();
    let mut faults = Vec::new();
    for (name, ours) in [
        ("files", &report["size"]["files"]),
        ("visible", &report["size"]["visible"]),
        ("hidden", &report["size"]["hidden"]),
        ("user", &report["wasted"]["user_bytes"]),
        ("wasted", &report["wasted"]["bytes"]),
        ("efficiency", &report["wasted"]["efficiency"]),
    ] {
        let truth = &call.truth[name];
        if !truth.is_null() && ours != truth {
            faults.push(format!("{}: {name} is {ours}, and {truth} in truth", call.what));
        }
    }
    let mut counts = Vec::new();
    for (name, file) in [("squashed", sbom("squashed")), ("all_layers", sbom("all"))] {
        let ours = packages(&file)?;
        counts.push(ours.len().to_string());
        let truth: BTreeSet<String> = call.truth[name]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect();
        let (more, less): (Vec<_>, Vec<_>) =
            (ours.difference(&truth).collect(), truth.difference(&ours).collect());
        if ours != truth {
            faults.push(format!(
                "{}: packages, {name}: too many {more:?}, missing {less:?}",
                call.what
            ));
        }
    }
    let (cpu, memory) = (costs[0].cpu / 1000.0, costs[0].mb());
    println!(
        "| {} | {entries} | {} | {} | {} | {} | {cpu:.2} | {memory:.1} |",
        call.what,
        report["size"]["files"],
        report["size"]["hidden"],
        report["wasted"]["bytes"],
        counts.join("/")
    );
    if call.cpu.is_some_and(|most| cpu > most) {
        faults.push(format!("{}: {cpu:.2} s of CPU", call.what));
    }
    if memory > call.memory {
        faults.push(format!("{}: {memory:.1} MB of memory", call.what));
    }
    Ok(faults)
}

/// The packages of an inventory, as `deb name version`.
fn packages(file: &Path) -> Result<BTreeSet<String>> {
    let wrong = |error: &dyn std::fmt::Display| Fail::gate(format!("{}: {error}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| wrong(&error))?;
    let document: Value = serde_json::from_str(&text).map_err(|error| wrong(&error))?;
    let mut found = BTreeSet::new();
    for component in document["components"].as_array().into_iter().flatten() {
        let text = |key: &str| component[key].as_str().unwrap_or_default();
        let kind = text("purl").trim_start_matches("pkg:").split('/').next().unwrap_or_default();
        found.insert(format!("{kind} {} {}", text("name"), text("version")));
    }
    Ok(found)
}
