//! `lead-sbom db`, `vulns`, `diff` and `licences`.

use std::process::Command;

use crate::Folder;

const LOCK: &str = "version = 4\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\"h2\"]\n[[package]]\nname = \"h2\"\nversion = \"0.4.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
const RECORD: &str = r#"{"id": "RUSTSEC-2026-0001", "modified": "2026-02-01T00:00:00Z", "aliases": ["CVE-2026-1"], "summary": "it falls over",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N"}],
  "affected": [{"package": {"ecosystem": "crates.io", "name": "h2"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0.0.0-0"}, {"fixed": "0.4.5"}]}]}]}"#;

fn folder() -> Folder {
    let folder = Folder::new(&[("p/Cargo.lock", LOCK), ("osv/a.json", RECORD)]);
    let built = folder.call(&["db", "build", "osv", "-o", "i.lfdb"]);
    assert_eq!((built.code, built.err.as_str()), (0, ""), "{}", built.err);
    folder
}

#[test]
fn what_is_known_is_told_with_the_way_to_it_and_fails() {
    let folder = folder();
    let answer = folder.call(&["vulns", "p", "--db", "i.lfdb"]);
    assert_eq!((answer.code, answer.err.as_str()), (1, ""));
    insta::assert_snapshot!(answer.out, @r"
    RUSTSEC-2026-0001  h2 0.4.0  low 3.7
      it falls over
      also CVE-2026-1
      by app@0.1.0 > h2@0.4.0
      fixed in 0.4.5
    not checked: 1 such as app: part of the project
    1 vulnerabilities and 0 other advisories for 1 components, by a database of 2026-02-01
    ");
    assert_eq!(folder.call(&["vulns", "p", "--db", "i.lfdb", "--fail-on", "medium"]).code, 0);
    assert_eq!(folder.call(&["vulns", "p", "--db", "i.lfdb", "--fail-on", "none"]).code, 0);
    let github = folder.call(&["vulns", "p", "--db", "i.lfdb", "--format", "github"]);
    insta::assert_snapshot!(github.out, @"::error file=Cargo.lock,line=6,title=RUSTSEC-2026-0001::h2 0.4.0: it falls over (vulnerability, low)");
    let json = folder.call(&["vulns", "p", "--db", "i.lfdb", "--format", "json"]).json();
    assert_eq!(json["summary"]["database"], "2026-02-01");
    assert_eq!(json["data"]["findings"][0]["aliases"][0], "CVE-2026-1");
    let sarif = folder.call(&["vulns", "p", "--db", "i.lfdb", "--format", "sarif"]).json();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "RUSTSEC-2026-0001");
}

#[test]
fn a_document_is_asked_about_as_its_folder_is() {
    let folder = folder();
    for (name, shape) in [
        ("a.cdx.json", "cyclonedx-json"),
        ("a.cdx.xml", "cyclonedx-xml"),
        ("a.spdx.json", "spdx-2.3"),
        ("a.spdx3.json", "spdx-3.0.1"),
    ] {
        let made = folder.call(&["make", "p", "-o", name]);
        assert_eq!(made.code, 0, "{}", made.err);
        let asked = folder.call(&["make", "p", "--as", shape]);
        let file = std::fs::read_to_string(folder.path().join(name)).expect("written");
        assert_eq!(asked.out, file, "{name}");
        let answer = folder.call(&["vulns", name, "--db", "i.lfdb"]);
        assert_eq!(answer.code, 1, "{name}: {}", answer.err);
        assert!(answer.out.contains("by app@0.1.0 > h2@0.4.0"), "{name}: {}", answer.out);
        let same = folder.call(&["diff", "p", name]);
        assert_eq!(same.code, 0, "{name}: {}", same.err);
        assert!(same.out.contains("0 added, 0 removed, 0 upgraded"), "{name}: {}", same.out);
    }
}

#[test]
fn what_was_decided_counts_up_to_its_last_day_and_then_fails() {
    let folder = folder();
    let config = |until: &str| {
        format!(
            "[[sbom.ignore]]\nid = \"CVE-2026-1\"\nreason = \"not reached\"\nuntil = \"{until}\"\n"
        )
    };
    let on = |day: &str| {
        let seconds = if day == "early" { "1770000000" } else { "1790000000" };
        folder.call_with(&["vulns", "p", "--db", "i.lfdb"], &[("SOURCE_DATE_EPOCH", seconds)])
    };
    folder.write("p/leadforge.toml", &config("2026-06-30"));
    let early = on("early");
    assert_eq!(early.code, 0, "{}", early.out);
    assert!(early.out.contains("ignored until 2026-06-30: not reached"), "{}", early.out);
    let late = on("late");
    assert_eq!(late.code, 1);
    assert!(late.out.contains("CVE-2026-1 ended to count on 2026-06-30"), "{}", late.out);
    folder.write("p/leadforge.toml", &config("").replace("not reached", " "));
    assert!(on("early").err.contains("has no reason"));
    folder.write("p/leadforge.toml", "[sbom]\nignore = [{ id = \"\", reason = \"r\" }]\n");
    assert!(on("early").err.contains("name an advisory, a package or both"));
    folder.write("p/leadforge.toml", &config("soon"));
    assert_eq!(on("early").code, 2);
    folder.write("p/leadforge.toml", "[sbom]\nfail-on = \"high\"\n");
    assert_eq!(on("early").code, 0);
    folder.write(
        "p/osv-scanner.toml",
        "[[IgnoredVulns]]\nid = \"RUSTSEC-2026-0001\"\nignoreUntil = 2026-03-01\nreason = \"r\"\n",
    );
    assert!(on("early").out.contains("ignored until 2026-03-01: r"));
    assert_eq!(on("late").code, 1);
}

#[test]
fn what_is_not_covered_or_not_there_is_no_clean_answer() {
    let folder = folder();
    folder.write("js/package-lock.json", r#"{"name": "a", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "a"}, "node_modules/b": {"version": "1.0.0"}}}"#);
    let answer = folder.call(&["vulns", "js", "--db", "i.lfdb"]);
    assert_eq!(answer.code, 3);
    assert!(
        answer.out.contains("not checked: 1 such as b: the database has nothing of npm"),
        "{}",
        answer.out
    );
    let none = folder.call_with(
        &["vulns", "p"],
        &[("XDG_STATE_HOME", folder.path().join("no").to_str().expect("UTF-8"))],
    );
    assert_eq!(none.code, 3);
    assert!(none.err.contains("there is no index of advisories"), "{}", none.err);
    folder.write("x.lfdb", "x");
    assert_eq!(folder.call(&["vulns", "p", "--db", "x.lfdb"]).code, 2);
    folder.write("empty/README.md", "");
    assert_eq!(folder.call(&["db", "build", "empty", "-o", "y"]).code, 3);
    folder.write("wrong/a.json", "{}");
    let wrong = folder.call(&["db", "build", "wrong", "-o", "y"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("a.json: missing field `id`"), "{}", wrong.err);
    assert!(!folder.path().join("y").exists());
}

#[test]
fn an_archive_gives_the_index_that_its_folder_gives() {
    let folder = folder();
    let run = |program: &str, args: &[&str]| {
        let done = Command::new(program).args(args).current_dir(folder.path()).output();
        assert!(done.expect("it starts").status.success(), "{program}");
    };
    run("tar", &["-czf", "a.tar.gz", "osv"]);
    run("tar", &["-cf", "a.tar", "osv"]);
    let file = std::fs::File::create(folder.path().join("a.zip")).expect("created");
    let mut zip = zip::ZipWriter::new(file);
    zip.start_file("a.json", zip::write::SimpleFileOptions::default()).expect("begun");
    std::io::Write::write_all(&mut zip, RECORD.as_bytes()).expect("written");
    zip.finish().expect("written");
    let right = std::fs::read(folder.path().join("i.lfdb")).expect("built");
    for archive in ["a.tar.gz", "a.tar", "a.zip"] {
        let built = folder.call(&["db", "build", archive, "-o", "j.lfdb"]);
        assert_eq!(built.code, 0, "{archive}: {}", built.err);
        assert_eq!(std::fs::read(folder.path().join("j.lfdb")).expect("built"), right, "{archive}");
    }
    let info = folder.call(&["db", "info", "i.lfdb"]);
    insta::assert_snapshot!(info.out, @r"
    1 records, the newest of 2026-02-01
      crates.io              1 advisories, the newest of 2026-02-01
    ");
}

#[test]
fn no_question_opens_a_connection() {
    let folder = folder();
    folder.write("q/Cargo.lock", &LOCK.replace("0.4.0", "0.3.0"));
    for args in [
        &["vulns", "p", "--db", "i.lfdb"][..],
        &["diff", "p", "q", "--db", "i.lfdb"],
        &["db", "build", "osv", "-o", "k.lfdb"],
        &["make", "p"],
    ] {
        let done = Command::new("strace")
            .args(["-f", "-e", "trace=connect,socket,execve", "-o", "trace"])
            .arg(env!("CARGO_BIN_EXE_lead-sbom"))
            .args(args)
            .current_dir(folder.path())
            .output()
            .expect("strace starts: cargo xtask setup test installs it");
        assert!(done.status.code().is_some());
        let trace = std::fs::read_to_string(folder.path().join("trace")).expect("written");
        // That the command itself is there shows that strace looked.
        assert!(trace.contains("execve("), "{trace}");
        assert!(!trace.contains("connect(") && !trace.contains("socket("), "{args:?}\n{trace}");
    }
}

#[test]
fn what_is_new_fails_and_what_was_there_does_not() {
    let folder = folder();
    let more = "[[package]]\nname = \"new\"\nversion = \"1.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    folder.write("old/Cargo.lock", &LOCK.replace("0.4.0", "0.4.9"));
    folder.write("same/Cargo.lock", &LOCK.replace("0.4.0", "0.4.1"));
    folder.write("p/Cargo.lock", &format!("{LOCK}{more}"));
    // Vulnerable before and after: nothing is new.
    let same = folder.call(&["diff", "p", "same", "--db", "i.lfdb", "--fail-on", "vulnerability"]);
    assert_eq!(same.code, 0, "{}", same.out);
    let down = folder.call(&["diff", "old", "p", "--db", "i.lfdb", "--fail-on", "vulnerability"]);
    assert_eq!(down.code, 1);
    insta::assert_snapshot!(down.out, @r"
    downgraded  h2 0.4.9 > 0.4.0
    added       new 1.0.0
    introduced  RUSTSEC-2026-0001 in h2 0.4.0: it falls over
    by a database of 2026-02-01
    1 added, 0 removed, 0 upgraded, 1 downgraded, 0 changed, 0 licences, 1 introduced, 0 resolved
    ");
    assert_eq!(
        folder
            .call(&["diff", "p", "old", "--db", "i.lfdb", "--fail-on", "vulnerability,added"])
            .code,
        0
    );
    assert_eq!(folder.call(&["diff", "old", "p", "--db", "i.lfdb", "--fail-on", "added"]).code, 1);
    let text = folder.call(&["diff", "old", "p", "--db", "i.lfdb", "--markdown"]);
    assert!(text.out.starts_with("### What is inside\n"), "{}", text.out);
    assert!(text.out.contains("| RUSTSEC-2026-0001 |"), "{}", text.out);
}

#[test]
fn licences_that_are_not_borne_fail_until_they_are_let_pass() {
    let lock = r#"{"name": "a", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "a"}, "node_modules/b": {"version": "1.0.0", "license": "AGPL-3.0-only"}, "node_modules/c": {"version": "1.0.0", "license": "(MIT OR GPL-3.0-only)"}, "node_modules/d": {"version": "1.0.0"}}}"#;
    let folder = Folder::new(&[
        ("package-lock.json", lock),
        ("leadforge.toml", "[sbom.licences]\nallow = [\"MIT\"]\n"),
    ]);
    let answer = folder.call(&["licences"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    insta::assert_snapshot!(answer.out, @r"
         1  (MIT OR GPL-3.0-only)
         1  AGPL-3.0-only
         1  nothing declared
    b 1.0.0: AGPL-3.0-only is not borne
    3 components, 1 not borne
    ");
    let exception = "[sbom.licences]\nallow = [\"MIT\"]\nexceptions = [{ package = \"pkg:npm/b\", reason = \"a tool\", until = \"2026-06-30\" }]\n";
    folder.write("leadforge.toml", exception);
    let on =
        |seconds: &str| folder.call_with(&["licences"], &[("SOURCE_DATE_EPOCH", seconds)]).code;
    assert_eq!((on("1770000000"), on("1790000000")), (0, 1));
    folder.write("leadforge.toml", "[sbom.licences]\ndeny = [\"MTI\"]\n");
    assert_eq!(on("1770000000"), 2);
}

#[test]
fn what_licence_files_read_like_is_evidence_and_no_declaration() {
    let isc = "ISC License\n\nCopyright 2019 Somebody\n\nPermission to use, copy, modify, and /or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.\n\nTHE SOFTWARE IS PROVIDED \"AS IS\" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.\n";
    let lock = "version = 4\n[[package]]\nname = \"v\"\nversion = \"1.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    let folder = Folder::new(&[
        (
            "site-packages/a-1.0.dist-info/METADATA",
            "Metadata-Version: 2.4\nName: a\nVersion: 1.0\nLicense-Expression: MIT\n\n",
        ),
        ("site-packages/a-1.0.dist-info/licenses/LICENSE", isc),
        ("site-packages/a-1.0.dist-info/licenses/COPYING.txt", "Ask me.\n"),
        ("Cargo.lock", lock),
        ("vendor/v/LICENSE-ISC", isc),
    ]);
    let answer = folder.call(&["licences"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    insta::assert_snapshot!(answer.out, @r"
         1  MIT
         1  nothing declared
    v 1.0.0: declares nothing, and its files read like ISC
    a 1.0: declares MIT, and its files read like ISC
    2 components, 0 not borne
    ");
    for (name, more) in [("a.cdx.json", "1.7"), ("b.cdx.json", "1.5"), ("a.cdx.xml", "1.6")] {
        let made = folder.call(&["make", "--texts", "--spec", more, "-o", name]);
        assert_eq!(made.code, 0, "{name}: {}", made.err);
        assert_eq!(folder.call(&["check", name]).code, 0, "{name}");
        let again = folder.call(&["licences", name]);
        assert_eq!(again.out, answer.out, "{name}");
        let data = |answer: &crate::Answer| answer.json()["data"]["components"].clone();
        let texts = |answer: &crate::Answer| -> Vec<serde_json::Value> {
            data(answer)
                .as_array()
                .expect("a list")
                .iter()
                .map(|one| one["texts"].clone())
                .collect()
        };
        let (before, after) = (
            folder.call(&["licences", "--format", "json"]),
            folder.call(&["licences", name, "--format", "json"]),
        );
        assert_eq!(texts(&before), texts(&after), "{name}");
        assert!(texts(&after)[0].is_array() && after.out.contains("COPYING.txt"), "{}", after.out);
    }
    let made = folder.call(&["make"]).out;
    assert!(!made.contains("leadforge:licence"), "nobody asked");
}
