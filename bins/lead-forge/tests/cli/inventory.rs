//! A run whose tasks change what is inside: the dossier says what came, went and went down.

use super::Repo;
use super::pictures::{committed, dossier};

/// A lock of uv with these packages beside the project.
pub(super) fn lock(packages: &[(&str, &str)]) -> String {
    let mut text = "version = 1\n\n[[package]]\nname = \"app\"\nversion = \"1.0\"\nsource = { editable = \".\" }\ndependencies = [\n".to_owned();
    for (name, _) in packages {
        text.push_str(&format!("    {{ name = \"{name}\" }},\n"));
    }
    text.push_str("]\n");
    for (name, version) in packages {
        text.push_str(&format!(
            "\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = {{ registry = \"https://pypi.org/simple\" }}\n"
        ));
    }
    text
}

pub(super) const BEFORE: &[(&str, &str)] =
    &[("anyio", "4.12.0"), ("httpx", "0.28.1"), ("sniffio", "1.3.1")];

#[test]
fn a_task_that_changes_a_lock_is_told_by_component() {
    let repo = Repo::new();
    repo.write("uv.lock", &lock(BEFORE));
    let after = [("anyio", "4.9.0"), ("httpx", "0.28.2"), ("<b>left-pad", "1.0")];
    repo.write("stock/lock", &lock(&after));
    let run = "run = \"cp stock/lock uv.lock\"\nverify = [\"true\"]";
    committed(&repo, &[("lf-lock", run)]);
    let (html, json, markdown) = dossier(&repo);
    let section = &json["sections"][0];
    assert_eq!(section["kind"], "inventory");
    let envelope = &section["envelope"];
    assert_eq!(envelope["outcome"], "findings", "{envelope:#}");
    let told: Vec<_> = envelope["exhibits"]
        .as_array()
        .expect("exhibits")
        .iter()
        .map(|one| format!("{}: {}", one["title"], one["text"]))
        .collect();
    assert_eq!(
        told,
        [
            "\"added: 1\": \"<b>left-pad 1.0\"",
            "\"removed: 1\": \"sniffio 1.3.1\"",
            "\"upgraded: 1\": \"httpx 0.28.1 → 0.28.2\"",
            "\"downgraded: 1\": \"anyio 4.12.0 → 4.9.0\"",
        ]
    );
    assert_eq!(envelope["findings"][0]["message"], "anyio went down from 4.12.0 to 4.9.0");
    assert!(html.contains("&lt;b&gt;left-pad 1.0") && !html.contains("<b>left-pad"), "escaped");
    assert!(markdown.contains("httpx 0.28.1 → 0.28.2"), "{markdown}");
}

#[test]
fn a_lock_that_cannot_be_read_is_an_incomplete_section() {
    let repo = Repo::new();
    repo.write("uv.lock", &lock(BEFORE));
    repo.write("stock/lock", "version = [\n");
    let run = "run = \"cp stock/lock uv.lock\"\nverify = [\"true\"]";
    committed(&repo, &[("lf-lock", run)]);
    let (_, json, _) = dossier(&repo);
    let envelope = &json["sections"][0]["envelope"];
    assert_eq!(envelope["outcome"], "incomplete", "{envelope:#}");
    let why = envelope["findings"][0]["message"].as_str().expect("a message");
    assert!(why.starts_with("uv.lock:"), "{why}");
}

#[test]
fn what_leaves_every_lock_alone_has_no_such_section() {
    let repo = Repo::new();
    repo.write("uv.lock", &lock(BEFORE));
    let run = "run = \"echo two > a.txt\"\nverify = [\"true\"]";
    committed(&repo, &[("lf-text", run)]);
    let (_, json, _) = dossier(&repo);
    let sections = json["sections"].as_array().map(Vec::as_slice).unwrap_or_default();
    assert!(sections.iter().all(|section| section["kind"] != "inventory"), "{json:#}");
}

/// An index of advisories in the user's state folder: one that is mended by an upgrade, one that comes, one of a
/// package that was made to do harm, and one that was there before.
pub(super) fn index(repo: &Repo, ecosystem: &str) {
    let record = |id: &str, name: &str, more: &str, events: &str| {
        format!(
            r#"{{"id": "{id}", "modified": "2026-02-01T00:00:00Z", "summary": "<i>it falls over", {more}
            "affected": [{{"package": {{"ecosystem": "{ecosystem}", "name": "{name}"}}, "ranges": [{{"type": "ECOSYSTEM", "events": [{{"introduced": "0"}}{events}]}}]}}]}}"#
        )
    };
    let high = r#""severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}],"#;
    let records = [
        record("PYSEC-2026-1", "httpx", high, r#", {"fixed": "0.28.2"}"#),
        record("PYSEC-2026-2", "anyio", high, r#", {"fixed": "4.10.0"}"#),
        record("MAL-2026-3", "<b>left-pad", "", ""),
        record("PYSEC-2026-4", "old", "", ""),
    ];
    let mut builder = leadforge_sbom::vulns::Builder::default();
    for record in &records {
        builder.add("a.json", record.as_bytes()).expect("a record");
    }
    let folder = repo.dir.path().join("state/leadforge");
    std::fs::create_dir_all(&folder).expect("created");
    let mut file = std::fs::File::create(folder.join("advisories.lfdb")).expect("created");
    builder.finish(&mut file).expect("written");
}

fn changed() -> Repo {
    let repo = Repo::new();
    let before = [&[("old", "1.0")], BEFORE].concat();
    repo.write("uv.lock", &lock(&before));
    let after = [("anyio", "4.9.0"), ("httpx", "0.28.2"), ("<b>left-pad", "1.0"), ("old", "1.0")];
    repo.write("stock/lock", &lock(&after));
    committed(&repo, &[("lf-lock", "run = \"cp stock/lock uv.lock\"\nverify = [\"true\"]")]);
    repo
}

#[test]
fn what_a_change_brings_is_told_with_what_is_known_of_it() {
    let repo = changed();
    index(&repo, "PyPI");
    let (html, json, markdown) = dossier(&repo);
    let envelope = &json["sections"][0]["envelope"];
    let summary = &envelope["summary"];
    assert_eq!(
        summary["vulnerabilities"],
        "2 introduced, 1 resolved, 3 in all of 4 components checked"
    );
    assert_eq!(summary["advisories of"], "2026-02-01");
    let told: Vec<String> = envelope["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|one| one["rule"] == "inventory.vulnerability")
        .map(|one| format!("{} {}", one["level"], one["message"]))
        .collect();
    assert_eq!(
        told,
        [
            "\"error\" \"MAL-2026-3 in <b>left-pad 1.0, malicious: <i>it falls over; no fixed version is known\"",
            "\"warning\" \"PYSEC-2026-2 in anyio 4.9.0, high: <i>it falls over; fixed in 4.10.0\"",
        ]
    );
    let titles: Vec<_> = envelope["exhibits"]
        .as_array()
        .expect("exhibits")
        .iter()
        .map(|one| &one["title"])
        .collect();
    assert_eq!(titles[..2], ["advisories introduced: 2", "advisories resolved: 1"]);
    assert_eq!(envelope["exhibits"][1]["text"], "PYSEC-2026-1 in httpx 0.28.1");
    assert!(html.contains("PYSEC-2026-2 in anyio 4.9.0") && !html.contains("<i>it"), "escaped");
    assert!(markdown.contains("PYSEC-2026-2"), "{markdown}");
}

#[test]
fn what_was_not_checked_says_why() {
    let repo = changed();
    let (_, json, _) = dossier(&repo);
    let says = |json: &serde_json::Value| {
        json["sections"][0]["envelope"]["summary"]["vulnerabilities"].as_str().map(str::to_owned)
    };
    let none = "not checked: there is no index of advisories; lead-sbom db fetch makes one";
    assert_eq!(says(&json).as_deref(), Some(none));
    let repo = changed();
    index(&repo, "npm");
    let (_, json, _) = dossier(&repo);
    let away = "not checked: the index holds nothing of these ecosystems";
    assert_eq!(says(&json).as_deref(), Some(away));
    let missed = &json["sections"][0]["envelope"]["summary"]["not checked"];
    assert_eq!(missed, "4: the database has nothing of PyPI");
    let repo = changed();
    index(&repo, "PyPI");
    std::fs::write(repo.dir.path().join("state/leadforge/advisories.lfdb"), "x").expect("written");
    let (_, json, _) = dossier(&repo);
    let why = says(&json).expect("a text");
    assert!(why.starts_with("not checked: the index is no index of advisories"), "{why}");
}
