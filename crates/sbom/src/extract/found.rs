//! A file that an extractor is to read, what lies around it, and the components made of it.

use crate::Error;
use crate::inventory::{
    Artifact, Component, Draft, Ecosystem, Kind, Need, Occurrence, Origin, Warning,
};
use crate::purl::{Parts, purl, pypi_name};
use crate::text::addresses;
use crate::tree::Tree;

/// A file that an extractor is to read.
pub(super) struct Found<'a> {
    pub(super) tree: &'a dyn Tree,
    /// All paths of the tree, sorted.
    pub(super) paths: &'a [String],
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) limit: u64,
}

/// What a file says of a component beside its name.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) version: Option<String>,
    pub(super) origin: Origin,
    /// What the purl says more: whose packages these are, and for what they are built.
    pub(super) namespace: Option<String>,
    pub(super) qualifiers: Vec<(&'static str, String)>,
    pub(super) subpath: Option<String>,
    /// How it is needed, where the file says so and has no edges that do.
    pub(super) need: Option<Need>,
    pub(super) licences: Vec<String>,
    pub(super) supplier: Option<String>,
    pub(super) artifacts: Vec<Artifact>,
    pub(super) line: u32,
}

impl<'a> Found<'a> {
    /// The file is not what its name says.
    pub(super) fn fault(&self, line: Option<u32>, reason: impl Into<String>) -> Error {
        Error::file(self.path, line, reason)
    }

    /// The folder it lies in.
    pub(super) fn folder(&self) -> &'a str {
        addresses::folder(self.path)
    }

    /// The text of a file beside it or below it, if there is one.
    pub(super) fn beside(&self, path: &str) -> Result<Option<(String, String)>, Error> {
        let Some(path) = addresses::walk(self.folder(), path) else {
            return Ok(None);
        };
        match self.tree.read(&path, self.limit)? {
            Some(bytes) => Ok(Some((text_of(&path, bytes)?, path))),
            None => Ok(None),
        }
    }

    /// The text of a file of the tree, with other bytes than text replaced.
    pub(super) fn lossy(&self, path: &str) -> Result<Option<String>, Error> {
        let bytes = self.tree.read(path, self.limit)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The files of the tree whose paths begin so.
    pub(super) fn below(&self, prefix: &str) -> &'a [String] {
        let begin = self.paths.partition_point(|path| path.as_str() < prefix);
        let rest = &self.paths[begin..];
        &rest[..rest.partition_point(|path| path.starts_with(prefix))]
    }

    /// A folder of the tree, named from where the file lies; a folder above the tree keeps its words.
    pub(super) fn local(&self, path: &str) -> Origin {
        let walked = addresses::walk(self.folder(), path);
        Origin::Local(walked.unwrap_or_else(|| path.to_owned()))
    }

    pub(super) fn warning(
        &self,
        line: Option<u32>,
        rule: &'static str,
        message: String,
    ) -> Warning {
        Warning { path: self.path.to_owned(), line, rule, message }
    }

    /// Warns when the project's own file gives it another version than the lock.
    pub(super) fn compare(
        &self,
        draft: &mut Draft,
        (name, locked, line): (&str, Option<&str>, u32),
        (manifest, now): (&str, Option<&str>),
    ) {
        if let (Some(locked), Some(now)) = (locked, now)
            && locked != now
        {
            let message =
                format!("is stale: it has {name} {locked}, and {manifest} says {now}; lock again");
            draft.warn(self.warning(Some(line), "lock.stale", message));
        }
    }

    /// A component found in this file.
    pub(super) fn component(&self, ecosystem: Ecosystem, name: &str, facts: Facts) -> Component {
        let name = match ecosystem {
            Ecosystem::Pypi => pypi_name(name),
            _ => name.to_owned(),
        };
        let parts = Parts {
            namespace: facts.namespace.as_deref(),
            version: facts.version.as_deref(),
            qualifiers: facts.qualifiers,
            subpath: facts.subpath.as_deref(),
        };
        let purl = purl(ecosystem, &name, &facts.origin, parts);
        let (kind, reference) = match &facts.origin {
            // Two folders may hold projects of one name, and a registry a third.
            Origin::Local(path) => (Kind::Application, format!("{purl}#{path}")),
            _ if ecosystem == Ecosystem::Oci => (Kind::Container, purl.clone()),
            _ => (Kind::Library, purl.clone()),
        };
        Component {
            reference,
            kind,
            ecosystem,
            name,
            version: facts.version,
            purl,
            origin: facts.origin,
            need: facts.need,
            licences: facts.licences,
            texts: Vec::new(),
            supplier: facts.supplier,
            artifacts: facts.artifacts,
            occurrences: vec![place(self.path, facts.line)],
        }
    }
}

/// A place in a file.
pub(super) fn place(path: &str, line: u32) -> Occurrence {
    Occurrence { path: path.to_owned(), line: line.max(1), layer: None }
}

/// Whether a file of that name lies beside another.
pub(super) fn is_beside(paths: &[String], path: &str, name: &str) -> bool {
    let folder = addresses::folder(path);
    let beside = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    paths.binary_search(&beside).is_ok()
}

/// The text of a file, without a byte order mark.
pub(super) fn text_of(path: &str, bytes: Vec<u8>) -> Result<String, Error> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
        Error::file(path, u32::try_from(line).ok(), "is not UTF-8")
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}
