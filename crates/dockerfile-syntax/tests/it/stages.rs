//! Stages: arguments before `FROM`, names that shadow images, numbers.

use leadforge_dockerfile_syntax::{Base, Dockerfile, Image, expand, parse};

#[test]
fn bases() {
    let file = parse(
        "ARG V=3.13\nARG IMAGE=python:${V:-1}-slim\nFROM $IMAGE AS Base\nfrom base as two\nFROM scratch\n\
         FROM ${NONE}\nFROM ${NONE:-debian}\nFROM two\nFROM reg.io:5000/a/b:1@sha256:ff AS x\n",
    );
    let stages = file.stages();
    let bases: Vec<&Base> = stages.iter().map(|stage| &stage.base).collect();
    assert_eq!(bases[0], &Base::Image(Image::read("python:3.13-slim")));
    assert_eq!(bases[1], &Base::Stage(0));
    assert_eq!(bases[2], &Base::Scratch);
    assert_eq!(bases[3], &Base::Unknown);
    assert_eq!(bases[4], &Base::Image(Image::read("debian")));
    assert_eq!(bases[5], &Base::Stage(1));
    let Base::Image(image) = bases[6] else { panic!() };
    assert_eq!(image.registry.as_deref(), Some("reg.io:5000"));
    assert_eq!((image.name.as_str(), image.short()), ("a/b", "b"));
    assert_eq!((image.tag.as_deref(), image.digest.as_deref()), (Some("1"), Some("sha256:ff")));
    assert_eq!(Dockerfile::stage_named(&stages, "BASE", 3), Some(0));
    assert_eq!(Dockerfile::stage_named(&stages, "2", 3), Some(2));
    assert_eq!(Dockerfile::stage_named(&stages, "3", 3), None);
    assert_eq!(Dockerfile::stage_named(&stages, "x", 3), None);
}

#[test]
fn expansion() {
    let lookup = |name: &str| match name {
        "A" => Some("1".to_owned()),
        "E" => Some(String::new()),
        _ => None,
    };
    let give = |text: &str| expand(text, '\\', &lookup);
    assert_eq!(give("x$A-${A}").as_deref(), Some("x1-1"));
    assert_eq!(give("${N:-d${A}} ${E:-d} ${E-d} ${A:+p} ${N:+p}").as_deref(), Some("d1 d  p "));
    assert_eq!(give(r#"'$A' "$A \" \x" \$A $"#).as_deref(), Some(r#"$A 1 " \x $A $"#));
    assert_eq!(give("$N"), None);
    assert_eq!(give("${A#1}"), None);
}
