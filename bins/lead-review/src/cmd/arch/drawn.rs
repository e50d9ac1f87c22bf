//! A drawing as a file: a last line with a digest says whether somebody edited it since it was made.

use std::fmt::Write;
use std::path::Path;

use leadforge_cli_kit::Failure;
use leadforge_durable_fs::{RealDisk, create_dir_all, read, replace};
use leadforge_review_rules::arch::Form;
use sha2::{Digest, Sha256};
use similar::{Algorithm, TextDiff};

/// A file larger than this is no drawing.
const LARGEST: u64 = 8 << 20;
/// Of a difference so many lines are shown.
const SHOWN: usize = 60;

/// How a file stands to what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Stand {
    /// It is there and as it should be.
    Same,
    /// It is not there.
    New,
    /// It was made so, from other imports.
    Old,
    /// Somebody edited it, or something else wrote it.
    Edited,
}

/// How a drawing is written, by the ending of its file.
pub(super) fn form(path: &Path) -> Option<Form> {
    match path.extension()?.to_str()? {
        "svg" => Some(Form::Svg),
        "mmd" | "mermaid" => Some(Form::Mermaid),
        _ => None,
    }
}

/// The drawing with the line that says who made it and what it was.
pub(super) fn signed(drawing: &str, form: Form) -> String {
    let digest = digest(drawing);
    let said = format!("made by lead-review arch diagram; as it was made: sha256:{digest}");
    match form {
        Form::Svg => format!("{drawing}<!-- {said} -->\n"),
        Form::Mermaid => format!("{drawing}%% {said}\n"),
    }
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Whether a file is as it was made.
fn untouched(text: &str) -> bool {
    let body = text.trim_end_matches('\n');
    let start = body.rfind('\n').map_or(0, |at| at + 1);
    let (body, mark) = body.split_at(start);
    let said = mark.split("sha256:").nth(1).unwrap_or_default();
    said.trim_end_matches(" -->") == digest(body)
}

/// What lies at a path, against what should; the difference is empty where there is none to show.
pub(super) fn stand(path: &Path, wanted: &str) -> Result<(Stand, String), Failure> {
    if !path.exists() {
        return Ok((Stand::New, String::new()));
    }
    let bytes = read(&RealDisk, path, LARGEST)?;
    // A checkout may have turned the ends of lines.
    let now = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    if now == wanted {
        return Ok((Stand::Same, String::new()));
    }
    let stand = if untouched(&now) { Stand::Old } else { Stand::Edited };
    Ok((stand, difference(&path.display().to_string(), &now, wanted)))
}

pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        create_dir_all(&RealDisk, folder)?;
    }
    Ok(replace(&RealDisk, path, text.as_bytes())?)
}

fn difference(name: &str, now: &str, wanted: &str) -> String {
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_lines(now, wanted);
    let text = diff.unified_diff().context_radius(0).header(name, "as the imports are").to_string();
    let mut shown: String = text.split_inclusive('\n').take(SHOWN).collect();
    let more = text.lines().count().saturating_sub(SHOWN);
    if more > 0 {
        let _ = writeln!(shown, "({more} more lines)");
    }
    shown
}
