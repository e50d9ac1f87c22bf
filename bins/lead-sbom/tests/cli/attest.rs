//! `lead-sbom grade` and `attest`.

use std::process::Command;

use crate::Folder;

const LOCK: &str = "version = 4\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\"h2\"]\n[[package]]\nname = \"h2\"\nversion = \"0.4.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";

fn folder() -> Folder {
    let folder = Folder::new(&[("p/Cargo.lock", LOCK), ("app.bin", "the program")]);
    let made = folder.call_with(&["make", "p", "-o", "a.cdx.json"], &[("SOURCE_DATE_EPOCH", "0")]);
    assert_eq!(made.code, 0, "{}", made.err);
    folder
}

#[test]
fn what_is_not_said_is_listed_with_where_it_could_be_known() {
    let folder = folder();
    let answer = folder.call(&["grade", "a.cdx.json"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    insta::assert_snapshot!(answer.out, @r"
         1 of 1      author of the document
         1 of 1      time of the document
         0 of 2      supplier (not app), known from: the package's manifest or the registry; lock files do not hold it
         2 of 2      name
         2 of 2      version
         2 of 2      identifier
         2 of 2      relationship
    83 % of NTIA minimum elements 2021
    ");
    assert_eq!(folder.call(&["grade", "a.cdx.json", "--min", "90"]).code, 1);
    assert_eq!(folder.call(&["grade", "a.cdx.json", "--min", "80"]).code, 0);
    let bsi =
        folder.call(&["grade", "a.cdx.json", "--profile", "bsi-2.1", "--format", "json"]).json();
    let fields = bsi["data"]["fields"].as_array().expect("a list");
    assert_eq!(fields.len(), 20);
    let of = |name: &str| fields.iter().find(|one| one["name"] == name).expect("it is asked for");
    assert_eq!(of("CycloneDX 1.6 or newer")["said"], 1);
    assert_eq!(of("SHA-512 of the distribution")["said"], 0);
    let xml = folder.call_with(&["make", "p", "-o", "a.cdx.xml"], &[("SOURCE_DATE_EPOCH", "0")]);
    assert_eq!(xml.code, 0);
    assert_eq!(folder.call(&["grade", "a.cdx.xml"]).out, answer.out);
}

#[test]
fn what_openssl_made_the_keys_of_is_signed_and_verified() {
    let folder = folder();
    let run = |args: &[&str]| {
        let done = Command::new("openssl").args(args).current_dir(folder.path()).output();
        assert!(done.expect("openssl starts").status.success(), "{args:?}");
    };
    run(&["genpkey", "-algorithm", "ed25519", "-out", "key.pem"]);
    run(&["pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"]);
    let subject = ["--subject", "app.bin"];
    let signed = folder.call(
        &[&["attest", "sbom", "a.cdx.json", "--key", "key.pem", "-o", "a.dsse"][..], &subject]
            .concat(),
    );
    assert_eq!(signed.code, 0, "{}", signed.err);
    let verify = |key: &str| {
        folder.call(&["attest", "verify", "a.dsse", "--key", key, "--subject", "app.bin"])
    };
    let held = verify("public.pem");
    assert_eq!(held.code, 0, "{}", held.err);
    assert_eq!(held.out, "it holds: https://cyclonedx.org/bom\n");
    assert_eq!(verify("key.pem").code, 2);
    folder.write("app.bin", "another program");
    let refused = verify("public.pem");
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("it says nothing of app.bin"), "{}", refused.err);
    let how = [
        "attest",
        "provenance",
        "--key",
        "key.pem",
        "--subject",
        "app.bin",
        "--builder",
        "https://example.org/ci",
        "--build-type",
        "https://example.org/build",
        "--source",
        "git+https://example.org/a",
        "--commit",
        "0123",
        "-o",
        "p.dsse",
    ];
    assert_eq!(folder.call(&how).code, 0);
    let held =
        folder.call(&["attest", "verify", "p.dsse", "--key", "public.pem", "--subject", "app.bin"]);
    assert_eq!(held.out, "it holds: https://slsa.dev/provenance/v1\n");
}
