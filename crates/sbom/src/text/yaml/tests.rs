//! What is read and what is refused, beside what a whole YAML reader makes of it in `tests/it`.

use super::*;

fn one(text: &str) -> Node<'_> {
    let mut found = read(text).expect("it is read");
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[test]
fn mappings_lists_and_scalars() {
    let node = one(concat!(
        "version: '9.0'\n\n# a comment\nmap:\n  'a:b': {integrity: sha512-x==, os: [linux, 'darwin']}\n",
        "  c: it''s # why\n  d: >-\n    two\n    lines\n  e:\n  - 1\n  - x: 2\n    y: 3\n  f: \"\\u0041\\n\"\nend: ~\n"
    ));
    assert_eq!(node.text("version"), Some("9.0"));
    let map = node.get("map").expect("it is there");
    assert_eq!(map.get("a:b").and_then(|n| n.text("integrity")), Some("sha512-x=="));
    assert_eq!(map.text("c"), Some("it''s"));
    assert_eq!(map.text("d"), Some("two lines"));
    assert_eq!(map.text("f"), Some("A\n"));
    let Some(Node::List(items)) = map.get("e") else { panic!("a list") };
    assert_eq!(items[1].text("y"), Some("3"));
    assert_eq!(node.get("end"), Some(&Node::Null));
    assert_eq!(map.entries()[1].line, 6);
}

#[test]
fn long_keys_quoted_lines_and_documents() {
    let node = one("? 'long'\n: a: 1\n  b: 2\nq: 'one\n  two'\np: one\n  two\n");
    assert_eq!(node.get("long").and_then(|long| long.text("b")), Some("2"));
    assert_eq!(node.get("q").and_then(Node::as_text), Some("one two"));
    assert_eq!(node.text("p"), Some("one two"));
    assert_eq!(read("---\na: 1\n---\nb: 2\n").expect("two").len(), 2);
    assert!(read("").expect("none").is_empty());
}

#[test]
fn what_lock_files_do_not_hold_is_refused_with_its_line() {
    let cases = [
        ("a: &x 1", 1),
        ("a: 1\nb: *x", 2),
        ("a: !tag 1", 1),
        ("a:\n\tb: 1", 2),
        ("a: {b: 1", 1),
        ("a: 'b", 1),
        ("a: 1\n  b: 2\nc", 2),
        ("a: {b: 1} c", 1),
        ("a: \"\\q\"", 1),
        ("<<<<<<< HEAD\na: 1", 2),
        ("a: 1\nb", 2),
    ];
    for (text, line) in cases {
        assert_eq!(read(text).map_err(|fault| fault.0), Err(line), "{text}");
    }
    assert!(read(&"[".repeat(100)).is_err());
}
