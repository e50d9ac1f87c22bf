//! A whole review: what it finds, in every format, and from where its rules are.

use crate::{RULES, Repo};

fn with_rules(change: &[(&str, &str)]) -> Repo {
    let repo = Repo::new(&[("docs/review/RULES.md", RULES), ("src/a.py", "x = 1\n")]);
    change.iter().for_each(|(name, text)| repo.write(name, text));
    repo
}

#[test]
fn committed_staged_and_unstaged_lines_are_one_change() {
    let repo = with_rules(&[("src/a.py", "x = 1\nprint(1)\n")]);
    repo.commit();
    repo.write("src/a.py", "x = 1\nprint(1)\ny = 2\nprint(2)\n");
    repo.git(&["add", "src/a.py"]);
    repo.write("src/a.py", "# first\nx = 1\nprint(1)\ny = 2\nprint(2)\nprint(3)\n");
    let answer = repo.call(&["check", "--format", "json"]);
    assert_eq!(
        answer.told(),
        ["no-print src/a.py:3", "no-print src/a.py:5", "no-print src/a.py:6"]
    );
    assert_eq!(answer.code, 1);
    let staged = repo.call(&["check", "--staged", "--format", "json"]);
    assert_eq!(staged.told(), ["no-print src/a.py:4"]);
    let committed = repo.call(&["check", "--head", "HEAD", "--format", "json"]);
    assert_eq!(committed.told(), ["no-print src/a.py:2"]);
}

#[test]
fn the_result_for_people() {
    let repo = with_rules(&[("src/a.py", "x = 1\nprint(1)\n")]);
    let answer = repo.call(&["check", "--base", "main"]);
    let commit = repo.git(&["rev-parse", "--short=10", "main"]);
    insta::assert_snapshot!(answer.out.replace(&commit, "COMMIT"), @r"
    the files here against main (COMMIT); 1 rule of docs/review/RULES.md at the base

    src/a.py:2: error: No print [no-print]

    rules      required  looked at 1 file, 1 new line
    secrets    required  looked at 1 file, 1 new line
    size       required  looked at 1 file, 1 new line

    failed: 1 finding
    ");
}

/// The pull request is hostile: it does not choose by what it is judged.
#[test]
fn rules_and_configuration_are_those_of_the_base() {
    let repo = with_rules(&[("src/a.py", "x = 1\nprint(1)\n")]);
    repo.write("docs/review/RULES.md", &RULES.replace("level = \"error\"", "level = \"note\""));
    repo.write("leadforge.toml", "[review]\nrequire = []\nfail-on = \"never\"\n");
    repo.commit();
    let answer = repo.call(&["check", "--format", "json"]);
    assert_eq!((answer.code, answer.json()["findings"][0]["level"].as_str()), (1, Some("error")));
    // Whoever calls the command may name another one.
    let answer = repo.call(&["check", "--format", "json", "--config", "leadforge.toml"]);
    assert_eq!(answer.code, 0);
}

#[test]
fn without_written_rules_the_built_in_ones_apply_and_it_is_said() {
    let repo = Repo::new(&[("src/a.py", "x = 1\n")]);
    repo.write("src/a.py", "eval(x)\n");
    let answer = repo.call(&["check", "--format", "json"]);
    assert_eq!(answer.told(), ["python.eval src/a.py:1"]);
    assert_eq!(
        answer.json()["data"]["rules"],
        "built-in rules: the base has no docs/review/RULES.md"
    );
}

#[test]
fn every_format_has_the_finding() {
    let repo = with_rules(&[("src/a.py", "x = 1\nprint(1)\n")]);
    let github = repo.call(&["check", "--format", "github"]);
    insta::assert_snapshot!(github.out, @"::error file=src/a.py,line=2,title=no-print::No print");
    let sarif = repo.call(&["check", "--format", "sarif"]).json();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "no-print");
    let answer = repo.call(&["check", "--rdjsonl", "rd", "--junit", "ju.xml", "--markdown", "md"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    let read = |name: &str| std::fs::read_to_string(repo.path().join(name)).unwrap();
    insta::assert_snapshot!(read("rd"), @r#"{"code":{"value":"no-print"},"location":{"path":"src/a.py","range":{"end":{"line":2},"start":{"line":2}}},"message":"No print","severity":"ERROR","source":{"name":"lead-review"},"suggestions":[{"range":{"end":{"line":2},"start":{"line":2}},"text":"log.info(1)"}]}"#);
    assert!(read("ju.xml").contains("src/a.py:2: No print [no-print]"), "{}", read("ju.xml"));
    assert!(
        read("md").contains("- `src/a.py:2` **error** No print (`no-print`)"),
        "{}",
        read("md")
    );
}

/// A planted secret never appears in what is written, in any format.
#[test]
fn a_secret_is_found_and_never_shown() {
    let secret = format!("ghp_{}", "q7Zt3LmX9aVb2NcR5dKe8PfW1gHs4JuY6oTi");
    let repo = with_rules(&[("src/a.py", &format!("x = 1\ntoken = \"{secret}\"\n"))]);
    for format in ["human", "json", "sarif", "github"] {
        let answer = repo.call(&[
            "check",
            "--format",
            format,
            "--rdjsonl",
            "rd",
            "--junit",
            "ju",
            "--markdown",
            "md",
        ]);
        assert_eq!(answer.code, 1, "{}", answer.out);
        assert!(answer.out.contains("github-pat"), "{format}: {}", answer.out);
        for text in [answer.out, answer.err] {
            assert!(!text.contains(&secret[8..20]), "{format}: {text}");
        }
    }
    for name in ["rd", "ju", "md"] {
        let text = std::fs::read_to_string(repo.path().join(name)).unwrap();
        assert!(text.contains("GitHub") && !text.contains(&secret[8..20]), "{name}: {text}");
    }
}

/// Who adds a secret can add a comment that asks to leave it out.
#[test]
fn a_comment_that_the_change_brings_hides_no_secret() {
    let line = |tail: &str| format!("token = \"ghp_{tail}\"  # leadforge:allow\n");
    let old = line("q7Zt3LmX9aVb2NcR5dKe8PfW1gHs4JuY6oTi");
    let repo = Repo::new(&[("src/a.py", &old)]);
    repo.write("src/a.py", &format!("import os\n{old}"));
    assert_eq!(repo.call(&["check"]).code, 0);
    repo.write("src/a.py", &line("a1Bc2De3Fg4Hi5Jk6Lm7No8Pq9Rs0Tu1Vw2X"));
    let answer = repo.call(&["check", "--format", "json"]);
    assert_eq!((answer.code, answer.told().len()), (1, 1), "{}", answer.out);
}

#[test]
fn coverage_of_new_lines() {
    let repo = with_rules(&[("src/a.py", "x = 1\ny = 2\nz = 3\n"), ("src/b.py", "q = 1\n")]);
    repo.write("cov.info", "SF:src/a.py\nDA:1,1\nDA:2,1\nDA:3,0\nend_of_record\n");
    let answer = repo.call(&["coverage", "--coverage", "cov.info"]);
    assert_eq!(answer.code, 3);
    let text = answer.out.lines().skip(1).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(text, @r"
    cov.info: not code (other)
    src/a.py: 1 of 2 new lines ran, not 3
    src/b.py: unmeasured, 1 new line
    new lines: 50.0 % (1 of 2)
    in all: 66.7 % (2 of 3)
    ");
    repo.git(&["rm", "-qf", "--ignore-unmatch", "src/b.py"]);
    std::fs::remove_file(repo.path().join("src/b.py")).unwrap();
    std::fs::write(repo.path().join(".gitignore"), "cov.info\n").unwrap();
    let answer = repo.call(&["check", "--coverage", "cov.info", "--format", "json"]);
    assert_eq!(answer.told(), ["coverage.missed src/a.py:3"], "{}", answer.out);
    assert_eq!(answer.json()["data"]["coverage"]["new"]["covered"], 1);
}

#[test]
fn the_size_and_the_guidance() {
    let text: String = (0..700).map(|n| format!("x{n} = {n}\n")).collect();
    let repo = with_rules(&[("src/big.py", &text), ("docs/a.md", "# A\n")]);
    let answer = repo.call(&["size"]);
    assert_eq!(answer.code, 0);
    assert!(answer.out.ends_with("\n700 changed lines of core code, 500 or more are too many to review well: split it into 2 parts\n"), "{}", answer.out);
    let answer = repo.call(&["size", "--markdown"]);
    assert!(
        answer.out.starts_with("## Review guidance\n\n**701 changed lines**: core 700, docs 1.\n"),
        "{}",
        answer.out
    );
    repo.git(&["checkout", "-q", "main"]);
    repo.write("leadforge.toml", "[review.size]\nwarn = 100\nerror = 600\n");
    repo.git(&["add", "leadforge.toml"]);
    repo.git(&["commit", "-qm", "limits"]);
    let answer = repo.call(&["size"]);
    assert_eq!(answer.code, 1, "{}", answer.out);
}
