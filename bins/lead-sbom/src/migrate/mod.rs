//! From pip, poetry and requirements to uv: what would be written, as data.

mod changes;
mod command;
mod dockerfile;
mod guide;
mod poetry;
mod project;
mod workflow;

pub(crate) use changes::{Edit, Plan, diff};

/// The release of uv that images and workflows are given.
pub(crate) use leadforge_container_audit::template::UV;

/// A repository as far as it matters: files by path.
pub(crate) trait Repository {
    /// The text of a file, if it is there.
    fn text(&self, path: &str) -> Option<&str>;
    /// Every path, sorted.
    fn paths(&self) -> Vec<&str>;
}

/// What would be written, in the order of paths.
pub(crate) fn plan(repository: &dyn Repository, name: &str) -> Plan {
    let mut plan = Plan::default();
    let project = project::look(repository, name, &mut plan);
    for path in repository.paths() {
        let file = path.rsplit('/').next().unwrap_or_default();
        let Some(text) = repository.text(path) else { continue };
        let is_dockerfile = file == "Dockerfile"
            || file.starts_with("Dockerfile.")
            || file.ends_with(".Dockerfile");
        let after = if is_dockerfile && !file.ends_with(".dockerignore") {
            dockerfile::migrate(text, &project, path, &mut plan.left)
        } else if path.starts_with(".github/workflows/") {
            workflow::migrate(text, &project)
        } else {
            continue;
        };
        plan.change(path, Some(text), after);
    }
    if !plan.edits.is_empty() && repository.text(guide::PATH).is_none() {
        plan.change(guide::PATH, None, guide::text(&project));
    }
    plan.edits.sort_by(|a, b| a.path.cmp(&b.path));
    plan
}
