//! Packs and profiles in the layout of rulebook-ai.

use std::collections::BTreeMap;

use leadforge_rulebook::{Library, Pick, Tool};

fn files(list: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

const SELECTION: &str = r#"{"packs": [{"name": "own", "version": "0.1.0", "source": "local"}, {"name": "light", "version": "0.1.0"}],
 "profiles": {"backend": ["light"], "all": ["light", "own"], "none": []}}"#;

fn sample() -> BTreeMap<String, Vec<u8>> {
    files(&[
        ("selection.json", SELECTION),
        ("file_manifest.json", "{}"),
        ("packs/light/manifest.yaml", "name: light\nversion: 0.1\nsummary: few words\n"),
        ("packs/light/README.md", "# light"),
        ("packs/light/rules/01-rules/00-meta.md", "# Meta\n\ntext  \n"),
        (
            "packs/light/rules/01-rules/01-memory.md",
            "---\ndescription: d\nglobs:\nalwaysApply: true\n---\n# Memory\r\n",
        ),
        ("packs/light/rules/01-rules/02-empty.md", "---\nalwaysApply: true\n---\n\n"),
        ("packs/light/rules/03-rules-code/01-code.md", "# Code"),
        ("packs/light/memory_starters/docs/architecture_template.md", "# A\n"),
        ("packs/light/tool_starters/llm_api.py", "print()"),
        ("packs/own/manifest.yaml", "name: own\nversion: 1.0.0\nsummary: ours\n"),
        ("packs/own/rules/01-rules/00-meta.md", "# Our meta"),
        ("packs/own/rules/02-rules-architect/01-code.md", "# Plan"),
        ("packs/unused/manifest.yaml", "name: unused\nversion: 1\nsummary: x\n"),
    ])
}

#[test]
fn packs_are_composed_as_rulebook_ai_does_and_say_what_it_does_not() {
    let (library, notes) = Library::read(&sample()).unwrap();
    let mut out: Vec<String> = notes.into_iter().map(|note| note.what).collect();
    for pick in [
        Pick::All,
        Pick::Profile("backend".into()),
        Pick::Profile("none".into()),
        Pick::Packs(vec!["own".into()]),
    ] {
        let composed = library.compose(&pick).unwrap();
        let ids: Vec<&str> = composed.book.items.iter().map(|item| item.id()).collect();
        out.push(format!("{pick:?}: {} and {} templates", ids.join(" "), composed.memory.len()));
        out.extend(composed.notes.into_iter().map(|note| format!("  {}", note.what)));
    }
    insta::assert_snapshot!(out.join("\n"), @r#"
    packs/light/tool_starters/llm_api.py is a program and is not taken
    the pack unused is there and is not chosen
    All: 00-meta 01-memory 01-code 01-code-2 and 1 templates
      light: 01-rules/00-meta.md is shadowed by the pack own
      light: 01-rules/01-memory.md: the description "d" decides nothing here and is left out
      light: 01-rules/02-empty.md: it is empty and is left out
    Profile("backend"): 00-meta 01-memory 01-code and 1 templates
      light: 01-rules/01-memory.md: the description "d" decides nothing here and is left out
      light: 01-rules/02-empty.md: it is empty and is left out
    Profile("none"):  and 0 templates
    Packs(["own"]): 00-meta 01-code and 0 templates
    "#);
}

#[test]
fn a_library_is_written_back_as_it_was_read() {
    let (library, _) = Library::read(&sample()).unwrap();
    let written = library.files();
    let bytes =
        written.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    let (again, notes) = Library::read(&bytes).unwrap();
    assert_eq!((&again, notes.len()), (&library, 0));
    assert_eq!(again.files(), written);
    for (path, text) in &written {
        if path.contains("/rules/") || path.contains("/memory_starters/") {
            assert_eq!(sample()[path], text.as_bytes(), "{path}");
        }
    }
}

#[test]
fn what_is_composed_reaches_every_tool() {
    let (library, _) = Library::read(&sample()).unwrap();
    let book = library.compose(&Pick::All).unwrap().book;
    for tool in Tool::ALL {
        crate::round::rounds(&book, tool);
    }
}

#[test]
fn a_layout_that_is_not_is_refused_with_its_file() {
    let mut out = String::new();
    for (path, text) in [
        ("selection.json", "{\n\"packs\": 3}"),
        ("selection.json", r#"{"packs": [{"name": "gone"}]}"#),
        ("selection.json", r#"{"packs": [{"name": "light"}], "profiles": {"p": ["own"]}}"#),
        ("packs/light/manifest.yaml", "name: dark\nversion: 1\nsummary: x\n"),
        ("packs/light/manifest.yaml", "name: light\n"),
        ("packs/light/rules/01-rules/meta.md", "x"),
        ("packs/light/rules/README.md", "x"),
    ] {
        let mut files = sample();
        files.insert(path.to_owned(), text.as_bytes().to_vec());
        out.push_str(&format!("{}\n", Library::read(&files).unwrap_err()));
    }
    let mut files = sample();
    files.insert("packs/light/rules/01-rules/00-meta.md".into(), b"\xff".to_vec());
    out.push_str(&format!("{}\n", Library::read(&files).unwrap_err()));
    files.remove("packs/light/manifest.yaml");
    out.push_str(&format!("{}\n", Library::read(&files).unwrap_err()));
    let (library, _) = Library::read(&sample()).unwrap();
    out.push_str(&format!("{}\n", library.compose(&Pick::Profile("x".into())).unwrap_err()));
    out.push_str(&format!("{}\n", library.compose(&Pick::Packs(vec!["y".into()])).unwrap_err()));
    insta::assert_snapshot!(out, @r#"
    selection.json:2: no selection of packs: invalid type: integer `3`, expected a sequence at line 2 column 10
    selection.json:1: the pack "gone" is chosen and is not there
    selection.json:1: the profile "p" names the pack "own", which is not chosen
    packs/light/manifest.yaml:1: the manifest says "dark" and the folder "light"
    packs/light/manifest.yaml:1: no manifest with name, version and summary: error: line 1 column 1: missing field `version`
    packs/light/rules/01-rules/meta.md:1: a rule is rules/NN-rules/NN-NAME.md: its number is its place
    packs/light/rules/README.md:1: a rule is rules/NN-rules/NN-NAME.md: its number is its place
    packs/light/rules/01-rules/00-meta.md:1: not text in UTF-8
    packs/light/manifest.yaml:1: the pack has no manifest
    x: line 1: there is no such profile; there are: all, backend, none
    y: line 1: there is no such pack
    "#);
    let mut files = sample();
    files.remove("selection.json");
    assert_eq!(Library::read(&files).unwrap().0.packs.len(), 3);
}

/// What rulebook-ai joins into one file is taken apart into what its packs say.
#[test]
fn a_joined_file_says_what_its_packs_say() {
    let (library, _) = Library::read(&sample()).unwrap();
    for pick in [Pick::Profile("backend".into()), Pick::Packs(vec!["own".into()])] {
        let name = if pick == Pick::Packs(vec!["own".into()]) { "own" } else { "light" };
        let pack = library.packs.iter().find(|pack| pack.name == name).unwrap();
        // Its own words: a heading with the file's name, the file, a rule between two of them.
        let joined: Vec<String> = pack
            .rules
            .iter()
            .map(|(path, text)| {
                format!(
                    "# Rule: {}\n\n{}",
                    path.rsplit('/').next().unwrap(),
                    text.replace("\r\n", "\n")
                )
            })
            .collect();
        let joined = joined.join("\n\n---\n\n");
        let file = leadforge_rulebook::import("CLAUDE.md", joined.as_bytes()).unwrap();
        assert_eq!(file.bytes(), joined.as_bytes());
        let taken = leadforge_rulebook::collect(vec![file], true);
        assert_eq!(taken, library.compose(&pick).unwrap().book, "{joined}");
    }
}
