//! `notes` on repositories with tags, settings of one screen, and pictures that changed in place.

use std::fs;

use insta::assert_snapshot;

use super::{Repo, picture};

const NIGHT: [u8; 3] = [0x08, 0x0c, 0x16];
const DUSK: [u8; 3] = [0x0f, 0x17, 0x29];

/// v1 has a home page; v2 changes it, and shows the work on another one.
fn repo() -> Repo {
    let repo = Repo::new();
    repo.write("shots/home.png", picture(40, 30, NIGHT));
    repo.write("shots/same.png", picture(4, 3, NIGHT));
    repo.commit("feat: a home page");
    repo.git(&["tag", "v1"]);
    repo.write("shots/home.png", picture(40, 30, [200, 200, 200]));
    repo.write("pr/job-before.png", picture(40, 30, NIGHT));
    repo.write("pr/job.png", picture(40, 30, DUSK));
    repo.write("pr/job-fixed.png", picture(40, 30, NIGHT));
    repo.commit("[AI] fix(ui): the theme (#7)");
    repo.commit("Odds and ends");
    repo.git(&["tag", "v2"]);
    repo
}

#[test]
fn a_range_tells_commits_and_screens() {
    let repo = repo();
    let answer = repo.run(&["notes", "v1..v2"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let text: Vec<_> = answer.out.lines().map(without_hashes).collect();
    assert_snapshot!(text.join("\n"), @r"
    2 commits since `v1`, tagged 2023-11-14.

    ## Fixed

    - **ui:** the theme (\#&#8203;7, `HASH`)

    ## 🎨 Visual Changes

    <details><summary>📸 job&#58; ends as it began</summary>

    | `job-before.png` | `job.png` | `job-fixed.png` |
    | --- | --- | --- |
    | ![job before, 40×30 pixels](<pr/job-before.png>) | ![job, 40×30 pixels](<pr/job.png>) | ![job fixed, 40×30 pixels](<pr/job-fixed.png>) |

    - `job-before.png` → `job.png`: theme recolour \#&#8203;080c16→\#&#8203;0f1729 on 100 % of the page; no layout change
    - `job.png` → `job-fixed.png`: theme recolour \#&#8203;0f1729→\#&#8203;080c16 on 100 % of the page; no layout change
    - `job-before.png` → `job-fixed.png`: the same picture

    </details>

    <details><summary>📸 home&#58; theme recolour #&#8203;080c16→#c8c8c8 on 100 % of the page; no layout change</summary>

    | v1 | v2 |
    | --- | --- |
    | ![home v1, 40×30 pixels](<pr/job-before.png>) | ![home v2, 40×30 pixels](<shots/home.png>) |

    </details>

    Pairs that show no change: job (`job-fixed.png` is the same picture as `job-before.png`).

    1 other picture is the same as before.

    ## Other commits

    - Odds and ends (`HASH`)

    ## Contributors

    - Agents: an agent that is not named (1)
    - Unmarked (nothing says whether a person or a program wrote these): Ann (1, named in 1 more)
    ");
    assert_eq!(repo.run(&["notes", "v1..v2"]).out, answer.out, "the same bytes");
    assert_eq!(repo.run(&["notes", "v2"]).out, answer.out, "a tag knows its range");
}

/// Names of commits and blobs replaced.
fn without_hashes(line: &str) -> String {
    let hex = |word: &str| word.len() >= 7 && word.bytes().all(|b| b.is_ascii_hexdigit());
    line.split('`').map(|part| if hex(part) { "HASH" } else { part }).collect::<Vec<_>>().join("`")
}

#[test]
fn files_of_a_release_lie_under_the_names_that_are_linked() {
    let repo = repo();
    let line = ["notes", "v2", "--images", "release", "--repo", "octo/cat", "--assets", "out"];
    let answer = repo.run(&line);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let mut names: Vec<String> = fs::read_dir(repo.path().join("out"))
        .expect("written")
        .map(|file| file.expect("a file").file_name().into_string().expect("text"))
        .collect();
    names.sort();
    assert_eq!(names, ["home-v1.png", "home-v2.png", "job-before.png", "job-fixed.png", "job.png"]);
    for name in &names {
        let url = format!("https://github.com/octo/cat/releases/download/v2/{name}");
        assert_eq!(answer.out.matches(&url).count(), 1, "{name}");
    }
    let old = fs::read(repo.path().join("out/home-v1.png")).expect("the old picture");
    assert_eq!(old, picture(40, 30, NIGHT));
    assert_eq!(repo.run(&["notes", "v2", "--images", "release"]).code, 2, "no repository");
}

#[test]
fn what_is_not_released_yet_has_notes_too() {
    let repo = repo();
    assert_eq!(repo.run(&["notes"]).code, 2);
    repo.commit("feat!: no more ports");
    let answer = repo.run(&["notes"]);
    assert!(answer.out.starts_with("1 commit since `v2`.\n"), "{}", answer.out);
    assert!(answer.out.contains("## ⚠️ Breaking changes\n\n- no more ports"));
    assert!(answer.out.contains("No screen changed.\n"));
}

#[test]
fn ranges_that_are_none_are_said() {
    let repo = repo();
    let errors: Vec<String> = ["v9", "v1...v2", "..v2", "v1..nope"]
        .map(|range| {
            let answer = repo.run(&["notes", range]);
            format!("{} {}", answer.code, answer.err)
        })
        .into();
    assert_snapshot!(errors.concat(), @r"
    2 error: v9 is no tag
    hint: write a tag, or FROM..TO
    2 error: v1...v2 is no range
    hint: write FROM..TO, or one tag
    2 error: ..v2 is no range
    hint: write FROM..TO, or one tag
    2 error: nope names no commit
    hint: git tag and git branch list what there is
    ");
}

#[test]
fn a_broken_picture_is_shown_and_said() {
    let repo = repo();
    repo.write("shots/home.png", "no picture");
    repo.write("shots/same.png", &picture(4, 3, DUSK)[..60]);
    repo.commit("fix: pictures");
    repo.git(&["tag", "v3"]);
    let answer = repo.run(&["notes", "v3"]);
    assert_eq!(answer.code, 3, "{}{}", answer.out, answer.err);
    assert!(
        answer.err.contains("warning: shots/same.png is not a whole picture"),
        "{}",
        answer.err
    );
    assert!(answer.out.contains("📸 same&#58; cannot be compared"), "{}", answer.out);
    let (code, json) = repo.json(&["notes", "v3"]);
    assert_eq!((code, &json["outcome"]), (3, &"incomplete".into()));
}

#[test]
fn a_shallow_clone_says_so() {
    let repo = repo();
    let url = format!("file://{}", repo.path().display());
    repo.git(&["clone", "-q", "--depth=1", &url, "shallow"]);
    let answer = repo.run_in("shallow", &["notes", "v2"]);
    assert!(
        answer.out.contains("Not complete: the clone is shallow"),
        "{}{}",
        answer.out,
        answer.err
    );
}
