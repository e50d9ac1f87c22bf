//! The real databases on real lock files: as many findings of each class as cargo-audit has.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::PathBuf;

use leadforge_sbom::vulns::{Builder, Class, Config, Index, scan};

fn corpora() -> PathBuf {
    super::real::corpora().join("sbom")
}

#[test]
#[ignore = "reads databases of others: run by cargo xtask conform sbom"]
fn rustsec_and_pypa_say_of_four_lock_files_what_cargo_audit_says() {
    let mut builder = Builder::default();
    let mut records = 0;
    for archive in ["rustsec-osv.tar.gz", "pypa-vulns.tar.gz"] {
        let file = std::fs::File::open(corpora().join(archive)).expect("it is there");
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
        for entry in archive.entries().expect("a tar") {
            let mut entry = entry.expect("an entry");
            let name = entry.path().expect("a path").to_string_lossy().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("read");
            records += usize::from(builder.add(&name, &bytes).expect("a record"));
        }
    }
    assert_eq!(records, 3867);
    let mut bytes = Vec::new();
    builder.finish(&mut bytes).expect("memory");
    let index = Index::open(&bytes).expect("an index");
    let truth = std::fs::read_to_string(corpora().join("truth.toml")).expect("read");
    let truth: toml::Table = truth.parse().expect("TOML");
    let lists = truth["advisories"].as_array().expect("a list");
    assert_eq!(lists.len(), 4);
    for list in lists {
        let file = list["file"].as_str().expect("a path");
        let lock = std::fs::read(corpora().join(file)).expect("read");
        let tree = BTreeMap::from([("Cargo.lock".to_owned(), lock)]);
        let found = leadforge_sbom::inventory(&tree, &leadforge_sbom::Config::default());
        let report = scan(&found.expect("read"), &index, &Config::default()).expect("whole");
        let count = |class| report.findings.iter().filter(|one| one.class == class).count();
        let ours = [Class::Vulnerability, Class::Unmaintained, Class::Unsound].map(count);
        let right: Vec<i64> = list["counts"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(toml::Value::as_integer)
            .collect();
        assert_eq!(ours.map(|count| i64::try_from(count).expect("few")).to_vec(), right, "{file}");
        assert_eq!(report.findings.len(), ours.iter().sum::<usize>(), "{file}");
    }
}
