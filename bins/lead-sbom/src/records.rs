//! Where advisories come from: folders and archives of OSV records, as databases hand them out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::path::Path;

use leadforge_cli_kit::{Failure, Gauge};
use leadforge_sbom::vulns::Builder;

/// A record larger than this is none.
const RECORD: u64 = 16 << 20;
/// More bytes of records in one archive than this are not taken out: npm's, the largest, have a fourth of it.
const TOTAL: u64 = 8 << 30;
/// How deep folders of records may be nested.
const DEPTH: usize = 32;

/// Where records go.
pub(crate) struct To {
    builder: Builder,
    seen: u64,
    gauge: Gauge,
}

impl To {
    pub(crate) fn new(gauge: Gauge) -> Self {
        Self { builder: Builder::default(), seen: 0, gauge }
    }

    /// What all records make; nothing is told of them any more.
    pub(crate) fn done(self) -> Builder {
        self.builder
    }
}

/// Adds every record of a folder, a zip, a tar, or a tar that gzip packed; how many there were.
pub(crate) fn add(path: &Path, to: &mut To) -> Result<usize, Failure> {
    let io = |error: io::Error| {
        Failure::cannot_look("db.source", format!("{}: {error}", path.display()))
    };
    if std::fs::metadata(path).map_err(io)?.is_dir() {
        return folder(path, to, 0);
    }
    let file = File::open(path).map_err(io)?;
    archive(path, BufReader::new(file), to)
}

/// Adds what an archive holds that has been read already.
pub(crate) fn add_bytes(name: &str, bytes: &[u8], to: &mut To) -> Result<usize, Failure> {
    let count = archive(Path::new(name), Cursor::new(bytes), to)?;
    // What is said of it next has the line for itself.
    to.gauge.hide();
    Ok(count)
}

fn archive(path: &Path, mut file: impl BufRead + Seek, to: &mut To) -> Result<usize, Failure> {
    let io = |error: io::Error| {
        Failure::cannot_look("db.source", format!("{}: {error}", path.display()))
    };
    let mut head = [0; 4];
    let got = file.read(&mut head).map_err(io)?;
    file.rewind().map_err(io)?;
    match &head[..got] {
        [b'P', b'K', 3 | 5, _] => zip(path, file, to),
        [0x1f, 0x8b, ..] => tar(path, flate2::bufread::GzDecoder::new(file), to),
        _ => tar(path, file, to),
    }
}

fn folder(path: &Path, to: &mut To, depth: usize) -> Result<usize, Failure> {
    let io = |error: io::Error| {
        Failure::cannot_look("db.source", format!("{}: {error}", path.display()))
    };
    if depth > DEPTH {
        return Err(io(io::Error::other("folders are nested too deep")));
    }
    let mut count = 0;
    for entry in std::fs::read_dir(path).map_err(io)? {
        let entry = entry.map_err(io)?;
        let kind = entry.file_type().map_err(io)?;
        let name = entry.file_name();
        if kind.is_dir() && name != ".git" {
            count += folder(&entry.path(), to, depth + 1)?;
        } else if kind.is_file() {
            let shown = entry.path().display().to_string();
            count += one(&shown, File::open(entry.path()).map_err(io)?, to)?;
        }
    }
    Ok(count)
}

fn tar(path: &Path, source: impl Read, to: &mut To) -> Result<usize, Failure> {
    let wrong = |error: io::Error| unreadable(path, &error);
    let mut archive = tar::Archive::new(source);
    let mut count = 0;
    let mut left = TOTAL;
    for entry in archive.entries().map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        left = within(path, left, entry.size())?;
        if entry.header().entry_type().is_file() {
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            count += one(&name, entry, to)?;
        }
    }
    Ok(count)
}

fn zip(path: &Path, file: impl Read + Seek, to: &mut To) -> Result<usize, Failure> {
    let wrong = |error: zip::result::ZipError| unreadable(path, &error);
    let mut archive = zip::ZipArchive::new(file).map_err(wrong)?;
    let mut count = 0;
    let mut left = TOTAL;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(wrong)?;
        left = within(path, left, entry.size())?;
        if entry.is_file() {
            let name = entry.name().map_err(wrong)?.into_owned();
            count += one(&name, entry, to)?;
        }
    }
    Ok(count)
}

/// What may still come of an archive behind an entry of that size.
fn within(path: &Path, left: u64, size: u64) -> Result<u64, Failure> {
    left.checked_sub(size).ok_or_else(|| {
        let message = format!("{}: unpacks to more than {} GiB", path.display(), TOTAL >> 30);
        Failure::usage("db.source", message)
    })
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::usage("db.source", format!("{}: {error}", path.display()))
        .hint("a source is a folder, a zip, a tar or a tar.gz of OSV records")
}

/// Adds a file that has the ending of a record; others are passed over unread.
fn one(name: &str, source: impl Read, to: &mut To) -> Result<usize, Failure> {
    let endings = [".json", ".yaml", ".yml"];
    if !endings.iter().any(|ending| name.ends_with(ending)) {
        return Ok(0);
    }
    let fault = |reason: String| Failure::usage("db.record", format!("{name}: {reason}"));
    let mut bytes = Vec::new();
    source.take(RECORD + 1).read_to_end(&mut bytes).map_err(|error| fault(error.to_string()))?;
    if bytes.len() as u64 > RECORD {
        return Err(fault(format!("has more than the {RECORD} bytes that are read")));
    }
    let taken = to.builder.add(name, &bytes);
    to.seen += 1;
    to.gauge.tell(|| format!("{} records", to.seen));
    taken.map(usize::from).map_err(|error| Failure::usage("db.record", error))
}
