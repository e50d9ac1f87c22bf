//! What the documents have in common: flags, the repository's address, a version as data.

use clap::ValueEnum;
use leadforge_cli_kit::Failure;
use leadforge_release_notes::{Commit, Config, Images, Release, Repository};

use crate::place::Place;
use crate::story::screens::{Ends, Shown, screens};
use crate::story::versions::Version;

/// Flags of every document.
#[derive(clap::Args)]
pub(crate) struct Flags {
    /// How pictures are reached.
    #[arg(long, value_enum, value_name = "HOW", default_value_t)]
    images: How,
    /// The repository at its code host, for links; that of the remote origin unless given.
    #[arg(long, value_name = "OWNER/REPO")]
    repo: Option<String>,
    /// The main line; tags that are not on it are marked. The branch that is checked out unless given.
    #[arg(long, value_name = "BRANCH")]
    pub(crate) main: Option<String>,
    /// The most bytes of pictures for one version.
    #[arg(long, value_name = "BYTES", default_value_t = 100 << 20)]
    picture_bytes: u64,
}

/// How pictures are reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum How {
    /// By their paths in the repository, relative to the document.
    #[default]
    Paths,
    /// As files of the release, under the names that `notes --assets` writes.
    Release,
}

impl Flags {
    /// How documents of this repository are written.
    pub(crate) fn config(&self, place: &Place) -> Result<Config, Failure> {
        let named = self.repo.as_deref().or(place.shot.repository.as_deref());
        let repository = match named {
            Some(text) => {
                let wrong = |e| Failure::usage("notes.repository", e);
                Some(Repository::parse(text).map_err(wrong)?)
            }
            // A remote may be anything; one that is no address gives no links.
            None => place.git.remote("origin").and_then(|url| Repository::parse(url).ok()),
        };
        let images = match self.images {
            How::Paths => Images::Paths,
            How::Release => Images::Assets,
        };
        if images == Images::Assets && repository.is_none() {
            return Err(Failure::usage(
                "notes.repository",
                "files of a release need the repository's address",
            )
            .hint("add --repo OWNER/REPO"));
        }
        Ok(Config {
            repository,
            images,
            picture_bytes: self.picture_bytes,
            types: place.shot.types.clone(),
            authorship: place.shot.authorship.clone(),
            ..Config::default()
        })
    }
}

/// A version as data, and why some of its pictures could not be compared.
pub(crate) fn release(
    place: &Place,
    version: &Version,
    shown: &Shown,
    with_commits: bool,
) -> Result<(Release, Vec<String>), Failure> {
    let git = |e| Failure::git(&e);
    let ends = Ends {
        base: version.base.as_ref(),
        tip: &version.tip,
        since: &version.since,
        version: &version.name,
    };
    let found = screens(place, &ends, shown)?;
    let commits = if with_commits {
        place.git.log_between(&version.tip, &version.older).map_err(git)?
    } else {
        Vec::new()
    };
    let commit = |commit: leadforge_host_git::Commit| Commit {
        id: commit.oid.to_string(),
        parents: commit.parents.len(),
        author_name: commit.author.name,
        author_email: commit.author.email,
        committer_name: commit.committer.name,
        committer_email: commit.committer.email,
        subject: commit.subject,
        body: commit.body,
    };
    let release = Release {
        version: version.name.clone(),
        seconds: version.seconds,
        since: version.since.clone(),
        off: version.off.clone(),
        incomplete: None,
        commits: commits.into_iter().map(commit).collect(),
        screens: found.screens,
        same: found.same,
    };
    Ok((release, found.problems))
}

/// Why history may be missing, as a sentence for readers.
pub(crate) fn lacking(place: &Place) -> Result<Option<String>, Failure> {
    let lacks = place.git.lacks().map_err(|e| Failure::git(&e))?;
    Ok(match lacks {
        Some("shallow") => Some("the clone is shallow, older commits are missing".to_owned()),
        // What a partial clone lacks is missed by name when it is looked at.
        _ => None,
    })
}
