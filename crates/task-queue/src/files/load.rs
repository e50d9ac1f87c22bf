//! Which file of a queue belongs to which of its folders.

/// The two folders of a queue that we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Folder {
    /// Tasks that are to be done.
    Pending,
    /// Tasks that are done, with their evidence.
    Completed,
}

impl Folder {
    pub(crate) const BOTH: [Self; 2] = [Self::Pending, Self::Completed];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Completed => "completed",
        }
    }
}

/// What a path inside a queue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A task file of this folder.
    Task(Folder),
    /// Something else: a README, a hidden file, the generated view.
    Other,
}

/// Sorts a path by its last two parts, however long the way to the queue is.
pub(crate) fn place(path: &str) -> Place {
    let mut parts = path.rsplit('/');
    let (name, folder) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let folder = Folder::BOTH.into_iter().find(|known| known.name() == folder);
    match folder {
        Some(folder) if is_task_name(name.as_bytes()) => Place::Task(folder),
        _ => Place::Other,
    }
}

/// True for names that a task file may have; READMEs and hidden files are none.
pub(crate) fn is_task_name(name: &[u8]) -> bool {
    name.ends_with(b".md") && !name.starts_with(b".") && !name.eq_ignore_ascii_case(b"readme.md")
}
