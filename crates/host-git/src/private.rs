//! A git directory for use inside a sandbox, where the host's own is invisible.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::path_from;
use crate::{Error, Git, Oid};

/// What a private git directory is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateGitDir {
    /// The folder to make it in, as the host sees it; absent or empty.
    pub dir: PathBuf,
    /// The folder with the checked-out files.
    pub tree: PathBuf,
    /// The commit that `tree` was checked out from.
    pub head: Oid,
    /// The branch to be on, without `refs/heads/`.
    pub branch: String,
    /// Name and e-mail for commits made inside.
    pub user: (String, String),
    /// An index that fits `tree`, to spare making one.
    pub index: Option<PathBuf>,
}

impl Git {
    /// The folders with this repository's objects: its own and its alternates, as absolute paths.
    ///
    /// A sandbox has to show all of them, at these paths, for a private git directory to work.
    ///
    /// # Errors
    /// When a list of alternates cannot be read.
    pub fn object_dirs(&self) -> Result<Vec<PathBuf>, Error> {
        let mut found = Vec::new();
        let mut next = vec![self.layout.common.join("objects")];
        while let Some(folder) = next.pop() {
            let Ok(folder) = folder.canonicalize() else { continue };
            if found.contains(&folder) {
                continue;
            }
            let list = folder.join("info/alternates");
            let text = match fs::read(&list) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
                other => other.map_err(Error::io(&list))?,
            };
            let lines = text.split(|&b| b == b'\n').filter(|l| !l.is_empty() && l[0] != b'#');
            next.extend(lines.map(|line| folder.join(path_from(line))));
            found.push(folder);
        }
        Ok(found)
    }

    /// Makes a git directory of its own for `tree`: a file `tree/.git` that says `gitdir: DIR` is
    /// all that is needed for `git status`, `diff`, `log` and `commit` to work there.
    ///
    /// Objects are read from the host's object folders ([`Git::object_dirs`]) and written to its own.
    ///
    /// # Errors
    /// When a file cannot be written or git cannot make the index.
    pub fn private_git_dir(&self, new: &PrivateGitDir) -> Result<(), Error> {
        let branch = format!("refs/heads/{}", new.branch);
        crate::refs::check_ref(&branch)?;
        // A throw-away folder: after a crash it is made anew, so nothing here is synced.
        let make = |folder: &Path| fs::create_dir_all(folder).map_err(Error::io(folder));
        for folder in ["objects/info", "objects/pack", "refs/heads", "info"] {
            make(&new.dir.join(folder))?;
        }
        let mut alternates = Vec::new();
        for folder in self.object_dirs()? {
            alternates.extend_from_slice(folder.as_os_str().as_encoded_bytes());
            alternates.push(b'\n');
        }
        let reference = new.dir.join(&branch);
        if let Some(parent) = reference.parent() {
            make(parent)?;
        }
        let put = |name: &str, bytes: &[u8]| {
            let path = new.dir.join(name);
            fs::write(&path, bytes).map_err(Error::io(&path))
        };
        put("config", self.private_config(&new.user)?.as_bytes())?;
        put("objects/info/alternates", &alternates)?;
        put(&branch, format!("{}\n", new.head).as_bytes())?;
        if let Ok(shallow) = fs::read(self.layout.common.join("shallow")) {
            put("shallow", &shallow)?;
        }
        put("HEAD", format!("ref: {branch}\n").as_bytes())?;
        let index = new.dir.join("index");
        match &new.index {
            Some(from) => fs::copy(from, &index).map(drop).map_err(Error::io(from)),
            None => {
                self.with_index("read-tree", &index)?.arg(new.head.as_str()).ok()?;
                // With the files' times in the index, git inside need not read them all again.
                let refresh = self.with_index("update-index", &index)?.cwd(&new.tree);
                let args = ["-q", "--refresh"];
                refresh.env("GIT_WORK_TREE", &new.tree).args(args).answer().map(drop)
            }
        }
    }

    fn private_config(&self, user: &(String, String)) -> Result<String, Error> {
        let mut text = String::from("[core]\n\tbare = false\n\tlogAllRefUpdates = true\n");
        if self.object_format() == "sha256" {
            text.push_str("\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n");
        } else {
            text.push_str("\trepositoryformatversion = 0\n");
        }
        text.push_str("[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[user]\n");
        for (key, value) in [("name", &user.0), ("email", &user.1)] {
            if value.contains(['\0', '\n']) {
                return Err(Error::refused(value, "a line break in a name or e-mail"));
            }
            text.push_str(&format!("\t{key} = {}\n", quoted(value)));
        }
        Ok(text)
    }
}

/// A value of one line as git's configuration reads it back.
pub(crate) fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The content of the `.git` file that connects a tree with a private git directory.
#[must_use]
pub fn git_file(dir: &Path) -> Vec<u8> {
    let mut text = b"gitdir: ".to_vec();
    text.extend_from_slice(dir.as_os_str().as_encoded_bytes());
    text.push(b'\n');
    text
}
