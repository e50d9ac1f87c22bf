//! Criteria written as prose, turned into a ledger and held against it.

use crate::{RULES, Repo};

const PROSE: &str = "# Reviews\n\nSee docs/more.md.\n\n- **Output**: no print?\n- **Names**: clear?\n- Are all stakeholders heard?\n";
const LEDGER: &str = "docs/review/CRITERIA.md";

#[test]
fn prose_becomes_a_ledger_that_keeps_what_people_decide() {
    let repo = Repo::new(&[("docs/review/RULES.md", RULES), ("HOW.md", PROSE)]);
    let none = repo.call(&["rules", "import", "--check"]);
    assert_eq!(none.code, 2, "{}", none.err);
    let check = repo.call(&["rules", "import", "HOW.md", "--check"]);
    assert_eq!((check.code, repo.path().join(LEDGER).exists()), (1, false), "{}", check.out);
    let answer = repo.call(&["rules", "import", "HOW.md"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    insta::assert_snapshot!(answer.out, @r"
    new      reviews.output
    new      reviews.names
    new      reviews.are-all-stakeholders-heard
    3 items in HOW.md (lines 1 to 7): 0 machine (0 of them with a rest that others judge), 2 ai, 1 human
    3 entries are open: somebody has to look at them
    no criteria: the words on lines 3
    mentions docs/more.md, which is not here
    ");
    let text = std::fs::read_to_string(repo.path().join(LEDGER)).unwrap();
    let decided = text.replacen(
        "judge = \"ai\"\nopen = \"new\"",
        "judge = \"machine\"\nrules = [\"no-print\"]",
        1,
    );
    repo.write(LEDGER, &decided);
    assert_eq!(repo.call(&["rules", "import", "--check"]).code, 0);
    // The document moves on: the check is red until somebody imports, and the decision stays.
    repo.write(
        "HOW.md",
        &PROSE.replace("clear?", "clear to all?").replace("# Reviews\n", "# Reviews\n\n"),
    );
    let check = repo.call(&["rules", "import", "--check"]);
    assert_eq!(
        (check.code, check.out.contains("changed  reviews.names")),
        (1, true),
        "{}",
        check.out
    );
    assert_eq!(repo.call(&["rules", "import"]).code, 0);
    assert_eq!(repo.call(&["rules", "import", "--check"]).code, 0);
    let text = std::fs::read_to_string(repo.path().join(LEDGER)).unwrap();
    assert!(
        text.contains("rules = [\"no-print\"]") && text.contains("open = \"changed\""),
        "{text}"
    );
    // A rule that is gone checks nothing.
    repo.write(LEDGER, &text.replace("no-print", "no-prints"));
    let check = repo.call(&["rules", "import", "--check"]);
    assert_eq!(check.code, 1);
    assert!(
        check.out.contains("wrong    reviews.output: the rule no-prints is not in the file"),
        "{}",
        check.out
    );
    repo.write(LEDGER, &format!("{text}\nA thought.\n"));
    assert_eq!(repo.call(&["rules", "import"]).code, 2);
    assert_eq!(repo.call(&["rules", "import", "NONE.md"]).code, 2);
}

#[test]
fn rules_can_be_tried_out_before_they_are_on_the_base() {
    let repo = Repo::new(&[("src/a.py", "x = 1\n")]);
    repo.write("src/a.py", "x = 1\nprint(x)\n");
    repo.commit();
    repo.write("mine.md", RULES);
    let answer = repo.call(&["check", "--rules", "mine.md", "--head", "HEAD", "--format", "json"]);
    assert_eq!(
        (answer.code, answer.told()),
        (1, vec!["no-print src/a.py:2".to_owned()]),
        "{}",
        answer.err
    );
    repo.write("mine.md", &RULES.replace("bad = [\"print", "bad = [\"log.print"));
    assert_eq!(repo.call(&["check", "--rules", "mine.md"]).code, 3);
}
