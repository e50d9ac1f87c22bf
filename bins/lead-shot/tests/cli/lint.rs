//! `lint` on repositories with pictures that prove nothing.

use super::Repo;

#[test]
fn equal_pictures_of_a_pair_are_found_uncommitted_too() {
    let repo = Repo::new();
    repo.write("shots/a-before.png", "1");
    repo.write("shots/a.png", "2");
    repo.commit("docs: pictures");
    assert_eq!(repo.run(&["lint"]).code, 0);

    repo.write("shots/a-fixed.png", "1");
    let answer = repo.run(&["lint"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    insta::assert_snapshot!(answer.out, @r"
    shots/a-fixed.png: a-fixed.png shows no change: it is the same picture as a-before.png [pictures.same-pair]
    3 pictures, 1 findings
    ");
    assert_eq!(repo.run(&["lint", "--at", "HEAD"]).code, 0, "what is committed is right");
    let (code, json) = repo.json(&["lint"]);
    assert_eq!((code, &json["outcome"]), (1, &"findings".into()));
    assert_eq!(json["findings"][0]["at"]["path"], "shots/a-fixed.png");
}

#[test]
fn the_configuration_says_what_a_picture_is() {
    let repo = Repo::new();
    for name in ["x/a-alt.png", "x/a.png", "y/a-alt.png", "y/a.png"] {
        repo.write(name, "1");
    }
    assert_eq!(repo.run(&["lint"]).code, 0);
    repo.write("leadforge.toml", "[shot]\npictures = [\"x/*.png\"]\nsettings = [\"-alt\", \"\"]\n");
    let answer = repo.run(&["lint"]);
    assert_eq!((answer.code, answer.out.lines().count()), (1, 2), "{}{}", answer.out, answer.err);
    repo.write("leadforge.toml", "[shot]\npicture = []\n");
    let answer = repo.run(&["lint"]);
    assert_eq!(answer.code, 2);
    insta::assert_snapshot!(answer.err, @r"
    error: REPO/leadforge.toml:2: unknown key `picture` in [shot]
    hint: did you mean `pictures`?
    ");
}
