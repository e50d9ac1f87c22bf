//! `lead-sbom vulns --sarif`: what other scanners found, in the shapes in which they write it.

use serde_json::{Value, json};

use crate::{Answer, Folder};

const LOCK: &str = "version = 4\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\"h2\", \"tiny-http\"]\n[[package]]\nname = \"h2\"\nversion = \"0.4.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n[[package]]\nname = \"tiny-http\"\nversion = \"0.11.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
const NPM: &str = r#"{"name": "web", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "web", "version": "1.0.0", "dependencies": {"@scope/left": "1.0.0"}}, "node_modules/@scope/left": {"version": "1.0.0"}}}"#;
/// In reach, taken back, and mended before the version that is there.
const RECORDS: [(&str, &str); 3] = [
    (
        "osv/a.json",
        r#"{"id": "RUSTSEC-2026-0001", "modified": "2026-02-01T00:00:00Z", "aliases": ["CVE-2026-10001", "GHSA-aaaa-2222-cccc"], "summary": "it falls over",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N"}],
  "affected": [{"package": {"ecosystem": "crates.io", "name": "h2"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0.0.0-0"}, {"fixed": "0.4.5"}]}]}]}"#,
    ),
    (
        "osv/b.json",
        r#"{"id": "RUSTSEC-2026-0002", "modified": "2026-02-02T00:00:00Z", "aliases": ["CVE-2026-10002"], "summary": "long mended",
  "affected": [{"package": {"ecosystem": "crates.io", "name": "h2"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0.0.0-0"}, {"fixed": "0.3.0"}]}]}]}"#,
    ),
    (
        "osv/c.json",
        r#"{"id": "RUSTSEC-2026-0003", "modified": "2026-02-02T00:00:00Z", "withdrawn": "2026-02-02T00:00:00Z", "aliases": ["CVE-2026-10003"], "summary": "it was nothing",
  "affected": [{"package": {"ecosystem": "crates.io", "name": "tiny-http"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0.0.0-0"}]}]}]}"#,
    ),
];

fn folder() -> Folder {
    let folder = Folder::new(&[("p/Cargo.lock", LOCK), ("p/package-lock.json", NPM)]);
    RECORDS.iter().for_each(|(path, text)| folder.write(path, text));
    assert_eq!(folder.call(&["db", "build", "osv", "-o", "i.lfdb"]).code, 0);
    folder
}

fn log(name: &str, rules: Value, results: Value) -> String {
    let driver = json!({ "name": name, "version": "1.2.3", "rules": rules });
    json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": driver }, "results": results }] })
        .to_string()
}

fn at(uri: &str, line: u32) -> Value {
    json!({ "artifactLocation": { "uri": uri, "uriBaseId": "ROOTPATH" }, "region": { "startLine": line } })
}

/// As Trivy writes: a rule for an identifier, and what it is about in lines of the message.
fn trivy(found: &[(&str, &str, &str, &str)]) -> String {
    let rule = |(id, ..): &(&str, &str, &str, &str)| {
        json!({ "id": id, "name": "LanguageSpecificPackageVulnerability", "shortDescription": { "text": format!("title of {id}") },
            "help": { "text": format!("Vulnerability {id}\nSeverity: HIGH\nPackage: another\nFixed Version: 9.9.9\nAs bad as CVE-1999-0001 was.") },
            "properties": { "precision": "very-high", "security-severity": "7.5", "tags": ["vulnerability", "security", "HIGH"] } })
    };
    let result = |(id, name, version, file): &(&str, &str, &str, &str)| {
        json!({ "ruleId": id, "level": "error", "message": { "text": format!("Package: {name}\nInstalled Version: {version}\nVulnerability {id}\nSeverity: HIGH\nFixed Version: 0.4.5, 0.5.0\nLink: [{id}](https://avd.aquasec.com/nvd/x)") },
            "locations": [{ "physicalLocation": at(file, 6), "message": { "text": format!("{file}: {name}@{version}") } }] })
    };
    let secret = json!({ "ruleId": "github-pat", "message": { "text": "Artifact: a.txt\nType: \nSecret GitHub PAT\nSeverity: CRITICAL\nMatch: ****" } });
    let results: Vec<Value> = found.iter().map(result).chain([secret]).collect();
    log("Trivy", found.iter().map(rule).collect(), results.into())
}

/// As Snyk writes: an identifier of its own, the others in the description, the package as a logical location.
fn snyk() -> String {
    let rules = json!([
        { "id": "SNYK-RUST-H2-6000001", "shortDescription": { "text": "Medium severity - Denial of Service vulnerability in h2" },
          "fullDescription": { "text": "(CVE-2026-10001) h2@0.4.0" }, "help": { "text": "", "markdown": "* Package Manager: cargo" },
          "properties": { "tags": ["security", "CWE-400", "cargo"], "cvssv3_baseScore": 5.3, "security-severity": "5.3" } },
        { "id": "SNYK-JS-SCOPELEFT-6000002", "shortDescription": { "text": "High severity - Prototype Pollution vulnerability in @scope/left" },
          "fullDescription": { "text": "@scope/left@1.0.0" }, "properties": { "tags": ["security", "npm"], "security-severity": "8.1" } },
        { "id": "snyk:lic:npm:left:GPL-3.0", "shortDescription": { "text": "Medium severity - GPL-3.0 license vulnerability in left" } },
    ]);
    let one = |id: &str, name: &str, full: &str| {
        json!({ "ruleId": id, "level": "warning", "message": { "text": format!("This file introduces a vulnerable {name} package with a medium severity vulnerability.") },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "package.json" }, "region": { "startLine": 1 } }, "logicalLocations": [{ "fullyQualifiedName": full }] }] })
    };
    let results = [
        one("SNYK-RUST-H2-6000001", "h2", "h2@0.4.0"),
        one("SNYK-JS-SCOPELEFT-6000002", "@scope/left", "@scope/left@1.0.0"),
        one("snyk:lic:npm:left:GPL-3.0", "@scope/left", "@scope/left@1.0.0"),
    ];
    log("Snyk Open Source", rules, results.to_vec().into())
}

/// As Grype writes: the package behind the identifier, a sentence, package URLs at the rule.
fn grype() -> String {
    let rules = json!([{ "id": "GHSA-aaaa-2222-cccc-h2", "name": "RustMatcherExactDirectMatch", "shortDescription": { "text": "GHSA-aaaa-2222-cccc low vulnerability for h2 package" },
        "help": { "text": "Vulnerability GHSA-aaaa-2222-cccc\nSeverity: low\nPackage: h2\nVersion: 0.4.0\nFix Version: 0.4.5\nType: rust-crate\nLocation: /Cargo.lock\nData Namespace: github:language:rust\nLink: x" },
        "properties": { "purls": ["pkg:cargo/h2@0.3.9", "pkg:cargo/h2@0.4.0"], "security-severity": "3.7" } }]);
    let results = json!([{ "ruleId": "GHSA-aaaa-2222-cccc-h2", "message": { "text": "A low vulnerability in rust-crate package: h2, version 0.4.0 was found at: /Cargo.lock" },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "Cargo.lock" }, "region": { "startLine": 1 } } }] }]);
    log("grype", rules, results)
}

/// As osv-scanner writes: a sentence, the aliases as former identifiers, the file by its whole path.
fn osv_scanner() -> String {
    let rules = json!([{ "id": "CVE-2026-10001", "name": "CVE-2026-10001", "shortDescription": { "text": "CVE-2026-10001: it falls over" },
        "deprecatedIds": ["CVE-2026-10001", "RUSTSEC-2026-0001", "GHSA-aaaa-2222-cccc"], "help": { "text": "**Your dependency is vulnerable to CVE-2026-10001**, unlike CVE-1999-0002" } }]);
    let results = json!([{ "ruleId": "CVE-2026-10001", "ruleIndex": 0, "level": "warning",
        "message": { "text": "Package 'h2@0.4.0' is vulnerable to 'CVE-2026-10001' (also known as 'RUSTSEC-2026-0001', 'GHSA-aaaa-2222-cccc')." },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "file:///somewhere/else/p/Cargo.lock" } } }] }]);
    log("osv-scanner", rules, results)
}

fn ask(folder: &Folder, more: &[&str]) -> Answer {
    let args = [&["vulns", "p", "--db", "i.lfdb", "--format", "json"][..], more].concat();
    folder.call_with(&args, &[("SOURCE_DATE_EPOCH", "1770000000")])
}

fn found(answer: &Answer) -> Vec<Value> {
    answer.json()["data"]["findings"].as_array().expect("a list").clone()
}

#[test]
fn one_vulnerability_under_four_names_is_one_finding_that_names_who_found_it() {
    let folder = folder();
    folder.write("t", &trivy(&[("CVE-2026-10001", "h2", "0.4.0", "Cargo.lock")]));
    folder.write("s", &snyk());
    folder.write("g", &grype());
    folder.write("o", &osv_scanner());
    let all = ["--sarif", "t", "--sarif", "s", "--sarif", "g", "--sarif", "o"];
    let answer = ask(&folder, &all);
    assert_eq!((answer.code, answer.err.as_str()), (1, ""));
    let findings = found(&answer);
    assert_eq!(findings.len(), 2, "{}", answer.out);
    let h2 = &findings[1];
    assert_eq!(h2["id"], "RUSTSEC-2026-0001");
    assert_eq!(
        h2["aliases"],
        json!(["CVE-2026-10001", "GHSA-aaaa-2222-cccc", "SNYK-RUST-H2-6000001"])
    );
    assert_eq!(h2["found_by"], json!(["Snyk Open Source", "Trivy", "grype", "osv-scanner"]));
    assert_eq!((&h2["database"], &h2["severity"]["level"]), (&json!("found"), &json!("low")));
    let left = &findings[0];
    assert_eq!(left["id"], "SNYK-JS-SCOPELEFT-6000002");
    assert_eq!(left["purl"], "pkg:npm/%40scope/left@1.0.0");
    assert_eq!(left["severity"]["score"], 8.1);
    assert_eq!((&left["database"], &left["path"][0]), (&json!("not_asked"), &json!("web@1.0.0")));
    let human = folder.call(&[&["vulns", "p", "--db", "i.lfdb"][..], &all].concat());
    insta::assert_snapshot!(human.out, @r"
    SNYK-JS-SCOPELEFT-6000002  @scope/left 1.0.0  high 8.1
      High severity - Prototype Pollution vulnerability in @scope/left
      by web@1.0.0 > @scope/left@1.0.0
      no fixed version is known
      found by Snyk Open Source alone: the database could not be asked about this component
    RUSTSEC-2026-0001  h2 0.4.0  low 3.7
      it falls over
      also CVE-2026-10001, GHSA-aaaa-2222-cccc, SNYK-RUST-H2-6000001
      by app@0.1.0 > h2@0.4.0
      fixed in 0.4.5
      found by Snyk Open Source, Trivy, grype, osv-scanner, too
    t: vulnerabilities claimed by Trivy 1.2.3: 1; results about something else: 1
    s: vulnerabilities claimed by Snyk Open Source 1.2.3: 2; results about something else: 1
    g: vulnerabilities claimed by grype 1.2.3: 1
    o: vulnerabilities claimed by osv-scanner 1.2.3: 1
    not checked: 2 such as app: part of the project
    not checked: 1 such as @scope/left: the database has nothing of npm
    2 vulnerabilities and 0 other advisories for 2 components, by a database of 2026-02-02
    ");
}

#[test]
fn what_only_a_scanner_found_stays_and_says_what_the_database_thinks_of_it() {
    let folder = folder();
    folder.write(
        "t",
        &trivy(&[
            ("CVE-2026-10002", "h2", "0.4.0", "Cargo.lock"),
            ("CVE-2026-10003", "tiny_http", "0.11.0", "Cargo.lock"),
            ("CVE-2026-10004", "h2", "v0.4.0", "Cargo.lock"),
            ("CVE-2026-10005", "h2", "0.2.0", "Cargo.lock"),
            ("CVE-2026-10006", "absent", "1.0.0", "Cargo.lock"),
            ("CVE-2026-10006", "absent", "1.0.0", "Cargo.lock"),
        ]),
    );
    let answer = ask(&folder, &["--sarif", "t"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    let mut told: Vec<String> = found(&answer)
        .iter()
        .map(|one| {
            let text = |name: &str| one[name].as_str().expect("a text").to_owned();
            format!(
                "{} {} {} [{}]",
                text("id"),
                text("component"),
                text("database"),
                text("unmapped")
            )
        })
        .collect();
    told.sort_unstable();
    insta::assert_snapshot!(told.join("\n"), @r"
    CVE-2026-10004 pkg:cargo/h2@0.4.0 unknown []
    CVE-2026-10005  not_asked [the inventory has it in version 0.4.0]
    CVE-2026-10006  not_asked [the inventory has no component of that name]
    RUSTSEC-2026-0001 pkg:cargo/h2@0.4.0 found []
    RUSTSEC-2026-0002 pkg:cargo/h2@0.4.0 not_affected []
    RUSTSEC-2026-0003 pkg:cargo/tiny-http@0.11.0 withdrawn []
    ");
    let peer = &answer.json()["data"]["peers"][0];
    assert_eq!((&peer["claims"], &peer["others"]), (&json!(6), &json!(1)));
}

#[test]
fn decisions_count_for_what_scanners_found_by_any_of_its_names() {
    let folder = folder();
    folder.write("t", &trivy(&[("CVE-2026-10006", "absent", "1.0.0", "Cargo.lock")]));
    folder.write("s", &snyk());
    let all = ["--sarif", "t", "--sarif", "s"];
    folder.write(
        "p/leadforge.toml",
        "[[sbom.ignore]]\nid = \"SNYK-RUST-H2-6000001\"\nreason = \"a\"\n[[sbom.ignore]]\nid = \"CVE-2026-10006\"\npackage = \"absent\"\nreason = \"b\"\n",
    );
    folder.write(
        "vex",
        r#"{"@context": "https://openvex.dev/ns/v0.2.0", "timestamp": "2026-01-01T00:00:00Z", "statements": [{"vulnerability": {"name": "SNYK-JS-SCOPELEFT-6000002"}, "products": [{"@id": "pkg:npm/%40scope/left"}], "status": "not_affected", "justification": "vulnerable_code_not_present"}]}"#,
    );
    let answer = ask(&folder, &[&all[..], &["--vex", "vex"]].concat());
    assert_eq!(answer.code, 0, "{}", answer.out);
    let states: Vec<String> =
        found(&answer).iter().map(|one| one["status"]["state"].to_string()).collect();
    assert_eq!(states, ["\"said\"", "\"ignored\"", "\"ignored\""]);
    assert_eq!(answer.json()["data"]["unused"], json!([]));
}

#[test]
fn what_we_write_reads_back() {
    let folder = folder();
    folder.write("s", &snyk());
    folder.write("t", &trivy(&[("CVE-2026-10006", "absent", "1.0.0", "Cargo.lock")]));
    let args = ["vulns", "p", "--db", "i.lfdb", "--sarif", "s", "--sarif", "t"];
    let first = folder.call(&[&args[..], &["--format", "sarif", "-o", "ours"]].concat());
    assert_eq!(first.code, 1, "{}", first.err);
    let before = found(&ask(&folder, &["--sarif", "s", "--sarif", "t"]));
    // Against nothing but what was written, every finding is there with all that identifies and rates it.
    let empty = [("XDG_STATE_HOME", folder.path().join("none"))];
    let empty = empty.map(|(name, path)| (name, path.to_str().expect("UTF-8").to_owned()));
    let set = [(empty[0].0, empty[0].1.as_str())];
    let again = folder.call_with(&["vulns", "p", "--sarif", "ours", "--format", "json"], &set);
    assert_eq!(again.code, 3, "{}", again.err);
    assert!(again.err.contains("no index of advisories"), "{}", again.err);
    let after = found(&again);
    assert_eq!(before.len(), 3);
    assert_eq!(after.len(), before.len(), "{}", again.out);
    for (old, new) in before.iter().zip(&after) {
        for fact in [
            "id",
            "aliases",
            "class",
            "summary",
            "component",
            "name",
            "version",
            "fixed",
            "file",
            "line",
        ] {
            assert_eq!(old[fact], new[fact], "{fact} of {}", old["id"]);
        }
        assert_eq!(old["severity"]["level"], new["severity"]["level"]);
        assert_eq!(new["found_by"], json!(["lead-sbom"]));
    }
    let log: Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("ours")).expect("written"))
            .expect("JSON");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules").clone();
    let severe: Vec<&Value> =
        rules.iter().map(|rule| &rule["properties"]["security-severity"]).collect();
    assert_eq!(severe, [&json!("7.5"), &json!("3.7"), &json!("8.1")]);
}

#[test]
fn a_log_that_is_not_all_is_no_clean_answer() {
    let folder = folder();
    folder
        .write("p/leadforge.toml", "[[sbom.ignore]]\nid = \"RUSTSEC-2026-0001\"\nreason = \"r\"\n");
    let none =
        json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "Trivy" } } }] });
    let failed = json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "Trivy" } }, "results": [],
        "invocations": [{ "executionSuccessful": false, "toolExecutionNotifications": [{ "level": "error", "message": { "text": "no\ndatabase" } }] }] }] });
    for (log, says) in [
        (none, "it brings no list of results"),
        (failed, "the tool says that it did not succeed: no database"),
        (json!({ "version": "2.1.0", "runs": [] }), "it holds no run of any tool"),
        (
            json!({ "runs": [{ "tool": { "driver": { "name": "T" } }, "results": [5] }] }),
            "result 1",
        ),
    ] {
        folder.write("x", &log.to_string());
        let answer = folder.call(&["vulns", "p", "--db", "i.lfdb", "--sarif", "x"]);
        assert_eq!(answer.code, 3, "{}", answer.out);
        assert!(answer.out.contains(says), "{}", answer.out);
    }
    folder.write("x", &json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "T" } }, "results": [] }] }).to_string());
    assert_eq!(folder.call(&["vulns", "p", "--db", "i.lfdb", "--sarif", "x"]).code, 0);
    for (text, says) in [
        ("", "x:1: is no SARIF"),
        ("{\"version\": \"1.0.0\", \"runs\": []}", "x: is SARIF 1.0.0"),
        ("{\"version\": \"2.1.0\",\n \"runs\": {}}", "x:2: is no SARIF"),
        ("[]", "x:1: is no SARIF"),
    ] {
        folder.write("x", text);
        let answer = folder.call(&["vulns", "p", "--db", "i.lfdb", "--sarif", "x"]);
        assert_eq!(answer.code, 2, "{text}: {}", answer.out);
        assert!(answer.err.contains(says), "{text}: {}", answer.err);
    }
    assert_eq!(folder.call(&["vulns", "p", "--db", "i.lfdb", "--sarif", "missing"]).code, 3);
}
