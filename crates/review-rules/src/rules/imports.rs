//! The rules about who may import whom, applied to what a change causes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Rule, RuleKind, RuleSet};
use crate::arch::{Config, Contract, Graph, Language, caused, check};
use crate::change::{Change, RepoPath};
use crate::{Finding, Looked, Missed, Tree};

impl RuleSet {
    /// The files that are read to judge imports, of these; none when no rule is about imports.
    #[must_use]
    pub fn sources(&self, mut paths: Vec<RepoPath>) -> Vec<RepoPath> {
        let contracts = self.rules.iter().any(|rule| matches!(rule.kind, RuleKind::Imports(_)));
        let tells = |path: &RepoPath| matches!(path.extension(), Some("json" | "toml"));
        paths.retain(|path| contracts && (Language::of(path).is_some() || tells(path)));
        paths
    }

    /// Judges the imports that a change causes, also in files that it did not touch; nothing when no rule is about
    /// imports.
    #[must_use]
    pub fn imports(
        &self,
        change: &Change,
        head: &dyn Tree,
        base: &dyn Tree,
    ) -> Option<(Vec<Finding>, Looked)> {
        let contracts: Vec<(&Rule, &Contract)> = self
            .rules
            .iter()
            .filter_map(|rule| match &rule.kind {
                RuleKind::Imports(contract) => Some((rule, &**contract)),
                _ => None,
            })
            .collect();
        if contracts.is_empty() {
            return None;
        }
        let changed: BTreeSet<RepoPath> = change
            .files
            .iter()
            .flat_map(|file| file.old_path.iter().chain([&file.path]).cloned())
            .collect();
        let graphs = Graph::read(head, &Config::default())
            .and_then(|head| Ok((head.of_other(base, &changed)?, head)));
        let (before, after) = match graphs {
            Ok(graphs) => graphs,
            Err(error) => return Some((Vec::new(), Looked::no(error.to_string()))),
        };
        let (mut findings, mut missed, mut most) = (Vec::new(), Vec::new(), (0, 0));
        for (rule, contract) in contracts {
            let verdict = match caused(&before, &after, contract) {
                Ok(verdict) => verdict,
                Err(error) => {
                    missed.push(Missed::new(&*rule.id, error.to_string()));
                    continue;
                }
            };
            match verdict.looked {
                Looked::Yes { files, lines } => most = most.max((files, lines)),
                Looked::Partly { files, lines, missed: more } => {
                    most = most.max((files, lines));
                    missed.extend(more);
                }
                Looked::No { why } => missed.push(Missed::new(&*rule.id, why)),
            }
            for violation in verdict.violations {
                let message = format!("{}: {}", rule.message(), violation.message());
                let mut finding =
                    Finding { message: message.clone(), ..rule.finding() }.about(message);
                if let Some(link) = violation.at() {
                    finding = finding.at(&link.path, Some(link.line));
                }
                finding.origin = "arch".into();
                findings.push(finding);
            }
        }
        Some((findings, Looked::at(most.0, most.1, missed)))
    }
}

/// Whether files, given as path and content, break a contract.
pub(super) fn broken(
    contract: &Contract,
    files: &BTreeMap<String, String>,
) -> Result<bool, String> {
    let tree: BTreeMap<RepoPath, Vec<u8>> = files
        .iter()
        .map(|(path, text)| (RepoPath::from(&**path), text.clone().into_bytes()))
        .collect();
    let graph = Graph::read(&tree, &Config::default()).map_err(|error| error.to_string())?;
    let verdict = check(&graph, contract).map_err(|error| error.to_string())?;
    match verdict.looked {
        Looked::No { why } => Err(why),
        _ => Ok(!verdict.violations.is_empty()),
    }
}
