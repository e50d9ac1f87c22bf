//! `lead-sbom pack`: an image without a daemon, with its inventory attached.

use std::path::PathBuf;

use leadforge_cli_kit::{Context, Exit, Failure, Format, Outcome, Report};
use leadforge_container_audit::pack::{Error, Packed, Recipe, pack};
use leadforge_oci_image::{
    Config, Empty, Image, Item, Layer, LayerTree, Limits, Member, Platform, RunConfig, read_tar,
};
use leadforge_sbom::cyclonedx::{Meta, Spec, write};
use leadforge_sbom::{Config as Extract, inventory};
use serde::Serialize;

use crate::image::{Bytes, failure as unsound, host};
use crate::pack::{Added, Drop, Preview, gather, preview, put, vacant};
use crate::{epoch, failure};

/// Flags of `pack`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder that becomes an OCI layout; it must be new or empty.
    #[arg(value_name = "LAYOUT")]
    layout: PathBuf,
    /// An OCI layout whose image lies below what is added.
    #[arg(long, value_name = "LAYOUT")]
    base: Option<PathBuf>,
    /// An archive with a root file system as the lowest layer, such as mmdebstrap makes.
    #[arg(long, value_name = "TAR")]
    rootfs: Option<PathBuf>,
    /// Add a file or folder as a layer of its own: FROM:TO. Repeatable; layers come in this order.
    #[arg(long, value_name = "FROM:TO")]
    add: Vec<Added>,
    /// Leave out what has such a path in the image; * and ** stand for any text. Repeatable.
    #[arg(long, value_name = "GLOB")]
    drop: Vec<String>,
    /// Make an empty folder that the user of the container may write to. Repeatable.
    #[arg(long, value_name = "FOLDER")]
    writable: Vec<String>,
    /// The user and group that containers run as, as numbers.
    #[arg(long, value_name = "UID[:GID]")]
    user: Option<String>,
    /// Allow that containers run as root.
    #[arg(long)]
    root: bool,
    /// Set a variable of the environment. Repeatable.
    #[arg(long, value_name = "NAME=VALUE")]
    env: Vec<String>,
    /// What is started, a word at a time. Repeatable.
    #[arg(long, value_name = "WORD", allow_hyphen_values = true)]
    entrypoint: Vec<String>,
    /// Its arguments unless others are given, a word at a time. Repeatable.
    #[arg(long, value_name = "WORD", allow_hyphen_values = true)]
    cmd: Vec<String>,
    /// The folder it starts in.
    #[arg(long, value_name = "FOLDER")]
    workdir: Option<String>,
    /// A port it listens on: 8000 or 53/udp. Repeatable.
    #[arg(long, value_name = "PORT")]
    port: Vec<String>,
    /// Words about the image. Repeatable.
    #[arg(long, value_name = "NAME=VALUE")]
    label: Vec<String>,
    /// The name of the image in the layout.
    #[arg(long)]
    name: Option<String>,
    /// The platform: of the base if there are several, or of what is packed without one.
    #[arg(long, value_name = "OS/ARCH")]
    platform: Option<String>,
    /// Attach no inventory.
    #[arg(long)]
    no_sbom: bool,
    /// Write nothing and fail when the files of all layers have more bytes: 100MB.
    #[arg(long, value_name = "SIZE")]
    max_size: Option<Bytes>,
}

/// What goes into the envelope.
#[derive(Serialize)]
struct Data {
    /// The digest of the manifest.
    digest: String,
    user: String,
    /// Bytes of the packed layers, and of the files of all layers.
    packed: u64,
    files: u64,
    /// The digest of the manifest that attaches the inventory.
    #[serde(skip_serializing_if = "Option::is_none")]
    sbom: Option<String>,
}

/// What an inventory in an image is.
const CYCLONEDX: &str = "application/vnd.cyclonedx+json";

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    vacant(&args.layout)?;
    let platform = platform(args)?;
    let limits = Limits::default();
    let (asked, host) = (args.platform.as_ref().map(|_| platform.clone()), host());
    let config = Config { platform: asked, host, limits: limits.clone(), ..Config::default() };
    let base = args.base.as_ref().map(|path| Image::open(path, &config));
    let base = base.transpose().map_err(|error| unsound(&error))?;
    let created = epoch::timestamp()?;
    let mut recipe = Recipe {
        layers: layers(args, &limits)?,
        run: run_config(args)?,
        platform,
        mtime: epoch::seconds()?.unwrap_or(0),
        created: created.clone(),
        name: args.name.clone(),
        root: args.root,
    };
    let mut packed = pack(base.as_ref(), &mut recipe).map_err(|error| meaning(&error))?;
    let mut seen = preview(base.as_ref(), &recipe, &limits)?;
    let files = seen.squashed.total_bytes();
    if let Some(most) = args.max_size.filter(|most| files > most.0) {
        let message =
            format!("files of all layers have {files} bytes, and at most {} are asked for", most.0);
        return Err(Failure::new(Exit::Findings, "image.size", message));
    }
    started(&mut seen, &recipe)?;
    let sbom = if args.no_sbom { None } else { Some(attach(&mut packed, &seen, ctx, created)?) };
    let of_base = base.iter().flat_map(Image::layers).filter_map(Layer::packed).sum::<u64>();
    let packed_bytes = of_base + packed.layers.iter().map(|l| l.descriptor.size).sum::<u64>();
    put(&packed, &args.layout)?;
    let data = Data {
        digest: packed.manifest.digest.to_string(),
        user: packed.user.clone(),
        packed: packed_bytes,
        files,
        sbom,
    };
    let text = format!(
        "{} in {}\n{packed_bytes} bytes packed, {files} bytes of files, runs as {}",
        data.digest,
        args.layout.display(),
        data.user
    );
    ctx.emit(&Report::new(Outcome::Clean).with_data(&data), |out| writeln!(out, "{text}"))
}

fn platform(args: &Args) -> Result<Platform, Failure> {
    match &args.platform {
        Some(text) => Platform::parse(text).ok_or_else(|| {
            Failure::usage("usage.platform", format!("{text:?} is no platform: write linux/amd64"))
        }),
        None => Ok(host().unwrap_or_default()),
    }
}

/// The layers that are added, each with what the history says of it; no path of this machine.
fn layers(args: &Args, limits: &Limits) -> Result<Vec<(LayerTree, String)>, Failure> {
    let drop = Drop::parse(&args.drop)?;
    let mut layers = Vec::new();
    if let Some(tar) = &args.rootfs {
        let mut tree = LayerTree::new();
        read_tar(tar, limits, &|path| drop.keeps(path), &mut tree).map_err(|e| unsound(&e))?;
        layers.push((tree, "lead-sbom pack --rootfs".to_owned()));
    }
    for added in &args.add {
        let mut tree = LayerTree::new();
        gather(added, &drop, &mut tree)?;
        layers.push((tree, format!("lead-sbom pack --add {}", added.to())));
    }
    if !args.writable.is_empty() {
        let owner = owner(args)?;
        let mut tree = LayerTree::new();
        for folder in &args.writable {
            let member = Member { item: Item::Folder, mode: 0o755, owner };
            tree.put(folder.as_bytes(), member).map_err(|error| unsound(&error))?;
        }
        layers.push((tree, format!("lead-sbom pack --writable {}", args.writable.join(" "))));
    }
    if layers.is_empty() {
        let message = "nothing is packed: give --rootfs, --add or --writable";
        return Err(Failure::usage("usage.nothing", message));
    }
    Ok(layers)
}

/// The numbers of the user that may write.
fn owner(args: &Args) -> Result<(u64, u64), Failure> {
    let user = args.user.as_deref().unwrap_or_default();
    let (uid, gid) = user.split_once(':').unwrap_or((user, user));
    match (uid.parse(), gid.parse()) {
        (Ok(uid), Ok(gid)) => Ok((uid, gid)),
        _ => Err(Failure::usage("usage.user", "--writable needs --user UID:GID, as numbers")),
    }
}

fn run_config(args: &Args) -> Result<RunConfig, Failure> {
    let pair = |flag: &str, text: &str| match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(Failure::usage("usage.pair", format!("{flag}: {text:?} is not NAME=VALUE"))),
    };
    for text in &args.env {
        pair("--env", text)?;
    }
    let port = |text: &String| {
        let (number, kind) = text.split_once('/').unwrap_or((text, "tcp"));
        let sound = number.parse::<u16>().is_ok() && matches!(kind, "tcp" | "udp" | "sctp");
        let wrong = || Failure::usage("usage.port", format!("--port: {text:?} is no port"));
        if sound { Ok((format!("{number}/{kind}"), Empty {})) } else { Err(wrong()) }
    };
    Ok(RunConfig {
        user: args.user.clone().unwrap_or_default(),
        exposed_ports: args.port.iter().map(port).collect::<Result<_, _>>()?,
        env: args.env.clone(),
        entrypoint: args.entrypoint.clone(),
        cmd: args.cmd.clone(),
        working_dir: args.workdir.clone().unwrap_or_default(),
        labels: args.label.iter().map(|text| pair("--label", text)).collect::<Result<_, _>>()?,
    })
}

/// Whether what is started is there: found out now, and not where the image is run.
fn started(seen: &mut Preview, recipe: &Recipe) -> Result<(), Failure> {
    let Some(program) = recipe.run.entrypoint.first().filter(|word| word.starts_with('/')) else {
        return Ok(());
    };
    if seen.has(program)? {
        return Ok(());
    }
    let message = format!("the image has no {program}, which --entrypoint names");
    Err(Failure::usage("pack.entrypoint", message))
}

/// Attaches the inventory of what is packed; the digest of its manifest is given.
fn attach(
    packed: &mut Packed,
    seen: &Preview,
    ctx: &Context,
    timestamp: Option<String>,
) -> Result<String, Failure> {
    let found = inventory(&seen.shelf.squashed(), &Extract::default());
    let found = found.map_err(|error| failure::sbom(&error))?;
    let (tool, tool_version) = (ctx.tool().to_owned(), ctx.version().to_owned());
    let mut document = Vec::new();
    write(&found, Spec::default(), &Meta { tool, tool_version, timestamp }, &mut document)?;
    let subject = packed.manifest.clone();
    Ok(packed.layout.attach(&subject, CYCLONEDX, document).digest.to_string())
}

fn meaning(error: &Error) -> Failure {
    match error {
        Error::User(_) => Failure::from_error(Exit::Usage, "pack.root", error)
            .hint("name one with --user 65532:65532, or allow it with --root"),
        Error::Image(error) => unsound(error),
    }
}
