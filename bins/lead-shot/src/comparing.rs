//! How pictures are compared: the flags of `diff` and `dir`, and the words for what was found.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use leadforge_cli_kit::Failure;
use leadforge_markup::terminal;
use leadforge_visual_diff::{
    Area, Cause, Config, Diff, Kind, Limits, Outcome, Profile, Region, Structure, Tolerance,
    Warning, mask,
};

use crate::failure;

/// Flags of every comparison.
#[derive(clap::Args)]
pub(crate) struct Flags {
    /// Count smoothed edges too.
    #[arg(long)]
    include_aa: bool,
    /// How much two colours may differ, from 0 (nothing) to 1 (black and white).
    #[arg(long, value_name = "T", default_value_t = 0.1)]
    threshold: f64,
    /// Whose counts are given: pixelmatch 5 or 7.
    #[arg(long, value_enum, value_name = "PROFILE", default_value_t)]
    profile: Whose,
    /// So many counted pixels may differ.
    #[arg(long, value_name = "N")]
    max_diff_pixels: Option<u64>,
    /// Such a share of the pixels may be counted, from 0 to 1.
    #[arg(long, value_name = "R")]
    max_diff_ratio: Option<f64>,
    /// Accept changes of these kinds.
    #[arg(long, value_enum, value_name = "KIND", value_delimiter = ',')]
    allow: Vec<Allowed>,
    /// Count pixels and look for nothing else: quick, but what moved or got other colours has no name.
    #[arg(long, conflicts_with = "allow")]
    counts_only: bool,
    /// Do not look at this box; may be given again.
    #[arg(long, value_name = "X,Y,W,H", value_parser = area)]
    ignore: Vec<Area>,
    /// Do not look where this picture is neither black nor clear.
    #[arg(long, value_name = "PICTURE")]
    mask: Option<PathBuf>,
    /// The most pixels of a picture that is read row by row.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_pixels)]
    max_pixels: u64,
    /// The most pixels of a picture that has to be decoded as a whole: JPEG, WebP, interlaced PNG.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_whole_pixels)]
    max_whole_pixels: u64,
    /// The most pixels in a row.
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_width)]
    max_width: u32,
    /// The most bytes in one piece of a file.
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().max_chunk)]
    max_chunk: u32,
}

/// The versions of pixelmatch whose counts are given.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Whose {
    /// pixelmatch 3 to 6: transparent pixels upon white.
    Pm5,
    /// pixelmatch 7: transparent pixels upon a pattern.
    #[default]
    Pm7,
}

/// Kinds of change that can be accepted.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Allowed {
    /// The same in other colours.
    #[value(alias = "recolor", alias = "recoloured")]
    Recolour,
    /// The same in another place.
    Moved,
    /// What is there now.
    Added,
    /// What was there.
    Removed,
    /// What shows something else.
    Content,
}

impl Flags {
    pub(crate) fn config(&self) -> Result<Config, Failure> {
        let mut config = self.plain();
        if let Some(path) = &self.mask {
            let areas = mask(path, &config.limits).map_err(|e| failure::picture(&e))?;
            config.ignore.extend(areas);
        }
        Ok(config)
    }

    fn plain(&self) -> Config {
        Config {
            profile: match self.profile {
                Whose::Pm5 => Profile::Pm5,
                Whose::Pm7 => Profile::Pm7,
            },
            threshold: self.threshold,
            include_aa: self.include_aa,
            ignore: self.ignore.clone(),
            structure: !self.counts_only,
            limits: Limits {
                max_pixels: self.max_pixels,
                max_whole_pixels: self.max_whole_pixels,
                max_width: self.max_width,
                max_chunk: self.max_chunk,
            },
            ..Config::default()
        }
    }

    pub(crate) fn tolerance(&self) -> Result<Tolerance, Failure> {
        if self.max_diff_ratio.is_some_and(|ratio| !(0.0..=1.0).contains(&ratio)) {
            let why = "--max-diff-ratio has to be from 0 to 1";
            return Err(Failure::usage("usage.value", why));
        }
        let kind = |allowed: &Allowed| match allowed {
            Allowed::Recolour => Kind::Recoloured,
            Allowed::Moved => Kind::Moved,
            Allowed::Added => Kind::Added,
            Allowed::Removed => Kind::Removed,
            Allowed::Content => Kind::Content,
        };
        Ok(Tolerance {
            max_diff_pixels: self.max_diff_pixels,
            max_diff_ratio: self.max_diff_ratio,
            allow: self.allow.iter().map(kind).collect(),
        })
    }
}

fn area(text: &str) -> Result<Area, String> {
    let numbers: Option<Vec<u32>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[x, y, width, height]) if width > 0 && height > 0 => Ok(Area { x, y, width, height }),
        _ => Err("a box is X,Y,WIDTH,HEIGHT in pixels, such as 0,40,1280,32".to_owned()),
    }
}

/// What decided a verdict, by the name of the limit or the kind.
pub(crate) fn decision(diff: &Diff, tolerance: &Tolerance) -> String {
    let counted = diff.verdict.counted;
    let limit = |most: String| match diff.verdict.outcome {
        Outcome::Different => format!("{counted} counted pixels exceed {most}"),
        _ => format!("{counted} counted pixels are within {most}"),
    };
    let why = match diff.verdict.decided_by {
        Cause::Identical => "every pixel is equal".to_owned(),
        Cause::Uncounted => "no pixel that differs is counted".to_owned(),
        Cause::Kind(kind) => {
            format!("{} is not accepted (--allow {})", word(kind), flag(kind))
        }
        Cause::Allowed => "--allow covers every change".to_owned(),
        Cause::Size => "the sizes differ".to_owned(),
        Cause::MaxDiffPixels => {
            limit(format!("--max-diff-pixels {}", tolerance.max_diff_pixels.unwrap_or(0)))
        }
        Cause::MaxDiffRatio => {
            limit(format!("--max-diff-ratio {}", tolerance.max_diff_ratio.unwrap_or(0.0)))
        }
    };
    let outcome = match diff.verdict.outcome {
        Outcome::Same => "same",
        Outcome::Within => "within",
        Outcome::Different => "different",
    };
    format!("{outcome}: {why}")
}

/// Everything about two pictures as text, the summary first.
pub(crate) fn tell(out: &mut dyn Write, diff: &Diff, tolerance: &Tolerance) -> io::Result<()> {
    writeln!(out, "{}", terminal(&diff.summary))?;
    writeln!(out, "{}", decision(diff, tolerance))?;
    let counts = diff.report.counts;
    writeln!(
        out,
        "{} pixels differ: {} counted, {} smoothed edges; {} ignored",
        counts.different, counts.counted, counts.anti_aliased, counts.ignored
    )?;
    for region in diff.structure.iter().flat_map(Structure::parts) {
        writeln!(out, "  {}", part(&region))?;
    }
    Ok(())
}

fn part(region: &Region) -> String {
    let place = |area: &Area| format!("{},{} {}×{}", area.x, area.y, area.width, area.height);
    let boxes = match (&region.before, &region.after) {
        (Some(before), Some(after)) if before == after => place(after),
        (Some(before), Some(after)) => format!("{} → {}", place(before), place(after)),
        (one, other) => one.as_ref().or(other.as_ref()).map(place).unwrap_or_default(),
    };
    let colours: Vec<String> =
        region.recolours.iter().map(|map| format!("{}→{}", map.from, map.to)).collect();
    let colours =
        if colours.is_empty() { String::new() } else { format!("  {}", colours.join(" ")) };
    format!("{:<10} {boxes}  {} pixels{colours}", word(region.kind), region.pixels)
}

/// The word for a kind of change.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Added => "added",
        Kind::Removed => "removed",
        Kind::Moved => "moved",
        Kind::Recoloured => "recoloured",
        _ => "content",
    }
}

fn flag(kind: Kind) -> &'static str {
    if kind == Kind::Recoloured { "recolour" } else { word(kind) }
}

/// What a reader should know beside the pixels.
pub(crate) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::ColourSpaces => {
            "the files name different colour spaces: equal numbers may not look equal".to_owned()
        }
        Warning::Bits(before, after) => {
            format!("the files have {before} and {after} bits in a sample; 8 are compared")
        }
        Warning::Animated => "only the default image of an animation was compared".to_owned(),
        Warning::Trailing => "bytes follow the end of a picture".to_owned(),
    }
}
