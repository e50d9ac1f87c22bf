//! `lead-sbom image`: programs inside, and what is found and not read.

use serde_json::Value;
use tar::{Builder, Header};

use crate::image::folder;

/// An ELF file of two sections: their names, and the build information of a program of Go.
fn program(modules: &str) -> Vec<u8> {
    let marked = format!("{0}{modules}{0}", "-".repeat(16));
    let mut info = b"\xff Go buildinf:\x08\x02".to_vec();
    info.resize(32, 0);
    info.extend(b"\x06go1.22");
    info.extend([(marked.len() & 0x7f) as u8 | 0x80, (marked.len() >> 7) as u8]);
    info.extend(marked.as_bytes());
    let names = b"\0.names\0.go.buildinfo\0";
    let words =
        |words: &[u64]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>();
    let section = |name: u64, kind: u64, at: usize, size: usize| {
        words(&[name | kind << 32, 0, 0, at as u64, size as u64, 0, 1, 0])
    };
    let (at, end) = (64 + info.len(), 64 + info.len() + names.len());
    let mut file = b"\x7fELF\x02\x01\x01".to_vec();
    file.resize(16, 0);
    // What it is, where its table of sections is, and how large all these are.
    file.extend(words(&[0x1_003e_0003, 0, 0, end as u64, 64 << 32, 64 << 16 | 3 << 32 | 1 << 48]));
    file.extend(&info);
    file.extend(names);
    file.extend(section(0, 0, 0, 0));
    file.extend(section(1, 3, at, names.len()));
    file.extend(section(8, 1, 64, info.len()));
    file
}

/// A layer of files with their permissions.
fn layer(files: &[(&str, u32, &[u8])]) -> Vec<u8> {
    let mut tar = Builder::new(Vec::new());
    for (path, mode, bytes) in files {
        let mut header = Header::new_ustar();
        header.set_mode(*mode);
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, path, *bytes).expect("memory");
    }
    tar.into_inner().expect("memory")
}

const APP: &str =
    "path\texample.org/app\nmod\texample.org/app\t(devel)\t\ndep\ta.org/a\tv1.0.0\th1:x=\n";

#[test]
fn what_programs_are_built_of_is_inside_with_its_layer() {
    let app = program(APP);
    let other = program("path\tb\nmod\tb.org/b\tv2.0.0\th1:y=\n");
    let folder = folder(&[
        layer(&[("usr/bin/gone", 0o755, &other), ("etc/motd", 0o755, b"hi")]),
        layer(&[("usr/bin/app", 0o755, &app), ("usr/share/data", 0o644, &other)]),
        layer(&[("usr/bin/.wh.gone", 0o644, b"")]),
    ]);
    let answer = folder.call(&["image", "image.tar", "--sbom", "s.json"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let last = answer.out.lines().last();
    assert_eq!(last, Some("packages: 2 golang; over all layers 3 golang"));
    let text = std::fs::read_to_string(folder.path().join("s.json")).expect("written");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let module = &document["components"][0];
    assert_eq!(module["purl"], "pkg:golang/a.org/a@v1.0.0");
    let place = &module["evidence"]["occurrences"][0];
    assert_eq!(place["location"], "usr/bin/app");
    assert_eq!(place["additionalContext"], "layer 1");
    assert_eq!(folder.call(&["check", "s.json"]).code, 0);
}

#[test]
fn what_is_found_in_an_image_and_not_read_is_told() {
    let mut old = program(APP);
    old[64 + 15] = 0;
    let folder = folder(&[
        layer(&[("srv/bun.lockb", 0o644, b"\0binary"), ("srv/pom.xml", 0o644, b"<project/>")]),
        layer(&[
            (
                "srv/node_modules/a/yarn.lock",
                0o644,
                b"# yarn lockfile v1\n\nb@1:\n  version \"1.0.0\"\n",
            ),
            ("usr/lib/python3/dist-packages/c/pom.xml", 0o644, b"<project/>"),
        ]),
        layer(&[("srv/.wh.pom.xml", 0o644, b""), ("usr/bin/old", 0o755, &old)]),
    ]);
    let answer = folder.call(&["image", "image.tar", "--sbom", "s.json"]);
    assert_eq!(answer.code, 3);
    assert_eq!(
        answer.err,
        "warning: srv/bun.lockb: found, not read (a lock file of Bun, binary)\n\
         warning: usr/bin/old: found, not read (a program of a Go before 1.18)\n"
    );
    let text = std::fs::read_to_string(folder.path().join("s.json")).expect("written");
    assert!(
        text.contains("srv/bun.lockb (a lock file of Bun, binary)") && !text.contains("pom.xml")
    );
    // What came with an installed package says nothing of what is there.
    assert!(!text.contains("pkg:npm/b"), "{text}");
}
