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
    #[serde(default)]
    excluded_lines: Vec<u32>,
    summary: Option<Summary>,
}

/// The figures of a file.
#[derive(Deserialize)]
struct Summary {
    /// Statements that ran; `executed_lines` has docstrings and excluded lines as well.
    covered_lines: Option<u32>,
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
                    let ran = file
                        .executed_lines
                        .iter()
                        .filter(|line| !file.excluded_lines.contains(line));
                    let ran: Vec<u32> = ran.copied().collect();
                    ran.iter().for_each(|&line| measured.note(line, true));
                    let statements = file.summary.and_then(|summary| summary.covered_lines);
                    let ran = u32::try_from(ran.len()).unwrap_or(u32::MAX);
                    measured.beside = statements.map_or(0, |count| ran.saturating_sub(count));
                    file.missing_lines.iter().for_each(|&line| measured.note(line, false));
                    coverage.files.insert(path(&name), measured);
                }
                Ok(Files(coverage))
            }
        }
        from.deserialize_map(Each)
    }
}
