//! SPDX documents: ours are valid, the same each time, and come back as the inventory that they are of.

use leadforge_sbom::cyclonedx::Meta;
use leadforge_sbom::spdx::{Version, read, write};
use leadforge_sbom::{Config, Inventory, inventory};

use crate::of;
use crate::real::{FOLDERS, corpora, tree};

fn meta() -> Meta {
    Meta { tool: "test".to_owned(), tool_version: "1".to_owned(), timestamp: None }
}

fn written(found: &Inventory, version: Version) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(found, version, &meta(), &mut bytes).expect("memory");
    bytes
}

/// What a document in SPDX tells of an inventory.
fn told(inventory: &Inventory) -> Vec<(String, String, Option<String>, usize)> {
    let degree = |index: usize| {
        let pairs = inventory.pairs();
        pairs.iter().filter(|(from, _)| *from == index).count()
    };
    let one = |(index, component): (usize, &leadforge_sbom::Component)| {
        (component.name.clone(), component.purl.clone(), component.version.clone(), degree(index))
    };
    let mut found: Vec<_> = inventory.components.iter().enumerate().map(one).collect();
    found.sort();
    found
}

#[test]
fn what_we_write_is_read_again_and_the_same_each_time() {
    let lock = r#"{"name": "app", "version": "1.0.0", "lockfileVersion": 3, "packages": {
      "": {"name": "app", "version": "1.0.0", "dependencies": {"@s/a": "1"}, "devDependencies": {"b": "1"}, "optionalDependencies": {"c": "1"}},
      "node_modules/@s/a": {"version": "1.0.0", "license": "MIT/Apache-2.0", "resolved": "https://registry.npmjs.org/@s/a/-/a-1.0.0.tgz",
        "integrity": "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA="},
      "node_modules/b": {"version": "1.0.0", "license": "SEE LICENSE IN x"},
      "node_modules/c": {"version": "1.0.0", "license": ["MIT", "X"]}}}"#;
    let found = of(&[("package-lock.json", lock)]).expect("it is read");
    for version in [Version::V2_3, Version::V3_0_1] {
        let bytes = written(&found, version);
        assert_eq!(bytes, written(&found, version));
        let again = read(&bytes).expect("we read what we write");
        assert_eq!(told(&again), told(&found), "{version:?}");
        assert_eq!(again.root, found.root, "{version:?}");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.contains("MIT OR Apache-2.0") && text.contains("LicenseRef-SEE-LICENSE-IN-x"));
    }
    assert!(read(b"{}").is_err() && read(b"x").is_err());
}

#[test]
#[ignore = "reads schemas and lock files of others: run by cargo xtask conform sbom"]
fn what_we_write_of_real_lock_files_is_valid() {
    let versions = [(Version::V2_3, "spdx-2.3"), (Version::V3_0_1, "spdx-3.0.1")];
    for (version, schema) in versions {
        let path = corpora().join("sbom/spdx").join(format!("{schema}.schema.json"));
        let schema = serde_json::from_slice(&std::fs::read(path).expect("read")).expect("JSON");
        let validator = jsonschema::validator_for(&schema).expect("it is a schema");
        let mut seen = 0;
        for folder in FOLDERS {
            let tree = tree(folder);
            let found = inventory(&tree, &Config::default()).expect("it is read");
            let bytes = written(&found, version);
            let document: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
            let faults: Vec<String> = validator
                .iter_errors(&document)
                .take(3)
                .map(|error| error.to_string().chars().take(400).collect())
                .collect();
            assert!(faults.is_empty(), "{folder} {version:?}: {faults:?}");
            assert_eq!(read(&bytes).expect("read").components.len(), found.components.len());
            seen += found.components.len();
        }
        assert!(seen > 5000, "{seen} components");
        let mut broken: serde_json::Value =
            serde_json::from_slice(&written(&Inventory::default(), version)).expect("JSON");
        assert!(validator.is_valid(&broken), "nothing at all is {version:?}");
        broken["@graph"] = serde_json::json!([{ "type": "software_Package" }]);
        broken["packages"] = serde_json::json!([{ "name": 1 }]);
        assert!(!validator.is_valid(&broken), "the schema of {version:?} sees nothing");
    }
}
