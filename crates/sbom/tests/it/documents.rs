//! Documents: ours are valid, the official ones keep everything, and the invalid ones are refused.

use std::path::{Path, PathBuf};

use leadforge_sbom::cyclonedx::{Document, Meta, Spec, write, write_xml};
use leadforge_sbom::{Component, Inventory, Kind, Origin, Packaging};

use crate::of;
use crate::real::{FOLDERS, corpora, tree};

fn written(document: &Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.write(&mut bytes).expect("memory");
    bytes
}

/// The components as a document of that version can tell them.
fn told(inventory: &Inventory, spec: Spec) -> Vec<Component> {
    let mut components = inventory.components.clone();
    for component in &mut components {
        // Nobody needs a project, and the documents do not say that it is needed.
        if let Origin::Git { url, .. } = &mut component.origin {
            *url = url.strip_prefix("git+").unwrap_or(url).to_owned();
        }
        component.need = component.need.filter(|_| component.kind == Kind::Library);
        for artifact in &mut component.artifacts {
            // Version 1.5 does not tell sources from what is built; none does of a file without an address.
            if spec == Spec::V1_5 || artifact.url.is_none() {
                artifact.packaging = Packaging::Built;
            }
        }
        component
            .artifacts
            .retain(|artifact| artifact.url.is_some() || !artifact.hashes.is_empty());
        component.artifacts.sort_unstable();
    }
    components
}

#[test]
fn what_we_write_is_valid_in_every_version() {
    let lock = r#"{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "packages": {
      "": {"name": "app", "version": "1.0.0", "dependencies": {"@s/a": "1"}, "devDependencies": {"b": "1"}, "optionalDependencies": {"c": "1"}},
      "node_modules/@s/a": {"version": "1.0.0", "license": "MIT OR Apache-2.0", "resolved": "https://registry.npmjs.org/@s/a/-/a-1.0.0.tgz",
        "integrity": "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA="},
      "node_modules/b": {"version": "1.0.0", "license": "SEE LICENSE IN x", "resolved": "git+ssh://git@github.com/b/b.git#0123"},
      "node_modules/c": {"version": "1.0.0", "license": ["MIT", "X"], "peerDependencies": {"none": "1"}}}}"#;
    let mut found = of(&[("package-lock.json", lock), ("pom.xml", "")]).expect("it is read");
    // As of an image.
    found.components[0].occurrences[0].layer = Some(3);
    let meta = Meta {
        tool: "test".to_owned(),
        tool_version: "1".to_owned(),
        timestamp: Some("2026-01-31T12:00:00Z".to_owned()),
    };
    for spec in Spec::ALL {
        let mut bytes = Vec::new();
        write(&found, spec, &meta, &mut bytes).expect("memory");
        let document = Document::read(&bytes).expect("we read what we write");
        assert_eq!(document.check(), [], "{spec}");
        assert_eq!(written(&document), bytes, "{spec}");
        let again = document.inventory();
        assert_eq!(told(&again, spec), told(&found, spec), "{spec}");
        assert_eq!(again.edges, found.edges, "{spec}");
        assert_eq!(again.root, found.root, "{spec}");
        let mut bytes = Vec::new();
        write_xml(&found, spec, &meta, &mut bytes).expect("memory");
        let xml = Document::read(&bytes).expect("we read what we write");
        assert_eq!(xml.check(), [], "{spec}");
        assert_eq!(xml.inventory(), again, "{spec}");
    }
}

#[test]
fn faults_have_their_lines() {
    let text = "{\n \"bomFormat\": \"CycloneDX\",\n \"specVersion\": \"1.7\",\n \"version\": 0,\n \"components\": [\n  \
        {\"type\": \"library\", \"name\": \"a\", \"bom-ref\": \"a\"},\n  {\"type\": \"none\", \"name\": \"b\", \"bom-ref\": \"a\"}\n ],\n \
        \"dependencies\": [{\"ref\": \"a\", \"dependsOn\": [\n  \"gone\"]}]\n}";
    let document = Document::read(text.as_bytes()).expect("it is JSON");
    let said: Vec<String> = document
        .check()
        .iter()
        .map(|fault| format!("{} {}: {}", fault.line, fault.rule, fault.message))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    4 cyclonedx.schema: /version: 0 is less than the minimum of 1
    7 cyclonedx.schema: /components/1/type: "none" is not one of "application", "framework" or 11 other candidates
    7 cyclonedx.twice: the bom-ref "a" is that of line 6 too
    10 cyclonedx.dangling: "gone" is no bom-ref of the document
    "#);
}

#[test]
fn a_long_document_is_looked_at_to_its_end_and_told_of_up_to_a_thousand_faults() {
    let document = |component: &dyn Fn(usize) -> String| {
        let components: Vec<String> = (0..3000).map(component).collect();
        let text = format!(
            "{{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"version\": 1, \"components\": [\n{}\n]}}",
            components.join(",\n")
        );
        Document::read(text.as_bytes()).expect("it is JSON").check()
    };
    let good = |at: usize| format!("{{\"type\": \"library\", \"name\": \"c{at}\"}}");
    assert_eq!(document(&good), []);
    let late = document(&|at| good(at).replace(if at == 2900 { "library" } else { "-" }, "none"));
    assert_eq!(late.len(), 1);
    assert_eq!(late[0].line, 2902);
    assert!(late[0].message.starts_with("/components/2900/type: "), "{}", late[0].message);
    // The same component far from itself: no two may be equal.
    let twice = document(&|at| match at {
        2500 => "{\"name\": \"c3\", \"type\": \"library\"}".to_owned(),
        _ => good(at),
    });
    assert_eq!(twice.len(), 1);
    assert_eq!(
        (twice[0].line, twice[0].message.as_str()),
        (2502, "/components/2500: is there twice")
    );
    assert_eq!(document(&|at| good(at).replace("library", "none")).len(), 1000);
}

#[test]
fn what_is_no_document_is_refused() {
    let cases = [
        "[]",
        "{}",
        "{\"bomFormat\": \"CycloneDX\"}",
        "{\"bomFormat\": \"CycloneDX\",\n\"specVersion\": \"1.4\"}",
        "{",
    ];
    let said: Vec<String> = cases
        .iter()
        .map(|text| Document::read(text.as_bytes()).expect_err("it is none").to_string())
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    line 1 begins a value without "bomFormat": "CycloneDX"
    line 1 begins a value without "bomFormat": "CycloneDX"
    line 1 begins a document without a specVersion
    line 2 says CycloneDX "1.4" is none of 1.5, 1.6 and 1.7
    line 1 has no name where one has to be
    "#);
}

/// The official documents of a version that begin with a word.
fn fixtures(spec: Spec, word: &str) -> Vec<PathBuf> {
    let folder = corpora().join("sbom/cyclonedx").join(spec.as_str());
    let entries = std::fs::read_dir(&folder).expect("the corpus is there");
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            name.starts_with(word) && name.ends_with(".json")
        })
        .collect();
    found.sort();
    found
}

fn read(path: &Path) -> Result<Document, String> {
    let bytes = std::fs::read(path).expect("it is read");
    Document::read(&bytes).map_err(|error| error.to_string())
}

#[test]
#[ignore = "reads official documents: run by cargo xtask conform sbom"]
fn official_documents_lose_nothing_and_invalid_ones_are_refused() {
    let mut faults = Vec::new();
    let mut counts = Vec::new();
    for spec in Spec::ALL {
        let (valid, invalid) = (fixtures(spec, "valid-"), fixtures(spec, "invalid-"));
        counts.push((valid.len(), invalid.len()));
        for path in valid {
            let document = match read(&path) {
                Ok(document) => document,
                Err(error) => {
                    faults.push(format!("{}: {error}", path.display()));
                    continue;
                }
            };
            let wrong: Vec<_> =
                document.check().into_iter().filter(|f| f.rule == "cyclonedx.schema").collect();
            if !wrong.is_empty() {
                faults.push(format!("{}: {wrong:?}", path.display()));
            }
            let out = written(&document);
            let json = |bytes: &[u8]| -> serde_json::Value {
                serde_json::from_slice(bytes).expect("it is JSON")
            };
            if json(&out) != json(&std::fs::read(&path).expect("it is read")) {
                faults.push(format!("{}: something is lost", path.display()));
            }
            if read(&path).ok().map(|again| written(&again)) != Some(out) {
                faults.push(format!("{}: other bytes the second time", path.display()));
            }
        }
        for path in invalid {
            if read(&path).is_ok_and(|document| document.check().is_empty()) {
                faults.push(format!("{}: is not refused", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(counts, [(36, 22), (45, 25), (61, 29)]);
}

#[test]
#[ignore = "reads official documents: run by cargo xtask conform sbom"]
fn official_documents_in_json_become_valid_ones_in_xml() {
    let mut refused = Vec::new();
    let mut faults = Vec::new();
    let mut good = 0;
    for spec in Spec::ALL {
        for path in fixtures(spec, "valid-") {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let document = read(&path).expect("it is read");
            match document.to_xml() {
                Err(error) => refused.push(format!("{name}: {error}")),
                Ok(xml) => {
                    let found = xml.check();
                    let found = found.iter().filter(|f| f.rule == "cyclonedx.schema");
                    let found: Vec<_> = found.collect();
                    if found.is_empty() {
                        good += 1;
                    } else {
                        faults.push(format!("{name}: {found:?}"));
                    }
                    if xml.inventory() != document.inventory() {
                        faults.push(format!("{name}: another inventory"));
                    }
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{good} good, {}\n{}\n{}",
        faults.len(),
        faults.join("\n"),
        refused.join("\n")
    );
    // What is refused is named, and nothing is lost in silence.
    assert!(good >= 90, "{good} good\n{}", refused.join("\n"));
}

#[test]
#[ignore = "reads lock files of others: run by cargo xtask conform sbom"]
fn what_we_write_of_real_lock_files_is_valid_in_every_version() {
    for folder in FOLDERS {
        let tree = tree(folder);
        let found = leadforge_sbom::inventory(&tree, &leadforge_sbom::Config::default());
        let found = found.expect("it is read");
        for spec in Spec::ALL {
            let mut bytes = Vec::new();
            write(&found, spec, &Meta::default(), &mut bytes).expect("memory");
            let document = Document::read(&bytes).expect("we read what we write");
            assert_eq!(document.check(), [], "{folder} {spec}");
            let again = document.inventory();
            assert_eq!(told(&again, spec), told(&found, spec), "{folder} {spec}");
            assert_eq!(again.edges, found.edges, "{folder} {spec}");
            let mut bytes = Vec::new();
            write_xml(&found, spec, &Meta::default(), &mut bytes).expect("memory");
            let xml = Document::read(&bytes).expect("we read what we write");
            assert_eq!(xml.check(), [], "{folder} {spec}");
            assert_eq!(xml.inventory(), again, "{folder} {spec}");
        }
    }
}
