//! What other scanners say in SARIF, as claims about packages.

mod claim;
mod words;

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{Failure, sarif};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_sbom::vulns::Claim;
use serde::Serialize;

/// A log larger than this is not read: what a scanner says of packages has a tenth of it.
const LIMIT: u64 = 64 << 20;

/// What a run of a scanner brought.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Peer {
    /// The log.
    pub(crate) file: String,
    /// The scanner.
    pub(crate) tool: String,
    /// Its version, if it tells.
    pub(crate) version: String,
    /// How many vulnerabilities it claims.
    pub(crate) claims: usize,
    /// How many of its results are about something else, such as secrets.
    pub(crate) others: usize,
    /// How many of its results it wants passed over itself.
    pub(crate) suppressed: usize,
    /// Why this is not all that it looked for.
    pub(crate) gaps: Vec<String>,
}

/// Reads logs, whose paths are below a folder.
pub(crate) fn open(files: &[PathBuf], folder: &Path) -> Result<(Vec<Peer>, Vec<Claim>), Failure> {
    let root = std::fs::canonicalize(folder).unwrap_or_default();
    let root = root.to_str().unwrap_or_default();
    let (mut peers, mut claims) = (Vec::new(), Vec::new());
    for path in files {
        let name = path.display().to_string();
        let log = sarif::read(&name, &read(&RealDisk, path, LIMIT)?, root)?;
        if log.runs.is_empty() {
            let gaps = vec!["it holds no run of any tool".to_owned()];
            peers.push(Peer { gaps, ..Peer::of(&name, &sarif::Run::default()) });
        }
        for run in &log.runs {
            let mut peer = Peer::of(&name, run);
            for hit in &run.hits {
                match claim::of(run, hit, &peer.tool) {
                    None => peer.others += 1,
                    Some(_) if hit.suppressed.is_some() => peer.suppressed += 1,
                    Some(claim) => {
                        peer.claims += 1;
                        claims.push(claim);
                    }
                }
            }
            peers.push(peer);
        }
    }
    Ok((peers, claims))
}

impl Peer {
    fn of(file: &str, run: &sarif::Run) -> Self {
        let tool = if run.tool.is_empty() { file } else { &run.tool };
        Self {
            file: file.to_owned(),
            tool: tool.to_owned(),
            version: run.version.clone(),
            claims: 0,
            others: 0,
            suppressed: 0,
            gaps: run.gaps.clone(),
        }
    }

    /// What is told of it on one line.
    pub(crate) fn words(&self) -> String {
        let Self { file, tool, version, claims, others, suppressed, .. } = self;
        let version = if version.is_empty() { String::new() } else { format!(" {version}") };
        let mut text = format!("{file}: vulnerabilities claimed by {tool}{version}: {claims}");
        if *others > 0 {
            text.push_str(&format!("; results about something else: {others}"));
        }
        if *suppressed > 0 {
            text.push_str(&format!("; suppressed by itself: {suppressed}"));
        }
        for gap in &self.gaps {
            text.push_str(&format!("; not all: {gap}"));
        }
        text
    }
}
