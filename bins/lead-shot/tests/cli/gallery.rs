//! `gallery`: folders that are written on demand and never taken for evidence.

use std::fs;

use super::{Repo, picture};

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write("shots/home.png", picture(4, 3, [1, 2, 3]));
    repo.commit("feat: home");
    repo.git(&["tag", "v1"]);
    repo.write("shots/home.png", picture(4, 3, [250, 2, 3]));
    repo.commit("fix: home");
    repo.git(&["tag", "v2"]);
    repo
}

#[test]
fn every_version_has_its_folders_and_a_second_run_writes_nothing() {
    let repo = repo();
    let answer = repo.run(&["gallery"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    insta::assert_snapshot!(answer.out, @r"
    screenshots/history/2023-11-14/home.png
    screenshots/releases/v1/new-features/home.png
    screenshots/releases/v2/home-after.png
    screenshots/releases/v2/home-before.png
    4 files, 4 written; nothing is staged
    ");
    let old = fs::read(repo.path().join("screenshots/releases/v2/home-before.png"));
    assert_eq!(old.expect("written"), picture(4, 3, [1, 2, 3]));
    assert_eq!(repo.run(&["gallery"]).out, "4 files, 0 written; nothing is staged\n");
    // The views are no evidence of their own, but a place where an old picture can be seen.
    assert!(!repo.run(&["lint"]).out.contains("screenshots/"), "{}", repo.run(&["lint"]).out);
    let changelog = repo.run(&["changelog"]).out;
    assert!(changelog.contains("](<screenshots/"), "{changelog}");
    assert!(!changelog.contains("no longer in the tree"), "{changelog}");
}

#[test]
fn one_version_alone_and_none() {
    let repo = repo();
    let answer = repo.run(&["gallery", "v2", "--to", "out"]);
    assert!(answer.out.contains("out/releases/v2/home-after.png"), "{}{}", answer.out, answer.err);
    assert!(!repo.path().join("out/releases/v1").exists());
    assert_eq!(repo.run(&["gallery", "v3"]).code, 2);
}

#[test]
fn links_lead_nowhere_else() {
    let repo = repo();
    let other = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(other.path(), repo.path().join("screenshots")).expect("linked");
    let answer = repo.run(&["gallery"]);
    assert_eq!(answer.code, 4, "{}{}", answer.out, answer.err);
    assert!(
        fs::read_dir(other.path().join("releases/v1/new-features"))
            .map_or(true, |mut d| d.next().is_none())
    );
}
