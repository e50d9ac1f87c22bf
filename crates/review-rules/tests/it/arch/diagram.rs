//! Drawings of the graph of imports.

use leadforge_review_rules::arch::{Drawing, Form, Kind, Language, render};

use super::tree::graph;

const TREE: &[(&str, &str)] = &[
    ("app/__init__.py", ""),
    ("app/web/__init__.py", "from app.core import a\n"),
    ("app/web/x.py", "import app.core.a, app.mail\nimport os\n"),
    ("app/core/a.py", "def f():\n    import app.mail\n"),
    ("app/mail.py", "import app.core.a\nimport app.core.a as b\n"),
    ("other.py", "import app.web\n"),
];

fn drawing(within: &str, without: Vec<Kind>) -> Drawing {
    Drawing { language: Language::Python, within: within.to_owned(), depth: 1, without }
}

#[test]
fn mermaid() {
    let text = render(&graph(TREE), &drawing("app", vec![]), Form::Mermaid);
    insta::assert_snapshot!(text, @r#"
    flowchart TD
      g0["app<br/>1 module"]
      g1["web<br/>2 modules"]
      g2["core<br/>1 module"]
      g3["mail<br/>1 module"]
      g1 -->|2| g2
      g1 -->|1| g3
      g2 -->|1| g3
      g3 -.->|1| g2
    "#);
    let whole = render(&graph(TREE), &drawing("", vec![Kind::Lazy]), Form::Mermaid);
    assert!(whole.contains("app<br/>5 modules"), "{whole}");
}

#[test]
fn names_cannot_leave_their_places() {
    let tree = &[("a/\"]<script>alert(1)//#`.ts", "import './b'\n"), ("a/b.ts", "")];
    let drawing =
        Drawing { language: Language::Script, within: "a".to_owned(), depth: 9, without: vec![] };
    for form in [Form::Mermaid, Form::Svg] {
        let text = render(&graph(tree), &drawing, form);
        assert!(!text.contains("<script"), "{text}");
    }
    let text = render(&graph(tree), &drawing, Form::Mermaid);
    assert!(text.contains("g0[\"#quot;]#lt;script#gt;alert(1)//#35;#96;.ts<br/>"), "{text}");
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
    assert_eq!(svg.matches("class=\"up\"").count(), 1);
    // A change of the imports shows, which is how a stale drawing is noticed.
    let mut tree = TREE.to_vec();
    tree[4].1 = "";
    assert_ne!(svg, render(&graph(&tree), &drawing("app", vec![]), Form::Svg));
    let nothing = render(&graph(&[]), &drawing("", vec![]), Form::Svg);
    assert!(nothing.starts_with("<svg") && nothing.ends_with("</svg>\n"));
}
