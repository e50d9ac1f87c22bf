//! Known vulnerabilities: what is found, what is decided about it, and what is not looked at.

use leadforge_sbom::vulns::{
    Builder, Class, Config, Ignore, Index, Level, Report, Statement, Status, Vex, scan,
};

use crate::of;

const LOCK: &str = r#"version = 4
[[package]]
name = "app"
version = "0.1.0"
dependencies = ["h2"]
[[package]]
name = "h2"
version = "0.4.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = ["old"]
[[package]]
name = "old"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#;

const RUSTSEC: &str = r#"{"id": "RUSTSEC-2026-0001", "modified": "2026-02-01T00:00:00Z", "aliases": ["CVE-2026-1"], "summary": "it falls over",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
  "affected": [{"package": {"ecosystem": "crates.io", "name": "h2"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0.0.0-0"}, {"fixed": "0.4.5"}]}],
    "database_specific": {"informational": null}}]}"#;
const GITHUB: &str = r#"{"id": "GHSA-x", "modified": "2026-01-01T00:00:00Z", "aliases": ["CVE-2026-1"], "details": "the same\nagain",
  "affected": [{"package": {"ecosystem": "crates.io", "name": "h2"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "0.4.5"}]}]}]}"#;
const UNMAINTAINED: &str = r#"{"id": "RUSTSEC-2026-0002", "modified": "2026-03-01T00:00:00Z", "summary": "nobody cares",
  "affected": [{"package": {"ecosystem": "crates.io", "name": "old"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0.0.0-0"}]}],
    "database_specific": {"informational": "unmaintained"}}]}"#;
const WITHDRAWN: &str = r#"{"id": "RUSTSEC-2026-0003", "modified": "2026-03-02T00:00:00Z", "withdrawn": "2026-03-02T00:00:00Z",
  "affected": [{"package": {"ecosystem": "crates.io", "name": "old"}, "versions": ["1.0.0"]}]}"#;
const PYTHON: &str = "id: PYSEC-2026-1\nmodified: 2026-04-01T00:00:00Z\naffected:\n- package:\n    ecosystem: PyPI\n    name: Some_Thing\n  versions:\n  - 1.0\n";

fn built(records: &[(&str, &str)]) -> Vec<u8> {
    let mut builder = Builder::default();
    for (name, text) in records {
        assert!(builder.add(name, text.as_bytes()).expect("it is a record"), "{name}");
    }
    let mut bytes = Vec::new();
    builder.finish(&mut bytes).expect("memory");
    bytes
}

fn all() -> Vec<u8> {
    built(&[
        ("a.json", RUSTSEC),
        ("b.json", GITHUB),
        ("c.json", UNMAINTAINED),
        ("d.json", WITHDRAWN),
    ])
}

fn asked(config: &Config) -> Report {
    let bytes = all();
    let found = of(&[("Cargo.lock", LOCK)]).expect("it is read");
    scan(&found, &Index::open(&bytes).expect("an index"), config).expect("it is whole")
}

#[test]
fn the_date_is_that_of_the_ecosystems_that_were_asked() {
    let bytes = built(&[("a.json", RUSTSEC), ("p.yaml", PYTHON)]);
    let index = Index::open(&bytes).expect("an index");
    let date = |lock: (&str, &str)| {
        let found = of(&[lock]).expect("it is read");
        scan(&found, &index, &Config::default()).expect("it is whole").database
    };
    assert_eq!(date(("Cargo.lock", LOCK)), "2026-02-01");
    assert_eq!(date(("requirements.txt", "some-thing==1.0\n")), "2026-04-01");
}

#[test]
fn what_is_found_says_what_how_bad_and_from_where() {
    let report = asked(&Config::default());
    assert_eq!(report.database, "2026-03-02");
    assert_eq!((report.checked, report.findings.len()), (2, 2));
    let first = &report.findings[0];
    assert_eq!(first.id, "RUSTSEC-2026-0001");
    assert_eq!(first.aliases, ["CVE-2026-1", "GHSA-x"]);
    assert_eq!(first.class, Class::Vulnerability);
    let severity = first.severity.as_ref().expect("it has one");
    assert_eq!((severity.level, severity.score), (Level::Critical, Some(9.8)));
    assert_eq!(first.fixed, ["0.4.5"]);
    assert_eq!(first.path, ["app@0.1.0", "h2@0.4.0"]);
    assert_eq!((first.file.as_str(), first.line), ("Cargo.lock", 6));
    assert_eq!(report.findings[1].class, Class::Unmaintained);
    assert_eq!(report.unchecked.len(), 1);
    assert_eq!(report.unchecked[0].reason, "part of the project");
}

#[test]
fn the_same_records_give_the_same_index_in_whatever_order_they_come() {
    let other = built(&[
        ("d.json", WITHDRAWN),
        ("c.json", UNMAINTAINED),
        ("b.json", GITHUB),
        ("a.json", RUSTSEC),
    ]);
    assert_eq!(all(), other);
    let broken = Builder::default().add("x.json", b"{\"id\": 1}").expect_err("it is none");
    assert!(broken.to_string().starts_with("x.json: "), "{broken}");
    assert!(!Builder::default().add("README.md", b"x").expect("it is passed over"));
}

#[test]
fn what_the_database_does_not_cover_is_not_clean() {
    let bytes = built(&[("a.yaml", PYTHON)]);
    let found = of(&[("Cargo.lock", LOCK)]).expect("it is read");
    let report = scan(&found, &Index::open(&bytes).expect("an index"), &Config::default())
        .expect("it is whole");
    assert_eq!(report.checked, 0);
    let reasons: Vec<(&str, usize)> =
        report.unchecked.iter().map(|one| (one.reason.as_str(), one.count)).collect();
    assert_eq!(reasons, [("part of the project", 1), ("the database has nothing of crates.io", 2)]);
}

#[test]
fn names_of_python_are_compared_as_python_compares_them() {
    let bytes = built(&[("a.yaml", PYTHON)]);
    let lock = "version = 1\n[[package]]\nname = \"some-thing\"\nversion = \"1.0.0\"\nsource = { registry = \"https://pypi.org/simple\" }\n";
    let found = of(&[("uv.lock", lock)]).expect("it is read");
    let report = scan(&found, &Index::open(&bytes).expect("an index"), &Config::default())
        .expect("it is whole");
    assert_eq!(report.findings.len(), 1);
}

#[test]
fn what_is_ignored_counts_up_to_its_last_day() {
    let ignore = |id: &str, package: &str, until: &str| Ignore {
        id: id.to_owned(),
        package: package.to_owned(),
        reason: "not reached".to_owned(),
        until: until.to_owned(),
    };
    let on = |day: &str| Config {
        ignore: vec![
            ignore("CVE-2026-1", "pkg:cargo/h2", "2026-06-30"),
            ignore("GHSA-none", "", ""),
        ],
        today: day.to_owned(),
        ..Config::default()
    };
    let last = asked(&on("2026-06-30"));
    let ignored = last.findings.iter().find(|one| one.name == "h2").expect("it is still told");
    assert!(matches!(&ignored.status, Status::Ignored { reason, .. } if reason == "not reached"));
    assert!(!ignored.open());
    assert_eq!(last.unused.len(), 1);
    assert_eq!((last.unused[0].about.as_str(), last.unused[0].expired.as_str()), ("GHSA-none", ""));
    let after = asked(&on("2026-07-01"));
    assert!(after.findings[0].open());
    assert_eq!(after.unused[0].expired, "2026-06-30");
}

fn openvex(status: &str, more: &str, product: &str) -> String {
    format!(
        r#"{{"@context": "https://openvex.dev/ns/v0.2.0", "timestamp": "2026-05-01T00:00:00Z", "statements": [
          {{"vulnerability": {{"name": "CVE-2026-1"}}, "products": [{product}], "status": "{status}"{more}}}]}}"#
    )
}

fn said(text: &str) -> Report {
    let statements = Statement::read("vex.json", text.as_bytes()).expect("it is VEX");
    asked(&Config { statements, ..Config::default() })
}

#[test]
fn what_a_maker_says_is_honoured_of_what_it_is_said() {
    let why = r#", "justification": "vulnerable_code_not_present""#;
    let cases = [
        (r#"{"@id": "pkg:cargo/h2@0.4.0"}"#, true),
        (r#"{"@id": "pkg:cargo/h2"}"#, true),
        (r#"{"@id": "pkg:cargo/h2@0.3.0"}"#, false),
        (r#"{"@id": "pkg:cargo/app@0.1.0", "subcomponents": [{"@id": "pkg:cargo/h2"}]}"#, true),
        (r#"{"@id": "pkg:cargo/other@1.0.0", "subcomponents": [{"@id": "pkg:cargo/h2"}]}"#, false),
        (r#"{"@id": "pkg:cargo/app"}"#, true),
        (r#"{"@id": "x", "identifiers": {"purl": "pkg:cargo/h2@0.4.0"}}"#, true),
    ];
    for (product, honoured) in cases {
        let report = said(&openvex("not_affected", why, product));
        let h2 = report.findings.iter().find(|one| one.name == "h2").expect("it is told");
        assert_eq!(!h2.open(), honoured, "{product}");
        assert_eq!(report.unused.is_empty(), honoured, "{product}");
    }
    let still = said(&openvex("affected", "", r#"{"@id": "pkg:cargo/h2"}"#));
    assert!(matches!(still.findings[0].status, Status::Said { says: Vex::Affected, .. }));
    assert!(still.findings[0].open());
}

#[test]
fn what_a_maker_said_too_long_ago_counts_no_more() {
    let text = openvex("fixed", "", r#"{"@id": "pkg:cargo/h2"}"#);
    let statements = Statement::read("vex.json", text.as_bytes()).expect("it is VEX");
    let since =
        Config { statements, statements_since: "2026-05-02".to_owned(), ..Config::default() };
    let report = asked(&since);
    assert!(report.findings[0].open());
    assert_eq!(report.unused[0].expired, "2026-05-01");
}

#[test]
fn a_statement_without_what_its_kind_asks_for_is_refused() {
    let product = r#"{"@id": "pkg:cargo/h2"}"#;
    let cases = [
        openvex("not_affected", "", product),
        openvex("no_such", "", product),
        openvex("fixed", "", ""),
        "{}".to_owned(),
        "x".to_owned(),
    ];
    let said: Vec<String> = cases
        .iter()
        .map(|text| Statement::read("vex.json", text.as_bytes()).expect_err(text).to_string())
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    vex.json: statement 1 says not_affected with neither a justification nor an impact_statement
    vex.json: statement 1 has the status "no_such", which is none
    vex.json: statement 1 names no product
    vex.json: is neither OpenVEX nor CycloneDX
    vex.json: expected value at line 1 column 1
    "#);
}

#[test]
fn analyses_of_cyclonedx_are_honoured_too() {
    let text = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"bom-ref": "x", "type": "library", "name": "h2", "purl": "pkg:cargo/h2@0.4.0"}],
      "vulnerabilities": [{"id": "GHSA-x", "analysis": {"state": "false_positive", "detail": "checked"}, "affects": [{"ref": "x"}]},
        {"id": "RUSTSEC-2026-0002", "analysis": {"state": "resolved"}, "affects": [{"ref": "urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#pkg:cargo/old@1.0.0"}]}]}"#;
    let report = said(text);
    assert!(report.findings.iter().all(|one| !one.open()), "{:?}", report.findings);
}

#[test]
fn a_broken_index_is_an_error_and_no_answer() {
    let bytes = all();
    assert!(Index::open(b"").is_err() && Index::open(&bytes[..20]).is_err());
    let found = of(&[("Cargo.lock", LOCK)]).expect("it is read");
    let cut = &bytes[..bytes.len() - 40];
    let index = Index::open(cut).expect("the beginning is there");
    assert!(scan(&found, &index, &Config::default()).is_err());
}
