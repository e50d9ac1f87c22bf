//! Who takes pictures: one Chromium, started for the first of them.

use std::path::PathBuf;

use leadforge_cli_kit::{Context, Exit, Failure};
use leadforge_visual_diff::capture::{
    App, Browser, Error, Fence, Files, Picture, Session, Site, find, fonts,
};

use super::plan::{Plan, digest};
use super::profile::Profile;
use crate::place::Place;

/// Flags of every verb that takes pictures.
#[derive(clap::Args)]
pub(crate) struct Flags {
    /// Chromium's program; else it is looked for where systems install it.
    #[arg(long, value_name = "PATH")]
    pub(crate) browser: Option<PathBuf>,
    /// Run Chromium without any fence, as the user that you are.
    #[arg(long)]
    pub(crate) no_sandbox: bool,
    /// Run the app of leadforge.toml if this is the digest of all that would run.
    #[arg(long, value_name = "DIGEST")]
    pub(crate) trust: Option<String>,
}

/// Chromium, its name, and the fonts it has.
pub(crate) struct Taker {
    browser: Browser,
    session: Option<Session>,
    /// After the session: it is removed when Chromium has ended.
    profile: Option<Profile>,
    fonts: String,
}

impl Taker {
    /// Looks for Chromium and fonts; starts nothing.
    pub(crate) fn new(place: &Place, flags: &Flags, ctx: &Context) -> Result<Self, Failure> {
        let mut browser = Browser { program: flags.browser.clone(), ..Browser::default() };
        if let Some(path) = &mut browser.program {
            *path = leadforge_cli_kit::host::current_dir()?.join(&*path);
        }
        find(&browser).map_err(|error| failure(&error))?;
        let mut profile = None;
        if flags.no_sandbox {
            ctx.warn("--no-sandbox: Chromium runs without any fence");
            let made = Profile::new(&place.git.state_dir().join("cache/shot"))?;
            browser.fence = Fence::None { profile: made.path().to_owned() };
            profile = Some(made);
        }
        let fonts = fonts().map_err(|error| failure(&error))?;
        let fonts = digest(fonts.join("\n").as_bytes());
        Ok(Self { browser, session: None, profile, fonts })
    }

    /// Puts the configured app beside Chromium, once it is trusted.
    pub(crate) fn with_app(
        mut self,
        place: &Place,
        flags: &Flags,
        ctx: &Context,
    ) -> Result<Self, Failure> {
        let (Some(app), Some(root)) = (&place.shot.app, &place.root) else { return Ok(self) };
        if self.profile.is_some() {
            return Err(Failure::refused(
                "shot.app-without-fence",
                "with --no-sandbox the app would have the machine's network",
            )
            .hint("install bubblewrap and leave --no-sandbox out"));
        }
        place.trusted(ctx, flags.trust.as_deref())?;
        self.browser.app = Some(App {
            command: app.command.clone(),
            folder: root.clone(),
            readable: Vec::new(),
            origin: app.origin.trim_end_matches('/').to_owned(),
        });
        Ok(self)
    }

    /// The digest of the fonts.
    pub(crate) fn fonts(&self) -> &str {
        &self.fonts
    }

    /// Chromium's name and version; starts it.
    pub(crate) fn version(&mut self) -> Result<String, Failure> {
        Ok(self.session()?.version().to_owned())
    }

    /// What tells this Chromium from another one on this machine; starts nothing.
    pub(crate) fn identity(&self) -> Result<String, Failure> {
        let path = find(&self.browser).map_err(|error| failure(&error))?;
        let data = std::fs::metadata(&path)?;
        Ok(format!("{} {} {:?}", path.display(), data.len(), data.modified()?))
    }

    /// Takes one picture.
    pub(crate) fn take(
        &mut self,
        plan: &Plan,
        document: Option<&[u8]>,
        folders: Vec<(String, &dyn Files)>,
    ) -> Result<Result<Picture, Error>, Failure> {
        let mut stubs = Vec::from_iter(document.map(|bytes| plan.document(bytes)));
        stubs.extend(plan.stubs.iter().cloned());
        let site = Site { origin: plan.origin.clone(), stubs, folders, app: plan.app };
        match self.session()?.capture(&plan.shot, &site) {
            Err(error @ Error::Died { .. }) => {
                // The next picture gets a new one; a page that kills it fails alone.
                self.session = None;
                Ok(Err(error))
            }
            other => Ok(other),
        }
    }

    fn session(&mut self) -> Result<&mut Session, Failure> {
        let session = match self.session.take() {
            Some(session) => session,
            None => Session::start(self.browser.clone()).map_err(|error| failure(&error))?,
        };
        Ok(self.session.insert(session))
    }
}

/// Why Chromium cannot be had.
pub(crate) fn failure(error: &Error) -> Failure {
    let (exit, code, hint) = match error {
        Error::Missing { .. } => (
            Exit::CannotLook,
            "shot.no-browser",
            "install Chromium: on Debian `apt-get install chromium`, or name one with --browser",
        ),
        Error::Snap { .. } => (
            Exit::CannotLook,
            "shot.snap",
            "install a Chromium or Chrome that is no snap, and name it with --browser",
        ),
        Error::Fence { .. } => (
            Exit::Refused,
            "shot.fence",
            "install bubblewrap, or type --no-sandbox to run Chromium without any fence",
        ),
        _ => (Exit::CannotLook, "shot.browser", "lead-shot capture --help lists what can be set"),
    };
    Failure::from_error(exit, code, error).hint(hint)
}
