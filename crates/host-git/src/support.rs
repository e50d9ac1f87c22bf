//! Saying early what we cannot do right: trees whose files are not what git stores.

use crate::{Error, Git, Oid};

/// A filter that a tree asks for; with our configuration it does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterUse {
    /// The `.gitattributes` file.
    pub path: Vec<u8>,
    /// Its line, from 1.
    pub line: usize,
    /// The filter's name.
    pub filter: String,
}

impl Git {
    /// Checks that the files of a tree or commit are what git stores; gives other filters it names.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for Git LFS and git-crypt, with the file and line that ask for it.
    pub fn check_supported(&self, tree: &Oid) -> Result<Vec<FilterUse>, Error> {
        let named = |path: &[u8]| path == b".gitattributes" || path.ends_with(b"/.gitattributes");
        let files: Vec<_> = self
            .ls_tree(tree, "")?
            .into_iter()
            .filter(|entry| named(&entry.path) && entry.size.is_some())
            .collect();
        let oids: Vec<&str> = files.iter().map(|entry| entry.oid.as_str()).collect();
        let mut uses = Vec::new();
        for (file, bytes) in files.iter().zip(self.cat(&oids)?) {
            let bytes = bytes.ok_or_else(|| self.missing(&file.oid))?;
            for (line, filter) in filters(&bytes) {
                uses.push(FilterUse { path: file.path.clone(), line, filter });
            }
        }
        match uses.iter().find(|used| matches!(used.filter.as_str(), "lfs" | "git-crypt")) {
            Some(used) => Err(refusal(used)),
            None => Ok(uses),
        }
    }
}

fn refusal(used: &FilterUse) -> Error {
    let (tool, advice) = match used.filter.as_str() {
        "lfs" => {
            ("Git LFS", "agents would see pointers instead of files; run `git lfs migrate export`")
        }
        _ => ("git-crypt", "agents would see encrypted bytes; work on a repository without it"),
    };
    let path = String::from_utf8_lossy(&used.path);
    Error::Unsupported {
        what: format!("{path}:{} uses {tool} (filter={})", used.line, used.filter),
        advice: advice.into(),
    }
}

/// The filters that attributes set, each with its line.
pub(crate) fn filters(bytes: &[u8]) -> Vec<(usize, String)> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    for (at, line) in
        text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#'))
    {
        for word in line.split_ascii_whitespace().skip(1) {
            if let Some(name) = word.strip_prefix("filter=") {
                found.push((at + 1, name.to_owned()));
            }
        }
    }
    found
}
