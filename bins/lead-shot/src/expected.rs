//! The pictures that the configuration promises a baseline for.

use leadforge_cli_kit::host::{current_dir, home};
use leadforge_cli_kit::{Context, Failure};
use leadforge_host_git::{Config, Git};

use crate::config::Shot;
use crate::screens::plan::promised;

/// The pictures of the screens under `[[shot.screen]]`, under the names that `capture` gives them.
///
/// Outside of a repository the configuration of the current folder counts.
pub(crate) fn expected(ctx: &Context) -> Result<Vec<String>, Failure> {
    let here = current_dir()?;
    let config = Config { home: home(), ..Config::default() };
    let root = Git::discover(&here, &config).ok().and_then(|git| git.here().map(Into::into));
    let shot: Shot = ctx.config(&root.unwrap_or(here))?.load_table("shot")?;
    promised(&shot)
}
