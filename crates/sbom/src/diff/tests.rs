//! What is told from what.

use super::*;
use crate::inventory::Kind;

fn component(name: &str, version: &str, licence: &str) -> Component {
    let purl = format!("pkg:cargo/{name}@{version}");
    Component {
        reference: purl.clone(),
        kind: Kind::Library,
        ecosystem: Ecosystem::Cargo,
        name: name.to_owned(),
        version: Some(version.to_owned()),
        purl,
        origin: Origin::Registry,
        need: None,
        licences: if licence.is_empty() { Vec::new() } else { vec![licence.to_owned()] },
        texts: Vec::new(),
        supplier: None,
        artifacts: Vec::new(),
        occurrences: Vec::new(),
    }
}

fn of(components: &[(&str, &str, &str)]) -> Inventory {
    let components =
        components.iter().map(|(name, version, licence)| component(name, version, licence));
    Inventory { components: components.collect(), ..Inventory::default() }
}

fn words(found: &Diff) -> String {
    let item =
        |item: &Item| format!("{} {}", item.name, item.version.as_deref().unwrap_or_default());
    let way = |one: &Move| {
        format!("{} > {}", item(&one.from), one.to.version.as_deref().unwrap_or_default())
    };
    let list = |title: &str, items: Vec<String>| format!("{title}: {}", items.join(", "));
    [
        list("added", found.added.iter().map(item).collect()),
        list("removed", found.removed.iter().map(item).collect()),
        list("upgraded", found.upgraded.iter().map(way).collect()),
        list("downgraded", found.downgraded.iter().map(way).collect()),
        list("changed", found.changed.iter().map(way).collect()),
        list("licences", found.licences.iter().map(|l| format!("{} {:?}", l.name, l.to)).collect()),
    ]
    .join("\n")
}

#[test]
fn what_came_went_and_moved_is_told_apart() {
    let old = of(&[
        ("a", "1.0.0", "MIT"),
        ("b", "1.0.0", ""),
        ("c", "2.0.0", ""),
        ("d", "1.0.0", ""),
        ("d", "2.0.0", ""),
        ("e", "1.0.0", ""),
    ]);
    let new = of(&[
        ("a", "1.0.0", "AGPL-3.0-only"),
        ("b", "1.10.0", "MIT"),
        ("c", "1.9.0", ""),
        ("d", "2.0.0", ""),
        ("d", "3.0.0", ""),
        ("f", "1.0.0", "MIT"),
    ]);
    insta::assert_snapshot!(words(&diff(&old, &new)), @r#"
    added: f 1.0.0
    removed: e 1.0.0
    upgraded: b 1.0.0 > 1.10.0, d 1.0.0 > 3.0.0
    downgraded: c 2.0.0 > 1.9.0
    changed: 
    licences: a ["AGPL-3.0-only"]
    "#);
    assert!(diff(&old, &old).is_empty());
}

#[test]
fn a_component_from_another_place_is_another_one() {
    let old = of(&[("a", "1.0.0", "")]);
    let mut new = old.clone();
    new.components[0].origin =
        Origin::Git { url: "https://example.org/a".to_owned(), commit: None };
    assert_eq!(diff(&old, &new).changed.len(), 1);
}

#[test]
fn a_comment_is_short_however_much_is_other() {
    let names: Vec<String> = (0..5000)
        .map(|at| format!("a-long-name-of-a-package-{at}|<b>{}", "x".repeat(300)))
        .collect();
    let all: Vec<(&str, &str, &str)> =
        names.iter().map(|name| (name.as_str(), "1.0.0", "MIT")).collect();
    let text = comment(&diff(&Inventory::default(), &of(&all)), "");
    assert!(
        text.len() < 65_536 && text.contains("and 4940 more") && !text.contains("<b>"),
        "{}",
        text.len()
    );
}
