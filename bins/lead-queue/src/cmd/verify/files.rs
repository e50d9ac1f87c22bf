//! The queue's files and the configuration, as an audit asks for them.

use std::path::Path;

use leadforge_agent_dispatch::{Files, Kept, KeptCheck, VerifyConfig};
use leadforge_cli_kit::Config;
use leadforge_task_queue::{Task, TaskId, complete};

/// Reads through `task-queue` and `cli-kit`, as a run does.
pub(super) struct Reader;

impl Files for Reader {
    fn is_id(&self, name: &str) -> bool {
        TaskId::parse(name).is_ok()
    }

    fn evidence(&self, path: &str, bytes: &[u8]) -> Result<Kept, String> {
        let task = Task::parse(path, bytes).map_err(|e| e.to_string())?;
        let done = task.done.ok_or_else(|| format!("{path} has no evidence ([done])"))?;
        let bare = |digest: &str| digest.strip_prefix("sha256:").unwrap_or_default().to_owned();
        let check = |check: &leadforge_task_queue::Check| KeptCheck {
            command_sha256: bare(&check.command),
            exit: check.exit,
            log_sha256: bare(&check.log),
        };
        Ok(Kept {
            epoch: done.epoch,
            session: done.session.clone(),
            agent: done.agent.clone(),
            commit: done.commit.clone(),
            tree: done.tree.clone(),
            base: done.base.clone(),
            started_ms: done.started_ms,
            ended_ms: done.ended_ms,
            checks: done.checks.iter().map(check).collect(),
        })
    }

    fn commands(&self, path: &str, bytes: &[u8]) -> Result<Vec<String>, String> {
        Ok(Task::parse(path, bytes).map_err(|e| e.to_string())?.verify)
    }

    fn always(&self, path: &str, bytes: &[u8]) -> Result<Vec<String>, String> {
        let config = Config::parse(Path::new(path), bytes).map_err(|e| e.to_string())?;
        let table = config.load_table::<VerifyConfig>("verify").map_err(|e| e.to_string())?;
        Ok(table.always)
    }

    fn completes(&self, path: &str, pending: &[u8], completed: &[u8]) -> bool {
        let done = Task::parse(path, completed).ok().and_then(|task| task.done);
        done.and_then(|done| complete(path, pending, &done).ok())
            .is_some_and(|made| made == completed)
    }
}
