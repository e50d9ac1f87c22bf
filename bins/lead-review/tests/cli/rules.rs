//! The written rules listed, explained and tested.

use crate::{RULES, Repo};

#[test]
fn rules_are_listed_explained_and_tested() {
    let repo = Repo::new(&[("docs/review/RULES.md", RULES)]);
    insta::assert_snapshot!(repo.call(&["rules", "list"]).out, @r"
    no-print  machine  error    No print
    1 rules, 1 of them checked by a machine
    ");
    insta::assert_snapshot!(repo.call(&["rules", "explain", "no-print"]).out, @r"
    no-print (error)
    No print

    Use the logging module.
    ");
    let answer = repo.call(&["rules", "explain", "no-pint"]);
    assert_eq!(answer.code, 2);
    insta::assert_snapshot!(answer.err, @r#"
    error: there is no rule "no-pint"
    hint: is no-print meant?
    "#);
    insta::assert_snapshot!(repo.call(&["rules", "test"]).out, @"1 rules, 2 examples, 0 not as their rule says");
    repo.write(
        "docs/review/RULES.md",
        &RULES.replace("good = [\"log", "good = [\"print(1)\\n\", \"log"),
    );
    let answer = repo.call(&["rules", "test"]);
    assert_eq!(answer.code, 1);
    insta::assert_snapshot!(answer.out, @r#"
    docs/review/RULES.md:3: no-print: good example "print(1)\n" is found
    1 rules, 3 examples, 1 not as their rule says
    "#);
    assert_eq!(repo.call(&["rules", "test", "--builtin"]).code, 0);
    repo.write("docs/review/RULES.md", &RULES.replace("pattern =", "pattern_ ="));
    let answer = repo.call(&["rules", "test"]);
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.starts_with("error: docs/review/RULES.md:11: unknown field `pattern_`"),
        "{}",
        answer.err
    );
    std::fs::remove_file(repo.path().join("docs/review/RULES.md")).unwrap();
    assert_eq!(repo.call(&["rules", "list"]).code, 3);
}
