//! Atomic durable writes, append-only logs, locks and validated paths, on a real or a simulated disk.
