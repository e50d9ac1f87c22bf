//! `dir` on folders of pictures: states, limits, and every form of the result.

use std::fs;

use insta::assert_snapshot;

use super::{Repo, page};

/// Folders with a picture in each state.
pub(super) fn folders() -> Repo {
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
    // Nothing is configured: that no picture stands in both folders is enough.
    fs::remove_file(repo.path().join("leadforge.toml")).expect("removed");
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
fn what_is_written_or_shown_again_is_no_picture_to_compare() {
    let repo = folders();
    let line = ["dir", "base", "new", "--diffs", "new/diff"];
    let first = repo.run(&line);
    assert!(repo.path().join("new/diff/sub/theme.png").exists());
    assert_eq!(repo.run(&line).out, first.out, "pictures of differences are none of the new ones");
    // Baselines below the folder of the pictures, and views of them.
    for path in ["baseline/a.png", "a.png", "releases/v1/a.png", "history/2026-01-01/a.png"] {
        repo.write(&format!("screenshots/{path}"), page([9; 3], 40));
    }
    let inside = repo.run(&["dir", "screenshots/baseline", "screenshots"]);
    assert_eq!(inside.out, "passed a.png\n0 failed, 0 deleted, 0 new, 1 passed\n");
}

#[test]
fn each_finding_says_where_and_what() {
    let repo = folders();
    repo.write("new/sub/theme.png", &page([1; 3], 40)[..60]);
    repo.write(
        "leadforge.toml",
        "[[shot.screen]]\nname = \"fresh\"\n[[shot.screen]]\nname = \"never\"\n",
    );
    let all = ["dir", "base", "new", "--fail-on", "new,deleted", "--junit", "j.xml"];
    let with = ["--reg-json", "reg.json", "--diffs", "diff"];
    let (code, json) = repo.json(&[&all[..], &with].concat());
    assert_eq!((code, json["outcome"].as_str()), (3, Some("incomplete")));
    let told: Vec<String> = json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|one| format!("{} {}", one["rule"], one["at"]["path"]))
        .collect();
    assert_snapshot!(told.join("\n"), @r#"
    "picture.new" "new/fresh.png"
    "picture.deleted" "base/gone.png"
    "picture.unreadable" "new/sub/theme.png"
    "picture.no-baseline" "base/fresh.png"
    "picture.no-baseline" "base/never.png"
    "#);
    let read = |path: &str| fs::read_to_string(repo.path().join(path)).expect("written");
    let xml = read("j.xml");
    let cases: Vec<&str> = xml
        .lines()
        .filter_map(|line| line.trim().strip_prefix('<')?.split([' ', '/']).next())
        .filter(|tag| ["testcase", "failure", "error", "skipped"].contains(tag))
        .collect();
    // fresh: no baseline though configured; gone: asked for; same: well; theme: broken; never: missing.
    let wanted = [
        "testcase", "error", "testcase", "failure", "testcase", "testcase", "error", "testcase",
        "error",
    ];
    assert_eq!(cases, wanted, "{xml}");
    let plain =
        repo.run(&["dir", "base", "new", "--fail-on", "new", "--config", "/nowhere/x.toml"]);
    assert_eq!(plain.code, 3, "a configuration that is named and absent");
    let reg: serde_json::Value = serde_json::from_str(&read("reg.json")).expect("JSON");
    assert_eq!((&reg["diffItems"], &reg["diffDir"]), (&serde_json::json!([]), &"./diff".into()));
    fs::remove_file(repo.path().join("leadforge.toml")).expect("removed");
    repo.run(&all);
    assert_eq!(read("j.xml").matches("<failure ").count(), 2, "new and deleted, where asked for");
}

#[test]
fn what_is_accepted_is_told_and_warnings_have_names() {
    let repo = folders();
    repo.write("base/\u{1b}[31m\u{202e}.png", page([9; 3], 40));
    repo.write("new/\u{1b}[31m\u{202e}.png", [page([9; 3], 40), b"more".to_vec()].concat());
    repo.write("base/v.svg", "<svg/>");
    repo.write("new/v.svg", "<svg/>");
    let answer = repo.run(&["dir", "base", "new", "--allow", "recolour"]);
    assert_eq!(answer.code, 0, "{}", answer.out);
    assert!(answer.out.contains("\npassed sub/theme.png: theme recolour #080c16→#0f1729 on "));
    assert!(answer.out.contains("\npassed v.svg\n"), "equal files of a format that nobody reads");
    assert!(answer.err.contains(".png: bytes follow the end of a picture"), "{}", answer.err);
    // A terminal obeys neither.
    let told = [answer.out, answer.err].concat();
    assert!(
        !told.contains(['\u{1b}', '\u{202e}']) && told.contains("passed ^[[31m[U+202E].png"),
        "{told}"
    );
}

#[test]
fn pictures_beside_the_page_are_reached_whatever_they_are_called() {
    let repo = Repo::new();
    for (name, shade) in [("a b%\"ü.png", 9), ("photo.jpg", 9), ("same.png", 1)] {
        repo.write(&format!("base/{name}"), page([1; 3], 40));
        repo.write(&format!("new/{name}"), page([shade; 3], 40));
    }
    let line = ["dir", "base", "new", "--report", "out/deep/a.html", "--diffs", "out/d"];
    assert_eq!(repo.run(&line).code, 1);
    let html = fs::read_to_string(repo.path().join("out/deep/a.html")).expect("written");
    assert!(html.contains("src=\"../../new/a%20b%25%22%C3%BC.png\""), "{html}");
    assert!(!html.contains("/same.png"), "what passed is not loaded");
    // A picture of differences is a PNG, whatever was compared.
    let drawn = fs::read(repo.path().join("out/d/photo.jpg.png")).expect("drawn");
    assert!(drawn.starts_with(b"\x89PNG"));
}
