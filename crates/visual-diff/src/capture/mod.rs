//! Pictures of pages, the same bytes each time: Chromium over its DevTools pipe, behind a fence.
//!
//! A [`Session`] is one Chromium for any number of pictures. It is spoken to over two pipes: no
//! port is opened, and in its fence (bubblewrap) there is no route to anywhere. What a page asks
//! for is answered by a [`Content`] of the caller, everything else is blocked and named. A page's
//! clock, timers, frames and random numbers are given by us; they move in fixed steps, and never
//! while an answer is under way.
//!
//! ```no_run
//! use leadforge_visual_diff::capture::{Answer, Asked, Browser, Session, Shot};
//!
//! let mut session = Session::start(Browser::default())?;
//! let page = |asked: &Asked<'_>| match asked.url {
//!     "http://localhost/" => {
//!         Answer::Body { status: 200, kind: "text/html".into(), bytes: b"<h1>hello".into() }
//!     }
//!     _ => Answer::Block,
//! };
//! let picture = session.capture(&Shot::default(), &page)?;
//! assert!(picture.png.starts_with(b"\x89PNG"));
//! # Ok::<(), leadforge_visual_diff::capture::Error>(())
//! ```

mod client;
mod content;
mod error;
mod fence;
mod fonts;
mod page;
mod process;
mod shot;
mod site;
mod steps;
mod time;

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

pub use content::{Answer, Asked, Content, kind_of};
pub use error::Error;
pub use fonts::fonts;
pub use shot::{Picture, Scheme, Shot, Step};
pub use site::{Files, Folder, Site, Stub};

use client::Client;
use page::Page;
use process::Process;

/// Which Chromium, behind what, with what beside it.
#[derive(Clone, Debug)]
pub struct Browser {
    /// The program; else it is looked for where systems install it, never in `PATH`.
    pub program: Option<PathBuf>,
    /// bubblewrap's program; else it is looked for likewise.
    pub bubblewrap: Option<PathBuf>,
    /// What is around it.
    pub fence: Fence,
    /// A program that serves the pages, on the loopback that it shares with Chromium alone.
    pub app: Option<App>,
    /// How long one picture may take.
    pub deadline: Duration,
}

impl Default for Browser {
    fn default() -> Self {
        Self {
            program: None,
            bubblewrap: None,
            fence: Fence::Bubblewrap,
            app: None,
            deadline: Duration::from_secs(60),
        }
    }
}

/// What is around Chromium.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fence {
    /// Namespaces of its own: no network, no other process, nothing to write to.
    Bubblewrap,
    /// Nothing, not even its own sandbox: for pages that are one's own, where no fence can be had.
    None {
        /// The folder of its profile, which the caller makes and removes.
        profile: PathBuf,
    },
}

/// A program that serves the pages; whoever gives it has been asked whether it may run.
#[derive(Clone, Debug)]
pub struct App {
    /// The command line, for a shell.
    pub command: String,
    /// Its working folder, which it can read and not write.
    pub folder: PathBuf,
    /// What else it can read.
    pub readable: Vec<PathBuf>,
    /// The origin that it serves, such as `http://127.0.0.1:8000`.
    pub origin: String,
}

/// A running Chromium.
#[derive(Debug)]
pub struct Session {
    client: Client,
    version: String,
    browser: Browser,
    nested: bool,
}

/// Changes when the same page would give another picture for our own reasons; part of every key.
pub const REVISION: u32 = 1;

/// How long Chromium may take to start.
const START: Duration = Duration::from_secs(60);

impl Session {
    /// Starts Chromium.
    ///
    /// # Errors
    /// [`Error::Missing`] and [`Error::Snap`] where there is none that can be used,
    /// [`Error::Fence`] where the fence cannot be had; then nothing was run.
    pub fn start(browser: Browser) -> Result<Self, Error> {
        let first = Self::try_start(&browser, true);
        match first {
            // A kernel that lets nobody make namespaces inside of namespaces: ours stands.
            Err(Error::Died { said, .. })
                if browser.fence == Fence::Bubblewrap && said.contains("No usable sandbox") =>
            {
                Self::try_start(&browser, false)
            }
            other => other,
        }
    }

    fn try_start(browser: &Browser, nested: bool) -> Result<Self, Error> {
        let process = Process::start(fence::command(browser, nested)?, client::wanted)?;
        let mut client = Client::new(process);
        let told = client.call("Browser.getVersion", json!({}), START)?;
        let version = told["product"].as_str().unwrap_or_default().to_owned();
        let everything = json!({"patterns": [{"urlPattern": "*"}]});
        client.call("Fetch.enable", everything, START)?;
        client.call("Browser.setDownloadBehavior", json!({"behavior": "deny"}), START)?;
        Ok(Self { client, version, browser: browser.clone(), nested })
    }

    /// What Chromium calls itself, such as `Chrome/156.0.8078.79`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether Chromium's own sandbox stands inside of ours.
    #[must_use]
    pub const fn nested(&self) -> bool {
        self.nested
    }

    /// The process id of the fence, or of Chromium where there is no fence.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.client.process().id()
    }

    /// Takes one picture, in a profile of its own that is thrown away.
    ///
    /// # Errors
    /// [`Error::Page`], [`Error::Step`] and [`Error::Deadline`] are the page's: the session can
    /// take the next picture. After [`Error::Died`] it cannot.
    pub fn capture(&mut self, shot: &Shot, content: &dyn Content) -> Result<Picture, Error> {
        let within = self.browser.deadline;
        let client = &mut self.client;
        let made = client.call("Target.createBrowserContext", json!({}), within)?;
        let context = made["browserContextId"].clone();
        let origin = self.browser.app.as_ref().map(|app| app.origin.as_str());
        let taken = Page::open(client, &context, shot, content, origin, within)
            .and_then(|mut page| page.picture());
        let disposed: Result<Value, Error> = client.call(
            "Target.disposeBrowserContext",
            json!({"browserContextId": context}),
            within,
        );
        client.forget();
        let picture = taken?;
        disposed.map(|_| picture)
    }
}

/// Where Chromium is on this machine, without starting it.
///
/// # Errors
/// [`Error::Missing`] or [`Error::Snap`].
pub fn find(browser: &Browser) -> Result<PathBuf, Error> {
    fence::chromium(browser)
}
