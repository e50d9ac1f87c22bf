//! The files that `dir` writes: a page, `reg.json`, JUnit.

use std::path::{Component, Path, PathBuf};

use leadforge_cli_kit::{Case, CaseResult, Failure, junit};
use leadforge_durable_fs::{RealDisk, create_dir_all, read, replace};
use leadforge_markup::inline_picture;
use leadforge_visual_diff::{
    Folders, Item, RegDirs, RegJson, Shown, State, Tolerance, report_page,
};

use crate::comparing::decision;

/// Where results go beside standard output.
#[derive(clap::Args)]
pub(crate) struct Outputs {
    /// Write a page that shows every picture before and after.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write the pictures into the page itself.
    #[arg(long, requires = "report")]
    inline: bool,
    /// Write the result as reg-cli does.
    #[arg(long, value_name = "FILE")]
    reg_json: Option<PathBuf>,
    /// Write the result as JUnit XML.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write the picture of the differences of each that failed into this folder.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) diffs: Option<PathBuf>,
}

/// A picture larger than this does not go into a page.
const LIMIT: u64 = 64 << 20;

/// The name of the picture of differences: a PNG, whatever was compared.
pub(crate) fn drawn(path: &str) -> String {
    if path.ends_with(".png") { path.to_owned() } else { format!("{path}.png") }
}

impl Outputs {
    pub(crate) fn write(
        &self,
        before: &Path,
        after: &Path,
        found: &Folders,
        tolerance: &Tolerance,
    ) -> Result<(), Failure> {
        if let Some(file) = &self.reg_json {
            let to = folder_of(file)?;
            let dirs = RegDirs {
                actual: dotted(&way(&to, after)?),
                expected: dotted(&way(&to, before)?),
                diff: match &self.diffs {
                    Some(folder) if folder.is_dir() => dotted(&way(&to, folder)?),
                    _ => String::new(),
                },
            };
            let failed = found.items.iter().filter(|item| item.state == State::Failed);
            let drawn = match &self.diffs {
                Some(_) => failed.filter(|i| i.diff.is_some()).map(|i| drawn(&i.path)).collect(),
                None => Vec::new(),
            };
            let reg = RegJson::new(found, &dirs, drawn);
            let text = serde_json::to_string_pretty(&reg).expect("names are strings");
            replace(&RealDisk, file, format!("{text}\n").as_bytes())?;
        }
        if let Some(file) = &self.junit {
            folder_of(file)?;
            let text = junit("lead-shot dir", &cases(found, tolerance));
            replace(&RealDisk, file, text.as_bytes())?;
        }
        if let Some(file) = &self.report {
            let page = self.page(&folder_of(file)?, before, after, found, tolerance)?;
            replace(&RealDisk, file, page.as_bytes())?;
        }
        Ok(())
    }

    fn page(
        &self,
        to: &Path,
        before: &Path,
        after: &Path,
        found: &Folders,
        tolerance: &Tolerance,
    ) -> Result<String, Failure> {
        let ways = [way(to, before)?, way(to, after)?];
        let mut all = Vec::new();
        for item in &found.items {
            let shown = item.state != State::Passed;
            let old = shown && item.state != State::New;
            let new = shown && item.state != State::Deleted;
            let words = item.diff.as_ref().map(|diff| decision(diff, tolerance));
            all.push((
                words.unwrap_or_default(),
                old.then(|| self.address(&ways[0], before, item)).transpose()?,
                new.then(|| self.address(&ways[1], after, item)).transpose()?,
            ));
        }
        let shown: Vec<Shown<'_>> = found
            .items
            .iter()
            .zip(&all)
            .map(|(item, (decision, before, after))| Shown {
                item,
                decision,
                before: before.as_deref(),
                after: after.as_deref(),
            })
            .collect();
        Ok(report_page("Pictures", &shown))
    }

    /// How the page reaches a picture.
    fn address(&self, way: &str, folder: &Path, item: &Item) -> Result<String, Failure> {
        if self.inline {
            let bytes = read(&RealDisk, &folder.join(&item.path), LIMIT)?;
            // Bytes that are no picture are shown as none.
            return Ok(
                inline_picture(&bytes).unwrap_or_else(|| "data:image/png;base64,".to_owned())
            );
        }
        Ok(encoded(&format!("{way}/{}", item.path)))
    }
}

fn cases(found: &Folders, tolerance: &Tolerance) -> Vec<Case> {
    let missing = found.missing.iter().filter(|path| !found.items.iter().any(|i| i.path == **path));
    let items = found.items.iter().map(|item| {
        let about = super::about(item, tolerance);
        let result = match item.state {
            _ if item.problem.is_some() => CaseResult::Error(about),
            _ if found.missing.contains(&item.path) => {
                CaseResult::Error("it is configured and has no baseline".to_owned())
            }
            State::Passed => CaseResult::Passed,
            State::Failed => CaseResult::Failed(about),
            State::New if item.fails => CaseResult::Failed("it has no baseline".to_owned()),
            State::New => CaseResult::Skipped("it has no baseline".to_owned()),
            State::Deleted if item.fails => CaseResult::Failed("it is gone".to_owned()),
            State::Deleted => CaseResult::Skipped("it is gone".to_owned()),
        };
        Case { name: item.path.clone(), result }
    });
    let missing = missing.map(|path| Case {
        name: path.clone(),
        result: CaseResult::Error("it is configured and has no baseline".to_owned()),
    });
    items.chain(missing).collect()
}

/// The folder of a file that is about to be written, made when it is not there.
fn folder_of(file: &Path) -> Result<PathBuf, Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    create_dir_all(&RealDisk, folder)?;
    real(folder)
}

fn real(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|error| {
        Failure::cannot_look("io", format!("the folder {}: {error}", path.display()))
    })
}

/// The way from one folder to another, with `/`.
fn way(from: &Path, to: &Path) -> Result<String, Failure> {
    let to = real(to)?;
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut parts = vec!["..".to_owned(); from.len() - common];
    parts.extend(to[common..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned()));
    Ok(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

/// A way as reg-cli writes it.
fn dotted(way: &str) -> String {
    if way.starts_with('.') { way.to_owned() } else { format!("./{way}") }
}

/// A path as an address: everything but unreserved bytes and `/` encoded (RFC 3986).
fn encoded(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
