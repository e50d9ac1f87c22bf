//! Each rule is seen green on a small sound workspace and red on the same with its fault planted.

use super::exceptions::{EXCEPTIONS, Exception};
use super::workspace::{Dependency, External, File, Package, Workspace};
use super::{Plant, rules};
use std::collections::BTreeMap;

const MANIFEST: &str = "[package]\n\n[lints]\nworkspace = true\n\n[dependencies]\n";

/// A sound workspace as files.
fn example() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut put = |path: String, text: &str| files.insert(path, text.to_owned());
    for room in ["authorship", "markup", "durable-fs", "cli-kit", "host-git", "agent-dispatch"] {
        put(format!("crates/{room}/Cargo.toml"), MANIFEST);
        put(format!("crates/{room}/README.md"), &format!("# leadforge-{room}\n"));
        put(format!("crates/{room}/src/lib.rs"), "//! A room.\n");
    }
    for Exception { rule, path, .. } in EXCEPTIONS {
        let rules = rules();
        let rule = rules.iter().find(|r| r.name == *rule).expect("an exception is from a rule");
        let at = if path.ends_with('/') { format!("{path}used.rs") } else { (*path).to_owned() };
        let word = rule.words.words.first().copied().unwrap_or_default();
        let old = files.remove(&at).unwrap_or_else(|| "//! Uses its exception.\n".to_owned());
        files.insert(at, format!("{old}{word}\n"));
    }
    let mut put = |path: &str, text: &str| files.insert(path.to_owned(), text.to_owned());
    put("xtask/Cargo.toml", MANIFEST);
    put("xtask/src/main.rs", "//! Commands.\n");
    put(
        "docs/review/RULES.md",
        "## Floors {#floors}\n\n```toml rule\nimports = { layers = [\n  \"(rust:xtask)\",\n  \"(leadforge_agent_dispatch | \
         leadforge_cli_kit | leadforge_task_queue | leadforge_visual_diff)\",\n  \"(leadforge_authorship | leadforge_host_git | \
         leadforge_markup)\",\n  \"(leadforge_durable_fs)\",\n] }\nbad = []\n```\n",
    );
    files
}

/// What `cargo metadata` would say of such files.
fn workspace(files: &BTreeMap<String, String>) -> Workspace {
    let packages = files.iter().filter_map(|(path, text)| {
        let folder = path.strip_suffix("/Cargo.toml")?.to_owned();
        let room = folder.rsplit('/').next().unwrap_or_default();
        let name =
            folder.strip_prefix("crates/").map_or(room.to_owned(), |r| format!("leadforge-{r}"));
        let target = if text.contains("[lib]") { "mark".into() } else { name.replace('-', "_") };
        let named =
            |line: &str| line.split_once(".workspace = true").map(|(name, _)| name.to_owned());
        let dependencies = text
            .lines()
            .filter_map(named)
            .map(|name| Dependency { name, kind: "normal".to_owned() })
            .collect();
        let tests = text.matches("[[test]]").map(|_| "src/main.rs".to_owned()).collect();
        Some(Package {
            name,
            folder,
            dependencies,
            tests,
            targets: vec![target],
            ..Package::default()
        })
    });
    let manifests = files.iter().filter(|(path, _)| path.ends_with("Cargo.toml"));
    let lines = manifests.flat_map(|(_, text)| text.lines());
    let external = lines.filter_map(|line| line.split_once(" = \"")).map(|(name, _)| External {
        name: name.to_owned(),
        license: "MIT".to_owned(),
        linked: true,
    });
    let mut workspace = Workspace {
        packages: packages.collect(),
        external: external.collect(),
        files: files
            .iter()
            .map(|(path, text)| (path.clone(), File::new(path, text.clone())))
            .collect(),
    };
    workspace.forget_tests();
    workspace
}

/// The names of the rules that do not hold.
fn red(files: &BTreeMap<String, String>) -> Vec<&'static str> {
    let workspace = workspace(files);
    let mut red: Vec<_> = rules()
        .iter()
        .filter(|rule| !(rule.check)(&workspace, rule).is_empty())
        .map(|rule| rule.name)
        .collect();
    red.sort_unstable();
    red
}

fn planted(plant: &Plant) -> BTreeMap<String, String> {
    let mut files = example();
    let (path, text) = plant.apply(|path| files.get(path).cloned().unwrap_or_default());
    match text {
        Some(text) => files.insert(path.to_owned(), text),
        None => files.remove(path),
    };
    files
}

#[test]
fn a_sound_workspace_is_green() {
    assert_eq!(red(&example()), [""; 0]);
}

#[test]
fn every_rule_is_red_with_its_fault() {
    for rule in rules() {
        let red = red(&planted(&rule.plant));
        assert!(red.contains(&rule.name), "{} stays green; red: {red:?}", rule.name);
    }
}

#[test]
fn tests_comments_and_strings_are_not_code() {
    let text = "//! Doc with panic!.\n#[cfg(test)]\nmod t;\nconst S: &str = \"std::env::var\";\n";
    let mut files = example();
    files.insert("crates/markup/src/lib.rs".into(), text.into());
    files.insert("crates/markup/src/t.rs".into(), "//! Test.\nfn f() { panic!() }\n".into());
    assert_eq!(red(&files), [""; 0]);
}

#[test]
fn an_exception_nobody_needs_is_a_fault() {
    let mut files = example();
    files.retain(|path, _| path != "crates/durable-fs/src/used.rs");
    assert_eq!(red(&files), ["state"]);
}
