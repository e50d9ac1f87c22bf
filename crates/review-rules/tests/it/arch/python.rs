//! Imports of Python, with Python's own parser as the truth.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use leadforge_review_rules::arch::{Kind, Language, What, scan};
use serde_json::{Value, json};

/// What Python says, for each file; nothing for one that is no Python.
fn truth(paths: &[PathBuf]) -> Vec<Option<Vec<Value>>> {
    let mut child = Command::new("python3")
        .args(["-W", "ignore", "-c", include_str!("oracle.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is on the path");
    let names: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
    child.stdin.take().unwrap().write_all(json!(names).to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What we say, in the same words.
fn ours(source: &[u8]) -> (Vec<Value>, Option<(u32, &'static str)>) {
    let (imports, broken) = scan(Language::Python, "py", source);
    let value = |import: &leadforge_review_rules::arch::Import| {
        let What::Python { level, module, name } = &import.what else { panic!() };
        let kind = match import.kind {
            Kind::Plain => "plain",
            Kind::Lazy => "lazy",
            Kind::Types => "types",
            Kind::Tests => "tests",
        };
        json!([import.line, kind, import.guarded, level, module, name])
    };
    (imports.iter().map(value).collect(), broken)
}

fn sorted(mut values: Vec<Value>) -> Vec<String> {
    let mut lines: Vec<String> = values.drain(..).map(|value| value.to_string()).collect();
    lines.sort();
    lines
}

/// Holds every file against Python; gives how many there were, and how many imports.
fn agree(paths: &[PathBuf]) -> (usize, usize) {
    let (mut files, mut count) = (0, 0);
    for (path, truth) in paths.iter().zip(truth(paths)) {
        let Some(truth) = truth else { continue };
        let (ours, broken) = ours(&std::fs::read(path).unwrap());
        assert_eq!(broken, None, "{}", path.display());
        assert_eq!(sorted(ours), sorted(truth.clone()), "{}", path.display());
        files += 1;
        count += truth.len();
    }
    (files, count)
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let vendored = path.file_name().is_some_and(|n| {
            n == "site-packages" || n == "dist-packages" || n == "test" || n == "idlelib"
        });
        if path.is_dir() && !path.is_symlink() && !vendored {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.push(path);
        }
    }
}

#[test]
fn the_standard_library_says_the_same() {
    let print = "import os, sys; sys.stdout.write(os.path.dirname(os.__file__))";
    let output = Command::new("python3").args(["-c", print]).output().expect("python3 is there");
    let folder = String::from_utf8(output.stdout).unwrap();
    let mut paths = Vec::new();
    sources(Path::new(&folder), &mut paths);
    // Other encodings than UTF-8 are for the tests of Python itself.
    paths.retain(|path| std::fs::read(path).is_ok_and(|source| str::from_utf8(&source).is_ok()));
    let (files, imports) = agree(&paths);
    assert!(files > 200 && imports > 2_000, "{files} files, {imports} imports");
}

#[test]
fn every_form_says_the_same() {
    let forms = [
        "import a\nimport a.b.c as d, e . f\nfrom . import x\nfrom .. p import y as z\n",
        "from a import (b,\n  c as d, # note\n\n  e,\n)\nfrom a import *\nfrom ...a.b import c, \\\n  d\n",
        "if 1: import a; from b import c; x = 1\nelse: import d\nclass A: import e\n",
        "try:\n  import a\n  def f(): import b\nexcept (ImportError, ValueError):\n  import c\nelse:\n  import d\nfinally:\n  import e\n",
        "try: import a\nexcept: import b\ntry:\n  import c\nexcept KeyError:\n  import d\n",
        "from typing import TYPE_CHECKING\nimport typing as t\nif TYPE_CHECKING: import a\nif t.TYPE_CHECKING:\n  import b\n  if x:\n    import c\nelif TYPE_CHECKING:\n  import d\nelse:\n  import e\nif not TYPE_CHECKING:\n  import f\nif (TYPE_CHECKING):\n  import g\nif TYPE_CHECKING and x:\n  import h\n",
        "async def f():\n  async with a: import b\n  for x in y:\n    import c\nimport d\ndef g(x=lambda: 1, *, y: 'z' = 2) -> None: import e\n",
        "s = 'import a'; t = \"\"\"\nimport b\n\"\"\"; import c\nu = r'\\\\'; '''\nimport d'''\nb'''\\\nimport e\n'''\n",
        "f'{x!r:>{w}} {{import a}} {f\"{y}\"}'\nf'''{\nx\n} import b\n'''\nimport c\nrf'\\{x}'\nf'{x:%H:%M}'\nimport d\nf'{(lambda: 1)()}'\nf'\\N{EM DASH}'\nimport e\n",
        "x = {\n'import': 1,\n}[\n'import'\n]\nimport a\nprint(\n  # import b\n  ')'\n)\nimport c\n",
        "\u{feff}import a\r\nif x:\r\n\timport b\r\n\r\nimport c\\\r\n.d\r\n",
        "match x:\n  case 1: import a\n  case _:\n    import b\nwith a as b: from c import d\nimport é\n",
        "x: int = 1; import a\nx[1:2]; import b\nyield_ = 1\ndef g():\n  yield from b\n  raise X from Y\n",
        "\\\nimport a\nif x:\n    pass\n    # import c\n  # note\n    import d\n\x0cimport e\n",
        "while 1:\n  try:\n    import a\n  except ImportError: pass\n  else: import b\nfor x in y: import c\nelse: import d\n",
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (number, form) in forms.iter().enumerate() {
        let path = folder.path().join(format!("form{number:02}.py"));
        std::fs::write(&path, form).unwrap();
        paths.push(path);
    }
    let (files, imports) = agree(&paths);
    assert_eq!((files, imports), (forms.len(), 60));
}

#[test]
fn strings_of_newer_pythons_are_read() {
    let source = "x = f'{y['k']} {f'{f'{z}'}'}'\nimport a\nt = t'{x + f(\n'b')!r:{w}}'; import c\n";
    let (imports, broken) = ours(source.as_bytes());
    assert_eq!((imports.len(), broken), (2, None));
}

#[test]
fn what_is_no_python_says_where() {
    let broken = |source: &str| scan(Language::Python, "py", source.as_bytes()).1.map(|b| b.0);
    assert_eq!(broken("import a\nx = 'open\nimport b\n"), Some(2));
    assert_eq!(broken("x = (1,\n\n"), Some(3));
    assert_eq!(broken("x = 1)\n"), Some(1));
    assert_eq!(broken("x = '''\n\n"), Some(3));
    assert_eq!(broken("\nfrom a\n"), Some(2));
    assert_eq!(broken("import\n"), Some(1));
    assert_eq!(broken("x\0\n"), Some(1));
    assert_eq!(broken("import a\n"), None);
}
