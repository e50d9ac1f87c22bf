//! The rules that need the whole file, and what lies around it.

use super::found;
use leadforge_container_audit::dockerfile::{Config, Surroundings, check};

/// Our rules but those that nearly every file breaks.
fn ours(text: &str) -> String {
    let common = ["image-undigested", "root-user", "no-healthcheck"];
    found(text, |rule| !rule.starts_with("DL") && !common.contains(&rule)).join(" ")
}

#[test]
fn users_and_health() {
    let rules =
        |text: &str| found(text, |rule| matches!(rule, "root-user" | "no-healthcheck")).join(" ");
    assert_eq!(rules("FROM python:3\nEXPOSE 80\nCMD [\"a\"]\n"), "no-healthcheck@1 root-user@1");
    assert_eq!(rules("FROM python:3\nUSER 1000\nHEALTHCHECK CMD [\"a\"]\nEXPOSE 80\n"), "");
    // Only the final stage runs, and of an unknown image nothing is known.
    assert_eq!(rules("FROM python:3 AS b\nFROM someone/image:1\nCOPY --from=b x /y\n"), "");
    assert_eq!(rules("FROM debian:12\nRUN apt-get install gosu\n"), "");
}

#[test]
fn supply() {
    assert_eq!(
        ours("FROM a:1\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/\n"),
        "image-latest@2"
    );
    assert_eq!(
        ours("FROM a:1\nRUN --mount=from=ghcr.io/astral-sh/uv,source=/uv,target=/bin/uv x\n"),
        "image-latest@2"
    );
    assert_eq!(
        ours("FROM a:1 AS uv\nFROM a:1\nCOPY --from=uv /uv /bin/\nCOPY --from=x:1 a /b\n"),
        ""
    );
    assert_eq!(
        ours(
            "FROM a:1\nRUN uv pip install '.[web]'\nRUN uv pip install httpx\nRUN uv pip install a==1 -r x\n"
        ),
        "unlocked-install@2 unlocked-install@3"
    );
    assert_eq!(
        ours(
            "FROM a:1\nRUN npm install\nRUN npm ci\nRUN uv sync\nRUN uv sync --locked\nRUN cargo install x\n"
        ),
        "unlocked-install@2 unlocked-install@4 unlocked-install@6"
    );
    assert_eq!(
        ours("FROM a:1 AS b\nRUN pip install --no-deps -e .\nFROM a:1\nCOPY --from=b /v /v\n"),
        "editable-install@2"
    );
    assert_eq!(ours("FROM a:1 AS b\nRUN pip install --no-deps -e .\nFROM a:1\n"), "");
    assert_eq!(
        ours(
            "FROM a:1\nRUN curl x | sudo bash -\nRUN curl x | tar x\nRUN curl x | python3 -c 'y'\n"
        ),
        "piped-script@2"
    );
    assert_eq!(
        ours(
            "FROM a:1\nCOPY .env /x\nCOPY .env.example /x\nRUN chmod -R 777 /x && chmod 1777 /tmp\nADD https://x /y\n"
        ),
        "copied-secret@2 world-writable@4 add-unverified@5"
    );
}

#[test]
fn scope() {
    assert_eq!(ours("FROM a:1\nCMD [\"x\", \"--port\", \"$PORT\"]\n"), "exec-variable@2");
    assert_eq!(ours("FROM a:1\nCMD [\"sh\", \"-c\", \"x $PORT\"]\n"), "");
    assert_eq!(ours("ARG V=1\nFROM a:$V\nRUN x $V\n"), "arg-out-of-scope@3");
    assert_eq!(ours("ARG V=1\nFROM a:$V\nARG V\nRUN x $V\n"), "");
    assert_eq!(ours("ARG V=1\nFROM a:$V AS b\nARG V\nFROM b\nRUN x $V && y '$V'\n"), "");
    assert_eq!(ours("ARG V=1\nFROM a:$V\nRUN V=2; x $V && y ${W}\n"), "");
}

#[test]
fn order() {
    assert_eq!(ours("FROM a:1\nCOPY . .\nRUN pip install -r r.txt\n"), "cache-order@3");
    assert_eq!(
        ours(
            "FROM a:1\nCOPY r.txt .\nRUN pip install -r r.txt\nCOPY . .\nRUN npm run x && pip install -r r.txt\n"
        ),
        ""
    );
    assert_eq!(ours("FROM a:1\nRUN apt-get update\nRUN apt-get install -y x\n"), "update-alone@2");
    assert_eq!(
        ours("FROM a:1\nRUN apt-get update\nRUN apt-get update && apt-get install -y x\n"),
        ""
    );
    assert_eq!(
        ours(
            "FROM a:1\nRUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir -r x\n"
        ),
        "cache-unused@2"
    );
    assert_eq!(
        ours(
            "FROM debian:12\nRUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y x\n"
        ),
        "cache-unused@2"
    );
}

#[test]
fn interpreters() {
    assert_eq!(ours("FROM alpine:3\nCMD [\"python3\", \"x\"]\n"), "no-interpreter@2");
    assert_eq!(ours("FROM alpine:3\nRUN apk add python3\nCMD [\"python3\", \"x\"]\n"), "");
    assert_eq!(ours("FROM scratch\nCOPY a /a\nCMD /a\n"), "no-interpreter@3");
    assert_eq!(ours("FROM python:3-slim\nHEALTHCHECK CMD curl -f http://x\n"), "no-interpreter@2");
    assert_eq!(ours("FROM python:3\nHEALTHCHECK CMD curl -f http://x\n"), "");
    // Where programs may come from elsewhere, nothing is said.
    assert_eq!(ours("FROM alpine:3\nCOPY --from=b /x /usr/local/bin/\nCMD [\"python3\"]\n"), "");
}

#[test]
fn surroundings() {
    let look = |text: &str, files: &[&str], ignore: Option<&str>| {
        let around = Surroundings {
            files: Some(files.iter().map(|file| (*file).to_owned()).collect()),
            ignore: ignore.map(str::to_owned),
        };
        let found = check(text, &Config::default(), &around).findings;
        let ours = ["no-dockerignore", "volume-refused"];
        found
            .iter()
            .map(|f| f.rule)
            .filter(|rule| ours.contains(rule))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        look("FROM a:1\nCOPY . /x\nVOLUME /y\n", &["a", "railway.toml"], None),
        "no-dockerignore volume-refused"
    );
    assert_eq!(look("FROM a:1\nCOPY . /x\nVOLUME /y\n", &["a"], Some("b\n")), "");
}
