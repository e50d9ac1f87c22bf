//! What a project allows its modules to import, as data.

use serde::Deserialize;

use super::import::Kind;

/// One rule about imports: exactly one of `layers`, `forbidden`, `independent`, `acyclic` and
/// `protected`, and what limits it.
///
/// A module is named as its language does: `app.core`, `src/core` (a folder, or a file without its
/// ending), `my_crate::core`; it stands for everything below it too. `python:`, `script:` or
/// `rust:` before a name decides when it could be two. `*` stands for one part of a name, `**` for
/// one or more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contract {
    /// From the highest to the lowest: a layer may import those below it, never those above, not
    /// even through others. `a | b` are siblings that may not import each other, `a : b` ones that
    /// may (with blanks around the colon); one in parentheses need not be there.
    pub layers: Vec<String>,
    /// Where the layers are, each with layers of its own; their names are then relative to it.
    pub containers: Vec<String>,
    /// What may not import what, not even through others.
    pub forbidden: Option<Forbidden>,
    /// Modules none of which imports another, not even through others.
    pub independent: Vec<String>,
    /// Packages whose parts do not import each other in a circle, at any depth.
    pub acyclic: Vec<String>,
    /// What only some may import.
    pub protected: Option<Protected>,
    /// `importer -> imported` pairs that do not count; with `*` and `**`.
    pub ignore_imports: Vec<String>,
    /// Kinds of imports that do not count.
    pub without: Vec<Kind>,
    /// Of `forbidden`: only what is imported directly counts.
    pub direct: bool,
    /// Of `acyclic`: how many generations below the packages are looked at; all without it.
    pub depth: Option<u32>,
}

/// What may not import what. A module in parentheses need not be there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Forbidden {
    /// The importers.
    pub from: Vec<String>,
    /// Modules of the repository that they may not import.
    pub to: Vec<String>,
    /// Packages of others that they may not import; that nobody does is what is wanted. Of Rust's own library its parts
    /// can be named too, such as `std::process`.
    pub outside: Vec<String>,
}

/// What only some may import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Protected {
    /// The modules that are protected.
    pub modules: Vec<String>,
    /// Who may import them, beside their own parts.
    pub importers: Vec<String>,
}

/// Why a contract says nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    /// None of the five, or more than one.
    #[error("say exactly one of layers, forbidden, independent, acyclic and protected")]
    Kinds,
    /// A limit without what it limits.
    #[error("`{0}` belongs to `{1}`")]
    Alone(&'static str, &'static str),
    /// Too few names for anything to be forbidden.
    #[error("`{0}` needs {1}")]
    Few(&'static str, &'static str),
    /// A pair without its arrow.
    #[error("\"{0}\" in ignore_imports is not of the form \"importer -> imported\"")]
    Arrow(String),
    /// Two kinds of siblings in one layer.
    #[error("layer \"{0}\" mixes | and :")]
    Mixed(String),
    /// A name that is none.
    #[error("\"{0}\" is not the name of a module")]
    Name(String),
}

/// One of the five.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Layers,
    Forbidden,
    Independent,
    Acyclic,
    Protected,
}

impl Contract {
    /// Whether it says something that can be checked, whatever the modules are.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn validate(&self) -> Result<(), ContractError> {
        let sort = self.sort()?;
        let only = |set: bool, key, of: Sort, name| {
            if set && sort != of { Err(ContractError::Alone(key, name)) } else { Ok(()) }
        };
        only(!self.containers.is_empty(), "containers", Sort::Layers, "layers")?;
        only(self.direct, "direct", Sort::Forbidden, "forbidden")?;
        only(self.depth.is_some(), "depth", Sort::Acyclic, "acyclic")?;
        for layer in &self.layers {
            items(layer)?;
        }
        for pair in &self.ignore_imports {
            arrow(pair)?;
        }
        let few = match sort {
            Sort::Layers => self.layers.len() < 2 && !self.layers.iter().any(|l| l.contains('|')),
            Sort::Independent => {
                self.independent.len() < 2 && !self.independent.iter().any(|m| m.contains('*'))
            }
            Sort::Acyclic => false,
            Sort::Forbidden => self.forbidden.as_ref().is_none_or(|forbidden| {
                forbidden.from.is_empty() || forbidden.to.is_empty() && forbidden.outside.is_empty()
            }),
            Sort::Protected => self.protected.as_ref().is_none_or(|p| p.modules.is_empty()),
        };
        match sort {
            _ if !few => Ok(()),
            Sort::Layers => Err(ContractError::Few("layers", "two layers")),
            Sort::Independent => Err(ContractError::Few("independent", "two modules")),
            Sort::Protected => Err(ContractError::Few("protected", "`modules`")),
            _ => Err(ContractError::Few("forbidden", "`from`, and `to` or `outside`")),
        }
    }

    pub(super) fn sort(&self) -> Result<Sort, ContractError> {
        let sorts = [
            (!self.layers.is_empty(), Sort::Layers),
            (self.forbidden.is_some(), Sort::Forbidden),
            (!self.independent.is_empty(), Sort::Independent),
            (!self.acyclic.is_empty(), Sort::Acyclic),
            (self.protected.is_some(), Sort::Protected),
        ];
        let mut said = sorts.iter().filter(|(said, _)| *said);
        match (said.next(), said.next()) {
            (Some((_, sort)), None) => Ok(*sort),
            _ => Err(ContractError::Kinds),
        }
    }
}

/// One module of a layer, and whether it need not be there.
pub(super) type Item<'l> = (&'l str, bool);

/// The modules of a layer, and whether they may not import each other.
pub(super) fn items(layer: &str) -> Result<(Vec<Item<'_>>, bool), ContractError> {
    let mut whole = layer.trim();
    let inner = whole.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let all = inner.filter(|inner| !inner.contains(['(', ')']));
    whole = all.unwrap_or(whole);
    let (bars, colons) = (whole.contains('|'), whole.contains(" : "));
    if bars && colons {
        return Err(ContractError::Mixed(layer.to_owned()));
    }
    let parts: Vec<&str> =
        if colons { whole.split(" : ").collect() } else { whole.split('|').collect() };
    let mut items = Vec::new();
    for part in parts {
        let name = part.trim();
        let inner = name.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let name = inner.unwrap_or(name).trim();
        if name.is_empty() || name.contains(['*', '(', ')', ' ']) {
            return Err(ContractError::Name(part.trim().to_owned()));
        }
        items.push((name, inner.is_some() || all.is_some()));
    }
    Ok((items, bars))
}

/// The two sides of an ignored import.
pub(super) fn arrow(pair: &str) -> Result<(&str, &str), ContractError> {
    let sides = pair.split_once("->").map(|(from, to)| (from.trim(), to.trim()));
    let good = |side: &str| !side.is_empty() && !side.contains(char::is_whitespace);
    sides
        .filter(|(from, to)| good(from) && good(to))
        .ok_or_else(|| ContractError::Arrow(pair.to_owned()))
}
