//! Blind spots: where others say OK, this says 3 and names what was not looked at.

use crate::{RULES, Repo};

fn repo() -> Repo {
    Repo::new(&[("docs/review/RULES.md", RULES), ("src/a.py", "x = 1\n")])
}

/// Calls `check` with these arguments and gives the exit code with everything it says.
fn said(repo: &Repo, args: &[&str]) -> (i32, String) {
    let answer = repo.call(&[&["check"], args].concat());
    (answer.code, answer.out + &answer.err)
}

#[track_caller]
fn blind(repo: &Repo, args: &[&str], named: &str) {
    let (code, text) = said(repo, args);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains(named), "{named:?} is not in:\n{text}");
}

#[test]
fn no_change_at_all() {
    blind(&repo(), &[], "there is no change: nothing was compared");
}

#[test]
fn reports_of_coverage_that_say_nothing() {
    let repo = repo();
    repo.write(".git/info/exclude", "*.cov\n");
    repo.write("src/a.py", "x = 2\n");
    repo.write("empty.cov", "");
    blind(
        &repo,
        &["--coverage", "empty.cov"],
        "empty.cov: the report measures no file: did the tests run?",
    );
    repo.write("none.cov", "{\"meta\": {}, \"files\": {}}");
    blind(&repo, &["--coverage", "none.cov"], "none.cov: the report measures no file");
    blind(&repo, &["--coverage", "missing.cov"], "missing.cov: No such file or directory");
    repo.write("cut.cov", "TN:\nSF:src/a.py\nDA:1,1\n");
    blind(&repo, &["--coverage", "cut.cov"], "cut.cov: line 3: the report is cut off");
    repo.write("html.cov", "<!DOCTYPE html><html></html>");
    blind(&repo, &["--coverage", "html.cov"], "html.cov: line 1: expected <coverage>");
    repo.write("text.cov", "Coverage: 97 %\n");
    blind(&repo, &["--coverage", "text.cov"], "text.cov: expected lcov, Cobertura XML");
    repo.write("other.cov", "SF:/elsewhere/lib/z.py\nDA:1,1\nend_of_record\n");
    blind(
        &repo,
        &["--coverage", "other.cov"],
        "none of the report's files is in the repository: it names /elsewhere/lib/z.py",
    );
    repo.write("src/new.py", "y = 1\n");
    repo.write("part.cov", "SF:src/a.py\nDA:1,1\nend_of_record\n");
    blind(
        &repo,
        &["--coverage", "part.cov"],
        "src/new.py: unmeasured: the report does not have it; new lines: 1",
    );
}

#[test]
fn files_that_cannot_be_judged() {
    let repo = repo();
    repo.write("src/broken.py", "def (:\n");
    let (code, text) = said(&repo, &[]);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("src/broken.py:1: it does not parse as Python"), "{text}");
    std::fs::write(repo.path().join("src/broken.py"), b"caf\xe9 = 1\n").unwrap();
    blind(&repo, &[], "src/broken.py: it is not text in UTF-8");
    std::fs::remove_file(repo.path().join("src/broken.py")).unwrap();
    let name = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"src/caf\xe9.py");
    std::fs::write(repo.path().join(name), "x = 1\n").unwrap();
    blind(&repo, &[], "its name is not text in UTF-8");
}

#[test]
fn diffs_that_are_not_whole() {
    let repo = repo();
    let whole = "diff --git a/src/a.py b/src/a.py\nindex 1..2 100644\n--- a/src/a.py\n+++ b/src/a.py\n@@ -1 +1,2 @@\n-x = 0\n+x = 1\n+y\n";
    let call = |text: &str| {
        let answer = repo.call_with(&["check", "--diff", "-"], text);
        (answer.code, answer.out + &answer.err)
    };
    let (code, text) = call(&whole[..whole.len() - 3]);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("hunk header does not match hunk"), "{text}");
    let (code, text) = call("<html>429 Too Many Requests</html>\n");
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("this is not what git diff writes"), "{text}");
    let (code, text) = call("");
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("there is no change"), "{text}");
}

#[test]
fn rules_that_nobody_can_apply() {
    let repo = Repo::new(&[
        ("docs/review/RULES.md", &RULES.replace("pattern =", "pattern_ =")),
        ("a.py", "x = 1\n"),
    ]);
    repo.write("a.py", "x = 2\n");
    blind(&repo, &[], "docs/review/RULES.md:11: unknown field `pattern_`");
    let repo = Repo::new(&[
        ("docs/review/RULES.md", &RULES.replace("bad = [\"print", "bad = [\"log")),
        ("a.py", "x = 1\n"),
    ]);
    repo.write("a.py", "x = 2\n");
    blind(&repo, &[], "no-print: bad example");
    let repo =
        Repo::new(&[("leadforge.toml", "[review]\nrules = \"nowhere.md\"\n"), ("a.py", "x = 1\n")]);
    repo.write("a.py", "x = 2\n");
    blind(&repo, &[], "[review] rules names nowhere.md, which the base does not have");
}

#[test]
fn a_required_check_whose_evidence_is_missing() {
    let repo = Repo::new(&[
        ("leadforge.toml", "[review]\nrequire = [\"coverage\", \"rules\"]\n"),
        ("a.py", "x = 1\n"),
    ]);
    repo.write("a.py", "x = 2\n");
    blind(&repo, &[], "not looked: the check was not run");
}

/// Every case of a server and of a command is in `ai/silence.rs`; here is what others kept as a review.
#[test]
fn a_model_that_says_nothing() {
    let judged = "\n## Names {#names}\n\nAre they clear?\n\n```toml rule\njudge = \"ai\"\n```\n";
    let repo = Repo::new(&[
        ("docs/review/RULES.md", &format!("{RULES}{judged}")),
        ("src/a.py", "x = 1\n"),
    ]);
    repo.write("src/a.py", "x = 2\n");
    let silent = [
        ("true", "ai         required  not looked: the answer is empty"),
        ("echo None", "the answer is empty"),
        ("printf '\\377\\376N\\0o\\0n\\0e\\0'", "the answer is not text in UTF-8"),
        ("echo 'Looks good to me!'", "the answer is not the JSON that was asked for"),
        ("echo '{\"read\": \"0123\", \"findings\": ['", "the answer is not the JSON"),
        ("echo '{\"read\": \"0123\", \"findings\": []}'", "the prompt was not read whole"),
        ("echo '{\"read\": \"\", \"findings\": []}'; exit 1", "it ended with exit status: 1"),
        ("sleep 60", "no answer within 1 s"),
    ];
    for (command, named) in silent {
        blind(&repo, &["--ai-cmd", command, "--ai-seconds", "1"], named);
    }
    // Source that hides its lines was sent to nobody.
    let whole =
        "end=$(tail -n 1); echo \"{\\\"read\\\": \\\"${end##* }\\\", \\\"findings\\\": []}\"";
    let (code, text) = said(&repo, &["--ai-cmd", whole]);
    assert_eq!(code, 0, "{text}");
    std::fs::write(repo.path().join("src/b.py"), b"print('x')\n\0").unwrap();
    blind(
        &repo,
        &["--ai-cmd", whole],
        "ai         required  looked at 1 file, 1 new line, but not at",
    );
    // Required on the base, and nobody was asked.
    let repo =
        Repo::new(&[("leadforge.toml", "[review]\nrequire = [\"ai\"]\n"), ("a.py", "x = 1\n")]);
    repo.write("a.py", "x = 2\n");
    blind(&repo, &[], "ai         required  not looked: the check was not run");
}

#[test]
fn a_base_that_is_not_there() {
    let repo = repo();
    repo.write("src/a.py", "x = 2\n");
    repo.git(&["checkout", "-q", "--orphan", "alone"]);
    repo.commit();
    blind(&repo, &["--base", "main"], "main and the change have no commit in common here");
    repo.git(&["checkout", "-q", "-f", "main"]);
    repo.git(&["commit", "-q", "--allow-empty", "-m", "more"]);
    // A clone that is cut off, as CI makes it.
    let cut = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repo.path().display());
    repo.git(&["branch", "-q", "other", "HEAD~1"]);
    let folder = cut.path().join("clone");
    repo.git(&[
        "clone",
        "-q",
        "--depth",
        "1",
        "--no-single-branch",
        &url,
        folder.to_str().unwrap(),
    ]);
    let answer = repo
        .command(env!("CARGO_BIN_EXE_lead-review"))
        .current_dir(&folder)
        .args(["check", "--base", "origin/other"])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&answer.stderr);
    assert_eq!(answer.status.code(), Some(3), "{text}");
    assert!(text.contains("git fetch --unshallow, or fetch-depth: 0 in CI"), "{text}");
}

/// A contract that names a module which is not there holds whatever happens.
#[test]
fn a_contract_about_nothing() {
    let rules = r#"## Layers {#layers}

```toml rule
imports = { layers = ["app.page", "app.nowhere"] }
bad = [{ "app/__init__.py" = "", "app/page.py" = "", "app/nowhere.py" = "import app.page\n" }]
good = [{ "app/__init__.py" = "", "app/page.py" = "", "app/nowhere.py" = "" }]
```
"#;
    let repo = Repo::new(&[
        ("docs/review/RULES.md", rules),
        ("app/__init__.py", ""),
        ("app/page.py", "x = 1\n"),
    ]);
    repo.write("app/page.py", "x = 2\n");
    blind(&repo, &[], "layers: ");
    repo.write("app/nowhere.py", "from app import page\n");
    let (code, text) = said(&repo, &[]);
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("app/nowhere.py:1: warning: Layers: app.nowhere imports app.page [layers]"),
        "{text}"
    );
    assert!(text.contains("arch       required"), "{text}");
}

/// One attribute, or one NUL, and git shows no line of a file.
#[test]
fn source_that_a_change_hides_from_git() {
    let print = "print('x')\n";
    let repo = repo();
    repo.write(".gitattributes", "*.py -diff\n");
    repo.write("src/b.py", print);
    let (code, text) = said(&repo, &[]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("src/b.py:1: error: No print [no-print]"), "{text}");
    let before = Repo::new(&[("docs/review/RULES.md", RULES), (".gitattributes", "*.py binary\n")]);
    before.write("src/b.py", print);
    let (code, text) = said(&before, &[]);
    assert_eq!(code, 1, "{text}");
    for hidden in [&b"print('x')\n\0"[..], b"\xff\xfep\0r\0i\0n\0t\0(\0)\0\n\0"] {
        let repo = self::repo();
        std::fs::write(repo.path().join("src/b.py"), hidden).unwrap();
        blind(&repo, &[], "src/b.py: git takes it for binary, so it has no new lines to judge");
        // Pictures have no lines that anybody could judge.
        std::fs::rename(repo.path().join("src/b.py"), repo.path().join("src/b.png")).unwrap();
        assert_eq!(said(&repo, &[]).0, 0);
    }
}

#[test]
fn what_is_kept_elsewhere() {
    let repo = repo();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    repo.write("data.csv", pointer);
    blind(&repo, &[], "data.csv: a pointer of Git LFS: its content is not in git");
    std::fs::remove_file(repo.path().join("data.csv")).unwrap();
    let tip = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{},lib", tip.trim())]);
    blind(&repo, &["--staged"], "lib: a submodule: its files are in another repository");
}

/// What a shell of Windows writes.
#[test]
fn a_secret_in_utf_16_is_found() {
    let repo = repo();
    let text = "token = ghp_16C7e42F292c6912E7710c838347Ae178B4a\r\n";
    let bytes: Vec<u8> =
        [0xfe_ff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    std::fs::write(repo.path().join("env.txt"), bytes).unwrap();
    let (code, text) = said(&repo, &[]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("env.txt:1: error: "), "{text}");
}
