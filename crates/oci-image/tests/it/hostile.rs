//! Images that mean harm: each is refused with one clear line, within the bounds.

use leadforge_oci_image::{Config, Digest, Image, Limits};
use serde_json::json;

use crate::make::{Blobs, Tar, World, gzip, image, index, squash, squash_with, zstd};

fn refused(layers: &[Tar], limits: Limits) -> String {
    let layers: Vec<Vec<u8>> = layers.iter().map(|tar| tar.clone().end()).collect();
    let world = World::new();
    let config = Config { limits, ..Config::default() };
    let error = squash_with(&world.docker(&layers), &config).expect_err("it is refused");
    let text = error.to_string();
    let (place, text) = text.split_once("image.tar: ").unwrap_or(("", &text));
    assert!(text.len() < 500 && !text.contains('\n') && !place.contains('\n'), "{text}");
    text.to_owned()
}

fn layer(layer: Tar) -> String {
    refused(&[layer], Limits::default())
}

#[test]
fn names_that_lead_upwards() {
    assert_eq!(
        layer(Tar::default().file("../../etc/passwd", "x")),
        "0/layer.tar: ../../etc/passwd: is a name that leads upwards with .."
    );
    assert!(layer(Tar::default().file("a/../../b", "x")).contains("leads upwards"));
    assert!(layer(Tar::default().hard("a", "../b")).contains("leads upwards"));
    assert!(
        layer(Tar::default().pax(&[("path", b"x/..")]).file("a", "")).contains("leads upwards")
    );
    assert!(layer(Tar::default().file(".wh...", "x")).contains("is a whiteout of nothing"));
    assert!(layer(Tar::default().file("d/.wh.", "x")).contains("is a whiteout of nothing"));
}

#[test]
fn links_without_end_and_to_nothing() {
    let cycle = Tar::default().link("a", "b").link("b", "a").file("a/x", "1");
    assert_eq!(layer(cycle), "a: leads through links that have no end");
    let itself = Tar::default().link("a", "a/a/a/a/a/a/a/a").file("a/x", "1");
    assert_eq!(layer(itself), "a: leads through links that have no end");
    let nothing = layer(Tar::default().hard("a", "b"));
    assert_eq!(nothing, "a: is a hard link to b, which is not there");
    let later = Tar::default().hard("a", "b").file("b", "1");
    assert!(layer(later).contains("which is not there"));
    let below = layer(Tar::default().file("a", "1").hard("a/b", "a"));
    assert_eq!(below, "a/b: is a hard link to a file that it would lie below");
    let folder = Tar::default().folder("d").hard("a", "d");
    assert!(layer(folder).contains("which is a folder"));
}

#[test]
fn a_name_of_a_megabyte() {
    let name = vec![b'n'; 1 << 20];
    let long = Tar::default().raw(b"l", b'L', b"", name.len() as u64, &name).file("a", "");
    let text = layer(long);
    assert!(text.ends_with("… (1048576 bytes): more than 4096 bytes of a name"), "{text}");
    let pax = layer(Tar::default().pax(&[("path", &name[..1_000_000])]).file("a", ""));
    assert!(pax.ends_with("more than 4096 bytes of a name"), "{pax}");
    let huge = Tar::default().raw(b"l", b'L', b"", 8 << 30, b"");
    assert_eq!(layer(huge), "0/layer.tar: l: more than 1048576 bytes of an extended header");
}

#[test]
fn records_that_cannot_be_read() {
    for record in [
        &b"5 a=b\n"[..],
        b"x path=a\n",
        b"11 path=a\n",
        b"99999999999999999999 a=b\n",
        b"6 abc\n",
        b"8 size=z\n",
    ] {
        let text =
            layer(Tar::default().raw(b"x", b'x', b"", record.len() as u64, record).file("a", ""));
        assert!(text.contains("extended header that cannot be read"), "{record:?}: {text}");
    }
}

#[test]
fn too_many_and_too_much() {
    let many = (0..50).fold(Tar::default(), |tar, n| tar.file(&format!("f{n}"), ""));
    let limits = Limits { entries: 40, ..Limits::default() };
    assert!(
        refused(std::slice::from_ref(&many), limits).ends_with("more than 40 entries of layers")
    );
    let limits = Limits { unpacked: 9_000, ..Limits::default() };
    assert!(
        refused(std::slice::from_ref(&many), limits)
            .ends_with("more than 9000 unpacked bytes of layers")
    );
    let limits = Limits { names: 100, ..Limits::default() };
    assert_eq!(
        refused(std::slice::from_ref(&many), limits),
        "the layers: more than 100 bytes of names"
    );
    let limits = Limits { layers: 1, ..Limits::default() };
    assert!(refused(&[many.clone(), many.clone()], limits).ends_with("more than 1 layers"));
    let limits = Limits { document: 10, ..Limits::default() };
    assert!(refused(&[many], limits).ends_with("manifest.json: more than 10 bytes of a document"));
}

#[test]
fn hiding_the_same_things_again_and_again_is_bounded_work() {
    let mut layer = (0..200).fold(Tar::default(), |tar, n| tar.file(&format!("d/f{n}"), ""));
    for _ in 0..200 {
        layer = layer.file("d", "").folder("d").file("d/f0", "");
    }
    let limits = Limits { steps: 10_000, ..Limits::default() };
    assert!(refused(&[layer], limits).ends_with("steps to lay one layer upon the other"));
}

/// An image whose one layer is packed as it is given, under the digest of what it unpacks to.
fn packed(tar: &[u8], pack: impl Fn(&[u8]) -> Vec<u8>) -> Result<(), String> {
    let world = World::new();
    let mut blobs = Blobs::new();
    let manifest = image(&mut blobs, &[tar.to_vec()], "amd64", pack);
    let path = world.folder("layout", &blobs, &index(&[manifest]));
    squash(&path).map(drop).map_err(|error| {
        let text = error.to_string();
        text.rsplit_once(": ").map_or(text.clone(), |(_, said)| said.to_owned())
    })
}

#[test]
fn bombs_of_gzip_and_zstd() {
    let zeros = Tar::default().raw(b"zeros", b'0', b"", 8 << 20, &vec![0; 8 << 20]).end();
    assert_eq!(packed(&zeros, gzip), Ok(()), "deflate cannot pack more than 1,032 to one");
    let text = packed(&zeros, zstd).expect_err("a bomb");
    assert!(text.starts_with("more than 1100 times its packed size"), "{text}");
}

#[test]
fn layers_that_are_cut_off_or_spoiled() {
    let tar = Tar::default().file("a", &"text ".repeat(100_000)).end();
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let gz = packed(&tar, |tar| cut(gzip(tar))).expect_err("cut");
    assert!(gz.contains("cut off in the middle of its gzip stream"), "{gz}");
    let spoiled = |bytes: Vec<u8>| {
        let (mut bytes, at) = (bytes.clone(), bytes.len() / 2);
        bytes[at] ^= 0x55;
        bytes
    };
    assert!(packed(&tar, |tar| spoiled(gzip(tar))).is_err());
    assert!(packed(&tar, |tar| cut(zstd(tar))).is_err());
    let behind = packed(&tar, |tar| [gzip(tar), vec![0, 0, 7]].concat()).expect_err("more");
    assert!(behind.contains("something behind its gzip stream"), "{behind}");
    // A layer whose end is missing has another digest, and before that its file is cut off.
    let short = packed(&tar, |tar| tar[..1000].to_vec()).expect_err("cut");
    assert!(short.contains("cut off"), "{short}");
    let other = packed(&tar, |tar| tar[..tar.len() - 512].to_vec()).expect_err("other bytes");
    assert!(other.contains("is asked for"), "{other}");
}

#[test]
fn digests_are_verified_everywhere() {
    let world = World::new();
    let layer = Tar::default().file("a", "1").end();
    let other = Tar::default().file("a", "2").end();
    let error = squash(&world.docker_of(std::slice::from_ref(&layer), &[other]))
        .expect_err("another layer");
    assert!(error.to_string().contains("0/layer.tar: the digest is sha256:"), "{error}");
    // Every document and blob of a layout, each spoiled in turn.
    let mut blobs = Blobs::new();
    let manifest = image(&mut blobs, &[layer], "amd64", gzip);
    let index = index(&[manifest]);
    for (number, blob) in blobs.keys().enumerate() {
        let mut spoiled = blobs.clone();
        let bytes = spoiled.get_mut(blob).expect("it is there");
        let last = bytes.len() - 1;
        bytes[last] = bytes[last].wrapping_add(1);
        let path = world.folder(&number.to_string(), &spoiled, &index);
        let error = squash(&path).expect_err("spoiled").to_string();
        assert!(error.contains(blob.as_str()), "{blob}: {error}");
        let longer = [&blobs[blob][..], b" "].concat();
        let path =
            world.folder(&number.to_string(), &Blobs::from([(blob.clone(), longer)]), &index);
        assert!(squash(&path).expect_err("longer").to_string().contains(blob.as_str()));
    }
}

#[test]
fn a_digest_of_both_sides_is_asked_of_its_own_side() {
    // The diff ID names the packed bytes: they are there, and yet it is wrong.
    let world = World::new();
    let tar = Tar::default().file("a", "1").end();
    let mut blobs = Blobs::new();
    let manifest = image(&mut blobs, &[gzip(&tar)], "amd64", |gz| gz.to_vec());
    let error = squash(&world.folder("sides", &blobs, &index(&[manifest]))).expect_err("wrong");
    assert!(error.to_string().contains("is asked for"), "{error}");
}

#[test]
fn parts_that_lead_out_of_the_layout_or_archive() {
    let world = World::new();
    world.write("secret", b"{}");
    let config = json!([{"Config": "../secret", "Layers": []}]).to_string();
    let path = world.write("out.tar", &Tar::default().file("manifest.json", &config).end());
    let text = squash(&path).expect_err("it leads out").to_string();
    assert!(text.contains("names ../secret, which leads out of the archive"), "{text}");
    let link = Tar::default().link("manifest.json", "../secret");
    let text = squash(&world.write("link.tar", &link.end())).expect_err("out").to_string();
    assert!(text.contains("manifest.json: is a link that leads out of the archive"), "{text}");
    std::fs::create_dir(world.path("linked")).expect("made");
    std::os::unix::fs::symlink("../secret", world.path("linked/index.json")).expect("linked");
    let text = squash(&world.path("linked")).expect_err("a link").to_string();
    assert!(text.contains("index.json: is a link, and a layout holds none"), "{text}");
    let escape = json!({"schemaVersion": 2, "manifests": [
        {"mediaType": "x", "digest": "sha256:../../secret", "size": 2}]});
    let path = world.folder("digest", &Blobs::new(), &escape);
    assert!(
        squash(&path)
            .expect_err("no digest")
            .to_string()
            .contains("index.json: a digest has to be")
    );
}

#[test]
fn archives_that_are_none() {
    let world = World::new();
    let text = |bytes: &[u8]| squash(&world.write("x", bytes)).expect_err("none").to_string();
    assert!(text(&gzip(&[7; 4096])).len() < 500);
    let packed = text(&[&[0x1f, 0x8b][..], &[1; 1000]].concat());
    assert!(packed.ends_with("x: is compressed: unpack it first, with gzip -d"), "{packed}");
    assert!(text(&[7; 2000]).ends_with("is not an archive of an image"));
    assert!(text(b"").ends_with("is an empty archive"));
    let whole = std::fs::read(world.docker(&[Tar::default().file("a", "1").end()])).expect("read");
    for cut in [300, 512 * 3 + 100, 512 * 5, whole.len() - 1600] {
        let said = text(&whole[..cut]);
        assert!(
            said.contains("cut off") || said.contains("no image") || said.contains("empty"),
            "{cut}: {said}"
        );
    }
    let twice = Tar::default().file("manifest.json", "[]").file("./manifest.json", "[]");
    assert!(text(&twice.end()).ends_with("manifest.json: is there twice"));
}

#[test]
fn indexes_inside_each_other_end() {
    let world = World::new();
    let mut blobs = Blobs::new();
    let mut inner = index(&[]);
    for _ in 0..8 {
        let kind = "application/vnd.oci.image.index.v1+json";
        inner = index(&[crate::make::keep(&mut blobs, kind, inner.to_string().into_bytes())]);
    }
    let text = squash(&world.folder("deep", &blobs, &inner)).expect_err("deep").to_string();
    assert!(text.ends_with("more than 4 indexes inside each other"), "{text}");
}

#[test]
fn the_visitor_may_give_up_with_an_error_of_its_own() {
    #[derive(Debug)]
    struct Mine(String);
    impl From<leadforge_oci_image::Error> for Mine {
        fn from(error: leadforge_oci_image::Error) -> Self {
            Self(format!("theirs: {error}"))
        }
    }
    let world = World::new();
    let path = world.docker(&[Tar::default().file("a", "1").end()]);
    let image = Image::open(&path, &Config::default()).expect("sound");
    let done = image
        .read(|entry, _| Err(Mine(format!("mine: {:?}", Digest::sha256(entry.path).hex().len()))));
    assert_eq!(done.expect_err("given up").0, "mine: 64");
}
