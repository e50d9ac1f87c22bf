//! Fuzz target `sarif`: any bytes as what a tool found.

use leadforge_cli_kit::Exit;
use leadforge_cli_kit::sarif::read;

/// A log either is refused on one line, or its paths stay below the root and nothing of it is lost unsaid.
pub(crate) fn run(data: &[u8]) {
    let log = match read("log", data, "/root/of/it") {
        Ok(log) => log,
        Err(failure) => {
            assert_eq!(failure.exit, Exit::Usage);
            assert!(failure.message.starts_with("log"), "{}", failure.message);
            return;
        }
    };
    assert_eq!(log, read("log", data, "/root/of/it").expect("it was one"));
    for run in &log.runs {
        assert!(!run.tool.contains('\n') && run.gaps.iter().all(|gap| !gap.is_empty()));
        for hit in &run.hits {
            assert!(!hit.rule.is_empty() || !hit.message.is_empty());
            assert!(hit.known.is_none() || run.rule(hit).is_some());
            for path in hit.places.iter().filter_map(|place| place.path.as_deref()) {
                let parts: Vec<&str> = path.split('/').collect();
                assert!(!parts.iter().any(|part| matches!(*part, "" | "." | "..")), "{path}");
                assert!(!path.contains(['\\', '\0']), "{path}");
            }
        }
    }
}
