//! `lint` on repositories with pictures that prove nothing.

use insta::assert_snapshot;

use super::{Repo, picture};

/// A picture of two colours.
fn shown(colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&[[0, 0, 0], colour].concat()).expect("rows");
    writer.finish().expect("an end");
    bytes
}

#[test]
fn equal_pictures_of_a_pair_are_found_uncommitted_too() {
    let repo = Repo::new();
    repo.write("shots/a-before.png", shown([1; 3]));
    repo.write("shots/a.png", shown([2; 3]));
    repo.write(
        "README.md",
        "![a](shots/a.png) ![b](shots/a-before.png)\n<img src='shots/a-fixed.png'>\n",
    );
    repo.commit("docs: pictures");
    repo.write("shots/a-fixed.png", shown([1; 3]));
    let answer = repo.run(&["lint"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    assert_snapshot!(answer.out, @r"
    shots/a-fixed.png: a-fixed.png shows no change: it is the same picture as a-before.png [pictures.same-pair]
    3 pictures, 1 documents, 1 findings
    ");
    let (code, json) = repo.json(&["lint"]);
    assert_eq!((code, &json["outcome"]), (1, &"findings".into()));
    assert_eq!(json["findings"][0]["at"]["path"], "shots/a-fixed.png");
    assert_eq!(repo.run(&["lint", "--allow", "same-pair"]).code, 0);
    assert_snapshot!(repo.run(&["lint", "--at", "HEAD"]).out, @r"
    README.md:2: shots/a-fixed.png points to shots/a-fixed.png, which is not there [pictures.broken-link]
    2 pictures, 1 documents, 1 findings
    ");
}

#[test]
fn planted_faults_are_found_with_their_lines() {
    let repo = Repo::new();
    repo.write(
        "docs/a.md",
        "# A\n\n![ok](../s/ok.png) `![no](no.png)`\n\n![gone](../s/gone.png)\n[big](big.PNG) [text](gone.md)\n",
    );
    repo.write("s/ok.png", shown([9; 3]));
    repo.write("s/blank.png", picture(30, 20, [255; 3]));
    repo.write("page.html", "<p>\n<img src=\"s/blank.png\"><a href='/route'>x</a>\n");
    repo.write("screenshots/baseline/x.png", shown([7; 3]));
    let answer = repo.run(&["lint"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    assert_snapshot!(answer.out, @r"
    docs/a.md:5: ../s/gone.png points to s/gone.png, which is not there [pictures.broken-link]
    docs/a.md:6: big.PNG points to docs/big.PNG, which is not there [pictures.broken-link]
    s/blank.png: the picture is blank: one colour all over [pictures.blank]
    3 pictures, 2 documents, 3 findings
    ");
    let github = repo.run(&["lint", "--format", "github"]);
    assert!(github.out.contains("::error file=docs/a.md,line=5,"), "{}", github.out);
    let sarif = repo.run(&["lint", "--format", "sarif"]);
    assert!(sarif.out.contains("\"startLine\":5"), "{}", sarif.out);
}

#[test]
fn a_picture_that_cannot_be_read_is_not_taken_for_good() {
    let repo = Repo::new();
    repo.write("README.md", "![a](a.png)\n");
    repo.write("a.png", &shown([9; 3])[..50]);
    let answer = repo.run(&["lint"]);
    assert_eq!(answer.code, 3, "{}", answer.out);
    assert!(answer.err.contains("a.png is not a whole picture"), "{}", answer.err);
}

#[test]
fn the_configuration_says_what_a_picture_is() {
    let repo = Repo::new();
    for name in ["x/a-alt.png", "x/a.png", "y/a-alt.png", "y/a.png"] {
        repo.write(name, shown([1; 3]));
    }
    let same = |repo: &Repo| repo.run(&["lint"]).out.matches("[pictures.same-pair]").count();
    assert_eq!(same(&repo), 0);
    repo.write("leadforge.toml", "[shot]\npictures = [\"x/*.png\"]\nsettings = [\"-alt\", \"\"]\n");
    assert_eq!(same(&repo), 1);
    repo.write("leadforge.toml", "[shot]\npicture = []\n");
    let answer = repo.run(&["lint"]);
    assert_eq!(answer.code, 2);
    assert_snapshot!(answer.err, @r"
    error: REPO/leadforge.toml:2: unknown key `picture` in [shot]
    hint: did you mean `pictures`?
    ");
}
