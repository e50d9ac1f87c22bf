//! The usual run with what other tools say of it.

use leadforge_scorecard::{Dossier, Section};
use serde_json::json;

use super::usual;

/// A picture of eight by four pixels.
const PIXELS: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAIAAAA8r+mnAAAAEUlEQVR42mPg4BHDihioJwEABTMFQf0L5O8AAAAASUVORK5CYII=";

/// The usual run with sections of two other tools.
pub(crate) fn with_sections() -> Dossier {
    let mut d = usual();
    let review = json!({
        "schema": "leadforge/review/1", "tool": {"name": "lead-review", "version": "0.1.0"},
        "outcome": "findings", "summary": {"error": 1, "warning": 1, "files": 61},
        "findings": [
            {"rule": "coverage.lines", "level": "warning", "message": "3 changed lines are not covered.",
             "at": {"path": "src/app/score.py", "line": 41}},
            {"rule": "arch.layer", "level": "error", "message": "discovery must not import cache.",
             "at": {"path": "src/app/discovery/models.py", "line": 7}, "fingerprint": "f1"}],
        "data": {}
    });
    let pictures = json!({
        "schema": "leadforge/shot/1", "tool": {"name": "lead-shot", "version": "0.1.0"},
        "outcome": "clean", "summary": {"screens": 10, "changed": 2}, "findings": [],
        "exhibits": [
            {"title": "screenshots/job-search.png", "paths": ["src/app/score.py"],
             "text": "theme recolour #080c16→#0f1729 on 97 % of the page; no layout change",
             "before": {"label": "before", "width": 8, "height": 4, "image": PIXELS},
             "after": {"label": "after", "width": 8, "height": 4, "image": PIXELS},
             "parts": [
                {"kind": "recoloured", "text": "0,0 8×4: #080c16→#0f1729", "before": [0, 0, 8, 4], "after": [0, 0, 8, 4]},
                {"kind": "added", "text": "1,1 2×1", "after": [1, 1, 2, 1]},
                {"kind": "of a later version", "text": "5,1 2×2", "before": [5, 1, 2, 2], "after": [5, 2, 2, 2]}]},
            {"title": "screenshots/login.png", "text": "new",
             "after": {"label": "after", "width": 1280, "height": 720, "absent": "3.1 MB, more than fits"}}]
    });
    for value in [review, pictures] {
        let bytes = value.to_string();
        d.sections.push(Section::from_envelope(bytes.as_bytes()).expect("an envelope"));
    }
    d
}
