//! The way out of a sandbox to listed hosts: a proxy that speaks `CONNECT` and nothing else.
