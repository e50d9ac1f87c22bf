//! The pictures of a real pull request: what `lint` and `notes` say of them.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Repo, picture};

/// A repository with the corpus's documents and pictures, which came between v1 and v2.
fn repo() -> Repo {
    let corpora = std::env::var_os("LEADFORGE_CORPORA").expect("cargo xtask conform shots sets it");
    let from = PathBuf::from(corpora).join("job-lead-finder");
    let repo = Repo::new();
    repo.git(&["tag", "v1"]);
    for folder in ["docs", "docs/images/pr71", "screenshots", ".github"] {
        copy(&repo, &from, folder);
    }
    repo.commit("[AI] feat: Unify the theme across all pages (#71)");
    repo.git(&["tag", "v2"]);
    repo
}

fn copy(repo: &Repo, from: &Path, folder: &str) {
    for file in fs::read_dir(from.join(folder)).expect("the corpus has it") {
        let path = file.expect("a file").path();
        if path.is_file() {
            let name = path.file_name().expect("it has one").to_string_lossy().into_owned();
            repo.write(&format!("{folder}/{name}"), fs::read(&path).expect("read"));
        }
    }
}

#[test]
#[ignore = "reads others' data: cargo xtask conform shots"]
fn corpus_lint_finds_the_pairs_and_what_is_planted() {
    let repo = repo();
    let count = |out: &str, rule: &str| out.matches(&format!("[pictures.{rule}]")).count();
    let told = |out: &str| {
        ["same-pair", "unreferenced", "broken-link", "blank"].map(|rule| count(out, rule))
    };
    let answer = repo.run(&["lint"]);
    assert_eq!((answer.code, told(&answer.out)), (1, [2, 12, 0, 0]), "{}", answer.out);
    for pair in ["job-search-fixed.png", "nav-page-fixed.png"] {
        assert!(answer.out.contains(&format!("{pair} shows no change")), "{}", answer.out);
    }
    repo.write("docs/planted.md", "![planted](images/pr71/nowhere.png)\n![b](blank.png)\n");
    repo.write("docs/blank.png", picture(1920, 1080, [255; 3]));
    let answer = repo.run(&["lint"]);
    assert_eq!((answer.code, told(&answer.out)), (1, [2, 12, 1, 1]), "{}", answer.out);
}

#[test]
#[ignore = "reads others' data: cargo xtask conform shots"]
fn corpus_notes_show_every_picture_and_name_what_did_not_change() {
    let repo = repo();
    for line in [vec!["notes", "v1..v2"], vec!["changelog", "v1..v2"]] {
        let answer = repo.run(&line);
        assert_eq!(answer.code, 0, "{}", answer.err);
        for file in fs::read_dir(repo.path().join("docs/images/pr71")).expect("a folder") {
            let name = file.expect("a file").file_name().into_string().expect("text");
            let shown = format!("](<docs/images/pr71/{name}>)");
            assert_eq!(answer.out.matches(&shown).count(), 1, "{name}");
        }
        let same = "Pairs that show no change: job-search (`job-search-fixed.png` is the same picture as \
                    `job-search-before.png`), nav-page (`nav-page-fixed.png` is the same picture as `nav-page.png`).";
        assert!(answer.out.contains(same), "{}", answer.out);
        assert!(answer.out.contains("080c16→"), "the recolour is named");
        assert_eq!(repo.run(&line).out, answer.out, "the same bytes");
    }
}
