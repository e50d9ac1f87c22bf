//! `diff` on two pictures: what is said, what is drawn, and how it ends.

use insta::assert_snapshot;

use super::{Repo, page, picture};

/// A repository with a page before and after its theme changed.
fn themed() -> Repo {
    let repo = Repo::new();
    repo.write("before.png", page([8, 12, 22], 40));
    repo.write("after.png", page([15, 23, 41], 40));
    repo
}

#[test]
fn a_recolour_is_a_difference_that_is_named() {
    let repo = themed();
    let answer = repo.run(&["diff", "before.png", "after.png"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    assert_snapshot!(answer.out, @r"
    theme recolour #080c16→#0f1729 on 86 % of the page; no layout change
    different: recoloured is not accepted (--allow recolour)
    34508 pixels differ: 0 counted, 0 smoothed edges; 0 ignored
      recoloured 0,0 200×200  34508 pixels  #080c16→#0f1729
    ");
    let allowed = repo.run(&["diff", "before.png", "after.png", "--allow", "recolour"]);
    assert_eq!(allowed.code, 0, "{}", allowed.out);
    assert!(allowed.out.contains("within: --allow covers every change"), "{}", allowed.out);
    let (code, json) = repo.json(&["diff", "before.png", "after.png"]);
    assert_eq!((code, &json["data"]["verdict"]["outcome"]), (1, &"different".into()));
    assert_eq!(json["data"]["structure"]["regions"][0]["recolours"][0]["to"], "#0f1729");
    let github = repo.run(&["diff", "before.png", "after.png", "--format", "github"]);
    assert!(github.out.starts_with("::error file=after.png,"), "{}", github.out);
    let sarif = repo.run(&["diff", "before.png", "after.png", "--format", "sarif"]);
    assert!(sarif.out.contains("\"uri\":\"after.png\""), "{}", sarif.out);
}

#[test]
fn limits_hold_counted_pixels_and_are_named() {
    let repo = Repo::new();
    repo.write("a.png", page([250; 3], 40));
    repo.write("b.png", page([250; 3], 41));
    let same = repo.run(&["diff", "a.png", "a.png"]);
    assert_eq!(same.code, 0, "{}", same.err);
    assert_snapshot!(same.out, @r"
    identical
    same: every pixel is equal
    0 pixels differ: 0 counted, 0 smoothed edges; 0 ignored
    ");
    let one = repo.run(&["diff", "a.png", "b.png"]);
    assert_eq!(one.code, 1, "{}", one.out);
    let within = repo.run(&["diff", "a.png", "b.png", "--ignore", "0,0,200,200"]);
    assert_eq!(within.code, 0, "{}", within.out);
}

#[test]
fn a_decoder_that_gives_up_is_one_line() {
    let repo = Repo::new();
    repo.write(
        "a.jpg",
        include_bytes!("../../../../crates/visual-diff/fuzz/corpus/jpeg-webp/the-decoder-panics"),
    );
    let refused = repo.run(&["diff", "a.jpg", "a.jpg"]);
    assert_eq!(refused.code, 2, "{}", refused.out);
    assert_snapshot!(refused.err, @"error: a.jpg is not a whole picture: its decoder gave up");
}

#[test]
fn who_only_counts_is_told_counts() {
    let repo = themed();
    let counted = repo.run(&["diff", "before.png", "after.png", "--counts-only"]);
    assert_eq!(counted.code, 0, "{}", counted.err);
    assert_snapshot!(counted.out, @r"
    0 pixels counted, no parts named
    within: no pixel that differs is counted
    34508 pixels differ: 0 counted, 0 smoothed edges; 0 ignored
    ");
    let (_, json) = repo.json(&["diff", "before.png", "after.png", "--counts-only"]);
    assert!(json["data"]["structure"].is_null(), "{json}");
    repo.write("other.png", page([250; 3], 60));
    assert_eq!(repo.run(&["diff", "after.png", "other.png", "--counts-only"]).code, 1);
    let both = repo.run(&["diff", "before.png", "after.png", "--counts-only", "--allow", "moved"]);
    assert_eq!(both.code, 2, "{}", both.err);
}

#[test]
fn the_picture_of_the_differences_is_written_whole_or_not_at_all() {
    let repo = themed();
    repo.write("broken.png", &page([1; 3], 40)[..90]);
    let drawn = repo.run(&["diff", "before.png", "after.png", "-o", "diff.png"]);
    assert_eq!(drawn.code, 1, "{}", drawn.err);
    let bytes = std::fs::read(repo.path().join("diff.png")).expect("it was written");
    let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let info = decoder.read_info().expect("a PNG");
    assert_eq!((info.info().width, info.info().height), (200, 200));
    let broken = repo.run(&["diff", "before.png", "broken.png", "-o", "other.png"]);
    assert_eq!(broken.code, 2, "{}", broken.out);
    assert!(!repo.path().join("other.png").exists());
    let over = repo.run(&["diff", "before.png", "after.png", "-o", "./before.png"]);
    assert_eq!(over.code, 2);
    assert_snapshot!(over.err, @r"
    error: --output would overwrite REPO/before.png
    hint: name another file
    ");
}

#[test]
fn what_cannot_be_compared_has_its_own_exit_codes() {
    let repo = themed();
    let missing = repo.run(&["diff", "before.png", "nowhere.png"]);
    assert_eq!(missing.code, 3);
    assert_snapshot!(missing.err, @"error: cannot read nowhere.png: No such file or directory (os error 2)");
    let large = repo.run(&["diff", "before.png", "after.png", "--max-pixels", "100"]);
    assert_eq!(large.code, 2);
    assert_snapshot!(large.err, @"error: before.png has 40000 pixels, 100 are allowed: raise --max-pixels");
    let ratio = repo.run(&["diff", "before.png", "after.png", "--max-diff-ratio", "2"]);
    assert_eq!((ratio.code, ratio.out.as_str()), (2, ""));
    let threshold = repo.run(&["diff", "before.png", "after.png", "--threshold", "2"]);
    assert_eq!(threshold.code, 2);
    assert_snapshot!(threshold.err, @"error: --threshold has to be from 0 to 1");
    let wrong = repo.run(&["diff", "before.png", "after.png", "--ignore", "1,2,0,4"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    repo.write("wide.png", picture(300, 10, [7; 3]));
    let sizes = repo.run(&["diff", "before.png", "wide.png"]);
    assert_eq!(sizes.code, 1, "{}", sizes.err);
}
