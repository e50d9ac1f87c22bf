//! How a LeadForge command speaks: flags, output, exit codes, configuration and trust.
