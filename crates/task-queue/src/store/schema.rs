//! The tables of the lease database; a change of them is a new version, and the old file goes.

/// Marks the file as ours (`LFqu`).
pub(super) const APPLICATION: i32 = 0x4C46_7175;

/// The version of the tables.
pub(super) const VERSION: i32 = 1;

pub(super) const SCHEMA: &str = "
CREATE TABLE lease (
  task TEXT NOT NULL, slot INTEGER NOT NULL, epoch INTEGER NOT NULL, session TEXT NOT NULL,
  agent TEXT NOT NULL, boot_id TEXT NOT NULL, space TEXT NOT NULL, pid INTEGER NOT NULL,
  pid_start INTEGER NOT NULL, granted INTEGER NOT NULL, beat INTEGER NOT NULL,
  expires INTEGER NOT NULL, expires_boot INTEGER NOT NULL, scope TEXT NOT NULL,
  PRIMARY KEY (task, slot)) STRICT, WITHOUT ROWID;
CREATE TABLE record (
  task TEXT PRIMARY KEY, epoch INTEGER NOT NULL, released INTEGER NOT NULL, done INTEGER NOT NULL,
  failed TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE granted (
  agent TEXT NOT NULL, at INTEGER NOT NULL, task TEXT NOT NULL, epoch INTEGER NOT NULL,
  PRIMARY KEY (agent, at, task, epoch)) STRICT, WITHOUT ROWID;
CREATE TABLE file (
  folder INTEGER NOT NULL, name BLOB NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
  inode INTEGER NOT NULL, racy INTEGER NOT NULL, id TEXT, priority INTEGER NOT NULL,
  attempts INTEGER NOT NULL, tries INTEGER NOT NULL, open INTEGER NOT NULL, epoch INTEGER NOT NULL,
  after TEXT NOT NULL, agents TEXT NOT NULL, scope TEXT NOT NULL, fault TEXT,
  PRIMARY KEY (folder, name)) STRICT, WITHOUT ROWID;
CREATE INDEX ready ON file (priority, id) WHERE folder = 0 AND open = 0;
CREATE TABLE state (
  key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
";
