//! `dir`, `approve` and `import` on folders of pictures.

use std::fs;

use insta::assert_snapshot;

use super::{Repo, page};

/// Folders with a picture in each state.
fn folders() -> Repo {
    let repo = Repo::new();
    repo.write("base/same.png", page([9; 3], 40));
    repo.write("new/same.png", page([9; 3], 40));
    repo.write("base/sub/theme.png", page([8, 12, 22], 40));
    repo.write("new/sub/theme.png", page([15, 23, 41], 40));
    repo.write("base/gone.png", page([9; 3], 40));
    repo.write("new/fresh.png", page([9; 3], 40));
    repo
}

#[test]
fn four_states_and_what_fails() {
    let repo = folders();
    let answer = repo.run(&["dir", "base", "new"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    assert_snapshot!(answer.out, @r"
    failed sub/theme.png: theme recolour #080c16→#0f1729 on 86 % of the page; no layout change (different: recoloured is not accepted (--allow recolour))
    deleted gone.png
    new fresh.png
    passed same.png
    1 failed, 1 deleted, 1 new, 1 passed
    ");
    let allowed = ["dir", "base", "new", "--allow", "recolour"];
    assert_eq!(repo.run(&allowed).code, 0);
    assert_eq!(repo.run(&[&allowed[..], &["--fail-on", "new"]].concat()).code, 1);
    let (code, json) = repo.json(&[&allowed[..], &["--fail-on", "deleted"]].concat());
    assert_eq!((code, json["findings"].as_array().map(Vec::len)), (1, Some(1)));
    assert_eq!(json["findings"][0]["rule"], "picture.deleted");
    let github = repo.run(&["dir", "base", "new", "--format", "github"]);
    assert!(github.out.starts_with("::error file=new/sub/theme.png,"), "{}", github.out);
    let again = repo.run(&["dir", "base", "new"]);
    assert_eq!(again.out, answer.out, "no order of threads");
}

#[test]
fn the_results_are_written_in_every_form() {
    let repo = folders();
    let answer = repo.run(&[
        "dir",
        "base",
        "new",
        "--report",
        "out/a.html",
        "--reg-json",
        "out/reg.json",
        "--junit",
        "out/j.xml",
        "--diffs",
        "out/diff",
    ]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    let read = |path: &str| fs::read_to_string(repo.path().join(path)).expect("written");
    assert_snapshot!(read("out/reg.json"), @r#"
    {
      "failedItems": [
        "sub/theme.png"
      ],
      "newItems": [
        "fresh.png"
      ],
      "deletedItems": [
        "gone.png"
      ],
      "passedItems": [
        "same.png"
      ],
      "expectedItems": [
        "gone.png",
        "same.png",
        "sub/theme.png"
      ],
      "actualItems": [
        "fresh.png",
        "same.png",
        "sub/theme.png"
      ],
      "diffItems": [
        "sub/theme.png"
      ],
      "actualDir": "../new",
      "expectedDir": "../base",
      "diffDir": "./diff"
    }
    "#);
    assert_snapshot!(read("out/j.xml"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="lead-shot dir" tests="4" failures="1" errors="0" skipped="2">
      <testsuite name="lead-shot dir" tests="4" failures="1" errors="0" skipped="2">
        <testcase name="fresh.png" classname="lead-shot dir">
          <skipped message="it has no baseline"/>
        </testcase>
        <testcase name="gone.png" classname="lead-shot dir">
          <skipped message="it is gone"/>
        </testcase>
        <testcase name="same.png" classname="lead-shot dir"/>
        <testcase name="sub/theme.png" classname="lead-shot dir">
          <failure message="theme recolour #080c16→#0f1729 on 86 % of the page; no layout change (different: recoloured is not accepted (--allow recolour))"/>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
    assert!(repo.path().join("out/diff/sub/theme.png").exists());
    assert!(!repo.path().join("out/diff/same.png").exists());
    let html = read("out/a.html");
    assert!(html.contains("src=\"../base/sub/theme.png\""));
    let inline = repo.run(&["dir", "base", "new", "--report", "b.html", "--inline"]);
    assert_eq!(inline.code, 1, "{}", inline.err);
    let html = read("b.html");
    assert!(html.contains("src=\"data:image/png;base64,") && !html.contains("src=\"base"));
}

#[test]
fn what_was_not_compared_is_no_success() {
    let repo = folders();
    let allow = ["dir", "base", "new", "--allow", "recolour"];
    repo.write("leadforge.toml", "[[shot.screen]]\nname = \"fresh\"\n");
    let missing = repo.run(&allow);
    assert_eq!(missing.code, 3, "{}", missing.out);
    assert!(missing.out.contains("no baseline for fresh.png"), "{}", missing.out);
    repo.write("leadforge.toml", "[[shot.screen]]\nname = \"same\"\n");
    assert_eq!(repo.run(&allow).code, 0);
    repo.write("new/sub/theme.png", &page([1; 3], 40)[..60]);
    let broken = repo.run(&allow);
    assert_eq!(broken.code, 3, "{}", broken.out);
    assert!(broken.out.contains("failed sub/theme.png: new/sub/theme.png is not a whole picture"));
    fs::create_dir(repo.path().join("empty")).expect("made");
    let nothing = repo.run(&["dir", "empty", "new"]);
    assert_eq!(nothing.code, 3);
    assert!(nothing.out.contains("nothing to compare"), "{}", nothing.out);
    assert_eq!(repo.run(&["dir", "nowhere", "new"]).code, 3);
    std::os::unix::fs::symlink("/etc", repo.path().join("new/etc")).expect("linked");
    let link = repo.run(&["dir", "base", "new"]);
    assert_eq!(link.code, 4);
    assert_snapshot!(link.err, @"error: new/etc is a symbolic link, which is not followed");
}

/// One reader of the screens: what capture would write is what has to have a baseline.
#[test]
fn a_baseline_is_missed_under_the_name_that_capture_gives() {
    let repo = folders();
    let allow = ["dir", "base", "new", "--allow", "recolour"];
    let both =
        "[shot.defaults]\nschemes = [\"light\", \"dark\"]\n[[shot.screen]]\nname = \"home\"\n";
    let one = "[[shot.screen]]\nname = \"more\"\nschemes = [\"dark\"]\n";
    repo.write("leadforge.toml", [both, one].concat());
    let (code, json) = repo.json(&allow);
    let missing = serde_json::json!(["home-dark.png", "home-light.png", "more.png"]);
    assert_eq!((code, &json["data"]["missing"]), (3, &missing), "{json:#}");
    for wrong in ["scheme = [\"dark\"]", "schemes = [\"drak\"]"] {
        repo.write("leadforge.toml", format!("[[shot.screen]]\nname = \"same\"\n{wrong}\n"));
        assert_eq!(repo.run(&allow).code, 2, "{wrong}");
    }
    repo.write("leadforge.toml", "[[shot.screen]]\nname = \"sub/theme\"\n");
    assert_eq!(repo.run(&allow).code, 2, "a name is one name, here as in capture");
}

#[test]
fn approved_pictures_become_the_baseline_and_nothing_is_staged() {
    let repo = folders();
    let wrong = repo.run(&["approve", "new", "sub/them", "--baseline", "base"]);
    assert_eq!(wrong.code, 2);
    let one = repo.run(&["approve", "new", "sub/theme", "--baseline", "base"]);
    assert_eq!(one.code, 0, "{}", one.err);
    assert_snapshot!(one.out, @r"
    changed sub/theme.png: theme recolour #080c16→#0f1729 on 86 % of the page; no layout change
    0 added, 1 changed, 0 the same in base; nothing is staged
    ");
    let all = repo.run(&["approve", "new", "--baseline", "base"]);
    assert_eq!(all.code, 0, "{}", all.err);
    assert_snapshot!(all.out, @r"
    added fresh.png
    1 added, 0 changed, 2 the same in base; nothing is staged
    ");
    assert_eq!(repo.run(&["dir", "base", "new"]).code, 0);
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
}
