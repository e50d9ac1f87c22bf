//! coverage.py's JSON; the format: <https://coverage.readthedocs.io/en/latest/commands/cmd_json.html>.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::read::path;
use super::{Coverage, Measured};

/// The value of `files`, file by file.
pub(super) struct Files(pub(super) Coverage);

#[derive(Deserialize)]
struct File {
    executed_lines: Vec<u32>,
    missing_lines: Vec<u32>,
}

impl<'de> Deserialize<'de> for Files {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Files;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("files by their paths")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Files, A::Error> {
                let mut coverage = Coverage::default();
                while let Some((name, file)) = map.next_entry::<String, File>()? {
                    let mut measured = Measured::default();
                    file.executed_lines.iter().for_each(|&line| measured.note(line, true));
                    file.missing_lines.iter().for_each(|&line| measured.note(line, false));
                    coverage.files.insert(path(&name), measured);
                }
                Ok(Files(coverage))
            }
        }
        from.deserialize_map(Each)
    }
}
