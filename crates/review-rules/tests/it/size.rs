//! Size by class, the guidance for reviewers, and how a large change could be split.

use std::collections::BTreeMap;

use leadforge_review_rules::change::{Change, FileChange, Kind, Lines, RepoPath};
use leadforge_review_rules::size::{Class, Classes, Config, Size, size};
use leadforge_review_rules::{Finding, Level};

use crate::repo::Repo;

type Files = BTreeMap<RepoPath, Vec<u8>>;

/// The size of a change whose files nobody has.
fn measured(files: Vec<FileChange>) -> (Size, Option<Finding>) {
    let nothing = Files::new();
    size(&Change { files }, &Config::default(), &nothing, &nothing)
}

fn file(path: &str, added: u32, removed: u32) -> FileChange {
    FileChange {
        path: RepoPath::from(path),
        old_path: None,
        kind: Kind::Modified,
        binary: false,
        added: (1..=added).collect::<Lines>(),
        removed,
        text: b"x\n".repeat(added as usize),
    }
}

#[test]
fn a_file_is_of_the_class_that_its_path_tells() {
    let classes = Classes::default();
    for (path, class) in [
        ("src/app/ui_server.py", Class::Core),
        ("scripts/start.ps1", Class::Core),
        ("src/app/templates/index.html", Class::Core),
        ("tests/test_x.py", Class::Test),
        ("src/app/widget.test.tsx", Class::Test),
        ("tests/fixtures/mail.eml", Class::Fixture),
        ("uv.lock", Class::Generated),
        ("web/package-lock.json", Class::Generated),
        ("docs/TASKS/TODO.md", Class::Docs),
        ("README.md", Class::Docs),
        ("requirements.txt", Class::Config),
        (".github/workflows/ci.yml", Class::Config),
        ("Dockerfile.pr-monitor", Class::Config),
        ("screenshots/a.png", Class::Other),
    ] {
        assert_eq!(classes.of(&RepoPath::from(path)), class, "{path}");
    }
    let own = Classes::new(&[(Class::Fixture, vec!["screenshots/**".into()])]).unwrap();
    assert_eq!(own.of(&RepoPath::from("screenshots/a.png")), Class::Fixture);
    let error = Classes::new(&[(Class::Core, vec!["a[".into()])]).unwrap_err();
    assert_eq!(error, "the glob \"a[\": unclosed character class; missing ']'");
}

#[test]
fn only_code_counts_and_a_large_change_is_split() {
    let files = vec![
        file("docs/GUIDE.md", 2_294, 0),
        file("src/app/a.py", 300, 100),
        file("src/app/b.py", 150, 0),
        file("src/other/c.py", 380, 80),
        file("tests/test_a.py", 600, 0),
        file("uv.lock", 900, 900),
    ];
    let (size, finding) = measured(files);
    assert_eq!(size.counted, 1_010);
    assert_eq!(size.classes[&Class::Docs].added, 2_294);
    let finding = finding.unwrap();
    assert_eq!(finding.level, Level::Error);
    insta::assert_snapshot!(finding.message, @"1010 changed lines of core code, 1000 or more are too many to review well: split it into 6 parts");
    insta::assert_snapshot!(size.guide(), @r"
    ## Review guidance

    **5704 changed lines**: core 1010, test 600, docs 2294, generated 1800.

    ### Read

    - `src/other/c.py` (core, +380 −80)
    - `src/app/a.py` (core, +300 −100)
    - `src/app/b.py` (core, +150 −0)

    ### Skim

    - `tests/test_a.py` (test, +600 −0)
    - `docs/GUIDE.md` (docs, +2294 −0)
    - `uv.lock` (generated, +900 −900)

    ### Split

    1. `src/app`: 400 lines in 1 file, to review
    2. `src/app`: 150 lines in 1 file, to review
    3. `src/other`: 460 lines in 1 file, to review
    4. `test`: 600 lines in 1 file, to skim
    5. `docs`: 2294 lines in 1 file, to skim
    6. `generated`: 1800 lines in 1 file, to skim
    ");
}

#[test]
fn a_change_of_documents_is_never_too_large() {
    let files = vec![file("docs/GUIDE.md", 9_000, 0), file("src/a.py", 10, 0)];
    let (size, finding) = measured(files);
    assert_eq!((size.counted, finding, size.split), (10, None, vec![]));
}

/// Files by what was in them before and after.
fn between(files: &[(&str, Option<&str>, Option<&str>)]) -> Size {
    let repo = Repo::new();
    let (mut base, mut head) = (Files::new(), Files::new());
    for (path, before, _) in files {
        if let Some(before) = before {
            repo.write(path, before);
            base.insert(RepoPath::from(*path), before.as_bytes().to_vec());
        }
    }
    repo.commit();
    for (path, _, after) in files {
        match after {
            Some(after) => {
                repo.write(path, after);
                head.insert(RepoPath::from(*path), after.as_bytes().to_vec());
            }
            None => std::fs::remove_file(repo.path().join(path)).unwrap(),
        }
    }
    repo.commit();
    size(&repo.change("HEAD~1", "HEAD"), &Config::default(), &head, &base).0
}

#[test]
fn a_line_that_only_ends_otherwise_is_no_content() {
    let long = "x = 1\n".repeat(700);
    let dos = long.replace('\n', "\r\n");
    let size = between(&[
        ("a.py", Some(&long), Some(&dos)),
        ("b.py", Some("a\r\nb\r\nc\r\n"), Some("a\nB\nc\n")),
        // Moved in a file of Windows, and a last line that now ends.
        ("c.py", Some("a\r\nb\r\nc\r\nd\r\n"), Some("d\r\na\r\nb\r\nc\r\n")),
        ("d.py", Some("a\nb"), Some("a\nb\n")),
        ("e.py", Some("a\n"), Some("b\n")),
    ]);
    let told: Vec<_> = size
        .read
        .iter()
        .map(|file| (file.path.to_string(), file.added, file.removed, file.endings))
        .collect();
    let of = |path: &str| told.iter().find(|file| file.0 == path).map(|f| (f.1, f.2, f.3)).unwrap();
    assert_eq!(of("a.py"), (0, 0, 700));
    assert_eq!(of("b.py"), (1, 1, 2));
    assert_eq!(of("c.py"), (1, 1, 0));
    assert_eq!(of("d.py"), (0, 0, 1));
    assert_eq!(of("e.py"), (1, 1, 0));
    assert_eq!((size.counted, size.endings()), (6, 703));
    assert!(
        size.guide().contains("**6 changed lines**: core 6.\n703 more lines"),
        "{}",
        size.guide()
    );
}

#[test]
fn a_script_without_an_ending_is_code() {
    let python = "#!/usr/bin/env python3\nprint(1)\n";
    let size = between(&[
        ("bin/deploy", None, Some("#!/bin/sh\necho 1\n")),
        ("bin/gone", Some("#!/usr/bin/perl\nuse strict;\n"), None),
        ("tests/run", None, Some(python)),
        ("notes", None, Some("print(1)\n")),
        ("Makefile", None, Some("#!/usr/bin/make -f\nall:\n")),
    ]);
    let classes: Vec<_> =
        size.read.iter().map(|file| (file.path.to_string(), file.class)).collect();
    let of = |path: &str| classes.iter().find(|file| file.0 == path).unwrap().1;
    assert_eq!((of("bin/deploy"), of("bin/gone")), (Class::Core, Class::Core));
    assert_eq!((of("tests/run"), of("Makefile")), (Class::Test, Class::Config));
    assert_eq!(of("notes"), Class::Other);
    assert_eq!(size.counted, 4);
}
