//! Which of several images is read.

use leadforge_oci_image::{Config, Image, Platform};
use serde_json::{Value, json};

use crate::make::{Blobs, Tar, World, image, index, keep};

fn with(mut descriptor: Value, key: &str, value: Value) -> Value {
    descriptor[key] = value;
    descriptor
}

fn for_platform(descriptor: Value, os: &str, architecture: &str) -> Value {
    with(descriptor, "platform", json!({"os": os, "architecture": architecture}))
}

/// A layout for two machines, one of them inside another index, with what buildkit and others attach.
fn two(world: &World) -> std::path::PathBuf {
    let mut blobs = Blobs::new();
    let layer = |text: &str| vec![Tar::default().file("a", text).end()];
    let amd = image(&mut blobs, &layer("1"), "amd64", <[u8]>::to_vec);
    let arm = image(&mut blobs, &layer("12"), "arm64", <[u8]>::to_vec);
    let empty = keep(&mut blobs, "application/vnd.oci.empty.v1+json", b"{}".to_vec());
    let attached = json!({"schemaVersion": 2, "config": empty, "layers": [empty], "subject": amd,
        "artifactType": "application/vnd.cyclonedx+json"});
    let kind = "application/vnd.oci.image.manifest.v1+json";
    let attached = keep(&mut blobs, kind, attached.to_string().into_bytes());
    let unknown = for_platform(attached.clone(), "unknown", "unknown");
    let inner =
        index(&[for_platform(amd, "linux", "amd64"), for_platform(arm, "linux", "arm64"), unknown]);
    let kind = "application/vnd.oci.image.index.v1+json";
    let inner = keep(&mut blobs, kind, inner.to_string().into_bytes());
    let name = json!({"org.opencontainers.image.ref.name": "v1"});
    world.folder("two", &blobs, &index(&[with(inner, "annotations", name), attached]))
}

fn chosen(path: &std::path::Path, config: &Config) -> Result<String, String> {
    let image = Image::open(path, config).map_err(|error| error.to_string())?;
    Ok(image.platform().to_string())
}

#[test]
fn one_platform_of_several_is_chosen_and_none_is_guessed() {
    let world = World::new();
    let path = two(&world);
    let asked = |text: &str| Config { platform: Platform::parse(text), ..Config::default() };
    assert_eq!(chosen(&path, &asked("linux/arm64")).as_deref(), Ok("linux/arm64"));
    assert_eq!(chosen(&path, &asked("linux/arm64/v8")).as_deref(), Ok("linux/arm64"));
    let here = Config { host: Platform::parse("linux/amd64"), ..Config::default() };
    assert_eq!(chosen(&path, &here).as_deref(), Ok("linux/amd64"));
    let error = chosen(&path, &Config::default()).expect_err("two fit");
    assert!(error.ends_with("there are v1 (linux/amd64); v1 (linux/arm64)"), "{error}");
    let error = chosen(&path, &asked("linux/s390x")).expect_err("none fits");
    assert!(error.contains("no image is for the platform that is asked for"), "{error}");
    let named = Config { name: Some("v1".to_owned()), ..here.clone() };
    assert_eq!(chosen(&path, &named).as_deref(), Ok("linux/amd64"));
    let named = Config { name: Some("v2".to_owned()), ..here };
    assert!(chosen(&path, &named).expect_err("none has it").contains("no image has the name"));
}

#[test]
fn a_single_image_is_taken_unless_it_is_for_another_platform() {
    let world = World::new();
    let path = world.docker(&[Tar::default().file("a", "1").end()]);
    let other = Config { host: Platform::parse("linux/arm64"), ..Config::default() };
    assert_eq!(chosen(&path, &other).as_deref(), Ok("linux/amd64"));
    let asked = Config { platform: Platform::parse("linux/arm64"), ..Config::default() };
    assert!(chosen(&path, &asked).expect_err("another").contains("is not for linux/arm64"));
}

#[test]
fn an_index_without_an_image_and_a_folder_without_an_index_are_refused() {
    let world = World::new();
    let path = world.folder("none", &Blobs::new(), &index(&[]));
    assert!(chosen(&path, &Config::default()).expect_err("nothing").contains("names no image"));
    let error = chosen(world.dir.path(), &Config::default()).expect_err("no layout");
    assert!(error.contains("neither a manifest.json nor an index.json"), "{error}");
}

#[test]
fn platforms_are_read_and_shown() {
    for text in ["linux/amd64", "linux/arm/v7"] {
        assert_eq!(Platform::parse(text).expect("sound").to_string(), text);
    }
    for text in ["linux", "", "linux/", "/amd64", "a/b/c/d"] {
        assert_eq!(Platform::parse(text), None, "{text}");
    }
}
