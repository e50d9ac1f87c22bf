//! The schema of `leadforge.toml` for editors: it takes what the binaries take, and refuses what they refuse.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::Value;

use super::Repo;

/// Every key of `[shot]`, each with a value that means something.
const SHOT: &str = r##"
[shot]
pictures = ["screenshots/**"]
settings = ["-before", "", "-after"]
repository = "octo/cat"
main = "main"
types = { perf = "changed" }
folder = "screenshots"

[shot.authorship]
subject_tags = ["[AI]"]
mailmap = "Ann <ann@example.org>"
identities = [{ name = "Ann", kind = "person", mailboxes = ["ann@example.org"] }]

[shot.app]
command = "python3 -m http.server 8000"
origin = "http://127.0.0.1:8000"

[shot.defaults]
viewport = [1280, 720]
full_page = true
schemes = ["light", "dark"]
clock = "2025-01-01T00:00:00Z"
timezone = "Europe/Berlin"
locale = "en-US"
seed = 1
settle_ms = 500
mask = ["#clock"]
watch = ["src/**"]
serve = { "/static" = "src/static" }
values = { version = "1.2" }

[[shot.defaults.stub]]
method = "GET"
url = "/api/jobs"
status = 200
kind = "application/json"
json = { jobs = [] }

[[shot.defaults.stub]]
url = "/text"
body = "text"

[[shot.defaults.stub]]
url = "/file"
file = "a.txt"

[[shot.screen]]
name = "home"
source = "src/home.html"
url = "/home"
steps = [
  { click = "#open" }, { hover = "#menu" }, { type = { into = "#name", text = "Ann" } },
  { press = "Enter" }, { wait = ".done" }, { pass = 100 },
]
"##;

fn committed() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schemas/leadforge.toml.json");
    let text = std::fs::read_to_string(path).expect("it is generated and committed");
    serde_json::from_str(&text).expect("JSON")
}

fn validator() -> Validator {
    jsonschema::validator_for(&committed()).expect("a schema")
}

fn data(text: &str) -> Value {
    let table: toml::Table = text.parse().expect("TOML");
    serde_json::to_value(table).expect("no dates and no infinities")
}

/// The names of all keys that data holds below `[shot]`, wherever.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            keys(value, found);
        }),
        Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn every_key_of_shot_is_known_to_editors_and_to_the_binary() {
    let repo = Repo::new();
    repo.write("leadforge.toml", SHOT);
    let taken = repo.call("lead-shot", &["lint"]);
    assert_eq!(taken.code, 0, "the binary takes it: {}", taken.err);
    let wrong: Vec<String> = validator().iter_errors(&data(SHOT)).map(|e| e.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    // What the schema knows and the text above does not show would be tested by nobody.
    let mut shown = BTreeSet::new();
    keys(&data(SHOT), &mut shown);
    let schema = committed();
    for part in ["Shot", "Screen", "Stub", "App", "Authorship", "Identity"] {
        let known = schema["$defs"][part]["properties"].as_object().expect("keys");
        assert_eq!(schema["$defs"][part]["additionalProperties"], false, "{part}");
        let unseen: Vec<_> = known.keys().filter(|key| !shown.contains(*key)).collect();
        assert!(unseen.is_empty(), "{part}: {unseen:?}");
    }
}

#[test]
fn a_key_that_is_not_known_or_a_value_of_another_kind_is_refused_by_both() {
    let validator = validator();
    let wrong = [
        "[shto]\n",
        "[shot]\npicture = []\n",
        "[shot]\ntypes = { perf = \"faster\" }\n",
        "[shot.defaults]\nviewport = [1280]\n",
        "[shot.defaults]\nfullpage = true\n",
        "[shot.app]\ncmd = \"x\"\n",
        "[[shot.defaults.stub]]\nurl = \"/\"\nstatus = \"200\"\n",
        "[[shot.screen]]\nname = \"a\"\nscheme = \"dark\"\n",
        "[[shot.screen]]\nname = \"a\"\nschemes = [\"drak\"]\n",
        "[[shot.screen]]\nname = \"a\"\nsteps = [{ click = \"a\", wait = \"b\" }]\n",
        "[[shot.screen]]\nname = \"a\"\nsteps = [{ double = \"a\" }]\n",
        "[[shot.authorship.identities]]\nname = \"a\"\nkind = \"robot\"\nmailboxes = []\n",
    ];
    for text in wrong {
        let repo = Repo::new();
        repo.write("leadforge.toml", text);
        assert_eq!(repo.call("lead-shot", &["lint"]).code, 2, "the binary: {text}");
        assert!(!validator.is_valid(&data(text)), "the schema: {text}");
    }
}

#[test]
fn what_is_documented_or_written_by_init_is_taken() {
    let validator = validator();
    let readme = include_str!("../../bins/lead-shot/README.md");
    let examples: Vec<&str> =
        readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(examples.len(), 1);
    let init = include_str!("../../bins/lead-forge/src/template/leadforge.toml");
    for text in examples.into_iter().chain([init]) {
        let wrong: Vec<String> =
            validator.iter_errors(&data(text)).map(|e| e.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:#?}\n{text}");
    }
}
