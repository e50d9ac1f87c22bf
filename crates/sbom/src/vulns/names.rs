//! What OSV calls the ecosystem and the name of a component.

use crate::inventory::{Component, Ecosystem, Origin};
use crate::purl::{Purl, pypi_name};

/// The name under which the index holds a package.
pub(super) fn key(ecosystem: &str, name: &str) -> String {
    let base = ecosystem.split(':').next().unwrap_or(ecosystem);
    let name = match base {
        "PyPI" => pypi_name(name),
        "NuGet" | "Packagist" | "GitHub Actions" => name.to_lowercase(),
        _ => name.to_owned(),
    };
    format!("{ecosystem}\t{name}")
}

/// What OSV calls a component: its ecosystem and its name; or why it has no name there.
pub(super) fn of(component: &Component) -> Result<(String, String), &'static str> {
    if let Origin::Local(_) = component.origin {
        return Err("part of the project");
    }
    if component.version.is_none() {
        return Err("no version");
    }
    let plain = |ecosystem: &str| Ok((ecosystem.to_owned(), component.name.clone()));
    match component.ecosystem {
        Ecosystem::Cargo => plain("crates.io"),
        Ecosystem::Npm => plain("npm"),
        Ecosystem::Pypi => plain("PyPI"),
        Ecosystem::Gem => plain("RubyGems"),
        Ecosystem::Nuget => plain("NuGet"),
        Ecosystem::Golang => plain("Go"),
        Ecosystem::Composer => plain("Packagist"),
        Ecosystem::Github => plain("GitHub Actions"),
        Ecosystem::Maven => Ok(("Maven".to_owned(), component.name.replacen('/', ":", 1))),
        Ecosystem::Deb | Ecosystem::Apk => distribution(component),
        _ => Err("no database of this ecosystem is known"),
    }
}

/// Advisories of distributions are about sources, and about one release.
fn distribution(component: &Component) -> Result<(String, String), &'static str> {
    let purl = Purl::lenient(&component.purl).map_err(|_| "its package URL is none")?;
    let source = purl.qualifiers.get("upstream").map(|text| {
        // The version of the source stands behind it where it is another one.
        text.split_once('@').map_or(text.as_str(), |(name, _)| name).to_owned()
    });
    let release = purl.qualifiers.get("distro").and_then(|text| text.rsplit_once('-'));
    let release = release.map(|(_, release)| release).ok_or("its release is not known")?;
    let ecosystem = match purl.namespace.as_deref() {
        Some("debian") => format!("Debian:{}", release.split('.').next().unwrap_or(release)),
        Some("ubuntu") => format!("Ubuntu:{release}"),
        Some("alpine") => {
            let mut parts = release.splitn(3, '.');
            let (major, minor) =
                (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            format!("Alpine:v{major}.{minor}")
        }
        _ => return Err("no database of this distribution is known"),
    };
    Ok((ecosystem, source.unwrap_or_else(|| component.name.clone())))
}
