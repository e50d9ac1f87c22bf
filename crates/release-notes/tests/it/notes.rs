//! The notes of a version: their parts, their pictures, their limits.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use leadforge_release_notes::*;

use crate::data::{at_github, commit, release};
use crate::read::read;

#[test]
fn the_whole_text() {
    let notes = render_notes(&release(), &Config::default()).expect("notes");
    assert_snapshot!(notes.text, @r"
    7 commits since `v1.0.0`, tagged 2025-12-11.

    ## ⚠️ Breaking changes

    - the number 8080 is gone (`0000002`)

    ## Added

    - **api:** ports by name (\#&#8203;7, `0000002`) ⚠️

    ## Fixed

    - the tags (\#&#8203;8, `0000001`)

    ## Security

    - a token in a log (`0000003`)

    ## 🎨 Visual Changes

    <details><summary>📸 dashboard (docs/pr71)&#58; a banner of 40 px is new at the top</summary>

    | v1.0.0 | v1.1.0 |
    | --- | --- |
    | ![dashboard v1.0.0, 1920×1080 pixels](<docs/pr71/dashboard.png>) | dashboard v1.1.0, 1920×1080 pixels: no longer in the tree (`d2`) |

    </details>

    <details><summary>📸 job&#58; ends as it began</summary>

    | `job-before.png` | `job-after.png` | `job-fixed.png` |
    | --- | --- | --- |
    | ![job before, 1920×1080 pixels](<docs/pr71/job-before.png>) | ![job after, 1920×1080 pixels](<docs/pr71/job-after.png>) | ![job fixed, 1920×1080 pixels](<docs/pr71/job-fixed.png>) |

    - `job-before.png` → `job-after.png`: theme recolour \#&#8203;080c16→\#&#8203;0f1729 on 97 % of the page; no layout change
    - `job-after.png` → `job-fixed.png`: theme recolour \#&#8203;0f1729→\#&#8203;080c16 on 97 % of the page; no layout change
    - `job-before.png` → `job-fixed.png`: the same picture

    </details>

    <details><summary>📸 dashboard (s)&#58; new</summary>

    ![dashboard, 1920×1080 pixels](<s/dashboard.png>)

    </details>

    Removed: `s/old.png`.

    Pairs that show no change: job (`job-fixed.png` is the same picture as `job-before.png`), nav (`nav-fixed.png` is the same picture as `nav.png`).

    2 other pictures are the same as before.

    ## Other commits

    - Show it (`0000004`)

    <details><summary>Maintenance: 2 commits</summary>

    - say so (`0000005`)
    - bump (`0000006`)

    </details>

    <details><summary>Merges: 1 commit</summary>

    - Merge branch 'main' of example.org:x/y (`0000009`)

    </details>

    ## Contributors

    - Agents: an agent that is not named (1), claude (1)
    - Unmarked (nothing says whether a person or a program wrote these): Ann (5, named in 2 more)
    ");
}

#[test]
fn files_of_the_release_have_the_names_that_are_linked() {
    let notes = render_notes(&release(), &at_github()).expect("notes");
    let found = read(&notes.text);
    found.only_folds("github");
    let linked: Vec<&str> = found
        .images
        .iter()
        .map(|(url, alt)| {
            assert!(!alt.is_empty());
            url.strip_prefix("https://github.com/octo/cat/releases/download/v1.1.0/").expect(url)
        })
        .collect();
    let assets: Vec<&str> = notes.assets.iter().map(|asset| asset.name.as_str()).collect();
    assert_eq!(linked, assets);
    assert_eq!(
        assets,
        [
            "dashboard-v1.0.0.png",
            "dashboard-v1.1.0.png",
            "job-before.png",
            "job-after.png",
            "job-fixed.png",
            "dashboard.png",
        ]
    );
    assert_eq!(assets.iter().collect::<BTreeSet<_>>().len(), assets.len());
    assert!(found.links.contains(&"https://github.com/octo/cat/issues/7".to_owned()));
}

#[test]
fn files_of_a_release_need_a_release() {
    let unreleased = Release { version: String::new(), ..release() };
    assert!(matches!(render_notes(&unreleased, &at_github()), Err(Error::NoRelease)));
    let nowhere = Config { repository: None, ..at_github() };
    assert!(matches!(render_notes(&release(), &nowhere), Err(Error::NoRelease)));
}

#[test]
fn every_commit_stands_once() {
    let mut release = release();
    release.screens.clear();
    let notes = render_notes(&release, &Config::default()).expect("notes");
    assert_eq!(notes.sections.values().sum::<usize>(), release.commits.len());
    for commit in &release.commits {
        let links = notes.text.matches(&format!("`{}`", &commit.id[..7])).count();
        let wanted = if commit.subject.contains('!') { 2 } else { 1 };
        assert_eq!(links, wanted, "{}", commit.subject);
    }
    assert!(notes.text.contains("- Show it ("));
}

#[test]
fn a_long_history_is_cut_where_it_matters_least_and_says_so() {
    let mut release = release();
    release.commits.extend((100..3000).map(|n| commit(n, "docs: a page more")));
    release.commits.extend((3000..3100).map(|n| commit(n, "feat: something new")));
    let notes = render_notes(&release, &at_github()).expect("notes");
    let length = notes.text.encode_utf16().count();
    assert!((123_000..=125_000).contains(&length), "{length}");
    assert_eq!(notes.left_out.len(), 2, "{:?}", notes.left_out);
    assert_eq!(notes.text.matches("something new").count(), 100);
    assert_eq!(notes.assets.len(), 6, "pictures weigh more than maintenance");
    let left = &notes.left_out[0];
    let word = format!(
        "> Left out for the limit on length: {} commits of maintenance; 1 merge.\n",
        left.count
    );
    assert!(notes.text.ends_with(&word), "{}", &notes.text[notes.text.len() - 200..]);
    assert_eq!(notes.text.matches("a page more").count() + left.count, 2900);
}

#[test]
fn screens_that_do_not_fit_are_named_and_not_uploaded() {
    let mut release = release();
    let new = release.screens.pop().expect("a new screen");
    release.screens.extend((0..40).map(|n| Screen { name: format!("page-{n:02}"), ..new.clone() }));
    let config = Config { length: 6000, ..at_github() };
    let notes = render_notes(&release, &config).expect("notes");
    assert!(notes.text.encode_utf16().count() <= 6000);
    let left = notes.left_out.iter().find(|left| left.what.starts_with("screen")).expect("screens");
    let shown = read(&notes.text).images.len();
    assert!(shown > 5 && notes.assets.len() == shown, "{shown}");
    assert!(notes.text.contains(&left.names[0]), "{}", notes.text);
}

#[test]
fn pictures_beyond_the_size_of_a_release_are_named() {
    let config = Config { picture_bytes: 3500, ..Config::default() };
    let notes = render_notes(&release(), &config).expect("notes");
    assert!(
        notes.text.contains("Pictures left out for the size of a release: job.\n"),
        "{}",
        notes.text
    );
    assert!(!notes.text.contains("job-before.png>"));
}
