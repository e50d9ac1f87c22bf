//! Epochs never run backwards, although a claim is not synced.
//!
//! A ceiling over every epoch that was granted is synced before one beyond it is, a step at a time.
//! After a new start of the machine, when the last claims may be gone, epochs go on above it.

use super::sqlite::{Trouble, Tx, Value};

/// How far the ceiling is raised at once: of so many claims of one task one is synced.
const STEP: u64 = 16;

/// The first claim of a boot: from now on every epoch is above all that were granted before.
pub(super) fn begin(tx: &Tx<'_>, boot_id: &str) -> Result<(), Trouble> {
    let boot = read(tx, "boot")?;
    if boot.as_deref() == Some(boot_id) {
        return Ok(());
    }
    write(tx, "boot", boot_id)?;
    // A database that is new has lost nothing of its own.
    if boot.is_some() {
        let floor = number(tx, "ceiling")?;
        write(tx, "floor", &floor.to_string())?;
        raise(tx, floor)?;
    }
    Ok(())
}

/// Every epoch from here on is above this.
pub(super) fn floor(tx: &Tx<'_>) -> Result<u64, Trouble> {
    number(tx, "floor")
}

/// Sees to it that an epoch which is being granted is below the ceiling.
pub(super) fn granted(tx: &Tx<'_>, epoch: u64) -> Result<(), Trouble> {
    if epoch > number(tx, "ceiling")? { raise(tx, epoch) } else { Ok(()) }
}

/// Raises the ceiling above this, durably.
fn raise(tx: &Tx<'_>, epoch: u64) -> Result<(), Trouble> {
    tx.durably();
    write(tx, "ceiling", &epoch.saturating_add(STEP).to_string())
}

fn number(tx: &Tx<'_>, key: &str) -> Result<u64, Trouble> {
    Ok(read(tx, key)?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

fn read(tx: &Tx<'_>, key: &str) -> Result<Option<String>, Trouble> {
    tx.one("SELECT value FROM state WHERE key = ?", &[Value::Text(key)], |row| row.text(0))
}

fn write(tx: &Tx<'_>, key: &str, value: &str) -> Result<(), Trouble> {
    let sql = "INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)";
    tx.run(sql, &[Value::Text(key), Value::Text(value)])
}
