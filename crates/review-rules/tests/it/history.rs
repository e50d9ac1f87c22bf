//! Every change of a real history, against what git counts.

use std::path::PathBuf;
use std::process::Command;

use leadforge_review_rules::change::read_diff;

use crate::repo::{agrees, git};

#[test]
#[ignore = "reads a clone of others: run by cargo xtask conform review --repo CLONE"]
fn every_change_of_a_real_history_is_read_as_git_counts_it() {
    let clone = PathBuf::from(std::env::var_os("LEADFORGE_REPO").expect("xtask sets it"));
    let listed = git(&clone, &["rev-list", "--first-parent", "HEAD"], &[]);
    let listed = String::from_utf8(listed).unwrap();
    let mut commits: Vec<&str> = listed.lines().collect();
    commits.reverse();
    let (mut read, mut lines, mut missing) = (0, 0, Vec::new());
    for pair in commits.windows(2) {
        let diff =
            Command::new("git").args(["diff", "-M", pair[0], pair[1]]).current_dir(&clone).output();
        let diff = diff.unwrap();
        if !diff.status.success() {
            // A clone without all blobs; how many is asserted below.
            missing.push(pair[1]);
            continue;
        }
        let change = read_diff(&diff.stdout).unwrap_or_else(|error| panic!("{}: {error}", pair[1]));
        agrees(&clone, &change, pair[0], pair[1]);
        read += 1;
        lines += change.files.iter().map(|file| u64::from(file.added.len())).sum::<u64>();
    }
    println!("{read} changes, {lines} new lines, {} without all blobs", missing.len());
    assert!(missing.len() <= 1 && read >= commits.len() - 2, "{missing:?}");
}
