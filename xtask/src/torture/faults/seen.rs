//! What a world looks like to its users: files, refs, trust, leases.

use super::scripts::Script;
use super::stage::Stage;
use crate::sh::Result;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// What is there, by name.
pub(super) type State = BTreeMap<String, String>;

/// All that a command promises about a world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// What counts.
    pub(super) state: State,
    /// `in-progress/`, which is only a view.
    pub(super) view: State,
    /// Files that nobody should find when all is over.
    pub(super) leftovers: Vec<String>,
}

/// The name under which the leases of the script's task are, beside the files.
pub(super) const LEASES: &str = "the leases";

/// Files of SQLite and of locks: they are looked at through the commands.
const INSIDE: &[&str] =
    &["queue.db", "queue.db-wal", "queue.db-shm", "queue.line", "queue.lock", "git.lock", "git"];

/// What SQLite leaves of a database whose beginning was cut short; the next opening clears it away.
const JOURNAL: &str = "queue.db-journal";

/// Looks at the files, and asks `lead-queue` for the leases of the script's task.
pub(super) fn look(stage: &Stage, script: &Script) -> Result<Seen> {
    let mut seen = files(stage)?;
    let task = script.task;
    if stage.repo().join(format!("docs/TASKS/queue/pending/{task}.md")).exists() {
        let show = format!("lead-queue show {task} --format json");
        let shown = stage.plain(script.world, &show)?;
        seen.state.insert(LEASES.into(), plain(&shown.out));
    }
    Ok(seen)
}

/// Looks at the files alone.
pub(super) fn files(stage: &Stage) -> Result<Seen> {
    let mut seen = Seen::default();
    let case = stage.case();
    walk(&case, &case, &mut seen)?;
    Ok(seen)
}

fn walk(root: &Path, folder: &Path, seen: &mut Seen) -> Result {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
        let last = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if last.starts_with(".lf-tmp-") {
            seen.leftovers.push(name);
            continue;
        }
        let git = name.strip_prefix("repo/.git/");
        let ours = git.and_then(|git| git.strip_prefix("leadforge/"));
        if ours == Some(JOURNAL) {
            seen.leftovers.push(name);
            continue;
        }
        if ours.is_some_and(|ours| INSIDE.contains(&ours))
            || git.is_some_and(|git| git.starts_with("objects") || git.starts_with("logs"))
        {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, seen)?;
            // Empty folders of our own state say nothing.
            if git.is_none() && !name.starts_with("state") && last != "in-progress" {
                seen.state.insert(name + "/", String::new());
            }
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
        if name.contains("/in-progress/") {
            seen.view.insert(name, text);
        } else {
            seen.state.insert(name, text);
        }
    }
    Ok(())
}

/// An answer of ours without what differs from one run to the next.
fn plain(out: &str) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(out) else { return out.to_owned() };
    strip(&mut value);
    value.to_string()
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            // In whole days: two looks at the same lease are seconds apart.
            let end = map.get("expires_ms").and_then(Value::as_u64);
            if let Some(left) = end.map(|end| end.saturating_sub(now_ms()).div_ceil(86_400_000)) {
                map.insert("lasts_days".into(), left.into());
            }
            map.retain(|key, _| {
                let time = ["granted_ms", "beat_ms", "expires_ms", "expires_boot_ms"];
                !time.contains(&key.as_str()) && key != "session" && key != "token"
            });
            map.values_mut().for_each(strip);
        }
        Value::Array(list) => list.iter_mut().for_each(strip),
        _ => {}
    }
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Text for people without the words of leases and without ages.
pub(super) fn told(out: &str) -> String {
    let words: Vec<&str> = out.split_inclusive([' ', '\n', '/']).collect();
    let bare =
        |at: usize| words.get(at).map_or("", |word| word.trim_end_matches([' ', '\n', '/', ',']));
    let mut text = String::new();
    let mut unit = false;
    for (at, word) in words.iter().enumerate() {
        let (this, next) = (bare(at), bare(at + 1));
        let session = this.len() == 32 && this.bytes().all(|b| b.is_ascii_hexdigit());
        let age = this.parse::<u64>().is_ok() && ["s", "min", "h", "days"].contains(&next);
        // An age and its unit: what was seconds ago is minutes ago at the next look.
        text += if session || age || unit { "# " } else { word };
        unit = age;
    }
    text
}
