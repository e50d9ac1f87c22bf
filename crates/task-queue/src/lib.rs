//! Tasks as reviewable files, claims as leases with epochs, and completion that needs evidence.
