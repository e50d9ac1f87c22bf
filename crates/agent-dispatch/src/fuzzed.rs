//! Fuzz target `records`: everything that is read back here, whoever wrote it.
//!
//! Built for `cargo xtask fuzz` and for the tests of this crate alone.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;

use leadforge_durable_fs::{AppendLog, SimDisk};
use serde::{Serialize, de::DeserializeOwned};

use crate::agent::{Agent, Fill};
use crate::runner::names::{parse_branch_ref, unfit_branch};
use crate::runner::scratch::lines;
use crate::runner::trailer::{Mark, Outcome, one_line};
use crate::sandbox::{self, Spec, kin};
use crate::{Event, Evidence, PromptVia, journal};

/// The first byte chooses a reader.
///
/// # Panics
/// When a promise of a reader does not hold.
pub fn records(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    match choice % 12 {
        0 => same_again::<Event>(rest),
        1 => same_again::<Evidence>(rest),
        2 => same_again::<Spec>(rest),
        3 => same_again::<sandbox::Outcome>(rest),
        4 => journal(rest),
        5 => drop(Mark::parse(rest)),
        6 => mark(&text),
        7 => order(rest),
        8 => arguments(&text),
        9 => output(rest),
        10 => names(&text),
        _ => proxied(rest, &text),
    }
}

/// What is read and written again is the same, and stays so.
fn same_again<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(bytes: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(bytes) else { return };
    let written = serde_json::to_vec(&value).expect("it is plain data");
    let again: T = serde_json::from_slice(&written).expect("it was written a moment ago");
    assert_eq!(again, value);
}

/// Every record of a journal is either an event or counted as unknown.
fn journal(rest: &[u8]) {
    let (disk, folder) = (SimDisk::new(7), Path::new("/"));
    let all: Vec<&[u8]> = rest.split(|byte| *byte == b'\n').collect();
    let (mut log, _) = AppendLog::open(&disk, &folder.join(journal::FILE)).expect("an empty disk");
    log.append_all(&all).expect("an empty disk");
    let (events, unknown) = journal::read(&disk, folder).expect("it is whole");
    assert_eq!(events.len() + unknown, all.len());
}

/// No text in a commit's message forges a trailer, or makes ours unreadable.
fn mark(text: &str) {
    let mut parts = text.split('\u{1f}');
    let mut next = || parts.next().unwrap_or_default();
    let (subject, reason, agent, run) = (next(), next(), next(), next());
    let mark = Mark {
        id: "lf-7k3q9d2x".into(),
        epoch: text.len() as u64,
        round: 1,
        slot: 2,
        agent: one_line(agent),
        run: if unfit_branch(run).is_none() { run.into() } else { "leadforge/run".into() },
        base: "a".repeat(40),
        started_ms: u64::MAX,
        outcome: match text.len() % 4 {
            0 => Outcome::Candidate,
            1 => Outcome::Done,
            2 => Outcome::NotChosen,
            _ => Outcome::Failed(reason.into()),
        },
        work: text.len().is_multiple_of(3).then(|| "b".repeat(40)),
    };
    let message = Mark { agent: agent.into(), ..mark.clone() }.message(subject);
    let raw = format!("tree {0}\nauthor a <a> 0 +0000\n\n{message}", "c".repeat(40));
    assert_eq!(Mark::parse(raw.as_bytes()), Some(mark), "{message:?}");
}

/// Paths, arguments and variables of any bytes reach the launcher as they are.
fn order(rest: &[u8]) {
    let mut parts = rest.split(|byte| *byte == 0).map(|part| OsString::from_vec(part.to_vec()));
    let mut next = || parts.next().unwrap_or_default();
    let mut spec = Spec::new(sandbox::Kind::Landlock, next(), [next(), next()]);
    spec.cwd = rest.first().map(|_| next().into());
    spec.readable = vec![next().into(), next().into()];
    spec.env = [(next(), next()), (next(), next())].into();
    spec.session = next().to_string_lossy().into_owned();
    let line = serde_json::to_vec(&spec).expect("it is plain data");
    assert!(!line.contains(&b'\n'), "an order is one line");
    assert_eq!(serde_json::from_slice::<Spec>(&line).ok(), Some(spec));
}

/// Placeholders are replaced once, and what is put in is never looked at again.
fn arguments(text: &str) {
    let agent = Agent {
        name: "a".into(),
        command: vec![text.into(), "<{prompt}>{tree}".into()],
        prompt: PromptVia::Argument,
        env: Vec::new(),
        files: Vec::new(),
        hosts: Vec::new(),
    };
    let (prompt, prompt_file) = ("{prompt}", "{prompt_file}");
    let same = agent.argv(Fill { prompt, prompt_file, tree: "{tree}", id: "{id}" });
    assert_eq!(same[0], text, "each placeholder stands for itself");
    let filled = agent.argv(Fill { prompt: text, prompt_file: "", tree: text, id: "" });
    assert_eq!(filled[1], format!("<{text}>{text}"));
    drop(crate::agent::unfit(&filled));
}

/// The output of an agent: what is kept is its beginning, what is shown its end.
fn output(rest: &[u8]) {
    let limit = u64::from(rest.first().copied().unwrap_or(0));
    let file = rustix::fs::memfd_create("log", rustix::fs::MemfdFlags::CLOEXEC).expect("memory");
    let mut over = false;
    let kept = sandbox::log::drain(rest, &file.into(), limit, || over = true);
    let whole = (rest.len() as u64).min(limit);
    assert_eq!((kept.bytes, over), (whole, rest.len() as u64 > limit));
    let expected = crate::evidence::sha256_hex(&rest[..usize::try_from(whole).expect("a byte")]);
    assert_eq!((kept.sha256, kept.error.is_none()), (expected, true));
    for cut in [false, true] {
        let shown = lines(rest, cut);
        assert!(String::from_utf8_lossy(rest).ends_with(&shown));
        assert!(cut || shown.len() >= rest.len());
    }
    let _ = kin::parse(&String::from_utf8_lossy(rest));
}

fn names(text: &str) {
    if let Some((id, epoch)) = parse_branch_ref(text) {
        assert_eq!(format!("refs/heads/lf/{id}/{epoch}"), text);
    }
    if unfit_branch(text).is_none() {
        assert!(!text.contains("..") && !text.contains("//") && !text.ends_with('/'), "{text:?}");
        assert!(!text.starts_with("lf/") && text.len() <= 120, "{text:?}");
    }
    let line = one_line(text);
    assert!(
        !line.contains(char::is_control) && line.trim() == line && !line.is_empty(),
        "{line:?}"
    );
}

/// The proxy reads one head and nothing behind it, and dials what is listed and nothing else.
#[cfg(feature = "proxy")]
fn proxied(rest: &[u8], text: &str) {
    use crate::proxy::{Allow, request};
    let mut left = rest;
    if let Ok(head) = request::read(&mut left) {
        assert!(
            head.len() <= 8 << 10 && head.ends_with(b"\r\n\r\n") && rest[head.len()..] == *left
        );
        let listed = Allow::parse(&["api.example.com:443", "[::1]:9"]).expect("a list");
        if let Some((host, port, private)) =
            request::target(&head).and_then(|t| listed.find(t).ok())
        {
            let found = (host.as_str(), port, private);
            assert!(
                [("api.example.com", 443, false), ("::1", 9, true)].contains(&found),
                "{found:?}"
            );
        }
    }
    for line in text.lines() {
        if let Ok(list) = Allow::parse(&[line]) {
            let bare = line.strip_prefix("private:").unwrap_or(line);
            let (host, port, _) = list.find(bare).expect("what is listed is found");
            assert!(port > 0 && !host.contains(['/', '@', ' ', '\0', '%']), "{host:?}");
            assert!(host.contains(':') || list.find(&format!("x{host}:{port}")).is_err());
        }
    }
}

#[cfg(not(feature = "proxy"))]
fn proxied(_: &[u8], _: &str) {}

#[cfg(test)]
mod tests {
    use super::*;

    /// The committed corpus as an ordinary test; it is no part of the published package.
    #[test]
    fn replayed() {
        for choice in 0..12 {
            records(
                &[&[choice], &b"CONNECT a:1 HTTP/1.1\r\n\r\n{\"at\":1}\x1f{prompt}\n"[..]].concat(),
            );
        }
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        if package.join("Cargo.toml.orig").exists() {
            return;
        }
        let files = std::fs::read_dir(package.join("fuzz/corpus/records")).expect("a corpus");
        let inputs: Vec<_> =
            files.map(|file| std::fs::read(file.expect("a file").path())).collect();
        assert!(inputs.len() >= 10, "the corpus has {} inputs", inputs.len());
        inputs.into_iter().for_each(|input| records(&input.expect("an input")));
    }
}
