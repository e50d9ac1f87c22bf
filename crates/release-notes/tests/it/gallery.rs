//! The folders of a version's pictures.

use leadforge_release_notes::*;

use crate::data::release;

#[test]
fn before_and_after_lie_together_and_new_ones_apart() {
    let files: Vec<String> = gallery(&release())
        .into_iter()
        .map(|file| format!("{} = {} {}", file.name, file.path, file.hash))
        .collect();
    insta::assert_snapshot!(files.join("\n"), @r"
    history/2025-12-11/job.png = docs/pr71/job-fixed.png 1
    history/2025-12-11/pr71-dashboard.png = docs/pr71/dashboard.png d2
    history/2025-12-11/s-dashboard.png = s/dashboard.png 5
    releases/v1.1.0/dashboard-after.png = docs/pr71/dashboard.png d2
    releases/v1.1.0/dashboard-before.png = docs/pr71/dashboard.png d1
    releases/v1.1.0/new-features/dashboard.png = s/dashboard.png 5
    releases/v1.1.0/new-features/job.png = docs/pr71/job-fixed.png 1
    ");
}

#[test]
fn versions_are_folders_and_never_ways_out() {
    let evil = Release { version: "../../x/y".into(), ..release() };
    assert!(gallery(&evil).iter().all(|file| !file.name.contains("..")), "{:?}", gallery(&evil));
    assert!(gallery(&Release { version: String::new(), ..release() }).is_empty());
}
