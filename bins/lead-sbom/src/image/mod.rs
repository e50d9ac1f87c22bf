//! An image read once: its report and its inventory from the same entries.

mod shelf;
mod units;

use std::path::Path;

use leadforge_cli_kit::{Exit, Failure, Gauge};
use leadforge_container_audit::image::{Audit, Config as Shown, Report};
use leadforge_oci_image::{Applied, Config, Error, Image, Kind, Platform};

pub(crate) use shelf::{Passing, Shelf, Snapshot};
pub(crate) use units::Bytes;

/// What one reading of an image gives.
pub(crate) struct Looked {
    pub(crate) report: Report,
    pub(crate) shelf: Shelf,
}

/// Opens an image and goes through it once.
pub(crate) fn look(
    path: &Path,
    config: &Config,
    shown: &Shown,
    mut gauge: Gauge,
) -> Result<Looked, Failure> {
    let image = Image::open(path, config).map_err(|error| failure(&error))?;
    let mut audit = Audit::new(&image, &config.limits);
    let mut shelf = Shelf::default();
    let (layers, mut files, mut bytes) = (image.layers().len(), 0_u64, 0_u64);
    let read = image.read(|entry, content| {
        files += 1;
        bytes += entry.size;
        gauge.tell(|| {
            let mb = bytes / 1_000_000;
            format!("layer {} of {layers}, {files} entries, {mb} MB", entry.layer + 1)
        });
        let applied = audit.entry(entry)?;
        shelf.gone(audit.squashed_mut().gone(), entry.layer);
        let Applied::Set { node, .. } = applied else {
            return Ok(());
        };
        let kept = match entry.kind {
            Kind::File => {
                let path = audit.squashed().path(node);
                shelf.take(node, path, entry, content)?
            }
            Kind::HardLink(target) => {
                let path = audit.squashed().path(node);
                shelf.link(node, path, entry.layer, target)
            }
            _ => false,
        };
        if kept {
            audit.squashed_mut().watch(node);
        }
        Ok::<_, Error>(())
    });
    drop(gauge);
    let read = read.map_err(|error| failure(&error))?;
    let report = audit.finish(&image, &read, shown);
    Ok(Looked { report, shelf })
}

/// The platform of this machine, as images name it.
pub(crate) fn host() -> Option<Platform> {
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        other => other,
    };
    Platform::parse(&format!("linux/{architecture}"))
}

/// What an error of the image means: only where the system failed could nobody look.
pub(crate) fn failure(error: &Error) -> Failure {
    match error {
        Error::Io { .. } => Failure::from_error(Exit::CannotLook, "io", error),
        Error::Choose { .. } => Failure::from_error(Exit::Usage, "image.choose", error)
            .hint("name one with --platform or --name"),
        Error::TooMuch { .. } => Failure::from_error(Exit::Usage, "image.too-much", error).hint(
            "if the image is yours and meant to be so large, see --limit-bytes and --limit-files",
        ),
        _ => Failure::from_error(Exit::Usage, "image.unreadable", error),
    }
}
