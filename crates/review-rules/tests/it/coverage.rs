//! Reports of coverage: the four kinds agree, paths mean files, and what is not measured is named.

use std::collections::BTreeMap;
use std::fmt::Write;

use leadforge_review_rules::change::{Change, FileChange, Kind, Lines, RepoPath};
use leadforge_review_rules::coverage::{Coverage, Covered, PatchCoverage, patch};
use leadforge_review_rules::size::Classes;
use leadforge_review_rules::{Checked, Looked};
use proptest::prelude::*;

type Hits = BTreeMap<String, BTreeMap<u32, u64>>;

fn lcov(hits: &Hits) -> String {
    let mut out = String::from("TN:\n");
    for (path, lines) in hits {
        let _ = writeln!(out, "SF:{path}");
        lines.iter().for_each(|(line, hits)| _ = writeln!(out, "DA:{line},{hits}"));
        out.push_str("LF:1\nend_of_record\n");
    }
    out
}

fn cobertura(hits: &Hits) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" ?>\n<coverage version=\"7\"><sources><source></source></sources><packages><package><classes>\n",
    );
    for (path, lines) in hits {
        let _ = writeln!(out, "<class name=\"x\" filename=\"{path}\"><methods/><lines>");
        lines.iter().for_each(|(line, hits)| {
            _ = writeln!(out, "<line number=\"{line}\" hits=\"{hits}\"/>");
        });
        out.push_str("</lines></class>\n");
    }
    out + "</classes></package></packages></coverage>\n"
}

fn coverage_py(hits: &Hits) -> String {
    let file = |lines: &BTreeMap<u32, u64>| {
        let with = |ran: bool| -> Vec<u32> {
            lines.iter().filter(|(_, hits)| (**hits > 0) == ran).map(|(line, _)| *line).collect()
        };
        serde_json::json!({"executed_lines": with(true), "missing_lines": with(false), "summary": {}})
    };
    let files: serde_json::Map<_, _> =
        hits.iter().map(|(path, lines)| (path.clone(), file(lines))).collect();
    serde_json::json!({"meta": {"format": 3}, "files": files, "totals": {}}).to_string()
}

/// Each line as a region of its own, closed on the same line.
fn llvm(hits: &Hits) -> String {
    let file = |(path, lines): (&String, &BTreeMap<u32, u64>)| {
        let segments: Vec<_> = lines
            .iter()
            .flat_map(|(line, hits)| {
                [
                    serde_json::json!([line, 1, hits, true, true, false]),
                    serde_json::json!([line, 9, 0, false, false, false]),
                ]
            })
            .collect();
        serde_json::json!({"filename": path, "segments": segments, "summary": {}})
    };
    let files: Vec<_> = hits.iter().map(file).collect();
    serde_json::json!({"version": "2.0.1", "type": "llvm.coverage.json.export", "data": [{"files": files}]}).to_string()
}

fn read(text: &str) -> Coverage {
    let mut coverage =
        Coverage::read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
    coverage.sources.clear();
    coverage
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_four_kinds_agree_line_for_line(
        hits in prop::collection::btree_map(
            "[a-z]{1,3}/[a-z]{1,4}\\.py",
            prop::collection::btree_map(1_u32..900, 0_u64..3, 1..40),
            1..6,
        )
    ) {
        let truth = read(&lcov(&hits));
        for (path, lines) in &hits {
            for line in 0..1_000 {
                let expected = lines.get(&line).map(|hits| *hits > 0);
                prop_assert_eq!(truth.files[path].get(line), expected);
            }
        }
        prop_assert_eq!(&read(&cobertura(&hits)), &truth);
        prop_assert_eq!(&read(&coverage_py(&hits)), &truth);
        prop_assert_eq!(&read(&llvm(&hits)), &truth);
    }

    #[test]
    fn a_report_that_is_cut_off_is_refused(
        hits in prop::collection::btree_map("[a-z]{1,4}\\.py", prop::collection::btree_map(1_u32..90, 0_u64..3, 1..9), 2..4),
        at in 0.05_f64..0.99,
    ) {
        for text in [lcov(&hits), cobertura(&hits), coverage_py(&hits), llvm(&hits)] {
            let end = (text.len() as f64 * at) as usize;
            // lcov is a row of records; what is cut between two of them is shorter and whole.
            if let Ok(coverage) = Coverage::read(&text.as_bytes()[..end]) {
                prop_assert!(text.starts_with("TN:") && text[..end].trim_end().ends_with("end_of_record"), "{}", end);
                prop_assert!(!coverage.files.is_empty());
            }
        }
    }
}

#[test]
fn what_is_no_report_says_so() {
    let told = |text: &str| Coverage::read(text.as_bytes()).unwrap_err().to_string();
    insta::assert_snapshot!(told(""), @"the report measures no file: did the tests run?");
    insta::assert_snapshot!(told("TN:\n"), @"the report measures no file: did the tests run?");
    insta::assert_snapshot!(told("{\"meta\": {}, \"files\": {}}"), @"the report measures no file: did the tests run?");
    insta::assert_snapshot!(told("{\"errors\": []}"), @"expected lcov, Cobertura XML, llvm-cov's JSON or coverage.py's JSON");
    insta::assert_snapshot!(told("hello"), @"expected lcov, Cobertura XML, llvm-cov's JSON or coverage.py's JSON");
    insta::assert_snapshot!(told("TN:\nSF:a.py\nDA:one,1\nend_of_record\n"), @"line 3: expected `DA:line,hits`");
    insta::assert_snapshot!(told("TN:\nDA:1,1\n"), @"line 2: a line's data before any SF: line");
    insta::assert_snapshot!(told("TN:\nSF:a.py\nDA:1,1\n"), @"line 3: the report is cut off: expected end_of_record");
    insta::assert_snapshot!(told("<html><body/></html>"), @"line 1: expected <coverage>");
    insta::assert_snapshot!(told("<coverage>\n<class filename=\"a\">\n<line number=\"1\"/></class></coverage>"), @r#"line 3: expected <line number="…" hits="…">"#);
    let bomb = "<!DOCTYPE c [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><coverage><sources><source>&b;</source></sources></coverage>";
    assert!(Coverage::read(bomb.as_bytes()).is_err());
}

fn changed(path: &str, lines: &[u32]) -> FileChange {
    FileChange {
        path: RepoPath::from(path),
        old_path: None,
        kind: Kind::Modified,
        binary: false,
        added: lines.iter().copied().collect::<Lines>(),
        removed: 0,
        text: b"x\n".repeat(lines.len()),
    }
}

fn judged(coverage: &str, paths: &[&str], files: Vec<FileChange>) -> (PatchCoverage, Checked) {
    let tree: BTreeMap<RepoPath, Vec<u8>> =
        paths.iter().map(|path| (RepoPath::from(*path), Vec::new())).collect();
    let coverage = Coverage::read(coverage.as_bytes()).unwrap();
    patch(&Change { files }, &coverage, None, &tree, &Classes::default(), Some(80.0))
}

#[test]
fn covered_missed_unmeasured_and_not_code_are_told_apart() {
    let report = "SF:src/a.py\nDA:1,1\nDA:2,0\nDA:4,3\nend_of_record\n";
    let paths = ["src/a.py", "src/b.py", "README.md", "tests/test_a.py"];
    let files = vec![
        changed("README.md", &[1, 2]),
        changed("src/a.py", &[1, 2, 3]),
        changed("src/b.py", &[7, 8]),
        changed("tests/test_a.py", &[1]),
    ];
    let (coverage, checked) = judged(report, &paths, files);
    assert_eq!((coverage.new.covered, coverage.new.lines, coverage.total.lines), (1, 2, 3));
    let kinds: Vec<_> = coverage
        .files
        .iter()
        .map(|file| serde_json::to_value(&file.covered).unwrap()["coverage"].clone())
        .collect();
    assert_eq!(kinds, ["not-code", "measured", "unmeasured", "not-code"]);
    let Looked::Partly { missed, .. } = &checked.looked else { panic!() };
    insta::assert_snapshot!(format!("{}: {}", missed[0].what, missed[0].why), @"src/b.py: unmeasured: the report does not have it; new lines: 2");
    let told: Vec<_> = checked.findings.iter().map(|finding| &*finding.message).collect();
    assert_eq!(
        told,
        [
            "no test runs this new line",
            "50.0 % of the new lines ran (1 of 2): at least 80 % is asked for"
        ]
    );
}

/// coverage.py's JSON has docstrings and excluded lines among those that ran, and its other reports have not.
#[test]
fn docstrings_are_no_statements() {
    let source = "\"\"\"Module.\"\"\"\n\nclass A:\n    # Its text.\n    'One.'\n    def f(self):\n        r\"\"\"Two\n        lines.\"\"\"\n        'not one'.strip()\n        if DEBUG: print()\n        return 1\n";
    let report = r#"{"files": {"a.py": {"executed_lines": [1, 3, 5, 6, 7, 9, 10, 11], "missing_lines": [],
        "excluded_lines": [10], "summary": {"covered_lines": 4}}}}"#;
    let coverage = Coverage::read(report.as_bytes()).unwrap();
    let tree = BTreeMap::from([(RepoPath::from("a.py"), source.as_bytes().to_vec())]);
    let change = Change { files: vec![changed("a.py", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])] };
    let (patch, _) = patch(&change, &coverage, Some(&coverage), &tree, &Classes::default(), None);
    let Covered::Measured { covered, missed } = &patch.files[0].covered else { panic!() };
    assert_eq!((covered.runs(), missed.len()), (&[(3, 3), (6, 6), (9, 9), (11, 11)][..], 0));
    assert_eq!((patch.new.lines, patch.total.lines, patch.before.unwrap().covered), (4, 4, 4));
}

/// Eighty per cent of nothing is neither 100 nor 0.
#[test]
fn no_line_that_can_run_is_not_a_share() {
    let report = "SF:src/a.py\nDA:1,1\nend_of_record\n";
    let (coverage, checked) = judged(report, &["src/a.py"], vec![changed("src/a.py", &[5])]);
    assert_eq!(coverage.new.percent(), None);
    assert_eq!((checked.findings.len(), checked.looked.whole()), (0, true));
}

#[test]
fn a_path_means_the_file_that_it_ends_with() {
    let paths = ["src/app/config.py", "src/app/ui.py", "src/lib/config.py", "a.py"];
    let of = |report: &str, path: &str| {
        let (coverage, checked) = judged(report, &paths, vec![changed(path, &[1])]);
        match coverage.files.first().map(|file| &file.covered) {
            Some(Covered::Measured { .. }) => "measured".to_owned(),
            Some(_) => "unmeasured".to_owned(),
            None => format!("{:?}", checked.looked),
        }
    };
    let lcov = |path: &str| {
        format!(
            "SF:{path}\nDA:1,1\nend_of_record\nSF:/ci/repo/src/app/ui.py\nDA:1,1\nend_of_record\n"
        )
    };
    let cobertura = |source: &str, path: &str| {
        format!(
            "<coverage><sources><source>{source}</source></sources><class filename=\"{path}\"><line number=\"1\" hits=\"1\"/></class></coverage>"
        )
    };
    assert_eq!(of(&lcov("/ci/repo/src/app/config.py"), "src/app/config.py"), "measured");
    assert_eq!(of(&lcov("/ci/repo/src/app/config.py"), "src/lib/config.py"), "unmeasured");
    assert_eq!(of(&lcov("./src\\app\\config.py"), "src/app/config.py"), "measured");
    // A library's file of the same name lies elsewhere.
    assert_eq!(of(&lcov("/usr/lib/python3/a.py"), "a.py"), "unmeasured");
    // Two files end with it, and nothing says which one is meant.
    assert_eq!(of(&lcov("config.py"), "src/app/config.py"), "unmeasured");
    assert_eq!(of(&cobertura("/ci/repo/src/app", "config.py"), "src/app/config.py"), "measured");
    assert_eq!(of(&cobertura("/ci/repo/src/app", "config.py"), "src/lib/config.py"), "unmeasured");
    assert_eq!(of(&cobertura("src/lib", "config.py"), "src/lib/config.py"), "measured");
    insta::assert_snapshot!(of(&cobertura("/other", "x/../../etc/passwd"), "a.py"), @r#"No { why: "none of the report's files is in the repository: it names x/../../etc/passwd" }"#);
}

/// From LLVM's own description of how a line is counted: a wrapped region reaches over lines, a
/// skipped region is none, a gap opens no region.
#[test]
fn llvm_segments_become_lines_as_llvm_counts_them() {
    let segments = "[[1,1,5,true,true,false],[2,3,0,true,true,false],[4,2,5,true,false,false],[5,1,0,false,true,false],\
                    [6,1,5,true,false,false],[7,4,0,true,true,true],[8,2,5,true,false,false],[9,2,0,false,false,false]]";
    let report = format!(
        "{{\"data\":[{{\"files\":[{{\"filename\":\"a.rs\",\"segments\":{segments}}}]}}],\"type\":\"llvm.coverage.json.export\",\"version\":\"2.0.1\"}}"
    );
    let coverage = Coverage::read(report.as_bytes()).unwrap();
    let lines: Vec<_> = (1..=10).map(|line| coverage.files["a.rs"].get(line)).collect();
    assert_eq!(
        lines,
        [
            Some(true),
            // The region that does not run begins on the line, the one around it runs.
            Some(true),
            Some(false),
            Some(false),
            None,
            // Nothing begins here, and what reaches in from the line before has no count.
            None,
            Some(true),
            Some(false),
            Some(true),
            None
        ]
    );
}
