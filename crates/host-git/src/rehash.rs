//! Whether objects are what their names say, where the object folders may have been written by somebody else.

use std::collections::BTreeSet;

use crate::look::look;
use crate::run::records;
use crate::scratch::Scratch;
use crate::{Error, Git, Oid};

impl Git {
    /// Hashes these commits, and the whole tree of each commit or tree in `whole`, anew; gives the names whose content
    /// is another one, sorted.
    ///
    /// Git believes the name of a loose object when it reads a file or a folder of a tree, so whoever can write into an
    /// object folder, or into one that alternates lead to, can put other bytes behind a name.
    ///
    /// # Errors
    /// When an object is missing or cannot be read at all.
    pub fn rehash(&self, commits: &[Oid], whole: &[Oid]) -> Result<Vec<Oid>, Error> {
        let mut names: BTreeSet<Oid> = commits.iter().cloned().collect();
        for tree in whole {
            let tree = self.tree_of(tree)?;
            let args = ["-r", "-t", "-z", "--full-tree", tree.as_str()];
            let output = self.run("ls-tree")?.args(args).ok()?;
            for record in records(&output) {
                let text = String::from_utf8_lossy(record);
                let mut parts = text.split(['\t', ' ']);
                // A submodule's commit is in another repository.
                if let (Some("blob" | "tree"), Some(name)) = (parts.nth(1), parts.next()) {
                    names.insert(Oid::parse(name)?);
                }
            }
            names.insert(tree);
        }
        // A pack holds the content; indexing it anew computes the names from it, as a fetch does.
        let scratch = Scratch::new(self)?;
        let list: String = names.iter().map(|name| format!("{name}\n")).collect();
        let output =
            self.run("pack-objects")?.arg("-q").arg(scratch.join("pack")).input(list).ok()?;
        let hash = String::from_utf8_lossy(output.trim_ascii()).into_owned();
        let (pack, index) = (scratch.join(&format!("pack-{hash}.pack")), scratch.join("anew.idx"));
        self.run("index-pack")?.arg("-o").arg(&index).arg(&pack).ok()?;
        let bytes = std::fs::read(&index).map_err(Error::io(&index))?;
        let shown =
            self.run("show-index")?.arg(format!("--object-format={}", self.object_format()));
        let shown = shown.input(bytes).ok()?;
        let real: BTreeSet<Oid> = String::from_utf8_lossy(&shown)
            .lines()
            .filter_map(|line| Oid::parse(line.split(' ').nth(1)?).ok())
            .collect();
        Ok(names.difference(&real).cloned().collect())
    }

    /// Whether the history or the objects of this clone may be cut: shallow, or a partial clone; it may also where
    /// that cannot be seen.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        let shallow = self.layout.common.join("shallow");
        let partial = crate::ini::last(&self.layout.settings, "extensions.partialclone").is_some();
        partial || look(&shallow).map_or(true, |found| found.is_some_and(|found| found.len() > 0))
    }
}
