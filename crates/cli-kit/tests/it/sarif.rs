//! Reading SARIF as tools write it, and as nobody should.

use leadforge_cli_kit::sarif::{Log, Place, read};
use leadforge_cli_kit::{Exit, Failure, Level};
use serde_json::{Value, json};

fn of(run: Value) -> Log {
    let log = json!({ "version": "2.1.0", "runs": [run] });
    read("log", log.to_string().as_bytes(), "/home/me/repo").expect("it is one")
}

fn refused(bytes: &[u8]) -> Failure {
    let failure = read("log", bytes, "").expect_err("it is none");
    assert_eq!(failure.exit, Exit::Usage);
    failure
}

fn place(artifact: Value) -> Place {
    let location = json!({ "physicalLocation": { "artifactLocation": artifact } });
    let log = of(json!({
        "tool": { "driver": { "name": "t" } },
        "originalUriBaseIds": {
            "ROOT": { "uri": "file:///builds/1/" },
            "SRC": { "uri": "src/", "uriBaseId": "ROOT" },
            "UP": { "uri": "../" },
            "ROUND": { "uri": "a/", "uriBaseId": "ROUND" },
        },
        "artifacts": [{ "location": { "uri": "listed.py" } }],
        "results": [{ "ruleId": "r", "locations": [location] }],
    }));
    log.runs[0].hits[0].places[0].clone()
}

#[test]
fn a_place_is_a_path_below_the_root_or_none() {
    for (artifact, path) in [
        (json!({ "uri": "src/a%20b.py" }), Some("src/a b.py")),
        (json!({ "uri": "./a.py" }), Some("a.py")),
        (json!({ "uri": "src\\a.py" }), Some("src/a.py")),
        (json!({ "uri": "a.py", "uriBaseId": "%SRCROOT%" }), Some("a.py")),
        // Where the root lay for the tool is no matter; what lies between the root and the file is.
        (json!({ "uri": "a.py", "uriBaseId": "ROOT" }), Some("a.py")),
        (json!({ "uri": "a.py", "uriBaseId": "SRC" }), Some("src/a.py")),
        (json!({ "index": 0 }), Some("listed.py")),
        (json!({ "uri": "file:///home/me/repo/a%25.py" }), Some("a%.py")),
        (json!({ "uri": "/home/me/repo/a.py" }), Some("a.py")),
        (json!({ "uri": "file:///home/me/repository/a.py" }), None),
        (json!({ "uri": "file:///home/me/repo/../secret" }), None),
        (json!({ "uri": "file:///etc/passwd" }), None),
        (json!({ "uri": "https://host/a.py" }), None),
        (json!({ "uri": "C:/a.py" }), None),
        (json!({ "uri": "../a.py" }), None),
        (json!({ "uri": "a.py", "uriBaseId": "UP" }), None),
        (json!({ "uri": "%2e%2e/a.py" }), None),
        (json!({ "uri": "a/..%2f..%2fb" }), None),
        (json!({ "uri": ".git/config" }), None),
        (json!({ "uri": "a%00b" }), None),
        (json!({ "uri": "%ff" }), None),
        (json!({ "uri": 5 }), None),
        (json!({ "index": 7 }), None),
        (json!([]), None),
    ] {
        assert_eq!(place(artifact.clone()).path.as_deref(), path, "{artifact}");
    }
    assert_eq!(place(json!({ "uri": "file:///etc/pass%77d" })).address, "/etc/passwd");
    assert!(place(json!({ "uri": "a.py", "uriBaseId": "ROUND" })).path.is_some(), "it ends");
}

#[test]
fn a_result_finds_its_rule_its_level_and_its_words() {
    let log = of(json!({
        "tool": {
            "driver": { "name": "CodeQL", "semanticVersion": "2.1", "rules": [
                { "id": "js/sql", "defaultConfiguration": { "level": "error" }, "shortDescription": { "text": "SQL" },
                  "messageStrings": { "m": { "text": "{0} flows to {1} in {{braces}} {2}" } }, "properties": { "security-severity": "8.8" } },
                { "id": "note", "defaultConfiguration": { "level": "note" } },
            ] },
            "extensions": [{ "name": "pack", "rules": [{ "id": "ext/one", "help": { "markdown": "**do**" } }] }],
        },
        "results": [
            { "ruleId": "js/sql/2", "message": { "id": "m", "arguments": ["a", "b"] } },
            { "ruleIndex": 1, "message": { "text": "t" } },
            { "rule": { "id": "ext/one", "index": 0, "toolComponent": { "index": 0 } }, "message": { "markdown": "m" } },
            // A place that is another rule's is not believed.
            { "ruleId": "note", "ruleIndex": 0, "level": "error" },
            { "ruleId": "unknown", "ruleIndex": 99, "level": "none" },
            { "ruleId": "x", "kind": "pass" },
            { "ruleId": "x", "baselineState": "absent" },
            { "ruleId": "x", "kind": "review" },
            { "ruleId": "x", "suppressions": [{ "kind": "inSource", "justification": "mine" }] },
            { "ruleId": "x", "suppressions": [{ "kind": "external", "status": "rejected" }] },
        ],
    }));
    let run = &log.runs[0];
    assert_eq!((run.tool.as_str(), run.version.as_str()), ("CodeQL", "2.1"));
    assert_eq!(run.gaps, [""; 0]);
    let told: Vec<_> = run
        .hits
        .iter()
        .map(|hit| (hit.rule.as_str(), run.rule(hit).map(|rule| rule.id.as_str()), hit.level))
        .collect();
    assert_eq!(
        told,
        [
            ("js/sql/2", Some("js/sql"), Some(Level::Error)),
            ("note", Some("note"), Some(Level::Note)),
            ("ext/one", Some("ext/one"), Some(Level::Warning)),
            ("note", Some("note"), Some(Level::Error)),
            ("unknown", None, None),
            ("x", None, None),
            ("x", None, Some(Level::Warning)),
            ("x", None, Some(Level::Warning)),
        ]
    );
    assert_eq!(run.hits[0].message, "a flows to b in {braces} {2}");
    assert_eq!(run.hits[2].message, "m");
    let suppressed: Vec<_> = run.hits.iter().map(|hit| hit.suppressed.as_deref()).collect();
    assert_eq!(suppressed[6..], [Some("mine"), None]);
    assert_eq!(run.rules[2].help, "**do**");
}

#[test]
fn what_is_of_another_kind_is_passed_over_and_what_is_lost_is_told() {
    let log = of(json!({
        "tool": { "driver": { "name": 7, "rules": [{ "id": "a", "properties": [] }, 5] } },
        "results": [
            5,
            {},
            { "ruleId": "a", "level": 5, "message": "text", "locations": {}, "partialFingerprints": [] },
            { "ruleId": "a", "properties": { "x": "y".repeat(300 << 10) } },
        ],
    }));
    let run = &log.runs[0];
    assert_eq!(run.hits.len(), 1);
    assert_eq!((run.hits[0].level, run.hits[0].places.len()), (Some(Level::Warning), 0));
    assert_eq!(run.gaps.len(), 4, "{:?}", run.gaps);
    assert!(run.gaps[0].starts_with("1 of its rules"), "{:?}", run.gaps);
    assert!(run.gaps[1].starts_with("result 1: "), "{:?}", run.gaps);
    assert!(run.gaps[2].starts_with("result 2: names no rule"), "{:?}", run.gaps);
    assert!(run.gaps[3].starts_with("result 4: properties of more than"), "{:?}", run.gaps);
    let many = of(json!({ "tool": { "driver": {} }, "results": vec![0; 50] }));
    assert_eq!(many.runs[0].gaps.len(), 21);
    assert!(many.runs[0].gaps[20].contains("and 30 more"), "{:?}", many.runs[0].gaps);
    let away = of(
        json!({ "tool": { "driver": {} }, "results": [], "externalPropertyFileReferences": { "results": [{}] } }),
    );
    assert_eq!(away.runs[0].gaps, ["its results lie in another file"]);
}

#[test]
fn marks_and_wide_letters_of_windows_are_read() {
    let text = json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "é" } }, "results": [] }] }).to_string();
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(text.bytes());
    let little = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes));
    let big = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes));
    for bytes in [text.clone().into_bytes(), marked, little.collect(), big.collect()] {
        assert_eq!(read("log", &bytes, "").expect("it is one").runs[0].tool, "é");
    }
    refused(b"\xff\xfea");
    refused(b"\x80{}");
}

#[test]
fn what_is_no_log_or_larger_than_any_is_refused_with_its_line() {
    assert_eq!(
        refused(b"{\n\"runs\": 5}").message,
        "log:2: is no SARIF: invalid type: integer `5`, expected a list"
    );
    assert_eq!(refused(b"{}").message, "log:1: is no SARIF: missing field `runs`");
    assert!(refused(br#"{"version": "1.0.0", "runs": []}"#).message.contains("SARIF 1.0.0"));
    assert!(refused(br#"{"runs": [5]}"#).message.starts_with("log: a run is none"));
    assert!(refused(br#"{"runs": [{"tool": {"driver": 5}}]}"#).message.contains("a run is none"));
    let many = |list: &str, count: usize| {
        let members = vec!["0"; count].join(",");
        format!(
            r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{}}}}, "{list}": [{members}]}}]}}"#
        )
    };
    assert!(read("log", many("results", 100_000).as_bytes(), "").is_ok());
    for list in ["results", "artifacts", "invocations"] {
        let failure = refused(many(list, 100_001).as_bytes());
        assert!(failure.message.contains("a list of more than 100000"), "{}", failure.message);
    }
    let deep = format!(r#"{{"runs": [{}{}]}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refused(deep.as_bytes()).message, "log: a run is none: is no object");
    // A list is no object, though its members might stand in the right order.
    let log = of(
        json!({ "tool": { "driver": {} }, "results": [["rule"], { "ruleId": "r", "message": ["text"] }] }),
    );
    assert_eq!((log.runs[0].gaps.len(), log.runs[0].hits[0].message.as_str()), (1, ""));
}
