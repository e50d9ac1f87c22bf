//! `lead-sbom dockerfile` and `lead-sbom dockerignore`.

use crate::Folder;

const FILE: &str = "FROM python:3.12-slim AS builder\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/\n\
    COPY pyproject.toml /app/\nRUN uv pip install '.[web]'\nCOPY src/ /app/src/\nRUN uv pip install --no-deps -e .\n\
    FROM python:3.12-slim\nCOPY --from=builder /opt/venv /opt/venv\nCMD [\"python\", \"-m\", \"app\"]\n";

#[test]
fn what_hadolint_passes() {
    let folder = Folder::new(&[
        ("Dockerfile", FILE),
        ("railway.toml", ""),
        ("uv.lock", ""),
        ("src/a.py", ""),
    ]);
    let answer = folder.call(&["dockerfile", "--format", "json"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    let json = answer.json();
    let mut rules: Vec<&str> =
        json["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
    rules.sort_unstable();
    rules.dedup();
    assert_eq!(
        rules,
        [
            "editable-install",
            "image-latest",
            "image-undigested",
            "no-dockerignore",
            "no-healthcheck",
            "root-user",
            "unlocked-install"
        ]
    );
}

#[test]
fn gates_and_pragmas() {
    let folder = Folder::new(&[(
        "D",
        "FROM a:1@sha256:b\n# hadolint ignore=DL3004\nRUN sudo a\nRUN wget x\n",
    )]);
    let answer = folder.call(&["dockerfile", "D", "--context", "."]);
    assert_eq!(answer.code, 1);
    assert!(answer.out.contains("D:4: info: wget fills the log"), "{}", answer.out);
    assert!(answer.out.contains("1 silenced"), "{}", answer.out);
    assert_eq!(folder.call(&["dockerfile", "D", "--fail-on", "warning"]).code, 0);
    assert_eq!(folder.call(&["dockerfile", "D", "--fix"]).code, 1);
    folder.write(".hadolint.yaml", "ignored: [DL3059]\n");
    assert_eq!(folder.call(&["dockerfile", "D"]).code, 0);
    folder.write(".hadolint.yaml", "ignored: 1\n");
    assert_eq!(folder.call(&["dockerfile", "D"]).code, 2);
    assert_eq!(folder.call(&["dockerfile", "none"]).code, 2);
    let unknown = folder.call(&["dockerfile", "D", "--hadolint", "D", "--ignore", "DL30"]);
    assert_eq!(unknown.code, 2);
    folder.write("E", "nothing\n");
    assert_eq!(folder.call(&["dockerfile", "E"]).code, 2);
}

#[test]
fn formats() {
    let folder = Folder::new(&[("Dockerfile", "FROM a\n")]);
    let sarif = folder.call(&["dockerfile", "--format", "sarif"]);
    assert!(
        sarif.out.contains("\"ruleId\": \"DL3006\"") || sarif.out.contains("\"ruleId\":\"DL3006\""),
        "{}",
        sarif.out
    );
    let github = folder.call(&["dockerfile", "--format", "github"]);
    assert!(github.out.contains("file=Dockerfile,line=1"), "{}", github.out);
}

#[test]
fn ignore_file() {
    let folder = Folder::new(&[
        ("Dockerfile", FILE),
        ("pyproject.toml", ""),
        ("src/a.py", ""),
        ("docs/a.md", ""),
    ]);
    let missing = folder.call(&["dockerignore", "--check"]);
    assert_eq!(missing.code, 1);
    assert!(folder.call(&["dockerignore"]).out.contains("!src\n"));
    assert_eq!(folder.call(&["dockerignore", "--write"]).code, 0);
    let good = folder.call(&["dockerignore", "--check"]);
    assert_eq!(good.code, 0, "{}", good.out);
    folder.write(".dockerignore", "src\n");
    let drops = folder.call(&["dockerignore", "--check"]);
    assert_eq!(drops.code, 1);
    assert!(drops.out.contains("1 of the 1 files of src never reach the build"), "{}", drops.out);
    assert_eq!(folder.call(&["dockerignore", "--write"]).code, 4);
    assert_eq!(folder.call(&["dockerignore", "--write", "--force"]).code, 0);
    assert_eq!(Folder::new(&[("a", "")]).call(&["dockerignore"]).code, 3);
}

#[test]
fn only_what_is_new() {
    let folder = Folder::new(&[("Dockerfile", "FROM a\nRUN sudo a\n")]);
    let base = folder.call(&[
        "dockerfile",
        "--fail-on",
        "none",
        "--format",
        "json",
        "--output",
        "base.json",
    ]);
    assert_eq!(base.code, 0, "{}", base.err);
    folder.write("Dockerfile", "# moved\nFROM a\nRUN sudo a\n");
    assert_eq!(folder.call(&["dockerfile", "--baseline", "base.json"]).code, 0);
    folder.write("Dockerfile", "FROM a\nRUN sudo a\nENV A=1\nRUN sudo b\n");
    let new = folder.call(&["dockerfile", "--baseline", "base.json"]);
    assert_eq!(new.code, 1);
    assert!(new.out.starts_with("Dockerfile:4: error:"), "{}", new.out);
    folder.write("bad.json", "{}");
    assert_eq!(folder.call(&["dockerfile", "--baseline", "bad.json"]).code, 2);
}
