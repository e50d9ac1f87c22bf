//! What well-known images have in them; of all others nothing is claimed.

use leadforge_dockerfile_syntax::{Base, Image};

use crate::dockerfile::scene::Scene;

/// What is known of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Nothing at all.
    Scratch,
    /// Distroless without a shell.
    Distroless,
    /// Alpine, or an official image on it.
    Alpine,
    /// Debian or Ubuntu with little more than the base system.
    Slim,
    /// Debian with compilers, curl, git and Python: the full official images.
    Full,
}

/// Official images of languages: the name, and what each brings.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("python", &["python", "python3", "pip", "pip3"]),
    ("node", &["node", "npm", "npx", "yarn", "corepack"]),
    ("golang", &["go"]),
    ("rust", &["cargo", "rustc"]),
    ("ruby", &["ruby", "gem", "bundle"]),
    ("php", &["php"]),
    ("openjdk", &["java"]),
    ("eclipse-temurin", &["java"]),
];

/// What the image has that a stage stands on, and which words it brings.
pub(super) fn family(scene: &Scene<'_>, stage: usize) -> Option<(Family, &'static [&'static str])> {
    let last = scene.ancestry(stage).last().copied()?;
    match &scene.stages.get(last)?.base {
        Base::Scratch => Some((Family::Scratch, &[])),
        Base::Image(image) => of(image),
        Base::Stage(_) | Base::Unknown => None,
    }
}

fn of(image: &Image) -> Option<(Family, &'static [&'static str])> {
    let tag = image.tag.as_deref().unwrap_or_default();
    if image.registry.as_deref() == Some("gcr.io") && image.name.starts_with("distroless/") {
        return distroless(image, tag);
    }
    // Only Docker's own images are what their names say.
    let official = matches!(image.registry.as_deref(), None | Some("docker.io"))
        && (!image.name.contains('/') || image.name.starts_with("library/"));
    if !official {
        return None;
    }
    let alpine = tag.contains("alpine");
    match image.short() {
        "alpine" => Some((Family::Alpine, &[])),
        "debian" | "ubuntu" => Some((Family::Slim, &[])),
        name => {
            let (_, words) = LANGUAGES.iter().find(|(language, _)| *language == name)?;
            let family = match () {
                () if alpine => Family::Alpine,
                () if tag.contains("slim") => Family::Slim,
                // These stand on systems that changed over time.
                () if matches!(name, "openjdk" | "eclipse-temurin" | "php") => return None,
                () if tag.contains("windows") || tag.contains("nanoserver") => return None,
                () => Family::Full,
            };
            Some((family, words))
        }
    }
}

fn distroless(image: &Image, tag: &str) -> Option<(Family, &'static [&'static str])> {
    if tag.contains("debug") {
        return None;
    }
    let words: &[&str] = match image.short().split('-').next().unwrap_or_default() {
        "static" | "base" | "cc" => &[],
        "python3" => &["python", "python3"],
        "nodejs" | "nodejs20" | "nodejs22" | "nodejs24" => &["node"],
        "java" | "java17" | "java21" | "java25" => &["java"],
        _ => return None,
    };
    Some((Family::Distroless, words))
}

/// Whether a stage stands on an image of which we know that it sets neither a user nor a health check.
pub(super) fn is_plain(scene: &Scene<'_>, stage: usize) -> bool {
    const OTHERS: &[&str] = &[
        "nginx",
        "httpd",
        "buildpack-deps",
        "fedora",
        "centos",
        "amazonlinux",
        "rockylinux",
        "almalinux",
        "busybox",
        "archlinux",
        "gradle",
        "maven",
        "perl",
        "tomcat",
        "php",
        "openjdk",
        "eclipse-temurin",
        "caddy",
    ];
    let Some(last) = scene.ancestry(stage).last().copied() else { return false };
    match &scene.stages[last].base {
        Base::Scratch => true,
        Base::Image(image) => {
            let official = matches!(image.registry.as_deref(), None | Some("docker.io"))
                && (!image.name.contains('/') || image.name.starts_with("library/"));
            official && (of(image).is_some() || OTHERS.contains(&image.short()))
        }
        Base::Stage(_) | Base::Unknown => false,
    }
}

/// Whether an image installs with apt.
pub(super) fn is_debian(scene: &Scene<'_>, stage: usize) -> bool {
    matches!(family(scene, stage), Some((Family::Slim | Family::Full, _)))
}
