//! Which component a scanner means.

use std::collections::BTreeMap;

use super::claims::Claim;
use crate::inventory::{Component, Ecosystem, Inventory};
use crate::purl::Purl;

/// The components of an inventory by their names, spelled loosely.
pub(super) struct Map<'a> {
    inventory: &'a Inventory,
    names: BTreeMap<String, Vec<usize>>,
}

impl<'a> Map<'a> {
    pub(super) fn of(inventory: &'a Inventory) -> Self {
        let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, component) in inventory.components.iter().enumerate() {
            names.entry(loose(&component.name)).or_default().push(place);
        }
        Self { inventory, names }
    }

    /// The components that a claim is about, at least one; or why there is none.
    pub(super) fn find(&self, claim: &Claim) -> Result<Vec<usize>, String> {
        let (kinds, name, version) = asked(claim);
        if name.is_empty() {
            return Err("it names no package".to_owned());
        }
        let own = self.names.get(&loose(&name)).map_or(&[][..], Vec::as_slice);
        // Scanners of images call a package of a distribution by its source and itself: openssl/libssl3.
        let last = name.rsplit('/').next().unwrap_or_default();
        let short = || self.names.get(&loose(last)).map_or(&[][..], Vec::as_slice);
        let of_kind = |places: &[usize]| -> Vec<usize> {
            let fits = |place: &&usize| {
                let kind = self.component(**place).ecosystem.purl_type();
                kinds.is_empty() || kinds.iter().any(|one| one == kind)
            };
            places.iter().filter(fits).copied().collect()
        };
        let mut places = of_kind(own);
        if places.is_empty() {
            let packaged = |place: &usize| distribution(self.component(*place).ecosystem);
            places = of_kind(short()).into_iter().filter(packaged).collect();
        }
        if places.is_empty() {
            return Err("the inventory has no component of that name".to_owned());
        }
        if !version.is_empty() {
            let has = |place: &usize| {
                self.component(*place).version.as_deref().is_some_and(|own| equal(own, &version))
            };
            let (right, wrong): (Vec<usize>, Vec<usize>) = places.into_iter().partition(has);
            if right.is_empty() {
                let known: Vec<&str> = wrong
                    .iter()
                    .map(|place| self.component(*place).version.as_deref().unwrap_or("no version"))
                    .take(4)
                    .collect();
                return Err(format!("the inventory has it in version {}", known.join(", ")));
            }
            places = right;
        }
        let here = |place: &usize| {
            self.component(*place).occurrences.iter().any(|one| below(&claim.file, &one.path))
        };
        let in_file: Vec<usize> = places.iter().filter(|place| here(place)).copied().collect();
        if !in_file.is_empty() {
            places = in_file;
        }
        let first = self.component(places[0]);
        let same = |place: &usize| {
            let other = self.component(*place);
            other.ecosystem == first.ecosystem && other.version == first.version
        };
        if !places.iter().all(same) {
            let purls: Vec<&str> =
                places.iter().map(|place| self.component(*place).purl.as_str()).take(4).collect();
            return Err(format!("more than one component can be meant: {}", purls.join(", ")));
        }
        Ok(places)
    }

    fn component(&self, place: usize) -> &Component {
        &self.inventory.components[place]
    }
}

/// What a claim says of the package: its package URL where it has one that can be read, its words otherwise.
fn asked(claim: &Claim) -> (Vec<String>, String, String) {
    let Ok(purl) = Purl::lenient(&claim.purl) else {
        return (claim.kinds.clone(), claim.name.clone(), claim.version.clone());
    };
    let version = purl.version.clone().unwrap_or_else(|| claim.version.clone());
    let name = match &purl.namespace {
        // The namespace of a distribution's package is the distribution.
        Some(space) if !distribution(Ecosystem::of_purl_type(&purl.kind)) => {
            format!("{space}/{}", purl.name)
        }
        _ => purl.name.clone(),
    };
    (vec![purl.kind], name, version)
}

const fn distribution(ecosystem: Ecosystem) -> bool {
    matches!(ecosystem, Ecosystem::Deb | Ecosystem::Apk | Ecosystem::Rpm)
}

/// A name without what registries and scanners spell differently.
fn loose(name: &str) -> String {
    name.to_lowercase().replace(['_', '.'], "-").replace(':', "/")
}

/// Whether two versions are one, of which one may have a `v` before it or lack its epoch.
fn equal(own: &str, asked: &str) -> bool {
    let plain = |text: &str| text.strip_prefix('v').unwrap_or(text).to_owned();
    let epoch = |long: &str, short: &str| {
        long.split_once(':').is_some_and(|(epoch, rest)| {
            rest == short && epoch.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    plain(own) == plain(asked) || epoch(own, asked) || epoch(asked, own)
}

/// Whether a scanner's name of a file is that of this one, perhaps with a folder above.
fn below(shown: &str, path: &str) -> bool {
    let shown = shown.strip_suffix(path);
    !path.is_empty() && shown.is_some_and(|above| above.is_empty() || above.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_files_are_those_that_are_meant() {
        assert!(equal("v1.2.0", "1.2.0") && equal("1:2.0-1", "2.0-1") && equal("1.0", "1.0"));
        assert!(!equal("1.2.0", "1.2") && !equal("a:1", "1"));
        assert!(below("/src/app/uv.lock", "uv.lock") && below("uv.lock", "uv.lock"));
        assert!(!below("/src/my-uv.lock", "uv.lock") && !below("uv.lock", ""));
        assert_eq!(loose("org.Apache_x:Y"), "org-apache-x/y");
    }
}
