//! Which of two versions is the newer one, as each ecosystem orders its own.
//!
//! The orders are those that osv-scalibr records for twelve ecosystems. Debian's is the crate `deb-version`,
//! Python's is `pep440_rs` with the old order of setuptools behind it for versions that PEP 440 refuses; the
//! others are ours, because no crate gives the recorded orders (`semver` refuses what npm, Go and OSV write).

mod alpine;
mod digits;
mod dotted;
mod maven;
mod nuget;
mod packagist;
mod pypi;
mod rpm;
mod rubygems;
mod semver;

use std::cmp::Ordering;

use serde::Serialize;

/// An order of versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// apk: Alpine, Wolfi, Chainguard.
    Alpine,
    /// CRAN.
    Cran,
    /// dpkg: Debian, Ubuntu.
    Debian,
    /// Hackage.
    Hackage,
    /// Maven.
    Maven,
    /// NuGet.
    Nuget,
    /// Composer.
    Packagist,
    /// Dart's, in which what is behind `+` counts.
    Pub,
    /// PEP 440, and before all of it what PEP 440 refuses.
    Pypi,
    /// rpm: Red Hat, Fedora, SUSE and those made of them.
    Rpm,
    /// `RubyGems`.
    Rubygems,
    /// Semantic versions, with or without `v`: cargo, npm, Go, Hex, Swift.
    Semver,
}

/// A text that is no version of a scheme.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{version:?} is no version that {scheme:?} orders")]
pub struct NotComparable {
    /// The scheme.
    pub scheme: Scheme,
    /// The text, cut when it is long.
    pub version: String,
}

/// A longer text is no version.
const LONGEST: usize = 4096;

impl Scheme {
    /// The scheme of a type of package URL: `deb`, `pypi`, `golang`.
    pub fn of_purl_type(kind: &str) -> Option<Self> {
        Some(match kind {
            "apk" | "alpm" => Self::Alpine,
            "cran" => Self::Cran,
            "deb" => Self::Debian,
            "hackage" => Self::Hackage,
            "maven" => Self::Maven,
            "nuget" => Self::Nuget,
            "composer" => Self::Packagist,
            "pub" => Self::Pub,
            "pypi" => Self::Pypi,
            "rpm" => Self::Rpm,
            "gem" => Self::Rubygems,
            "cargo" | "npm" | "golang" | "hex" | "swift" | "github" | "githubactions" => {
                Self::Semver
            }
            _ => return None,
        })
    }

    /// The scheme of an ecosystem as OSV names it, with or without a release: `Debian:12`, `PyPI`.
    pub fn of_osv(ecosystem: &str) -> Option<Self> {
        Some(match ecosystem.split(':').next().unwrap_or(ecosystem) {
            "Alpine"
            | "Wolfi"
            | "Chainguard"
            | "MinimOS"
            | "Alpaquita"
            | "BellSoft Hardened Containers" => Self::Alpine,
            "CRAN" => Self::Cran,
            "Debian" | "Ubuntu" | "Echo" => Self::Debian,
            "Hackage" | "GHC" => Self::Hackage,
            "Maven" => Self::Maven,
            "NuGet" => Self::Nuget,
            "Packagist" => Self::Packagist,
            "Pub" => Self::Pub,
            "PyPI" => Self::Pypi,
            "Red Hat" | "Rocky Linux" | "AlmaLinux" | "SUSE" | "openSUSE" | "Mageia"
            | "openEuler" | "Photon OS" | "Azure Linux" => Self::Rpm,
            "RubyGems" => Self::Rubygems,
            "crates.io" | "npm" | "Go" | "Hex" | "SwiftURL" | "GitHub Actions" | "Bitnami"
            | "Julia" => Self::Semver,
            _ => return None,
        })
    }
}

/// Which of two versions is the newer one.
///
/// The recorded orders are not transitive everywhere (Composer holds `1.#` equal to `1` and to `1.5`): sort with
/// [`sort`], which bears that.
///
/// # Errors
/// When one of them is no version of the scheme.
pub fn compare(scheme: Scheme, a: &str, b: &str) -> Result<Ordering, NotComparable> {
    for version in [a, b] {
        if version.is_empty() || version.len() > LONGEST || version.bytes().any(|b| b < b' ') {
            return Err(refused(scheme, version));
        }
    }
    match scheme {
        Scheme::Alpine => Ok(alpine::compare(a, b)),
        Scheme::Cran | Scheme::Hackage => dotted::compare(scheme, a, b),
        Scheme::Debian => debian(a, b),
        Scheme::Maven => Ok(maven::compare(a, b)),
        Scheme::Nuget => nuget::compare(a, b),
        Scheme::Packagist => Ok(packagist::compare(a, b)),
        Scheme::Pub | Scheme::Semver => semver::compare(scheme, a, b),
        Scheme::Pypi => Ok(pypi::compare(a, b)),
        Scheme::Rpm => Ok(rpm::compare(a, b)),
        Scheme::Rubygems => rubygems::compare(a, b),
    }
}

/// Sorts by version, the oldest first; equal ones keep their order.
///
/// # Errors
/// When one of them is no version of the scheme; the order of the items is then any.
pub fn sort<T>(
    scheme: Scheme,
    items: &mut [T],
    version: impl Fn(&T) -> &str,
) -> Result<(), NotComparable> {
    // The standard library's sort may panic when an order is not transitive; this one cannot.
    for end in 1..items.len() {
        let (mut low, mut high) = (0, end);
        while low < high {
            let middle = low.midpoint(high);
            match compare(scheme, version(&items[middle]), version(&items[end]))? {
                Ordering::Greater => high = middle,
                _ => low = middle + 1,
            }
        }
        items[low..=end].rotate_right(1);
    }
    Ok(())
}

fn refused(scheme: Scheme, version: &str) -> NotComparable {
    NotComparable { scheme, version: version.chars().take(80).collect() }
}

fn debian(a: &str, b: &str) -> Result<Ordering, NotComparable> {
    for version in [a, b] {
        // The crate takes every byte for a character.
        if !version.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(refused(Scheme::Debian, version));
        }
    }
    Ok(deb_version::compare_versions(a, b))
}
