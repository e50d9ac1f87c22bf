//! Drawings of the graph of imports.

use leadforge_review_rules::arch::{ArchError, Drawing, Form, Graph, Kind, Language};

use super::tree::graph;

fn render(graph: &Graph, drawing: &Drawing, form: Form) -> String {
    leadforge_review_rules::arch::render(graph, drawing, form).expect("it can be drawn")
}

const TREE: &[(&str, &str)] = &[
    ("app/__init__.py", ""),
    ("app/web/__init__.py", "from app.core import a\n"),
    ("app/web/x.py", "import app.core.a, app.mail\nimport os\n"),
    ("app/core/a.py", "def f():\n    import app.mail\n"),
    ("app/mail.py", "import app.core.a\nimport app.core.a as b\n"),
    ("other.py", "import app.web\n"),
];

fn drawing(within: &str, without: Vec<Kind>) -> Drawing {
    let within = Some(within.to_owned());
    Drawing { within, depth: Some(1), without, ..Drawing::of(Language::Python) }
}

#[test]
fn mermaid() {
    let text = render(&graph(TREE), &drawing("app", vec![]), Form::Mermaid);
    insta::assert_snapshot!(text, @r#"
    flowchart TD
      g0["web<br/>2 modules"]
      g1["core<br/>1 module"]
      g2["mail<br/>1 module"]
      a0["app"]
      g0 -->|2| g1
      g0 -->|1| g2
      g1 -->|1| g2
      g2 -.->|1| g1
    "#);
    let whole = render(&graph(TREE), &drawing("", vec![Kind::Lazy]), Form::Mermaid);
    assert!(whole.contains("app<br/>5 modules"), "{whole}");
}

#[test]
fn names_cannot_leave_their_places() {
    let tree = &[("a/\"]<script>alert(1)//#`.ts", "import './b'\n"), ("a/b.ts", "")];
    let drawing =
        Drawing { within: Some("a".to_owned()), depth: Some(9), ..Drawing::of(Language::Script) };
    for form in [Form::Mermaid, Form::Svg] {
        let text = render(&graph(tree), &drawing, form);
        assert!(!text.contains("<script"), "{text}");
    }
    let text = render(&graph(tree), &drawing, Form::Mermaid);
    assert!(text.contains("[\"#quot;]#lt;script#gt;alert(1)//#35;#96;.ts\"]"), "{text}");
}

#[test]
fn a_picture_is_well_formed_and_the_same_each_time() {
    let svg = render(&graph(TREE), &drawing("app", vec![]), Form::Svg);
    assert_eq!(svg, render(&graph(TREE), &drawing("app", vec![]), Form::Svg));
    assert!(
        svg.contains("prefers-color-scheme:dark")
            && svg.contains("<title>mail → core: 1 import</title>")
    );
    assert_eq!(svg.matches("<g>").count(), svg.matches("</g>").count());
    assert_eq!(svg.matches("<rect class=\"up few\"").count(), 1);
    // A change of the imports shows, which is how a stale drawing is noticed.
    let mut tree = TREE.to_vec();
    tree[4].1 = "";
    assert_ne!(svg, render(&graph(&tree), &drawing("app", vec![]), Form::Svg));
}

#[test]
fn where_nothing_is_there_nothing_is_drawn() {
    let draw = |tree: &[(&str, &str)], drawing: &Drawing| {
        leadforge_review_rules::arch::render(&graph(tree), drawing, Form::Svg)
    };
    let nothing = draw(&[], &Drawing::of(Language::Rust)).expect_err("an empty tree");
    assert_eq!(nothing.to_string(), "there is no module of rust: nothing to draw");
    let nothing = draw(TREE, &drawing("wrong", vec![])).expect_err("a package that is not there");
    assert_eq!(nothing.to_string(), "there is no module of python below wrong: nothing to draw");
    let glob = Drawing { except: vec!["[".to_owned()], ..Drawing::of(Language::Python) };
    assert!(matches!(draw(TREE, &glob), Err(ArchError::Glob(_))));
}

/// Only a circle goes up: what a circle imports stands below all of it, however much that is imported.
#[test]
fn what_goes_up_is_a_circle() {
    let tree = &[
        ("a.py", "import b\n"),
        ("b.py", "import a\nimport v\n"),
        ("v.py", "import w, x, y, z\n"),
        ("w.py", "import x, y, z\n"),
        ("x.py", "import w, y, z\n"),
        ("y.py", "import w\n"),
        ("z.py", ""),
    ];
    let text = render(&graph(tree), &Drawing::of(Language::Python), Form::Mermaid);
    let name = |place: &str| {
        let line = text.lines().find(|line| line.trim_start().starts_with(&format!("{place}[")));
        line.and_then(|line| line.split(['"', '<']).nth(1)).expect("it is a group").to_owned()
    };
    let up = text.lines().filter(|line| line.contains("-.->"));
    let up: Vec<(String, String)> = up
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            (name(words[0]), name(words[2]))
        })
        .collect();
    assert!(!up.is_empty());
    let circles = [&["a", "b"][..], &["w", "x", "y"]];
    let one = |pair: &(String, String)| {
        circles.iter().any(|circle| [&pair.0, &pair.1].iter().all(|n| circle.contains(&n.as_str())))
    };
    assert!(up.iter().all(one), "{up:?}\n{text}");
}

#[test]
fn as_deep_as_a_person_can_read() {
    let tree = |busy: usize| {
        let mut tree = vec![("src/app/__init__.py".to_owned(), String::new())];
        for at in 0..busy {
            let text = format!("import app.busy.m{}\n", (at + 1) % busy);
            tree.push((format!("src/app/busy/m{at}.py"), text));
        }
        let calm = |at| (format!("src/app/calm/m{at}.py"), "import app.busy.m0\n".to_owned());
        tree.extend((0..9).map(calm));
        tree
    };
    let draw = |tree: &[(String, String)], drawing: &Drawing| {
        let tree: Vec<(&str, &str)> = tree.iter().map(|(path, text)| (&**path, &**text)).collect();
        render(&graph(&tree), drawing, Form::Svg)
    };
    let all = Drawing::of(Language::Python);
    // Parts that import each other are told apart, others are one group.
    let deep = draw(&tree(9), &all);
    assert!(deep.contains("<title>Imports in app</title>") && deep.contains(">busy.m1<"), "{deep}");
    assert!(deep.contains(">calm<") && !deep.contains("calm.m1"), "{deep}");
    let folded = draw(&tree(50), &all);
    assert!(folded.contains(">busy<") && !folded.contains("busy.m1"), "{folded}");
    // Whoever asks for more gets the forty with the most imports.
    let asked = draw(&tree(50), &Drawing { depth: Some(2), ..all.clone() });
    assert!(asked.contains(">(20 others)<") && asked.contains("<desc>40 groups"), "{asked}");
    let except = Drawing { except: vec!["src/app/calm/**".to_owned()], ..all };
    assert!(!draw(&tree(9), &except).contains(">calm<"));
}

/// What tells nothing takes no room: columns that would be empty, and how most names begin.
#[test]
fn narrow_enough_to_be_read() {
    let tree: Vec<(String, String)> = ["top", "acme_web", "acme_mail", "acme_core"]
        .iter()
        .map(|name| (format!("{name}.py"), "import acme_core\n".to_owned()))
        .collect();
    let tree: Vec<(&str, &str)> = tree.iter().map(|(path, text)| (&**path, &**text)).collect();
    let svg = render(&graph(&tree), &Drawing::of(Language::Python), Form::Svg);
    assert_eq!(svg.matches("rotate(-90)").count(), 1, "{svg}");
    assert!(
        svg.contains(">top<") && svg.contains(">…web<") && !svg.contains(">acme_web<"),
        "{svg}"
    );
    assert!(svg.contains(">… stands for acme_<"), "{svg}");
    assert!(svg.contains("<title>acme_web: 1 module</title>"), "{svg}");
    // A name that is cut has dots, too: they stand for one thing only.
    let long = format!("acme_{}.py", "x".repeat(40));
    let mut tree = tree.clone();
    tree.push((&long, "import acme_core\n"));
    let svg = render(&graph(&tree), &Drawing::of(Language::Python), Form::Svg);
    assert!(svg.contains(">acme_web<") && !svg.contains("stands for"), "{svg}");
}

/// Without numbers only a group or an arrow makes a difference.
#[test]
fn plain_drawings_last_longer() {
    let plain = Drawing { plain: true, ..drawing("app", vec![]) };
    let mut more = TREE.to_vec();
    more.push(("app/web/y.py", "import app.core.a\n"));
    let mut other = TREE.to_vec();
    other.push(("app/core/z.py", "import app.web.x\n"));
    for form in [Form::Svg, Form::Mermaid] {
        let before = render(&graph(TREE), &plain, form);
        assert_eq!(before, render(&graph(&more), &plain, form));
        assert_ne!(before, render(&graph(&other), &plain, form));
        assert!(!before.contains("import<") && !before.contains("module"), "{before}");
    }
}

#[test]
fn what_imports_nothing_is_named_below() {
    let tree = &[("a.py", "import b\n"), ("b.py", ""), ("lonely.py", "import os\n")];
    let svg = render(&graph(tree), &Drawing::of(Language::Python), Form::Svg);
    assert!(svg.contains("With no import from or to another: lonely</text>"), "{svg}");
}
