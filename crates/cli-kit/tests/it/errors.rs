//! Every error is one clear line, in text and in JSON, with the same exit code.

use crate::{heard, heard_in};

fn both(args: &[&str]) -> String {
    let (code, stdout, stderr) = heard(args);
    assert_eq!(stdout, "", "errors do not go to standard output");
    let json: Vec<&str> = [args, &["--format", "json"]].concat();
    let (json_code, stdout, _) = heard(&json);
    assert_eq!(json_code, code, "the code is the same in every format");
    let envelope: serde_json::Value = serde_json::from_str(&stdout).expect("one JSON value");
    assert_eq!((stdout.lines().count(), &envelope["outcome"]), (1, &"error".into()));
    assert_eq!(envelope["error"]["exit"], code);
    format!("{code} {}\n{stderr}", envelope["error"]["code"])
}

#[test]
fn usage() {
    insta::assert_snapshot!(both(&["claen"]), @r#"
    2 "usage"
    error: unrecognized subcommand 'claen'
    hint: did you mean clean?
    "#);
    insta::assert_snapshot!(both(&["clean", "--ouput", "x"]), @r#"
    2 "usage"
    error: unexpected argument '--ouput' found
    hint: did you mean --output?
    "#);
    insta::assert_snapshot!(both(&["clean", "extra"]), @r#"
    2 "usage"
    error: unexpected argument 'extra' found
    hint: lead-speak --help explains its arguments
    "#);
    insta::assert_snapshot!(both(&[]), @r#"
    2 "usage"
    error: a command is missing
    hint: lead-speak --help lists them
    "#);
    insta::assert_snapshot!(both(&["clean", "-q", "-v"]), @r#"
    2 "usage"
    error: the argument '--quiet' cannot be used with '--verbose...'
    hint: lead-speak --help explains its arguments
    "#);
    insta::assert_snapshot!(both(&["clean", "--color", "red"]), @r#"
    2 "usage"
    error: invalid value 'red' for '--color <WHEN>' [possible values: auto, always, never]
    hint: lead-speak --help explains its arguments
    "#);
    insta::assert_snapshot!(both(&["clean", "a\u{1b}[2Jb\nc"]), @r#"
    2 "usage"
    error: unexpected argument 'ab c' found
    hint: lead-speak --help explains its arguments
    "#);
}

#[test]
fn failures() {
    insta::assert_snapshot!(both(&["fail"]), @r#"
    3 "speak.read"
    error: no ^[[2Jfile here
    hint: look elsewhere
    "#);
    insta::assert_snapshot!(both(&["refuse"]), @r#"
    4 "speak.many"
    error: a is refused
    error: b is refused
    "#);
}

#[test]
fn a_panic_is_one_line_and_ours() {
    let shown = both(&["panic"]);
    let shown = shown.replace(|c: char| c.is_ascii_digit(), "N");
    // Outside of the workspace the package is its own root.
    let shown = shown.replace("crates/cli-kit/", "");
    insta::assert_snapshot!(shown, @r#"
    NNN "internal.panic"
    internal error at examples/speak.rs:NN:NN: the example fell over
    error: internal error
    hint: this is a bug of ours: please report the line above
    "#);
}

#[test]
fn a_format_that_a_command_lacks() {
    let (code, stdout, stderr) = heard(&["flood", "--format", "sarif"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    insta::assert_snapshot!(stderr, @r#"
    error: this command does not write --format sarif
    hint: it writes human
    "#);
}

#[test]
fn configuration() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(dir.path().join("leadforge.toml"), "[sandbx]\n").expect("written");
    let (code, _, stderr) = heard_in(dir.path(), &["trust"]);
    insta::assert_snapshot!(format!("{code} {stderr}"), @r#"
    2 error: ./leadforge.toml:1: unknown table `sandbx`
    hint: did you mean `sandbox`?
    "#);
    let (code, _, stderr) = heard_in(dir.path(), &["trust", "--config", "none.toml"]);
    insta::assert_snapshot!(format!("{code} {stderr}"), @"3 error: cannot read none.toml: No such file or directory (os error 2)");
    std::fs::write(dir.path().join("other.toml"), "[run]\njobs = 4\n").expect("written");
    let (code, stdout, _) = heard_in(dir.path(), &["trust", "--config", "other.toml"]);
    assert_eq!((code, stdout.as_str()), (0, "run.jobs = 4\n"));
}
