//! Contents as a stream, the commits that brought them in, and what is staged.

use std::io::Read as _;

use leadforge_host_git::{Git, Oid};

use crate::bed::{Bed, config};

fn tips(git: &Git) -> Vec<Oid> {
    vec![git.resolve("HEAD").unwrap().unwrap()]
}

#[test]
fn each_content_is_named_once_with_the_commit_that_brought_it_in() {
    let bed = Bed::new();
    let git = bed.open();
    let first = bed.head();
    bed.write("ä \"b\".txt", "two\n");
    let second = bed.commit("second");
    bed.git(&["mv", "a.txt", "moved.txt"]);
    bed.commit("moved: no new content");
    bed.git(&["switch", "-q", "-c", "side", "HEAD~1"]);
    bed.write("side.txt", "side\n");
    let side = bed.commit("side");
    bed.git(&["switch", "-q", "main"]);
    bed.git(&["merge", "-q", "--no-ff", "--no-commit", "side"]);
    bed.write("evil.txt", "only in the merge\n");
    let merge = bed.commit("merge");
    bed.write("side.txt", "gone\n");
    bed.git(&["rm", "-q", "-f", "evil.txt"]);
    bed.commit("last");

    let found = git.origins(&tips(&git)).unwrap();
    let of = |path: &str| {
        let at: Vec<&Oid> = found
            .iter()
            .filter(|origin| origin.path == path.as_bytes())
            .map(|origin| &origin.commit)
            .collect();
        at.first().copied().cloned()
    };
    assert_eq!(of("a.txt"), Some(first));
    assert_eq!(of("moved.txt"), None);
    assert_eq!(of("ä \"b\".txt"), Some(second));
    assert_eq!(of("evil.txt"), Some(merge));
    assert!(found.iter().any(|origin| origin.path == b"side.txt" && origin.commit == side));
    let names: std::collections::BTreeSet<&Oid> = found.iter().map(|origin| &origin.blob).collect();
    assert_eq!(names.len(), found.len());
    assert!(git.origins(&[]).unwrap().is_empty());
}

#[test]
fn contents_are_read_in_their_order_and_may_be_left_unread() {
    let bed = Bed::new();
    let git = bed.open();
    let long = "x".repeat(300_000) + "\n";
    bed.write("long.txt", &long);
    bed.write("empty.txt", "");
    bed.commit("more");
    let found = git.origins(&tips(&git)).unwrap();
    let blobs: Vec<Oid> = found.iter().map(|origin| origin.blob.clone()).collect();
    let mut read = Vec::new();
    git.each_blob(&blobs, |index, size, content| {
        let mut text = String::new();
        // Of every second one only the beginning is looked at.
        content.take(if index % 2 == 0 { 3 } else { u64::MAX }).read_to_string(&mut text)?;
        read.push((String::from_utf8_lossy(&found[index].path).into_owned(), size, text));
        Ok(())
    })
    .unwrap();
    assert_eq!(read.len(), blobs.len());
    assert!(read.iter().any(|(path, size, _)| path == "long.txt" && *size == 300_001));
    assert!(
        read.iter().any(|(path, size, text)| path == "empty.txt" && *size == 0 && text.is_empty())
    );
    let missing = Oid::parse(&"1".repeat(40)).unwrap();
    let mut seen = 0;
    let asked = [blobs[0].clone(), missing, blobs[1].clone()];
    let gone = git.each_blob(&asked, |_, _, _| {
        seen += 1;
        Ok(())
    });
    assert_eq!((gone.unwrap(), seen), (vec![1], 2));
    let stopped = git.each_blob(&blobs, |_, _, _| Err(std::io::Error::other("enough")));
    assert!(stopped.unwrap_err().to_string().contains("enough"));
}

#[test]
fn what_is_staged_is_not_what_lies_there() {
    let bed = Bed::new();
    bed.write("a.txt", "staged\n");
    bed.write("new.txt", "new\n");
    bed.git(&["add", "a.txt", "new.txt"]);
    bed.write("a.txt", "not staged\n");
    let git = bed.open();
    let here = git.checkout_here().unwrap().unwrap();
    let staged = git.staged_blobs(&here, &here.index()).unwrap();
    let blobs: Vec<Oid> = staged.iter().map(|staged| staged.blob.clone()).collect();
    let mut texts = Vec::new();
    git.each_blob(&blobs, |index, _, content| {
        let mut text = String::new();
        content.read_to_string(&mut text)?;
        texts.push((String::from_utf8_lossy(&staged[index].path).into_owned(), text));
        Ok(())
    })
    .unwrap();
    assert_eq!(
        texts,
        [("a.txt".into(), "staged\n".into()), ("new.txt".into(), "new\n".to_owned())]
    );
    assert!(git.tracked(&here).unwrap().contains(&b"new.txt".to_vec()));
}

#[test]
fn before_the_first_commit_everything_in_the_index_is_staged() {
    let dir = tempfile::tempdir().unwrap();
    let bed = Bed::new();
    bed.run(dir.path(), &["init", "-q"]);
    std::fs::write(dir.path().join("x"), "x\n").unwrap();
    bed.run(dir.path(), &["add", "x"]);
    let git = Git::discover(dir.path(), &config()).unwrap();
    let here = git.checkout_here().unwrap().unwrap();
    let staged = git.staged_blobs(&here, &here.index()).unwrap();
    assert_eq!(staged.iter().map(|staged| staged.path.as_slice()).collect::<Vec<_>>(), [b"x"]);
}
