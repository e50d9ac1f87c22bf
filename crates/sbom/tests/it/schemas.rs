//! The vendored schemas are the files that their list names.

use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

#[test]
fn every_schema_is_listed_with_its_hash() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let list = std::fs::read_to_string(folder.join("README.md")).expect("it is there");
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    };
    let listed: BTreeMap<String, String> =
        list.lines().filter_map(row).filter(|(file, _)| is_schema(file)).collect();
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if is_schema(&path.to_string_lossy()) {
            let digest = Sha256::digest(std::fs::read(&path).expect("read"));
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            found.insert(name, hex);
        }
    }
    assert_eq!(listed, found);
    assert!(!found.is_empty());
}

fn is_schema(file: &str) -> bool {
    file.ends_with(".json") || file.ends_with(".xsd")
}
