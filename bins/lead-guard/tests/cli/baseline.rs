//! What is borne: one secret, one file, until a day; and never another one in its place.

use crate::{Answer, Folder, token};

fn bear(folder: &Folder, until: &str) -> Answer {
    let found = folder.call(&["--format", "json"]).json();
    let print = found["findings"][0]["fingerprint"].as_str().expect("a fingerprint").to_owned();
    folder.call(&["--bear", &print, "--reason", "revoked, ticket 12", "--until", until])
}

#[test]
fn another_secret_in_its_place_is_reported() {
    let folder = Folder::repository();
    folder.write("a.py", &format!("x = '{}'\n", token('2')));
    assert_eq!(bear(&folder, "2999-12-31").code, 0);
    let answer = folder.call(&[]);
    assert_eq!((answer.code, answer.out.contains("1 borne")), (0, true), "{}", answer.out);
    // It may move in its file, but not be another one, nor be elsewhere.
    folder.write("a.py", &format!("# moved\n\n    y = '{}'\n", token('2')));
    assert_eq!(folder.call(&[]).code, 0);
    folder.write("a.py", &format!("x = '{}'\n", token('3')));
    let answer = folder.call(&[]);
    assert_eq!((answer.code, answer.err.contains("it can go")), (1, true), "{}", answer.err);
    folder.write("a.py", &format!("x = '{}'\n", token('2')));
    folder.write("b.py", &format!("x = '{}'\n", token('2')));
    assert_eq!(folder.call(&[]).code, 1);
}

#[test]
fn a_day_that_is_over_ends_it() {
    let folder = Folder::repository();
    folder.write("a.py", &format!("x = '{}'\n", token('2')));
    assert_eq!(bear(&folder, "2020-01-01").code, 0);
    let answer = folder.call(&[]);
    assert_eq!(
        (answer.code, answer.err.contains("its last day is over")),
        (1, true),
        "{}",
        answer.err
    );
    assert_eq!(bear(&folder, "soon").code, 2);
    assert_eq!(bear(&folder, "2027-13-01").code, 2);
}

#[test]
fn a_change_cannot_excuse_itself() {
    let folder = Folder::repository();
    folder.write("README.md", "one\n");
    folder.commit("base");
    folder.write("a.py", &format!("x = '{}'\n", token('2')));
    assert_eq!(bear(&folder, "2999-12-31").code, 0);
    folder.commit("a secret and its excuse");
    assert_eq!(folder.call(&[]).code, 0);
    assert_eq!(folder.call(&["--baseline-from", "HEAD~1"]).code, 1);
    assert_eq!(folder.call(&["--baseline-from", "HEAD"]).code, 0);
    assert_eq!(folder.call(&["--baseline-from", "nowhere"]).code, 3);
}

#[test]
fn a_file_that_is_none_is_an_error() {
    let folder = Folder::repository();
    folder.write("a.py", "x = 1\n");
    folder.write("docs/review/baseline/x.toml", "rule = 'x'\n");
    let answer = folder.call(&[]);
    assert_eq!((answer.code, answer.err.contains("x.toml")), (2, true), "{}", answer.err);
}

/// The folder is that of other findings, too, and the configuration says where it is: that of the commit, when what is
/// borne is read from there.
#[test]
fn one_folder_for_all_that_is_let_pass() {
    let folder = Folder::repository();
    folder.write("a.py", &format!("x = '{}'\n", token('2')));
    let other = "reason = 'r'\nuntil = '2999-12-31'\n[finding]\nrule = 'no-print'\npath = 'a.py'\n";
    folder.write("docs/review/baseline/0123.toml", other);
    assert_eq!(bear(&folder, "2999-12-31").code, 0);
    let there = || {
        let found = std::fs::read_dir(folder.path().join("docs/review/baseline"));
        found.expect("a folder").count()
    };
    assert_eq!((there(), folder.call(&[]).code), (2, 0));
    folder.commit("borne");
    folder.write("leadforge.toml", "[review]\nbaseline = \"let/pass\"\nfail-on = \"note\"\n");
    assert_eq!(folder.call(&[]).code, 1);
    assert_eq!(folder.call(&["--baseline-from", "HEAD"]).code, 0);
    assert_eq!(bear(&folder, "2999-12-31").code, 0);
    assert!(folder.path().join("let/pass").is_dir());
    assert_eq!((there(), folder.call(&[]).code), (2, 0));
    folder.write("leadforge.toml", "[review]\nbaseline = \"../elsewhere\"\n");
    let answer = folder.call(&[]);
    assert_eq!(
        (answer.code, answer.err.contains("[review] baseline")),
        (2, true),
        "{}",
        answer.err
    );
}

/// What lies where it lay before excuses nothing, and it is said how it does.
#[test]
fn the_old_folder_is_named_and_not_read() {
    let folder = Folder::repository();
    folder.write("a.py", &format!("x = '{}'\n", token('2')));
    assert_eq!(bear(&folder, "2999-12-31").code, 0);
    folder.commit("borne");
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(path(".leadforge")).expect("a folder");
    std::fs::rename(path("docs/review/baseline"), path(".leadforge/secrets")).expect("it moves");
    folder.commit("as it was before");
    let answer = folder.call(&[]);
    assert_eq!(answer.code, 1, "{}", answer.out);
    let line = answer.err.lines().find(|line| line.contains("no longer read")).expect("it is said");
    let cure = line.split_once("read: ").expect("what to do").1;
    let done =
        std::process::Command::new("sh").args(["-c", cure]).current_dir(folder.path()).status();
    assert!(done.expect("a shell").success(), "{cure}");
    let answer = folder.call(&[]);
    assert_eq!((answer.code, answer.err.contains("no longer read")), (0, false), "{}", answer.err);
}

#[test]
fn twenty_branches_that_each_bear_one_merge() {
    let folder = Folder::repository();
    folder.write("README.md", "one\n");
    folder.commit("base");
    let branches: Vec<String> = (0..20).map(|number| format!("branch-{number}")).collect();
    for (number, branch) in branches.iter().enumerate() {
        folder.git(&["switch", "-q", "-c", branch, "main"]);
        let last = char::from(b'a' + u8::try_from(number).expect("twenty"));
        folder.write(&format!("{branch}.py"), &format!("x = '{}'\n", token(last)));
        assert_eq!(bear(&folder, "2999-12-31").code, 0);
        folder.commit(branch);
    }
    folder.git(&["switch", "-q", "main"]);
    for branch in &branches {
        folder.git(&["merge", "-q", "--no-ff", "-m", branch, branch]);
    }
    let answer = folder.call(&[]);
    assert_eq!((answer.code, answer.out.contains("20 borne")), (0, true), "{}", answer.out);
}
