//! `changelog`: one section per tag, by day, each commit in the version that first held it.

use super::{Repo, picture};

/// v1 on the main line; v2 off it, with a screen; v1.1 later and on the main line, with the same.
fn repo() -> Repo {
    let repo = Repo::new();
    repo.git(&["tag", "v1"]);
    repo.write("docs/a b.png", picture(4, 3, [1, 2, 3]));
    repo.commit("feat: a screen");
    repo.git(&["checkout", "-q", "-b", "release"]);
    repo.commit("chore: v2");
    repo.git(&["tag", "v2"]);
    repo.git(&["checkout", "-q", "main"]);
    repo.write("docs/a b.png", picture(4, 3, [200, 2, 3]));
    repo.commit("fix: its colour");
    repo.git(&["tag", "v10"]);
    repo.commit("docs: nothing to see");
    repo
}

#[test]
fn each_version_has_a_section_and_each_change_one_place() {
    let repo = repo();
    let answer = repo.run(&["changelog"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    insta::assert_snapshot!(answer.out, @r"
    # Visual changelog

    What changed on the screens, newest version first. Made by `lead-shot changelog`; edits are lost.

    ## v10 - 2023-11-14

    <details><summary>📸 a b&#58; changed 0,0 4×3; no layout change</summary>

    | v2 (f03f48d) | v10 |
    | --- | --- |
    | a b v2 (f03f48d), 4×3 pixels: no longer in the tree (`1cfa42a0b4ac`) | ![a b v10, 4×3 pixels](<docs/a%20b.png>) |

    </details>

    ## v2 - 2023-11-14 (off the main line)

    <details><summary>📸 a b&#58; new</summary>

    a b, 4×3 pixels: no longer in the tree (`1cfa42a0b4ac`)

    </details>

    ## v1 - 2023-11-14

    No screen changed.
    ");
}

#[test]
fn a_document_in_a_folder_finds_the_pictures_and_check_compares() {
    let repo = repo();
    assert_eq!(repo.run(&["changelog", "--output", "docs/VISUAL_CHANGELOG.md"]).code, 0);
    let check = ["changelog", "--check", "docs/VISUAL_CHANGELOG.md"];
    assert_eq!(repo.run(&check).out, "docs/VISUAL_CHANGELOG.md is up to date\n");
    let text = std::fs::read_to_string(repo.path().join("docs/VISUAL_CHANGELOG.md")).expect("text");
    assert!(text.contains("](<../docs/a%20b.png>)"), "{text}");
    repo.write("docs/VISUAL_CHANGELOG.md", text + "more\n");
    let answer = repo.run(&check);
    assert_eq!(answer.code, 1);
    let github = repo.run(&[&check[..], &["--format", "github"]].concat());
    assert!(github.out.starts_with("::error file=docs/VISUAL_CHANGELOG.md"), "{}", github.out);
}
