//! A run whose tasks change what is inside: the dossier says what came, went and went down.

use super::Repo;
use super::pictures::{committed, dossier};

/// A lock of uv with these packages beside the project.
fn lock(packages: &[(&str, &str)]) -> String {
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

const BEFORE: &[(&str, &str)] = &[("anyio", "4.12.0"), ("httpx", "0.28.1"), ("sniffio", "1.3.1")];

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
    assert_eq!(json["sections"].as_array().map(Vec::len).unwrap_or_default(), 0, "{json:#}");
}
