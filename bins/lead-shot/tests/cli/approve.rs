//! `approve` and `import`: pictures become baselines, and nothing is staged.

use std::fs;

use insta::assert_snapshot;

use super::dir::folders;
use super::{Repo, page};

#[test]
fn approved_pictures_become_the_baseline_and_nothing_is_staged() {
    let repo = folders();
    let wrong = repo.run(&["approve", "new", "sub/them", "--baseline", "base"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean sub/theme?"), "{}", wrong.err);
    let one = repo.run(&["approve", "new", "sub/theme", "--baseline", "base"]);
    assert_eq!(one.code, 0, "{}", one.err);
    assert_snapshot!(one.out, @r"
    changed sub/theme.png: theme recolour #080c16→#0f1729 on 86 % of the page; no layout change
    0 added, 1 changed, 0 the same in base; nothing is staged
    ");
    let again = repo.run(&["approve", "new", "sub/theme", "sub/theme.png", "--baseline", "base"]);
    assert!(again.out.ends_with("0 changed, 1 the same in base; nothing is staged\n"), "told once");
    let all = repo.run(&["approve", "new", "--baseline", "base"]);
    assert_eq!(all.code, 0, "{}", all.err);
    assert_snapshot!(all.out, @r"
    added fresh.png
    1 added, 0 changed, 2 the same in base; nothing is staged
    ");
    assert_eq!(repo.run(&["dir", "base", "new"]).code, 0);
    repo.write("new/fresh.png", [page([9; 3], 40), b"x".to_vec()].concat());
    let bytes = repo.run(&["approve", "new", "fresh", "--baseline", "base"]);
    let same = "changed fresh.png: the same pixels in another file\n";
    assert!(bytes.out.starts_with(same), "{}", bytes.out);
    fs::create_dir(repo.path().join("none")).expect("made");
    assert_eq!(repo.run(&["approve", "none"]).code, 3, "nothing to approve is no success");
    assert!(repo.path().join("base/gone.png").exists());
    // The baseline lies inside the folder of the pictures, where it is no new picture itself.
    repo.write("screenshots/a.png", page([9; 3], 40));
    assert_eq!(repo.run(&["approve", "screenshots"]).code, 0);
    let again = repo.run(&["approve", "screenshots"]);
    assert_eq!(
        again.out,
        "0 added, 0 changed, 1 the same in screenshots/baseline; nothing is staged\n"
    );
    repo.write("screenshots/b.png", &page([9; 3], 40)[..70]);
    repo.write("screenshots/a.png", page([8; 3], 40));
    assert_eq!(repo.run(&["approve", "screenshots"]).code, 2);
    assert_eq!(
        repo.run(&["dir", "screenshots/baseline", "screenshots"]).code,
        1,
        "a.png was not written"
    );
    fs::create_dir_all(repo.path().join("x/sub")).expect("made");
    fs::rename(repo.path().join("base/sub"), repo.path().join("elsewhere")).expect("moved");
    std::os::unix::fs::symlink("../elsewhere", repo.path().join("base/sub")).expect("linked");
    assert_eq!(repo.run(&["approve", "new", "sub/theme", "--baseline", "base"]).code, 4);
}

#[test]
fn pictures_of_playwright_are_taken_over() {
    let repo = Repo::new();
    for name in ["home-1-chromium-linux", "home-1-firefox-linux", "home-2-chromium-darwin"] {
        repo.write(&format!("e2e/home.spec.ts-snapshots/{name}.png"), page([9; 3], 40));
    }
    let answer = repo.run(&["import", "playwright", "e2e/home.spec.ts-snapshots"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert_snapshot!(answer.out, @r"
    added home-1.png
    left out home-1-firefox-linux.png: not of the project chromium
    left out home-2-chromium-darwin.png: not of the system linux
    1 taken over into screenshots/baseline, 2 left out; nothing is staged
    ");
    assert!(repo.path().join("screenshots/baseline/home-1.png").exists());
    let none = repo.run(&["import", "playwright", "e2e", "--project", "webkit"]);
    assert_eq!(none.code, 3);
    assert!(none.err.contains("hint: --project and --platform say which"), "{}", none.err);
}
