//! Fixes: what was found is gone when they are in, and nothing else came.

use leadforge_container_audit::dockerfile::{Config, Severity, Surroundings, check, mend};

#[test]
fn mended() {
    let text = "FROM debian:12\nMAINTAINER me\nRUN apt-get update && apt install curl=1\nRUN wget x | tar x\n\
                RUN pip install a==1\nADD --chown=1 a /b\nCMD run --now 'a b'\n";
    let all = Surroundings::default();
    let before = check(text, &Config::default(), &all).findings;
    let (once, count) = mend(text, &before);
    assert!(count >= 6, "{count}");
    let (twice, _) = mend(&once, &check(&once, &Config::default(), &all).findings);
    assert_eq!(
        twice,
        "FROM debian:12\nLABEL org.opencontainers.image.authors=\"me\"\n\
         RUN apt-get update && apt-get install --no-install-recommends -y curl=1 && rm -rf /var/lib/apt/lists/*\n\
         SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN wget --progress=dot:giga x | tar x\n\
         RUN pip install --no-cache-dir a==1\nCOPY --chown=1 a /b\nCMD [\"run\", \"--now\", \"a b\"]\n"
    );
    let left = check(&twice, &Config::default(), &all).findings;
    assert!(left.iter().all(|finding| finding.fix.is_none()), "{left:?}");
}

#[test]
fn configuration() {
    let config = Config::hadolint(
        "ignored: [DL3008]\noverride:\n  error: [DL3015]\n  ignore: [DL3014]\ntrustedRegistries: [docker.io, '*.example.org']\n\
         label-schema:\n  version: semver\nstrict-labels: true\nfailure-threshold: warning\n",
    )
    .unwrap();
    let text = "FROM evil.io/debian:12\nLABEL version=x other=y\nRUN apt-get install a\nFROM r.example.org/a:1\n";
    let found = check(text, &config, &Surroundings::default()).findings;
    let shown: Vec<String> = found
        .iter()
        .filter(|f| f.rule.starts_with("DL"))
        .map(|f| format!("{}@{} {:?}", f.rule, f.line, f.severity))
        .collect();
    assert_eq!(
        shown,
        ["DL3026@1 Error", "DL3050@2 Info", "DL3056@2 Warning", "DL3015@3 Error", "DL3049@4 Info"]
    );
    assert_eq!(config.threshold, Severity::Warning);
    assert!(Config::hadolint("ignored: 3").is_err());
    assert!(Config::hadolint("failure-threshold: bad").is_err());
}
