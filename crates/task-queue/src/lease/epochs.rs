//! Epochs never run backwards, although a claim is not synced.
//!
//! A ceiling over every epoch that was granted is synced before one beyond it is, a step at a time.
//! After a new start of the machine, when the last claims may be gone, epochs go on above it.

/// How far the ceiling is raised at once: of so many claims of one task one is synced.
const STEP: u64 = 16;

/// What a backend keeps for this beside the leases, in the same transactions.
pub(crate) trait Keep {
    type Error;
    fn read(&self, key: &'static str) -> Result<Option<String>, Self::Error>;
    fn write(&mut self, key: &'static str, value: &str) -> Result<(), Self::Error>;
    /// Makes this transaction, and all before it, outlast a power cut.
    fn durably(&mut self);
}

/// The first claim of a boot: from now on every epoch is above all that were granted before.
pub(crate) fn begin<K: Keep>(keep: &mut K, boot_id: &str) -> Result<(), K::Error> {
    let boot = keep.read("boot")?;
    if boot.as_deref() == Some(boot_id) {
        return Ok(());
    }
    keep.write("boot", boot_id)?;
    // A database that is new has lost nothing of its own.
    if boot.is_some() {
        let floor = number(keep, "ceiling")?;
        keep.write("floor", &floor.to_string())?;
        raise(keep, floor)?;
    }
    Ok(())
}

/// Every epoch from here on is above this.
pub(crate) fn floor<K: Keep>(keep: &K) -> Result<u64, K::Error> {
    number(keep, "floor")
}

/// Sees to it that an epoch which is being granted is below the ceiling.
pub(crate) fn granted<K: Keep>(keep: &mut K, epoch: u64) -> Result<(), K::Error> {
    if epoch > number(keep, "ceiling")? { raise(keep, epoch) } else { Ok(()) }
}

/// Raises the ceiling above this, durably.
fn raise<K: Keep>(keep: &mut K, epoch: u64) -> Result<(), K::Error> {
    keep.durably();
    keep.write("ceiling", &epoch.saturating_add(STEP).to_string())
}

fn number<K: Keep>(keep: &K, key: &'static str) -> Result<u64, K::Error> {
    Ok(keep.read(key)?.and_then(|text| text.parse().ok()).unwrap_or(0))
}
