//! Folders of pictures that the tests make: states, links, formats without a decoder, the page.

use std::fs;
use std::path::Path;

use leadforge_visual_diff::{
    Config, Diff, Error, FolderConfig, Folders, Kind, RegDirs, RegJson, Region, Shown, State,
    Tolerance, compare_folders, diff, report_page,
};
use tempfile::TempDir;

use crate::made::png;

fn write(root: &TempDir, path: &str, bytes: &[u8]) {
    let path = root.path().join(path);
    fs::create_dir_all(path.parent().expect("below the root")).expect("made");
    fs::write(path, bytes).expect("written");
}

fn grey(shade: u8) -> Vec<u8> {
    png(4, 4, png::ColorType::Grayscale, &[shade; 16])
}

fn judge(_: &str, before: &Path, after: &Path) -> Result<Diff, Error> {
    diff(&before.to_owned(), &after.to_owned(), &Config::default(), &Tolerance::default())
}

fn compared(root: &TempDir, config: &FolderConfig) -> Result<Folders, Error> {
    compare_folders(&root.path().join("a"), &root.path().join("b"), config, &judge)
}

fn world() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for number in 0..20 {
        write(&root, &format!("a/{number}.png"), &grey(number));
        write(&root, &format!("b/{number}.png"), &grey(if number == 7 { 200 } else { number }));
    }
    write(&root, "a/gone.png", &grey(1));
    write(&root, "b/x/new.png", &grey(1));
    write(&root, "a/same.svg", b"<svg/>");
    write(&root, "b/same.svg", b"<svg/>");
    write(&root, "a/other.txt", b"no picture");
    root
}

#[test]
fn states_are_sorted_by_path_and_only_what_is_asked_fails() {
    let root = world();
    let found = compared(&root, &FolderConfig::default()).expect("compared");
    assert_eq!(found.of(State::Failed), ["7.png"]);
    assert_eq!(found.of(State::New), ["x/new.png"]);
    assert_eq!(found.of(State::Deleted), ["gone.png"]);
    assert_eq!(found.of(State::Passed).len(), 20);
    assert!(found.items.is_sorted_by_key(|item| &item.path) && found.complete());
    let failing = |found: &Folders| found.items.iter().filter(|item| item.fails).count();
    assert_eq!(failing(&found), 1);
    let all = vec![State::New, State::Deleted];
    let strict = FolderConfig { fail_on: all, ..FolderConfig::default() };
    assert_eq!(failing(&compared(&root, &strict).expect("compared")), 3);
    let reg = RegJson::new(&found, &RegDirs::default(), Vec::new());
    assert_eq!((reg.expected_items.len(), reg.actual_items.len()), (22, 22));
}

#[test]
fn what_was_not_compared_is_not_complete() {
    let root = world();
    let expected = vec!["x/new.png".to_owned(), "0.png".to_owned()];
    let config = FolderConfig { expected, ..FolderConfig::default() };
    let found = compared(&root, &config).expect("compared");
    assert_eq!(found.missing, ["x/new.png"]);
    assert!(!found.complete());
    write(&root, "b/same.svg", b"<svg />");
    let found = compared(&root, &FolderConfig::default()).expect("compared");
    assert_eq!(found.of(State::Failed), ["7.png", "same.svg"]);
    assert!(!found.complete() && found.fails());
    let empty = tempfile::tempdir().expect("a folder");
    write(&empty, "b/x.png", &grey(1));
    fs::create_dir(empty.path().join("a")).expect("made");
    assert!(!compared(&empty, &FolderConfig::default()).expect("compared").complete());
}

#[test]
fn links_are_refused_and_nested_folders_kept_apart() {
    let root = world();
    let inner = root.path().join("a");
    let found = compare_folders(&inner, root.path(), &FolderConfig::default(), &judge);
    assert!(found.expect("compared").items.iter().all(|item| !item.path.starts_with("a/")));
    let link = |target: &str, name: &str| {
        std::os::unix::fs::symlink(target, root.path().join(name)).expect("linked");
    };
    link("/nowhere", "b/notes.txt");
    assert!(compared(&root, &FolderConfig::default()).is_ok(), "no picture and no folder");
    link("../a/0.png", "b/link.png");
    let refused = compared(&root, &FolderConfig::default()).expect_err("a link");
    assert!(matches!(refused, Error::Refused { .. }), "{refused}");
    fs::remove_file(root.path().join("b/link.png")).expect("removed");
    link("../a", "b/folder");
    assert!(matches!(compared(&root, &FolderConfig::default()), Err(Error::Refused { .. })));
}

#[test]
fn more_parts_than_can_be_drawn_are_said() {
    let root = world();
    let mut found = compared(&root, &FolderConfig::default()).expect("compared");
    let item = found.items.iter_mut().find(|item| item.path == "7.png").expect("it failed");
    let structure = item.diff.as_mut().and_then(|diff| diff.structure.as_mut()).expect("parts");
    let area = structure.regions[0].after;
    for (count, said) in [(200, false), (201, true)] {
        let part =
            Region { kind: Kind::Content, before: area, after: area, pixels: 1, recolours: vec![] };
        item.diff.as_mut().and_then(|diff| diff.structure.as_mut()).expect("parts").regions =
            vec![part; count];
        let shown = Shown { item, decision: "", before: None, after: Some("b/7.png") };
        let page = report_page("Pictures", &[shown]);
        assert_eq!(page.matches("<rect").count(), 200);
        assert_eq!(
            page.contains("201 parts changed; the first 200 are outlined and listed."),
            said
        );
    }
}

#[test]
fn the_page_escapes_names_and_asks_for_nothing() {
    let root = tempfile::tempdir().expect("a folder");
    let name = "\"><img src=x onerror=alert(1)>.png";
    write(&root, &format!("a/{name}"), &grey(1));
    write(&root, &format!("b/{name}"), &grey(250));
    let found = compared(&root, &FolderConfig::default()).expect("compared");
    let shown = Shown {
        item: &found.items[0],
        decision: "<b>",
        before: Some("a/%22.png"),
        after: Some("https://example.org/x.png"),
    };
    let page = report_page("<title>", &[shown]);
    assert!(!page.contains("<img src=x") && !page.contains("example.org") && !page.contains("<b>"));
    assert!(page.contains("src=\"a/%22.png\"") && page.contains("id=\"item-1\""));
    assert_eq!(page, report_page("<title>", &[shown]));
}
