//! How a page's time passes: in steps, each of them between two moments at which nothing is under way.

use std::time::{Duration, Instant};

use serde_json::json;

use super::Picture;
use super::error::{Error, quoted};
use super::page::{Page, decode, longest};
use crate::Size;

/// One step of the page's time.
const STEP_MS: u32 = 100;
/// How long the end of an answer is waited for, when Chromium does not say that it came.
const ANSWER: Duration = Duration::from_millis(250);
/// After so long a document that is not loaded waits for a timer.
const STILL: Duration = Duration::from_secs(10);
/// More frames than this are not waited for to become equal.
const FRAMES: usize = 8;

impl Page<'_> {
    /// Waits until the document is loaded, while its time stands; then until it has settled.
    pub(super) fn load(&mut self) -> Result<(), Error> {
        let begun = Instant::now();
        for _ in 0..600 {
            self.quiet()?;
            if self.evaluate("document.readyState")? == "complete" {
                return self.settle(self.shot.settle_ms);
            }
            // Nothing but a timer can end this.
            if begun.elapsed() >= STILL {
                self.step()?;
            }
        }
        let what = "is not loaded, and nothing is under way".to_owned();
        Err(Error::Page { url: quoted(&self.shot.url, 300), what })
    }

    /// Lets up to so much time pass; less where the page has nothing left to do.
    pub(super) fn settle(&mut self, ms: u32) -> Result<(), Error> {
        self.quiet()?;
        let mut left = ms;
        while left > 0 {
            let before = self.answered;
            let waiting = self.step()?;
            left = left.saturating_sub(STEP_MS);
            if waiting == 0 && self.answered == before {
                break;
            }
        }
        self.evaluate("document.fonts.ready.then(() => true)")?;
        self.quiet()
    }

    /// One step in every world, then quiet. Returns how many timers are set.
    pub(super) fn step(&mut self) -> Result<u64, Error> {
        let mut waiting = 0;
        for (session, context) in self.worlds.clone() {
            let mut params = json!({
                "expression": format!("globalThis.__leadforge?.run({STEP_MS})"),
                "awaitPromise": true, "returnByValue": true,
            });
            if let Some(context) = context {
                params["uniqueContextId"] = context.into();
            }
            // A world may have ended since.
            match self.call_in(&session, "Runtime.evaluate", params) {
                Ok(done) => waiting += done["result"]["value"].as_u64().unwrap_or(0),
                Err(Error::Refused { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        self.quiet()?;
        Ok(waiting)
    }

    /// Answers what the page asks for, one after the other, until nothing is under way.
    pub(super) fn quiet(&mut self) -> Result<(), Error> {
        loop {
            self.expired = false;
            // Chromium's own virtual time stands while a request is under way, so that the end of
            // this budget says: no request, and no task that could run at once.
            let budget = json!({"policy": "pauseIfNetworkFetchesPending", "budget": 5});
            let session = self.session.clone();
            self.client.send(&session, "Emulation.setVirtualTimePolicy", budget);
            let mut since = Instant::now();
            while !self.expired || self.busy() {
                let before = self.answered;
                self.answer_in_turn();
                let heard = self.one_event("the page to be quiet", Instant::now() + ANSWER)?;
                if heard || self.answered != before {
                    since = Instant::now();
                } else if self.busy() && since.elapsed() >= ANSWER {
                    self.give_up();
                }
            }
            // What only happens when a frame is drawn: observers, finished animations.
            self.evaluate("globalThis.__leadforge?.frames(2)")?;
            if !self.busy() {
                return Ok(());
            }
        }
    }

    /// Steps to the wanted state, then the picture.
    pub(super) fn picture(&mut self) -> Result<Picture, Error> {
        self.steps()?;
        self.cover()?;
        for _ in 0..10 {
            if self.evaluate("globalThis.__leadforge?.still()")? == 0 {
                break;
            }
            self.quiet()?;
        }
        let size = self.size()?;
        let clip = json!({"x": 0, "y": 0, "width": size.width, "height": size.height, "scale": 1});
        let mut last = Vec::new();
        for _ in 0..FRAMES {
            let mut params = json!({"format": "png", "fromSurface": true});
            if self.shot.full_page {
                params["captureBeyondViewport"] = true.into();
                params["clip"] = clip.clone();
            }
            let shot = self.call("Page.captureScreenshot", params)?;
            let png = decode(&shot["data"]).ok_or_else(|| Error::Page {
                url: quoted(&self.shot.url, 300),
                what: "Chromium's picture is no base64".to_owned(),
            })?;
            if png == last {
                return Ok(self.finish(png, size));
            }
            last = png;
        }
        self.warnings.push(format!("no two of {FRAMES} frames were equal: something still moves"));
        Ok(self.finish(last, size))
    }

    fn size(&mut self) -> Result<Size, Error> {
        let window = self.shot.viewport;
        if !self.shot.full_page {
            return Ok(window);
        }
        let layout = self.call("Page.getLayoutMetrics", json!({}))?;
        let side = |name: &str| layout["cssContentSize"][name].as_f64().unwrap_or(0.0).ceil();
        let (width, height) = (side("width"), side("height"));
        if width > f64::from(longest()) || height > f64::from(longest()) {
            let what = format!(
                "the whole page is {width}×{height}, a picture at most {0}×{0}: set full_page = false",
                longest()
            );
            return Err(Error::Page { url: quoted(&self.shot.url, 300), what });
        }
        Ok(Size { width: window.width.max(width as u32), height: window.height.max(height as u32) })
    }
}
