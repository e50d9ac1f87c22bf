//! `lead-sbom make`.

use crate::Folder;

const LOCK: &str = r#"version = 4

[[package]]
name = "app"
version = "0.1.0"
dependencies = ["adler2"]

[[package]]
name = "adler2"
version = "2.0.1"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "320119579fcad9c21884f5c4861d16174d0e06250625266f50fe6898340abefa"
"#;

#[test]
fn the_document_is_the_whole_of_the_output() {
    let folder = Folder::new(&[("Cargo.lock", LOCK)]);
    let answer = folder.call(&["make"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    insta::assert_snapshot!(answer.out, @r#"
    {
      "$schema": "http://cyclonedx.org/schema/bom-1.7.schema.json",
      "bomFormat": "CycloneDX",
      "specVersion": "1.7",
      "serialNumber": "urn:uuid:7abe9f70-10b9-8171-9912-2481b5cbbab1",
      "version": 1,
      "metadata": {
        "lifecycles": [
          {
            "phase": "pre-build"
          }
        ],
        "tools": {
          "components": [
            {
              "type": "application",
              "name": "lead-sbom",
              "version": "0.1.0"
            }
          ]
        },
        "component": {
          "type": "application",
          "bom-ref": "pkg:cargo/app@0.1.0",
          "name": "app",
          "version": "0.1.0",
          "purl": "pkg:cargo/app@0.1.0",
          "properties": [
            {
              "name": "leadforge:folder",
              "value": "."
            }
          ],
          "evidence": {
            "occurrences": [
              {
                "location": "Cargo.lock",
                "line": 3
              }
            ]
          }
        },
        "properties": [
          {
            "name": "leadforge:source",
            "value": "Cargo.lock"
          }
        ]
      },
      "components": [
        {
          "type": "library",
          "bom-ref": "pkg:cargo/adler2@2.0.1",
          "name": "adler2",
          "version": "2.0.1",
          "hashes": [
            {
              "alg": "SHA-256",
              "content": "320119579fcad9c21884f5c4861d16174d0e06250625266f50fe6898340abefa"
            }
          ],
          "purl": "pkg:cargo/adler2@2.0.1",
          "evidence": {
            "occurrences": [
              {
                "location": "Cargo.lock",
                "line": 8
              }
            ]
          }
        }
      ],
      "dependencies": [
        {
          "ref": "pkg:cargo/adler2@2.0.1",
          "dependsOn": []
        },
        {
          "ref": "pkg:cargo/app@0.1.0",
          "dependsOn": [
            "pkg:cargo/adler2@2.0.1"
          ]
        }
      ]
    }
    "#);
}

#[test]
fn the_same_files_give_the_same_bytes_in_any_folder() {
    let (one, two) = (Folder::new(&[("Cargo.lock", LOCK)]), Folder::new(&[("x/Cargo.lock", LOCK)]));
    let first = one.call(&["make"]);
    assert_eq!(first.out, one.call(&["make", "."]).out);
    assert_eq!(first.out, two.call(&["make", "x"]).out);
    assert_eq!(one.call(&["make", "--output", "out.json"]).code, 0);
    let written = std::fs::read_to_string(one.path().join("out.json")).expect("it is there");
    assert_eq!(first.out, written);
    one.write("Cargo.lock", &LOCK.replace("2.0.1", "2.0.2"));
    let changed = one.call(&["make"]);
    assert_ne!(first.json()["serialNumber"], changed.json()["serialNumber"]);
}

#[test]
fn the_timestamp_is_the_callers() {
    let folder = Folder::new(&[("Cargo.lock", LOCK)]);
    let epoch = |text| folder.call_with(&["make"], &[("SOURCE_DATE_EPOCH", text)]);
    assert_eq!(epoch("86400").json()["metadata"]["timestamp"], "1970-01-02T00:00:00Z");
    let wrong = epoch("soon");
    assert_eq!(wrong.code, 2);
    insta::assert_snapshot!(wrong.err, @r#"error: SOURCE_DATE_EPOCH is "soon", and has to be seconds since 1970"#);
}

#[test]
fn every_version_is_written() {
    let folder = Folder::new(&[("Cargo.lock", LOCK)]);
    for spec in ["1.5", "1.6", "1.7"] {
        let document = folder.call(&["make", "--spec", spec]).json();
        assert_eq!(document["specVersion"], spec);
    }
    let wrong = folder.call(&["make", "--spec", "1.4"]);
    assert_eq!(wrong.code, 2);
    insta::assert_snapshot!(wrong.err, @r#"
    error: invalid value '1.4' for '--spec <VERSION>': CycloneDX "1.4" is none of 1.5, 1.6 and 1.7
    hint: lead-sbom --help explains its arguments
    "#);
}

#[test]
fn what_is_not_read_is_said_and_is_exit_3() {
    let folder = Folder::new(&[("Cargo.lock", LOCK), ("web/bun.lockb", ""), ("pom.xml", "")]);
    let answer = folder.call(&["make"]);
    assert_eq!(answer.code, 3);
    insta::assert_snapshot!(answer.err, @r"
    warning: pom.xml: found, not read (a project of Maven)
    warning: web/bun.lockb: found, not read (a lock file of Bun, binary)
    ");
    assert_eq!(answer.json()["compositions"][0]["aggregate"], "incomplete");
    let chosen = folder.call(&["make", "--exclude", "web", "--exclude", "*.xml"]);
    assert_eq!((chosen.code, chosen.err.as_str()), (0, ""));
}

#[test]
fn a_lock_that_is_none_is_exit_2_and_nothing_is_written() {
    let folder =
        Folder::new(&[("a/Cargo.lock", LOCK), ("b/uv.lock", "version = 1\n[[package]]\n")]);
    let answer = folder.call(&["make", "--output", "out.json"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    insta::assert_snapshot!(answer.err, @r"
    error: b/uv.lock:2: has a package without a name
    hint: make the file anew with its package manager, or leave it out with --exclude
    ");
    assert!(!folder.path().join("out.json").exists());
}

#[test]
fn a_stale_lock_is_a_warning() {
    let manifest = "[package]\nname = 'app'\nversion = '0.2.0'\n";
    let folder = Folder::new(&[("Cargo.lock", LOCK), ("Cargo.toml", manifest)]);
    let answer = folder.call(&["make", "--quiet"]);
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.err, @"warning: Cargo.lock:3: is stale: it has app 0.1.0, and Cargo.toml says 0.2.0; lock again");
    let said = answer.json()["metadata"]["properties"].to_string();
    assert!(said.contains("leadforge:warning:lock.stale"), "{said}");
}

#[test]
fn nothing_to_look_at_is_said() {
    let folder = Folder::new(&[("README.md", "")]);
    let empty = folder.call(&["make"]);
    let absent = folder.call(&["make", "absent"]);
    let file = folder.call(&["make", "README.md"]);
    let format = folder.call(&["make", "--format", "sarif"]);
    assert_eq!([empty.code, absent.code, file.code, format.code], [3, 3, 2, 2]);
    let said = [empty.err, absent.err, file.err, format.err].concat();
    insta::assert_snapshot!(said, @r"
    error: .: no lock file is there
    hint: lead-sbom make --help lists the files that are read
    error: absent: No such file or directory (os error 2)
    error: README.md is a file, and a folder is asked for
    hint: name the folder it lies in
    error: this command does not write --format sarif
    hint: it writes human
    ");
}

#[test]
fn installed_folders_and_links_are_not_looked_at() {
    let folder = Folder::new(&[
        ("Cargo.lock", LOCK),
        ("node_modules/a/Cargo.lock", "no TOML ["),
        ("target/CACHEDIR.TAG", ""),
        ("target/x/Cargo.lock", "no TOML ["),
    ]);
    let out = Folder::new(&[("uv.lock", "no TOML ["), ("package.json", "{")]);
    let link = |from: &str, to: &str| {
        std::os::unix::fs::symlink(out.path().join(from), folder.path().join(to)).expect("linked");
    };
    link("uv.lock", "uv.lock");
    link("", "outside");
    let answer = folder.call(&["make"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
}

#[test]
fn programs_are_looked_into_when_asked_for() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new(&[("Cargo.lock", LOCK), ("bin/script", "#!/bin/sh\n")]);
    let path = folder.path().join("bin/script");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("set");
    let program = folder.path().join("bin/app");
    std::fs::copy(env!("CARGO_BIN_EXE_lead-sbom"), &program).expect("copied");
    let without = folder.call(&["make"]);
    // Ours is no program of cargo auditable's: looked into, and nothing found.
    let with = folder.call(&["make", "--programs"]);
    assert_eq!((with.code, with.err.as_str()), (0, ""));
    assert_eq!(with.out, without.out);
}
