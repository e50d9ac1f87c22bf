//! An advisory as JSON or YAML: what is taken gives an index that opens and answers; and bytes as an index.

use std::collections::BTreeMap;

use leadforge_sbom::vulns::{Builder, Config, Index, scan};

const LOCK: &str = "version = 4\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";

fn ask(bytes: &[u8]) -> bool {
    let tree = BTreeMap::from([("Cargo.lock".to_owned(), LOCK.as_bytes().to_vec())]);
    let found = leadforge_sbom::inventory(&tree, &leadforge_sbom::Config::default());
    Index::open(bytes)
        .is_ok_and(|index| scan(&found.expect("ours"), &index, &Config::default()).is_ok())
}

pub(crate) fn run(data: &[u8]) {
    ask(data);
    for name in ["a.json", "a.yaml"] {
        let mut builder = Builder::default();
        if builder.add(name, data).is_ok() {
            let mut bytes = Vec::new();
            builder.finish(&mut bytes).expect("memory");
            assert!(ask(&bytes), "an index of ours does not answer");
        }
    }
}
