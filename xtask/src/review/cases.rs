//! What nobody could look at: small changes, what lead-review has to say of them, and who says that all is well.

/// Bytes of a file, so many times, so that a large one need not stand here.
pub(super) struct Content(pub(super) &'static [u8], pub(super) usize);

/// A program that looks at the same change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Peer {
    Semgrep,
    AstGrep,
    Bandit,
    DiffCover,
    DiffQuality,
}

/// A change and what is said of it.
pub(super) struct Case {
    /// What cannot be seen, for people.
    pub(super) what: &'static str,
    /// Files of the base, beside a rule against `print` and a small module.
    pub(super) base: &'static [(&'static str, Content)],
    /// Files that the change writes.
    pub(super) change: &'static [(&'static [u8], Content)],
    /// A file beside the repository that is handed to everybody, its name and how lead-review takes it.
    pub(super) given: Option<(&'static str, Content, &'static str)>,
    /// How lead-review ends.
    pub(super) code: i64,
    /// What lead-review names.
    pub(super) named: &'static str,
    /// Who ends with 0, and with which words; those not here were not asked or do notice.
    pub(super) calm: &'static [(Peer, &'static str)],
}

/// What every repository has at its base.
pub(super) const RULES: &str = "# Rules\n\n## No print {#no-print}\n\nUse the log.\n\n```toml rule\nlevel = \"warning\"\n\
    paths = [\"**/*.py\"]\nlanguage = \"python\"\nmatch = { pattern = \"print($$$)\" }\nbad = [\"print('x')\\n\"]\n\
    good = [\"log.info('x')\\n\"]\n```\n";

use Peer::{AstGrep, Bandit, DiffCover, DiffQuality, Semgrep};

const NONE: &[(&str, Content)] = &[];
/// A criterion that a model judges.
const JUDGED: &[(&str, Content)] = &[(
    "docs/review/CRITERIA.md",
    Content(
        b"# The criteria of a.md\n\n```toml ledger\nfile = \"a.md\"\nitems = 1\nwords = true\n```\n\n## Names\n\n\
        ### Clear {#names.clear}\n\n> Are names clear?\n\n```toml criterion\nline = 3\ndigest = \"0123\"\n\
        judge = \"ai\"\n```\n",
        1,
    ),
)];
/// Two new lines in the module that is there.
const TWO: &[(&[u8], Content)] = &[(b"src/a.py", Content(b"x = 2\nprint(x)\n", 1))];
const NO_LINES: &str = "No lines with coverage information in this diff.";
const ALL: &str = "Coverage: 100%";
const FINE: &str = "% Quality: 100%";
const NO_FINDINGS: &str = "0 findings";
const NO_ISSUES: &str = "No issues identified";
const BINARY: &str = "src/b.py: git takes it for binary, so it has no new lines to judge";

pub(super) const CASES: &[Case] = &[
    Case {
        what: "a coverage report without a word",
        base: NONE,
        change: TWO,
        given: Some(("lcov.info", Content(b"", 1), "--coverage")),
        code: 3,
        named: "the report measures no file: did the tests run?",
        calm: &[(DiffCover, NO_LINES)],
    },
    Case {
        what: "a coverage report of no file",
        base: NONE,
        change: TWO,
        given: Some((
            "coverage.xml",
            Content(b"<?xml version=\"1.0\"?><coverage line-rate=\"0\"><packages/></coverage>", 1),
            "--coverage",
        )),
        code: 3,
        named: "the report measures no file: did the tests run?",
        calm: &[(DiffCover, NO_LINES)],
    },
    Case {
        what: "new code that the coverage report does not have",
        base: NONE,
        change: &[(b"src/new.py", Content(b"y = 1\n", 1))],
        given: Some((
            "lcov.info",
            Content(b"TN:\nSF:src/a.py\nDA:1,1\nend_of_record\n", 1),
            "--coverage",
        )),
        code: 3,
        named: "src/new.py: unmeasured: the report does not have it; new lines: 1",
        calm: &[(DiffCover, NO_LINES)],
    },
    Case {
        what: "a coverage report of another folder",
        base: NONE,
        change: TWO,
        given: Some((
            "lcov.info",
            Content(b"TN:\nSF:/build/7/lib/z.py\nDA:1,0\nend_of_record\n", 1),
            "--coverage",
        )),
        code: 3,
        named: "none of the report's files is in the repository",
        calm: &[(DiffCover, NO_LINES)],
    },
    Case {
        what: "a coverage report that is cut off",
        base: NONE,
        change: TWO,
        given: Some(("lcov.info", Content(b"TN:\nSF:src/a.py\nDA:1,1\n", 1), "--coverage")),
        code: 3,
        named: "line 3: the report is cut off",
        calm: &[(DiffCover, ALL)],
    },
    Case {
        what: "words in place of a coverage report",
        base: NONE,
        change: TWO,
        given: Some(("lcov.info", Content(b"Coverage: 97 %\n", 1), "--coverage")),
        code: 3,
        named: "expected lcov, Cobertura XML",
        calm: &[],
    },
    Case {
        what: "a diff that is cut off",
        base: NONE,
        change: TWO,
        given: Some((
            "change.diff",
            Content(
                b"diff --git a/src/a.py b/src/a.py\nindex 1..2 100644\n--- a/src/a.py\n+++ b/src/a.py\n@@ -1 +1,3 @@\n-x = 0\n+x = 2\n",
                1,
            ),
            "--diff",
        )),
        code: 3,
        named: "hunk header does not match hunk",
        calm: &[(DiffCover, ALL)],
    },
    Case {
        what: "a page that says 429 in place of a diff",
        base: NONE,
        change: TWO,
        given: Some((
            "change.diff",
            Content(b"<html>429 Too Many Requests</html>\n", 1),
            "--diff",
        )),
        code: 3,
        named: "this is not what git diff writes",
        calm: &[(DiffCover, NO_LINES)],
    },
    Case {
        what: "an empty diff",
        base: NONE,
        change: TWO,
        given: Some(("change.diff", Content(b"", 1), "--diff")),
        code: 3,
        named: "there is no change: nothing was compared",
        calm: &[(DiffCover, NO_LINES)],
    },
    Case {
        what: "no change at all",
        base: NONE,
        change: &[],
        given: Some((
            "lcov.info",
            Content(b"TN:\nSF:src/a.py\nDA:1,0\nend_of_record\n", 1),
            "--coverage",
        )),
        code: 3,
        named: "there is no change: nothing was compared",
        calm: &[(DiffCover, NO_LINES)],
    },
    Case {
        what: "code that does not parse",
        base: NONE,
        change: &[(b"src/b.py", Content(b"def f(:\n    print(eval(x)\n", 1))],
        given: None,
        code: 3,
        named: "src/b.py:1: it does not parse as Python",
        calm: &[(Semgrep, NO_FINDINGS), (AstGrep, ""), (Bandit, NO_ISSUES)],
    },
    Case {
        what: "code in Latin-1",
        base: NONE,
        change: &[(b"src/b.py", Content(b"caf\xe9 = eval(x)\nprint(caf\xe9)\n", 1))],
        given: None,
        code: 3,
        named: "src/b.py: it is not text in UTF-8",
        calm: &[(AstGrep, ""), (Bandit, NO_ISSUES)],
    },
    Case {
        what: "code in UTF-16",
        base: NONE,
        change: &[(b"src/b.py", Content(b"\xff\xfep\0r\0i\0n\0t\0(\0e\0v\0a\0l\0)\0\n\0", 1))],
        given: None,
        code: 3,
        named: BINARY,
        calm: &[(Semgrep, NO_FINDINGS), (AstGrep, ""), (Bandit, NO_ISSUES)],
    },
    Case {
        what: "code with a NUL",
        base: NONE,
        change: &[(b"src/b.py", Content(b"print(eval(x))\n\0\n", 1))],
        given: None,
        code: 3,
        named: BINARY,
        calm: &[(Bandit, NO_ISSUES)],
    },
    Case {
        what: "a file whose name is not UTF-8",
        base: NONE,
        change: &[(b"src/caf\xe9.py", Content(b"print(eval(x))\n", 1))],
        given: None,
        code: 3,
        named: "its name is not text in UTF-8",
        calm: &[(Semgrep, NO_FINDINGS)],
    },
    Case {
        what: "nine megabytes of code",
        base: NONE,
        change: &[(b"src/b.py", Content(b"x = 1\nprint(x)\n", 600_000))],
        given: None,
        code: 3,
        named: "src/b.py: 9000000 bytes are more than are parsed",
        calm: &[(Semgrep, NO_FINDINGS), (AstGrep, "")],
    },
    Case {
        what: "a pointer of Git LFS",
        base: NONE,
        change: &[(
            b"src/data.csv",
            Content(b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n", 1),
        )],
        given: None,
        code: 3,
        named: "src/data.csv: a pointer of Git LFS",
        calm: &[(Semgrep, NO_FINDINGS), (AstGrep, ""), (Bandit, NO_ISSUES)],
    },
    Case {
        what: "rules of which one can never match",
        base: &[(
            "docs/review/RULES.md",
            Content(b"## No print {#no-print}\n\n```toml rule\nlanguage = \"python\"\nmatch = { pattern = \"pritn($$$)\" }\nbad = [\"print(1)\\n\"]\ngood = [\"x\\n\"]\n```\n", 1),
        )],
        change: TWO,
        given: None,
        code: 3,
        named: "no-print: bad example",
        calm: &[(Semgrep, NO_FINDINGS), (AstGrep, "")],
    },
    Case {
        what: "a file of rules without a rule",
        base: &[("docs/review/RULES.md", Content(b"# Rules\n\nWe want good code.\n", 1))],
        change: TWO,
        given: None,
        code: 3,
        named: "no rule: expected headings",
        calm: &[(Semgrep, "Nothing to scan")],
    },
    Case {
        what: "rules at a path that is not there",
        base: &[("leadforge.toml", Content(b"[review]\nrules = \"docs/rule.md\"\n", 1))],
        change: TWO,
        given: None,
        code: 3,
        named: "[review] rules names docs/rule.md, which the base does not have",
        calm: &[],
    },
    Case {
        what: "a contract about a module that is not there",
        base: &[(
            "docs/review/RULES.md",
            Content(b"## L {#l}\n\n```toml rule\nimports = { forbidden = { from = [\"app.page\"], to = [\"app.db\"] } }\nbad = [{ \"app/__init__.py\" = \"\", \"app/page.py\" = \"import app.db\\n\", \"app/db.py\" = \"\" }]\ngood = [{ \"app/__init__.py\" = \"\", \"app/page.py\" = \"\", \"app/db.py\" = \"\" }]\n```\n", 1),
        )],
        change: TWO,
        given: None,
        code: 3,
        named: "l: there is no module \"app.db\"",
        calm: &[],
    },
    Case {
        what: "another tool's report without a run",
        base: NONE,
        change: TWO,
        given: Some((
            "found.sarif",
            Content(b"{\"version\":\"2.1.0\",\"runs\":[]}", 1),
            "--sarif",
        )),
        code: 3,
        named: "the log has no run of any tool",
        calm: &[(DiffQuality, FINE)],
    },
    Case {
        what: "another tool's report of another folder",
        base: NONE,
        change: TWO,
        given: Some((
            "found.sarif",
            Content(b"{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},\"results\":[{\"ruleId\":\"r\",\"message\":{\"text\":\"m\"},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"file:///other/src/a.py\"},\"region\":{\"startLine\":1}}}]}]}]}", 1),
            "--sarif",
        )),
        code: 3,
        named: "/other/src/a.py: the place that it names is in no file of the repository",
        calm: &[(DiffQuality, FINE)],
    },
    Case {
        what: "another tool that was not there",
        base: NONE,
        change: TWO,
        given: Some(("found.sarif", Content(b"pylint: command not found\n", 1), "--sarif")),
        code: 3,
        named: "is no SARIF",
        calm: &[(DiffQuality, FINE)],
    },
    Case {
        what: "another tool that failed",
        base: NONE,
        change: TWO,
        given: Some((
            "found.sarif",
            Content(b"{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},\"invocations\":[{\"executionSuccessful\":false}],\"results\":[]}]}", 1),
            "--sarif",
        )),
        code: 3,
        named: "sarif:t",
        calm: &[(DiffQuality, FINE)],
    },
    Case {
        what: "a model's review that reads None",
        base: JUDGED,
        change: TWO,
        given: Some(("model", Content(b"#!/bin/sh\ncat > /dev/null\necho None\n", 1), "--ai-cmd")),
        code: 3,
        named: "not looked: the answer is empty",
        calm: &[],
    },
    Case {
        what: "a model's review that breaks off",
        base: JUDGED,
        change: TWO,
        given: Some((
            "model",
            Content(b"#!/bin/sh\ncat > /dev/null\necho '{\"read\": \"00\", \"findings\": [{'\n", 1),
            "--ai-cmd",
        )),
        code: 3,
        named: "not looked: the answer is not the JSON that was asked for",
        calm: &[],
    },
    Case {
        what: "a model's review of half of what it was sent",
        base: JUDGED,
        change: TWO,
        given: Some((
            "model",
            Content(b"#!/bin/sh\nhead -c 300 > /dev/null\necho '{\"read\": \"\", \"findings\": []}'\n", 1),
            "--ai-cmd",
        )),
        code: 3,
        named: "the prompt was not read whole",
        calm: &[],
    },
    Case {
        what: "a required check whose evidence nobody gave",
        base: &[("leadforge.toml", Content(b"[review]\nrequire = [\"coverage\"]\n", 1))],
        change: TWO,
        given: None,
        code: 3,
        named: "not looked: the check was not run",
        calm: &[],
    },
    Case {
        what: "lines that `.gitattributes` hides from git (lead-review sees them: exit 1)",
        base: &[
            (".gitattributes", Content(b"*.py -diff\n", 1)),
            ("leadforge.toml", Content(b"[review]\nfail-on = \"warning\"\n", 1)),
        ],
        change: TWO,
        given: Some((
            "lcov.info",
            Content(b"TN:\nSF:src/a.py\nDA:1,1\nDA:2,0\nend_of_record\n", 1),
            "--coverage",
        )),
        code: 1,
        named: "src/a.py:2: warning: No print [no-print]",
        calm: &[(DiffCover, NO_LINES)],
    },
];
