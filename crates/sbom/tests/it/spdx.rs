//! SPDX documents: ours are valid, the same each time, and come back as the inventory that they are of.

use leadforge_sbom::cyclonedx::Meta;
use leadforge_sbom::spdx::{Version, check, read, write};
use leadforge_sbom::{Config, Inventory, inventory};

use crate::of;
use crate::real::{FOLDERS, tree};

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

/// What is wrong with a document, by the schema of its version.
fn faults(bytes: &[u8], version: Version) -> Vec<String> {
    let (found, faults) = check(bytes).expect("it is a document");
    assert_eq!(found, version);
    faults.into_iter().map(|fault| format!("{}: {}", fault.line, fault.message)).collect()
}

#[test]
fn what_we_write_is_valid_and_the_schemas_see_what_is_not() {
    let lock = "version = 4\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [\"b\"]\n[[package]]\nname = \"b\"\nversion = \"2.0.0+x\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"00000000000000000000000000000000000000000000000000000000000000aa\"\n";
    let found = of(&[("Cargo.lock", lock)]).expect("it is read");
    for (version, member, other) in [
        (Version::V2_3, "\"versionInfo\": ", "\"versionInfos\": "),
        (Version::V3_0_1, "\"spdxId\": ", "\"spdxIdent\": "),
    ] {
        for inventory in [&found, &Inventory::default()] {
            let bytes = written(inventory, version);
            assert_eq!(faults(&bytes, version), [""; 0], "{version:?}");
        }
        let text = String::from_utf8(written(&found, version)).expect("UTF-8");
        assert!(text.contains(member), "{text}");
        let broken = text.replacen(member, other, 1);
        assert_ne!(faults(broken.as_bytes(), version).len(), 0, "{version:?}");
    }
    assert!(check(b"{}").is_err() && check(b"{\"spdxVersion\": \"SPDX-2.2\"}").is_err());
}

#[test]
#[ignore = "reads lock files of others: run by cargo xtask conform sbom"]
fn what_we_write_of_real_lock_files_is_valid() {
    for version in [Version::V2_3, Version::V3_0_1] {
        let mut seen = 0;
        for folder in FOLDERS {
            let found = inventory(&tree(folder), &Config::default()).expect("it is read");
            let bytes = written(&found, version);
            assert_eq!(faults(&bytes, version), [""; 0], "{folder} {version:?}");
            assert_eq!(read(&bytes).expect("read").components.len(), found.components.len());
            seen += found.components.len();
        }
        assert!(seen > 5000, "{seen} components");
    }
}
