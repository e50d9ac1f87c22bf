//! The visual changelog: order, marks, and what each version shows.

use insta::assert_snapshot;
use leadforge_release_notes::*;

use crate::data::{at_github, release};
use crate::read::read;

fn versions() -> Vec<Release> {
    let at = |version: &str, seconds: Option<i64>| Release {
        version: version.into(),
        seconds,
        ..Release::default()
    };
    let off = Release { off: Some("main".into()), ..at("v2.0.0", Some(1_765_000_000)) };
    vec![at("v1.0.0", Some(1_764_000_000)), off, release(), at("", None)]
}

#[test]
fn newest_first_by_the_day_of_the_tag() {
    let text = render_changelog(&versions(), &Config::default()).expect("a changelog");
    let found = read(&text);
    found.only_folds("changelog");
    assert_snapshot!(found.headings.join("\n"), @r"
    Visual changelog
    Unreleased
    v1.1.0 - 2025-12-11
    v2.0.0 - 2025-12-06 (off the main line)
    v1.0.0 - 2025-11-24
    ");
    let again: Vec<Release> = versions().into_iter().rev().collect();
    assert_eq!(render_changelog(&again, &Config::default()).expect("a changelog"), text);
}

#[test]
fn links_lead_to_each_version_s_own_files() {
    let text = render_changelog(&versions(), &at_github()).expect("a changelog");
    let found = read(&text);
    assert!(found.images.iter().all(|(url, _)| url.contains("/releases/download/v1.1.0/")));
    assert!(found.links.contains(&"https://github.com/octo/cat/releases/tag/v2.0.0".to_owned()));
}
