//! Pictures that should show a change and are the same file.

use std::collections::BTreeMap;

use super::{Evidence, Fault, FaultKind};
use crate::{Settings, Taken, series};

/// Every picture of a series that is equal to an earlier one, whatever stands between them.
pub(super) fn faults(pictures: &[Evidence], settings: &Settings) -> Vec<Fault> {
    let hashes: BTreeMap<&str, &str> =
        pictures.iter().map(|p| (p.path.as_str(), p.hash.as_str())).collect();
    let mut faults = Vec::new();
    for one in series(hashes.keys().copied(), settings) {
        for (at, later) in one.pictures.iter().enumerate() {
            let same =
                |earlier: &&Taken| hashes[earlier.path.as_str()] == hashes[later.path.as_str()];
            if let Some(earlier) = one.pictures[..at].iter().find(same) {
                faults.push(Fault {
                    path: later.path.clone(),
                    line: None,
                    kind: FaultKind::SamePair,
                    message: format!(
                        "{} shows no change: it is the same picture as {}",
                        name(later),
                        name(earlier)
                    ),
                });
            }
        }
    }
    faults
}

fn name(taken: &Taken) -> &str {
    taken.path.rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pictures: &[(&str, &str)], settings: &Settings) -> Vec<String> {
        let pictures: Vec<Evidence> = pictures
            .iter()
            .map(|(path, hash)| Evidence {
                path: (*path).into(),
                hash: (*hash).into(),
                blank: false,
            })
            .collect();
        faults(&pictures, settings)
            .into_iter()
            .map(|f| format!("{}: {}", f.path, f.message))
            .collect()
    }

    #[test]
    fn equal_pictures_of_one_screen_are_no_evidence() {
        let pictures = [
            ("p/job-before.png", "1"),
            ("p/job-fixed.png", "1"),
            ("p/job.png", "2"),
            ("p/nav-fixed.png", "3"),
            ("p/nav.png", "3"),
            ("p/other.png", "3"),
            ("q/job.png", "1"),
        ];
        assert_eq!(
            told(&pictures, &Settings::default()),
            [
                "p/job-fixed.png: job-fixed.png shows no change: it is the same picture as job-before.png",
                "p/nav-fixed.png: nav-fixed.png shows no change: it is the same picture as nav.png",
            ]
        );
        let own = Settings(vec!["-x".into(), String::new()]);
        assert!(told(&pictures, &own).is_empty());
    }
}
