//! `lead-sbom check`.

use crate::Folder;

const GOOD: &str = r#"{
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "components": [{"type": "library", "name": "a", "bom-ref": "a"}],
  "dependencies": [{"ref": "a"}]
}
"#;

#[test]
fn a_valid_document_is_clean() {
    let folder = Folder::new(&[("a.cdx.json", GOOD)]);
    let answer = folder.call(&["check", "a.cdx.json"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    insta::assert_snapshot!(answer.out, @r"
    a.cdx.json: CycloneDX 1.6
    1 documents, 0 findings
    ");
}

#[test]
fn findings_have_their_lines_and_are_exit_1() {
    let bad = GOOD.replace("library", "libary").replace("{\"ref\": \"a\"}", "{\"ref\": \"b\"}");
    let folder = Folder::new(&[("good.json", GOOD), ("bad.json", &bad)]);
    let answer = folder.call(&["check", "good.json", "bad.json"]);
    assert_eq!(answer.code, 1);
    insta::assert_snapshot!(answer.out, @r#"
    bad.json:4: /components/0/type: "libary" is not one of "application", "framework" or 11 other candidates [cyclonedx.schema]
    bad.json:5: "b" is no bom-ref of the document [cyclonedx.dangling]
    good.json: CycloneDX 1.6
    bad.json: CycloneDX 1.6
    2 documents, 2 findings
    "#);
    let sarif = folder.call(&["check", "bad.json", "--format", "sarif"]);
    assert_eq!(sarif.code, 1);
    assert_eq!(sarif.json()["runs"][0]["results"].as_array().map(Vec::len), Some(2));
}

#[test]
fn what_is_no_document_is_exit_2_and_what_is_not_there_is_exit_3() {
    let folder = Folder::new(&[("a.json", "{\n\"a\": 1,\n\"a\": 2}"), ("b.json", "[]")]);
    let answer = folder.call(&["check", "a.json", "b.json"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    insta::assert_snapshot!(answer.err, @r#"
    error: a.json:3: has the member "a" twice
    error: b.json:1: begins a value without "bomFormat": "CycloneDX"
    "#);
    assert_eq!(folder.call(&["check", "gone.json"]).code, 3);
}

#[test]
fn what_make_writes_is_valid() {
    let lock = "version = 1\n[[package]]\nname = 'a'\nversion = '1'\nsource = { virtual = '.' }\n";
    let folder = Folder::new(&[("uv.lock", lock)]);
    for spec in ["1.5", "1.6", "1.7"] {
        assert_eq!(folder.call(&["make", "--spec", spec, "--output", "out.json"]).code, 0);
        assert_eq!(folder.call(&["check", "out.json"]).code, 0, "{spec}");
    }
}

#[test]
fn a_document_in_xml_is_held_against_its_schema_too() {
    let xml = "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.7\">\n <components>\n  <component type=\"none\">\n   <version>1</version>\n  </component>\n </components>\n</bom>\n";
    let folder = Folder::new(&[("a.cdx.xml", xml)]);
    let answer = folder.call(&["check", "a.cdx.xml"]);
    assert_eq!((answer.code, answer.err.as_str()), (1, ""));
    insta::assert_snapshot!(answer.out, @r#"
    a.cdx.xml:3: <component> type: "none" is none of the 13 allowed words [cyclonedx.schema]
    a.cdx.xml:4: <component> has <version> where <name> has to be [cyclonedx.schema]
    a.cdx.xml: CycloneDX 1.7
    1 documents, 2 findings
    "#);
}

#[test]
fn documents_in_spdx_are_held_against_their_schemas() {
    let lock = "version = 4\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n";
    let folder = Folder::new(&[("p/Cargo.lock", lock)]);
    for (shape, name, right, wrong) in [
        ("spdx-2.3", "SPDX 2.3", "\"SPDXID\"", "\"SPDXIDS\""),
        ("spdx-3.0.1", "SPDX 3.0.1", "\"software_Package\"", "\"software_Parcel\""),
    ] {
        let made = folder.call(&["make", "p", "--as", shape]).out;
        folder.write("good", &made);
        let good = folder.call(&["check", "good"]);
        assert_eq!((good.code, good.out), (0, format!("good: {name}\n1 documents, 0 findings\n")));
        assert!(made.contains(right), "{made}");
        folder.write("bad", &made.replace(right, wrong));
        let bad = folder.call(&["check", "bad"]);
        assert_eq!(bad.code, 1, "{}", bad.err);
        assert!(bad.out.contains("[spdx.schema]"), "{}", bad.out);
    }
    folder.write("old", "{\"spdxVersion\": \"SPDX-2.1\"}");
    assert_eq!(folder.call(&["check", "old"]).code, 2);
}
