//! Layouts that are written: the same bytes every time, and read back as what they are.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use leadforge_oci_image::{
    Config, Digest, Error, Gzip, Image, Item, Kind, LayerTree, Layout, Member, Platform,
    RunChanges, RunConfig, Source, read_tar,
};
use serde_json::Value;

use crate::make::{Tar, World};

fn file(text: &str) -> Member {
    Member { item: Item::File(Source::bytes(text.into())), mode: 0o644, owner: (0, 0) }
}

fn link(target: &str) -> Member {
    Member { item: Item::HardLink(target.into()), mode: 0o644, owner: (0, 0) }
}

fn tree() -> LayerTree {
    let mut tree = LayerTree::new();
    let long = "n/".repeat(80) + "end";
    for (path, member) in [
        ("b/z", file("12345")),
        ("b/a", link("b/c")),
        ("b/c", link("b/z")),
        (long.as_str(), file("long")),
        ("é", Member { item: Item::Symlink(b"b/../b".to_vec()), mode: 0o777, owner: (7, 8) }),
        ("data", Member { item: Item::Folder, mode: 0o700, owner: (65532, 65532) }),
    ] {
        tree.put(path.as_bytes(), member).expect("a sound path");
    }
    tree
}

fn changes() -> RunChanges {
    let run = RunConfig {
        user: "65532".into(),
        env: vec!["A=1".into(), "B=2".into()],
        entrypoint: vec!["/app".into()],
        ..RunConfig::default()
    };
    let platform = Platform::parse("linux/amd64").expect("one");
    RunChanges { run, platform, created: None }
}

/// Writes a layout to a folder of a world.
fn written(world: &World, name: &str, layout: &Layout) -> PathBuf {
    layout
        .write(|file, bytes| {
            let mut all = Vec::new();
            bytes.read_to_end(&mut all)?;
            world.write(&format!("{name}/{file}"), &all);
            Ok::<_, std::io::Error>(())
        })
        .expect("written");
    world.path(name)
}

fn packed(world: &World, name: &str) -> (PathBuf, String) {
    let mut layout = Layout::new();
    layout.add(&mut tree(), 0, "a step").expect("packed");
    let manifest = layout.finish(&changes(), Some("v1"));
    let attached =
        layout.attach(&manifest, "application/vnd.cyclonedx+json", b"{\"a\":1}".to_vec());
    assert_ne!(attached.digest, manifest.digest);
    (written(world, name, &layout), manifest.digest.to_string())
}

#[test]
fn what_is_written_is_read_back() {
    let world = World::new();
    let (path, digest) = packed(&world, "one");
    // One image and one attached document: there is nothing to choose.
    let image = Image::open(&path, &Config::default()).expect("a sound layout");
    assert_eq!(image.manifest().map(ToString::to_string), Some(digest));
    assert_eq!(
        (image.names(), image.run_config().user.as_str()),
        (&["v1".to_owned()][..], "65532")
    );
    let mut seen = Vec::new();
    image
        .read(|entry, content| {
            let path = String::from_utf8_lossy(entry.path).into_owned();
            let path = if path.len() > 50 { format!("{} bytes", path.len()) } else { path };
            let text = match entry.kind {
                Kind::File => String::from_utf8_lossy(&content.to_vec(99)?).into_owned(),
                other => format!("{other:?}"),
            };
            if !matches!(entry.kind, Kind::Folder) || entry.owner.0 > 0 {
                seen.push(format!(
                    "{path} {text} {:o} {:?} {}",
                    entry.mode, entry.owner, entry.mtime
                ));
            }
            Ok::<_, Error>(())
        })
        .expect("sound");
    let bytes = |text: &str| format!("{:?}", text.as_bytes());
    assert_eq!(
        seen,
        [
            "b/a 12345 644 (0, 0) 0".to_owned(),
            format!("b/c HardLink({}) 644 (0, 0) 0", bytes("b/a")),
            format!("b/z HardLink({}) 644 (0, 0) 0", bytes("b/a")),
            "data Folder 700 (65532, 65532) 0".to_owned(),
            "163 bytes long 644 (0, 0) 0".to_owned(),
            format!("é Symlink({}) 777 (7, 8) 0", bytes("b/../b")),
        ]
    );
}

#[test]
fn the_digest_is_the_same_every_time_and_on_every_machine() {
    let world = World::new();
    let digests = ["one", "two"].map(|name| packed(&world, name).1);
    assert_eq!(digests[0], digests[1]);
    // Pinned: another deflate, another order or another header would change what users recorded.
    assert_eq!(
        digests[0],
        "sha256:15afe3abec9fa30c1e153120f9df96744c4e7877a95a653f0899ede7e79a6c82"
    );
}

#[test]
fn gzip_is_the_same_however_it_is_written() {
    let text = "all work and no play ".repeat(20_000).into_bytes();
    let pack = |chunk: usize| {
        let mut gzip = Gzip::new(Vec::new()).expect("memory");
        text.chunks(chunk).for_each(|part| gzip.write_all(part).expect("memory"));
        gzip.finish().expect("memory")
    };
    let whole = pack(text.len());
    assert_eq!(Digest::sha256(&whole), Digest::sha256(&pack(64 << 10)));
    let mut plain = vec![0; text.len() + 1];
    let mut inflate = zlib_rs::Inflate::new(true, 31);
    inflate.decompress(&whole, &mut plain, zlib_rs::InflateFlush::Finish).expect("gzip");
    assert_eq!((inflate.total_out(), &plain[..text.len()]), (text.len() as u64, &text[..]));
}

#[test]
fn layers_lie_upon_a_base_and_its_words_stay_unless_others_are_given() {
    let world = World::new();
    let (base, _) = packed(&world, "base");
    let image = Image::open(&base, &Config::default()).expect("a base");
    let mut layout = Layout::on(&image).expect("a layout");
    let mut top = LayerTree::new();
    top.put(b"top", file("1")).expect("sound");
    layout.add(&mut top, 5, "another step").expect("packed");
    let run = RunConfig { env: vec!["B=3".into()], user: "7:7".into(), ..RunConfig::default() };
    let changes = RunChanges { run, created: Some("2024-01-02T03:04:05Z".into()), ..changes() };
    layout.finish(&changes, None);
    let top = Image::open(&written(&world, "top", &layout), &Config::default()).expect("sound");
    assert_eq!(top.layers()[0], image.layers()[0]);
    let steps: Vec<&str> = top.layers().iter().map(|layer| layer.created_by.as_str()).collect();
    assert_eq!(steps, ["a step", "another step"]);
    let run = top.run_config();
    assert_eq!(
        (run.user.as_str(), &run.entrypoint, &run.env),
        ("7:7", &vec!["/app".to_owned()], &vec!["A=1".to_owned(), "B=3".to_owned()])
    );
    let config: Value = serde_json::from_slice(top.configuration()).expect("JSON");
    assert_eq!(config["created"], "2024-01-02T03:04:05Z");
    assert_eq!(config["history"][1]["created"], "2024-01-02T03:04:05Z");
    top.read(|_, _| Ok::<_, Error>(())).expect("every digest is right");
}

#[test]
fn a_command_of_its_own_takes_the_arguments_of_the_base_away_and_keeps_its_own() {
    let world = World::new();
    let words = |text: &str| vec![text.to_owned()];
    let of = |entrypoint: &str, cmd: &str| RunConfig {
        entrypoint: entrypoint.split_whitespace().map(str::to_owned).collect(),
        cmd: cmd.split_whitespace().map(str::to_owned).collect(),
        ..RunConfig::default()
    };
    let upon = |run: RunConfig, base: Option<&PathBuf>, name: &str| {
        let base = base.map(|path| Image::open(path, &Config::default()).expect("a base"));
        let mut layout = base.as_ref().map_or_else(Layout::new, |b| Layout::on(b).expect("one"));
        layout.finish(&RunChanges { run, ..changes() }, None);
        let path = written(&world, name, &layout);
        let run = Image::open(&path, &Config::default()).expect("sound").run_config().clone();
        (path, run.entrypoint, run.cmd)
    };
    let (base, entrypoint, cmd) = upon(of("/a", "x"), None, "base");
    assert_eq!((entrypoint, cmd), (words("/a"), words("x")));
    let (_, entrypoint, cmd) = upon(of("/b", "y"), Some(&base), "both");
    assert_eq!((entrypoint, cmd), (words("/b"), words("y")));
    let (_, entrypoint, cmd) = upon(of("/b", ""), Some(&base), "command");
    assert_eq!((entrypoint, cmd), (words("/b"), vec![]));
    let (_, entrypoint, cmd) = upon(of("", "y"), Some(&base), "arguments");
    assert_eq!((entrypoint, cmd), (words("/a"), words("y")));
}

#[test]
fn a_base_that_is_spoiled_or_a_docker_archive_is_refused() {
    let world = World::new();
    let (base, _) = packed(&world, "base");
    let image = Image::open(&base, &Config::default()).expect("a base");
    let layout = Layout::on(&image).expect("a layout");
    let blob = image.layers()[0].digest.as_ref().expect("it has one").blob();
    let mut bytes = std::fs::read(base.join(&blob)).expect("read");
    bytes[20] ^= 1;
    std::fs::write(base.join(&blob), bytes).expect("written");
    let mut all = BTreeMap::new();
    let done = layout.write(|name, bytes| {
        let mut text = Vec::new();
        bytes.read_to_end(&mut text)?;
        all.insert(name.to_owned(), text);
        Ok::<_, std::io::Error>(())
    });
    assert!(done.expect_err("spoiled").to_string().contains("is asked for"));
    assert!(!all.contains_key("index.json"), "what is not whole has no index");
    let docker = world.docker(&[Tar::default().file("a", "1").end()]);
    let docker = Image::open(&docker, &Config::default()).expect("an image");
    let error = Layout::on(&docker).expect_err("no layout").to_string();
    assert!(error.contains("a base has to be an OCI layout"), "{error}");
}

#[test]
fn an_archive_becomes_members_but_no_device_and_nothing_that_is_left_out() {
    let world = World::new();
    let tar = Tar::default()
        .folder("./")
        .file("./usr/share/doc/x", "12")
        .raw(b"./dev/null", b'3', b"", 0, b"")
        .file("./usr/bin/z", "tool")
        .hard("./usr/bin/a", "./usr/bin/z")
        .link("./bin", "usr/bin")
        .end();
    let path = world.write("root.tar", &tar);
    let keep = |path: &[u8]| !path.starts_with(b"usr/share/doc");
    let mut tree = LayerTree::new();
    read_tar(&path, &Config::default().limits, &keep, &mut tree).expect("sound");
    let paths: Vec<_> = tree.members().map(|(path, _)| String::from_utf8_lossy(path)).collect();
    assert_eq!(paths, ["bin", "usr", "usr/bin", "usr/bin/a", "usr/bin/z"]);
    Layout::new().add(&mut tree, 0, "root").expect("the first name gets the content");
    assert!(matches!(tree.get(b"usr/bin/a").expect("there").item, Item::File(_)));
    // In a header, in a content, and between two entries.
    for length in [1024 + 700, 1024 + 100, 1536] {
        let cut = world.write("cut.tar", &tar[..length]);
        let done = read_tar(&cut, &Config::default().limits, &keep, &mut LayerTree::new());
        assert!(done.expect_err("cut").to_string().contains("is cut off"), "{length}");
    }
}

#[test]
fn a_hard_link_to_nothing_is_refused() {
    let mut tree = LayerTree::new();
    tree.put(b"a", link("b")).expect("sound");
    let error = Layout::new().add(&mut tree, 0, "x").expect_err("nothing").to_string();
    assert_eq!(error, "a: is a hard link to b, which is no file here");
    assert!(tree.put(b"../x", file("")).is_err());
}
