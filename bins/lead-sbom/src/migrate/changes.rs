//! Files before and after, and how they differ line by line.

/// One file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) path: String,
    pub(crate) before: Option<String>,
    pub(crate) after: String,
}

/// Everything that changes, and what was left for a person.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) edits: Vec<Edit>,
    pub(crate) left: Vec<String>,
}

impl Plan {
    /// Notes a file unless it stays as it is.
    pub(crate) fn change(&mut self, path: &str, before: Option<&str>, after: String) {
        if before != Some(after.as_str()) {
            let before = before.map(str::to_owned);
            self.edits.push(Edit { path: path.to_owned(), before, after });
        }
    }
}

/// Larger texts are not compared line by line.
const LINES: usize = 4000;

/// The lines that go and those that come, each with its mark.
pub(crate) fn diff(edit: &Edit) -> Vec<String> {
    let old: Vec<&str> = edit.before.as_deref().unwrap_or_default().lines().collect();
    let new: Vec<&str> = edit.after.lines().collect();
    if old.len() > LINES || new.len() > LINES {
        return vec![format!("  {} lines become {}", old.len(), new.len())];
    }
    let width = new.len() + 1;
    // common[i][j]: the length of the longest common part of what follows.
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
        } else if j >= new.len()
            || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1])
        {
            out.push(format!("- {}", old[i]));
            i += 1;
        } else {
            out.push(format!("+ {}", new[j]));
            j += 1;
        }
    }
    out
}
