//! Leases and records as rows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::sqlite::{Row, Trouble, Tx, Value};
use crate::lease::epochs;
use crate::lease::rules::{Change, Record, Running, View};
use crate::lease::{Holder, Lease};
use crate::model::TaskId;

const COLUMNS: &str = "task, slot, epoch, session, agent, boot_id, space, pid, pid_start, granted, \
                       beat, expires, expires_boot, scope";

/// How long grants are remembered for quotas, in milliseconds: two months.
const QUOTA_MEMORY: u64 = 62 * 24 * 3_600_000;

/// All leases, by task and slot.
pub(super) fn running(tx: &Tx<'_>) -> Result<Vec<Running>, Trouble> {
    let mut all = Vec::new();
    tx.each(&format!("SELECT {COLUMNS} FROM lease ORDER BY task, slot"), &[], |row| {
        all.push(read(row)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(all)
}

/// The lease of one slot.
pub(super) fn stored(tx: &Tx<'_>, lease: &Lease) -> Result<Option<Running>, Trouble> {
    let sql = format!("SELECT {COLUMNS} FROM lease WHERE task = ? AND slot = ?");
    tx.one(&sql, &[Value::Text(lease.task.as_str()), Value::Int(lease.slot.into())], read)
}

fn read(row: &Row<'_, '_>) -> Result<Running, Trouble> {
    let lease = Lease {
        task: TaskId::parse(&row.text(0)?)?,
        slot: u8::try_from(row.int(1)?).unwrap_or(u8::MAX),
        epoch: row.count(2)?,
        session: row.text(3)?,
        agent: row.text(4)?,
        holder: Holder {
            boot_id: row.text(5)?,
            space: row.text(6)?,
            pid: u32::try_from(row.int(7)?).unwrap_or(0),
            pid_start: row.count(8)?,
        },
        granted_ms: row.count(9)?,
        beat_ms: row.count(10)?,
        expires_ms: row.count(11)?,
        expires_boot_ms: row.count(12)?,
    };
    // A scope that cannot be read is an unknown one: it is never taken for disjoint.
    Ok(Running { lease, scope: serde_json::from_str(&row.text(13)?).unwrap_or_default() })
}

/// What is remembered about a task.
pub(super) fn record(tx: &Tx<'_>, task: &TaskId) -> Result<Record, Trouble> {
    let sql = "SELECT epoch, released, done, failed FROM record WHERE task = ?";
    let found = tx.one(sql, &[Value::Text(task.as_str())], |row| {
        let failed = row.text(3)?;
        let failed: BTreeSet<u64> = failed.split(' ').filter_map(|n| n.parse().ok()).collect();
        let (epoch, released, done) = (row.count(0)?, row.count(1)?, row.count(2)?);
        Ok(Record { epoch, released, done, failed })
    })?;
    let record = found.unwrap_or_default();
    Ok(Record { epoch: record.epoch.max(epochs::floor(&tx)?), ..record })
}

/// Up to which epoch a release has forgiven the tries of each task.
pub(super) fn released(tx: &Tx<'_>) -> Result<BTreeMap<TaskId, u64>, Trouble> {
    by_task(tx, "SELECT task, released FROM record WHERE released > 0")
}

/// The epoch under which each task was said to be done.
pub(super) fn done(tx: &Tx<'_>) -> Result<BTreeMap<TaskId, u64>, Trouble> {
    by_task(tx, "SELECT task, done FROM record WHERE done > 0")
}

fn by_task(tx: &Tx<'_>, sql: &str) -> Result<BTreeMap<TaskId, u64>, Trouble> {
    let mut all = BTreeMap::new();
    tx.each(sql, &[], |row| {
        // A name that is no id any more can be no task's.
        if let Ok(task) = TaskId::parse(&row.text(0)?) {
            all.insert(task, row.count(1)?);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(all)
}

/// How many grants an agent had since a moment.
fn grants(tx: &Tx<'_>, agent: &str, since_ms: u64) -> Result<u32, Trouble> {
    let sql = "SELECT count(*) FROM granted WHERE agent = ? AND at >= ?";
    let count = tx.one(sql, &[Value::Text(agent), since_ms.into()], |row| row.count(0))?;
    Ok(u32::try_from(count.unwrap_or(0)).unwrap_or(u32::MAX))
}

/// Writes what the rules decided.
pub(super) fn apply(tx: &Tx<'_>, changes: &[Change]) -> Result<(), Trouble> {
    changes.iter().try_for_each(|change| apply_one(tx, change))
}

fn apply_one(tx: &Tx<'_>, change: &Change) -> Result<(), Trouble> {
    match change {
        Change::Put(running) => put(tx, running),
        Change::Drop(task, slot) => tx.run(
            "DELETE FROM lease WHERE task = ? AND slot = ?",
            &[Value::Text(task.as_str()), Value::Int((*slot).into())],
        ),
        Change::Remember(task, record) => {
            let failed: Vec<String> = record.failed.iter().map(u64::to_string).collect();
            tx.run(
                "INSERT OR REPLACE INTO record (task, epoch, released, done, failed)
                 VALUES (?, ?, ?, ?, ?)",
                &[
                    Value::Text(task.as_str()),
                    record.epoch.into(),
                    record.released.into(),
                    record.done.into(),
                    Value::Text(&failed.join(" ")),
                ],
            )
        }
        Change::Count { agent, at_ms, task, epoch } => {
            epochs::granted(&mut &*tx, *epoch)?;
            let old = at_ms.saturating_sub(QUOTA_MEMORY);
            tx.run(
                "DELETE FROM granted WHERE agent = ? AND at < ?",
                &[Value::Text(agent), old.into()],
            )?;
            tx.run(
                "INSERT OR REPLACE INTO granted (agent, at, task, epoch) VALUES (?, ?, ?, ?)",
                &[Value::Text(agent), (*at_ms).into(), Value::Text(task.as_str()), (*epoch).into()],
            )
        }
        Change::Uncount { task, epoch } => tx.run(
            "DELETE FROM granted WHERE task = ? AND epoch = ?",
            &[Value::Text(task.as_str()), (*epoch).into()],
        ),
    }
}

fn put(tx: &Tx<'_>, running: &Running) -> Result<(), Trouble> {
    let Running { lease, scope } = running;
    let scope = serde_json::to_string(scope).expect("a scope is lists of texts");
    let sql = format!(
        "INSERT OR REPLACE INTO lease ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    let values = [
        Value::Text(lease.task.as_str()),
        Value::Int(lease.slot.into()),
        lease.epoch.into(),
        Value::Text(&lease.session),
        Value::Text(&lease.agent),
        Value::Text(&lease.holder.boot_id),
        Value::Text(&lease.holder.space),
        Value::Int(lease.holder.pid.into()),
        lease.holder.pid_start.into(),
        lease.granted_ms.into(),
        lease.beat_ms.into(),
        lease.expires_ms.into(),
        lease.expires_boot_ms.into(),
        Value::Text(&scope),
    ];
    tx.run(&sql, &values)
}

/// A transaction as the rules see it.
pub(super) struct Seen<'a, 't>(pub(super) &'a Tx<'t>);

impl View for Seen<'_, '_> {
    type Error = Trouble;

    fn running(&mut self) -> Result<Vec<Running>, Trouble> {
        running(self.0)
    }

    fn record(&mut self, task: &TaskId) -> Result<Record, Trouble> {
        record(self.0, task)
    }

    fn grants(&mut self, agent: &str, since_ms: u64) -> Result<u32, Trouble> {
        grants(self.0, agent, since_ms)
    }
}
