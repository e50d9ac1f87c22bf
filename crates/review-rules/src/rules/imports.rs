//! The rules about who may import whom, applied to what a change causes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Rule, RuleKind, RuleSet};
use crate::arch::{
    Config, Contract, ContractError, Graph, Language, Verdict, Violation, caused, check,
};
use crate::change::{Change, RepoPath};
use crate::{Finding, Level, Looked, Missed, Tree};

/// Of the modules that share a chain so many are named.
const SHOWN: usize = 3;

impl RuleSet {
    /// The files beside the change that the rules read, of these: sources for those about imports, and the files in
    /// which names have to stand.
    #[must_use]
    pub fn sources(&self, mut paths: Vec<RepoPath>) -> Vec<RepoPath> {
        let contracts = self.rules.iter().any(|rule| matches!(rule.kind, RuleKind::Imports(_)));
        let tells = |path: &RepoPath| matches!(path.extension(), Some("json" | "toml"));
        let named = |path: &RepoPath| {
            let path = path.to_string();
            self.rules
                .iter()
                .any(|rule| matches!(&rule.kind, RuleKind::Text(text) if text.named_in(&path)))
        };
        paths.retain(|path| {
            contracts && (Language::of(path).is_some() || tells(path)) || named(path)
        });
        paths
    }

    /// Judges the imports that a change causes, also in files that it did not touch; nothing when no rule is about
    /// imports. The files that were looked at are those of the whole graph, the lines those that are new in them.
    #[must_use]
    pub fn imports(
        &self,
        change: &Change,
        head: &dyn Tree,
        base: &dyn Tree,
    ) -> Option<(Vec<Finding>, Looked)> {
        self.contracts().next()?;
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
        // What is ignored in vain is the tree's matter: no change has to mend it.
        let (findings, looked) = self.held(&|contract| {
            Ok(Verdict { unmatched: Vec::new(), ..caused(&before, &after, contract)? })
        });
        let sources = change.files.iter().filter(|file| Language::of(&file.path).is_some());
        let new = sources.map(|file| file.added.len()).sum();
        Some((findings, looked.with_lines(new)))
    }

    /// Judges all imports of a state; nothing when no rule is about imports.
    #[must_use]
    pub fn all_imports(&self, graph: &Graph) -> Option<(Vec<Finding>, Looked)> {
        self.contracts().next()?;
        Some(self.held(&|contract| check(graph, contract)))
    }

    fn contracts(&self) -> impl Iterator<Item = (&Rule, &Contract)> {
        self.rules.iter().filter_map(|rule| match &rule.kind {
            RuleKind::Imports(contract) => Some((rule, &**contract)),
            _ => None,
        })
    }

    fn held(
        &self,
        judge: &dyn Fn(&Contract) -> Result<Verdict, ContractError>,
    ) -> (Vec<Finding>, Looked) {
        let (mut findings, mut missed, mut most) = (Vec::new(), Vec::new(), (0, 0));
        for (rule, contract) in self.contracts() {
            let verdict = match judge(contract) {
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
            for pair in verdict.unmatched {
                let message = format!("{pair:?} in ignore_imports fits no import any more");
                let told = Finding { message, level: Level::Note, ..rule.finding() };
                findings.push(Finding { origin: "arch".into(), ..told });
            }
            for violation in verdict.violations {
                let what = format!("{}: {}", rule.message(), violation.message());
                let message = format!("{what}{}", others(&violation));
                let mut finding = Finding { message, ..rule.finding() }.about(what);
                if let Some(link) = violation.at() {
                    finding = finding.at(&link.path, Some(link.line));
                }
                finding.origin = "arch".into();
                findings.push(finding);
            }
        }
        (findings, Looked::at(most.0, most.1, missed))
    }
}

/// Who else starts the same chain, and where else it ends.
fn others(violation: &Violation) -> String {
    let told = |word: &str, names: Vec<&str>| match names.as_slice() {
        [] => String::new(),
        names if names.len() > SHOWN => {
            format!("; also {word} {} and {} more", names[..SHOWN].join(", "), names.len() - SHOWN)
        }
        names => format!("; also {word} {}", names.join(", ")),
    };
    let heads = violation.heads.iter().map(|link| &*link.importer).collect();
    let tails = violation.tails.iter().map(|link| &*link.imported).collect();
    told("from", heads) + &told("to", tails)
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
