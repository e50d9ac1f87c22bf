//! `lead-sbom image`.

use leadforge_oci_image::Digest;
use serde_json::{Value, json};
use tar::{Builder, EntryType, Header};

use crate::Folder;

const STATUS: &str = "Package: base\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.2-3\n\n\
                      Package: gone\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: 1\n";

fn metadata(name: &str, version: &str) -> String {
    format!("Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
}

/// A layer of files, each a path and its text; a path with `=` is a hard link.
fn layer(files: &[(&str, &str)]) -> Vec<u8> {
    let mut tar = Builder::new(Vec::new());
    for (path, text) in files {
        let mut header = Header::new_ustar();
        header.set_mode(0o644);
        if let Some((path, target)) = path.split_once('=') {
            header.set_entry_type(EntryType::Link);
            header.set_size(0);
            tar.append_link(&mut header, path, target).expect("memory");
        } else {
            header.set_size(text.len() as u64);
            tar.append_data(&mut header, path, text.as_bytes()).expect("memory");
        }
    }
    tar.into_inner().expect("memory")
}

/// A docker archive `image.tar` in a folder.
pub(crate) fn folder(layers: &[Vec<u8>]) -> Folder {
    let mut tar = Builder::new(Vec::new());
    let mut put = |name: &str, bytes: &[u8]| {
        let mut header = Header::new_ustar();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, name, bytes).expect("memory");
    };
    let ids: Vec<String> = layers.iter().map(|tar| Digest::sha256(tar).to_string()).collect();
    let config = json!({"os": "linux", "architecture": "amd64",
        "rootfs": {"type": "layers", "diff_ids": ids}});
    let names: Vec<String> = (0..layers.len()).map(|n| format!("{n}.tar")).collect();
    names.iter().zip(layers).for_each(|(name, bytes)| put(name, bytes));
    put("c", config.to_string().as_bytes());
    let saved = json!([{"Config": "c", "RepoTags": ["app:1"], "Layers": names}]);
    put("manifest.json", saved.to_string().as_bytes());
    let folder = Folder::new(&[]);
    let bytes = tar.into_inner().expect("memory");
    std::fs::write(folder.path().join("image.tar"), bytes).expect("written");
    folder
}

const SITE: &str = "usr/lib/python3/dist-packages";

fn layers() -> Vec<Vec<u8>> {
    let one = format!("{SITE}/one-1.dist-info/METADATA");
    let two = format!("{SITE}/two-2.dist-info/METADATA");
    let hidden = format!("{SITE}/.wh.two-2.dist-info");
    let linked =
        format!("opt/site-packages/three-3.dist-info/METADATA={SITE}/three-3.dist-info/METADATA");
    let three = format!("{SITE}/three-3.dist-info/METADATA");
    vec![
        layer(&[
            ("var/lib/dpkg/status", STATUS),
            (&two, &metadata("two", "2")),
            (&three, &metadata("three", "3")),
        ]),
        layer(&[(&one, &metadata("one", "1")), (&linked, "")]),
        layer(&[(&hidden, "")]),
    ]
}

fn purls(document: &Value) -> Vec<&str> {
    let all = document["components"].as_array().expect("components");
    all.iter().filter_map(|component| component["purl"].as_str()).collect()
}

#[test]
fn one_reading_gives_the_report_and_both_inventories() {
    let folder = folder(&layers());
    let answer = folder.call(&["image", "image.tar", "--format", "json", "--sbom", "s.cdx.json"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let data = &answer.json()["data"];
    assert_eq!(data["packages"]["squashed"], json!({"deb": 1, "pypi": 2}));
    assert_eq!(data["packages"]["all_layers"], json!({"deb": 1, "pypi": 3}));
    assert_eq!(data["image"]["size"]["hidden"], metadata("two", "2").len());
    let text = std::fs::read_to_string(folder.path().join("s.cdx.json")).expect("written");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        purls(&document),
        ["pkg:deb/debian/base@1.2-3?arch=amd64", "pkg:pypi/one@1", "pkg:pypi/three@3"]
    );
    assert_eq!(folder.call(&["check", "s.cdx.json"]).code, 0);
    let all = ["image", "image.tar", "--all-layers", "--sbom", "a.cdx.json"];
    assert_eq!(folder.call(&all).code, 0);
    let text = std::fs::read_to_string(folder.path().join("a.cdx.json")).expect("written");
    assert!(text.contains("pkg:pypi/two@2") && !text.contains("layer 0/"), "{text}");
    assert_eq!(folder.call(&["check", "a.cdx.json"]).code, 0);
}

#[test]
fn the_table_says_what_is_out_of_reach() {
    let folder = folder(&layers());
    let answer = folder.call(&["image", "image.tar", "--page", "page.html", "--top", "1"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert!(answer.out.starts_with("app:1 linux/amd64 sha256:"), "{}", answer.out);
    assert!(answer.out.ends_with("\npackages: 1 deb, 2 pypi; over all layers 1 deb, 3 pypi\n"));
    let page = std::fs::read_to_string(folder.path().join("page.html")).expect("written");
    assert!(page.contains("<svg"));
}

#[test]
fn a_gate_that_is_broken_is_a_finding() {
    let folder = folder(&layers());
    let answer = folder.call(&["image", "image.tar", "--max-hidden", "1B", "--max-size", "1MB"]);
    assert_eq!(answer.code, 1);
    assert!(
        answer.out.contains(
            "failed: out of reach are 43 bytes, and at most 1 are asked for [image.hidden]"
        ),
        "{}",
        answer.out
    );
    assert_eq!(folder.call(&["image", "image.tar", "--max-hidden", "43"]).code, 0);
    let sarif = folder.call(&["image", "image.tar", "--max-size", "1", "--format", "sarif"]);
    assert!(sarif.code == 1 && sarif.out.contains("image.size"));
    assert_eq!(folder.call(&["image", "image.tar", "--max-size", "1.5MB"]).code, 2);
}

#[test]
fn an_image_that_is_not_sound_leaves_nothing_behind() {
    let mut bad = layers();
    let folder_ = folder(&bad);
    let path = folder_.path().join("image.tar");
    let mut bytes = std::fs::read(&path).expect("read");
    // A letter of the last file of the first layer.
    let at = bytes.windows(11).position(|w| w == b"Name: three").expect("it is there");
    bytes[at + 6] = b'T';
    std::fs::write(&path, bytes).expect("written");
    let answer = folder_.call(&["image", "image.tar", "--sbom", "s.json", "--page", "p.html"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert!(
        answer.err.starts_with("error: image.tar: 0.tar: the digest is sha256:"),
        "{}",
        answer.err
    );
    let mut names: Vec<_> = std::fs::read_dir(folder_.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["image.tar"]);
    assert_eq!(folder_.call(&["image", "no.tar"]).code, 3);
    bad.push(layer(&[("usr/lib/x", "")]));
    let answer = folder(&bad).call(&["image", "image.tar", "--limit-files", "6"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("3.tar: more than 6 entries of layers"), "{}", answer.err);
}
