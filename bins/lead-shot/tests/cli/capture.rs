//! `capture`, `check` and `timeline` with a real Chromium; a test that finds none fails.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Repo;

const CONFIG: &str = r##"
[shot.defaults]
viewport = [300, 200]
serve = { "/static" = "web/static" }

[[shot.defaults.stub]]
url = "/api/colour"
json = { colour = "#0000ff" }

[[shot.screen]]
name = "home"
source = "web/home.html"
schemes = ["light", "dark"]
mask = ["#clock"]
values = { title = "<Home>" }

[[shot.screen]]
name = "more"
source = "web/more.html"
url = "/more"
steps = [{ click = "#open" }, { wait = "#opened" }]
"##;

const HOME: &str = r#"<!doctype html><title>{{ title }}</title><link rel="stylesheet" href="/static/a.css">
<p id="clock"></p><h1>{{ title }}</h1><script>
clock.textContent = Math.random();
fetch('/api/colour').then((r) => r.json()).then((j) => document.body.style.background = j.colour);
</script>"#;

const MORE: &str = r#"<!doctype html><button id="open" onclick="setTimeout(() => open_(), 500)">open</button><script>
function open_() { document.body.insertAdjacentHTML('beforeend', '<p id="opened">😀 opened</p>') }
</script><img src="https://example.org/pixel.png">"#;

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write("leadforge.toml", CONFIG);
    repo.write("web/home.html", HOME);
    repo.write("web/more.html", MORE);
    repo.write("web/static/a.css", "h1 { color: red }");
    repo.write("web/readme.md", "not watched");
    repo.commit("pages");
    repo
}

fn status(report: &Value) -> Vec<(&str, &str)> {
    let screens = report["data"]["screens"].as_array().expect("screens");
    screens
        .iter()
        .map(|screen| {
            (screen["screen"].as_str().expect("a name"), screen["status"].as_str().expect("a word"))
        })
        .collect()
}

#[test]
fn pictures_are_taken_kept_and_checked() {
    let repo = repo();
    let (code, none) = repo.json(&["check"]);
    assert_eq!((code, none["summary"]["error"].as_u64()), (1, Some(3)));
    assert_eq!(none["findings"][0]["rule"], "shot.no-picture");

    let (code, report) = repo.json(&["capture"]);
    assert_eq!(code, 0, "{report:#}");
    let names = [("home-light", "written"), ("home-dark", "written"), ("more", "written")];
    assert_eq!(status(&report), names);
    let blocked = &report["data"]["screens"][2]["blocked"];
    assert_eq!(*blocked, serde_json::json!(["GET https://example.org/pixel.png"]));
    let png = fs::read(repo.path().join("screenshots/home-dark.png")).expect("it is there");
    assert!(png.starts_with(b"\x89PNG"));
    let record = fs::read_to_string(repo.path().join("screenshots/home-light.shot.json"))
        .expect("beside it");
    let record: Value = serde_json::from_str(&record).expect("JSON");
    let sources: Vec<&String> = record["sources"].as_object().expect("a map").keys().collect();
    assert_eq!(sources, ["web/home.html", "web/static/a.css"]);
    assert!(record["browser"].as_str().is_some_and(|name| name.starts_with("Chrome/")), "{record}");

    let (code, fine) = repo.json(&["check"]);
    assert_eq!((code, fine["summary"]["screens"].as_u64()), (0, Some(3)), "{fine:#}");
    let (code, again) = repo.json(&["capture", "more"]);
    assert_eq!((code, status(&again)), (0, vec![("more", "same")]));

    // Nothing that is watched changed; then one file of one screen did, not yet committed.
    repo.write("web/readme.md", "still not watched");
    let (code, none) = repo.json(&["capture", "--changed"]);
    assert_eq!(code, 0);
    assert!(status(&none).iter().all(|(_, status)| *status == "up_to_date"), "{none:#}");
    repo.write("web/more.html", MORE.replace("opened</p>", "opened now</p>"));
    let (code, stale) = repo.json(&["check"]);
    assert_eq!((code, stale["findings"][0]["rule"].as_str()), (1, Some("shot.stale")));
    assert_eq!(
        stale["findings"][0]["message"],
        "more: screenshots/more.png is older than web/more.html"
    );
    let (code, some) = repo.json(&["capture", "--changed"]);
    let names = [("home-light", "up_to_date"), ("home-dark", "up_to_date"), ("more", "written")];
    assert_eq!((code, status(&some)), (0, names.to_vec()));
    assert_eq!(repo.run(&["check"]).code, 0);

    // Another stub, another picture in its place: both are seen.
    repo.write("leadforge.toml", CONFIG.replace("#0000ff", "#00ff00"));
    let (code, stale) = repo.json(&["check"]);
    assert_eq!((code, stale["summary"]["error"].as_u64()), (1, Some(3)));
    repo.write("leadforge.toml", CONFIG);
    fs::copy(
        repo.path().join("screenshots/more.png"),
        repo.path().join("screenshots/home-dark.png"),
    )
    .expect("copied");
    let (code, other) = repo.json(&["check"]);
    assert_eq!((code, other["findings"][0]["rule"].as_str()), (1, Some("shot.other-picture")));
    // Nothing was staged for the user.
    let staged = Command::new("git")
        .args(["diff", "--cached", "--name-only"])
        .current_dir(repo.path())
        .output();
    assert!(staged.expect("git runs").stdout.is_empty());
}

#[test]
fn without_a_browser_a_commit_goes_on_and_a_gate_does_not() {
    let repo = repo();
    let gone = ["--browser", "/nonexistent/chromium"];
    let early = repo.run_with("", &[&["capture", "--changed"][..], &gone].concat(), &[("CI", "")]);
    assert_eq!(early.code, 0, "{}", early.err);
    assert!(
        early.err.contains(
            "3 of 3 screens changed and were not taken: no Chromium: /nonexistent/chromium"
        ),
        "{}",
        early.err
    );
    let ci = repo.run_with("", &[&["capture", "--changed"][..], &gone].concat(), &[("CI", "true")]);
    assert_eq!(ci.code, 3, "{}", ci.err);
    assert_eq!(repo.run_with("", &[&["capture"][..], &gone].concat(), &[("CI", "")]).code, 3);
    let check = repo.run_with("", &[&["check"][..], &gone].concat(), &[("CI", "")]);
    assert_eq!(check.code, 3);
    assert!(check.err.contains("apt-get install chromium"), "{}", check.err);
}

#[test]
fn what_cannot_be_meant_is_named() {
    let repo = repo();
    let told = |config: &str| {
        repo.write("leadforge.toml", config);
        let answer = repo.run(&["capture"]);
        (answer.code, answer.err.lines().next().unwrap_or_default().to_owned())
    };
    for (config, line) in [
        ("", "error: no screen is configured"),
        (
            "[[shot.screen]]\nname = '../x'\n",
            "error: [[shot.screen]] \"../x\": path \"../x\" is refused: a part is nothing but dots and spaces",
        ),
        (
            "[[shot.screen]]\nname = 'x'\nurl = 'http://example.org/'\n",
            "error: [[shot.screen]] \"x\": the url http://example.org/ is not at http://localhost",
        ),
        (
            "[[shot.screen]]\nname = 'x'\nmasks = []\n",
            "error: REPO/leadforge.toml:3: unknown key `masks` in [shot]",
        ),
        ("[[shot.screen]]\nname = 'x'\nclock = 'noon'\n", "error: [[shot.screen]] \"x\": clock: "),
        (
            "[[shot.screen]]\nname = 'x'\nstub = [{ url = '/a', file = '/etc/passwd' }]\n",
            "error: [[shot.screen]] \"x\": path \"/etc/passwd\" is refused: it is absolute",
        ),
        (
            "[[shot.screen]]\nname = 'x'\n[[shot.screen]]\nname = 'x'\n",
            "error: [[shot.screen]] \"x\": two screens have this name",
        ),
    ] {
        let (code, said) = told(config);
        assert_eq!(code, 2, "{said}");
        assert!(said.starts_with(line), "{said}");
    }
    let app = "[shot.app]\ncommand = 'touch /tmp/x'\norigin = 'http://127.0.0.1:8000'\n[[shot.screen]]\nname = 'x'\n";
    let (code, said) = told(app);
    assert_eq!((code, said.as_str()), (4, "error: no command of this repository is trusted yet"));
}

#[test]
fn an_app_that_is_trusted_serves_its_pages() {
    let repo = Repo::new();
    repo.write("index.html", "<body style='background:#00ff00'>");
    repo.write(
        "leadforge.toml",
        "[shot.app]\ncommand = 'exec python3 -m http.server --bind 127.0.0.1 8799'\n\
         origin = 'http://127.0.0.1:8799'\n[[shot.screen]]\nname = 'x'\nwatch = ['*.html']\n",
    );
    repo.commit("app");
    let refused = repo.run(&["capture"]);
    assert_eq!(refused.code, 4);
    let digest = refused.err.split("--accept ").nth(1).expect("the line to type");
    let digest = digest.split('`').next().expect("a digest");
    let answer = repo.run(&["capture", "--trust", digest]);
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    assert_eq!(repo.run(&["check"]).code, 0);
    // No version of an app is ever run: the timeline says so.
    let answer = repo.run(&["timeline"]);
    assert_eq!(answer.code, 0);
    assert!(answer.out.contains("0 versions"), "{}", answer.out);
}

#[test]
fn versions_are_photographed_once() {
    let repo = repo();
    repo.write("web/more.html", MORE.replace("opened</p>", "other</p>"));
    repo.commit("other");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("web/static/a.css", "h1 { color: lime }");
    repo.commit("colour");
    repo.write("web/home.html", format!("{HOME}<!-- nothing to see -->"));
    repo.commit("comment");
    repo.git(&["checkout", "-q", "main"]);
    let (code, first) = repo.json(&["timeline", "--all"]);
    assert_eq!(code, 0, "{first:#}");
    // home twice (light, dark) in three versions, of which the last looks like the second; more in two,
    // and in one more because of what is served.
    assert_eq!(first["summary"]["versions"], 9, "{first:#}");
    assert_eq!(first["summary"]["captures"], 9);
    let same: Vec<String> = first["data"]["versions"]
        .as_array()
        .expect("versions")
        .iter()
        .filter(|version| version["same"] == true)
        .map(|version| {
            format!(
                "{} {}",
                version["screen"].as_str().unwrap_or("?"),
                version["subject"].as_str().unwrap_or("?")
            )
        })
        .collect();
    assert_eq!(same, ["home-light comment", "home-dark comment", "more colour"]);
    let (_, second) = repo.json(&["timeline", "--all"]);
    assert_eq!((&second["summary"]["captures"], &second["data"]), (&0.into(), &first["data"]));
    // What changed is looked at once, and kept beside the pictures by their digests.
    let keys = repo.path().join(".git/leadforge/cache/shot/keys");
    let lines = |words: &str| {
        let all = fs::read_dir(&keys).expect("the cache").map(|file| file.expect("a file").path());
        let of_summaries =
            all.filter(|path| fs::read_to_string(path).is_ok_and(|text| text.starts_with('"')));
        let of_summaries: Vec<_> = of_summaries.collect();
        of_summaries.iter().for_each(|path| fs::write(path, words).expect("written"));
        of_summaries.len()
    };
    let kept = lines("\"as it was kept\"");
    assert!(kept > 0, "{first:#}");
    let (_, told) = repo.json(&["timeline", "--all"]);
    let summaries = |report: &Value| -> Vec<String> {
        let versions = report["data"]["versions"].as_array().expect("versions");
        let text = |version: &Value| version["summary"].as_str().expect("a line").to_owned();
        versions.iter().map(text).filter(|summary| !summary.is_empty()).collect()
    };
    assert!(summaries(&told).iter().all(|line| line == "as it was kept"), "{told:#}");
    assert_eq!(summaries(&told).len(), summaries(&first).len());
    // What is damaged or gone is looked at again.
    assert_eq!(lines("\"cut"), kept);
    assert_eq!(repo.json(&["timeline", "--all"]).1["data"], first["data"]);
    fs::remove_dir_all(repo.path().join(".git/leadforge/cache")).expect("it may go at any time");
    let (_, anew) = repo.json(&["timeline", "--all"]);
    assert_eq!((&anew["summary"]["captures"], &anew["data"]), (&9.into(), &first["data"]));
    let (_, paged) = repo.json(&["timeline", "--all", "--page", "history.html"]);
    assert_eq!(paged["data"], first["data"]);
    let page = fs::read_to_string(repo.path().join("history.html")).expect("the page");
    let pictures = fs::read_dir(repo.path().join("history-pictures")).expect("beside it");
    let names: Vec<String> =
        pictures.flatten().map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    // Light and dark are the same here: equal pictures are one file.
    assert_eq!(names.len(), 4, "{names:?}");
    for name in names {
        assert!(page.contains(&format!("history-pictures/{name}")), "{name}");
    }
    let (_, head) = repo.json(&["timeline"]);
    assert_eq!(
        (head["summary"]["versions"].as_u64(), head["summary"]["captures"].as_u64()),
        (Some(4), Some(0))
    );
    let file = first["data"]["versions"][0]["file"].as_str().expect("a file");
    assert!(
        fs::read(file.replace("REPO", &repo.path().to_string_lossy()))
            .is_ok_and(|png| png.starts_with(b"\x89PNG"))
    );
}

#[test]
fn the_whole_repository_can_be_served() {
    let repo = Repo::new();
    repo.write(
        "leadforge.toml",
        "[[shot.screen]]\nname = 'x'\nurl = '/web/x.html'\nsource = 'web/x.html'\nserve = { '/' = '.' }\n",
    );
    repo.write("web/x.html", "<link rel=stylesheet href=/a.css><iframe src=/.git/config></iframe>");
    repo.write("a.css", "body { background: lime }");
    let (code, report) = repo.json(&["capture"]);
    assert_eq!(code, 0, "{report:#}");
    let blocked = report["data"]["screens"][0]["blocked"][0].as_str().expect("one");
    assert!(blocked.starts_with("GET http://localhost/.git/config (path "), "{blocked}");
    // The picture itself is none of its sources.
    let (_, again) = repo.json(&["capture", "--changed"]);
    assert_eq!(status(&again), [("x", "up_to_date")]);
    repo.write("a.css", "body { background: red }");
    let (_, changed) = repo.json(&["capture", "--changed"]);
    assert_eq!(status(&changed), [("x", "written")]);
    repo.commit("all");
    let (code, history) = repo.json(&["timeline"]);
    assert_eq!((code, history["summary"]["versions"].as_u64()), (0, Some(1)));
}

#[test]
fn a_shallow_clone_is_said_to_be_one() {
    let repo = repo();
    repo.write("web/more.html", "<h1>newer");
    repo.commit("newer");
    let from = format!("file://{}", repo.path().display());
    repo.git(&["clone", "-q", "--depth", "1", &from, "clone"]);
    let answer = repo.run_in("clone", &["timeline", "--format", "json"]);
    assert!(answer.err.contains("shallow"), "{}", answer.err);
    let report: Value = serde_json::from_str(&answer.out).expect("JSON");
    assert_eq!(report["data"]["cut"], true);
}

/// Every process below another one.
fn descendants(root: u32) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut open = vec![root];
    while let Some(pid) = open.pop() {
        for task in fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten() {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            let children = children.split_whitespace().filter_map(|pid| pid.parse().ok());
            open.extend(children.filter(|pid| found.insert(*pid)));
        }
    }
    found
}

#[test]
fn killed_in_the_middle_it_leaves_no_process() {
    for bare in [false, true] {
        let repo = Repo::new();
        repo.write("leadforge.toml", "[[shot.screen]]\nname = 'x'\nsource = 'x.html'\n");
        repo.write("x.html", "<script>for (;;) {}</script>");
        repo.commit("endless");
        let mut child = Command::new(env!("CARGO_BIN_EXE_lead-shot"))
            .arg("capture")
            .args(bare.then_some("--no-sandbox"))
            .current_dir(repo.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let begun = Instant::now();
        let mut all = BTreeSet::new();
        // Chromium, its helpers and a page that never ends.
        while all.len() < 8 {
            assert!(begun.elapsed() < Duration::from_secs(60), "it never started: {all:?}");
            std::thread::sleep(Duration::from_millis(50));
            all = descendants(child.id());
        }
        child.kill().expect("killed");
        child.wait().expect("it ends");
        let begun = Instant::now();
        let alive = |pid: &&u32| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            stat.rsplit(')')
                .next()
                .is_some_and(|rest| !rest.trim().is_empty() && !rest.trim().starts_with('Z'))
        };
        while let Some(pid) = all.iter().find(alive) {
            assert!(begun.elapsed() < Duration::from_secs(20), "{pid} is left, bare: {bare}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
