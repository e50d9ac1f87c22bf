//! Whose names and versions those of a component are.

use serde::Serialize;

use crate::versions::Scheme;

/// Whose names and versions these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Ecosystem {
    /// Packages of apk: Alpine, Wolfi.
    Apk,
    /// crates.io and its like.
    Cargo,
    /// packagist.org and its like.
    Composer,
    /// Packages of dpkg: Debian, Ubuntu.
    Deb,
    /// rubygems.org and its like.
    Gem,
    /// Repositories of GitHub that are used as they are, such as actions.
    Github,
    /// Modules of Go.
    Golang,
    /// Maven Central and its like.
    Maven,
    /// npmjs.com and its like.
    Npm,
    /// nuget.org and its like.
    Nuget,
    /// Images of containers.
    Oci,
    /// pypi.org and its like.
    Pypi,
    /// Packages of rpm.
    Rpm,
    /// Anything else, by the type of its package URL alone.
    Generic,
}

impl Ecosystem {
    /// The type of its package URLs.
    pub const fn purl_type(self) -> &'static str {
        match self {
            Self::Apk => "apk",
            Self::Cargo => "cargo",
            Self::Composer => "composer",
            Self::Deb => "deb",
            Self::Gem => "gem",
            Self::Github => "github",
            Self::Golang => "golang",
            Self::Maven => "maven",
            Self::Npm => "npm",
            Self::Nuget => "nuget",
            Self::Oci => "oci",
            Self::Pypi => "pypi",
            Self::Rpm => "rpm",
            Self::Generic => "generic",
        }
    }

    /// The ecosystem of a type of package URLs; one that is not known is generic.
    pub fn of_purl_type(kind: &str) -> Self {
        const ALL: [Ecosystem; 13] = [
            Ecosystem::Apk,
            Ecosystem::Cargo,
            Ecosystem::Composer,
            Ecosystem::Deb,
            Ecosystem::Gem,
            Ecosystem::Github,
            Ecosystem::Golang,
            Ecosystem::Maven,
            Ecosystem::Npm,
            Ecosystem::Nuget,
            Ecosystem::Oci,
            Ecosystem::Pypi,
            Ecosystem::Rpm,
        ];
        ALL.into_iter().find(|one| one.purl_type() == kind).unwrap_or(Self::Generic)
    }

    /// How its versions are ordered, if they are.
    pub fn versions(self) -> Option<Scheme> {
        Scheme::of_purl_type(self.purl_type())
    }
}
