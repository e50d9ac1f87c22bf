//! What is staged, as a tree.

use crate::bed::Bed;

#[test]
fn what_is_staged_is_a_tree_and_the_index_stays_as_it_was() {
    let bed = Bed::new();
    bed.write("a.txt", "staged\n");
    bed.git(&["add", "a.txt"]);
    bed.write("a.txt", "not staged\n");
    let git = bed.open();
    let here = git.main_checkout().unwrap().unwrap();
    let before = std::fs::read(bed.repo().join(".git/index")).unwrap();
    let tree = git.staged(&here.index()).unwrap();
    assert_eq!(std::fs::read(bed.repo().join(".git/index")).unwrap(), before);
    assert_eq!(bed.git(&["show", &format!("{}:a.txt", tree.as_str())]), "staged");
    std::fs::remove_file(bed.repo().join(".git/index")).unwrap();
    let empty = git.staged(&here.index()).unwrap();
    assert_eq!(bed.git(&["ls-tree", "-r", empty.as_str()]), "");
}

#[test]
fn an_unmerged_index_is_an_error() {
    let bed = Bed::new();
    bed.git(&["checkout", "-q", "-b", "side"]);
    bed.write("a.txt", "side\n");
    bed.commit("side");
    bed.git(&["checkout", "-q", "main"]);
    bed.write("a.txt", "main\n");
    bed.commit("main");
    assert!(!bed.plain(&bed.repo(), &["merge", "-q", "side"]).status.success());
    let git = bed.open();
    let here = git.main_checkout().unwrap().unwrap();
    let error = git.staged(&here.index()).unwrap_err().to_string();
    assert!(error.contains("error building trees"), "{error}");
}
