//! The forms in which an image is kept, all with the same answer; names and records of archives.

use serde_json::json;

use leadforge_oci_image::{Config, Digest, Form, Image, Kind, Limits};

use crate::make::{Blobs, Tar, World, gzip, image, index, squash, zstd};

fn layers() -> Vec<Vec<u8>> {
    let long = "x".repeat(70_000);
    vec![
        Tar::default().folder("d").file("d/a", &long).file("d/b", "123").end(),
        Tar::default().file("d/.wh.b", "").hard("c", "d/a").end(),
    ]
}

#[test]
fn every_form_and_packing_gives_the_same_entries() {
    let world = World::new();
    let expected = squash(&world.docker(&layers())).expect("a docker archive");
    assert_eq!(expected.1 - expected.2, 3);
    let twice = |bytes: &[u8]| {
        let (one, two) = bytes.split_at(700);
        let mut both = gzip(one);
        both.extend(gzip(two));
        both.extend([0; 100]);
        both
    };
    let frames = |bytes: &[u8]| {
        let (one, two) = bytes.split_at(700);
        let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
        [skipped.clone(), zstd(one), skipped, zstd(two)].concat()
    };
    type Pack<'p> = &'p dyn Fn(&[u8]) -> Vec<u8>;
    let packings: [(&str, Pack<'_>); 5] = [
        ("plain", &<[u8]>::to_vec),
        ("gzip", &gzip),
        ("gzip twice", &twice),
        ("zstd", &zstd),
        ("zstd frames", &frames),
    ];
    for (name, pack) in packings {
        let mut blobs = Blobs::new();
        let manifest = image(&mut blobs, &layers(), "amd64", pack);
        let index = index(&[manifest]);
        let folder = world.folder(name, &blobs, &index);
        assert_eq!(squash(&folder).expect(name), expected, "{name} in a folder");
        let mut tar = Tar::default();
        for (blob, bytes) in &blobs {
            tar = tar.raw(blob.as_bytes(), b'0', b"", bytes.len() as u64, bytes);
        }
        let archive = tar.file("index.json", &index.to_string()).end();
        let archive = world.write("oci.tar", &archive);
        assert_eq!(squash(&archive).expect(name), expected, "{name} in an archive");
    }
}

#[test]
fn what_an_image_says_of_itself_is_known_before_its_layers_are_read() {
    let world = World::new();
    let path = world.docker(&layers());
    let image = Image::open(&path, &Config::default()).expect("an image");
    assert_eq!(
        (image.form(), image.names()),
        (Form::DockerArchive, &["test:latest".to_owned()][..])
    );
    assert_eq!((image.platform().to_string().as_str(), image.manifest()), ("linux/amd64", None));
    assert_eq!(image.run_config().user, "65532");
    let steps: Vec<&str> = image.layers().iter().map(|l| l.created_by.as_str()).collect();
    assert_eq!(steps, ["step 0", "step 1"]);
    let read = image.read(|_, _| Ok::<_, leadforge_oci_image::Error>(())).expect("sound");
    assert_eq!((read[0].entries, read[1].entries), (3, 2));
    assert_eq!(read[0].packed, layers()[0].len() as u64);
}

#[test]
fn a_docker_archive_of_today_is_a_layout_as_well() {
    let world = World::new();
    let mut blobs = Blobs::new();
    let manifest = image(&mut blobs, &layers(), "amd64", gzip);
    let config =
        blobs.iter().find(|(_, bytes)| bytes.starts_with(b"{\"architecture")).expect("one");
    let names: Vec<String> = layers().iter().map(|tar| Digest::sha256(&gzip(tar)).blob()).collect();
    let saved = json!([{"Config": config.0, "RepoTags": null, "Layers": names}]);
    let mut tar = Tar::default().folder("blobs/").folder("blobs/sha256/");
    for (blob, bytes) in &blobs {
        tar = tar.raw(blob.as_bytes(), b'0', b"", bytes.len() as u64, bytes);
    }
    let tar = tar.file("index.json", &index(&[manifest]).to_string());
    let path = world.write("new.tar", &tar.file("manifest.json", &saved.to_string()).end());
    assert_eq!(squash(&path).expect("sound"), squash(&world.docker(&layers())).expect("sound"));
}

#[test]
fn layers_that_images_share_may_be_links_in_old_archives() {
    let world = World::new();
    let layer = Tar::default().file("a", "123").end();
    let config = crate::make::config(&[layer.clone(), layer.clone()], "amd64");
    let name = format!("{}.json", Digest::sha256(&config).hex());
    let saved = json!([{"Config": name, "Layers": ["one/layer.tar", "two/layer.tar"]}]);
    let tar = Tar::default()
        .raw(b"one/layer.tar", b'0', b"", layer.len() as u64, &layer)
        .link("two/layer.tar", "../one/layer.tar")
        .raw(name.as_bytes(), b'0', b"", config.len() as u64, &config)
        .file("manifest.json", &saved.to_string());
    let (paths, total, visible) = squash(&world.write("old.tar", &tar.end())).expect("sound");
    assert_eq!((paths, total, visible), (vec!["a 1".to_owned()], 6, 3));
}

/// The entries of one layer, as paths with their kinds and sizes.
fn entries(layer: Tar) -> Result<Vec<String>, String> {
    let world = World::new();
    let path = world.docker(&[layer.end()]);
    let image = Image::open(&path, &Config::default()).map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    image
        .read(|entry, content| {
            let text = match entry.kind {
                Kind::File => content.to_vec(1 << 20).map(|b| b.escape_ascii().to_string())?,
                Kind::HardLink(target) | Kind::Symlink(target) => {
                    format!("-> {}", target.escape_ascii())
                }
                other => format!("{other:?}"),
            };
            found.push(format!("{} {} {text}", entry.path.escape_ascii(), entry.size));
            Ok::<_, leadforge_oci_image::Error>(())
        })
        .map_err(|error| error.to_string())?;
    Ok(found)
}

#[test]
fn long_names_and_records_come_before_their_entry_and_hold_for_it_alone() {
    let long = "n/".repeat(60) + "end";
    let layer = Tar::default()
        .raw(b"././@LongLink", b'L', b"", long.len() as u64 + 1, format!("{long}\0").as_bytes())
        .file("short", "1")
        .pax(&[("path", "é/ü".as_bytes()), ("SCHILY.xattr.security.capability", b"\x01\n=\n\x00")])
        .file("short", "12")
        .pax(&[("linkpath", b"far/away"), ("mtime", b"1.5")])
        .link("l", "near")
        .pax(&[("size", b"4")])
        .raw(b"sized", b'0', b"", 0, b"1234")
        .raw(b"global", b'g', b"", 14, b"14 comment=ab\n")
        .file("plain", "")
        .raw(b"\xff\xfe", b'0', b"", 1, b"x")
        .raw(b"old/", 0, b"", 0, b"")
        .raw(b"pipe", b'6', b"", 0, b"");
    let expected = [
        format!("{long} 1 1"),
        "\\xc3\\xa9/\\xc3\\xbc 2 12".to_owned(),
        "l 0 -> far/away".to_owned(),
        "sized 4 1234".to_owned(),
        "plain 0 ".to_owned(),
        "\\xff\\xfe 1 x".to_owned(),
        "old 0 Folder".to_owned(),
        "pipe 0 Other".to_owned(),
    ];
    assert_eq!(entries(layer).expect("sound"), expected);
}

#[test]
fn a_file_with_holes_has_its_size_and_its_content_is_refused() {
    let layer = Tar::default()
        .pax(&[
            ("GNU.sparse.major", b"1"),
            ("GNU.sparse.name", b"holes"),
            ("GNU.sparse.realsize", b"9999"),
        ])
        .file("GNUSparseFile.0/holes", "1234");
    let world = World::new();
    let path = world.docker(&[layer.clone().end()]);
    assert_eq!(squash(&path).expect("sound"), (vec!["holes 0".to_owned()], 9999, 9999));
    assert!(entries(layer).expect_err("it is not read").contains("is a file with holes"));
}

#[test]
fn defaults_let_real_images_pass() {
    let limits = Limits::default();
    assert!(limits.ratio > 1_032, "deflate packs zeros 1,032 times");
    assert!(limits.layers >= 128 && limits.window >= 8 << 20 && limits.name >= 4096);
}
