//! The pictures that the configuration promises a baseline for.

use leadforge_cli_kit::host::{current_dir, home};
use leadforge_cli_kit::{Context, Failure};
use leadforge_host_git::{Config, Git};

/// The pictures of the screens under `[[shot.screen]]`: `NAME.png`, or one for each scheme.
///
/// Outside of a repository the configuration of the current folder counts.
pub(crate) fn expected(ctx: &Context) -> Result<Vec<String>, Failure> {
    let here = current_dir()?;
    let config = Config { home: home(), ..Config::default() };
    let root = Git::discover(&here, &config).ok().and_then(|git| git.here().map(Into::into));
    let config = ctx.config(&root.unwrap_or(here))?;
    let shot = config.table().get("shot");
    let of_all = shot.and_then(|shot| shot.get("defaults")?.get("schemes"));
    let screens = shot.and_then(|shot| shot.get("screen")?.as_array());
    let mut pictures = Vec::new();
    for screen in screens.into_iter().flatten() {
        let Some(name) = screen.get("name").and_then(|name| name.as_str()) else { continue };
        let schemes = screen.get("schemes").or(of_all).and_then(|schemes| schemes.as_array());
        match schemes {
            Some(schemes) if schemes.len() > 1 => pictures.extend(
                schemes.iter().filter_map(|one| Some(format!("{name}-{}.png", one.as_str()?))),
            ),
            _ => pictures.push(format!("{name}.png")),
        }
    }
    Ok(pictures)
}
