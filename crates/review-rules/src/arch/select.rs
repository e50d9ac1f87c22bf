//! From the names in a contract to the modules that they stand for.

use std::collections::BTreeSet;

use super::graph::{Graph, Module};
use super::import::Language;

/// A module with all that is below it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Package {
    pub(super) language: Language,
    pub(super) name: String,
}

/// Why a name stands for nothing.
pub(super) type Nothing = String;

impl Language {
    /// What stands between the parts of a name.
    pub(super) fn separator(self) -> &'static str {
        match self {
            Self::Python => ".",
            Self::Script => "/",
            Self::Rust => "::",
        }
    }

    const ALL: [Self; 3] = [Self::Python, Self::Script, Self::Rust];

    /// The language that a name is said to be of, and the rest of it.
    fn said(name: &str) -> (Option<Self>, &str) {
        let known = [("python:", Self::Python), ("script:", Self::Script), ("rust:", Self::Rust)];
        let said = known.iter().find_map(|(prefix, language)| {
            let rest = name.strip_prefix(prefix).filter(|rest| !rest.starts_with(':'))?;
            Some((Some(*language), rest))
        });
        said.unwrap_or((None, name))
    }
}

/// The name of a module without the ending of a file.
fn stem(module: &Module) -> &str {
    if module.language != Language::Script {
        return &module.name;
    }
    // Of `a.test.ts` only `.ts` is an ending, of `a.d.ts` it is `.d.ts`.
    let name = module.name.strip_suffix(".d.ts").unwrap_or(&module.name);
    let dot = name
        .rfind('.')
        .filter(|dot| name.len() == module.name.len() && !name[*dot..].contains('/'));
    &name[..dot.unwrap_or(name.len())]
}

impl Package {
    pub(super) fn holds(&self, module: &Module) -> bool {
        let below = |rest: &str| rest.is_empty() || rest.starts_with(self.language.separator());
        module.language == self.language
            && (module.name.strip_prefix(self.name.as_str()).is_some_and(below)
                || stem(module) == self.name)
    }

    /// For each module of a graph whether it belongs.
    pub(super) fn members(&self, graph: &Graph) -> Vec<bool> {
        graph.modules.iter().map(|module| module.path.is_some() && self.holds(module)).collect()
    }

    pub(super) fn child(&self, name: &str) -> Self {
        let name = format!("{}{}{name}", self.name, self.language.separator());
        Self { language: self.language, name }
    }
}

/// The packages that a name, which may have wildcards, stands for; at least one.
pub(super) fn packages(graph: &Graph, name: &str) -> Result<Vec<Package>, Nothing> {
    let found = all(graph, name, true);
    let languages: BTreeSet<Language> = found.iter().map(|package| package.language).collect();
    match languages.len() {
        0 => Err(format!("there is no module \"{name}\"")),
        1 => Ok(found.into_iter().collect()),
        _ => Err(format!(
            "\"{name}\" could be of more than one language: write python:, script: or rust: before it"
        )),
    }
}

/// Whether a name stands for any package.
pub(super) fn is_there(graph: &Graph, name: &str) -> bool {
    !all(graph, name, true).is_empty()
}

/// The packages outside the repository that a name stands for, with their parts where they are told apart; there may be
/// none.
pub(super) fn outside(graph: &Graph, name: &str) -> Vec<bool> {
    let (language, name) = Language::said(name);
    let part = |module: &Module| {
        let rest = module.name.strip_prefix(name);
        module.language == Language::Rust && rest.is_some_and(|rest| rest.starts_with("::"))
    };
    let fits = |module: &Module| {
        module.path.is_none()
            && language.is_none_or(|l| l == module.language)
            && (module.name == name || part(module))
    };
    graph.modules.iter().map(fits).collect()
}

fn all(graph: &Graph, name: &str, inside: bool) -> BTreeSet<Package> {
    let (said, name) = Language::said(name);
    let mut found = BTreeSet::new();
    for language in Language::ALL.into_iter().filter(|l| said.is_none_or(|said| said == *l)) {
        let separator = language.separator();
        let wanted: Vec<&str> = name.trim_end_matches('/').split(separator).collect();
        let wild = wanted.iter().any(|part| part.starts_with('*'));
        let of =
            |module: &&Module| module.language == language && (module.path.is_some() == inside);
        for module in graph.modules.iter().filter(of) {
            let package = Package { language, name: wanted.join(separator) };
            if !wild {
                if package.holds(module) {
                    found.insert(package);
                    break;
                }
                continue;
            }
            let parts: Vec<&str> = stem(module).split(separator).collect();
            for length in 1..=parts.len() {
                if fits(&wanted, &parts[..length]) {
                    found.insert(Package { language, name: parts[..length].join(separator) });
                }
            }
        }
    }
    found
}

/// Whether parts fit a pattern in which `*` is one part and `**` one or more.
fn fits(pattern: &[&str], parts: &[&str]) -> bool {
    // Which beginnings of the pattern fit the parts so far.
    let mut fit = vec![false; pattern.len() + 1];
    fit[0] = true;
    for part in parts {
        for at in (0..pattern.len()).rev() {
            let taken = fit[at] && (pattern[at] == *part || pattern[at].starts_with('*'));
            let longer = fit[at + 1] && pattern[at] == "**";
            fit[at + 1] = taken || longer;
        }
        fit[0] = false;
    }
    fit[pattern.len()]
}

/// One side of an ignored import.
pub(super) struct Side {
    language: Option<Language>,
    name: String,
}

impl Side {
    pub(super) fn new(name: &str) -> Self {
        let (language, name) = Language::said(name);
        Self { language, name: name.to_owned() }
    }

    pub(super) fn is(&self, module: &Module) -> bool {
        if self.language.is_some_and(|language| language != module.language) {
            return false;
        }
        if !self.name.contains('*') {
            return module.name == self.name || stem(module) == self.name;
        }
        let separator = module.language.separator();
        let wanted: Vec<&str> = self.name.split(separator).collect();
        fits(&wanted, &stem(module).split(separator).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_whole_parts() {
        let fits = |pattern: &str, name: &str| {
            fits(&pattern.split('.').collect::<Vec<_>>(), &name.split('.').collect::<Vec<_>>())
        };
        assert!(fits("a.*", "a.b") && !fits("a.*", "a.b.c") && !fits("a.*", "a"));
        assert!(fits("a.*.c", "a.b.c") && !fits("a.*.c", "a.b.b.c"));
        assert!(fits("a.**", "a.b.c") && fits("a.**", "a.b") && !fits("a.**", "a"));
        assert!(fits("a.**.q", "a.b.q") && fits("a.**.q", "a.b.c.q") && !fits("a.**.q", "a.q"));
        assert!(fits("**", "a.b") && fits("*", "a") && !fits("*", "a.b"));
    }
}
