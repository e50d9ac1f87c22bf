//! What lies around a Dockerfile, as far as its caller knows it.

/// The build context, as names alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// Every file of the context as a path with slashes, sorted; `None` when it is not known.
    pub files: Option<Vec<String>>,
    /// What its `.dockerignore` says; `None` when there is none.
    pub ignore: Option<String>,
}

impl Surroundings {
    /// Whether a file is there; `false` where nothing is known.
    pub(super) fn has(&self, path: &str) -> bool {
        let find = |files: &Vec<String>| files.binary_search_by(|file| file.as_str().cmp(path));
        self.files.as_ref().is_some_and(|files| find(files).is_ok())
    }
}
