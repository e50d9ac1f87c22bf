//! An archive of files, such as mmdebstrap makes, as the members of a layer.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::Arc;

use super::layer::{Item, LayerTree, Member, Source};
use crate::error::{Error, shown};
use crate::limits::Limits;
use crate::read::{Headers, Special};
use crate::store::Part;

/// Adds what an archive holds to a layer, without its devices; contents stay where they are until they are written.
///
/// `keep` says of each path whether it is taken.
///
/// # Errors
/// When the archive cannot be read, is compressed, or has a name that leads out.
pub fn read_tar(
    path: &Path,
    limits: &Limits,
    keep: &dyn Fn(&[u8]) -> bool,
    into: &mut LayerTree,
) -> Result<(), Error> {
    let at = path.display().to_string();
    let file = File::open(path).map_err(Error::io(at.clone()))?;
    let length = file.metadata().map_err(Error::io(at.clone()))?.len();
    members(&Arc::new(file), length, limits, keep, into).map_err(|error| error.within(&at))
}

fn members(
    file: &Arc<File>,
    length: u64,
    limits: &Limits,
    keep: &dyn Fn(&[u8]) -> bool,
    into: &mut LayerTree,
) -> Result<(), Error> {
    let mut headers = Headers::new(limits);
    let (mut block, mut at, mut count) = ([0; 512], 0, 0_u64);
    while at + 512 <= length {
        file.read_exact_at(&mut block, at).map_err(Error::io(""))?;
        at += 512;
        let Some(raw) = headers.block(&block)? else {
            return Ok(());
        };
        let body = at;
        at = body.saturating_add(raw.size.div_ceil(512).saturating_mul(512));
        if at > length {
            return Err(Error::invalid(raw.shown(), "is cut off"));
        }
        count += 1;
        if count > limits.entries {
            return Err(Error::too_much("", "entries", limits.entries));
        }
        if raw.special == Special::Extended {
            let mut bytes = vec![0; usize::try_from(raw.size).unwrap_or(usize::MAX)];
            file.read_exact_at(&mut bytes, body).map_err(Error::io(""))?;
            headers.extended(&raw, bytes)?;
            continue;
        }
        let found = headers.entry(raw)?;
        if found.sparse {
            return Err(Error::invalid(
                shown(&found.path),
                "is a file with holes, which is not read",
            ));
        }
        if !keep(&found.path) {
            continue;
        }
        let item = match found.special {
            Special::Folder => Item::Folder,
            Special::File => {
                Item::File(Source::part(Part::new(Arc::clone(file), body, found.size)))
            }
            Special::Symlink => Item::Symlink(found.link),
            Special::HardLink => Item::HardLink(found.link),
            // A container gets its devices from what runs it.
            Special::Other | Special::Extended => continue,
        };
        into.put(&found.path, Member { item, mode: found.mode, owner: found.owner })?;
    }
    // No digest tells whether it is whole: its end has to.
    Err(Error::invalid("", "is cut off: the archive has no end"))
}
