//! The folder that a layout is written into.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use leadforge_cli_kit::Failure;
use leadforge_container_audit::pack::Packed;
use leadforge_durable_fs::{AtomicFile, RealDisk, create_dir_all};
use leadforge_oci_image::Error;

use crate::image::failure;

/// A folder that holds nothing, or is not there.
pub(crate) fn vacant(path: &Path) -> Result<(), Failure> {
    match fs::read_dir(path).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => {
            let message = format!(
                "{} is not empty, and a layout is written into a new folder",
                path.display()
            );
            Err(Failure::refused("path.exists", message).hint("remove it, or name another folder"))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::cannot_look("io", format!("{}: {error}", path.display()))),
    }
}

/// Writes the layout; its index comes last, so that what is not whole is no layout.
pub(crate) fn put(packed: &Packed, folder: &Path) -> Result<(), Failure> {
    create_dir_all(&RealDisk, &folder.join("blobs/sha256"))?;
    packed.layout.write(|name, bytes| {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            create_dir_all(&RealDisk, parent)?;
        }
        let mut file = AtomicFile::create(&RealDisk, &path)?;
        let mut chunk = vec![0; 128 << 10];
        loop {
            match bytes.read(&mut chunk).map_err(read)? {
                0 => break,
                read => file.write_all(&chunk[..read])?,
            }
        }
        Ok(file.commit()?)
    })
}

/// What it means that bytes could not be read: a blob of the base may have a wrong digest.
fn read(error: io::Error) -> Failure {
    match error.downcast::<Error>() {
        Ok(error) => failure(&error),
        Err(error) => error.into(),
    }
}
