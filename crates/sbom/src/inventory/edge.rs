//! A dependency, and on what terms.

use serde::Serialize;

/// One component depends on another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Edge {
    /// Index of the component that depends.
    pub from: usize,
    /// Index of the component it depends on.
    pub to: usize,
    /// On what terms.
    pub scope: Scope,
    /// The condition under which it holds, in the words of its ecosystem.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The extras of the other that are asked for, as in `uvicorn[standard]`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<String>,
}

/// On what terms a component depends on another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Always. A lock file that does not tell scopes apart gives only this one.
    Runtime,
    /// The one that uses it brings it along.
    Peer,
    /// Where it can be installed.
    Optional,
    /// When this extra is asked for.
    Extra(String),
    /// To work on the component itself, in this group.
    Dev(String),
}

impl Scope {
    /// The scope as words: `extra web`.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Runtime => "runtime".to_owned(),
            Self::Peer => "peer".to_owned(),
            Self::Optional => "optional".to_owned(),
            Self::Extra(name) => format!("extra {name}"),
            Self::Dev(name) => format!("dev {name}"),
        }
    }
}
