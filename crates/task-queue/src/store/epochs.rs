//! Where the database keeps what epochs need to outlast a power cut.

use super::sqlite::{Trouble, Tx, Value};
use crate::lease::epochs::Keep;

impl Keep for &Tx<'_> {
    type Error = Trouble;

    fn read(&self, key: &'static str) -> Result<Option<String>, Trouble> {
        self.one("SELECT value FROM state WHERE key = ?", &[Value::Text(key)], |row| row.text(0))
    }

    fn write(&mut self, key: &'static str, value: &str) -> Result<(), Trouble> {
        let sql = "INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)";
        self.run(sql, &[Value::Text(key), Value::Text(value)])
    }

    fn durably(&mut self) {
        Tx::durably(self);
    }
}
