//! Package URLs: a selection of ours, and the specification's own tests.

use std::collections::BTreeMap;

use leadforge_sbom::{Purl, PurlError};
use serde_json::Value;

#[test]
fn parts_come_out_decoded_and_the_text_canonical() {
    let text = "pkg:NPM/@Scope/left%20pad@1.0%2B2?b=x/y&a=&c=1:2#/./src//../a b/";
    let purl = Purl::lenient(text).expect("it is one");
    assert_eq!(purl.namespace.as_deref(), Some("@scope"));
    assert_eq!((purl.name.as_str(), purl.version.as_deref()), ("left pad", Some("1.0+2")));
    assert_eq!(purl.subpath.as_deref(), Some("src/a b"));
    let canonical = "pkg:npm/%40scope/left%20pad@1.0%2B2?b=x%2Fy&c=1:2#src/a%20b";
    assert_eq!(purl.to_string(), canonical);
    assert_eq!(Purl::parse(canonical).expect("its own text"), purl);
}

#[test]
fn what_is_none_is_refused_with_the_reason() {
    let said: Vec<String> = [
        "npm/a",
        "pkg:npm",
        "pkg:1npm/a",
        "pkg:npm/a?b",
        "pkg:npm/a?b=1&B=2",
        "pkg:npm/a%4",
        "pkg:npm/a%ff",
        "pkg:swift/a",
        "pkg:rpm/a@1?Arch=x",
        "pkg:cpan/A::B",
    ]
    .iter()
    .map(|text| Purl::parse(text).expect_err(text).to_string())
    .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    "npm/a" is no package URL: it does not begin with pkg:
    "pkg:npm" is no package URL: it has no type, or no name
    "pkg:1npm/a" is no package URL: its type is none
    "pkg:npm/a?b" is no package URL: a qualifier has no value
    "pkg:npm/a?b=1&B=2" is no package URL: a qualifier is there twice
    "pkg:npm/a%4" is no package URL: a percent sign stands before no two hexadecimal digits
    "pkg:npm/a%ff" is no package URL: what is encoded is not UTF-8
    "pkg:swift/a" is no package URL: this type needs a namespace
    "pkg:rpm/a@1?Arch=x" is no package URL: a qualifier of this type is not in lower case
    "pkg:cpan/A::B" is no package URL: a distribution of CPAN has no :: in its name
    "#);
}

/// The parts of a test, or why there are none.
fn parts(value: &Value) -> Result<Purl, PurlError> {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    let qualifiers = value["qualifiers"].as_object().into_iter().flatten();
    let qualifiers =
        qualifiers.map(|(key, value)| (key.clone(), value.as_str().unwrap_or("").to_owned()));
    Purl::build(Purl {
        kind: text("type").unwrap_or_default(),
        namespace: text("namespace"),
        name: text("name").unwrap_or_default(),
        version: text("version"),
        qualifiers: qualifiers.collect(),
        subpath: text("subpath"),
    })
}

/// Whether the parts are exactly those that a test names.
fn same(purl: &Purl, value: &Value) -> bool {
    let text = |key: &str| value[key].as_str();
    let qualifiers = value["qualifiers"].as_object().into_iter().flatten();
    let qualifiers: BTreeMap<&str, &str> =
        qualifiers.map(|(key, value)| (key.as_str(), value.as_str().unwrap_or(""))).collect();
    let own: BTreeMap<&str, &str> =
        purl.qualifiers.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    Some(purl.kind.as_str()) == text("type")
        && purl.namespace.as_deref() == text("namespace")
        && Some(purl.name.as_str()) == text("name")
        && purl.version.as_deref() == text("version")
        && purl.subpath.as_deref() == text("subpath")
        && own == qualifiers
}

#[test]
#[ignore = "reads the specification's tests: run by cargo xtask conform sbom"]
fn all_tests_of_the_specification_hold() {
    let corpora = std::env::var_os("LEADFORGE_CORPORA").expect("set by xtask");
    let top = std::path::Path::new(&corpora).join("sbom/purl-spec/tests");
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for folder in ["spec", "types"] {
        for entry in std::fs::read_dir(top.join(folder)).expect("a folder") {
            let text = std::fs::read(entry.expect("an entry").path()).expect("read");
            let file: Value = serde_json::from_slice(&text).expect("JSON");
            for test in file["tests"].as_array().expect("a list") {
                let kind = test["test_type"].as_str().expect("a type");
                *count.entry(kind.to_owned()).or_default() += 1;
                let output = &test["expected_output"];
                let input = test["input"].as_str();
                let fails = test["expected_failure"] == true;
                let right = match kind {
                    "parse" => match Purl::parse(input.expect("a text")) {
                        Ok(purl) => !fails && same(&purl, output),
                        Err(_) => fails,
                    },
                    "build" => match parts(&test["input"]) {
                        Ok(purl) => !fails && Some(purl.to_string().as_str()) == output.as_str(),
                        Err(_) => fails,
                    },
                    _ => match Purl::lenient(input.expect("a text")) {
                        Ok(purl) => !fails && Some(purl.to_string().as_str()) == output.as_str(),
                        Err(_) => fails,
                    },
                };
                if !right {
                    wrong.push(format!("{kind} {} -> {output} ({fails})", test["input"]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    let counts: Vec<usize> =
        ["parse", "build", "validate"].iter().map(|kind| count[*kind]).collect();
    assert_eq!(counts, [206, 176, 204]);
}
