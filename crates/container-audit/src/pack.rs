//! Packing an image without a daemon: layers upon a base, or alone, the same bytes every time.
//!
//! ```
//! use leadforge_container_audit::pack::{Recipe, pack};
//! use leadforge_oci_image::{Item, LayerTree, Member, Platform, RunConfig, Source};
//!
//! let mut tree = LayerTree::new();
//! let program = Item::File(Source::bytes(b"\x7fELF...".to_vec()));
//! tree.put(b"/app", Member { item: program, mode: 0o755, owner: (0, 0) })?;
//! let run = RunConfig {
//!     user: "65532:65532".into(),
//!     entrypoint: vec!["/app".into()],
//!     ..RunConfig::default()
//! };
//! let platform = Platform::parse("linux/amd64").expect("it is one");
//! let mut recipe = Recipe { layers: vec![(tree, "app".into())], run, platform, ..Recipe::default() };
//! let packed = pack(None, &mut recipe)?;
//! assert_eq!(packed.manifest.media_type, "application/vnd.oci.image.manifest.v1+json");
//! # Ok::<(), leadforge_container_audit::pack::Error>(())
//! ```

use leadforge_oci_image::{
    Descriptor, Image, LayerTree, Layout, MadeLayer, Platform, RunChanges, RunConfig,
};

/// What is packed.
#[derive(Debug, Default)]
pub struct Recipe {
    /// Layers, the lowest first, each with the words that the history gets.
    pub layers: Vec<(LayerTree, String)>,
    /// How a container runs; what is empty keeps what the base says.
    pub run: RunConfig,
    /// The platform, where there is no base that says it.
    pub platform: Platform,
    /// When it was made, as RFC 3339; nothing leaves it out.
    pub created: Option<String>,
    /// The time of every file, in seconds since 1970.
    pub mtime: u64,
    /// The name of the image in its layout.
    pub name: Option<String>,
    /// Whether containers may run as root.
    pub root: bool,
}

/// A packed image: a layout to attach documents to and to write.
#[derive(Debug)]
pub struct Packed {
    /// All blobs and the index.
    pub layout: Layout,
    /// What names the image.
    pub manifest: Descriptor,
    /// The layers that were added.
    pub layers: Vec<MadeLayer>,
    /// The user that containers run as.
    pub user: String,
}

/// Why nothing was packed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A container would run as root, or as a user whose number nobody knows.
    #[error("{0}")]
    User(String),
    /// A layer or the base cannot be read or written.
    #[error(transparent)]
    Image(#[from] leadforge_oci_image::Error),
}

/// Packs an image; nothing is written yet.
///
/// # Errors
/// When a container would run as root and that is not asked for, the base is no layout, or a file
/// cannot be read.
pub fn pack(base: Option<&Image>, recipe: &mut Recipe) -> Result<Packed, Error> {
    let of_base = base.map_or("", |base| base.run_config().user.as_str());
    let user = if recipe.run.user.is_empty() { of_base } else { &recipe.run.user };
    let user = user.to_owned();
    if !recipe.root {
        check(&user)?;
    }
    let mut layout = base.map_or_else(|| Ok(Layout::new()), Layout::on)?;
    let mut layers = Vec::new();
    for (tree, words) in &mut recipe.layers {
        layers.push(layout.add(tree, recipe.mtime, words)?);
    }
    let changes = RunChanges {
        run: recipe.run.clone(),
        platform: recipe.platform.clone(),
        created: recipe.created.clone(),
    };
    let manifest = layout.finish(&changes, recipe.name.as_deref());
    Ok(Packed { layout, manifest, layers, user })
}

/// Whether a user is a number and not root: a platform that asks for that cannot look a name up.
fn check(user: &str) -> Result<(), Error> {
    let name = user.split(':').next().unwrap_or_default();
    match name.parse::<u32>() {
        Ok(0) => Err(Error::User("a container would run as root (user 0)".to_owned())),
        Ok(_) => Ok(()),
        Err(_) if name.is_empty() => {
            Err(Error::User("a container would run as root: nothing names a user".to_owned()))
        }
        Err(_) => Err(Error::User(format!(
            "the user is {name:?}: only a number shows a platform that it is not root"
        ))),
    }
}
