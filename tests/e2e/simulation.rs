//! A short run of the simulation, always the same; `cargo xtask torture` plays others for longer.

use e2e::sim::{Report, WORLDS};

/// Histories of each world: some seconds in a debug build.
const HISTORIES: u64 = 60;

#[test]
fn histories_keep_every_promise() {
    for world in WORLDS {
        let mut report = Report::default();
        (0..HISTORIES).for_each(|history| report.play(world, 1, history));
        let stories: Vec<String> =
            report.violations.iter().map(|v| format!("{}\n", v.story.join("\n"))).collect();
        assert!(stories.is_empty(), "{world}: {}", stories.join("\n"));
        // A simulation that never gets there proves nothing.
        for (what, times) in &report.counts {
            assert!(*times > 0, "{world}: {what}");
        }
        assert!(report.counts.len() >= 15, "{world}: {:?}", report.counts);
    }
}
