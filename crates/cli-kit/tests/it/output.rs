//! Results in each format, on standard output and in files, with and without colour.

use crate::{heard, heard_in, parts, speak};

#[test]
fn formats() {
    insta::assert_snapshot!(heard(&["find"]).1, @"a.md:3: too loud");
    insta::assert_snapshot!(heard(&["find", "--format", "json"]).1, @r#"{"schema":"leadforge/speak/1","tool":{"name":"lead-speak","version":"0.1.0"},"outcome":"findings","summary":{"error":1,"warning":0},"findings":[{"rule":"speak.loud","level":"error","message":"too loud","at":{"path":"a.md","line":3}}],"data":{}}"#);
    insta::assert_snapshot!(heard(&["find", "--format", "github"]).1, @"::error file=a.md,line=3,title=speak.loud::too loud");
    let (code, sarif, _) = heard(&["find", "--format=sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("JSON");
    assert_eq!((code, &sarif["version"]), (1, &"2.1.0".into()));
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "speak.loud");
}

#[test]
fn a_flag_may_stand_before_or_after_the_verb() {
    assert_eq!(heard(&["--format", "json", "clean"]), heard(&["clean", "--format", "json"]));
}

#[test]
fn help_and_version_are_results() {
    let (code, stdout, stderr) = heard(&["--version"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(stdout.starts_with("lead-speak "), "{stdout}");
    let described = |args: &[&str]| heard(args).1.lines().next().map(str::to_owned);
    assert_eq!(described(&["-h"]).as_deref(), Some("Speaks in every way that a command may"));
    assert_eq!(described(&["find", "--help"]).as_deref(), Some("Reports one finding"));
    let (code, stdout, _) = heard(&["find", "--help"]);
    assert_eq!(code, 0);
    assert!(stdout.contains("Common options:") && !stdout.contains('\u{1b}'), "{stdout}");
}

#[test]
fn colour_is_a_choice() {
    let shown = |args: &[&str], vars: &[(&str, &str)]| {
        let output = speak().args(args).envs(vars.iter().copied()).output();
        parts(&output.expect("the example runs")).1
    };
    assert_eq!(shown(&["clean"], &[]), "fine\n");
    assert_eq!(shown(&["clean", "--color", "always"], &[]), "\u{1b}[32mfine\u{1b}[0m\n");
    assert_eq!(shown(&["clean"], &[("CLICOLOR_FORCE", "1")]), "\u{1b}[32mfine\u{1b}[0m\n");
    assert_eq!(shown(&["clean"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]), "fine\n");
    assert_eq!(shown(&["clean", "--color=never"], &[("CLICOLOR_FORCE", "1")]), "fine\n");
    assert!(!shown(&["clean"], &[("TERM", "dumb")]).contains('\u{1b}'));
}

#[test]
fn a_file_appears_whole() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let args = ["clean", "--output", "r.txt", "--color", "always"];
    assert_eq!(heard_in(dir.path(), &args), (0, String::new(), String::new()));
    let read = |name: &str| std::fs::read_to_string(dir.path().join(name)).expect("written");
    assert_eq!(read("r.txt"), "fine\n");
    assert_eq!(heard_in(dir.path(), &["document", "--output", "d.html"]).0, 0);
    assert_eq!(read("d.html"), "<p>\n");
    std::os::unix::fs::symlink("r.txt", dir.path().join("link")).expect("linked");
    for (path, code) in [("/dev/null", 4), ("link", 4), ("missing/r.txt", 3)] {
        let (found, _, stderr) = heard_in(dir.path(), &["clean", "--output", path]);
        assert_eq!((found, stderr.starts_with("error: ")), (code, true), "{path}: {stderr}");
    }
    assert_eq!(std::fs::read_dir(dir.path()).expect("listed").count(), 3);
}

#[test]
fn progress_suits_its_reader() {
    insta::assert_snapshot!(heard(&["work"]).2, @r#"
       claimed t-1 by ^Gnobody
    warning: it rains
    "#);
    insta::assert_snapshot!(heard(&["work", "--format", "json"]).2, @r#"
    {"event":"claimed","subject":"t-1","message":"by \u0007nobody"}
    {"event":"warning","message":"it rains"}
    "#);
    insta::assert_snapshot!(heard(&["work", "-q"]).2, @"warning: it rains");
    assert_eq!(heard(&["work"]).0, 3);
}
