//! `lead-sbom pack`.

use serde_json::Value;

use crate::Folder;

const METADATA: &str = "Metadata-Version: 2.1\nName: one\nVersion: 1.0\n";

fn folder() -> Folder {
    let folder = Folder::new(&[
        ("app/bin/run", "#!/bin/sh\n"),
        ("app/lib/site-packages/one-1.0.dist-info/METADATA", METADATA),
        ("app/lib/site-packages/one/__pycache__/x.pyc", "bytecode"),
        ("app/doc/long.txt", "words"),
        ("tool", "\x7fELF"),
    ]);
    let run = folder.path().join("app/bin/run");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    std::fs::set_permissions(run, mode).expect("its own file");
    folder
}

const PACK: &[&str] = &[
    "pack",
    "--add",
    "app:/srv/app",
    "--user",
    "65532:65532",
    "--writable",
    "/data",
    "--entrypoint",
    "/srv/app/bin/run",
    "--drop",
    "**/__pycache__",
    "--drop",
    "srv/app/doc",
    "--platform",
    "linux/amd64",
    "--env",
    "A=1",
    "--port",
    "8000",
    "--name",
    "app:1",
];

fn packed(folder: &Folder, layout: &str, more: &[&str]) -> Value {
    let args = [PACK, more, &["--format", "json", layout]].concat();
    let answer = folder.call(&args);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    answer.json()["data"].clone()
}

#[test]
fn the_same_files_have_the_same_digest_wherever_and_whenever_they_lie() {
    let (one, other) = (folder(), folder());
    let path = other.path().join("app/bin/run");
    let file = std::fs::File::options().append(true).open(path).expect("its own file");
    file.set_modified(std::time::UNIX_EPOCH).expect("a time");
    let digests = [packed(&one, "l", &[]), packed(&one, "m", &[]), packed(&other, "l", &[])];
    assert_eq!(digests[0], digests[1]);
    assert_eq!(digests[0], digests[2]);
}

#[test]
fn what_is_packed_is_an_image_with_its_inventory_attached() {
    let folder = folder();
    let data = packed(&folder, "layout", &[]);
    let answer = folder.call(&["image", "layout", "--format", "json", "--platform", "linux/amd64"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let seen = answer.json();
    let image = &seen["data"]["image"];
    assert_eq!(image["manifest"], data["digest"]);
    assert_eq!((&image["user"], &image["size"]["files"]), (&"65532:65532".into(), &data["files"]));
    assert_eq!(image["size"]["packed"], data["packed"]);
    assert_eq!(seen["data"]["packages"]["squashed"]["pypi"], 1);
    let text = serde_json::to_string(&seen).expect("JSON");
    assert!(!text.contains("x.pyc") && !text.contains("long.txt"), "{text}");
    // The inventory is a manifest of its own, which names the image as its subject.
    let index = std::fs::read_to_string(folder.path().join("layout/index.json")).expect("read");
    let index: Value = serde_json::from_str(&index).expect("JSON");
    let attached = &index["manifests"][1];
    assert_eq!(attached["artifactType"], "application/vnd.cyclonedx+json");
    let blob = |digest: &Value| {
        let digest = digest.as_str().expect("text").replace(':', "/");
        std::fs::read(folder.path().join("layout/blobs").join(digest)).expect("a blob")
    };
    let manifest: Value = serde_json::from_slice(&blob(&attached["digest"])).expect("JSON");
    assert_eq!(manifest["subject"]["digest"], data["digest"]);
    let document = blob(&manifest["layers"][0]["digest"]);
    std::fs::write(folder.path().join("sbom.json"), document).expect("written");
    assert_eq!(folder.call(&["check", "sbom.json"]).code, 0);
    let text = std::fs::read_to_string(folder.path().join("sbom.json")).expect("read");
    assert!(text.contains("pkg:pypi/one@1.0"), "{text}");
}

#[test]
fn an_image_lies_upon_another() {
    let folder = folder();
    let base = packed(&folder, "base", &[]);
    let args = [
        "pack",
        "top",
        "--base",
        "base",
        "--add",
        "tool:/bin/tool",
        "--entrypoint",
        "/bin/tool",
        "--format",
        "json",
    ];
    let answer = folder.call(&args);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let data = &answer.json()["data"];
    assert_eq!(data["user"], "65532:65532");
    assert_eq!(data["files"].as_u64(), base["files"].as_u64().map(|bytes| bytes + 4));
}

#[test]
fn nothing_is_written_that_would_run_as_root_or_not_at_all() {
    let folder = folder();
    let fails = |args: &[&str], code: i32, says: &str| {
        let answer = folder.call(&[&["pack", "layout", "--add", "tool:/tool"], args].concat());
        assert_eq!(answer.code, code, "{}", answer.err);
        assert!(answer.err.contains(says), "{}", answer.err);
        assert!(!folder.path().join("layout").exists(), "{args:?}");
    };
    fails(&[], 2, "would run as root: nothing names a user");
    fails(&["--user", "0:0"], 2, "would run as root (user 0)");
    fails(&["--user", "app"], 2, "only a number shows a platform that it is not root");
    fails(&["--user", "7", "--entrypoint", "/nothing"], 2, "the image has no /nothing");
    fails(
        &["--user", "7", "--max-size", "3B"],
        1,
        "files of all layers have 4 bytes, and at most 3",
    );
    fails(&["--user", "7", "--add", "missing:/x"], 3, "missing: No such file");
    fails(&["--user", "7", "--add", "tool:/../x"], 2, "leads upwards");
    fails(&["--user", "7", "--env", "NOVALUE"], 2, "is not NAME=VALUE");
    fails(&["--user", "7", "--port", "99999"], 2, "is no port");
    assert_eq!(folder.call(&["pack", "layout", "--user", "7"]).code, 2);
    let full = folder.call(&["pack", "app", "--add", "tool:/tool", "--user", "7"]);
    assert!(full.code == 4 && full.err.contains("app is not empty"), "{}", full.err);
    assert_eq!(folder.call(&["pack", "rooted", "--add", "tool:/tool", "--root"]).code, 0);
}

#[test]
fn the_time_of_everything_is_source_date_epoch() {
    let folder = folder();
    let args = ["pack", "l", "--add", "tool:/tool", "--user", "7", "--no-sbom"];
    let answer = folder.call_with(&args, &[("SOURCE_DATE_EPOCH", "1700000000")]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let names = std::fs::read_dir(folder.path().join("l/blobs/sha256")).expect("blobs");
    let blobs = names.map(|name| std::fs::read(name.expect("a name").path()).expect("a blob"));
    let config =
        blobs.into_iter().find(|bytes| bytes.starts_with(b"{\"architecture")).expect("one");
    let config: Value = serde_json::from_slice(&config).expect("JSON");
    assert_eq!(config["created"], "2023-11-14T22:13:20Z");
}
