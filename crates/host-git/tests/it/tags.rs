//! Tags, the graph, and what a shallow or partial repository says of itself.

use leadforge_host_git::{Git, Oid};

use crate::bed::{Bed, config};

#[test]
fn tags_name_commits_and_have_days() {
    let bed = Bed::new();
    let git = bed.open();
    let first = bed.head();
    bed.git(&["tag", "light"]);
    bed.git(&["-c", "user.name=T", "tag", "-a", "-m", "one\n\ntwo", "v1/ä\u{301}"]);
    bed.git(&["tag", "-a", "-m", "of a tag", "twice", "v1/ä\u{301}"]);
    bed.git(&["tag", "of-a-tree", "HEAD^{tree}"]);
    let second = bed.commit("second");
    bed.git(&["tag", "light2"]);
    let tags = git.tags().unwrap();
    let told: Vec<_> = tags.iter().map(|tag| (tag.name.as_str(), &tag.commit)).collect();
    assert_eq!(
        told,
        [("light", &first), ("light2", &second), ("twice", &first), ("v1/ä\u{301}", &first)]
    );
    assert!(tags.iter().all(|tag| tag.seconds > 1_000_000_000), "{tags:?}");
}

#[test]
fn a_light_tag_has_the_day_of_its_commit() {
    let bed = Bed::new();
    bed.git(&["-c", "user.name=A", "commit", "-q", "--allow-empty", "--date=@7 +0100", "-m", "x"]);
    bed.git(&["tag", "light"]);
    let at: i64 = bed.git(&["log", "-1", "--format=%ct"]).parse().unwrap();
    assert_eq!(bed.open().tags().unwrap()[0].seconds, at);
}

#[test]
fn the_graph_and_what_lies_between() {
    let bed = Bed::new();
    let git = bed.open();
    let first = bed.head();
    let main = bed.commit("main");
    bed.git(&["checkout", "-q", "-b", "side", first.as_str()]);
    let side = bed.commit("side");
    bed.git(&["merge", "-q", "--no-ff", "-m", "merge", "main"]);
    let merge = bed.head();
    let graph = git.graph(std::slice::from_ref(&merge)).unwrap();
    assert_eq!(graph[0], (merge.clone(), vec![side.clone(), main.clone()]));
    assert_eq!(graph[3], (first.clone(), vec![]));
    assert!(git.graph(&[]).unwrap().is_empty());
    let subjects = |newer: &Oid, older: &[Oid]| -> Vec<String> {
        git.log_between(newer, older).unwrap().into_iter().map(|commit| commit.subject).collect()
    };
    assert_eq!(subjects(&merge, std::slice::from_ref(&main)), ["merge", "side"]);
    assert_eq!(subjects(&merge, &[main, side]), ["merge"]);
    assert_eq!(subjects(&merge, &[]).len(), 4);
    assert!(subjects(&first, std::slice::from_ref(&merge)).is_empty());
}

#[test]
fn a_repository_says_what_it_lacks() {
    let bed = Bed::new();
    bed.commit("second");
    assert_eq!(bed.open().lacks().unwrap(), None);
    let url = format!("file://{}", bed.repo().display());
    bed.run(bed.dir.path(), &["clone", "-q", "--depth=1", &url, "shallow"]);
    let shallow = Git::discover(&bed.path("shallow"), &config()).unwrap();
    assert_eq!(shallow.lacks().unwrap(), Some("shallow"));
    assert_eq!(shallow.remote("origin"), Some(url.as_str()));
    assert_eq!(shallow.remote("other"), None);
    bed.git(&["config", "extensions.partialClone", "origin"]);
    assert_eq!(bed.open().lacks().unwrap(), Some("partial"));
}
