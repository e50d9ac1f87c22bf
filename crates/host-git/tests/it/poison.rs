//! Objects whose content is not what their name says.

use std::fs;

use crate::bed::{Bed, oid};

/// The file of a loose object.
fn loose(bed: &Bed, name: &str) -> std::path::PathBuf {
    bed.repo().join(".git/objects").join(&name[..2]).join(&name[2..])
}

#[test]
fn other_bytes_behind_a_name_are_found_wherever_they_lie() {
    let bed = Bed::new();
    let head = bed.head();
    let git = bed.open();
    assert_eq!(git.rehash(std::slice::from_ref(&head), std::slice::from_ref(&head)).unwrap(), []);
    let good = oid(&bed.git(&["rev-parse", "HEAD:a.txt"]));
    bed.write("b.txt", "forged\n");
    let other = bed.git(&["hash-object", "-w", "b.txt"]);
    // The repository's own folder: git reads it without a word.
    let poisoned = loose(&bed, good.as_str());
    fs::remove_file(&poisoned).unwrap();
    fs::copy(loose(&bed, &other), &poisoned).unwrap();
    assert_eq!(git.cat(&[good.as_str()]).unwrap(), [Some(b"forged\n".to_vec())]);
    assert_eq!(git.rehash(&[], std::slice::from_ref(&head)).unwrap(), std::slice::from_ref(&good));
    // A folder that alternates lead to.
    let away = bed.path("objects");
    fs::create_dir_all(away.join(&good.as_str()[..2])).unwrap();
    fs::rename(&poisoned, away.join(&good.as_str()[..2]).join(&good.as_str()[2..])).unwrap();
    let list = bed.repo().join(".git/objects/info/alternates");
    fs::write(list, away.display().to_string()).unwrap();
    assert_eq!(bed.open().rehash(&[], std::slice::from_ref(&head)).unwrap(), [good]);
    // A commit is named by its bytes as well.
    let forged = oid(&bed.git(&["commit-tree", "-m", "forged", "HEAD^{tree}"]));
    let file = loose(&bed, head.as_str());
    fs::remove_file(&file).unwrap();
    fs::copy(loose(&bed, forged.as_str()), &file).unwrap();
    assert_eq!(bed.open().rehash(std::slice::from_ref(&head), &[]).unwrap(), [head]);
}

#[test]
fn a_cut_clone_says_so() {
    let bed = Bed::new();
    assert!(!bed.open().is_cut());
    bed.commit("second");
    let from = format!("file://{}", bed.repo().display());
    bed.run(bed.dir.path(), &["clone", "-q", "--depth", "1", &from, "shallow"]);
    let config = crate::bed::config();
    assert!(leadforge_host_git::Git::discover(&bed.path("shallow"), &config).unwrap().is_cut());
    // What cannot be looked at may say so too.
    let (git, shallow) = (bed.open(), bed.repo().join(".git/shallow"));
    std::os::unix::fs::symlink(&shallow, &shallow).unwrap();
    assert!(git.is_cut());
}
