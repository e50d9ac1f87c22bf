//! Dockerfiles that are written: nothing is found in them, and nothing hostile gets into them.

use leadforge_container_audit::dockerfile::{self, Surroundings, check};
use leadforge_container_audit::dockerignore::propose;
use leadforge_container_audit::template::{
    Config, Error, Flavour, Install, Libc, Machine, Takes, Wheel, layers, words, write,
};
use proptest::prelude::*;

const FLAVOURS: [Flavour; 3] = [Flavour::Slim, Flavour::Alpine, Flavour::Distroless];

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Everything that can be asked for.
fn configs() -> Vec<Config> {
    let installs = [
        Install::Lock { extras: strings(&["web"]), package: true },
        Install::Lock { extras: Vec::new(), package: false },
        Install::Requirements { file: "requirements.txt".to_owned(), hashed: false },
        Install::Requirements { file: "requirements.txt".to_owned(), hashed: true },
    ];
    let digest = format!("sha256:{}", "0a".repeat(32));
    let mut all = Vec::new();
    for flavour in FLAVOURS {
        for install in &installs {
            for port in [None, Some(8000)] {
                let mut config = Config {
                    flavour,
                    install: install.clone(),
                    metadata: strings(&["README.md"]),
                    sources: strings(&["src", "main.py"]),
                    start: strings(&["python", "-m", "uvicorn", "app:app"]),
                    port,
                    health: port.map(|_| "/health".to_owned()),
                    writable: if port.is_some() { strings(&["data"]) } else { Vec::new() },
                    ..Config::default()
                };
                for image in write(&config).expect("it can be written").unpinned {
                    config.pins.insert(image, digest.clone());
                }
                all.push(config);
            }
        }
    }
    all
}

#[test]
fn nothing_is_found_in_what_is_written() {
    let files = strings(&[
        "README.md",
        "main.py",
        "pyproject.toml",
        "requirements.txt",
        "src/app.py",
        "uv.lock",
    ]);
    for config in configs() {
        let written = write(&config).unwrap();
        assert!(written.unpinned.is_empty(), "{:?}", written.unpinned);
        let file = leadforge_dockerfile_syntax::parse(&written.text);
        assert!(file.faults.is_empty(), "{:?}\n{}", file.faults, written.text);
        let ignore = propose(&[&written.text], &files);
        assert!(ignore.kept.contains(&"src/app.py".to_owned()), "{}", ignore.text);
        let around = Surroundings { files: Some(files.clone()), ignore: Some(ignore.text) };
        let found = check(&written.text, &dockerfile::Config::default(), &around).findings;
        assert_eq!(found, [], "{}", written.text);
        // Packages come before any source, in both stages.
        let first = |part: &str| written.text.find(part).unwrap_or(usize::MAX);
        assert!(
            first("uv sync").min(first("uv pip install --python /opt/venv")) < first("COPY src")
        );
        assert!(written.text.contains("\nUSER 65532:65532\n") && written.text.contains("\nCMD ["));
    }
}

#[test]
fn without_a_digest_that_alone_is_found() {
    let mut config = configs().remove(0);
    config.pins.clear();
    let written = write(&config).unwrap();
    assert_eq!(written.unpinned, ["ghcr.io/astral-sh/uv:0.13.9", "python:3.13-slim-trixie"]);
    let found = check(&written.text, &dockerfile::Config::default(), &Surroundings::default());
    assert!(found.findings.iter().all(|finding| finding.rule == "image-undigested"));
}

#[test]
fn what_cannot_be_written() {
    let plain = Config { start: strings(&["a"]), ..Config::default() };
    let with = |change: fn(&mut Config)| {
        let mut config = plain.clone();
        change(&mut config);
        write(&config).unwrap_err()
    };
    assert!(matches!(with(|c| c.sources = strings(&["../x"])), Error::Path(_)));
    assert!(matches!(with(|c| c.sources = strings(&["a\nRUN evil"])), Error::Path(_)));
    assert!(matches!(with(|c| c.sources = strings(&["--from=x"])), Error::Path(_)));
    assert!(matches!(with(|c| c.writable = strings(&["$HOME"])), Error::Path(_)));
    assert!(matches!(with(|c| c.metadata = strings(&["/etc/passwd"])), Error::Path(_)));
    assert!(matches!(with(|c| c.python = "3.13\nRUN x".to_owned()), Error::Python(_)));
    assert!(matches!(with(|c| c.health = Some("/'); x".to_owned())), Error::Health(_)));
    assert!(matches!(with(|c| c.start.clear()), Error::Start));
    assert!(matches!(
        with(|c| c.install = Install::Lock { extras: strings(&["a b"]), package: true }),
        Error::Extra(_)
    ));
    assert!(matches!(
        with(|c| drop(c.pins.insert("a".into(), "sha256:1".into()))),
        Error::Digest(_)
    ));
    assert!(matches!(
        with(|c| {
            c.flavour = Flavour::Distroless;
            c.python = "3.12".to_owned();
        }),
        Error::Distroless(_)
    ));
}

#[test]
fn commands_as_words() {
    let said = |text| words(text, 80).map(|words| words.join("|"));
    assert_eq!(said("gunicorn -b :$PORT 'a b'").as_deref(), Some("gunicorn|-b|:80|a b"));
    assert_eq!(said("a --port=${PORT:-8000}").as_deref(), Some("a|--port=80"));
    for shell in [
        "a | b",
        "a; b",
        "a &",
        "X=1 a",
        "a > b",
        "a $HOME",
        "a `b`",
        "a *.py",
        "(a)",
        "",
        "a $PORT2$X",
        "if a; then b; fi",
        "a ${PORT+x}",
        "a ${PORT",
    ] {
        assert_eq!(said(shell), None, "{shell}");
    }
}

#[test]
fn wheels() {
    // Judged by the tags that the Python package `packaging` gives for each of these.
    for (name, minor, musl, fits) in [
        ("a-1-py3-none-any.whl", 13, true, true),
        ("a-1-py2.py3-none-any.whl", 13, true, true),
        ("a-1-py2-none-any.whl", 13, false, false),
        ("a-1-cp312-cp312-musllinux_1_2_x86_64.whl", 12, true, true),
        ("a-1-cp312-cp312-musllinux_1_2_x86_64.whl", 13, true, false),
        ("a-1-cp312-cp312-musllinux_1_3_x86_64.whl", 12, true, false),
        ("a-1-cp39-abi3-musllinux_1_1_x86_64.whl", 13, true, true),
        ("a-1-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", 13, true, false),
        ("a-1-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", 13, false, true),
        ("a-1-cp313-cp313-manylinux_2_42_x86_64.whl", 13, false, false),
        ("a-1-cp313-cp313t-manylinux_2_28_x86_64.whl", 13, false, false),
        ("a-1-cp313-cp313-manylinux_2_28_aarch64.whl", 13, false, false),
        ("a-1-1-py3-none-manylinux1_x86_64.whl", 13, false, true),
        ("https://x/a-1-py37-none-any.whl#sha256=1", 13, false, true),
        ("a-1-pp310-pypy310_pp73-manylinux_2_17_x86_64.whl", 10, false, false),
        ("a-1-cp313-cp313-macosx_11_0_arm64.whl", 13, false, false),
    ] {
        let libc = if musl { Libc::Musl(1, 2) } else { Libc::Glibc(2, 41) };
        let wheel = Wheel::read(name).unwrap();
        assert_eq!(wheel.fits(minor, libc, Machine::X8664), fits, "{name} {minor}");
    }
    assert_eq!(Wheel::read("a-1.tar.gz"), None);
    assert_eq!(Wheel::read("a-any.whl"), None);
}

#[test]
fn what_layers_take() {
    let text = "FROM python:3.12-slim AS builder\nWORKDIR /app\nCOPY pyproject.toml /app/\n\
                RUN uv venv /opt/venv && uv pip install '.[web]'\nCOPY src/ /app/src/\n\
                FROM python:3.12-slim\nRUN useradd x\nRUN apt-get install -y y\n\
                COPY --from=builder /opt/venv /opt/venv\nCOPY --from=builder /app/src /app/src\n\
                COPY --from=builder /app/pyproject.toml /x\nCOPY --from=builder /etc/x /x\nCMD [\"a\"]\n";
    let shown: Vec<String> = layers(text)
        .iter()
        .map(|layer| match &layer.takes {
            Takes::Files(sources) => {
                let names: Vec<&str> = sources.iter().map(|s| s.pattern.as_str()).collect();
                format!("{} {}", layer.line, names.join(" "))
            }
            other => format!("{} {other:?}", layer.line),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "6 Image(\"python:3.12-slim\")",
            "7 Little",
            "8 Unknown",
            "9 Packages",
            "10 src",
            "11 pyproject.toml",
            "12 Unknown"
        ]
    );
    // Of what is written, everything but two small layers is told.
    for config in configs() {
        let all = layers(&write(&config).unwrap().text);
        let unknown = all.iter().filter(|layer| layer.takes == Takes::Unknown).count();
        assert_eq!(unknown, 0, "{all:?}");
        assert!(all.iter().any(|layer| layer.takes == Takes::Packages), "{all:?}");
        assert!(all.iter().any(|layer| matches!(layer.takes, Takes::Files(_))), "{all:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever words are started, they are the words of an exec form and nothing else of the file changes.
    #[test]
    fn words_stay_words(start in prop::collection::vec("[ -~é\n\t\"\\\\$#']{1,12}", 1..5), flavour in 0..3_usize) {
        let config = Config { flavour: FLAVOURS[flavour], start: start.clone(), ..Config::default() };
        let text = write(&config).unwrap().text;
        let file = leadforge_dockerfile_syntax::parse(&text);
        prop_assert!(file.faults.is_empty(), "{text}");
        let last = &file.instructions.last().unwrap().kind;
        let leadforge_dockerfile_syntax::Kind::Cmd(leadforge_dockerfile_syntax::Command::Exec(words)) = last else {
            return Err(TestCaseError::fail(text));
        };
        let words: Vec<&str> = words.iter().map(|word| word.value.as_str()).collect();
        prop_assert!(words.ends_with(&start.iter().skip(1).map(String::as_str).collect::<Vec<_>>()), "{text}");
        let plain = Config { start: vec!["x".to_owned()], ..config };
        let plain = leadforge_dockerfile_syntax::parse(&write(&plain).unwrap().text).instructions.len();
        prop_assert_eq!(file.instructions.len(), plain);
    }

    /// Nothing panics, whatever is read.
    #[test]
    fn hostile(text in "[ -~\n]{0,80}", name in "[a-z0-9_.-]{0,40}(\\.whl)?") {
        words(&text, 1);
        layers(&format!("FROM a AS b\nCOPY x /y\nFROM c\nCOPY --from=b {text}\n"));
        if let Some(wheel) = Wheel::read(&name) {
            wheel.fits(13, Libc::Musl(1, 2), Machine::X8664);
        }
    }
}
