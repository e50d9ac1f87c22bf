//! What contracts forbid, and what a change breaks.

use leadforge_review_rules::Looked;
use leadforge_review_rules::arch::{Config, ContractError, Graph, check};

use super::tree::{caused_by, contract, files, graph, verdict, wrong};

const APP: &[(&str, &str)] = &[
    ("app/__init__.py", ""),
    ("app/high/__init__.py", "from app.low import thing\n"),
    ("app/high/two.py", ""),
    ("app/blue.py", "import app.green\n"),
    ("app/green.py", ""),
    ("app/util.py", "\nimport app.high.two\n"),
    ("app/low.py", "import os\n\nfrom . import util\n"),
];

#[test]
fn a_lower_layer_may_not_import_a_higher_one_even_through_others() {
    let layers = "layers = ['app.high', 'app.low']";
    assert_eq!(wrong(APP, layers), ["app.low imports app.high.two, through app.util"]);
    let verdict = verdict(APP, layers);
    let chain: Vec<String> =
        verdict.violations[0].chain.iter().map(|l| format!("{}:{}", l.path, l.line)).collect();
    assert_eq!(chain, ["app/low.py:3", "app/util.py:2"]);
    assert!(verdict.violations[0].chain.iter().all(|link| !link.new));
    // A layer between answers for itself: what goes through it is its own.
    let three = wrong(APP, "layers = ['app.high', 'app.util', 'app.low']");
    assert_eq!(three, ["app.low imports app.util", "app.util imports app.high.two"]);
}

#[test]
fn siblings_bars_colons_parentheses_containers() {
    assert_eq!(
        wrong(APP, "layers = ['app.blue | app.green', 'app.high']"),
        ["app.blue imports app.green"]
    );
    assert!(wrong(APP, "layers = ['app.blue : app.green', 'app.high']").is_empty());
    assert!(wrong(APP, "layers = ['app.blue', '(app.gone)', 'app.green']").is_empty());
    let inside = wrong(APP, "layers = ['green', '(gone) | blue']\ncontainers = ['app']");
    assert_eq!(inside, ["app.blue imports app.green"]);
    assert_eq!(
        wrong(APP, "independent = ['app.blue', 'app.green']"),
        ["app.blue imports app.green"]
    );
}

/// What need not be there is looked at where it is, and where its name says two things nothing was looked at.
#[test]
fn a_name_of_two_languages_is_not_one_that_is_gone() {
    let tree = &[("low.py", "import high\n"), ("high.py", ""), ("low/x.ts", "")];
    let unsure = verdict(tree, "layers = ['high', '(low)']");
    let Looked::No { why } = &unsure.looked else { panic!("{unsure:?}") };
    assert!(why.contains("could be of more than one language"), "{why}");
    assert_eq!(wrong(tree, "layers = ['high', '(python:low)']"), ["low imports high"]);
}

#[test]
fn forbidden_protected_and_packages_outside() {
    let both = "forbidden = { from = ['app.low'], to = ['app.high'] }";
    assert_eq!(wrong(APP, both), ["app.low imports app.high.two, through app.util"]);
    assert!(wrong(APP, &format!("{both}\ndirect = true")).is_empty());
    let outside = "forbidden = { from = ['app'], outside = ['os', 'requests'] }";
    assert_eq!(wrong(APP, outside), ["app.low imports os"]);
    let protected = "protected = { modules = ['app.high'], importers = ['app.blue'] }";
    assert_eq!(wrong(APP, protected), ["app.util imports app.high.two"]);
    let allowed = "protected = { modules = ['app.high'], importers = ['app.u*til', 'app.util'] }";
    let verdict = verdict(APP, allowed);
    assert_eq!(verdict.looked, Looked::no("there is no module \"app.u*til\""));
    assert!(wrong(APP, "forbidden = { from = ['app.**'], to = ['app.high.two'] }").len() > 1);
}

/// What may start a process is not all of the standard library, and what a library stands on counts as what it does.
#[test]
fn parts_of_rusts_own_library_are_forbidden_alone() {
    let tree = &[
        ("a/Cargo.toml", "[package]\nname = 'a'\n[dependencies]\nb.path = '../b'\n"),
        ("a/src/lib.rs", "use b::{run, Set};\nuse std::fmt;\n"),
        ("b/Cargo.toml", "[package]\nname = 'b'\n"),
        (
            "b/src/lib.rs",
            "use std::{collections::BTreeSet, process as started};\npub type Set = BTreeSet<u8>;\n\
             pub fn run() { started::Command::new(\"x\"); }\n",
        ),
    ];
    let from = |outside: &str| format!("forbidden = {{ from = ['a'], outside = [{outside}] }}");
    assert_eq!(wrong(tree, &from("'std::process'")), ["a imports std::process, through b"]);
    assert!(wrong(tree, &from("'std::net', 'std::proc'")).is_empty());
    assert_eq!(wrong(tree, &format!("{}\ndirect = true", from("'std'"))), ["a imports std::fmt"]);
}

#[test]
fn what_is_forbidden_need_not_be_there_where_it_says_so() {
    let both = "forbidden = { from = ['(app.gone)', '(app.low)'], to = ['(app.high)', '(gone)'] }";
    assert_eq!(wrong(APP, both), ["app.low imports app.high.two, through app.util"]);
    let nothing = verdict(APP, "forbidden = { from = ['(gone)'], to = ['app.high'] }");
    assert_eq!(nothing.looked, Looked::no("nothing of `from` is there"));
    let gone = verdict(APP, "forbidden = { from = ['gone', '(app)'], outside = ['os'] }");
    assert_eq!(gone.looked, Looked::no("there is no module \"gone\""));
}

#[test]
fn circles_are_found_at_every_depth() {
    let tree = &[
        ("p/__init__.py", ""),
        ("p/a/__init__.py", "import p.b\n"),
        ("p/b/__init__.py", ""),
        ("p/b/deep.py", "import p.c.x\n"),
        ("p/c/__init__.py", ""),
        ("p/c/x.py", "import p.c.y\n"),
        ("p/c/y.py", "import p.c.x\nimport p.a\n"),
        ("p/d.py", "import p.a\n"),
    ];
    let found = wrong(tree, "acyclic = ['p']");
    assert_eq!(
        found,
        [
            "a circle in p: p.a → p.b, p.b.deep → p.c.x, p.c.y → p.a",
            "a circle in p.c: p.c.x → p.c.y, p.c.y → p.c.x"
        ]
    );
    assert_eq!(wrong(tree, "acyclic = ['p']\ndepth = 0").len(), 1);
    let broken =
        wrong(tree, "acyclic = ['p']\nignore_imports = ['p.c.y -> p.a', 'p.c.* -> p.c.x']");
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn what_does_not_count_and_what_is_ignored_in_vain() {
    let tree = &[
        (
            "a.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import b\ndef f():\n    import c\n",
        ),
        ("b.py", ""),
        ("c.py", ""),
    ];
    let layers = "layers = ['b', 'c', 'a']\n";
    assert_eq!(wrong(tree, layers), ["a imports b", "a imports c"]);
    assert_eq!(wrong(tree, &format!("{layers}without = ['types']")), ["a imports c"]);
    assert_eq!(wrong(tree, &format!("{layers}without = ['lazy']")), ["a imports b"]);
    let ignored = verdict(tree, &format!("{layers}ignore_imports = ['a -> b', 'b -> c']"));
    assert_eq!(ignored.violations.len(), 1);
    assert_eq!(ignored.unmatched, ["b -> c"]);
}

#[test]
fn a_violation_caused_in_a_file_that_the_change_did_not_touch() {
    let base: Vec<(&str, &str)> =
        APP.iter().map(|(p, t)| (*p, if *p == "app/util.py" { "" } else { *t })).collect();
    let layers = "layers = ['app.high', 'app.low']";
    let found = caused_by(&base, APP, layers);
    assert!(found.looked.whole());
    assert_eq!(found.violations.len(), 1);
    let violation = &found.violations[0];
    assert_eq!(violation.message(), "app.low imports app.high.two, through app.util");
    // It lies in low.py, which is untouched; it is shown at the import that is new.
    let new: Vec<(String, bool)> =
        violation.chain.iter().map(|l| (l.path.to_string(), l.new)).collect();
    assert_eq!(new, [("app/low.py".to_owned(), false), ("app/util.py".to_owned(), true)]);
    assert_eq!(violation.at().unwrap().path.to_string(), "app/util.py");
}

#[test]
fn what_was_wrong_before_is_not_caused() {
    let mut head = APP.to_vec();
    head.push(("app/other.py", "import app.high\n"));
    let layers = "layers = ['app.high', 'app.low']";
    assert!(caused_by(APP, &head, layers).violations.is_empty());
    // A second chain between the same ends is another one.
    head.retain(|(path, _)| *path != "app/low.py");
    head.push(("app/low.py", "import os\n\nfrom . import util, other\n"));
    let found = caused_by(APP, &head, layers);
    let messages: Vec<String> = found.violations.iter().map(|one| one.message()).collect();
    assert_eq!(messages, ["app.low imports app.high, through app.other"]);
    let gone: Vec<(&str, &str)> =
        APP.iter().filter(|(p, _)| *p != "app/util.py").copied().collect();
    assert!(caused_by(APP, &gone, layers).violations.is_empty());
}

#[test]
fn a_circle_that_a_change_closes() {
    let base = &[
        ("p/__init__.py", ""),
        ("p/a.py", "import p.b\n"),
        ("p/b.py", "import p.c"),
        ("p/c.py", "import p.b"),
    ];
    let mut head = base.to_vec();
    assert!(caused_by(base, &head, "acyclic = ['p']").violations.is_empty());
    head[3].1 = "import p.b, p.a";
    let found = caused_by(base, &head, "acyclic = ['p']");
    let messages: Vec<String> = found.violations.iter().map(|one| one.message()).collect();
    assert_eq!(messages, ["a circle in p: p.c → p.a, p.a → p.b, p.b → p.c"]);
}

#[test]
fn what_is_not_there_was_not_looked_at() {
    let gone = verdict(APP, "layers = ['app.high', 'app.gone']");
    assert_eq!(gone.looked, Looked::no("there is no module \"app.gone\""));
    assert!(gone.violations.is_empty());
    let shared = verdict(APP, "layers = ['app.high', 'app.high.two']");
    assert!(matches!(shared.looked, Looked::No { why } if why.contains("in common")));
    let nothing = check(&graph(&[("a.txt", "")]), &contract("acyclic = ['a']")).unwrap();
    assert!(matches!(nothing.looked, Looked::No { .. }));
    assert!(matches!(graph(&[("a.txt", "")]).looked(None), Looked::No { .. }));
    let two = &[("part/x.py", "import part.y"), ("part/y.py", ""), ("part/x.ts", "")];
    assert!(
        matches!(verdict(two, "acyclic = ['part']").looked, Looked::No { why } if why.contains("python:"))
    );
    assert!(verdict(two, "acyclic = ['script:part']").looked.whole());
    // What another language could not read is nothing to this contract.
    let broken = &[("part/x.py", "import part.y"), ("part/y.py", ""), ("lib/x.ts", "import {")];
    assert!(verdict(broken, "acyclic = ['part']").looked.whole());
    assert!(matches!(verdict(broken, "acyclic = ['lib']").looked, Looked::Partly { .. }));
}

#[test]
fn contracts_that_say_nothing_are_refused() {
    let refused = |text: &str| contract(text).validate().unwrap_err();
    assert_eq!(refused(""), ContractError::Kinds);
    assert_eq!(refused("layers = ['a', 'b']\nacyclic = ['a']"), ContractError::Kinds);
    assert_eq!(
        refused("layers = ['a', 'b']\ndirect = true"),
        ContractError::Alone("direct", "forbidden")
    );
    assert_eq!(refused("layers = ['a']"), ContractError::Few("layers", "two layers"));
    assert_eq!(refused("independent = ['a']"), ContractError::Few("independent", "two modules"));
    assert!(matches!(refused("forbidden = { from = ['a'] }"), ContractError::Few("forbidden", _)));
    assert!(matches!(refused("layers = ['a | b : c', 'd']"), ContractError::Mixed(_)));
    assert!(matches!(refused("layers = ['a.*', 'd']"), ContractError::Name(_)));
    assert!(matches!(
        refused("acyclic = ['a']\nignore_imports = ['a > b']"),
        ContractError::Arrow(_)
    ));
    assert!(toml::from_str::<leadforge_review_rules::arch::Contract>("layer = ['a']").is_err());
}

#[test]
fn any_number_of_threads_says_the_same() {
    let mut list: Vec<(String, String)> = Vec::new();
    for at in 0..200 {
        list.push((format!("m/a{at}.py"), format!("import m.a{}\nimport x{at}\n", (at * 7) % 200)));
        list.push((format!("s/a{at}.ts"), format!("import './a{}'\n", (at * 3) % 200)));
    }
    let list: Vec<(&str, &str)> = list.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let tree = files(&list);
    let read = |threads| Graph::read(&tree, &Config { threads, ..Config::default() }).unwrap();
    let said = |graph: &Graph| {
        let wrong = check(graph, &contract("acyclic = ['m']")).unwrap();
        format!("{:?}{:?}{:?}", graph.imports().collect::<Vec<_>>(), graph.looked(None), wrong)
    };
    let one = said(&read(1));
    assert!([2, 3, 8].iter().all(|threads| said(&read(*threads)) == one));
}
