//! Photographs pages, or takes what was kept of them.

use crate::Result;
use crate::truth::{Boxes, Mutated};
use leadforge_visual_diff::Size;
use leadforge_visual_diff::capture::{Answer, Asked, Browser, Session, Shot};
use std::cell::RefCell;
use std::path::PathBuf;

pub(crate) struct Camera {
    /// Started when the first picture is taken.
    pub(crate) session: Option<Session>,
    /// Where pictures are kept, and used again for the same page.
    pub(crate) keep: Option<PathBuf>,
}

impl Camera {
    /// The picture of a page and the boxes of its marked elements.
    pub(crate) fn photograph(
        &mut self,
        name: &str,
        html: &str,
        width: u32,
    ) -> Result<(Vec<u8>, Boxes)> {
        let kept = self.keep.as_ref().and_then(|folder| {
            let file = |end: &str| folder.join(format!("{name}.{end}"));
            let same = std::fs::read_to_string(file("html")).ok()? == html;
            let boxes = std::fs::read_to_string(file("boxes")).ok().filter(|_| same)?;
            Some((std::fs::read(file("png")).ok()?, boxes))
        });
        let again = kept.is_some();
        let (png, told) = match kept {
            Some(kept) => kept,
            None => self.take(html, width)?,
        };
        if let Some(folder) = self.keep.as_ref().filter(|_| !again) {
            std::fs::create_dir_all(folder)?;
            for (end, bytes) in
                [("png", &png[..]), ("boxes", told.as_bytes()), ("html", html.as_bytes())]
            {
                std::fs::write(folder.join(format!("{name}.{end}")), bytes)?;
            }
        }
        Ok((png, Mutated::boxes(&told).ok_or("the page told no boxes")?))
    }

    fn take(&mut self, html: &str, width: u32) -> Result<(Vec<u8>, String)> {
        let session = match &mut self.session {
            Some(session) => session,
            none => none.insert(Session::start(Browser::default())?),
        };
        let told = RefCell::new(String::new());
        let content = |asked: &Asked<'_>| {
            let body = |kind: &str, bytes: &[u8]| Answer::Body {
                status: 200,
                kind: kind.into(),
                bytes: bytes.to_vec(),
            };
            if let Some((_, boxes)) = asked.url.split_once("/boxes?") {
                boxes.clone_into(&mut told.borrow_mut());
                return body("text/plain", b"");
            }
            if asked.url == "http://localhost/" {
                body("text/html; charset=utf-8", html.as_bytes())
            } else {
                Answer::Block
            }
        };
        let viewport = Size { width, height: 768 };
        let shot = Shot { viewport, full_page: true, settle_ms: 50, ..Shot::default() };
        let picture = session.capture(&shot, &content)?;
        Ok((picture.png, told.into_inner()))
    }
}
