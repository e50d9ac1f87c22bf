//! The workflow `supply-chain.yml`, played; Docker is a script that packs the context with `lead-sbom pack`.

use super::workflow::{NOTED, Runner, codes};

/// `docker` as far as the workflow calls it.
const DOCKER: &str = r#"#!/bin/bash
set -eu
case "$1" in
  build) lead-sbom pack "$LOG.$3" --add "$4:/app" --user 1000 > /dev/null ;;
  save) tar -C "$LOG.$4" -cf "$3" . ;;
esac
"#;

fn runner() -> Runner {
    let scripts = [("docker", DOCKER), ("cargo", NOTED)];
    let mut runner = Runner::new("supply-chain", &["lead-sbom"], &scripts);
    // A smaller bound than the one that is written, so that little is packed.
    runner.instead.push(("MAX_GROWTH".to_owned(), "200000".to_owned()));
    runner
}

/// A lock of cargo with these packages.
fn lock(packages: &[&str]) -> String {
    let one = |name: &&str| {
        format!(
            "[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n\n"
        )
    };
    let all: String = packages.iter().map(one).collect();
    format!("version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n\n{all}")
}

#[test]
fn what_is_new_is_told_and_gated() {
    let runner = runner();
    runner.repo.write("Cargo.lock", &lock(&["old"]));
    runner.repo.write("Dockerfile", "FROM debian:12\nRUN sudo a\n");
    runner.commit("the base");
    // A new component is told, and a fault that was there before is no fault of this change.
    runner.repo.write("Cargo.lock", &lock(&["new", "old"]));
    runner.commit("feat: a crate");
    let told = runner.job("tree", &[]);
    assert_eq!(codes(&told), [0; 6], "{told:#?}");
    assert!(runner.read("summary").contains("| new | 1\\.0.0 |"), "{}", runner.read("summary"));
    assert!(!runner.read("summary").contains("| old |"), "{}", runner.read("summary"));
    assert!(runner.temp().join("supply-chain/head.cdx.json").is_file());
    // A new fault is red.
    runner.repo.write("Dockerfile", "FROM debian:12\nRUN sudo a\nENV A=b\nRUN curl x | sh\n");
    runner.commit("feat: a script");
    let told = runner.job("tree", &[]);
    assert_eq!(codes(&told), [0, 0, 0, 0, 0, 1], "{told:#?}");
    assert!(told[5].2.contains("file=Dockerfile,line=4"), "{}", told[5].2);
    // So is a lock that is stale.
    runner.repo.write("pyproject.toml", "[project]\nname = \"a\"\nversion = \"2\"\n");
    runner.repo.write(
        "uv.lock",
        "version = 1\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = { editable = \".\" }\n",
    );
    runner.commit("feat: a project");
    let told = runner.job("tree", &[]);
    assert_eq!(codes(&told)[4], 1, "{told:#?}");
}

#[test]
fn what_went_down_is_asked_about() {
    let runner = runner();
    let lock = |version: &str| lock(&["old"]).replace("1.0.0", version);
    runner.repo.write("Cargo.lock", &lock("1.2.0"));
    runner.commit("the base");
    runner.repo.write("Cargo.lock", &lock("1.1.9"));
    runner.commit("fix: an older crate");
    let told = runner.job("tree", &[]);
    assert_eq!(codes(&told)[..4], [0, 0, 0, 1], "{told:#?}");
    assert!(
        runner.read("summary").contains("| old | 1\\.2.0 | 1\\.1.9 |"),
        "{}",
        runner.read("summary")
    );
}

#[test]
fn an_image_is_inventoried_and_may_not_grow_too_much() {
    let runner = runner();
    runner.repo.write("Dockerfile", "FROM scratch\n");
    runner.commit("the base");
    runner.repo.write("b.txt", "two\n");
    runner.commit("feat: a file");
    let told = runner.job("image", &[]);
    assert_eq!(codes(&told), [0; 3], "{told:#?}");
    assert!(runner.read("summary").contains("files of all layers"), "{}", runner.read("summary"));
    for file in ["head.cdx.json", "base.cdx.json", "image.html"] {
        assert!(runner.temp().join("image").join(file).is_file(), "{file}");
    }
    runner.repo.write("large", &"x".repeat(600_000));
    runner.commit("feat: a large file");
    let told = runner.job("image", &[]);
    assert_eq!(codes(&told), [0, 0, 1], "{told:#?}");
}
